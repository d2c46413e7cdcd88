//! Anything at all, where a form, a post or a document is expected: never a panic, never a wrong yes.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use yimen_forms::{Draft, Form};

use crate::folder::{rich, rich_schema, today};

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        proptest::sample::select(vec![
            "string",
            "object",
            "array",
            "integer",
            "number",
            "boolean",
            "who",
            "way",
            "post",
            "today-18Y",
            "#/$defs/day",
            "money",
            "file",
            "^a{3}$"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let word = prop_oneof![
            8 => proptest::sample::select(vec!["type", "properties", "required", "items", "enum", "x-choices", "x-label", "zh", "x-kind", "if", "then", "else", "allOf", "x-order", "x-pages", "fields", "pattern", "minimum", "maxLength", "x-show-when", "x-from", "examples", "default", "const", "not", "$ref", "dependentRequired", "x-not-before", "field", "minItems"]).prop_map(str::to_owned),
            1 => ".{0,4}",
        ];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((word, inner), 0..6).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// Every place in a value.
fn places(value: &Value, here: &str, all: &mut Vec<String>) {
    all.push(here.to_owned());
    match value {
        Value::Object(table) => table.iter().for_each(|(name, value)| {
            places(value, &format!("{here}/{}", name.replace('~', "~0").replace('/', "~1")), all);
        }),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| places(value, &format!("{here}/{at}"), all));
        }
        _ => {}
    }
}

fn read(schema: &Value) -> Option<Form> {
    let (form, mistakes) = Form::judge(schema);
    assert_eq!(form.is_none(), mistakes.refuse(), "{mistakes}");
    form
}

fn use_it(form: &Form, posted: &[(String, String)], document: &Value) {
    let mut draft = Draft::default();
    for page in &form.pages {
        let _ = draft.take(form, page, posted.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    }
    for draft in [draft, Draft::of(form, document.as_object().unwrap_or(&Map::new()))] {
        let filled = form.fill(&draft, today());
        assert_eq!(filled.wrong().is_empty(), filled.fits_schema(), "{:?}", filled.document());
        let _ = (filled.review(), filled.unfinished(), filled.submission());
        let carried = form.carry(&rich(), &draft, today());
        let _ = rich().carry(form, &carried.draft, today());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn as_a_form(schema in anything(), posted in proptest::collection::vec((".{0,10}", ".{0,10}"), 0..5)) {
        if let Some(form) = read(&schema) {
            use_it(&form, &posted, &json!({}));
        }
    }

    #[test]
    fn somewhere_in_a_form(at in any::<prop::sample::Index>(), new in anything(), document in anything()) {
        let mut schema = rich_schema();
        let mut all = Vec::new();
        places(&schema, "", &mut all);
        *schema.pointer_mut(&all[at.index(all.len())]).unwrap() = new;
        if let Some(form) = read(&schema) {
            use_it(&form, &[], &document);
        }
    }

    #[test]
    fn as_what_was_posted(posted in proptest::collection::vec(("(who|way|children|nicknames|partner|left|post_to)(\\[[0-9x]{0,3}\\])?(\\.(name|year|street|born))?.{0,2}", ".{0,20}"), 0..20)) {
        use_it(&rich(), &posted, &json!({}));
    }

    #[test]
    fn as_a_document(values in proptest::collection::vec(anything(), 29), names in any::<prop::sample::Index>()) {
        let form = rich();
        let skip = names.index(29);
        let document: Map<String, Value> = form.fields.iter().skip(skip).map(|field| field.name.clone()).zip(values).collect();
        use_it(&form, &[], &Value::Object(document));
    }
}

#[test]
fn what_points_at_itself_or_has_no_end_is_refused() {
    let group =
        |inner: Value| json!({ "type": "object", "x-label": { "zh": "甲" }, "properties": { "a": inner } });
    let mut circle = group(json!({ "$ref": "#/$defs/a" }));
    circle["$defs"] = json!({ "a": { "type": "object", "x-label": { "zh": "乙" }, "properties": { "a": { "$ref": "#/$defs/a" } } } });
    let mut short = group(json!({ "$ref": "#/$defs/a" }));
    short["$defs"] = json!({ "a": { "$ref": "#/$defs/a" } });
    // Each of twenty steps doubles what is written out.
    let mut doubling = group(json!({ "$ref": "#/$defs/d0" }));
    for step in 0..20 {
        let next = json!({ "$ref": format!("#/$defs/d{}", step + 1) });
        doubling["$defs"][format!("d{step}")] = json!({ "allOf": [next, next], "type": "object" });
    }
    let mut deep = group(json!({ "type": "string", "x-label": { "zh": "甲" } }));
    for _ in 0..60 {
        deep = group(deep);
    }
    for schema in [circle, short, doubling, deep] {
        assert!(Form::read(&schema).is_err());
    }
}

#[test]
fn no_pattern_keeps_anybody_waiting() {
    let slow = "^(a+)+$";
    let schema = json!({ "type": "object", "x-label": { "zh": "甲" }, "properties": { "a": { "type": "string", "x-label": { "zh": "甲" }, "pattern": slow } } });
    assert!(Form::read(&schema).is_err());
}
