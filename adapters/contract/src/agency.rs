//! `agency.toml`: who the agency is, how people reach it, and what kind of backend stands behind it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::capability::{Binding, Capability};
use crate::protocol::{Codes, DailyFiles, Events, Frames};
use crate::text::Bilingual;

mod notation;

pub use notation::{AmountUnit, BodyKind, ClosedSpan, DateFormat, Digest, Encoding, Weekday};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Version of the package format. This portal reads format 1.
    pub format: u32,
    /// The city's own code for the agency, such as `A02`. The folder's name is the public address.
    pub code: String,
    pub name: Bilingual,
    pub kind: AgencyKind,
    /// Functional fields, used to filter and compare agencies (`traffic`, `health` …).
    pub fields: Vec<String>,
    /// Which level of government runs it.
    #[serde(default)]
    pub level: Level,
    /// Folder name of the agency it belongs to, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Unified credit code, 18 characters with check character.
    pub credit_code: String,
    /// What the agency does, in a sentence or two.
    pub about: Bilingual,
    pub contact: Contact,
    pub backend: Backend,
    /// What the backend can be asked, by the capability's name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub capabilities: BTreeMap<String, Binding>,
}

impl Agency {
    /// How the backend does a capability; nothing if it does not.
    pub fn binding(&self, capability: Capability) -> Option<&Binding> {
        self.capabilities.get(capability.name())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AgencyKind {
    /// A government department.
    Dept,
    /// A public institution such as a service centre.
    Centre,
    Hospital,
    Court,
    /// A public utility.
    Utility,
    /// A people's organisation or federation.
    Federation,
    /// The portal's own operator.
    Operator,
    /// Nobody that citizens deal with: takes payments or carries messages for the city.
    Provider,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    National,
    Provincial,
    #[default]
    City,
    District,
    Village,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Where questions are answered.
    pub phone: String,
    /// Where complaints are taken.
    pub complaint_phone: String,
    pub address: Bilingual,
    /// Counter hours as people read them.
    pub hours: Bilingual,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
}

/// What stands behind the agency. Names only: the address behind `endpoint` and the values behind
/// `secrets` are bound by the operator, never written in a package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Backend {
    pub driver: Driver,
    /// Alias of the address; absent for `desk`, which has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    pub auth: Auth,
    /// Names of the secrets that the binding must supply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<String>,
    #[serde(default)]
    pub encoding: Encoding,
    #[serde(default)]
    pub body: BodyKind,
    #[serde(default)]
    pub amount_unit: AmountUnit,
    #[serde(default)]
    pub date_format: DateFormat,
    /// How long one call may take.
    #[serde(default = "default_deadline_ms")]
    pub deadline_ms: u32,
    /// How many calls it takes at once from one node of the portal.
    #[serde(default = "default_concurrent", skip_serializing_if = "is_default_concurrent")]
    pub concurrent: u16,
    /// Daily spans in which the backend does not answer, and working hours where it has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<ClosedSpan>,
    /// Time of day at which the daily file arrives (`csv`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_file_at: Option<String>,
    /// How the backend's availability is described to people.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub availability: Bilingual,
    /// Name of the secret that holds the certificates of whoever vouches for the backend, in PEM, where it is
    /// nobody that all the world trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_ca: Option<String>,
    /// What signatures under a shared secret are made with (`shared-secret`, frames).
    #[serde(default)]
    pub digest: Digest,
    /// Path below the endpoint at which tokens are given out (`oauth2`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_path: Option<String>,
    /// What the tokens are asked for (`oauth2`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Result codes of the backend's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codes: Option<Codes>,
    /// What its frames share (`fixed`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frames: Option<Frames>,
    /// Its daily files (`csv`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<DailyFiles>,
    /// How it reports that something changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Events>,
}

fn default_deadline_ms() -> u32 {
    2_000
}

fn default_concurrent() -> u16 {
    16
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_default_concurrent(concurrent: &u16) -> bool {
    *concurrent == default_concurrent()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Driver {
    Rest,
    Soap,
    Csv,
    Callback,
    Fixed,
    Redirect,
    /// No backend: the agency's officers work in the portal.
    Desk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Auth {
    None,
    IpAllow,
    ApiKey,
    Token,
    Hmac,
    SharedSecret,
    Oauth2,
    Mtls,
    SftpKey,
    WsSecurity,
    Sm2Sign,
    /// Officers sign in to the portal; there is no machine to authenticate to.
    PortalAccount,
}
