//! The contract itself: every capability has a form, a name and an example, and none of them can drift.

use serde_json::Value;
use yimen_contract::capability::{Capability, EventKind, Repeat};

use crate::folder::Folder;

#[test]
fn every_capability_is_named_versioned_and_described() {
    for capability in Capability::ALL {
        let name = capability.name();
        assert_eq!(Capability::named(name), Some(capability));
        assert_eq!(serde_json::to_value(capability).unwrap(), name);
        for (part, schema) in [("input", capability.input_schema()), ("output", capability.output_schema())] {
            let schema = schema.to_value();
            assert_eq!(schema["$id"], format!("urn:yimen:contract:1:{name}:{part}"));
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
            assert!(schema["description"].is_string(), "{name} {part}");
            assert_eq!(part == "input", schema["additionalProperties"] == false, "{name} {part}");
        }
    }
    for event in EventKind::ALL {
        assert_eq!(EventKind::named(event.name()), Some(event));
        assert_eq!(event.schema().to_value()["$id"], format!("urn:yimen:contract:1:event:{}", event.name()));
    }
}

/// Fields a reader of the schemas would have to guess at. A few say all with their name.
#[test]
fn every_field_of_a_question_is_explained() {
    for capability in Capability::ALL {
        let schema = capability.input_schema().to_value();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            assert!(field["description"].is_string(), "{}: {name}", capability.name());
        }
    }
}

/// What is asked afterwards must be harmless, or nobody would be the wiser.
#[test]
fn what_writes_can_be_asked_after_and_what_reads_need_not_be() {
    for capability in Capability::ALL {
        assert_eq!(capability.writes(), capability.asked_after().is_some(), "{}", capability.name());
        assert!(capability.asked_after().is_none_or(|after| !after.writes()), "{}", capability.name());
    }
}

/// A word that the contract does not know is neither success nor failure, wherever a state can stand.
#[test]
fn an_unknown_state_is_pending() {
    let mut seen = 0;
    for capability in Capability::ALL {
        let mut answer = capability.example().unwrap().answer;
        for field in ["status", "outcome"] {
            if answer[field].is_string() {
                answer[field] = "a word of tomorrow".into();
                assert_eq!(capability.accepts_answer(&answer), Ok(()), "{}", capability.name());
                seen += 1;
            }
        }
    }
    assert!(seen > 15, "{seen}");
    // What a driver answers for a backend that has not decided.
    for capability in Capability::ALL.into_iter().filter(|capability| capability.writes()) {
        let undecided = serde_json::json!({ "outcome": "pending", "status": "pending" });
        assert_eq!(capability.accepts_answer(&undecided), Ok(()), "{}", capability.name());
    }
}

/// A backend that says nothing has not said "nothing found".
#[test]
fn an_empty_answer_is_no_empty_list() {
    for capability in Capability::ALL.into_iter().filter(|capability| !capability.writes()) {
        let read = capability.accepts_answer(&serde_json::json!({}));
        assert_eq!(read.is_ok(), capability == Capability::Health, "{}", capability.name());
    }
}

#[test]
fn a_question_with_an_unknown_field_is_refused() {
    for capability in Capability::ALL {
        let mut question = capability.example().unwrap().question;
        question["surprise"] = Value::Bool(true);
        assert!(capability.accepts_question(&question).is_err(), "{}", capability.name());
    }
}

#[test]
fn a_write_is_repeated_only_where_that_does_no_harm() {
    let agency = |old: &str, new: &str| Folder::backed().with("agency.toml", old, new).package().agency;
    let plain = agency("format = 1", "format = 1");
    assert_eq!(plain.repeat(Capability::CaseSubmit, "YZ02022"), Repeat::After(Capability::CaseFind));
    assert_eq!(plain.repeat(Capability::CaseStatus, "YZ02022"), Repeat::Yes);
    assert_eq!(plain.repeat(Capability::CaseWithdraw, "YZ02022"), Repeat::After(Capability::CaseStatus));
    assert_eq!(plain.repeat(Capability::DuesSettle, "YZ02022"), Repeat::Never);
    let honoured = agency("path = \"/v1/cases\"\n", "path = \"/v1/cases\"\nidempotent = true\n");
    assert_eq!(honoured.repeat(Capability::CaseSubmit, "YZ02022"), Repeat::Yes);
    let blind = agency("\"case.find\"", "\"case.find@YZ02022\"");
    assert_eq!(blind.repeat(Capability::CaseSubmit, "YZ02022"), Repeat::After(Capability::CaseFind));
    assert_eq!(blind.repeat(Capability::CaseSubmit, "YZ02001"), Repeat::Never);
}

#[test]
fn a_service_may_have_a_way_of_its_own() {
    let agency = Folder::backed().package().agency;
    let path = |code| agency.binding_for(Capability::Lookup, code).unwrap().path.clone();
    assert_eq!(path("YZ02001"), "/v1/query");
    assert_eq!(path("YZ02012"), "/v1/exams");
    assert!(agency.binding_for(Capability::DuesList, "YZ02001").is_none());
}
