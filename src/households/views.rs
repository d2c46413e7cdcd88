//! What the pages of households show.

use askama::Template;
use chrono::NaiveDate;

use super::figures::Figures;
use crate::{
    platform::Texts,
    web::frame::{Dates as _, Frame, Input, Mistake, Pager, Tab, Text},
};

/// What is counted, in the order of the columns.
pub const HEADS: [&str; 4] = ["households", "late", "visits", "more"];

/// A household, in a list of staff.
#[derive(Debug)]
pub struct HouseholdLine {
    pub url: String,
    pub name: Text,
    pub agency: Text,
    pub district: Option<Text>,
    pub members: i32,
    pub late: bool,
    pub visited: Option<NaiveDate>,
    /// By when somebody looks in again, while somebody does.
    pub next: Option<NaiveDate>,
}

/// What is counted of a service.
#[derive(Debug)]
pub struct FigureLine {
    pub name: Text,
    pub agency: Text,
    pub cells: [String; HEADS.len()],
}

impl FigureLine {
    pub fn of(name: Text, agency: Text, figures: Option<Figures>, least: u64) -> Self {
        Self { name, agency, cells: Self::cells(figures, least) }
    }

    /// Counts in the order of the heads; nothing in place of one that is about fewer than `least`, but more than none.
    pub fn cells(figures: Option<Figures>, least: u64) -> [String; HEADS.len()] {
        let Some(Figures { households, late, visits, more }) = figures else {
            return HEADS.map(|_| String::new());
        };
        [households, late, visits, more].map(|count| {
            let few = u64::try_from(count).is_ok_and(|count| (1..least).contains(&count));
            if few { String::new() } else { count.to_string() }
        })
    }
}

fn heads(t: Texts) -> [String; HEADS.len()] {
    HEADS.map(|head| t.household_head(head))
}

/// `/agency/households`
#[derive(Debug, Template)]
#[template(path = "households/desk.html")]
pub struct DeskView {
    pub frame: Frame,
    pub tabs: Vec<Tab>,
    pub lines: Vec<HouseholdLine>,
    pub pager: Pager,
    pub figures: Vec<FigureLine>,
}

impl DeskView {
    pub fn heads(&self) -> [String; HEADS.len()] {
        heads(self.frame.t)
    }
}

/// `/admin/households`
#[derive(Debug, Template)]
#[template(path = "households/figures.html")]
pub struct FiguresView {
    pub frame: Frame,
    /// Counts of fewer are left out.
    pub least: u64,
    pub figures: Vec<FigureLine>,
}

impl FiguresView {
    pub fn heads(&self) -> [String; HEADS.len()] {
        heads(self.frame.t)
    }
}

/// A visit.
#[derive(Debug)]
pub struct VisitLine {
    pub on: NaiveDate,
    pub outcome: &'static str,
    pub words: String,
}

/// Something that staff can write down, with its form.
#[derive(Debug)]
pub struct WorkForm {
    pub act: &'static str,
    pub inputs: Vec<Input>,
}

impl WorkForm {
    /// Whether something in it is wrong, so that it stands open.
    pub fn is_wrong(&self) -> bool {
        self.inputs.iter().any(|input| input.field.error.is_some())
    }
}

/// `/agency/households/{id}`
#[derive(Debug, Template)]
#[template(path = "households/one.html")]
pub struct OneView {
    pub frame: Frame,
    pub csrf: String,
    pub url: String,
    pub said: Option<(&'static str, String)>,
    pub name: Text,
    pub agency: Text,
    /// Whom the agency deals with.
    pub who: Option<String>,
    pub phone: Option<String>,
    pub district: Option<Text>,
    pub members: i32,
    pub about: String,
    pub late: bool,
    pub next: Option<NaiveDate>,
    pub ended: Option<NaiveDate>,
    pub visits: Vec<VisitLine>,
    pub forms: Vec<WorkForm>,
}

impl OneView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        let inputs = self.forms.iter().flat_map(|form| &form.inputs);
        inputs.filter_map(Input::mistake).collect()
    }
}

/// The record of one's own household with an agency.
#[derive(Debug)]
pub struct OwnRecord {
    pub name: Text,
    pub agency: Text,
    pub members: i32,
    pub about: String,
    pub next: Option<NaiveDate>,
    pub ended: Option<NaiveDate>,
    pub visits: Vec<VisitLine>,
}

/// `/me/households`
#[derive(Debug, Template)]
#[template(path = "households/mine.html")]
pub struct MineView {
    pub frame: Frame,
    pub records: Vec<OwnRecord>,
}
