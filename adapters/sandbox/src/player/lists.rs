//! Lists: names of people's own, what they tied, and nothing of what they paid.

use chrono::{DateTime, Utc};
use serde_json::Value;
use yimen_contract::capability::Capability;

use super::{
    act::{Matter, Stage},
    days::rewrite,
    leaves::{Swap, list_of, marked, plain, swap},
    memory::Memory,
    names,
    recorded::Recorded,
};

/// Where the contract's answer holds a list, and which fields of an entry are names that the backend gave.
pub fn shape(capability: Capability) -> Option<(&'static str, &'static [&'static str])> {
    match capability {
        Capability::DuesList => Some(("dues", &["reference"])),
        Capability::Lookup => Some(("records", &["reference", "due", "licence"])),
        Capability::LicencesList => Some(("licences", &["number"])),
        Capability::BindingList => Some(("bindings", &["reference"])),
        Capability::ThreadList => Some(("messages", &["id"])),
        Capability::SlotsList => Some(("slots", &["id"])),
        _ => None,
    }
}

/// Two people who are shown the same sample have different things: each thing has a name of its own.
pub fn personal(
    stage: &Stage<'_>,
    memory: &mut Memory,
    one: &Recorded,
    matter: &Matter<'_>,
    who: &str,
    swaps: &mut Vec<Swap>,
) {
    let shared = matches!(one.capability, Capability::ThreadList | Capability::SlotsList);
    let Some((list, fields)) = shape(one.capability).filter(|_| !shared) else { return };
    if one.who(matter.given).is_none() || one.is_their_own(matter.given) {
        return;
    }
    let entries = one.answer[list].as_array().into_iter().flatten();
    for model in entries.flat_map(|entry| fields.iter().filter_map(|field| entry[field].as_str())) {
        let asked = one.request.values().any(|leaf| leaf.text == model);
        let name = names::of_their_own(model, stage.secret, who);
        if !asked && name != model {
            memory.names.insert(name.clone(), model.to_owned());
            swaps.push(Swap { from: model.to_owned(), to: name, only: None });
        }
    }
}

/// What somebody tied is among their things.
pub fn ties(memory: &Memory, one: &Recorded, all: &[Recorded], who: &str, body: &mut Value) {
    if one.capability != Capability::BindingList {
        return;
    }
    let untied: Vec<&str> = memory.untied.iter().map(String::as_str).collect();
    if let Some(list) = list_of(body, &untied) {
        list.retain(|entry| !marked(entry, &untied));
    }
    let theirs: Vec<_> = memory.ties.iter().filter(|tie| tie.who == who).collect();
    if theirs.is_empty() {
        return;
    }
    // An entry is made like one on record, and stands where that one does.
    let mut shown = all.iter().filter(|other| other.is_beside(one) && other.fails.is_none());
    let Some((model, tied)) = shown.find_map(|other| Some((other, other.answer["bindings"].get(0)?))) else {
        return;
    };
    let (Some(reference), Some(number)) = (tied["reference"].as_str(), tied["number"].as_str()) else {
        return;
    };
    let mut whole = model.response.clone();
    let Some(list) = list_of(&mut whole, &[reference]) else { return };
    let Some(entry) = list.iter().find(|entry| marked(entry, &[reference])).cloned() else { return };
    let fresh = theirs.iter().map(|tie| {
        let mut entry = entry.clone();
        let of = |from: &str, to: &str| Swap { from: from.to_owned(), to: to.to_owned(), only: None };
        swap(&mut entry, &[of(reference, &tie.reference), of(number, &tie.number)]);
        entry
    });
    let fresh: Vec<Value> = fresh.collect();
    let shown: Vec<String> = one.answer["bindings"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|tie| tie["number"].as_str().map(str::to_owned))
        .collect();
    let marks: Vec<&str> = shown.iter().map(String::as_str).collect();
    if let Some(list) = list_of(body, &marks) {
        list.extend(fresh);
    } else {
        *list = fresh;
        *body = whole;
    }
}

/// What somebody wrote stands in its conversation, like a message of a person on record. What is on record of one
/// conversation is in no other that has messages of its own.
pub fn messages(memory: &Memory, one: &Recorded, matter: &Matter<'_>, body: &mut Value) {
    if one.capability != Capability::ThreadList {
        return;
    }
    let Some(thread) = matter.field("/thread") else { return };
    let after = matter.field("/after").and_then(|after| after.parse::<DateTime<Utc>>().ok());
    let written = memory.written.iter().filter(|written| written.thread == thread);
    let written: Vec<_> = written.filter(|written| after.is_none_or(|after| written.at > after)).collect();
    if written.is_empty() {
        return;
    }
    let messages = one.answer["messages"].as_array().into_iter().flatten();
    let ids: Vec<&str> = messages.clone().filter_map(|message| message["id"].as_str()).collect();
    let model = messages.clone().find(|message| message["from"] == "person");
    let Some(list) = list_of(body, &ids) else { return };
    let entry = model.and_then(|model| {
        let id = model["id"].as_str()?;
        Some((id, model, list.iter().find(|entry| marked(entry, &[id]))?.clone()))
    });
    let Some((id, model, entry)) = entry else { return };
    if one.question["thread"].as_str() != Some(thread) {
        list.clear();
    }
    let at = model["at"].as_str().and_then(|at| at.parse::<DateTime<Utc>>().ok());
    list.extend(written.into_iter().map(|written| {
        let mut entry = entry.clone();
        let of = |from: &str, to: &str| Swap { from: from.to_owned(), to: to.to_owned(), only: None };
        let text = model["text"].as_str().unwrap_or_default();
        swap(&mut entry, &[of(id, &written.message), of(text, &written.text)]);
        if let Some(at) = at {
            rewrite(&mut entry, at, written.at);
        }
        entry
    }));
}

/// What was paid is not due any more, and is in no sum.
pub fn without_settled(memory: &Memory, one: &Recorded, body: &mut Value) {
    if memory.settled.is_empty() || !matches!(one.capability, Capability::DuesList | Capability::Lookup) {
        return;
    }
    let settled: Vec<&str> = memory.settled.iter().map(String::as_str).collect();
    let Some(list) = list_of(body, &settled) else { return };
    let before = std::mem::take(list);
    let (gone, left): (Vec<Value>, Vec<Value>) =
        before.iter().cloned().partition(|entry| marked(entry, &settled));
    *list = left;
    for (name, all) in sums(&before) {
        let less = all - sums(&gone).into_iter().find(|(of, _)| *of == name).map_or(0, |(_, sum)| sum);
        lower(body, all, less);
    }
}

/// The sums of what is a number in every entry, in hundredths.
fn sums(entries: &[Value]) -> Vec<(String, i64)> {
    let Some(first) = entries.first().and_then(Value::as_object) else { return Vec::new() };
    let sum = |name: &String| entries.iter().map(|entry| hundredths(&entry[name])).sum::<Option<i64>>();
    first.keys().filter_map(|name| Some((name.clone(), sum(name)?))).collect()
}

fn hundredths(value: &Value) -> Option<i64> {
    let text = plain(value);
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = match part.len() {
        0 => 0,
        2 => part.parse::<i64>().ok()?,
        _ => return None,
    };
    (whole.len() <= 12).then(|| whole.parse::<i64>().ok())??.checked_mul(100)?.checked_add(part)
}

/// Puts the smaller sum in the place of the larger, outside of lists.
fn lower(value: &mut Value, all: i64, less: i64) {
    // A small number is one by accident.
    if all < 10_000 || all == less {
        return;
    }
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|value| lower(value, all, less)),
        leaf @ (Value::String(_) | Value::Number(_)) if hundredths(leaf) == Some(all) => {
            let (whole, part) = (less / 100, less % 100);
            *leaf = match leaf {
                Value::String(text) if text.contains('.') => format!("{whole}.{part:02}").into(),
                Value::String(_) => whole.to_string().into(),
                _ => whole.into(),
            };
        }
        _ => {}
    }
}
