//! What the desk keeps about a case beside the case itself, and what can go wrong there.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    accounts::{AccountError, staff::StaffError},
    cases::{CaseError, CaseId, life::Act, model::Case, steps::Said},
    db::{
        DbError, Stamp,
        schema::{cases, desk_work},
    },
    ledger::{CitizenId, LedgerError, StaffId},
    platform::Moment,
    web::Failure,
};

/// What officers have to do with a case.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = desk_work)]
pub struct Work {
    pub citizen_id: CitizenId,
    pub id: CaseId,
    pub branch: String,
    pub assigned_to: Option<StaffId>,
    pub(super) seen_at: Option<Stamp>,
    /// By when the next step is due.
    pub clock_on: Option<NaiveDate>,
    pub provisional: bool,
}

/// A case in the queue: nothing in it says whose it is.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = cases)]
pub struct Line {
    pub reference: String,
    pub service: String,
    pub agency: String,
    pub state: String,
    pub handover: String,
    pub submitted_at: Stamp,
    pub(super) handed_at: Option<Stamp>,
    pub due_on: Option<NaiveDate>,
}

impl Work {
    /// Whether nobody has opened it since the applicant handed in the latest of it.
    pub fn is_unread(&self, handed_at: Moment) -> bool {
        self.seen_at.is_none_or(|seen| seen.moment() < handed_at)
    }
}

impl Line {
    pub fn of(case: &Case) -> Self {
        Self {
            reference: case.reference.clone(),
            service: case.service.clone(),
            agency: case.agency.clone(),
            state: case.state.clone(),
            handover: case.handover.clone(),
            submitted_at: case.submitted_at,
            handed_at: Some(case.handed_at().into()),
            due_on: case.due_on,
        }
    }

    pub fn handed_at(&self) -> Moment {
        self.handed_at.unwrap_or(self.submitted_at).moment()
    }
}

/// Which part of the queue is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// The agency is to act.
    Waiting,
    Mine,
    /// Nobody has it.
    Free,
    Unread,
    /// To be decided within a few days.
    Soon,
    Late,
    /// Drafted, and to be confirmed.
    Approve,
    /// The applicant is to act.
    Applicant,
    Done,
    /// What could not be handed over.
    Failed,
}

impl Show {
    pub const ALL: [Self; 10] = [
        Self::Waiting,
        Self::Mine,
        Self::Free,
        Self::Unread,
        Self::Soon,
        Self::Late,
        Self::Approve,
        Self::Applicant,
        Self::Done,
        Self::Failed,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Mine => "mine",
            Self::Free => "free",
            Self::Unread => "unread",
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Approve => "approve",
            Self::Applicant => "applicant",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|show| show.tag() == tag)
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The most urgent first.
    #[default]
    Clock,
    Newest,
    Oldest,
}

impl Sort {
    pub const ALL: [Self; 3] = [Self::Clock, Self::Oldest, Self::Newest];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }

    pub fn named(tag: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.tag() == tag).unwrap_or_default()
    }
}

#[derive(Debug, Clone)]
pub struct Filter {
    pub show: Show,
    /// Of one service only.
    pub service: Option<String>,
    /// Of one agency only.
    pub agency: Option<String>,
    pub sort: Sort,
}

/// What an officer does, and what the applicant is told with it.
#[derive(Debug, Clone)]
pub struct Order {
    pub act: Act,
    pub said: Said,
    /// The code that the person at the counter has. It is compared and not kept.
    pub code: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    Done,
    /// A second officer has to confirm it.
    Proposed,
}

#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    #[error(transparent)]
    Case(#[from] CaseError),
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// Somebody else has it.
    #[error("somebody else has it")]
    Taken,
    /// Something drafted waits for a second officer.
    #[error("a draft waits to be confirmed")]
    Pending,
    /// Nobody confirms what they drafted themselves.
    #[error("nobody confirms their own draft")]
    Own,
    /// What was seen before is asked for again, and nobody above has said why.
    #[error("this had been seen before")]
    SeenBefore,
    /// The code at the counter is another.
    #[error("this is not the code of the case")]
    WrongCode,
    /// A text that the applicant must read is missing.
    #[error("something the applicant must read is missing")]
    NotWhole,
}

impl From<diesel::result::Error> for DeskError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Case(error.into())
    }
}

impl From<DbError> for DeskError {
    fn from(error: DbError) -> Self {
        Self::Case(error.into())
    }
}

impl From<LedgerError> for DeskError {
    fn from(error: LedgerError) -> Self {
        Self::Case(error.into())
    }
}

impl From<AccountError> for DeskError {
    fn from(error: AccountError) -> Self {
        Self::Staff(error.into())
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Case(error) => error.into(),
            DeskError::Staff(error) => error.into(),
            DeskError::Taken
            | DeskError::Pending
            | DeskError::Own
            | DeskError::SeenBefore
            | DeskError::WrongCode
            | DeskError::NotWhole => Self::Refused,
        }
    }
}

/// A case with what officers have to do with it.
pub(super) type Both = (Case, Work);
