//! What in an answer to a `lookup` does not fit what the service declared.

use std::collections::BTreeMap;

use super::{FactKind, FactLine, Query, StateWord};
use crate::capability::lookup::{Fact, Output};
use crate::finding::Problem;

/// Something in an answer that the service's `[query]` does not allow. `path` is that of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    pub path: String,
    pub kind: MisfitKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MisfitKind {
    /// No fact of this key is declared.
    Undeclared,
    /// The value is not of the declared kind.
    Kind(FactKind),
    /// The state word is not declared: shown as not decided.
    State,
    /// The service is not among `next`.
    Next,
}

impl Misfit {
    /// What is wrong, and what to do about it.
    pub fn problem(&self) -> Problem {
        match self.kind {
            MisfitKind::Undeclared => Problem::new(
                "The service declares no such fact.",
                "Add it to `query.facts` or `query.summary`.",
            ),
            MisfitKind::Kind(kind) => {
                Problem::new("The value is not of the declared kind.", format!("Write {}.", kind.looks()))
            }
            MisfitKind::State => Problem::new(
                "The service declares no such state.",
                "Add it to the states; people are told that it is not decided until then.",
            ),
            MisfitKind::Next => {
                Problem::new("The service does not lead there.", "Add the service's code to `query.next`.")
            }
        }
    }
}

impl Query {
    /// Everything in an answer that does not fit. The portal leaves it out; a sample must have none.
    pub fn misfits(&self, answer: &Output) -> Vec<Misfit> {
        let mut misfits = facts(&self.summary, &answer.summary, "summary");
        for (index, record) in answer.records.iter().enumerate() {
            let path = format!("records[{index}]");
            let mut add = |field, kind| misfits.push(Misfit { path: format!("{path}.{field}"), kind });
            if record.state.as_ref().is_some_and(|state| !has(&self.states, state)) {
                add("state", MisfitKind::State);
            }
            if record.next.as_ref().is_some_and(|next| !self.next.contains(next)) {
                add("next", MisfitKind::Next);
            }
            misfits.extend(facts(&self.facts, &record.facts, &format!("{path}.facts")));
        }
        misfits
    }
}

fn has(states: &[StateWord], word: &str) -> bool {
    states.iter().any(|state| state.word == word)
}

fn facts(lines: &[FactLine], facts: &BTreeMap<String, Fact>, path: &str) -> Vec<Misfit> {
    let misfit = |(key, fact): (&String, &Fact)| {
        let kind = match (lines.iter().find(|line| line.key == *key), fact) {
            (None, _) => MisfitKind::Undeclared,
            (Some(line), fact) if !line.kind.takes(fact) => MisfitKind::Kind(line.kind),
            (Some(FactLine { kind: FactKind::State, states, .. }), Fact::Text(word))
                if !has(states, word) =>
            {
                MisfitKind::State
            }
            _ => return None,
        };
        Some(Misfit { path: format!("{path}.{key}"), kind })
    };
    facts.iter().filter_map(misfit).collect()
}
