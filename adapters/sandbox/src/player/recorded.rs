//! A sample as the player uses it: what was asked and answered in the backend's own form, and what each value of
//! the question stands for. Which field carries what is found by value: maps may call and place it as they like.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use yimen_contract::{
    capability::Capability,
    sample::{Failure, Sample},
};

use super::{
    days::{self, Move, YEAR},
    leaves::{Leaves, bare, leaves, plain},
};

/// What a value of a question stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The service's code: another one is another question.
    Service,
    /// Something about the person: everybody's is different.
    Person,
    /// A number or a time that the portal makes anew for every question.
    Own,
    /// A span of days or of pages.
    Span,
    /// What the backend called something in an answer before.
    Reference,
    /// What somebody filled in, and what is always the same.
    Free,
}

#[derive(Debug)]
pub struct Leaf {
    pub text: String,
    pub role: Role,
}

/// One exchange.
#[derive(Debug)]
pub struct Recorded {
    /// Its file's path.
    pub name: String,
    pub capability: Capability,
    pub service: Option<String>,
    pub question: Value,
    /// What travelled.
    pub sent: Value,
    pub request: BTreeMap<String, Leaf>,
    pub response: Value,
    /// Whether the backend said anything at all.
    pub speaks: bool,
    pub answer: Value,
    pub status: Option<u16>,
    pub fails: Option<Failure>,
    /// The day of the recording, where the dates of the answer go on from it.
    pub on: Option<NaiveDate>,
}

/// Fields of a person that tell them apart, the surest first.
const WHO: [&str; 5] = ["identity_number", "credit_code", "subject", "phone_number", "name"];

impl Recorded {
    pub fn new(name: &str, sample: &Sample) -> Option<Self> {
        let capability = Capability::named(&sample.capability)?;
        let roles = roles(&sample.question);
        let sent = sample.request.clone().unwrap_or_else(|| sample.question.clone());
        let request = leaves(&sent)
            .into_iter()
            .map(|(path, text)| {
                let role = roles.get(&bare(&text)).copied().unwrap_or(Role::Free);
                (path, Leaf { text, role })
            })
            .collect();
        let speaks = sample.response.is_some() || sample.answer.is_some();
        let response = sample.response.clone().or_else(|| sample.answer.clone());
        Some(Self {
            name: name.to_owned(),
            capability,
            service: sample.service.clone(),
            question: sample.question.clone(),
            sent,
            request,
            response: response.unwrap_or_else(|| json!({})),
            speaks,
            answer: sample.answer.clone().unwrap_or(Value::Null),
            status: sample.status,
            fails: sample.fails,
            on: sample.recorded,
        })
    }

    /// What stands in a question where this one has the field of the contract's question.
    pub fn field<'a>(&self, pointer: &str, asked: &'a Leaves) -> Option<&'a str> {
        let text = self.question.pointer(pointer).map(plain).filter(|text| !text.is_empty())?;
        let same = |(_, leaf): &(&String, &Leaf)| leaf.text == text || bare(&leaf.text) == bare(&text);
        let mut places = self.request.iter().filter(same).map(|(path, _)| path);
        places.find_map(|path| asked.get(path)).map(String::as_str)
    }

    /// How the dates of the answer have moved since it was recorded.
    pub fn moved<'n>(&self, now: DateTime<Utc>, names: &'n [&'n str]) -> Move<'n> {
        let (near, today) = (self.on.unwrap_or_default(), days::day(now));
        let by = self.on.zip(today).map_or_else(TimeDelta::zero, |(on, today)| today - on);
        Move { near, within: YEAR, by, names }
    }

    /// What the backend and the portal call things here.
    pub fn names(&self) -> Vec<&str> {
        const NAMES: [&str; 11] = [
            "reference",
            "ticket",
            "payment",
            "receipt",
            "id",
            "due",
            "licence",
            "number",
            "slot",
            "booking",
            "case",
        ];
        let mut names = Vec::new();
        called(&self.answer, &NAMES, &mut names);
        called(&self.question, &NAMES, &mut names);
        names
    }

    /// Who asks, by whatever of the person the question carries.
    pub fn who<'a>(&self, asked: &'a Leaves) -> Option<&'a str> {
        WHO.iter().find_map(|field| self.field(&format!("/person/{field}"), asked))
    }

    /// Whether the very person of the sample asks.
    pub fn is_their_own(&self, asked: &Leaves) -> bool {
        let mut persons = self.request.iter().filter(|(_, leaf)| leaf.role == Role::Person).peekable();
        persons.peek().is_some()
            && persons.all(|(path, leaf)| asked.get(path).is_some_and(|text| *text == leaf.text))
    }

    /// The word that says what came of it.
    pub fn word(&self) -> &str {
        self.answer["status"].as_str().or_else(|| self.answer["outcome"].as_str()).unwrap_or_default()
    }

    /// Whether what was asked did not come about.
    pub fn is_bad_news(&self) -> bool {
        const BAD: [&str; 13] = [
            "refused",
            "not-accepted",
            "terminated",
            "full",
            "barred",
            "stopped",
            "missed",
            "not-found",
            "closed",
            "failed",
            "expired",
            "mismatch",
            "correction-required",
        ];
        self.fails.is_some() || (self.capability != Capability::Lookup && BAD.contains(&self.word()))
    }

    /// Whether the two answer the same question, for the same service.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.capability == other.capability && self.service == other.service
    }
}

fn called<'v>(value: &'v Value, names: &[&str], all: &mut Vec<&'v str>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    // What is due is a name here and a day there.
                    Value::String(text) if names.contains(&name.as_str()) && !is_day(text) => all.push(text),
                    other => called(other, names, all),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| called(value, names, all)),
        _ => {}
    }
}

fn is_day(text: &str) -> bool {
    text.parse::<NaiveDate>().is_ok()
}

fn roles(question: &Value) -> BTreeMap<String, Role> {
    let mut roles = BTreeMap::new();
    for (path, text) in leaves(question) {
        let mut names = path.trim_start_matches('/').split(['/', '#']);
        let role = match names.next().unwrap_or_default() {
            "service" => Role::Service,
            "person" => Role::Person,
            "case" | "booking" | "order" | "message" | "payment" | "refund" | "submitted" | "paid"
            | "after" => Role::Own,
            "from" | "to" | "page" | "day" => Role::Span,
            "reference" | "slot" | "id" | "thread" => Role::Reference,
            _ => Role::Free,
        };
        // Of two fields with the same value the one that says more about it counts.
        roles.entry(bare(&text)).and_modify(|known: &mut Role| *known = role.min(*known)).or_insert(role);
    }
    roles
}
