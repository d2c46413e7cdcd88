//! Applications, from the first field to the result, on the pages and against the agencies' backends.

use chrono::TimeDelta;
use serde_json::{Map, Value};
use tempfile::TempDir;
use yimen::{gateway::outages, ledger::CitizenId};
use yimen_contract::{
    Files, Package, package,
    service::{Audience, Service, Status},
};
use yimen_forms::{Draft, Form, Kind};
use yimen_sandbox::{Fault, Wrong};

use crate::{
    on_both_engines,
    papers::photo,
    people::{Browser, citizen, number},
    town::{Town, packages},
};

/// Replacing a road transport certificate: two questions, a backend over REST.
pub const START: &str = "/services/YZ13022/start";
pub const ANSWERS: [(&str, &str); 2] = [("cert_number", "TS990100118823"), ("fix_reason", "lost")];

pub fn load(slug: &str) -> Package {
    package::load(slug, &Files::read_folder(&packages().join("agencies").join(slug))).unwrap()
}

/// The address of a page's form that ends so.
fn action(page: &crate::town::Answer, end: &str) -> String {
    let all = page.attributes("main form", "action");
    all.iter().find(|action| action.ends_with(end)).unwrap_or_else(|| panic!("{end} in {all:?}")).clone()
}

impl Browser<'_> {
    /// Begins a service and answers everything; stops before the summary is sent. The summary's address.
    pub async fn fills(&self, start: &str, answers: &[(&str, &str)]) -> String {
        let mut at = self.post(start, &[]).await.location();
        for _ in 0..40 {
            let page = self.get(&at).await.ok();
            if at.ends_with("/review") {
                return at;
            }
            if at.ends_with("/papers") {
                at = self.hands_papers(&at).await;
                continue;
            }
            let path = action(&page, at.rsplit('/').next().unwrap());
            let sent = self.post(&path, answers).await;
            assert_eq!(sent.status, 303, "{at}: {:?}", sent.texts(".errors"));
            at = sent.location();
        }
        panic!("{start} has no end");
    }

    /// Hands in what is summed up there. The case's address.
    pub async fn hands_in(&self, review: &str) -> String {
        let page = self.get(review).await.ok();
        let sent = self.post(&action(&page, "/submit"), &[]).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        sent.location().split('?').next().unwrap().to_owned()
    }

    async fn applies(&self) -> String {
        let review = self.fills(START, &ANSWERS).await;
        self.hands_in(&review).await
    }

    pub async fn reads(&self, path: &str) -> String {
        self.get(path).await.ok().texts("main").join(" ")
    }
}

pub async fn lin(town: &Town) -> CitizenId {
    citizen(town, "林晓", "13800000001", &number("19850101", 1)).await
}

on_both_engines! {
    async fn an_application_goes_from_the_first_field_to_the_result(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        assert!(lin.reads(START).await.contains("承诺"));
        let at = lin.post(START, &[]).await.location();
        let long = "证".repeat(101);
        // What is only checked, as the page's script does while somebody types, is judged and not kept.
        let checked = lin.post(&at, &[("cert_number", &long), ("go", "check")]).await.ok();
        assert!(checked.texts("#cert_number-error").len() == 1 && !lin.get(&at).await.ok().body.contains(&long));
        // What is wrong is said beside its question, and what was typed stays.
        let wrong = lin.post(&at, &[("cert_number", &long), ("go", "next")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains(&long) && !wrong.texts(".errors").is_empty());
        // It is kept all the same, for another day and another device.
        assert!(lin.reads("/me/cases").await.contains("补证"));
        let again = lin.get(&at).await.ok();
        assert!(again.body.contains(&long));
        let review = at.split("/pages/").next().unwrap().to_owned() + "/review";
        let unfinished = lin.get(&review).await.ok();
        assert!(unfinished.attributes("main form", "action").iter().all(|action| !action.ends_with("/submit")));
        // Handing in what is not finished hands nothing in, whatever the page offers.
        let submit = review.replace("/review", "/submit");
        assert_eq!(lin.post(&submit, &[]).await.location(), review);
        let mut pages = at.clone();
        while !pages.ends_with("/review") {
            let papers = pages.ends_with("/papers");
            pages = if papers { lin.hands_papers(&pages).await } else { lin.post(&pages, &ANSWERS).await.location() };
        }
        let summary = lin.get(&pages).await.ok();
        assert!(summary.texts("main").join(" ").contains("TS990100118823") && summary.body.contains("遗失"));
        let case = lin.hands_in(&pages).await;
        // The second of two clicks finds the same.
        assert_eq!(lin.post(&submit, &[]).await.location(), case);
        assert!(lin.reads(&case).await.contains("还没有送到"));
        town.work().await;
        let text = lin.reads(&case).await;
        assert!(!text.contains("还没有送到") && text.contains("提交申请"), "{text}");
        // The backend decides in its own time; the portal asks.
        for _ in 0..12 {
            town.pass(TimeDelta::minutes(20)).await;
        }
        let lin = Browser::of(&town, who, 3).await;
        let text = lin.reads(&case).await;
        assert!(text.contains("准予") || text.contains("已办结"), "{text}");
        // What came of it is a licence, and where it is fetched stands there.
        assert!(lin.get(&case).await.ok().attributes("main a", "href").contains(&"/me/wallet".to_owned()));
        // Nothing of it lies open in the database, and the look of the agency is on record.
        let dump = town.dump(&["drafts", "cases", "case_steps"]).await;
        assert!(!dump.contains("TS990100118823"), "{dump}");
        let looks = lin.reads("/me/looks").await;
        assert!(looks.contains("补证"), "{looks}");
        backends.stop().await;
        town.close().await;
    }

    /// A household moves: as many people as move are asked for one by one, and what is wrong says with whom.
    async fn several_people_are_named_one_by_one(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 4).await;
        let at = lin.post("/services/YZ01014/start", &[]).await.location();
        let place = [("new_address.street", "云江区政和路1号"), ("move_reason", "bought")];
        let alone = lin.post(&at, &[place[0], place[1], ("members", "1")]).await.location();
        assert!(alone.ends_with("/pages/station"), "{alone}: nobody else is asked for");
        let movers = lin.post(&at, &[place[0], place[1], ("members", "２")]).await.location();
        assert!(movers.ends_with("/pages/movers"), "{movers}");
        let first = [
            ("movers[0].name", "林晓"),
            ("movers[0].identity_number", "990101198501010010"),
            ("movers[0].relation", "self"),
        ];
        let added = lin.post(&movers, &[first[0], first[1], first[2], ("add", "movers")]).await;
        let page = lin.get(&added.location()).await.ok();
        assert_eq!(page.attributes("input[name=\"movers[0].name\"]", "value"), ["林晓"]);
        let second = [("movers[1].name", "林小满"), ("movers[1].identity_number", "990101198501010011")];
        let wrong = lin.post(&movers, &[first[0], first[1], first[2], second[0], second[1]]).await;
        assert_eq!(wrong.status, 422);
        let said = wrong.texts(".errors a");
        assert!(said.len() == 2 && said.iter().all(|one| one.contains("项 · ")), "{said:?}");
        assert_eq!(wrong.attributes("input[name=\"movers[1].name\"]", "value"), ["林小满"]);
        assert_eq!(lin.post(&movers, &[first[0], first[1], first[2], second[0], ("remove", "movers[1]")]).await.status, 303);
        assert!(lin.post(&movers, &first).await.location().ends_with("/pages/station"));
        town.close().await;
    }

    /// A question for a photograph takes no document, and says what it takes.
    async fn a_question_for_a_picture_takes_pictures(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 4).await;
        let answers = [
            ("entry", "birth"),
            ("entry_now", "1985-01-11"),
            ("entry_right", "1985-01-01"),
            ("reason", "登记有误"),
            ("delivery", "electronic"),
        ];
        let mut at = lin.post("/services/YZ01018/start", &[]).await.location();
        while !at.ends_with("/papers") {
            at = lin.post(&at, &answers).await.location();
        }
        let pictures = "main section:has(input[accept*=jpeg]):not(:has(input[accept*=pdf]))";
        let place = lin.get(&at).await.ok().attributes(pictures, "id").remove(0);
        let add = format!("{at}/{}/add", place.trim_start_matches("p-"));
        let wrong = lin.send_file(&add, &[], ("file", "页.pdf", b"%PDF-1.4\n%%EOF\n".as_slice())).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.texts(".errors").join(" ").contains("只收 JPG、PNG 照片"), "{:?}", wrong.texts(".errors"));
        assert_eq!(lin.send_file(&add, &[], ("file", "页.png", &photo())).await.status, 303);
        let file = lin.get(&at).await.ok().attributes("main a[download]", "href").remove(0);
        let given = lin.get(&file).await;
        assert_eq!((given.status, given.header("content-encoding")), (200, "identity"));
        town.close().await;
    }

    async fn what_cannot_be_sent_waits_and_is_sent_once(town: Town) {
        let folder = TempDir::new().unwrap();
        let backends = town.play(&[load("transport")], folder.path()).await;
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let (now, until) = (town.clock.now(), town.clock.now() + TimeDelta::hours(5));
        let order = ("operator", "drill");
        town.db.tx(move |c| outages::order(c, now, "transport", order, Some(until))).await.unwrap();
        let case = lin.applies().await;
        town.work().await;
        let text = lin.reads(&case).await;
        // Friday noon and five hours: the page says when.
        assert!(text.contains("还没有送到") && text.contains("17:00"), "{text}");
        town.pass(TimeDelta::hours(2)).await;
        let lin = Browser::of(&town, who, 3).await;
        assert!(lin.reads(&case).await.contains("还没有送到"));
        town.pass(TimeDelta::hours(3) + TimeDelta::minutes(1)).await;
        let lin = Browser::of(&town, who, 3).await;
        assert!(!lin.reads(&case).await.contains("还没有送到"));
        // The answer is lost after the backend has done it: it is asked, and not told twice.
        let transport = backends.get("transport").unwrap();
        transport.fail(Fault { wrong: Some(Wrong::LostAnswer), ..Fault::default() });
        let second = lin.applies().await;
        town.work().await;
        let text = lin.reads(&second).await;
        assert!(text.contains("正在向"), "{text}");
        transport.fail(Fault::default());
        town.pass(TimeDelta::minutes(10)).await;
        let text = lin.reads(&second).await;
        assert!(!text.contains("正在向") && !text.contains("还没有送到"), "{text}");
        let reference = second.rsplit('/').next().unwrap().to_owned();
        let dump = town.dump(&["cases"]).await;
        let row = dump.lines().find(|line| line.contains(&reference)).unwrap();
        assert!(row.contains("taken"), "{row}");
        backends.stop().await;
        town.close().await;
    }

    async fn nobody_reads_or_takes_back_what_is_anothers(town: Town) {
        let lin = Browser::of(&town, lin(&town).await, 3).await;
        let review = lin.fills(START, &ANSWERS).await;
        let who = citizen(&town, "王敏", "13800000002", &number("19860101", 1)).await;
        let wang = Browser::of(&town, who, 3).await;
        assert_eq!(wang.get(&review).await.status, 404);
        assert_eq!(wang.post(&review.replace("/review", "/submit"), &[]).await.status, 404);
        let case = lin.hands_in(&review).await;
        assert_eq!(wang.get(&case).await.status, 404);
        assert_eq!(wang.post(&format!("{case}/withdraw"), &[("reason", "x")]).await.status, 404);
        assert!(!wang.reads("/me/cases").await.contains("补证"));
        // Under another service's name, which would ask for less, it is not there either.
        assert_eq!(lin.get(&review.replace("YZ13022", "YZ13023")).await.status, 404);
        // Its owner takes it back, once. What was not sent is never sent.
        assert_eq!(lin.post(&format!("{case}/withdraw"), &[("reason", "不办了")]).await.status, 303);
        assert_eq!(lin.post(&format!("{case}/withdraw"), &[("reason", "")]).await.status, 409);
        let text = lin.reads(&case).await;
        assert!(text.contains("已撤回") && text.contains("不办了"), "{text}");
        town.work().await;
        assert!(!town.dump(&["cases"]).await.contains("unknown"));
        town.close().await;
    }

    async fn every_application_of_the_city_can_be_made(town: Town) {
        // In the afternoon every office is open.
        town.clock.advance(TimeDelta::hours(3));
        let folder = TempDir::new().unwrap();
        let city = crate::played::city();
        let backends = town.play(&city, folder.path()).await;
        backends.tick().await;
        let who = citizen(&town, "林晓", "13800000001", &number("19850101", 1)).await;
        let lin = Browser::of(&town, who, 5).await;
        let (mut wrong, mut count) = (Vec::new(), 0);
        for package in &city {
            for service in &package.services {
                let Some(form) = applied(package, service) else { continue };
                town.clock.advance(TimeDelta::seconds(20));
                let answers = examples(&form);
                let pairs: Vec<(&str, &str)> =
                    answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                let review = lin.fills(&format!("/services/{}/start", service.code), &pairs).await;
                let case = lin.hands_in(&review).await;
                town.work().await;
                count += 1;
                let text = lin.reads(&case).await;
                let lost = ["还没有送到", "正在向", "没能送到"].iter().any(|word| text.contains(word));
                if lost {
                    wrong.push(format!("{}/{}: {}", package.slug, service.code, text.chars().take(300).collect::<String>()));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(count > 200, "{count}");
        backends.stop().await;
        town.close().await;
    }
}

/// The form of a service that a person applies for here.
pub fn applied(package: &Package, service: &Service) -> Option<Form> {
    let path = yimen::catalogue::asking::form_of(service)?;
    let fits = service.status == Status::Online && service.audience != Audience::Enterprise;
    fits.then(|| Form::read(&package.forms[path]).unwrap())
}

/// A form's own examples, as a browser would post them.
pub fn examples(form: &Form) -> Vec<(String, String)> {
    let mut document = Map::new();
    for field in &form.fields {
        document.insert(field.name.clone(), example(field));
    }
    let draft = Draft::of(form, &document);
    let mut pairs = Vec::new();
    for field in &form.fields {
        post(&draft, field, &field.name, &mut pairs);
    }
    pairs
}

fn example(field: &yimen_forms::Field) -> Value {
    match &field.kind {
        Kind::Group(parts) => {
            Value::Object(parts.iter().map(|part| (part.name.clone(), example(part))).collect())
        }
        Kind::Repeat { item, least, .. } => (0..(*least).max(1)).map(|_| example(item)).collect(),
        Kind::Choice(choices) => choices[0].value.clone().into(),
        Kind::Many { choices, least, .. } => {
            choices.iter().take((*least).max(1)).map(|choice| Value::from(choice.value.clone())).collect()
        }
        Kind::YesNo | Kind::Agree => true.into(),
        Kind::Whole(range) | Kind::Money(range) => {
            let typed = field.example.as_ref().and_then(|text| text.parse::<i64>().ok());
            typed.or(range.least).unwrap_or(1).into()
        }
        Kind::Number(range) => {
            let typed = field.example.as_ref().and_then(|text| text.parse::<f64>().ok());
            typed.or(range.least).unwrap_or(1.0).into()
        }
        Kind::Text(_) | Kind::File(_) => field.example.clone().unwrap_or_default().into(),
    }
}

fn post(draft: &Draft, field: &yimen_forms::Field, name: &str, pairs: &mut Vec<(String, String)>) {
    match &field.kind {
        Kind::Group(parts) => {
            for part in parts {
                post(draft, part, &format!("{name}.{}", part.name), pairs);
            }
        }
        Kind::Repeat { item, least, .. } => {
            for at in 0..(*least).max(1) {
                post(draft, item, &format!("{name}[{at}]"), pairs);
            }
        }
        _ => pairs.extend(draft.ticked(name).iter().map(|typed| (name.to_owned(), typed.clone()))),
    }
}
