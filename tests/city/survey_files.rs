//! Files that answer questions of a survey: put there before the answers, read by whoever asks, on the record.

use chrono::TimeDelta;
use yimen::{accounts::staff::Role, ledger::CitizenId};

use crate::{
    desk::worker,
    on_both_engines,
    papers::{PDF, photo, stored},
    people::{Browser, citizen, number},
    staff::at_work,
    town::{Answer, Engine, Town},
};

const AGENCY: &str = "weather";
/// The day on which every town opens is 20 November 2026.
const PLAN: [(&str, &str); 9] = [
    ("agency", AGENCY),
    ("title_zh", "积水照片收集"),
    ("title_en", ""),
    ("lead_zh", "请告诉我们哪里积水。"),
    ("lead_en", ""),
    ("who", "signed-in"),
    ("names", "named"),
    ("opens", "2026-11-20"),
    ("closes", "2026-11-30"),
];
const CHOICE: [(&str, &str); 3] =
    [("label_zh", "您家附近积水吗？"), ("asked", "one"), ("choices", "积水 | Yes\n不积水 | No")];
const NEEDED: [(&str, &str); 3] = [("label_zh", "积水的照片"), ("asked", "file"), ("required", "yes")];
const OPTIONAL: [(&str, &str); 2] = [("label_zh", "受损清单"), ("asked", "file")];

impl Browser<'_> {
    /// Publishes a survey that asks for a file, and for another if people like. Its address at the desk, and for everybody.
    async fn asks_for_files(&self) -> (String, String) {
        let here = self.post("/agency/surveys/new", &PLAN).await.location();
        for question in [&CHOICE[..], &NEEDED, &OPTIONAL] {
            let asked = self.post(&format!("{here}/questions/new"), question).await;
            assert_eq!(asked.location(), format!("{here}?said=saved"), "{:?}", asked.texts(".errors"));
        }
        let published = self.post(&here, &[("act", "publish")]).await;
        assert_eq!(published.location(), format!("{here}?said=published"));
        let public = here.replace("/agency", "");
        (here, public)
    }

    async fn puts(&self, survey: &str, question: &str, name: &str, bytes: &[u8]) -> Answer {
        self.send_file(&format!("{survey}/files/{question}/add"), &[], ("file", name, bytes)).await
    }

    /// The addresses of one's files.
    async fn put_there(&self, survey: &str) -> Vec<String> {
        self.get(&format!("{survey}/files")).await.ok().attributes("main a[download]", "href")
    }
}

async fn lin(town: &Town) -> CitizenId {
    citizen(town, "林晓", "13800000001", &number("19850101", 1)).await
}

async fn totals(staff: &Browser<'_>, here: &str) -> String {
    let page = staff.get(here).await.ok();
    page.texts("section[aria-labelledby=totals]").join(" ").split_whitespace().collect()
}

on_both_engines! {
    async fn a_file_goes_from_whoever_answers_to_whoever_asks_and_to_nobody_else(town: Town) {
        let (head, _) = worker(&town, "head", Role::Manager, AGENCY).await;
        let (here, public) = head.asks_for_files().await;
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let wang = citizen(&town, "王建", "13800000002", &number("19600229", 7)).await;
        let wang = Browser::of(&town, wang, 2).await;
        let (files, answer) = (format!("{public}/files"), format!("{public}/answer"));

        // Files come first, and nothing goes on or is sent without the one that must be there.
        assert!(lin.get(&public).await.ok().attributes("main a.button", "href").contains(&files));
        assert_eq!(lin.get(&answer).await.location(), files);
        assert_eq!(lin.post(&answer, &[("q1", "1")]).await.location(), format!("{files}?missing=1"));
        let missing = lin.post(&files, &[]).await;
        assert_eq!((missing.status, missing.attributes(".errors a", "href")), (422, vec!["#p-q2".to_owned()]));
        let put = lin.puts(&public, "q2", "../../楼下.jpeg", &photo()).await;
        assert_eq!(put.location(), format!("{files}#p-q2"), "{:?}", put.texts(".errors"));
        assert_eq!(lin.post(&files, &[]).await.location(), answer);
        assert!(lin.get(&answer).await.ok().texts("main").join(" ").contains("楼下.png"));

        // It is one's own, as a download; no other person has it, and nobody at the agency before there is an answer.
        let own = lin.put_there(&public).await.remove(0);
        let file = own.replace("/surveys", "/agency/surveys");
        let given = lin.get(&own).await.ok();
        assert!(given.header("content-disposition").starts_with("attachment; "));
        assert_eq!((given.header("content-type"), given.header("x-content-type-options")), ("image/png", "nosniff"));
        assert_eq!(given.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(wang.get(&own).await.status, 404);
        wang.post(&format!("{files}/q2/remove"), &[]).await;
        assert_eq!(lin.put_there(&public).await, std::slice::from_ref(&own));
        assert_eq!(head.get(&file).await.status, 404);

        // With the answer it is the agency's to see: each time on the record, and for no other agency.
        assert_eq!(lin.post(&answer, &[("q1", "1")]).await.location(), format!("{public}?said=sent"));
        assert!(!lin.reads("/me/looks").await.contains("您提交的材料"));
        let given = head.get(&file).await.ok();
        assert!(given.header("content-disposition").starts_with("attachment; "));
        assert_eq!(given.header("content-type"), "image/png");
        let looks = lin.reads("/me/looks").await;
        assert!(looks.contains("您提交的材料") && looks.contains("积水照片收集"), "{looks}");
        let (foreign, _) = worker(&town, "foreign", Role::Manager, "museum").await;
        assert_eq!(foreign.get(&file).await.status, 404);
        assert_ne!(foreign.get(&file.replace("/agency", "")).await.status, 200);
        let read = head.get(&format!("{here}/answers")).await.ok();
        assert!(read.texts("main").join(" ").contains("楼下.png"));
        assert_eq!(read.attributes("main a[download]", "href"), std::slice::from_ref(&file));
        let sheet = head.post(&format!("{here}/answers.csv"), &[("why", "排查积水点")]).await.ok();
        assert_eq!(sheet.body.lines().nth(1), Some("林晓,2026-11-20,积水,楼下.png,"));

        // What is changed afterwards changes the answer, and what it must have is replaced, not taken away.
        assert!(totals(&head, &here).await.contains("积水的照片1人回答受损清单0人回答"));
        assert_eq!(lin.puts(&public, "q3", "清单.pdf", PDF).await.status, 303);
        assert!(totals(&head, &here).await.contains("积水的照片1人回答受损清单1人回答"));
        assert_eq!(lin.post(&format!("{files}/q3/remove"), &[]).await.location(), format!("{files}#p-q3"));
        let kept = lin.post(&format!("{files}/q2/remove"), &[]).await;
        assert_eq!((kept.status, kept.attributes(".errors a", "href")), (422, vec!["#p-q2".to_owned()]));
        assert_eq!(lin.puts(&public, "q2", "新的.pdf", PDF).await.status, 303);
        assert!(totals(&head, &here).await.contains("积水的照片1人回答受损清单0人回答"));
        assert_eq!(head.get(&file).await.status, 404, "what was replaced");
        let read = head.get(&format!("{here}/answers")).await.ok();
        let file = read.attributes("main a[download]", "href").remove(0);
        assert!(head.get(&file).await.ok().body.starts_with("%PDF"));

        // Nothing lies open; it is part of what is held about the person, and goes when the answer is taken back.
        let dump = town.dump(&["survey_files"]).await;
        assert!(!dump.contains("新的") && !dump.contains("积水"), "{dump}");
        assert!(stored(&town).iter().all(|file| !file.starts_with(b"\x89PNG") && !file.starts_with(b"%PDF")));
        assert!(lin.get("/me/privacy/export.json").await.ok().body.contains("新的.pdf"));
        assert_eq!(lin.post(&format!("{public}/take-back"), &[]).await.location(), format!("{public}?said=back"));
        assert_eq!(town.dump(&["survey_files"]).await, "");
        assert_eq!(head.get(&file).await.status, 404);
        assert!(totals(&head, &here).await.contains("积水的照片0人回答"));
        town.close().await;
    }

    async fn what_is_no_paper_is_refused_and_files_come_under_names(town: Town) {
        let (head, _) = worker(&town, "head", Role::Manager, AGENCY).await;
        let (_, public) = head.asks_for_files().await;
        let lin = Browser::of(&town, lin(&town).await, 2).await;
        let script = b"%PDF-1.4\n1 0 obj << /OpenAction << /S /JavaScript /JS (1) >> >> endobj\ntrailer << >>\n%%EOF\n";
        for (name, bytes, why) in [
            ("照片.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".as_slice(), "只收 PDF、JPG、PNG"),
            ("照片.pdf", b"<!DOCTYPE html><script>alert(1)</script>", "只收 PDF、JPG、PNG"),
            ("清单.pdf", script, "脚本"),
            ("清单.pdf", &PDF[..30], "文件损坏"),
            ("清单.pdf", b"", "文件是空的"),
        ] {
            let answer = lin.puts(&public, "q2", name, bytes).await;
            let said = answer.texts(".errors").join(" ");
            assert!(answer.status == 422 && said.contains(why), "{name}: {} {said}", answer.status);
        }
        assert_eq!(lin.puts(&public, "q2", "", b"").await.status, 422, "none was chosen");
        assert_eq!(lin.puts(&public, "q1", "a.pdf", PDF).await.status, 404, "no question for a file");
        let forged = lin.send_parts(&format!("{public}/files/q2/add"), &[], ("file", "a.pdf", PDF)).await;
        assert_eq!(forged.status, 403);
        assert!(stored(&town).is_empty() && town.dump(&["survey_files"]).await.is_empty());
        // Nobody names a file in the form itself.
        let named = lin.post(&format!("{public}/answer"), &[("q1", "1"), ("q2", "0193")]).await;
        assert_eq!(named.location(), format!("{public}/files?missing=1"));

        // A file would tell who answers without a name.
        let plan: Vec<_> = PLAN.map(|(name, value)| if name == "names" { (name, "choice") } else { (name, value) }).into();
        let loose = head.post("/agency/surveys/new", &plan).await.location();
        let asked = head.post(&format!("{loose}/questions/new"), &NEEDED).await;
        assert_eq!((asked.status, asked.attributes(".errors a", "href")), (422, vec!["#asked-one".to_owned()]));
        let bound = head.post("/agency/surveys/new", &PLAN).await.location();
        assert_eq!(head.post(&format!("{bound}/questions/new"), &NEEDED).await.status, 303);
        let loosened = head.post(&format!("{bound}/plan"), &plan).await;
        assert_eq!((loosened.status, loosened.attributes(".errors a", "href")), (422, vec!["#names-named".to_owned()]));
        head.get(&format!("{bound}/preview")).await.ok();
        town.close().await;
    }

    async fn a_survey_that_is_over_takes_no_files_and_lets_them_go_in_time(town: Town) {
        let (head, head_id) = worker(&town, "head", Role::Manager, AGENCY).await;
        let (here, public) = head.asks_for_files().await;
        let (lin, wang) = (lin(&town).await, citizen(&town, "王建", "13800000002", &number("19600229", 7)).await);
        for (who, sends) in [(lin, true), (wang, false)] {
            let browser = Browser::of(&town, who, 2).await;
            assert_eq!(browser.puts(&public, "q2", "楼下.png", &photo()).await.status, 303);
            if sends {
                let sent = browser.post(&format!("{public}/answer"), &[("q1", "2")]).await;
                assert_eq!(sent.location(), format!("{public}?said=sent"));
            }
        }
        assert_eq!(stored(&town).len(), 2);
        assert_eq!(head.post(&here, &[("act", "end")]).await.location(), format!("{here}?said=ended"));
        let browser = Browser::of(&town, lin, 2).await;
        let own = format!("{public}/files");
        assert_eq!(browser.get(&own).await.location(), public);
        assert_eq!(browser.puts(&public, "q2", "新的.png", &photo()).await.location(), public);
        assert_eq!(browser.post(&format!("{own}/q2/remove"), &[]).await.location(), public);
        // Whoever never sent what they put there is let go of first, and whoever did keeps it as long as the answer is kept.
        town.pass(TimeDelta::days(3)).await;
        town.pass(TimeDelta::days(1)).await;
        assert_eq!(town.dump(&["survey_files"]).await.lines().count(), 1);
        assert_eq!(stored(&town).len(), 1);
        let head = at_work(&town, head_id, Role::Manager, AGENCY).await;
        let read = head.get(&format!("{here}/answers")).await.ok();
        let file = read.attributes("main a[download]", "href").remove(0);
        let browser = Browser::of(&town, lin, 2).await;
        assert_eq!(browser.get(&file.replace("/agency", "")).await.ok().header("content-type"), "image/png");
        town.pass(TimeDelta::days(380)).await;
        town.pass(TimeDelta::days(2)).await;
        town.work().await;
        assert_eq!(town.dump(&["survey_files", "survey_answers"]).await, "");
        assert!(stored(&town).is_empty());
        let (head, _) = worker(&town, "later", Role::Manager, AGENCY).await;
        assert!(totals(&head, &here).await.contains("积水的照片1人回答"), "the counts stay");
        town.close().await;
    }
}

#[actix_web::test]
async fn sizes_are_held_to() {
    let settings = [("YIMEN_FILES_FILE_MB", "1"), ("YIMEN_FILES_APPLICATION_MB", "1")];
    let town = Town::open_with(Engine::Sqlite, &settings).await;
    let (head, _) = worker(&town, "head", Role::Manager, AGENCY).await;
    let (_, public) = head.asks_for_files().await;
    let lin = Browser::of(&town, lin(&town).await, 2).await;
    let long = |length: usize| [PDF, &vec![b'\n'; length], b"%%EOF\n"].concat();
    for (question, length, refused) in [
        ("q2", 3 << 20, Some("最多 1 MB")),
        ("q2", 900 << 10, None),
        ("q3", 200 << 10, Some("加起来不能超过")),
    ] {
        let answer = lin.puts(&public, question, "清单.pdf", &long(length)).await;
        let said = answer.texts(".errors").join(" ");
        match refused {
            Some(why) => assert!(answer.status == 422 && said.contains(why), "{}: {said}", answer.status),
            None => assert_eq!(answer.status, 303, "{said}"),
        }
    }
    // A file in its place is not counted beside it.
    assert_eq!(lin.puts(&public, "q2", "清单.pdf", &long(800 << 10)).await.status, 303);
    assert_eq!(town.dump(&["survey_files"]).await.lines().count(), 1);
    town.close().await;
}
