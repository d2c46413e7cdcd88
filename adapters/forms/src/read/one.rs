//! One question.

use chrono::NaiveDate;
use serde_json::Value;
use yimen_contract::{capability::person::Claim, json::joined};

use super::{FIELDS, Reader, words};
use crate::draft::Draft;
use crate::model::{Entry, Field, Kind, LicencePart, Origin, RecordPart};
use crate::name::ITEMS;
use crate::problem::Problem;
use crate::walk::Walk;

/// Groups in groups, at most.
const DEEPEST: usize = 3;
/// The longest name of a question, in characters.
const NAME: usize = 64;
/// Where a list does not say how many.
const USUAL: usize = 20;

impl Reader<'_> {
    pub(super) fn field(&mut self, name: &str, schema: &Value, path: &str, depth: usize) -> Option<Field> {
        self.fields += 1;
        if self.fields > FIELDS {
            if self.fields == FIELDS + 1 {
                self.mistakes.error(path, "Nobody fills in so many fields.", "Ask for at most 200 things.");
            }
            return None;
        }
        self.named(name, path);
        if !schema.is_object() {
            self.mistakes.error(path, "This is no question.", "Write { \"type\": …, \"x-label\": … }.");
            return None;
        }
        let label = self.label(schema, path);
        let kind = self.kind(schema, path, depth)?;
        let from = schema.get("x-from").and_then(|from| self.origin(from, &joined(path, "x-from")));
        if let Some(Origin::Licence { part, .. }) = &from {
            let entry = match &kind {
                Kind::Text(text) => Some(text.entry),
                _ => None,
            };
            let fits = match part {
                LicencePart::Number => matches!(entry, Some(Entry::Plain)),
                LicencePart::Issued | LicencePart::Expires => entry == Some(Entry::Date),
            };
            if !fits {
                let remedy = "A number goes into a plain text, a day into one with `format: date`.";
                self.mistakes.error(
                    &joined(path, "x-from"),
                    "This question cannot be answered with that.",
                    remedy,
                );
            }
        }
        let field = Field {
            name: name.to_owned(),
            label: label?,
            hint: self.hint(schema, path),
            kind,
            unit: schema.get("x-unit").and_then(|unit| self.bilingual(unit, &joined(path, "x-unit"))),
            example: schema["examples"][0].as_str().map(str::to_owned),
            default: schema.get("default").cloned(),
            from,
            required: false,
            demanded: Vec::new(),
            shown: None,
        };
        let examples = schema["examples"].as_array().into_iter().flatten();
        let each = examples.enumerate().map(|(at, value)| (format!("examples[{at}]"), value));
        for (word, value) in each.chain(schema.get("default").map(|value| ("default".to_owned(), value))) {
            self.given(&field, value, &format!("{path}.{word}"));
        }
        Some(field)
    }

    /// What a form gives as an answer must be one, as it would be sent.
    fn given(&mut self, field: &Field, value: &Value, path: &str) {
        let mut draft = Draft::default();
        draft.tell(field, "x", value);
        let mut walk = Walk { draft: &draft, today: NaiveDate::default(), wrong: Vec::new() };
        let answer = walk.answer(field, "x", false, &serde_json::Map::new());
        let day = |problem: &Problem| matches!(problem, Problem::Before { .. } | Problem::After { .. });
        let problem = walk.wrong.iter().map(|wrong| &wrong.problem).find(|problem| !day(problem));
        if let Some(problem) = problem {
            let message = format!("The question does not take this as an answer: {}.", problem.key());
            self.mistakes.error(path, message, "Correct it, or what the question allows.");
        } else if answer.as_ref() != Some(value) {
            let remedy = "Write it as the agency gets it: an amount in fen, a day as 2026-11-21.";
            self.mistakes.error(path, "This is not how an answer is sent.", remedy);
        }
    }

    /// Names travel in what browsers post, beside the portal's own.
    fn named(&mut self, name: &str, path: &str) {
        let odd =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '.' | '[' | ']' | '"' | '/' | '~');
        if name.is_empty() || name.chars().count() > NAME || name.contains(odd) || name == "csrf" {
            let remedy = "Use a short word of letters, digits, - and _.";
            self.mistakes.error(path, format!("`{name}` cannot be the name of a question."), remedy);
        }
    }

    fn kind(&mut self, schema: &Value, path: &str, depth: usize) -> Option<Kind> {
        let both = |more: &[&'static str]| [words::EVERYWHERE, more].concat();
        match schema["type"].as_str().unwrap_or_default() {
            "string" if schema.get("enum").is_some() => Some(Kind::Choice(self.choices(schema, path))),
            "string" => self.text(schema, path),
            "integer" => {
                self.known(schema, path, &both(words::NUMBER));
                let range = self.whole_range(schema, path);
                match schema.get("x-kind").map(|kind| kind.as_str().unwrap_or_default()) {
                    None => Some(Kind::Whole(range)),
                    Some("money") => Some(Kind::Money(range)),
                    Some(_) => {
                        let place = joined(path, "x-kind");
                        self.mistakes.error(
                            &place,
                            "There is no such kind of number.",
                            "Write `money`, or nothing.",
                        );
                        None
                    }
                }
            }
            "number" => {
                self.known(schema, path, &both(words::NUMBER));
                if schema.get("x-kind").is_some() {
                    let remedy = "An amount is an integer, in fen.";
                    self.mistakes.error(&joined(path, "x-kind"), "There is no such kind of number.", remedy);
                }
                Some(Kind::Number(self.number_range(schema, path)))
            }
            "boolean" => self.yes_or_agree(schema, path),
            "array" => self.list(schema, path, depth),
            "object" if depth < DEEPEST => {
                self.known(schema, path, &both(words::GROUP));
                Some(Kind::Group(self.group(schema, path, None, depth + 1)))
            }
            "object" => {
                self.mistakes.error(
                    path,
                    "Groups stand in groups here, too deep.",
                    "Ask it flat, or with fewer levels.",
                );
                None
            }
            _ => {
                let remedy = "Write string, integer, number, boolean, array or object.";
                self.mistakes.error(
                    &joined(path, "type"),
                    "Nothing says of which type the answer is.",
                    remedy,
                );
                None
            }
        }
    }

    fn yes_or_agree(&mut self, schema: &Value, path: &str) -> Option<Kind> {
        self.known(schema, path, &[words::EVERYWHERE, words::YES_NO].concat());
        match schema.get("const") {
            None => Some(Kind::YesNo),
            Some(Value::Bool(true)) => Some(Kind::Agree),
            Some(_) => {
                let remedy = "Write `true` for a box that must be ticked; leave it out for yes or no.";
                self.mistakes.error(&joined(path, "const"), "An answer is not given beforehand.", remedy);
                None
            }
        }
    }

    fn list(&mut self, schema: &Value, path: &str, depth: usize) -> Option<Kind> {
        self.known(schema, path, &[words::EVERYWHERE, words::LIST].concat());
        let (items, place) = (&schema["items"], joined(path, "items"));
        let unique = schema.get("uniqueItems");
        if items["type"] == "string" && items.get("enum").is_some() {
            let choices = self.choices(items, &place);
            let all = choices.len();
            let least = self.count(schema, "minItems", path, all).unwrap_or(0);
            let most = self.count(schema, "maxItems", path, all).unwrap_or(all);
            self.ordered(Some(least), Some(most), path);
            return Some(Kind::Many { choices, least, most });
        }
        if unique.is_some_and(|unique| unique != &Value::Bool(false)) {
            let remedy = "Remove it; only ticked choices differ by themselves.";
            self.mistakes.error(&joined(path, "uniqueItems"), "This is not checked here.", remedy);
        }
        let least = self.count(schema, "minItems", path, ITEMS).unwrap_or(0);
        let most = self.count(schema, "maxItems", path, ITEMS).unwrap_or(USUAL.max(least));
        self.ordered(Some(least.max(1)), Some(most), path);
        if !items.is_object() || items["type"] == "array" || depth >= DEEPEST {
            self.mistakes.error(
                &place,
                "Nothing says what is repeated.",
                "Write a question or a group, not too deep.",
            );
            return None;
        }
        let mut item = self.field("item", items, &place, depth + 1)?;
        item.name = String::new();
        Some(Kind::Repeat { item: Box::new(item), least, most })
    }

    /// `claim.phone_number`, `licence.L04.number`, `.issued`, `.expires`, `record.reference`, `record.asked.plate`.
    fn origin(&mut self, value: &Value, path: &str) -> Option<Origin> {
        let origin = value.as_str().and_then(|text| {
            if let Some(word) = text.strip_prefix("claim.") {
                return Claim::ALL.into_iter().find(|claim| claim.word() == word).map(Origin::Claim);
            }
            if let Some(part) = text.strip_prefix("record.") {
                return record_part(part).map(Origin::Record);
            }
            let (kind, part) = text.strip_prefix("licence.")?.split_once('.')?;
            let part = match part {
                "number" => LicencePart::Number,
                "issued" => LicencePart::Issued,
                "expires" => LicencePart::Expires,
                _ => return None,
            };
            let code = yimen_contract::shape::is_short_code(kind);
            code.then(|| Origin::Licence { kind: kind.to_owned(), part })
        });
        if origin.is_none() {
            let remedy = "Write `claim.phone_number` and the like, `licence.L04.number`, `.issued` or `.expires`, or \
                 `record.reference`, `record.title`, `record.asked.plate` or `record.facts.at`.";
            self.mistakes.error(path, "The city knows no such thing.", remedy);
        }
        origin
    }
}

fn record_part(text: &str) -> Option<RecordPart> {
    Some(match text.split_once('.') {
        None if text == "reference" => RecordPart::Reference,
        None if text == "title" => RecordPart::Title,
        Some(("asked", key)) => RecordPart::Asked(key.to_owned()),
        Some(("facts", key)) => RecordPart::Fact(key.to_owned()),
        _ => return None,
    })
}
