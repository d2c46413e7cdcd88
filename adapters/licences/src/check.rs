//! What is wrong with the licence types of a package, for those who write it: file, field and remedy.
//!
//! Whether a window can close before it opens, or a reminder come too late, depends on the months between. So it is
//! tried: a document that ends on every day of some years, in a calendar with more holidays than any real one. What
//! is found is said with the day on which it happens.

use chrono::{Datelike as _, NaiveDate};
use yimen_contract::licence::LicenceType;
use yimen_contract::{Finding, Findings, Package, Problem};

use crate::dates::{Deadline, days_before};
use crate::days::{Calendar, PlainWeek};
use crate::due::Due;
use crate::grammar::Term;
use crate::rule::Rule;

/// Four years hold every month in every length.
const TRIED_DAYS: usize = 4 * 366;

/// Looks at every licence type.
pub fn licences(package: &Package) -> Findings {
    let mut findings = Findings::default();
    for licence in &package.licences {
        let file = format!("licences/{}.toml", licence.code);
        for (field, problem) in mistakes(licence) {
            findings.add(Finding::error(&file, problem).field(&field));
        }
    }
    findings
}

/// What is wrong with one, each with its field.
pub fn mistakes(licence: &LicenceType) -> Vec<(String, Problem)> {
    match Rule::read(licence) {
        Ok(rule) => trials(&rule),
        Err(mistake) => {
            let remedy = match mistake.field() {
                "validity" => {
                    "Write terms such as `fixed(5y)`, `age_band(<16=5y;>=16=10y)` or `check(2y)`, joined by `+`; docs/agency.md lists them."
                }
                "reminder_days" => "Write at most sixteen days, from the longest to the shortest, each once.",
                "late.then" => {
                    "Write states from mild to severe: valid, suspended, frozen, expired, cancelled, revoked."
                }
                _ => {
                    "Write a distance from the expiry such as `-90D`, `-3M` or `-30W`, or a day such as \
                     `fixed(03-01)`; what follows being late lies after it, such as `+12M`, or is `always`."
                }
            };
            vec![(mistake.field().to_owned(), Problem::new(mistake.to_string(), remedy))]
        }
    }
}

/// Tries the rule on every day that a document can end on.
fn trials(rule: &Rule) -> Vec<(String, Problem)> {
    let mut found: Vec<(String, Problem)> = Vec::new();
    if rule.is_endless() && !rule.reminders.is_empty() {
        let message = "It never ends, so nobody can be reminded before its end.";
        let remedy = "Leave the reminders out, or say in the validity what ends.";
        found.push(("reminder_days".to_owned(), Problem::new(message, remedy)));
    }
    let first = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap_or_default();
    for term in &rule.terms {
        // What ends with a span of the year ends on no other day.
        for expiry in first.iter_days().take(TRIED_DAYS).filter(|expiry| !ends_otherwise(term, *expiry)) {
            let deadline = rule.deadline(term.matter(), Due::On(expiry), NaiveDate::MIN, &Holidays);
            let mistakes = window(&deadline, expiry).into_iter().chain(reminders(rule, &deadline, expiry));
            for (field, problem) in mistakes {
                if !found.iter().any(|(known, _)| *known == field) {
                    found.push((field, problem));
                }
            }
        }
    }
    found
}

fn ends_otherwise(term: &Term, expiry: NaiveDate) -> bool {
    let (Term::Endorse(recurring) | Term::AnnualReport(recurring)) = term else { return false };
    recurring.end_in(expiry.year()).is_some_and(|end| end != expiry)
}

fn window(deadline: &Deadline, expiry: NaiveDate) -> Option<(String, Problem)> {
    let opens = deadline.opens.filter(|opens| *opens > deadline.closes)?;
    let message = format!(
        "For one that expires on {expiry}, renewal would open on {opens} and close on {}.",
        deadline.closes
    );
    let remedy = "Let it open before it closes.";
    Some(("renew_open".to_owned(), Problem::new(message, remedy)))
}

fn reminders(rule: &Rule, deadline: &Deadline, expiry: NaiveDate) -> Option<(String, Problem)> {
    let late = |days: &&u16| days_before(expiry, **days) >= deadline.closes;
    let (place, days) = rule.reminders.iter().enumerate().find(|(_, days)| late(days))?;
    let message = format!(
        "For one that expires on {expiry}, the last day to act is {}; a reminder {days} days before \
         the expiry is of no use any more.",
        deadline.closes
    );
    let remedy = "Remind before the last day on which the holder can act.";
    Some((format!("reminder_days[{place}]"), Problem::new(message, remedy)))
}

/// More and longer holidays than any year has, and no day worked to make up for one.
struct Holidays;

impl Calendar for Holidays {
    fn is_working(&self, day: NaiveDate) -> bool {
        let span = matches!(
            (day.month(), day.day()),
            (1, 1..=3) | (2, 1..=9) | (4, 4..=6) | (5, 1..=5) | (6, 10..=12) | (10, 1..=8)
        );
        !span && PlainWeek.is_working(day)
    }

    fn is_published(&self, _: i32) -> bool {
        true
    }
}

impl crate::grammar::Recurring {
    fn end_in(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Every(_) => None,
            Self::Yearly { to, .. } => Some(to.in_year(year)),
        }
    }
}
