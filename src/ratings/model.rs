//! Matters and ratings as they are kept, and the errors of this room.

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_scores::{Level, mask::Hidden};

use crate::{
    accounts::acting::CompanyId,
    bookings::BookingError,
    cases::CaseError,
    catalogue::scores::Of,
    db::{
        DbError, Json, Sealed, Stamp,
        schema::{rating_matters, ratings},
    },
    id,
    ledger::{CitizenId, LedgerError, Private},
    payments::PayError,
    platform::{Moment, keys::KeyError},
    web::Failure,
};

id! {
    /// A matter that ended, and its rating.
    RatingId
}
id! {
    /// Something that happened after a bad rating.
    StepId
}

/// Where people's own words are sealed.
pub(super) const OWN_WORDS: &str = "rating_matters.words";
/// Where the same are, without what tells who somebody is.
pub(super) const WORDS: &str = "ratings.words";

/// What can be rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Case,
    Booking,
    Payment,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Case, Self::Booking, Self::Payment];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Booking => "booking",
            Self::Payment => "payment",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }

    /// The page of the matter itself.
    pub fn page(self, reference: &str) -> String {
        let room = match self {
            Self::Case => "cases",
            Self::Booking => "bookings",
            Self::Payment => "payments",
        };
        format!("/me/{room}/{reference}")
    }
}

/// The word by which a level stands in addresses and texts.
pub const fn level_tag(level: Level) -> &'static str {
    match level {
        Level::VeryDissatisfied => "very-dissatisfied",
        Level::Dissatisfied => "dissatisfied",
        Level::BasicallySatisfied => "basically-satisfied",
        Level::Satisfied => "satisfied",
        Level::VerySatisfied => "very-satisfied",
    }
}

pub fn level_named(tag: &str) -> Option<Level> {
    Level::ALL.into_iter().find(|level| level_tag(*level) == tag)
}

/// A level as it is kept: from 1, the worst, to 5.
pub(super) const fn degree(level: Level) -> i32 {
    level as i32 + 1
}

/// How a rating stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Counts,
    /// It counts, and an appeal waits.
    Review,
    /// It does not count, after an appeal.
    Aside,
}

impl Standing {
    pub const ALL: [Self; 3] = [Self::Counts, Self::Review, Self::Aside];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Review => "review",
            Self::Aside => "aside",
        }
    }
}

/// A matter that ended.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = rating_matters)]
pub struct Matter {
    pub citizen_id: CitizenId,
    pub id: RatingId,
    pub(super) kind: String,
    pub reference: String,
    pub company_id: Option<CompanyId>,
    pub service: String,
    pub agency: String,
    pub ended_on: NaiveDate,
    pub last_day: NaiveDate,
    pub(super) rated_at: Option<Stamp>,
    pub(super) words: Option<Private>,
    pub(super) district: Option<String>,
}

impl Matter {
    pub fn kind(&self) -> Result<Kind, RatingError> {
        Kind::named(&self.kind).ok_or_else(|| RatingError::Stored(format!("the kind {}", self.kind)))
    }

    pub const fn is_rated(&self) -> bool {
        self.rated_at.is_some()
    }
}

/// A rating. Nobody is named in it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = ratings)]
pub struct Rating {
    pub id: RatingId,
    pub service: String,
    pub agency: String,
    pub month: NaiveDate,
    pub(super) level: i32,
    pub(super) first_level: Option<i32>,
    pub(super) tags: Json<Vec<String>>,
    pub(super) words: Option<Sealed>,
    pub(super) hidden: Json<Vec<Hidden>>,
    pub(super) given_at: Stamp,
    pub appeal_by: NaiveDate,
    pub(super) standing: String,
    pub(super) district: Option<String>,
}

impl Rating {
    /// Where it is counted.
    pub(super) fn counted_for(&self) -> Of<'_> {
        Of {
            service: &self.service,
            agency: &self.agency,
            district: self.district.as_deref(),
            month: self.month,
        }
    }

    pub fn level(&self) -> Result<Level, RatingError> {
        kept(self.level)
    }

    /// What it was at first, if it was changed.
    pub fn first(&self) -> Result<Option<Level>, RatingError> {
        self.first_level.map(kept).transpose()
    }

    pub fn given_at(&self) -> Moment {
        self.given_at.moment()
    }

    pub fn tags(&self) -> &[String] {
        &self.tags.0
    }

    /// What was hidden of the words, each kind once.
    pub fn hidden(&self) -> Vec<Hidden> {
        let mut kinds = self.hidden.0.clone();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// A word that no version of the program wrote is a rating that waits for somebody.
    pub fn standing(&self) -> Standing {
        Standing::ALL.into_iter().find(|one| one.tag() == self.standing).unwrap_or(Standing::Review)
    }
}

fn kept(degree: i32) -> Result<Level, RatingError> {
    let place = usize::try_from(degree - 1).ok();
    let level = place.and_then(|place| Level::ALL.get(place)).copied();
    level.ok_or_else(|| RatingError::Stored(format!("the level {degree}")))
}

#[derive(Debug, thiserror::Error)]
pub enum RatingError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error(transparent)]
    Case(#[from] CaseError),
    #[error(transparent)]
    Booking(#[from] BookingError),
    #[error(transparent)]
    Payment(#[from] PayError),
    /// Not there, not ended, somebody else's, or another agency's: which of these is not told.
    #[error("there is nothing of theirs to rate")]
    Unknown,
    /// It was rated before; what was said first stands.
    #[error("it is rated")]
    Already,
    #[error("the time to do this is over")]
    Over,
    /// It cannot be done with it as it stands.
    #[error("it does not allow this now")]
    NotNow,
    /// Nobody decides about what they asked for themselves.
    #[error("they may not decide about their own")]
    Own,
    #[error("what is stored cannot be read: {0}")]
    Stored(String),
}

impl From<diesel::result::Error> for RatingError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<RatingError> for Failure {
    fn from(error: RatingError) -> Self {
        match error {
            RatingError::Db(error) => error.into(),
            RatingError::Ledger(error) => error.into(),
            RatingError::Case(error) => error.into(),
            RatingError::Booking(error) => error.into(),
            RatingError::Payment(error) => error.into(),
            RatingError::Unknown => Self::NotFound,
            RatingError::Already | RatingError::Over | RatingError::NotNow | RatingError::Own => {
                Self::Refused
            }
            other => Self::broken(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_kept_and_read_as_what_it_was() {
        for level in Level::ALL {
            assert_eq!(kept(degree(level)).unwrap(), level);
            assert_eq!(level_named(level_tag(level)), Some(level));
        }
        assert!([0, 6, -1].into_iter().all(|degree| kept(degree).is_err()));
        assert_eq!(level_named("good"), None);
    }
}
