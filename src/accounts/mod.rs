//! People: citizens, how they prove who they are, how they are reached.
//!
//! A citizen is an account with a level of assurance: 2 once a telephone or mailbox is proved theirs, 3 once name
//! and identity number agree with the population register, 4 and 5 by better proof. An identity number counts
//! only once verified. What is personal is kept as [`crate::ledger::Private`]; telephone numbers and mailboxes
//! are found by a keyed hash, and only verified ones can be found at all.
//!
//! Actions are synchronous and take the time. Signing in, which is made of them, is `sso`'s.

pub mod acting;
pub mod codes;
pub mod credentials;
mod details;
pub mod fields;
pub mod inquiries;
pub mod masking;
mod model;
pub mod pages;
pub mod passkeys;
pub mod password;
mod people;
pub mod personal;
mod sending;
pub mod staff;
pub mod throttle;
pub mod totp;
pub(crate) mod views;

pub use details::{Details, details, name};
pub use model::{AccountError, Email, IdentityNumber, PersonName, Phone, Reach, Wrong};
pub use people::{
    Citizen, Claimed, Contact, ContactId, Newcomer, REACHED, Reachable, add_contact, by_reach, channel_of,
    citizen, claim_identity, contacts, holder_of, reached, reached_anywhere, register, remove_contact,
    unreached, ways_to_reach, ways_to_reach_each,
};
pub use sending::{Channel, Former, Message, SendCode, Tell, What, tell};
