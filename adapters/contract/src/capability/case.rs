//! `case.submit`, `case.find`, `case.status`, `case.correct`, `case.withdraw`: an application and what becomes of it.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::{Answers, FileRef, Person};

/// An application, handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CaseSubmitInput")]
pub struct SubmitInput {
    /// Code of the service.
    pub service: String,
    /// The portal's own number of the case: the same in every repeat, and what `case.find` asks for.
    pub case: String,
    /// Who applies.
    pub person: Person,
    /// What was filled in, by the fields of the service's form.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub answers: Answers,
    /// The papers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
    /// Papers that follow later, where the guide allows it (容缺): ask for them as a correction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promised: Vec<Promised>,
    /// When the applicant handed it in, which may be long before the backend could take it.
    pub submitted: DateTime<Utc>,
}

/// A paper that the applicant promised in writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PromisedPaper")]
pub struct Promised {
    /// Which paper of the guide it is.
    pub paper: String,
    /// By when it follows.
    pub by: NaiveDate,
}

/// Whether a case of this number arrived. Asked before anything is handed in again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CaseFindInput")]
pub struct FindInput {
    /// Code of the service.
    pub service: String,
    /// The portal's own number of the case.
    pub case: String,
}

/// Whether the case arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "CaseFindOutput")]
pub struct FindOutput {
    /// Whether it is there.
    pub outcome: Found,
    /// The agency's number for it, where it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// Whether something sent before is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// It arrived, and must not be sent again.
    Found,
    /// It never arrived, and may be sent again.
    NotFound,
    /// Not known yet, or a word that the contract does not know. It is not sent again.
    #[serde(other)]
    Pending,
}

/// How a case stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CaseStatusInput")]
pub struct StatusInput {
    /// Code of the service.
    pub service: String,
    /// The agency's number.
    pub reference: String,
}

/// The papers or answers that the agency asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CaseCorrectInput")]
pub struct CorrectInput {
    /// Code of the service.
    pub service: String,
    /// The agency's number.
    pub reference: String,
    /// Which correction this is, counted from 1: the same in every repeat.
    pub round: u16,
    /// The answers as they are now, all of them.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub answers: Answers,
    /// The papers that are new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
}

/// The applicant takes the application back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CaseWithdrawInput")]
pub struct WithdrawInput {
    /// Code of the service.
    pub service: String,
    /// The agency's number.
    pub reference: String,
    /// Why, in the applicant's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How the case stands: the answer to all questions about a case but `case.find`, and what an event carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "CaseOutput")]
pub struct Output {
    pub status: Status,
    /// The agency's number, from the moment it took the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Since when it stands so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// Why, for the applicant to read: a refusal has its reasons, a suspension its legal basis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// With `correction-required`: everything that is wrong, told at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// The day by which the applicant must act (`correction-required`) or the agency will (all others).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// Decisions and certificates to fetch with `file.get`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
    /// Number of the parcel in which the result travels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<String>,
}

impl Output {
    /// It arrived, and nothing more is known.
    pub const fn received() -> Self {
        Self {
            status: Status::Received,
            reference: None,
            since: None,
            reason: None,
            corrections: Vec::new(),
            due: None,
            files: Vec::new(),
            parcel: None,
        }
    }
}

/// One thing to put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "CaseCorrection")]
pub struct Correction {
    /// The field of the form or the paper that it is about.
    pub about: String,
    /// What to do.
    pub text: String,
}

/// Where a case stands, in the agency's hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It arrived; nobody has looked at it yet.
    Received,
    /// Something must be put right before it is accepted.
    CorrectionRequired,
    /// It is complete and taken on: the legal term runs from here.
    Accepted,
    /// It will not be taken on; `reason` says why and who is responsible.
    NotAccepted,
    /// Somebody is working on it.
    InReview,
    /// The clock stands still: a hearing, a test, an expert's review.
    Suspended,
    /// The term was extended, once.
    Extended,
    /// Decided: as asked.
    Granted,
    /// Decided: refused, with reasons and remedies.
    Refused,
    /// Ended without a decision.
    Terminated,
    /// The result is on its way.
    Delivering,
    /// The result has arrived.
    Delivered,
    /// Taken back by the applicant.
    Withdrawn,
    /// A word that the contract does not know: neither success nor failure.
    #[serde(other)]
    Pending,
}
