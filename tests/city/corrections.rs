//! Corrections: what an agency asks for is put right here, brought to it once, and ended by the clock if it does not come.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;
use tempfile::TempDir;
use yimen::{
    accounts::staff::Role,
    cases::{Means, correct},
    db::{DbError, schema::jobs as queue},
    gateway::outages,
    jobs::{self, Registry},
};
use yimen_sandbox::{Backends, Fault, Wrong};

use crate::{
    cases::{lin, load},
    desk::{apply, asked_to_correct, worker},
    on_both_engines,
    people::{Browser, citizen, number},
    town::Town,
};

/// A car quota: three questions, a backend over REST.
const START: &str = "/services/YZ13013/start";
const ANSWERS: [(&str, &str); 3] = [("quota_kind", "petrol"), ("no_car", "yes"), ("licence_class", "C1")];

/// What people are about to be told of their cases: taken out of the queue.
pub async fn news(town: &Town) -> Vec<String> {
    town.db
        .tx(|c| {
            let rows = queue::table.filter(queue::kind.eq("notices.case"));
            let told: Vec<String> = rows.order(queue::id).select(queue::payload).load(c)?;
            diesel::delete(queue::table.filter(queue::kind.eq("notices.case"))).execute(c)?;
            Ok::<_, DbError>(told)
        })
        .await
        .unwrap()
        .iter()
        .map(|told| {
            let told: serde_json::Value = serde_json::from_str(told).unwrap();
            told["state"].as_str().unwrap().to_owned()
        })
        .collect()
}

/// Runs what has become due about corrections, and nothing else.
async fn come_due(town: &Town) {
    let portal = town.portal();
    let means =
        Means { site: portal.site.clone(), gateway: portal.gateway.clone(), shelf: portal.shelf.clone() };
    let registry = Registry::default()
        .on(move |job: correct::CorrectionDue, running| correct::come_due(means.clone(), job, running));
    jobs::drain(&town.db, &town.clock, &registry, &[]).await.unwrap();
}

/// The backend asks for a correction, and the portal hears of it.
async fn backend_asks(town: &Town, backends: &Backends, case: &str) {
    let (_, ours) = case.rsplit_once('/').unwrap();
    let address = &backends.get("transport").unwrap().address;
    let dump = town.dump(&["cases"]).await;
    let row = dump.lines().find(|line| line.contains(ours)).unwrap().to_owned();
    let mut words = row.split(|sign: char| !sign.is_ascii_alphanumeric());
    // A group of four letters in our own number may begin like this, too.
    let is_theirs = |word: &&str| word.starts_with("TR") && word.len() > 4;
    let theirs = words.find(is_theirs).expect("the agency's number").to_owned();
    let decided = town
        .client()
        .put(format!("{address}/cases"))
        .json(&json!({ "reference": theirs, "status": "correction-required" }))
        .send()
        .await
        .unwrap();
    assert_eq!(decided.status(), 204, "{theirs}");
    for _ in 0..6 {
        town.pass(TimeDelta::minutes(10)).await;
    }
}

on_both_engines! {
    async fn what_a_backend_asks_for_is_put_right_and_told_it_once(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let review = lin.fills(START, &ANSWERS).await;
        let case = lin.hands_in(&review).await;
        town.work().await;
        assert_eq!(lin.get(&format!("{case}/correct")).await.location(), case, "nothing is asked for yet");
        backend_asks(&town, &backends, &case).await;
        let lin = Browser::of(&town, who, 3).await;
        let page = lin.get(&case).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("需要补正") && text.contains("指标类型") && !text.contains("quota_kind"), "{text}");
        // Only what was asked for is open, with what was answered before.
        let correct = format!("{case}/correct");
        let form = lin.get(&correct).await.ok();
        assert_eq!(form.attributes("input[name=quota_kind][checked]", "value"), ["petrol"]);
        assert!(form.attributes("[name=licence_class]", "name").is_empty());
        let round = form.attributes("input[name=round]", "value").remove(0);
        let wrong = lin.post(&correct, &[("round", &round), ("quota_kind", "steam")]).await;
        assert_eq!((wrong.status, wrong.texts(".errors li").len()), (422, 1));
        // The agency cannot be reached: the correction waits, and what was not asked for stays as it was.
        let (now, until) = (town.clock.now(), town.clock.now() + TimeDelta::hours(5));
        town.db.tx(move |c| outages::order(c, now, "transport", ("operator", "drill"), Some(until))).await.unwrap();
        let fields = [("round", round.as_str()), ("quota_kind", "electric"), ("licence_class", "A1")];
        let sent = lin.post(&correct, &fields).await;
        assert_eq!(sent.location(), format!("{case}?corrected=1"));
        // The second of two clicks changes nothing.
        assert_eq!(lin.post(&correct, &fields).await.location(), case);
        town.work().await;
        // Without its number, in which any letters may stand.
        let text = lin.reads(&case).await.replace(case.rsplit('/').next().unwrap(), "");
        assert!(text.contains("已补正") && text.contains("还没有送到"), "{text}");
        assert!(text.contains("新能源小客车") && text.contains("C1") && !text.contains("A1"), "{text}");
        // Asking meanwhile brings nothing back that is on its way.
        town.pass(TimeDelta::hours(2)).await;
        let lin = Browser::of(&town, who, 3).await;
        assert!(lin.reads(&case).await.contains("已补正"));
        // Its answer is lost: the portal asks before it tells again.
        let transport = backends.get("transport").unwrap();
        transport.fail(Fault { wrong: Some(Wrong::LostAnswer), ..Fault::default() });
        town.pass(TimeDelta::hours(3) + TimeDelta::minutes(1)).await;
        transport.fail(Fault::default());
        for _ in 0..9 {
            town.pass(TimeDelta::minutes(20)).await;
        }
        let lin = Browser::of(&town, who, 3).await;
        let text = lin.reads(&case).await;
        assert!(!text.contains("还没有送到") && !text.contains("正在向") && !text.contains("需要补正"), "{text}");
        let dump = town.dump(&["cases", "case_rounds"]).await;
        assert!(dump.contains("taken") && !dump.contains("petrol"), "{dump}");
        assert_eq!(text.matches("要求补正").count(), 1, "asked for once: {text}");
        backends.stop().await;
        town.close().await;
    }

    async fn nobody_puts_right_what_is_anothers_or_what_was_not_asked_for(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let who = citizen(&town, "王敏", "13800000002", &number("19860101", 1)).await;
        let wang = Browser::of(&town, who, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, "government-services").await;
        let case = apply(&lin).await;
        let correct = format!("{case}/correct");
        let fields = [("round", "0"), ("info_wanted", "另一份文件"), ("info_form", "paper")];
        assert_eq!(lin.post(&correct, &fields).await.location(), case, "nothing is asked for");
        asked_to_correct(&officer, &case, "2026-12-10").await;
        assert_eq!((wang.get(&correct).await.status, wang.post(&correct, &fields).await.status), (404, 404));
        // A page that was open before an earlier correction corrects nothing.
        let stale = [("round", "3"), ("info_wanted", "另一份文件")];
        lin.post(&correct, &stale).await;
        assert!(lin.reads(&case).await.contains("需要补正"));
        assert_eq!(lin.post(&correct, &[("round", "x")]).await.status, 422, "nothing is answered with nothing");
        assert_eq!(lin.post(&correct, &fields).await.status, 303);
        let text = lin.reads(&case).await;
        assert!(text.contains("另一份文件") && text.contains("电子") && text.contains("已补正"), "{text}");
        town.close().await;
    }

    async fn a_correction_that_does_not_come_is_ended_by_the_clock(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (officer, id) = worker(&town, "officer", Role::Officer, "government-services").await;
        let (late, in_time) = (apply(&lin).await, apply(&lin).await);
        asked_to_correct(&officer, &late, "2026-12-01").await;
        asked_to_correct(&officer, &in_time, "2026-12-01").await;
        assert_eq!(news(&town).await, ["submitted", "submitted", "correction-required", "correction-required"]);
        let fields = [("round", "0"), ("info_wanted", "另一份文件")];
        assert_eq!(lin.post(&format!("{in_time}/correct"), &fields).await.status, 303);
        assert_eq!(news(&town).await, ["resubmitted"]);
        // The last day counts whole.
        town.clock.advance("2026-12-01T15:59:59Z".parse::<yimen::platform::Moment>().unwrap() - town.clock.now());
        come_due(&town).await;
        assert_eq!(news(&town).await, [""; 0]);
        town.clock.advance(TimeDelta::seconds(1));
        come_due(&town).await;
        assert_eq!(news(&town).await, ["lapsed"]);
        let lin = Browser::of(&town, who, 3).await;
        let text = lin.reads(&late).await;
        assert!(text.contains("视为撤回") && text.contains("系统"), "{text}");
        assert_eq!(lin.post(&format!("{late}/correct"), &fields).await.location(), late);
        assert!(lin.reads(&in_time).await.contains("已补正"));
        let officer = crate::staff::at_work(&town, id, Role::Officer, "government-services").await;
        assert!(!officer.reads("/agency/cases?show=applicant").await.contains(late.rsplit('/').next().unwrap()));
        assert_eq!(news(&town).await, [""; 0]);
        town.close().await;
    }
}
