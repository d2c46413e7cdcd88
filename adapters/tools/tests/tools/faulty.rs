//! The checker, checked: adapters with a fault each, all of which it must find, and good ones, in which it must find
//! nothing.

use yimen_contract::{
    Bilingual, Files,
    agency::{Auth, Driver, Encoding},
};
use yimen_tools::{
    check,
    draft::{Starter, starter},
    faults,
    report::{Gravity, Report},
};

use crate::packages::{backed, edited, maps, with};

const SLUG: &str = "vehicle-office";
const AGENCY: &str = "agency.toml";
const QUERY: &str = "services/YZ02001.toml";
const RENEWAL: &str = "services/YZ02022.toml";
const ASK: &str = "maps/query.jq";
const SAID: &str = "maps/records.jq";
const ONE: &str = "samples/one-violation.json";
const REFUSED: &str = "samples/refused.json";

async fn report(files: &Files, seed: u64) -> Report {
    let maps = maps();
    let checked = check(SLUG, files, &maps).await;
    let run = match &checked.package {
        Some(package) => Some(faults::run(package, &maps, seed).await),
        None => None,
    };
    Report::new(SLUG, checked.samples, &checked.findings, run.as_ref())
}

fn begun(driver: Driver, auth: Option<Auth>, encoding: Encoding) -> Files {
    let wanted = Starter {
        slug: SLUG.to_owned(),
        name: Bilingual::new("云州市车管所", "Vehicle Office"),
        driver,
        auth,
        encoding,
        service: "YZ99001".to_owned(),
    };
    starter(&wanted).unwrap().files()
}

/// What is changed, from what to what, and what the checker must say.
type Faulty = (&'static str, &'static str, &'static str, &'static str);

/// Faults that reading the package shows.
const WRITTEN: [Faulty; 16] = [
    (AGENCY, "driver = \"rest\"", "driver = \"pigeon\"", "driver"),
    (AGENCY, "complaint_phone = \"0990-5031009\"\n", "", "complaint_phone"),
    (
        AGENCY,
        "secrets = [\"signing-key\"]",
        "secrets = [\"9f86d081884c7d659a2feaa0c55ad015\"]",
        "value of a secret",
    ),
    (AGENCY, "endpoint = \"vehicle-office\"", "endpoint = \"https://10.0.0.1/\"", "address, not an alias"),
    (AGENCY, "path = \"/v1/query\"", "path = \"/v1/../query\"", "path"),
    (AGENCY, "path = \"/v1/query\"", "path = \"/v1/query\"\nmethod = \"GET\"", "stand in the address"),
    (AGENCY, "request = \"maps/query.jq\"", "request = \"maps/other.jq\"", "no map"),
    (AGENCY, "[capabilities.lookup]", "[capabilities.lookups]", "no capability"),
    (AGENCY, "deadline_ms = 3000", "deadline_ms = 0", "milliseconds"),
    (
        AGENCY,
        "[capabilities.\"case.status\"]\npath = \"/v1/cases/status\"\nidempotent = true\n",
        "",
        "case.status",
    ),
    (QUERY, "assurance = 4", "assurance = 2", "level 3"),
    (QUERY, "key = \"plate\"", "key = \"idcard\"", "already gives"),
    (QUERY, "mode = \"free\"", "mode = \"fixed\"\namount_fen = 5", "legal basis"),
    (RENEWAL, "code = \"YZ02022\"", "code = \"YZ02001\"", "file is called"),
    (ONE, "990101198501010010", "11010519491231002X", "identity number of a person"),
    (
        ONE,
        "\"answers\": { \"plate\": \"测A12345\", \"plate_type\": \"02\" }",
        "\"answers\": { \"plate\": \"测A12345\" }",
        "asks for it",
    ),
];

/// Faults that show when the samples are led through the maps.
const TRIED: [Faulty; 15] = [
    (ASK, "hphm: .answers.plate,", "", "hphm"),
    (ASK, ".answers.plate_type", ".answers.plate", "hpzl"),
    (ASK, ".person.name", ".person.name | nosuch", "no filter `nosuch`"),
    (ASK, "{ xm:", "{ xm: $ENV.HOME, x:", "cannot be run"),
    (ASK, "{ xm:", "({ a: 1 }, { a: 2 }) | { xm:", "gave no result, or more than one"),
    (SAID, "{ records:", "def f: f; f | { records:", "did not end in time"),
    (SAID, "title: .wfnr,", "", "answer.records[0].title"),
    (SAID, "fine: .fkje", "fine: (.fkje / 100)", "answer.records[0].facts.fine"),
    (SAID, "fine: .fkje", "fine: (.fkje | tostring)", "not of the declared kind"),
    (SAID, "points: .wfjfs", "punkte: .wfjfs", "no such fact"),
    (SAID, "\"0\": \"unhandled\"", "\"0\": \"open\"", "no such state"),
    (SAID, "records:", "rows:", "answer.records"),
    (SAID, "reference: .xh", "reference: (.xh | tonumber)", "a text in quotation marks"),
    (REFUSED, "\"status\": 409", "\"status\": 503", "otherwise"),
    (REFUSED, "\"status\": 409", "\"status\": 200", "refused"),
];

/// Faults that show only when the backend breaks. Each must be found as critical.
const BROKEN: [Faulty; 7] = [
    (SAID, "[.rows[] |", "[(.rows // [])[] |", "nothing found"),
    (SAID, "[.rows[] |", "[.rows[]? |", "nothing found"),
    (SAID, "[.rows[] |", "[.rows | list[] |", "nothing found"),
    (SAID, "// \"pending\"", "// \"handled\"", "becomes `handled`"),
    (SAID, "fine: .fkje", "fine: (.fkje // 0)", "reads as 0"),
    (SAID, "points: .wfjfs", "points: (.wfjfs // 0)", "reads as 0"),
    (
        SAID,
        "state: ({ \"0\": \"unhandled\", \"1\": \"handled\" }[.clbj] // \"pending\")",
        "state: (if .clbj == \"0\" then \"unhandled\" else \"handled\" end)",
        "becomes `handled`",
    ),
];

fn says(report: &Report, gravity: Gravity, words: &str) -> bool {
    let mut of = report.findings.iter().filter(|entry| entry.gravity == gravity);
    of.any(|entry| {
        let place = entry.place.as_deref().unwrap_or_default();
        [entry.message.as_str(), entry.remedy.as_str(), place].iter().any(|text| text.contains(words))
    })
}

#[tokio::test]
async fn every_fault_that_is_written_or_tried_is_found() {
    for (path, from, to, words) in WRITTEN.into_iter().chain(TRIED) {
        let report = report(&edited(&backed(), path, from, to), 1).await;
        assert!(says(&report, Gravity::Error, words), "{path}: {from} → {to}: {words}\n{report}");
    }
}

#[tokio::test]
async fn every_fault_that_shows_when_the_backend_breaks_is_found() {
    for (path, from, to, words) in BROKEN {
        for seed in [1, 2, 3] {
            let report = report(&edited(&backed(), path, from, to), seed).await;
            assert!(says(&report, Gravity::Critical, words), "{path}: {from} → {to}, seed {seed}\n{report}");
        }
    }
}

#[tokio::test]
async fn what_the_wire_cannot_carry_is_found() {
    let frames = begun(Driver::Fixed, None, Encoding::Gbk);
    let narrow = edited(&frames, AGENCY, "width = 18", "width = 12");
    assert!(says(&report(&narrow, 1).await, Gravity::Error, "has 12 bytes"));
    let unknown = edited(&frames, "samples/one-record.json", "\"zt\": \"1\"", "\"zt\": \"1\", \"xx\": \"1\"");
    assert!(says(&report(&unknown, 1).await, Gravity::Error, "no place for this"));
    let files = begun(Driver::Csv, None, Encoding::Gbk);
    let keyless = edited(&files, "maps/ask.jq", "zjhm:", "other:");
    assert!(says(&report(&keyless, 1).await, Gravity::Error, "by which the file is looked up"));
    let rest = begun(Driver::Rest, None, Encoding::Gbk);
    let rare = edited(&rest, "maps/ask.jq", "bh: .answers.number", "bh: .answers.number, xm: \"𬱖\"");
    assert!(says(&report(&rare, 1).await, Gravity::Error, "encoding does not have"));
}

#[tokio::test]
async fn good_adapters_raise_no_alarm() {
    let table = "[backend.codes]\nfrom = \"rc\"\nwords = { \"0\" = \"ok\" }\n\n[capabilities.lookup]";
    let coded = edited(&backed(), AGENCY, "[capabilities.lookup]", table);
    let coded = edited(&coded, ONE, "\"response\": { \"rows\"", "\"response\": { \"rc\": \"0\", \"rows\"");
    // Where a code says what came of it, a list that is not there may be an empty one.
    let coded = edited(&coded, SAID, "[.rows[] |", "[.rows | list[] |");
    let coded = with(&coded, &[(REFUSED, "")]);
    let good = [
        backed(),
        coded,
        begun(Driver::Rest, None, Encoding::Utf8),
        begun(Driver::Rest, Some(Auth::Oauth2), Encoding::Gbk),
        begun(Driver::Soap, None, Encoding::Gbk),
        begun(Driver::Csv, None, Encoding::Gb18030),
        begun(Driver::Fixed, Some(Auth::SharedSecret), Encoding::Gb18030),
        begun(Driver::Callback, None, Encoding::Utf8),
        begun(Driver::Redirect, None, Encoding::Utf8),
        begun(Driver::Desk, None, Encoding::Utf8),
    ];
    for (index, files) in good.iter().enumerate() {
        for seed in [1, 7, 1_000] {
            let report = report(files, seed).await;
            assert!(!report.refuses(), "{index}, seed {seed}:\n{report}");
        }
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let files = edited(&backed(), SAID, "[.rows[] |", "[(.rows // [])[] |");
    let one = report(&files, 5).await;
    let (text, page) = (serde_json::to_string(&one).unwrap(), one.html());
    let again = report(&files, 5).await;
    assert_eq!((serde_json::to_string(&again).unwrap(), again.html()), (text.clone(), page.clone()));
    // The report says how to ask the backend the same, and no secret.
    assert!(text.contains("curl -sS -X POST") && page.contains("$SIGNATURE_HEADERS"), "{text}");
    assert!(!page.contains("<script"));
}

#[tokio::test]
async fn a_report_is_a_page_whatever_a_package_says() {
    let files = edited(&backed(), SAID, "title: .wfnr", "title: \"<script>alert(1)</script>\"");
    let report = report(&files, 1).await;
    assert!(report.refuses());
    assert!(!report.html().contains("<script>"), "{}", report.html());
}

/// The sample package, whose backend pushes a shape of its own.
fn pushing() -> Files {
    const MAP: &str = "{ specversion: \"1.0\", id: .xxbh, source: \"vehicle-office\", type: \"case.changed\", time: .sj,
        data: { reference: .ywh, sequence: .xh, status: (.zt | word({ \"1\": \"accepted\", \"2\": \"granted\" })) } }\n";
    let events =
        "\n[backend.events]\nsecrets = [\"signing-key\"]\nmap = \"maps/event.jq\"\n\n[capabilities.lookup]";
    let files = edited(&backed(), AGENCY, "\n[capabilities.lookup]", events);
    let sample = r#"{ "about": { "zh": "推送", "en": "Pushed" }, "capability": "events",
        "response": { "xxbh": "m-1", "sj": "2026-11-21T12:00:00+08:00", "ywh": "CG-1", "xh": 2, "zt": "2" },
        "answer": [{ "specversion": "1.0", "id": "m-1", "source": "vehicle-office", "type": "case.changed",
            "time": "2026-11-21T04:00:00Z", "data": { "reference": "CG-1", "sequence": 2, "status": "granted" } }] }"#;
    with(&files, &[("maps/event.jq", MAP), ("samples/pushed.json", sample)])
}

#[tokio::test]
async fn what_is_pushed_is_led_through_its_map() {
    const MAP: &str = "maps/event.jq";
    let good = report(&pushing(), 1).await;
    assert!(!good.refuses() && good.findings.iter().all(|entry| entry.file != "agency.toml"), "{good}");
    for (from, to, words) in [
        (".ywh", ".ybh", "answer[0].data.reference"),
        ("sequence: .xh", "sequence: (.xh | tostring)", "answer[0].data.sequence"),
        ("case.changed", "case.closed", "gives no events"),
        ("time: .sj", "time: .xh", "gives no events"),
    ] {
        let report = report(&edited(&pushing(), MAP, from, to), 1).await;
        assert!(says(&report, Gravity::Error, words), "{from} → {to}: {words}\n{report}");
    }
    // What nobody listed may not be told as a decision.
    let sure = edited(
        &pushing(),
        MAP,
        "word({ \"1\": \"accepted\", \"2\": \"granted\" })",
        "if . == \"1\" then \"accepted\" else \"granted\" end",
    );
    let sure = edited(&sure, "samples/pushed.json", "\"zt\": \"2\"", "\"zt\": \"1\"");
    let sure = edited(&sure, "samples/pushed.json", "granted", "accepted");
    let report = report(&sure, 1).await;
    assert!(says(&report, Gravity::Critical, "becomes `granted`"), "{report}");
    let silent = self::report(&with(&pushing(), &[("samples/pushed.json", "")]), 1).await;
    assert!(says(&silent, Gravity::Warning, "what the backend pushes"), "{silent}");
}
