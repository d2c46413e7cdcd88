//! What a described operation asks and tells, and the maps between its names and ours, as far as names and types let
//! it be guessed.

use std::{collections::BTreeSet, fmt::Write as _};

use serde_json::{Map, Value, json};
use yimen_contract::{
    capability::person::Claim,
    query::{FactKind, FactLine, Input, InputKind},
};

use super::{
    made::{cut, said},
    names::{field, key, path, plain, quoted},
};

/// What fits on a form that asks a question, and what an answer tells.
const INPUTS: usize = 20;
const FACTS: usize = 40;

/// What a question asks of people, and what the city knows of them already.
pub(super) struct Asked {
    /// Their name for each field, and the field.
    pub(super) inputs: Vec<(String, Input)>,
    pub(super) claims: Vec<Claim>,
    /// Their name for what a claim gives.
    known: Vec<(String, Claim)>,
    left_out: Vec<String>,
}

impl Asked {
    pub(super) fn of(request: &Value) -> Self {
        let mut all =
            Self { inputs: Vec::new(), claims: Vec::new(), known: Vec::new(), left_out: Vec::new() };
        let required: BTreeSet<&str> = strings(&request["required"]).collect();
        let mut taken = BTreeSet::new();
        for (name, schema) in request["properties"].as_object().into_iter().flatten() {
            let label = label(name, schema);
            let key = key(name, &mut taken);
            if let Some(claim) = Claim::asked_for(&key, &[name, &label]) {
                all.known.push((name.clone(), claim));
                if !all.claims.contains(&claim) {
                    all.claims.push(claim);
                }
                continue;
            }
            let kind = match (schema["type"].as_str(), schema["format"].as_str()) {
                (Some("array" | "object"), _) => {
                    all.left_out.push(name.clone());
                    continue;
                }
                (Some("integer"), _) => InputKind::Number,
                (_, Some("date")) => InputKind::Date,
                _ => InputKind::Text,
            };
            if all.inputs.len() >= INPUTS {
                all.left_out.push(name.clone());
                continue;
            }
            let input = Input {
                key,
                label: said(label),
                hint: None,
                kind,
                optional: !required.contains(name.as_str()),
                pattern: None,
                example: None,
                choices: Vec::new(),
            };
            all.inputs.push((name.clone(), input));
        }
        all
    }

    pub(super) fn map(&self) -> String {
        let mut text =
            "# Made from the description; compare it with what the backend really wants.\n{\n".to_owned();
        for (name, claim) in &self.known {
            let _ = writeln!(text, "  {}: .person.{},", quoted(name), claim.word());
        }
        for (name, input) in &self.inputs {
            let _ = writeln!(text, "  {}: .answers.{},", quoted(name), input.key);
        }
        text.push_str("}\n");
        for name in &self.left_out {
            let _ = writeln!(text, "# Left out: {}", quoted(name));
        }
        text
    }
}

/// What an answer tells, and where in it.
pub(super) struct Told {
    /// The way to the records; empty where the answer is one.
    way: Vec<String>,
    list: bool,
    /// Their name for each fact, and the fact.
    pub(super) facts: Vec<(String, FactLine)>,
}

impl Told {
    pub(super) fn of(response: &Value) -> Self {
        let (way, record) = records(response, 0).unwrap_or((Vec::new(), response));
        let list = !std::ptr::eq(record, response);
        let mut taken = BTreeSet::new();
        let fields = record["properties"].as_object().into_iter().flatten();
        let plain_ones =
            fields.filter(|(_, schema)| !matches!(schema["type"].as_str(), Some("array" | "object")));
        let facts = plain_ones.take(FACTS).map(|(name, schema)| {
            let label = label(name, schema);
            let kind = match (schema["type"].as_str(), schema["format"].as_str()) {
                (Some("integer" | "number"), _) => FactKind::Number,
                (Some("boolean"), _) => FactKind::Flag,
                (_, Some("date")) => FactKind::Date,
                (_, Some("date-time")) => FactKind::Time,
                _ => FactKind::Text,
            };
            let line = FactLine {
                key: key(name, &mut taken),
                label: said(label),
                kind,
                unit: None,
                states: Vec::new(),
            };
            (name.clone(), line)
        });
        Self { way, list, facts: facts.collect() }
    }

    /// XML writes nothing for an empty list; elsewhere an answer without its list is no answer.
    pub(super) fn map(&self, xml: bool) -> String {
        let mut text =
            "# Made from the description; compare it with what the backend really answers.\n".to_owned();
        let each = if xml { " | list[]" } else { "[]" };
        let from = if self.list { format!("{}{each}", path(&self.way)) } else { ".".to_owned() };
        let _ = writeln!(text, "{{ records: [{from} | {{ facts: ({{");
        for (name, fact) in &self.facts {
            let _ = writeln!(text, "  {}: {},", fact.key, field(name));
        }
        text.push_str("} | with_entries(select(.value != null))) }] }\n");
        text
    }
}

/// The nearest list of objects in an answer.
fn records(shape: &Value, depth: usize) -> Option<(Vec<String>, &Value)> {
    if shape["type"] == "array" && shape["items"]["properties"].is_object() {
        return Some((Vec::new(), &shape["items"]));
    }
    if depth > 4 {
        return None;
    }
    let fields = shape["properties"].as_object()?;
    let mut found: Vec<_> = fields
        .iter()
        .filter_map(|(name, inner)| {
            let (mut way, record) = records(inner, depth + 1)?;
            way.insert(0, name.clone());
            Some((way, record))
        })
        .collect();
    found.sort_by_key(|(way, _)| way.len());
    found.into_iter().next()
}

/// The form of an application, what the city knows without asking, and the map that puts both together.
pub(super) fn application(request: &Value) -> (Value, Vec<Claim>, String) {
    let mut form = Map::new();
    let (mut claims, mut asked, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for (name, schema) in request["properties"].as_object().into_iter().flatten() {
        let label = label(name, schema);
        if let Some(claim) = Claim::asked_for(name, &[&label]) {
            known.push((name.clone(), claim));
            if !claims.contains(&claim) {
                claims.push(claim);
            }
        } else if asked.len() < 200 {
            form.insert(name.clone(), labelled(schema, &label));
            asked.push(name.clone());
        }
    }
    let required: Vec<&str> = strings(&request["required"]).filter(|name| form.contains_key(*name)).collect();
    let form = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": form,
        "required": required,
    });
    let mut text =
        "# Made from the description; compare it with what the backend really wants.\n{\n".to_owned();
    for (name, claim) in &known {
        let _ = writeln!(text, "  {}: .person.{},", quoted(name), claim.word());
    }
    for name in &asked {
        let _ = writeln!(text, "  {}: .answers{},", quoted(name), field(name));
    }
    text.push_str("}\n");
    (form, claims, text)
}

/// A schema that says at every level what people are asked, as far as the description does.
fn labelled(schema: &Value, said: &str) -> Value {
    let Value::Object(mut schema) = schema.clone() else { return schema.clone() };
    schema.insert("x-label".to_owned(), json!({ "zh": said, "en": said }));
    if let Some(Value::Object(fields)) = schema.get_mut("properties") {
        for (name, field) in fields {
            *field = labelled(field, &label(name, field));
        }
    }
    if let Some(items) = schema.get_mut("items") {
        *items = labelled(items, &label(said, items));
    }
    Value::Object(schema)
}

/// What comes back when something was handed in: where it stands is for the agency to say.
pub(super) fn receipt(response: &Value) -> String {
    let number = ["reference", "caseno", "number", "id", "no", "sblsh", "bjbh", "ywlsh", "orderno"];
    let found = place_of(response, &number, 0)
        .map(|way| format!("({} | if . == null then null else tostring end)", path(&way)));
    let reference = found.map_or_else(String::new, |path| format!("  reference: {path},\n"));
    format!(
        "# Made from the description. `pending` is neither success nor failure: say here which of the backend's codes\n\
         # mean that it was received, with word({{ \"…\": \"received\" }}).\n\
         {{\n  status: \"pending\",\n{reference}}} | with_entries(select(.value != null))\n"
    )
}

fn place_of(shape: &Value, names: &[&str], depth: usize) -> Option<Vec<String>> {
    let fields = shape["properties"].as_object()?;
    let is_plain = |schema: &Value| !matches!(schema["type"].as_str(), Some("array" | "object"));
    for wanted in names {
        let found = fields.iter().find(|(name, schema)| plain(name) == *wanted && is_plain(schema));
        if let Some((name, _)) = found {
            return Some(vec![name.clone()]);
        }
    }
    if depth > 3 {
        return None;
    }
    fields.iter().find_map(|(name, inner)| {
        let mut way = place_of(inner, names, depth + 1)?;
        way.insert(0, name.clone());
        Some(way)
    })
}

/// What a field is called, for people to read.
fn label(name: &str, schema: &Value) -> String {
    let said = schema["title"].as_str().or_else(|| schema["description"].as_str());
    let said = said.map(|said| cut(said, 60)).filter(|said| !said.trim().is_empty());
    said.unwrap_or_else(|| cut(if name.trim().is_empty() { "?" } else { name }, 60))
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}
