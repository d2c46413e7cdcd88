//! Orders as they are kept, and the errors of this room.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::life::State;
use crate::{
    accounts::staff::StaffError,
    db::{DbError, Stamp, schema::voice_orders},
    id,
    ledger::LedgerError,
    platform::{keys::KeyError, spoken},
    ratings::RatingError,
    web::Failure,
};

id! {
    /// A work order.
    OrderId
}
id! {
    /// What one person reported of it.
    ReportId
}
id! {
    /// Something that happened to an order.
    StepId
}
id! {
    /// A question with its answer, for everybody.
    AnswerId
}

/// What somebody has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Consultation,
    Complaint,
    Suggestion,
    /// Who sends it stays secret.
    TipOff,
    /// Something to be put right, at a place.
    Report,
    /// Of what was decided about a rating: it begins on that rating's page, and nowhere else.
    Dispute,
}

impl Kind {
    pub const ALL: [Self; 6] =
        [Self::Consultation, Self::Complaint, Self::Suggestion, Self::Report, Self::TipOff, Self::Dispute];
    /// Those that people begin at `/voice`.
    pub const OPEN: [Self; 5] =
        [Self::Consultation, Self::Complaint, Self::Suggestion, Self::Report, Self::TipOff];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Consultation => "consultation",
            Self::Complaint => "complaint",
            Self::Suggestion => "suggestion",
            Self::TipOff => "tip-off",
            Self::Report => "report",
            Self::Dispute => "dispute",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }

    /// Whether it is about a place, which then must be said.
    pub const fn has_place(self) -> bool {
        matches!(self, Self::Report)
    }

    /// Whether a picture or a document can come with it; with what is secret, a picture only.
    pub const fn has_picture(self) -> bool {
        matches!(self, Self::Report | Self::Complaint | Self::TipOff)
    }

    /// Whether people may choose that their name is kept from those who deal with it.
    pub const fn may_be_secret(self) -> bool {
        matches!(self, Self::Complaint | Self::Report)
    }
}

/// What came of it, where that can be said in a word. It is said with the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Of a dispute: what was decided stands.
    Stands,
    /// It does not, and the rating is counted accordingly.
    Changed,
    /// Of a complaint: both sides agreed.
    Agreed,
    /// They were brought together and did not agree.
    Failed,
    /// They were not brought together.
    Untried,
}

impl Finding {
    pub const ALL: [Self; 5] = [Self::Stands, Self::Changed, Self::Agreed, Self::Failed, Self::Untried];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::Changed => "changed",
            Self::Agreed => "agreed",
            Self::Failed => "failed",
            Self::Untried => "untried",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|finding| finding.tag() == tag)
    }

    /// What can come of a kind of order.
    pub const fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Dispute => &[Self::Stands, Self::Changed],
            Kind::Complaint => &[Self::Agreed, Self::Failed, Self::Untried],
            _ => &[],
        }
    }
}

/// What somebody says of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Satisfied,
    Dissatisfied,
}

impl Verdict {
    pub const ALL: [Self; 2] = [Self::Satisfied, Self::Dissatisfied];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Satisfied => "satisfied",
            Self::Dissatisfied => "dissatisfied",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.tag() == tag)
    }
}

/// What somebody wrote. Kept sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub title: String,
    pub text: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Of somebody without an account who wants to be called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
}

impl Words {
    pub(super) fn written(&self) -> Result<String, VoiceError> {
        serde_json::to_string(self).map_err(|error| VoiceError::Stored(error.to_string()))
    }

    pub(super) fn read(text: &str) -> Result<Self, VoiceError> {
        serde_json::from_str(text).map_err(|error| VoiceError::Stored(error.to_string()))
    }
}

/// A work order. Nothing in it says who reported it, or in which words.
#[expect(clippy::struct_excessive_bools, reason = "each happened to it or did not")]
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = voice_orders, treat_none_as_null = true)]
pub struct Order {
    pub id: OrderId,
    pub number: String,
    pub(super) kind: String,
    pub(super) state: String,
    pub topic: Option<String>,
    pub service: Option<String>,
    pub district: Option<String>,
    pub asset: Option<String>,
    pub agency: Option<String>,
    pub branch: String,
    pub secret: bool,
    pub due_on: Option<NaiveDate>,
    pub provisional: bool,
    pub return_by: Option<NaiveDate>,
    pub decided: bool,
    pub extended: bool,
    pub reopened: bool,
    pub(super) supervised_at: Option<Stamp>,
    pub(super) merged_into: Option<OrderId>,
    pub made_at: Stamp,
    pub(super) changed_at: Stamp,
}

impl Order {
    pub fn state(&self) -> Result<State, VoiceError> {
        State::named(&self.state).ok_or_else(|| VoiceError::Stored(format!("the state {}", self.state)))
    }

    pub fn kind(&self) -> Result<Kind, VoiceError> {
        Kind::named(&self.kind).ok_or_else(|| VoiceError::Stored(format!("the kind {}", self.kind)))
    }

    pub const fn is_supervised(&self) -> bool {
        self.supervised_at.is_some()
    }
}

/// A number that people can read aloud: the year, and forty bits that nobody can guess from another's.
pub(super) fn new_number(year: i32) -> Result<String, VoiceError> {
    let signs = spoken::new::<8>().map_err(|error| VoiceError::Stored(error.to_string()))?;
    Ok(format!("{year}-{}", spoken::grouped(&signs)))
}

/// The number that was meant.
pub fn number_of(typed: &str) -> Option<String> {
    crate::cases::reference_of(typed)
}

#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// Not there, of another branch or somebody else's: which of these is not told.
    #[error("there is no such order")]
    Unknown,
    /// It cannot be done with the order as it stands, or was done already.
    #[error("the order does not allow this now")]
    NotNow,
    #[error("the time to do this is over")]
    Over,
    /// Something is missing that must be said with it.
    #[error("something is missing")]
    NotWhole,
    /// It needs another person.
    #[error("nobody confirms their own")]
    Own,
    #[error("what is kept cannot be read: {0}")]
    Stored(String),
}

impl From<diesel::result::Error> for VoiceError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<RatingError> for VoiceError {
    fn from(error: RatingError) -> Self {
        match error {
            RatingError::Db(error) => Self::Db(error),
            RatingError::Ledger(error) => Self::Ledger(error),
            RatingError::Keys(error) => Self::Keys(error),
            RatingError::Unknown => Self::Unknown,
            RatingError::Already | RatingError::NotNow => Self::NotNow,
            RatingError::Over => Self::Over,
            RatingError::Own => Self::Own,
            other => Self::Stored(other.to_string()),
        }
    }
}

impl From<VoiceError> for Failure {
    fn from(error: VoiceError) -> Self {
        match error {
            VoiceError::Db(error) => error.into(),
            VoiceError::Ledger(error) => error.into(),
            VoiceError::Staff(error) => error.into(),
            VoiceError::Unknown => Self::NotFound,
            VoiceError::NotNow | VoiceError::Over | VoiceError::NotWhole | VoiceError::Own => Self::Refused,
            other => Self::broken(other),
        }
    }
}
