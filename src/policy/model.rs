//! A change of a rule as it is kept, and the errors of this room.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::Rule;
use crate::{
    accounts::staff::StaffError,
    db::{DbError, Json, Stamp, schema::policy_changes},
    id,
    ledger::StaffId,
    platform::Moment,
    web::Failure,
};

id! {
    /// A change of a rule.
    ChangeId
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for another administrator.
    Asked,
    Approved,
    Refused,
    /// Taken back by whoever asked for it.
    Withdrawn,
}

impl State {
    pub const ALL: [Self; 4] = [Self::Asked, Self::Approved, Self::Refused, Self::Withdrawn];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.tag() == tag)
    }
}

/// A change that was asked for, with what became of it. Once it is decided nothing of it is ever written again.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = policy_changes)]
pub struct Change {
    pub id: ChangeId,
    rule: String,
    value: Json<Vec<u32>>,
    was: Json<Vec<u32>>,
    /// The first day on which it is to hold.
    pub holds_from: NaiveDate,
    pub reason: String,
    pub asked_by: StaffId,
    asked_at: Stamp,
    state: String,
    pub decided_by: Option<StaffId>,
    decided_at: Option<Stamp>,
    /// Why it was refused.
    pub words: Option<String>,
    holds_at: Option<Stamp>,
}

impl Change {
    /// Nothing where an earlier version of the program knew a rule that this one does not.
    pub fn rule(&self) -> Option<Rule> {
        Rule::named(&self.rule)
    }

    /// The rule's word, also of one that is not known any more.
    pub fn rule_tag(&self) -> &str {
        &self.rule
    }

    pub fn numbers(&self) -> &[u32] {
        &self.value.0
    }

    /// What it takes the place of.
    pub fn was(&self) -> &[u32] {
        &self.was.0
    }

    pub fn asked_at(&self) -> Moment {
        self.asked_at.moment()
    }

    /// A word that no version of the program wrote puts nothing in force.
    pub fn state(&self) -> State {
        State::named(&self.state).unwrap_or(State::Refused)
    }

    pub fn decided_at(&self) -> Option<Moment> {
        self.decided_at.map(Stamp::moment)
    }

    /// Since when it is in force, or will be; nothing where it was not approved.
    pub fn holds_at(&self) -> Option<Moment> {
        self.holds_at.map(Stamp::moment)
    }
}

/// What somebody asks for.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub rule: Rule,
    pub numbers: Vec<u32>,
    pub holds_from: NaiveDate,
    pub reason: String,
}

/// Why a proposal cannot be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("it takes another count of numbers")]
    Numbers,
    #[error("number {0} is out of bounds")]
    Number(usize),
    #[error("the parts add up to {0}")]
    Sum(u32),
    #[error("each number must be greater than the one before")]
    NotRising,
    #[error("it holds already")]
    Same,
    #[error("{0:?} would take longer than {1:?}")]
    Order(Rule, Rule),
    #[error("the day is over")]
    Past,
    #[error("the day is too far away")]
    Far,
    #[error("the reason is missing or too long")]
    Reason,
}

#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    #[error("there is no such rule or change")]
    Unknown,
    #[error(transparent)]
    Wrong(#[from] Wrong),
    #[error("another change of this rule waits already")]
    Waits,
    #[error("whoever asked for it does not decide it")]
    Own,
    #[error("it is decided already")]
    Decided,
    #[error(transparent)]
    Staff(#[from] StaffError),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for PolicyError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<PolicyError> for Failure {
    fn from(error: PolicyError) -> Self {
        match error {
            PolicyError::Unknown => Self::NotFound,
            PolicyError::Staff(error) => error.into(),
            PolicyError::Db(error) => error.into(),
            other => Self::broken(other),
        }
    }
}
