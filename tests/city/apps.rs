//! Notices in the city's own app: how it says where it is, and the two providers that carry them there.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use chrono::TimeDelta;
use serde_json::{Value, json};
use yimen::ledger::CitizenId;

use crate::{
    inbox::{DAY_AND_NIGHT, lin},
    people::{Browser, citizen, number},
    town::{
        Answer, Engine, Town,
        outside::{Asked, Post, Told, listen},
    },
    with_post,
};

const REPORTS: &str = "reports-are-proved-by-this";
pub const TOKEN: &str = "fB-3xQ:APA91bH";

/// What carries to apps.
#[derive(Clone, Default)]
struct Carrier {
    asked: Arc<Mutex<Vec<Asked>>>,
    /// What it answers with, one after the other; then all is taken.
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Carrier {
    fn open() -> (Self, SocketAddr) {
        let carrier = Self::default();
        let taking = carrier.clone();
        let at = listen(move |asked| {
            taking.asked.lock().unwrap().push(asked.clone());
            let mut answers = taking.answers.lock().unwrap();
            let status = if answers.is_empty() { 202 } else { answers.remove(0) };
            Told(status, Vec::new(), "{}".to_owned())
        });
        (carrier, at)
    }

    fn count(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

/// The usual channels, and two providers of messages for apps.
struct Two {
    post: Post,
    first: Carrier,
    second: Carrier,
}

impl Two {
    async fn town(engine: Engine) -> (Town, Self) {
        let (post, mut settings) = Post::open();
        let ((first, one), (second, other)) = (Carrier::open(), Carrier::open());
        settings.extend([
            ("YIMEN_APP_ADDRESS", format!("http://{one}/v1/messages")),
            ("YIMEN_APP_KEY", "first-key".to_owned()),
            ("YIMEN_APP_SENDER", "yunzhou".to_owned()),
            ("YIMEN_APP_REPORTS_KEY", REPORTS.to_owned()),
            ("YIMEN_APP_SECOND_ADDRESS", format!("http://{other}/v1/messages")),
            ("YIMEN_APP_SECOND_KEY", "second-key".to_owned()),
            ("YIMEN_OUTLETS_WEBHOOKS", "true".to_owned()),
        ]);
        let settings: Vec<_> = settings.iter().map(|(key, value)| (*key, value.as_str())).collect();
        (Town::open_with(engine, &settings).await, Self { post, first, second })
    }

    fn counts(&self) -> (usize, usize) {
        (self.first.count(), self.second.count())
    }

    fn texts(&self) -> usize {
        self.post.texts.lock().unwrap().len()
    }
}

impl Town {
    /// What an app does in whose pages somebody is signed in.
    async fn app_says(&self, app: &Browser<'_>, device: &Value) -> Answer {
        let request = self.client().post(self.url("/api/v1/devices")).header("cookie", app.all_cookies());
        self.ask(request.json(device)).await
    }

    /// Somebody whose app is reached, and who hears of their cases there.
    pub async fn with_app(&self) -> CitizenId {
        let lin = lin(self).await;
        let app = Browser::of(self, lin, 2).await;
        assert_eq!(self.app_says(&app, &json!({ "token": TOKEN })).await.status, 201);
        self.work().await;
        self.chooses(lin, &[&DAY_AND_NIGHT[..], &[("cases", "app")]].concat()).await;
        lin
    }

    pub async fn apps_of(&self, who: CitizenId) -> usize {
        let page = Browser::of(self, who, 2).await.get("/me/notices/outlets").await.ok();
        page.texts("main .lines .tag").len()
    }

    async fn app_provider_reports(&self, report: &Value) -> Value {
        let at = self.url("/api/v1/channels/app/reports");
        let request = self.client().post(at).bearer_auth(REPORTS).json(&json!({ "reports": [report] }));
        serde_json::from_str(&self.ask(request).await.ok().body).unwrap()
    }
}

with_post! {
    Two::town => Two;

    async fn an_app_says_how_it_is_reached_and_gets_notices(town, two) {
        let lin = lin(&town).await;
        let app = Browser::of(&town, lin, 2).await;
        // Nobody who is not signed in, nobody without a proof just now, and no page of another site.
        let device = json!({ "token": TOKEN, "name": "小林的手机" });
        let stranger = town.ask(town.client().post(town.url("/api/v1/devices")).json(&device)).await;
        assert_eq!((stranger.status, stranger.body.contains("/sign-in")), (401, true));
        let plain = town.client().post(town.url("/api/v1/devices")).header("cookie", app.all_cookies());
        assert_eq!(town.ask(plain.header("content-type", "text/plain").body(device.to_string())).await.status, 415);
        assert_eq!(town.app_says(&app, &json!({ "token": "with a space" })).await.status, 422);
        town.clock.advance(TimeDelta::minutes(11));
        let late = town.app_says(&app, &device).await;
        assert_eq!((late.status, late.body.contains("/me/prove")), (403, true));
        let app = Browser::of(&town, lin, 2).await;
        assert_eq!(town.app_says(&app, &device).await.status, 201);
        assert_eq!(town.app_says(&app, &device).await.status, 200, "once, however often it says so");
        let page = app.get("/me/notices/outlets").await.ok();
        assert!(page.texts("main .lines li").join("").contains("小林的手机"), "{:?}", page.texts("main"));
        // Its owner hears of it every way there is, the app among them.
        town.work().await;
        assert_eq!((two.counts(), two.texts()), ((1, 0), 1));
        town.chooses(lin, &[&DAY_AND_NIGHT[..], &[("cases", "app")]].concat()).await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!((two.counts(), two.texts()), ((2, 0), 1));
        let asked = two.first.asked.lock().unwrap().last().unwrap().clone();
        assert_eq!(asked.headers["authorization"], "Bearer first-key");
        let said: Value = serde_json::from_str(&asked.body).unwrap();
        assert_eq!((said["to"].as_str(), said["topic"].as_str()), (Some(TOKEN), Some("cases")));
        assert_eq!((said["sender"].as_str(), said["urgent"].as_bool()), (Some("yunzhou"), Some(false)));
        let link = format!("{}/me/cases/2026-7KQ3-MFXD", town.portal().site.origin());
        assert_eq!(said["link"].as_str(), Some(link.as_str()));
        let kept = town.dump(&["notice_outlets", "notice_ways", "jobs"]).await;
        assert!(!kept.contains(TOKEN), "{kept}");
        // Whoever signs in on that telephone has it to themselves.
        let wang = citizen(&town, "王芳", "13800000002", &number("19850101", 2)).await;
        let theirs = Browser::of(&town, wang, 2).await;
        assert_eq!(town.app_says(&theirs, &device).await.status, 201);
        assert_eq!((town.apps_of(lin).await, town.apps_of(wang).await), (0, 1));
        let remove = "form[action='/me/notices/outlets/remove'] input[name=id]";
        let id = theirs.get("/me/notices/outlets").await.ok().attributes(remove, "value").remove(0);
        theirs.post("/me/notices/outlets/remove", &[("id", &id)]).await;
        assert_eq!(town.apps_of(wang).await, 0);
        town.work().await;
        assert!(town.balance().await.holds());
        town.close().await;
    }

    /// Whoever registers an app says what its token is: it takes nothing away from anybody.
    async fn a_token_is_nobodys_address(town, two) {
        let wang = citizen(&town, "王芳", "13800000002", &number("19850101", 2)).await;
        let address = "https://hook.example.org/in";
        let theirs = Browser::of(&town, wang, 2).await;
        theirs.post("/me/notices/outlets", &[("address", address)]).await.ok();
        assert_eq!(town.apps_of(wang).await, 1);
        let lin = lin(&town).await;
        let app = Browser::of(&town, lin, 2).await;
        assert_eq!(town.app_says(&app, &json!({ "token": address })).await.status, 201);
        assert_eq!((town.apps_of(lin).await, town.apps_of(wang).await), (1, 1));
        town.work().await;
        assert_eq!(two.counts(), (1, 0), "that it was added");
        assert_eq!(town.app_provider_reports(&json!({ "outcome": "gone", "to": address })).await["taken"], 1);
        assert_eq!((town.apps_of(lin).await, town.apps_of(wang).await), (0, 1));
        town.work().await;
        town.close().await;
    }

    async fn where_the_first_carrier_fails_the_second_takes_it(town, two) {
        let lin = town.with_app().await;
        assert_eq!(two.counts(), (1, 0), "that the app was added");
        two.first.answers.lock().unwrap().push(503);
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!(two.counts(), (2, 1), "in one go");
        let keys = [&two.first, &two.second].map(|carrier| {
            carrier.asked.lock().unwrap().last().unwrap().headers["idempotency-key"].clone()
        });
        assert_eq!(keys[0], keys[1]);
        // Where the first may have it nobody else is asked, and it knows the repeat by its key.
        town.clock.advance(TimeDelta::minutes(2));
        two.first.answers.lock().unwrap().push(500);
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!(two.counts(), (3, 1));
        town.pass(TimeDelta::minutes(2)).await;
        assert_eq!(two.counts(), (4, 1));
        // Both away for hours: that is the operator's to mend, and the telephone stays on the list.
        two.first.answers.lock().unwrap().extend([503; 200]);
        two.second.answers.lock().unwrap().extend([503; 200]);
        town.case_goes_on(lin, "accepted").await;
        for _ in 0..12 {
            town.pass(TimeDelta::minutes(20)).await;
        }
        let page = Browser::of(&town, lin, 2).await.get("/me/notices/outlets").await.ok();
        assert_eq!(page.texts("main .lines .tag"), ["可用"]);
        assert_eq!(town.balance().await.waiting, 1);
        for carrier in [&two.first, &two.second] {
            carrier.answers.lock().unwrap().clear();
        }
        town.pass(TimeDelta::hours(3)).await;
        let balance = town.balance().await;
        assert!(balance.holds() && balance.waiting == 0 && balance.failed.is_empty(), "{balance:?}");
        town.close().await;
    }

    async fn a_token_that_is_no_longer_valid_is_forgotten(town, two) {
        let lin = town.with_app().await;
        two.first.answers.lock().unwrap().push(410);
        let texts = two.texts();
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        // It goes nowhere else by itself: of cases they chose the app alone. The inbox has it.
        assert_eq!((two.counts(), two.texts(), town.apps_of(lin).await), ((2, 0), texts, 0));
        assert_eq!(town.balance().await.failed["undelivered"], 1);
        // The provider says so later, by the number of a message or by the token; what it says twice is said once.
        for by in ["key", "to"] {
            let app = Browser::of(&town, lin, 2).await;
            assert_eq!(town.app_says(&app, &json!({ "token": TOKEN })).await.status, 201);
            town.work().await;
            let number = two.first.asked.lock().unwrap().last().unwrap().headers["idempotency-key"].clone();
            let value = if by == "key" { number.as_str() } else { TOKEN };
            let gone = json!({ "outcome": "gone", by: value });
            assert_eq!(town.app_provider_reports(&gone).await["taken"], 1, "{by}");
            assert_eq!(town.apps_of(lin).await, 0, "{by}");
            town.app_provider_reports(&gone).await;
        }
        assert_eq!(town.app_provider_reports(&json!({ "outcome": "gone", "to": "unknown" })).await["taken"], 0);
        town.work().await;
        assert!(town.balance().await.holds());
        town.close().await;
    }
}

#[actix_web::test]
async fn where_the_city_has_no_app_there_is_nothing_to_say() {
    let (town, _post) = Post::town(Engine::Sqlite).await;
    let lin = lin(&town).await;
    let app = Browser::of(&town, lin, 2).await;
    assert_eq!(town.app_says(&app, &json!({ "token": TOKEN })).await.status, 404);
    assert!(app.get("/me/notices/outlets").await.ok().texts("#app").is_empty());
    town.close().await;
}
