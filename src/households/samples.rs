//! Samples of the pages of households, for their snapshots.

use chrono::NaiveDate;
use yimen_contract::Bilingual;

use super::{
    figures::Figures,
    views::{
        DeskView, FigureLine, FiguresView, HouseholdLine, MineView, OneView, OwnRecord, VisitLine, WorkForm,
    },
};
use crate::{
    accounts::staff::views::at_work,
    platform::Texts,
    web::frame::{Choice, Field, Frame, Input, Pager, Tab, Text},
};

fn say(t: Texts, zh: &str, en: &str) -> Text {
    Text::of(t, &Bilingual::new(zh, en))
}

fn name(t: Texts) -> Text {
    say(t, "特困人员供养申请", "Support for destitute persons")
}

fn agency(t: Texts) -> Text {
    say(t, "云州市民政局", "Yunzhou Civil Affairs Bureau")
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn figures(t: Texts, least: u64) -> Vec<FigureLine> {
    let figures = Figures { households: 120, late: 3, visits: 410, more: 22 };
    let few = say(t, "临时救助申请", "Temporary assistance");
    vec![
        FigureLine::of(name(t), agency(t), Some(figures), least),
        FigureLine::of(few, agency(t), None, least),
    ]
}

fn visits() -> Vec<VisitLine> {
    let visit = |on, outcome, words: &str| VisitLine { on, outcome, words: words.to_owned() };
    vec![
        visit(day(11, 2), "needs-more", "屋顶 <漏雨>，已报修。"),
        visit(day(8, 4), "steady", "身体稳定，补贴按月到账。"),
    ]
}

impl DeskView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let frame = at_work(frame);
        let t = frame.t;
        let tab = |tag: &str, current| Tab {
            label: t.household_show(tag),
            url: format!("/agency/households?show={tag}"),
            count: None,
            current,
        };
        let line = |late, visited| HouseholdLine {
            url: "/agency/households/0193".to_owned(),
            name: name(t),
            agency: agency(t),
            district: Some(say(t, "云江区", "Yunjiang District")),
            members: 3,
            late,
            visited,
            next: Some(day(12, 1)),
        };
        Self {
            tabs: vec![tab("open", true), tab("late", false), tab("ended", false)],
            lines: vec![line(true, Some(day(8, 4))), line(false, None)],
            pager: Pager { page: 1, pages: 1, base: "/agency/households?show=open&page=".to_owned() },
            figures: figures(t, 0),
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { lines: Vec::new(), figures: Vec::new(), ..Self::sample(frame) }
    }
}

impl FiguresView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let frame = at_work(frame);
        Self { least: 10, figures: figures(frame.t, 10), frame }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { figures: Vec::new(), ..Self::sample(frame) }
    }
}

impl OneView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let frame = at_work(frame);
        let t = frame.t;
        let outcomes = ["steady", "needs-more", "needs-less", "absent"];
        let outcomes = outcomes.map(|tag| Choice::new(tag, t.household_outcome(tag), false)).into();
        let found = Field::new("visit-outcome", t.household_found()).choices(outcomes);
        let words = Field::new("visit-words", t.household_words()).hint(t.household_words_hint());
        Self {
            csrf: "token".to_owned(),
            url: "/agency/households/0193".to_owned(),
            said: Some(("ok", t.household_said_done().to_owned())),
            name: name(t),
            agency: agency(t),
            who: Some("林晓".to_owned()),
            phone: Some("13800000001".to_owned()),
            district: Some(say(t, "云江区", "Yunjiang District")),
            members: 3,
            about: "一人失能，靠 <补贴> 生活。".to_owned(),
            late: true,
            next: Some(day(11, 10)),
            ended: None,
            visits: visits(),
            forms: vec![
                WorkForm {
                    act: "visit",
                    inputs: vec![
                        Input::new("date", Field::new("visit-on", t.household_on()).value("2026-11-20")),
                        Input::new("radio", found.error(t.wrong_choice())),
                        Input::new("long", words.value(say(t, "看过了", "Looked in").text)),
                    ],
                },
                WorkForm { act: "end", inputs: Vec::new() },
            ],
            frame,
        }
    }

    pub(crate) fn sample_ended(frame: Frame) -> Self {
        Self {
            said: None,
            who: None,
            phone: None,
            district: None,
            late: false,
            next: None,
            ended: Some(day(11, 20)),
            visits: Vec::new(),
            forms: Vec::new(),
            ..Self::sample(frame)
        }
    }
}

impl MineView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let record = OwnRecord {
            name: name(t),
            agency: agency(t),
            members: 3,
            about: "一人失能，靠 <补贴> 生活。".to_owned(),
            next: Some(day(12, 1)),
            ended: None,
            visits: visits(),
        };
        let over = OwnRecord {
            name: say(t, "临时救助申请", "Temporary assistance"),
            agency: agency(t),
            members: 2,
            about: "火灾后临时安置。".to_owned(),
            next: None,
            ended: Some(day(9, 1)),
            visits: Vec::new(),
        };
        Self { records: vec![record, over], frame }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { records: Vec::new(), frame }
    }
}
