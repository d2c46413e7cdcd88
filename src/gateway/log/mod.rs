//! The log of calls to agencies: how each went, and nothing of whom it was.
//!
//! The gateway makes a [`Trace`] of every call; its end puts one line into a bounded buffer in memory, which a task
//! writes down in sets. A call never waits for the log: when the buffer is full the line is dropped, and counted.

mod class;
mod queries;

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::{ContextV7, Timestamp, Uuid};
use yimen_contract::capability::Capability;

use crate::{
    agencies::VersionId,
    db::{Conn, Db, DbError, Stamp, schema::agency_calls},
    each, id,
    jobs::{Job, Priority},
    platform::Moment,
};

pub use class::{Class, Matter};
pub use queries::{
    CallLine, OfService, Speed, Tally, Wanted, by_service, forget_old, lines, speeds, tallies,
};
pub(super) use queries::{Failing, failing};

id! {
    /// A call to an agency, as its backend sees it.
    CallId
}

impl CallId {
    /// What no call before a moment is later than.
    pub(super) fn first_at(moment: Moment) -> Self {
        let millis = u128::try_from(moment.timestamp_millis()).unwrap_or(0);
        Self::from(Uuid::from_u128(millis << 80))
    }
}

/// Lines that wait to be written down: some ten seconds of a very busy node.
const ROOM: usize = 20_000;
/// Lines in one statement: SQLite takes no more than some 30,000 values at once.
const AT_ONCE: usize = 500;
/// How often what waits is written down.
pub(super) const EVERY: Duration = Duration::from_secs(2);
/// For how many days lines are kept.
pub const KEPT_DAYS: i64 = 30;

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = agency_calls)]
struct Line {
    id: CallId,
    at: Stamp,
    agency: String,
    capability: &'static str,
    service: Option<String>,
    outcome: &'static str,
    millis: i32,
    attempts: i32,
    version: VersionId,
}

/// What is known of calls that have ended and waits to be written down.
pub(super) struct CallLog {
    waiting: Mutex<Vec<Line>>,
    room: usize,
    ids: Mutex<ContextV7>,
}

impl Default for CallLog {
    fn default() -> Self {
        Self { waiting: Mutex::default(), room: ROOM, ids: Mutex::new(ContextV7::new()) }
    }
}

impl CallLog {
    /// Notes that a call begins. Whoever makes it says how it ended.
    pub(super) fn begin(
        &self,
        now: Moment,
        (agency, capability, service): (&str, Capability, Option<&str>),
        version: VersionId,
    ) -> Trace<'_> {
        // In the order of the portal's own time, so that lines of a while are found by their ids.
        let seconds = now.timestamp().try_into().unwrap_or(0);
        let ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        let id = Uuid::new_v7(Timestamp::from_unix(&*ids, seconds, now.timestamp_subsec_nanos()));
        drop(ids);
        let line = Line {
            id: id.into(),
            at: now.into(),
            agency: agency.to_owned(),
            capability: capability.name(),
            service: service.map(str::to_owned),
            outcome: "",
            millis: 0,
            attempts: 0,
            version,
        };
        Trace { log: self, line: Some(line), attempts: AtomicU32::new(0), began: Instant::now() }
    }

    fn put(&self, line: Line) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < self.room {
            waiting.push(line);
        } else {
            drop(waiting);
            metrics::counter!("yimen_call_log_dropped_total").increment(1);
        }
    }

    /// Writes down what waits. What cannot be written now waits on, as far as there is room.
    pub(super) async fn flush(&self, db: &Db) -> Result<(), DbError> {
        let taken = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        for (at, some) in taken.chunks(AT_ONCE).enumerate() {
            let lines = some.to_vec();
            if let Err(error) = db.tx(move |c| write(c, &lines)).await {
                taken[at * AT_ONCE..].iter().for_each(|line| self.put(line.clone()));
                return Err(error);
            }
        }
        Ok(())
    }
}

fn write(c: &mut Conn, lines: &[Line]) -> Result<(), DbError> {
    each!(c, |c| diesel::insert_into(agency_calls::table).values(lines).execute(c))?;
    Ok(())
}

/// A call under way. One that is dropped without an end, as happens when a page's time is over, is logged as given
/// up, or as one that found no place if nothing had left yet.
pub(super) struct Trace<'l> {
    log: &'l CallLog,
    line: Option<Line>,
    pub(super) attempts: AtomicU32,
    began: Instant,
}

impl Trace<'_> {
    pub(super) fn id(&self) -> CallId {
        // Taken away only by what ends the trace.
        self.line.as_ref().map_or_else(CallId::new, |line| line.id)
    }

    pub(super) fn end(mut self, class: Class) {
        self.put(class);
    }

    /// It was no call after all: a fault of ours kept it from being made.
    pub(super) fn forget(mut self) {
        self.line = None;
    }

    fn put(&mut self, class: Class) {
        let Some(mut line) = self.line.take() else { return };
        line.outcome = class.tag();
        line.millis = i32::try_from(self.began.elapsed().as_millis()).unwrap_or(i32::MAX);
        line.attempts = self.attempts.load(Ordering::Relaxed).try_into().unwrap_or(i32::MAX);
        self.log.put(line);
    }
}

impl Drop for Trace<'_> {
    fn drop(&mut self) {
        let left = self.attempts.load(Ordering::Relaxed) > 0;
        self.put(if left { Class::GivenUp } else { Class::Full });
    }
}

/// Housekeeping: forgets old calls.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetCalls;

impl Job for ForgetCalls {
    const KIND: &'static str = "gateway.forget-calls";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(log: &CallLog) -> Trace<'_> {
        let version = VersionId::from(Uuid::nil());
        log.begin(Moment::UNIX_EPOCH, ("library", Capability::Lookup, None), version)
    }

    fn outcomes(log: &CallLog) -> Vec<&'static str> {
        log.waiting.lock().unwrap().iter().map(|line| line.outcome).collect()
    }

    #[test]
    fn every_call_ends_as_one_line() {
        let log = CallLog::default();
        begin(&log).end(Class::Answered);
        begin(&log).forget();
        drop(begin(&log));
        let cut = begin(&log);
        cut.attempts.store(2, Ordering::Relaxed);
        drop(cut);
        assert_eq!(outcomes(&log), ["answered", "full", "given-up"]);
    }

    #[test]
    fn a_full_buffer_drops_lines_and_holds_up_nobody() {
        let log = CallLog { room: 2, ..CallLog::default() };
        for _ in 0..5 {
            begin(&log).end(Class::Broken);
        }
        assert_eq!(outcomes(&log).len(), 2);
    }
}
