//! Surveys, from the first question to the file that staff take away.

use chrono::TimeDelta;
use yimen::{accounts::staff::Role, ledger::CitizenId};

use crate::{
    desk::worker,
    on_both_engines,
    people::{Browser, citizen, number},
    town::Town,
};

const AGENCY: &str = "weather";
/// The day on which every town opens is 20 November 2026.
const PLAN: [(&str, &str); 9] = [
    ("agency", AGENCY),
    ("title_zh", "预警短信好用吗"),
    ("title_en", "Are our warnings useful?"),
    ("lead_zh", "我们想改进预警短信。"),
    ("lead_en", ""),
    ("who", "signed-in"),
    ("names", "named"),
    ("opens", "2026-11-20"),
    ("closes", "2026-11-30"),
];
const CHOICE: [(&str, &str); 4] = [
    ("label_zh", "您觉得有用吗？"),
    ("asked", "one"),
    ("choices", "有用 | Yes\n没用 | No"),
    ("required", "yes"),
];
const SEVERAL: [(&str, &str); 3] =
    [("label_zh", "您想收到哪些？"), ("asked", "several"), ("choices", "暴雨\n大风\n高温")];
const NUMBER: [(&str, &str); 2] = [("label_zh", "一个月收到几条？"), ("asked", "number")];
const WORDS: [(&str, &str); 2] = [("label_zh", "您有什么建议？"), ("asked", "long")];
const ALL: [&[(&str, &str)]; 4] = [&CHOICE, &SEVERAL, &NUMBER, &WORDS];

fn changed<'a>(fields: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| !changes.iter().any(|(other, _)| other == name));
    kept.chain(changes).copied().collect()
}

impl Browser<'_> {
    /// Begins a survey with all kinds of questions. Its address at the desk.
    async fn designs(&self, changes: &[(&str, &str)]) -> String {
        let begun = self.post("/agency/surveys/new", &changed(&PLAN, changes)).await;
        let here = begun.location();
        assert!(here.starts_with("/agency/surveys/"), "{} {:?}", begun.status, begun.texts(".errors"));
        for question in ALL {
            let asked = self.post(&format!("{here}/questions/new"), question).await;
            assert_eq!(asked.location(), format!("{here}?said=saved"), "{:?}", asked.texts(".errors"));
        }
        here
    }

    async fn acts(&self, here: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.post(here, fields).await;
        assert_eq!(answer.status, 303, "{:?}", answer.texts("main"));
        answer.location().split("said=").nth(1).unwrap_or_default().to_owned()
    }
}

/// A survey that is published: its address at the desk, and for everybody.
pub async fn published(manager: &Browser<'_>, changes: &[(&str, &str)]) -> (String, String) {
    let here = manager.designs(changes).await;
    assert_eq!(manager.acts(&here, &[("act", "publish")]).await, "published");
    let public = here.replace("/agency", "");
    (here, public)
}

async fn head(town: &Town) -> Browser<'_> {
    worker(town, "head", Role::Manager, AGENCY).await.0
}

async fn lin(town: &Town) -> CitizenId {
    citizen(town, "林晓", "13800000001", &number("19850101", 1)).await
}

/// What stands under the questions, without spaces.
async fn totals(staff: &Browser<'_>, here: &str) -> String {
    staff.get(here).await.ok().texts("section[aria-labelledby=totals]").join(" ")
}

async fn squeezed(staff: &Browser<'_>, here: &str) -> String {
    totals(staff, here).await.split_whitespace().collect()
}

const ANSWERS: [(&str, &str); 5] = [("q1", "1"), ("q2", "1"), ("q2", "3"), ("q3", "4"), ("q4", "早一点发")];

on_both_engines! {
    async fn one_answer_each_under_ones_name_changed_and_counted(town: Town) {
        let head = head(&town).await;
        let (here, public) = published(&head, &[]).await;
        assert!(town.get("/surveys").await.ok().body.contains(&public));
        let lin = lin(&town).await;
        let browser = Browser::of(&town, lin, 2).await;
        let mine = browser.get("/me").await.ok();
        assert!(mine.texts("main").join(" ").contains("现在可以填写 1 份"));
        assert!(mine.attributes("main .lines a", "href").contains(&"/surveys".to_owned()));
        assert_eq!(town.get(&format!("{public}/answer")).await.location(), format!("/sign-in?next={}", public.replace('/', "%2F") + "%2Fanswer"));
        let sent = browser.post(&format!("{public}/answer"), &ANSWERS).await;
        assert_eq!(sent.location(), format!("{public}?said=sent"), "{:?}", sent.texts(".errors"));
        let all = squeezed(&head, &here).await;
        for wanted in ["1人回答", "有用1", "没用0", "暴雨1", "大风0", "高温1", "合计4，平均4.0"] {
            assert!(all.contains(wanted), "{wanted} in {all}");
        }
        // What was answered is there to be changed, and counts once.
        let form = browser.get(&format!("{public}/answer")).await.ok();
        assert_eq!(form.texts("textarea[name=q4]"), ["早一点发"]);
        assert_eq!(form.attributes("input[name=q1][checked]", "value"), ["1"]);
        let sent = browser.post(&format!("{public}/answer"), &[("q1", "2"), ("q3", "6")]).await;
        assert_eq!(sent.location(), format!("{public}?said=changed"));
        let all = squeezed(&head, &here).await;
        for wanted in ["有用0", "没用1", "暴雨0", "合计6，平均6.0", "0人回答"] {
            assert!(all.contains(wanted), "{wanted} in {all}");
        }
        // Taken back, nothing of it is left, and they may answer anew.
        assert_eq!(browser.post(&format!("{public}/take-back"), &[]).await.location(), format!("{public}?said=back"));
        assert!(squeezed(&head, &here).await.contains("没用0"));
        assert!(!town.dump(&["survey_answers", "survey_marks"]).await.contains(&lin.uuid().simple().to_string()));
        assert_eq!(browser.post(&format!("{public}/answer"), &ANSWERS).await.location(), format!("{public}?said=sent"));
        town.close().await;
    }

    async fn reading_what_people_wrote_is_a_look(town: Town) {
        let head = head(&town).await;
        let (here, public) = published(&head, &[]).await;
        let browser = Browser::of(&town, lin(&town).await, 2).await;
        let evil = changed(&ANSWERS, &[("q4", "=HYPERLINK(\"http://x\")")]);
        browser.post(&format!("{public}/answer"), &evil).await;
        head.get(&here).await.ok();
        assert_eq!(browser.get("/me/looks").await.ok().texts("main li.line").len(), 0, "totals show nobody's answers");
        let read = head.get(&format!("{here}/answers")).await.ok().texts("main").join(" ");
        assert!(read.contains("林晓") && read.contains("暴雨、高温") && read.contains("HYPERLINK"), "{read}");
        let looks = browser.get("/me/looks").await.ok().texts("main li.line").join(" ");
        assert!(looks.contains("您填写的内容") && looks.contains("预警短信好用吗"), "{looks}");
        // A file takes a reason, which stands in the record.
        assert_eq!(head.post(&format!("{here}/answers.csv"), &[("why", "")]).await.location(), format!("{here}?said=why"));
        let file = head.post(&format!("{here}/answers.csv"), &[("why", "写成改进方案")]).await.ok();
        assert!(file.header("content-disposition").starts_with("attachment"));
        let lines: Vec<&str> = file.body.lines().collect();
        assert_eq!(lines[0], "\u{feff}姓名,日期,您觉得有用吗？,您想收到哪些？,一个月收到几条？,您有什么建议？");
        assert_eq!(lines[1], "林晓,2026-11-20,有用,暴雨、高温,4,\"'=HYPERLINK(\"\"http://x\"\")\"");
        let looks = browser.get("/me/looks").await.ok().texts("main li.line").join(" ");
        assert!(looks.contains("写成改进方案"), "{looks}");
        town.close().await;
    }

    /// Nothing that is kept leads from an answer without a name to a person.
    async fn without_names_nobody_is_found_and_nobody_answers_twice(town: Town) {
        let head = head(&town).await;
        let (here, public) = published(&head, &[("names", "unnamed")]).await;
        let lin = lin(&town).await;
        let browser = Browser::of(&town, lin, 2).await;
        let answer = format!("{public}/answer");
        assert_eq!(browser.post(&answer, &ANSWERS).await.location(), format!("{public}?said=sent"));
        assert_eq!(browser.post(&answer, &ANSWERS).await.location(), public, "once only");
        assert!(browser.get(&public).await.ok().texts("main").join("").contains("您已经答过了"));
        let all = town.dump(&["surveys", "survey_answers", "survey_unnamed", "survey_marks", "survey_counts"]).await;
        assert!(!all.contains(&lin.uuid().simple().to_string()), "{all}");
        let read = head.get(&format!("{here}/answers?part=unnamed")).await.ok().texts("main").join(" ");
        assert!(read.contains("早一点发") && !read.contains("林"), "{read}");
        assert!(browser.get("/me/looks").await.ok().texts("main li.line").is_empty());
        assert!(squeezed(&head, &here).await.contains("有用1"));
        town.close().await;
    }

    async fn each_chooses_about_their_name(town: Town) {
        let head = head(&town).await;
        let (here, public) = published(&head, &[("names", "choice")]).await;
        let browser = Browser::of(&town, lin(&town).await, 2).await;
        let answer = format!("{public}/answer");
        let asked = browser.post(&answer, &ANSWERS).await;
        assert_eq!(asked.status, 422);
        assert_eq!(asked.texts(".field-error").len(), 1, "only whether the name goes with it");
        assert_eq!(asked.texts("textarea[name=q4]"), ["早一点发"], "answers are kept");
        let with = changed(&ANSWERS, &[("survey-name", "named")]);
        assert_eq!(browser.post(&answer, &with).await.location(), format!("{public}?said=sent"));
        // Whoever answered with their name cannot answer once more without it.
        let without = changed(&ANSWERS, &[("survey-name", "unnamed")]);
        assert_eq!(browser.post(&answer, &without).await.location(), public);
        let other = citizen(&town, "王建", "13800000002", &number("19600229", 7)).await;
        let other = Browser::of(&town, other, 2).await;
        assert_eq!(other.post(&answer, &without).await.location(), format!("{public}?said=sent"));
        let text = head.get(&here).await.ok().texts("main .facts").join(" ");
        assert!(text.contains("附姓名 1 份") && text.contains("不附姓名 1 份"), "{text}");
        town.close().await;
    }

    async fn a_campaign_takes_answers_without_an_account_to_a_bound(town: Town) {
        let head = head(&town).await;
        let (here, public) = published(&head, &[("who", "everybody"), ("names", "choice")]).await;
        let guest = town.browser();
        let door = format!("{public}/guest");
        assert!(guest.get(&public).await.ok().attributes("main a.button", "href").contains(&door));
        let mut taken = 0;
        while guest.submit(&door, &[("q1", "1"), ("survey-name", "named")]).await.status == 303 {
            taken += 1;
            assert!(taken < 30, "there is an end to it");
        }
        assert_eq!(taken, 20);
        assert!(squeezed(&head, &here).await.contains("有用20"));
        let text = head.get(&here).await.ok().texts("main .facts").join(" ");
        assert!(text.contains("附姓名 0 份"), "nobody's name is with them: {text}");
        // Whoever is signed in answers as themselves.
        let browser = Browser::of(&town, lin(&town).await, 0).await;
        assert_eq!(browser.get(&door).await.location(), public);
        assert_eq!(browser.post(&format!("{public}/answer"), &[("q1", "2"), ("survey-name", "unnamed")]).await.location(), format!("{public}?said=sent"));
        // Others have no such door.
        let (_, closed) = published(&head, &[]).await;
        assert_eq!(guest.get(&format!("{closed}/guest")).await.location(), closed);
        town.close().await;
    }

    async fn who_may_not_answer_is_told_why(town: Town) {
        let head = head(&town).await;
        let (here, public) = published(&head, &[("who", "verified"), ("opens", "2026-11-22")]).await;
        let answer = format!("{public}/answer");
        let lin = lin(&town).await;
        let low = Browser::of(&town, lin, 2).await;
        assert_eq!(low.get(&answer).await.location(), public, "not yet");
        assert!(low.get(&public).await.ok().texts("main").join("").contains("11月22日起可以填写"));
        town.clock.advance(TimeDelta::days(2));
        let low = Browser::of(&town, lin, 2).await;
        assert!(low.post(&answer, &ANSWERS).await.location().starts_with("/me/verify?level=3"));
        let high = Browser::of(&town, lin, 3).await;
        assert_eq!(high.post(&answer, &ANSWERS).await.location(), format!("{public}?said=sent"));
        // Put off, ended, and over: what comes late is not taken.
        let head = worker(&town, "next", Role::Manager, AGENCY).await.0;
        assert_eq!(head.acts(&here, &[("act", "extend"), ("last", "2026-11-25")]).await, "last", "not brought forward");
        assert_eq!(head.acts(&here, &[("act", "extend"), ("last", "2028-11-25")]).await, "last", "not for years");
        assert_eq!(head.acts(&here, &[("act", "extend"), ("last", "2026-12-05")]).await, "extended");
        town.clock.advance(TimeDelta::days(13));
        let high = Browser::of(&town, lin, 3).await;
        assert_eq!(high.post(&answer, &[("q1", "2")]).await.location(), format!("{public}?said=changed"), "on the last day");
        town.clock.advance(TimeDelta::days(1));
        let high = Browser::of(&town, lin, 3).await;
        assert_eq!(high.post(&answer, &[("q1", "1")]).await.location(), public);
        assert_eq!(high.post(&format!("{public}/take-back"), &[]).await.location(), public);
        let head = worker(&town, "third", Role::Manager, AGENCY).await.0;
        assert!(squeezed(&head, &here).await.contains("没用1"));
        let (_, ended) = published(&head, &[("opens", "2026-12-06"), ("closes", "2026-12-30")]).await;
        assert_eq!(head.acts(&ended.replace("/surveys", "/agency/surveys"), &[("act", "end")]).await, "ended");
        assert_eq!(high.post(&format!("{ended}/answer"), &ANSWERS).await.location(), ended);
        town.close().await;
    }

    async fn a_survey_belongs_to_its_agency_and_is_fixed_once_it_is_published(town: Town) {
        let head = head(&town).await;
        let (officer, _) = worker(&town, "officer", Role::Officer, AGENCY).await;
        let here = officer.designs(&[]).await;
        let public = here.replace("/agency", "");
        assert_eq!(town.get(&public).await.status, 404, "a draft is nobody else's");
        assert_eq!(officer.post(&here, &[("act", "publish")]).await.status, 403, "a manager publishes");
        let (foreign, _) = worker(&town, "foreign", Role::Manager, "museum").await;
        for path in ["", "/plan", "/questions/new", "/questions/q1", "/preview", "/answers"] {
            assert_eq!(foreign.get(&format!("{here}{path}")).await.status, 404, "{path}");
        }
        for path in ["", "/plan", "/questions/q1", "/answers.csv"] {
            assert_eq!(foreign.post(&format!("{here}{path}"), &[("act", "publish"), ("why", "看看")]).await.status, 404, "{path}");
        }
        assert_eq!(foreign.post("/agency/surveys/new", &PLAN).await.status, 422, "not for another agency");
        let (helper, _) = worker(&town, "helper", Role::Integrator, AGENCY).await;
        assert_eq!(helper.get("/agency/surveys").await.status, 403);
        // Moved, changed and taken out while it is put together.
        assert_eq!(officer.acts(&here, &[("act", "up"), ("question", "q2")]).await, "saved");
        assert_eq!(officer.acts(&here, &[("act", "out"), ("question", "q3")]).await, "saved");
        let again = officer.post(&format!("{here}/questions/q1"), &changed(&CHOICE, &[("label_zh", "有没有用？")])).await;
        assert_eq!(again.location(), format!("{here}?said=saved"));
        let preview = officer.get(&format!("{here}/preview")).await.ok();
        let asked: Vec<String> = preview.texts("main legend, main label[for=q4]").into_iter().filter(|text| text.ends_with('？') || text.contains("建议")).collect();
        assert_eq!(asked.len(), 3, "{asked:?}");
        assert!(asked[0].contains("哪些") && asked[1].contains("有没有用"), "{asked:?}");
        assert!(preview.attributes("main form", "action").is_empty(), "nothing can be sent from a preview");
        assert_eq!(head.acts(&here, &[("act", "publish")]).await, "published");
        for (path, fields) in [("/questions/q1", CHOICE.to_vec()), ("/questions/new", CHOICE.to_vec()), ("/plan", PLAN.to_vec())] {
            assert_eq!(head.acts(&format!("{here}{path}"), &fields).await, "not-now", "{path}");
        }
        for act in ["out", "up", "discard", "publish"] {
            assert_eq!(head.acts(&here, &[("act", act), ("question", "q1")]).await, "not-now", "{act}");
        }
        let empty = officer.post("/agency/surveys/new", &PLAN).await.location();
        assert_eq!(head.acts(&empty, &[("act", "publish")]).await, "not-now", "without a question");
        assert_eq!(officer.acts(&empty, &[("act", "discard")]).await, "discarded");
        assert_eq!(officer.get(&empty).await.status, 404);
        town.close().await;
    }

    async fn what_is_wrong_is_said_beside_the_field_and_kept(town: Town) {
        let (officer, _) = worker(&town, "officer", Role::Officer, AGENCY).await;
        let wrong = async |changes: &[(&str, &str)]| {
            let page = officer.post("/agency/surveys/new", &changed(&PLAN, changes)).await;
            assert_eq!(page.status, 422, "{changes:?}");
            page.attributes(".errors a", "href")
        };
        assert_eq!(wrong(&[("title_zh", "")]).await, ["#title_zh"]);
        assert_eq!(wrong(&[("closes", "2026-11-19")]).await, ["#closes"]);
        assert_eq!(wrong(&[("closes", "2027-11-21")]).await, ["#closes"]);
        assert_eq!(wrong(&[("opens", "soon")]).await, ["#opens"]);
        assert_eq!(wrong(&[("who", "everybody")]).await, ["#names-named"]);
        assert_eq!(wrong(&[("who", "x"), ("names", "")]).await, ["#who-everybody", "#names-named"]);
        let long = "字".repeat(101);
        let page = officer.post("/agency/surveys/new", &changed(&PLAN, &[("title_zh", &long)])).await;
        assert_eq!(page.attributes("#title_zh", "value"), [long]);
        let here = officer.designs(&[]).await;
        let question = async |fields: &[(&str, &str)]| {
            officer.post(&format!("{here}/questions/new"), fields).await.attributes(".errors a", "href")
        };
        assert_eq!(question(&[("label_zh", "问题"), ("asked", "one"), ("choices", "只有一个")]).await, ["#choices"]);
        assert_eq!(question(&[("label_zh", ""), ("asked", "drawing")]).await, ["#label_zh", "#asked-one"]);
        assert_eq!(question(&[("label_zh", "问题\u{202e}反"), ("asked", "line")]).await, ["#label_zh"]);
        // And where people answer.
        let (manager, _) = worker(&town, "head", Role::Manager, AGENCY).await;
        assert_eq!(manager.acts(&here, &[("act", "publish")]).await, "published");
        let public = here.replace("/agency", "");
        let browser = Browser::of(&town, lin(&town).await, 2).await;
        let page = browser.post(&format!("{public}/answer"), &[("q2", "9"), ("q3", "many"), ("q4", "好")]).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.attributes(".errors a", "href"), ["#q1-1", "#q2-1", "#q3"]);
        assert_eq!(page.texts("textarea[name=q4]"), ["好"]);
        town.close().await;
    }

    async fn two_clicks_at_once_are_one_answer(town: Town) {
        let head = head(&town).await;
        let (here, public) = published(&head, &[("names", "unnamed")]).await;
        let lin = lin(&town).await;
        let browsers = futures_util::future::join_all((0..6).map(|_| Browser::of(&town, lin, 2))).await;
        let answer = format!("{public}/answer");
        let sent = futures_util::future::join_all(browsers.iter().map(|one| one.post(&answer, &ANSWERS))).await;
        assert_eq!(sent.iter().filter(|one| one.location().ends_with("said=sent")).count(), 1);
        assert!(squeezed(&head, &here).await.contains("有用1"));
        town.close().await;
    }

    /// Whoever changes an answer in two windows, while others answer, is counted once; and a file has everybody in it.
    async fn answers_that_come_in_at_once_are_all_counted_once(town: Town) {
        let head = head(&town).await;
        let (here, public) = published(&head, &[]).await;
        let mut browsers = Vec::new();
        for order in 1..=6_u16 {
            let phone = format!("1380000000{order}");
            let somebody = citizen(&town, "林晓", &phone, &number("19850101", order)).await;
            browsers.push((order, Browser::of(&town, somebody, 2).await));
        }
        let answer = format!("{public}/answer");
        for round in 0..3_u16 {
            let mut sent = Vec::new();
            for (order, browser) in &browsers {
                // Each time other questions are answered, in two windows at once.
                for window in 0..2 {
                    let even = |number: u16| number.is_multiple_of(2);
                    let mut fields = vec![("q1", if even(order + round + window) { "1" } else { "2" })];
                    fields.extend(even(order + round).then_some(("q3", "5")));
                    fields.extend(even(order + window).then_some(("q2", "2")));
                    let answer = &answer;
                    sent.push(async move { browser.post(answer, &fields).await.location() });
                }
            }
            for location in futures_util::future::join_all(sent).await {
                assert!(location.contains("said="), "{location}");
            }
        }
        let all = squeezed(&head, &here).await;
        let cells = head.get(&here).await.ok().texts("section[aria-labelledby=totals] td");
        let count = |at: usize| cells[at].parse::<u64>().unwrap();
        assert!(all.starts_with("统计您觉得有用吗？6人回答"), "{all}");
        assert_eq!(count(0) + count(2), 6, "{all}");
        let file = head.post(&format!("{here}/answers.csv"), &[("why", "核对")]).await.ok();
        assert_eq!(file.body.lines().count(), 7);
        let useful = file.body.matches(",有用,").count();
        assert_eq!(u64::try_from(useful).unwrap(), count(0), "the counts are those of what is kept");
        assert_eq!(head.get(&format!("{here}/answers?page=18446744073709551615")).await.status, 200);
        town.close().await;
    }

    async fn what_people_wrote_is_deleted_and_the_counts_stay(town: Town) {
        let head = head(&town).await;
        let (here, public) = published(&head, &[("names", "choice")]).await;
        for (order, name) in [(1, "named"), (3, "unnamed")] {
            let somebody = citizen(&town, "林晓", &format!("1380000000{order}"), &number("19850101", order)).await;
            let browser = Browser::of(&town, somebody, 2).await;
            browser.post(&format!("{public}/answer"), &changed(&ANSWERS, &[("survey-name", name)])).await;
        }
        town.pass(TimeDelta::days(370)).await;
        assert!(town.dump(&["survey_unnamed"]).await.contains("2026-11-20"), "not before its time");
        town.pass(TimeDelta::days(8)).await;
        town.work().await;
        assert_eq!(town.dump(&["survey_answers", "survey_unnamed", "survey_marks"]).await.matches("2026-11").count(), 0);
        let (head, _) = worker(&town, "later", Role::Manager, AGENCY).await;
        assert!(squeezed(&head, &here).await.contains("有用2"));
        assert_eq!(head.get(&format!("{here}/answers")).await.location(), here);
        town.close().await;
    }
}
