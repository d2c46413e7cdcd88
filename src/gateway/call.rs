//! A call, from the question to the outcome.

use std::{collections::HashMap, sync::Arc, time::Duration};

use serde_json::Value;
use uuid::Uuid;
use yimen_contract::{
    agency::Driver as Protocol,
    capability::{Binding, Capability, Claim, Outcome, Question},
};
use yimen_drivers::{
    Answer, Call, CallError, Dialer, Driver, Endpoint, Maps, Ports, Shut, Store, Vouch, persist,
};

use super::{
    GatewayError,
    book::{Book, Entry},
    caller::{Caller, Vouching},
};
use crate::{
    cache::{Cache, Key},
    db::Db,
    ledger::{Basis, CitizenId, Purpose},
    platform::{Clock, Moment, keys::KeyRing, random},
    web::Site,
};

/// Questions about one person to one agency, each hour. Pages have narrower limits of their own; this one keeps
/// a fault of ours, or a stolen session, from emptying a register.
const PER_PERSON: u64 = 120;
const HOUR: Duration = Duration::from_hours(1);

/// The drivers of the portal, by protocol.
pub type Drivers = HashMap<Protocol, Arc<dyn Driver>>;

/// What drivers may reach: connections, maps, and what they keep between calls.
pub struct Outside {
    pub dialer: Arc<dyn Dialer>,
    pub maps: Arc<dyn Maps>,
    pub store: Arc<dyn Store>,
}

/// A question to an agency.
#[derive(Debug, Clone)]
pub struct Request<'a, Q> {
    /// The agency's public name.
    pub agency: &'a str,
    pub question: Q,
    /// About whom, where the question is about a person.
    pub about: Option<About<'a>>,
    /// How long the caller can wait. The package may say less, never more.
    pub within: Duration,
}

/// The person a question is about, and why it may be asked. It stands in the ledger before anything leaves.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    pub citizen: CitizenId,
    /// Whoever acts for them, if somebody does.
    pub agent: Option<CitizenId>,
    /// How surely the one who asks is who they say: the session's level.
    pub level: u8,
    pub purpose: Purpose,
    pub basis: Basis,
    /// What the agency learns: `name`, `identity-number` …
    pub fields: &'a [&'a str],
    /// The service in whose name it happens.
    pub detail: Option<&'a str>,
}

pub struct Gateway {
    pub(super) db: Db,
    cache: Cache,
    pub(super) clock: Clock,
    keys: Arc<KeyRing>,
    pub(super) outside: Outside,
    drivers: Drivers,
    pub(super) book: Book,
    identity_register: String,
    /// The portal's address, by which it vouches for people.
    issuer: String,
}

impl Gateway {
    /// `identity_register` is the agency that the operator trusts to say who somebody is.
    pub fn new(site: &Site, outside: Outside, drivers: Drivers, identity_register: &str) -> Self {
        Self {
            db: site.db.clone(),
            cache: site.cache.clone(),
            clock: site.clock.clone(),
            keys: Arc::clone(&site.keys),
            outside,
            drivers,
            book: Book::default(),
            identity_register: identity_register.to_owned(),
            issuer: site.origin().to_owned(),
        }
    }

    /// The way out, for those who call others than backends under the same rules.
    pub fn dialer(&self) -> Arc<dyn Dialer> {
        Arc::clone(&self.outside.dialer)
    }

    /// The agency whose register of persons confirms identities.
    pub fn identity_register(&self) -> &str {
        &self.identity_register
    }

    /// Puts a question to an agency.
    pub async fn call<Q: Question>(
        &self,
        request: Request<'_, Q>,
    ) -> Result<Outcome<Q::Answer>, GatewayError> {
        let (request_agency, capability) = (request.agency, Q::CAPABILITY);
        let agency = request_agency.to_owned();
        let began = std::time::Instant::now();
        let outcome = self.ask(request).await;
        let tag = outcome.as_ref().map_or("error", Outcome::tag);
        let name = capability.name();
        metrics::histogram!("yimen_agency_call_seconds", "agency" => agency.clone(), "capability" => name)
            .record(began.elapsed());
        metrics::counter!(
            "yimen_agency_calls_total", "agency" => agency, "capability" => name, "outcome" => tag
        )
        .increment(1);
        // To say that it is unwell is an answer, too.
        if matches!(outcome, Ok(Outcome::Fresh(_))) && capability != Capability::Health {
            self.answered(request_agency).await;
        }
        outcome
    }

    async fn ask<Q: Question>(&self, request: Request<'_, Q>) -> Result<Outcome<Q::Answer>, GatewayError> {
        let Request { agency, question, about, within } = request;
        let began = std::time::Instant::now();
        let entry = self.book.entry(&self.db, &self.keys, agency).await?;
        let binding = entry.agency.binding(Q::CAPABILITY).ok_or_else(|| GatewayError::Undeclared {
            agency: agency.to_owned(),
            capability: Q::CAPABILITY,
        })?;
        match &about {
            None if Q::CAPABILITY.is_personal() => return Err(GatewayError::NobodyNamed(Q::CAPABILITY)),
            Some(about) if !may_serve(Q::CAPABILITY, about.purpose) => return Ok(Outcome::NotEntitled),
            _ => {}
        }
        let Some((endpoint, driver)) = self.reach(agency, &entry) else {
            return Ok(Outcome::Unavailable { until: None });
        };
        let line = self.book.line(agency, entry.agency.backend.concurrent);
        // Before anything is counted or written down: nothing will leave.
        if let Err(shut) = line.look(self.clock.now()) {
            return Ok(unavailable(shut));
        }
        if let Some(about) = &about {
            self.within_share(agency, about.citizen).await?;
        }
        let own = binding.deadline_ms.unwrap_or(entry.agency.backend.deadline_ms);
        let within = within.min(Duration::from_millis(own.into())).saturating_sub(began.elapsed());
        let place = match line.place(self.clock.now(), within).await {
            Ok(place) => place,
            Err(shut) => return Ok(unavailable(shut)),
        };
        let vouching = match &about {
            None => None,
            Some(about) => match self.introduce(agency, about, &binding.claims).await {
                Ok(vouching) => Some(vouching),
                Err(error) => {
                    place.unused();
                    return Err(error);
                }
            },
        };
        let vouch = vouching.as_ref().map(|vouching| vouching as &dyn Vouch);
        let left = within.saturating_sub(began.elapsed());
        let input =
            serde_json::to_value(&question).map_err(|error| GatewayError::Stored(error.to_string()))?;
        let answer = self
            .carry(agency, &entry, binding, (endpoint, driver), Q::CAPABILITY, &input, (left, vouch))
            .await;
        let answer = answer.and_then(|answer| Ok((read::<Q::Answer>(answer.value)?, answer.since)));
        let now = self.clock.now();
        place.settle(now, answer.as_ref().is_err_and(CallError::is_fault));
        Ok(outcome(agency, Q::CAPABILITY, now, answer))
    }

    /// Where the backend is and who speaks its protocol. Without either, an operator has something to do.
    fn reach<'e>(&self, agency: &str, entry: &'e Entry) -> Option<(&'e Endpoint, &Arc<dyn Driver>)> {
        let protocol = entry.agency.backend.driver;
        let found = entry.endpoint.as_ref().zip(self.drivers.get(&protocol));
        if found.is_none() {
            let bound = entry.endpoint.is_some();
            tracing::warn!(agency, ?protocol, bound, "the agency cannot be called: see `yimen binding list`");
        }
        found
    }

    #[expect(clippy::too_many_arguments, reason = "they are the parts of one call")]
    async fn carry(
        &self,
        agency: &str,
        entry: &Entry,
        binding: &Binding,
        (endpoint, driver): (&Endpoint, &Arc<dyn Driver>),
        capability: Capability,
        input: &Value,
        (within, vouch): (Duration, Option<&dyn Vouch>),
    ) -> Result<Answer, CallError> {
        let id = Uuid::now_v7();
        let key = id.to_string();
        let Outside { dialer, maps, store } = &self.outside;
        let call = Call {
            id,
            attempt: 1,
            now: self.clock.now(),
            within,
            agency,
            capability,
            input,
            idempotency_key: &key,
            backend: &entry.agency.backend,
            binding,
            endpoint,
            vouch,
            programs: &entry.programs,
            ports: Ports { dialer: dialer.as_ref(), maps: maps.as_ref(), store: store.as_ref() },
        };
        persist(driver.as_ref(), call, random::fraction).await
    }

    async fn within_share(&self, agency: &str, citizen: CitizenId) -> Result<(), GatewayError> {
        let key = Key::new("agency-calls", &[&agency, &citizen]);
        let tally = self.cache.count(&key, HOUR, self.clock.now()).await;
        if tally.over(PER_PERSON) {
            return Err(GatewayError::TooMany { retry_after: tally.resets_in.as_secs().max(1) });
        }
        Ok(())
    }

    /// The agency is about to learn something: that stands in the ledger first, or nothing leaves.
    async fn introduce(
        &self,
        agency: &str,
        about: &About<'_>,
        claims: &[Claim],
    ) -> Result<Vouching, GatewayError> {
        let (keys, now, issuer) = (Arc::clone(&self.keys), self.clock.now(), self.issuer.clone());
        let (agency, claims) = (agency.to_owned(), claims.to_vec());
        let fields: Vec<String> = about.fields.iter().map(|field| (*field).to_owned()).collect();
        let detail = about.detail.map(str::to_owned);
        let About { citizen, agent, level, purpose, basis, .. } = *about;
        let introduce = move |c: &mut crate::db::Conn| {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            let detail = detail.as_deref();
            let about = About { citizen, agent, level, purpose, basis, fields: &fields, detail };
            let caller = Caller { agency: &agency, issuer: &issuer, about, claims: &claims };
            caller.introduce(c, &keys, now)
        };
        let voucher = self.db.tx(introduce).await?;
        Ok(Vouching { voucher, clock: self.clock.clone() })
    }
}

/// What a capability may be used for. A purpose that is not here is not entitled to its answers.
const fn may_serve(capability: Capability, purpose: Purpose) -> bool {
    match capability {
        Capability::Health => true,
        Capability::IdentityVerify => matches!(purpose, Purpose::VerifyIdentity | Purpose::Counter),
    }
}

fn unavailable<T>(shut: Shut) -> Outcome<T> {
    match shut {
        Shut::Resting(until) => Outcome::Unavailable { until: Some(until) },
        Shut::Full => Outcome::Unavailable { until: None },
    }
}

/// The answer in the contract's types. What does not fit them is no answer.
fn read<A: serde::de::DeserializeOwned>(answer: Value) -> Result<A, CallError> {
    // The cause names only fields of the contract; values that do not fit could be personal, and stay out.
    serde_json::from_value(answer)
        .map_err(|_| CallError::Broken("it does not have the form of the contract".to_owned()))
}

/// What is shown of an answer; one from a daily file is never more than that file's.
fn outcome<A>(
    agency: &str,
    capability: Capability,
    now: Moment,
    answer: Result<(A, Option<Moment>), CallError>,
) -> Outcome<A> {
    let error = match answer {
        Ok((answer, None)) => return Outcome::Fresh(answer),
        Ok((value, Some(since))) => return Outcome::Stale { value, since },
        Err(error) => error,
    };
    let (capability, kind) = (capability.name(), error.tag());
    metrics::counter!("yimen_agency_faults_total", "agency" => agency.to_owned(), "kind" => kind)
        .increment(1);
    if error.is_fault() {
        tracing::warn!(agency, capability, kind, %error, "an agency did not answer");
    } else {
        tracing::error!(agency, capability, kind, %error, "an agency cannot be called");
    }
    let until = match error {
        CallError::Busy { retry_after: Some(after) } => {
            chrono::TimeDelta::from_std(after).ok().and_then(|after| now.checked_add_signed(after))
        }
        _ => None,
    };
    Outcome::Unavailable { until }
}
