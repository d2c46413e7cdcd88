//! A package as a value in which everything is found by its name, so that moving something is no change and what is
//! removed is not taken for another thing.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use yimen_contract::Package;

pub(super) fn of(package: &Package) -> Value {
    let mut agency = to_value(&package.agency);
    let capabilities = agency.as_object_mut().and_then(|agency| agency.remove("capabilities"));
    let backend = agency.as_object_mut().and_then(|agency| agency.remove("backend"));
    let mut backend = backend.unwrap_or_default();
    as_set(&mut backend["secrets"]);
    json!({
        "agency": agency,
        "backend": backend,
        "capabilities": capabilities.unwrap_or_else(|| json!({})),
        "services": named(package.services.iter().map(|service| (service.code.clone(), service_of(service)))),
        "licences": named(package.licences.iter().map(|licence| (licence.code.clone(), to_value(licence)))),
        "policies": named(package.policies.iter().map(|policy| (policy.id.clone(), to_value(policy)))),
        "bulletins": named(package.bulletins.iter().map(|bulletin| (bulletin.id.clone(), to_value(bulletin)))),
        "forms": named(package.forms.iter().map(|(path, form)| (path.clone(), form_of(form)))),
        "maps": to_value(&package.maps),
        "exchanges": exchanges(package),
    })
}

fn to_value(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn named(entries: impl Iterator<Item = (String, Value)>) -> Value {
    Value::Object(entries.collect())
}

fn service_of(service: &yimen_contract::service::Service) -> Value {
    let mut value = to_value(service);
    for list in ["claims", "synonyms", "zones", "months", "joint_with", "policies"] {
        as_set(&mut value[list]);
    }
    for (list, name) in
        [("papers", "/name/zh"), ("steps", "/name/zh"), ("faq", "/q/zh"), ("basis", "/law/zh")]
    {
        by_name(&mut value[list], name);
    }
    let query = &mut value["query"];
    if query.is_object() {
        for (list, name) in [("inputs", "/key"), ("states", "/word"), ("facts", "/key"), ("summary", "/key")]
        {
            by_name(&mut query[list], name);
        }
        for list in ["inputs", "facts", "summary"] {
            for one in query[list].as_object_mut().into_iter().flat_map(Map::values_mut) {
                by_name(&mut one["choices"], "/value");
                by_name(&mut one["states"], "/word");
            }
        }
        as_set(&mut query["next"]);
    }
    value
}

fn form_of(form: &Value) -> Value {
    let mut form = form.clone();
    as_set(&mut form["required"]);
    let fields = form["properties"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for field in fields.filter(|field| field.is_object()) {
        as_set(&mut field["enum"]);
    }
    form
}

/// What each capability was seen to send and to be told, field by field: samples that came or went are no
/// change by themselves.
fn exchanges(package: &Package) -> Value {
    let mut seen: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for sample in package.samples.values() {
        let fields = seen.entry(&sample.capability).or_default();
        let request = sample.request.as_ref().unwrap_or(&sample.question);
        gather(request, "", fields);
    }
    seen.into_iter().map(|(name, fields)| (name.to_owned(), Value::Object(fields))).collect()
}

fn gather(value: &Value, path: &str, fields: &mut Map<String, Value>) {
    match value {
        Value::Object(table) => {
            for (name, value) in table {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                gather(value, &path, fields);
            }
        }
        Value::Array(list) => list.iter().for_each(|one| gather(one, path, fields)),
        _ => drop(fields.insert(path.to_owned(), true.into())),
    }
}

/// A list whose order says nothing.
fn as_set(list: &mut Value) {
    let words = list.as_array().into_iter().flatten();
    let name = |word: &Value| word.as_str().map_or_else(|| word.to_string(), str::to_owned);
    *list = Value::Object(words.map(|word| (name(word), true.into())).collect());
}

/// A list whose entries have names. One without keeps its place.
fn by_name(list: &mut Value, name: &str) {
    let entries = list.as_array().into_iter().flatten().enumerate();
    let named = entries.map(|(index, entry)| {
        let name = entry.pointer(name).and_then(Value::as_str);
        (name.map_or_else(|| index.to_string(), str::to_owned), entry.clone())
    });
    *list = Value::Object(named.collect());
}
