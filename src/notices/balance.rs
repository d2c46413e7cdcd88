//! The account of what was said: every way is waiting, sent, suppressed for a reason or failed for one, and whatever waits
//! is in the queue.

use std::collections::BTreeMap;

use diesel::{
    dsl::{count, count_star},
    prelude::*,
};
use serde::Serialize;

use super::{gather::Gather, model::Stand, say::Send};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{notice_ways, notices},
    },
    jobs::{self, Job as _},
    platform::Moment,
};

/// The account, of one moment where it is drawn up from a snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// Notices in inboxes.
    pub said: i64,
    /// Ways of theirs out of the house.
    pub due: i64,
    /// Among them those that are being handed over.
    pub waiting: i64,
    pub sent: i64,
    /// By reason.
    pub suppressed: BTreeMap<String, i64>,
    pub failed: BTreeMap<String, i64>,
    /// Of those that were sent: arrived, as a provider says.
    pub arrived: i64,
    /// Of those that were sent or failed: may have gone out twice.
    pub uncertain: i64,
    /// Those that wait and of which the queue knows nothing.
    pub lost: i64,
    /// Since when the first of those that wait is due.
    pub oldest: Option<Moment>,
}

impl Balance {
    /// Whether every way is accounted for.
    pub fn holds(&self) -> bool {
        let settled = self.sent + self.suppressed.values().sum::<i64>() + self.failed.values().sum::<i64>();
        self.due == self.waiting + settled && self.lost == 0
    }
}

/// Draws the account up, from a [snapshot](crate::db::Db::snapshot).
pub fn balance(c: &mut Conn) -> Result<Balance, DbError> {
    let rows: Vec<(String, Option<String>, i64)> = notice_ways::table
        .group_by((notice_ways::state, notice_ways::reason))
        .select((notice_ways::state, notice_ways::reason, count_star()))
        .load(c)?;
    let mut all = Balance {
        said: notices::table.count().get_result(c)?,
        due: notice_ways::table.count().get_result(c)?,
        arrived: notice_ways::table.filter(notice_ways::arrived_at.is_not_null()).count().get_result(c)?,
        uncertain: notice_ways::table.filter(notice_ways::uncertain.eq(true)).count().get_result(c)?,
        ..Balance::default()
    };
    for (state, reason, count) in rows {
        match Stand::named(&state) {
            Some(Stand::Waiting | Stand::Trying) => all.waiting += count,
            Some(Stand::Sent) => all.sent += count,
            Some(Stand::Suppressed) => {
                *all.suppressed.entry(reason.unwrap_or_default()).or_default() += count;
            }
            Some(Stand::Failed) => *all.failed.entry(reason.unwrap_or_default()).or_default() += count,
            // A word that no version of the program wrote is in no column, and the account does not hold.
            None => {}
        }
    }
    let open = || notice_ways::table.filter(notice_ways::settled_at.is_null());
    let alone: i64 = open().filter(notice_ways::gathered.eq(false)).count().get_result(c)?;
    let together: i64 = open()
        .filter(notice_ways::gathered.eq(true))
        .select(count(notice_ways::citizen_id).aggregate_distinct())
        .get_result(c)?;
    let missing = |waiting: i64, queued: i64| (waiting - queued).max(0);
    all.lost =
        missing(alone, jobs::queued(c, Send::KIND)?) + missing(together, jobs::queued(c, Gather::KIND)?);
    let oldest: Option<Stamp> =
        open().order(notice_ways::due_at).select(notice_ways::due_at).first(c).optional()?;
    all.oldest = oldest.map(Stamp::moment);
    Ok(all)
}
