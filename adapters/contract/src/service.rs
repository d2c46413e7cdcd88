//! `services/<CODE>.toml`: one service and its guide, element by element as the law on guides asks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    agency::{Driver, Level},
    booking::Booking,
    capability::person::Claim,
    precondition::Check,
    query::{Query, ServedBy},
    text::Bilingual,
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Stable public code, equal to the file's name. Never reused, not even after retirement.
    pub code: String,
    /// Code of the item in the national item list.
    pub item_code: String,
    pub status: Status,
    pub domain: String,
    pub class: String,
    pub name: Bilingual,
    /// One sentence: what a person gets done here.
    pub summary: Bilingual,
    #[serde(rename = "type")]
    pub kind: ServiceKind,
    /// The kind of administrative act.
    pub item_type: ItemType,
    #[serde(default)]
    pub level: Level,
    #[serde(default)]
    pub scope: Scope,
    pub audience: Audience,
    /// Assurance level a person needs: 0 (nobody signed in), 2, 3, 4 or 5.
    pub assurance: u8,
    /// Whether an authorised agent may do it for someone else.
    pub agent_allowed: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<LicenceLink>,
    /// Other agencies of a joint item; the package's own agency leads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joint_with: Vec<String>,
    /// Other words people use for it, in either language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// The guide's texts are examples and say so on the page.
    #[serde(default)]
    pub sample: bool,
    /// Months (1 to 12) in which the service is shown; empty means all year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<u8>,
    pub time: TimeLimits,
    pub fee: Fee,
    pub visits: u8,
    /// Where, when, what to bring and why: compulsory when `visits` is 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
    pub conditions: Vec<Bilingual>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Paper>,
    pub steps: Vec<Step>,
    pub result: Outcome,
    pub basis: Vec<LegalBasis>,
    /// Where to ask and where to complain, if not the agency's own contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ServiceContact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faq: Vec<Question>,
    pub remedies: Remedies,
    /// Policies that explain this service: names of files under `policies/` of this package.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// Who serves it; left out, it cannot be done through the portal yet and only its guide is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub served_by: Option<ServedBy>,
    /// What the agency is told about the person without asking again. The person sees it before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// What must be so before it can be handed in, asked of agencies that know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// The service at which what a decision costs is paid; it is due under the case's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pays: Option<String>,
    /// The form that is filled in: a file under `forms/` of this package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// What is asked for and what the answer is called (`lookup`, and queries at the desk).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<Query>,
    /// The rules of its appointments, and where the portal keeps the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<Booking>,
    /// How the agency's officers decide it (`desk`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskRules>,
}

/// How officers decide in the portal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskRules {
    /// Which decisions a second officer confirms. Left out, those against the applicant.
    #[serde(default)]
    pub approval: Approval,
    /// Days by which the law lets the term be lengthened, once, in the unit of what is promised. Left out, ten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<u8>,
    /// Public names of agencies that read a copy of each decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// Ready words for decisions, which officers complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<DeskText>,
}

/// Which decisions a second officer confirms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Approval {
    /// None: whoever works it decides.
    None,
    /// Refusing and ending without a decision.
    #[default]
    Adverse,
    Every,
}

/// Ready words for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskText {
    pub decision: Decision,
    /// As the applicant reads it.
    pub text: Bilingual,
}

/// What is decided at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    NotAccept,
    Grant,
    Refuse,
    Terminate,
}

/// How far a service has come on the way online. Each stage holds the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Maturity {
    /// The portal tells how it is done; doing it happens elsewhere.
    Information,
    /// Asked and answered in the portal.
    Enquiry,
    /// Applied for, booked or paid in the portal.
    Transaction,
    /// Done in full without a visit, and what the city knows already is not asked again.
    Connected,
}

impl Service {
    /// The stage that the service's own elements put it at, behind this kind of backend.
    pub fn maturity(&self, driver: Driver) -> Maturity {
        let shared = self.papers.iter().any(|paper| paper.source == PaperSource::Shared);
        let brought = self.result.delivery.iter().any(|way| *way != Delivery::Counter);
        match self.kind {
            _ if driver == Driver::Redirect => Maturity::Information,
            ServiceKind::Query => Maturity::Enquiry,
            _ if self.visits == 0 && shared && brought => Maturity::Connected,
            _ => Maturity::Transaction,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Online,
    /// Being written; nobody outside the agency and the reviewers sees it.
    Draft,
    /// No longer offered; the code stays taken.
    Retired,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceKind {
    Query,
    Handle,
    Booking,
    Payment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ItemType {
    /// 行政许可
    Permit,
    /// 行政确认
    Confirmation,
    /// 行政给付
    Benefit,
    /// 行政奖励
    Reward,
    /// 行政裁决
    Ruling,
    /// 其他行政权力
    OtherPower,
    /// 公共服务
    PublicService,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    #[default]
    City,
    /// Shown in every city and district, even one without services of its own.
    National,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    Person,
    Enterprise,
    Both,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LicenceLink {
    pub code: String,
    /// What the service does with the licence: `query`, `apply`, `renew`, `replace`, `change`, `cancel` …
    pub op: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeLimits {
    pub completion: Completion,
    /// What the agency promises. Never longer than the legal limit. Zero for an instant service.
    pub promised: Days,
    /// What the law allows, where it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal: Option<Days>,
    /// A waiting period set by law that is not handling time, such as a cooling-off period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_calendar_days: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Completion {
    /// 即办件: done on the spot.
    Instant,
    /// 承诺件: done within the promised days.
    Promised,
}

/// A number of days always says which days it counts: laws differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Days {
    pub days: u16,
    pub unit: DayUnit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DayUnit {
    Working,
    Calendar,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    pub mode: FeeMode,
    /// The amount of a fixed fee, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_fen: Option<u64>,
    /// The tariff in words; compulsory for a variable fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<Bilingual>,
    /// No fee without a basis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Bilingual>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FeeMode {
    Free,
    Fixed,
    Variable,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    pub place: Bilingual,
    pub hours: Bilingual,
    pub bring: Bilingual,
    pub reason: Bilingual,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub name: Bilingual,
    pub form: PaperForm,
    /// Number of copies; 0 when an electronic document is enough.
    #[serde(default)]
    pub copies: u8,
    /// Whether the original must be shown.
    #[serde(default)]
    pub original: bool,
    pub source: PaperSource,
    pub necessity: Necessity,
    /// When it is needed, if not always. Compulsory for a conditional paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Bilingual>,
    /// 容缺: may follow later on a written promise.
    #[serde(default)]
    pub may_be_late: bool,
    /// Who issues it, what it must show, how to photograph it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Bilingual>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PaperForm {
    Electronic,
    Paper,
    Either,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PaperSource {
    /// The applicant brings it.
    Applicant,
    /// The city already has it: the applicant brings nothing.
    Shared,
    /// The applicant fills in a form.
    SelfMade,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Necessity {
    Required,
    Conditional,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub name: Bilingual,
    /// Who acts: the applicant, the window, the reviewer.
    pub role: Bilingual,
    pub time: Days,
    /// What happens and by which standard it is judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Bilingual>,
    /// A hearing, test, inspection or expert review, which the legal limit does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special: Option<SpecialStep>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpecialStep {
    pub basis: Bilingual,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Bilingual>,
    /// Whether its days count in the legal limit.
    pub counted: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    pub name: Bilingual,
    pub delivery: Vec<Delivery>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Bilingual>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    Electronic,
    Post,
    Counter,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    pub law: Bilingual,
    pub article: Bilingual,
    /// What the article says, in short.
    pub text: Bilingual,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceContact {
    pub phone: String,
    pub complaint_phone: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub q: Bilingual,
    pub a: Bilingual,
}

/// What a person may do about a decision they disagree with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remedies {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reconsideration_days: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suit_months: Option<u16>,
    /// Where to turn, or why neither applies.
    pub note: Bilingual,
}
