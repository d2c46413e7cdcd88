//! What agencies say by themselves that somebody owes: told, shown, reminded of, and paid or taken back.

use chrono::TimeDelta;
use serde_json::{Value, json};
use yimen::{ledger::CitizenId, sso::assertion};
use yimen_drivers::rest::signing::{NONCE, SIGNATURE, Signing, TIMESTAMP};

use crate::{
    on_both_engines,
    payments::{Beside, decides},
    people::{Browser, citizen, keys, number},
    town::Town,
};

const COURT: &str = "intermediate-court";
const EVENTS: &str = "/api/v1/agencies/intermediate-court/events";
const START: &str = "/services/YZ16009/start";
const PAY: &str = "/services/YZ16009/pay";
/// The fee that the court has for 林晓, and another.
const FEE: &str = "SSF2611170031";
const OTHER: &str = "SSF2611180040";

/// How the court says that a fee stands.
struct Fee<'a> {
    number: &'a str,
    sequence: u64,
    stands: &'a str,
    fen: u64,
    until: &'a str,
}

impl Town {
    /// Pushes what the court says of a fee, in the court's own shape.
    async fn court_says(&self, beside: &Beside, subject: &str, fee: &Fee<'_>) {
        let Fee { number, sequence, stands, fen, until } = fee;
        let (now, nonce) = (self.clock.now(), format!("fee-{sequence}-{stands}"));
        let body = json!({ "TSXX": [{
            "TSBH": nonce, "TSLX": "JF", "TSSJ": now.to_rfc3339(), "JFR": subject, "FWBM": "YZ16009",
            "XH": sequence, "JFDH": number, "SXMC": "案件受理费（民间借贷纠纷）", "YJJE": fen,
            "CSSJ": "2026-11-17", "JZRQ": until, "JFZT": stands,
        }] });
        let key = beside.backends.get(COURT).unwrap().secrets["event-key"].clone();
        let (body, at) = (Value::to_string(&body), now.timestamp());
        let signing =
            Signing { method: "POST", target: EVENTS, timestamp: at, nonce: &nonce, body: body.as_bytes() };
        let request = self.client().post(self.url(EVENTS)).header(TIMESTAMP, at.to_string());
        let request = request.header(NONCE, &nonce).header(SIGNATURE, signing.sign(key.as_bytes()));
        let answer = self.ask(request.body(body)).await;
        assert_eq!(answer.status, 202, "{}", answer.body);
        self.work().await;
    }
}

async fn lin(town: &Town) -> CitizenId {
    citizen(town, "林晓", "13800000001", &number("19850101", 1)).await
}

fn name_at_court(town: &Town, who: CitizenId) -> String {
    assertion::pseudonym(&keys(town), COURT, who)
}

async fn says(browser: &Browser<'_>, path: &str) -> String {
    browser.get(path).await.ok().texts("main").join(" ")
}

/// Where the first of the dues on the page of payments leads.
async fn first_owed(browser: &Browser<'_>) -> String {
    let page = browser.get("/me/payments").await.ok();
    page.attributes("main a[href^='/me/payments/owed/']", "href").remove(0)
}

/// What the button on a page of dues sends.
fn button(page: &crate::town::Answer) -> Vec<(String, String)> {
    let form = |name: &str| page.attributes(&format!("form[action='{PAY}'] input[type=hidden]"), name);
    form("name").into_iter().zip(form("value")).filter(|(name, _)| name != "csrf").collect()
}

on_both_engines! {
    async fn a_fee_is_told_shown_reminded_of_and_paid(town: Town) {
        let beside = Beside::open(&town, &[COURT]).await;
        let who = lin(&town).await;
        let name = name_at_court(&town, who);
        let fee = |sequence, stands| Fee { number: FEE, sequence, stands, fen: 230_000, until: "2026-12-10" };
        // Whom the portal never named to it the court cannot mean.
        town.court_says(&beside, &name, &fee(1, "W")).await;
        let lin = Browser::of(&town, who, 3).await;
        assert!(!says(&lin, "/me/payments").await.contains("案件受理费"));
        assert!(town.dump(&["inbound_events"]).await.contains("nobody of that name"));
        // She asks it something, and from then on it can tell her.
        assert!(lin.post(START, &[("fee_number", "")]).await.ok().body.contains("案件受理费"));
        town.court_says(&beside, &name, &fee(2, "W")).await;
        let told = says(&lin, "/me/notices").await;
        assert!(told.contains("待缴：诉讼费缴纳"), "{told}");
        let owed = says(&lin, "/me/payments").await;
        assert!(owed.contains("案件受理费（民间借贷纠纷）") && owed.contains("12月10日 前缴清"), "{owed}");
        assert!(says(&lin, "/me/reminders").await.contains("诉讼费缴纳"));
        // Neither number nor words lie open, and nobody else has a way to them.
        let dump = town.dump(&["told_dues", "inbound_events", "deadlines", "notices", "jobs"]).await;
        assert!(dump.contains("YZ16009") && !dump.contains(FEE) && !dump.contains("民间借贷"), "{dump}");
        let path = first_owed(&lin).await;
        let other = citizen(&town, "沈雨桐", "13800000002", &number("19990812", 50)).await;
        let other = Browser::of(&town, other, 3).await;
        assert_eq!(other.get(&path).await.status, 404);
        assert!(!says(&other, "/me/payments").await.contains("案件受理费"));
        // The same again tells nothing new.
        town.court_says(&beside, &name, &fee(3, "W")).await;
        assert_eq!(says(&lin, "/me/notices").await.matches("待缴：诉讼费缴纳").count(), 1);
        // A week before the last day she is reminded, once.
        town.pass(TimeDelta::days(14)).await;
        let lin = Browser::of(&town, who, 3).await;
        let told = says(&lin, "/me/notices").await;
        assert_eq!(told.matches("诉讼费缴纳：还有 6 天").count(), 1, "{told}");
        // From the notice to the page that pays it.
        let due = lin.get(&path).await.location();
        assert_eq!(due, format!("/services/YZ16009/due?number={FEE}"));
        let sent = button(&lin.get(&due).await.ok());
        let pairs: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let order = lin.post(PAY, &pairs).await.location();
        let till = lin.get(&order).await.ok().attributes("main a.button.large", "href").remove(0);
        assert_eq!(decides(&town, &till, "pay").await.status, 303);
        town.clock.advance(TimeDelta::seconds(5));
        lin.get(&format!("{order}?back=1")).await.ok();
        town.work().await;
        assert!(says(&lin, &order).await.contains("已经缴清"));
        let owed = lin.get("/me/payments").await.ok();
        assert!(owed.attributes("main a[href^='/me/payments/owed/']", "href").is_empty());
        assert!(!says(&lin, "/me/reminders").await.contains("诉讼费缴纳"));
        // Nobody is reminded of what is paid.
        town.pass(TimeDelta::days(6)).await;
        let lin = Browser::of(&town, who, 3).await;
        let told = says(&lin, "/me/notices").await;
        assert_eq!(told.matches("诉讼费缴纳：还有").count(), 1, "{told}");
        assert!(!told.contains("诉讼费缴纳：明天"), "{told}");
        beside.close().await;
        town.close().await;
    }

    async fn a_fee_that_changes_or_is_taken_back_is_told_once(town: Town) {
        let beside = Beside::open(&town, &[COURT]).await;
        let who = lin(&town).await;
        let (name, lin) = (name_at_court(&town, who), Browser::of(&town, who, 3).await);
        lin.post(START, &[("fee_number", "")]).await.ok();
        let fee = |sequence, stands, fen, until| Fee { number: OTHER, sequence, stands, fen, until };
        town.court_says(&beside, &name, &fee(1, "W", 65_000, "2026-12-10")).await;
        // With a surcharge, and a later day.
        town.court_says(&beside, &name, &fee(3, "W", 68_000, "2026-12-20")).await;
        // What comes late says nothing.
        town.court_says(&beside, &name, &fee(2, "W", 99_900, "2026-12-31")).await;
        let owed = says(&lin, "/me/payments").await;
        assert!(owed.contains("680 元") && owed.contains("12月20日") && !owed.contains("999 元"), "{owed}");
        let told = says(&lin, "/me/notices").await;
        assert_eq!(told.matches("诉讼费缴纳：待缴款项有变化").count(), 1, "{told}");
        assert!(says(&lin, "/me/reminders").await.contains("12月20日"));
        // What is overdue stays a date until it is paid: it may cost more from day to day.
        town.court_says(&beside, &name, &fee(4, "W", 68_000, "2026-11-19")).await;
        let dates = says(&lin, "/me/reminders").await;
        assert!(dates.contains("11月19日") && dates.contains("已过"), "{dates}");
        town.court_says(&beside, &name, &fee(5, "Q", 68_000, "2026-11-19")).await;
        town.court_says(&beside, &name, &fee(6, "Q", 68_000, "2026-11-19")).await;
        let told = says(&lin, "/me/notices").await;
        assert_eq!(told.matches("诉讼费缴纳：不用再缴了").count(), 1, "{told}");
        assert!(!says(&lin, "/me/payments").await.contains("680 元"));
        assert!(!says(&lin, "/me/reminders").await.contains("诉讼费缴纳"));
        town.pass(TimeDelta::days(29)).await;
        let lin = Browser::of(&town, who, 3).await;
        assert!(!says(&lin, "/me/notices").await.contains("还有"));
        // It is held of her, and so is the name by which the court knows her.
        let held = says(&lin, "/me/privacy").await;
        assert!(held.contains("部门对您的代号") && held.contains("待缴款项"), "{held}");
        beside.close().await;
        town.close().await;
    }
}
