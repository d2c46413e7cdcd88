//! Keeping somebody's dates as what they hang on has them now. Whatever changes, nothing that was due is lost from the account:
//! a reminder of a date that is none any more is suppressed, and says why.

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_licences::{
    Deadline as Counted, Matter, Stages,
    reminders::{Event, Marks, Phase, Reason, judge, step},
};

use super::{
    look::after,
    model::{Deadline, DeadlineId, ReminderId, Source, phase_named, phase_words, plan_text},
};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{deadlines, reminders},
    },
    each,
    ledger::{CitizenId, Private},
    platform::Moment,
    wallet::dates::matter_tag,
};

/// The last day that both engines keep.
const FOREVER: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// What a person's dates hang on.
#[derive(Debug, Clone)]
pub struct Hangs {
    pub citizen: CitizenId,
    pub source: Source,
    pub id: String,
    /// The code of a kind of document or of a service.
    pub about: String,
    pub words: Option<Private>,
}

/// One date, and how long before it people are reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub matter: Matter,
    pub due: NaiveDate,
    pub closes: NaiveDate,
    pub last_chance: NaiveDate,
    pub since: NaiveDate,
    pub plan: Vec<u16>,
}

impl Planned {
    /// As the rules of a document count it. Where there is no day, there is nothing to remind of.
    pub fn of(counted: &Counted, plan: &[u16]) -> Option<Self> {
        Some(Self {
            matter: counted.matter,
            due: counted.on()?.min(FOREVER),
            closes: counted.closes.min(FOREVER),
            last_chance: counted.last_chance().min(FOREVER),
            since: counted.since,
            plan: plan.to_vec(),
        })
    }

    /// A day by which something is to be paid: until it is, it can be paid late.
    pub fn owed(due: NaiveDate, since: NaiveDate, plan: &[u16]) -> Self {
        Self { last_chance: FOREVER, ..Self::on(due, since, plan) }
    }

    /// A day on which something is, with nothing to be done late.
    pub fn on(due: NaiveDate, since: NaiveDate, plan: &[u16]) -> Self {
        // A reminder on the day itself is of use, too.
        let closes = due.succ_opt().unwrap_or(due);
        Self { matter: Matter::Plan, due, closes, last_chance: due, since, plan: plan.to_vec() }
    }
}

/// Keeps the dates of one thing. Those it does not have any more end, for the reason that is given.
pub fn keep(
    c: &mut Conn,
    now: Moment,
    today: NaiveDate,
    hangs: &Hangs,
    (planned, gone): (&[Planned], Reason),
) -> Result<(), DbError> {
    let kept: Vec<Deadline> = deadlines::table
        .filter(deadlines::citizen_id.eq(hangs.citizen))
        .filter(deadlines::source.eq(hangs.source.tag()))
        .filter(deadlines::source_id.eq(&hangs.id))
        .select(Deadline::as_select())
        .load(c)?;
    for one in planned {
        match kept.iter().find(|known| known.matter() == one.matter) {
            Some(known) => change(c, now, today, known, hangs, one)?,
            None => begin(c, now, today, hangs, one)?,
        }
    }
    for known in kept.iter().filter(|known| !planned.iter().any(|one| one.matter == known.matter())) {
        end(c, now, known, gone)?;
    }
    Ok(())
}

fn begin(
    c: &mut Conn,
    now: Moment,
    today: NaiveDate,
    hangs: &Hangs,
    planned: &Planned,
) -> Result<(), DbError> {
    let (id, at) = (DeadlineId::new(), Stamp::from(now));
    let row = (
        deadlines::citizen_id.eq(hangs.citizen),
        deadlines::id.eq(id),
        deadlines::source.eq(hangs.source.tag()),
        deadlines::source_id.eq(&hangs.id),
        deadlines::matter.eq(matter_tag(planned.matter)),
        deadlines::about.eq(&hangs.about),
        deadlines::words.eq(hangs.words.clone()),
        deadlines::due_on.eq(planned.due),
        deadlines::closes_on.eq(planned.closes),
        deadlines::last_chance_on.eq(planned.last_chance),
        deadlines::since_on.eq(planned.since),
        deadlines::rule_plan.eq(plan_text(&planned.plan)),
        deadlines::next_look.eq(planned.stages(&planned.plan).iter().next().map(|stage| stage.on)),
        deadlines::made_at.eq(at),
        deadlines::changed_at.eq(at),
    );
    let made =
        each!(c, |c| diesel::insert_into(deadlines::table).values(row).on_conflict_do_nothing().execute(c))?;
    if made == 1 {
        return Ok(());
    }
    // Somebody else began it at the same moment: it may have been as things stood before.
    let known: Option<Deadline> = deadlines::table
        .filter(deadlines::citizen_id.eq(hangs.citizen))
        .filter(deadlines::source.eq(hangs.source.tag()))
        .filter(deadlines::source_id.eq(&hangs.id))
        .filter(deadlines::matter.eq(matter_tag(planned.matter)))
        .select(Deadline::as_select())
        .first(c)
        .optional()?;
    known.map_or(Ok(()), |known| change(c, now, today, &known, hangs, planned))
}

impl Planned {
    fn stages<'p>(&self, plan: &'p [u16]) -> Stages<'p> {
        Stages::kept(plan, self.since, self.matter, (Some(self.due), self.closes, self.last_chance))
    }
}

fn change(
    c: &mut Conn,
    now: Moment,
    today: NaiveDate,
    known: &Deadline,
    hangs: &Hangs,
    planned: &Planned,
) -> Result<(), DbError> {
    let changed = Deadline {
        about: hangs.about.clone(),
        words: hangs.words.clone(),
        due_on: planned.due,
        closes_on: planned.closes,
        last_chance_on: planned.last_chance,
        since_on: planned.since,
        rule_plan: plan_text(&planned.plan),
        ended: None,
        ..known.clone()
    };
    if known.is_as(&changed) {
        return Ok(());
    }
    let row = deadlines::table.find((known.citizen_id, known.id));
    diesel::update(row)
        .set((
            deadlines::about.eq(&changed.about),
            deadlines::words.eq(&changed.words),
            deadlines::due_on.eq(changed.due_on),
            deadlines::closes_on.eq(changed.closes_on),
            deadlines::last_chance_on.eq(changed.last_chance_on),
            deadlines::since_on.eq(changed.since_on),
            deadlines::rule_plan.eq(&changed.rule_plan),
            deadlines::ended.eq(None::<String>),
            deadlines::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    settle_anew(c, now, today, &changed)
}

/// Sorts the reminders of a deadline by what it is now: those that are still meant, those that are not any more, and those that
/// are meant again.
pub(super) fn settle_anew(
    c: &mut Conn,
    now: Moment,
    today: NaiveDate,
    deadline: &Deadline,
) -> Result<(), DbError> {
    let plan = deadline.plan();
    let stages = deadline.stages(&plan);
    let rows: Vec<(ReminderId, NaiveDate, i32, String, Option<String>)> = reminders::table
        .filter(reminders::citizen_id.eq(deadline.citizen_id))
        .filter(reminders::deadline_id.eq(deadline.id))
        .select((
            reminders::id,
            reminders::due_on,
            reminders::days_before,
            reminders::state,
            reminders::reason,
        ))
        .load(c)?;
    let mut marks = Marks::default();
    for (id, due, days, state, reason) in rows {
        let Some(phase) = phase_named(&state, reason.as_deref()) else { continue };
        let place = stages.iter().find(|stage| i32::from(stage.days_before) == days).map(|stage| stage.place);
        let meant = due == deadline.due_on;
        let next = match (phase, meant, place) {
            (Phase::Waiting, false, _) => {
                let why = if due < deadline.due_on { Reason::Renewed } else { Reason::Moved };
                step(phase, Event::Suppress(why)).ok()
            }
            (Phase::Waiting, true, None) => step(phase, Event::Suppress(Reason::RuleChanged)).ok(),
            // What it was suppressed for has passed: the date is as it was, or the plan is.
            (Phase::Suppressed(_), true, Some(_)) if today <= deadline.last_chance_on => {
                step(phase, Event::Rearm).ok()
            }
            _ => None,
        };
        if let Some(next) = next {
            write(c, now, (deadline.citizen_id, id), next)?;
        }
        if let (true, Some(place)) = (meant, place) {
            marks.set(place, next.unwrap_or(phase));
        }
    }
    // What waits and is not on its way is looked at by the next run.
    let verdict = judge(&stages, marks, deadline.wish(), today);
    let looks = verdict.send.is_some() || verdict.overtaken != 0 || verdict.silenced.is_some();
    let next = if looks { Some(today) } else { after(&stages, marks, deadline.snoozed_until, today) };
    diesel::update(deadlines::table.find((deadline.citizen_id, deadline.id)))
        .set((
            deadlines::waiting.eq(i32::from(marks.waiting)),
            deadlines::settled.eq(i32::from(marks.settled)),
            deadlines::next_look.eq(next),
        ))
        .execute(c)?;
    Ok(())
}

/// Writes down what became of a reminder.
pub(super) fn write(
    c: &mut Conn,
    now: Moment,
    place: (CitizenId, ReminderId),
    phase: Phase,
) -> Result<(), DbError> {
    let (state, reason) = phase_words(phase);
    let settled = (phase != Phase::Waiting).then(|| Stamp::from(now));
    diesel::update(reminders::table.find(place))
        .set((reminders::state.eq(state), reminders::reason.eq(reason), reminders::settled_at.eq(settled)))
        .execute(c)?;
    Ok(())
}

/// A deadline is none any more. What waits of it is suppressed.
fn end(c: &mut Conn, now: Moment, known: &Deadline, why: Reason) -> Result<(), DbError> {
    if known.ended.is_some() {
        return Ok(());
    }
    let waiting = reminders::table
        .filter(reminders::citizen_id.eq(known.citizen_id))
        .filter(reminders::deadline_id.eq(known.id))
        .filter(reminders::state.eq("waiting"));
    let (state, reason) = phase_words(Phase::Suppressed(why));
    diesel::update(waiting)
        .set((
            reminders::state.eq(state),
            reminders::reason.eq(reason),
            reminders::settled_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    diesel::update(deadlines::table.find((known.citizen_id, known.id)))
        .set((
            deadlines::ended.eq(reason),
            deadlines::waiting.eq(0),
            deadlines::settled.eq(known.settled | known.waiting),
            deadlines::next_look.eq(None::<NaiveDate>),
            deadlines::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}
