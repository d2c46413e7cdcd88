//! Applications: filled in step by step, handed in once and for all, brought to the agency whatever happens, and
//! followed to their end.
//!
//! - [`life`] is the table of what can happen to a case, and by whom; `term` counts by when, and [`promise`] keeps that
//!   with what was decided.
//! - [`drafts`] keeps what is being typed, for whoever types it. [`submit`] makes a case of it: reference, key and
//!   answers in one transaction, before anybody is called.
//! - `occasion` is the record from which an application begins, as it was shown; `checks` asks agencies what must be so
//!   before it is handed in; `twice` finds what was handed in about the same record already.
//! - [`deliver`] brings it to the agency, and never twice: what is unknown is asked for first. [`follow`] asks how it
//!   stands, and tells that it is taken back. [`report`] takes over what the agency says, by answer or by event; [`steps`]
//!   is the only place where a case moves.
//! - [`delivery`] is how a result that is more than a page comes to whoever applied.
//! - [`papers`] are the files that belong to it.
//! - [`prefill`] has another agency answer what it knows, if the person agrees.
//! - [`correct`] is what the applicant puts right, and what happens if they do not. [`desk`] is where officers of agencies
//!   without a backend work cases, [`notes`] what they put down for whoever asks; [`results`] are decisions with their codes.
//! - The owner of a case is the person it is for ([`Whose`]). Whoever acts for them reads it on record.

pub mod act;
mod checked;
mod checks;
pub mod correct;
pub mod deliver;
pub mod delivery;
pub mod desk;
pub mod drafts;
pub mod follow;
pub mod life;
mod means;
mod model;
pub mod notes;
pub mod occasion;
pub mod pages;
pub mod papers;
pub mod personal;
pub mod place;
pub mod prefill;
pub mod promise;
pub mod queries;
mod report;
pub mod results;
#[cfg(test)]
mod samples;
pub mod steps;
pub mod submit;
pub mod term;
pub mod together;
mod twice;
pub mod views;
mod whose;

pub use crate::catalogue::filling::Forms;
pub use checked::Decisions;
pub use correct::Dated;
pub use means::{Means, recount};
pub(crate) use model::new_reference;
pub use model::{Case, CaseError, CaseId, DraftId, DraftRow, Ended, reference_of};
pub use report::Reports;
pub(crate) use whose::Parties;
pub use whose::Whose;
