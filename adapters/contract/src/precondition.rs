//! `[[checks]]` in `services/*.toml`: what must be so before something can be handed in, and what is said where it is
//! not. Each is a question that another service answers, so that nothing about anybody is asked by another way.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::capability::lookup::{Fact, Output};
use crate::text::Bilingual;

/// One thing that must be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// What is looked at, such as "A driving licence in your name".
    pub what: Bilingual,
    /// The service that answers it (`lookup`), of this or another agency.
    pub lookup: String,
    /// What that service is asked: its inputs, and the fields of the form that hold them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// What the answer must say. A refusal never says it.
    pub wants: Want,
    /// What is said where it is not so, and what can be done about it.
    pub otherwise: Bilingual,
}

/// What an answer must say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Want {
    /// That there is one.
    Found,
    /// That there is one, in one of these states.
    State(Vec<String>),
    /// That a number of its summary is below this.
    Below { summary: String, limit: i64 },
    /// That a state of its summary is one of these.
    Summary { key: String, words: Vec<String> },
}

impl Want {
    /// Whether an answer says it. What the answer leaves open it does not say.
    pub fn is_met(&self, answer: &Output) -> bool {
        match self {
            Self::Found => !answer.records.is_empty(),
            Self::State(words) => answer
                .records
                .iter()
                .any(|record| record.state.as_ref().is_some_and(|state| words.contains(state))),
            Self::Below { summary, limit } => {
                matches!(answer.summary.get(summary), Some(Fact::Whole(number)) if number < limit)
            }
            Self::Summary { key, words } => {
                matches!(answer.summary.get(key), Some(Fact::Text(word)) if words.contains(word))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_an_answer_leaves_open_it_does_not_say() {
        let answer: Output = serde_json::from_value(json!({
            "records": [{ "state": "held" }, { "state": "normal" }],
            "summary": { "total": 11, "licence_state": "normal" },
        }))
        .unwrap();
        let nothing: Output = serde_json::from_value(json!({ "records": [] })).unwrap();
        let below = |limit| Want::Below { summary: "total".to_owned(), limit };
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        for want in [
            Want::Found,
            Want::State(words(&["normal"])),
            below(12),
            Want::Summary { key: "licence_state".to_owned(), words: words(&["normal"]) },
        ] {
            assert!(want.is_met(&answer), "{want:?}");
            assert!(!want.is_met(&nothing), "{want:?}");
        }
        for want in [
            Want::State(words(&["cancelled"])),
            below(11),
            Want::Below { summary: "licence_state".to_owned(), limit: 12 },
            Want::Summary { key: "total".to_owned(), words: words(&["11"]) },
        ] {
            assert!(!want.is_met(&answer), "{want:?}");
        }
    }
}
