//! Text messages that packages carry, each over its own protocol: by the first, by the second where that fails, and what became
//! of them.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use chrono::TimeDelta;
use serde_json::json;
use yimen::{
    agencies::bindings::{self, Proposal},
    platform::Lang,
};
use yimen_drivers::rest::signing::{NONCE, SIGNATURE, TIMESTAMP};
use yimen_sandbox::{AloneServers, Clock, Fate, Fault, Secret, TextCarrier, sign};

use crate::{
    apps::TOKEN,
    channels::phone,
    inbox::{DAY_AND_NIGHT, PHONE, lin},
    people::keys,
    town::{
        Answer, Engine, Town,
        outside::{Asked, Told, listen},
    },
    with_post,
};

/// Where the first takes messages; where it says what became of them begins alike.
const SEND: &str = "/v2/messages";
const ALL: &str = "/v2";
/// Where the one to apps takes notices.
const NOTICES: &str = "/push/v1/notices";

/// The city's two carriers of text messages, in their order, and the one to apps.
struct Two {
    first: TextCarrier,
    second: TextCarrier,
    bell: TextCarrier,
    servers: AloneServers,
}

impl Two {
    async fn town(engine: Engine) -> (Town, Self) {
        let settings = [
            ("YIMEN_SMS_CARRIER", "city-messenger"),
            ("YIMEN_SMS_TIMEOUT_SECONDS", "1"),
            ("YIMEN_SMS_SECOND_CARRIER", "pigeon-text"),
            ("YIMEN_APP_CARRIER", "city-bell"),
        ];
        let town = Town::open_with(engine, &settings).await;
        let asked = town.clock.clone();
        let ([first, second, bell], servers) =
            TextCarrier::alone(&Secret::new([9; 32]), &Clock::asking(move || asked.now())).unwrap();
        let propose = |it: &TextCarrier| Proposal {
            agency: it.slug.to_owned(),
            address: it.url.clone(),
            secrets: it.secrets.clone(),
        };
        let proposals = [propose(&first), propose(&second), propose(&bell)];
        let (ring, now) = (keys(&town), town.clock.now());
        let bind = move |c: &mut yimen::db::Conn| {
            proposals.iter().try_for_each(|one| bindings::bind(c, &ring, now, one, ("one", "another")))
        };
        town.db.tx(bind).await.unwrap();
        for one in [&first, &second, &bell] {
            one.expect(&town.url(""));
        }
        (town, Self { first, second, bell, servers })
    }

    /// How many messages each carried.
    fn carried(&self) -> (usize, usize) {
        (self.first.carried().len(), self.second.carried().len())
    }

    /// Whoever tells by itself tells now, and it is heard.
    async fn tell(&self, town: &Town) {
        for one in [&self.first, &self.second, &self.bell] {
            one.tell().await;
        }
        town.work().await;
    }

    async fn close(self, town: Town) {
        town.close().await;
        self.servers.stop().await;
    }
}

/// A package that carries to apps, of which each is gone once it was sent something.
struct ToApps(Arc<Mutex<Vec<Asked>>>);

impl ToApps {
    async fn town(engine: Engine) -> (Town, Self) {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let hearing = Arc::clone(&asked);
        let address = listen(move |question| {
            hearing.lock().unwrap().push(question.clone());
            let state = if question.path == NOTICES { "queued" } else { "no_device" };
            let answer = format!(r#"{{ "result": "ok", "ticket": "B1", "state": "{state}" }}"#);
            Told(200, Vec::new(), answer)
        });
        let town = Town::open_with(engine, &[("YIMEN_APP_CARRIER", "city-bell")]).await;
        let (ring, now) = (keys(&town), town.clock.now());
        let proposal = Proposal {
            agency: "city-bell".to_owned(),
            address: format!("http://{address}"),
            secrets: BTreeMap::from([
                ("api-key".to_owned(), "the-key-of-the-portal".to_owned()),
                ("event-key".to_owned(), "a-key-of-at-least-thirty-two-letters".to_owned()),
            ]),
        };
        town.db.tx(move |c| bindings::bind(c, &ring, now, &proposal, ("one", "another"))).await.unwrap();
        (town, Self(asked))
    }
}

with_post! {
    ToApps::town => ToApps;

    async fn a_package_carries_to_apps_and_says_that_one_is_gone(town, apps) {
        let lin = town.with_app().await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        let sent = apps.0.lock().unwrap().last().unwrap().clone();
        assert!(sent.path == NOTICES && sent.body.contains(TOKEN), "{sent:?}");
        assert!(sent.body.contains(&format!("{}/me/cases/", town.portal().site.origin())), "{sent:?}");
        assert_eq!(sent.headers["x-api-key"], "the-key-of-the-portal");
        assert!(sent.headers["idempotency-key"].parse::<uuid::Uuid>().is_ok());
        assert!(!sent.headers.contains_key("x-yimen-assertion"), "nothing is said of whose app it is");
        assert_eq!(town.apps_of(lin).await, 1);
        town.pass(TimeDelta::minutes(1)).await;
        assert_eq!(town.apps_of(lin).await, 0);
        let balance = town.balance().await;
        assert!(balance.holds() && (balance.sent, balance.arrived) == (0, 0), "{balance:?}");
        town.close().await;
    }
}

impl Town {
    /// Tells as a carrier does that nobody got a message.
    async fn says_unreachable(&self, slug: &str, key: &str, message: &str) -> Answer {
        let (path, at) = (format!("/api/v1/providers/{slug}/events"), self.clock.now());
        let event = json!({
            "specversion": "1.0", "id": format!("x-{message}"), "source": slug, "type": "message.changed",
            "time": at.to_rfc3339(),
            "data": { "message": message, "sequence": 9, "status": "unreachable" },
        });
        let (body, at) = (event.to_string(), at.timestamp());
        let nonce = format!("n-{message}");
        let signature = sign(key, "POST", &path, at, &nonce, body.as_bytes());
        let request = self.client().post(self.url(&path)).header(TIMESTAMP, at.to_string());
        self.ask(request.header(NONCE, nonce).header(SIGNATURE, signature).body(body)).await
    }
}

fn at(path: &str, mut fault: Fault) -> Fault {
    path.clone_into(&mut fault.path);
    fault
}

/// Does what it is asked, and answers with half a sentence.
fn mumbles() -> Fault {
    Fault { malformed: true, ..Fault::default() }
}

with_post! {
    Two::town => Two;

    async fn codes_and_notices_go_by_the_package_and_what_became_of_them_is_asked(town, two) {
        town.ask_for_code(phone(), Lang::Zh).await;
        town.work().await;
        let code = two.first.carried().remove(0);
        assert!(code.to == PHONE && code.text.contains("登录"), "{code:?}");
        assert!(code.number.parse::<uuid::Uuid>().is_ok());
        let lin = lin(&town).await;
        two.first.have(Fate::OnTheWay);
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!(two.carried(), (2, 0));
        town.pass(TimeDelta::minutes(1)).await;
        let balance = town.balance().await;
        assert!(balance.holds() && (balance.sent, balance.arrived) == (1, 0), "{balance:?}");
        // It takes its time, and is asked again.
        two.first.have(Fate::Arrives);
        town.pass(TimeDelta::minutes(5)).await;
        assert_eq!(town.balance().await.arrived, 1);
        two.first.have(Fate::NobodyThere);
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        town.pass(TimeDelta::minutes(1)).await;
        let balance = town.balance().await;
        assert!(balance.holds() && (balance.sent, balance.arrived) == (1, 1), "{balance:?}");
        // Nothing more is sent there, except codes.
        town.case_goes_on(lin, "done").await;
        town.work().await;
        assert_eq!(two.carried(), (3, 0));
        two.close(town).await;
    }

    async fn carriers_tell_by_themselves_and_of_their_own_channels_only(town, two) {
        // That there is an app now goes every way there is.
        let lin = town.with_app().await;
        assert_eq!((two.carried(), two.bell.carried().len()), ((1, 0), 1));
        assert_eq!(two.bell.carried()[0].to, TOKEN);
        two.tell(&town).await;
        let balance = town.balance().await;
        assert!(balance.holds() && (balance.sent, balance.arrived) == (2, 2), "{balance:?}");
        // What is on its way is not told of.
        two.first.have(Fate::OnTheWay);
        town.chooses(lin, &[&DAY_AND_NIGHT[..], &[("cases", "sms")]].concat()).await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        two.tell(&town).await;
        let before = town.balance().await;
        assert_eq!((before.sent, before.arrived), (3, 2));
        // Another channel's carrier does not know what became of it, and nobody says so in a carrier's name.
        let (number, key) = (two.first.carried()[1].number.clone(), two.bell.secrets["event-key"].clone());
        assert_eq!(town.says_unreachable("city-messenger", &key, &number).await.status, 401);
        assert_eq!(town.says_unreachable("pigeon-text", &key, &number).await.status, 401);
        assert_eq!(town.says_unreachable("city-bell", &key, &number).await.status, 202);
        town.work().await;
        assert_eq!(town.balance().await, before);
        two.first.have(Fate::Arrives);
        two.tell(&town).await;
        assert_eq!(town.balance().await.arrived, 3);
        // An app of which there is none any more is forgotten, and what was for it goes another way.
        two.bell.have(Fate::NobodyThere);
        town.chooses(lin, &[&DAY_AND_NIGHT[..], &[("cases", "app")]].concat()).await;
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!((two.bell.carried().len(), town.apps_of(lin).await), (2, 1));
        two.tell(&town).await;
        assert_eq!((two.bell.carried().len(), town.apps_of(lin).await), (2, 0));
        let balance = town.balance().await;
        assert!(balance.holds() && balance.arrived == 3, "{balance:?}");
        two.close(town).await;
    }

    async fn where_the_first_fails_or_hangs_the_second_takes_it_at_once(town, two) {
        let lin = lin(&town).await;
        two.first.fail(at(SEND, Fault { status: Some(503), ..Fault::default() }));
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!(two.carried(), (0, 1));
        // It is asked whether it has the message, and has not.
        town.clock.advance(TimeDelta::minutes(2));
        two.first.fail(at(SEND, Fault { hang: true, ..Fault::default() }));
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!(two.carried(), (0, 2));
        two.first.fail(Fault::default());
        town.clock.advance(TimeDelta::minutes(2));
        town.case_goes_on(lin, "done").await;
        town.work().await;
        assert_eq!(two.carried(), (1, 2));
        // Whoever carried it says what became of it.
        town.pass(TimeDelta::minutes(1)).await;
        let balance = town.balance().await;
        assert!(balance.holds() && (balance.sent, balance.arrived, balance.uncertain) == (3, 3, 0), "{balance:?}");
        two.close(town).await;
    }

    async fn whoever_may_have_a_message_is_asked_before_another_gets_it(town, two) {
        let lin = lin(&town).await;
        two.first.fail(at(SEND, mumbles()));
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!((two.carried(), two.first.asked()), ((1, 0), 1), "it says that it has it");
        assert_eq!(town.balance().await.sent, 1);
        // One that says nothing sensible at all is asked again, alone and under the same number.
        town.clock.advance(TimeDelta::minutes(2));
        two.first.fail(at(ALL, mumbles()));
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!((two.carried(), town.balance().await.waiting), ((2, 0), 1));
        two.first.fail(Fault::default());
        for _ in 0..3 {
            town.pass(TimeDelta::minutes(10)).await;
        }
        assert_eq!((two.carried(), two.first.asked()), ((2, 0), 3), "twice the same, carried once");
        let balance = town.balance().await;
        assert!(balance.holds() && (balance.sent, balance.uncertain) == (2, 0), "{balance:?}");
        // A code does not wait for that.
        two.first.fail(at(ALL, mumbles()));
        town.ask_for_code(phone(), Lang::Zh).await;
        town.work().await;
        assert_eq!(two.carried(), (3, 1));
        assert_eq!(two.first.carried()[2].text, two.second.carried()[0].text, "the same code");
        two.close(town).await;
    }
}
