//! What the pages show to those who admit agencies and review their packages.

use askama::Template;
use chrono::NaiveDateTime;

use super::{
    packages::ReportView,
    words::{DoneLine, Said},
};
use crate::web::{
    Frame,
    frame::{Dates as _, Field, Mistake, Pager},
};

/// `/admin/packages`: what waits for a decision.
#[derive(Debug, Template)]
#[template(path = "agencies/queue.html")]
pub struct QueueView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Said,
    /// What, of which agency, in which order.
    pub filters: Vec<Field>,
    /// What is asked for, for the file.
    pub hidden: Vec<(&'static str, String)>,
    pub all: usize,
    pub pager: Pager,
    pub applications: Vec<QueueLine>,
    pub reviews: Vec<QueueLine>,
}

/// Something that waits.
#[derive(Debug, Clone)]
pub struct QueueLine {
    pub url: String,
    pub name: String,
    pub slug: String,
    pub by: String,
    pub at: NaiveDateTime,
}

/// `/admin/packages/applications/{id}`
#[derive(Debug, Template)]
#[template(path = "agencies/application.html")]
pub struct ApplicationView {
    pub frame: Frame,
    pub csrf: String,
    pub id: String,
    pub slug: String,
    pub name: String,
    pub name_en: String,
    pub kind: &'static str,
    pub credit_code: String,
    pub contact: String,
    pub document: String,
    pub reference: String,
    pub by: String,
    pub at: NaiveDateTime,
    /// Whether it still waits.
    pub waits: bool,
    /// Whether the reader decides about it.
    pub decides: bool,
    pub words: Field,
}

impl ApplicationView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.words.mistake().into_iter().collect()
    }
}

/// `/admin/packages/{slug}/{number}`
#[derive(Debug, Template)]
#[template(path = "agencies/review.html")]
pub struct ReviewView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Said,
    pub slug: String,
    pub name: String,
    pub number: i32,
    pub state: (&'static str, &'static str),
    pub by: String,
    pub at: NaiveDateTime,
    /// What whoever sent it in said.
    pub explained: String,
    /// The live version that it is compared with.
    pub against: Option<i32>,
    pub changes: Vec<ChangeLine>,
    pub report: Option<ReportView>,
    pub samples: Vec<SampleLine>,
    pub more_samples: usize,
    /// Services that can be looked at as citizens would: code and name.
    pub previews: Vec<(String, String)>,
    /// Whether it waits for a decision, and the reader may give it.
    pub decides: bool,
    pub words: Field,
    pub acts: Vec<DoneLine>,
}

/// A difference to the live version.
#[derive(Debug, Clone)]
pub struct ChangeLine {
    pub mark: String,
    pub breaks: bool,
    pub ticked: bool,
    /// Not agreed to, though it has to be.
    pub missing: bool,
    pub weight: (&'static str, &'static str),
    pub whom: &'static str,
    pub subject: String,
    pub message: String,
}

/// A recorded exchange.
#[derive(Debug, Clone)]
pub struct SampleLine {
    pub file: String,
    pub text: String,
}

impl ReviewView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        let t = self.frame.t;
        let missing = self.changes.iter().filter(|change| change.missing).map(|change| Mistake {
            field: format!("agree-{}", change.mark),
            label: change.subject.clone(),
            text: t.pkg_tick_missing().to_owned(),
        });
        missing.chain(self.words.mistake()).collect()
    }

    pub fn breaking(&self) -> impl Iterator<Item = &ChangeLine> {
        self.changes.iter().filter(|change| change.breaks)
    }

    pub fn harmless(&self) -> impl Iterator<Item = &ChangeLine> {
        self.changes.iter().filter(|change| !change.breaks)
    }
}

/// `/admin/funnel`
#[derive(Debug, Template)]
#[template(path = "agencies/funnel.html")]
pub struct FunnelView {
    pub frame: Frame,
    pub stages: Vec<FunnelLine>,
    pub installed: usize,
}

#[derive(Debug, Clone)]
pub struct FunnelLine {
    pub stage: &'static str,
    pub agencies: usize,
    pub days: Option<String>,
}
