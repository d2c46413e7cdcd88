//! Rules for what a package says about its backend's protocol.

use crate::folder::{Folder, said};

const FILE: &str = "agency.toml";

const FIXED: &str = r#"
[backend.frames]
length = { digits = 6 }
head = [{ name = "code", width = 4, kind = "code" }]

[capabilities."identity.verify".frame]
code = "1024"
request = [{ name = "name", width = 30 }, { name = "identity_number", width = 18 }, { name = "level", width = 1, kind = "number" }]
response = [{ name = "outcome", width = 8 }, { name = "n", width = 2, kind = "number" }]
rows = { count = "n", cells = [{ name = "on", width = 8 }] }
"#;

const CSV: &str = r#"
[backend.files]
inbound = [{ name = "persons", columns = ["id", "name"], key = "id", whole = true }]
outbound = [{ name = "questions", columns = ["ref", "id"], key = "ref" }]

[capabilities."identity.verify".file]
table = "persons"
by = "identity_number"
"#;

const SOAP: &str = r#"
[backend.events]
secrets = ["username"]

[capabilities."identity.verify".soap]
namespace = "urn:persons"
operation = "verify"
"#;

/// What is said about the sample with another driver and a change, without file and line.
#[track_caller]
fn told(driver: &str, tables: &str, (old, new): (&str, &str), starts: &[&str]) {
    let mut folder = Folder::agency().with(FILE, "driver = \"soap\"", &format!("driver = \"{driver}\""));
    assert!(old.is_empty() || tables.contains(old), "{old}");
    let tables = if old.is_empty() { tables.to_owned() } else { tables.replacen(old, new, 1) };
    if tables.contains("maps/submit.jq") {
        folder = folder.put("maps/submit.jq", ".case");
    }
    folder.0.get_mut(FILE).unwrap().push_str(&tables);
    let reading = yimen_contract::package::read("vehicle-office", &folder.files());
    let said: Vec<String> =
        said(&reading.findings).into_iter().filter(|line| !line.contains("daily_file_at")).collect();
    assert_eq!(said.len(), starts.len(), "{said:#?}");
    for (said, start) in said.iter().zip(starts) {
        assert!(said.split_once(": ").unwrap().1.starts_with(start), "{said}");
    }
}

#[test]
fn each_driver_with_what_it_needs_is_fine() {
    told("soap", SOAP, ("", ""), &[]);
    told("fixed", FIXED, ("", ""), &[]);
    told("csv", CSV, ("", ""), &[]);
}

#[test]
fn each_driver_names_what_it_lacks() {
    let bound = "[capabilities.\"identity.verify\"]\n";
    told("fixed", bound, ("", ""), &["capabilities.\"identity.verify\".frame: The driver `fixed` needs"]);
    told("csv", bound, ("", ""), &["capabilities.\"identity.verify\".file: The driver `csv` needs"]);
    told("callback", bound, ("", ""), &["capabilities.\"identity.verify\".path: This field is missing."]);
    told("redirect", bound, ("", ""), &["capabilities.\"identity.verify\": An agency whose own site"]);
    let frames = FIXED.split_once("[capabilities").unwrap().0;
    told("fixed", &FIXED.replace(frames, ""), ("", ""), &["backend.frames: The driver `fixed` needs"]);
    let files = CSV.split_once("[capabilities").unwrap().0;
    told("csv", &CSV.replace(files, ""), ("", ""), &["backend.files: The driver `csv` needs"]);
}

#[test]
fn frames_can_be_written() {
    let bad = |change, says: &str| told("fixed", FIXED, change, &[says]);
    bad(("digits = 6", "digits = 1"), "backend.frames.length: Such a length cannot be written.");
    bad(("digits = 6", "bytes = 3"), "backend.frames.length: Such a length cannot be written.");
    bad(
        ("width = 2, kind = \"number\"", "width = 2, kind = \"number\", align = \"left\""),
        "capabilities.\"identity.verify\".frame.response[1].pad: `n` would read 5 and 5000 alike.",
    );
}

#[test]
fn files_fit_together() {
    let bad = |change, says: &str| told("csv", CSV, change, &[says]);
    bad(("key = \"id\"", "key = \"no\""), "backend.files.inbound[0].key: There is no column `no`.");
    bad(("\"id\", \"name\"", "\"id\", \"id\""), "backend.files.inbound[0].columns[1]: `id` is listed twice.");
    bad(("whole = true", "delimiter = \"::\""), "backend.files.inbound[0].delimiter: This cannot stand");
    bad(("name = \"questions\"", "name = \"persons\""), "backend.files[1]: `persons` is listed twice.");
    bad(
        ("name = \"questions\"", "name = \"../x\""),
        "backend.files.outbound[0].name: `../x` has the wrong form.",
    );
    bad(
        ("table = \"persons\"", "table = \"people\""),
        "capabilities.\"identity.verify\".file.table: There is no file `people`.",
    );
    bad(("by = \"identity_number\"", ""), "capabilities.\"identity.verify\".file.by: Nobody knows");
}

#[test]
fn pages_come_to_an_end() {
    let rest = "[capabilities.health]\npath = \"/x\"\nmethod = \"GET\"\n[capabilities.health.pages]\nfield = \"p\"\nlist = \"l\"\nsize = 10\n";
    let bad = |change, says: &str| told("rest", rest, change, &[says]);
    told("rest", rest, ("", ""), &[]);
    bad(("size = 10", ""), "capabilities.\"health\".pages.size: Nobody knows which page is the last.");
    bad(("size = 10", "size = 0"), "capabilities.\"health\".pages.size: Nobody knows");
    bad(("size = 10", "size = 10\nat_most = 101"), "capabilities.\"health\".pages.at_most: So many");
    bad(("method = \"GET\"", "method = \"POST\""), "capabilities.\"health\".pages: What changes something");
    told("callback", rest, ("", ""), &["capabilities.\"health\".pages: Only the driver `rest`"]);
}

#[test]
fn secrets_and_maps_are_there() {
    let bad = |change, says: &str| told("soap", SOAP, change, &[says]);
    bad(("[\"username\"]", "[\"event-key\"]"), "backend.events.secrets[0]: `event-key` is not among");
    bad(("[\"username\"]", "[]"), "backend.events.secrets: This list is empty.");
    bad(
        ("[\"username\"]", "[\"username\"]\nmap = \"maps/none.jq\""),
        "backend.events.map: There is no map `maps/none.jq`",
    );
    bad(
        (
            "operation = \"verify\"",
            "operation = \"verify\"\n[capabilities.health]\nrequest = \"maps/submit.jq\"\nresponse = \"maps/no.jq\"\n[capabilities.health.soap]\nnamespace = \"x\"\noperation = \"y\"",
        ),
        "capabilities.\"health\".response: There is no map `maps/no.jq`",
    );
}
