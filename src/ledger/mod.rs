//! The record of every look at personal data and of every act of staff, and the only place where personal
//! data is decrypted.
//!
//! What is personal is kept as [`Private`], encrypted under a key of the citizen's own. It opens only with a
//! [`Warrant`], and there are only two ways to one: [`look`] writes into the ledger who looks, for what and by
//! which right, in the caller's transaction; [`own`] is for the person themself, in their own session. So
//! there is no code path by which an agency, an adapter or a member of staff sees personal data without a
//! trace. Destroying the key erases the person and leaves the ledger whole.
//!
//! Entries commit with what they are about and wait for nobody. A sealer ([`Seal`]) binds them into a chain
//! within seconds and signs its end; [`verify`] names whatever has been changed since.

mod by_staff;
mod chain;
pub mod consent;
mod end;
mod entry;
mod heads;
mod holders;
mod looks;
mod model;
pub mod pages;
mod personal;
mod published;
mod report;
pub mod requests;
mod seen;
mod signed;
pub mod strongbox;
mod vault;
mod verify;

pub use by_staff::{StaffLook, by_staff};
pub use chain::{Seal, seal_soon, seal_waiting};
pub use end::{ChainEnd, chain_end};
pub use holders::holders;
pub use looks::{LookId, act, look};
pub use model::{Actor, Basis, CitizenId, Look, Purpose, StaffId};
pub use personal::{Holders, JoinError, Joining, Kept, PersonalData, Record, Section, Value};
pub use published::{Published, PublishedHead, PublishedKey, published};
pub use report::{Fault, Finding, Report};
pub use requests::RequestId;
pub use seen::{Looker, Seen, Who, looker, seen, seen_once};
pub use signed::{sign_file, signed_file};
pub use vault::{LedgerError, Private, Warrant, destroy_key, new_key, own, seal};
pub use verify::verify;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// Digests, keys and signatures as text.
fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
