//! The schemas that editors use.

use yimen_contract::schema;

#[test]
fn every_kind_of_file_has_a_schema() {
    let patterns: Vec<&str> = schema::all().into_iter().map(|(pattern, _)| pattern).collect();
    assert_eq!(
        patterns,
        [
            "agency.toml",
            "services/*.toml",
            "licences/*.toml",
            "policies/*.toml",
            "bulletins/*.toml",
            "samples/*.json",
            "forms/*.json",
            "city.toml",
            "domains.toml",
            "zones.toml",
            "life-events.toml",
            "calendar.toml",
            "words.toml",
            "ratings.toml",
            "voice.toml",
        ]
    );
}

#[test]
fn a_schema_tells_fields_choices_and_meaning() {
    let service = schema::service().to_value();
    assert_eq!(service["title"], "Service");
    assert_eq!(service["additionalProperties"], false);
    assert!(service["required"].as_array().unwrap().contains(&"summary".into()));
    assert!(!service["required"].as_array().unwrap().contains(&"zones".into()));
    assert!(service["properties"]["type"].is_object());
    assert_eq!(service["$defs"]["DayUnit"]["enum"], serde_json::json!(["working", "calendar"]));
    assert!(service["properties"]["summary"]["description"].as_str().unwrap().starts_with("One sentence"));
}

#[test]
fn the_schema_of_forms_knows_their_hints() {
    let form = schema::form().to_value();
    assert_eq!(form["title"], "Form");
    assert!(form["$defs"]["question"]["properties"]["x-show-when"].is_object());
}

#[test]
fn every_schema_has_a_file_of_its_own() {
    let names: Vec<String> = schema::files().into_iter().map(|(_, name, _)| name).collect();
    for wanted in [
        "agency.schema.json",
        "services.schema.json",
        "samples.schema.json",
        "forms.schema.json",
        "case.submit.input.schema.json",
        "lookup.output.schema.json",
        "case.changed.event.schema.json",
    ] {
        assert_eq!(names.iter().filter(|name| *name == wanted).count(), 1, "{wanted}");
    }
    let different: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!(different.len(), names.len());
}
