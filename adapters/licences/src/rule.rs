//! A licence type, read once, ready to be asked about millions of documents.

use thiserror::Error;
use yimen_contract::licence::{Late, LateState, LicenceType};

use crate::edge::Edge;
use crate::grammar::{self, Term};

/// As many reminders as one date can have: the accounts keep one bit for each.
pub const MOST_REMINDERS: usize = 16;

/// The rule of one licence type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(crate) terms: Vec<Term>,
    pub(crate) opens: Option<Edge>,
    pub(crate) closes: Option<Edge>,
    pub(crate) late: LateRule,
    /// Days before the expiry, longest first.
    pub(crate) reminders: Box<[u16]>,
}

/// What follows from being late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LateRule {
    pub state: LateState,
    pub renew: Chance,
    pub then: LateState,
    pub restore: Chance,
    pub pending_extends: bool,
}

/// How long something that should have been done can still be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chance {
    Gone,
    Until(Edge),
    Always,
}

/// Why a rule cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Mistake {
    #[error("{0}")]
    Grammar(String),
    #[error("`{0}` means nothing.")]
    Term(String),
    #[error("The rule has more than two dates.")]
    TooManyTerms,
    #[error("`{text}` is no day that can be counted.")]
    Edge { field: &'static str, text: String },
    #[error("What follows later is milder than what follows first.")]
    Milder,
    #[error("There are more than {MOST_REMINDERS} reminders.")]
    TooManyReminders,
    #[error("The days do not go from the longest to the shortest.")]
    Unordered,
}

impl Mistake {
    /// The field of the licence type that it is about.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Grammar(_) | Self::Term(_) | Self::TooManyTerms => "validity",
            Self::Edge { field, .. } => field,
            Self::Milder => "late.then",
            Self::TooManyReminders | Self::Unordered => "reminder_days",
        }
    }
}

impl Rule {
    /// Reads a licence type. What could be read and makes no sense is found by [`check`](crate::check).
    pub fn read(licence: &LicenceType) -> Result<Self, Mistake> {
        let reminders = licence.reminder_days.clone().into_boxed_slice();
        if reminders.len() > MOST_REMINDERS {
            return Err(Mistake::TooManyReminders);
        }
        if reminders.windows(2).any(|pair| pair[0] <= pair[1]) {
            return Err(Mistake::Unordered);
        }
        Ok(Self {
            terms: grammar::read(&licence.validity)?,
            opens: edge("renew_open", licence.renew_open.as_deref())?,
            closes: edge("renew_close", licence.renew_close.as_deref())?,
            late: late(licence.late.as_ref())?,
            reminders,
        })
    }

    /// The rule of something with a printed end and no more: it can be renewed at any time, with a reminder so many days
    /// before, longest first.
    pub fn plain(reminders: &[u16]) -> Self {
        let late = LateRule {
            state: LateState::Expired,
            renew: Chance::Always,
            then: LateState::Expired,
            restore: Chance::Gone,
            pending_extends: false,
        };
        Self { terms: vec![Term::Fixed(None)], opens: None, closes: None, late, reminders: reminders.into() }
    }

    /// Whether no date follows from it, for any document.
    pub fn is_endless(&self) -> bool {
        self.terms.is_empty()
    }

    /// Days before the expiry on which holders are reminded, longest first.
    pub fn reminder_days(&self) -> &[u16] {
        &self.reminders
    }
}

fn edge(field: &'static str, text: Option<&str>) -> Result<Option<Edge>, Mistake> {
    let read = |text: &str| Edge::read(text).ok_or_else(|| Mistake::Edge { field, text: text.to_owned() });
    text.map(read).transpose()
}

fn chance(field: &'static str, text: Option<&str>) -> Result<Chance, Mistake> {
    if text == Some("always") {
        return Ok(Chance::Always);
    }
    match edge(field, text)? {
        None => Ok(Chance::Gone),
        Some(edge) if edge.is_later() => Ok(Chance::Until(edge)),
        Some(_) => Err(Mistake::Edge { field, text: text.unwrap_or_default().to_owned() }),
    }
}

fn late(said: Option<&Late>) -> Result<LateRule, Mistake> {
    let said = said.cloned().unwrap_or_default();
    let then = said.then.unwrap_or(said.state);
    if then < said.state {
        return Err(Mistake::Milder);
    }
    Ok(LateRule {
        state: said.state,
        renew: chance("late.renew_until", said.renew_until.as_deref())?,
        then,
        restore: chance("late.restore_until", said.restore_until.as_deref())?,
        pending_extends: said.pending_extends,
    })
}
