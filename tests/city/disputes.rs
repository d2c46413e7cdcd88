//! Decisions about ratings that one side does not accept: an order with a number, an answer that says what came of it, and
//! asking back. And what came of a complaint.

use chrono::TimeDelta;
use yimen::{accounts::staff::Role, app, ledger::LedgerError};

use crate::{
    cases::lin,
    desk::{UNIT as RATED, worker},
    on_both_engines,
    people::Browser,
    ratings::{BAD, GOOD, counted, decided},
    voice::{ANSWER, DESK, LEAD, REPORT, UNIT, dispatcher, staff, unit, wang},
};

const AGAINST: [(&str, &str); 2] = [("appeal-what", "malicious"), ("appeal-words", "同一人提交了二十次")];
const WHY: [(&str, &str); 1] = [("words", "我叫林晓，等了三周是事实，有短信为证。")];
const STANDS: (&str, &str) = ("finding", "stands");
const CHANGED: (&str, &str) = ("finding", "changed");

/// An agency spoke against the newest rating, and it was decided. The page of the rating, for the agency.
async fn ruled(officer: &Browser<'_>, above: &Browser<'_>, ruling: &str) -> String {
    let page = officer.rated("/agency/ratings", "all").await.remove(0);
    assert_eq!(officer.deals(&page, "appeal", &AGAINST).await, "done");
    let decide = [("decide-what", ruling), ("decide-words", "已经核对")];
    assert_eq!(above.deals(&page.replace("/agency", "/admin"), "decide", &decide).await, "done");
    page
}

/// The word at the end of where it leads.
async fn refused(browser: &Browser<'_>, page: &str) -> String {
    let answer = browser.get(page).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("main"));
    answer.location().split("said=").nth(1).unwrap_or_default().to_owned()
}

fn number(there: &str) -> String {
    let last = there.rsplit('/').next().unwrap_or_default();
    last.split('?').next().unwrap_or_default().to_owned()
}

on_both_engines! {
    async fn whoever_rated_disputes_that_it_does_not_count_and_others_decide(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, RATED).await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let url = decided(&town, &lin, &officer).await;
        assert_eq!(lin.rates(&url, &BAD).await, "given");
        let page = format!("{url}/dispute");
        assert_eq!(refused(&lin, &page).await, "not-now", "nothing was decided yet");
        let rating = ruled(&officer, &above, "upheld").await;
        assert_eq!(counted(&town).await, ["1:00000:1"]);

        assert!(lin.get(&url).await.ok().attributes("main a", "href").contains(&page));
        assert!(lin.get(&page).await.ok().texts("main").join(" ").contains("2026年11月27日"), "five working days");
        assert_eq!(refused(&officer, &format!("{rating}/dispute")).await, "not-now", "it was decided as the agency wished");
        let other = Browser::of(&town, wang(&town).await, 3).await;
        assert_eq!((other.get(&page).await.status, other.post(&page, &WHY).await.status), (404, 404));
        assert_eq!(lin.get("/voice/dispute/new").await.status, 404, "it begins at a rating");
        assert_eq!(lin.post(&page, &[("words", "不")]).await.status, 422);
        let number = number(&lin.post(&page, &WHY).await.location());
        assert_eq!(lin.post(&page, &WHY).await.location(), format!("/me/voice/{number}?said=sent"), "once");
        assert_eq!(lin.get(&page).await.location(), format!("/me/voice/{number}"));
        let kept = town.dump(&["voice_orders", "voice_disputes", "voice_steps", "voice_reports"]).await;
        assert!(!kept.contains("短信"), "{kept}");

        // The desk and the unit read what it is about, and not who rated.
        let (desk, unit) = (dispatcher(&town).await, unit(&town).await);
        let order = format!("{DESK}/{number}");
        assert_eq!(desk.listed("new").await, std::slice::from_ref(&order));
        let open = desk.get(&order).await.ok().body;
        assert!(open.contains("同一人提交了二十次") && open.contains("已经核对") && open.contains("短信为证"), "{open}");
        assert!(!open.contains("林晓") && !open.contains("林*"), "{open}");
        assert_eq!(desk.post(&format!("{order}/contact"), &[("reason", "想问一问")]).await.status, 403);
        assert_eq!(desk.does(&number, "merge", &[("into", &number)]).await, "not-now");
        // The agency whose rating it is has its say, and decides nothing.
        assert!(desk.does(&number, "dispatch", &[("lead", RATED)]).await.starts_with("422"));
        assert_eq!(desk.does(&number, "dispatch", &[("lead", UNIT)]).await, "done");
        assert!(lin.mine(&number).await.contains("2026年11月27日"), "the unit has five working days");
        assert_eq!(officer.does(&number, "note", &[("words", "补充提交记录")]).await, "done");
        assert_eq!(officer.does(&number, "take", &[]).await, "not-now");
        assert_eq!(unit.does(&number, "take", &[]).await, "done");
        assert!(unit.does(&number, "reply", &[ANSWER]).await.starts_with("422"), "what came of it must be said");
        assert!(unit.does(&number, "reply", &[ANSWER, ("finding", "agreed")]).await.starts_with("422"));
        // Not by whoever decided first.
        town.sql("UPDATE voice_disputes SET first_by = (SELECT by_staff FROM voice_steps WHERE act = 'take')").await;
        assert_eq!(unit.does(&number, "reply", &[ANSWER, CHANGED]).await, "own");
        town.sql("UPDATE voice_disputes SET first_by = (SELECT decided_by FROM rating_appeals)").await;
        assert_eq!(counted(&town).await, ["1:00000:1"], "until it is answered nothing changes");
        assert_eq!(unit.does(&number, "reply", &[ANSWER, CHANGED]).await, "done");
        assert_eq!(counted(&town).await, ["1:01000:0"]);
        let text = lin.mine(&number).await;
        assert!(text.contains("变更原决定") && !text.contains("补充提交记录"), "{text}");
        assert!(town.told_of(who).await.iter().any(|title| title.contains("评价争议：已答复")));
        assert!(!lin.main(&url).await.contains("不计入"));

        // Asked back and not content, it is dealt with once more, and may be answered otherwise.
        assert_eq!(desk.does(&number, "visit", &[("verdict", "dissatisfied")]).await, "done");
        assert_eq!(unit.does(&number, "take", &[]).await, "done");
        assert_eq!(unit.does(&number, "reply", &[ANSWER, STANDS]).await, "done");
        assert_eq!(counted(&town).await, ["1:00000:1"]);
        assert!(lin.post(&format!("/me/voice/{number}/judge"), &[("verdict", "satisfied")]).await.location().ends_with("judged"));
        assert!(lin.mine(&number).await.contains("已办结"));
        town.close().await;
    }

    async fn an_agency_disputes_that_a_rating_counts_in_time_and_once(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (officer, id) = worker(&town, "officer", Role::Officer, RATED).await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let url = decided(&town, &lin, &officer).await;
        assert_eq!(lin.rates(&url, &GOOD).await, "given");
        let page = ruled(&officer, &above, "rejected").await;
        let dispute = format!("{page}/dispute");
        assert!(officer.get(&page).await.ok().attributes("main a", "href").contains(&dispute));
        assert_eq!(refused(&lin, &format!("{url}/dispute")).await, "not-now");
        let stranger = staff(&town, Role::Officer, UNIT).await;
        assert_eq!(stranger.get(&dispute).await.status, 404);
        let words = [("words", "评价人电话13800000001，与办件无关。")];
        assert!(officer.post(&dispute, &words).await.location().ends_with("said=done"));
        assert!(officer.post(&dispute, &words).await.location().ends_with("said=done"), "once");
        let order = officer.get(&dispute).await.location();
        let number = number(&order);
        let (desk, unit) = (dispatcher(&town).await, unit(&town).await);
        assert_eq!(desk.listed("new").await, std::slice::from_ref(&order));
        let open = desk.sees(&order).await;
        assert!(open.contains("与办件无关") && !open.contains("13800000001"), "{open}");
        assert_eq!(desk.does(&number, "dispatch", &[("lead", UNIT)]).await, "done");
        assert_eq!(unit.does(&number, "take", &[]).await, "done");
        assert_eq!(unit.does(&number, "reply", &[ANSWER, CHANGED]).await, "done");
        assert_eq!(counted(&town).await, ["1:00000:1"]);
        assert!(officer.sees(&order).await.contains("变更原决定"), "the agency reads what came of it");
        town.work().await;
        assert!(lin.main(&url).await.contains("不计入"));
        assert_eq!(desk.does(&number, "visit", &[("verdict", "satisfied")]).await, "done");
        // Of another one, too late.
        let second = decided(&town, &lin, &officer).await;
        assert_eq!(lin.rates(&second, &GOOD).await, "given");
        let page = ruled(&officer, &above, "rejected").await;
        town.pass(TimeDelta::days(8)).await;
        let officer = crate::staff::at_work(&town, id, Role::Officer, RATED).await;
        assert_eq!(refused(&officer, &format!("{page}/dispute")).await, "over");
        // What was said of somebody's rating goes with them, whoever said it.
        assert!(officer.sees(&order).await.contains("与办件无关"));
        town.work().await;
        let now = town.clock.now();
        let erased = town.db.tx(move |c| {
            app::holders().0.iter().try_for_each(|holder| holder.erase(c, now, who))
        });
        erased.await.unwrap_or_else(|error: LedgerError| panic!("{error}"));
        let open = officer.sees(&order).await;
        for gone in ["与办件无关", "灯泡", "变更原决定"] {
            assert!(!open.contains(gone), "{gone} in {open}");
        }
        town.work().await;
        town.close().await;
    }

    /// The result of mediation, of a complaint and of nothing else.
    async fn what_came_of_a_complaint_is_said_with_the_answer(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let number = lin.brings("complaint", &REPORT).await;
        let (desk, unit) = (dispatcher(&town).await, unit(&town).await);
        assert_eq!(desk.does(&number, "dispatch", &LEAD).await, "done");
        assert_eq!(unit.does(&number, "take", &[]).await, "done");
        let form = unit.get(&format!("{DESK}/{number}/do/reply")).await.ok();
        assert_eq!(form.attributes("input[name=finding]", "value"), ["agreed", "failed", "untried"]);
        assert!(form.attributes("input[name=finding][checked]", "value").is_empty());
        let wrong = unit.post(&format!("{DESK}/{number}/do/reply"), &[ANSWER, STANDS]).await;
        assert_eq!(wrong.status, 422, "that is said of a dispute");
        assert!(wrong.texts("textarea[name=words]")[0].contains("灯泡"), "what was typed is kept");
        assert_eq!(unit.does(&number, "reply", &[ANSWER, ("finding", "agreed")]).await, "done");
        for page in [lin.mine(&number).await, unit.sees(&format!("{DESK}/{number}")).await] {
            assert!(page.contains("双方达成一致"), "{page}");
        }
        town.close().await;
    }
}
