//! How a document stands: by the rule of its kind, the city's working days, and what its issuer says.

use chrono::NaiveDate;
use yimen_contract::licence::LicenceType;
use yimen_licences::{Calendar, Dates, Document as Held, Matter, Rule, State};

use super::Document;
use crate::{
    catalogue::Catalogue,
    platform::{calendar::WorkingCalendar, clock::city_day},
};

/// The city's calendar, as licences ask it.
#[derive(Debug, Clone, Copy)]
pub struct CityDays<'a>(pub &'a WorkingCalendar);

impl Calendar for CityDays<'_> {
    fn is_working(&self, day: NaiveDate) -> bool {
        self.0.is_working(day)
    }

    fn is_published(&self, year: i32) -> bool {
        self.0.is_published(year)
    }
}

/// The rule of a kind as the city's packages have it now. Of a kind that no package has any more, or that a person made
/// up, only the printed date is known.
pub fn rule(catalogue: &Catalogue, kind: &str) -> Rule {
    let read = |licence: &LicenceType| {
        let rule = Rule::read(licence);
        rule.inspect_err(|error| tracing::error!(kind, %error, "the rule of a licence cannot be read")).ok()
    };
    catalogue.licence(kind).and_then(|(_, licence)| read(licence)).unwrap_or_else(plain)
}

/// What has a printed end and nothing else: to be renewed by then, at any time before or after.
fn plain() -> Rule {
    Rule::plain(&[60, 30, 7, 1])
}

impl Document {
    /// As the rules know it.
    pub fn held(&self) -> Held<'_> {
        Held {
            expires: self.expires_on,
            checked: self.checked_on,
            endorsed: self.checked_on,
            next: self.next_on,
            tied: self.expires_on.or(self.next_on),
            status: self.status(),
            ..Held::issued(self.issued_on)
        }
    }

    /// Its dates under a rule.
    pub fn dates<'r>(&self, rule: &'r Rule, calendar: &WorkingCalendar) -> Dates<'r> {
        let dates = rule.dates(&self.held(), &CityDays(calendar));
        if self.is_own() {
            return dates.step_unknown();
        }
        // What its issuer says goes before what is only counted.
        let dates = if self.expires_on.is_none() { dates.without_end() } else { dates };
        if self.checked_on.is_some() { dates } else { dates.in_force_on(city_day(self.seen_at.moment())) }
    }
}

/// How it stands, in the word by which texts know it.
pub const fn state_tag(state: State) -> &'static str {
    match state {
        State::NotYet => "not-yet",
        State::Valid => "valid",
        State::RenewalPending => "renewal-pending",
        State::Unknown => "unknown",
        State::Suspended => "suspended",
        State::Frozen => "frozen",
        State::Lost => "lost",
        State::Expired => "expired",
        State::Cancelled => "cancelled",
        State::Revoked => "revoked",
    }
}

/// What a date is the date of, in the word by which texts and tables know it.
pub const fn matter_tag(matter: Matter) -> &'static str {
    match matter {
        Matter::Renewal => "renewal",
        Matter::Endorsement => "endorsement",
        Matter::Inspection => "inspection",
        Matter::Check => "check",
        Matter::Report => "report",
        Matter::Tied => "tied",
        Matter::Plan => "plan",
        Matter::Again => "again",
    }
}
