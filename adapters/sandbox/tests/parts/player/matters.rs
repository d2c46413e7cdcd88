//! Things that are remembered: applications, payments, appointments, ties.

use serde_json::{Value, json};

use super::{LIN, OTHERS, Play, person};

fn backend() -> Value {
    json!({ "driver": "rest", "endpoint": "sample", "auth": "none" })
}

fn paths(names: &[&str]) -> Value {
    let all = names
        .iter()
        .map(|name| ((*name).to_owned(), json!({ "path": format!("/{name}"), "idempotent": true })));
    Value::Object(all.collect())
}

fn sample(capability: &str, question: &Value, answer: &Value) -> Value {
    json!({ "capability": capability, "service": question["service"], "question": question, "answer": answer })
}

fn submit(case: &str, who: (&str, &str)) -> Value {
    json!({
        "service": "YZ02022", "case": case, "person": person(who.0, who.1), "answers": { "reason": "expires" },
        "submitted": "2026-11-21T04:05:06Z",
    })
}

fn office() -> Play {
    let refer = json!({ "service": "YZ02022", "reference": "SL20261121001" });
    let find = |case: &str| json!({ "service": "YZ02022", "case": case });
    let stands = |status: &str| json!({ "status": status, "reference": "SL20261121001", "reason": "SL20261121001 号" });
    let samples = json!([
        sample("case.submit", &submit("YM-1", LIN), &stands("received")),
        sample("case.status", &refer, &stands("granted")),
        sample("case.status", &refer, &stands("in-review")),
        sample("case.status", &refer, &stands("received")),
        sample("case.status", &refer, &stands("refused")),
        sample("case.status", &refer, &stands("withdrawn")),
        sample("case.find", &find("YM-1"), &json!({ "outcome": "found", "reference": "SL20261121001" })),
        sample("case.find", &find("YM-9"), &json!({ "outcome": "not-found" })),
        sample("case.withdraw", &refer, &stands("withdrawn")),
    ]);
    let names = ["case.submit", "case.status", "case.find", "case.withdraw"];
    Play::of(backend(), paths(&names), &samples)
}

async fn status(play: &Play, reference: &str) -> String {
    let answer = play.says("case.status", json!({ "service": "YZ02022", "reference": reference })).await;
    assert_eq!(answer["reference"], reference);
    assert_eq!(answer["reason"], format!("{reference} 号"));
    answer["status"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn an_application_has_a_number_of_its_own_and_goes_its_way() {
    let play = office();
    let asked = play.asked("case.submit", submit("YM-77", OTHERS[0]));
    let driver = play.driver();
    let first = asked.of(driver.as_ref()).await.unwrap();
    let reference = first["reference"].as_str().unwrap().to_owned();
    assert_ne!(reference, "SL20261121001");
    assert_eq!(asked.of(driver.as_ref()).await.unwrap(), first, "the same key, the same answer");
    let other = play.says("case.submit", submit("YM-78", OTHERS[0])).await["reference"].clone();
    assert_ne!(other, reference.as_str());

    assert_eq!(status(&play, &reference).await, "received");
    play.hand.pass(3600);
    assert_eq!(status(&play, &reference).await, "in-review");
    play.hand.pass(360_000);
    assert_eq!(status(&play, &reference).await, "granted");
    assert!(play.it().decide(&reference, "refused") && !play.it().decide("SL-0", "refused"));
    assert_eq!(status(&play, &reference).await, "refused");

    let find = |case: &str| json!({ "service": "YZ02022", "case": case });
    let found = json!({ "outcome": "found", "reference": reference });
    assert_eq!(play.says("case.find", find("YM-77")).await, found);
    assert_eq!(play.says("case.find", find("YM-79")).await, json!({ "outcome": "not-found" }));

    let other = other.as_str().unwrap();
    play.says("case.withdraw", json!({ "service": "YZ02022", "reference": other })).await;
    assert_eq!(status(&play, other).await, "withdrawn");
}

#[actix_web::test]
async fn what_was_remembered_is_known_after_a_restart() {
    let before = office();
    let reference = before.says("case.submit", submit("YM-77", LIN)).await["reference"].clone();
    let Play { backends, folder, .. } = before;
    backends.stop().await;
    let refer = json!({ "service": "YZ02022", "reference": "SL20261121001" });
    let samples = json!([
        sample("case.status", &refer, &json!({ "status": "refused", "reference": "SL20261121001" })),
        sample("case.status", &refer, &json!({ "status": "received", "reference": "SL20261121001" })),
    ]);
    let play = Play::in_folder(folder, backend(), paths(&["case.status"]), &samples);
    let answer = play.says("case.status", json!({ "service": "YZ02022", "reference": reference })).await;
    assert_eq!(answer, json!({ "status": "received", "reference": reference }));
}

#[actix_web::test]
async fn what_was_paid_is_not_due_any_more() {
    let due = |reference: &str, fen: u64| json!({ "reference": reference, "title": "罚款", "status": "open", "amount_fen": fen });
    let settle = |reference: &str| {
        json!({
            "service": "YZ02003", "reference": reference, "order": "O-1", "amount_fen": 20000,
            "paid": "2026-11-21T04:05:06Z", "provider": "pay", "payment": "P-1",
        })
    };
    let list = |who: (&str, &str)| json!({ "service": "YZ02003", "person": person(who.0, who.1) });
    let ask = |reference: &str| json!({ "service": "YZ02003", "reference": reference });
    let mut listed = sample(
        "dues.list",
        &list(LIN),
        &json!({ "dues": [due("CF20260001", 20000), due("CF20260002", 15000)] }),
    );
    listed["response"] = listed["answer"].clone();
    listed["response"]["total"] = json!("350.00");
    listed["response"]["dues"][0]["amount"] = json!("200.00");
    listed["response"]["dues"][1]["amount"] = json!("150.00");
    let samples = json!([
        listed,
        sample(
            "dues.settle",
            &settle("CF20260001"),
            &json!({ "status": "settled", "order": "O-1", "receipt": "PJ-00012345" })
        ),
        sample("dues.status", &ask("CF20260001"), &json!({ "status": "settled" })),
        sample("dues.status", &ask("CF20260002"), &json!({ "status": "open" })),
    ]);
    let play = Play::of(backend(), paths(&["dues.list", "dues.settle", "dues.status"]), &samples);
    let mine = play.says("dues.list", list(OTHERS[0])).await;
    let reference = mine["dues"][0]["reference"].as_str().unwrap().to_owned();
    assert_eq!(play.says("dues.status", ask(&reference)).await["status"], "open");
    let mut paid = settle(&reference);
    paid["order"] = json!("O-88");
    let settled = play.says("dues.settle", paid).await;
    assert_eq!((&settled["status"], &settled["order"]), (&json!("settled"), &json!("O-88")));
    assert_ne!(settled["receipt"], "PJ-00012345");
    assert_eq!(play.says("dues.status", ask(&reference)).await["status"], "settled");
    let left = play.says("dues.list", list(OTHERS[0])).await;
    assert_eq!((left["dues"].as_array().unwrap().len(), &left["total"]), (1, &json!("150.00")));
    assert_eq!(left["dues"][0], mine["dues"][1]);
    let others = play.says("dues.list", list(OTHERS[1])).await;
    assert_eq!(others["dues"].as_array().unwrap().len(), 2, "nobody else's fine was paid");
}

#[actix_web::test]
async fn an_appointment_taken_is_gone_until_it_is_given_back() {
    let slot = |id: &str, day: &str, free: u32| json!({ "id": id, "starts": format!("{day}T01:00:00Z"), "ends": format!("{day}T01:30:00Z"), "free": free, "day": day.replace('-', "") });
    let list = |from: &str, to: &str| json!({ "service": "YZ03001", "from": from, "to": to });
    let book = |slot: &str, booking: &str, who: (&str, &str)| json!({ "service": "YZ03001", "slot": slot, "booking": booking, "person": person(who.0, who.1) });
    let of = |booking: &str| json!({ "service": "YZ03001", "booking": booking });
    let cancel = |booking: &str| json!({ "service": "YZ03001", "booking": booking, "reason": "person" });
    let week = json!({ "slots": [slot("S-0001", "2026-11-23", 1), slot("S-0002", "2026-11-24", 2)] });
    let confirmed = json!({ "status": "confirmed", "reference": "YY20260001", "ticket": "A-0007" });
    let samples = json!([
        sample("slots.list", &list("2026-11-22", "2026-11-28"), &week),
        sample("slots.confirm", &book("S-0001", "B-1", LIN), &confirmed),
        sample("slots.confirm", &book("S-0001", "B-2", LIN), &json!({ "status": "full" })),
        sample("slots.find", &of("B-1"), &json!({ "status": "confirmed", "reference": "YY20260001" })),
        sample("slots.find", &of("B-1"), &json!({ "status": "cancelled", "reference": "YY20260001" })),
        sample("slots.find", &of("B-9"), &json!({ "status": "not-found" })),
        sample("slots.cancel", &cancel("B-1"), &json!({ "status": "cancelled" })),
    ]);
    let names = ["slots.list", "slots.confirm", "slots.find", "slots.cancel"];
    let play = Play::of(backend(), paths(&names), &samples);
    // Months later there are appointments too, under names of their own.
    let later = play.says("slots.list", list("2027-02-01", "2027-02-14")).await;
    let later = later["slots"].as_array().unwrap().clone();
    assert_eq!(later.len(), 4);
    assert_eq!((&later[0]["starts"], &later[0]["day"]), (&json!("2027-02-01T01:00:00Z"), &json!("20270201")));
    assert_eq!(
        later,
        play.says("slots.list", list("2027-02-01", "2027-02-14")).await["slots"].as_array().unwrap()[..]
    );
    let tail = play.says("slots.list", list("2027-02-02", "2027-02-08")).await;
    assert_eq!(tail["slots"][0], later[1], "the same whatever span is asked for");

    let id = later[0]["id"].as_str().unwrap();
    let mine = play.says("slots.confirm", book(id, "B-50", OTHERS[0])).await;
    assert_eq!(mine["status"], "confirmed");
    assert_eq!(play.says("slots.confirm", book(id, "B-51", OTHERS[1])).await["status"], "full");
    let left = play.says("slots.list", list("2027-02-01", "2027-02-07")).await;
    assert_eq!(left["slots"].as_array().unwrap()[..], later[1..2]);
    let found = play.says("slots.find", of("B-50")).await;
    assert_eq!((&found["status"], &found["reference"]), (&json!("confirmed"), &mine["reference"]));
    assert_eq!(play.says("slots.find", of("B-51")).await["status"], "not-found");

    play.says("slots.cancel", cancel("B-50")).await;
    assert_eq!(play.says("slots.find", of("B-50")).await["status"], "cancelled");
    let left = play.says("slots.list", list("2027-02-01", "2027-02-07")).await;
    assert_eq!(left["slots"].as_array().unwrap()[..], later[..2]);

    let two = later[1]["id"].as_str().unwrap();
    play.says("slots.confirm", book(two, "B-60", OTHERS[0])).await;
    let left = play.says("slots.list", list("2027-02-02", "2027-02-02")).await;
    assert_eq!(left["slots"][0]["free"], 1);
}

#[actix_web::test]
async fn what_was_tied_is_listed_until_it_is_untied() {
    let list = |who: (&str, &str)| json!({ "service": "YZ23001", "person": person(who.0, who.1) });
    let add = |who: (&str, &str), number: &str| json!({ "service": "YZ23001", "person": person(who.0, who.1), "kind": "meter", "number": number });
    let remove = |reference: &str| json!({ "service": "YZ23001", "person": person(LIN.0, LIN.1), "reference": reference });
    let tie =
        json!({ "reference": "BD20260001", "kind": "meter", "number": "9901000001", "status": "bound" });
    let samples = json!([
        sample(
            "binding.add",
            &add(LIN, "9901000001"),
            &json!({ "status": "bound", "reference": "BD20260001" })
        ),
        sample("binding.list", &list(LIN), &json!({ "bindings": [tie] })),
        sample("binding.list", &list(LIN), &json!({ "bindings": [] })),
        sample("binding.remove", &remove("BD20260001"), &json!({ "status": "removed" })),
    ]);
    let play = Play::of(backend(), paths(&["binding.add", "binding.list", "binding.remove"]), &samples);
    for who in OTHERS {
        let before = play.says("binding.list", list(who)).await["bindings"].as_array().unwrap().len();
        let number = format!("99019{}", &who.1[12..]);
        let added = play.says("binding.add", add(who, &number)).await;
        let after = play.says("binding.list", list(who)).await;
        let ties = after["bindings"].as_array().unwrap();
        assert_eq!(ties.len(), before + 1, "{after}");
        let tie = ties.last().unwrap();
        assert_eq!((&tie["number"], &tie["reference"]), (&json!(number), &added["reference"]));
        for tie in ties {
            play.says("binding.remove", remove(tie["reference"].as_str().unwrap())).await;
        }
        assert_eq!(play.says("binding.list", list(who)).await, json!({ "bindings": [] }));
    }
}

#[actix_web::test]
async fn what_is_written_stands_in_its_conversation() {
    let list = |thread: &str| json!({ "thread": thread, "person": person(LIN.0, LIN.1) });
    let post = |thread: &str, message: &str, text: &str| json!({ "thread": thread, "message": message, "person": person(LIN.0, LIN.1), "text": text });
    let said = |id: &str, from: &str, text: &str| json!({ "id": id, "from": from, "at": "2026-11-20T09:00:00+08:00", "text": text });
    let one = json!({ "messages": [said("M-0001", "person", "请问还要多久？"), said("A-0001", "agency", "三天。")] });
    let sample = |capability: &str, question: Value, answer: Value| json!({ "capability": capability, "question": question, "answer": answer });
    let samples = json!([
        sample("thread.list", list("T-2026-0001"), one.clone()),
        sample("thread.post", post("T-2026-0001", "M-0002", "谢谢。"), json!({ "status": "posted" })),
    ]);
    let play = Play::of(backend(), paths(&["thread.list", "thread.post"]), &samples);
    assert_eq!(play.says("thread.list", list("T-2026-0001")).await, one);
    let mine = post("T-2026-0044", "M-0400", "材料已经补交。");
    for _ in 0..2 {
        assert_eq!(play.says("thread.post", mine.clone()).await["status"], "posted");
    }
    let read = play.says("thread.list", list("T-2026-0044")).await;
    let messages = read["messages"].as_array().unwrap();
    let [message] = messages.as_slice() else { panic!("{read}") };
    assert_eq!(
        (&message["id"], &message["text"], &message["from"]),
        (&json!("M-0400"), &json!("材料已经补交。"), &json!("person"))
    );
    let at: chrono::DateTime<chrono::Utc> = message["at"].as_str().unwrap().parse().unwrap();
    assert_eq!(at.timestamp(), play.hand.seconds());
    // The conversation on record goes on behind what is on record.
    play.says("thread.post", post("T-2026-0001", "M-0401", "收到。")).await;
    let read = play.says("thread.list", list("T-2026-0001")).await;
    assert_eq!(
        read["messages"].as_array().unwrap().iter().map(|one| &one["id"]).collect::<Vec<_>>(),
        ["M-0001", "A-0001", "M-0401"]
    );
}

#[actix_web::test]
async fn what_was_recorded_on_a_day_is_as_fresh_today() {
    let ask = |day: &str| json!({ "service": "YZ18001", "answers": { "day": day } });
    let record =
        |title: &str, on: &str| json!({ "reference": "W20261101", "title": title, "facts": { "on": on } });
    let answer =
        json!({ "records": [record("今天", "2026-11-01"), record("星期一", "2026-11-02T08:00:00+08:00")] });
    let mut forecast = sample("lookup", &ask("2026-11-01"), &answer);
    let stale = Play::of(backend(), paths(&["lookup"]), &json!([forecast]));
    assert_eq!(stale.says("lookup", ask("2026-11-01")).await, answer);
    forecast["recorded"] = json!("2026-11-01");
    let play = Play::of(backend(), paths(&["lookup"]), &json!([forecast]));
    // Noon is that of the 21st, a Saturday.
    let said = play.says("lookup", ask("2026-11-21")).await;
    assert_eq!(
        said["records"],
        json!([record("今天", "2026-11-21"), record("星期日", "2026-11-22T08:00:00+08:00")])
    );
    play.hand.pass(86_400);
    let said = play.says("lookup", ask("2026-11-30")).await;
    assert_eq!(said["records"][0]["facts"]["on"], "2026-11-30", "the day that was asked for");
    assert_eq!(said["records"][1]["facts"]["on"], "2026-11-23T08:00:00+08:00");
}

#[actix_web::test]
async fn what_is_said_of_an_appointment_is_of_its_own_day() {
    let slot = json!({ "id": "S-0001", "starts": "2026-11-23T01:00:00Z", "ends": "2026-11-23T01:30:00Z", "free": 9 });
    let list = |from: &str, to: &str| json!({ "service": "YZ03001", "from": from, "to": to });
    let book = |slot: &str, booking: &str| json!({ "service": "YZ03001", "slot": slot, "booking": booking, "person": person(LIN.0, LIN.1) });
    let of = |booking: &str| json!({ "service": "YZ03001", "booking": booking });
    let mut confirmed = sample(
        "slots.confirm",
        &book("S-0001", "B-1"),
        &json!({ "status": "confirmed", "reference": "YY20260001" }),
    );
    confirmed["response"] =
        json!({ "status": "confirmed", "reference": "YY20260001", "comes": "2026-11-23 09:00" });
    let mut found =
        sample("slots.find", &of("B-1"), &json!({ "status": "confirmed", "reference": "YY20260001" }));
    found["response"] = confirmed["response"].clone();
    let samples = json!([
        sample("slots.list", &list("2026-11-22", "2026-11-28"), &json!({ "slots": [slot] })),
        confirmed,
        found
    ]);
    let play = Play::of(backend(), paths(&["slots.list", "slots.confirm", "slots.find"]), &samples);
    let later = play.says("slots.list", list("2027-02-01", "2027-02-07")).await;
    let id = later["slots"][0]["id"].as_str().unwrap();
    assert_eq!(play.says("slots.confirm", book(id, "B-7")).await["comes"], "2027-02-01 09:00");
    assert_eq!(play.says("slots.find", of("B-7")).await["comes"], "2027-02-01 09:00");
    assert_eq!(play.says("slots.confirm", book("S-0001", "B-8")).await["comes"], "2026-11-23 09:00");
}
