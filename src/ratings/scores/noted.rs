//! What came of looking into something unusual: whoever is above says it, so that the monthly report can.

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_scores::alarm::{Kind, Limits};

use super::alarms;
use crate::{
    db::{Conn, DbError, Stamp, schema::score_alarms as s},
    platform::{Moment, clock::city_day},
    ratings::RatingError,
    upsert,
};

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There was a reason for it.
    Explained,
    /// What was wrong is put right: ratings were objected to, or people spoken with.
    PutRight,
    /// Somebody else deals with it.
    PassedOn,
}

impl Outcome {
    pub const ALL: [Self; 3] = [Self::Explained, Self::PutRight, Self::PassedOn];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Explained => "explained",
            Self::PutRight => "put-right",
            Self::PassedOn => "passed-on",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.tag() == tag)
    }
}

/// The word by which a kind is kept and stands in texts.
pub const fn kind_tag(kind: Kind) -> &'static str {
    match kind {
        Kind::Burst => "burst",
        Kind::Saturation => "saturation",
    }
}

/// What was said of an alarm.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = s)]
pub struct Noted {
    pub agency: String,
    pub kind: String,
    pub from_day: NaiveDate,
    pub outcome: String,
    pub words: String,
}

impl Noted {
    pub fn is_about(&self, found: &alarms::Found) -> bool {
        (self.agency.as_str(), self.kind.as_str(), self.from_day)
            == (found.agency.as_str(), kind_tag(found.kind), found.from)
    }
}

/// Says what came of an alarm. The last word counts; of what is no alarm nothing is said.
pub fn note(
    c: &mut Conn,
    (now, limits): (Moment, &Limits),
    by: &str,
    (agency, kind, from): (&str, &str, NaiveDate),
    (outcome, words): (Outcome, &str),
) -> Result<(), RatingError> {
    let is_meant = |found: &alarms::Found| {
        (found.agency.as_str(), kind_tag(found.kind), found.from) == (agency, kind, from)
    };
    if !alarms::found(c, city_day(now), limits)?.iter().any(is_meant) {
        return Err(RatingError::Unknown);
    }
    let said = (
        s::outcome.eq(outcome.tag()),
        s::words.eq(words),
        s::said_by.eq(by),
        s::said_at.eq(Stamp::from(now)),
    );
    let row = (s::agency.eq(agency), s::kind.eq(kind), s::from_day.eq(from), said);
    upsert!(c, s::table => row, on (s::agency, s::kind, s::from_day), set said)?;
    Ok(())
}

/// Everything that was said of alarms since a day.
pub fn since(c: &mut Conn, first: NaiveDate) -> Result<Vec<Noted>, DbError> {
    Ok(s::table.filter(s::from_day.ge(first)).select(Noted::as_select()).load(c)?)
}
