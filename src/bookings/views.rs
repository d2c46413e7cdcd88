//! What the pages of bookings show.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    cases::views::{Answered, ReviewSheet},
    catalogue::views::{Barred, ClosureLine, Contact, Paper, Words as _},
    platform::{Texts, named},
    web::frame::{Crumb, Dates as _, Field, Frame, Link, Mistake, Pager, Tab, Text},
};

/// What is known of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarSaid {
    Answer,
    /// As of then: the calendar comes in files, or its keeper is away.
    AsOf(NaiveDateTime),
    /// There is none in these days.
    Nothing,
    Away {
        until: Option<NaiveDateTime>,
        /// Whether somebody can be told when it is back.
        tell: bool,
    },
    NotEntitled,
}

/// A place to choose, or a day.
#[derive(Debug)]
pub struct Way {
    pub label: String,
    pub url: String,
    pub current: bool,
    /// How many are left there.
    pub free: u32,
}

/// What stands above the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChooseNews {
    Nothing,
    /// Somebody else was faster.
    Gone,
    ThatDay,
    /// What they would move is not theirs to move any more.
    Settled,
    TooMany,
    /// They did not come too often, until then.
    Barred(NaiveDate),
    /// The agency does not let them.
    BarredThere,
    /// They are too young to book alone.
    Guardian(u8),
    /// They will hear when the agency is back.
    Wished,
    /// They wait.
    Joined,
}

/// The rules as people read them.
#[derive(Debug, Clone, Default)]
pub struct RulesView {
    pub days: u16,
    /// When the last day opens.
    pub release: Option<String>,
    /// Until so many days before at this time.
    pub cancel: Option<(u8, String)>,
    /// Minutes late, times, within days, barred for days.
    pub missed: Option<(u16, u8, u16, u16)>,
    pub guardian: Option<u8>,
}

impl RulesView {
    pub fn lines(&self, t: &Texts) -> Vec<String> {
        let mut lines = vec![match &self.release {
            Some(at) => t.booking_window_release(named::At(at.as_str()), named::Days(self.days)),
            None => t.booking_window(self.days),
        }];
        lines.push(match &self.cancel {
            Some((0, at)) => t.booking_cancel_same_day(at),
            Some((days, at)) => t.booking_cancel_before(named::At(at.as_str()), named::Days(*days)),
            None => t.booking_cancel_any().to_owned(),
        });
        if let Some((late, times, within, barred)) = self.missed {
            lines.push(t.booking_missed_rule(
                named::Barred(barred),
                named::Late(late),
                named::Times(times),
                named::Within(within),
            ));
        }
        lines.extend(self.guardian.map(|age| t.booking_guardian_rule(age)));
        lines
    }
}

/// Choosing a place, a day and a time.
#[derive(Debug, Template)]
#[template(path = "bookings/choose.html")]
pub struct ChooseView {
    pub frame: Frame,
    pub name: Text,
    pub summary: Text,
    pub guide: String,
    pub domain: Crumb,
    pub agency: Link,
    pub contact: Contact,
    pub sample: bool,
    pub csrf: String,
    pub action: String,
    pub news: ChooseNews,
    /// What keeps the calendar from being read, now or soon.
    pub closures: Vec<ClosureLine>,
    /// Why this person cannot book now.
    pub barred: Option<Barred>,
    pub said: CalendarSaid,
    pub rules: RulesView,
    pub places: Vec<Way>,
    pub days: Vec<Way>,
    pub day: Option<NaiveDate>,
    /// The times that are free on the day.
    pub times: Option<Field>,
    /// Those that are not, and why.
    pub gone: Vec<String>,
    /// The waiting list: for which place, where there is one.
    pub wait: Option<String>,
    /// What the agency is told about the person beside the answers.
    pub told: Vec<String>,
    /// What the form carries along.
    pub hidden: Vec<(&'static str, String)>,
    /// The booking that is changed.
    pub instead: Option<String>,
}

impl ChooseView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.times.iter().filter_map(Field::mistake).collect()
    }
}

/// The summary before it is booked.
#[derive(Debug, Template)]
#[template(path = "bookings/review.html")]
pub struct ReviewView {
    pub frame: Frame,
    pub name: Text,
    pub guide: String,
    pub domain: Crumb,
    pub agency: Link,
    pub csrf: String,
    pub when: WhenView,
    /// Until when it is kept.
    pub held: Option<NaiveDateTime>,
    /// The time to confirm it is over.
    pub over: bool,
    pub sheets: Vec<ReviewSheet>,
    pub unfinished: Option<String>,
    pub told: Vec<String>,
    pub cancel_until: NaiveDateTime,
    pub instead: bool,
    pub book: String,
    pub discard: String,
}

/// Where and when.
#[derive(Debug)]
pub struct WhenView {
    pub starts: NaiveDateTime,
    pub ends: NaiveDateTime,
    pub place: Option<String>,
    pub fee: Option<String>,
}

impl WhenView {
    /// From when to when, with its day.
    pub fn span(&self, t: &Texts) -> String {
        let ends = self.ends.format("%H:%M").to_string();
        t.booking_span(named::Ends(ends), named::Starts(t.moment(&self.starts)))
    }
}

/// Whether the agency has heard of it.
#[derive(Debug)]
pub enum HandoverView {
    /// Not yet; when it is tried again, where that is known.
    Queued {
        at: Option<NaiveDateTime>,
    },
    /// The agency is away until further notice.
    Away,
    Unknown,
    Failed,
}

#[derive(Debug)]
pub struct StepView {
    pub at: NaiveDateTime,
    pub by: String,
    pub act: String,
    pub reason: Option<String>,
}

/// What the person has just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    Nothing,
    Booked,
    Cancelled,
    /// Giving it back is not possible any more.
    NotNow,
}

/// A booking: what is shown at the counter.
#[derive(Debug, Template)]
#[expect(clippy::struct_excessive_bools, reason = "each is said in a sentence of its own")]
#[template(path = "bookings/ticket.html")]
pub struct TicketView {
    pub frame: Frame,
    pub reference: String,
    /// Where they say what it was like, while they can.
    pub rate: Option<String>,
    pub name: Text,
    pub guide: Option<String>,
    pub agency: Option<Link>,
    pub contact: Option<Contact>,
    pub csrf: String,
    pub state: String,
    pub news: Happened,
    pub when: WhenView,
    pub address: Option<Text>,
    pub handover: Option<HandoverView>,
    /// The page looks again by itself.
    pub reload: bool,
    pub ticket: Option<String>,
    pub agency_reference: Option<String>,
    /// What is shown at the counter.
    pub code: Option<String>,
    /// It is the portal's own, which counts once.
    pub once: bool,
    pub picture: Option<String>,
    pub bring: Vec<Paper>,
    pub visit: Option<Text>,
    pub cancel_until: NaiveDateTime,
    pub can_cancel: bool,
    pub change: Option<String>,
    /// Chosen or offered, and not confirmed: until when.
    pub go_on: Option<NaiveDateTime>,
    pub reason: Option<String>,
    pub refund: bool,
    pub steps: Vec<StepView>,
    pub answers: Vec<Answered>,
}

impl TicketView {
    fn agency_name(&self) -> String {
        self.agency.as_ref().map_or_else(String::new, |agency| agency.text.text.clone())
    }
}

#[derive(Debug)]
pub struct BookingLine {
    pub reference: String,
    pub name: Text,
    pub state: String,
    pub starts: NaiveDateTime,
}

#[derive(Debug)]
pub struct WaitLine {
    pub id: String,
    pub name: Text,
    pub place: Text,
    pub day: NaiveDate,
}

/// Everything a person booked.
#[derive(Debug, Template)]
#[template(path = "bookings/list.html")]
pub struct BookingsView {
    pub frame: Frame,
    pub csrf: String,
    pub tabs: Vec<Tab>,
    pub past: bool,
    pub bookings: Vec<BookingLine>,
    pub waits: Vec<WaitLine>,
    pub pager: Pager,
}

/// Calendars that somebody looks after.
#[derive(Debug, Template)]
#[template(path = "bookings/calendars.html")]
pub struct CalendarsView {
    pub frame: Frame,
    pub calendars: Vec<Link>,
}

#[derive(Debug)]
pub struct SessionLine {
    pub place: Text,
    /// Its key in the form.
    pub key: String,
    pub starts: NaiveDateTime,
    pub ends: NaiveDateTime,
    pub taken: u32,
    pub capacity: u32,
    pub stopped: Option<String>,
    pub over: bool,
    pub bookings: Vec<DeskLine>,
}

/// Somebody's booking, without their name.
#[derive(Debug)]
pub struct DeskLine {
    pub reference: String,
    pub state: String,
    pub missed: bool,
}

/// A day of a calendar, for whoever looks after it.
#[derive(Debug, Template)]
#[template(path = "bookings/calendar.html")]
pub struct CalendarView {
    pub frame: Frame,
    pub csrf: String,
    pub name: Text,
    pub code: String,
    pub day: NaiveDate,
    pub days: Vec<Tab>,
    pub said: Option<(&'static str, String)>,
    pub today: bool,
    pub sessions: Vec<SessionLine>,
}

impl CalendarView {
    fn code_field(&self) -> Field {
        Field::new("code", self.frame.t.session_code()).hint(self.frame.t.session_code_hint())
    }

    fn reason_field(&self, key: &str) -> Field {
        Field::new(format!("reason-{key}"), self.frame.t.session_stop_reason())
    }
}

/// The look of a state, for the component `tag`.
pub fn state_kind(state: &str) -> &'static str {
    match state {
        "booked" | "kept" => "ok",
        "chosen" | "asked" | "cancelling" => "info",
        "cancelled" | "lapsed" => "plain",
        "full" | "missed" => "warn",
        _ => "bad",
    }
}
