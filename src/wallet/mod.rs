//! Licences and certificates: fetched from those who issue them, or written down by whoever holds them.
//!
//! - [`pull`] asks the issuers, side by side, for what a person holds; `take` keeps it and says what changed, so that
//!   reminders hang on it ([`Changed`]). [`push`] takes what issuers tell by themselves.
//! - [`dates`] says how a document stands: the crate `yimen-licences` counts, by the rule of its kind and the city's
//!   working days.
//! - [`proofs`] are codes by which others see that a document is real: for a minute on a telephone, or on paper. Whoever checks
//!   one is shown what its holder chose, and how the document stands at that moment.
//! - Appointments stand beside the documents: whoever keeps them says so ([`Tickets`]).
//! - What a person does not want to see any more they discard; its issuer goes on knowing of it.

pub mod dates;
mod keep;
mod model;
pub mod pages;
pub mod personal;
pub mod proofs;
pub mod pull;
mod push;
pub mod queries;
#[cfg(test)]
mod samples;
mod take;
mod tickets;
pub mod views;

pub use keep::{Written, discard, restore, write_down};
pub use model::{Changed, Document, DocumentId, Printed, WalletError, Whose};
pub use push::Told;
pub use tickets::{Ticket, Tickets};
