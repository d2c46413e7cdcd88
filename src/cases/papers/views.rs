//! What the pages of papers show.

use askama::Template;
use chrono::NaiveDate;

use crate::web::frame::{Crumb, Dates as _, Frame, Mistake, Text};

/// A file that was handed in.
#[derive(Debug, Clone)]
pub struct FileLine {
    pub id: String,
    pub name: String,
    pub size: String,
    pub url: String,
}

/// A place for files.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "what the guide says of a paper is yes or no")]
pub struct PlaceView {
    pub slug: String,
    pub name: Text,
    pub note: Option<Text>,
    pub when: Option<Text>,
    pub required: bool,
    pub original: bool,
    pub may_be_late: bool,
    pub several: bool,
    /// As browsers want it, and in words.
    pub accept: String,
    pub limits: String,
    pub files: Vec<FileLine>,
    pub promised: bool,
    pub error: Option<String>,
}

impl PlaceView {
    pub(in crate::cases) fn mistake(&self) -> Option<Mistake> {
        let (field, label) = (self.slug.clone(), self.name.text.clone());
        self.error.clone().map(|text| Mistake { field: format!("p-{field}"), label, text })
    }

    /// Whether one more file can be added.
    fn open(&self) -> bool {
        self.several || self.files.is_empty()
    }
}

/// The step between the form and the summary.
#[derive(Debug, Template)]
#[template(path = "cases/papers.html")]
pub struct PapersView {
    pub frame: Frame,
    pub name: Text,
    pub guide: String,
    pub domain: Crumb,
    pub csrf: String,
    /// The step's own address.
    pub action: String,
    pub back: String,
    pub places: Vec<PlaceView>,
    pub brought: Vec<Text>,
    /// By when what is promised would follow, if it were handed in today.
    pub by: NaiveDate,
}

impl PapersView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.places.iter().filter_map(PlaceView::mistake).collect()
    }
}

/// Papers in a summary, and on the page of a case.
#[derive(Debug, Default)]
pub struct PaperSheet {
    pub lines: Vec<PaperLine>,
    /// Where they are changed.
    pub change: Option<String>,
}

#[derive(Debug)]
pub struct PaperLine {
    pub name: Text,
    pub files: Vec<FileLine>,
    /// Promised; by when, where that is settled.
    pub promised: bool,
    pub due: Option<NaiveDate>,
    /// That day was counted through a year whose calendar is not published yet.
    pub provisional: bool,
    /// Needed, and not there.
    pub missing: bool,
}
