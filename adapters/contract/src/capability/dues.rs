//! `dues.list`, `dues.settle`, `dues.status`: fines, fees and bills, and telling the agency that one was paid.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::person::{Answers, Page, Person};

/// What is to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DuesListInput")]
pub struct ListInput {
    /// Code of the service.
    pub service: String,
    /// Whose; left out where a bill is found by its own number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// What the person filled in: a decision's number, a meter's number.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub answers: Answers,
    /// Which part of the list is wanted.
    #[serde(default)]
    pub page: Page,
}

/// What is to be paid, and what was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DuesListOutput")]
pub struct ListOutput {
    pub dues: Vec<Due>,
    /// Whether there are more behind this page.
    #[serde(default)]
    pub more: bool,
}

/// A fine, a fee or a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Due {
    /// The agency's number for it: a decision's, a bill's.
    pub reference: String,
    /// What it is for, for the payer to read.
    pub title: String,
    pub status: Status,
    /// What is to be paid now, surcharges included, in fen.
    pub amount_fen: u64,
    /// How much of it is surcharge, in fen.
    #[serde(default)]
    pub surcharge_fen: u64,
    /// The last day on which this amount is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// Since when it is owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised: Option<NaiveDate>,
    /// Whether less than the whole may be paid.
    #[serde(default)]
    pub partly: bool,
}

/// Where a due stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DueStatus")]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// To be paid.
    Open,
    /// Paid and booked.
    Settled,
    /// Nothing is owed any more.
    Cancelled,
    /// Paid back.
    Refunded,
    /// A word that the contract does not know: neither owed nor paid. Nobody is asked to pay.
    #[serde(other)]
    Pending,
}

/// It was paid: the agency may book it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DuesSettleInput")]
pub struct SettleInput {
    /// Code of the service.
    pub service: String,
    /// The agency's number.
    pub reference: String,
    /// The portal's own number of the order: the same in every repeat.
    pub order: String,
    /// What was paid, in fen.
    pub amount_fen: u64,
    /// When.
    pub paid: DateTime<Utc>,
    /// By which provider, as its package's folder is called.
    pub provider: String,
    /// The provider's number for the payment.
    pub payment: String,
}

/// How a due stands. Asked before anything is reported again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DuesStatusInput")]
pub struct StatusInput {
    /// Code of the service.
    pub service: String,
    /// The agency's number.
    pub reference: String,
    /// The portal's own number of the order, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
}

/// How a due stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DuesOutput")]
pub struct Output {
    pub status: Status,
    /// With `settled`: the portal's order that paid it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// What is to be paid now, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_fen: Option<u64>,
    /// Number of the receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
}
