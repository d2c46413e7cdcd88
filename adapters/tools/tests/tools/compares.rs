//! What another version changes is said, and what breaks is told from what does not.

use yimen_contract::{Files, package};
use yimen_tools::difference::{Change, Weight, Whom, changes};

use crate::packages::{backed, edited, with};

fn between(new: &Files) -> Vec<Change> {
    let load = |files| package::read("vehicle-office", files).into_result().unwrap();
    changes(&load(&backed()), &load(new))
}

fn one(path: &str, from: &str, to: &str) -> (Weight, Whom, String) {
    let list = between(&edited(&backed(), path, from, to));
    assert_eq!(list.len(), 1, "{list:#?}");
    (list[0].weight, list[0].whom, list[0].message.clone())
}

const QUERY: &str = "services/YZ02001.toml";

#[test]
fn nothing_changed_is_nothing() {
    assert_eq!(between(&backed()), []);
    let moved = edited(
        &backed(),
        QUERY,
        "claims = [\"name\", \"identity_number\"]",
        "claims = [\"identity_number\", \"name\"]",
    );
    assert_eq!(between(&moved), []);
}

#[test]
fn words_break_nothing() {
    let (weight, whom, message) =
        one(QUERY, "en = \"Traffic violations by plate\" }", "en = \"Violations\" }");
    assert_eq!((weight, whom), (Weight::Plain, Whom::People));
    assert!(message.contains("Violations"), "{message}");
}

#[test]
fn what_people_can_no_longer_do_breaks() {
    let cases = [
        (QUERY, "assurance = 4", "assurance = 5"),
        (QUERY, "assurance = 4", "assurance = 3"),
        (QUERY, "status = \"online\"", "status = \"retired\""),
        (QUERY, "agent_allowed = true", "agent_allowed = false"),
        (
            QUERY,
            "[[query.states]]\nword = \"handled\"\nlabel = { zh = \"已处理\", en = \"Handled\" }\ntone = \"good\"\n",
            "",
        ),
        (
            QUERY,
            "[[query.facts]]\nkey = \"decision\"\nlabel = { zh = \"决定书编号\", en = \"Decision\" }\nkind = \"reference\"\n",
            "",
        ),
        ("agency.toml", "path = \"/v1/query\"", "path = \"/v2/query\""),
        ("agency.toml", "endpoint = \"vehicle-office\"", "endpoint = \"vehicle-gateway\""),
        ("agency.toml", "secrets = [\"signing-key\"]", "secrets = [\"signing-key\", \"other-key\"]"),
        ("agency.toml", "amount_unit = \"yuan-2dp\"", "amount_unit = \"fen\""),
    ];
    for (path, from, to) in cases {
        let (weight, _, message) = one(path, from, to);
        assert_eq!(weight, Weight::Breaks, "{from}: {message}");
    }
}

#[test]
fn what_people_must_fill_in_from_now_on_breaks() {
    let files = edited(&backed(), QUERY, "optional = true\n", "");
    let files = edited(
        &files,
        "samples/one-violation.json",
        "\"plate_type\": \"02\" }",
        "\"plate_type\": \"02\", \"year\": \"2026\" }",
    );
    let list = between(&files);
    assert_eq!(
        (list[0].weight, &*list[0].message),
        (Weight::Breaks, "People must fill in `year` from now on.")
    );
}

#[test]
fn what_should_be_looked_at_is_notable_and_no_more() {
    let cases = [
        (
            QUERY,
            "mode = \"free\"",
            "mode = \"fixed\"\namount_fen = 500\nbasis = { zh = \"某办法\", en = \"Some rule\" }",
        ),
        ("agency.toml", "deadline_ms = 3000", "deadline_ms = 2000"),
        ("maps/records.jq", "reference: .xh", "reference: (.xh)"),
    ];
    for (path, from, to) in cases {
        let list = between(&edited(&backed(), path, from, to));
        assert_eq!(list[0].weight, Weight::Notable, "{from}: {list:#?}");
    }
}

#[test]
fn a_service_that_is_gone_breaks_and_a_new_one_does_not() {
    let gone = with(
        &backed(),
        &[("services/YZ02022.toml", ""), ("forms/renewal.json", ""), ("samples/refused.json", "")],
    );
    let gone = edited(&gone, QUERY, "next = [\"YZ02022\"]\n", "");
    let list = between(&gone);
    assert!(
        list.iter().any(|one| one.weight == Weight::Breaks && one.subject == "service YZ02022"),
        "{list:#?}"
    );
    let text = backed().get(QUERY).unwrap().replace("YZ02001", "YZ02099").replace("990Z02001", "990Z02099");
    let list = between(&with(&backed(), &[("services/YZ02099.toml", &text)]));
    assert_eq!(list.len(), 1, "{list:#?}");
    assert_eq!((list[0].weight, &*list[0].subject), (Weight::Plain, "service YZ02099"));
}

#[test]
fn what_the_backend_is_sent_is_read_from_the_samples() {
    let files = edited(
        &backed(),
        "samples/one-violation.json",
        "\"hpzl\": \"02\" }",
        "\"hpzl\": \"02\", \"nf\": \"2026\" }",
    );
    let list = between(&files);
    assert_eq!(list.len(), 1, "{list:#?}");
    assert_eq!(list[0].message, "The backend is now sent `nf`.");
}
