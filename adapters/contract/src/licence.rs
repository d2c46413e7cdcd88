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
    /// When it ends, in the validity grammar: `fixed(5y)`, `age_band(<16=5y;>=16=10y)`, `long` …
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
