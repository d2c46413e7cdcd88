//! The numbers that the city sets: asked for by one administrator, approved by another, in force from their day on.

use chrono::TimeDelta;
use yimen::{
    accounts::staff::Role,
    ledger::StaffId,
    policy::{Change, Rule, queries},
};

use crate::{
    cases::lin,
    desk::{UNIT, worker},
    on_both_engines,
    people::Browser,
    ratings::{BAD, decided},
    staff::at_work,
    town::Town,
};

const LIST: &str = "/admin/policy";
const HISTORY: &str = "/admin/policy/history";
/// Twice the time for the first call, from the Monday after the town opens.
const TWO_DAYS: [(&str, &str); 3] =
    [("number", "2"), ("from", "2026-11-23"), ("reason", "新招的人员下月到岗")];

async fn chief<'a>(town: &'a Town, login: &str) -> (Browser<'a>, StaffId) {
    worker(town, login, Role::Administrator, "/").await
}

impl Browser<'_> {
    /// Asks for another number. What is said of it.
    async fn asks_for(&self, rule: &str, fields: &[(&str, &str)]) -> String {
        let sent = self.post(&format!("{LIST}/{rule}/change"), fields).await;
        if sent.status != 303 {
            return format!("{} {}", sent.status, sent.attributes(".errors a", "href").join(" "));
        }
        said(&sent.location(), rule)
    }

    /// Decides what waits of a rule. What is said of it.
    async fn decides_rule(&self, rule: &str, id: &str, act: &str) -> String {
        let fields = [("act", act), ("id", id), ("words", "再研究")];
        let sent = self.post(&format!("{LIST}/{rule}"), &fields).await;
        assert_eq!(sent.status, 303, "{:?}", sent.texts("main"));
        said(&sent.location(), rule)
    }

    /// Asks for a change that another administrator approves at once.
    async fn sets_rule(&self, town: &Town, rule: &str, fields: &[(&str, &str)], other: &Browser<'_>) {
        assert_eq!(self.asks_for(rule, fields).await, "asked", "{rule}");
        let id = waiting(town, rule).await;
        assert_eq!(other.decides_rule(rule, &id, "approve").await, "approved", "{rule}");
        town.portal().refresh().await.unwrap();
    }
}

fn said(location: &str, rule: &str) -> String {
    location.strip_prefix(&format!("{LIST}/{rule}?said=")).unwrap().to_owned()
}

/// The number of what waits of a rule.
async fn waiting(town: &Town, rule: &str) -> String {
    let rule = Rule::named(rule).unwrap();
    let found = town.db.read(move |c| queries::asked_of(c, rule)).await.unwrap();
    found.expect("something waits").id.to_string()
}

async fn approved(town: &Town) -> Vec<Change> {
    town.db.read(queries::approved).await.unwrap()
}

/// By when people are called, in the order in which they rated.
async fn calls_due(town: &Town) -> Vec<String> {
    let sql = "SELECT CAST(contact_by AS TEXT) AS line FROM rating_follow_ups ORDER BY opened_at";
    town.lines(sql.to_owned()).await
}

on_both_engines! {
    async fn a_change_takes_two_people_and_holds_for_what_begins_from_its_day_on(town: Town) {
        let (chief, chief_id) = chief(&town, "chief").await;
        let (second, _) = self::chief(&town, "second").await;
        assert!(!second.reads("/admin").await.contains("等您批准的政策参数修改"));
        for _ in 0..2 {
            assert_eq!(chief.asks_for("contact-due", &TWO_DAYS).await, "asked", "pressing twice is asking once");
        }
        assert_eq!(town.lines("SELECT state AS line FROM policy_changes".to_owned()).await, ["asked"]);
        let other = [("number", "3"), ("from", "2026-11-23"), ("reason", "还要更久")];
        assert_eq!(chief.asks_for("contact-due", &other).await, "waits");
        assert_eq!(second.asks_for("contact-due", &other).await, "waits");
        // Whoever asked finds no button to approve it, and no way without one.
        let here = format!("{LIST}/contact-due");
        let acts = |page: &crate::town::Answer| page.attributes("input[name=act]", "value");
        assert_eq!(acts(&chief.get(&here).await.ok()), ["withdraw"]);
        assert_eq!(acts(&second.get(&here).await.ok()), ["approve", "refuse"]);
        let id = waiting(&town, "contact-due").await;
        assert_eq!(chief.decides_rule("contact-due", &id, "approve").await, "own");
        assert_eq!(chief.decides_rule("contact-due", &id, "refuse").await, "own");
        assert_eq!(second.decides_rule("contact-due", &id, "withdraw").await, "own");
        assert!(approved(&town).await.is_empty());
        assert!(second.reads("/admin").await.contains("等您批准的政策参数修改"));
        assert!(!chief.reads("/admin").await.contains("等您批准的政策参数修改"), "one's own waits for another");
        let node = town.another_node().await;
        for _ in 0..2 {
            assert_eq!(second.decides_rule("contact-due", &id, "approve").await, "approved");
        }
        // Another node notices by itself; here it need not wait for the moment at which it looks.
        node.refresh().await.unwrap();
        let rules = std::sync::Arc::clone(&node.shelf.edition().unwrap().catalogue.rules);
        let now = town.clock.now();
        let numbers = [now, now + TimeDelta::days(3)].map(|at| rules.at(at).number(Rule::ContactDue));
        assert_eq!(numbers, [1, 2]);
        node.stop().await;
        assert_eq!(chief.decides_rule("contact-due", &id, "withdraw").await, "decided");
        let held = approved(&town).await;
        assert_eq!((held.len(), held[0].numbers(), held[0].was()), (1, &[2][..], &[1][..]));
        assert_eq!(held[0].asked_by, chief_id);
        town.portal().refresh().await.unwrap();
        let words = chief.reads(LIST).await;
        assert!(words.contains("2026年11月23日起：2 个工作日"), "{words}");

        // What is rated before its day runs by the old number, and goes on so.
        let (_, officer) = worker(&town, "officer", Role::Officer, UNIT).await;
        let who = lin(&town).await;
        let at_desk = at_work(&town, officer, Role::Officer, UNIT).await;
        let lin = Browser::of(&town, who, 3).await;
        let url = decided(&town, &lin, &at_desk).await;
        assert!(lin.post(&url, &BAD).await.location().ends_with("said=given"));
        assert_eq!(calls_due(&town).await, ["2026-11-23"]);
        town.pass(TimeDelta::days(3)).await;
        let at_desk = at_work(&town, officer, Role::Officer, UNIT).await;
        let lin = Browser::of(&town, who, 3).await;
        let url = decided(&town, &lin, &at_desk).await;
        assert!(lin.post(&url, &BAD).await.location().ends_with("said=given"));
        assert_eq!(calls_due(&town).await, ["2026-11-23", "2026-11-25"]);

        // It is shown with who and since when.
        let chief = at_work(&town, chief_id, Role::Administrator, "/").await;
        let words = chief.reads(&here).await;
        assert!(words.contains("chief 提出，second 批准") && words.contains("新招的人员下月到岗"), "{words}");
        town.close().await;
    }

    async fn what_cannot_be_meant_is_said_beside_its_field_in_both_languages(town: Town) {
        let (chief, _) = chief(&town, "chief").await;
        let form = format!("{LIST}/contact-due/change");
        let wrong = [("number", "0"), ("from", "2026-11-19"), ("reason", "")];
        let sent = chief.post(&form, &wrong).await;
        assert_eq!(sent.status, 422);
        assert_eq!(sent.attributes(".errors a", "href"), ["#number", "#from", "#reason"]);
        let words = sent.texts(".errors").join(" ");
        assert!(words.contains("请填 1 到 365 的整数") && words.contains("不能早于今天"), "{words}");
        assert_eq!(sent.attributes("input[name=number]", "value"), ["0"], "what was typed is kept");
        assert_eq!(sent.attributes("input[name=from]", "value"), ["2026-11-19"]);
        chief.get("/display?lang=en").await.ok();
        let words = chief.post(&form, &wrong).await.texts(".errors").join(" ");
        assert!(words.contains("Give a whole number from 1 to 365"), "{words}");
        assert!(words.contains("The day cannot be before today"), "{words}");
        let why = ("reason", "更合理");
        for (rule, number, from, fields) in [
            ("contact-due", "two", "2026-12-01", "422 #number"),
            ("contact-due", "366", "2026-12-01", "422 #number"),
            ("contact-due", "1", "2026-12-01", "422 #number"),
            // A call comes before what is put right, within five days.
            ("contact-due", "6", "2026-12-01", "422 #number"),
            ("contact-due", "2", "soon", "422 #from"),
            ("contact-due", "2\u{0}", "2026-12-01", "422 #number"),
            ("contact-due", "2", "2030-01-01", "422 #from"),
            ("least-people", "1", "2026-12-01", "422 #number"),
        ] {
            let sent = chief.asks_for(rule, &[("number", number), ("from", from), why]).await;
            assert_eq!(sent, fields, "{rule} {number} {from}");
        }
        let weights = |guide: &'static str| {
            [
                ("satisfaction", "30"),
                ("on-time", "20"),
                ("first-pass", "15"),
                ("availability", "15"),
                ("speed", "5"),
                ("guide", guide),
                ("from", "2026-12-01"),
                why,
            ]
        };
        let hidden = [("number", "2"), ("from", "2026-12-01"), ("reason", "更\u{0}合理")];
        assert_eq!(chief.asks_for("contact-due", &hidden).await, "422 #reason");
        assert_eq!(chief.asks_for("star-weights", &weights("14")).await, "422 #satisfaction");
        assert_eq!(chief.asks_for("star-weights", &weights("15")).await, "asked");
        assert!(approved(&town).await.is_empty());
        let rows = town.lines("SELECT rule AS line FROM policy_changes".to_owned()).await;
        assert_eq!(rows, ["star-weights"], "what is wrong is not kept");
        town.close().await;
    }

    async fn only_administrators_of_the_whole_city_come_near_it(town: Town) {
        let (chief, _) = chief(&town, "chief").await;
        assert_eq!(chief.asks_for("contact-due", &TWO_DAYS).await, "asked");
        let id = waiting(&town, "contact-due").await;
        let here = format!("{LIST}/contact-due");
        let form = format!("{here}/change");
        for (login, role, path) in [
            ("local", Role::Administrator, "/yunjiang/"),
            ("head", Role::Manager, "/"),
            ("auditor", Role::Auditor, "/"),
            ("officer", Role::Officer, "/gas/"),
            ("engineer", Role::Integrator, "/gas/"),
        ] {
            let (browser, _) = worker(&town, login, role, path).await;
            for page in [LIST, HISTORY, here.as_str(), form.as_str()] {
                assert_eq!(browser.get(page).await.status, 403, "{login} at {page}");
            }
            let asked = browser.post(&form, &TWO_DAYS).await.status;
            let decided = browser.post(&here, &[("act", "approve"), ("id", &id)]).await.status;
            let file = browser.post(&format!("{HISTORY}.csv"), &[]).await.status;
            assert_eq!([asked, decided, file], [403; 3], "{login}");
        }
        assert_eq!(town.get(LIST).await.status, 303, "whoever is nobody is led to the sign-in");
        assert!(approved(&town).await.is_empty());
        assert_eq!(chief.get(&format!("{LIST}/nothing")).await.status, 404);
        assert_eq!(chief.post(&here, &[("act", "burn"), ("id", &id)]).await.status, 400);
        assert_eq!(chief.post(&here, &[("act", "approve"), ("id", "1")]).await.status, 400);
        let nobodys = "0193b5a0-0000-7000-8000-000000000001";
        assert_eq!(chief.post(&here, &[("act", "approve"), ("id", nobodys)]).await.status, 404);
        town.close().await;
    }

    async fn everything_that_was_asked_for_stays_on_record(town: Town) {
        let (chief, _) = chief(&town, "chief").await;
        let (second, _) = self::chief(&town, "second").await;
        let why = ("reason", "=1+1 试试");
        let fix = [("number", "7"), ("from", "2026-12-01"), why];
        // Refusing takes a reason.
        chief.asks_for("fix-due", &fix).await;
        let id = waiting(&town, "fix-due").await;
        let silent = second.post(&format!("{LIST}/fix-due"), &[("act", "refuse"), ("id", &id)]).await;
        assert_eq!((silent.status, silent.attributes(".errors a", "href")), (422, vec!["#words".to_owned()]));
        for _ in 0..2 {
            assert_eq!(second.decides_rule("fix-due", &id, "refuse").await, "refused");
        }
        assert_eq!(second.decides_rule("fix-due", &id, "approve").await, "decided");
        // Taken back by whoever asked, it makes room for the next.
        town.clock.advance(TimeDelta::minutes(1));
        chief.asks_for("fix-due", &[("number", "8"), ("from", "2026-12-01"), why]).await;
        let id = waiting(&town, "fix-due").await;
        assert_eq!(chief.decides_rule("fix-due", &id, "withdraw").await, "withdrawn");
        town.clock.advance(TimeDelta::minutes(1));
        // From today: it holds at once, and is the old value of the next one.
        let today = [("number", "6"), ("from", "2026-11-20"), why];
        chief.sets_rule(&town, "fix-due", &today, &second).await;
        town.clock.advance(TimeDelta::minutes(1));
        assert!(second.reads(LIST).await.contains("6 个工作日"));
        chief.sets_rule(&town, "fix-due", &fix, &second).await;
        let held = approved(&town).await;
        assert_eq!(held.iter().map(Change::was).collect::<Vec<_>>(), [&[5], &[6]]);
        assert_eq!(chief.asks_for("fix-due", &fix).await, "422 #number", "it will be so already");

        let rows = |answer: crate::town::Answer| answer.ok().texts("tbody tr").len();
        assert_eq!(rows(second.get(HISTORY).await), 4);
        assert_eq!(rows(second.get(&format!("{HISTORY}?state=approved")).await), 2);
        assert_eq!(rows(second.get(&format!("{HISTORY}?rule=contact-due")).await), 0);
        let words = second.reads(&format!("{HISTORY}?state=refused")).await;
        assert!(words.contains("再研究") && words.contains("5 个工作日") && words.contains("7 个工作日"), "{words}");
        let file = second.post(&format!("{HISTORY}.csv"), &[("rule", "fix-due"), ("order", "oldest")]).await.ok();
        assert!(file.header("content-disposition").contains("policy-history.csv"));
        let lines: Vec<&str> = file.body.lines().collect();
        assert_eq!(lines.len(), 5, "{}", file.body);
        assert!(lines[1].contains("已驳回") && lines[2].contains("已撤回") && lines[4].contains("已批准"), "{}", file.body);
        assert!(lines[1].contains("'=1+1") && lines[1].contains("chief") && lines[1].contains("second"), "{}", file.body);
        let audit = chief.reads("/admin/audit").await;
        for wanted in ["提出修改一项政策参数", "批准修改一项政策参数", "驳回修改一项政策参数", "撤回修改一项政策参数"] {
            assert!(audit.contains(wanted), "{wanted} in {audit}");
        }
        assert!(audit.contains("fix-due: 5 → 7 (2026-12-01)"), "{audit}");
        town.close().await;
    }

    async fn of_two_administrators_at_once_one_is_heard(town: Town) {
        let (chief, _) = chief(&town, "chief").await;
        let (second, _) = self::chief(&town, "second").await;
        let (third, _) = self::chief(&town, "third").await;
        let (one, other) = tokio::join!(
            chief.asks_for("contact-due", &TWO_DAYS),
            third.asks_for("contact-due", &[("number", "3"), ("from", "2026-11-23"), ("reason", "还要更久")]),
        );
        let mut both = [one, other];
        both.sort();
        assert_eq!(both, ["asked", "waits"]);
        let id = waiting(&town, "contact-due").await;
        let (one, other) = tokio::join!(
            second.decides_rule("contact-due", &id, "approve"),
            second.decides_rule("contact-due", &id, "refuse"),
        );
        let mut both = [one, other];
        both.sort();
        assert!([["approved", "decided"], ["decided", "refused"]].contains(&[both[0].as_str(), both[1].as_str()]), "{both:?}");

        // Two that fit what is in force, and not each other: the later one is stale.
        let (complex, fix) = ("complex-fix-due", "fix-due");
        let why = ("reason", "更合理");
        assert_eq!(chief.asks_for(complex, &[("number", "6"), ("from", "2026-12-01"), why]).await, "asked");
        assert_eq!(chief.asks_for(fix, &[("number", "10"), ("from", "2026-12-01"), why]).await, "asked");
        let (first, later) = (waiting(&town, complex).await, waiting(&town, fix).await);
        let (one, other) = tokio::join!(
            second.decides_rule(complex, &first, "approve"),
            third.decides_rule(fix, &later, "approve"),
        );
        let mut both = [one, other];
        both.sort();
        assert_eq!(both, ["approved", "stale"]);
        town.close().await;
    }

    async fn what_is_approved_late_holds_from_then_on(town: Town) {
        let (chief, chief_id) = chief(&town, "chief").await;
        let (_, second) = self::chief(&town, "second").await;
        let today = [("number", "2"), ("from", "2026-11-20"), ("reason", "更合理")];
        assert_eq!(chief.asks_for("contact-due", &today).await, "asked");
        let id = waiting(&town, "contact-due").await;
        town.pass(TimeDelta::days(3)).await;
        let second = at_work(&town, second, Role::Administrator, "/").await;
        let here = format!("{LIST}/contact-due");
        assert!(second.reads(&here).await.contains("批准后立即生效"));
        assert_eq!(second.decides_rule("contact-due", &id, "approve").await, "approved");
        let held = approved(&town).await.remove(0);
        assert_eq!(held.holds_at(), Some(town.clock.now()), "never before somebody approved it");
        let chief = at_work(&town, chief_id, Role::Administrator, "/").await;
        assert!(chief.reads(&here).await.contains("2 个工作日"));
        town.close().await;
    }

    async fn other_rooms_go_by_it(town: Town) {
        let (chief, _) = chief(&town, "chief").await;
        let (second, _) = self::chief(&town, "second").await;
        let fields = |number: &'static str| [("number", number), ("from", "2026-11-20"), ("reason", "更合理")];
        // Reports in an hour.
        chief.sets_rule(&town, "reports-own", &fields("1"), &second).await;
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        for (key, status) in [("0193b5a0-0000-4000-8000-000000000001", 303), ("0193b5a0-0000-4000-8000-000000000002", 429)] {
            let question = [
                ("title", "路灯坏了找谁"),
                ("text", "门口的路灯坏了，应该找哪个部门？"),
                ("elsewhere", "here"),
                ("key", key),
            ];
            assert_eq!(lin.post("/voice/consultation/new", &question).await.status, status, "{key}");
        }
        // The unit's time, from the moment at which the order came in.
        chief.sets_rule(&town, "order-dispatch", &fields("4"), &second).await;
        let due = "SELECT CAST(due_on AS TEXT) AS line FROM voice_orders";
        assert_eq!(town.lines(due.to_owned()).await, ["2026-11-23"], "what runs already keeps its day");
        // The longest term of a sanction.
        chief.sets_rule(&town, "sanction-days", &fields("30"), &second).await;
        let sanction = [("grade", "notice"), ("reason", "多次超时"), ("days", "31")];
        let sent = chief.post("/admin/agencies/gas-supply/sanction", &sanction).await;
        assert_eq!((sent.status, sent.attributes(".errors a", "href")), (422, vec!["#days".to_owned()]));
        assert!(sent.texts(".errors").join(" ").contains("1 到 30"));
        // The stars, of months that begin afterwards.
        let later = [("number", "37"), ("from", "2026-12-01"), ("reason", "更合理")];
        chief.sets_rule(&town, "star-ratings", &later, &second).await;
        let how = || async { town.get("/quality").await.ok().texts("[aria-labelledby=how]").join(" ") };
        assert!(!how().await.contains("37"));
        town.pass(TimeDelta::days(12)).await;
        assert!(how().await.contains("37"));
        town.close().await;
    }
}
