//! Asking the issuers what somebody holds: side by side, each within its own bounds, so that one that hangs keeps nobody
//! else's answer back.

use std::time::Duration;

use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use yimen_contract::{
    capability::{
        Capability, Outcome,
        licences::{ListInput, ListOutput},
        person::{Claim, Person, Relation},
    },
    licence::Holder,
};

use super::{WalletError, Whose, queries, take};
use crate::{
    accounts::{
        self, AccountError,
        acting::{CompanyId, Kind, Party, Represented},
    },
    catalogue::{AgencyEntry, Catalogue, Shelf},
    db::{Conn, DbError, Stamp, schema::wallet_sources},
    gateway::{About, Agent, Gateway, GatewayError, Request},
    jobs::{self, Done, Failure, Job, Priority, Running},
    ledger::{Basis, CitizenId, Purpose},
    platform::{Moment, keys::KeyRing},
    sso::assertion,
    upsert,
    web::Site,
};

/// Somebody waits before a screen.
pub const PATIENCE: Duration = Duration::from_secs(4);
/// Nobody waits.
const WITHIN: Duration = Duration::from_secs(20);
/// By what an issuer finds the holder.
const PERSON: [Claim; 2] = [Claim::Name, Claim::IdentityNumber];
const COMPANY: [Claim; 2] = [Claim::Company, Claim::CreditCode];
/// What is on record.
const FIELDS: [&str; 1] = ["licences"];
/// So long after it was asked last an issuer is asked again.
const AGAIN: TimeDelta = TimeDelta::days(7);
/// The same of one that could not be asked: what somebody holds of it is not known until then.
const SOONER: TimeDelta = TimeDelta::hours(6);
/// So many people are asked about again with one tick.
const AT_ONCE: i64 = 500;

/// On whose behalf an issuer is asked, and how surely that is known.
#[derive(Debug, Clone)]
pub struct Asker {
    pub whose: Whose,
    pub agent: Option<Agent>,
    /// Whoever acts for the company.
    pub acting: CitizenId,
    pub level: u8,
    pub purpose: Purpose,
}

impl Asker {
    /// Whoever is before the screen.
    pub fn of(party: &Party, level: u8) -> Self {
        let agent = match party.represented {
            Represented::Citizen { kind, .. } => {
                let relation = if kind == Kind::Child { Relation::Guardian } else { Relation::Authorised };
                Some(Agent { citizen: party.acting, relation })
            }
            _ => None,
        };
        Self { whose: Whose::of(party), agent, acting: party.acting, level, purpose: Purpose::Service }
    }

    /// The portal, on behalf of a person who wants to be kept up to date.
    pub fn portal(c: &mut Conn, whose: &Whose) -> Result<Option<Self>, AccountError> {
        let level = match accounts::citizen(c, whose.citizen) {
            Err(AccountError::Unknown) => return Ok(None),
            found => found?.level(),
        };
        Ok(Some(Self {
            whose: whose.clone(),
            agent: None,
            acting: whose.citizen,
            level,
            purpose: Purpose::Notify,
        }))
    }

    fn about(&self) -> About<'static> {
        About {
            citizen: if self.whose.company.is_some() { self.acting } else { self.whose.citizen },
            agent: self.agent,
            company: self.whose.company,
            level: self.level,
            purpose: self.purpose,
            basis: Basis::Consent,
            fields: &FIELDS,
            claims: Some(if self.whose.company.is_some() { &COMPANY } else { &PERSON }),
        }
    }
}

/// What came of asking one issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// What somebody holds, and as of when.
    Licences(ListOutput, Option<Moment>),
    Nothing,
    Unavailable,
    /// The issuer may not tell, by the level of the sign-in or for this purpose.
    Refused,
}

impl Came {
    fn word(&self) -> &'static str {
        match self {
            Self::Licences(_, None) => "answered",
            Self::Licences(_, Some(_)) => "stale",
            Self::Nothing => "empty",
            Self::Unavailable => "unavailable",
            Self::Refused => "refused",
        }
    }
}

/// Who can be asked what a person, or a company, holds; with the kinds that each issues to such.
pub fn issuers(catalogue: &Catalogue, company: bool) -> Vec<(&AgencyEntry, Vec<String>)> {
    let mut all = Vec::new();
    for entry in &catalogue.agencies {
        if entry.suspended.is_some() || entry.agency.binding(Capability::LicencesList).is_none() {
            continue;
        }
        let fits = |holder: Holder| (holder == Holder::Enterprise) == company;
        let kinds: Vec<String> =
            entry.licences.iter().filter(|kind| fits(kind.holder)).map(|kind| kind.code.clone()).collect();
        if !kinds.is_empty() {
            all.push((entry, kinds));
        }
    }
    all
}

/// Asks one issuer. `anew`: as of now, whatever is kept.
pub async fn ask(
    gateway: &Gateway,
    asker: &Asker,
    (agency, kinds): (&str, &[String]),
    (within, anew): (Duration, bool),
) -> Result<Came, GatewayError> {
    let request = Request {
        agency,
        service: None,
        question: ListInput { person: Person::default(), kinds: kinds.to_vec() },
        about: Some(asker.about()),
        within,
    };
    let outcome = if anew { gateway.call_anew(request).await } else { gateway.call(request).await };
    Ok(match outcome {
        Ok(Outcome::Fresh(found)) => {
            let as_of = found.as_of;
            Came::Licences(found, as_of)
        }
        Ok(Outcome::Stale { value, since }) => Came::Licences(value, Some(since)),
        Ok(Outcome::Empty) => Came::Nothing,
        Ok(Outcome::Unavailable { .. })
        | Err(GatewayError::TooMany { .. } | GatewayError::Undeclared { .. }) => Came::Unavailable,
        Ok(Outcome::NotEntitled) => Came::Refused,
        Err(error) => return Err(error),
    })
}

/// Asks every issuer, and keeps what they say. One that does not answer is shown as such.
pub async fn pull(
    site: &Site,
    gateway: &Gateway,
    catalogue: &Catalogue,
    asker: &Asker,
) -> Result<(), WalletError> {
    let issuers = issuers(catalogue, asker.whose.company.is_some());
    let questions = issuers.iter().map(async |(entry, kinds)| {
        let came = ask(gateway, asker, (&entry.slug, kinds), (PATIENCE, true)).await?;
        Ok::<_, WalletError>((entry.slug.clone(), kinds.clone(), came))
    });
    let came = join_all(questions).await.into_iter().collect::<Result<Vec<_>, _>>()?;
    let (ring, now, whose) = (site.keys.clone(), site.clock.now(), asker.whose.clone());
    let keep = move |c: &mut Conn| {
        came.iter().try_for_each(|(agency, kinds, came)| keep(c, &ring, now, (&whose, agency), (came, kinds)))
    };
    site.db.tx(keep).await
}

/// Keeps what one issuer said.
pub fn keep(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (whose, agency): (&Whose, &str),
    (came, kinds): (&Came, &[String]),
) -> Result<(), WalletError> {
    let answered = match came {
        Came::Licences(found, as_of) => {
            let as_of = as_of.unwrap_or(now).min(now);
            take::take_all(c, ring, now, (whose, agency), (&found.licences, as_of), kinds)?;
            Some(Stamp::from(as_of))
        }
        Came::Nothing => {
            take::take_all(c, ring, now, (whose, agency), (&[], now), kinds)?;
            Some(Stamp::from(now))
        }
        Came::Unavailable | Came::Refused => None,
    };
    let row = (
        wallet_sources::citizen_id.eq(whose.citizen),
        wallet_sources::company.eq(whose.company()),
        wallet_sources::agency.eq(agency),
        wallet_sources::subject.eq(assertion::pseudonym(ring, agency, whose.citizen)),
        wallet_sources::outcome.eq(came.word()),
        wallet_sources::asked_at.eq(Stamp::from(now)),
        wallet_sources::answered_at.eq(answered),
    );
    let key = (wallet_sources::citizen_id, wallet_sources::company, wallet_sources::agency);
    // When it answered last goes on being known while it does not.
    let said = (
        wallet_sources::outcome.eq(came.word()),
        wallet_sources::asked_at.eq(Stamp::from(now)),
        answered.map(|at| wallet_sources::answered_at.eq(Some(at))),
    );
    upsert!(c, wallet_sources::table => row, on key, set said)?;
    Ok(())
}

/// Nobody is asked any more on somebody's behalf. What is here stays, as of when it was said.
pub fn stop(c: &mut Conn, whose: &Whose) -> Result<(), DbError> {
    let theirs = wallet_sources::table
        .filter(wallet_sources::citizen_id.eq(whose.citizen))
        .filter(wallet_sources::company.eq(whose.company()));
    diesel::delete(theirs).execute(c)?;
    Ok(())
}

/// Asks one issuer again, on behalf of somebody who asked it once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AskAgain {
    citizen: CitizenId,
    company: String,
    agency: String,
}

impl Job for AskAgain {
    const KIND: &'static str = "wallet.ask-again";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::days(1);

    fn key(&self) -> Option<String> {
        Some(format!("{}/{}/{}", self.citizen, self.company, self.agency))
    }
}

/// Has issuers asked again that were asked long ago or could not be asked, those first that were asked longest ago.
pub fn ask_those_old(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let asked = |before: TimeDelta| {
        wallet_sources::table
            .filter(wallet_sources::asked_at.le(Stamp::from(now - before)))
            .filter(wallet_sources::company.eq(""))
            .order(wallet_sources::asked_at)
            .limit(AT_ONCE)
            .select((wallet_sources::citizen_id, wallet_sources::company, wallet_sources::agency))
    };
    let mut those: Vec<(CitizenId, String, String)> = asked(AGAIN).load(c)?;
    let silent = asked(SOONER).filter(wallet_sources::outcome.eq(Came::Unavailable.word()));
    those.extend(silent.load::<(CitizenId, String, String)>(c)?);
    let jobs: Vec<AskAgain> =
        those.into_iter().map(|(citizen, company, agency)| AskAgain { citizen, company, agency }).collect();
    jobs::enqueue_all(c, now, &jobs).map(|_| ())
}

/// What asking needs.
#[derive(Clone)]
pub struct Means {
    pub site: actix_web::web::Data<Site>,
    pub gateway: actix_web::web::Data<Gateway>,
    pub shelf: actix_web::web::Data<Shelf>,
}

/// Runs [`AskAgain`].
pub async fn ask_again(means: Means, job: AskAgain, running: Running) -> Result<Done, Failure> {
    let whose = Whose { citizen: job.citizen, company: company(&job.company) };
    let holder = whose.clone();
    let still = means.site.db.read(move |c| {
        let known = queries::sources(c, &holder)?.into_iter().any(|source| source.agency == job.agency);
        let asker = if known { Asker::portal(c, &holder).map_err(stored)? } else { None };
        Ok::<_, WalletError>(asker.map(|asker| (asker, job.agency)))
    });
    let Some((asker, agency)) = still.await.map_err(failure)? else { return nothing(running).await };
    let edition = means.shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))?;
    let issuers = issuers(&edition.catalogue, whose.company.is_some());
    let Some((_, kinds)) = issuers.into_iter().find(|(entry, _)| entry.slug == agency) else {
        return nothing(running).await;
    };
    let came = ask(&means.gateway, &asker, (&agency, &kinds), (WITHIN, true)).await;
    let came = came.map_err(Failure::retry)?;
    let (ring, now) = (means.site.keys.clone(), means.site.clock.now());
    running.finish(move |c| keep(c, &ring, now, (&whose, &agency), (&came, &kinds)).map_err(failure)).await
}

async fn nothing(running: Running) -> Result<Done, Failure> {
    running.finish(|_: &mut Conn| Ok::<_, DbError>(())).await
}

/// Looks at one document at its issuer: what it says now, or that it does not say.
pub async fn look_again(
    means: &Means,
    asker: &Asker,
    (agency, kind): (&str, &str),
) -> Result<Came, GatewayError> {
    ask(&means.gateway, asker, (agency, &[kind.to_owned()]), (WITHIN, true)).await
}

pub(super) fn company(text: &str) -> Option<CompanyId> {
    text.parse().ok()
}

fn stored(error: AccountError) -> WalletError {
    match error {
        AccountError::Db(error) => WalletError::Db(error),
        error => WalletError::Stored(error.to_string()),
    }
}

pub fn failure(error: WalletError) -> Failure {
    match error {
        WalletError::Db(error) => error.into(),
        WalletError::Gateway(error) => Failure::retry(error),
        error => Failure::give_up(error),
    }
}
