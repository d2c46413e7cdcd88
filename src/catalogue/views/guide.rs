//! The guide to one service: everything a person needs to know before beginning, and the way to begin.

use askama::Template;
use chrono::NaiveDate;
use yimen_contract::{
    agency::Level,
    service::{
        Audience, Days, Delivery, FeeMode, ItemType, Maturity, Necessity, PaperForm, PaperSource, Scope,
        ServiceKind, TimeLimits,
    },
};

use super::{BulletinCard, ClosureLine, PolicyCard, ScoreView, ServiceCard, Words as _};
use crate::{
    catalogue::AgencyEntry,
    web::frame::{Crumb, Dates as _, Frame, Link, Text},
};

#[derive(Debug, Template)]
#[template(path = "catalogue/guide.html")]
pub struct GuideView {
    pub frame: Frame,
    pub code: String,
    pub item_code: String,
    pub name: Text,
    pub summary: Text,
    pub domain: Crumb,
    pub class: Crumb,
    pub agency: Link,
    pub joint_with: Vec<Link>,
    pub kind: ServiceKind,
    pub item_type: ItemType,
    pub level: Level,
    pub scope: Scope,
    pub audience: Audience,
    pub assurance: u8,
    pub agent_allowed: bool,
    /// The guide's texts are examples.
    pub sample: bool,
    /// Months in which it is offered; empty all year.
    pub months: Vec<u8>,
    pub time: TimeLimits,
    pub fee: Fee,
    pub visits: u8,
    pub maturity: Maturity,
    pub visit: Option<Visit>,
    pub conditions: Vec<Text>,
    pub papers: Vec<Paper>,
    pub steps: Vec<Step>,
    pub result: Outcome,
    pub basis: Vec<Basis>,
    pub contact: Contact,
    pub faq: Vec<Question>,
    pub remedies: Remedies,
    pub policies: Vec<PolicyCard>,
    pub bulletins: Vec<BulletinCard>,
    /// What keeps it from being used online, now or soon.
    pub closures: Vec<ClosureLine>,
    /// How satisfied people were; nothing where nothing was done yet.
    pub score: Option<ScoreView>,
    pub licence: Option<LicenceLine>,
    /// Others of the same class.
    pub related: Vec<ServiceCard>,
    /// Life events and zones it belongs to.
    pub events: Vec<Link>,
    pub zones: Vec<Link>,
    pub version: u32,
    pub published: NaiveDate,
    pub offered: Offered,
}

/// How a service stands where it is not simply there for everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered {
    /// A reviewer looks at it before anybody else does; nothing on the page can be sent off.
    pub preview: bool,
    /// Why it is not available now.
    pub closed: Option<String>,
}

impl Offered {
    pub(in crate::catalogue) fn of(agency: &AgencyEntry) -> Self {
        Self { preview: false, closed: agency.suspended.as_ref().map(|suspended| suspended.why.clone()) }
    }
}

#[derive(Debug, Clone)]
pub struct Fee {
    pub mode: FeeMode,
    pub amount_fen: Option<u64>,
    pub standard: Option<Text>,
    pub basis: Option<Text>,
}

#[derive(Debug, Clone)]
pub struct Visit {
    pub place: Text,
    pub hours: Text,
    pub bring: Text,
    pub reason: Text,
    /// Where the visit is booked, if it can be.
    pub booking: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Paper {
    pub name: Text,
    pub form: PaperForm,
    pub copies: u8,
    pub original: bool,
    pub source: PaperSource,
    pub necessity: Necessity,
    pub when: Option<Text>,
    pub may_be_late: bool,
    pub note: Option<Text>,
}

#[derive(Debug, Clone)]
pub struct Step {
    pub name: Text,
    pub role: Text,
    pub time: Days,
    pub note: Option<Text>,
    pub special: Option<SpecialStep>,
}

#[derive(Debug, Clone)]
pub struct SpecialStep {
    pub basis: Text,
    pub fee: Option<Text>,
    /// Whether its days count in the legal limit.
    pub counted: bool,
}

#[derive(Debug, Clone)]
pub struct Outcome {
    pub name: Text,
    pub delivery: Vec<Delivery>,
    pub note: Option<Text>,
}

#[derive(Debug, Clone)]
pub struct Basis {
    pub law: Text,
    pub article: Text,
    pub text: Text,
}

#[derive(Debug, Clone)]
pub struct Contact {
    pub phone: String,
    pub complaint_phone: String,
    pub address: Text,
    pub hours: Text,
}

#[derive(Debug, Clone)]
pub struct Question {
    pub question: Text,
    pub answer: Text,
}

#[derive(Debug, Clone)]
pub struct Remedies {
    pub reconsideration_days: Option<u16>,
    pub suit_months: Option<u16>,
    pub note: Text,
}

/// The licence that the service issues, renews or changes.
#[derive(Debug, Clone)]
pub struct LicenceLine {
    pub name: Text,
    /// When it may be renewed, in words; empty where there is no such window.
    pub renewal: Text,
    pub url: String,
}

impl GuideView {
    pub fn start(&self) -> String {
        format!("/services/{}/start", self.code)
    }

    /// What the applicant brings or fills in.
    pub fn own_papers(&self) -> Vec<&Paper> {
        self.papers.iter().filter(|paper| paper.source != PaperSource::Shared).collect()
    }

    /// What the city has already.
    pub fn shared_papers(&self) -> Vec<&Paper> {
        self.papers.iter().filter(|paper| paper.source == PaperSource::Shared).collect()
    }

    pub fn has_remedies(&self) -> bool {
        self.remedies.reconsideration_days.is_some()
            || self.remedies.suit_months.is_some()
            || !self.remedies.note.is_empty()
    }

    pub fn national(&self) -> bool {
        self.scope == Scope::National
    }

    /// The fee in one line.
    pub fn fee_line(&self) -> String {
        let t = self.frame.t;
        match (self.fee.mode, self.fee.amount_fen) {
            (FeeMode::Fixed, Some(fen)) => t.yuan(&fen),
            (mode, _) => t.fee_mode(&mode).to_owned(),
        }
    }

    pub fn delivery_line(&self) -> String {
        let t = self.frame.t;
        let words: Vec<_> = self.result.delivery.iter().map(|way| t.delivery(way)).collect();
        words.join(t.list_comma())
    }

    pub fn months_line(&self) -> String {
        let t = self.frame.t;
        let words: Vec<_> = self.months.iter().map(|month| t.month_name(*month)).collect();
        words.join(t.list_comma())
    }
}

impl Paper {
    pub fn conditional(&self) -> bool {
        self.necessity == Necessity::Conditional
    }
}
