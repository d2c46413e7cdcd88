//! Papers: the files that are handed in with an application.
//!
//! - [`places`] says what a service asks for: the papers of its guide that the applicant brings, and the file questions
//!   of its form.
//! - [`take`] takes a file in: known by what it holds ([`kind`]), encrypted as it comes ([`store`]), pictures drawn
//!   anew ([`picture`]), documents looked through ([`pdf`]).
//! - [`kept`] is what the database knows: whose it is, and the key, sealed for them. A draft's papers become the case's
//!   in the transaction that hands it in.
//! - [`recount`] counts days of promises anew that were a guess.
//! - [`api`] gives them to the agency whose case it is, on the citizen's record. Nothing is ever shown in the portal's
//!   own name: what is given out is a download.

pub mod alone;
pub mod api;
pub(in crate::cases) mod give;
pub mod kept;
mod kind;
pub mod pages;
mod pdf;
pub mod personal;
mod picture;
pub mod places;
mod recount;
#[cfg(test)]
mod samples;
pub(in crate::cases) mod shown;
mod store;
pub mod sweep;
pub(in crate::cases) mod take;
mod token;
pub mod views;

pub use kept::{FileId, Paper, Promise};
pub use places::{Place, Places};
pub use recount::recount;
pub use sweep::{Sweep, sweep};

/// A digest in lower-case hexadecimal.
fn hex(digest: &[u8]) -> String {
    use std::fmt::Write as _;
    digest.iter().fold(String::with_capacity(2 * digest.len()), |mut text, byte| {
        // Writing into a text never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
