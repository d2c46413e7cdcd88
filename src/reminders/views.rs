//! What the pages of dates show.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    platform::{Texts, named},
    web::frame::{Dates as _, Field, Frame, Link, Mistake, Text},
};

/// A date in the list.
#[derive(Debug)]
pub struct DateLine {
    pub url: String,
    pub name: Text,
    /// `document`, `booking`, `case`, `own`.
    pub source: &'static str,
    pub matter: String,
    pub due: NaiveDate,
    /// The last day to act in time, where that is before the date itself.
    pub closes: Option<NaiveDate>,
    pub days: i64,
    /// When the next reminder comes, if one does.
    pub next: Option<NaiveDate>,
    pub muted: bool,
}

impl DateLine {
    /// What it is the date of, and when.
    pub fn words(&self, t: &Texts) -> String {
        let what = if self.source == "document" { self.matter.as_str() } else { self.source };
        let line = t.date_line(named::Day(t.day(&self.due)), named::What(what));
        match &self.closes {
            Some(closes) => t.date_line_closes(named::Day(t.day(closes)), named::Line(line)),
            None => line,
        }
    }

    /// How soon it is, in a word.
    pub fn soon(&self, t: &Texts) -> String {
        if self.days < 0 { t.date_passed().to_owned() } else { t.date_in(self.days) }
    }

    /// The colour of the word that says how soon it is.
    pub fn kind(&self) -> &'static str {
        match self.days {
            // Nobody is ever late with what may be done again.
            _ if self.matter == "again" => "plain",
            ..0 => "danger",
            0..=7 => "warn",
            _ => "plain",
        }
    }
}

/// Dates of one month.
#[derive(Debug)]
pub struct Month {
    pub name: String,
    pub id: String,
    pub dates: Vec<DateLine>,
}

/// `/me/reminders`
#[derive(Debug, Template)]
#[template(path = "reminders/list.html")]
pub struct DatesView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub months: Vec<Month>,
    pub words: Field,
    pub due: Field,
    pub plan: Field,
    /// Services that are there in some months only.
    pub yearly: Vec<Link>,
    /// The address of the calendar, if there is one.
    pub calendar: Option<String>,
    /// Somebody acts for another: what they see is on record, and a calendar is nobody else's.
    pub acting: bool,
    /// They are a company's, which has none but those of its documents.
    pub company: bool,
}

impl DatesView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        [&self.words, &self.due, &self.plan].into_iter().filter_map(Field::mistake).collect()
    }
}

/// `/me/reminders/yearly/{code}`
#[derive(Debug, Template)]
#[template(path = "reminders/yearly.html")]
pub struct YearlyView {
    pub frame: Frame,
    pub csrf: String,
    pub service: Link,
    pub action: String,
    pub opens: NaiveDate,
    pub closes: NaiveDate,
}

impl YearlyView {
    /// When it is there.
    pub fn words(&self) -> String {
        let t = self.frame.t;
        t.yearly_window(named::Closes(t.day(&self.closes)), named::Opens(t.day(&self.opens)))
    }
}

/// What became of one reminder.
#[derive(Debug)]
pub struct ReminderLine {
    pub days: i32,
    /// The day on which it was due.
    pub on: NaiveDate,
    pub state: String,
    pub reason: Option<String>,
}

/// `/me/reminders/{id}`
#[derive(Debug, Template)]
#[template(path = "reminders/date.html")]
pub struct DateView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub url: String,
    pub date: DateLine,
    /// Where it is seen and acted on.
    pub path: Option<String>,
    pub reminders: Vec<ReminderLine>,
    pub plan: Field,
    pub snooze: Field,
    pub mute: Field,
    /// Only a date of one's own can be forgotten.
    pub own: bool,
}

impl DateView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        [&self.plan, &self.snooze].into_iter().filter_map(Field::mistake).collect()
    }
}

/// The account, for administrators.
#[derive(Debug, Template)]
#[template(path = "reminders/balance.html")]
pub struct BalanceView {
    pub frame: Frame,
    pub accounts: Vec<AccountView>,
    pub at: NaiveDateTime,
}

/// One account: of reminders, or of notices.
#[derive(Debug)]
pub struct AccountView {
    pub tag: String,
    pub holds: bool,
    pub due: i64,
    pub waiting: i64,
    pub sent: i64,
    pub suppressed: Vec<(String, i64)>,
    pub failed: Vec<(String, i64)>,
    pub lost: i64,
    pub oldest: Option<NaiveDateTime>,
    /// More lines, by the names of their labels.
    pub more: Vec<(String, i64)>,
}
