//! Payments: what agencies are owed, orders, the provider that takes the money, the agency that books it, and money that
//! goes back.
//!
//! - [`life`] is the table of what can happen to an order, and by whose word. [`steps`] is the only place where one moves.
//! - `order` writes one down, before anybody is called. `till` opens it at the provider and asks what became of it;
//!   [`tidings`] is what the provider tells by itself. Both end in `learn`.
//! - `settle` tells the agency, once in effect; `back` gives money back. What no machine can end is for a person.
//! - [`compare`] lays a day of portal, provider and agencies beside each other; `reconcile` does it every night, and what
//!   differs stands on the `desk` until a person has settled it.
//! - [`told`] is what agencies say by themselves that somebody owes: shown, told and reminded of until it is paid.
//! - An order belongs to whoever pays; for whom, where that is somebody else, stands beside ([`Payer`]).

mod back;
mod checked;
mod compare;
mod desk;
mod learn;
pub mod life;
mod means;
mod model;
mod order;
pub mod pages;
mod payer;
pub mod personal;
pub mod queries;
mod reconcile;
#[cfg(test)]
mod samples;
mod settle;
mod steps;
mod tidings;
mod till;
pub mod told;
pub mod views;

pub use back::{GiveBack, ask_back, give_back};
pub use checked::Receipts;
pub use desk::{Way, left_to_staff, settle as settle_by_hand};
pub use means::Means;
pub use model::{Ended, Order, OrderId, PayError};
pub use order::{Expire, Wanted, expire, make};
pub use payer::Payer;
pub use reconcile::{DayReport, Reconcile, reconcile, reconcile_day};
pub use settle::{Settle, settle};
pub use tidings::Tidings;
pub use till::{Ask, ask};
pub use told::{Owed, Raised, ToldId};
