//! A sample of every page about packages, for the snapshots.

use chrono::NaiveDateTime;

use super::{
    packages::{
        AgencyLine, ConsoleView, HistoryView, ImportLine, ImportView, PackageRights, PackageView, ReportView,
        VersionRights, VersionView,
    },
    site_samples::at_work,
    words::{DoneLine, FINDINGS, FindingLine, VersionLine, said, state},
};
use crate::{
    accounts::staff::Branch,
    agencies::releases::{ReleaseAct, State},
    platform::Texts,
    web::Frame,
};

pub(super) const SLUG: &str = "library";

pub(super) fn at(hour: u32) -> NaiveDateTime {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 20)
        .and_then(|day| day.and_hms_opt(hour, 30, 0))
        .unwrap_or_default()
}

pub(super) fn name(t: Texts) -> String {
    t.say(&yimen_contract::Bilingual::new("云州市图书馆", "Yunzhou Library")).text.to_owned()
}

fn version(t: Texts, number: i32, of: State) -> VersionLine {
    VersionLine { slug: SLUG.to_owned(), number, state: state(t, of), by: "chen".to_owned(), at: at(9) }
}

pub(super) fn findings(t: Texts) -> Vec<FindingLine> {
    let finding = |gravity, place: &str, message: &str, remedy: &str, curl: Option<&str>| FindingLine {
        gravity,
        place: place.to_owned(),
        message: message.to_owned(),
        remedy: remedy.to_owned(),
        curl: curl.map(str::to_owned),
    };
    vec![
        finding(
            ("danger", t.pkg_gravity_critical()),
            "samples/loans.json status",
            "An answer of nothing is taken for nothing found.",
            "List the codes that mean nothing found.",
            Some("curl -s https://backend.example/loans"),
        ),
        finding(
            ("warn", t.pkg_gravity_warning()),
            "services/YZ08001.toml:12 faq",
            "There are no questions and answers.",
            "Write three.",
            None,
        ),
    ]
}

pub(super) fn report(t: Texts) -> ReportView {
    ReportView { samples: 4, tried: 240, refuses: true, findings: findings(t), more: 3 }
}

pub(super) fn acts(t: Texts) -> Vec<DoneLine> {
    let act = |act: &str, by: &str, branch: &str, words: &str| ReleaseAct {
        number: (act != "suspended").then_some(2),
        act: act.to_owned(),
        by: by.to_owned(),
        branch: Branch::parse(branch).unwrap_or_else(Branch::city),
        words: words.to_owned(),
        at: "2026-11-20T02:30:00Z".parse().unwrap_or_default(),
    };
    let all = [
        act("suspended", "wu", "/", "系统故障"),
        act("released", "chen", "library", "10 %"),
        act("approved", "wu", "/", ""),
        act("uploaded", "chen", "library", ""),
    ];
    all.iter().map(|act| DoneLine::of(t, act)).collect()
}

impl ConsoleView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            said: said(t, "applied"),
            agencies: vec![AgencyLine {
                slug: SLUG.to_owned(),
                name: name(t),
                live: Some(1),
                suspended: true,
                versions: vec![version(t, 2, State::Review)],
            }],
            applies: true,
            doors: vec![("/agency/sites", t.sites_title()), ("/admin/packages", t.pkg_queue())],
            frame: at_work(frame),
        }
    }

    pub fn sample_empty(frame: Frame) -> Self {
        Self { said: None, agencies: Vec::new(), doors: Vec::new(), ..Self::sample(frame) }
    }
}

impl PackageView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            said: said(t, "released"),
            slug: SLUG.to_owned(),
            name: name(t),
            verified: true,
            application: None,
            live: Some(1),
            candidate: Some((2, 10)),
            suspended: None,
            versions: vec![
                version(t, 3, State::Draft),
                version(t, 2, State::Released),
                version(t, 1, State::Live),
            ],
            imports: vec![ImportLine {
                id: "0193".to_owned(),
                file: "openapi.yaml".to_owned(),
                by: "chen".to_owned(),
                at: at(9),
                state: t.pkg_import_state_done(),
            }],
            may: PackageRights {
                uploads: true,
                applies: false,
                releases: true,
                suspends: true,
                reopens: false,
            },
            before: Some(1),
            refused: Vec::new(),
            more: 0,
            file_mistake: None,
            import_mistake: None,
            code: "YZ99001".to_owned(),
            frame: at_work(frame),
        }
    }

    /// A package was refused, and the services are shut by somebody above.
    pub fn sample_refused(frame: Frame) -> Self {
        let t = frame.t;
        let wrong = t.pkg_upload_unreadable().to_owned();
        Self {
            said: None,
            refused: findings(t),
            more: FINDINGS,
            file_mistake: Some(wrong.clone()),
            import_mistake: Some(wrong),
            suspended: Some((at(10), "系统故障".to_owned())),
            candidate: None,
            before: None,
            ..Self::sample(frame)
        }
    }

    /// Not admitted yet.
    pub fn sample_new(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            said: said(t, "not-admitted"),
            verified: false,
            application: Some((t.pkg_application_refused(), "文号有误".to_owned())),
            live: None,
            candidate: None,
            versions: Vec::new(),
            imports: Vec::new(),
            may: PackageRights { applies: true, ..PackageRights::default() },
            ..Self::sample(frame)
        }
    }
}

impl VersionView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            said: None,
            slug: SLUG.to_owned(),
            name: name(t),
            number: 2,
            state: state(t, State::Released),
            fingerprint: "0123456789abcdef".to_owned(),
            by: "chen".to_owned(),
            at: at(9),
            running: None,
            report: Some(ReportView {
                refuses: false,
                findings: findings(t).split_off(1),
                more: 0,
                ..report(t)
            }),
            may: VersionRights {
                recheck: false,
                submit: false,
                release: true,
                live: true,
                withdraw: true,
                review: false,
            },
            percent: Some(10),
            stable: true,
            acts: acts(t),
            frame: at_work(frame),
        }
    }

    pub fn sample_running(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            state: state(t, State::Draft),
            running: Some(t.pkg_phase_samples()),
            report: None,
            may: VersionRights::default(),
            percent: None,
            ..Self::sample(frame)
        }
    }

    pub fn sample_faulty(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            state: state(t, State::Draft),
            report: Some(report(t)),
            may: VersionRights { recheck: true, withdraw: true, ..VersionRights::default() },
            percent: None,
            ..Self::sample(frame)
        }
    }

    pub fn sample_checked(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            state: state(t, State::Checked),
            report: Some(ReportView { samples: 4, tried: 240, ..ReportView::default() }),
            may: VersionRights { submit: true, review: true, ..VersionRights::default() },
            percent: None,
            acts: Vec::new(),
            ..Self::sample(frame)
        }
    }
}

impl HistoryView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self { slug: SLUG.to_owned(), name: name(t), acts: acts(t), frame: at_work(frame) }
    }
}

impl ImportView {
    pub fn sample(frame: Frame) -> Self {
        Self {
            slug: SLUG.to_owned(),
            name: name(frame.t),
            id: "0193".to_owned(),
            file: "openapi.yaml".to_owned(),
            running: false,
            has_draft: true,
            read: vec!["GET /loans → lookup, service YZ99001".to_owned()],
            unread: vec![("#/paths/~1old".to_owned(), "It leads out of the file.".to_owned())],
            failed: None,
            frame: at_work(frame),
        }
    }

    pub fn sample_running(frame: Frame) -> Self {
        Self { running: true, has_draft: false, read: Vec::new(), unread: Vec::new(), ..Self::sample(frame) }
    }

    pub fn sample_failed(frame: Frame) -> Self {
        let failed = Some("openapi.yaml, line 3: this is no description.".to_owned());
        Self { failed, has_draft: false, read: Vec::new(), unread: Vec::new(), ..Self::sample(frame) }
    }
}
