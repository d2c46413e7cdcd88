//! The only way to an agency.
//!
//! [`Gateway::call`] takes a question of the contract and who asks it, for what and by which right, and answers
//! with an [`Outcome`](yimen_contract::capability::Outcome). On the way: the package must declare the capability
//! and the operator must have bound its backend; the purpose must be one the capability may be used for; what is
//! personal is written into the ledger before it leaves, and whose question it is goes along in a signed statement;
//! the person's share and the agency's line are kept
//! within bounds; a driver speaks the protocol, within the deadline.
//!
//! It refuses what is not declared, not recorded or not bound, and never turns a failure into an answer.

mod book;
mod call;
mod caller;
mod error;
mod health;
pub mod personal;
pub mod sites;
mod wishes;

pub use call::{About, Drivers, Gateway, Outside, Request};
pub use error::GatewayError;
pub use wishes::{AskBack, IsBack, Returned, ask_back, ask_those_missed, is_back, wish};
