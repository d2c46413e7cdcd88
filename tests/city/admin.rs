//! The administrators' pages: who gets in, what waits, the queue's dead, what staff did.

use std::sync::Arc;

use chrono::TimeDelta;
use diesel::prelude::*;
use yimen::{
    accounts::staff::Role,
    db::{
        DbError, Stamp,
        schema::{dead_jobs, job_discards},
    },
    gateway::suspension,
    jobs::{DeadJob, JobId},
    ledger::{self, Actor, Basis, Look, Purpose, StaffId},
};
use yimen_contract::capability::Capability;

use crate::{
    cases::lin,
    desk::worker,
    on_both_engines,
    people::Browser,
    town::{
        Engine, Town,
        program::{ended, yimen},
    },
};

/// A kind that does no harm, and that the portal knows how to do.
const CHORE: &str = "acting.end-over";
const REASON: (&str, &str) = ("reason", "服务商已停用");

async fn chief<'a>(town: &'a Town, login: &str) -> (Browser<'a>, StaffId) {
    worker(town, login, Role::Administrator, "/").await
}

/// A job that was given up.
async fn buried(town: &Town, kind: &str, payload: &str) -> JobId {
    let now = Stamp::from(town.clock.now());
    let dead = DeadJob {
        id: JobId::new(),
        kind: kind.to_owned(),
        payload: payload.to_owned(),
        priority: 10,
        attempts: 3,
        reason: "the provider is away".to_owned(),
        created_at: now,
        died_at: now,
    };
    let id = dead.id;
    let bury = move |c: &mut yimen::db::Conn| {
        diesel::insert_into(dead_jobs::table).values(&dead).execute(c).map_err(DbError::from)
    };
    town.db.tx(bury).await.unwrap();
    id
}

async fn wishes(town: &Town) -> i64 {
    town.db.read(|c| job_discards::table.count().get_result(c).map_err(DbError::from)).await.unwrap()
}

async fn dispose(browser: &Browser<'_>, id: JobId, fields: &[(&str, &str)]) -> String {
    let sent = browser.post(&format!("/admin/jobs/{id}"), fields).await;
    assert_eq!(sent.status, 303, "{:?}", sent.texts("main"));
    sent.location()
}

/// Confirms the wish that the page shows.
async fn confirm(browser: &Browser<'_>, id: JobId) -> String {
    let page = browser.get(&format!("/admin/jobs/{id}")).await.ok();
    let seen = page.attributes("input[name=seen]", "value").remove(0);
    dispose(browser, id, &[("act", "confirm"), ("seen", &seen)]).await
}

/// A member of staff looks at somebody.
async fn look(town: &Town, by: StaffId) {
    let citizen = lin(town).await;
    let (ring, now) = (Arc::clone(&town.portal().site.keys), town.clock.now());
    let looked = move |c: &mut yimen::db::Conn| {
        let look = Look {
            citizen,
            actor: Actor::Staff(by),
            purpose: Purpose::Counter,
            basis: Basis::Consent,
            fields: &["birth-date"],
            detail: Some("窗口更正"),
        };
        ledger::look(c, &ring, now, &look).map(drop)
    };
    town.db.tx(looked).await.unwrap();
}

on_both_engines! {
    async fn every_role_gets_only_where_it_belongs(town: Town) {
        let pages = ["/admin", "/admin/jobs", "/admin/audit", "/admin/health", "/admin/calendar"];
        for (login, role, path, allowed) in [
            ("chief", Role::Administrator, "/", [200, 200, 200, 200, 200]),
            ("local", Role::Administrator, "/yunjiang/", [200, 403, 200, 403, 200]),
            ("head", Role::Manager, "/gas/", [200, 403, 403, 403, 200]),
            ("auditor", Role::Auditor, "/", [200, 403, 200, 403, 200]),
            ("officer", Role::Officer, "/gas/", [403; 5]),
            ("engineer", Role::Integrator, "/gas/", [403; 5]),
            ("helper", Role::Helper, "/gas/", [403; 5]),
        ] {
            let (browser, _) = worker(&town, login, role, path).await;
            for (page, wanted) in pages.iter().zip(allowed) {
                assert_eq!(browser.get(page).await.status, wanted, "{login} at {page}");
            }
            // Nobody finds a way to a page that is not theirs.
            let links = browser.get("/staff").await.ok().attributes("main a", "href");
            assert_eq!(links.contains(&"/admin".to_owned()), allowed[0] == 200, "{login}: {links:?}");
            if allowed[0] == 200 {
                for link in browser.get("/admin").await.ok().attributes("main a", "href") {
                    assert_eq!(browser.get(&link).await.status, 200, "{login} at {link}");
                }
            }
            if allowed[1] == 403 {
                let redriven = browser.post("/admin/jobs/redrive", &[("kind", CHORE)]).await;
                let list = browser.post("/admin/jobs/dead.csv", &[]).await;
                let one = browser.post(&format!("/admin/jobs/{}", JobId::new()), &[("act", "confirm")]).await;
                assert_eq!([redriven.status, list.status, one.status], [403; 3], "{login}");
            }
            let file = browser.post("/admin/audit.csv", &[]).await;
            assert_eq!(file.status, allowed[2], "{login}");
        }
        assert_eq!(town.get("/admin").await.status, 303, "whoever is nobody is led to the sign-in");
        town.close().await;
    }

    async fn the_home_counts_what_is_the_readers_own(town: Town) {
        let (chief, _) = chief(&town, "chief").await;
        let (gas, _) = worker(&town, "gas-admin", Role::Administrator, "/gas/").await;
        let (tax, _) = worker(&town, "tax-admin", Role::Administrator, "/tax/").await;
        let words = chief.reads("/admin").await;
        assert!(words.contains("2027") && !words.contains("暂停中") && !words.contains("放弃的后台任务"), "{words}");
        assert!(gas.reads("/admin").await.contains("没有等您处理的事"));
        let id = buried(&town, CHORE, "null").await;
        let (now, first) = (town.clock.now(), Capability::ALL[0]);
        let suspended =
            move |c: &mut yimen::db::Conn| suspension::suspend(c, now, ("gas", first), ("chief", "演练"));
        town.db.tx(suspended).await.unwrap();
        let words = chief.reads("/admin").await;
        assert!(words.contains("门户放弃的后台任务 1 项") && words.contains("暂停中的查询或办理 1 项"), "{words}");
        let words = gas.reads("/admin").await;
        assert!(words.contains("暂停中的查询或办理 1 项") && !words.contains("后台任务"), "{words}");
        assert!(tax.reads("/admin").await.contains("没有等您处理的事"));
        chief.post("/admin/jobs/redrive", &[("id", &id.to_string())]).await;
        town.close().await;
    }

    async fn what_was_given_up_is_tried_once_more(town: Town) {
        let (chief, _) = chief(&town, "chief").await;
        let id = buried(&town, CHORE, "null").await;
        let others = [buried(&town, "acting.other", "\"13800000001\"").await, buried(&town, CHORE, "null").await];
        let page = chief.get("/admin/jobs").await.ok();
        let words = page.texts("main").join(" ");
        assert!(words.contains(CHORE) && words.contains("the provider is away") && words.contains("3 项"), "{words}");
        assert!(!page.body.contains("13800000001"), "what a job carries is nobody's to see");
        let one = chief.get(&format!("/admin/jobs/{}", others[0])).await.ok();
        assert!(!one.body.contains("13800000001"));
        // A second press finds that it is done.
        let fields = [("id", id.to_string())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(chief.post("/admin/jobs/redrive", &fields).await.location(), "/admin/jobs?again=1");
        assert_eq!(chief.post("/admin/jobs/redrive", &fields).await.location(), "/admin/jobs?again=0");
        assert_eq!(chief.get(&format!("/admin/jobs/{id}")).await.status, 404);
        // All of a kind; the other kind stays.
        let kind = [("kind", CHORE)];
        assert_eq!(chief.post("/admin/jobs/redrive", &kind).await.location(), "/admin/jobs?again=1");
        let shown = chief.get(&format!("/admin/jobs?kind={CHORE}")).await.ok();
        assert!(shown.texts("#dead ~ ul.lines li").is_empty());
        assert_eq!(chief.get("/admin/jobs").await.ok().texts("#dead ~ ul.lines li").len(), 1);
        let file = chief.post("/admin/jobs/dead.csv", &[("kind", "")]).await.ok();
        assert!(file.header("content-disposition").contains("dead-jobs.csv"));
        assert!(file.body.contains("acting.other") && !file.body.contains("13800000001"), "{}", file.body);
        town.work().await;
        let words = chief.reads("/admin/audit").await;
        for wanted in ["重新执行了一项失败的后台任务", "重新执行了一类失败的后台任务", "导出了清单", "chief"] {
            assert!(words.contains(wanted), "{wanted} in {words}");
        }
        town.sql("DELETE FROM dead_jobs").await;
        town.close().await;
    }

    async fn throwing_away_takes_two_people(town: Town) {
        let (chief, _) = chief(&town, "chief").await;
        let (second, _) = worker(&town, "second", Role::Administrator, "/").await;
        let id = buried(&town, CHORE, "null").await;
        let here = format!("/admin/jobs/{id}");
        // Nobody asked yet.
        let gone = "/admin/jobs?said=gone";
        assert_eq!(dispose(&second, id, &[("act", "confirm")]).await, gone);
        let empty = chief.post(&here, &[("act", "ask"), ("reason", "")]).await;
        assert_eq!((empty.status, empty.attributes(".errors a", "href")), (422, vec!["#reason".to_owned()]));
        for _ in 0..2 {
            assert_eq!(dispose(&chief, id, &[("act", "ask"), REASON]).await, format!("{here}?said=asked"));
        }
        assert!(!chief.reads("/admin").await.contains("申请丢弃"), "one's own wish waits for another");
        assert!(second.reads("/admin").await.contains("申请丢弃"));
        // Whose wish it is finds no button, and no way without one.
        assert!(chief.get(&here).await.ok().attributes("input[name=seen]", "value").is_empty());
        let page = second.get(&here).await.ok();
        assert!(page.texts("main").join(" ").contains("服务商已停用"));
        let seen = page.attributes("input[name=seen]", "value").remove(0);
        let stale = [("act", "confirm"), ("seen", seen.as_str())];
        assert_eq!(dispose(&chief, id, &stale).await, format!("{here}?said=same"));
        // Kept, nothing of the wish is left; what was seen of it confirms no later one.
        assert_eq!(dispose(&second, id, &[("act", "keep")]).await, format!("{here}?said=kept"));
        assert_eq!(wishes(&town).await, 0);
        town.pass(TimeDelta::seconds(5)).await;
        dispose(&chief, id, &[("act", "ask"), REASON]).await;
        assert_eq!(dispose(&second, id, &stale).await, gone);
        assert_eq!(wishes(&town).await, 1);
        // Redriven, the wish goes with the job.
        second.post("/admin/jobs/redrive", &[("id", &id.to_string())]).await;
        assert_eq!(wishes(&town).await, 0);
        town.work().await;
        // Confirmed by another, it is gone, and a second press finds that.
        let id = buried(&town, CHORE, "null").await;
        dispose(&chief, id, &[("act", "ask"), REASON]).await;
        assert_eq!(confirm(&second, id).await, "/admin/jobs?said=discarded");
        assert_eq!(dispose(&second, id, &stale).await, gone);
        let words = second.reads("/admin/audit?act=job-discarded").await;
        assert!(words.contains("服务商已停用 (chief)") && words.contains("1 条"), "{words}");
        let words = second.reads("/admin/audit?act=job-discard-asked").await;
        assert!(words.contains("3 条"), "asking twice is one wish: {words}");
        town.close().await;
    }

    async fn auditors_see_what_their_branch_did_and_nobody_s_data(town: Town) {
        let (auditor, _) = worker(&town, "auditor", Role::Auditor, "/").await;
        let (gas, _) = worker(&town, "gas-auditor", Role::Auditor, "/gas/").await;
        let (tax, _) = worker(&town, "tax-auditor", Role::Auditor, "/tax/").await;
        let (_, officer) = worker(&town, "officer", Role::Officer, "/gas/").await;
        let looks = "/admin/audit?source=looks";
        assert!(auditor.reads(looks).await.contains("还没有封存任何记录"));
        look(&town, officer).await;
        town.pass(TimeDelta::seconds(10)).await;
        for (reader, seen) in [(&auditor, true), (&gas, true), (&tax, false)] {
            let page = reader.get(looks).await.ok();
            let words = page.texts("main").join(" ");
            assert_eq!(words.contains("officer") && words.contains("出生日期"), seen, "{words}");
            assert!(!page.body.contains("窗口更正") && !page.body.contains("林晓"), "{words}");
            assert!(words.contains("最后一次签名有效"), "{words}");
        }
        // Neither another branch nor another's name opens more.
        for address in ["branch=/&who=officer", "branch=/gas/", "who=officer", "branch=%25"] {
            let words = tax.reads(&format!("{looks}&{address}")).await;
            assert!(words.contains("没有记录"), "{address}: {words}");
        }
        assert!(auditor.reads(&format!("{looks}&who=nobody")).await.contains("没有记录"));
        assert!(auditor.reads(&format!("{looks}&act=service")).await.contains("没有记录"));
        assert!(auditor.reads(&format!("{looks}&act=counter&who=Officer")).await.contains("1 条"));
        assert!(auditor.reads(&format!("{looks}&until=2026-11-19")).await.contains("没有记录"));
        // Taking it away is an act itself, and nothing in it is a formula.
        let file = auditor.post("/admin/audit.csv", &[("source", "looks")]).await.ok();
        assert!(file.header("content-disposition").contains("audit-looks.csv"));
        assert!(file.body.starts_with('\u{feff}') && file.body.contains("officer"), "{}", file.body);
        assert!(!file.body.contains("窗口更正"));
        let words = auditor.reads("/admin/audit?act=exported").await;
        assert!(words.contains("audit looks") && words.contains("auditor"), "{words}");
        // Somebody changes the end of the chain.
        town.sql("UPDATE chain_heads SET at = '2020-01-01 00:00:00'").await;
        assert!(auditor.reads("/admin/audit").await.contains("最后一次签名与记录不符"));
        town.close().await;
    }

    async fn the_city_s_days_and_this_node_are_shown_as_they_are(town: Town) {
        let (chief, _) = chief(&town, "chief").await;
        let words = chief.reads("/admin/calendar").await;
        assert!(words.contains("国庆节") && words.contains("已公布") && words.contains("个工作日"), "{words}");
        let page = chief.get("/admin/calendar?year=2026").await.ok();
        let notices = page.attributes("main td a", "href");
        assert!(!notices.is_empty() && notices.iter().all(|url| url.starts_with("https://www.gov.cn/")), "{notices:?}");
        let words = chief.reads("/admin/calendar?year=2027").await;
        assert!(words.contains("还没有公布"), "{words}");
        assert_eq!(chief.reads("/admin/calendar?year=1").await, chief.reads("/admin/calendar").await);
        town.work().await;
        let words = chief.reads("/admin/health").await;
        for wanted in ["毫秒应答", "缓存", "gateway.watch", "没有。"] {
            assert!(words.contains(wanted), "{wanted} in {words}");
        }
        town.pass(TimeDelta::minutes(1)).await;
        assert!(!chief.reads("/admin/health").await.contains("早该再次执行"));
        town.close().await;
    }
}

#[actix_web::test]
async fn the_command_line_counts_the_queue_and_what_it_gave_up() {
    let town = Town::open(Engine::Sqlite).await;
    let folder = tempfile::TempDir::new().unwrap();
    let list = |more: &[&str]| {
        let arguments: Vec<&str> = ["jobs", "list"].iter().chain(more).copied().collect();
        let environment = [
            ("YIMEN_DATABASE_URL", town.config.database.url.as_str().to_owned()),
            ("YIMEN_KEYS_FILE", town.config.keys.display().to_string()),
        ];
        ended(yimen(folder.path(), &arguments).envs(environment))
    };
    assert_eq!(list(&[]).0, 0);
    buried(&town, CHORE, "\"13800000001\"").await;
    let (status, said, _) = list(&[]);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("acting.end-over: 0 due, 0 running, 0 for later, 1 given up"), "{said}");
    assert!(!said.contains("13800000001"));
    let (status, said, _) = list(&["--json"]);
    let told: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((status, &told["ok"], &told["dead"]), (1, &false.into(), &1.into()), "{said}");
    town.sql("DELETE FROM dead_jobs").await;
    town.close().await;
}
