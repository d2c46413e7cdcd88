//! An agency's answer, in the package's words and the reader's language.

use chrono::{DateTime, NaiveDate};
use yimen_contract::{
    capability::lookup::{Fact, Output, Record},
    query::{FactKind, FactLine, Query, StateWord, Tone},
};

use super::{FileLinks, form_of, is_paid};
use crate::{
    catalogue::{
        ServiceEntry,
        present::{Presenter, urls},
        views::{FoundFact, FoundFile, FoundNext, FoundRecord, FoundState, Words as _},
    },
    platform::clock::CITY_ZONE,
    web::frame::{Dates as _, Link, SafeHtml},
};

/// A record as it is shown; with its files, where whoever looks may fetch them.
pub fn record(
    present: Presenter<'_>,
    query: &Query,
    record: &Record,
    files: Option<&FileLinks<'_>>,
) -> FoundRecord {
    let title = match record.title.as_deref().filter(|title| !title.trim().is_empty()) {
        Some(title) => present.t.marked(title),
        None => SafeHtml(present.text(&query.record).to_string()),
    };
    FoundRecord {
        title,
        reference: record.reference.as_deref().map(|reference| present.t.marked(reference)),
        state: record.state.as_deref().map(|word| state(present, &query.states, word)),
        facts: facts(present, &query.facts, &record.facts, files),
        number: record.reference.clone(),
        next: next(present, query, record),
    }
}

/// What can be done about it: what the agency names, and where that is an application, the others that begin from such
/// a record. Whoever is offered to accept something is offered to object to it as well.
fn next(present: Presenter<'_>, query: &Query, record: &Record) -> Vec<FoundNext> {
    let named = record.next.as_ref().filter(|code| query.next.contains(code));
    let Some(entry) = named.and_then(|code| present.catalogue.service(code)) else { return Vec::new() };
    let begins = |entry: &ServiceEntry| record.reference.is_some() && form_of(&entry.service).is_some();
    let others = query.next.iter().filter(|code| begins(entry) && Some(*code) != named);
    let others = others.filter_map(|code| present.catalogue.service(code)).filter(|other| begins(other));
    let url = |entry: &ServiceEntry| match &record.due {
        Some(due) if is_paid(&entry.service) => urls::due(&entry.service.code, due),
        _ => format!("{}/start", urls::service(&entry.service.code)),
    };
    let one = |entry: &ServiceEntry| FoundNext {
        link: Link::new(present.text(&entry.service.name), url(entry)),
        begins: begins(entry),
    };
    std::iter::once(entry).chain(others).map(one).collect()
}

pub(super) fn summary(present: Presenter<'_>, query: &Query, found: &Output) -> Vec<FoundFact> {
    facts(present, &query.summary, &found.summary, None)
}

/// In the package's order. What is not declared, or not of its kind, is nothing that could be explained.
fn facts(
    present: Presenter<'_>,
    lines: &[FactLine],
    facts: &std::collections::BTreeMap<String, Fact>,
    files: Option<&FileLinks<'_>>,
) -> Vec<FoundFact> {
    let fact = |line: &FactLine| {
        let fact = facts.get(&line.key)?;
        if !line.kind.takes(fact) {
            tracing::warn!(fact = line.key, "a fact in an agency's answer is not of its declared kind");
            return None;
        }
        let file = match (line.kind, fact) {
            (FactKind::File | FactKind::Picture, Fact::Text(id)) => {
                let picture = line.kind == FactKind::Picture;
                files.and_then(|files| files.url(id)).map(|url| FoundFile { url, picture })
            }
            _ => None,
        };
        Some(FoundFact { label: present.text(&line.label), value: value(present, line, fact)?, file })
    };
    lines.iter().filter_map(fact).collect()
}

fn value(present: Presenter<'_>, line: &FactLine, fact: &Fact) -> Option<SafeHtml> {
    let t = present.t;
    let unit = present.maybe(line.unit.as_ref()).map(|unit| unit.text);
    let counted = |number: String| match &unit {
        Some(unit) => format!("{number} {unit}"),
        None => number,
    };
    let words = match (line.kind, fact) {
        (FactKind::Money, Fact::Whole(fen)) => {
            let amount = t.yuan(&fen.unsigned_abs());
            if *fen < 0 { format!("−{amount}") } else { amount }
        }
        (FactKind::Number, Fact::Whole(number)) => counted(number.to_string()),
        (FactKind::Number, Fact::Decimal(number)) => counted(number.to_string()),
        (FactKind::Flag, Fact::Flag(true)) => t.found_yes().to_owned(),
        (FactKind::Flag, Fact::Flag(false)) => t.found_no().to_owned(),
        (FactKind::Date, Fact::Text(text)) => t.day(&text.parse::<NaiveDate>().ok()?),
        (FactKind::Time, Fact::Text(text)) => {
            let at = DateTime::parse_from_rfc3339(text).ok()?;
            t.moment(&at.with_timezone(&CITY_ZONE).naive_local())
        }
        (FactKind::Month, Fact::Text(text)) => {
            let (year, month) = text.split_once('-')?;
            t.found_month(
                crate::platform::named::Month(month.parse::<u32>().ok()?),
                crate::platform::named::Year(year.parse::<u32>().ok()?),
            )
        }
        (FactKind::State, Fact::Text(word)) => {
            return Some(SafeHtml(state(present, &line.states, word).word.to_string()));
        }
        (_, Fact::Text(text)) => text.clone(),
        _ => return None,
    };
    Some(t.marked(words))
}

/// A word that the package does not list means that nothing is decided.
fn state(present: Presenter<'_>, states: &[StateWord], word: &str) -> FoundState {
    match states.iter().find(|state| state.word == word) {
        None => {
            FoundState { kind: "plain", word: crate::web::frame::Text::plain(present.t.found_undecided()) }
        }
        Some(state) => FoundState {
            kind: match state.tone {
                Tone::Plain => "plain",
                Tone::Good => "ok",
                Tone::Attention => "warn",
                Tone::Bad => "danger",
                Tone::Waiting => "brand",
            },
            word: present.text(&state.label),
        },
    }
}
