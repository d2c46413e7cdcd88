//! What agencies' backends tell by themselves: proved, kept before it is answered, applied once, in its order.

use std::{collections::BTreeMap, fs};

use chrono::TimeDelta;
use serde_json::{Value, json};
use yimen::{
    agencies::bindings::{self, Proposal},
    platform::keys::KeyRing,
};
use yimen_drivers::rest::signing::{NONCE, SIGNATURE, Signing, TIMESTAMP};

use crate::{
    on_both_engines,
    packages::{copy, edit, install},
    town::{Answer, Town},
};

pub const KEY: &str = "a-key-for-events-of-32-characters!";
const ADDRESS: &str = "/api/v1/agencies/exit-entry/events";
/// A service and a kind of licence that exit-entry has, and ones that others have.
const OWN: &str = "YZ03001";
const FOREIGN: &str = "YZ16001";

impl Town {
    /// Gives exit-entry the key by which it proves what it tells.
    pub async fn with_events(&self) {
        let ring = KeyRing::open(&self.config.keys).unwrap();
        let secrets =
            [("client-certificate", "-"), ("client-key", "-"), ("event-key", KEY), ("server-ca", "-")];
        let proposal = Proposal {
            agency: "exit-entry".to_owned(),
            address: "https://exit-entry.yunzhou.example/".to_owned(),
            secrets: BTreeMap::from(secrets.map(|(name, value)| (name.to_owned(), value.to_owned()))),
        };
        let now = self.clock.now();
        self.db.tx(move |c| bindings::bind(c, &ring, now, &proposal, ("one", "another"))).await.unwrap();
    }

    /// Pushes a body as the agency does, under a number.
    pub async fn push(&self, nonce: &str, body: &Value) -> Answer {
        let body = body.to_string();
        self.push_signed(ADDRESS, (KEY, self.clock.now().timestamp(), nonce), &body, &body).await
    }

    /// Signs one body and pushes another, perhaps.
    async fn push_signed(
        &self,
        address: &str,
        (key, timestamp, nonce): (&str, i64, &str),
        signed: &str,
        body: &str,
    ) -> Answer {
        let signing = Signing { method: "POST", target: address, timestamp, nonce, body: signed.as_bytes() };
        let request = self.client().post(self.url(address)).body(body.to_owned());
        let request = request.header(TIMESTAMP, timestamp.to_string()).header(NONCE, nonce);
        self.ask(request.header(SIGNATURE, signing.sign(key.as_bytes()))).await
    }

    async fn bulletins(&self, query: &str) -> String {
        self.portal().refresh().await.unwrap();
        self.get(&format!("/bulletins{query}")).await.ok().texts("main").join(" ")
    }

    fn notice(&self, id: &str, sequence: u64, title: &str) -> Value {
        self.event(id, "bulletin", &json!({
            "id": "GG-12", "sequence": sequence,
            "title": { "zh": title, "en": "Passport counters closed" },
            "body": { "zh": "周六系统升级，窗口暂停办理。<script>x</script>", "en": "The counters are shut on Saturday." },
            "services": [OWN],
        }))
    }

    fn event(&self, id: &str, kind: &str, data: &Value) -> Value {
        json!({
            "specversion": "1.0", "id": id, "source": "exit-entry", "type": kind,
            "time": self.clock.now().to_rfc3339(), "data": data,
        })
    }

    async fn stored(&self) -> usize {
        self.dump(&["inbound_events"]).await.lines().count()
    }
}

on_both_engines! {
    async fn a_notice_that_an_agency_pushes_is_published(town: Town) {
        town.with_events().await;
        let answer = town.push("n-1", &town.notice("e-1", 1, "护照窗口暂停")).await;
        assert_eq!((answer.status, answer.body.as_str()), (202, r#"{"known":0,"taken":1}"#));
        assert!(!town.bulletins("").await.contains("护照窗口暂停"), "it is applied by a job");
        town.work().await;
        assert!(town.bulletins("").await.contains("护照窗口暂停"));
        assert!(town.bulletins("?lang=en").await.contains("Passport counters closed"));
        let page = town.get("/bulletins").await.attributes("main a[href*='push']", "href");
        let page = town.get(&page[0]).await.ok();
        assert!(page.texts("main").join(" ").contains("周六系统升级") && !page.body.contains("<script>x"));
        assert!(page.body.contains(&format!("/services/{OWN}")) && page.body.contains("/agencies/exit-entry"));
        // The same event again, in a request of its own, is taken and changes nothing.
        let again = town.push("n-2", &town.notice("e-1", 9, "被改写")).await;
        assert_eq!((again.status, again.body.as_str()), (202, r#"{"known":1,"taken":0}"#));
        // A later one takes its place; one that comes late does not.
        town.push("n-3", &town.notice("e-3", 3, "窗口恢复办理")).await;
        town.push("n-4", &town.notice("e-2", 2, "窗口继续暂停")).await;
        town.work().await;
        let listed = town.bulletins("").await;
        assert!(listed.contains("窗口恢复办理"), "{listed}");
        assert!(["护照窗口暂停", "窗口继续暂停", "被改写"].iter().all(|old| !listed.contains(old)), "{listed}");
        // Another node shows it, too.
        let node = town.another_node().await;
        let there = format!("http://{}/bulletins", node.address.unwrap());
        assert!(town.client().get(there).send().await.unwrap().text().await.unwrap().contains("窗口恢复办理"));
        node.stop().await;
        // When it is over it is gone.
        let mut over = town.notice("e-5", 5, "窗口恢复办理");
        over["data"]["expires"] = json!((town.clock.now() - TimeDelta::minutes(1)).to_rfc3339());
        town.push("n-5", &over).await;
        town.work().await;
        assert!(!town.bulletins("").await.contains("窗口恢复办理"));
        town.close().await;
    }

    async fn who_does_not_prove_to_be_the_agency_is_told_nothing(town: Town) {
        town.with_events().await;
        let now = town.clock.now().timestamp();
        let body = town.notice("e-1", 1, "假通知").to_string();
        let other = town.notice("e-1", 1, "另一条").to_string();
        let tries = [
            ("another key", ADDRESS, ("some-other-key-of-at-least-32-chars", now, "n-1"), body.as_str(), body.as_str()),
            ("an empty key", ADDRESS, ("", now, "n-1"), &body, &body),
            ("too old", ADDRESS, (KEY, now - 301, "n-1"), &body, &body),
            ("from the future", ADDRESS, (KEY, now + 301, "n-1"), &body, &body),
            ("another body", ADDRESS, (KEY, now, "n-1"), &body, &other),
            ("no number", ADDRESS, (KEY, now, ""), &body, &body),
            ("no verifier", "/api/v1/agencies/weather/events", (KEY, now, "n-1"), &body, &body),
            ("not bound", "/api/v1/agencies/intermediate-court/events", (KEY, now, "n-1"), &body, &body),
            ("nobody", "/api/v1/agencies/nobody/events", (KEY, now, "n-1"), &body, &body),
        ];
        let mut told = Vec::new();
        for (what, address, how, signed, sent) in tries {
            let answer = town.push_signed(address, how, signed, sent).await;
            assert_eq!(answer.status, 401, "{what}");
            told.push(answer.body);
        }
        told.dedup();
        assert_eq!(told, [r#"{"error":"not proved"}"#], "and one is told as little as the other");
        let unsigned = town.ask(town.client().post(town.url(ADDRESS)).body(body.clone())).await;
        assert_eq!(unsigned.status, 401);
        // A request that was overheard works once, for whoever comes first.
        assert_eq!(town.push_signed(ADDRESS, (KEY, now, "n-9"), &body, &body).await.status, 202);
        assert_eq!(town.push_signed(ADDRESS, (KEY, now, "n-9"), &body, &body).await.status, 401);
        assert_eq!(town.push_signed(ADDRESS, (KEY, now, "n-9"), &other, &other).await.status, 401);
        assert_eq!(town.stored().await, 1);
        // Not even after the number is forgotten.
        town.pass(TimeDelta::minutes(11)).await;
        assert!(!town.dump(&["inbound_nonces"]).await.contains("n-9"));
        assert_eq!(town.push_signed(ADDRESS, (KEY, now, "n-9"), &body, &body).await.status, 401);
        town.close().await;
    }

    async fn an_agency_speaks_for_itself_only_and_all_or_nothing(town: Town) {
        town.with_events().await;
        let good = town.notice("e-1", 1, "好通知");
        let licence = |kind: &str| json!({
            "subject": "s", "sequence": 1,
            "licence": { "kind": kind, "number": "E99", "status": "valid", "issued": "2026-01-05" },
        });
        let mut foreign = town.notice("e-2", 1, "越权");
        foreign["data"]["services"] = json!([FOREIGN]);
        let mut formless = town.notice("e-3", 1, "秘密字句");
        formless["data"]["sequence"] = json!("秘密");
        let due = json!({
            "subject": "s", "service": FOREIGN, "sequence": 1,
            "due": { "reference": "r", "title": "费", "status": "open", "amount_fen": 100 },
        });
        for (event, place) in [
            (foreign, "event 1: `data.services`"),
            (formless, "event 1: `data.sequence`"),
            (town.event("e-4", "licence.changed", &licence("L03")), "event 1: `data.licence.kind`"),
            (town.event("e-5", "due.raised", &due), "event 1: `data.service`"),
            (town.event("e-8", "message.changed", &json!({ "message": "m", "sequence": 1, "status": "delivered" })), "event 1: `type`"),
            (town.event("e-6", "case.changed", &json!({ "sequence": 1, "status": "accepted" })), "event 1: `data`"),
        ] {
            let answer = town.push(event["id"].as_str().unwrap(), &json!([good, event])).await;
            assert_eq!(answer.status, 422, "{place}: {}", answer.body);
            assert!(answer.body.contains(place) && !answer.body.contains("秘密"), "{place}: {}", answer.body);
        }
        for (nonce, body, word) in [
            ("m-1", json!([]), "more than 500 events, or none"),
            ("m-2", json!({ "specversion": "1.0" }), "event 0: `id` is missing"),
            ("m-3", town.event("e", "weather.changed", &json!({})), "`type` is none that the portal knows"),
            ("m-4", json!(vec![good.clone(); 501]), "more than 500 events"),
        ] {
            let answer = town.push(nonce, &body).await;
            assert_eq!(answer.status, 400, "{}", answer.body);
            assert!(answer.body.contains(word), "{word}: {}", answer.body);
        }
        let now = town.clock.now().timestamp();
        assert_eq!(town.push_signed(ADDRESS, (KEY, now, "m-5"), "{", "{").await.status, 400);
        let long = "x".repeat((1 << 20) + 1);
        assert_eq!(town.push_signed(ADDRESS, (KEY, now, "m-6"), &long, &long).await.status, 413);
        assert_eq!(town.stored().await, 0);
        assert_eq!(town.push("n-1", &town.event("e-7", "licence.changed", &licence("L06"))).await.status, 202);
        town.close().await;
    }

    async fn what_waits_lies_nowhere_open_and_what_is_settled_is_forgotten(town: Town) {
        town.with_events().await;
        let due = json!({ "reference": "E99000123", "title": "持证人住云江区", "status": "open", "amount_fen": 16000 });
        let data = json!({ "subject": "s", "service": OWN, "sequence": 1, "due": due });
        town.push("n-1", &town.event("e-1", "due.raised", &data)).await;
        let dump = town.dump(&["inbound_events"]).await;
        assert!(dump.contains("waiting") && dump.contains("due.raised"), "{dump}");
        assert!(!dump.contains("持证人住") && !dump.contains("99000123"), "{dump}");
        // What is settled is forgotten in the end, and says nothing before.
        town.push("n-2", &town.notice("e-2", 1, "通知")).await;
        town.work().await;
        let dump = town.dump(&["inbound_events"]).await;
        assert!(dump.contains("applied") && dump.contains("refused") && !dump.contains("waiting"), "{dump}");
        town.pass(TimeDelta::days(91)).await;
        assert_eq!(town.stored().await, 0);
        town.close().await;
    }

    async fn a_shape_of_its_own_is_made_an_event_by_the_packages_map(town: Town) {
        town.with_events().await;
        let (_folder, package) = copy("exit-entry");
        edit(&package.join("agency.toml"), "secrets = [\"event-key\"]", "secrets = [\"event-key\"]\nmap = \"maps/event.jq\"");
        let map = r#"{ specversion: "1.0", id: "m-\(.no)", source: "gateway-2", type: "bulletin", time: $call.time,
            data: { id: .no, sequence: .v, title: { zh: .bt, en: .ywbt }, body: { zh: .nr, en: .ywnr } } }"#;
        fs::write(package.join("maps/event.jq"), map).unwrap();
        install(&town, "exit-entry", &package).await.unwrap();
        let own = json!({ "no": "77", "v": 1, "bt": "自有格式的通知", "ywbt": "A notice of its own shape",
            "nr": "正文。", "ywnr": "Text." });
        let answer = town.push("n-1", &own).await;
        assert_eq!(answer.status, 202, "{}", answer.body);
        town.work().await;
        assert!(town.bulletins("").await.contains("自有格式的通知"));
        let broken = town.push("n-2", &json!({ "no": 1, "v": [] })).await;
        assert_eq!(broken.status, 422, "{}", broken.body);
        town.close().await;
    }

    async fn in_whatever_order_events_come_the_last_one_counts(town: Town) {
        town.with_events().await;
        // Each three times, in an order that has every kind of neighbour, and worked on in between.
        let order = [4, 1, 4, 7, 2, 2, 6, 3, 7, 1, 5, 3, 5, 6, 4, 2, 7, 1, 3, 5, 6];
        for (at, sequence) in order.into_iter().enumerate() {
            let event = town.notice(&format!("e-{sequence}"), sequence, &format!("第{sequence}版通知"));
            let answer = town.push(&format!("n-{at}"), &event).await;
            assert_eq!(answer.status, 202);
            if at % 4 == 0 {
                town.work().await;
            }
        }
        town.work().await;
        let listed = town.bulletins("").await;
        assert!(listed.contains("第7版通知"), "{listed}");
        let dump = town.dump(&["inbound_events"]).await;
        assert_eq!((dump.lines().count(), dump.contains("waiting")), (7, false), "{dump}");
        assert!(dump.contains("overtaken"), "{dump}");
        town.close().await;
    }
}
