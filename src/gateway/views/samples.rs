//! A sample of every page, for the snapshots.

use chrono::{NaiveDate, NaiveDateTime};

use super::*;
use crate::{
    agencies::{
        expiry::Ending,
        views::{BackendTab, EndingLine, backend_tabs},
    },
    gateway::{
        LineState,
        incidents::Act,
        log::{Class, KEPT_DAYS, Matter},
        rounds::Became,
        sanctions::Grade,
    },
    platform::{Texts, named},
    web::frame::{Choice, Field, Pager, Who},
};

fn at_work(mut frame: Frame) -> Frame {
    frame.who =
        Some(Who { name: "Z*".to_owned(), acting: None, staff: true, left: 900, until: "10:45".to_owned() });
    frame
}

fn at(day: u32, hour: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, day).and_then(|day| day.and_hms_opt(hour, 30, 0)).unwrap_or_default()
}

fn planned(t: Texts) -> Vec<PlannedLine> {
    let reason = yimen_contract::Bilingual::new("系统升级", "Upgrade of the system");
    vec![PlannedLine {
        id: "0193".to_owned(),
        from: at(27, 22),
        to: Some(at(28, 5)),
        reason: Text::of(t, &reason),
        by: "chen".to_owned(),
        now: false,
        asks: false,
    }]
}

impl MaintenanceView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            said: Some(t.maintenance_announced()),
            slug: "gas".to_owned(),
            tabs: backend_tabs(t, BackendTab::Maintenance, "gas"),
            announces: true,
            ends: true,
            ahead: 24,
            planned: planned(t),
            frame: at_work(frame),
        }
    }

    pub fn sample_none(frame: Frame) -> Self {
        let view = Self::sample(frame);
        Self { said: None, planned: Vec::new(), ..view }
    }

    /// Until further notice, as administrators see it.
    pub fn sample_open(frame: Frame) -> Self {
        let t = frame.t;
        let mut planned = planned(t);
        for one in &mut planned {
            (one.from, one.to, one.now, one.asks) = (at(2, 22), None, true, true);
        }
        Self { said: None, announces: false, planned, ..Self::sample(frame) }
    }
}

impl AgenciesView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let bad = vec![
            ("danger", grade_name(t, Grade::Restricted).to_owned()),
            ("warn", t.health_suspended_one("lookup")),
        ];
        let line = |slug: &str, tags| AgencyLine { slug: slug.to_owned(), tags };
        let every = Choice::new("", t.quality_everything(), true);
        Self {
            csrf: "token".to_owned(),
            filters: vec![Field::new("stand", t.rules_state()).choices(vec![every])],
            hidden: vec![("stand", String::new())],
            agencies: vec![line("gas", bad), line("library", Vec::new())],
            all: 2,
            pager: Pager { page: 1, pages: 1, base: "/admin/agencies?page=".to_owned() },
            frame: at_work(frame),
        }
    }
}

impl SanctionsView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let row = |in_force, lifted| SanctionRow {
            slug: "gas".to_owned(),
            grade: grade_name(t, Grade::Suspended),
            in_force,
            at_once: in_force,
            reason: "逾期未整改".to_owned(),
            by: "wu, li".to_owned(),
            at: at(20, 9),
            ends_at: in_force.then(|| at(27, 9)),
            lifted,
        };
        let rows = vec![row(true, None), row(false, Some(("wu".to_owned(), at(21, 10))))];
        let waiting = WaitingLine {
            slug: "library".to_owned(),
            grade: grade_name(t, Grade::Withdrawn),
            by: "wu".to_owned(),
            at: at(20, 9),
            url: "/admin/agencies/library/sanctions/0193/decide".to_owned(),
        };
        Self { waiting: vec![waiting], all: rows.len(), rows, ..Self::sample_none(frame) }
    }

    pub fn sample_none(frame: Frame) -> Self {
        let t = frame.t;
        let every = Choice::new("", t.quality_everything(), true);
        Self {
            csrf: "token".to_owned(),
            waiting: Vec::new(),
            filters: vec![Field::new("grade", t.sanction_grade()).choices(vec![every])],
            hidden: vec![("grade", String::new())],
            rows: Vec::new(),
            all: 0,
            pager: Pager { page: 1, pages: 1, base: "/admin/sanctions?page=".to_owned() },
            frame: at_work(frame),
        }
    }
}

impl ProposalView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let why = Field::new("words", t.rule_refusal()).hint(t.rule_refusal_hint());
        Self {
            csrf: "token".to_owned(),
            url: "/admin/agencies/gas/sanctions/0193/decide".to_owned(),
            slug: "gas".to_owned(),
            grade: grade_name(t, Grade::Suspended),
            about: grade_about(t, Grade::Suspended),
            reason: "逾期未整改".to_owned(),
            at_once: true,
            days: Some(7),
            by: "wu".to_owned(),
            at: at(20, 9),
            own: false,
            why: Field { required: true, ..why },
            frame: at_work(frame),
        }
    }

    pub fn sample_own(frame: Frame) -> Self {
        Self { own: true, at_once: false, days: None, ..Self::sample(frame) }
    }
}

impl CallsView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let row = |class: Class, attempts, millis| CallRow {
            id: "019aa1de-0001-7000-8000-000000000000".to_owned(),
            at: at(20, 12),
            matter: matter_name(t, Matter::Lookup),
            capability: "lookup".to_owned(),
            service: Some("YZ17003".to_owned()),
            outcome: class_name(t, class).to_owned(),
            fault: class.is_fault(),
            millis,
            attempts,
            version: Some(2),
        };
        let all = || vec![Choice::new("", t.calls_all(), true)];
        Self {
            slug: "gas".to_owned(),
            tabs: backend_tabs(t, BackendTab::Calls, "gas"),
            capability: Field {
                required: true,
                ..Field::new("capability", t.calls_capability()).choices(all())
            },
            outcome: Field { required: true, ..Field::new("outcome", t.calls_outcome()).choices(all()) },
            day: Field::new("day", t.calls_day()).value("2026-11-20"),
            calls: vec![row(Class::Answered, 1, 83), row(Class::GivenUp, 2, 2001), row(Class::Resting, 0, 0)],
            kept: KEPT_DAYS,
            older: Some("/agency/calls?agency=gas&before=0193".to_owned()),
            newest: Some("/agency/calls?agency=gas".to_owned()),
            frame: at_work(frame),
        }
    }

    pub fn sample_none(frame: Frame) -> Self {
        let view = Self::sample(frame);
        Self { calls: Vec::new(), older: None, newest: None, ..view }
    }
}

fn capability(t: Texts, at_y: usize) -> CapabilityLine {
    CapabilityLine {
        matter: matter_name(t, Matter::Lookup),
        capability: "lookup".to_owned(),
        calls: 120,
        answered: 90,
        faults: vec![
            FaultLine { name: class_name(t, Class::Busy).to_owned(), calls: 30 },
            FaultLine { name: class_name(t, Class::Resting).to_owned(), calls: 3 },
        ],
        p50: Some(83),
        p95: Some(1204),
        last: Some(at(20, 11)),
        suspended: true,
        y: at_y,
        good: 75,
        bad: 25,
    }
}

fn sanction(t: Texts, in_force: bool) -> SanctionLine {
    let words = if t.lang() == crate::platform::Lang::En { "Put right." } else { "已整改。" };
    let said = (words.to_owned(), "chen".to_owned(), at(19, 10));
    SanctionLine {
        id: "0193".to_owned(),
        grade: grade_name(t, Grade::Restricted),
        about: grade_about(t, Grade::Restricted),
        in_force,
        at_once: true,
        reason: "<b>".to_owned(),
        by: "wu".to_owned(),
        at: at(18, 9),
        ends_at: Some(at(28, 9)),
        answer: (!in_force).then(|| said.clone()),
        lifted: (!in_force).then_some(said),
    }
}

fn files(t: Texts) -> Vec<FileLine> {
    let place = PlaceLine { line: 17, column: "AMOUNT".to_owned(), words: "12,5".to_owned() };
    let file = |file: &str, became, places: Vec<PlaceLine>| FileLine {
        file: file.to_owned(),
        became: round_name(t, became),
        good: became == Became::Taken,
        lines: if became == Became::Taken { 1200 } else { 0 },
        left_out: i32::try_from(places.len()).unwrap_or(0),
        at: at(20, 6),
        places,
    };
    vec![
        file("DUES_20261120.csv", Became::Refused, vec![place]),
        file("DUES_20261119.csv", Became::Taken, Vec::new()),
        file("", Became::Failed, Vec::new()),
    ]
}

impl HealthView {
    /// With everything the matter that can be, as an administrator sees it.
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let act = |what, by: Option<&str>| ActLine {
            what: act_name(t, what),
            capability: Some("lookup".to_owned()),
            by: by.map(str::to_owned),
            reason: "18/20".to_owned(),
            at: at(20, 11),
        };
        let ending = Ending { name: "hmac_key".to_owned(), on: at(27, 0).date(), days: 7 };
        let until = crate::platform::Moment::UNIX_EPOCH;
        let line = LineState { standing: yimen_drivers::Standing::Open { until }, taken: 3, places: 16 };
        let by_rule = t.health_suspended_by_rule(named::Calls(20), named::Faults(18));
        let suspended = SuspensionLine {
            capability: "lookup".to_owned(),
            title: t.health_suspended(matter_name(t, Matter::Lookup)),
            since: at(20, 11),
            words: by_rule,
        };
        let (outage, places) = (
            t.health_outage_by(named::By("wu"), named::Reason("drill")),
            t.health_places_of(named::All(16), named::Taken(3)),
        );
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.health_said_outage())),
            slug: "gas".to_owned(),
            name: Text::plain(if t.lang() == crate::platform::Lang::En { "Gas" } else { "燃气集团" }),
            tabs: backend_tabs(t, BackendTab::Health, "gas"),
            over: vec![Tab {
                label: t.health_over_day().to_owned(),
                url: "/agency/health?over=day".to_owned(),
                count: None,
                current: true,
            }],
            admin: true,
            answers: false,
            outage: Some((outage, Some(at(20, 16)))),
            suspensions: vec![suspended],
            sanctions: vec![sanction(t, true), sanction(t, false)],
            proposed: None,
            ending: vec![EndingLine::of(t, &ending)],
            line: line_words(t, Some(line)),
            line_bad: true,
            places: Some(places),
            capabilities: vec![capability(t, 4), capability(t, 28)],
            hours: vec![t.health_closed_span(
                named::Days(t.health_every_day()),
                named::From("23:00"),
                named::To("06:00"),
            )],
            planned: planned(t),
            files: Some(files(t)),
            events: vec![EventLine {
                kind: "case.changed".to_owned(),
                state: event_name(t, "refused").to_owned(),
                bad: true,
                count: 2,
            }],
            acts: vec![act(Act::Suspended, None), act(Act::OutageOrdered, Some("wu"))],
            frame: at_work(frame),
        }
    }

    /// An agency of which nothing is known yet, as its own people see it.
    pub fn sample_quiet(frame: Frame) -> Self {
        let t = frame.t;
        let view = Self::sample(frame);
        Self {
            said: None,
            admin: false,
            answers: true,
            outage: None,
            suspensions: Vec::new(),
            sanctions: vec![sanction(t, true)],
            ending: Vec::new(),
            line: line_words(t, None),
            line_bad: false,
            places: None,
            capabilities: Vec::new(),
            hours: Vec::new(),
            planned: Vec::new(),
            files: None,
            events: Vec::new(),
            acts: Vec::new(),
            ..view
        }
    }
}
