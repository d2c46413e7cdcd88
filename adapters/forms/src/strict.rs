//! The last word: the form's own JSON Schema, made stricter by what its hints ask for, compiled once. Nothing is
//! fetched, and patterns run on an engine whose time grows with the text and no faster.

use std::sync::Arc;

use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::{Value, json};

use crate::model::{Entry, Field, Kind, Text};
use crate::walk::is_file;

/// What a compiled pattern may take up, in bytes.
const PATTERN: usize = 1024 * 1024;

#[derive(Debug, Clone)]
pub(crate) struct Strict(Arc<Validator>);

const ENTRIES: [(Entry, &str); 8] = [
    (Entry::Date, "portal-date"),
    (Entry::Month, "portal-month"),
    (Entry::Year, "portal-year"),
    (Entry::Time, "portal-time"),
    (Entry::Identity, "portal-identity-number"),
    (Entry::Credit, "portal-credit-code"),
    (Entry::Phone, "portal-phone"),
    (Entry::Mail, "portal-mail"),
];

const FILE: &str = "portal-file";

impl Strict {
    /// Compiles a schema without references; where and why not, if it is no schema after all.
    pub fn new(schema: &Value, fields: &[Field]) -> Result<Self, (String, String)> {
        let mut schema = schema.clone();
        object(&mut schema, fields);
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .offline()
            .should_validate_formats(true)
            .with_pattern_options(PatternOptions::regex().size_limit(PATTERN).dfa_size_limit(PATTERN))
            .with_format(FILE, is_file);
        let options = ENTRIES.into_iter().fold(options, |options, (entry, name)| {
            options.with_format(name, move |text: &str| entry.fits(text))
        });
        options
            .build(&schema)
            .map(|validator| Self(Arc::new(validator)))
            .map_err(|error| (error.instance_path().to_string(), error.to_string()))
    }

    /// The questions whose answers do not fit.
    pub fn misfits(&self, document: &Value) -> Vec<String> {
        if self.0.is_valid(document) {
            return Vec::new();
        }
        let places = self.0.iter_errors(document).map(|error| error.instance_path().to_string());
        let mut fields: Vec<String> =
            places.map(|place| place.split('/').nth(1).unwrap_or_default().to_owned()).collect();
        fields.dedup();
        fields
    }
}

fn object(schema: &mut Value, fields: &[Field]) {
    schema["additionalProperties"] = json!(false);
    for field in fields {
        one(&mut schema["properties"][&field.name], &field.kind);
    }
}

fn one(schema: &mut Value, kind: &Kind) {
    // Words such as `int32` are nobody's business here.
    if let Some(words) = schema.as_object_mut() {
        words.remove("format");
    }
    match kind {
        Kind::Text(Text { entry, most, .. }) => {
            schema["maxLength"] = json!(most);
            if let Some((_, name)) = ENTRIES.iter().find(|(known, _)| known == entry) {
                schema["format"] = json!(name);
            }
        }
        Kind::File(_) => schema["format"] = json!(FILE),
        Kind::Many { most, .. } => {
            schema["uniqueItems"] = json!(true);
            schema["maxItems"] = json!(most);
        }
        Kind::Group(fields) => object(schema, fields),
        Kind::Repeat { item, most, .. } => {
            schema["maxItems"] = json!(most);
            one(&mut schema["items"], &item.kind);
        }
        Kind::Whole(_) | Kind::Money(_) | Kind::Number(_) | Kind::Choice(_) | Kind::YesNo | Kind::Agree => {}
    }
}
