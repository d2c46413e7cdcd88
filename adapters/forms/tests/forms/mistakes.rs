//! What a form must not be, and what those who wrote it are told.

use serde_json::{Value, json};
use yimen_forms::Form;

use crate::folder::rich_schema;

/// The rich form with something else at a place; nothing takes away what is there.
fn with(place: &str, new: Value) -> Value {
    let mut schema = rich_schema();
    let (table, name) = place.rsplit_once('/').unwrap();
    let table = schema.pointer_mut(table).unwrap().as_object_mut().unwrap();
    match new {
        Value::Null => drop(table.remove(name)),
        new => drop(table.insert(name.to_owned(), new)),
    }
    schema
}

#[test]
fn each_mistake_is_named_at_its_place() {
    let cases = [
        ("/type", json!("array"), "type"),
        ("/x-sort", json!([]), "x-sort"),
        ("/properties", json!([]), "properties"),
        ("/additionalProperties", json!(true), "additionalProperties"),
        ("/required", json!(["who", "nobody"]), "required"),
        ("/required", json!("who"), "required"),
        ("/x-order", json!(["who", "nobody"]), "x-order"),
        ("/properties/who/x-label", json!("联系人"), "properties.who.x-label"),
        ("/properties/who/x-label", Value::Null, "properties.who"),
        ("/properties/who/type", json!(["string", "null"]), "properties.who.type"),
        ("/properties/who/maxLength", json!(1), "properties.who"),
        ("/properties/who/maxLength", json!(99_999), "properties.who.maxLength"),
        ("/properties/who/x-kind", json!("shoe-size"), "properties.who.x-kind"),
        ("/properties/who/examples", json!(["林"]), "properties.who.examples[0]"),
        ("/properties/who/x-from", json!("claim.shoe_size"), "properties.who.x-from"),
        ("/properties/who/title", json!([]), "properties.who.title"),
        ("/x-hint", json!({ "zh": 1 }), "x-hint.zh"),
        ("/properties/who/oneOf", json!([]), "properties.who.oneOf"),
        ("/properties/a.b", json!({ "type": "string", "x-label": { "zh": "甲" } }), "properties.\"a.b\""),
        ("/properties/csrf", json!({ "type": "string", "x-label": { "zh": "甲" } }), "properties.csrf"),
        ("/properties/number/examples", json!(["990101201512310031"]), "properties.number.examples[0]"),
        ("/properties/income/examples", json!(["2400"]), "properties.income.examples[0]"),
        ("/properties/income/minimum", json!("0"), "properties.income.minimum"),
        ("/properties/income/multipleOf", json!(0), "properties.income.multipleOf"),
        ("/properties/income/x-kind", json!("shoes"), "properties.income.x-kind"),
        ("/properties/area/multipleOf", json!(0.5), "properties.area.multipleOf"),
        ("/properties/plate/pattern", json!("测A12345"), "properties.plate.pattern"),
        ("/properties/plate/pattern", json!("^(测|京)A12345$"), "properties.plate.pattern"),
        ("/properties/born/x-not-before", json!("yesterday"), "properties.born.x-not-before"),
        ("/properties/born/x-not-before", json!({ "field": "until" }), "properties.born.x-not-before"),
        ("/properties/who/x-not-before", json!("today"), "properties.who"),
        ("/properties/way/enum", json!([]), "properties.way.enum"),
        ("/properties/way/enum", json!(["post", "post"]), "properties.way.enum"),
        ("/properties/way/enum", json!(["post", 1]), "properties.way.enum"),
        ("/properties/way/x-choices/pigeon", json!({ "zh": "信鸽" }), "properties.way.x-choices.pigeon"),
        ("/properties/agree/const", json!(false), "properties.agree.const"),
        ("/properties/yes/default", json!("no"), "properties.yes.default"),
        ("/properties/proof/x-accept", json!(["text/html"]), "properties.proof.x-accept"),
        ("/properties/proof/x-max-bytes", json!(0), "properties.proof.x-max-bytes"),
        ("/properties/children/items", json!(true), "properties.children.items"),
        ("/properties/children/maxItems", json!(51), "properties.children.maxItems"),
        ("/properties/nicknames/uniqueItems", json!(true), "properties.nicknames.uniqueItems"),
        ("/properties/who/x-show-when", json!({ "way": "post" }), "properties.who.x-show-when"),
        ("/properties/counter/x-show-when", json!({ "way": "pigeon" }), "properties.counter.x-show-when.way"),
        ("/properties/number/x-show-when", json!({ "way": "post" }), "properties.number.x-show-when"),
        ("/if/properties/way/const", json!("pigeon"), "if.properties.way"),
        ("/if/properties/nothing", json!({ "const": 1 }), "if.properties.nothing"),
        ("/if/properties/yes", json!({ "const": true }), "if.properties.yes"),
        ("/then/properties", json!({}), "then.properties"),
        ("/then/required", json!(["who"]), "then"),
        ("/dependentRequired", json!({ "until": ["left"] }), "dependentRequired.until"),
        ("/properties/partner/additionalProperties", json!({}), "properties.partner.additionalProperties"),
        (
            "/properties/children/items/$ref",
            json!("https://example.org/x"),
            "properties.children.items.\"$ref\"",
        ),
        ("/x-pages", json!([{ "fields": ["who"] }]), "x-pages"),
    ];
    let editor = jsonschema::validator_for(yimen_contract::schema::form().as_value()).unwrap();
    assert!(editor.is_valid(&rich_schema()));
    let mut said_by_the_schema = 0;
    for (place, new, path) in cases {
        let schema = with(place, new.clone());
        let mistakes = Form::read(&schema).expect_err(&format!("{place} {new}"));
        let errors: Vec<&str> =
            mistakes.iter().filter(|one| !one.warning).map(|one| one.path.as_str()).collect();
        assert!(errors.contains(&path), "{place} {new}: {errors:?}");
        said_by_the_schema += usize::from(!editor.is_valid(&schema));
        assert!(mistakes.iter().all(|one| !one.message.is_empty() && !one.remedy.is_empty()));
    }
    // Editors underline what needs no knowledge of other places.
    assert!(said_by_the_schema > 30, "{said_by_the_schema}");
}

#[test]
fn what_could_be_better_does_not_forbid_the_form() {
    for (place, new, path) in [
        ("/properties/way/x-choices/none", Value::Null, "properties.way.enum"),
        ("/properties/partner/x-order", json!(["works", "firm"]), "properties.partner.x-order"),
        ("/properties/reason/format", json!("uri"), "properties.reason.format"),
    ] {
        let (form, mistakes) = Form::judge(&with(place, new));
        assert!(form.is_some(), "{place}: {mistakes}");
        assert_eq!(mistakes.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), [path]);
    }
}

#[test]
fn a_form_that_asks_nothing_has_no_pages() {
    let (form, mistakes) =
        Form::judge(&json!({ "type": "object", "x-label": { "zh": "表" }, "properties": {} }));
    assert_eq!(mistakes.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["properties"]);
    let form = form.unwrap();
    let draft = yimen_forms::Draft::default();
    let filled = form.fill(&draft, crate::folder::today());
    assert!(
        form.pages.is_empty() && filled.unfinished().is_none() && filled.submission().unwrap().is_empty()
    );
}

#[test]
fn pages_stand_as_they_are_written() {
    let label = |zh: &str| json!({ "zh": zh });
    let text = |zh: &str| json!({ "type": "string", "maxLength": 9, "x-label": label(zh) });
    let mut schema = json!({
        "type": "object", "x-label": label("表"), "required": ["way"],
        "properties": {
            "a": text("甲"), "b": text("乙"),
            "way": { "type": "string", "enum": ["x", "y"], "x-label": label("丙"), "x-choices": { "x": label("是"), "y": label("否") } }
        },
        "x-pages": [
            { "title": label("先"), "hint": label("说明"), "fields": ["way", "b"] },
            { "fields": ["a"] }
        ]
    });
    schema["properties"]["b"]["x-show-when"] = json!({ "way": "x" });
    let form = Form::read(&schema).unwrap();
    let pages: Vec<(&str, &[String])> =
        form.pages.iter().map(|page| (page.id.as_str(), page.fields.as_slice())).collect();
    assert_eq!(pages, [("way", &["way".to_owned(), "b".to_owned()][..]), ("a", &["a".to_owned()][..])]);
    assert_eq!(form.pages[0].title.as_ref().unwrap().zh, "先");
    assert_eq!(form.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["way", "b", "a"]);
    assert_eq!(form.field("b").unwrap().deciders().collect::<Vec<_>>(), ["way"]);
    for (pages, path) in [
        (json!([{ "fields": ["b", "way"] }, { "fields": ["a"] }]), "properties.b.x-show-when"),
        (json!([{ "fields": ["way", "b", "a", "way"] }]), "x-pages[0].fields"),
        (json!([{ "fields": ["way"] }]), "x-pages"),
        (json!([{ "fields": [] }, { "fields": ["way", "b", "a"] }]), "x-pages[0].fields"),
        (json!([{ "fields": ["way", "b", "a"], "icon": 1 }]), "x-pages[0].icon"),
        (json!({}), "x-pages"),
    ] {
        schema["x-pages"] = pages;
        let mistakes = Form::read(&schema).unwrap_err();
        assert!(mistakes.iter().any(|one| one.path == path), "{mistakes}");
    }
}

#[test]
fn more_than_anybody_fills_in_is_refused() {
    let mut schema = json!({ "type": "object", "x-label": { "zh": "表" }, "properties": {} });
    for at in 0..201 {
        schema["properties"][format!("f{at}")] = json!({ "type": "boolean", "x-label": { "zh": "问" } });
    }
    assert!(Form::read(&schema).unwrap_err().to_string().contains("at most 200"));
}
