//! Words for the states, acts and findings of packages.

use chrono::NaiveDateTime;

use crate::{
    agencies::releases::{CheckReport, Found, Phase, Release, ReleaseAct, State},
    platform::{Moment, Texts, clock::CITY_ZONE, named},
};

use super::packages::ReportView;

/// Nobody reads more findings than this at once.
pub const FINDINGS: usize = 200;

/// Something that happened, said above everything else: its kind (`ok`, `info`, `warn`) and its words.
pub type Said = Option<(&'static str, &'static str)>;

pub fn local(at: Moment) -> NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}

/// A state: the kind of its tag, and its word.
pub fn state(t: Texts, state: State) -> (&'static str, &'static str) {
    match state {
        State::Draft => ("plain", t.pkg_state_draft()),
        State::Checked => ("plain", t.pkg_state_checked()),
        State::Review => ("warn", t.pkg_state_review()),
        State::Approved => ("brand", t.pkg_state_approved()),
        State::Released => ("brand", t.pkg_state_released()),
        State::Live => ("ok", t.pkg_state_live()),
        State::Replaced => ("plain", t.pkg_state_replaced()),
        State::Withdrawn => ("plain", t.pkg_state_withdrawn()),
    }
}

pub fn phase(t: Texts, phase: Phase) -> Option<&'static str> {
    Some(match phase {
        Phase::Waiting => t.pkg_phase_waiting(),
        Phase::Samples => t.pkg_phase_samples(),
        Phase::Faults => t.pkg_phase_faults(),
        Phase::Done | Phase::Broken => return None,
    })
}

/// A version in a list.
#[derive(Debug, Clone)]
pub struct VersionLine {
    pub slug: String,
    pub number: i32,
    pub state: (&'static str, &'static str),
    pub by: String,
    pub at: NaiveDateTime,
}

impl VersionLine {
    pub fn of(t: Texts, release: &Release) -> Self {
        Self {
            slug: release.slug.clone(),
            number: release.number,
            state: state(t, release.state),
            by: release.uploaded_by.clone(),
            at: local(release.uploaded_at),
        }
    }
}

/// One thing that was found wrong.
#[derive(Debug, Clone)]
pub struct FindingLine {
    /// The kind of its tag, and its word.
    pub gravity: (&'static str, &'static str),
    /// File, line and field.
    pub place: String,
    pub message: String,
    pub remedy: String,
    pub curl: Option<String>,
}

impl FindingLine {
    fn of(t: Texts, found: &Found) -> Self {
        let line = found.line.map(|line| format!(":{line}")).unwrap_or_default();
        let field = found.place.as_ref().map(|place| format!(" {place}")).unwrap_or_default();
        Self {
            gravity: match found.gravity.as_str() {
                "critical" => ("danger", t.pkg_gravity_critical()),
                "error" => ("danger", t.pkg_gravity_error()),
                _ => ("warn", t.pkg_gravity_warning()),
            },
            place: format!("{}{line}{field}", found.file),
            message: found.message.clone(),
            remedy: found.remedy.clone(),
            curl: found.curl.clone(),
        }
    }
}

/// What refuses a package, as it is shown: the first of it, and how much more there is.
pub fn refused(t: Texts, findings: &yimen_contract::Findings) -> (Vec<FindingLine>, usize) {
    let line = |finding: &yimen_contract::Finding| {
        let gravity = if finding.severity == yimen_contract::Severity::Error { "error" } else { "warning" };
        FindingLine::of(
            t,
            &Found {
                gravity: gravity.to_owned(),
                file: finding.file.clone(),
                line: finding.line,
                place: finding.field.clone(),
                message: finding.problem.message.clone(),
                remedy: finding.problem.remedy.clone(),
                curl: None,
            },
        )
    };
    let shown = findings.errors().chain(findings.warnings()).take(FINDINGS).map(line).collect();
    (shown, findings.len().saturating_sub(FINDINGS))
}

impl ReportView {
    pub fn of(t: Texts, report: &CheckReport) -> Self {
        Self {
            samples: report.samples,
            tried: report.tried,
            refuses: report.refuses(),
            findings: report.findings.iter().take(FINDINGS).map(|found| FindingLine::of(t, found)).collect(),
            more: report.findings.len().saturating_sub(FINDINGS),
        }
    }
}

/// Something that was done.
#[derive(Debug, Clone)]
pub struct DoneLine {
    pub what: String,
    pub by: String,
    pub words: String,
    pub at: NaiveDateTime,
}

impl DoneLine {
    pub fn of(t: Texts, act: &ReleaseAct) -> Self {
        let what = act_name(t, &act.act);
        let branch = act.branch.as_str().trim_matches('/');
        let branch = if branch.is_empty() { t.site_city() } else { branch };
        // What a check found is a number, and its report says it better.
        let counted = matches!(act.act.as_str(), "checked" | "faulty");
        Self {
            what: match act.number {
                Some(number) => t.pkg_act_version(named::Act(what), named::Number(number)),
                None => what.to_owned(),
            },
            by: t.site_act_by(named::Branch(branch), named::Name(act.by.as_str())),
            words: if counted { String::new() } else { act.words.clone() },
            at: local(act.at),
        }
    }
}

pub fn act_name(t: Texts, act: &str) -> &'static str {
    match act {
        "applied" => t.pkg_act_applied(),
        "admitted" => t.pkg_act_admitted(),
        "refused" => t.pkg_act_refused(),
        "uploaded" => t.pkg_act_uploaded(),
        "checked" => t.pkg_act_checked(),
        "faulty" => t.pkg_act_faulty(),
        "submitted" => t.pkg_act_submitted(),
        "returned" => t.pkg_act_returned(),
        "approved" => t.pkg_act_approved(),
        "released" => t.pkg_act_released(),
        "live" => t.pkg_act_live(),
        "rolled-back" => t.pkg_act_rolled_back(),
        "withdrawn" => t.pkg_act_withdrawn(),
        "installed" => t.pkg_act_installed(),
        "suspended" => t.pkg_act_suspended(),
        "reopened" => t.pkg_act_reopened(),
        _ => t.pkg_act_other(),
    }
}

pub fn kind_name(t: Texts, kind: &str) -> &'static str {
    match kind {
        "centre" => t.pkg_kind_centre(),
        "hospital" => t.pkg_kind_hospital(),
        "court" => t.pkg_kind_court(),
        "utility" => t.pkg_kind_utility(),
        "federation" => t.pkg_kind_federation(),
        "operator" => t.pkg_kind_operator(),
        _ => t.pkg_kind_dept(),
    }
}

/// What is said on the page that a step leads to.
pub fn said(t: Texts, word: &str) -> Said {
    Some(match word {
        "applied" => ("ok", t.pkg_said_applied()),
        "admitted" => ("ok", t.pkg_said_admitted()),
        "refused" => ("ok", t.pkg_said_refused()),
        "submitted" => ("ok", t.pkg_said_submitted()),
        "approved" => ("ok", t.pkg_said_approved()),
        "returned" => ("ok", t.pkg_said_returned()),
        "released" => ("ok", t.pkg_said_released()),
        "live" => ("ok", t.pkg_said_live()),
        "withdrawn" => ("ok", t.pkg_said_withdrawn()),
        "back" => ("ok", t.pkg_said_back()),
        "suspended" => ("ok", t.pkg_said_suspended()),
        "reopened" => ("ok", t.pkg_said_reopened()),
        "recheck" => ("ok", t.pkg_said_recheck()),
        "not-admitted" => ("warn", t.pkg_said_not_admitted()),
        "applied-already" => ("warn", t.pkg_said_applied_already()),
        "same" => ("warn", t.pkg_said_same()),
        "changed" => ("warn", t.pkg_said_changed()),
        "own" => ("warn", t.pkg_said_own()),
        "not-for-some" => ("warn", t.pkg_said_not_for_some()),
        "no-stable" => ("warn", t.pkg_said_no_stable()),
        "stale" => ("warn", t.pkg_said_stale()),
        "another" => ("warn", t.pkg_said_another()),
        "nothing-before" => ("warn", t.pkg_said_nothing_before()),
        "no-reason" => ("warn", t.pkg_said_no_reason()),
        "above" => ("warn", t.pkg_said_above()),
        "taken" => ("warn", t.pkg_said_taken()),
        _ => return None,
    })
}
