//! Two accounts of one person become one: whatever one of them held is the other's to see and to go on with.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use yimen::{
    accounts::staff::Role,
    app,
    db::{DbError, schema::citizen_keys},
    ledger::{self, Actor, CitizenId, Record, requests},
};

use diesel::prelude::*;

use crate::{
    acting::{grant, takes_up},
    bookings::{ADVICE, MONDAY, form_of},
    cases::{ANSWERS, START},
    desk::{self, asked_to_correct},
    inquiries::{ask_correction, ask_why, look_at, police},
    on_both_engines,
    payments::{Beside, decides},
    people::{Browser, citizen, keys, number},
    staff::{at_work, hired},
    surveys,
    together::{BIRTH, INSURANCE},
    town::{Answer, Town},
};

/// Records of what the closed account did and was, and of what was done with it.
const STAYS: [&str; 10] = [
    "citizens",
    "citizen_keys",
    "identities",
    "credentials",
    "looks",
    "chain",
    "consents",
    "data_requests",
    "delegations",
    "deeds",
];
const OTHER: &str = "13800000009";

/// One person, twice: the account that closes, and the one that stays.
async fn twice(town: &Town) -> (CitizenId, CitizenId) {
    let leaves = citizen(town, "林小", OTHER, &number("19850102", 3)).await;
    (leaves, citizen(town, "林晓", "13800000001", &number("19850101", 1)).await)
}

async fn counter(town: &Town) -> Browser<'_> {
    let id = hired(town, "counter", Role::Officer, "/").await;
    at_work(town, id, Role::Officer, "/").await
}

async fn merge(counter: &Browser<'_>, stays: CitizenId) -> Answer {
    let fields = [("id", stays.to_string()), ("reason", "同一人".to_owned()), ("other", OTHER.to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    counter.post("/staff/counter/merge", &fields).await
}

/// What an account holds, by kind.
async fn held(town: &Town, citizen: CitizenId) -> BTreeMap<&'static str, Vec<Record>> {
    let ring = keys(town);
    let export = move |c: &mut yimen::db::Conn| app::holders().export(c, &ring, &ledger::own(citizen));
    let sections = town.db.read(export).await.unwrap();
    sections.into_iter().map(|section| (section.kind, section.records)).collect()
}

on_both_engines! {
    async fn everything_goes_over_and_is_gone_on_with(town: Town) {
        let beside = Beside::open(&town, &["gas-supply", "transport"]).await;
        let (leaves, stays) = twice(&town).await;
        let before = Browser::of(&town, leaves, 4).await;
        let wang = citizen(&town, "王建", "13800000002", &number("19600229", 7)).await;
        let wang = Browser::of(&town, wang, 3).await;
        assert_eq!(grant(&wang, &[("name", "林小"), ("phone", OTHER)]).await.status, 303);
        let power = takes_up(&before).await;
        assert_eq!(grant(&before, &[("name", "王建"), ("phone", "13800000002")]).await.status, 303);
        takes_up(&wang).await;

        let (officer, _) = desk::worker(&town, "officer", Role::Officer, desk::UNIT).await;
        let asked = desk::apply(&before).await;
        asked_to_correct(&officer, &asked, "2026-12-01").await;
        let ticket = before.books(ADVICE, &before.free_on(ADVICE, MONDAY).await[0], &form_of("legal-aid", ADVICE)).await;
        let order = before.orders().await;
        let till = before.till(&order).await;
        let list = before.begins_together(&[BIRTH, INSURANCE]).await;
        look_at(&town, leaves, police()).await;
        ask_why(&before).await;
        assert_eq!(ask_correction(&before, "name", "", "名字写错了").await.status, 303);
        town.work().await;
        let (curious, _) = desk::worker(&town, "asker", Role::Manager, "weather").await;
        let [(_, asked_of_one), (asked_of_both, both)] =
            [surveys::published(&curious, &[]).await, surveys::published(&curious, &[]).await];
        let other = Browser::of(&town, stays, 4).await;
        for (browser, survey, choice) in [(&before, &asked_of_one, "1"), (&before, &both, "1"), (&other, &both, "2")] {
            assert_eq!(browser.post(&format!("{survey}/answer"), &[("q1", choice)]).await.status, 303);
        }
        // On its way to the agency, with its papers, while the accounts become one.
        let review = before.fills(START, &ANSWERS).await;
        let sent = before.hands_in(&review).await;

        // Written down, and its dates not counted yet; and one that both hold.
        let card = |name| {
            [("kind", "other"), ("name", name), ("number", "G-1"), ("issued", "2026-01-01"), ("expires", "2027-12-31")]
        };
        before.post("/me/wallet/add", &card("图书证")).await;
        other.post("/me/wallet/add", &card("图书证")).await;
        town.work().await;
        before.post("/me/wallet/add", &card("健身卡")).await;

        let had = held(&town, leaves).await;
        let counter = counter(&town).await;
        assert_eq!(merge(&counter, stays).await.location(), "/staff/counter?said=merged");
        assert_eq!(before.get("/me/cases").await.status, 303, "the closed account is signed out");
        let has = held(&town, stays).await;
        for kind in ["applications", "bookings", "payments", "inquiries"] {
            assert!(!had[kind].is_empty(), "{kind}");
            assert_eq!(has[kind], had[kind], "{kind}");
        }
        // Of two answers to the same the one of the account that stays counts.
        assert_eq!(has["survey-answers"].len(), 2);
        let totals = curious.get(&asked_of_both).await.ok().texts("main td").join(" ");
        assert!(totals.starts_with("0 0% 1 100%"), "{totals}");
        assert!(had["looks"].iter().all(|look| has["looks"].contains(look)));

        for table in app::holders().0.iter().flat_map(|holder| holder.tables()) {
            let named = town.dump(&[table]).await.contains(&leaves.uuid().simple().to_string());
            assert!(!named || STAYS.contains(table), "{table} still names the closed account");
        }

        let now = Browser::of(&town, stays, 4).await;
        let again = now.get(&format!("{asked_of_one}/answer")).await.ok();
        assert_eq!(again.attributes("input[name=q1][checked]", "value"), ["1"]);
        town.work().await;
        let text = now.reads(&sent).await;
        assert!(text.contains("TS990100118823") && !text.contains("还没有送到"), "{text}");
        assert_eq!(beside.backends.get("transport").unwrap().cases().len(), 1);
        let dates = now.reads("/me/reminders").await;
        assert_eq!((dates.matches("健身卡").count(), dates.matches("图书证").count()), (1, 1), "{dates}");
        let paper = now.get(&sent).await.ok().attributes("main a[download]", "href").remove(0);
        assert_eq!(now.get(&paper).await.status, 200);
        // What was asked for is put right, and the officer has it.
        let page = now.get(&format!("{asked}/correct")).await.ok();
        assert!(page.body.contains("请写明文件名称"), "{}", page.body);
        let put = now.post(&format!("{asked}/correct"), &[("round", "0"), ("info_wanted", "施工合同第二册")]).await;
        assert_eq!(put.status, 303, "{:?}", put.texts(".errors"));
        assert!(officer.reads(&asked.replace("/me/cases", "/agency/cases")).await.contains("施工合同第二册"));
        // What was ordered is paid, what was booked is given back.
        town.clock.advance(TimeDelta::seconds(5));
        assert!(decides(&town, &till, "pay").await.status < 400);
        let text = now.reads(&format!("{order}?back=1")).await;
        assert!(text.contains("已经付款"), "{text}");
        town.work().await;
        assert!(now.reads(&order).await.contains("已经缴清"));
        assert_eq!(now.post(&format!("{ticket}/cancel"), &[]).await.status, 303);
        assert_eq!(now.get(&list).await.ok().texts("main ol .tag").len(), 2);
        // A question about a look at the closed account goes on being answerable, and can be read.
        let looks = now.get("/me/looks").await.ok();
        assert!(looks.body.contains("公安局") || looks.body.contains("交"), "{}", looks.body);
        let (manager, _) = desk::worker(&town, "head", Role::Manager, "traffic-police").await;
        let question = manager.get("/staff/requests").await.ok().attributes("main h2 a", "href").remove(0);
        let shown = manager.post(&format!("{question}/open"), &[]).await.ok().texts("main").join(" ");
        assert!(shown.contains("身份证号"), "{shown}");
        // Powers hold both ways.
        let switched = now.post("/me/acting/switch", &[("delegation", &power)]).await;
        assert_eq!(switched.status, 303);
        assert!(now.get("/me/acting").await.ok().body.contains("王*"));
        assert_eq!(wang.get("/me/acting").await.ok().texts("section[aria-labelledby=mine] li").len(), 1);
        beside.close().await;
        town.close().await;
    }

    async fn what_stayed_with_the_closed_account_is_erased_with_the_other(town: Town) {
        let (leaves, stays) = twice(&town).await;
        look_at(&town, leaves, Actor::Staff(hired(&town, "curious", Role::Officer, "/").await)).await;
        let counter = counter(&town).await;
        assert_eq!(merge(&counter, stays).await.location(), "/staff/counter?said=merged");
        // A third account of the same person: what belonged to the second belongs to the third.
        let third = citizen(&town, "林晓晓", "13800000007", &number("19850103", 5)).await;
        let fields = [("id", third.to_string()), ("reason", "同一人".to_owned()), ("other", "13800000001".to_owned())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(counter.post("/staff/counter/merge", &fields).await.location(), "/staff/counter?said=merged");
        let seen = held(&town, third).await["looks"].len();
        assert!(seen >= 3, "{seen}");
        let now = town.clock.now();
        town.db.tx(move |c| requests::ask_erasure(c, now, third)).await.unwrap();
        town.pass(TimeDelta::days(8)).await;
        let left: i64 = town
            .db
            .read(|c| {
                let whole = citizen_keys::table.filter(citizen_keys::sealed_key.is_not_null());
                whole.count().get_result(c).map_err(DbError::from)
            })
            .await
            .unwrap();
        assert_eq!(left, 0);
        town.close().await;
    }

    async fn what_excludes_one_another_is_ended_first(town: Town) {
        let form = form_of("legal-aid", ADVICE);
        let (leaves, stays) = twice(&town).await;
        let (first, second) = (Browser::of(&town, leaves, 3).await, Browser::of(&town, stays, 3).await);
        for one in [&first, &second] {
            let slot = one.free_on(ADVICE, MONDAY).await.remove(0);
            one.books(ADVICE, &slot, &form).await;
        }
        let ticket = first.get("/me/bookings").await.ok().attributes("main a[href^='/me/bookings/']", "href").remove(0);
        let counter = counter(&town).await;
        let refused = merge(&counter, stays).await.location();
        assert_eq!(refused, "/staff/counter?said=both&kind=bookings");
        let page = counter.get(&refused).await.ok().texts(".notice").join(" ");
        assert!(page.contains("预约") && page.contains("没有合并"), "{page}");
        // Nothing has moved, and both are as they were.
        assert_eq!(first.get(&ticket).await.status, 200);
        assert_eq!(second.get(&ticket).await.status, 404);
        assert_eq!(first.post(&format!("{ticket}/cancel"), &[]).await.status, 303);
        assert_eq!(merge(&counter, stays).await.location(), "/staff/counter?said=merged");
        assert_eq!(second.get(&ticket).await.status, 200);
        town.close().await;
    }
}
