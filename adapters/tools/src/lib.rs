//! What an agency makes, tries and checks its package with. No database, no web framework; the command line and the
//! agencies' desk both stand on it.
//!
//! - [`draft`] writes a small package to begin with, [`import`] one from the description of a backend.
//! - [`check`](check()) says everything about a package that can be said without its backend: what the loader finds,
//!   and what happens when each recorded exchange is led through the package's own maps and tables ([`rehearsal`]).
//! - [`faults`] breaks the recorded answers in every way that backends have been seen to, and looks whether a failure
//!   is ever taken for an answer; [`report`] says it all so that a person and a program can read it.
//! - [`live`] asks a running backend, and tries what only a running one shows.
//! - [`difference`] says what another version changes for people and for the backend, and what of it breaks something.
//! - [`pack`](pack::pack) makes one file of a package; [`archive`] is that file's form, which the portal keeps too.

pub mod archive;
pub mod check;
pub mod difference;
pub mod draft;
pub mod faults;
pub mod import;
pub mod live;
pub mod pack;
pub mod rehearsal;
pub mod report;

pub use check::{Checked, check};
