//! The record of every look at personal data and of every act of staff, and the only place where personal
//! data is decrypted.
//!
//! What is personal is kept as [`Private`], encrypted under a key of the citizen's own. It opens only with a
//! [`Warrant`], and there are only two ways to one: [`look`] writes into the ledger who looks, for what and by
//! which right, in the caller's transaction; [`own`] is for the person themself, in their own session. So
//! there is no code path by which an agency, an adapter or a member of staff sees personal data without a
//! trace. Destroying the key erases the person and leaves the ledger whole.

pub mod consent;
mod looks;
mod model;
mod vault;

pub use looks::{act, look};
pub use model::{Actor, Basis, CitizenId, Look, Purpose, StaffId};
pub use vault::{LedgerError, Private, Warrant, destroy_key, new_key, own, seal};
