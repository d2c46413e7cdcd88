//! `licences.list`: the licences a person holds, as their issuer knows them.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::Person;

/// Whose licences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "LicencesListInput")]
pub struct ListInput {
    /// The holder.
    pub person: Person,
    /// Codes of the kinds wanted; left out, all that the agency issues.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
}

/// What the person holds, what ended included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LicencesListOutput")]
pub struct ListOutput {
    pub licences: Vec<Licence>,
    /// When it was so, where the backend does not know it as of now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<DateTime<Utc>>,
}

/// A licence or certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Licence {
    /// Code of its kind, such as `L04`: one that this agency issues.
    pub kind: String,
    /// The number on it.
    pub number: String,
    pub status: Status,
    /// Day of issue.
    pub issued: NaiveDate,
    /// Last day on which it is valid; left out, it has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<NaiveDate>,
    /// Day on which it was last checked, endorsed or inspected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<NaiveDate>,
    /// Next day of its plan, such as that of a vaccination; or the day from which it may be done again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NaiveDate>,
    /// What else stands on it, for the holder to read: a class, an address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

/// How a licence stands. That one expires soon is no state: it follows from the dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LicenceStatus")]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Valid,
    /// A renewal is being decided on.
    RenewalPending,
    Suspended,
    Frozen,
    /// Reported as lost.
    Lost,
    Expired,
    Cancelled,
    Revoked,
    /// A word that the contract does not know: neither valid nor invalid.
    #[serde(other)]
    Pending,
}
