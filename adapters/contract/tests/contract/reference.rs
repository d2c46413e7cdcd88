//! `docs/capabilities.md` is written from the types of the contract and its examples. Set `UPDATE_HANDBOOK=1` to
//! write it anew; without, this fails when the two differ.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde_json::Value;
use yimen_contract::capability::{Capability, EventKind, VERSION};

const INTRODUCTION: &str = "\
# What can be asked of an agency

The contract between the portal and your backend, version VERSION: every question, every answer, every event, field by
field, with one worked example each. [The handbook](agency.md) says how a package declares them. This page is written
from the contract's own types (`UPDATE_HANDBOOK=1 cargo nextest run -p yimen-contract handbook_is_what`); `yimen
package schema FOLDER` writes the same as JSON Schema 2020-12.

- Amounts are whole fen, days `2026-11-21`, moments `2026-11-21T04:05:06Z` or with another zone.
- A state that the contract does not know is `pending`: neither success nor failure. Nothing is concluded from it.
- A list must be there, even if it is empty: an answer without it is no answer, and nobody is told \"nothing found\".
- Fields beyond these are refused in questions and not read in answers.
- Questions marked *personal* are never asked by GET: addresses end up in logs.
- What *writes* is repeated by machine only if you declared `idempotent = true`, or after the capability named there
  said that nothing arrived. Otherwise an unknown outcome waits for a person.
";

fn handbook() -> String {
    let mut page = INTRODUCTION.replace("VERSION", &VERSION.to_string());
    page.push_str("\n| capability | | asked after |\n|---|---|---|\n");
    for capability in Capability::ALL {
        let name = capability.name();
        let after = capability.asked_after().map(|after| format!("`{}`", after.name())).unwrap_or_default();
        let _ =
            writeln!(page, "| [`{name}`](#{}) | {} | {after} |", name.replace('.', ""), marks(capability));
    }
    shared(&mut page);
    for capability in Capability::ALL {
        let _ = write!(page, "\n## `{}`\n\n*{}*", capability.name(), marks(capability));
        let example = capability.example().unwrap();
        part(&mut page, "Question", &capability.input_schema().to_value(), &example.question);
        part(&mut page, "Answer", &capability.output_schema().to_value(), &example.answer);
    }
    page.push_str(
        "\n# What an agency tells by itself\n\n`data` of the CloudEvents that your backend pushes.\n",
    );
    for event in EventKind::ALL {
        let _ = write!(page, "\n## Event `{}`\n", event.name());
        part(&mut page, "Data", &event.schema().to_value(), &event.example().unwrap());
    }
    page
}

fn marks(capability: Capability) -> String {
    let effect = if capability.writes() { "writes" } else { "reads" };
    if capability.is_personal() { format!("{effect}, personal") } else { effect.to_owned() }
}

const SHARED: [&str; 4] = ["Person", "Agent", "Page", "FileRef"];

/// What many questions hold, said once.
fn shared(page: &mut String) {
    let schema = Capability::CaseSubmit.input_schema().to_value();
    let lookup = Capability::Lookup.input_schema().to_value();
    page.push_str("\n## What many questions hold\n");
    for name in SHARED {
        let found = schema["$defs"].get(name).or_else(|| lookup["$defs"].get(name)).unwrap();
        let _ = write!(page, "\n### {name}\n\n{}\n", sentence(found));
        table(page, found, if schema["$defs"].get(name).is_some() { &schema } else { &lookup });
    }
}

fn part(page: &mut String, what: &str, schema: &Value, example: &Value) {
    let _ = write!(page, "\n\n**{what}.** {}\n", sentence(schema));
    table(page, schema, schema);
    let text = serde_json::to_string_pretty(&sorted(example)).unwrap();
    let _ = write!(page, "\n```json\n{text}\n```\n");
    *page = page.replace("\n\n\n", "\n\n");
}

/// By name, so that the page does not depend on how the JSON library was built.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(table) => {
            let table: BTreeMap<&String, Value> =
                table.iter().map(|(name, value)| (name, sorted(value))).collect();
            table.into_iter().map(|(name, value)| (name.clone(), value)).collect()
        }
        Value::Array(list) => list.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

fn table(page: &mut String, schema: &Value, root: &Value) {
    let mut rows = Vec::new();
    fields(schema, root, "", &mut rows);
    if rows.is_empty() {
        return;
    }
    page.push_str("\n| field | | |\n|---|---|---|\n");
    page.extend(rows);
}

fn fields(schema: &Value, root: &Value, path: &str, rows: &mut Vec<String>) {
    let required = schema["required"].as_array();
    let named: BTreeMap<&String, &Value> = schema["properties"].as_object().into_iter().flatten().collect();
    for (name, field) in named {
        let must = required.is_some_and(|names| names.iter().any(|one| one == name));
        let place = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let list = field.get("items");
        let (target, defined) = resolved(list.unwrap_or(field), root);
        let place = if list.is_some() { format!("{place}[]") } else { place };
        let kind = kind(target, defined);
        let own = sentence(field);
        let about = if own.is_empty() { sentence(target) } else { own };
        let must = if must { "" } else { ", may be absent" };
        rows.push(format!("| `{place}` | {kind}{must} | {about} |\n"));
        if !defined.is_some_and(|name| SHARED.contains(&name)) {
            fields(target, root, &place, rows);
        }
    }
}

fn resolved<'s>(field: &'s Value, root: &'s Value) -> (&'s Value, Option<&'s str>) {
    let choices = field["anyOf"].as_array().into_iter().flatten();
    let name = std::iter::once(field).chain(choices).find_map(|one| one["$ref"].as_str());
    match name.and_then(|name| name.strip_prefix("#/$defs/")) {
        Some(name) => (&root["$defs"][name], Some(name)),
        None => (field, None),
    }
}

fn kind(schema: &Value, defined: Option<&str>) -> String {
    if let Some(name) = defined.filter(|name| SHARED.contains(name)) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    let remarked = schema["oneOf"].as_array().into_iter().flatten();
    let said = remarked.flat_map(|one| {
        let list = one["enum"].as_array().into_iter().flatten();
        one.get("const").into_iter().chain(list)
    });
    let words: Vec<String> =
        schema["enum"].as_array().into_iter().flatten().chain(said).map(Value::to_string).collect();
    if !words.is_empty() {
        return words.join(", ").replace('"', "`");
    }
    if schema["anyOf"].is_array() {
        return "value".to_owned();
    }
    let name = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("any value");
    match (name, schema["format"].as_str()) {
        ("string", Some("date")) => "day".to_owned(),
        ("string", Some("date-time")) => "moment".to_owned(),
        ("string", _) => "text".to_owned(),
        ("integer", _) => "whole number".to_owned(),
        ("boolean", _) => "true or false".to_owned(),
        (other, _) => other.to_owned(),
    }
}

fn sentence(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().replace('\n', " ")
}

#[test]
fn the_handbook_is_what_the_contract_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/capabilities.md");
    let wanted = handbook();
    if std::env::var_os("UPDATE_HANDBOOK").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == wanted, "docs/capabilities.md differs from the contract: see the top of reference.rs");
}

/// Examples are in the contract's form, and say nothing that the contract would not keep.
#[test]
fn every_example_reads_as_what_it_shows() {
    for capability in Capability::ALL {
        let example = capability.example().unwrap();
        assert_eq!(capability.accepts_question(&example.question), Ok(()), "{}", capability.name());
        assert_eq!(capability.accepts_answer(&example.answer), Ok(()), "{}", capability.name());
        known(&example.question, &capability.input_schema().to_value(), capability.name());
        known(&example.answer, &capability.output_schema().to_value(), capability.name());
    }
    for event in EventKind::ALL {
        known(&event.example().unwrap(), &event.schema().to_value(), event.name());
    }
}

/// An answer may have more fields than the contract reads; an example may not.
fn known(value: &Value, schema: &Value, name: &str) {
    let names: Vec<&String> =
        schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
    for field in value.as_object().into_iter().flatten().map(|(field, _)| field) {
        assert!(names.contains(&field), "{name}: {field}");
    }
}
