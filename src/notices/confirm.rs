//! Whether whoever is at an address wants notices there: they are sent a challenge and give it back. Without that nothing is
//! ever sent, so that nobody has the portal write to somebody else.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    courier::Courier,
    model::{Carrier, OutletId},
    news::Unreachable,
    outlets::{self, Target},
    spots, webhook,
};
use crate::{
    accounts::{self, AccountError, Tell, What},
    db::{Conn, Db},
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::random,
};

/// Sends an address a challenge: once, since somebody waits for it and can ask again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Challenge {
    pub(super) citizen: CitizenId,
    pub(super) outlet: OutletId,
}

impl Job for Challenge {
    const KIND: &'static str = "notices.challenge";
    const PRIORITY: Priority = Priority::Urgent;
    const BUDGET: TimeDelta = TimeDelta::hours(1);

    fn key(&self) -> Option<String> {
        Some(self.outlet.to_string())
    }
}

/// Runs [`Challenge`].
pub async fn challenge(
    (db, courier): (Db, Courier),
    job: Challenge,
    running: Running,
) -> Result<Done, Failure> {
    let (asking, place) = (courier.clone(), (job.citizen, job.outlet));
    let target = db.tx(move |c| target(c, &asking, place)).await.map_err(Failure::from)?;
    let right = match target.filter(|_| courier.has(Carrier::Webhook)) {
        Some(Target::Webhook { address, secret }) => asked(&courier, (&address, &secret)).await?,
        _ => false,
    };
    running.finish(move |c| answered(c, &courier, place, right)).await
}

fn target(
    c: &mut Conn,
    courier: &Courier,
    (citizen, outlet): (CitizenId, OutletId),
) -> Result<Option<Target>, Unreachable> {
    let warrant = spots::look(c, courier, citizen, (&[Carrier::Webhook], None))?;
    Ok(outlets::target(c, &courier.keys, &warrant, outlet).map_err(AccountError::from)?)
}

/// Whoever does not answer has not said yes.
async fn asked(courier: &Courier, to: (&str, &str)) -> Result<bool, Failure> {
    let challenge = BASE64.encode(random::bytes::<24>().map_err(Failure::retry)?);
    let (id, city) = (Uuid::now_v7().to_string(), courier.chrome.city());
    let said = (city.origin.as_str(), id.as_str(), challenge.as_str());
    let came = webhook::challenge(courier.dialer.as_ref(), courier.clock.now(), to, said).await;
    Ok(came.unwrap_or(false))
}

/// Somebody whose account was got into must hear that their notices go elsewhere, too.
fn answered(
    c: &mut Conn,
    courier: &Courier,
    place: (CitizenId, OutletId),
    right: bool,
) -> Result<(), Unreachable> {
    let now = courier.clock.now();
    if outlets::answered(c, now, place, right)? {
        accounts::tell(c, now, &Tell::new(place.0, What::OutletAdded, now))?;
    }
    Ok(())
}
