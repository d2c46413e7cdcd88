//! Questions, complaints and reports, from the first word to the question whether they were dealt with well.

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{NaiveDate, TimeDelta};
use yimen::{
    accounts::staff::Role,
    ledger::CitizenId,
    platform::calendar::WorkingCalendar,
    voice::{self, VoiceError},
};
use yimen_contract::voice::Terms;

use crate::{
    desk::worker,
    on_both_engines,
    papers::photo,
    people::{Browser, citizen, number},
    town::{Answer, Town},
};

const HOTLINE: &str = "hotline-12345";
const UNIT: &str = "urban-management";
const OTHER: &str = "environment";
const DESK: &str = "/agency/voice";
/// A form of one's own has a key; each of these is another form.
const KEYS: [&str; 4] = [
    "0193b5a0-0000-4000-8000-000000000001",
    "0193b5a0-0000-4000-8000-000000000002",
    "0193b5a0-0000-4000-8000-000000000003",
    "0193b5a0-0000-4000-8000-000000000004",
];
pub const REPORT: [(&str, &str); 7] = [
    ("title", "路灯不亮"),
    ("text", "门口的路灯从周一开始不亮，晚上看不清路。"),
    ("district", "990101"),
    ("place", "政和路1号门口"),
    ("secret", "no"),
    ("elsewhere", "here"),
    ("key", KEYS[0]),
];
const QUESTION: [(&str, &str); 4] = [
    ("title", "路灯坏了找谁"),
    ("text", "我叫林晓，电话13800000001，路灯坏了应该找哪个部门？"),
    ("elsewhere", "here"),
    ("key", KEYS[0]),
];

fn changed<'a>(fields: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| !changes.iter().any(|(other, _)| other == name));
    kept.chain(changes).copied().collect()
}

impl Browser<'_> {
    /// Sends something of a kind. Its number.
    async fn brings(&self, kind: &str, fields: &[(&str, &str)]) -> String {
        let sent = self.post(&format!("/voice/{kind}/new"), fields).await;
        assert_eq!(sent.status, 303, "{:?}", sent.texts(".errors"));
        let there = sent.location();
        there.strip_prefix("/me/voice/").unwrap().strip_suffix("?said=sent").unwrap().to_owned()
    }

    /// Does something with an order. What is said of it.
    async fn does(&self, number: &str, act: &str, fields: &[(&str, &str)]) -> String {
        let done = self.post(&format!("{DESK}/{number}/do/{act}"), fields).await;
        if done.status != 303 {
            return format!("{} {}", done.status, done.texts(".errors a").join(" "));
        }
        done.location().split("said=").nth(1).unwrap_or_default().to_owned()
    }

    async fn sees(&self, path: &str) -> String {
        self.get(path).await.ok().texts("main").join(" ")
    }

    async fn mine(&self, number: &str) -> String {
        self.sees(&format!("/me/voice/{number}")).await
    }

    async fn listed(&self, show: &str) -> Vec<String> {
        self.get(&format!("{DESK}?show={show}")).await.ok().attributes("main h2 a", "href")
    }
}

/// Somebody new at work: nobody's session outlives the passing of days.
async fn staff<'a>(town: &'a Town, role: Role, path: &str) -> Browser<'a> {
    static HIRED: AtomicUsize = AtomicUsize::new(0);
    let login = format!("staff{}", HIRED.fetch_add(1, Ordering::Relaxed));
    worker(town, &login, role, path).await.0
}

async fn dispatcher(town: &Town) -> Browser<'_> {
    staff(town, Role::Officer, HOTLINE).await
}

async fn unit(town: &Town) -> Browser<'_> {
    staff(town, Role::Officer, UNIT).await
}

async fn lin(town: &Town) -> CitizenId {
    citizen(town, "林晓", "13800000001", &number("19850101", 1)).await
}

async fn wang(town: &Town) -> CitizenId {
    citizen(town, "王芳", "13800000002", &number("19850101", 2)).await
}

impl Town {
    /// What stands in somebody's inbox about orders, the newest first.
    async fn told_of(&self, who: CitizenId) -> Vec<String> {
        self.work().await;
        let inbox = Browser::of(self, who, 2).await.get("/me/notices").await.ok();
        inbox.texts("main .lines .line-name").into_iter().filter(|title| title.contains("您的")).collect()
    }

    /// Reports something without an account. Number and code.
    pub async fn reported(&self, kind: &str, fields: &[(&str, &str)]) -> (String, String) {
        let sent = self.browser().submit(&format!("/voice/{kind}/guest"), fields).await;
        assert_eq!(sent.status, 200, "{:?}", sent.texts(".errors"));
        let mut shown = sent.texts("main code").into_iter();
        (shown.next().unwrap(), shown.next().unwrap())
    }
}

const LEAD: [(&str, &str); 2] = [("topic", "street"), ("lead", UNIT)];
const ANSWER: (&str, &str) = ("words", "灯泡已经更换，谢谢您。");

/// Brings an order as far as its answer.
pub async fn answered(town: &Town, number: &str) {
    let (desk, unit) = (dispatcher(town).await, unit(town).await);
    assert_eq!(desk.does(number, "dispatch", &LEAD).await, "done");
    assert_eq!(unit.does(number, "take", &[]).await, "done");
    assert_eq!(unit.does(number, "reply", &[ANSWER]).await, "done");
}

fn errors(answer: &Answer) -> Vec<String> {
    answer.attributes(".errors a", "href")
}

on_both_engines! {
    async fn a_report_goes_from_the_desk_to_a_unit_and_back_to_whoever_made_it(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 2).await;
        let number = lin.brings("report", &REPORT).await;
        // A second press of the button is the same report.
        assert_eq!(lin.brings("report", &REPORT).await, number);
        let text = lin.mine(&number).await;
        assert!(text.contains("已收到") && text.contains("路灯不亮") && text.contains("政和路1号门口"), "{text}");
        assert!(text.contains("2026年11月23日"), "the desk has a working day: {text}");
        // Nothing that is kept of it can be read, and the order itself leads to nobody.
        let orders = town.dump(&["voice_orders", "voice_steps", "voice_units"]).await;
        assert!(!orders.contains("路灯不亮") && !orders.contains(&who.uuid().simple().to_string()), "{orders}");
        assert!(!town.dump(&["voice_reports"]).await.contains("路灯"));

        let (desk, unit) = (dispatcher(&town).await, unit(&town).await);
        assert_eq!(desk.listed("new").await, [format!("{DESK}/{number}")]);
        assert_eq!(unit.listed("working").await, [""; 0]);
        assert_eq!(unit.get(&format!("{DESK}/{number}")).await.status, 404, "not theirs yet");
        assert!(!desk.sees(DESK).await.contains("路灯不亮"), "lists open nothing");
        assert!(!lin.sees("/me/looks").await.contains("您说的"));
        let open = desk.sees(&format!("{DESK}/{number}")).await;
        assert!(open.contains("路灯不亮") && open.contains("林*") && !open.contains("林晓"), "{open}");
        assert!(lin.sees("/me/looks").await.contains("您说的"), "opening is a look");
        // What the words and the city's topics suggest is chosen already.
        let form = desk.get(&format!("{DESK}/{number}/do/dispatch")).await.ok();
        assert_eq!(form.attributes("select[name=lead] option[selected]", "value"), [UNIT]);
        assert_eq!(form.attributes("select[name=topic] option[selected]", "value"), ["street"]);

        assert_eq!(desk.does(&number, "dispatch", &changed(&LEAD, &[("helper-1", OTHER)])).await, "done");
        assert_eq!(unit.listed("working").await, [format!("{DESK}/{number}")]);
        assert!(lin.mine(&number).await.contains("2026年11月27日"), "five working days");
        assert_eq!(unit.does(&number, "reply", &[ANSWER]).await, "not-now", "nobody answers what they did not take");
        assert_eq!(unit.does(&number, "take", &[]).await, "done");
        assert_eq!(unit.does(&number, "give-back", &[("words", "不是我们的")]).await, "not-now");
        // A unit that helps writes for the one that leads, and for nobody else.
        let helper = staff(&town, Role::Officer, OTHER).await;
        assert_eq!(helper.does(&number, "reply", &[ANSWER]).await, "not-now");
        assert_eq!(helper.does(&number, "note", &[("words", "附近还有两盏不亮")]).await, "done");
        assert!(unit.sees(&format!("{DESK}/{number}")).await.contains("附近还有两盏不亮"));
        assert!(unit.does(&number, "reply", &[("words", " ")]).await.starts_with("422"));
        assert_eq!(unit.does(&number, "reply", &[ANSWER]).await, "done");
        let text = lin.mine(&number).await;
        assert!(text.contains("灯泡已经更换") && !text.contains("附近还有两盏"), "{text}");
        let told = town.told_of(who).await;
        assert_eq!(told.len(), 3, "given out, taken on, answered: {told:?}");
        assert!(told[0].contains("您的随手报：已答复"), "{told:?}");
        // Satisfied, once.
        let judge = format!("/me/voice/{number}/judge");
        assert_eq!(lin.post(&judge, &[]).await.status, 422);
        assert!(lin.post(&judge, &[("verdict", "satisfied")]).await.location().ends_with("said=judged"));
        assert!(lin.post(&judge, &[("verdict", "dissatisfied")]).await.location().ends_with("said=judged"));
        let text = lin.mine(&number).await;
        assert!(text.contains("已办结") && text.contains("您的评价：满意"), "the first counts: {text}");
        town.close().await;
    }

    async fn what_is_missing_is_said_and_what_was_typed_is_kept(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let bad = changed(&REPORT, &[("title", ""), ("district", "000000"), ("secret", "")]);
        let form = lin.post("/voice/report/new", &bad).await;
        assert_eq!(form.status, 422);
        assert_eq!(errors(&form), ["#title", "#district", "#secret-no"]);
        assert!(form.texts("textarea[name=text]")[0].contains("看不清路"));
        assert_eq!(form.attributes("input[name=key]", "value"), [KEYS[0]]);
        // What belongs elsewhere is not taken, and where it goes is said.
        let court = lin.post("/voice/report/new", &changed(&REPORT, &[("elsewhere", "court")])).await;
        assert_eq!(court.status, 422);
        assert!(court.texts("main").join(" ").contains("人民法院"));
        assert_eq!(town.dump(&["voice_orders"]).await, "");
        assert_eq!(lin.get("/voice/gossip/new").await.status, 404);
        // Whoever is not signed in is led there, and where a kind is taken from everybody need not be.
        assert!(town.get("/voice/complaint/new").await.location().starts_with("/sign-in"));
        assert_eq!(town.get("/voice/complaint/guest").await.location(), "/voice/complaint/new");
        town.close().await;
    }

    async fn a_unit_sees_its_own_and_gives_back_in_time(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let number = lin.brings("report", &REPORT).await;
        let (desk, unit) = (dispatcher(&town).await, unit(&town).await);
        assert_eq!(desk.does(&number, "dispatch", &LEAD).await, "done");
        // Somebody of another unit can neither see it nor do anything with it, nor learn that it is there.
        let other = staff(&town, Role::Manager, OTHER).await;
        let page = format!("{DESK}/{number}");
        assert_eq!(other.get(&page).await.status, 404);
        for act in ["take", "reply", "give-back", "merge", "dispatch", "not-take", "extend", "visit"] {
            assert_eq!(other.get(&format!("{page}/do/{act}")).await.status, 404, "{act}");
            assert_eq!(other.post(&format!("{page}/do/{act}"), &[ANSWER]).await.status, 404, "{act}");
        }
        assert_eq!(other.post(&format!("{page}/contact"), &[("reason", "想看看")]).await.status, 404);
        let helper = staff(&town, Role::Integrator, UNIT).await;
        assert_eq!(helper.get(DESK).await.status, 403);
        // The unit gives out nothing and merges nothing.
        assert_eq!(unit.does(&number, "dispatch", &LEAD).await, "not-now");
        assert_eq!(unit.does(&number, "not-take", &[("elsewhere", "court"), ANSWER]).await, "not-now");
        // Given back within the day, with a reason; not after it was decided whose it is.
        assert!(unit.does(&number, "give-back", &[]).await.starts_with("422"));
        assert_eq!(unit.does(&number, "give-back", &[("words", "属于供电公司")]).await, "done");
        assert_eq!(unit.get(&page).await.status, 404, "it is not theirs any more");
        assert!(!lin.mine(&number).await.contains("属于供电公司"));
        let again = changed(&LEAD, &[("decided", "yes")]);
        assert_eq!(desk.does(&number, "dispatch", &again).await, "done");
        assert_eq!(unit.does(&number, "give-back", &[("words", "真的不是")]).await, "not-now");
        let next = lin.brings("report", &changed(&REPORT, &[("key", KEYS[1])])).await;
        assert_eq!(desk.does(&next, "dispatch", &changed(&LEAD, &[("decided", "yes")])).await, "done");
        town.pass(TimeDelta::days(4)).await;
        let unit = staff(&town, Role::Officer, UNIT).await;
        assert_eq!(unit.does(&next, "give-back", &[("words", "太晚了")]).await, "not-now", "its time is over");
        town.close().await;
    }

    async fn what_is_late_is_supervised_and_a_term_is_lengthened_once_by_a_manager(town: Town) {
        let who = lin(&town).await;
        let browser = Browser::of(&town, who, 2).await;
        let number = browser.brings("report", &REPORT).await;
        let (desk, officer) = (dispatcher(&town).await, unit(&town).await);
        assert_eq!(desk.does(&number, "dispatch", &LEAD).await, "done");
        assert_eq!(officer.does(&number, "take", &[]).await, "done");
        let why = [("words", "需要等配件到货。")];
        assert_eq!(officer.does(&number, "extend", &why).await, "not-now");
        let head = staff(&town, Role::Manager, UNIT).await;
        assert_eq!(head.does(&number, "extend", &why).await, "done");
        assert_eq!(head.does(&number, "extend", &why).await, "not-now", "once");
        let text = browser.mine(&number).await;
        assert!(text.contains("2026年12月4日") && text.contains("需要等配件到货"), "{text}");
        town.pass(TimeDelta::days(14)).await;
        let desk = staff(&town, Role::Officer, HOTLINE).await;
        assert_eq!(desk.listed("supervised").await, [""; 0], "the last day is a day");
        town.pass(TimeDelta::days(1)).await;
        let desk = dispatcher(&town).await;
        assert_eq!(desk.listed("supervised").await, [format!("{DESK}/{number}")]);
        assert!(Browser::of(&town, who, 2).await.mine(&number).await.contains("已列入督办"));
        // Once it is answered it is off the list, and closes when nobody speaks against it.
        let officer = staff(&town, Role::Officer, UNIT).await;
        assert_eq!(officer.does(&number, "reply", &[ANSWER]).await, "done");
        assert_eq!(desk.listed("supervised").await, [""; 0]);
        town.pass(TimeDelta::days(9)).await;
        assert!(Browser::of(&town, who, 2).await.mine(&number).await.contains("已办结"));
        town.close().await;
    }

    async fn whoever_is_not_satisfied_has_it_dealt_with_once_more(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 2).await;
        let number = lin.brings("report", &REPORT).await;
        answered(&town, &number).await;
        let judge = format!("/me/voice/{number}/judge");
        let words = [("verdict", "dissatisfied"), ("words", "还是不亮")];
        assert!(lin.post(&judge, &words).await.location().ends_with("said=judged"));
        let unit = staff(&town, Role::Officer, UNIT).await;
        assert_eq!(unit.listed("supervised").await, [format!("{DESK}/{number}")]);
        let open = unit.sees(&format!("{DESK}/{number}")).await;
        assert!(open.contains("还是不亮") && !open.contains("退回"), "{open}");
        assert_eq!(unit.does(&number, "take", &[]).await, "done");
        assert_eq!(unit.does(&number, "reply", &[("words", "线路也换了。")]).await, "done");
        // The desk asks back: still not well, so that those above see it, and no third round.
        let desk = staff(&town, Role::Officer, HOTLINE).await;
        assert_eq!(desk.does(&number, "visit", &[("verdict", "unreached")]).await, "done");
        assert_eq!(desk.does(&number, "visit", &[("verdict", "dissatisfied"), ("words", "说偶尔不亮")]).await, "done");
        let text = lin.mine(&number).await;
        assert!(text.contains("已办结") && !text.contains("说偶尔不亮"), "{text}");
        assert!(lin.post(&judge, &words).await.location().ends_with("said=judged"), "said already");
        assert!(lin.mine(&number).await.contains("已办结"));
        town.close().await;
    }

    async fn duplicates_become_one_and_nobody_is_lost(town: Town) {
        let (one, two) = (lin(&town).await, wang(&town).await);
        let (lin, wang) = (Browser::of(&town, one, 2).await, Browser::of(&town, two, 2).await);
        let first = lin.brings("report", &REPORT).await;
        let second = wang.brings("report", &changed(&REPORT, &[("title", "灯坏了")])).await;
        let tip = wang.brings("tip-off", &changed(&REPORT, &[("key", KEYS[1])])).await;
        let (third, code) = town.reported("report", &REPORT[..4].iter().copied().chain([("elsewhere", "here")]).collect::<Vec<_>>()).await;
        let desk = dispatcher(&town).await;
        assert!(desk.does(&second, "merge", &[("into", &second)]).await.starts_with("422"), "not into itself");
        assert!(desk.does(&tip, "merge", &[("into", &first)]).await.starts_with("422"), "what is secret is not merged with what is not");
        assert_eq!(desk.does(&third, "merge", &[("into", &second)]).await, "done");
        assert_eq!(desk.does(&second, "merge", &[("into", &first)]).await, "done");
        assert!(desk.does(&first, "merge", &[("into", &second)]).await.starts_with("422"), "not in a circle");
        let open = desk.sees(&format!("{DESK}/{first}")).await;
        assert!(open.contains("来信（3）") && open.contains("灯坏了") && open.contains("王*"), "{open}");
        answered(&town, &first).await;
        assert!(wang.mine(&second).await.contains("灯泡已经更换"));
        assert!(town.told_of(two).await[0].contains("已答复"));
        let guest = town.browser().submit("/voice/progress", &[("number", &third), ("code", &code)]).await.ok();
        assert!(guest.texts("main").join(" ").contains("灯泡已经更换"));
        // One who is satisfied does not close what another may not be satisfied with.
        lin.post(&format!("/me/voice/{first}/judge"), &[("verdict", "satisfied")]).await;
        assert!(wang.mine(&second).await.contains("已答复"));
        wang.post(&format!("/me/voice/{second}/judge"), &[("verdict", "dissatisfied")]).await;
        assert!(lin.mine(&first).await.contains("重新办理"));
        town.close().await;
    }

    async fn without_an_account_number_and_code_lead_to_it(town: Town) {
        let browser = town.browser();
        let fields: Vec<_> = REPORT[..4].iter().copied().chain([("elsewhere", "here"), ("phone", "13900000009")]).collect();
        // The code on a lamp fills place and district in.
        let form = browser.get("/voice/report/guest?asset=LD-0001").await.ok();
        assert_eq!(form.attributes("input[name=place]", "value"), ["云江区政和路1号门前"]);
        assert_eq!(form.attributes("select[name=district] option[selected]", "value"), ["990101"]);
        assert!(browser.get("/voice/report/guest?asset=XX-0000").await.ok().attributes("input[name=asset]", "value").is_empty());
        let sent = browser.answer(&form, "/voice/report/guest", &fields).await.ok();
        let shown = sent.texts("main code");
        let again = browser.answer(&form, "/voice/report/guest", &fields).await.ok();
        assert_eq!(again.texts("main code"), shown, "sent twice it is one");
        let desk = dispatcher(&town).await;
        let open = desk.sees(&format!("{DESK}/{}", shown[0])).await;
        assert!(open.contains("路灯 0001 号") && !open.contains("13900000009"), "{open}");
        assert_eq!(desk.listed("new").await.len(), 1);
        let contact = desk.post(&format!("{DESK}/{}/contact", shown[0]), &[("reason", "约时间上门")]).await.ok();
        assert!(contact.texts("main").join(" ").contains("13900000009"));
        answered(&town, &shown[0]).await;
        let both = [("number", shown[0].as_str()), ("code", shown[1].as_str())];
        let page = browser.submit("/voice/progress", &both).await.ok();
        assert!(page.texts("main").join(" ").contains("灯泡已经更换"));
        let judged = browser.answer(&page, "/voice/progress/judge", &[("verdict", "satisfied")]).await.ok();
        assert!(judged.texts("main").join(" ").contains("已办结"));
        // Another code says nothing, not even whether there is such a number, and is not tried for long.
        let mut tries = 0;
        loop {
            let answer = browser.submit("/voice/progress", &[("number", &shown[0]), ("code", "0000-0000-0000")]).await;
            if answer.status == 429 { break }
            assert_eq!(answer.status, 422);
            tries += 1;
            assert!(tries < 40, "there is an end to it");
        }
        town.close().await;
    }

    /// Those who deal with a tip-off, and the desk as well, learn nothing of who sent it.
    async fn who_sent_a_tip_off_stays_secret(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 2).await;
        let words = "我叫林晓，电话13800000001。隔壁工地夜里偷倒渣土。";
        let number = lin.brings("tip-off", &changed(&REPORT, &[("text", words)])).await;
        let (desk, unit) = (dispatcher(&town).await, unit(&town).await);
        assert_eq!(desk.does(&number, "dispatch", &LEAD).await, "done");
        let page = format!("{DESK}/{number}");
        for one in [&desk, &unit] {
            let open = one.get(&page).await.ok().body;
            assert!(open.contains("偷倒渣土"), "{open}");
            for secret in ["林晓", "林*", "13800000001", &who.to_string()] {
                assert!(!open.contains(secret), "{secret}");
            }
            let contact = one.post(&format!("{page}/contact"), &[("reason", "想认识一下")]).await;
            assert_eq!(contact.status, 403);
            assert_eq!(one.get("/agency/voice/author").await.status, 403);
            assert_eq!(one.post("/agency/voice/author", &[("number", &number), ("reason", "依法核实")]).await.status, 403);
        }
        // Nor does an administrator of the unit; one above the desk does, for a reason that the sender reads.
        let below = staff(&town, Role::Administrator, UNIT).await;
        assert_eq!(below.post("/agency/voice/author", &[("number", &number), ("reason", "依法核实")]).await.status, 403);
        let above = staff(&town, Role::Administrator, "/").await;
        assert_eq!(above.get(&page).await.status, 403, "what they wrote is not theirs to read");
        assert_eq!(above.post("/agency/voice/author", &[("number", &number), ("reason", "")]).await.status, 422);
        let shown = above.post("/agency/voice/author", &[("number", &number), ("reason", "依法核实举报线索")]).await.ok();
        assert!(shown.texts("main").join(" ").contains("林晓"));
        assert!(lin.sees("/me/looks").await.contains("依法核实举报线索"));
        // What is no secret is not shown there.
        let open = lin.brings("report", &changed(&REPORT, &[("key", KEYS[1])])).await;
        assert_eq!(above.post("/agency/voice/author", &[("number", &open), ("reason", "依法核实举报线索")]).await.status, 422);
        town.close().await;
    }

    async fn what_belongs_elsewhere_is_said_with_where_to_go_and_what_is_waiting_is_taken_back(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 2).await;
        let number = lin.brings("complaint", &REPORT).await;
        let desk = dispatcher(&town).await;
        assert!(desk.does(&number, "not-take", &[("elsewhere", "moon"), ANSWER]).await.starts_with("422"));
        assert_eq!(desk.does(&number, "not-take", &[("elsewhere", "court"), ("words", "法院已经判决。")]).await, "done");
        let text = lin.mine(&number).await;
        assert!(text.contains("不在这里办理") && text.contains("人民法院") && text.contains("法院已经判决。"), "{text}");
        assert_eq!(desk.does(&number, "dispatch", &LEAD).await, "not-now");
        let next = lin.brings("complaint", &changed(&REPORT, &[("key", KEYS[1])])).await;
        let other = Browser::of(&town, wang(&town).await, 2).await;
        assert_eq!(other.get(&format!("/me/voice/{next}")).await.status, 404, "of others there is none");
        assert_eq!(other.post(&format!("/me/voice/{next}/withdraw"), &[]).await.status, 404);
        let back = format!("/me/voice/{next}/withdraw");
        assert!(lin.post(&back, &[]).await.location().ends_with("said=withdrawn"));
        assert!(lin.post(&back, &[]).await.location().ends_with("said=withdrawn"), "twice is once");
        town.close().await;
    }

    async fn a_picture_is_drawn_anew_and_given_to_whoever_may_see_it(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let page = format!("<html>{}", "x".repeat(100));
        let refused = lin.send_file("/voice/report/new", &REPORT, ("picture", "a.jpg", page.as_bytes())).await;
        assert_eq!((refused.status, errors(&refused)), (422, vec!["#picture".to_owned()]));
        let sent = lin.send_file("/voice/report/new", &REPORT, ("picture", "灯.png", &photo())).await;
        let there = sent.location();
        let number = there.trim_start_matches("/me/voice/").trim_end_matches("?said=sent").to_owned();
        let mine = lin.get(&format!("/me/voice/{number}")).await.ok().attributes("main a[download]", "href");
        let file = lin.get(&mine[0]).await.ok();
        assert_eq!((file.header("content-type"), file.header("content-disposition").starts_with("attachment")), ("image/png", true));
        let other = Browser::of(&town, wang(&town).await, 2).await;
        assert_eq!(other.get(&mine[0]).await.status, 404);
        let (desk, unit) = (dispatcher(&town).await, unit(&town).await);
        let at_desk = mine[0].replace("/me/voice", DESK);
        assert_eq!(desk.get(&at_desk).await.status, 200);
        assert_eq!(unit.get(&at_desk).await.status, 404);
        // A day later it is still there, and the one that no row names is not.
        town.sql("DELETE FROM voice_photos").await;
        town.pass(TimeDelta::days(2)).await;
        let left = walkdir(&town.config.files.folder.join("voice"));
        assert_eq!(left, 0);
        town.close().await;
    }

    async fn an_answer_for_everybody_says_nothing_of_who_asked_and_takes_two(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let number = lin.brings("consultation", &QUESTION).await;
        answered(&town, &number).await;
        let unit = staff(&town, Role::Officer, UNIT).await;
        let form = unit.get(&format!("{DESK}/{number}/answer")).await.ok();
        let asked = form.texts("textarea[name=question]")[0].clone();
        assert!(asked.contains("路灯坏了") && !asked.contains("林晓") && !asked.contains("1380"), "{asked}");
        let words = [("question", "路灯坏了找谁？电话13800000001"), ("answer", "写明位置，三天内修好。")];
        let drafted = unit.post(&format!("{DESK}/{number}/answer"), &words).await;
        assert!(drafted.location().ends_with("said=drafted"));
        assert!(unit.post(&format!("{DESK}/{number}/answer"), &words).await.location().ends_with("said=drafted"));
        assert!(!town.get("/voice/answers").await.ok().body.contains("路灯坏了找谁"));
        let drafts = format!("{DESK}/answers");
        let settle = unit.get(&drafts).await.ok().attributes("main li form", "action").remove(0);
        assert!(unit.post(&settle, &[("act", "publish")]).await.location().ends_with("said=own"));
        let other = staff(&town, Role::Officer, OTHER).await;
        assert_eq!(other.post(&settle, &[("act", "publish")]).await.status, 404);
        let second = staff(&town, Role::Officer, UNIT).await;
        assert!(second.post(&settle, &[("act", "publish")]).await.location().ends_with("said=published"));
        let public = town.get("/voice/answers").await.ok().texts("main").join(" ");
        assert!(public.contains("路灯坏了找谁") && !public.contains("1380"), "{public}");
        // It is found before anybody is asked, and there is always a way on to a person.
        let found = town.get("/voice?q=%E8%B7%AF%E7%81%AF").await.ok();
        assert!(found.texts("main details").join(" ").contains("三天内修好"));
        assert!(found.attributes("main a", "href").contains(&"/voice/consultation/new".to_owned()));
        town.close().await;
    }

    /// The days of 2027 are not published in 2026.
    async fn a_term_that_is_a_guess_is_called_one_and_counted_again(town: Town) {
        town.clock.advance(TimeDelta::days(41));
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let number = lin.brings("report", &REPORT).await;
        let before = lin.mine(&number).await;
        assert!(before.contains("2027年1月1日") && before.contains("暂定"), "{before}");
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut calendar = WorkingCalendar::default();
        calendar.add_span(day("2027-01-01"), day("2027-01-04"), false);
        let terms = Terms { dispatch: 1, give_back: 1, handle: 5, answer: 3, extend: 5, visit: 5 };
        let count = town.db.tx(move |c| {
            let moved = voice::recount(c, &calendar, |_| terms)?;
            Ok::<_, VoiceError>((moved, voice::recount(c, &calendar, |_| terms)?))
        });
        assert_eq!(count.await.unwrap(), (1, 0), "and once is enough");
        let after = lin.mine(&number).await;
        assert!(after.contains("2027年1月5日") && !after.contains("暂定"), "{after}");
        town.close().await;
    }

    async fn a_part_of_the_unit_for_the_district_gets_it_and_sees_no_other(town: Town) {
        let now = "2026-11-20 04:00:00";
        for (path, name) in [("/urban-management/", "城管局"), ("/urban-management/990101/", "云江分局"), ("/urban-management/990102/", "澄湖分局")] {
            town.sql(&format!("INSERT INTO branches (path, name, added_from, created_at) VALUES ('{path}', '{name}', '/', '{now}')")).await;
        }
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let number = lin.brings("report", &REPORT).await;
        let desk = dispatcher(&town).await;
        assert_eq!(desk.does(&number, "dispatch", &LEAD).await, "done");
        let page = format!("{DESK}/{number}");
        let here = staff(&town, Role::Officer, "urban-management/990101").await;
        let there = staff(&town, Role::Officer, "urban-management/990102").await;
        let above = unit(&town).await;
        assert_eq!((here.get(&page).await.status, there.get(&page).await.status, above.get(&page).await.status), (200, 404, 200));
        assert_eq!(here.does(&number, "pass", &[("branch", "/urban-management/990102/")]).await, "done");
        assert_eq!((here.get(&page).await.status, there.get(&page).await.status), (404, 200));
        assert!(there.does(&number, "pass", &[("branch", "/environment/")]).await.starts_with("422"), "not out of the unit");
        assert_eq!(there.does(&number, "take", &[]).await, "done");
        town.close().await;
    }
}

fn walkdir(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { walkdir(&path) } else { 1 })
        .sum()
}
