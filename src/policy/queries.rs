//! Reading what was asked for and decided.

use diesel::{prelude::*, sql_types::Bool};

use super::{Book, Change, ChangeId, PolicyError, Rule, State};
use crate::{
    db::{Conn, DbError, Stamp, schema::policy_changes as p},
    ledger::StaffId,
    platform::Moment,
};

/// Another value tells that another change was approved: what is approved stays as it is.
pub type Signature = i64;

pub fn signature(c: &mut Conn) -> Result<Signature, DbError> {
    Ok(p::table.filter(p::state.eq(State::Approved.tag())).count().get_result(c)?)
}

/// Every change that was approved, in the order in which they come into force.
pub fn approved(c: &mut Conn) -> Result<Vec<Change>, DbError> {
    Ok(p::table
        .filter(p::state.eq(State::Approved.tag()))
        .order((p::holds_at, p::decided_at, p::id))
        .select(Change::as_select())
        .load(c)?)
}

/// A rule about which the city's package says nothing, at a moment: for rooms that are asked before there is a catalogue.
pub fn numbers_in_force(c: &mut Conn, rule: Rule, now: Moment) -> Result<Vec<u32>, DbError> {
    let found: Option<Change> = p::table
        .filter(p::rule.eq(rule.tag()))
        .filter(p::state.eq(State::Approved.tag()))
        .filter(p::holds_at.le(Some(Stamp::from(now))))
        .order((p::holds_at.desc(), p::decided_at.desc(), p::id.desc()))
        .select(Change::as_select())
        .first(c)
        .optional()?;
    let first = || rule.of_program().unwrap_or_default();
    Ok(found.map_or_else(first, |change| change.numbers().to_vec()))
}

/// What waits for a second administrator.
pub fn asked(c: &mut Conn) -> Result<Vec<Change>, DbError> {
    Ok(p::table
        .filter(p::state.eq(State::Asked.tag()))
        .order(p::asked_at)
        .select(Change::as_select())
        .load(c)?)
}

/// What waits of one rule.
pub fn asked_of(c: &mut Conn, rule: Rule) -> Result<Option<Change>, DbError> {
    Ok(p::table
        .filter(p::rule.eq(rule.tag()))
        .filter(p::state.eq(State::Asked.tag()))
        .select(Change::as_select())
        .first(c)
        .optional()?)
}

/// How many wait for somebody else than whoever asked, this one among them.
pub fn waiting_for(c: &mut Conn, reader: StaffId) -> Result<i64, DbError> {
    Ok(p::table
        .filter(p::state.eq(State::Asked.tag()))
        .filter(p::asked_by.ne(reader))
        .count()
        .get_result(c)?)
}

pub(super) fn one(c: &mut Conn, id: ChangeId) -> Result<Change, PolicyError> {
    let found = p::table.find(id).select(Change::as_select()).first(c).optional()?;
    found.ok_or(PolicyError::Unknown)
}

/// The book as the table has it now, for what is decided in this transaction.
pub(super) fn book(c: &mut Conn, package: &Book) -> Result<Book, DbError> {
    Ok(package.with(&approved(c)?))
}

/// Which changes are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    pub rule: Option<Rule>,
    pub state: Option<State>,
    pub oldest_first: bool,
}

macro_rules! wanted {
    ($wanted:expr) => {{
        let (any_rule, any_state) = ($wanted.rule.is_none(), $wanted.state.is_none());
        let rule = $wanted.rule.map_or("", Rule::tag);
        let state = $wanted.state.map_or("", State::tag);
        p::table
            .filter(any_rule.into_sql::<Bool>().or(p::rule.eq(rule)))
            .filter(any_state.into_sql::<Bool>().or(p::state.eq(state)))
    }};
}

/// A part of the history, and how much there is in all.
pub fn history(
    c: &mut Conn,
    wanted: Wanted,
    (skip, most): (i64, i64),
) -> Result<(Vec<Change>, i64), DbError> {
    let all: i64 = wanted!(wanted).count().get_result(c)?;
    let found = wanted!(wanted).offset(skip).limit(most).select(Change::as_select());
    let rows = if wanted.oldest_first {
        found.order((p::asked_at, p::id)).load(c)?
    } else {
        found.order((p::asked_at.desc(), p::id.desc())).load(c)?
    };
    Ok((rows, all))
}
