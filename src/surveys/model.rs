//! Surveys as they are kept, and the errors of this room.

use chrono::{Months, NaiveDate};
use diesel::prelude::*;
use yimen_contract::Bilingual;
use yimen_forms::Form;

use super::questions::{self, Asked, Question};
use crate::{
    db::{DbError, Json, Stamp, schema::surveys},
    id,
    ledger::LedgerError,
    platform::keys::KeyError,
    web::Failure,
};

id! {
    /// A survey.
    SurveyId
}
id! {
    /// An answer to a survey.
    AnswerId
}

/// A survey lasts so long at most.
const LONGEST: Months = Months::new(12);
/// What people wrote is kept so long after the last day.
const KEPT: Months = Months::new(12);

/// Who may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Also without an account: then nobody can say that each person answered once.
    Everybody,
    SignedIn,
    /// Whose identity is verified.
    Verified,
}

impl Who {
    pub const ALL: [Self; 3] = [Self::Everybody, Self::SignedIn, Self::Verified];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::SignedIn => "signed-in",
            Self::Verified => "verified",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.tag() == tag)
    }

    /// The assurance level that an answer takes.
    pub const fn level(self) -> u8 {
        match self {
            Self::Everybody | Self::SignedIn => 0,
            Self::Verified => 3,
        }
    }
}

/// Whether answers are under names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    Named,
    /// As each person chooses.
    Choice,
    Unnamed,
}

impl Names {
    pub const ALL: [Self; 3] = [Self::Named, Self::Choice, Self::Unnamed];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Choice => "choice",
            Self::Unnamed => "unnamed",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|names| names.tag() == tag)
    }
}

/// Where a survey stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Being put together: nobody else sees it.
    Draft,
    /// Published, and not open yet.
    Soon,
    Open,
    Over,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = surveys)]
pub struct Survey {
    pub id: SurveyId,
    pub agency: String,
    pub title_zh: String,
    pub title_en: String,
    pub lead_zh: String,
    pub lead_en: String,
    pub(super) who: String,
    pub(super) names: String,
    pub(super) questions: Json<Vec<Question>>,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub made_by: String,
    pub published_by: Option<String>,
    pub(super) published_at: Option<Stamp>,
    pub(super) ended_at: Option<Stamp>,
    pub(super) cleared_at: Option<Stamp>,
}

impl Survey {
    pub fn title(&self) -> Bilingual {
        Bilingual::new(self.title_zh.as_str(), self.title_en.as_str())
    }

    pub fn lead(&self) -> Bilingual {
        Bilingual::new(self.lead_zh.as_str(), self.lead_en.as_str())
    }

    /// A word that no version of the program wrote lets nobody answer without being verified.
    pub fn who(&self) -> Who {
        Who::named(&self.who).unwrap_or(Who::Verified)
    }

    pub fn names(&self) -> Names {
        Names::named(&self.names).unwrap_or(Names::Unnamed)
    }

    pub fn questions(&self) -> &[Question] {
        &self.questions.0
    }

    /// The questions that are answered with files.
    pub fn files(&self) -> impl Iterator<Item = &Question> {
        self.questions().iter().filter(|question| question.asked == Asked::File)
    }

    pub fn stage(&self, today: NaiveDate) -> Stage {
        match self.published_at {
            None => Stage::Draft,
            Some(_) if self.ended_at.is_some() || today > self.closes_on => Stage::Over,
            Some(_) if today < self.opens_on => Stage::Soon,
            Some(_) => Stage::Open,
        }
    }

    /// Until when what people wrote is kept.
    pub fn kept_until(&self) -> NaiveDate {
        self.closes_on.checked_add_months(KEPT).unwrap_or(self.closes_on)
    }

    pub const fn is_cleared(&self) -> bool {
        self.cleared_at.is_some()
    }

    /// The form that is filled in.
    pub fn form(&self) -> Result<Form, SurveyError> {
        Form::read(&questions::schema(self.questions()))
            .map_err(|mistakes| SurveyError::Stored(mistakes.to_string()))
    }
}

/// The latest last day of a survey that begins on a day.
pub fn latest(opens: NaiveDate) -> NaiveDate {
    opens.checked_add_months(LONGEST).unwrap_or(opens)
}

/// The last day of a survey whose answers are deleted on `today` or were before.
pub(super) fn last_cleared(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(KEPT).unwrap_or(NaiveDate::MIN)
}

#[derive(Debug, thiserror::Error)]
pub enum SurveyError {
    #[error("there is no such survey")]
    Unknown,
    #[error("it is published: its questions stay as they are")]
    Published,
    #[error("it has no questions yet")]
    NoQuestions,
    #[error("it has as many questions as a survey may have")]
    TooManyQuestions,
    #[error("a survey lasts a year at most, and its last day is not brought forward")]
    Term,
    #[error("it takes no answers now")]
    Closed,
    #[error("this person has answered already, without a name")]
    Answered,
    #[error("this person may not answer, or not so")]
    NotEntitled,
    #[error("files come under names: nobody can be sure that they name nobody")]
    NamedOnly,
    #[error("a file that must be there is not")]
    NeedsFile,
    #[error("all files of one answer together may have {0} megabytes")]
    TooMuch(u64),
    #[error("another file was put there at the same moment")]
    Meanwhile,
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error("what is stored cannot be read: {0}")]
    Stored(String),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for SurveyError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<SurveyError> for Failure {
    fn from(error: SurveyError) -> Self {
        match error {
            SurveyError::Unknown => Self::NotFound,
            SurveyError::NotEntitled => Self::Refused,
            SurveyError::Db(error) => error.into(),
            SurveyError::Ledger(error) => error.into(),
            other => Self::broken(other),
        }
    }
}
