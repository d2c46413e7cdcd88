//! Answers kept for a while: so that turning a page back asks nobody, and so that there is something to show, with
//! its time, when the agency is away. Encrypted for the one who may see them.

use std::{fmt, time::Duration};

use bytes::Bytes;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use yimen_contract::capability::{Capability, Outcome};

use super::{About, Gateway, book::Entry};
use crate::{cache::Key, platform::Moment};

/// As long as this an answer stands for the agency's present one.
const FRESH: TimeDelta = TimeDelta::seconds(20);
/// As long as this it is shown, with its time, when the agency does not answer.
const SHOWN: Duration = Duration::from_hours(24);

/// Which answers may be shown when the agency is away. What is to be paid, and what is still free, may not.
const fn keeps(capability: Capability) -> bool {
    matches!(capability, Capability::Lookup | Capability::LicencesList)
}

/// Where an answer is kept: for this question, of this package, by this person for that one, at this level, with
/// these claims. The question itself goes in as a keyed digest.
pub(super) struct Place {
    key: Key,
    /// What the ciphertext is bound to.
    seal: String,
}

#[derive(Serialize, Deserialize)]
struct Kept<A> {
    at: Moment,
    answer: A,
}

impl Gateway {
    pub(super) fn place(
        &self,
        entry: &Entry,
        (agency, capability): (&str, Capability),
        about: Option<&About<'_>>,
        question: &Value,
    ) -> Option<Place> {
        if !keeps(capability) {
            return None;
        }
        let digest = self.keys.lookup("gateway.question", question.to_string().as_bytes());
        let whose = Whose(about);
        let name = capability.name();
        let version = entry.version();
        let key = Key::new("answers", &[&agency, &name, &version, &whose, &Hex(&digest)]);
        let seal = format!("answers/{agency}/{name}/{version}/{whose}/{}", Hex(&digest));
        Some(Place { key, seal })
    }

    /// What is kept there, and whether it is as good as new.
    pub(super) async fn recall<A: DeserializeOwned>(&self, place: &Place, now: Moment) -> Option<Outcome<A>> {
        let sealed = self.cache.get(&place.key).await?;
        let plain = self.keys.open_sealed(&place.seal, &sealed).ok()?;
        let kept: Kept<A> = serde_json::from_slice(&plain).ok()?;
        let age = now - kept.at;
        // A clock that was set back makes nothing new.
        let fresh = age >= TimeDelta::zero() && age < FRESH;
        Some(if fresh {
            Outcome::Fresh(kept.answer)
        } else {
            Outcome::Stale { value: kept.answer, since: kept.at }
        })
    }

    pub(super) async fn keep<A: Serialize>(&self, place: &Place, now: Moment, answer: &A) {
        let sealed = serde_json::to_vec(&Kept { at: now, answer })
            .map_err(|error| error.to_string())
            .and_then(|plain| self.keys.seal(&place.seal, &plain).map_err(|error| error.to_string()));
        match sealed {
            Ok(sealed) => self.cache.put(&place.key, Bytes::from(sealed), SHOWN).await,
            // It is shown all the same; only the next one has to ask again.
            Err(error) => tracing::warn!(error, "an answer cannot be kept"),
        }
    }
}

struct Whose<'a>(Option<&'a About<'a>>);

impl fmt::Display for Whose<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(About { citizen, agent, company, level, claims, .. }) = self.0 else {
            return f.write_str("anybody");
        };
        write!(f, "{citizen}.{level}")?;
        if let Some(agent) = agent {
            write!(f, ".by-{}", agent.citizen)?;
        }
        if let Some(company) = company {
            write!(f, ".for-{company}")?;
        }
        claims.iter().copied().flatten().try_for_each(|claim| write!(f, ".{}", claim.field()))
    }
}

struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
