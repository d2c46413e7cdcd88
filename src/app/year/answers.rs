//! How a form is filled in by somebody who has nothing unusual to say: with its own examples, its first choices and days
//! around today. What cannot be filled in so, nobody of the simulated city applies for.

use chrono::{Days, NaiveDate};
use yimen_forms::{
    Draft, Entry, Field, Form, Kind,
    model::{Edge, Range, Text},
};

const WORDS: &str = "本人按照办事指南的要求办理，情况属实。";
const ADDRESS: &str = "云江区政和街道政和路1号";
const NUMBER: &str = "990101198501010010";
const PHONE: &str = "13800000001";
const MAIL: &str = "someone@mail.example";

/// A form as it is typed on a day; nothing where it holds more than a form may.
pub(super) fn typed(form: &Form, today: NaiveDate) -> Option<Draft> {
    let mut draft = Draft::default();
    for page in &form.pages {
        let mut posted = Vec::new();
        for field in form.on(page) {
            put(&field.kind, field, &field.name, today, &mut posted);
        }
        let posted = posted.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        draft.take(form, page, posted).ok()?;
    }
    Some(draft)
}

fn put(kind: &Kind, field: &Field, name: &str, today: NaiveDate, posted: &mut Vec<(String, String)>) {
    match kind {
        Kind::Group(parts) => {
            for part in parts {
                put(&part.kind, part, &format!("{name}.{}", part.name), today, posted);
            }
        }
        Kind::Repeat { item, .. } => put(&item.kind, item, &format!("{name}[0]"), today, posted),
        Kind::Many { choices, least, .. } => {
            let ticked = choices.iter().take((*least).max(1));
            posted.extend(ticked.map(|choice| (name.to_owned(), choice.value.clone())));
        }
        simple => posted.extend(one(simple, field, today).map(|value| (name.to_owned(), value))),
    }
}

fn one(kind: &Kind, field: &Field, today: NaiveDate) -> Option<String> {
    Some(match kind {
        Kind::Text(text) => {
            let example = field.example.clone().filter(|example| !example.trim().is_empty());
            return written(text, example, today);
        }
        Kind::Whole(range) => whole(range, 1).to_string(),
        Kind::Money(range) => {
            let fen = whole(range, 100);
            format!("{}.{:02}", fen / 100, fen % 100)
        }
        Kind::Number(range) => range.least.or(range.most).unwrap_or(1.0).to_string(),
        Kind::Choice(choices) => choices.first()?.value.clone(),
        Kind::YesNo | Kind::Agree => "yes".to_owned(),
        Kind::File(_) | Kind::Group(_) | Kind::Repeat { .. } | Kind::Many { .. } => return None,
    })
}

/// The number that is usual, or the nearest that is taken.
fn whole(range: &Range<i64>, usual: i64) -> i64 {
    let low = range.least.map_or(usual, |least| least.max(usual));
    range.most.map_or(low, |most| low.min(most))
}

fn written(text: &Text, example: Option<String>, today: NaiveDate) -> Option<String> {
    Some(match text.entry {
        Entry::Date => day(text, today)?.to_string(),
        Entry::Month => today.format("%Y-%m").to_string(),
        Entry::Year => today.format("%Y").to_string(),
        Entry::Time => "10:00".to_owned(),
        Entry::Identity => NUMBER.to_owned(),
        Entry::Credit => example?,
        Entry::Phone => PHONE.to_owned(),
        Entry::Mail => MAIL.to_owned(),
        Entry::Address if text.pattern.is_none() => ADDRESS.to_owned(),
        Entry::Plain | Entry::Bound | Entry::Address => match example {
            Some(example) => example,
            None if text.pattern.is_some() => return None,
            None => {
                let repeated = WORDS.chars().cycle().take(text.least.max(WORDS.chars().count()));
                repeated.take(text.most).collect()
            }
        },
    })
}

/// A day within what is asked for.
fn day(text: &Text, today: NaiveDate) -> Option<NaiveDate> {
    let edge = |edge: &Edge| match edge {
        Edge::Day(day) => Some(*day),
        Edge::Today { days, months } => {
            let moved = days + 30 * i64::from(*months);
            let count = Days::new(moved.unsigned_abs());
            if moved < 0 { today.checked_sub_days(count) } else { today.checked_add_days(count) }
        }
        Edge::Field(_) => Some(today),
    };
    let first = text.not_before.as_ref().and_then(edge);
    let last = text.not_after.as_ref().and_then(edge);
    Some(match (first, last) {
        (Some(first), Some(last)) if first > last => return None,
        (Some(first), last) => {
            let inside = first.checked_add_days(Days::new(2))?.max(today);
            last.map_or(inside, |last| inside.min(last))
        }
        (None, Some(last)) => last.checked_sub_days(Days::new(2))?.min(today),
        (None, None) => today,
    })
}
