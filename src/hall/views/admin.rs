//! What the administrators' pages show.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use crate::web::frame::{Dates as _, Field, Frame, Mistake, Pager, Tab, Text};

/// `/admin`
#[derive(Debug, Template)]
#[template(path = "hall/admin/home.html")]
pub struct AdminView {
    pub frame: Frame,
    /// What waits, those things that are about the same together.
    pub groups: Vec<NeedGroup>,
    /// Where else an administrator works: address and words.
    pub pages: Vec<(&'static str, &'static str)>,
}

#[derive(Debug)]
pub struct NeedGroup {
    pub id: &'static str,
    pub title: &'static str,
    pub needs: Vec<Need>,
}

/// Something that needs a person.
#[derive(Debug)]
pub struct Need {
    pub words: String,
    /// How many; nothing where that is no question.
    pub count: Option<i64>,
    pub url: &'static str,
    pub urgent: bool,
}

/// `/admin/jobs`
#[derive(Debug, Template)]
#[template(path = "hall/admin/jobs.html")]
pub struct JobsView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub kinds: Vec<KindRow>,
    /// The kind of which the dead are shown; empty for all.
    pub kind: String,
    pub choice: Field,
    pub dead: Vec<DeadRow>,
    pub all: i64,
    pub pager: Pager,
}

/// The jobs of a kind.
#[derive(Debug)]
pub struct KindRow {
    pub kind: String,
    pub waiting: i64,
    pub oldest: Option<NaiveDateTime>,
    pub later: i64,
    pub running: i64,
    pub dead: i64,
}

/// A job that was given up.
#[derive(Debug, Clone)]
pub struct DeadRow {
    pub id: String,
    pub url: String,
    pub kind: String,
    pub attempts: i32,
    pub reason: String,
    pub made: NaiveDateTime,
    pub died: NaiveDateTime,
    /// Who asked to throw it away.
    pub asked_by: Option<String>,
}

/// `/admin/jobs/{id}`
#[derive(Debug, Template)]
#[template(path = "hall/admin/dead-job.html")]
pub struct DeadJobView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub job: DeadRow,
    pub wish: Option<WishRow>,
    pub why: Field,
}

impl DeadJobView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.why.mistake().into_iter().collect()
    }
}

/// The wish to throw a job away.
#[derive(Debug)]
pub struct WishRow {
    pub by: String,
    pub reason: String,
    pub at: NaiveDateTime,
    /// Which wish it is, as the form says what its sender saw.
    pub seen: String,
    /// The reader's own: another person confirms it.
    pub own: bool,
}

/// `/admin/audit`
#[derive(Debug, Template)]
#[template(path = "hall/admin/audit.html")]
pub struct AuditView {
    pub frame: Frame,
    pub csrf: String,
    pub tabs: Vec<Tab>,
    /// Which record.
    pub source: &'static str,
    /// Member, branch, act, first and last day, order.
    pub who: Field,
    pub branch: Field,
    pub act: Field,
    pub from: Field,
    pub until: Field,
    pub order: Field,
    pub rows: Vec<AuditRow>,
    pub all: i64,
    pub pager: Pager,
    /// The end of the chain; nothing where nothing is sealed yet.
    pub chain: Option<ChainRow>,
}

impl AuditView {
    /// What the form asks for, as the file of it is asked for.
    pub fn hidden(&self) -> Vec<(&str, &str)> {
        vec![
            ("source", self.source),
            ("who", value(&self.who)),
            ("branch", value(&self.branch)),
            ("act", value(&self.act)),
            ("from", value(&self.from)),
            ("until", value(&self.until)),
            ("order", value(&self.order)),
        ]
    }
}

/// What stands in a field, or which of its choices is chosen.
fn value(field: &Field) -> &str {
    let chosen = field.choices.iter().find(|choice| choice.chosen);
    chosen.map_or(field.value.as_str(), |choice| choice.value.as_str())
}

/// Something that somebody did.
#[derive(Debug, Clone)]
pub struct AuditRow {
    pub at: NaiveDateTime,
    pub who: String,
    pub branch: String,
    pub act: String,
    /// What it was done to.
    pub about: String,
    pub words: String,
}

/// How the chain of looks stands.
#[derive(Debug)]
pub struct ChainRow {
    pub position: i64,
    pub at: NaiveDateTime,
    pub key: String,
    pub holds: bool,
    pub waiting: i64,
}

/// `/admin/health`
#[derive(Debug, Template)]
#[template(path = "hall/admin/health.html")]
pub struct NodeView {
    pub frame: Frame,
    pub at: NaiveDateTime,
    /// What is looked at, in which colour it stands, and how.
    pub parts: Vec<(&'static str, &'static str, String)>,
    pub schedules: Vec<ScheduleRow>,
    /// Agencies that this node cannot simply call: name, and how its line stands.
    pub lines: Vec<(String, String)>,
}

/// Something that happens by the clock.
#[derive(Debug)]
pub struct ScheduleRow {
    pub name: String,
    pub last: NaiveDateTime,
    /// It should have happened since.
    pub late: bool,
}

/// `/admin/calendar`
#[derive(Debug, Template)]
#[template(path = "hall/admin/calendar.html")]
pub struct CalendarView {
    pub frame: Frame,
    pub tabs: Vec<Tab>,
    pub year: String,
    pub published: bool,
    pub working_days: Option<usize>,
    pub spans: Vec<SpanRow>,
}

/// Days that differ from the plain week.
#[derive(Debug)]
pub struct SpanRow {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Worked, though they fall on a weekend.
    pub work: bool,
    pub name: Text,
    /// Where it was published.
    pub notice: String,
}
