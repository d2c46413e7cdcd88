//! Samples of the pages of scorecards, for their snapshots.

use chrono::NaiveDate;
use yimen_contract::Bilingual;
use yimen_scores::chart::{Chart, Series, Value};

use super::{
    model::{Kept, Sum},
    sheet::{Formulas, Place},
    stage::Month,
    views::{
        AdminView, AgencyCardView, AlarmForm, AlarmLine, CardLine, ChartView, DeskPart, FormulaView,
        LeagueView, MonthLine, PartLine, RetireLine, RetireView, ServiceCardView, SilentLine,
    },
};
use crate::{
    db::Json,
    platform::{Texts, named},
    ratings::views::month_name,
    surveys::views::{AboutPortal, Bar, Total},
    web::frame::{Choice, Dates as _, Field, Frame, Link, Pager, Tab, Text},
};

pub(super) fn month() -> Month {
    Month::named("2026-11").unwrap()
}

pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

pub(super) fn say(t: Texts, zh: &str, en: &str) -> Text {
    Text::of(t, &Bilingual::new(zh, en))
}

/// What people said of the portal itself.
pub(super) fn about_portal(t: Texts) -> AboutPortal {
    let bar = |zh: &str, en: &str, count, share| Bar { label: say(t, zh, en), count, share };
    AboutPortal {
        title: Link::new(say(t, "您觉得本网站好用吗？", "Is this site easy to use?"), "/surveys/0193"),
        opens: day(11, 1),
        closes: day(11, 30),
        answered: 43,
        totals: vec![Total {
            label: say(t, "总的来说，您满意吗？", "All in all, are you satisfied?"),
            answered: 43,
            bars: vec![bar("满意", "Yes", 30, 70), bar("不满意", "No", 13, 30)],
            numbers: None,
        }],
    }
}

pub(super) fn service(t: Texts) -> Link {
    Link::new(say(t, "道路运输证补证", "Replace a road transport certificate"), "/quality/services/YZ13022")
}

pub(super) fn agency(t: Texts) -> Link {
    Link::new(say(t, "市交通运输局", "Transport Bureau"), "/quality/agencies/transport")
}

fn kept(rated: i64) -> Kept {
    Kept {
        finished: 2 * rated,
        very_satisfied: rated - rated / 8,
        dissatisfied: rated / 8,
        decided: 2 * rated,
        on_time: 2 * rated - 3,
        on_time_of: 2 * rated,
        first_pass: rated,
        reachable: 995,
        reachable_of: 1_000,
        durations: Json([(2_880, u64::try_from(rated).unwrap())].into_iter().collect()),
        promised_minutes: 7_200,
        guide: 11,
        guide_of: 12,
        ..Kept::empty("YZ13022", month())
    }
}

pub(super) fn line(t: Texts, name: Link, rated: i64, (shown, place): (bool, Option<Place>)) -> CardLine {
    let kept = kept(rated);
    let formulas = Formulas::read().unwrap();
    let score = formulas.of(month()).map(|formula| formula.score(&kept.row().unwrap()));
    CardLine::of(t, name, (&Sum::of([&kept]), score.as_ref()), (shown, place))
}

pub(super) fn chart(t: Texts) -> ChartView {
    let value = |at: Option<f64>| Value { at, shown: at.map_or("—".to_owned(), |at| format!("{at:.1}%")) };
    ChartView::lines(&Chart {
        id: "trend".to_owned(),
        title: t.quality_trend().to_owned(),
        summary: t.quality_trend_about(named::From("2026-09"), named::To("2026-11")),
        over: t.quality_month().to_owned(),
        labels: ["2026-09", "2026-10", "2026-11"].map(str::to_owned).into(),
        series: vec![
            Series {
                name: t.quality_satisfied().to_owned(),
                values: [Some(91.0), None, Some(93.5)].map(value).into(),
            },
            Series {
                name: t.quality_response().to_owned(),
                values: [Some(41.0), None, Some(50.0)].map(value).into(),
            },
        ],
        range: Some((0.0, 100.0)),
    })
}

/// Where a form was left; at one of its steps by so few that it is not said.
fn left(t: Texts) -> ChartView {
    let value = |at: Option<f64>| Value {
        at,
        shown: at.map_or_else(|| t.quality_hidden().to_owned(), |at| format!("{at:.0}")),
    };
    let page = say(t, "证件号码", "Number of the certificate").text;
    let page = t.quality_step_page(named::Name(page), named::Number(1_usize));
    ChartView::bars(&Chart {
        id: "left".to_owned(),
        title: t.quality_left().to_owned(),
        summary: t.quality_left_about(both(t).0),
        over: t.quality_step_head().to_owned(),
        labels: vec![t.quality_step("begun"), page, t.quality_step("filled-in")],
        series: vec![Series {
            name: t.quality_left_here().to_owned(),
            values: [Some(7.0), None, Some(5.0)].map(value).into(),
        }],
        range: None,
    })
}

pub(super) fn months(t: Texts, base: &str) -> Vec<Tab> {
    [month(), month().back(1)]
        .map(|one| Tab {
            label: month_name(&t, &one.first()),
            url: format!("{base}month={}", one.tag()),
            count: None,
            current: one == month(),
        })
        .into()
}

pub(super) fn both(t: Texts) -> (String, String) {
    (month_name(&t, &month().first()), month().tag())
}

pub(super) fn alarm(t: Texts, noted: bool, asks: bool) -> AlarmLine {
    let (came, from) =
        (t.quality_alarm_outcome("explained"), if noted { "2026-11-09" } else { "2026-11-12" });
    let which = format!("transport-burst-{from}");
    let form =
        AlarmForm {
            agency: "transport".to_owned(),
            kind: "burst",
            from: from.to_owned(),
            outcome: Field::new(format!("outcome-{which}"), t.quality_alarm_came())
                .choices(vec![Choice::new("explained", came.clone(), true)]),
            words: Field::new(format!("words-{which}"), t.quality_alarm_words()),
        };
    AlarmLine {
        agency: agency(t),
        what: t.quality_alarm("burst"),
        days: from.to_owned(),
        noted: noted.then(|| (came, "当天补录了一周的窗口评价 <b>".to_owned())),
        form: asks.then_some(form),
    }
}

fn retire(t: Texts) -> RetireView {
    RetireView {
        day: t.day(&day(12, 31)),
        late: true,
        reason: "半年没有人用。".to_owned(),
        answer: Some("每年三月才办。".to_owned()),
    }
}

fn select(name: &'static str, label: &str, other: &str) -> Field {
    let choices = vec![Choice::new("", label, true), Choice::new("other", other, false)];
    Field::new(name, label).choices(choices)
}

impl LeagueView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let place = |quality, quantity, gap| (true, Some(Place { quality, quantity, gap }));
        Self {
            months: months(t, "/quality?"),
            month: Some(both(t)),
            provisional: Some(day(12, 30)),
            ranked: vec![line(t, agency(t), 80, place(1, 2, -1)), line(t, agency(t), 400, place(5, 1, 4))],
            others: vec![line(t, agency(t), 16, (true, None)), line(t, agency(t), 2, (false, None))],
            chart: Some(chart(t)),
            portal: vec![about_portal(t)],
            ..Self::sample_none(frame)
        }
    }

    /// One domain.
    pub(crate) fn sample_domain(frame: Frame) -> Self {
        let t = frame.t;
        let lines = vec![line(t, service(t), 80, (true, None)), line(t, service(t), 16, (true, None))];
        let services = Some((say(t, "交通出行", "Transport"), lines));
        Self { services, portal: Vec::new(), ..Self::sample(frame) }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let t = frame.t;
        let formulas = Formulas::read().unwrap();
        Self {
            months: Vec::new(),
            month: None,
            provisional: None,
            domain: select("domain", t.quality_domain(), "D13"),
            services: None,
            ranked: Vec::new(),
            others: Vec::new(),
            chart: None,
            formula: formulas.latest().map(|formula| FormulaView::of(t, formula)),
            portal: Vec::new(),
            least_people: 5,
            frame,
        }
    }
}

impl AgencyCardView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            name: agency(t).text,
            page: "/agencies/transport".to_owned(),
            months: months(t, "/quality/agencies/transport?"),
            month: Some(both(t)),
            stage: "open",
            public_from: None,
            provisional: Some(day(12, 30)),
            whole: vec![line(t, agency(t), 80, (true, None))],
            facts: [("complaints", "12"), ("per-thousand", "3.4"), ("other-complaints", "40")]
                .map(|(fact, value)| (t.quality_fact(fact), value.to_owned()))
                .into(),
            services: vec![line(t, service(t), 80, (true, None)), line(t, service(t), 2, (false, None))],
            chart: Some(chart(t)),
            reply: Some("系统升级期间多有不便。".to_owned()),
            desk: None,
            frame,
        }
    }

    /// The agency's own, before everybody sees it, with a mistake in what it wants to say.
    pub(crate) fn sample_desk(frame: Frame) -> Self {
        let t = frame.t;
        let words = Field::new("words", t.quality_reply_label()).hint(t.quality_reply_hint());
        let tab = |label: Text, current| Tab {
            label: label.text,
            url: "/agency/quality?agency=transport".to_owned(),
            count: None,
            current,
        };
        let desk = DeskPart {
            csrf: "token".to_owned(),
            agencies: vec![tab(agency(t).text, true), tab(say(t, "市图书馆", "Library"), false)],
            agency: "transport".to_owned(),
            words: Some(words.value("Overhauled <b>").error(t.quality_reply_long(1_000_u64))),
            said: Some(("ok", t.quality_said("replied"))),
            retire: vec![RetireLine {
                code: "YZ13022".to_owned(),
                name: service(t),
                retire: retire(t),
                answer: Some(Field::new("stays-YZ13022", t.quality_retire_answer())),
            }],
        };
        Self {
            stage: "preview",
            public_from: Some(day(12, 11)),
            provisional: None,
            desk: Some(desk),
            ..Self::sample(frame)
        }
    }
}

impl ServiceCardView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let formulas = Formulas::read().unwrap();
        let score = formulas.of(month()).unwrap().score(&kept(80).row().unwrap());
        let CardLine { stars, cells, .. } = line(t, service(t), 80, (true, None));
        let facts = [("handed-in", "163"), ("left-lying", "12"), ("per-thousand", "3.4"), ("maturity", "")];
        let value = |(fact, value): (&str, &str)| {
            let value = if value.is_empty() { t.quality_maturity("transaction") } else { value.to_owned() };
            (t.quality_fact(fact), value)
        };
        Self {
            months: vec![MonthLine { month: both(t).0, stars, cells }],
            single: Some("/admin/ratings?show=all&service=YZ13022".to_owned()),
            made_of: Some((both(t).0, score.parts.iter().map(|part| PartLine::of(t, part)).collect())),
            facts: facts.map(value).into(),
            left: Some(left(t)),
            chart: Some(chart(t)),
            ..Self::sample_none(frame)
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            name: service(t).text,
            page: "/services/YZ13022".to_owned(),
            domain: Link::new(say(t, "交通出行", "Transport"), "/domains/D13"),
            agency: agency(t),
            months: Vec::new(),
            single: None,
            made_of: None,
            facts: Vec::new(),
            left: None,
            chart: None,
            frame,
        }
    }
}

impl AdminView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let silent = |code: &str, retire| SilentLine {
            code: code.to_owned(),
            name: service(t),
            agency: agency(t).text,
            since: t.quality_silent_since("2026-03-02"),
            retire,
            ask: [
                Field::new(format!("day-{code}"), t.quality_retire_day()),
                Field::new(format!("reason-{code}"), t.quality_retire_reason()),
                Field::new(format!("successor-{code}"), t.quality_retire_successor()),
            ],
        };
        Self {
            lines: vec![
                CardLine {
                    ratings: Some("/admin/ratings?show=all&service=YZ13022&month=2026-11".to_owned()),
                    ..line(t, service(t), 80, (true, None))
                },
                line(t, service(t), 2, (true, None)),
            ],
            pager: Pager { page: 1, pages: 2, base: "/admin/quality?page=".to_owned() },
            silent: vec![silent("YZ13022", None), silent("YZ13023", Some(retire(t)))],
            alarms: vec![alarm(t, false, true), alarm(t, true, true)],
            ..Self::sample_none(frame)
        }
    }

    /// Something that was typed is wrong.
    pub(crate) fn sample_wrong(frame: Frame) -> Self {
        let t = frame.t;
        let mut view = Self { said: None, ..Self::sample(frame) };
        if let Some(line) = view.silent.first_mut() {
            line.ask[0].error = Some(t.quality_retire_day_wrong().to_owned());
            line.ask[1].value = "没有人用 <旧>".to_owned();
            view.mistakes = line.ask.iter().filter_map(Field::mistake).collect();
        }
        view
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.quality_said("asked"))),
            months: months(t, "/admin/quality?"),
            month: Some(both(t)),
            stage: "running",
            filters: [
                select("domain", t.quality_domain(), "D13"),
                select("agency", t.quality_agency(), "transport"),
                select("show", t.quality_show_label(), "few"),
                select("sort", t.quality_sort_label(), "points"),
            ],
            lines: Vec::new(),
            pager: Pager { page: 1, pages: 0, base: "/admin/quality?page=".to_owned() },
            silent: Vec::new(),
            silent_days: 180,
            alarms: Vec::new(),
            mistakes: Vec::new(),
            city: true,
            frame,
        }
    }
}
