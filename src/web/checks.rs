//! What a code on a paper proves: a receipt, a decision, a licence. Rooms that give out such codes answer for theirs; the one
//! public page knows none of them.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::db::{Conn, DbError};

/// What anybody may know of what a code stands for. Nothing in here says whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// What it is, as the texts name it: `receipt`, `decision`, `licence`.
    pub kind: &'static str,
    pub valid: bool,
    pub facts: Vec<Fact>,
}

/// One fact, by the name of its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub label: &'static str,
    pub value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Covered but for what tells two apart.
    Covered(String),
    Fen(u64),
    Day(NaiveDate),
    /// How a case ended, by the name of its state.
    CaseState(String),
    /// A service, by its code.
    Service(String),
    /// An agency, by its public name.
    Agency(String),
    /// A kind of licence, by its code.
    Licence(String),
    /// How a document stands, by the name of its state.
    LicenceState(&'static str),
    /// What its holder chose to show.
    Text(String),
}

impl Fact {
    pub const fn new(label: &'static str, value: Value) -> Self {
        Self { label, value }
    }

    /// A number of which only the last four signs are shown.
    pub fn covered(label: &'static str, number: &str) -> Self {
        let signs: Vec<char> = number.chars().collect();
        let shown = signs.len().min(4).min(signs.len() / 2);
        let end: String = signs[signs.len() - shown..].iter().collect();
        Self { label, value: Value::Covered(format!("****{end}")) }
    }
}

/// A room that gives out codes.
pub trait Checks: Send + Sync {
    /// What the code proves; nothing if it is none of this room's. Codes come as people type them.
    fn check(&self, c: &mut Conn, code: &str) -> Result<Option<Proved>, DbError>;
}

/// Every room that gives out codes. Bound in `app`.
#[derive(Clone)]
pub struct Codes(Arc<[Arc<dyn Checks>]>);

impl Codes {
    pub fn new(all: Vec<Arc<dyn Checks>>) -> Self {
        Self(all.into())
    }

    pub fn check(&self, c: &mut Conn, code: &str) -> Result<Option<Proved>, DbError> {
        for room in self.0.iter() {
            if let Some(proved) = room.check(c, code)? {
                return Ok(Some(proved));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_covered_but_for_its_end() {
        let covered = |number| match Fact::covered("x", number).value {
            Value::Covered(text) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(covered("RQ2026090203317"), "****3317");
        assert_eq!(covered("决定书甲乙"), "****甲乙");
        assert_eq!(covered("7"), "****");
        assert_eq!(covered(""), "****");
    }
}
