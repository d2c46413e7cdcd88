//! A call, from the question to the outcome.

mod came;
mod counted;

use std::{collections::HashMap, sync::Arc, time::Duration};

use chrono::TimeDelta;
use serde::Serialize;
use serde_json::Value;
use yimen_contract::{
    agency::{AgencyKind, Driver as Protocol},
    capability::{Binding, Capability, Outcome, Question, Repeat},
};
use yimen_drivers::{Answer, Call, CallError, Dialer, Driver, Endpoint, Ports, Store, Vouch, persist};
use yimen_maps::Pool;

use came::{outcome, read, resting};
use counted::Counted;

pub(super) use came::Put;

use super::{
    About, GatewayError,
    about::may_serve,
    book::{Book, Entry, Wanted},
    closed::Closed,
    introductions::Introductions,
    log::{CallLog, Class, Trace},
    suspension::Rule,
};
use crate::{
    cache::{Cache, Key},
    db::Db,
    ledger::CitizenId,
    platform::{Clock, config::GatewayConfig, keys::KeyRing, random},
    web::Site,
};

/// Questions about one person to one agency, each hour. Pages have narrower limits of their own; this one keeps
/// a fault of ours, or a stolen session, from emptying a register.
const PER_PERSON: u64 = 120;
const HOUR: Duration = Duration::from_hours(1);
/// The histogram of how long calls take.
pub const CALL_SECONDS: &str = "yimen_agency_call_seconds";

/// The drivers of the portal, by protocol.
pub type Drivers = HashMap<Protocol, Arc<dyn Driver>>;

/// What drivers may reach: connections, maps, and what they keep between calls.
pub struct Outside {
    pub dialer: Arc<dyn Dialer>,
    pub maps: Arc<Pool>,
    pub store: Arc<dyn Store>,
}

/// A question to an agency.
#[derive(Debug, Clone)]
pub struct Request<'a, Q> {
    /// The agency's public name.
    pub agency: &'a str,
    /// The service in whose name it is asked.
    pub service: Option<&'a str>,
    pub question: Q,
    /// About whom, where the question is about a person.
    pub about: Option<About<'a>>,
    /// How long the caller can wait. The package may say less, never more.
    pub within: Duration,
}

pub struct Gateway {
    pub(super) db: Db,
    pub(super) cache: Cache,
    pub(super) clock: Clock,
    pub(super) keys: Arc<KeyRing>,
    pub(super) outside: Outside,
    drivers: Drivers,
    pub(super) book: Book,
    pub(super) log: CallLog,
    pub(super) rule: Rule,
    /// How long ahead agencies must announce maintenance.
    pub ahead: TimeDelta,
    pub(super) introductions: Introductions,
    identity_register: String,
    /// The portal's address, by which it vouches for people.
    pub(super) issuer: String,
}

impl Gateway {
    /// By the operator's settings: among them, which agency is trusted to say who somebody is.
    pub fn new(site: &Site, outside: Outside, drivers: Drivers, config: &GatewayConfig) -> Self {
        Self {
            db: site.db.clone(),
            cache: site.cache.clone(),
            clock: site.clock.clone(),
            keys: Arc::clone(&site.keys),
            outside,
            drivers,
            book: Book::default(),
            log: CallLog::default(),
            rule: Rule {
                calls: config.suspend_calls,
                percent: config.suspend_percent,
                within: config.suspend_within,
            },
            ahead: config.maintenance_ahead,
            introductions: Introductions::default(),
            identity_register: config.identity_register.clone(),
            issuer: site.origin().to_owned(),
        }
    }

    /// The way out, for those who call others than backends under the same rules.
    pub fn dialer(&self) -> Arc<dyn Dialer> {
        Arc::clone(&self.outside.dialer)
    }

    /// The workers that run maps, for those who try maps before any call is made with them.
    pub fn maps(&self) -> Arc<Pool> {
        Arc::clone(&self.outside.maps)
    }

    /// The agency whose register of persons confirms identities.
    pub fn identity_register(&self) -> &str {
        &self.identity_register
    }

    /// Puts a question to an agency.
    pub async fn call<Q: Question>(&self, request: Request<'_, Q>) -> Result<Outcome<Q::Answer>, GatewayError>
    where
        Q::Answer: Serialize,
    {
        self.measured(request, false).await
    }

    /// Puts a question to an agency although its last answer is kept: something hangs on how it is now.
    pub async fn call_anew<Q: Question>(
        &self,
        request: Request<'_, Q>,
    ) -> Result<Outcome<Q::Answer>, GatewayError>
    where
        Q::Answer: Serialize,
    {
        self.measured(request, true).await
    }

    async fn measured<Q: Question>(
        &self,
        request: Request<'_, Q>,
        anew: bool,
    ) -> Result<Outcome<Q::Answer>, GatewayError>
    where
        Q::Answer: Serialize,
    {
        let (agency, capability) = (request.agency.to_owned(), Q::CAPABILITY);
        let began = std::time::Instant::now();
        let outcome = self.ask(request, anew).await;
        let tag = outcome.as_ref().map_or("error", Outcome::tag);
        let name = capability.name();
        metrics::histogram!(CALL_SECONDS, "agency" => agency.clone(), "capability" => name)
            .record(began.elapsed());
        metrics::counter!(
            "yimen_agency_calls_total", "agency" => agency, "capability" => name, "outcome" => tag
        )
        .increment(1);
        outcome
    }

    /// From what is kept, if that is new enough; else from the agency; else from what is kept, with its time.
    async fn ask<Q: Question>(
        &self,
        request: Request<'_, Q>,
        anew: bool,
    ) -> Result<Outcome<Q::Answer>, GatewayError>
    where
        Q::Answer: Serialize,
    {
        let began = std::time::Instant::now();
        let (agency, now) = (request.agency, self.clock.now());
        let wanted = Wanted {
            slug: agency.to_owned(),
            service: request.service.map(str::to_owned),
            citizen: request.about.as_ref().map(|about| about.citizen),
        };
        let (entry, closed) = self.book.entry(&self.db, &self.keys, now, wanted).await?;
        let undeclared = || GatewayError::Undeclared { agency: agency.to_owned(), capability: Q::CAPABILITY };
        let binding = match request.service {
            Some(service) => entry.agency.binding_for(Q::CAPABILITY, service),
            None => entry.agency.binding(Q::CAPABILITY),
        };
        let binding = binding.ok_or_else(undeclared)?;
        if !is_entitled(&entry, &request)? {
            return Ok(Outcome::NotEntitled);
        }
        let asked = (agency, Q::CAPABILITY, request.service);
        if closed.is_shut() {
            self.log.begin(now, asked, entry.version()).end(Class::Barred);
            return Ok(Outcome::Unavailable { until: None });
        }
        let question = serde_json::to_value(&request.question)
            .map_err(|error| GatewayError::Stored(error.to_string()))?;
        let place = self.place(&entry, (agency, Q::CAPABILITY), request.about.as_ref(), &question);
        let kept = match &place {
            Some(place) => self.recall(place, now).await,
            None => None,
        };
        let kept = match kept {
            Some(Outcome::Fresh(answer)) if !anew => return Ok(Outcome::Fresh(answer)),
            // Where it is to be as of now, an answer of before says nothing.
            _ if anew => None,
            kept => kept,
        };
        let outcome =
            match self.put_down(&request, (&entry, binding, &closed), question, (began, None)).await? {
                Put::Answered(answer) => outcome(agency, Q::CAPABILITY, now, answer),
                Put::Shut(until, _) => Outcome::Unavailable { until },
            };
        // To say that it is unwell is an answer, too; one that was kept says nothing about now.
        if matches!(outcome, Outcome::Fresh(_)) && Q::CAPABILITY != Capability::Health {
            self.answered(agency).await;
        }
        match (&outcome, place) {
            (Outcome::Fresh(answer), Some(place)) => self.keep(&place, self.clock.now(), answer).await,
            (Outcome::Unavailable { .. }, Some(_)) => return Ok(kept.unwrap_or(outcome)),
            _ => {}
        }
        Ok(outcome)
    }

    /// Puts the question to the backend if it may be called, under the key by which it knows a repeat, and notes in the
    /// log what came of it.
    pub(super) async fn put_down<Q: Question>(
        &self,
        request: &Request<'_, Q>,
        (entry, binding, closed): (&Entry, &Binding, &Closed),
        question: Value,
        (began, key): (std::time::Instant, Option<&str>),
    ) -> Result<Put<Q::Answer>, GatewayError> {
        let now = self.clock.now();
        let asked = (request.agency, Q::CAPABILITY, request.service);
        let trace = self.log.begin(now, asked, entry.version());
        let put = match closed.to(Q::CAPABILITY, &entry.agency.backend, now) {
            Some((until, class)) => Ok(Put::Shut(until, class)),
            None => self.put(request, (entry, binding, closed), question, (began, key, &trace)).await,
        };
        match &put {
            Ok(put) => trace.end(put.class()),
            Err(_) => trace.forget(),
        }
        put
    }

    async fn put<Q: Question>(
        &self,
        request: &Request<'_, Q>,
        (entry, binding, closed): (&Entry, &Binding, &Closed),
        mut question: Value,
        (began, key, trace): (std::time::Instant, Option<&str>, &Trace<'_>),
    ) -> Result<Put<Q::Answer>, GatewayError> {
        let Request { agency, service, about, within, .. } = request;
        let Some(way) = self.reach(agency, entry) else {
            return Ok(Put::Shut(None, Class::Unbound));
        };
        let places = entry.agency.backend.concurrent;
        let share = closed.share();
        let line = self.book.line(agency, (places / share).max(1));
        // Before anything is counted or written down: nothing will leave.
        if let Err(shut) = line.look(self.clock.now()) {
            return Ok(resting(shut));
        }
        if let Some(about) = about {
            self.within_share(agency, about.citizen, PER_PERSON / u64::from(share)).await?;
        }
        let own = binding.deadline_ms.unwrap_or(entry.agency.backend.deadline_ms);
        let within = (*within).min(Duration::from_millis(own.into())).saturating_sub(began.elapsed());
        let place = match line.place(self.clock.now(), within).await {
            Ok(place) => place,
            Err(shut) => return Ok(resting(shut)),
        };
        let vouching = match about {
            None => None,
            Some(about) => {
                match self.introduce(agency, *service, about, &binding.claims, &mut question).await {
                    Ok(vouching) => Some(vouching),
                    Err(error) => {
                        place.unused();
                        return Err(error);
                    }
                }
            }
        };
        let vouch = vouching.as_ref().map(|vouching| vouching as &dyn Vouch);
        let left = within.saturating_sub(began.elapsed());
        let asked = Asked {
            agency,
            capability: Q::CAPABILITY,
            repeat: entry.agency.repeat(Q::CAPABILITY, service.unwrap_or_default()),
            input: &question,
            within: left,
            vouch,
            trace,
            key,
        };
        let answer = self.carry(entry, binding, way, &asked).await;
        let answer = answer.and_then(|answer| Ok((read::<Q::Answer>(answer.value)?, answer.since)));
        let now = self.clock.now();
        place.settle(now, answer.as_ref().is_err_and(CallError::is_fault));
        Ok(Put::Answered(answer))
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

    async fn carry(
        &self,
        entry: &Entry,
        binding: &Binding,
        (endpoint, driver): (&Endpoint, &Arc<dyn Driver>),
        asked: &Asked<'_>,
    ) -> Result<Answer, CallError> {
        let id = asked.trace.id().uuid();
        let key = asked.key.map_or_else(|| id.to_string(), str::to_owned);
        let Outside { dialer, maps, store } = &self.outside;
        let call = Call {
            id,
            attempt: 1,
            now: self.clock.now(),
            within: asked.within,
            agency: asked.agency,
            capability: asked.capability,
            input: asked.input,
            idempotency_key: &key,
            backend: &entry.agency.backend,
            binding,
            repeat: asked.repeat,
            endpoint,
            vouch: asked.vouch,
            programs: &entry.programs,
            ports: Ports { dialer: dialer.as_ref(), maps: maps.as_ref(), store: store.as_ref() },
        };
        let counted = Counted { driver: driver.as_ref(), attempts: &asked.trace.attempts };
        persist(&counted, call, random::fraction).await
    }

    async fn within_share(&self, agency: &str, citizen: CitizenId, most: u64) -> Result<(), GatewayError> {
        let key = Key::new("agency-calls", &[&agency, &citizen]);
        let tally = self.cache.count(&key, HOUR, self.clock.now()).await;
        if tally.over(most) {
            return Err(GatewayError::TooMany { retry_after: tally.resets_in.as_secs().max(1) });
        }
        Ok(())
    }
}

/// One call, as far as the request says it.
struct Asked<'a> {
    agency: &'a str,
    capability: Capability,
    repeat: Repeat,
    input: &'a Value,
    within: Duration,
    vouch: Option<&'a dyn Vouch>,
    trace: &'a Trace<'a>,
    key: Option<&'a str>,
}

/// Whether it may be asked: about nobody only where the service is for everybody, and about somebody for a purpose that
/// the capability serves, as surely as the service wants. Pages ask before; nothing depends on their not forgetting.
pub(super) fn is_entitled<Q: Question>(
    entry: &Entry,
    request: &Request<'_, Q>,
) -> Result<bool, GatewayError> {
    let level = request.service.and_then(|service| entry.levels.get(service));
    let Some(about) = &request.about else {
        let open = Q::CAPABILITY == Capability::Lookup && level == Some(&None);
        // A carrier learns a number and a text, for which there need not be an account: whoever registers gets a code. It
        // is told no more, and no pseudonym by which it could put messages together.
        let carried = Q::CAPABILITY == Capability::MessageSend && entry.agency.kind == AgencyKind::Provider;
        let fine = open || carried || !Q::CAPABILITY.is_personal();
        return if fine { Ok(true) } else { Err(GatewayError::NobodyNamed(Q::CAPABILITY)) };
    };
    let sure = level.copied().flatten().is_none_or(|level| about.level >= level);
    Ok(sure && may_serve(Q::CAPABILITY, about.purpose))
}
