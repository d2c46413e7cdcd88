//! The pages of payments: what is owed, one order, the receipt, and everything somebody paid.

mod desk;
mod dues;
mod list;
mod order;
mod owed;
mod pay;
mod receipt;
mod told;
mod waiting;
mod wanted;

pub use desk::{desk, desk_item, settle_item};
pub use dues::{ask, one, serves, start};
pub use list::payments;
pub use order::{ask_back, cancel, go, order};
pub use pay::{pay, provider};
pub use receipt::receipt;
pub use told::owed;
pub use waiting::export_waiting;

use chrono::NaiveDateTime;

use crate::{
    ledger::CitizenId,
    platform::{Moment, clock::CITY_ZONE, config::PaymentsConfig},
    web::{Failure, Site, Visitor, is_fresh, session::Realm},
};

/// Who is signed in. Orders are their own, for whomever they pay.
fn payer(visitor: &Visitor) -> Result<CitizenId, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    Ok(CitizenId::from(session.signed.subject))
}

/// Whether so large an amount wants a proof of who pays that is not there.
fn wants_proof(visitor: &Visitor, site: &Site, config: PaymentsConfig, fen: i64) -> bool {
    let fresh = visitor.session(Realm::Citizen).is_some_and(|session| is_fresh(site, &session.signed));
    fen >= config.prove_from_fen && !fresh
}

fn local(at: Moment) -> NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}
