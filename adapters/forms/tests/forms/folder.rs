//! Forms to try things on.

use std::path::PathBuf;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde_json::{Map, Value};
use yimen_contract::Files;
use yimen_forms::{Draft, Form, Kind};

pub fn agencies() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../agencies")
}

/// Every form of the demo city, with its path.
pub fn city() -> Vec<(String, Value)> {
    let mut forms = Vec::new();
    for entry in std::fs::read_dir(agencies()).unwrap() {
        let folder = entry.unwrap().path();
        let files = Files::read_folder(&folder);
        let slug = folder.file_name().unwrap().to_str().unwrap().to_owned();
        for (path, text) in files.iter().filter(|(path, _)| path.starts_with("forms/")) {
            forms.push((format!("{slug}/{path}"), serde_json::from_str(text).unwrap()));
        }
    }
    forms.sort_by(|a, b| a.0.cmp(&b.0));
    forms
}

/// A form with everything in it that a form can have.
pub fn rich_schema() -> Value {
    serde_json::from_str(include_str!("rich.json")).unwrap()
}

pub fn rich() -> Form {
    static RICH: LazyLock<Form> =
        LazyLock::new(|| Form::read(&rich_schema()).unwrap_or_else(|mistakes| panic!("{mistakes}")));
    RICH.clone()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn today() -> NaiveDate {
    day("2026-11-21")
}

/// A draft in which these answers were posted, each on its page.
pub fn posted(form: &Form, answers: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for page in &form.pages {
        draft.take(form, page, answers.iter().copied()).unwrap();
    }
    draft
}

/// The form filled in with its own examples.
pub fn example(form: &Form, schema: &Value) -> Draft {
    let mut document = Map::new();
    for field in &form.fields {
        let property = &schema["properties"][&field.name];
        let value = match &field.kind {
            Kind::Choice(choices) => choices[0].value.clone().into(),
            Kind::YesNo | Kind::Agree => true.into(),
            _ => property["examples"][0].clone(),
        };
        document.insert(field.name.clone(), value);
    }
    Draft::of(form, &document)
}

/// Answers to everything that the rich form asks.
pub const RIGHT: [(&str, &str); 33] = [
    ("who", "林晓"),
    ("number", "99010120151231003x"),
    ("code", "11990100990000025W"),
    ("phone", "139 0000 0002"),
    ("mail", "lin@example.cn"),
    ("born", "1990年5月12日"),
    ("month", "2026年3月"),
    ("year", "2026"),
    ("time", "8:30"),
    ("area", "82.5"),
    ("plate", "测a 12345"),
    ("reason", "孩子上学\n离家近"),
    ("way", "post"),
    ("post_to.district", "云江区"),
    ("post_to.street", "通衢大道61号"),
    ("counter", "3号"),
    ("members", "６"),
    ("large", "on"),
    ("income", "￥2,400.5"),
    ("left.year", "2026"),
    ("left.month", "3"),
    ("left.day", "5"),
    ("until", "2026-03-06"),
    ("topics", "c"),
    ("topics", "a"),
    ("yes", "false"),
    ("partner.name", "王晨"),
    ("partner.works", "true"),
    ("partner.firm", "云州纺织"),
    ("partner_since", "2015-10-01"),
    ("children[0].name", "王林"),
    ("nicknames[1]", "林小"),
    ("agree", "on"),
];
