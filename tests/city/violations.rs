//! A traffic violation: found, looked at, accepted, decided. Begun from a record, so that nobody types what the agency
//! knows, and nobody agrees to something else than they saw.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use serde_json::{Value, json};
use tempfile::TempDir;
use yimen::ledger::CitizenId;
use yimen_contract::{Files, Package, package};
use yimen_sandbox::{Fault, Wrong};

use crate::{
    on_both_engines,
    payments::{Beside, decides},
    people::{Browser, citizen, number},
    town::{Answer, Engine, Town, packages},
};

const LOOKUP: &str = "/services/YZ02001/start";
const HANDLE: &str = "/services/YZ02015/start";
const RECORD: &str = "990100261108000017";
const ASKED: [(&str, &str); 2] = [("a-plate", "测A12345"), ("a-plate_type", "02")];
const AGREED: [(&str, &str); 5] =
    [("go", "next"), ("driver", "self"), ("facts", "yes"), ("told", "yes"), ("electronic", "yes")];

fn load(slug: &str) -> Package {
    package::load(slug, &Files::read_folder(&packages().join("agencies").join(slug))).unwrap()
}

/// The licences in an answer of the vehicle office.
fn licences(said: &mut Value) -> impl Iterator<Item = &mut Value> {
    said.pointer_mut("/body/drv").and_then(Value::as_array_mut).into_iter().flatten()
}

fn police() -> [Package; 2] {
    [load("traffic-police"), load("vehicle-office")]
}

async fn lin(town: &Town) -> CitizenId {
    citizen(town, "林晓", "13800000001", &number("19850101", 1)).await
}

impl Browser<'_> {
    async fn begins(&self, service: &str, from: &str, record: &str) -> Answer {
        let fields = [("from", from), ("record", record), ("page", "1"), ASKED[0], ASKED[1]];
        self.post(service, &fields).await
    }
}

/// What is wrong, how, and what is said.
type Mismatch = (&'static str, fn(&mut Value), &'static str);

on_both_engines! {
    async fn a_violation_is_handled_from_its_record_in_three_pages(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&police(), folder.path()).await;
        let lin = Browser::of(&town, lin(&town).await, 4).await;

        // The first page: what is on record, with its photograph and what can be done about it.
        let found = lin.post(LOOKUP, &ASKED).await.ok();
        let forms = found.attributes(".found-record form", "action");
        assert_eq!(forms, [HANDLE, "/services/YZ02018/start", "/services/YZ02019/start"]);
        let picture = found.attributes(".found-record img", "src").remove(0);
        let picture = lin.get(&picture).await.ok();
        assert_eq!(picture.header("content-type"), "image/png");
        assert!(picture.header("content-security-policy").contains("sandbox"));
        assert!(picture.header("cache-control").contains("no-store"));

        // The second: the facts, what was checked, and what they agree to. Nothing is typed.
        let form = lin.begins(HANDLE, "YZ02001", RECORD).await.location();
        let page = lin.get(&form).await.ok();
        let text = page.texts("main").join(" ");
        for said in [RECORD, "100", "通衢大道", "记分", "驾驶证在有效状态", "在您名下"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert_eq!(page.texts(".checks .tag"), ["符合"; 5]);
        assert!(page.attributes("main input[type=text]", "name").is_empty(), "the agency knows it already");
        let blank = lin.post(&form, &[("go", "next")]).await;
        assert_eq!(blank.status, 422);
        assert!(blank.texts("main").join(" ").contains(RECORD), "what it is about stays in sight");

        let early = lin.begins(HANDLE, "YZ02001", RECORD).await.location();
        assert_ne!(early, form, "a draft of its own");
        assert!(text.contains("有权陈述和申辩"), "{text}");
        // What a page says about the record is not believed.
        let forged = [AGREED.as_slice(), &[("violation", "990100269999999999"), ("plate", "测B00000")]].concat();
        let sent = lin.post(&form, &forged).await.location();
        assert!(sent.starts_with("/me/cases/"), "{sent}");
        let case = sent.split('?').next().unwrap().to_owned();
        let waiting = lin.get(&sent).await.ok();
        assert_eq!(waiting.header("refresh"), "2", "decided at once, and shown without a click");
        town.work().await;

        // The third: the decision, and where to pay.
        let decided = lin.get(&case).await.ok();
        assert!(decided.header("refresh").is_empty());
        let text = decided.texts("main").join(" ");
        for said in [RECORD, "测A12345", "已作出决定", "日内申请行政复议", "处罚款100元"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("9999999"), "{text}");
        // The written decision comes from the agency, for whoever it is about and nobody else.
        assert!(text.contains("行政处罚决定书.pdf"), "{text}");
        let file = decided.attributes("main a[href^='/services/YZ02015/files/']", "href").remove(0);
        let written = lin.get(&file).await.ok();
        assert_eq!(written.header("content-type"), "application/pdf");
        assert!(written.header("content-disposition").starts_with("attachment"));
        let other = citizen(&town, "王强", "13800000002", &number("19900101", 2)).await;
        assert_eq!(Browser::of(&town, other, 4).await.get(&file).await.status, 404);
        assert!(!text.contains("9999999") && !text.contains("准予"), "nothing was granted: {text}");
        // The decision itself states what, why, how much, how to pay and what can be done against it.
        let paper = lin.get(&format!("{case}/decision")).await.ok().texts("main").join(" ");
        let file = lin.get(&format!("{case}/decision/file")).await.ok().texts("main").join(" ");
        for said in [RECORD, "通衢大道", "道路交通安全法第九十条", "处罚款100元", "交通违法罚款缴纳", "行政复议", "行政诉讼", "部门编号"] {
            assert!(paper.contains(said) && file.contains(said), "{said}: {paper}");
        }
        assert!(!paper.contains("准予") && !paper.contains("未处理"), "{paper}");
        for page in ["/me/cases", "/me/notices"] {
            let text = lin.get(page).await.ok().texts("main").join(" ");
            assert!(text.contains("自助处理") && !text.contains("准予"), "{page}: {text}");
        }
        // Its list does not know it yet: whoever begins once more is led to what they have, from a draft begun before, too.
        assert_eq!(lin.begins(HANDLE, "YZ02001", RECORD).await.location(), case);
        assert_eq!(lin.post(&early, &AGREED).await.location().split('?').next(), Some(case.as_str()));
        town.work().await;
        assert_eq!(backends.get("traffic-police").unwrap().cases().len(), 1);
        // To object to it is another matter.
        let other = lin.begins("/services/YZ02018/start", "YZ02001", RECORD).await.location();
        assert!(other.starts_with("/services/YZ02018/apply/"), "{other}");
        let text = lin.get(&other).await.ok().texts("main").join(" ");
        assert!(text.contains(RECORD) && text.contains("通衢大道"), "whoever objects sees to what: {text}");
        let pay = decided.attributes("main a[href^='/services/YZ02016/due']", "href").remove(0);
        let due = lin.get(&pay).await.ok();
        assert_eq!(due.texts(".found-record").len(), 1, "{:?}", due.texts("main"));
        assert!(due.texts(".found-record")[0].contains("100 元"), "{:?}", due.texts("main"));
        assert!(due.attributes("main form", "action").iter().any(|action| action.ends_with("/pay")));
        // Each question that was put on the way is on record.
        let looks = lin.get("/me/looks").await.ok().texts("main").join(" ");
        assert!(looks.contains("车辆管理所") && looks.contains("交通警察"), "{looks}");
        let dump = town.dump(&["drafts", "cases", "case_steps"]).await;
        assert!(!dump.contains(RECORD) && !dump.contains("测A12345"), "{dump}");
        backends.stop().await;
        town.close().await;
    }

    async fn a_fine_is_paid_from_its_decision_and_the_case_says_so(town: Town) {
        let beside = Beside::open(&town, &["traffic-police", "vehicle-office"]).await;
        let lin = Browser::of(&town, lin(&town).await, 4).await;
        let began = Instant::now();
        let form = lin.begins(HANDLE, "YZ02001", RECORD).await.location();
        lin.get(&form).await.ok();
        let case = lin.post(&form, &AGREED).await.location().split('?').next().unwrap().to_owned();
        town.work().await;
        let led = "main a[href^='/services/YZ02016/due']";
        let pay = lin.get(&case).await.ok().attributes(led, "href").remove(0);
        let due = lin.get(&pay).await.ok();
        let hidden = |name: &str| due.attributes("form[action='/services/YZ02016/pay'] input[type=hidden]", name);
        let (names, values) = (hidden("name"), hidden("value"));
        let sent: Vec<(&str, &str)> = names
            .iter()
            .zip(&values)
            .filter(|(name, _)| *name != "csrf")
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let order = lin.post("/services/YZ02016/pay", &sent).await.location();
        let till = lin.till(&order).await;
        // It is on its way: nobody is asked to pay it a second time.
        let page = lin.get(&case).await.ok();
        assert!(page.attributes(led, "href").is_empty() && !page.attributes(&format!("main a[href='{order}']"), "href").is_empty());
        assert_eq!(decides(&town, &till, "pay").await.status, 303);
        town.clock.advance(TimeDelta::seconds(5));
        lin.get(&format!("{order}?back=1")).await.ok();
        town.work().await;
        lin.get(&format!("{order}/receipt")).await.ok();
        assert!(began.elapsed() < Duration::from_secs(30), "{:?} of the server's time", began.elapsed());
        let page = lin.get(&case).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("款项已经缴清") && text.contains("已缴清") && !text.contains("请在期限内缴款；"), "{text}");
        assert!(page.attributes(led, "href").is_empty(), "{text}");
        let settled = beside.backends.get("traffic-police").unwrap().settled();
        assert_eq!(settled.into_values().collect::<Vec<_>>(), [order.rsplit('/').next().unwrap()]);
        beside.close().await;
        town.close().await;
    }

    async fn what_changed_since_it_was_shown_is_to_be_agreed_to_anew(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&police(), folder.path()).await;
        let lin = Browser::of(&town, lin(&town).await, 4).await;
        let form = lin.begins(HANDLE, "YZ02001", RECORD).await.location();
        lin.get(&form).await.ok();
        backends.stop().await;

        let mut dearer = police();
        for sample in dearer[0].samples.values_mut() {
            if let Some(entry) = sample.response.as_mut().and_then(|all| all.pointer_mut("/body/vio/0"))
                && entry["xh"] == RECORD {
                    entry["fkje"] = json!("150.00");
                }
            let records = sample.answer.iter_mut().filter_map(|answer| answer["records"].as_array_mut());
            for record in records.flatten() {
                if record["reference"] == RECORD {
                    record["facts"]["fine"] = json!(15_000);
                }
            }
        }
        let folder = TempDir::new().unwrap();
        let backends = town.play(&dearer, folder.path()).await;
        assert_eq!(lin.post(&form, &AGREED).await.location(), form, "nothing was handed in");
        let page = lin.get(&form).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("不一样了") && text.contains("150"), "{text}");
        assert!(page.attributes("main input[checked]", "name").iter().all(|name| name != "told"), "agreed anew");
        let case = lin.post(&form, &AGREED).await.location();
        assert!(case.starts_with("/me/cases/"), "{case}");
        backends.stop().await;
        town.close().await;
    }

    async fn whoever_may_not_is_told_why_and_what_to_do(town: Town) {
        let folder = TempDir::new().unwrap();
        let mut held = police();
        for sample in held[0].samples.values_mut().filter(|sample| sample.service.as_deref() == Some("YZ02003")) {
            for texts in [&mut sample.response, &mut sample.answer] {
                let text = texts.as_ref().map(ToString::to_string).unwrap_or_default();
                let over = text.replace("\"total\":9", "\"total\":12").replace("\"9\"", "\"12\"");
                *texts = texts.as_ref().map(|_| serde_json::from_str(&over).unwrap());
            }
        }
        let backends = town.play(&held, folder.path()).await;
        let lin = Browser::of(&town, lin(&town).await, 4).await;
        let form = lin.begins(HANDLE, "YZ02001", RECORD).await.location();
        let page = lin.get(&form).await.ok();
        let text = page.texts("main").join(" ");
        assert!(text.contains("不符合") && text.contains("满分学习"), "{text}");
        assert!(page.texts("main button.large").is_empty(), "it is not offered");
        assert_eq!(lin.post(&form, &AGREED).await.location(), form, "nor taken");
        assert!(lin.get("/me/cases").await.ok().texts("main").join(" ").contains("自助处理"), "the draft stays");
        backends.stop().await;
        town.close().await;
    }

    async fn each_mismatch_of_driver_licence_and_vehicle_has_its_own_message(town: Town) {
        let who = lin(&town).await;
        let mismatches: [Mismatch; 5] = [
            ("YZ02004", |said| said["body"] = "".into(), "没有查到您名下的驾驶证"),
            ("YZ02004", |said| licences(said).for_each(|one| one["zt"] = "C".into()), "被暂扣或者已经注销"),
            ("YZ02003", |said| said["hz"]["jszt"] = "C".into(), "正被交警扣留"),
            ("YZ02003", |said| said["hz"]["ljjf"] = "12".into(), "累积记分已满12分"),
            ("YZ02005", |said| said["body"] = "".into(), "不在您名下，也没有与您绑定"),
        ];
        for (service, edit, message) in mismatches {
            let mut differs = police();
            let samples = differs.iter_mut().flat_map(|package| package.samples.values_mut());
            let about = samples.filter(|sample| sample.service.as_deref() == Some(service) && sample.fails.is_none());
            about.filter_map(|sample| sample.response.as_mut()).for_each(edit);
            let folder = TempDir::new().unwrap();
            let backends = town.play(&differs, folder.path()).await;
            let lin = Browser::of(&town, who, 4).await;
            let form = lin.begins(HANDLE, "YZ02001", RECORD).await.location();
            let text = lin.get(&form).await.ok().texts("main").join(" ");
            assert!(text.contains("不符合") && text.contains(message), "{service}: {text}");
            assert_eq!(lin.post(&form, &AGREED).await.location(), form, "{message}");
            backends.stop().await;
            // What an agency said is kept for a moment.
            town.pass(TimeDelta::minutes(1)).await;
        }
        // Nor gets past them whoever asks until nobody is asked any more.
        let folder = TempDir::new().unwrap();
        let backends = town.play(&police(), folder.path()).await;
        let lin = Browser::of(&town, who, 4).await;
        let form = lin.begins(HANDLE, "YZ02001", RECORD).await.location();
        town.uses_up_the_hour(who, ("vehicle-office", "YZ02022")).await;
        assert!(lin.get(&form).await.ok().texts("main").join(" ").contains("暂时核对不了"));
        assert_eq!(lin.post(&form, &AGREED).await.status, 429);
        backends.stop().await;
        assert!(town.dump(&["cases"]).await.is_empty(), "nothing was handed in");
        town.close().await;
    }

    async fn a_decision_whose_answer_is_lost_is_asked_for_and_not_made_again(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&police(), folder.path()).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 4).await;
        let form = lin.begins(HANDLE, "YZ02001", RECORD).await.location();
        let case = lin.post(&form, &AGREED).await.location();
        let police = backends.get("traffic-police").unwrap();
        police.fail(Fault { wrong: Some(Wrong::LostAnswer), ..Fault::default() });
        town.work().await;
        assert!(lin.get(&case).await.ok().texts("main").join(" ").contains("正在向"));
        police.fail(Fault::default());
        for _ in 0..4 {
            town.pass(TimeDelta::minutes(10)).await;
        }
        let lin = Browser::of(&town, who, 4).await;
        let text = lin.get(&case).await.ok().texts("main").join(" ");
        assert!(text.contains("已作出决定"), "{text}");
        let heard = police.cases();
        assert_eq!(heard.iter().map(|case| case.repeated).collect::<Vec<_>>(), [0], "told once, asked for after that");
        backends.stop().await;
        town.close().await;
    }

    async fn nobody_begins_from_what_they_were_not_offered(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&police(), folder.path()).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 4).await;
        for (service, from, record) in [
            // A record for the counter, one that does not exist, a service that finds nothing, one that is not offered.
            (HANDLE, "YZ02001", "990100261102000088"),
            (HANDLE, "YZ02001", "990100269999999999"),
            (HANDLE, "YZ02015", RECORD),
            (HANDLE, "YZ99999", RECORD),
            ("/services/YZ13022/start", "YZ02001", RECORD),
        ] {
            assert_eq!(lin.begins(service, from, record).await.status, 404, "{service} {from} {record}");
        }
        // A picture is for whoever was shown it, at the service that showed it, for as long as a page is read.
        let found = lin.post(LOOKUP, &ASKED).await.ok();
        let picture = found.attributes(".found-record img", "src").remove(0);
        let other = citizen(&town, "吴建国", "13800000002", &number("19580601", 2)).await;
        assert_eq!(Browser::of(&town, other, 4).await.get(&picture).await.status, 404);
        let elsewhere = picture.replace("YZ02001", "YZ02002");
        assert_eq!(lin.get(&elsewhere).await.status, 404);
        assert_eq!(lin.get(&format!("{picture}x")).await.status, 404);
        town.pass(TimeDelta::minutes(61)).await;
        let lin = Browser::of(&town, who, 4).await;
        assert_eq!(lin.get(&picture).await.status, 404);
        backends.stop().await;
        town.close().await;
    }
}

/// Nobody is decided about twice, whatever becomes of what the police say.
#[actix_web::test]
async fn a_decision_whose_word_is_lost_is_asked_after() {
    let town = Town::open(Engine::Sqlite).await;
    let folder = TempDir::new().unwrap();
    let backends = town.play(&police(), folder.path()).await;
    let theirs = backends.get("traffic-police").unwrap();
    let who = lin(&town).await;
    let lin = Browser::of(&town, who, 4).await;
    // They take the question and never answer: that does not mean that there is nothing on record.
    theirs.fail(Fault { hang: true, ..Fault::default() });
    let text = lin.post(LOOKUP, &ASKED).await.texts("main").join(" ");
    assert!(text.contains("没有回应"), "{text}");
    theirs.fail(Fault::default());
    let form = lin.begins(HANDLE, "YZ02001", RECORD).await.location();
    lin.get(&form).await.ok();
    let case = lin.post(&form, &AGREED).await.location();
    assert!(case.starts_with("/me/cases/"), "{case}");
    // They decide, and break off before they have said so.
    theirs.fail(Fault { wrong: Some(Wrong::LostAnswer), ..Fault::default() });
    town.work().await;
    let text = lin.get(&case).await.ok().texts("main").join(" ");
    assert!(!text.contains("已作出决定"), "{text}");
    assert!(text.contains("正在向") || text.contains("还没有送到"), "{text}");
    theirs.fail(Fault::default());
    for _ in 0..6 {
        town.pass(TimeDelta::minutes(20)).await;
    }
    let lin = Browser::of(&town, who, 4).await;
    let text = lin.get(&case).await.ok().texts("main").join(" ");
    assert!(text.contains("已作出决定") && text.contains("处罚款100元"), "{text}");
    assert_eq!(theirs.cases().len(), 1, "once");
    backends.stop().await;
    town.close().await;
}
