//! Suspending what fails too often. A rule reads the log every minute; what it suspends is not asked any more until
//! the agency says that it is well. Other questions to the same agency go on. What a person suspended, a person lifts.

use actix_web::web::Data;
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::capability::Capability;

use super::{
    Gateway, GatewayError,
    incidents::{self, Act},
    log::{self, Failing},
};
use crate::{
    agencies::{self, warnings},
    db::{Conn, DbError, Stamp, announce, schema::suspensions},
    jobs::{self, Done, Failure, Job, Priority, Running},
    platform::Moment,
    upsert,
};

/// When something has failed too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Fewer calls than this say nothing.
    pub calls: i64,
    /// Of a hundred, so many failed by the agency's fault.
    pub percent: i64,
    /// Within this time.
    pub within: TimeDelta,
}

impl Rule {
    /// Whether so many failures of so many calls, the first of them so long ago, are too many. A short while says
    /// nothing, however many ask in it: for that there is the line, which rests.
    pub fn is_over(self, calls: i64, faults: i64, lasting: TimeDelta) -> bool {
        calls >= self.calls && faults * 100 >= calls * self.percent && lasting >= self.within / 3
    }
}

/// How long an agency is left alone before it is asked whether it is well, and again after each time it is not.
const PROBE_EVERY: TimeDelta = TimeDelta::minutes(5);

/// What an agency is not asked.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = suspensions)]
pub struct Suspension {
    pub agency: String,
    pub capability: String,
    since: Stamp,
    pub by_whom: String,
    pub reason: String,
    pub calls: i64,
    pub faults: i64,
}

impl Suspension {
    pub fn since(&self) -> Moment {
        self.since.moment()
    }

    /// Whether the rule did it, so that a good answer lifts it.
    pub fn by_rule(&self) -> bool {
        self.by_whom.is_empty()
    }
}

/// What an agency is not asked now.
pub(super) fn suspended(c: &mut Conn, agency: &str) -> Result<Vec<String>, DbError> {
    Ok(suspensions::table
        .filter(suspensions::agency.eq(agency))
        .filter(suspensions::resumed_at.is_null())
        .select(suspensions::capability)
        .load(c)?)
}

/// The same with why.
pub fn of(c: &mut Conn, agency: &str) -> Result<Vec<Suspension>, DbError> {
    Ok(suspensions::table
        .filter(suspensions::agency.eq(agency))
        .filter(suspensions::resumed_at.is_null())
        .order(suspensions::capability)
        .select(Suspension::as_select())
        .load(c)?)
}

/// Of all agencies.
pub fn all(c: &mut Conn) -> Result<Vec<Suspension>, DbError> {
    Ok(suspensions::table
        .filter(suspensions::resumed_at.is_null())
        .order((suspensions::agency, suspensions::capability))
        .select(Suspension::as_select())
        .load(c)?)
}

/// Suspends a kind of question by a person's word.
pub fn suspend(
    c: &mut Conn,
    now: Moment,
    (agency, capability): (&str, Capability),
    (by, reason): (&str, &str),
) -> Result<(), DbError> {
    put(c, now, (agency, capability.name()), (by, reason), (0, 0))
}

fn put(
    c: &mut Conn,
    now: Moment,
    (agency, capability): (&str, &str),
    (by, reason): (&str, &str),
    (calls, faults): (i64, i64),
) -> Result<(), DbError> {
    let probe = by.is_empty().then(|| Stamp::from(now + PROBE_EVERY));
    let said = (
        suspensions::since.eq(Stamp::from(now)),
        suspensions::by_whom.eq(by),
        suspensions::reason.eq(reason),
        suspensions::calls.eq(calls),
        suspensions::faults.eq(faults),
        suspensions::probe_at.eq(probe),
        suspensions::resumed_at.eq(None::<Stamp>),
    );
    let row = (suspensions::agency.eq(agency), suspensions::capability.eq(capability), said);
    upsert!(
        c, suspensions::table => row, on (suspensions::agency, suspensions::capability), set said
    )?;
    incidents::note(c, now, (agency, Some(capability)), Act::Suspended, (by, reason))?;
    // Pages of the services say so.
    announce(c, agencies::TOPIC);
    Ok(())
}

/// Lifts a suspension by a person's word. `false`: there was none.
pub fn resume(
    c: &mut Conn,
    now: Moment,
    (agency, capability): (&str, Capability),
    (by, reason): (&str, &str),
) -> Result<bool, DbError> {
    let open = suspensions::table
        .filter(suspensions::agency.eq(agency))
        .filter(suspensions::capability.eq(capability.name()))
        .filter(suspensions::resumed_at.is_null());
    let lifted = diesel::update(open).set(suspensions::resumed_at.eq(Stamp::from(now))).execute(c)? > 0;
    if lifted {
        incidents::note(c, now, (agency, Some(capability.name())), Act::Resumed, (by, reason))?;
        announce(c, agencies::TOPIC);
    }
    Ok(lifted)
}

/// Looks over the log for what fails too often.
#[derive(Debug, Serialize, Deserialize)]
pub struct Watch;

impl Job for Watch {
    const KIND: &'static str = "gateway.watch";
    const BUDGET: TimeDelta = TimeDelta::minutes(10);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Asks an agency of which something is suspended whether it is well.
#[derive(Debug, Serialize, Deserialize)]
pub struct Probe {
    agency: String,
}

impl Job for Probe {
    const KIND: &'static str = "gateway.probe";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::minutes(10);

    fn key(&self) -> Option<String> {
        Some(self.agency.clone())
    }
}

/// Runs [`Watch`].
pub async fn watch(gateway: Data<Gateway>, _: Watch, running: Running) -> Result<Done, Failure> {
    let (now, rule) = (gateway.now(), gateway.rule);
    running.finish(move |c| look_over(c, now, rule)).await
}

fn look_over(c: &mut Conn, now: Moment, rule: Rule) -> Result<(), DbError> {
    for Failing { agency, capability, calls, faults, first } in log::failing(c, now - rule.within)? {
        // Whether it is well it must be possible to ask.
        if capability == Capability::Health.name() || !rule.is_over(calls, faults, now - first) {
            continue;
        }
        tracing::warn!(agency, capability, calls, faults, "it fails too often and is not asked any more");
        let minutes = rule.within.num_minutes();
        let reason = format!("{faults}/{calls}, {minutes} min");
        put(c, now, (&agency, &capability), ("", &reason), (calls, faults))?;
        warnings::tell(c, now, &agency, &warnings::News::Suspended { capability, calls, faults })?;
    }
    Ok(())
}

/// Has those asked for whom it is time.
pub fn probe_those_due(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let due: Vec<String> = suspensions::table
        .filter(suspensions::resumed_at.is_null())
        .filter(suspensions::probe_at.le(Stamp::from(now)))
        .select(suspensions::agency)
        .distinct()
        .load(c)?;
    due.into_iter().try_for_each(|agency| jobs::enqueue(c, now, &Probe { agency }).map(|_| ()))
}

/// Runs [`Probe`]. An agency that cannot say how it is gets another chance: if it fails again, so does the chance.
pub async fn probe(gateway: Data<Gateway>, job: Probe, running: Running) -> Result<Done, Failure> {
    let well = match gateway.says_it_is_well(&job.agency).await {
        Ok(well) => well,
        Err(GatewayError::Undeclared { .. } | GatewayError::UnknownAgency(_)) => true,
        Err(error) => return Err(Failure::retry(error)),
    };
    let now = gateway.now();
    running.finish(move |c| probed(c, now, &job.agency, well)).await
}

fn probed(c: &mut Conn, now: Moment, agency: &str, well: bool) -> Result<(), DbError> {
    let open = || {
        suspensions::table
            .filter(suspensions::agency.eq(agency))
            .filter(suspensions::resumed_at.is_null())
            .filter(suspensions::by_whom.eq(""))
    };
    if !well {
        let next = Stamp::from(now + PROBE_EVERY);
        diesel::update(open()).set(suspensions::probe_at.eq(next)).execute(c)?;
        return Ok(());
    }
    let lifted: Vec<String> = open().select(suspensions::capability).load(c)?;
    diesel::update(open()).set(suspensions::resumed_at.eq(Stamp::from(now))).execute(c)?;
    for capability in lifted {
        incidents::note(c, now, (agency, Some(&capability)), Act::Resumed, ("", ""))?;
        warnings::tell(c, now, agency, &warnings::News::Resumed { capability })?;
    }
    announce(c, agencies::TOPIC);
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULE: Rule = Rule { calls: 20, percent: 90, within: TimeDelta::minutes(30) };
    const LONG: TimeDelta = TimeDelta::minutes(10);

    #[test]
    fn few_calls_say_nothing_and_most_must_fail() {
        assert!(!RULE.is_over(19, 19, LONG));
        assert!(RULE.is_over(20, 18, LONG));
        assert!(!RULE.is_over(20, 17, LONG));
        assert!(!RULE.is_over(1_000, 899, LONG));
        assert!(!RULE.is_over(1_000, 1_000, LONG - TimeDelta::seconds(1)));
    }

    proptest! {
        #[test]
        fn another_good_answer_never_makes_it_worse(calls in 1_i64..500, faults in 0_i64..500) {
            let faults = faults.min(calls);
            if !RULE.is_over(calls, faults, LONG) && calls >= RULE.calls {
                prop_assert!(!RULE.is_over(calls + 1, faults, LONG));
            }
            if RULE.is_over(calls, faults, LONG) {
                prop_assert!(RULE.is_over(calls + 1, faults + 1, LONG));
            }
        }
    }
}
