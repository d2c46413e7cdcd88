//! `licences/<CODE>.toml`: a kind of licence, certificate or voucher that the agency issues.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LicenceType {
    /// Stable code, equal to the file's name.
    pub code: String,
    pub name: Bilingual,
    pub class: LicenceClass,
    pub holder: Holder,
    /// When it ends, in the validity grammar: `fixed(5y)`, `age_band(<16=5y;>=16=10y)`, `long`, `fixed(6y)+check(3y)`.
    pub validity: String,
    /// First day on which it may be renewed, counted from the expiry: `-90D`, `-3M`, `-30W`
    /// (working days), or a day of the year: `fixed(03-01)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renew_open: Option<String>,
    /// Last day on which it may be renewed: `expiry`, or counted like `renew_open`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renew_close: Option<String>,
    /// What follows from being late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<Bilingual>,
    /// What becomes of it when nobody renews it in time, for the portal to count with. Left out, it has expired
    /// and cannot be renewed any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Late>,
    /// Days before the expiry on which the holder is reminded, longest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reminder_days: Vec<u16>,
    /// Checks due while it is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub periodic_check: Option<Bilingual>,
    /// Code of the service that renews it. Where that service is not online, the office is named instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_service: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Bilingual>,
    /// The rule has not been confirmed against its source and is shown as an example.
    #[serde(default)]
    pub sample: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LicenceClass {
    Licence,
    Voucher,
    /// A licence of a business; not among the personal ones a citizen's wallet counts.
    Enterprise,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    Person,
    Household,
    Vehicle,
    Couple,
    Property,
    Enterprise,
}

/// What becomes of a licence that was not renewed in time. Distances are written like those of the window and count
/// from the expiry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// How it stands from the day after its expiry.
    #[serde(default)]
    pub state: LateState,
    /// Last day on which it can still be renewed: `always`, or a distance such as `+12M`. Left out, it cannot be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renew_until: Option<String>,
    /// How it stands when that day has passed as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<LateState>,
    /// Last day on which it can be restored in another way, such as by a test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restore_until: Option<String>,
    /// Whether an application made in time keeps it in force until the agency has decided.
    #[serde(default)]
    pub pending_extends: bool,
}

/// How a late licence stands, from mild to severe.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum LateState {
    /// It stays in force; something else follows, which `overdue` says.
    Valid,
    Suspended,
    Frozen,
    #[default]
    Expired,
    Cancelled,
    Revoked,
}
