//! Questions, and what goes out.

use std::fs;

use serde_json::{Value, json};
use yimen_daily::{Came, Daily};
use yimen_drivers::CallError;

use crate::{Bureau, GOOD, names};

#[tokio::test]
async fn answers_carry_the_files_time() {
    let bureau = Bureau::open();
    let nothing = bureau.asked.of(&Daily).await;
    assert!(
        matches!(nothing, Err(CallError::NotSent(_))),
        "no file yet is not \"nothing found\": {nothing:?}"
    );
    bureau.puts("benefits-20261021.csv", GOOD);
    bureau.collect().await.unwrap();
    let answer = bureau.asked.whole(&Daily).await.unwrap();
    // Written on another day than its name says: the day's beginning in the city counts.
    assert_eq!(answer.since.unwrap().to_rfc3339(), "2026-10-20T16:00:00+00:00");
    let line = json!({ "id": "990101198501010010", "xm": "林晓", "je": "200.50", "zt": "1" });
    assert_eq!(answer.value, json!({ "since": "2026-10-20T16:00:00+00:00", "lines": [line] }));
    let mut other = bureau;
    other.asked.input["identity_number"] = json!("990101200001010030");
    let answer = other.asked.whole(&Daily).await.unwrap();
    assert_eq!(answer.value["lines"], json!([]), "nobody of that number in the file of that time");
    for key in [json!(""), json!(null), json!(7)] {
        other.asked.input["identity_number"] = key;
        assert!(matches!(other.asked.of(&Daily).await, Err(CallError::Impossible(_))));
    }
}

#[tokio::test]
async fn a_file_of_everything_takes_the_place_of_the_last_and_a_late_one_takes_nothing_back() {
    let bureau = Bureau::open();
    bureau.puts("benefits-20261121.csv", GOOD);
    bureau.puts("benefits-20261121-2.csv", &GOOD.replace("200.50", "300.00"));
    bureau.collect().await.unwrap();
    let amount = |answer: Value| answer["lines"][0]["je"].clone();
    assert_eq!(amount(bureau.asked.of(&Daily).await.unwrap()), "300.00", "the second of the day");
    bureau.puts("benefits-20261120.csv", &GOOD.replace("200.50", "1.00"));
    bureau.collect().await.unwrap();
    assert_eq!(amount(bureau.asked.of(&Daily).await.unwrap()), "300.00");
    bureau.puts("benefits-20261122.csv", "id,xm,je,zt\n");
    bureau.collect().await.unwrap();
    assert_eq!(bureau.asked.of(&Daily).await.unwrap()["lines"], json!([]));
}

fn applying() -> Bureau {
    let mut bureau = Bureau::open();
    bureau.asked.binding = serde_json::from_value(json!({
        "file": { "table": "applications" }, "send": { "id": "identity_number", "xm": "name" },
    }))
    .unwrap();
    bureau
}

#[tokio::test]
async fn what_changes_something_waits_for_the_next_file_once() {
    let bureau = applying();
    for _ in 0..3 {
        let answer = bureau.asked.of(&Daily).await.unwrap();
        let expected = json!({
            "outcome": "pending", "status": "pending", "reference": "01910000-0000-7000-8000-000000000001",
        });
        assert_eq!(answer, expected);
    }
    assert_eq!(bureau.deliver().await, Ok(1));
    assert_eq!(bureau.deliver().await, Ok(0), "it went out");
    let put = bureau.put();
    assert_eq!(put.len(), 1, "{put:?}");
    assert!(put[0].starts_with("applications-20990101-"), "{put:?}");
    let expected = "ref,id,xm\r\n01910000-0000-7000-8000-000000000001,990101198501010010,林晓\r\n";
    assert_eq!(bureau.reads(&put[0]), expected);
    let left: Vec<String> =
        names(&bureau.path("from-portal")).into_iter().filter(|name| name.starts_with('.')).collect();
    assert!(left.is_empty(), "nothing unfinished is left behind: {left:?}");
}

#[tokio::test]
async fn what_cannot_be_written_is_refused_before_it_waits() {
    for (field, value, says) in [
        ("name", json!("𬱖晓"), "the field `xm`: a character that the backend's encoding does not have"),
        ("name", json!({ "first": "x" }), "the field `xm` is neither a text nor a number"),
        ("identity_number", json!(""), "the field `id` is empty"),
    ] {
        let mut bureau = applying();
        bureau.asked.input[field] = value;
        match bureau.asked.of(&Daily).await {
            Err(CallError::Impossible(why)) => assert_eq!(why, says),
            other => panic!("{says}: {other:?}"),
        }
        assert_eq!(bureau.deliver().await, Ok(0));
    }
    let mut bureau = applying();
    bureau.asked.binding.send.insert("bz".to_owned(), "level".to_owned());
    assert!(bureau.asked.of(&Daily).await.unwrap_err().to_string().contains("no column `bz`"));
}

#[tokio::test]
async fn lines_wait_while_the_folder_is_away_and_hostile_values_stay_values() {
    let mut bureau = applying();
    bureau.asked.input["name"] = json!("a,\"b\"\r\nx,y");
    bureau.asked.of(&Daily).await.unwrap();
    let away = bureau.path("from-portal");
    fs::write(&away, "a file where the folder should be").unwrap();
    assert!(bureau.deliver().await.is_err());
    fs::remove_file(&away).unwrap();
    assert_eq!(bureau.deliver().await, Ok(1), "nothing was lost");
    let text = bureau.reads(&bureau.put()[0]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let record = reader.records().next().unwrap().unwrap();
    assert_eq!(&record[2], "a,\"b\"\r\nx,y");
    assert_eq!(reader.records().count(), 0);
}

#[tokio::test]
async fn the_next_file_says_what_became_of_it() {
    let mut bureau = applying();
    bureau.asked.of(&Daily).await.unwrap();
    bureau.deliver().await.unwrap();
    bureau.puts("changes-20261122.csv", "id|zt\n01910000-0000-7000-8000-000000000001|granted\n");
    assert!(matches!(bureau.collect().await.unwrap()[0], Came::Taken { lines: 1, .. }));
    bureau.asked.binding = serde_json::from_value(json!({
        "file": { "table": "changes", "by": "reference" },
        "read": { "status": { "from": "lines.0.zt", "words": { "granted": "granted" } } },
    }))
    .unwrap();
    bureau.asked.input = json!({ "reference": "01910000-0000-7000-8000-000000000001" });
    assert_eq!(bureau.asked.of(&Daily).await.unwrap(), json!({ "status": "granted" }));
}
