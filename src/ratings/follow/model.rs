//! What follows from a bad rating, as it is kept.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::life::State;
use crate::{
    accounts::acting::beginning,
    db::{Stamp, schema::rating_follow_ups},
    platform::{Moment, clock::city_day},
    ratings::{RatingError, RatingId},
};

/// What the agency came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// What was wrong is put right.
    Fixed,
    /// There was nothing to put right, or no law to do it by, and that is explained.
    Explained,
}

impl Outcome {
    pub const ALL: [Self; 2] = [Self::Fixed, Self::Explained];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Explained => "explained",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.tag() == tag)
    }
}

/// What the person thinks of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Satisfied,
    Basic,
    Unsatisfied,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Satisfied, Self::Basic, Self::Unsatisfied];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::Basic => "basic",
            Self::Unsatisfied => "unsatisfied",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.tag() == tag)
    }
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = rating_follow_ups)]
pub struct FollowUp {
    pub id: RatingId,
    pub agency: String,
    pub service: String,
    pub(super) state: String,
    pub(super) opened_at: Stamp,
    pub contact_by: NaiveDate,
    pub fix_by: NaiveDate,
    pub provisional: bool,
    pub(super) since: NaiveDate,
    pub complex: bool,
    pub(super) answered_at: Option<Stamp>,
    pub(super) outcome: Option<String>,
    /// What everybody may read of it.
    pub reply: Option<String>,
    pub(super) verdict: Option<String>,
}

impl FollowUp {
    /// A word that no version of the program wrote is a state in which nobody may do anything.
    pub fn state(&self) -> Result<State, RatingError> {
        State::named(&self.state).ok_or_else(|| RatingError::Stored(format!("the state {}", self.state)))
    }

    pub fn opened_at(&self) -> Moment {
        self.opened_at.moment()
    }

    /// When the clock began by which it is put right: with the rating, or with the day on which it was sent back.
    pub fn began(&self) -> Moment {
        self.opened_at().max(beginning(self.since))
    }

    pub fn answered_on(&self) -> Option<NaiveDate> {
        self.answered_at.map(|at| city_day(at.moment()))
    }

    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome.as_deref().and_then(Outcome::named)
    }

    pub fn verdict(&self) -> Option<Verdict> {
        self.verdict.as_deref().and_then(Verdict::named)
    }

    /// By when the next step of the agency is due, while it has one to take.
    pub fn due(&self) -> Option<NaiveDate> {
        match State::named(&self.state)? {
            State::Opened => Some(self.contact_by.min(self.fix_by)),
            State::Contacted => Some(self.fix_by),
            _ => None,
        }
    }

    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.due().is_some_and(|due| due < today)
    }
}
