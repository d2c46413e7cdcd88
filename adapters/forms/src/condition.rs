//! When a question is asked or must be answered: what other answers of the same group decide it. Means exactly what
//! `if` in the schema means, which reading a form makes sure of.

use serde_json::{Map, Value};

/// All of its tests hold, or, turned around, not all.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition {
    pub tests: Vec<Test>,
    pub holds: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Test {
    pub field: String,
    pub is: Is,
    /// Whether everybody must answer that question: until then nothing is decided.
    pub certain: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Is {
    OneOf(Vec<Value>),
    NoneOf(Vec<Value>),
    Between(Option<f64>, Option<f64>),
    Answered,
}

impl Condition {
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.tests.iter().map(|test| test.field.as_str())
    }

    /// Whether it is so. What hangs on a question that is still to be answered is not.
    pub fn met(&self, answers: &Map<String, Value>) -> bool {
        let open = self.tests.iter().any(|test| test.certain && !answers.contains_key(&test.field));
        !open && self.tests.iter().all(|test| test.met(answers.get(&test.field))) == self.holds
    }
}

impl Test {
    fn met(&self, answer: Option<&Value>) -> bool {
        let Some(answer) = answer else { return false };
        match &self.is {
            Is::OneOf(values) => values.contains(answer),
            Is::NoneOf(values) => !values.contains(answer),
            // As in the schema: what is no number is not looked at.
            Is::Between(least, most) => answer.as_f64().is_none_or(|number| {
                least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most)
            }),
            Is::Answered => true,
        }
    }
}
