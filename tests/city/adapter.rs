//! The agency's tools, run as an agency's engineer runs them: from nothing to a packed package, beside no city.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::town::{packages, program::run};

fn adapter(folder: &Path, words: &[&str]) -> (i32, String, String) {
    run(folder, &[&["adapter"], words].concat())
}

#[test]
fn a_package_is_begun_checked_tried_packed_and_compared() {
    let folder = TempDir::new().unwrap();
    let here = folder.path();
    assert_eq!(adapter(here, &["new", "night-school", "--name", "夜校"]).0, 0);
    assert_eq!(adapter(here, &["new", "night-school"]).0, 2, "nothing is overwritten");
    assert_eq!(adapter(here, &["new", "Night School"]).0, 2);
    let (status, said, error) =
        adapter(here, &["check", "--faults", "--sandbox", "--report", "said", "night-school"]);
    assert_eq!((status, said.contains("fine, 1 sample tried")), (0, true), "{said}{error}");
    assert!(fs::read_to_string(here.join("said/night-school.html")).unwrap().contains("night-school"));
    assert!(said.contains("when the backend is in trouble") && said.contains("lost-answer"), "{said}");
    // The same seed, the same report, also of what was played.
    let again = ["check", "--faults", "--sandbox", "--report", "again", "night-school"];
    assert_eq!(adapter(here, &again).0, 0);
    for file in ["night-school.html", "night-school.json"] {
        let read = |folder: &str| fs::read(here.join(folder).join(file)).unwrap();
        assert!(read("said") == read("again"), "{file}");
    }
    let (status, said, error) =
        adapter(here, &["try", "night-school", "--sample", "one-record", "--sandbox"]);
    assert_eq!((status, said.contains("\"reference\": \"2026000001\"")), (0, true), "{said}{error}");
    assert_eq!(adapter(here, &["try", "night-school", "--sample", "none", "--sandbox"]).0, 2);
    assert_eq!(adapter(here, &["try", "night-school", "--sample", "one-record"]).0, 2, "nobody said where");
    assert_eq!(adapter(here, &["pack", "night-school"]).0, 0);
    assert_eq!(adapter(here, &["diff", "night-school.yimen", "night-school"]).0, 0);
    let service = here.join("night-school/services/YZ99001.toml");
    let text = fs::read_to_string(&service).unwrap();
    fs::write(&service, text.replace("assurance = 3", "assurance = 4")).unwrap();
    let (status, said, _) = adapter(here, &["diff", "night-school.yimen", "night-school"]);
    assert_eq!((status, said.starts_with("breaks: service YZ99001")), (1, true), "{said}");
    // A map that makes something else is named with sample, line and place.
    let map = here.join("night-school/maps/said.jq");
    let text = fs::read_to_string(&map).unwrap();
    fs::write(&map, text.replace("reference: .bh", "reference: .zt")).unwrap();
    let (status, said, _) = adapter(here, &["check", "night-school"]);
    assert_eq!((status, said.contains("answer.records[0].reference")), (1, true), "{said}");
}

#[test]
fn a_backend_that_is_asked_by_files_is_played_too() {
    let folder = TempDir::new().unwrap();
    let here = folder.path();
    assert_eq!(adapter(here, &["new", "night-desk", "--driver", "csv", "--encoding", "gbk"]).0, 0);
    let (status, said, error) = adapter(here, &["check", "--sandbox", "night-desk"]);
    assert_eq!((status, said.contains("files.records")), (0, true), "{said}{error}");
    assert!(said.contains("half-file") && said.contains("before-the-first-file"), "{said}");
    let asked = ["try", "night-desk", "--sandbox", "--sample", "one-record"];
    assert!(adapter(here, &asked).1.contains("\"reference\": \"2026000001\""));
}

#[test]
fn a_description_becomes_a_package_and_says_what_it_left_out() {
    let folder = TempDir::new().unwrap();
    let here = folder.path();
    let described = r#"{ "openapi": "3.0.0", "info": { "title": "Parks" }, "paths": {
        "/find": { "post": { "responses": { "200": { "content": { "application/json": {
            "schema": { "properties": { "no": { "type": "string" } } } } } } } } },
        "/a/{id}": { "get": { "responses": {} } } } }"#;
    fs::write(here.join("parks.json"), described).unwrap();
    let (status, said, error) = adapter(here, &["import", "parks.json", "parks"]);
    assert_eq!(status, 1, "{said}{error}");
    assert!(said.contains("read: POST /find") && said.contains("not read: parks.json #/paths/"), "{said}");
    assert_eq!(adapter(here, &["check", "parks"]).0, 0);
    // Played from what the description says, it can be tried at once.
    let (status, said, error) = adapter(here, &["try", "parks", "--sandbox", "--sample", "lookup-yz99001"]);
    assert_eq!((status, said.contains("\"records\"")), (0, true), "{said}{error}");
    fs::write(here.join("none.json"), "{}").unwrap();
    assert_eq!(adapter(here, &["import", "none.json", "other"]).0, 2);
    assert_eq!(adapter(here, &["import", "absent.json", "other"]).0, 2);
}

/// Every agency of the demo city: what its samples say is what its maps make.
#[test]
fn every_package_of_the_city_stands_the_check() {
    let folder = TempDir::new().unwrap();
    let all = ["agencies", "providers"].map(|folder| fs::read_dir(packages().join(folder)).unwrap());
    let all = all.into_iter().flatten();
    let mut all: Vec<String> = all.map(|entry| entry.unwrap().path().display().to_string()).collect();
    all.sort();
    let words: Vec<&str> = ["check"].into_iter().chain(all.iter().map(String::as_str)).collect();
    let (status, said, error) = adapter(folder.path(), &words);
    assert_eq!(status, 0, "{said}{error}");
    assert_eq!(said.lines().filter(|line| line.contains("tried")).count(), all.len());
}
