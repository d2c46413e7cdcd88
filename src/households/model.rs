//! Households and visits as they are kept, and the errors of this room.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    accounts::staff::StaffError,
    db::{DbError, Stamp, schema::households},
    id,
    ledger::{CitizenId, LedgerError, Private},
    web::Failure,
};

id! {
    /// A household that is helped.
    HouseholdId
}
id! {
    /// A visit to one.
    VisitId
}

/// Where it is sealed what a household lives on and needs, and what was found there.
pub(super) const ABOUT: &str = "households.about";
pub(super) const WORDS: &str = "household_visits.words";

/// What a visit found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Things are as they were.
    Steady,
    NeedsMore,
    NeedsLess,
    /// Nobody was there.
    Absent,
}

impl Outcome {
    pub const ALL: [Self; 4] = [Self::Steady, Self::NeedsMore, Self::NeedsLess, Self::Absent];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Steady => "steady",
            Self::NeedsMore => "needs-more",
            Self::NeedsLess => "needs-less",
            Self::Absent => "absent",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.tag() == tag)
    }
}

/// A household that is helped.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = households)]
pub struct Household {
    pub citizen_id: CitizenId,
    pub id: HouseholdId,
    pub agency: String,
    pub service: String,
    pub district: Option<String>,
    pub members: i32,
    pub(super) about: Private,
    pub(super) opened_at: Stamp,
    pub visited_on: Option<NaiveDate>,
    /// By when somebody looks in again.
    pub next_on: NaiveDate,
    pub ended_on: Option<NaiveDate>,
}

impl Household {
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.ended_on.is_none() && self.next_on < today
    }
}

#[derive(Debug, thiserror::Error)]
pub enum HouseholdError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// Not there, or another agency's: which of the two is not told.
    #[error("there is no such household")]
    Unknown,
    /// Somebody else wrote something down, or it ended.
    #[error("the record was changed meanwhile")]
    Meanwhile,
    #[error("what is kept cannot be read: {0}")]
    Stored(String),
}

impl From<diesel::result::Error> for HouseholdError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<HouseholdError> for Failure {
    fn from(error: HouseholdError) -> Self {
        match error {
            HouseholdError::Db(error) => error.into(),
            HouseholdError::Ledger(error) => error.into(),
            HouseholdError::Staff(error) => error.into(),
            HouseholdError::Unknown => Self::NotFound,
            HouseholdError::Meanwhile => Self::Refused,
            other @ HouseholdError::Stored(_) => Self::broken(other),
        }
    }
}
