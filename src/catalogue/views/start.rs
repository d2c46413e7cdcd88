//! Beginning a service that the city does not yet offer online: what to prepare, and how to do it today.

use askama::Template;
use chrono::NaiveDateTime;
use yimen_contract::service::{PaperSource, ServiceKind};

use super::{Contact, Offered, Paper, Visit, Words as _};
use crate::web::frame::{Crumb, Dates as _, Frame, Link, Text};

#[derive(Debug, Template)]
#[template(path = "catalogue/start.html")]
pub struct StartView {
    pub frame: Frame,
    pub name: Text,
    /// The guide.
    pub guide: String,
    pub domain: Crumb,
    pub agency: Link,
    pub kind: ServiceKind,
    pub papers: Vec<Paper>,
    pub visit: Option<Visit>,
    pub contact: Contact,
    pub offered: Offered,
}

/// Before leaving for an agency's own site.
#[derive(Debug, Template)]
#[template(path = "catalogue/leave.html")]
pub struct LeaveView {
    pub frame: Frame,
    pub name: Text,
    pub guide: String,
    pub domain: Crumb,
    pub agency: Link,
    /// The site, and the name under which to recognise it.
    pub site: String,
    pub host: Option<String>,
    pub trouble: Option<SiteTrouble>,
    pub contact: Contact,
}

/// That a site did not open, in the city's time.
#[derive(Debug)]
pub struct SiteTrouble {
    pub at: NaiveDateTime,
    /// Where it was tried more than once.
    pub since: Option<NaiveDateTime>,
}

impl StartView {
    /// What the applicant brings or fills in.
    pub fn own_papers(&self) -> Vec<&Paper> {
        self.papers.iter().filter(|paper| paper.source != PaperSource::Shared).collect()
    }

    /// What the city has already.
    pub fn shared_papers(&self) -> Vec<&Paper> {
        self.papers.iter().filter(|paper| paper.source == PaperSource::Shared).collect()
    }
}
