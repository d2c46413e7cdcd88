//! Deadlines and reminders as they are kept.

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_licences::{
    Matter, Stages,
    reminders::{Failure as Failed, Marks, Phase, Reason, Wish},
};

use crate::{
    db::{Stamp, schema::deadlines},
    id,
    ledger::{CitizenId, Private},
    notices::Courier,
    wallet,
};

id! {
    /// A date of somebody's.
    DeadlineId
}
id! {
    /// A reminder that has come due.
    ReminderId
}

/// Where what a person calls a date is sealed.
pub(super) const WORDS: &str = "deadlines.words";

/// What a deadline hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    Document,
    Booking,
    Case,
    Due,
    Own,
}

impl Source {
    pub const ALL: [Self; 5] = [Self::Document, Self::Booking, Self::Case, Self::Due, Self::Own];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Booking => "booking",
            Self::Case => "case",
            Self::Due => "due",
            Self::Own => "own",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.tag() == tag)
    }
}

/// A deadline.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = deadlines)]
pub struct Deadline {
    pub citizen_id: CitizenId,
    pub id: DeadlineId,
    pub source: String,
    pub source_id: String,
    pub matter: String,
    pub about: String,
    pub words: Option<Private>,
    pub due_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub last_chance_on: NaiveDate,
    pub since_on: NaiveDate,
    pub rule_plan: String,
    pub own_plan: Option<String>,
    pub muted: bool,
    pub snoozed_until: Option<NaiveDate>,
    pub ended: Option<String>,
    pub waiting: i32,
    pub settled: i32,
    pub next_look: Option<NaiveDate>,
    pub made_at: Stamp,
    pub changed_at: Stamp,
}

/// Days before a date, as they are kept: longest first, with commas between.
pub fn plan_of(text: &str) -> Vec<u16> {
    text.split(',').filter_map(|days| days.parse().ok()).collect()
}

pub fn plan_text(days: &[u16]) -> String {
    days.iter().map(u16::to_string).collect::<Vec<_>>().join(",")
}

impl Deadline {
    /// The days before it on which its holder is reminded.
    pub fn plan(&self) -> Vec<u16> {
        plan_of(self.own_plan.as_ref().unwrap_or(&self.rule_plan))
    }

    pub fn matter(&self) -> Matter {
        matter_named(&self.matter)
    }

    /// Its reminders, by a plan that was read of it.
    pub fn stages<'p>(&self, plan: &'p [u16]) -> Stages<'p> {
        let days = (Some(self.due_on), self.closes_on, self.last_chance_on);
        Stages::kept(plan, self.since_on, self.matter(), days)
    }

    /// The last day to act in time, where that is before the date itself.
    pub fn closes_first(&self) -> Option<NaiveDate> {
        Some(self.closes_on).filter(|closes| *closes < self.due_on)
    }

    /// The last day until which its holder can sleep over it: that on which there is something to be done in time, or else late.
    pub(super) fn wakes_by(&self, today: NaiveDate) -> NaiveDate {
        let in_time = self.closes_on.min(self.due_on);
        if today < in_time { in_time } else { self.last_chance_on }
    }

    /// The bits are kept as the sixteen that they are.
    pub fn marks(&self) -> Marks {
        let bits = |kept: i32| u16::try_from(kept).unwrap_or_default();
        Marks { waiting: bits(self.waiting), settled: bits(self.settled) }
    }

    pub fn wish(&self) -> Wish {
        Wish { muted: self.muted, discarded: self.ended.is_some(), snoozed_until: self.snoozed_until }
    }

    /// Whether another says the same of what it hangs on.
    pub(super) fn is_as(&self, other: &Self) -> bool {
        let says = |one: &Self| {
            let days = (one.due_on, one.closes_on, one.last_chance_on, one.since_on);
            (days, one.rule_plan.clone(), one.about.clone(), one.words.clone(), one.ended.clone())
        };
        says(self) == says(other)
    }

    /// Where it is seen.
    pub fn path(&self) -> String {
        match Source::named(&self.source) {
            Some(Source::Document) => format!("/me/wallet/{}", self.source_id),
            Some(Source::Booking) => format!("/me/bookings/{}", self.source_id),
            Some(Source::Case) => format!("/me/cases/{}", self.source_id),
            Some(Source::Due) => format!("/me/payments/owed/{}", self.source_id),
            Some(Source::Own) if !self.about.is_empty() => format!("/services/{}", self.about),
            Some(Source::Own) | None => "/me/reminders".to_owned(),
        }
    }
}

pub(super) fn matter_named(tag: &str) -> Matter {
    match tag {
        "endorsement" => Matter::Endorsement,
        "inspection" => Matter::Inspection,
        "check" => Matter::Check,
        "report" => Matter::Report,
        "tied" => Matter::Tied,
        "plan" => Matter::Plan,
        "again" => Matter::Again,
        _ => Matter::Renewal,
    }
}

/// The words under which a phase is kept: its state, and the reason for it.
pub(super) fn phase_words(phase: Phase) -> (&'static str, Option<&'static str>) {
    match phase {
        Phase::Waiting => ("waiting", None),
        Phase::Sent => ("sent", None),
        Phase::Suppressed(reason) => ("suppressed", Some(reason_word(reason))),
        Phase::Failed(failure) => ("failed", Some(failure_word(failure))),
    }
}

pub(super) const fn reason_word(reason: Reason) -> &'static str {
    match reason {
        Reason::Overtaken => "overtaken",
        Reason::TooLate => "too-late",
        Reason::Renewed => "renewed",
        Reason::Moved => "moved",
        Reason::Muted => "muted",
        Reason::Discarded => "discarded",
        Reason::RuleChanged => "rule-changed",
        Reason::NotAgreed => "not-agreed",
        Reason::AccountEnded => "account-ended",
    }
}

pub(super) const fn failure_word(failure: Failed) -> &'static str {
    match failure {
        Failed::NoAddress => "no-address",
        Failed::Bounced => "bounced",
        Failed::Refused => "refused",
        Failed::OutOfTime => "out-of-time",
        Failed::Uncertain => "uncertain",
    }
}

/// The phase that words stand for. Words that no version of the program wrote stand for none.
pub(super) fn phase_named(state: &str, reason: Option<&str>) -> Option<Phase> {
    match (state, reason) {
        ("waiting", None) => Some(Phase::Waiting),
        ("sent", None) => Some(Phase::Sent),
        ("suppressed", Some(word)) => {
            Reason::ALL.into_iter().find(|reason| reason_word(*reason) == word).map(Phase::Suppressed)
        }
        ("failed", Some(word)) => {
            Failed::ALL.into_iter().find(|failure| failure_word(*failure) == word).map(Phase::Failed)
        }
        _ => None,
    }
}

/// What looking and sending need.
#[derive(Clone)]
pub struct Means {
    pub wallet: wallet::pull::Means,
    pub courier: Courier,
}
