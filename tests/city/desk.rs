//! The officers' desk, through the front door.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use diesel::RunQueryDsl as _;
use tempfile::TempDir;
use yimen::{
    accounts::staff::{self, Handover as _, Role},
    cases::desk::{self, CaseWork},
    gateway::outages,
    ledger::StaffId,
    platform::calendar::WorkingCalendar,
};

use crate::{
    cases::{lin, load},
    corrections::news,
    on_both_engines,
    people::{Browser, citizen, number},
    staff::{at_work, hired},
    town::{Answer, Town},
};

const LIST: &str = "/agency/cases";
/// Whose officers work in the portal.
pub const UNIT: &str = "government-services";
/// A request for government information: twenty working days, and remedies.
const START: &str = "/services/YZ27007/start";
const ANSWERS: [(&str, &str); 2] = [("info_wanted", "文澜路改造工程的施工合同"), ("info_form", "electronic")];

pub async fn worker<'a>(town: &'a Town, login: &str, role: Role, path: &str) -> (Browser<'a>, StaffId) {
    let id = hired(town, login, role, path).await;
    (at_work(town, id, role, path).await, id)
}

/// Hands in a request. The case's address.
pub async fn apply(person: &Browser<'_>) -> String {
    let review = person.fills(START, &ANSWERS).await;
    person.hands_in(&review).await
}

/// The same case at the desk.
fn at_desk(case: &str) -> String {
    case.replace("/me/cases", LIST)
}

async fn order(officer: &Browser<'_>, case: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
    officer.post(&format!("{}/do/{act}", at_desk(case)), fields).await
}

/// Does something that succeeds.
async fn done(officer: &Browser<'_>, case: &str, act: &str, fields: &[(&str, &str)], said: &str) {
    let sent = order(officer, case, act, fields).await;
    assert_eq!(sent.status, 303, "{act}: {:?}", sent.texts(".errors"));
    assert_eq!(sent.location(), format!("{}?said={said}", at_desk(case)), "{act}");
}

/// An officer asks for one thing to be corrected, by a day.
pub async fn asked_to_correct(officer: &Browser<'_>, case: &str, by: &str) {
    done(officer, case, "ask-correction", &[("about-info_wanted", "请写明文件名称"), ("due", by)], "done")
        .await;
}

async fn listed(desk: &Browser<'_>, show: &str) -> Vec<String> {
    desk.get(&format!("{LIST}?show={show}")).await.ok().attributes("main h2 a", "href")
}

async fn draft_of(desk: &Browser<'_>, case: &str) -> String {
    desk.get(&at_desk(case)).await.ok().attributes("input[name=id]", "value").remove(0)
}

const WORDS: (&str, &str) = ("reason", "经审查，符合规定，准予公开。");

on_both_engines! {
    async fn an_application_is_worked_at_the_desk_to_a_decision_that_can_be_verified(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let case = apply(&lin).await;
        let text = lin.reads(&case).await;
        assert!(text.contains("已提交") && !text.contains("还没有送到"), "{text}");
        assert!(officer.get("/staff").await.ok().attributes("main a.button", "href").contains(&LIST.to_owned()));
        // The list says what waits and by when, and not whose it is.
        let list = officer.get(LIST).await.ok();
        let words = list.texts("main").join(" ");
        assert!(words.contains("政府信息公开申请") && words.contains("2026年11月27日") && words.contains("未读"), "{words}");
        assert!(!words.contains('林'), "{words}");
        assert_eq!(listed(&officer, "unread").await, [at_desk(&case)]);
        assert!(!lin.reads("/me/looks").await.contains("周敏"));
        // Opening it is a look that the person sees.
        let open = officer.reads(&at_desk(&case)).await;
        assert!(open.contains("林晓") && open.contains("文澜路") && !open.contains("990101"), "{open}");
        assert_eq!(listed(&officer, "unread").await, [""; 0]);
        let looks = lin.reads("/me/looks").await;
        assert!(looks.contains("您填写的内容"), "{looks}");
        // The full number takes a reason, which the person reads.
        let number = format!("{}/number", at_desk(&case));
        assert_eq!(officer.post(&number, &[("reason", "")]).await.status, 422);
        let shown = officer.post(&number, &[("reason", "核对申请人身份")]).await.ok();
        assert!(shown.texts("main").join(" ").contains("99010119850101"), "{:?}", shown.texts(".facts"));
        assert!(lin.reads("/me/looks").await.contains("核对申请人身份"));

        news(&town).await;
        done(&officer, &case, "accept", &[], "done").await;
        assert_eq!(news(&town).await, ["accepted"]);
        assert_eq!(listed(&officer, "mine").await, [at_desk(&case)], "whoever does something has it");
        assert!(lin.reads(&case).await.contains("2026年12月18日"), "twenty working days");
        let ready = officer.get(&format!("{}/do/grant", at_desk(&case))).await.ok();
        assert!(ready.texts("textarea").concat().contains("政府信息公开申请"), "ready words");
        assert_eq!(order(&officer, &case, "grant", &[("reason", " ")]).await.status, 422);
        done(&officer, &case, "grant", &[WORDS], "done").await;
        // What comes by wire is there at once: one notice of it.
        assert_eq!(news(&town).await, ["delivered"]);
        let decision = lin.get(&format!("{case}/decision")).await.ok();
        let words = decision.texts("main").join(" ");
        assert!(words.contains("准予公开") && words.contains("林晓"), "{words}");
        let code = decision.texts("main code").remove(0);
        assert_eq!(code.len(), 24, "{code}");
        let verified = town.get(&format!("/verify/{}", code.to_lowercase())).await.ok();
        let words = verified.texts("main").join(" ");
        assert!(words.contains("这份决定书是本市部门作出的") && words.contains("政府信息公开申请") && !words.contains('林'), "{words}");
        // The same as a file that anybody checks, without knowing whose it is.
        let file = lin.get(&format!("{case}/decision/file")).await.ok();
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"decision-2026-"));
        assert!(file.body.contains("林晓") && file.body.contains(&code) && !file.body.contains("<script"));
        let checks = async |bytes: &str| {
            let sent = Browser::new(&town).send_file("/verify", &[], ("file", "x.html", bytes.as_bytes())).await;
            (sent.status, sent.texts("main").join(" "))
        };
        let (status, words) = checks(&file.body).await;
        assert!(status == 200 && words.contains("没有改动") && words.contains("政府信息公开申请") && !words.contains('林'), "{words}");
        let signature = file.body.rfind("signature ").unwrap() + 12;
        let mut bent = file.body.clone();
        bent.replace_range(signature..=signature, if &bent[signature..=signature] == "A" { "B" } else { "A" });
        for wrong in [file.body.replace("林晓", "王强"), bent, file.body.replace("-->\n", "-->\n<p>1</p>"), "x".to_owned()] {
            let (status, words) = checks(&wrong).await;
            assert!(status == 422 && words.contains("不是本门户发出的原文件"), "{status} {words}");
        }
        assert_eq!(Browser::new(&town).post("/verify", &[]).await.status, 422, "none was chosen");
        assert_eq!(officer.get(&format!("{case}/decision/file")).await.status, 303, "a citizen's own");
        // A copy for whoever stands at the counter, for a reason that they read.
        let copy = format!("{}/copy", at_desk(&case));
        assert!(officer.post(&copy, &[("why", " ")]).await.location().ends_with("said=reason"));
        assert!(!lin.reads("/me/looks").await.contains("本人到窗口要一份副本"));
        let copied = officer.post(&copy, &[("why", "本人到窗口要一份副本")]).await.ok();
        let words = copied.texts("main").join(" ");
        assert!(words.contains("林晓") && words.contains("文澜路") && words.contains(&code) && words.contains("周敏"), "{words}");
        assert!(lin.reads("/me/looks").await.contains("本人到窗口要一份副本"));
        let (other, _) = worker(&town, "other", Role::Officer, "tax").await;
        assert_eq!(other.post(&copy, &[("why", "x")]).await.status, 404, "of another branch");
        let (admin, _) = worker(&town, "admin", Role::Administrator, "/").await;
        assert_eq!(admin.post(&copy, &[("why", "x")]).await.status, 403);
        // The agency that the service names reads what was decided, and for whom. Each time is a look.
        let (justice, _) = worker(&town, "justice", Role::Officer, "justice").await;
        let there = case.replace("/me/cases", "/agency/copies");
        assert!(justice.get(LIST).await.ok().attributes("main a", "href").contains(&"/agency/copies".to_owned()));
        assert_eq!(justice.get("/agency/copies").await.ok().attributes("main h2 a", "href"), std::slice::from_ref(&there));
        let looks = town.dump(&["looks"]).await.lines().count();
        let words = justice.reads(&there).await;
        assert!(words.contains("准予公开") && words.contains("林晓") && !words.contains("文澜路"), "{words}");
        assert_eq!(town.dump(&["looks"]).await.lines().count(), looks + 1);
        assert_eq!(justice.get(&at_desk(&case)).await.status, 404, "nothing else of it");
        assert_eq!(other.get("/agency/copies").await.ok().attributes("main h2 a", "href"), [""; 0]);
        assert_eq!(other.get(&there).await.status, 404);
        assert_eq!((admin.get(&there).await.status, admin.get("/agency/copies").await.status), (403, 403));
        let other = format!("{}{}", &code[..23], if code.ends_with('0') { '1' } else { '0' });
        assert_eq!(town.get(&format!("/verify/{other}")).await.status, 404);
        assert!(!town.dump(&["case_results", "desk_proposals"]).await.contains(&code.replace('-', "")));
        assert_eq!(listed(&officer, "done").await, [at_desk(&case)]);
        town.close().await;
    }

    async fn decisions_against_the_applicant_are_confirmed_by_another(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (boss, _) = worker(&town, "boss", Role::Manager, UNIT).await;
        let (second, _) = worker(&town, "second", Role::Manager, UNIT).await;
        let case = apply(&lin).await;
        done(&officer, &case, "accept", &[], "done").await;
        let refuse = [("reason", "申请的信息不存在。")];
        done(&officer, &case, "refuse", &refuse, "proposed").await;
        news(&town).await;
        assert!(lin.reads(&case).await.contains("已受理"), "a draft decides nothing");
        assert_eq!(listed(&boss, "approve").await, [at_desk(&case)]);
        // Nothing else is done while it waits, and an officer confirms nothing.
        done(&officer, &case, "grant", &[WORDS], "pending").await;
        let (settle, id) = (format!("{}/settle", at_desk(&case)), draft_of(&boss, &case).await);
        let confirm = [("id", id.as_str()), ("go", "confirm")];
        assert_eq!(officer.post(&settle, &confirm).await.status, 403);
        // Given back with a remark, which has to be there.
        let back = [("id", id.as_str()), ("go", "return"), ("remark", "")];
        assert!(boss.post(&settle, &back).await.location().ends_with("said=words"));
        let back = [("id", id.as_str()), ("go", "return"), ("remark", "请写明检索的过程")];
        assert!(boss.post(&settle, &back).await.location().ends_with("said=returned"));
        assert!(officer.reads(&at_desk(&case)).await.contains("请写明检索的过程"));
        assert!(boss.post(&settle, &confirm).await.location().ends_with("said=not-now"), "it is settled");
        // A manager's own draft is another's to confirm, on the page and in the database.
        let me = [("held", ""), ("to", "")];
        let assign = format!("{}/assign", at_desk(&case));
        let held = officer.get(&at_desk(&case)).await.ok().attributes("input[name=held]", "value").remove(0);
        officer.post(&assign, &[("held", &held), me[1]]).await;
        done(&boss, &case, "refuse", &refuse, "proposed").await;
        let id = draft_of(&second, &case).await;
        let confirm = [("id", id.as_str()), ("go", "confirm")];
        assert!(boss.post(&settle, &confirm).await.location().ends_with("said=own"));
        let own = "UPDATE desk_proposals SET settled_by = proposed_by, outcome = 'confirmed' WHERE outcome IS NULL";
        let forced = town.db.tx(move |c| diesel::sql_query(own).execute(c).map_err(yimen::db::DbError::from)).await;
        assert!(forced.is_err(), "the database does not take it either");
        assert_eq!(news(&town).await, [""; 0]);
        assert!(second.post(&settle, &confirm).await.location().ends_with("said=confirmed"));
        assert_eq!(news(&town).await, ["refused"]);
        assert!(second.post(&settle, &confirm).await.location().ends_with("said=not-now"), "once");
        let text = lin.reads(&format!("{case}/decision")).await;
        assert!(text.contains("申请的信息不存在") && text.contains("60") && text.contains("6 个月"), "{text}");
        // What the applicant takes back meanwhile nobody has to confirm any more, and no clock runs.
        let case = apply(&lin).await;
        done(&officer, &case, "accept", &[], "done").await;
        done(&officer, &case, "refuse", &refuse, "proposed").await;
        let id = draft_of(&boss, &case).await;
        assert_eq!(listed(&boss, "approve").await, [at_desk(&case)]);
        lin.post(&format!("{case}/withdraw"), &[("reason", "")]).await;
        assert_eq!(listed(&boss, "approve").await, [""; 0]);
        let open = boss.get(&at_desk(&case)).await.ok();
        let text = open.texts("main").join(" ");
        assert!(text.contains("这份意见不再办理") && !text.contains("还剩") && !text.contains("期限"), "{text}");
        assert!(!open.body.contains("value=\"confirm\""));
        let confirm = [("id", id.as_str()), ("go", "confirm")];
        assert!(boss.post(&format!("{}/settle", at_desk(&case)), &confirm).await.location().ends_with("said=not-now"));
        town.close().await;
    }

    async fn everything_is_asked_for_at_once(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (boss, _) = worker(&town, "boss", Role::Manager, UNIT).await;
        let case = apply(&lin).await;
        let wrong = order(&officer, &case, "ask-correction", &[("due", "2026-12-10")]).await;
        assert_eq!(wrong.status, 422, "nothing is asked for");
        for day in ["2026-11-20", "2062-12-10", "+99999-01-01"] {
            let wrong = [("about-info_wanted", "请写明"), ("due", day)];
            assert_eq!(order(&officer, &case, "ask-correction", &wrong).await.status, 422, "{day}");
        }
        asked_to_correct(&officer, &case, "2026-12-10").await;
        let text = lin.reads(&case).await;
        assert!(text.contains("需要的政府信息") && text.contains("请写明文件名称") && text.contains("2026年12月10日"), "{text}");
        assert!(officer.reads(&at_desk(&case)).await.contains("不计时"));
        // It is the applicant's turn.
        for act in ["accept", "not-accept", "grant", "ask-correction"] {
            let all = [("reason", "x"), ("turn_to", "x"), ("about-info_form", "x"), ("due", "2026-12-10")];
            assert!(order(&officer, &case, act, &all).await.location().ends_with("said=not-now"), "{act}");
        }
        let fields = [("round", "0"), ("info_wanted", "2025年施工合同")];
        assert_eq!(lin.post(&format!("{case}/correct"), &fields).await.status, 303);
        assert!(lin.reads(&case).await.contains("请写明文件名称"), "what was asked for stays with what happened");
        let open = officer.reads(&at_desk(&case)).await;
        assert!(open.contains("2025年施工合同") && open.contains("补正以前填的") && open.contains("文澜路"), "{open}");
        // What was there the first time is not asked for a second time: not by an officer, not without a reason.
        let again = [("about-info_form", "请改为纸质"), ("due", "2026-12-10"), ("above", "")];
        assert_eq!(order(&officer, &case, "ask-correction", &again).await.status, 422);
        let reasoned = [again[0], again[1], ("above", "规定变了")];
        assert_eq!(order(&officer, &case, "ask-correction", &reasoned).await.status, 422, "the box is not theirs");
        let held = officer.get(&at_desk(&case)).await.ok().attributes("input[name=held]", "value").remove(0);
        officer.post(&format!("{}/assign", at_desk(&case)), &[("held", &held), ("to", "")]).await;
        assert_eq!(order(&boss, &case, "ask-correction", &again).await.status, 422);
        done(&boss, &case, "ask-correction", &reasoned, "done").await;
        assert!(!lin.reads(&case).await.contains("规定变了"), "that is between officers");
        town.close().await;
    }

    async fn clocks_stand_still_and_are_lengthened_once(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (officer, id) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (boss, boss_id) = worker(&town, "boss", Role::Manager, UNIT).await;
        let case = apply(&lin).await;
        done(&officer, &case, "accept", &[], "done").await;
        // Monday.
        town.pass(TimeDelta::days(3)).await;
        let officer = at_work(&town, id, Role::Officer, UNIT).await;
        let suspend = [("reason", "需要专家评审"), ("basis", "《行政许可法》第四十五条"), ("due", "2026-12-01")];
        assert_eq!(order(&officer, &case, "suspend", &suspend[..1]).await.status, 422, "by which law");
        done(&officer, &case, "suspend", &suspend, "done").await;
        let lin = Browser::of(&town, who, 3).await;
        let text = lin.reads(&case).await;
        assert!(text.contains("第四十五条") && text.contains("需要专家评审"), "{text}");
        // Until when, and what that means: seven working days more, if it stays so.
        assert!(text.contains("暂停计时到") && text.contains("2026年12月1日") && text.contains("2026年12月29日"), "{text}");
        town.pass(TimeDelta::days(4)).await;
        let officer = at_work(&town, id, Role::Officer, UNIT).await;
        done(&officer, &case, "resume", &[], "done").await;
        // What was said stays with what happened.
        let text = Browser::of(&town, who, 3).await.reads(&case).await;
        assert!(text.contains("第四十五条") && !text.contains("暂停计时到"), "{text}");
        // Four working days stood still: Monday to Thursday.
        let text = officer.reads(&at_desk(&case)).await;
        assert!(text.contains("2026年12月24日"), "{text}");
        // By as much as the law about this service has it, and not the law on permits.
        assert!(officer.reads(&format!("{}/do/extend", at_desk(&case))).await.contains("20 个工作日"));
        done(&officer, &case, "extend", &[("reason", "案情复杂")], "proposed").await;
        let boss2 = at_work(&town, boss_id, Role::Manager, UNIT).await;
        let id_of = draft_of(&boss2, &case).await;
        news(&town).await;
        boss2.post(&format!("{}/settle", at_desk(&case)), &[("id", &id_of), ("go", "confirm")]).await;
        assert_eq!(news(&town).await, ["extended"], "that it takes longer, not that it stands as before");
        let text = officer.reads(&at_desk(&case)).await;
        assert!(text.contains("暂定") && text.contains("2027年"), "into a year nobody has published: {text}");
        assert!(order(&officer, &case, "extend", &[("reason", "再来一次")]).await.location().ends_with("said=not-now"));
        // Long past it, it stands under what is late, in words.
        town.pass(TimeDelta::days(80)).await;
        let officer = at_work(&town, id, Role::Officer, UNIT).await;
        assert_eq!(listed(&officer, "late").await, [at_desk(&case)]);
        assert!(officer.reads(LIST).await.contains("已超期"));
        drop(boss);
        town.close().await;
    }

    async fn what_nobody_says_anything_to_in_time_counts_as_accepted(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (officer, id) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (case, asked) = (apply(&lin).await, apply(&lin).await);
        asked_to_correct(&officer, &asked, "2026-12-10").await;
        // The fifth working day counts whole.
        town.pass(TimeDelta::days(7)).await;
        let text = Browser::of(&town, who, 3).await.reads(&case).await;
        assert!(text.contains("已提交") && !text.contains("视为受理"), "{text}");
        town.pass(TimeDelta::days(1)).await;
        town.pass(TimeDelta::days(1)).await;
        let lin = Browser::of(&town, who, 3).await;
        let text = lin.reads(&case).await;
        assert!(text.contains("2026年12月18日"), "from the day on which it was handed in: {text}");
        assert_eq!(text.matches("视为受理").count(), 1, "{text}");
        assert!(lin.reads(&asked).await.contains("需要补正"), "they said something");
        let officer = at_work(&town, id, Role::Officer, UNIT).await;
        assert!(order(&officer, &case, "accept", &[]).await.location().ends_with("said=not-now"));
        done(&officer, &case, "grant", &[WORDS], "done").await;
        town.close().await;
    }

    async fn a_result_is_sent_or_handed_over_as_the_applicant_chose(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let wang = citizen(&town, "王强", "13800000002", &number("19900101", 2)).await;
        let wang = Browser::of(&town, wang, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let applied = async || {
            let review = lin.fills("/services/YZ27011/start", &[("data_wanted", "all"), ("info_form", "paper")]).await;
            lin.hands_in(&review).await
        };
        let (posted, kept) = (applied().await, applied().await);
        assert!(lin.get(&format!("{}/delivery", apply(&lin).await)).await.status == 404, "where nothing is to be chosen");
        // By post: with an address, which is theirs and the officers'.
        let choose = format!("{posted}/delivery");
        let whole = [("way", "post"), ("name", "林晓"), ("phone", "13800000001"), ("place", "云江区文澜路 8 号 302")];
        for wrong in [&whole[..1], &whole[..3], &[("way", "pigeon")], &[whole[0], whole[1], ("phone", "ring"), whole[3]]] {
            assert_eq!(lin.post(&choose, wrong).await.status, 422, "{wrong:?}");
        }
        assert_eq!(wang.get(&choose).await.status, 404);
        assert_eq!(wang.post(&choose, &whole).await.status, 404);
        for _ in 0..2 {
            assert_eq!(lin.post(&choose, &whole).await.location(), format!("{posted}#delivery"));
        }
        assert!(lin.reads(&posted).await.contains("文澜路 8 号"));
        assert!(!town.dump(&["case_deliveries"]).await.contains("文澜路"), "sealed");
        let open = officer.reads(&at_desk(&posted)).await;
        assert!(open.contains("文澜路 8 号") && open.contains("邮寄送达"), "{open}");
        assert!(lin.reads("/me/looks").await.contains("地址"));
        done(&officer, &posted, "accept", &[], "done").await;
        done(&officer, &posted, "grant", &[WORDS], "done").await;
        let sent = [("carrier", "邮政特快专递"), ("parcel", "EE990123456CN")];
        assert_eq!(order(&officer, &posted, "send", &sent[..1]).await.status, 422);
        news(&town).await;
        done(&officer, &posted, "send", &sent, "done").await;
        assert_eq!(news(&town).await, ["delivering"]);
        let text = lin.reads(&posted).await;
        assert!(text.contains("EE990123456CN") && text.contains("邮政特快专递") && text.contains("结果送达中"), "{text}");
        // It is on its way: nobody chooses any more.
        let before = town.dump(&["case_deliveries"]).await;
        lin.post(&choose, &[("way", "counter")]).await;
        assert_eq!(town.dump(&["case_deliveries"]).await, before);
        done(&officer, &posted, "deliver", &[], "done").await;
        assert!(lin.reads(&posted).await.contains("EE990123456CN"));

        // At the counter: against a code that officers do not see and that is good for once.
        lin.post(&format!("{kept}/delivery"), &[("way", "counter")]).await;
        done(&officer, &kept, "accept", &[], "done").await;
        done(&officer, &kept, "grant", &[WORDS], "done").await;
        assert_eq!(order(&officer, &kept, "send", &sent).await.status, 422, "where, and no parcel");
        news(&town).await;
        done(&officer, &kept, "send", &[("place", "政务大厅 3 号窗口")], "done").await;
        assert_eq!(news(&town).await, ["ready"]);
        let page = lin.get(&kept).await.ok();
        let code = page.texts(".big-code strong").remove(0);
        let text = page.texts("main").join(" ");
        assert!(code.len() == 9 && text.contains("可以领取") && text.contains("3 号窗口"), "{text}");
        assert!(!officer.get(&at_desk(&kept)).await.ok().body.contains(&code));
        assert!(!town.dump(&["case_deliveries"]).await.contains(&code.replace('-', "")));
        let other = if code.starts_with('0') { "1000-0000" } else { "0000-0000" };
        for wrong in [&[][..], &[("code", other)], &[("code", other), ("signed", "林晓")]] {
            assert_eq!(order(&officer, &kept, "deliver", wrong).await.status, 422, "{wrong:?}");
        }
        done(&officer, &kept, "deliver", &[("code", &code.to_lowercase())], "done").await;
        assert_eq!(news(&town).await, ["delivered"]);
        assert!(order(&officer, &kept, "deliver", &[("code", &code)]).await.location().ends_with("said=not-now"));
        assert!(officer.reads(&at_desk(&kept)).await.contains("凭取件码领取"));
        assert!(!lin.reads(&kept).await.contains(&code));

        // Without the code: whoever signed for it stands there. By wire it is there the moment it is granted.
        let (signed, wired) = (applied().await, applied().await);
        lin.post(&format!("{signed}/delivery"), &[("way", "counter")]).await;
        lin.post(&format!("{wired}/delivery"), &[("way", "electronic")]).await;
        for case in [&signed, &wired] {
            done(&officer, case, "accept", &[], "done").await;
            done(&officer, case, "grant", &[WORDS], "done").await;
        }
        assert!(lin.reads(&wired).await.contains("已办结"));
        done(&officer, &signed, "send", &[("place", "政务大厅")], "done").await;
        done(&officer, &signed, "deliver", &[("signed", "林建国（父）")], "done").await;
        assert!(officer.reads(&at_desk(&signed)).await.contains("林建国"));
        town.close().await;
    }

    /// The days of 2027 are not published in 2026.
    async fn a_clock_that_was_a_guess_is_wound_again(town: Town) {
        town.clock.advance(TimeDelta::days(20));
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let case = apply(&lin).await;
        done(&officer, &case, "accept", &[], "done").await;
        // Fifteen working days of this year, five of the next as plain weeks go.
        let before = officer.reads(LIST).await;
        assert!(before.contains("2027年1月7日") && before.contains("暂定"), "{before}");
        let edition = town.portal().shelf.edition().unwrap();
        let wind = async |calendar: WorkingCalendar| {
            let edition = Arc::clone(&edition);
            let count = town.db.tx(move |c| desk::recount(c, &calendar, &edition.catalogue));
            count.await.unwrap()
        };
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let published = || {
            let mut calendar = WorkingCalendar::default();
            calendar.add_span(day("2026-12-31"), day("2026-12-31"), true);
            calendar.add_span(day("2027-01-01"), day("2027-01-04"), false);
            calendar
        };
        assert_eq!(wind(edition.catalogue.calendar.clone()).await, 0, "still nobody knows");
        assert_eq!((wind(published()).await, wind(published()).await), (1, 0), "and once is enough");
        let after = officer.reads(LIST).await;
        assert!(after.contains("2027年1月11日") && !after.contains("暂定"), "{after}");
        // The schedule does the same, by the calendar of the city.
        town.pass(TimeDelta::days(1)).await;
        town.close().await;
    }

    async fn what_the_table_does_not_have_is_refused(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, UNIT).await;
        let case = apply(&lin).await;
        let all = [
            ("reason", "x"), ("turn_to", "x"), ("basis", "x"), ("due", "2026-12-10"), ("parcel", "x"),
            ("carrier", "x"), ("about-info_wanted", "x"),
        ];
        let before = town.dump(&["case_steps", "desk_proposals"]).await;
        for act in ["grant", "refuse", "suspend", "resume", "extend", "terminate", "send", "deliver"] {
            let sent = order(&officer, &case, act, &all).await;
            assert!(sent.location().ends_with("said=not-now"), "{act}");
        }
        for act in ["withdraw", "correct", "lapse", "review", "submit", "nonsense", "again", "arrived", "close"] {
            let sent = order(&officer, &case, act, &[all[0], all[1], ("number", "1")]).await;
            assert!(sent.status == 404 || sent.location().ends_with("said=not-now"), "{act} {}", sent.status);
        }
        assert_eq!(town.dump(&["case_steps", "desk_proposals"]).await, before);
        done(&officer, &case, "not-accept", &all, "done").await;
        let text = lin.reads(&case).await;
        assert!(text.contains("不予受理") && text.contains("60"), "{text}");
        for act in ["accept", "grant", "ask-correction", "not-accept"] {
            assert!(order(&officer, &case, act, &all).await.location().ends_with("said=not-now"), "{act}");
        }
        assert_eq!(town.dump(&["cases"]).await.matches("not-accepted").count(), 1);
        town.close().await;
    }

    async fn a_case_of_another_branch_is_as_unknown_as_none(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let case = apply(&lin).await;
        let desk = at_desk(&case);
        for (login, role, path, status) in [
            ("tax", Role::Officer, "tax", 404),
            ("tax-boss", Role::Manager, "tax", 404),
            ("below", Role::Officer, "government-services/chengbei", 404),
            ("namesake", Role::Officer, "government-services-new", 404),
            ("admin", Role::Administrator, "/", 404),
            ("integrator", Role::Integrator, UNIT, 403),
            ("auditor", Role::Auditor, UNIT, 403),
            ("helper", Role::Helper, UNIT, 403),
        ] {
            let (other, me) = worker(&town, login, role, path).await;
            let list = other.get(LIST).await;
            assert!(list.status == 403 || !list.body.contains(desk.rsplit('/').next().unwrap()), "{login}");
            assert_eq!(other.get(&desk).await.status, status, "{login}");
            assert_eq!(other.get(&format!("{desk}/do/accept")).await.status, status, "{login}");
            let me = me.to_string();
            for (act, fields) in [
                ("do/accept", vec![]), ("assign", vec![("held", ""), ("to", me.as_str())]),
                ("number", vec![("reason", "x")]), ("settle", vec![("id", me.as_str()), ("go", "confirm")]),
            ] {
                let sent = other.post(&format!("{desk}/{act}"), &fields).await;
                // Who works no cases at all is refused before anything is looked for.
                let fine = [status, if role == Role::Administrator { 403 } else { status }];
                assert!(fine.contains(&sent.status) || (act == "settle" && sent.status == 403), "{login} {act} {}", sent.status);
            }
        }
        assert!(!town.dump(&["looks"]).await.contains("staff"), "nobody has looked");
        // Nor does a citizen's session open the desk.
        assert_ne!(lin.get(&desk).await.status, 200);
        town.close().await;
    }

    async fn cases_are_taken_once_given_on_and_handed_over(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let (wu, wu_id) = worker(&town, "wu", Role::Officer, UNIT).await;
        let (gu, gu_id) = worker(&town, "gu", Role::Officer, UNIT).await;
        let (boss, _) = worker(&town, "boss", Role::Manager, UNIT).await;
        let (_, tax) = worker(&town, "tax", Role::Officer, "tax").await;
        let (one, two) = (apply(&lin).await, apply(&lin).await);
        let (first, second, tax) = (wu_id.to_string(), gu_id.to_string(), tax.to_string());
        let assign = async |who: &Browser<'_>, case: &str, held: &str, to: &str| {
            let sent = who.post(&format!("{}/assign", at_desk(case)), &[("held", held), ("to", to)]).await;
            (sent.status, sent.header("location").rsplit('=').next().unwrap_or_default().to_owned())
        };
        let said = |words: &str| (303, words.to_owned());
        assert_eq!(assign(&wu, &one, "", &first).await, said("claimed"));
        assert_eq!(assign(&gu, &one, "", &second).await, said("taken"), "of two who take it one does");
        assert_eq!(assign(&gu, &one, &first, &second).await, said("taken"), "what another has is theirs");
        assert_eq!(assign(&wu, &one, &first, &tax).await.0, 404, "nobody of another branch");
        assert!(order(&gu, &one, "accept", &[]).await.location().ends_with("said=taken"));
        assert_eq!(assign(&boss, &one, &first, &second).await, said("assigned"), "those above give on");
        done(&gu, &one, "accept", &[], "done").await;
        // Several at once: nothing is decided so.
        let refs: Vec<&str> = [&one, &two].map(|case| case.rsplit('/').next().unwrap()).into();
        let sent = wu.post("/agency/cases/bulk", &[("case", refs[0]), ("case", refs[1]), ("go", "claim")]).await;
        assert!(sent.location().ends_with("said=taken"), "one of them is another's");
        let sent = wu.post("/agency/cases/bulk", &[("go", "give"), ("to", &second)]).await;
        assert!(sent.location().ends_with("said=nothing"), "none was selected");
        assert_eq!(listed(&wu, "mine").await, [at_desk(&two)]);
        let sent = wu.post("/agency/cases/bulk", &[("case", refs[1]), ("go", "give"), ("to", &second)]).await;
        assert!(sent.location().ends_with("said=assigned"));
        assert_eq!(listed(&gu, "mine").await.len(), 2);
        // Who has those of several agencies looks at one.
        town.sql(&format!("UPDATE cases SET agency = 'legal-aid' WHERE reference = '{}'", refs[1])).await;
        let of = boss.get(LIST).await.ok().attributes("select[name=agency] option", "value");
        assert_eq!(of, ["", UNIT, "legal-aid"]);
        assert_eq!(listed(&boss, "waiting&agency=legal-aid").await, [at_desk(&two)]);
        assert_eq!(listed(&boss, "waiting").await.len(), 2);
        town.sql(&format!("UPDATE cases SET agency = '{UNIT}' WHERE reference = '{}'", refs[1])).await;
        assert!(boss.get(LIST).await.ok().attributes("select[name=agency]", "name").is_empty(), "nobody chooses among one");
        // Whoever leaves hands over what they have.
        let now = town.clock.now();
        let held = town.db.tx(move |c| {
            let held = CaseWork.held(c, gu_id)?;
            CaseWork.pass(c, now, gu_id, wu_id)?;
            Ok::<_, yimen::db::DbError>(held)
        });
        assert_eq!(held.await.unwrap(), [staff::Held { kind: staff::CASES.to_owned(), count: 2 }]);
        assert_eq!(listed(&wu, "mine").await.len(), 2);
        assert!(wu.reads(&at_desk(&one)).await.contains("受理"), "what was done stays on record");
        town.close().await;
    }

    async fn what_could_not_be_handed_over_reaches_people(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (now, until) = (town.clock.now(), town.clock.now() + TimeDelta::days(30));
        town.db.tx(move |c| outages::order(c, now, "transport", ("operator", "drill"), Some(until))).await.unwrap();
        let answers = [("cert_number", "TS990100118823"), ("fix_reason", "lost")];
        let mut cases = Vec::new();
        for _ in 0..2 {
            let review = lin.fills("/services/YZ13022/start", &answers).await;
            cases.push(lin.hands_in(&review).await);
        }
        town.work().await;
        for _ in 0..14 {
            town.pass(TimeDelta::days(1)).await;
        }
        town.pass(TimeDelta::days(17)).await;
        let lin = Browser::of(&town, who, 3).await;
        assert!(lin.reads(&cases[0]).await.contains("没能送到"), "{}", lin.reads(&cases[0]).await);
        let (admin, _) = worker(&town, "admin", Role::Administrator, "/").await;
        let (officer, _) = worker(&town, "officer", Role::Officer, "transport").await;
        let (other, _) = worker(&town, "other", Role::Officer, "tax").await;
        assert_eq!(other.get(&at_desk(&cases[0])).await.status, 404);
        assert_eq!(listed(&admin, "waiting").await.len(), 2, "administrators see only these");
        assert_eq!(listed(&officer, "failed").await.len(), 2);
        // Administrators see that it failed, and nothing that stands in it.
        let text = admin.reads(&at_desk(&cases[0])).await;
        assert!(text.contains("没能送到") && !text.contains("TS9901") && !text.contains('林'), "{text}");
        assert_eq!(admin.post(&format!("{}/number", at_desk(&cases[0])), &[("reason", "x")]).await.status, 403);
        assert!(officer.reads(&at_desk(&cases[0])).await.contains("TS9901"));
        let mended = format!("{LIST}?show=failed&said=mended");
        assert_eq!(order(&admin, &cases[0], "again", &[]).await.location(), mended);
        assert_eq!(order(&officer, &cases[0], "again", &[]).await.status, 404, "once");
        town.work().await;
        let text = lin.reads(&cases[0]).await;
        assert!(!text.contains("没能送到") && !text.contains("还没有送到"), "{text}");
        let close = [("reason", "部门系统已经停用"), ("turn_to", "请到政务服务大厅办理")];
        assert_eq!(order(&officer, &cases[1], "close", &close[..1]).await.status, 422);
        news(&town).await;
        assert_eq!(order(&officer, &cases[1], "close", &close).await.location(), mended);
        assert_eq!(listed(&officer, "failed").await, [""; 0]);
        assert_eq!(news(&town).await, ["not-accepted"]);
        let text = lin.reads(&cases[1]).await;
        assert!(text.contains("不予受理") && text.contains("政务服务大厅"), "{text}");
        backends.stop().await;
        town.close().await;
    }

    async fn whoever_comes_in_person_applies_at_the_counter(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (officer, officer_id) = worker(&town, "officer", Role::Officer, UNIT).await;
        let (other, _) = worker(&town, "other", Role::Officer, "tax").await;
        let (admin, _) = worker(&town, "admin", Role::Administrator, "/").await;
        assert_eq!(admin.get("/agency/counter").await.status, 403);
        let id = number("19850101", 1);
        let wanted = [("number", id.as_str()), ("reason", "本人持证到窗口"), ("service", "YZ27007")];
        // By their verified number, for a reason, for a service of this branch.
        let unknown = number("19990101", 1);
        for wrong in [
            [("number", unknown.as_str()), wanted[1], wanted[2]],
            [wanted[0], ("reason", ""), wanted[2]],
            [wanted[0], wanted[1], ("service", "YZ13022")],
        ] {
            let sent = officer.post("/agency/counter", &wrong).await;
            assert_eq!((sent.status, sent.texts(".errors li").len()), (422, 1), "{wrong:?}");
        }
        assert_eq!(other.post("/agency/counter", &wanted).await.status, 422);
        // A unit that another agency calls so is not this agency.
        let (namesake, _) = worker(&town, "namesake", Role::Officer, "museum/government-services").await;
        assert_eq!(namesake.post("/agency/counter", &wanted).await.status, 422);
        let form = officer.post("/agency/counter", &wanted).await.ok();
        assert!(form.body.contains("林晓") && !form.body.contains(&id), "masked");
        assert!(lin.reads("/me/looks").await.contains("本人持证到窗口"));
        let ticket = form.attributes("input[name=ticket]", "value").remove(0);
        let fields = [("ticket", ticket.as_str()), ("who", "林晓"), ANSWERS[0], ANSWERS[1]];
        assert_eq!(officer.post("/agency/counter/hand-in", &fields[..3]).await.status, 422);
        // The right to hand it in is this officer's, for this citizen, as it was given.
        assert_eq!(other.post("/agency/counter/hand-in", &fields).await.status, 403);
        let forged = ticket.replacen("YZ27007", "YZ27006", 1);
        assert_eq!(officer.post("/agency/counter/hand-in", &[("ticket", forged.as_str()), fields[2], fields[3]]).await.status, 403);
        let receipt = officer.post("/agency/counter/hand-in", &fields).await.ok();
        let words = receipt.texts("main").join(" ");
        assert!(words.contains("收件凭证") && words.contains("周敏") && words.contains("文澜路"), "{words}");
        let reference = receipt.texts("dd strong").remove(0);
        assert!(receipt.attributes("img.scan", "alt")[0].contains(&reference), "to be scanned");
        // The second of two clicks finds the same.
        assert_eq!(officer.post("/agency/counter/hand-in", &fields).await.ok().texts("dd strong"), [reference.as_str()]);
        assert_eq!(news(&town).await, ["submitted"]);
        assert!(lin.reads(&format!("/me/cases/{reference}")).await.contains("已提交"));
        let desk = officer.reads(&format!("{LIST}/{reference}")).await;
        assert!(desk.contains("提交申请") && desk.contains("周敏"), "{desk}");
        town.clock.advance(TimeDelta::minutes(61));
        let officer = at_work(&town, officer_id, Role::Officer, UNIT).await;
        let late = [("ticket", ticket.as_str()), fields[2], fields[3]];
        assert_eq!(officer.post("/agency/counter/hand-in", &late).await.status, 403, "for an hour");
        town.close().await;
    }
}
