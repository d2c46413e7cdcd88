//! What citizens ask about their data, and staff who answer it.

mod edges;

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use yimen::{
    accounts::{
        inquiries::{self, Terms},
        staff::{self, Branch, Handover as _, Role},
    },
    db::{DbError, schema},
    ledger::{self, Actor, Basis, CitizenId, Look, Purpose, StaffId},
    platform::{calendar::WorkingCalendar, config::AnswersConfig},
};

use crate::{
    on_both_engines,
    people::{Browser, citizen, keys},
    staff::{at_work, hired},
    town::{Answer, Town},
};

const LIST: &str = "/staff/requests";
const POLICE: &str = "traffic-police";

async fn lin(town: &Town) -> (Browser<'_>, CitizenId) {
    let id = citizen(town, "林晓", "13800000001", "990101198501010010").await;
    (Browser::of(town, id, 3).await, id)
}

async fn worker<'a>(town: &'a Town, login: &str, role: Role, path: &str) -> (Browser<'a>, StaffId) {
    let id = hired(town, login, role, path).await;
    (at_work(town, id, role, path).await, id)
}

pub async fn look_at(town: &Town, citizen: CitizenId, actor: Actor) {
    let (ring, now) = (keys(town), town.clock.now());
    town.db
        .tx(move |c| {
            let look = Look {
                citizen,
                actor,
                purpose: Purpose::Service,
                basis: Basis::Duty,
                fields: &["name", "identity-number"],
                detail: Some("YZ02022"),
            };
            ledger::look(c, &ring, now, &look).map(drop)
        })
        .await
        .unwrap();
}

pub fn police() -> Actor {
    Actor::Agency(POLICE.to_owned())
}

/// Asks why about every look that can be asked about.
pub async fn ask_why(person: &Browser<'_>) {
    let page = person.get("/me/looks").await.ok();
    for action in page.attributes("form[action$='/ask']", "action") {
        assert_eq!(person.post(&action, &[]).await.location(), "/me/looks?page=1&asked=1");
    }
}

pub async fn ask_correction(person: &Browser<'_>, what: &str, agency: &str, words: &str) -> Answer {
    person.post("/me/privacy/correct", &[("what", what), ("agency", agency), ("words", words)]).await
}

/// The addresses of what a member of staff has on the list.
async fn listed(desk: &Browser<'_>) -> Vec<String> {
    desk.get(LIST).await.ok().attributes("main h2 a", "href")
}

async fn first(desk: &Browser<'_>) -> String {
    listed(desk).await.into_iter().next().expect("something waits")
}

fn said(page: &Answer) -> String {
    page.texts("main").join(" ")
}

async fn answer(desk: &Browser<'_>, url: &str, fields: &[(&str, &str)]) -> Answer {
    desk.post(&format!("{url}/answer"), fields).await
}

async fn take(desk: &Browser<'_>, url: &str, held: &str, to: &str) -> Answer {
    desk.post(&format!("{url}/assign"), &[("held", held), ("to", to)]).await
}

/// Looks at a person by staff, each with what was looked at.
async fn by_staff(town: &Town, citizen: CitizenId) -> Vec<String> {
    use schema::looks;
    let of = looks::table
        .filter(looks::citizen_id.eq(citizen))
        .filter(looks::actor_kind.eq("staff"))
        .order((looks::at, looks::id))
        .select(looks::fields);
    town.db.read(move |c| of.load(c).map_err(DbError::from)).await.unwrap()
}

const WORDS: &str = "您于当天申请换证，需要核对驾驶证。";

on_both_engines! {
    /// From the question to the answer, and once more by the level above.
    async fn a_question_is_answered_by_the_agency_and_then_by_the_level_above(town: Town) {
        let (lin, id) = lin(&town).await;
        look_at(&town, id, police()).await;
        ask_why(&lin).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, POLICE).await;
        let (boss, _) = worker(&town, "boss", Role::Administrator, "/").await;
        assert!(officer.get("/staff").await.ok().attributes("main a.button", "href").contains(&LIST.to_owned()));
        let list = officer.get(LIST).await.ok();
        let words = said(&list);
        assert!(words.contains("按期，还剩 5 个工作日") && words.contains("2026年11月27日"), "{words}");
        assert!(!words.contains('林'), "the list does not say who asked");
        assert_eq!(listed(&boss).await, [""; 0], "nobody above is asked yet");

        let url = first(&officer).await;
        let shut = said(&officer.get(&url).await.ok());
        assert!(!shut.contains('林') && shut.contains("本人可以看到"), "{shut}");
        assert_eq!(by_staff(&town, id).await, [""; 0]);
        let open = officer.post(&format!("{url}/open"), &[]).await.ok();
        let words = said(&open);
        assert!(words.contains("林*") && !words.contains("林晓") && words.contains("身份证号"), "{words}");
        assert_eq!(by_staff(&town, id).await, [r#"["name","said"]"#]);
        assert!(lin.get("/me/looks").await.ok().body.contains("您说的"), "the citizen sees who opened it");

        for empty in ["", "   ", &"长".repeat(4001)] {
            let wrong = answer(&officer, &url, &[("words", empty)]).await;
            assert_eq!((wrong.status, wrong.attributes(".errors a", "href")), (422, vec!["#words".to_owned()]));
        }
        assert_eq!(town.told().await, [""; 0]);
        assert_eq!(answer(&officer, &url, &[("words", WORDS)]).await.location(), format!("{LIST}?said=answered"));
        assert_eq!(town.told().await, ["question-answered"]);
        // Answering twice changes nothing and tells nobody.
        let again = answer(&officer, &url, &[("words", "另一种说法")]).await;
        assert_eq!(again.location(), format!("{url}?said=already"));
        assert_eq!(town.told().await, [""; 0]);
        let looks = lin.get("/me/looks").await.ok();
        assert!(looks.body.contains(WORDS) && !looks.body.contains("另一种说法"));
        assert_eq!(listed(&officer).await, [""; 0]);
        assert_eq!(officer.get(&format!("{LIST}?show=done")).await.ok().attributes("main h2 a", "href"), [url.as_str()]);

        let mine = url.replace(LIST, "/me/requests");
        let object = format!("{mine}/object");
        let long = lin.post(&object, &[("words", &"长".repeat(2001))]).await;
        assert_eq!((long.status, long.attributes(".errors a", "href")), (422, vec!["#words".to_owned()]));
        let sent = lin.post(&object, &[("words", "那天我没有申请")]).await;
        assert_eq!(sent.location(), format!("{mine}?objected=1"));
        let page = lin.get(&mine).await.ok();
        assert!(said(&page).contains("2026年12月11日"), "15 working days: {}", said(&page));
        assert!(page.attributes("form[action$='/object']", "action").is_empty());
        assert_eq!(lin.post(&object, &[]).await.location(), mine, "once");

        // The agency has said what it had to say, and its own administrator does not judge it.
        assert_eq!(answer(&officer, &url, &[("words", "还是我")]).await.location(), format!("{url}?said=already"));
        let (own, _) = worker(&town, "own", Role::Administrator, POLICE).await;
        assert_eq!((listed(&own).await.len(), own.get(&url).await.status), (0, 404));
        assert_eq!(listed(&boss).await, [url.as_str()]);
        let open = said(&boss.post(&format!("{url}/open"), &[]).await.ok());
        assert!(open.contains("那天我没有申请") && open.contains(WORDS), "{open}");
        answer(&boss, &url, &[("words", "查实：这次查看没有依据，已处理。")]).await;
        assert_eq!(town.told().await, ["question-answered"]);
        let end = said(&lin.get(&mine).await.ok());
        assert!(end.contains("查实") && end.contains("上一级"), "{end}");
        assert_eq!(lin.post(&object, &[]).await.location(), mine, "the last word here");
        assert_eq!(answer(&boss, &url, &[("words", "再说一遍")]).await.location(), format!("{url}?said=already"));
        assert_eq!(town.told().await, [""; 0]);
        town.close().await;
    }

    async fn nobody_of_another_branch_and_no_citizen_sees_an_inquiry(town: Town) {
        let (lin, id) = lin(&town).await;
        look_at(&town, id, police()).await;
        ask_why(&lin).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, POLICE).await;
        let url = first(&officer).await;
        for (login, role, path) in [
            ("tax", Role::Officer, "tax"),
            ("tax-boss", Role::Manager, "tax"),
            ("tax-auditor", Role::Auditor, "tax"),
            ("below", Role::Officer, "traffic-police/chengbei"),
            ("namesake", Role::Officer, "traffic-police-new"),
            ("helper", Role::Helper, POLICE),
            ("admin", Role::Administrator, "/"),
        ] {
            let (other, _) = worker(&town, login, role, path).await;
            assert_eq!(listed(&other).await, [""; 0], "{login}");
            assert_eq!(other.get(&url).await.status, 404, "{login}");
            for act in ["open", "answer", "assign"] {
                let tried = other.post(&format!("{url}/{act}"), &[("words", "x"), ("held", ""), ("to", "")]).await;
                // Who gives nothing out is refused before anything is looked for.
                let wanted = if act == "assign" && !matches!(role, Role::Officer | Role::Manager) { 403 } else { 404 };
                assert_eq!(tried.status, wanted, "{login} {act}");
            }
        }
        let (integrator, _) = worker(&town, "integrator", Role::Integrator, POLICE).await;
        assert_eq!((integrator.get(LIST).await.status, integrator.get(&url).await.status), (403, 403));
        assert!(lin.get(&url).await.location().starts_with("/staff/sign-in?"));
        assert!(lin.post(&format!("{url}/answer"), &[("words", "x")]).await.location().starts_with("/staff/sign-in?"));
        // An auditor reads, which is on record, and changes nothing.
        let (auditor, _) = worker(&town, "auditor", Role::Auditor, "/").await;
        assert_eq!(listed(&auditor).await, [url.as_str()]);
        let open = auditor.post(&format!("{url}/open"), &[]).await.ok();
        assert!(open.attributes("form[action$='/answer']", "action").is_empty());
        assert_eq!(by_staff(&town, id).await.len(), 1);
        assert_eq!(answer(&auditor, &url, &[("words", "x")]).await.status, 403);
        assert_eq!(take(&auditor, &url, "", "").await.status, 403);
        // Another citizen's is nobody's.
        let wang = citizen(&town, "王建", "13800000002", "990101195806010026").await;
        let wang = Browser::of(&town, wang, 3).await;
        let mine = url.replace(LIST, "/me/requests");
        assert_eq!(lin.get(&mine).await.status, 200);
        assert_eq!((wang.get(&mine).await.status, wang.post(&format!("{mine}/object"), &[]).await.status), (404, 404));
        for odd in ["x", "0193"] {
            assert_eq!(officer.get(&format!("{LIST}/{odd}")).await.status, 404);
            assert_eq!(lin.get(&format!("/me/requests/{odd}")).await.status, 404);
        }
        assert_eq!(town.told().await, [""; 0]);
        town.close().await;
    }

    /// An agency may stand anywhere in the tree; what has nobody of its own is seen by the city.
    async fn a_question_finds_its_branch_wherever_it_is(town: Town) {
        let (lin, id) = lin(&town).await;
        let (nested, _) = worker(&town, "nested", Role::Officer, "yunjiang/library").await;
        let (city, city_id) = worker(&town, "city", Role::Officer, "/").await;
        let (beside, _) = worker(&town, "beside", Role::Officer, POLICE).await;
        for actor in [Actor::Agency("library".to_owned()), Actor::Agency("museum".to_owned()), Actor::Portal("notices")] {
            look_at(&town, id, actor).await;
        }
        ask_why(&lin).await;
        assert_eq!((listed(&nested).await.len(), listed(&city).await.len(), listed(&beside).await.len()), (1, 3, 0));
        // Whoever looked says nothing in their own matter, and does not learn that they were asked about.
        look_at(&town, id, Actor::Staff(city_id)).await;
        ask_why(&lin).await;
        assert_eq!(listed(&city).await.len(), 3);
        let (other, other_id) = worker(&town, "other", Role::Officer, "/").await;
        let before: HashSet<String> = listed(&city).await.into_iter().collect();
        let own = listed(&other).await.into_iter().find(|url| !before.contains(url)).expect("a colleague sees it");
        assert_eq!(city.get(&own).await.status, 404);
        assert_eq!(answer(&city, &own, &[("words", "x")]).await.status, 404);
        assert_eq!(take(&other, &own, "", &city_id.to_string()).await.status, 404, "nor is it given to them");
        // Not by way of a colleague who leaves, either.
        take(&other, &own, "", &other_id.to_string()).await;
        let now = town.clock.now();
        town.db.tx(move |c| inquiries::InquiryWork.pass(c, now, other_id, city_id)).await.unwrap();
        assert_eq!(city.get(&own).await.status, 404);
        assert!(said(&other.get(&own).await.ok()).contains("还没有人认领"), "it went back to the branch");
        // What somebody did in their own session nobody has to explain.
        let page = lin.get("/me/privacy/export.json").await;
        let looks = lin.get("/me/looks").await.ok();
        let own_look = looks.attributes("form[action$='/ask']", "action").len();
        assert_eq!((page.status, own_look), (200, 0));
        town.close().await;
    }

    async fn work_is_taken_given_and_handed_over(town: Town) {
        let (lin, id) = lin(&town).await;
        for _ in 0..3 {
            look_at(&town, id, police()).await;
        }
        ask_why(&lin).await;
        let (officer, me) = worker(&town, "officer", Role::Officer, POLICE).await;
        let (second, second_id) = worker(&town, "second", Role::Officer, POLICE).await;
        let (helper, helper_id) = worker(&town, "helper", Role::Helper, POLICE).await;
        let [a, b, c]: [String; 3] = listed(&officer).await.try_into().unwrap();
        let (me, second_id, helper_id) = (me.to_string(), second_id.to_string(), helper_id.to_string());
        assert_eq!(take(&officer, &a, "", &me).await.location(), format!("{a}?said=assigned"));
        // Who looked a moment too early takes nothing away, and answers nothing meanwhile.
        assert_eq!(take(&second, &a, "", &second_id).await.location(), format!("{a}?said=taken"));
        assert_eq!(answer(&second, &a, &[("words", WORDS)]).await.location(), format!("{a}?said=taken"));
        let open = second.post(&format!("{a}/open"), &[]).await.ok();
        assert!(open.attributes("form[action$='/answer']", "action").is_empty());
        assert_eq!(take(&second, &a, &me, &second_id).await.location(), format!("{a}?said=assigned"), "knowingly");
        assert_eq!(answer(&second, &a, &[("words", WORDS)]).await.location(), format!("{LIST}?said=answered"));
        assert_eq!(take(&officer, &a, &second_id, &me).await.location(), format!("{a}?said=already"));

        // A helper: what was given to them, as long as it is.
        assert_eq!((listed(&helper).await.len(), helper.get(&b).await.status), (0, 404));
        take(&officer, &b, "", &helper_id).await;
        assert_eq!(listed(&helper).await, [b.as_str()]);
        assert_eq!(take(&helper, &b, &helper_id, "").await.status, 403, "a helper gives nothing out");
        take(&officer, &b, &helper_id, "").await;
        assert_eq!(helper.get(&b).await.status, 404);
        take(&officer, &b, "", &helper_id).await;
        assert_eq!(answer(&helper, &b, &[("words", WORDS)]).await.location(), format!("{LIST}?said=answered"));
        assert_eq!(town.told().await.len(), 2);

        // Given only to whoever answers for that branch.
        let (chief, _) = worker(&town, "chief", Role::Officer, "/").await;
        for (login, role, path) in [
            ("tax", Role::Officer, "tax"),
            ("tax-helper", Role::Helper, "tax"),
            ("below", Role::Officer, "traffic-police/chengbei"),
            ("auditor", Role::Auditor, POLICE),
            ("admin", Role::Administrator, POLICE),
        ] {
            let other = hired(&town, login, role, path).await.to_string();
            assert_eq!(take(&chief, &c, "", &other).await.status, 404, "{login}");
            assert!(!chief.get(&c).await.ok().attributes("option", "value").contains(&other), "{login}");
        }
        for to in ["x", "0193"] {
            assert_eq!(take(&officer, &c, "", to).await.status, 404, "{to}");
        }

        // Nobody leaves with something in hand.
        take(&officer, &c, "", &me).await;
        let (boss, _) = worker(&town, "boss", Role::Administrator, "/").await;
        let path = format!("/admin/people/{me}");
        assert_eq!(boss.post(&format!("{path}/end"), &[]).await.location(), format!("{path}?said=holding"));
        let page = boss.get(&path).await.ok();
        assert_eq!(page.texts("[aria-labelledby=held] li"), ["等待答复的群众询问：1 件"]);
        boss.post(&format!("{path}/hand-over"), &[("to", &helper_id)]).await;
        assert_eq!(listed(&helper).await, [c.as_str()]);
        assert_eq!(boss.post(&format!("{path}/end"), &[]).await.location(), format!("{path}?said=ended"));
        town.close().await;
    }

    async fn what_the_successor_may_not_have_goes_back_to_the_branch(town: Town) {
        let (lin, id) = lin(&town).await;
        look_at(&town, id, police()).await;
        ask_why(&lin).await;
        let (officer, me) = worker(&town, "officer", Role::Officer, POLICE).await;
        let (_, other) = worker(&town, "other", Role::Officer, "tax").await;
        let url = first(&officer).await;
        take(&officer, &url, "", &me.to_string()).await;
        let (boss, _) = worker(&town, "boss", Role::Administrator, "/").await;
        let path = format!("/admin/people/{me}");
        boss.post(&format!("{path}/hand-over"), &[("to", &other.to_string())]).await;
        let held = town.db.read(move |c| inquiries::InquiryWork.held(c, other)).await.unwrap();
        assert_eq!(held[0].count, 0);
        assert!(said(&officer.get(&url).await.ok()).contains("还没有人认领"));
        town.close().await;
    }

    async fn a_correction_goes_to_whose_record_it_is_and_comes_to_something(town: Town) {
        let (lin, id) = lin(&town).await;
        let (register, _) = worker(&town, "register", Role::Officer, "household-registration").await;
        let (officer, _) = worker(&town, "officer", Role::Officer, POLICE).await;
        let (city, _) = worker(&town, "city", Role::Officer, "/").await;
        assert_eq!(ask_correction(&lin, "name", "no-such-agency", "x").await.status, 422);
        assert_eq!(ask_correction(&lin, "name", "", "  ").await.status, 422);
        for (what, agency) in [("birth-date", ""), ("other", POLICE), ("other", "")] {
            let sent = ask_correction(&lin, what, agency, "应为十日").await;
            assert_eq!(sent.location(), "/me/privacy?corrected=1", "{what} {agency}");
        }
        let count = async |desk: &Browser<'_>| listed(desk).await.len();
        assert_eq!((count(&register).await, count(&officer).await, count(&city).await), (1, 1, 3));
        let url = first(&register).await;
        let open = said(&register.post(&format!("{url}/open"), &[]).await.ok());
        assert!(open.contains("应为十日") && open.contains("出生日期") && open.contains("林*"), "{open}");
        let errors = async |fields: &[(&str, &str)]| {
            let wrong = answer(&register, &url, fields).await;
            assert_eq!(wrong.status, 422);
            let kept = |(name, words): &(&str, &str)| *name == "outcome" || wrong.body.contains(words);
            assert!(fields.iter().all(kept), "what was typed stays");
            wrong.attributes(".errors a", "href")
        };
        assert_eq!(errors(&[("words", "已核对")]).await, ["#outcome-corrected"]);
        assert_eq!(errors(&[("words", "已核对"), ("outcome", "explained")]).await, ["#outcome-corrected"]);
        assert_eq!(errors(&[("outcome", "refused"), ("words", "复印件不能作为依据")]).await, ["#turn"]);
        assert_eq!(errors(&[("outcome", "partly"), ("words", ""), ("turn", "三号窗口")]).await, ["#words"]);
        let fields = [("outcome", "refused"), ("words", "复印件不能作为依据"), ("turn", "带原件到三号窗口")];
        assert_eq!(answer(&register, &url, &fields).await.location(), format!("{LIST}?said=answered"));
        assert_eq!(town.told().await, ["correction-answered"]);
        let centre = said(&lin.get("/me/privacy").await.ok());
        for words in ["不予更正", "复印件不能作为依据", "带原件到三号窗口", "行政复议"] {
            assert!(centre.contains(words), "{words}: {centre}");
        }
        let copy = lin.get("/me/privacy/export.json").await.ok().body;
        for words in ["应为十日", "复印件不能作为依据", "带原件到三号窗口", "inquiries"] {
            assert!(copy.contains(words), "{words}");
        }
        // At rest none of it can be read.
        let kept = town.dump(&["inquiries", "inquiry_answers"]).await;
        for words in ["应为十日", "复印件", "三号窗口", "林"] {
            assert!(!kept.contains(words), "{words}");
        }
        assert!(by_staff(&town, id).await.contains(&r#"["answer"]"#.to_owned()), "acts are on record, too");
        town.close().await;
    }
}
