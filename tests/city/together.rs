//! Events of a life: applications to several agencies that share their answers and are handed in together.

use tempfile::TempDir;
use yimen_contract::{Files, city};
use yimen_forms::{Form, Kind};

use crate::{
    cases::{applied, examples, lin, load},
    on_both_engines,
    people::{Browser, citizen, number},
    town::packages,
};

const APPLY: &str = "/events/newborn/apply";
/// The birth certificate, the household, and the insurance.
pub const BIRTH: &str = "YZ07026";
const HOUSEHOLD: &str = "YZ01013";
pub const INSURANCE: &str = "YZ06019";

fn form(slug: &str, code: &str) -> Form {
    let package = load(slug);
    let service = package.services.iter().find(|service| service.code == code).unwrap();
    applied(&package, service).unwrap()
}

impl Browser<'_> {
    /// Begins with these services. The address of the list.
    pub async fn begins_together(&self, services: &[&str]) -> String {
        let parts: Vec<(&str, &str)> = services.iter().map(|code| ("part", *code)).collect();
        let sent = self.post(APPLY, &parts).await;
        assert_eq!(sent.status, 303, "{:?}", sent.texts(".errors"));
        sent.location()
    }

    /// Goes on from the list through one part, to where its summary leads back. How many pages it took.
    async fn goes_through(&self, list: &str, answers: &[(String, String)]) -> usize {
        let answers: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (&**name, &**value)).collect();
        let page = self.get(list).await.ok();
        let mut at = page.attributes("main .buttons a", "href").remove(0);
        for pages in 0..20 {
            if at.ends_with("/review") {
                let review = self.get(&at).await.ok();
                assert!(
                    review
                        .attributes("main form", "action")
                        .iter()
                        .all(|action| !action.ends_with("/submit"))
                );
                assert_eq!(review.attributes("main .buttons a.large", "href"), [list]);
                return pages;
            }
            let sent = if at.ends_with("/papers") {
                at = self.hands_papers(&at).await;
                continue;
            } else if at.contains("/pages/") {
                self.post(&at, &answers).await
            } else {
                self.get(&at).await
            };
            assert_eq!(sent.status, 303, "{at}: {:?}", sent.texts(".errors"));
            at = sent.location();
        }
        panic!("{list} has no end");
    }

    async fn tags(&self, list: &str) -> Vec<String> {
        self.get(list).await.ok().texts("main ol .tag")
    }
}

on_both_engines! {
    async fn a_child_is_born(town: Town) {
        let folder = TempDir::new().unwrap();
        let slugs = ["maternal-child-hospital", "household-registration", "healthcare-security"];
        let backends = town.play(&slugs.map(load), folder.path()).await;
        let lin = Browser::of(&town, lin(&town).await, 4).await;
        assert!(town.get("/events/newborn").await.ok().body.contains(APPLY));
        assert_eq!(lin.get(APPLY).await.ok().attributes("main input[checked]", "value").len(), 5);
        let none = lin.post(APPLY, &[]).await;
        assert!(none.status == 422 && !none.texts(".errors").is_empty(), "{}", none.status);
        // What is no part of it is not begun, whoever sends it.
        assert_eq!(lin.post(APPLY, &[("part", "YZ13022")]).await.status, 422);
        let list = lin.begins_together(&[BIRTH, HOUSEHOLD, INSURANCE]).await;
        assert_eq!(lin.tags(&list).await, ["要填写"; 3]);
        assert!(lin.get(&list).await.ok().attributes("main form", "action").is_empty(), "nothing is ready");

        let mut answers = examples(&form("maternal-child-hospital", BIRTH));
        let name = answers.iter_mut().find(|(name, _)| name == "baby_name").unwrap();
        "林小满".clone_into(&mut name.1);
        lin.goes_through(&list, &answers).await;
        assert_eq!(lin.tags(&list).await, ["填好了", "要填写", "要填写"]);
        // What was answered there is not asked again, and stands here.
        let household = form("household-registration", HOUSEHOLD);
        let rest: Vec<_> = examples(&household)
            .into_iter()
            .filter(|(name, _)| !["child_name", "child_sex", "child_born"].contains(&&**name))
            .collect();
        let first = lin.get(&list).await.ok().attributes("main .buttons a", "href").remove(0);
        let page = lin.get(&lin.get(&first).await.location()).await.ok();
        assert!(page.body.contains("林小满"), "{:?}", page.texts("main"));
        lin.goes_through(&list, &with(&page, &rest)).await;
        lin.goes_through(&list, &without(&form("healthcare-security", INSURANCE), &["child_name", "baby_born"], "林小满")).await;
        assert_eq!(lin.tags(&list).await, ["填好了"; 3]);

        // Handed in with one button, each to its own agency; the second of two clicks hands in nothing more.
        let hand_in = format!("{list}/hand-in");
        assert_eq!(lin.post(&hand_in, &[]).await.location(), format!("{list}?left=0"));
        assert_eq!(lin.post(&hand_in, &[]).await.location(), format!("{list}?left=0"));
        assert_eq!(lin.tags(&list).await, ["已提交"; 3]);
        assert_eq!(town.dump(&["cases"]).await.lines().count(), 3);
        town.work().await;
        for slug in slugs {
            assert_eq!(backends.get(slug).unwrap().cases().len(), 1, "{slug}");
        }
        assert!(lin.reads("/me/cases").await.contains("新生儿出生一件事"));
        let cases = lin.get(&list).await.ok().attributes("main ol.numbered a", "href");
        assert!(lin.reads(&cases[1]).await.contains("林小满"), "{cases:?}");
        backends.stop().await;
        town.close().await;
    }

    async fn what_is_not_ready_keeps_nothing_back(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 4).await;
        let list = lin.begins_together(&[BIRTH, INSURANCE]).await;
        lin.goes_through(&list, &examples(&form("maternal-child-hospital", BIRTH))).await;
        assert_eq!(lin.post(&format!("{list}/hand-in"), &[]).await.status, 303);
        assert_eq!(lin.tags(&list).await, ["已提交", "要填写"]);
        // Throwing the other away leaves the rest to be followed.
        let draft = lin.get(&list).await.ok().attributes("main ol.numbered a[href*='/apply/']", "href").remove(0);
        assert_eq!(lin.post(&format!("{draft}/discard"), &[]).await.status, 303);
        assert_eq!(lin.tags(&list).await, ["已提交"]);
        // Nobody else sees it, and whoever is signed in less surely proves more.
        let who = citizen(&town, "王敏", "13800000002", &number("19860101", 1)).await;
        let wang = Browser::of(&town, who, 4).await;
        assert_eq!(wang.get(&list).await.status, 404);
        assert_eq!(wang.post(&format!("{list}/hand-in"), &[]).await.status, 404);
        assert_eq!(Browser::of(&town, who, 2).await.get(APPLY).await.status, 303);
        assert_eq!(wang.get("/events/no-such-event/apply").await.status, 404);
        town.close().await;
    }
}

/// What a page shows already, and the rest.
fn with(page: &crate::town::Answer, rest: &[(String, String)]) -> Vec<(String, String)> {
    let typed = "main input[value]:not([type=radio]):not([type=checkbox]):not([type=hidden])";
    let (names, values) = (page.attributes(typed, "name"), page.attributes(typed, "value"));
    let chosen = page.attributes("main input[checked]", "name");
    let choices = page.attributes("main input[checked]", "value");
    let shown = names.into_iter().zip(values).chain(chosen.into_iter().zip(choices));
    shown
        .filter(|(name, value)| !value.is_empty() && !rest.iter().any(|(own, _)| own == name))
        .chain(rest.iter().cloned())
        .collect()
}

/// A form's examples, but for what was answered elsewhere.
fn without(form: &Form, told: &[&str], name: &str) -> Vec<(String, String)> {
    let mut answers = examples(form);
    for (field, value) in &mut answers {
        if told.contains(&&**field) && field.ends_with("name") {
            name.clone_into(value);
        }
    }
    answers
}

/// How a question is asked. How long an answer may be is each agency's own affair.
fn way(kind: &Kind) -> String {
    match kind {
        Kind::Text(text) => format!("{:?}", text.entry),
        other => format!("{other:?}"),
    }
}

/// What is said to be the same is asked in the same way, in services that are applied for.
#[test]
fn questions_that_are_the_same_are_asked_in_the_same_way() {
    let city = city::load(&Files::read_folder(&packages().join("city"))).unwrap();
    let all = crate::played::city();
    let mut count = 0;
    for event in &city.events.events {
        for same in &event.same {
            let fields: Vec<_> = same
                .answers
                .iter()
                .map(|at| {
                    let (code, name) = at.split_once('/').unwrap();
                    assert!(event.steps.iter().any(|step| step.service == code), "{}: {at}", event.id);
                    let package =
                        all.iter().find(|one| one.services.iter().any(|service| service.code == code));
                    let package = package.unwrap();
                    let service = package.services.iter().find(|service| service.code == code).unwrap();
                    let form = applied(package, service).unwrap_or_else(|| panic!("{at} is not applied for"));
                    way(&form.field(name).unwrap_or_else(|| panic!("no question {at}")).kind)
                })
                .collect();
            assert!(fields.len() > 1);
            for other in &fields[1..] {
                assert_eq!(
                    format!("{other:?}"),
                    format!("{:?}", fields[0]),
                    "{}: {:?}",
                    event.id,
                    same.answers
                );
            }
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}
