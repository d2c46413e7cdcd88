//! `pay.create`, `pay.query`, `pay.refund`, `pay.statement`: what a payment provider's package can do.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Opens a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PayCreateInput")]
pub struct CreateInput {
    /// The portal's own number of the order: the same in every repeat.
    pub order: String,
    /// What is to be paid, in fen.
    pub amount_fen: u64,
    /// What the payer reads at the provider. Nothing personal.
    pub title: String,
    /// Where the payer comes back to.
    pub return_to: String,
    /// From when on it can no longer be paid.
    pub expires: DateTime<Utc>,
}

/// The payment, opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PayCreateOutput")]
pub struct CreateOutput {
    pub status: Status,
    /// The provider's number for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<String>,
    /// Where the payer is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_at: Option<String>,
}

/// How a payment stands. Asked before one is opened again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PayQueryInput")]
pub struct QueryInput {
    /// The portal's own number of the order.
    pub order: String,
    /// The portal's own number of a refund, where that is asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<String>,
}

/// Gives money back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PayRefundInput")]
pub struct RefundInput {
    /// The portal's own number of the order that was paid.
    pub order: String,
    /// The portal's own number of the refund: the same in every repeat.
    pub refund: String,
    /// How much, in fen.
    pub amount_fen: u64,
    /// Why, for the payer to read.
    pub reason: String,
}

/// How a payment or a refund stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PayOutput")]
pub struct Output {
    pub status: Status,
    /// The provider's number for the payment or the refund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<String>,
    /// What was paid or given back, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_fen: Option<u64>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
}

/// How a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PayStatus")]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Opened; nobody has paid yet.
    Open,
    Paid,
    /// Not paid, and it never will be.
    Failed,
    /// Nobody paid in time.
    Expired,
    /// Given back.
    Refunded,
    /// The provider has no such payment.
    NotFound,
    /// On its way, or a word that the contract does not know. Nobody pays again.
    #[serde(other)]
    Pending,
}

/// Everything that happened on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PayStatementInput")]
pub struct StatementInput {
    /// The day, in the city's zone.
    pub day: NaiveDate,
}

/// The day's statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PayStatementOutput")]
pub struct StatementOutput {
    /// Whether the day is closed: nothing will be added.
    pub closed: bool,
    pub lines: Vec<Line>,
}

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PayLine")]
pub struct Line {
    /// The portal's own number of the order.
    pub order: String,
    /// The portal's own number of the refund, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<String>,
    /// The provider's number.
    pub payment: String,
    /// How much came in; less than nothing for what was given back. In fen.
    pub amount_fen: i64,
    /// When.
    pub at: DateTime<Utc>,
}
