//! The account of reminders: everything that was ever due is waiting, sent, suppressed for a reason or failed for one; and
//! whatever waits is on its way, or asleep because its holder wanted it so.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use diesel::{dsl::count_star, prelude::*};
use serde::Serialize;
use yimen_licences::reminders::{Account, Phase};

use super::{
    model::{failure_word, phase_named, reason_word},
    send::Send,
};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{deadlines, reminders},
    },
    jobs::{self, Job as _},
    platform::{Moment, clock::city_day},
};

/// Longer than any source is waited for.
const TOO_LONG: TimeDelta = TimeDelta::days(4);

/// The account, of one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// Dates that are watched.
    pub deadlines: i64,
    pub due: u64,
    pub waiting: u64,
    pub sent: u64,
    /// By reason.
    pub suppressed: BTreeMap<&'static str, u64>,
    pub failed: BTreeMap<&'static str, u64>,
    /// Of those that were sent: their source could not be asked once more.
    pub unchecked: i64,
    /// Of those that wait: asleep until a day that their holder named.
    pub asleep: i64,
    /// Of those that wait: longer than any source is waited for, and not because their holder sleeps over them.
    pub late: i64,
    /// Those that wait and of which the queue knows nothing.
    pub lost: i64,
    /// Dates whose day to be looked at has come and that nobody has looked at yet.
    pub behind: i64,
    /// Since when the first of those that wait does.
    pub oldest: Option<Moment>,
    balanced: bool,
}

impl Balance {
    /// Whether every reminder is accounted for.
    pub const fn holds(&self) -> bool {
        self.balanced && self.lost == 0
    }
}

/// How many reminders wait too long.
pub fn late(c: &mut Conn, now: Moment) -> Result<i64, DbError> {
    let awake = deadlines::snoozed_until.is_null().or(deadlines::snoozed_until.lt(city_day(now)));
    Ok(reminders::table
        .inner_join(deadlines::table.on(
            deadlines::citizen_id.eq(reminders::citizen_id).and(deadlines::id.eq(reminders::deadline_id)),
        ))
        .filter(reminders::state.eq("waiting"))
        .filter(reminders::armed_at.lt(Stamp::from(now - TOO_LONG)))
        .filter(awake)
        .count()
        .get_result(c)?)
}

/// Draws the account up, from a [snapshot](crate::db::Db::snapshot).
pub fn balance(c: &mut Conn, now: Moment) -> Result<Balance, DbError> {
    let today = city_day(now);
    let due: i64 = reminders::table.count().get_result(c)?;
    let rows: Vec<(String, Option<String>, i64)> = reminders::table
        .group_by((reminders::state, reminders::reason))
        .select((reminders::state, reminders::reason, count_star()))
        .load(c)?;
    // Words that no version of the program wrote are in no column, and the account does not hold.
    let phases = rows.iter().filter_map(|(state, reason, count)| {
        Some((phase_named(state, reason.as_deref())?, u64::try_from(*count).unwrap_or_default()))
    });
    let phases: Vec<(Phase, u64)> = phases.collect();
    let account = Account::counted(u64::try_from(due).unwrap_or_default(), phases.iter().copied());
    let (mut suppressed, mut failed) = (BTreeMap::new(), BTreeMap::new());
    for (phase, count) in &phases {
        match phase {
            Phase::Suppressed(reason) => *suppressed.entry(reason_word(*reason)).or_default() += count,
            Phase::Failed(failure) => *failed.entry(failure_word(*failure)).or_default() += count,
            Phase::Waiting | Phase::Sent => {}
        }
    }
    let asleep: i64 = reminders::table
        .inner_join(deadlines::table.on(
            deadlines::citizen_id.eq(reminders::citizen_id).and(deadlines::id.eq(reminders::deadline_id)),
        ))
        .filter(reminders::state.eq("waiting"))
        .filter(deadlines::snoozed_until.gt(today))
        .count()
        .get_result(c)?;
    let waiting = account.count(Phase::Waiting);
    let behind: i64 = deadlines::table.filter(deadlines::next_look.le(today)).count().get_result(c)?;
    let queued = jobs::queued(c, Send::KIND)?;
    let oldest: Option<Stamp> = reminders::table
        .filter(reminders::state.eq("waiting"))
        .order(reminders::armed_at)
        .select(reminders::armed_at)
        .first(c)
        .optional()?;
    Ok(Balance {
        deadlines: deadlines::table.filter(deadlines::ended.is_null()).count().get_result(c)?,
        due: account.due(),
        waiting,
        sent: account.count(Phase::Sent),
        suppressed,
        failed,
        unchecked: reminders::table.filter(reminders::checked.eq(false)).count().get_result(c)?,
        asleep,
        late: late(c, now)?,
        // What the next look will put on its way again is not lost.
        lost: (i64::try_from(waiting).unwrap_or(i64::MAX) - asleep - queued - behind).max(0),
        behind,
        oldest: oldest.map(Stamp::moment),
        balanced: account.is_balanced(),
    })
}
