//! Orders as they are kept, and the errors of this room.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::life::State;
use crate::{
    accounts::acting::{CompanyId, Refused},
    catalogue::filling::FormsError,
    db::{DbError, Stamp, schema::payment_orders},
    gateway::GatewayError,
    id,
    jobs::Job,
    ledger::{CitizenId, LedgerError, Private},
    platform::spoken,
    web::Failure,
};

id! {
    /// A payment, under way or over.
    OrderId
}
id! {
    /// Something that happened to an order.
    StepId
}

/// For so long an order can be paid.
pub const OPEN_FOR: TimeDelta = TimeDelta::minutes(30);
/// A provider that is asked so soon after that may still be busy with it.
pub(super) const GRACE: TimeDelta = TimeDelta::minutes(10);
/// For so long machines try; then a person looks. It outlasts the longest weekend.
pub const PATIENCE: TimeDelta = TimeDelta::days(7);

/// Where the words that only the payer reads are sealed.
pub(super) const TITLE: &str = "payment_orders.title";
pub(super) const REASON: &str = "payment_orders.refund_reason";

/// An order.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = payment_orders)]
pub struct Order {
    pub citizen_id: CitizenId,
    pub id: OrderId,
    pub reference: String,
    pub for_id: Option<CitizenId>,
    pub company_id: Option<CompanyId>,
    pub relation: String,
    pub level: i32,
    pub service: String,
    pub agency: String,
    pub due: String,
    pub title: Private,
    pub amount_fen: i64,
    pub surcharge_fen: i64,
    pub due_on: Option<NaiveDate>,
    pub provider: String,
    pub provider_payment: Option<String>,
    pub pay_at: Option<String>,
    pub state: String,
    pub with_staff: bool,
    pub created_at: Stamp,
    pub changed_at: Stamp,
    pub expires_at: Stamp,
    pub asked_at: Option<Stamp>,
    pub asked: i32,
    pub paid_at: Option<Stamp>,
    pub agency_receipt: Option<String>,
    pub receipt_code: Option<String>,
    pub refund_reason: Option<Private>,
    pub refunded_at: Option<Stamp>,
}

impl Order {
    /// A word that no version of the program wrote is an order whose state nobody may change.
    pub fn state(&self) -> Result<State, PayError> {
        State::named(&self.state).ok_or_else(|| PayError::Stored(format!("the state {}", self.state)))
    }

    /// The amount as agencies and providers are told it. The table holds nothing else.
    pub fn fen(&self) -> u64 {
        self.amount_fen.unsigned_abs()
    }

    /// The number of its refund: there is one at most.
    pub fn refund(&self) -> String {
        format!("{}-R", self.reference)
    }
}

/// The agency has booked what was paid. `ratings` carries on from here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ended {
    pub citizen: CitizenId,
    pub reference: String,
}

impl Job for Ended {
    const KIND: &'static str = "payments.ended";
}

/// A number for an order: the year, and forty bits that nobody can guess from another's.
pub(super) fn new_reference(year: i32) -> Result<String, getrandom::Error> {
    Ok(format!("P-{year}-{}", spoken::grouped(&spoken::new::<8>()?)))
}

/// As many signs has a receipt's code: eighty bits, so that trying codes finds none.
const RECEIPT: usize = 16;

/// A code under which anybody can check a receipt.
pub(super) fn new_receipt_code() -> Result<String, getrandom::Error> {
    Ok(spoken::grouped(&spoken::new::<RECEIPT>()?))
}

/// The receipt code that was meant.
pub fn receipt_code_of(typed: &str) -> Option<String> {
    spoken::read(typed, RECEIPT).map(|code| spoken::grouped(&code))
}

#[derive(Debug, thiserror::Error)]
pub enum PayError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// Not there, or somebody else's: which of the two is not told.
    #[error("there is no such order")]
    Unknown,
    /// It cannot be done with the order as it stands.
    #[error("the order does not allow this now")]
    NotNow,
    /// Somebody has paid this already, or is just paying it.
    #[error("the due is paid or being paid")]
    Taken,
    #[error("what is kept cannot be read: {0}")]
    Stored(String),
}

impl From<diesel::result::Error> for PayError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<FormsError> for PayError {
    fn from(error: FormsError) -> Self {
        match error {
            FormsError::Db(error) => Self::Db(error),
            FormsError::Unknown => Self::Unknown,
            FormsError::Stored(why) => Self::Stored(why),
        }
    }
}

impl From<Refused> for PayError {
    fn from(error: Refused) -> Self {
        match error {
            Refused::Db(error) => Self::Db(error),
            _ => Self::Unknown,
        }
    }
}

impl From<PayError> for Failure {
    fn from(error: PayError) -> Self {
        match error {
            PayError::Db(error) | PayError::Ledger(LedgerError::Db(error)) => error.into(),
            PayError::Gateway(error) => error.into(),
            PayError::Unknown => Self::NotFound,
            PayError::NotNow | PayError::Taken => Self::Refused,
            PayError::Ledger(error) => Self::broken(error),
            PayError::Stored(why) => Self::broken(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_code_is_read_as_people_write_it() {
        let code = new_receipt_code().unwrap();
        assert_eq!(code.len(), 19);
        assert_eq!(receipt_code_of(&code.to_lowercase()).as_deref(), Some(code.as_str()));
        assert_eq!(receipt_code_of("lioQ 3MFX 7KQ3 MFXD").as_deref(), Some("110Q-3MFX-7KQ3-MFXD"));
        for wrong in ["", "7KQ3-MFXD", "7KQ3-MFXD-7KQ3-MFXU", "7KQ3-MFXD-7KQ3-MFXD-7", "收据"] {
            assert_eq!(receipt_code_of(wrong), None, "{wrong}");
        }
    }
}
