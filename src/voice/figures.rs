//! What is counted of orders: complaints for the scorecards of `ratings`, and what people wrote about, month by month. An
//! order that goes on under another number is counted there, and only once. Nothing here opens anybody's words.

use std::collections::BTreeMap;

use diesel::{dsl::count_star, prelude::*};

use super::{Kind, State};
use crate::{
    db::{Conn, DbError, Stamp, schema::voice_orders as o},
    platform::Moment,
    ratings::scores::complaints::Complained,
};

/// Of what is not taken, the city is not to blame; what was merged is counted with what it was merged into.
const NOT_COUNTED: [&str; 2] = [State::Merged.tag(), State::NotTaken.tag()];

type Line = (Option<String>, Option<String>, Option<String>, i64);

/// Complaints made between two moments: the port that the scorecards ask by.
pub fn complaints(c: &mut Conn, from: Moment, to: Moment) -> Result<Vec<Complained>, DbError> {
    let lines: Vec<Line> = o::table
        .filter(o::made_at.ge(Stamp::from(from)))
        .filter(o::made_at.lt(Stamp::from(to)))
        .filter(o::kind.eq(Kind::Complaint.tag()))
        .filter(o::state.ne_all(NOT_COUNTED))
        .group_by((o::service, o::agency, o::district))
        .select((o::service, o::agency, o::district, count_star()))
        .load(c)?;
    let complained =
        |(service, agency, district, times): Line| Complained { service, agency, district, times };
    Ok(lines.into_iter().map(complained).collect())
}

/// What orders of one topic in one district came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    pub made: i64,
    /// In the month before.
    pub before: i64,
    /// Of those made: answered, and still with the desk or a unit.
    pub answered: i64,
    pub open: i64,
    /// On the supervision list.
    pub supervised: i64,
}

impl Figures {
    /// How many more than in the month before, or fewer.
    pub const fn change(&self) -> i64 {
        self.made - self.before
    }

    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            made: self.made + other.made,
            before: self.before + other.before,
            answered: self.answered + other.answered,
            open: self.open + other.open,
            supervised: self.supervised + other.supervised,
        }
    }
}

/// What something was about: its topic, its service and its district, where they are known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct About {
    pub topic: Option<String>,
    pub service: Option<String>,
    pub district: Option<String>,
}

/// Three moments: the beginnings of the month before, of the month, and of the next.
#[derive(Debug, Clone, Copy)]
pub struct Months {
    pub before: Moment,
    pub from: Moment,
    pub to: Moment,
}

type Made = (Option<String>, Option<String>, Option<String>, String, i64);

/// What people wrote about in a month, and in the month before: of one kind, or of all.
pub fn topics(c: &mut Conn, months: Months, kind: Option<Kind>) -> Result<BTreeMap<About, Figures>, DbError> {
    let mut found: BTreeMap<About, Figures> = BTreeMap::new();
    for (topic, service, district, state, times) in made(c, (months.from, months.to), kind)? {
        let figures = found.entry(About { topic, service, district }).or_default();
        figures.made += times;
        match State::named(&state) {
            Some(state) if state.is_answered() => figures.answered += times,
            Some(state) if state.waits_for_desk() || state.waits_for_unit() => figures.open += times,
            _ => {}
        }
    }
    for (topic, service, district, times) in supervised(c, (months.from, months.to), kind)? {
        found.entry(About { topic, service, district }).or_default().supervised += times;
    }
    for (topic, service, district, _, times) in made(c, (months.before, months.from), kind)? {
        found.entry(About { topic, service, district }).or_default().before += times;
    }
    Ok(found)
}

/// The words for one kind of orders, or for all.
fn tags(kind: Option<Kind>) -> Vec<&'static str> {
    Kind::ALL.iter().filter(|one| kind.is_none_or(|kind| kind == **one)).map(|one| one.tag()).collect()
}

fn made(c: &mut Conn, (from, to): (Moment, Moment), kind: Option<Kind>) -> Result<Vec<Made>, DbError> {
    Ok(o::table
        .filter(o::made_at.ge(Stamp::from(from)))
        .filter(o::made_at.lt(Stamp::from(to)))
        .filter(o::kind.eq_any(tags(kind)))
        .filter(o::state.ne_all(NOT_COUNTED))
        .group_by((o::topic, o::service, o::district, o::state))
        .select((o::topic, o::service, o::district, o::state, count_star()))
        .load(c)?)
}

/// Those of them that were late, or not dealt with well.
fn supervised(c: &mut Conn, (from, to): (Moment, Moment), kind: Option<Kind>) -> Result<Vec<Line>, DbError> {
    Ok(o::table
        .filter(o::made_at.ge(Stamp::from(from)))
        .filter(o::made_at.lt(Stamp::from(to)))
        .filter(o::kind.eq_any(tags(kind)))
        .filter(o::state.ne_all(NOT_COUNTED))
        .filter(o::supervised_at.is_not_null())
        .group_by((o::topic, o::service, o::district))
        .select((o::topic, o::service, o::district, count_star()))
        .load(c)?)
}
