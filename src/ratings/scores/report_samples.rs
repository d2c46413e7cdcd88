//! Samples of the report on a month and of the pages of districts and domains, for their snapshots.

use super::{
    district_views::{DistrictLine, DistrictsView},
    districts::District,
    domain_views::DomainCardView,
    report_views::{CountLine, FigureLine, RangeLine, ReportView, WaitingLine},
    samples::{about_portal, agency, alarm, both, chart, day, line, month, months, say, service},
    sheet::Place,
};
use crate::{
    platform::named,
    web::frame::{Frame, Link},
};

impl DistrictsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line = |zh: &str, en: &str, rated: i64| {
            let district = District {
                finished: 2 * rated,
                very_satisfied: rated - rated / 8,
                dissatisfied: rated / 8,
                on_time: 2 * rated - 3,
                on_time_of: 2 * rated,
                complaints: 7,
                ..District::empty("990101", month())
            };
            let name = Link::new(say(t, zh, en), "/quality/districts/990101");
            DistrictLine::of(t, name, &district, (rated > 4, rated > 99))
        };
        Self {
            name: None,
            months: months(t, "/quality?by=district&"),
            month: Some(both(t).0),
            provisional: Some(day(12, 30)),
            lines: vec![
                line("云江区", "Yunjiang District", 400),
                line("澄湖区", "Chenghu District", 40),
                line("望山区", "Wangshan District", 2),
            ],
            chart: None,
            frame,
        }
    }

    /// The months of one.
    pub(crate) fn sample_one(frame: Frame) -> Self {
        let t = frame.t;
        let name = Some(say(t, "云江区", "Yunjiang District"));
        let chart = Some(chart(t));
        Self { name, chart, months: Vec::new(), month: None, provisional: None, ..Self::sample(frame) }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { lines: Vec::new(), months: Vec::new(), month: None, provisional: None, ..Self::sample(frame) }
    }
}

impl DomainCardView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let name = || Link::new(say(t, "2026年11月", "November 2026"), "/quality?month=2026-11&domain=D13");
        Self {
            months: vec![line(t, name(), 80, (true, None)), line(t, name(), 2, (false, None))],
            facts: [("services", "21"), ("left-out", "3"), ("complaints", "12"), ("per-thousand", "3.4")]
                .map(|(fact, value)| (t.quality_fact(fact), value.to_owned()))
                .into(),
            chart: Some(chart(t)),
            files: Some(month().tag()),
            ..Self::sample_none(frame)
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self {
            name: say(frame.t, "交通出行", "Transport"),
            page: "/domains/D13".to_owned(),
            months: Vec::new(),
            made_of: None,
            facts: Vec::new(),
            chart: None,
            files: None,
            least_people: 5,
            frame,
        }
    }
}

impl ReportView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let place = (true, Some(Place { quality: 5, quantity: 1, gap: 4 }));
        let figure = |name: &str, now: &str, before: &str| FigureLine {
            name: t.quality_figure(name),
            now: now.to_owned(),
            before: before.to_owned(),
        };
        let range = || RangeLine {
            name: service(t),
            satisfied: "91.0%".to_owned(),
            range: t.quality_range(named::From("83.8%"), named::To("95.2%")),
            rated: "100".to_owned(),
        };
        let counts = |counts: &[&str], warn| CountLine {
            name: agency(t).text,
            cells: counts.iter().map(|count| (*count).to_owned()).collect(),
            warn,
        };
        let waiting = |due: &str, late| WaitingLine {
            service: Link::new(service(t).text, "/admin/ratings/0193"),
            agency: agency(t).text,
            due: due.to_owned(),
            late,
        };
        Self {
            provisional: Some(day(12, 30)),
            figures: vec![figure("finished", "1203", "998"), figure("satisfied", "93.5%", "91.0%")],
            charts: vec![(t.quality_satisfied().to_owned(), chart(t))],
            best: vec![range()],
            worst: vec![range()],
            league: vec![line(t, agency(t), 400, place)],
            alarms: vec![alarm(t, true, false), alarm(t, false, false)],
            followed: vec![
                counts(&["8", "8", "7", "0", "6", "6"], false),
                counts(&["3", "1", "1", "1", "0", "0"], true),
            ],
            waiting: vec![waiting("2026-11-20", true), waiting("2026-12-02", false)],
            objections: vec![counts(&["2", "1", "0"], true)],
            complaints: vec![counts(&["12", "3.4", "40"], false)],
            portal: vec![about_portal(t)],
            ..Self::sample_quiet(frame)
        }
    }

    /// A month in which nothing stood out.
    pub(crate) fn sample_quiet(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            month: both(t).0,
            stage: "open",
            provisional: None,
            figures: Vec::new(),
            charts: Vec::new(),
            best: Vec::new(),
            worst: Vec::new(),
            league: Vec::new(),
            alarms: Vec::new(),
            followed: Vec::new(),
            waiting: Vec::new(),
            objections: Vec::new(),
            complaints: Vec::new(),
            silent: Vec::new(),
            silent_days: 180,
            portal: Vec::new(),
            frame,
        }
    }
}
