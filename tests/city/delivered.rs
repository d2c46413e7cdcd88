//! What becomes of a message outside: a provider that fails and another that takes it, what providers report, and what is
//! sent once more.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use serde_json::{Value, json};
use yimen::{
    accounts::{self, Tell, What, staff::Role},
    ledger::CitizenId,
    platform::Lang,
};

use crate::{
    channels::phone,
    desk::worker,
    inbox::{DAY_AND_NIGHT, EMAIL, PHONE, lin},
    people::Browser,
    town::{Engine, Town, outside::Post},
    with_post,
};

const REPORTS: &str = "reports-are-proved-by-this";

/// Two providers of each channel, the first of which reports.
struct Two {
    first: Post,
    second: Post,
}

impl Two {
    async fn town(engine: Engine) -> (Town, Self) {
        let ((first, mut settings), (second, others)) = (Post::open(), Post::open());
        let of_second = |key: &str| match key {
            "YIMEN_SMTP_SERVER" => Some("YIMEN_SMTP_SECOND_SERVER"),
            "YIMEN_SMTP_SECURITY" => Some("YIMEN_SMTP_SECOND_SECURITY"),
            "YIMEN_SMS_ADDRESS" => Some("YIMEN_SMS_SECOND_ADDRESS"),
            "YIMEN_SMS_KEY" => Some("YIMEN_SMS_SECOND_KEY"),
            _ => None,
        };
        settings.extend(others.into_iter().filter_map(|(key, value)| Some((of_second(key)?, value))));
        settings.push(("YIMEN_SMS_REPORTS_KEY", REPORTS.to_owned()));
        settings.push(("YIMEN_SMTP_REPORTS_KEY", REPORTS.to_owned()));
        let settings: Vec<_> = settings.iter().map(|(key, value)| (*key, value.as_str())).collect();
        (Town::open_with(engine, &settings).await, Self { first, second })
    }

    /// How many text messages each took.
    fn texts(&self) -> (usize, usize) {
        (self.first.texts.lock().unwrap().len(), self.second.texts.lock().unwrap().len())
    }

    fn mails(&self) -> (usize, usize) {
        (self.first.mails.lock().unwrap().len(), self.second.mails.lock().unwrap().len())
    }

    /// The number under which the last text message was sent.
    fn key(&self) -> String {
        self.first.texts.lock().unwrap().last().unwrap().headers["idempotency-key"].clone()
    }
}

impl Town {
    /// A provider reports.
    async fn hears(&self, section: &str, reports: &Value) -> (u16, Value) {
        let request = self
            .client()
            .post(self.url(&format!("/api/v1/channels/{section}/reports")))
            .bearer_auth(REPORTS)
            .json(&json!({ "reports": reports }));
        let answer = self.ask(request).await;
        (answer.status, serde_json::from_str(&answer.body).unwrap())
    }

    /// How a notice went, as its receiver reads it.
    async fn ways_of_last(&self, citizen: CitizenId) -> String {
        let browser = Browser::of(self, citizen, 2).await;
        let link = browser.get("/me/notices").await.ok().attributes("main .lines a", "href").remove(0);
        browser.get(&link).await.ok().texts("section[aria-labelledby=ways] li").join("；")
    }
}

async fn somebody(town: &Town) -> CitizenId {
    let lin = lin(town).await;
    town.chooses(lin, &DAY_AND_NIGHT).await;
    town.chooses(lin, &[&DAY_AND_NIGHT[..], &[("cases", "sms")]].concat()).await;
    lin
}

with_post! {
    Two::town => Two;

    async fn where_the_first_provider_fails_the_second_takes_it(town, two) {
        let lin = somebody(&town).await;
        two.first.to_texts.lock().unwrap().extend([503]);
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!(two.texts(), (1, 1), "in one go");
        // For a minute the second is asked first, then the first again.
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!(two.texts(), (1, 2));
        town.clock.advance(TimeDelta::minutes(2));
        town.case_goes_on(lin, "done").await;
        town.work().await;
        assert_eq!(two.texts(), (2, 2));
        let balance = town.balance().await;
        assert!(balance.holds() && balance.sent == 3 && balance.uncertain == 0, "{balance:?}");
        // A code goes out even where the first provider says nothing sensible: twice the same code is no harm.
        two.first.to_texts.lock().unwrap().extend([502]);
        town.ask_for_code(phone(), Lang::Zh).await;
        town.work().await;
        assert_eq!(two.texts(), (3, 3));
        town.close().await;
    }

    /// One mail brought all of a day: where it came back nothing of that day arrived.
    async fn a_mail_of_a_day_comes_back_or_arrives_whole(town, two) {
        let lin = lin(&town).await;
        town.chooses(lin, &[&DAY_AND_NIGHT[..], &[("gathered_at", "18:00"), ("cases", "email")]].concat()).await;
        for state in ["accepted", "granted", "done"] {
            town.case_goes_on(lin, state).await;
            town.work().await;
        }
        town.pass(TimeDelta::hours(6)).await;
        assert_eq!(two.mails(), (1, 0));
        let mail = two.first.mails.lock().unwrap()[0].text.clone();
        let number = mail.lines().find_map(|line| line.strip_prefix("Message-ID: <")).unwrap();
        let key = number.split('@').next().unwrap();
        assert_eq!(town.hears("smtp", &json!([{ "outcome": "undelivered", "key": key }])).await.1["taken"], 1);
        let balance = town.balance().await;
        assert!(balance.holds() && (balance.sent, balance.failed["undelivered"]) == (0, 3), "{balance:?}");
        assert_eq!(town.hears("smtp", &json!([{ "outcome": "delivered", "key": key }])).await.1["taken"], 1);
        let balance = town.balance().await;
        assert!(balance.holds() && (balance.sent, balance.arrived) == (3, 3), "{balance:?}");
        town.work().await;
        assert!(town.balance().await.holds());
        town.close().await;
    }

    /// Whoever may have taken it over is asked again, alone; another only after that was in vain, and then it is counted.
    async fn nobody_is_told_twice_while_one_provider_may_have_it(town, two) {
        let lin = somebody(&town).await;
        two.first.to_texts.lock().unwrap().extend([502, 502]);
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        for _ in 0..4 {
            town.pass(TimeDelta::minutes(10)).await;
        }
        assert_eq!(two.texts(), (3, 0), "the same provider, until it says");
        let keys: Vec<String> =
            two.first.texts.lock().unwrap().iter().map(|asked| asked.headers["idempotency-key"].clone()).collect();
        assert!(keys.iter().all(|key| *key == keys[0]));
        let balance = town.balance().await;
        assert!(balance.holds() && balance.sent == 1 && balance.uncertain == 0, "{balance:?}");
        // One that never says: the second gets it, once, and it may have gone out twice.
        two.first.to_texts.lock().unwrap().extend([502; 100]);
        town.case_goes_on(lin, "granted").await;
        for _ in 0..12 {
            town.pass(TimeDelta::hours(1)).await;
        }
        assert_eq!(two.texts().1, 1);
        let balance = town.balance().await;
        assert!(balance.holds() && balance.sent == 2 && balance.uncertain == 1, "{balance:?}");
        town.close().await;
    }

    /// A conversation that broke off after the mail was handed over: it is repeated once, and counted.
    async fn a_mail_whose_fate_is_unknown_is_repeated_once(town, two) {
        let lin = lin(&town).await;
        town.chooses(lin, &[&DAY_AND_NIGHT[..], &[("cases", "email")]].concat()).await;
        for post in [&two.first, &two.second] {
            post.breaks.store(1, Ordering::SeqCst);
        }
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!(two.mails(), (1, 0));
        for _ in 0..5 {
            town.pass(TimeDelta::hours(1)).await;
        }
        let (first, second) = two.mails();
        assert_eq!(first + second, 2, "and not a third time");
        let balance = town.balance().await;
        assert!(balance.holds() && balance.uncertain == 1 && balance.waiting == 0, "{balance:?}");
        assert_eq!(balance.failed.get("it may have gone out twice"), Some(&1), "{balance:?}");
        assert_eq!(two.texts(), (0, 0), "a text message in its place is not what they chose");
        town.close().await;
    }

    async fn what_arrived_and_what_came_back_is_known(town, two) {
        let lin = lin(&town).await;
        town.chooses(lin, &[&DAY_AND_NIGHT[..], &[("cases", "sms"), ("cases", "email")]].concat()).await;
        let browser = Browser::of(&town, lin, 2).await;
        // As it is for everybody: one way is enough, the other is spare.
        town.sql("DELETE FROM notice_choices").await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!((two.texts(), two.mails()), ((1, 0), (0, 0)));
        let report = |outcome: &str| json!([{ "outcome": outcome, "key": two.key() }]);
        assert_eq!(town.hears("sms", &report("delivered")).await, (200, json!({ "taken": 1, "unknown": 0 })));
        assert!(town.ways_of_last(lin).await.contains("短信：已送达"));
        // What arrived has arrived, whatever comes after, and as often as it is said.
        town.hears("sms", &report("undelivered")).await;
        town.hears("sms", &report("delivered")).await;
        assert_eq!(town.balance().await.arrived, 1);
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        town.hears("sms", &report("undelivered")).await;
        town.work().await;
        assert_eq!((two.texts(), two.mails()), ((2, 0), (1, 0)), "by mail in its place");
        let ways = town.ways_of_last(lin).await;
        assert!(ways.contains("短信：没有送达") && ways.contains("邮件：已发送"), "{ways}");
        // Nothing more is sent there, and they are asked to look at it.
        town.case_goes_on(lin, "done").await;
        town.work().await;
        assert_eq!((two.texts(), two.mails()), ((2, 0), (2, 0)));
        let choices = browser.get("/me/notices/choices").await.ok();
        assert!(choices.texts(".notice").concat().contains("短信没能送到您的手机"));
        let works = browser.post("/me/notices/reached", &[]).await;
        assert_eq!(works.location(), "/me/notices?said=saved", "{} {:?}", works.status, works.texts("main"));
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!(two.texts(), (3, 0));
        // What happens to the account is said even there.
        town.hears("sms", &report("undelivered")).await;
        town.work().await;
        let now = town.clock.now();
        town.db.tx(move |c| accounts::tell(c, now, &Tell::new(lin, What::NewDevice, now))).await.unwrap();
        town.work().await;
        assert_eq!(two.texts(), (4, 0));
        let balance = town.balance().await;
        assert!(balance.holds() && balance.suppressed["unreached"] == 1, "{balance:?}");
        town.close().await;
    }

    /// A message that was taken over while nobody was told so, and of which the provider says later that it arrived.
    async fn a_report_after_our_time_limit_is_understood(town, two) {
        let lin = somebody(&town).await;
        two.first.to_texts.lock().unwrap().extend([502; 50]);
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        town.hears("sms", &json!([{ "outcome": "delivered", "key": two.key() }])).await;
        town.pass(TimeDelta::hours(1)).await;
        assert_eq!(two.texts(), (1, 0), "nothing more is sent");
        let balance = town.balance().await;
        assert!(balance.holds() && balance.sent == 1 && balance.arrived == 1, "{balance:?}");
        town.close().await;
    }

    async fn whoever_writes_stop_gets_no_more_until_they_want_them_again(town, two) {
        let lin = somebody(&town).await;
        assert_eq!(town.hears("sms", &json!([{ "outcome": "stop", "to": PHONE }])).await.0, 200);
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        assert_eq!(two.texts(), (0, 0));
        let now = town.clock.now();
        town.db.tx(move |c| accounts::tell(c, now, &Tell::new(lin, What::NewDevice, now))).await.unwrap();
        town.work().await;
        assert_eq!(two.texts(), (1, 0), "of their account everybody hears");
        town.hears("sms", &json!([{ "outcome": "start", "to": PHONE }])).await;
        town.case_goes_on(lin, "granted").await;
        town.work().await;
        assert_eq!(two.texts(), (2, 0));
        // Whoever complains of a mail gets none, and a provider speaks of its own channel alone.
        town.hears("sms", &json!([{ "outcome": "complaint", "to": EMAIL }])).await;
        assert_eq!(town.hears("smtp", &json!([{ "outcome": "complaint", "to": EMAIL }])).await.1["taken"], 1);
        assert_eq!(town.hears("smtp", &json!([{ "outcome": "stop", "to": PHONE }])).await.1["unknown"], 1);
        assert_eq!(town.hears("smtp", &json!([{ "outcome": "undelivered", "key": two.key() }])).await.1["unknown"], 1);
        let choices = Browser::of(&town, lin, 2).await.get("/me/notices/choices").await.ok();
        assert_eq!(choices.attributes("input[name=cases][checked]", "value"), ["sms"]);
        town.close().await;
    }

    async fn nobody_else_reports_for_a_provider(town, two) {
        let lin = somebody(&town).await;
        town.case_goes_on(lin, "accepted").await;
        town.work().await;
        let body = json!({ "reports": [{ "outcome": "undelivered", "key": two.key() }] });
        for (section, key) in [("sms", "x"), ("sms", ""), ("sms_second", REPORTS), ("nobody", REPORTS)] {
            let path = town.url(&format!("/api/v1/channels/{section}/reports"));
            let answer = town.ask(town.client().post(path).bearer_auth(key).json(&body)).await;
            assert_eq!(answer.status, 401, "{section} {key}");
        }
        let unheard = town.client().post(town.url("/api/v1/channels/sms/reports")).json(&body);
        assert_eq!(town.ask(unheard).await.status, 401);
        let wrong = town.hears("sms", &json!([{ "outcome": "lost" }])).await;
        assert_eq!(wrong.0, 422, "{wrong:?}");
        assert_eq!(town.balance().await.failed.len(), 0);
        town.close().await;
    }

    /// The desk of what could not be delivered: its cause is mended, and it goes out once more.
    async fn what_could_not_be_delivered_is_sent_again_from_the_desk(town, two) {
        let lin = somebody(&town).await;
        let down = |post: &Post| post.to_texts.lock().unwrap().extend([503; 500]);
        down(&two.first);
        down(&two.second);
        town.case_goes_on(lin, "accepted").await;
        for _ in 0..50 {
            town.pass(TimeDelta::hours(1)).await;
        }
        assert_eq!(town.balance().await.failed.values().sum::<i64>(), 1);
        let (chief, _) = worker(&town, "chief", Role::Administrator, "/").await;
        let desk = chief.get("/admin/notices").await.ok();
        let shown = desk.texts("main .lines .line").join(" ");
        assert!(shown.contains("503") && shown.contains("1 条没有送达") && !shown.contains(PHONE), "{shown}");
        let narrowed = chief.get("/admin/notices?channel=sms&sort=latest").await.ok();
        assert_eq!(narrowed.texts("main .lines .line").len(), 1);
        assert_eq!(narrowed.attributes("select[name=channel] option", "value"), ["", "sms"]);
        for post in [&two.first, &two.second] {
            post.to_texts.lock().unwrap().clear();
            post.texts.lock().unwrap().clear();
        }
        let reason = desk.attributes("input[name=reason]", "value").remove(0);
        let again = chief.post("/admin/notices", &[("channel", "sms"), ("reason", &reason)]).await;
        assert_eq!(again.location(), "/admin/notices?again=1");
        town.work().await;
        let (first, second) = two.texts();
        assert_eq!(first + second, 1);
        let balance = town.balance().await;
        assert!(balance.holds() && balance.failed.is_empty() && balance.sent == 1, "{balance:?}");
        assert!(chief.get("/admin/notices").await.ok().texts("main .lines .line").is_empty());
        // Nothing is sent a second time, and nobody below the city sees the desk.
        chief.post("/admin/notices", &[("channel", "sms"), ("reason", &reason)]).await;
        town.work().await;
        assert_eq!(two.texts(), (first, second));
        let (officer, _) = worker(&town, "officer", Role::Officer, "transport").await;
        assert_eq!(officer.get("/admin/notices").await.status, 403);
        assert_eq!(officer.post("/admin/notices", &[("channel", "sms"), ("reason", &reason)]).await.status, 403);
        town.close().await;
    }
}
