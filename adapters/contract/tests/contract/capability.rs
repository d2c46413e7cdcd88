//! Rules for the capabilities that `agency.toml` binds.

use crate::folder::Folder;

const FILE: &str = "agency.toml";
const BOUND: &str = r#"
[capabilities."identity.verify"]
path = "/v1/verify"

[capabilities."identity.verify".send]
"rq.xm" = "name"
zjhm = "identity_number"
jb = "level"

[capabilities."identity.verify".read]
outcome = { from = "result.code", words = { "00" = "match" } }
"#;

fn folder() -> Folder {
    let mut folder = Folder::agency().with(FILE, "driver = \"soap\"", "driver = \"rest\"").with(
        FILE,
        "auth = \"ws-security\"",
        "auth = \"hmac\"",
    );
    folder.0.get_mut(FILE).unwrap().push_str(BOUND);
    folder
}

/// The part of each finding after file and line.
#[track_caller]
fn told(old: &str, new: &str, starts: &[&str]) {
    let folder = if old.is_empty() { folder() } else { folder().with(FILE, old, new) };
    let reading = yimen_contract::package::read("vehicle-office", &folder.files());
    let said = crate::folder::said(&reading.findings);
    assert_eq!(said.len(), starts.len(), "{said:#?}");
    for (said, start) in said.iter().zip(starts) {
        let (place, words) = said.split_once(": ").unwrap();
        assert!(place.starts_with("agency.toml:"), "it names the line: {said}");
        assert!(words.starts_with(start), "{said}");
    }
}

#[test]
fn a_binding_in_order_is_fine() {
    told("", "", &[]);
}

#[test]
fn what_is_bound_exists_and_its_driver_can_be_asked() {
    told(
        "[capabilities.\"identity.verify\"]",
        "[capabilities.\"identity.guess\"]\npath = \"/x\"\n[capabilities.\"identity.verify\"]",
        &[
            "capabilities.\"identity.guess\": There is no capability `identity.guess`. Choose one of health, identity.verify",
        ],
    );
    told(
        "driver = \"rest\"",
        "driver = \"soap\"",
        &["capabilities.\"identity.verify\".soap: The driver `soap` needs to know the operation's envelope."],
    );
}

#[test]
fn a_question_about_a_person_never_stands_in_an_address() {
    told(
        "path = \"/v1/verify\"",
        "path = \"/v1/verify\"\nmethod = \"GET\"",
        &["capabilities.\"identity.verify\".method: A question about a person would stand in the address"],
    );
}

#[test]
fn a_path_is_plain() {
    for path in [
        "v1",
        "/../admin",
        "//evil.example/",
        "/a?b=1",
        "/a#b",
        "/a b",
        "/%2e%2e/",
        "http://evil.example/",
        "",
    ] {
        told(
            "path = \"/v1/verify\"",
            &format!("path = \"{path}\""),
            &["capabilities.\"identity.verify\".path: "],
        );
    }
}

#[test]
fn fields_and_words_are_the_contracts() {
    told(
        "zjhm = \"identity_number\"",
        "zjhm = \"number\"",
        &[
            "capabilities.\"identity.verify\".send: The backend is never told `identity_number`.",
            "capabilities.\"identity.verify\".send.\"zjhm\": The question has no field `number`.",
        ],
    );
    told(
        "\"match\" }",
        "\"fine\" }",
        &[
            "capabilities.\"identity.verify\".read.\"outcome\".words.\"00\": `fine` is no word of the contract.",
        ],
    );
    told(
        "outcome = {",
        "level = {",
        &[
            "capabilities.\"identity.verify\".read: Nobody knows where in the answer `outcome` is.",
            "capabilities.\"identity.verify\".read.\"level\".words.\"00\": This field has no fixed words.",
        ],
    );
}

#[test]
fn a_map_is_in_the_package_and_alone_and_a_missing_path_is_named() {
    told(
        "path = \"/v1/verify\"",
        "path = \"/v1/verify\"\nrequest = \"maps/verify.jq\"",
        &[
            "capabilities.\"identity.verify\".request: A map and the table `send` cannot both",
            "capabilities.\"identity.verify\".request: There is no map `maps/verify.jq` in the package.",
        ],
    );
    told(
        "path = \"/v1/verify\"",
        "method = \"POST\"",
        &["capabilities.\"identity.verify\".path: This field is missing."],
    );
}

#[test]
fn what_is_repeated_carries_its_key() {
    let hold =
        "\n[capabilities.\"slots.hold\"]\nmethod = \"GET\"\npath = \"/v1/hold\"\n\n[capabilities.lookup]";
    let folder = Folder::backed().with("agency.toml", "\n[capabilities.lookup]", hold);
    let said = folder.said_of("agency.toml");
    assert!(said.iter().any(|said| said.contains("cannot be asked by GET")), "{said:#?}");
}
