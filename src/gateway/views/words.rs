//! Words for what the log and the record hold.

use yimen_contract::agency::{ClosedSpan, Weekday};
use yimen_drivers::Standing;

use super::local;
use crate::{
    gateway::{
        LineState,
        incidents::Act,
        log::{Class, Matter},
        rounds::Became,
        sanctions::Grade,
    },
    platform::{Texts, named},
    web::frame::Dates as _,
};

pub fn class_name(t: Texts, class: Class) -> &'static str {
    match class {
        Class::Answered => t.call_answered(),
        Class::FromFile => t.call_from_file(),
        Class::Refused => t.call_refused(),
        Class::NotSent => t.call_not_sent(),
        Class::Unknown => t.call_unknown(),
        Class::Busy => t.call_busy(),
        Class::Broken => t.call_broken(),
        Class::GivenUp => t.call_given_up(),
        Class::Credentials => t.call_credentials(),
        Class::Impossible => t.call_impossible(),
        Class::Ours => t.call_ours(),
        Class::Shut => t.call_shut(),
        Class::Ordered => t.call_ordered(),
        Class::Barred => t.call_barred(),
        Class::Suspended => t.call_suspended(),
        Class::Resting => t.call_resting(),
        Class::Full => t.call_full(),
        Class::Unbound => t.call_unbound(),
    }
}

pub fn matter_name(t: Texts, matter: Matter) -> &'static str {
    match matter {
        Matter::Health => t.matter_health(),
        Matter::Identity => t.matter_identity(),
        Matter::Lookup => t.matter_lookup(),
        Matter::Cases => t.matter_cases(),
        Matter::Slots => t.matter_slots(),
        Matter::Dues => t.matter_dues(),
        Matter::Licences => t.matter_licences(),
        Matter::Bindings => t.matter_bindings(),
        Matter::Threads => t.matter_threads(),
        Matter::Files => t.matter_files(),
        Matter::Payments => t.matter_payments(),
        Matter::Messages => t.matter_messages(),
    }
}

pub fn act_name(t: Texts, act: Act) -> &'static str {
    match act {
        Act::OutageOrdered => t.incident_outage_ordered(),
        Act::OutageEnded => t.incident_outage_ended(),
        Act::MaintenanceAnnounced => t.incident_maintenance_announced(),
        Act::MaintenanceCancelled => t.incident_maintenance_cancelled(),
        Act::MaintenanceRenewed => t.incident_maintenance_renewed(),
        Act::Suspended => t.incident_suspended(),
        Act::Resumed => t.incident_resumed(),
    }
}

/// What became of an event, by its word in the database.
pub fn event_name(t: Texts, state: &str) -> &'static str {
    match state {
        "waiting" => t.event_waiting(),
        "applied" => t.event_applied(),
        "overtaken" => t.event_overtaken(),
        _ => t.event_refused(),
    }
}

pub fn round_name(t: Texts, became: Became) -> &'static str {
    match became {
        Became::Taken => t.round_taken(),
        Became::Refused => t.round_refused(),
        Became::Unfinished => t.round_unfinished(),
        Became::Failed => t.round_failed(),
    }
}

pub fn grade_name(t: Texts, grade: Grade) -> &'static str {
    match grade {
        Grade::Notice => t.sanction_notice(),
        Grade::Restricted => t.sanction_restricted(),
        Grade::Suspended => t.sanction_suspended(),
        Grade::Withdrawn => t.sanction_withdrawn(),
    }
}

/// What a degree means.
pub fn grade_about(t: Texts, grade: Grade) -> &'static str {
    match grade {
        Grade::Notice => t.sanction_notice_about(),
        Grade::Restricted => t.sanction_restricted_about(),
        Grade::Suspended => t.sanction_suspended_about(),
        Grade::Withdrawn => t.sanction_withdrawn_about(),
    }
}

/// How this node's line stands.
pub fn line_words(t: Texts, line: Option<LineState>) -> String {
    match line.map(|line| line.standing) {
        None => t.health_line_never().to_owned(),
        Some(Standing::Closed) => t.health_line_closed().to_owned(),
        Some(Standing::HalfOpen) => t.health_line_half_open().to_owned(),
        Some(Standing::Open { until }) => t.health_line_open(t.short_moment(&local(until))),
    }
}

/// A daily span in which the backend does not answer.
pub fn hours(t: Texts, span: &ClosedSpan) -> String {
    let days: Vec<&str> = span.days.iter().map(|day| weekday(t, *day)).collect();
    let days = if days.is_empty() { t.health_every_day().to_owned() } else { days.join(t.list_comma()) };
    t.health_closed_span(named::Days(days), named::From(span.from.as_str()), named::To(span.to.as_str()))
}

fn weekday(t: Texts, day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => t.weekday_mon(),
        Weekday::Tue => t.weekday_tue(),
        Weekday::Wed => t.weekday_wed(),
        Weekday::Thu => t.weekday_thu(),
        Weekday::Fri => t.weekday_fri(),
        Weekday::Sat => t.weekday_sat(),
        Weekday::Sun => t.weekday_sun(),
    }
}
