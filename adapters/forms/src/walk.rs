//! From what was typed to what it means: the document that is sent, and what is wrong on the way. A wrong answer stands
//! in the document as it was typed, so that the schema refuses what is refused here.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::draft::Draft;
use crate::entry::line;
use crate::model::{Choice, Entry, Field, Kind, Range, Text};
use crate::money::{self, Misread};
use crate::name::{below, item, parts};
use crate::problem::{Limit, Problem, Wrong};

pub(crate) struct Walk<'d> {
    pub draft: &'d Draft,
    pub today: NaiveDate,
    pub wrong: Vec<Wrong>,
}

/// An answer with what is wrong about it.
type Judged = (Value, Option<Problem>);

impl Walk<'_> {
    /// The answers of a group. What is not asked is not there, and neither is what was left blank.
    pub fn fields<'f>(
        &mut self,
        fields: &'f [Field],
        name: &str,
        hidden: &mut Vec<&'f str>,
    ) -> Map<String, Value> {
        let mut answers = Map::new();
        for field in fields {
            if !field.is_shown(&answers) {
                hidden.push(&field.name);
                continue;
            }
            let needed = field.required || field.demanded.iter().any(|case| case.met(&answers));
            if let Some(answer) = self.answer(field, &below(name, &field.name), needed, &answers) {
                answers.insert(field.name.clone(), answer);
            }
        }
        answers
    }

    /// One answer; nothing where it was left blank.
    pub fn answer(
        &mut self,
        field: &Field,
        name: &str,
        needed: bool,
        siblings: &Map<String, Value>,
    ) -> Option<Value> {
        let judged = match &field.kind {
            Kind::Group(fields) => return self.group(fields, name, needed),
            Kind::Repeat { item, least, most } => self.items(item, name, *least, *most),
            Kind::Many { choices, least, most } => many(choices, *least, *most, self.draft.ticked(name)),
            Kind::Text(text) => self.text(text, field, name, siblings),
            simple => one(simple, &line(self.draft.text(name))),
        };
        let Some((value, problem)) = judged else {
            let missing = if field.kind == Kind::Agree { Problem::MustAgree } else { Problem::Missing };
            self.note(name, needed.then_some(missing));
            return None;
        };
        self.note(name, problem);
        Some(value)
    }

    fn note(&mut self, name: &str, problem: Option<Problem>) {
        self.wrong.extend(problem.map(|problem| Wrong { name: name.to_owned(), problem }));
    }

    fn group(&mut self, fields: &[Field], name: &str, needed: bool) -> Option<Value> {
        let before = self.wrong.len();
        let answers = self.fields(fields, name, &mut Vec::new());
        if answers.is_empty() && !needed {
            // Nobody has to begin it, so nothing in it is missing.
            self.wrong.truncate(before);
            return None;
        }
        Some(Value::Object(answers))
    }

    fn items(&mut self, field: &Field, name: &str, least: usize, most: usize) -> Option<Judged> {
        let places = 0..self.draft.typed_items(name);
        let none = Map::new();
        let list: Vec<Value> =
            places.filter_map(|index| self.answer(field, &item(name, index), false, &none)).collect();
        let problem = amount(list.len(), least, most);
        (!list.is_empty()).then_some((Value::Array(list), problem))
    }

    fn text(&self, text: &Text, field: &Field, name: &str, siblings: &Map<String, Value>) -> Option<Judged> {
        let meaning = text.meaning(&self.typed(text.entry, name));
        if meaning.is_empty() {
            return None;
        }
        let problem = self.wrong_with(text, field, &meaning, siblings);
        let nowhere = || text.entry == Entry::Address && self.is_nowhere(name);
        let problem = problem.or_else(|| nowhere().then_some(Problem::NoDistrict));
        Some((Value::String(meaning), problem))
    }

    /// Whether only road and house of an address were typed. One elsewhere than in the city says where.
    fn is_nowhere(&self, name: &str) -> bool {
        let typed = |name: &str| self.draft.text(name).trim();
        let street = typed(&below(name, "street"));
        typed(name).is_empty() && typed(&below(name, "district")).is_empty() && !says_where(street)
    }

    /// What was typed, as a whole or in parts.
    fn typed(&self, entry: Entry, name: &str) -> String {
        let whole = self.draft.text(name);
        if !whole.trim().is_empty() {
            return whole.to_owned();
        }
        let parts: Vec<&str> =
            parts(entry).iter().map(|part| self.draft.text(&below(name, part)).trim()).collect();
        match parts.as_slice() {
            // Whoever types the district again does not live in it twice. A district alone is no address.
            [district, street] if street.is_empty() || street.starts_with(district) => (*street).to_owned(),
            parts if entry == Entry::Date && parts.iter().any(|part| !part.is_empty()) => parts.join("-"),
            parts => parts.concat(),
        }
    }

    fn wrong_with(
        &self,
        text: &Text,
        field: &Field,
        meaning: &str,
        siblings: &Map<String, Value>,
    ) -> Option<Problem> {
        let now = meaning.chars().count();
        if !text.entry.fits(meaning) {
            return Some(text.entry.problem(meaning));
        }
        if now < text.least {
            return Some(Problem::TooShort { least: text.least });
        }
        if now > text.most {
            return Some(Problem::TooLong { most: text.most, now });
        }
        if text.pattern.as_ref().is_some_and(|shape| !shape.pattern.fits(meaning)) {
            return Some(match text.entry {
                Entry::Plain | Entry::Bound | Entry::Address => {
                    Problem::NotInForm { example: field.example.clone() }
                }
                // Of its kind, and still not one that this form takes.
                entry => entry.problem(meaning),
            });
        }
        let day: NaiveDate = meaning.parse().ok()?;
        let edge = |edge: &Option<crate::model::Edge>| edge.as_ref()?.day(self.today, siblings);
        let (first, last) = (edge(&text.not_before), edge(&text.not_after));
        let before = first.filter(|first| day < *first).map(|first| Problem::Before { first });
        before.or_else(|| last.filter(|last| day > *last).map(|last| Problem::After { last }))
    }
}

impl Field {
    /// Whether it is asked, after these answers before it.
    pub(crate) fn is_shown(&self, answers: &Map<String, Value>) -> bool {
        match &self.shown {
            Some(condition) => condition.met(answers),
            None => self.is_always_shown() || self.demanded.iter().any(|case| case.met(answers)),
        }
    }
}

/// Whether an address names a district, a town or a country, or is written in letters.
fn says_where(address: &str) -> bool {
    let named = address.replace("小区", "");
    let letters = address.chars().filter(char::is_ascii_alphabetic).count();
    named.contains(['省', '市', '区', '县', '州', '旗', '盟', '国'])
        || named.contains("香港")
        || named.contains("澳门")
        || letters > 5
}

fn amount(now: usize, least: usize, most: usize) -> Option<Problem> {
    if now < least {
        Some(Problem::TooFew { least })
    } else {
        (now > most).then_some(Problem::TooMany { most })
    }
}

fn many(choices: &[Choice], least: usize, most: usize, ticked: &[String]) -> Option<Judged> {
    let ticked: Vec<&String> = ticked.iter().filter(|value| !value.is_empty()).collect();
    let known = ticked.iter().all(|value| choices.iter().any(|choice| choice.value == **value));
    let problem = if known { amount(ticked.len(), least, most) } else { Some(Problem::NotOneOf) };
    (!ticked.is_empty()).then(|| (ticked.into_iter().map(String::as_str).collect(), problem))
}

/// An answer that is chosen or a number, from its text.
fn one(kind: &Kind, typed: &str) -> Option<Judged> {
    if typed.is_empty() {
        return None;
    }
    let raw = |problem| (Value::String(typed.to_owned()), Some(problem));
    Some(match kind {
        Kind::Choice(choices) if choices.iter().any(|choice| choice.value == typed) => {
            (Value::String(typed.to_owned()), None)
        }
        Kind::Choice(_) => raw(Problem::NotOneOf),
        Kind::YesNo => match yes(typed) {
            Some(yes) => (Value::Bool(yes), None),
            None => raw(Problem::NotYesOrNo),
        },
        Kind::Agree => match yes(typed) {
            Some(true) => (Value::Bool(true), None),
            // Not ticked is the same as nothing.
            Some(false) => return None,
            None => raw(Problem::NotYesOrNo),
        },
        Kind::Whole(range) => match money::whole(typed) {
            Ok(number) => (number.into(), range.wrong(number, Limit::Whole)),
            Err(Misread::NotWhole) => raw(Problem::NotWhole),
            Err(Misread::NotANumber) => raw(Problem::NotANumber),
        },
        Kind::Money(range) => match money::fen(typed) {
            Some(fen) => (fen.into(), range.wrong(fen, Limit::Fen)),
            None => raw(Problem::NotAnAmount),
        },
        Kind::Number(range) => match money::number(typed) {
            Some(number) => (number.into(), range.beyond(number, Limit::Number)),
            None => raw(Problem::NotANumber),
        },
        Kind::File(_) if is_file(typed) => (Value::String(typed.to_owned()), None),
        Kind::File(_) => raw(Problem::NotAFile),
        // Read elsewhere.
        Kind::Text(_) | Kind::Many { .. } | Kind::Group(_) | Kind::Repeat { .. } => return None,
    })
}

fn yes(typed: &str) -> Option<bool> {
    match typed {
        "true" | "on" | "yes" | "1" | "是" => Some(true),
        "false" | "off" | "no" | "0" | "否" => Some(false),
        _ => None,
    }
}

/// Whether a text can be the id of a file.
pub(crate) fn is_file(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

impl<T: PartialOrd + Copy> Range<T> {
    fn beyond(&self, number: T, limit: fn(T) -> Limit) -> Option<Problem> {
        let small = self.least.filter(|least| number < *least);
        let large = self.most.filter(|most| number > *most);
        let small = small.map(|least| Problem::TooSmall { least: limit(least) });
        small.or_else(|| large.map(|most| Problem::TooLarge { most: limit(most) }))
    }
}

impl Range<i64> {
    fn wrong(&self, number: i64, limit: fn(i64) -> Limit) -> Option<Problem> {
        let step = self.step.filter(|step| number % step != 0);
        self.beyond(number, limit).or_else(|| step.map(|step| Problem::NotAMultiple { step: limit(step) }))
    }
}
