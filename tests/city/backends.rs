//! Agencies' backends, as those see them who look after them: what became of calls, maintenance, bindings, suspensions
//! and sanctions.

use chrono::TimeDelta;
use yimen::accounts::staff::Role;
use yimen_contract::capability::Outcome;

use crate::{
    cases, on_both_engines,
    people::Browser,
    staff::{at_work, hired},
    town::{
        Answer, Engine, Held, Town,
        backend::{Backend, Then},
        outside::Post,
    },
};

const REGISTER: &str = "household-registration";
const MATCH: &str = r#"{ "result": "match", "level": 3, "reference": "PR-1" }"#;
const AWAY: Outcome<yimen_contract::capability::identity::Output> = Outcome::Unavailable { until: None };

/// Somebody at work.
async fn worker<'a>(town: &'a Town, login: &str, role: Role, branch: &str) -> Browser<'a> {
    let id = hired(town, login, role, branch).await;
    at_work(town, id, role, branch).await
}

/// Whoever connects the register's system, and an administrator of the city.
async fn both(town: &Town) -> (Browser<'_>, Browser<'_>) {
    let chen = worker(town, "chen", Role::Integrator, REGISTER).await;
    (chen, worker(town, "wu", Role::Administrator, "/").await)
}

fn rows(answer: &Answer) -> usize {
    answer.texts("tbody tr").len()
}

on_both_engines! {
    async fn every_call_leaves_a_line_and_none_says_of_whom(town: Town) {
        let (chen, wu) = both(&town).await;
        let well = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &well).await;
        assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)));
        let broken = Backend::json("200 OK", "?");
        town.bind(REGISTER, &broken).await;
        for _ in 0..6 {
            town.verified(REGISTER, 2_000).await.unwrap();
        }
        town.settle_counts().await;
        let kept = town.dump(&["agency_calls"]).await;
        for personal in ["990101198501010010", "晓", "PR-1"] {
            assert!(!kept.contains(personal), "{kept}");
        }
        let all = chen.get("/agency/calls").await.ok();
        let outcomes = all.texts("tbody td:nth-child(4)");
        // The last was not put: the line rests.
        assert_eq!(outcomes.len(), 7, "{outcomes:?}");
        assert_eq!((&*outcomes[0], &*outcomes[1], &*outcomes[6]), ("连续失败后暂歇，没有调用", "答复看不懂", "已答复"));
        assert_eq!(all.texts("tbody td:nth-child(6)")[..2], ["0", "1"], "attempts");
        // The backend saw the number of the call as it stands in the log.
        let id = all.texts("tbody td:nth-child(8)").pop().unwrap();
        assert!(well.heard()[0].contains(&id), "{id}");
        for (filter, count) in [
            ("&outcome=broken", 5), ("&outcome=answered", 1), ("&capability=identity.verify", 7),
            ("&capability=lookup", 0), ("&day=2026-11-20", 7), ("&day=2026-11-19", 0), ("&outcome=nonsense", 7),
        ] {
            let some = chen.get(&format!("/agency/calls?agency={REGISTER}{filter}")).await.ok();
            assert_eq!(rows(&some), count, "{filter}");
        }
        // Another agency's people learn nothing, not even that it is there; a citizen is no member of staff.
        let other = worker(&town, "gu", Role::Integrator, "library").await;
        for path in ["calls", "health", "bindings", "maintenance"] {
            for slug in [REGISTER, "no-such-agency", "city"] {
                assert_eq!(other.get(&format!("/agency/{path}?agency={slug}")).await.status, 404, "{path} {slug}");
            }
        }
        assert_eq!(rows(&other.get("/agency/calls").await.ok()), 0);
        let officer = worker(&town, "bai", Role::Officer, REGISTER).await;
        assert_eq!(officer.get("/agency/calls").await.status, 403);
        assert_eq!(wu.get(&format!("/agency/calls?agency={REGISTER}")).await.ok().texts("tbody tr").len(), 7);
        // After a month they are gone.
        town.pass(TimeDelta::days(31)).await;
        let left = town.dump(&["agency_calls"]).await;
        assert!(!left.contains("identity.verify"), "{left}");
        town.close().await;
    }

    async fn a_long_list_has_its_way_on(town: Town) {
        let (chen, _) = both(&town).await;
        let well = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &well).await;
        for _ in 0..53 {
            town.verified(REGISTER, 2_000).await.unwrap();
        }
        town.settle_counts().await;
        let first = chen.get(&format!("/agency/calls?agency={REGISTER}")).await.ok();
        assert_eq!(rows(&first), 50);
        let older = first.attributes("main .buttons a", "href").pop().unwrap();
        let rest = chen.get(&older).await.ok();
        assert_eq!(rows(&rest), 3);
        let seen: std::collections::BTreeSet<_> =
            [&first, &rest].iter().flat_map(|page| page.texts("tbody td:nth-child(8)")).collect();
        assert_eq!(seen.len(), 53, "none twice");
        town.close().await;
    }

    async fn the_health_page_says_how_a_backend_does(town: Town) {
        let (chen, _) = both(&town).await;
        let quiet = chen.get("/agency/health").await.ok();
        assert!(quiet.texts("main").concat().contains("还没有调用过"));
        let well = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &well).await;
        for _ in 0..3 {
            town.verified(REGISTER, 2_000).await.unwrap();
        }
        let broken = Backend::json("200 OK", "?");
        town.bind(REGISTER, &broken).await;
        for _ in 0..5 {
            town.verified(REGISTER, 2_000).await.unwrap();
        }
        town.settle_counts().await;
        let page = chen.get("/agency/health").await.ok();
        let line = page.texts("tbody tr").into_iter().find(|line| line.contains("identity.verify")).unwrap();
        assert!(line.contains("身份核验 identity.verify 8 3 答复看不懂 5"), "{line}");
        assert!(line.ends_with("11月20日 12:00"), "{line}");
        assert!(page.texts("main .facts").concat().contains("连续失败"), "the line");
        // An hour and a half later there is nothing of the last hour.
        town.clock.advance(TimeDelta::minutes(90));
        let chen = at_work_again(&town).await;
        let hour = chen.get(&format!("/agency/health?agency={REGISTER}&over=hour")).await.ok();
        assert!(hour.texts("tbody").concat().contains("这段时间没有"));
        assert_eq!(chen.get(&format!("/admin/agencies/{REGISTER}/health")).await.status, 404);
        town.close().await;
    }

    async fn an_administrator_orders_an_outage_and_ends_it(town: Town) {
        let (chen, wu) = both(&town).await;
        let well = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &well).await;
        let order = format!("/admin/agencies/{REGISTER}/outage");
        assert_eq!(chen.post(&order, &[("lasting", "1h"), ("reason", "x")]).await.status, 404);
        let wrong = wu.post(&order, &[("lasting", "forever"), ("reason", "")]).await;
        assert_eq!((wrong.status, wrong.texts(".errors li").len()), (422, 2));
        let ordered = wu.post(&order, &[("lasting", "1h"), ("reason", "演练")]).await;
        assert_eq!(ordered.status, 303);
        let until = town.clock.now() + TimeDelta::hours(1);
        assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Unavailable { until: Some(until) });
        let page = wu.get(&format!("/admin/agencies/{REGISTER}/health")).await.ok();
        let words = page.texts("main").concat();
        assert!(words.contains("wu 下达，原因：演练"), "{words}");
        assert_eq!(wu.post(&format!("{order}/end"), &[]).await.status, 303);
        assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)));
        let record = wu.get(&format!("/admin/agencies/{REGISTER}/health")).await.ok().texts("[aria-labelledby=acts] li");
        assert_eq!(record.len(), 2, "{record:?}");
        assert!(record[0].contains("结束停用") && record[1].contains("演练"), "{record:?}");
        town.close().await;
    }

    async fn maintenance_is_announced_ahead_told_to_citizens_and_kept(town: Town) {
        let (chen, _) = both(&town).await;
        let well = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &well).await;
        let announce = format!("/agency/maintenance/{REGISTER}/announce");
        // It is noon of the 20th in the city.
        let say = async |from: &str, to: &str, en: &str| {
            chen.post(&announce, &[("from", from), ("to", to), ("reason_zh", "系统升级"), ("reason_en", en)]).await
        };
        for (from, to, en) in [
            ("2026-11-21T11:59", "2026-11-21T13:00", "Upgrade"), ("2026-11-22T10:00", "2026-11-22T10:00", "Upgrade"),
            ("2026-11-22T10:00", "2026-12-22T10:00", "Upgrade"), ("soon", "2026-11-22T10:00", "Upgrade"),
            ("2026-11-22T10:00", "2026-11-22T12:00", ""),
        ] {
            let refused = say(from, to, en).await;
            assert_eq!((refused.status, refused.texts(".errors li").len()), (422, 1), "{from} {to} {en}");
            assert_eq!(refused.attributes("input[name=from]", "value"), [from], "what was typed is kept");
        }
        let guide = async || {
            town.portal().refresh().await.unwrap();
            town.get("/services/YZ01001").await.ok().texts(".notice").concat()
        };
        assert!(!guide().await.contains("停机维护"));
        assert_eq!(say("2026-11-22T10:00", "2026-11-22 12:00", "Upgrade").await.status, 303);
        assert!(guide().await.contains("11月22日 10:00 至 11月22日 12:00 停机维护"), "{}", guide().await);
        let agency = town.get(&format!("/agencies/{REGISTER}")).await.ok().texts(".notice.warn").concat();
        assert!(agency.contains("停机维护") && agency.contains("系统升级"), "{agency}");
        assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)));
        town.clock.advance(TimeDelta::hours(47));
        let until = "2026-11-22T04:00:00Z".parse().unwrap();
        assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Unavailable { until: Some(until) });
        let heard = well.heard().len();
        town.clock.advance(TimeDelta::hours(1));
        assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)));
        assert_eq!(well.heard().len(), heard + 1);
        assert!(!guide().await.contains("停机维护"), "it is over");
        // Another one, taken back.
        let chen = at_work_again(&town).await;
        assert_eq!(chen.post(&announce, &[("from", "2026-11-24T10:00"), ("to", "2026-11-24T11:00"), ("reason_zh", "升级"), ("reason_en", "Upgrade")]).await.status, 303);
        let id = chen.get("/agency/maintenance").await.ok().attributes("input[name=maintenance]", "value").remove(0);
        let other = worker(&town, "gu", Role::Integrator, "library").await;
        let cancel = format!("/agency/maintenance/{REGISTER}/cancel");
        assert_eq!(other.post(&cancel, &[("maintenance", &id)]).await.status, 404);
        // Not even under the name of one's own agency.
        other.post("/agency/maintenance/library/cancel", &[("maintenance", &id)]).await;
        assert!(guide().await.contains("停机维护"));
        chen.post(&cancel, &[("maintenance", &id)]).await;
        assert!(!guide().await.contains("停机维护"));
        town.close().await;
    }

    async fn an_agency_away_until_further_notice_is_asked_whether_that_goes_on(town: Town) {
        let (chen, _) = both(&town).await;
        let well = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &well).await;
        let said = [("from", "2026-11-21T13:00"), ("to", ""), ("reason_zh", "搬迁机房"), ("reason_en", "Moving the machines")];
        assert_eq!(chen.post(&format!("/agency/maintenance/{REGISTER}/announce"), &said).await.status, 303);
        town.portal().refresh().await.unwrap();
        for path in ["/services/YZ01001".to_owned(), format!("/agencies/{REGISTER}")] {
            let told = town.get(&path).await.ok().texts(".notice").concat();
            assert!(told.contains("11月21日 13:00 起停机维护，恢复时间另行通知"), "{path} {told}");
        }
        town.clock.advance(TimeDelta::hours(26));
        assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), AWAY);
        // It is not back by itself, however long that lasts; after a fortnight somebody is to say so.
        let asks = "是否继续停机";
        let chen = at_work_again(&town).await;
        assert!(!chen.get("/agency/maintenance").await.ok().texts("main").concat().contains(asks));
        town.pass(TimeDelta::days(15)).await;
        assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), AWAY);
        let chen = at_work_again(&town).await;
        let wu = again(&town, "wu", Role::Administrator, "/").await;
        let page = chen.get("/agency/maintenance").await.ok();
        assert!(page.texts("main").concat().contains(asks));
        let matters = wu.get("/admin/agencies?stand=matter").await.ok().texts("main").concat();
        assert!(matters.contains(REGISTER) && matters.contains("停机超过 14 天未确认"), "{matters}");
        let id = page.attributes("input[name=maintenance]", "value").remove(0);
        let (renew, cancel) =
            (format!("/agency/maintenance/{REGISTER}/renew"), format!("/agency/maintenance/{REGISTER}/cancel"));
        assert_eq!(wu.post(&renew, &[("maintenance", &id)]).await.status, 403, "only the agency knows");
        assert!(chen.post(&renew, &[("maintenance", &id)]).await.location().ends_with("said=renewed"));
        assert!(!chen.get("/agency/maintenance").await.ok().texts("main").concat().contains(asks));
        let other = worker(&town, "gu", Role::Integrator, "library").await;
        assert_eq!(other.post(&cancel, &[("maintenance", &id)]).await.status, 404);
        assert!(wu.post(&cancel, &[("maintenance", &id)]).await.location().ends_with("said=cancelled"));
        assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)));
        town.close().await;
    }

    async fn a_binding_is_proposed_by_the_agency_and_approved_by_an_administrator(town: Town) {
        let (chen, wu) = both(&town).await;
        let propose = format!("/agency/bindings/{REGISTER}/propose");
        let fields = |address: &'static str, secret: &'static str, until: &'static str| {
            [("address", address), ("secret-hmac-key", secret), ("until-hmac-key", until)]
        };
        for (address, secret, until, wrong) in [
            ("ftp://x/", "s3cret-word", "", 1), ("https://a.example/", "", "", 1),
            ("https://a.example/", "s3cret-word", "2026-11-19", 1), ("", "", "never", 2),
        ] {
            let refused = chen.post(&propose, &fields(address, secret, until)).await;
            assert_eq!((refused.status, refused.texts(".errors li").len()), (422, wrong), "{address} {until}");
            assert!(!refused.body.contains("s3cret-word"), "a secret is never given back");
        }
        assert_eq!(wu.post(&propose, &fields("https://a.example/", "s3cret-word", "")).await.status, 403);
        let sent = chen.post(&propose, &fields("https://a.example/v1", "s3cret-word", "2026-12-15")).await;
        assert_eq!(sent.status, 303);
        let page = chen.get("/agency/bindings").await.ok();
        assert!(!page.body.contains("s3cret-word") && page.body.contains("https://a.example/v1"));
        assert!(page.attributes("form[action$=approve]", "action").is_empty(), "nobody of the agency approves");
        let approve = format!("/agency/bindings/{REGISTER}/approve");
        let seen = wu.get(&format!("/agency/bindings?agency={REGISTER}")).await.ok().attributes("input[name=binding]", "value").remove(0);
        assert_eq!(chen.post(&approve, &[("binding", &seen)]).await.status, 403);
        // Changed after it was looked at: what comes into force is what somebody saw.
        chen.post(&propose, &fields("https://evil.example/", "s3cret-word", "")).await;
        let stale = wu.post(&approve, &[("binding", &seen)]).await;
        assert!(stale.header("location").ends_with("said=changed"));
        chen.post(&propose, &fields("https://a.example/v1", "s3cret-word", "2026-12-15")).await;
        let seen = wu.get(&format!("/agency/bindings?agency={REGISTER}")).await.ok().attributes("input[name=binding]", "value").remove(0);
        assert!(wu.post(&approve, &[("binding", &seen)]).await.header("location").ends_with("said=approved"));
        assert!(chen.get("/agency/bindings").await.ok().texts(".tag.ok").concat().contains("使用中"));
        town.close().await;
    }

    async fn what_fails_for_long_is_suspended_and_comes_back_by_itself(town: Town) {
        let (chen, _) = both(&town).await;
        let broken = Backend::json("200 OK", "?");
        town.bind(REGISTER, &broken).await;
        // Many failures in a moment are the line's matter, and not enough.
        for _ in 0..5 {
            town.verified(REGISTER, 2_000).await.unwrap();
        }
        for _ in 0..6 {
            town.settle_counts().await;
            town.work().await;
            assert!(!chen.get("/agency/health").await.ok().texts(".notice").concat().contains("暂停"));
            // Past the longest rest of the line: one asks, and it is not back.
            town.clock.advance(TimeDelta::seconds(301));
            town.verified(REGISTER, 2_000).await.unwrap();
            if broken.heard().len() == 10 {
                break;
            }
        }
        assert_eq!(broken.heard().len(), 10);
        town.settle_counts().await;
        town.work().await;
        let page = chen.get("/agency/health").await.ok();
        assert!(page.texts(".notice").concat().contains("10 次调用里失败 10 次"), "{:?}", page.texts(".notice"));
        town.clock.advance(TimeDelta::seconds(301));
        assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), AWAY);
        assert_eq!(broken.heard().len(), 10, "it is not asked any more");
        // Still not well: it is asked how it is, and nothing else.
        town.work().await;
        assert!(broken.heard().last().unwrap().starts_with("GET /v1/health"));
        assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), AWAY);
        let well = Backend::json("200 OK", r#"{ "status": "up", "result": "match", "level": 3 }"#);
        town.bind(REGISTER, &well).await;
        town.pass(TimeDelta::minutes(6)).await;
        assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)));
        let wu = again(&town, "wu", Role::Administrator, "/").await;
        let record = wu.get(&format!("/admin/agencies/{REGISTER}/health")).await.ok().texts("[aria-labelledby=acts] li");
        assert!(record[0].contains("恢复调用") && record[1].contains("暂停调用"), "{record:?}");
        // What failed before counts no more.
        town.settle_counts().await;
        town.pass(TimeDelta::minutes(1)).await;
        assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)));
        town.close().await;
    }

    async fn what_a_person_suspended_a_person_lifts(town: Town) {
        let (chen, wu) = both(&town).await;
        let well = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &well).await;
        let at = format!("/admin/agencies/{REGISTER}");
        let health = [("capability", "health"), ("reason", "x")];
        assert_eq!(wu.post(&format!("{at}/suspend"), &health).await.status, 422, "it must be possible to ask");
        let verify = [("capability", "identity.verify"), ("reason", "核查中")];
        assert_eq!(chen.post(&format!("{at}/suspend"), &verify).await.status, 404);
        assert_eq!(wu.post(&format!("{at}/suspend"), &verify).await.status, 303);
        assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), AWAY);
        // Everything else goes on, and no good answer lifts it.
        assert!(town.portal().gateway.is_well(REGISTER).await.unwrap());
        for _ in 0..3 {
            town.pass(TimeDelta::minutes(10)).await;
        }
        assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), AWAY);
        let wu = again(&town, "wu", Role::Administrator, "/").await;
        assert_eq!(wu.post(&format!("{at}/resume"), &[("capability", "identity.verify")]).await.status, 303);
        assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)));
        town.close().await;
    }

    async fn what_is_suspended_says_so_before_anybody_begins_and_takes_what_can_wait(town: Town) {
        let lin = Browser::of(&town, cases::lin(&town).await, 3).await;
        let said = async |path: &str| lin.get(path).await.ok().texts(".notice.warn").concat();
        for path in [cases::START, "/agencies/transport"] {
            assert!(!said(path).await.contains("连不上"), "{path}");
        }
        let (_, wu) = both(&town).await;
        let fields = [("capability", "case.submit"), ("reason", "核查中")];
        assert_eq!(wu.post("/admin/agencies/transport/suspend", &fields).await.status, 303);
        town.portal().refresh().await.unwrap();
        assert!(said("/agencies/transport").await.contains("现在连不上"));
        for path in [cases::START, cases::START.trim_end_matches("/start")] {
            let words = said(path).await;
            assert!(words.contains("可以照常提交") && !words.contains("在线办不了"), "{path}: {words}");
        }
        let review = lin.fills(cases::START, &cases::ANSWERS).await;
        let case = lin.hands_in(&review).await;
        town.work().await;
        assert!(lin.reads(&case).await.contains("还没有送到"));
        town.close().await;
    }

    async fn sanctions_go_by_degrees_are_answered_and_lifted_by_those_above(town: Town) {
        let (chen, wu) = both(&town).await;
        let well = Backend::json("200 OK", MATCH);
        town.bind(REGISTER, &well).await;
        let impose = format!("/admin/agencies/{REGISTER}/sanction");
        let say = async |grade: &str, more: &[(&str, &str)]| {
            let mut fields = vec![("grade", grade), ("reason", "逾期未整改")];
            fields.extend_from_slice(more);
            wu.post(&impose, &fields).await.status
        };
        assert_eq!(chen.post(&impose, &[("grade", "notice"), ("reason", "x")]).await.status, 404);
        assert_eq!(say("suspended", &[]).await, 422, "degrees are left out");
        assert_eq!(say("notice", &[("days", "0")]).await, 422);
        assert_eq!(say("notice", &[]).await, 303);
        assert_eq!(say("notice", &[]).await, 422, "it is in force already");
        assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)), "only told");
        // A grave one takes two people: until the other decides nothing happens, and the agency hears nothing.
        assert_eq!(say("suspended", &[("at_once", "yes"), ("days", "3")]).await, 303);
        assert_eq!(say("suspended", &[("at_once", "yes")]).await, 422, "one waits already");
        assert!(chen.get("/agency/health").await.ok().attributes("a[href$=decide]", "href").is_empty());
        let decide = wu.get("/admin/sanctions").await.ok().attributes("a[href$=decide]", "href").remove(0);
        let own = wu.post(&decide, &[("act", "impose")]).await;
        assert!(own.location().ends_with("said=sanction-own"));
        assert_eq!(chen.get(&decide).await.status, 404);
        let li = worker(&town, "li", Role::Administrator, "/").await;
        assert!(li.get("/admin").await.ok().texts("main").concat().contains("等您决定的重大处理"));
        assert!(!wu.get("/admin").await.ok().texts("main").concat().contains("等您决定的重大处理"));
        assert!(li.get(&decide).await.ok().texts("main").concat().contains("逾期未整改"));
        assert_eq!(li.post(&decide, &[("act", "refuse"), ("words", "")]).await.status, 422);
        assert_eq!(li.post(&decide, &[("act", "refuse"), ("words", "先约谈")]).await.status, 303);
        assert!(li.post(&decide, &[("act", "impose")]).await.location().ends_with("said=sanction-decided"));
        assert_eq!(say("suspended", &[("at_once", "yes"), ("days", "3")]).await, 303);
        let decide = wu.get("/admin/sanctions").await.ok().attributes("a[href$=decide]", "href").remove(0);
        assert!(li.post(&decide, &[("act", "impose")]).await.location().ends_with("said=sanction"));
        let all = li.get("/admin/sanctions?grade=suspended&stand=in-force").await.ok().texts("main table").concat();
        assert!(all.contains("wu, li") && all.contains("逾期未整改"), "{all}");
        assert!(li.get("/admin/sanctions?stand=over").await.ok().texts("main table").is_empty());
        let table = li.post("/admin/sanctions.csv", &[("grade", "notice")]).await.ok().body;
        assert_eq!(table.lines().count(), 2, "{table}");
        let matters = li.get("/admin/agencies?stand=matter").await.ok().texts("main .acting-name");
        assert_eq!(matters.len(), 1, "{matters:?}");
        assert_eq!(li.post("/admin/agencies.csv", &[("stand", "matter")]).await.ok().body.lines().count(), 2);
        let record = li.get("/admin/audit?act=sanction-imposed").await.ok().texts("main table").concat();
        assert!(record.contains(&format!("{REGISTER}: suspended")), "{record}");
        assert_eq!(town.verified(REGISTER, 2_000).await.unwrap(), AWAY);
        assert_eq!(well.heard().len(), 1);
        town.portal().refresh().await.unwrap();
        assert!(town.get("/services/YZ01001").await.ok().texts(".notice").concat().contains("逾期未整改"));
        // The agency answers, once; it cannot lift anything.
        let page = chen.get("/agency/health").await.ok();
        let answer = page.attributes("[aria-labelledby=sanctions] a.button", "href").remove(0);
        assert!(page.attributes("a[href$=lift]", "href").is_empty());
        assert_eq!(chen.post(&answer, &[("words", "")]).await.status, 422);
        assert_eq!(chen.post(&answer, &[("words", "已经整改")]).await.status, 303);
        assert_eq!(chen.post(&answer, &[("words", "再说一遍")]).await.status, 422);
        let lift = answer.replace(&format!("/agency/sanctions/{REGISTER}"), &format!("/admin/agencies/{REGISTER}/sanctions")).replace("/answer", "/lift");
        assert_eq!(chen.post(&lift, &[("reason", "x")]).await.status, 404);
        let other = worker(&town, "gu", Role::Administrator, "library").await;
        assert_eq!(other.post(&lift, &[("reason", "x")]).await.status, 404);
        let heavy = wu.get(&format!("/admin/agencies/{REGISTER}/health")).await.ok();
        assert!(heavy.texts("[aria-labelledby=sanctions]").concat().contains("已经整改"));
        // One ends at its term, the other is lifted.
        town.pass(TimeDelta::days(4)).await;
        assert!(matches!(town.verified(REGISTER, 2_000).await.unwrap(), Outcome::Fresh(_)));
        let wu = again(&town, "wu", Role::Administrator, "/").await;
        let page = wu.get(&format!("/admin/agencies/{REGISTER}/health")).await.ok();
        let lifts = page.attributes("a[href$=lift]", "href");
        assert_eq!(lifts.len(), 1, "the notice alone is in force");
        assert_eq!(wu.post(&lifts[0], &[("reason", "已整改")]).await.status, 303);
        assert_eq!(wu.post(&lifts[0], &[("reason", "已整改")]).await.status, 404);
        town.close().await;
    }
}

/// The register's integrator, whose session ran out meanwhile.
async fn at_work_again(town: &Town) -> Browser<'_> {
    again(town, "chen", Role::Integrator, REGISTER).await
}

async fn again<'a>(town: &'a Town, login: &str, role: Role, branch: &str) -> Browser<'a> {
    let login = login.to_owned();
    let member = town.db.read(move |c| yimen::accounts::staff::by_login(c, &login)).await.unwrap().unwrap();
    at_work(town, member.id, role, branch).await
}

/// A secret that ends is told of at each stage once, by mail, in the language that was asked for.
#[actix_web::test]
async fn a_secret_that_ends_is_told_of_once_a_stage() {
    let (post, settings) = Post::open();
    let settings: Vec<(&str, &str)> = settings.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let town = Town::open_with(Engine::Sqlite, &settings).await;
    let (chen, wu) = both(&town).await;
    let contact = format!("/agency/bindings/{REGISTER}/contact");
    assert_eq!(chen.post(&contact, &[("email", "nonsense"), ("lang", "en")]).await.status, 422);
    assert_eq!(chen.post(&contact, &[("email", "it@register.example"), ("lang", "en")]).await.status, 303);
    assert!(!town.dump(&["agency_contacts"]).await.contains("register.example"), "kept encrypted");
    // Forty days of life from the 20th on.
    let fields =
        [("address", "https://a.example/"), ("secret-hmac-key", "x"), ("until-hmac-key", "2026-12-30")];
    chen.post(&format!("/agency/bindings/{REGISTER}/propose"), &fields).await;
    let seen = wu.get(&format!("/agency/bindings?agency={REGISTER}")).await.ok();
    let seen = seen.attributes("input[name=binding]", "value").remove(0);
    wu.post(&format!("/agency/bindings/{REGISTER}/approve"), &[("binding", &seen)]).await;
    let mut told = Vec::new();
    let mut today = 0;
    for day in [9, 10, 11, 25, 26, 32, 33, 38, 39, 40, 41, 45] {
        let before = post.mails.lock().unwrap().len();
        town.pass(TimeDelta::days(day - today)).await;
        today = day;
        // Whatever else happens that day, it is said once.
        town.work().await;
        if post.mails.lock().unwrap().len() > before {
            told.push(day);
        }
    }
    assert_eq!(told, [10, 26, 33, 39, 41]);
    let mails = post.mails.lock().unwrap().clone();
    assert_eq!(mails.len(), 5);
    assert!(mails.iter().all(|mail| mail.to == "it@register.example" && mail.text.contains("hmac-key")));
    let chen = at_work_again(&town).await;
    let page = chen.get("/agency/health").await.ok();
    assert!(page.texts(".notice.danger").concat().contains("hmac-key 已于 2026年12月30日 到期"));
    town.close().await;
}

/// Nobody's name is in the numbers, and a breaker that opened is seen.
#[actix_web::test]
async fn the_breaker_and_the_line_are_measured() {
    let held = Held::port();
    let operator = held.address.to_string();
    let settings = [("YIMEN_SERVER_OPERATOR_LISTEN", operator.as_str())];
    let town = Town::open_with(Engine::Sqlite, &settings).await;
    let measured =
        async || Answer::of(town.client().get(format!("http://{operator}/metrics"))).await.ok().body;
    let (broken, well) = (Backend::json("200 OK", "?"), Backend::json("200 OK", MATCH));
    town.bind(REGISTER, &well).await;
    town.verified(REGISTER, 2_000).await.unwrap();
    let state = format!("yimen_agency_breaker_state{{agency=\"{REGISTER}\"}}");
    assert!(measured().await.contains(&format!("{state} 0")));
    town.bind(REGISTER, &broken).await;
    for _ in 0..5 {
        town.verified(REGISTER, 2_000).await.unwrap();
    }
    assert!(measured().await.contains(&format!("{state} 2")));
    town.clock.advance(TimeDelta::seconds(15));
    let page = measured().await;
    assert!(page.contains(&format!("{state} 1")), "{page}");
    assert!(page.contains(&format!("yimen_agency_places_taken{{agency=\"{REGISTER}\"}} 0")), "{page}");
    let bucket = "yimen_agency_call_seconds_bucket{";
    let line = page.lines().find(|line| line.starts_with(bucket)).expect("a histogram");
    assert!(line.contains("capability=\"identity.verify\"") && line.contains("le="), "{line}");
    // A call under way takes a place.
    let hanging = Backend::saying("", Then::Hang);
    town.bind(REGISTER, &hanging).await;
    let stuck = Box::pin(town.verified(REGISTER, 60_000));
    let look = Box::pin(async {
        while hanging.heard().is_empty() {
            actix_web::rt::task::yield_now().await;
        }
        measured().await
    });
    let futures_util::future::Either::Right((page, stuck)) = futures_util::future::select(stuck, look).await
    else {
        panic!("the hanging agency answered");
    };
    assert!(page.contains(&format!("yimen_agency_places_taken{{agency=\"{REGISTER}\"}} 1")), "{page}");
    // Given up by its page, the call is on record as that.
    drop(stuck);
    town.settle_counts().await;
    assert!(town.dump(&["agency_calls"]).await.contains("given-up"));
    assert!(!page.contains("990101198501010010"));
    town.close().await;
}
