//! Finding what has come due: set by set, whatever was missed before. What is found enters the account in the transaction that
//! finds it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Binary, Bool, Date},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yimen_licences::{
    Stages,
    reminders::{Marks, Phase, Reason, judge},
};

use super::{
    Means,
    model::{Deadline, DeadlineId, ReminderId, phase_words},
    send::Send,
};
use crate::{
    db::{
        Conn, DbError, Stamp, among,
        schema::{deadlines, reminders},
    },
    insert_new,
    jobs::{self, Done, Failure, Job, Running},
    ledger::CitizenId,
    platform::{Moment, clock::city_day},
};

/// So many deadlines are looked at in one transaction.
const SET: i64 = 500;

/// Looks for what has come due.
#[derive(Debug, Serialize, Deserialize)]
pub struct Look;

impl Job for Look {
    const KIND: &'static str = "reminders.look";
    const BUDGET: TimeDelta = TimeDelta::days(3);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Has it looked for, if there is anything.
pub fn look_soon(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let due = deadlines::table.filter(deadlines::next_look.le(city_day(now)));
    if diesel::select(diesel::dsl::exists(due)).get_result(c)? {
        jobs::enqueue(c, now, &Look)?;
    }
    Ok(())
}

/// Runs [`Look`].
pub async fn look(means: Means, _: Look, running: Running) -> Result<Done, Failure> {
    let site = &means.wallet.site;
    let mut behind = None;
    loop {
        let now = site.clock.now();
        let last = site.db.tx(move |c| set(c, now, behind)).await.map_err(Failure::from)?;
        // At the end once more from the beginning: something may have come due behind.
        if last.is_none() && behind.is_none() {
            break;
        }
        behind = last;
    }
    running.finish(|_| Ok::<_, DbError>(())).await
}

/// A reminder as it enters the account.
#[derive(Insertable)]
#[diesel(table_name = reminders)]
#[expect(clippy::struct_field_names, reason = "the columns are called so")]
struct Armed {
    citizen_id: CitizenId,
    id: ReminderId,
    deadline_id: DeadlineId,
    due_on: NaiveDate,
    days_before: i32,
    state: &'static str,
    reason: Option<&'static str>,
    armed_at: Stamp,
    settled_at: Option<Stamp>,
}

/// How a deadline stands after it was looked at.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct After {
    waiting: u16,
    settled: u16,
    next: Option<NaiveDate>,
}

/// Where a set ended: the day of its last deadline, and which that was.
type Place = (NaiveDate, DeadlineId);

/// Looks at the set behind a place; says where it ended, or that there was none. From the first place on each set would pass
/// over what the others settled, which PostgreSQL keeps for a while.
fn set(c: &mut Conn, now: Moment, behind: Option<Place>) -> Result<Option<Place>, DbError> {
    let today = city_day(now);
    let (day, id) = behind.unwrap_or((NaiveDate::default(), DeadlineId::from(Uuid::nil())));
    let is_behind =
        sql::<Bool>("(next_look, id) > (").bind::<Date, _>(day).sql(", ").bind::<Binary, _>(id).sql(")");
    let due = deadlines::table
        .filter(deadlines::next_look.le(today))
        .filter(is_behind)
        .order((deadlines::next_look, deadlines::id))
        .limit(SET);
    // On PostgreSQL another node may look at the same time: each takes what the other has not.
    let found: Vec<Deadline> = match c {
        Conn::Pg(c) => due.select(Deadline::as_select()).for_update().skip_locked().load(c)?,
        Conn::Sqlite(c) => due.select(Deadline::as_select()).load(c)?,
    };
    let (mut armed, mut sends, mut after) = (Vec::new(), Vec::new(), BTreeMap::<After, Vec<_>>::new());
    for deadline in &found {
        let looked = looked(c, now, today, deadline, (&mut armed, &mut sends))?;
        after.entry(looked).or_default().push((deadline.citizen_id, deadline.id));
    }
    insert_new!(c, reminders::table => &armed)?;
    for (After { waiting, settled, next }, of) in after {
        // The holders stand in the question beside the deadlines, so that each part of a spread-out database is asked its own.
        diesel::update(deadlines::table.filter(among(deadlines::citizen_id, deadlines::id, &of)))
            .set((
                deadlines::waiting.eq(i32::from(waiting)),
                deadlines::settled.eq(i32::from(settled)),
                deadlines::next_look.eq(next),
            ))
            .execute(c)?;
    }
    jobs::enqueue_all(c, now, &sends)?;
    Ok(found.last().and_then(|last| Some((last.next_look?, last.id))))
}

/// Looks at one deadline: what comes due enters the account, and what is to be sent is on its way.
fn looked(
    c: &mut Conn,
    now: Moment,
    today: NaiveDate,
    deadline: &Deadline,
    (armed, sends): (&mut Vec<Armed>, &mut Vec<Send>),
) -> Result<After, DbError> {
    let plan = deadline.plan();
    let (stages, mut marks) = (deadline.stages(&plan), deadline.marks());
    let verdict = judge(&stages, marks, deadline.wish(), today);
    let (silent, why) = verdict.silenced.map_or((0, Reason::Overtaken), |(reason, bits)| (bits, reason));
    for stage in stages.iter() {
        let bit = 1 << stage.place;
        let phase = if verdict.overtaken & bit != 0 {
            Phase::Suppressed(Reason::Overtaken)
        } else if silent & bit != 0 {
            Phase::Suppressed(why)
        } else {
            Phase::Waiting
        };
        if verdict.arm & bit != 0 {
            let (state, reason) = phase_words(phase);
            armed.push(Armed {
                citizen_id: deadline.citizen_id,
                id: ReminderId::new(),
                deadline_id: deadline.id,
                due_on: deadline.due_on,
                days_before: stage.days_before.into(),
                state,
                reason,
                armed_at: now.into(),
                settled_at: (phase != Phase::Waiting).then(|| now.into()),
            });
            marks.set(stage.place, phase);
        } else if marks.waiting & bit != 0 && phase != Phase::Waiting {
            suppress(c, now, deadline, stage.days_before, phase)?;
            marks.set(stage.place, phase);
        }
    }
    if let Some(stage) = verdict.send {
        sends.push(Send::of(deadline, stage.days_before));
    }
    Ok(After {
        waiting: marks.waiting,
        settled: marks.settled,
        next: after(&stages, marks, deadline.snoozed_until, today),
    })
}

/// One that waited is not to be sent any more.
fn suppress(
    c: &mut Conn,
    now: Moment,
    deadline: &Deadline,
    days_before: u16,
    phase: Phase,
) -> Result<(), DbError> {
    let (state, reason) = phase_words(phase);
    let row = reminders::table
        .filter(reminders::citizen_id.eq(deadline.citizen_id))
        .filter(reminders::deadline_id.eq(deadline.id))
        .filter(reminders::due_on.eq(deadline.due_on))
        .filter(reminders::days_before.eq(i32::from(days_before)))
        .filter(reminders::state.eq("waiting"));
    diesel::update(row)
        .set((
            reminders::state.eq(state),
            reminders::reason.eq(reason),
            reminders::settled_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    Ok(())
}

/// The next day on which there is something to do: a reminder comes due, or somebody who wanted to sleep over it wakes.
pub(super) fn after(
    stages: &Stages<'_>,
    marks: Marks,
    snoozed_until: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let known = marks.waiting | marks.settled;
    let comes = stages.iter().find(|stage| known & (1 << stage.place) == 0).map(|stage| stage.on);
    let wakes = snoozed_until.filter(|until| marks.waiting != 0 && *until > today);
    comes.into_iter().chain(wakes).min()
}
