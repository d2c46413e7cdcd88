//! Changing a rule: one administrator asks, another decides. Each act stands in the record of staff as well.

use chrono::{Months, NaiveDate};
use diesel::prelude::*;
use yimen_contract::text::is_unprintable;

use super::{Book, Change, ChangeId, PolicyError, Proposal, State, Wrong, queries};
use crate::{
    accounts::{acting::beginning, staff::record},
    db::{Conn, Json, Stamp, announce, schema::policy_changes as p},
    each,
    ledger::StaffId,
    platform::{Moment, clock::city_day},
};

/// What is announced when a change was approved.
pub const TOPIC: &str = "policy";
/// Reasons, in letters.
pub const LONGEST: usize = 500;
/// A change is not asked for longer before its day.
const AHEAD: Months = Months::new(24);

/// Whether a reason can be kept: it is there, not too long, and has no signs that nobody sees. Lines may be broken.
pub fn is_reason(text: &str) -> bool {
    let hidden = |letter: char| is_unprintable(letter) && !matches!(letter, '\n' | '\r');
    (1..=LONGEST).contains(&text.trim().chars().count()) && !text.chars().any(hidden)
}

fn worded(text: &str) -> Result<&str, Wrong> {
    if is_reason(text) { Ok(text.trim()) } else { Err(Wrong::Reason) }
}

/// Whether it can be meant, and what it would take the place of.
fn check(book: &Book, now: Moment, proposal: &Proposal) -> Result<Vec<u32>, Wrong> {
    let (rule, today) = (proposal.rule, city_day(now));
    rule.check(&proposal.numbers)?;
    if proposal.holds_from < today {
        return Err(Wrong::Past);
    }
    if proposal.holds_from > today.checked_add_months(AHEAD).unwrap_or(NaiveDate::MAX) {
        return Err(Wrong::Far);
    }
    worded(&proposal.reason)?;
    let at = beginning(proposal.holds_from).max(now);
    let was = book.at(at).numbers(rule).to_vec();
    if was == proposal.numbers {
        return Err(Wrong::Same);
    }
    let mut then = book.clone();
    then.hold(rule, at, proposal.numbers.clone());
    then.check_from(at)?;
    Ok(was)
}

/// Asks for a change. The second of two clicks finds what the first asked for.
pub fn ask(
    c: &mut Conn,
    now: Moment,
    by: StaffId,
    package: &Book,
    proposal: &Proposal,
) -> Result<ChangeId, PolicyError> {
    let rule = proposal.rule;
    if !package.has(rule) {
        return Err(PolicyError::Unknown);
    }
    if let Some(waiting) = queries::asked_of(c, rule)? {
        return again(&waiting, by, proposal);
    }
    let was = check(&queries::book(c, package)?, now, proposal)?;
    let id = ChangeId::new();
    let row = (
        p::id.eq(id),
        p::rule.eq(rule.tag()),
        p::value.eq(Json(proposal.numbers.clone())),
        p::was.eq(Json(was)),
        p::holds_from.eq(proposal.holds_from),
        p::reason.eq(worded(&proposal.reason)?),
        p::asked_by.eq(by),
        p::asked_at.eq(Stamp::from(now)),
        p::state.eq(State::Asked.tag()),
    );
    let new = each!(c, |c| diesel::insert_into(p::table).values(row).on_conflict_do_nothing().execute(c))?;
    let change = queries::asked_of(c, rule)?.ok_or(PolicyError::Waits)?;
    if new == 0 {
        return again(&change, by, proposal);
    }
    note(c, now, by, &change, "policy-asked")?;
    Ok(id)
}

/// What waits already, if it is the very same.
fn again(waiting: &Change, by: StaffId, proposal: &Proposal) -> Result<ChangeId, PolicyError> {
    let same = waiting.asked_by == by
        && waiting.numbers() == proposal.numbers
        && waiting.holds_from == proposal.holds_from;
    if same { Ok(waiting.id) } else { Err(PolicyError::Waits) }
}

/// Holds all that waits: rules that bound each other are decided one after the other.
fn hold(c: &mut Conn) -> Result<(), PolicyError> {
    // Writing first takes the rows' locks on PostgreSQL; on SQLite there is one writer anyway.
    let waiting = p::table.filter(p::state.eq(State::Asked.tag()));
    diesel::update(waiting).set(p::state.eq(p::state)).execute(c)?;
    Ok(())
}

/// One that waits; nothing where this member has decided it so before, by the first of two clicks.
fn undecided(c: &mut Conn, by: StaffId, id: ChangeId, wish: State) -> Result<Option<Change>, PolicyError> {
    hold(c)?;
    let change = queries::one(c, id)?;
    match change.state() {
        State::Asked => Ok(Some(change)),
        state if state == wish && change.decided_by == Some(by) => Ok(None),
        _ => Err(PolicyError::Decided),
    }
}

/// Puts a change in force from its day on, or from now on where that day has come. Nobody approves their own.
pub fn approve(
    c: &mut Conn,
    now: Moment,
    by: StaffId,
    package: &Book,
    id: ChangeId,
) -> Result<(), PolicyError> {
    let Some(change) = undecided(c, by, id, State::Approved)? else { return Ok(()) };
    if change.asked_by == by {
        return Err(PolicyError::Own);
    }
    let rule = change.rule().filter(|rule| package.has(*rule)).ok_or(PolicyError::Unknown)?;
    // Others were approved since it was asked for, and days went by.
    let proposal = Proposal {
        rule,
        numbers: change.numbers().to_vec(),
        holds_from: change.holds_from.max(city_day(now)),
        reason: change.reason.clone(),
    };
    let was = check(&queries::book(c, package)?, now, &proposal)?;
    let at = beginning(change.holds_from).max(now);
    diesel::update(p::table.find(id).filter(p::state.eq(State::Asked.tag())))
        .set((
            p::state.eq(State::Approved.tag()),
            p::was.eq(Json(was)),
            p::decided_by.eq(Some(by)),
            p::decided_at.eq(Some(Stamp::from(now))),
            p::holds_at.eq(Some(Stamp::from(at))),
        ))
        .execute(c)?;
    note(c, now, by, &change, "policy-approved")?;
    announce(c, TOPIC);
    Ok(())
}

/// Refuses a change, with the reason. Whoever asked for it takes it back instead.
pub fn refuse(c: &mut Conn, now: Moment, by: StaffId, id: ChangeId, words: &str) -> Result<(), PolicyError> {
    let words = worded(words)?;
    let Some(change) = undecided(c, by, id, State::Refused)? else { return Ok(()) };
    if change.asked_by == by {
        return Err(PolicyError::Own);
    }
    end(c, now, by, &change, (State::Refused, Some(words)))?;
    note(c, now, by, &change, "policy-refused")
}

/// Takes back what one asked for oneself.
pub fn withdraw(c: &mut Conn, now: Moment, by: StaffId, id: ChangeId) -> Result<(), PolicyError> {
    let Some(change) = undecided(c, by, id, State::Withdrawn)? else { return Ok(()) };
    if change.asked_by != by {
        return Err(PolicyError::Own);
    }
    end(c, now, by, &change, (State::Withdrawn, None))?;
    note(c, now, by, &change, "policy-withdrawn")
}

fn end(
    c: &mut Conn,
    now: Moment,
    by: StaffId,
    change: &Change,
    (state, words): (State, Option<&str>),
) -> Result<(), PolicyError> {
    diesel::update(p::table.find(change.id).filter(p::state.eq(State::Asked.tag())))
        .set((
            p::state.eq(state.tag()),
            p::words.eq(words),
            p::decided_by.eq(Some(by)),
            p::decided_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    Ok(())
}

/// The act as auditors read it.
fn note(c: &mut Conn, now: Moment, by: StaffId, change: &Change, act: &str) -> Result<(), PolicyError> {
    let words = |numbers: &[u32]| numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
    let (was, next) = (words(change.was()), words(change.numbers()));
    let detail = format!("{}: {was} → {next} ({})", change.rule_tag(), change.holds_from);
    Ok(record(c, now, Some(by), by, act, &detail)?)
}
