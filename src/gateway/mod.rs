//! The only way to an agency.
//!
//! [`Gateway::call`] takes a question of the contract and who asks it, for what and by which right, and answers
//! with an [`Outcome`](yimen_contract::capability::Outcome). On the way: the package must declare the capability
//! and the operator must have bound its backend; the purpose must be one the capability may be used for; what is
//! personal is written into the ledger before it leaves, and whose question it is goes along in a signed statement;
//! the person's share and the agency's line are kept
//! within bounds; a driver speaks the protocol, within the deadline.
//!
//! [`events`] is the way in, for what backends tell by themselves.
//!
//! It refuses what is not declared, not recorded or not bound, and never turns a failure into an answer.

mod about;
mod book;
mod call;
mod caller;
mod closed;
mod error;
pub mod events;
mod exchange;
mod files;
pub mod grave;
mod health;
mod hours;
pub mod incidents;
mod introductions;
mod kept;
pub mod log;
pub mod maintenance;
pub mod outages;
pub mod pages;
pub mod personal;
pub mod rounds;
pub mod sanction_list;
pub mod sanctions;
mod send;
pub mod sites;
pub mod suspension;
pub(crate) mod views;
mod wishes;

pub use about::{About, Agent, told};
pub use call::{CALL_SECONDS, Drivers, Gateway, Outside, Request};
pub use error::GatewayError;
pub use exchange::{ExchangeFiles, exchange_all, exchange_files};
pub use files::Files;
pub use health::{LineState, forget_calls};
pub use hours::shut_until;
pub use introductions::introduced;
pub use send::Sent;
pub use wishes::{AskBack, IsBack, Returned, ask_back, ask_those_missed, is_back, wish};
