//! Households that an agency helps: records, visits, counts.

use chrono::TimeDelta;
use yimen::{
    accounts::staff::Role,
    households::personal,
    ledger::{LedgerError, PersonalData as _},
};

use crate::{
    cases::lin,
    desk::worker,
    on_both_engines,
    people::{Browser, citizen, number},
    staff::at_work,
    town::Answer,
};

const AGENCY: &str = "civil-affairs";
const DESK: &str = "/agency/households";
const NEW: &str = "/agency/households/new";
const MINE: &str = "/me/households";
const FIGURES: &str = "/admin/households";
const ABOUT: &str = "母亲失能，靠低保和护理补贴生活。";
const VISIT: [(&str, &str); 6] = [
    ("act", "visit"),
    ("seen", "0"),
    ("visit-on", "2026-11-20"),
    ("visit-outcome", "needs-more"),
    ("visit-words", "屋顶漏雨，已经报修。"),
    ("visit-next", "2026-11-27"),
];

fn record(id: &str) -> Vec<(&'static str, String)> {
    vec![
        ("number", id.to_owned()),
        ("reason", "核对家庭情况".to_owned()),
        ("service", "YZ12014".to_owned()),
        ("district", "990101".to_owned()),
        ("members", "3".to_owned()),
        ("about", ABOUT.to_owned()),
        ("next", "2026-12-20".to_owned()),
    ]
}

fn changed(name: &str, value: &str) -> Vec<(&'static str, String)> {
    let mut fields = record(&number("19850101", 1));
    for (known, typed) in &mut fields {
        if *known == name {
            value.clone_into(typed);
        }
    }
    fields
}

fn errors(answer: &Answer) -> Vec<String> {
    answer.attributes(".errors a", "href")
}

impl Browser<'_> {
    async fn begins_record(&self, fields: &[(&'static str, String)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.post(NEW, &fields).await
    }

    async fn words_of(&self, path: &str) -> String {
        self.get(path).await.ok().texts("main").join(" ")
    }
}

on_both_engines! {
    async fn a_household_is_known_to_its_agency_and_to_itself_and_to_nobody_else(town: Town) {
        let who = lin(&town).await;
        let lin = Browser::of(&town, who, 3).await;
        let wang = citizen(&town, "王建", "13800000002", &number("19600229", 7)).await;
        let wang = Browser::of(&town, wang, 3).await;
        let (officer, officer_id) = worker(&town, "carer", Role::Officer, AGENCY).await;
        let (parks, _) = worker(&town, "parks", Role::Officer, "parks").await;
        let (above, _) = worker(&town, "above", Role::Administrator, "/").await;
        assert_eq!(above.get(DESK).await.status, 403);
        assert!(officer.words_of(DESK).await.contains("没有这样的家庭"));
        assert!(lin.words_of(MINE).await.contains("没有部门为您家建立过帮扶档案"));
        // What is missing is said beside its field, and nobody was looked up.
        for (name, value, wrong) in [
            ("number", "1", "#number"),
            ("reason", "", "#reason"),
            ("service", "YZ12003", "#service"),
            ("members", "0", "#members"),
            ("about", "", "#about"),
            ("next", "2026-11-20", "#next"),
        ] {
            let sent = officer.begins_record(&changed(name, value)).await;
            assert_eq!((sent.status, errors(&sent)), (422, vec![wrong.to_owned()]), "{name}");
        }
        assert_eq!(errors(&parks.begins_record(&changed("", "")).await), ["#service"], "another agency gives this");
        let nobody = officer.begins_record(&record(&number("19990101", 1))).await;
        assert_eq!((nobody.status, errors(&nobody)), (422, vec!["#number".to_owned()]));
        assert!(!lin.words_of("/me/looks").await.contains("核对家庭情况"));
        assert_eq!(town.dump(&["households"]).await, "");
        let begun = officer.begins_record(&changed("", "")).await;
        assert_eq!(begun.status, 303, "{:?}", begun.texts(".errors"));
        let page = begun.location();
        assert_eq!(officer.begins_record(&changed("", "")).await.location(), page, "one record for a service");
        assert!(lin.words_of("/me/looks").await.contains("核对家庭情况"));
        // The agency opens it on record, the person reads all of it, and nobody else anything.
        assert!(officer.words_of(DESK).await.contains("特困人员供养"));
        assert!(!lin.words_of("/me/looks").await.contains("手机号、家庭情况"), "the list opened nothing");
        let shown = officer.words_of(&page).await;
        assert!(shown.contains("林晓") && shown.contains(ABOUT) && shown.contains("还没有走访过"), "{shown}");
        assert!(lin.words_of("/me/looks").await.contains("手机号、家庭情况"));
        assert!(lin.words_of(MINE).await.contains(ABOUT));
        assert!(!wang.words_of(MINE).await.contains(ABOUT));
        assert_eq!(parks.get(&page).await.status, 404);
        assert_eq!(parks.post(&page, &VISIT).await.status, 404);
        assert!(!parks.words_of(DESK).await.contains("特困"));
        // A visit is put down once, with what was found.
        let wrong = [VISIT[0], VISIT[1], ("visit-on", "2026-11-21"), ("visit-words", "看过了"), VISIT[5]];
        let sent = officer.post(&page, &wrong).await;
        assert_eq!((sent.status, errors(&sent).len()), (422, 2), "{:?}", sent.texts(".errors"));
        assert!(sent.texts("textarea").contains(&"看过了".to_owned()));
        assert_eq!(officer.post(&page, &VISIT).await.location(), format!("{page}?said=done"));
        assert_eq!(officer.post(&page, &VISIT).await.location(), format!("{page}?said=meanwhile"), "once");
        let mine = lin.words_of(MINE).await;
        assert!(mine.contains("屋顶漏雨") && mine.contains("需要更多帮助"), "{mine}");
        let rows = town.dump(&["households", "household_visits"]).await;
        assert!(!rows.contains("失能") && !rows.contains("屋顶"), "sealed");
        // What is past its day is late.
        assert!(officer.words_of(&format!("{DESK}?show=late")).await.contains("没有这样的家庭"));
        town.pass(TimeDelta::days(8)).await;
        let officer = at_work(&town, officer_id, Role::Officer, AGENCY).await;
        let late = officer.words_of(&format!("{DESK}?show=late")).await;
        assert!(late.contains("已过走访日期") && late.contains("特困人员供养"), "{late}");
        let cells = officer.get(DESK).await.ok().texts("table tbody td");
        assert_eq!(cells[1..], ["1", "1", "1", "1"], "{cells:?}");
        // Above it stands how many, and nothing about so few.
        let (above, _) = worker(&town, "above-later", Role::Administrator, "/").await;
        let cells = above.get(FIGURES).await.ok().texts("table tbody td");
        assert_eq!(cells[1..], ["不显示"; 4], "{cells:?}");
        let file = above.get(&format!("{FIGURES}.csv")).await.ok();
        assert!(file.body.contains("civil-affairs,YZ12014,,,,"), "{}", file.body);
        assert_eq!(officer.get(FIGURES).await.status, 403);
        // What changed is put down, and that it is over.
        let change =
            [("act", "change"), ("seen", "1"), ("change-members", "2"), ("change-about", "母亲去世，一人生活。")];
        assert_eq!(officer.post(&page, &change).await.location(), format!("{page}?said=done"));
        let end = [("act", "end"), ("seen", "1")];
        assert_eq!(officer.post(&page, &end).await.location(), format!("{page}?said=done"));
        assert_eq!(officer.post(&page, &end).await.location(), format!("{page}?said=meanwhile"));
        assert!(officer.get(&page).await.ok().texts("main form").is_empty());
        let lin = Browser::of(&town, who, 3).await;
        assert!(lin.words_of(MINE).await.contains("母亲去世"), "it stays to be read");
        // Whoever leaves takes it along.
        let now = town.clock.now();
        let erased = town.db.tx(move |c| personal::Households.erase(c, now, who)).await;
        erased.unwrap_or_else(|error: LedgerError| panic!("{error}"));
        assert_eq!(town.dump(&["households", "household_visits"]).await, "");
        town.close().await;
    }
}
