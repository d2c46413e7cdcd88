//! What the pages of the city's own numbers show.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use crate::web::frame::{Dates as _, Field, Frame, Mistake, Pager, Tab};

/// `/admin/policy`
#[derive(Debug, Template)]
#[template(path = "hall/admin/rules.html")]
pub struct RulesView {
    pub frame: Frame,
    pub tabs: Vec<Tab>,
    /// How many changes wait for a second administrator.
    pub waiting: usize,
    pub groups: Vec<RuleGroup>,
}

/// Numbers that are about the same thing.
#[derive(Debug)]
pub struct RuleGroup {
    pub id: &'static str,
    pub title: String,
    pub rows: Vec<RuleRow>,
}

#[derive(Debug)]
pub struct RuleRow {
    pub url: String,
    pub name: String,
    pub about: String,
    pub value: String,
    /// Nothing where it is as the city's package says.
    pub since: Option<NaiveDateTime>,
    pub by: Option<String>,
    /// What is decided for later.
    pub next: Option<String>,
    /// Who asked for a change that waits.
    pub asked_by: Option<String>,
}

/// `/admin/policy/{rule}`
#[derive(Debug, Template)]
#[template(path = "hall/admin/rule.html")]
pub struct RuleView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub url: String,
    pub name: String,
    pub about: String,
    pub value: String,
    /// What the city's package says.
    pub first: String,
    pub bounds: String,
    pub since: Option<NaiveDateTime>,
    pub by: Option<String>,
    pub next: Vec<NextRow>,
    pub wish: Option<RuleWish>,
    /// Why the wish is refused.
    pub why: Field,
    pub rows: Vec<ChangeRow>,
    /// Where all of its history stands.
    pub all: String,
}

impl RuleView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.why.mistake().into_iter().collect()
    }
}

/// Something that is decided for later.
#[derive(Debug)]
pub struct NextRow {
    pub from: NaiveDate,
    pub value: String,
    pub by: String,
}

/// A change that waits.
#[derive(Debug)]
pub struct RuleWish {
    pub id: String,
    /// The reader's own: another person decides it.
    pub own: bool,
    /// Its day is over: approved now, it begins now.
    pub late: bool,
    pub row: ChangeRow,
}

/// A change that was asked for, and what became of it.
#[derive(Debug, Clone)]
pub struct ChangeRow {
    /// The rule's page; nothing where the rule is not there any more.
    pub url: Option<String>,
    pub rule: String,
    pub was: String,
    pub value: String,
    pub from: NaiveDate,
    pub reason: String,
    pub asked_by: String,
    pub asked_at: NaiveDateTime,
    /// The colour in which it stands, and how.
    pub kind: &'static str,
    pub state: String,
    pub decided_by: Option<String>,
    pub decided_at: Option<NaiveDateTime>,
    /// Why it was refused.
    pub words: String,
}

/// `/admin/policy/history`
#[derive(Debug, Template)]
#[template(path = "hall/admin/rule-history.html")]
pub struct RuleHistoryView {
    pub frame: Frame,
    pub csrf: String,
    pub rule: Field,
    pub state: Field,
    pub order: Field,
    /// What the form asks for, as the file of it is asked for.
    pub hidden: [(&'static str, &'static str); 3],
    pub rows: Vec<ChangeRow>,
    pub all: i64,
    pub pager: Pager,
}
