//! What somebody typed into a question's form, and what is wrong with it.

use chrono::NaiveDate;
use serde_json::Value;
use yimen_contract::{
    capability::person::Answers,
    pattern::Pattern,
    query::{Input, InputKind, Query},
};

use crate::{
    catalogue::present::Presenter,
    web::frame::{self, Choice, Field},
};

/// No answer is longer, in characters.
const LONGEST: usize = 100;
/// So many choices stand side by side; more go into a list.
const SIDE_BY_SIDE: usize = 5;

/// Why an answer cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    Missing,
    Long,
    Pattern,
    Number,
    Date,
    Month,
    Year,
    Choice,
}

/// A field's name in the form: apart from those of ours.
pub(super) fn name(input: &Input) -> String {
    format!("a-{}", input.key)
}

/// The answers as the agency gets them; or else what is wrong, by the place of the input.
pub(super) fn read<'t>(
    query: &Query,
    typed: impl Fn(&str) -> &'t str,
) -> Result<Answers, Vec<(usize, Wrong)>> {
    let mut answers = Answers::default();
    let mut mistakes = Vec::new();
    for (at, input) in query.inputs.iter().enumerate() {
        match one(input, &plain(typed(&name(input)))) {
            Ok(Some(value)) => {
                answers.0.insert(input.key.clone(), value);
            }
            Ok(None) => {}
            Err(wrong) => mistakes.push((at, wrong)),
        }
    }
    if mistakes.is_empty() { Ok(answers) } else { Err(mistakes) }
}

/// The answers as the agency gets them; nothing where they are not all right.
pub fn answers<'t>(query: &Query, typed: impl Fn(&str) -> &'t str) -> Option<Answers> {
    read(query, typed).ok()
}

/// Chinese keyboards type wide letters and digits, which mean the narrow ones.
fn plain(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(narrow).collect::<String>().trim().to_owned()
}

fn one(input: &Input, text: &str) -> Result<Option<Value>, Wrong> {
    if text.is_empty() {
        return if input.optional { Ok(None) } else { Err(Wrong::Missing) };
    }
    if text.chars().count() > LONGEST {
        return Err(Wrong::Long);
    }
    let day = |text: &str| text.parse::<NaiveDate>().is_ok();
    let fits = |sure: bool, wrong| if sure { Ok(Some(Value::from(text))) } else { Err(wrong) };
    match input.kind {
        InputKind::Text | InputKind::Bound => {
            let Some(pattern) = input.pattern.as_deref().and_then(|text| Pattern::parse(text).ok()) else {
                return Ok(Some(Value::from(text)));
            };
            // Small letters on a plate or a card mean the large ones.
            let large = text.to_ascii_uppercase();
            match [text, &large].into_iter().find(|text| pattern.fits(text)) {
                Some(text) => Ok(Some(Value::from(text))),
                None => Err(Wrong::Pattern),
            }
        }
        InputKind::Number => text.parse::<i64>().map(|number| Some(number.into())).map_err(|_| Wrong::Number),
        InputKind::Date => fits(text.len() == 10 && day(text), Wrong::Date),
        InputKind::Month => fits(text.len() == 7 && day(&format!("{text}-01")), Wrong::Month),
        InputKind::Year => fits(text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()), Wrong::Year),
        InputKind::Choice => fits(input.choices.iter().any(|choice| choice.value == text), Wrong::Choice),
    }
}

/// The form's fields, with what was typed and what is wrong with it.
pub(super) fn fields<'t>(
    present: Presenter<'_>,
    query: &Query,
    typed: impl Fn(&str) -> &'t str,
    mistakes: &[(usize, Wrong)],
) -> Vec<frame::Input> {
    let field = |(at, input): (usize, &Input)| {
        let name = name(input);
        let value = typed(&name).to_owned();
        let choices = input.choices.iter().map(|choice| {
            let label = present.text(&choice.label);
            let lang = label.lang();
            let chosen = choice.value == value;
            Choice { lang, ..Choice::new(choice.value.clone(), label.text, chosen) }
        });
        let hint = present.maybe(input.hint.as_ref()).map(|hint| hint.text);
        let mut field = Field::new(name, present.text(&input.label).text).choices(choices.collect());
        field.hint = hint.or_else(|| written(present, input));
        field.required = !input.optional;
        field.autocomplete = Some("off");
        let wrong = mistakes.iter().find(|(place, _)| *place == at).map(|(_, wrong)| *wrong);
        field.error = wrong.map(|wrong| said(present, input, wrong));
        field.value = value;
        frame::Input::new(kind(input), field)
    };
    query.inputs.iter().enumerate().map(field).collect()
}

fn kind(input: &Input) -> &'static str {
    match input.kind {
        InputKind::Choice if input.choices.len() > SIDE_BY_SIDE => "select",
        InputKind::Choice => "radio",
        InputKind::Date => "date",
        InputKind::Text | InputKind::Number | InputKind::Month | InputKind::Year | InputKind::Bound => "text",
    }
}

/// How an answer is written, where the package has no words of its own for it.
fn written(present: Presenter<'_>, input: &Input) -> Option<String> {
    let t = present.t;
    match input.kind {
        InputKind::Month => Some(t.asking_month_hint().to_owned()),
        InputKind::Year => Some(t.asking_year_hint().to_owned()),
        InputKind::Text | InputKind::Bound => {
            input.example.as_deref().map(|example| t.asking_such_as(example))
        }
        InputKind::Number | InputKind::Date | InputKind::Choice => None,
    }
}

fn said(present: Presenter<'_>, input: &Input, wrong: Wrong) -> String {
    let t = present.t;
    let said = match wrong {
        Wrong::Missing if input.kind == InputKind::Choice => t.asking_choose(),
        Wrong::Missing => t.asking_missing(),
        Wrong::Long => t.asking_long(),
        Wrong::Pattern => {
            return match &input.example {
                Some(example) => t.asking_pattern_such_as(example),
                None => t.asking_pattern().to_owned(),
            };
        }
        Wrong::Number => t.asking_number(),
        Wrong::Date => t.asking_date(),
        Wrong::Month => t.asking_month(),
        Wrong::Year => t.asking_year(),
        Wrong::Choice => t.asking_choose(),
    };
    said.to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn query() -> Query {
        let label = || json!({ "zh": "甲", "en": "A" });
        let choice = json!({ "value": "02", "label": label() });
        serde_json::from_value(json!({
            "record": label(), "empty": label(),
            "inputs": [
                { "key": "plate", "label": label(), "kind": "bound", "pattern": "测[A-Z][A-HJ-NP-Z0-9]{5,6}" },
                { "key": "kind", "label": label(), "kind": "choice", "choices": [choice] },
                { "key": "months", "label": label(), "kind": "number", "optional": true },
                { "key": "day", "label": label(), "kind": "date", "optional": true },
                { "key": "month", "label": label(), "kind": "month", "optional": true },
                { "key": "year", "label": label(), "kind": "year", "optional": true },
            ],
        }))
        .unwrap()
    }

    fn given(answers: &[(&str, &str)]) -> Result<Answers, Vec<(usize, Wrong)>> {
        let answers: HashMap<String, &str> =
            answers.iter().map(|(key, value)| (format!("a-{key}"), *value)).collect();
        read(&query(), |name| answers.get(name).copied().unwrap_or_default())
    }

    #[test]
    fn answers_have_their_kinds_and_what_is_left_out_is_left_out() {
        let all = [
            ("plate", "测ａ12345 "),
            ("kind", "02"),
            ("months", "12"),
            ("day", "2026-02-28"),
            ("month", "2026-02"),
            ("year", "2026"),
        ];
        let read = given(&all).unwrap();
        let expected = json!({ "plate": "测A12345", "kind": "02", "months": 12, "day": "2026-02-28",
                               "month": "2026-02", "year": "2026" });
        assert_eq!(serde_json::to_value(read).unwrap(), expected);
        let few = given(&[("plate", "测AD12345"), ("kind", "02")]).unwrap();
        assert_eq!(few.0.len(), 2);
    }

    #[test]
    fn each_mistake_is_named_at_its_field() {
        let wrong = [
            ("plate", "12345"),
            ("kind", "99"),
            ("months", "a dozen"),
            ("day", "2026-02-30"),
            ("month", "2026-13"),
            ("year", "26"),
        ];
        let expected = [Wrong::Pattern, Wrong::Choice, Wrong::Number, Wrong::Date, Wrong::Month, Wrong::Year];
        assert_eq!(given(&wrong).unwrap_err(), expected.into_iter().enumerate().collect::<Vec<_>>());
        assert_eq!(given(&[]).unwrap_err(), [(0, Wrong::Missing), (1, Wrong::Missing)]);
        assert_eq!(given(&[("plate", &"测".repeat(101)), ("kind", "02")]).unwrap_err(), [(0, Wrong::Long)]);
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_it(plate in ".*", kind in ".*", months in ".*", day in ".*", year in ".*") {
            let _ = given(&[("plate", &plate), ("kind", &kind), ("months", &months), ("day", &day), ("year", &year)]);
        }
    }
}
