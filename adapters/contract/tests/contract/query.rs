//! Rules for `[query]`.

use yimen_contract::capability::lookup::Output;

use crate::folder::Folder;

const FILE: &str = "services/YZ02001.toml";

/// Breaks the query in one place; each finding names the file and a line, then begins as given.
#[track_caller]
fn told(old: &str, new: &str, starts: &[&str]) {
    Folder::backed().with(FILE, old, new).begins(FILE, starts);
}

#[test]
fn what_the_city_knows_is_not_asked() {
    told(
        "key = \"year\"\nlabel = { zh = \"年份\", en = \"Year\" }",
        "key = \"zjhm\"\nlabel = { zh = \"证件\", en = \"Document\" }",
        &[
            "query.inputs[2]: This field asks for data that the claim `identity_number` already gives. Remove the field",
        ],
    );
    told(
        "label = { zh = \"年份\", en = \"Year\" }",
        "label = { zh = \"手机号\", en = \"Mobile\" }",
        &[
            "query.inputs[2]: This field asks for what the city knows about everybody who signs in: `phone_number`.",
        ],
    );
    // A recipient's name is somebody else's.
    told(
        "label = { zh = \"年份\", en = \"Year\" }",
        "label = { zh = \"收件人姓名\", en = \"Recipient\" }",
        &[],
    );
}

#[test]
fn an_input_has_a_key_a_kind_and_an_example_that_fits() {
    told("key = \"plate\"", "key = \"Plate No\"", &["query.inputs[0].key: `Plate No` has the wrong form."]);
    told("key = \"year\"", "key = \"plate\"", &["query.inputs[2]: `plate` is listed twice."]);
    told(
        "example = \"测A12345\"",
        "example = \"测A1234\"",
        &["query.inputs[0].example: `测A1234` does not fit its own field."],
    );
    told(
        "example = \"02\"",
        "example = \"03\"",
        &["query.inputs[1].example: `03` does not fit its own field."],
    );
    told(
        "example = \"2026\"",
        "example = \"26\"",
        &["query.inputs[2].example: `26` does not fit its own field."],
    );
    told("kind = \"choice\"", "kind = \"text\"", &["query.inputs[1].choices: The kind `choice` and a list"]);
    told("value = \"52\"", "value = \"02\"", &["query.inputs[1].choices[1]: `02` is listed twice."]);
}

#[test]
fn a_pattern_always_ends() {
    told(
        "5,6}",
        "5,}",
        &["query.inputs[0].pattern: The pattern cannot be used: between { and } stands a number"],
    );
    told(
        "[A-Z][A-HJ",
        "(A|B)[A-HJ",
        &["query.inputs[0].pattern: The pattern cannot be used: it holds a sign"],
    );
    told(
        "kind = \"year\"\n",
        "kind = \"year\"\npattern = \"20\"\n",
        &["query.inputs[2].pattern: Only a text has a pattern."],
    );
}

#[test]
fn a_fact_has_the_kind_that_its_value_needs() {
    told(
        "kind = \"reference\"",
        "kind = \"reference\"\nunit = { zh = \"份\", en = \"each\" }",
        &["query.facts[4].unit: Only a number has a unit."],
    );
    told(
        "kind = \"reference\"",
        "kind = \"state\"",
        &["query.facts[4].states: The kind `state` and a list of states"],
    );
    told("word = \"paid\"", "word = \"unpaid\"", &["query.facts[5].states[1]: `unpaid` is listed twice."]);
    told(
        "word = \"handled\"",
        "word = \"pending\"",
        &["query.states[1].word: The contract itself says what `pending`"],
    );
    told("key = \"place\"", "key = \"at\"", &["query.facts[1]: `at` is listed twice."]);
    told("kind = \"time\"", "kind = \"datetime\"", &["query.facts[0].kind: `datetime` is not known here."]);
}

#[test]
fn what_comes_next_is_another_service() {
    told("next = [\"YZ02022\"]", "next = [\"YZ02001\"]", &["query.next[0]: The service leads to itself."]);
    told("next = [\"YZ02022\"]", "next = [\"renewal\"]", &["query.next[0]: `renewal` has the wrong form."]);
    told(
        "next = [\"YZ02022\"]",
        "page_size = 0",
        &["query.page_size: So many records do not stand on a page."],
    );
}

#[test]
fn every_missing_part_is_named() {
    told(
        "record = { zh = \"违法记录\", en = \"Violation\" }\n",
        "",
        &["query.record: This field is missing."],
    );
    told(
        "empty = { zh = \"没有未处理的违法记录。\", en = \"There are no violations on record.\" }\n",
        "",
        &["query.empty: This field is missing."],
    );
}

#[test]
fn an_answer_is_held_against_what_is_declared() {
    let package = Folder::backed().package();
    let service = package.services.iter().find(|service| service.code == "YZ02001").unwrap();
    let query = service.query.as_ref().unwrap();
    let misfits = |answer| {
        let answer: Output = serde_json::from_value(answer).unwrap();
        query.misfits(&answer).into_iter().map(|misfit| misfit.path).collect::<Vec<_>>()
    };
    let answer = serde_json::json!({
        "records": [
            { "state": "unhandled", "facts": { "fine": 1, "points": 2.5, "at": "2026-10-08T15:41:00+08:00" } },
            { "state": "lost", "next": "YZ02099", "facts": { "fine": 1.5, "at": "2026-10-08", "colour": "red" } },
            { "facts": { "payment": "somehow", "decision": 17, "place": false } },
        ],
        "summary": { "fines": 3, "days": 1 },
    });
    assert_eq!(
        misfits(answer),
        [
            "summary.days",
            "records[1].state",
            "records[1].next",
            "records[1].facts.at",
            "records[1].facts.colour",
            "records[1].facts.fine",
            "records[2].facts.decision",
            "records[2].facts.payment",
            "records[2].facts.place",
        ]
    );
}
