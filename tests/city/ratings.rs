//! Ratings, from the question at the end of a matter to what was done about a bad one.

use chrono::TimeDelta;
use yimen::{
    accounts::staff::Role,
    db::DbError,
    ledger::{self, CitizenId, LedgerError, PersonalData as _, StaffId},
    ratings::personal,
};

use crate::{
    acting::{acts, switch},
    bookings::{ADVICE, MONDAY, form_of},
    cases::lin,
    desk::{UNIT, apply, worker},
    on_both_engines,
    payments::{Beside, decides},
    people::{Browser, citizen, number},
    staff::{at_work, hired},
    town::{Answer, Town},
};

/// The service that officers of [`UNIT`] work in the portal.
const SERVICE: &str = "/services/YZ27007";
pub const GOOD: [(&str, &str); 1] = [("level", "very-satisfied")];
/// Two of the level's tags, one of another level, and a number where none belongs.
pub const BAD: [(&str, &str); 5] = [
    ("level", "dissatisfied"),
    ("tag", "slow"),
    ("tag", "asked-again"),
    ("tag", "friendly"),
    ("words", "等了三周才答复，我叫林晓，电话 13800000001"),
];

/// A request that was granted, and its page for rating.
pub async fn decided(town: &Town, person: &Browser<'_>, officer: &Browser<'_>) -> String {
    // The later one is the later one.
    town.clock.advance(TimeDelta::minutes(1));
    let case = apply(person).await;
    let desk = case.replace("/me/cases", "/agency/cases");
    for (act, words) in [("accept", ""), ("grant", "经审查，符合规定，准予公开。")] {
        let sent = officer.post(&format!("{desk}/do/{act}"), &[("reason", words)]).await;
        assert_eq!(sent.location(), format!("{desk}?said=done"), "{act}");
    }
    town.work().await;
    to_rate(&case)
}

fn to_rate(case: &str) -> String {
    case.replace("/me/cases", "/me/ratings/case")
}

async fn wang(town: &Town) -> CitizenId {
    citizen(town, "王建", "13800000002", &number("19600229", 7)).await
}

/// The agency's officer, as they come to work today.
async fn officer(town: &Town, id: StaffId) -> Browser<'_> {
    at_work(town, id, Role::Officer, UNIT).await
}

/// What came of a form: the word at the end of where it leads.
fn word(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{:?} {:?}", answer.texts(".errors"), answer.texts("main"));
    answer.location().split("said=").nth(1).unwrap_or_default().to_owned()
}

impl Browser<'_> {
    pub async fn rates(&self, url: &str, fields: &[(&str, &str)]) -> String {
        word(&self.post(url, fields).await)
    }

    pub async fn main(&self, path: &str) -> String {
        self.get(path).await.ok().texts("main").join(" ")
    }

    /// The addresses of the ratings that a list of staff shows.
    pub async fn rated(&self, list: &str, show: &str) -> Vec<String> {
        self.get(&format!("{list}?show={show}")).await.ok().attributes("main a.line-name", "href")
    }

    /// Does something about a rating, as the form on its page sends it.
    pub async fn deals(&self, page: &str, act: &str, fields: &[(&str, &str)]) -> String {
        let seen = self.get(page).await.ok().texts(".timeline > li").len().to_string();
        let all = [&[("act", act), ("seen", seen.as_str())], fields].concat();
        word(&self.post(page, &all).await)
    }

    /// The notices about ratings in somebody's inbox, the newest first.
    async fn heard(&self) -> Vec<String> {
        let all = self.get("/me/notices").await.ok().texts("main .lines .line-name");
        all.into_iter()
            .filter(|title| title.contains("评价") || title.contains("差评") || title.contains("联系"))
            .collect()
    }
}

/// What was counted: finished, the five levels from the worst, set aside.
pub async fn counted(town: &Town) -> Vec<String> {
    let sum = "SELECT CAST(finished AS TEXT) || ':' || very_dissatisfied || dissatisfied || basically_satisfied || \
               satisfied || very_satisfied || ':' || aside AS line FROM service_scores ORDER BY 1";
    town.lines(sum.to_owned()).await
}

const ANSWER: [(&str, &str); 3] = [
    ("answer-what", "fixed"),
    ("answer-words", "已经重新答复，向您道歉。"),
    ("answer-reply", "增加了专人答复，联系 13911112222。"),
];

/// A bad rating, answered by its agency: the page of it at the desk.
pub async fn answered(town: &Town, lin: &Browser<'_>, officer: &Browser<'_>) -> (String, String) {
    let url = decided(town, lin, officer).await;
    assert_eq!(lin.rates(&url, &BAD).await, "given");
    let page = officer.rated("/agency/ratings", "open").await.remove(0);
    assert_eq!(officer.deals(&page, "contact", &[("contact-words", "电话联系，说明了情况")]).await, "done");
    assert_eq!(officer.deals(&page, "answer", &ANSWER).await, "done");
    town.work().await;
    (url, page)
}

on_both_engines! {
    async fn a_matter_is_rated_once_by_whoever_had_it_and_by_nobody_else(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        // Before it ended there is nothing to rate.
        let waiting = to_rate(&apply(&lin).await);
        assert_eq!(lin.get(&waiting).await.status, 404);
        assert_eq!(lin.post(&waiting, &GOOD).await.status, 404);
        let url = decided(&town, &lin, &desk).await;
        let case = url.replace("/me/ratings/case", "/me/cases");
        assert!(lin.get(&case).await.ok().attributes("main a.button", "href").contains(&url), "the question at the end");
        // From the notice of its end, by somebody who has to sign in first.
        assert_eq!(town.get(&url).await.location(), format!("/sign-in?next={}", url.replace('/', "%2F")));
        let page = lin.get(&url).await.ok();
        assert_eq!(page.attributes("input[name=level]", "value").len(), 5);
        assert!(page.attributes("input[name=level][checked]", "value").is_empty(), "none is chosen for anybody");
        let add = lin.get(&format!("{url}?level=dissatisfied")).await.ok();
        assert!(add.attributes("input[name=tag]", "value").contains(&"slow".to_owned()));
        assert!(add.attributes("input[name=tag][checked]", "value").is_empty());
        assert_eq!(town.dump(&["ratings"]).await, "", "looking rates nothing");
        // Somebody else, somebody made up, staff, and a level that there is not.
        let other = Browser::of(&town, wang(&town).await, 3).await;
        for (browser, path, status) in [
            (&other, url.as_str(), 404),
            (&lin, "/me/ratings/case/2026-7KQ3-MFXD", 404),
            (&lin, url.replace("/case/", "/payment/").as_str(), 404),
            (&lin, url.replace("/case/", "/nothing/").as_str(), 404),
            (&desk, url.as_str(), 303),
        ] {
            assert_eq!(browser.post(path, &GOOD).await.status, status, "{path}");
        }
        for level in ["", "good", "6"] {
            assert_eq!(lin.post(&url, &[("level", level)]).await.status, 422, "{level}");
        }
        assert_eq!(town.dump(&["ratings"]).await, "");
        assert_eq!(counted(&town).await, ["1:00000:0"], "that it ended is counted, and nothing else");
        assert_eq!(lin.rates(&url, &BAD).await, "given");
        assert_eq!(lin.rates(&url, &BAD).await, "given", "the second of two clicks");
        assert_eq!(lin.rates(&url, &GOOD).await, "already");
        assert_eq!(counted(&town).await, ["1:01000:0"]);
        let text = lin.main(&url).await;
        assert!(text.contains("不满意") && text.contains("13800000001") && text.contains("反复要材料"), "{text}");
        assert!(!text.contains("态度好"), "a tag of another level is none of theirs: {text}");
        assert!(lin.main("/me/ratings").await.contains("不满意"));
        // Nothing that tells who it was, and no word of it, lies open.
        let ratings = town.dump(&["ratings", "rating_follow_ups", "rating_steps"]).await;
        assert!(!ratings.contains(&who.uuid().simple().to_string()) && !ratings.contains(&who.to_string()), "{ratings}");
        let all = ratings + &town.dump(&["rating_matters"]).await;
        assert!(!all.contains("等了三周") && !all.contains("13800000001"), "{all}");
        town.close().await;
    }

    async fn a_rating_comes_in_time_or_not_at_all(town: Town) {
        let who = lin(&town).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let url = decided(&town, &Browser::of(&town, who, 3).await, &desk).await;
        town.pass(TimeDelta::days(31)).await;
        let lin = Browser::of(&town, who, 3).await;
        assert!(lin.main(&url).await.contains("评价时间已过"));
        let case = url.replace("/me/ratings/case", "/me/cases");
        assert!(!lin.get(&case).await.ok().attributes("main a", "href").contains(&url));
        assert_eq!(lin.rates(&url, &GOOD).await, "over");
        assert!(!lin.get("/me/ratings").await.ok().attributes("main a", "href").contains(&url));
        assert_eq!(town.dump(&["ratings"]).await, "");
        // Nobody is counted as content because they said nothing.
        assert_eq!(counted(&town).await, ["1:00000:0"]);
        town.close().await;
    }

    async fn two_windows_at_once_are_one_rating(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let url = decided(&town, &lin, &desk).await;
        let windows: Vec<Browser<'_>> = {
            let mut all = Vec::new();
            for _ in 0..4 {
                all.push(Browser::of(&town, who, 3).await);
            }
            all
        };
        let sent = windows.iter().enumerate().map(|(at, window)| {
            let fields = if at % 2 == 0 { &GOOD[..] } else { &BAD[..] };
            window.post(&url, fields)
        });
        let words: Vec<String> = futures_util::future::join_all(sent).await.iter().map(word).collect();
        assert_eq!(words.iter().filter(|word| *word == "given").count(), 2, "the first, and the same again: {words:?}");
        assert_eq!(words.iter().filter(|word| *word == "already").count(), 2, "{words:?}");
        let counted = counted(&town).await;
        assert!(counted == ["1:01000:0"] || counted == ["1:00001:0"], "{counted:?}");
        town.close().await;
    }

    async fn a_bad_rating_is_followed_up_by_people_who_do_not_see_whose_it_is(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (stranger, _) = worker(&town, "stranger", Role::Manager, "weather").await;
        let url = decided(&town, &lin, &desk).await;
        assert_eq!(lin.rates(&url, &BAD).await, "given");
        // Friday: Monday for the call, five working days for the answer.
        let text = desk.main("/agency/ratings").await;
        assert!(text.contains("政府信息公开申请") && text.contains("2026年11月23日") && !text.contains('林'), "{text}");
        // The minute would tell at whose counter somebody just stood.
        let minute = (town.clock.now() + TimeDelta::hours(8)).format("%H:%M").to_string();
        assert!(!text.contains(&minute), "{text}");
        let page = desk.rated("/agency/ratings", "open").await.remove(0);
        let text = desk.main(&page).await;
        assert!(text.contains("2026年11月20日") && !text.contains(&minute), "{text}");
        assert!(text.contains("等了三周") && text.contains("***") && text.contains("姓名"), "flagged: {text}");
        assert!(!text.contains("林晓") && !text.contains("13800000001"), "{text}");
        assert!(text.contains("2026年11月27日"), "{text}");
        assert_eq!(stranger.get(&page).await.status, 404);
        assert_eq!(stranger.post(&page, &[("act", "contact"), ("contact-words", "x")]).await.status, 404);
        assert_eq!(stranger.post(&format!("{page}/look"), &[("look-words", "x")]).await.status, 404);
        assert!(stranger.rated("/agency/ratings", "all").await.is_empty());
        // Who it was takes a reason, and stands in that person's record.
        let look = format!("{page}/look");
        assert_eq!(desk.post(&look, &[("look-words", " ")]).await.status, 422);
        assert!(!lin.main("/me/looks").await.contains("手机"));
        let shown = desk.post(&look, &[("look-words", "回访差评")]).await.ok().texts("main").join(" ");
        assert!(shown.contains("林晓") && shown.contains("13800000001"), "{shown}");
        assert!(lin.main("/me/looks").await.contains("回访差评"));
        // An answer comes after a call, and each thing is said.
        assert_eq!(desk.deals(&page, "answer", &ANSWER).await, "not-now");
        assert_eq!(desk.post(&page, &[("act", "contact"), ("seen", "1")]).await.status, 422);
        assert_eq!(desk.deals(&page, "contact", &[("contact-words", "电话联系，说明了情况")]).await, "done");
        let twice = [("act", "contact"), ("seen", "1"), ("contact-words", "电话联系，说明了情况")];
        assert_eq!(word(&desk.post(&page, &twice).await), "not-now", "the second of two clicks");
        assert_eq!(desk.deals(&page, "lengthen", &[("lengthen-words", "要查十年前的档案")]).await, "done");
        assert!(desk.main(&page).await.contains("2026年12月11日"), "fifteen working days");
        assert_eq!(desk.deals(&page, "lengthen", &[("lengthen-words", "再延")]).await, "not-now", "once");
        assert_eq!(desk.deals(&page, "answer", &ANSWER).await, "done");
        town.work().await;
        let heard = lin.heard().await;
        assert_eq!(heard.len(), 2, "of the call and of the answer: {heard:?}");
        let text = lin.main(&url).await;
        assert!(text.contains("已经重新答复") && text.contains("十年前的档案"), "{text}");
        assert!(!text.contains("说明了情况"), "what staff note is not theirs: {text}");
        // They are content with it, and only then they are done.
        assert_eq!(lin.post(&format!("{url}/verdict"), &[("verdict", "")]).await.status, 422);
        for _ in 0..2 {
            assert_eq!(word(&lin.post(&format!("{url}/verdict"), &[("verdict", "basic")]).await), "heard");
        }
        assert!(desk.rated("/agency/ratings", "open").await.is_empty());
        assert!(desk.main(&page).await.contains("已了结"));
        assert_eq!(desk.deals(&page, "contact", &[("contact-words", "再问一次")]).await, "not-now");
        assert_eq!(word(&desk.post(&look, &[("look-words", "再看一次")]).await), "not-now", "there is no reason any more");
        // Once they may say something else now; the first stays on record.
        assert_eq!(word(&lin.post(&format!("{url}/amend"), &[("new-level", "satisfied")]).await), "amended");
        assert_eq!(word(&lin.post(&format!("{url}/amend"), &[("new-level", "very-satisfied")]).await), "already");
        assert_eq!(counted(&town).await, ["1:00010:0"]);
        assert!(lin.main(&url).await.contains("原来是不满意"));
        town.close().await;
    }

    async fn what_does_not_satisfy_goes_to_the_level_above(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (own, _) = worker(&town, "own", Role::Administrator, UNIT).await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let (url, page) = answered(&town, &lin, &desk).await;
        let admin = page.replace("/agency", "/admin");
        assert!(above.rated("/admin/ratings", "escalated").await.is_empty());
        let no = [("verdict", "unsatisfied"), ("still", "还是没有答复")];
        assert_eq!(word(&lin.post(&format!("{url}/verdict"), &no).await), "heard");
        assert_eq!(above.rated("/admin/ratings", "escalated").await, std::slice::from_ref(&admin));
        assert!(above.main("/admin").await.contains("评价人不认可的答复"));
        assert!(above.main(&admin).await.contains("还是没有答复"));
        // Neither the agency nor its own administrator has the last word.
        assert_eq!(desk.deals(&page, "settle", &[("settle-words", "了结")]).await, "not-now");
        assert_eq!(desk.get(&admin).await.status, 403);
        assert_eq!(own.get(&admin).await.status, 404);
        assert_eq!(own.post(&admin, &[("act", "settle"), ("settle-words", "了结"), ("seen", "4")]).await.status, 404);
        assert_eq!(above.deals(&admin, "send-back", &[("send-back-words", "请重新答复")]).await, "done");
        assert_eq!(desk.rated("/agency/ratings", "open").await, std::slice::from_ref(&page));
        assert_eq!(desk.deals(&page, "answer", &ANSWER).await, "done");
        town.work().await;
        assert_eq!(word(&lin.post(&format!("{url}/verdict"), &no).await), "heard");
        assert_eq!(above.deals(&admin, "settle", &[("settle-words", "责成当面答复")]).await, "done");
        town.work().await;
        let text = lin.main(&url).await;
        assert!(text.contains("责成当面答复") && text.contains("上级已处理"), "{text}");
        assert_eq!(above.deals(&admin, "settle", &[("settle-words", "再来")]).await, "not-now");
        town.close().await;
    }

    async fn what_is_late_stands_on_the_list_and_silence_is_no_verdict(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (desk, id) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (above, boss) = worker(&town, "above", Role::Administrator, "/").await;
        let url = decided(&town, &lin, &desk).await;
        assert_eq!(lin.rates(&url, &BAD).await, "given");
        assert!(above.rated("/admin/ratings", "late").await.is_empty());
        // Tuesday: the call was due on Monday.
        town.pass(TimeDelta::days(4)).await;
        let above = at_work(&town, boss, Role::Administrator, "/").await;
        assert_eq!(above.rated("/admin/ratings", "late").await.len(), 1);
        let desk = officer(&town, id).await;
        let page = desk.rated("/agency/ratings", "late").await.remove(0);
        assert_eq!(desk.deals(&page, "contact", &[("contact-words", "联系了")]).await, "done");
        assert!(above.rated("/admin/ratings", "late").await.is_empty(), "and the answer is not due yet");
        town.pass(TimeDelta::days(6)).await;
        let above = at_work(&town, boss, Role::Administrator, "/").await;
        assert_eq!(above.rated("/admin/ratings", "late").await.len(), 1);
        let desk = officer(&town, id).await;
        assert_eq!(desk.deals(&page, "answer", &ANSWER).await, "done");
        town.pass(TimeDelta::days(31)).await;
        town.pass(TimeDelta::days(1)).await;
        let desk = officer(&town, id).await;
        let text = desk.main(&page).await;
        assert!(text.contains("评价人没有再表示意见") && !text.contains("对答复和整改满意吗"), "{text}");
        let lin = Browser::of(&town, who, 3).await;
        let late = lin.post(&format!("{url}/verdict"), &[("verdict", "satisfied")]).await;
        assert_eq!(word(&late), "over");
        town.close().await;
    }

    async fn what_an_agency_has_against_a_rating_is_decided_by_others(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (desk, id) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (own, _) = worker(&town, "own", Role::Administrator, UNIT).await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let url = decided(&town, &lin, &desk).await;
        assert_eq!(lin.rates(&url, &BAD).await, "given");
        let page = desk.rated("/agency/ratings", "all").await.remove(0);
        let admin = page.replace("/agency", "/admin");
        let against = [("appeal-what", "malicious"), ("appeal-words", "同一人提交了二十次")];
        assert_eq!(desk.post(&page, &[("act", "appeal"), ("appeal-words", "x")]).await.status, 422, "which of the two");
        assert_eq!(desk.deals(&page, "appeal", &against).await, "done");
        assert_eq!(desk.deals(&page, "appeal", &against).await, "not-now", "once");
        // It counts and is seen to be under review, and its follow-up goes on.
        assert_eq!(counted(&town).await, ["1:01000:0"]);
        let public = town.get(&format!("{SERVICE}/ratings")).await.ok().texts("main").join(" ");
        assert!(public.contains("复核中") && public.contains("恶意评价"), "{public}");
        assert_eq!(desk.deals(&page, "contact", &[("contact-words", "联系了")]).await, "done");
        // Not by the agency, not by its administrator.
        let decide = [("act", "decide"), ("decide-what", "upheld"), ("decide-words", "属实")];
        assert_eq!(desk.post(&admin, &decide).await.status, 403);
        assert_eq!(word(&desk.post(&page, &decide).await), "not-now");
        assert_eq!(own.post(&admin, &decide).await.status, 404);
        let forced = "UPDATE rating_appeals SET outcome = 'upheld', decided_by = asked_by, decided_at = asked_at";
        let forced = town.db.tx(move |c| {
            use diesel::RunQueryDsl as _;
            diesel::sql_query(forced).execute(c).map_err(DbError::from)
        });
        assert!(forced.await.is_err(), "the database does not take it either");
        assert_eq!(above.rated("/admin/ratings", "appeals").await, std::slice::from_ref(&admin));
        assert!(above.main("/admin").await.contains("部门提出异议的评价"));
        assert!(above.main(&admin).await.contains("二十次"));
        assert_eq!(above.deals(&admin, "decide", &decide[1..]).await, "done");
        assert_eq!(above.deals(&admin, "decide", &decide[1..]).await, "not-now", "once");
        // Out of the average, and kept with the reason.
        assert_eq!(counted(&town).await, ["1:00000:1"]);
        town.work().await;
        let text = lin.main(&url).await;
        assert!(text.contains("不计入") && text.contains("属实"), "{text}");
        let public = town.get(&format!("{SERVICE}/ratings")).await.ok().texts("main").join(" ");
        assert!(public.contains("另有 1 条经复核不计入") && public.contains("已终止"), "{public}");
        assert_eq!(word(&lin.post(&format!("{url}/amend"), &GOOD).await), "not-now", "there is nothing to change");
        // Rejected, it counts; and after five working days nobody objects any more.
        let second = decided(&town, &lin, &desk).await;
        assert_eq!(lin.rates(&second, &GOOD).await, "given");
        let page = desk.rated("/agency/ratings", "all").await.remove(0);
        assert_eq!(desk.deals(&page, "appeal", &against).await, "done");
        let no = [("decide-what", "rejected"), ("decide-words", "不属实")];
        assert_eq!(above.deals(&page.replace("/agency", "/admin"), "decide", &no).await, "done");
        assert_eq!(counted(&town).await, ["2:00001:1"]);
        let third = decided(&town, &lin, &desk).await;
        assert_eq!(lin.rates(&third, &GOOD).await, "given");
        town.pass(TimeDelta::days(8)).await;
        let desk = officer(&town, id).await;
        let page = desk.rated("/agency/ratings", "all").await.remove(0);
        assert_eq!(desk.deals(&page, "appeal", &against).await, "not-now");
        town.close().await;
    }

    async fn everybody_sees_how_many_said_what_and_how_many_said_nothing(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let page = format!("{SERVICE}/ratings");
        assert!(town.get(&page).await.ok().texts("main").join(" ").contains("还没有可以评价的办件"));
        assert_eq!(town.get("/services/YZ99999/ratings").await.status, 404);
        assert!(!town.get(SERVICE).await.ok().texts("main").join(" ").contains("办事人评价"));
        for (at, level) in ["very-satisfied", "satisfied", "dissatisfied", ""].into_iter().enumerate() {
            let url = decided(&town, &lin, &desk).await;
            if at < 3 {
                assert_eq!(lin.rates(&url, &[("level", level)]).await, "given");
            }
        }
        let text = town.get(&page).await.ok().texts("main").join(" ");
        for wanted in ["3 人评价", "66.7% 满意", "33.3%、1 人", "办结 4 件，75.0% 有评价", "评价还少", "2026年11月", "待联系"] {
            assert!(text.contains(wanted), "{wanted} in {text}");
        }
        assert!(!text.contains('林'), "{text}");
        let all = town.get(&format!("/agencies/{UNIT}/ratings")).await.ok();
        assert!(all.texts("main").join(" ").contains("3 人评价") && all.attributes("main a", "href").contains(&page));
        // The guide and the agency's page say it once they are renewed.
        town.portal().refresh().await.unwrap();
        let guide = town.get(SERVICE).await.ok();
        assert!(guide.texts("main").join(" ").contains("66.7% 满意") && guide.attributes("main a", "href").contains(&page));
        assert!(town.get(&format!("/agencies/{UNIT}")).await.ok().texts("main").join(" ").contains("3 人评价"));
        // What was done about it stands there too, without the number that slipped in.
        let one = desk.rated("/agency/ratings", "open").await.remove(0);
        assert_eq!(desk.deals(&one, "contact", &[("contact-words", "联系了")]).await, "done");
        assert_eq!(desk.deals(&one, "answer", &ANSWER).await, "done");
        let text = town.get(&page).await.ok().texts("main").join(" ");
        assert!(text.contains("增加了专人答复") && !text.contains("13911112222") && text.contains("已答复"), "{text}");
        town.close().await;
    }

    async fn whoever_leaves_takes_their_words_and_leaves_the_level(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        let (_, page) = answered(&town, &lin, &desk).await;
        let against = [("appeal-what", "mistaken"), ("appeal-words", "评错了事项")];
        assert_eq!(desk.deals(&page, "appeal", &against).await, "done");
        let copy = lin.get("/me/privacy/export.json").await.ok().body;
        assert!(copy.contains("等了三周") && copy.contains("rating-dissatisfied"), "{copy}");
        town.work().await;
        let now = town.clock.now();
        town.db
            .tx(move |c| {
                personal::Ratings.erase(c, now, who)?;
                ledger::destroy_key(c, now, who)
            })
            .await
            .unwrap_or_else(|error: LedgerError| panic!("{error}"));
        assert_eq!(counted(&town).await, ["1:01000:0"]);
        assert_eq!(town.dump(&["rating_matters"]).await, "");
        let text = desk.main(&page).await;
        assert!(text.contains("不满意") && text.contains("已终止"), "{text}");
        for gone in ["等了三周", "电话联系", "已经重新答复", "评错了事项"] {
            assert!(!text.contains(gone), "{gone} in {text}");
        }
        // The appeal can still be decided: nobody is there to be told.
        let admin = page.replace("/agency", "/admin");
        assert_eq!(above.deals(&admin, "decide", &[("decide-what", "upheld"), ("decide-words", "属实")]).await, "done");
        assert_eq!(counted(&town).await, ["1:00000:1"]);
        town.close().await;
    }

    async fn whoever_acts_for_somebody_rates_in_their_name(town: Town) {
        let (agent, owner, offer) = acts(&town, &[]).await;
        let acting = Browser::of(&town, agent, 3).await;
        switch(&acting, &offer).await;
        let (desk, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let url = decided(&town, &acting, &desk).await;
        assert_eq!(acting.rates(&url, &BAD).await, "given");
        assert!(acting.main("/me/ratings").await.contains("不满意"));
        // It is the represented person's, who reads it; of their own the agent has rated nothing.
        let own = Browser::of(&town, agent, 3).await;
        assert_eq!(own.get(&url).await.status, 404);
        assert_eq!(own.post(&url, &GOOD).await.status, 404);
        assert!(!own.main("/me/ratings").await.contains("不满意"));
        let owner = Browser::of(&town, owner, 3).await;
        assert!(owner.main(&url).await.contains("等了三周"));
        assert_eq!(owner.rates(&url, &GOOD).await, "already", "one matter, one rating, whoever gave it");
        town.close().await;
    }

    async fn a_payment_and_an_appointment_are_rated_too(town: Town) {
        let beside = Beside::open(&town, &["gas-supply"]).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let order = lin.orders().await;
        let url = order.replace("/me/payments/", "/me/ratings/payment/");
        assert_eq!(lin.get(&url).await.status, 404, "it is not paid");
        let till = lin.till(&order).await;
        town.clock.advance(TimeDelta::seconds(5));
        decides(&town, &till, "pay").await;
        lin.get(&format!("{order}?back=1")).await.ok();
        town.work().await;
        assert!(lin.get(&order).await.ok().attributes("main a.button", "href").contains(&url));
        assert_eq!(lin.rates(&url, &GOOD).await, "given");
        beside.close().await;

        let aid = hired(&town, "of-aid", Role::Officer, "legal-aid").await;
        let slot = lin.free_on(ADVICE, MONDAY).await.remove(0);
        let ticket = lin.books(ADVICE, &slot, &form_of("legal-aid", ADVICE)).await;
        let code = lin.get(&ticket).await.ok().texts(".big-code").remove(0);
        // Monday at eight.
        town.pass(TimeDelta::days(2) + TimeDelta::hours(20)).await;
        let desk = at_work(&town, aid, Role::Officer, "legal-aid").await;
        let sent = desk.post(&format!("/agency/calendar/{ADVICE}/check-in"), &[("code", code.as_str())]).await;
        assert!(sent.location().ends_with("said=in"), "{}", sent.location());
        town.work().await;
        let lin = Browser::of(&town, who, 3).await;
        let url = ticket.replace("/me/bookings/", "/me/ratings/booking/");
        assert!(lin.get(&ticket).await.ok().attributes("main a.button", "href").contains(&url));
        assert_eq!(lin.rates(&url, &GOOD).await, "given");
        assert_eq!(counted(&town).await, ["1:00001:0", "1:00001:0"]);
        assert_eq!(lin.get("/me/ratings").await.ok().texts("#rated ~ ul li").len(), 2);
        town.close().await;
    }
}
