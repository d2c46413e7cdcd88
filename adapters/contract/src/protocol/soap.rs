//! `[capabilities."…".soap]`: the envelope of one operation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How an operation of a SOAP service is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Soap {
    #[serde(default)]
    pub version: SoapVersion,
    #[serde(default)]
    pub style: SoapStyle,
    /// Namespace of the operation's element.
    pub namespace: String,
    /// Name of the element inside the body (`document`), or of the operation (`rpc`).
    pub operation: String,
    /// The action, where the service wants one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub action: String,
    /// Whether the fields inside carry the namespace too (`elementFormDefault="qualified"`).
    #[serde(default)]
    pub qualified: bool,
    /// The fields in the order that the service's schema demands; those not named follow, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<String>,
}

/// A plain XML body without an envelope (`rest` with `body = "xml"`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct XmlBody {
    /// Name of the outermost element of the question.
    pub root: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The fields in the order that the backend demands; those not named follow, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum SoapVersion {
    #[default]
    #[serde(rename = "1.1")]
    V11,
    #[serde(rename = "1.2")]
    V12,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SoapStyle {
    /// The question's fields stand in one element.
    #[default]
    Document,
    /// The question's fields are the parts of a call, and carry no namespace.
    Rpc,
}
