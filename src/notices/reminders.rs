//! Reminding people of a date that comes near: what it is the date of, when, and where to act.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use yimen_contract::Bilingual;

use super::{courier::Courier, matter::Matter, model::Principal, news::News, say::say_of};
use crate::{
    db::Conn,
    jobs::Failure,
    ledger::CitizenId,
    platform::{Texts, named},
    web::{
        frame::Dates as _,
        ical::{Entry, When},
    },
};

/// What a reminder says. What somebody calls a date of their own is not in it: only they may read that, on the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminded {
    /// `document`, `booking`, `case`, `own`.
    pub source: String,
    pub matter: String,
    /// The kind of document, or the service.
    pub name: Option<Bilingual>,
    pub due: NaiveDate,
    /// The last day to act in time, where that is before the date itself and still to come. What was said by an older version
    /// does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<NaiveDate>,
    /// How many days until the date.
    pub days: i64,
    /// Where to act, below our own address.
    pub path: String,
    /// Whether its source was asked once more just now.
    pub checked: bool,
    /// It is of somebody for whom the reader acts.
    pub for_other: bool,
    /// By what the date is known in the reader's calendar. What was said by an older version does not have it.
    #[serde(default)]
    pub deadline: Option<String>,
}

/// Reminds somebody, in the transaction that settles the reminder.
pub fn remind(
    c: &mut Conn,
    courier: &Courier,
    reader: (CitizenId, Option<Principal>),
    told: Reminded,
) -> Result<(), Failure> {
    Ok(say_of(c, courier, reader, &News::Reminder(told))?)
}

fn named_so(t: Texts, told: &Reminded) -> String {
    let name = told.name.as_ref().map(|name| t.say(name).text.to_owned());
    let name = name.unwrap_or_else(|| t.reminder_of(told.source.as_str()));
    if told.for_other { t.reminder_for_other(name) } else { name }
}

/// The day in the reader's own calendar. An appointment is entered when it is made, with its hour.
pub(super) fn entry(t: Texts, told: &Reminded) -> Option<Entry> {
    if told.source == "booking" {
        return None;
    }
    Some(Entry {
        // Each reminder of a date makes the same entry, also where it was moved meanwhile.
        id: told.deadline.clone()?,
        when: When::Day(told.due),
        summary: named_so(t, told),
        place: String::new(),
        about: String::new(),
        url: String::new(),
    })
}

/// What a notice says, whichever way it goes.
pub(super) fn matter(t: Texts, told: &Reminded) -> Matter {
    let what = if told.source == "document" { told.matter.as_str() } else { told.source.as_str() };
    let day = t.day(&told.due);
    let name = || named::Name(named_so(t, told));
    // One that was missed is still said while something can be done.
    let (subject, lead) = if told.days < 0 {
        (t.reminder_passed(named::Days(-told.days), name()), t.reminder_passed_lead(named::Day(day), name()))
    } else {
        (
            t.reminder_subject(named::Days(told.days), name()),
            t.reminder_lead(named::Day(day), name(), named::What(what)),
        )
    };
    let lead = match &told.closes {
        Some(closes) => t.reminder_closes(named::Day(t.day(closes)), named::Lead(lead)),
        None => lead,
    };
    let lead = if told.checked { lead } else { t.reminder_unchecked(lead) };
    Matter { entry: entry(t, told), ..Matter::new(subject, lead, told.path.clone()) }
}
