//! Rules for recorded exchanges.

use crate::folder::Folder;

const FILE: &str = "samples/one-violation.json";

#[track_caller]
fn told(old: &str, new: &str, starts: &[&str]) {
    Folder::backed().with(FILE, old, new).begins(FILE, starts);
}

#[test]
fn a_sample_is_kept_with_the_package() {
    let package = Folder::backed().package();
    assert_eq!(package.samples.keys().collect::<Vec<_>>(), [FILE, "samples/refused.json"]);
    assert_eq!(package.samples[FILE].request.as_ref().unwrap()["zjhm"], "990101198501010010");
    let again: yimen_contract::Package =
        serde_json::from_value(serde_json::to_value(&package).unwrap()).unwrap();
    assert_eq!(again, package);
}

#[test]
fn a_sample_has_the_form_of_one() {
    told("\"capability\": \"lookup\",", "", &["capability: This field is missing. Add it."]);
    told("\"request\"", "\"reqest\"", &["reqest: There is no field `reqest` here."]);
    told(
        "\"zh\": \"一条未处理的违法记录\"",
        "\"zh\": 1",
        &["about.zh: A whole number stands here. Write a text"],
    );
    told("\"lookup\"", "\"look-up\"", &["capability: There is no capability `look-up`."]);
    told(
        "\"lookup\"",
        "\"dues.list\"",
        &["answer.dues: This field is missing.", "capability: agency.toml does not declare `dues.list`."],
    );
}

#[test]
fn question_and_answer_are_the_contracts() {
    told("\"subject\": \"p-1\", ", "", &["question.person.subject: This field is missing."]);
    told(
        "\"question\": {",
        "\"question\": {\n    \"colour\": 1,",
        &["question.colour: There is no field `colour` here."],
    );
    told(
        "\"records\": [",
        "\"more\": \"no\",\n    \"records\": [",
        &["answer.more: A text stands here. Write true or false."],
    );
    told("\"records\"", "\"as_of\": \"yesterday\", \"records\"", &["answer.as_of: `yesterday` is no date."]);
    told(
        "\"answers\": {",
        "\"page\": { \"number\": -1, \"size\": 20 }, \"answers\": {",
        &["question.page.number: This number"],
    );
    let folder = Folder::backed().with(
        "samples/refused.json",
        "\"fails\": \"refused\"",
        "\"answer\": { \"status\": \"done\" }",
    );
    folder.begins(
        "samples/refused.json",
        &["answer.status: `done` is no word of the contract. Write one of received"],
    );
    let folder = Folder::backed().with(
        "samples/refused.json",
        "\"response\": { \"code\": \"E7\" },\n  \"fails\": \"refused\"",
        "\"response\": 1",
    );
    folder.begins("samples/refused.json", &["answer: A sample has either an answer or a reason"]);
}

#[test]
fn what_is_told_is_what_the_service_declares() {
    told(
        "\"plate_type\": \"02\"",
        "\"kind\": \"02\"",
        &[
            "question.answers.kind: The service asks for no `kind`.",
            "question.answers.plate_type: The service asks for it. Add an answer.",
        ],
    );
    told(
        "\"subject\": \"p-1\",",
        "\"subject\": \"p-1\", \"phone_number\": \"13900000000\",",
        &["question.person.phone_number: The service does not declare the claim `phone_number`."],
    );
    told(
        "\"fine\": 20000",
        "\"fine\": \"200.00\"",
        &["answer.records[0].facts.fine: The value is not of the declared kind. Write a whole number of fen"],
    );
    told(
        "\"fine\": 20000",
        "\"total\": 20000",
        &["answer.records[0].facts.total: The service declares no such fact."],
    );
    told(
        "\"state\": \"unhandled\"",
        "\"state\": \"open\"",
        &["answer.records[0].state: The service declares no such state."],
    );
    told(
        "\"state\": \"unhandled\"",
        "\"next\": \"YZ02012\"",
        &["answer.records[0].next: The service does not lead there."],
    );
}

#[test]
fn a_sample_is_about_a_service_of_the_package() {
    told(
        "  \"service\": \"YZ02001\",\n  \"question\"",
        "  \"question\"",
        &["service: The question names a service"],
    );
    told(
        "  \"service\": \"YZ02001\",\n  \"question\"",
        "  \"service\": \"YZ09999\",\n  \"question\"",
        &["service: There is no service `YZ09999` in this package."],
    );
    told(
        "    \"service\": \"YZ02001\",\n",
        "    \"service\": \"YZ02012\",\n",
        &["question.service: The question is about another service."],
    );
}

#[test]
fn nobodys_real_number_stands_in_a_sample() {
    let folder = Folder::backed();
    let text = folder.0[FILE].replace("990101198501010010", "11010519491231002X");
    let said = folder.put(FILE, &text).said_of(FILE);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said.iter().all(|said| said.starts_with("This looks like the identity number of a person.")));
    // Nor one that only shows once the escapes are read.
    let text = Folder::backed().0[FILE].replace("\"闯红灯\"", r#""\u00311010519491231002X""#);
    let said = Folder::backed().put(FILE, &text).said_of(FILE);
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].contains("This looks like the identity number of a person."), "{said:#?}");
}

const PUSHED: &str = "samples/pushed.json";

/// What is said about a sample of something pushed.
#[track_caller]
fn pushed(fields: &str, starts: &[&str]) {
    let events = "secrets = [\"signing-key\"]\n\n[backend.events]\nsecrets = [\"signing-key\"]\n";
    let folder = Folder::backed().with("agency.toml", "secrets = [\"signing-key\"]\n", "");
    let folder = folder.with("agency.toml", "deadline_ms = 3000\n", &format!("deadline_ms = 3000\n{events}"));
    let about = "\"about\": { \"zh\": \"推送\", \"en\": \"Pushed\" }, \"capability\": \"events\"";
    folder.put(PUSHED, &format!("{{ {about}, {fields} }}")).begins(PUSHED, starts);
}

const EVENT: &str = r#"{ "specversion": "1.0", "id": "e-1", "source": "vehicle-office", "type": "case.changed",
    "time": "2026-11-21T12:00:00+08:00", "data": { "reference": "CG-1", "sequence": 2, "status": "granted" } }"#;

#[test]
fn what_is_pushed_has_samples_too() {
    pushed(&format!("\"answer\": [{EVENT}]"), &[]);
    pushed("\"response\": { \"lx\": 7 }, \"fails\": \"refused\"", &[]);
    pushed(&format!("\"answer\": {EVENT}"), &["answer: A sample of something pushed"]);
    pushed("\"answer\": []", &["answer: A sample of something pushed"]);
    pushed(
        &format!("\"service\": \"YZ02022\", \"question\": {{}}, \"answer\": [{EVENT}]"),
        &["question: Nobody asked", "service: Nobody asked"],
    );
    let strange = EVENT.replace("case.changed", "case.closed");
    pushed(&format!("\"answer\": [{strange}]"), &["answer[0].type: The portal knows no such event."]);
    let unnumbered = EVENT.replace("\"sequence\": 2, ", "");
    pushed(&format!("\"answer\": [{unnumbered}]"), &["answer[0].data.sequence: This field is missing."]);
    let folder = Folder::backed().put(
        PUSHED,
        &format!(r#"{{ "about": {{ "zh": "推送" }}, "capability": "events", "answer": [{EVENT}] }}"#),
    );
    folder.begins(PUSHED, &["capability: The package takes no events."]);
}
