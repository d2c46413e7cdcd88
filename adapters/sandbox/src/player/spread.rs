//! Lists of one: XML does not tell them from a single entry, and neither do recordings of it.

use serde_json::Value;
use yimen_contract::capability::Capability;

use super::{
    leaves::{marked, plain},
    lists::shape,
    recorded::Recorded,
};

/// Makes a list of one of what is a list in another sample, or else of the group that holds the entry's name.
pub fn spread(all: &mut [Recorded]) {
    let known: Vec<(Capability, String)> = all
        .iter()
        .filter_map(|one| Some((one.capability, place(&one.response, "", &marks(one), true)?)))
        .collect();
    for one in all {
        let marks = marks(one);
        if marks.len() != 1 || place(&one.response, "", &marks, true).is_some() {
            continue;
        }
        let only: Vec<&str> = marks.iter().map(String::as_str).collect();
        let alone = |at: &&String| one.response.pointer(at).is_some_and(|entry| marked(entry, &only));
        let of = known.iter().filter(|(capability, _)| *capability == one.capability).map(|(_, at)| at);
        let at = of.into_iter().find(alone).cloned().or_else(|| place(&one.response, "", &marks, false));
        if let Some(entry) = at.and_then(|at| one.response.pointer_mut(&at)).filter(|entry| entry.is_object())
        {
            *entry = Value::Array(vec![entry.take()]);
        }
    }
}

/// The names of a sample's entries.
fn marks(one: &Recorded) -> Vec<String> {
    let Some((list, fields)) = shape(one.capability) else { return Vec::new() };
    let entries = one.answer[list].as_array().into_iter().flatten();
    entries
        .filter_map(|entry| fields.iter().find_map(|field| entry[field].as_str()).map(str::to_owned))
        .collect()
}

/// Where the list of these entries stands, or the group that is the only one of them.
fn place(value: &Value, at: &str, marks: &[String], list: bool) -> Option<String> {
    let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
    found(value, at, &marks, list)
}

fn found(value: &Value, at: &str, marks: &[&str], list: bool) -> Option<String> {
    match value {
        Value::Array(entries) => {
            (list && entries.iter().any(|entry| marked(entry, marks))).then(|| at.to_owned())
        }
        Value::Object(fields) => {
            let direct = fields.values().any(|leaf| {
                !leaf.is_object()
                    && !leaf.is_array()
                    && !leaf.is_null()
                    && marks.contains(&plain(leaf).as_str())
            });
            if direct && !list && !at.is_empty() {
                return Some(at.to_owned());
            }
            fields.iter().find_map(|(name, value)| {
                let name = name.replace('~', "~0").replace('/', "~1");
                found(value, &format!("{at}/{name}"), marks, list)
            })
        }
        _ => None,
    }
}
