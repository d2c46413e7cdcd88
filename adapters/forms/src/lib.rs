//! The forms of packages: what people fill in, from a JSON Schema with hints to the document that an agency gets.
//!
//! [`Form::read`] turns a schema into typed fields on pages, or says everything that is wrong with it. A [`Draft`] keeps
//! what somebody typed, exactly as it was typed, wrong or right; [`Form::fill`] says what it means: the document, what
//! is wrong where, which questions do not apply, which page comes next, what the summary shows. [`carry`](Form::carry)
//! takes a draft to another version of its form.
//!
//! Everything here is a pure function: no database, no web framework, no clock. What is wrong with an answer is a
//! [`Problem`] with its parameters, never a sentence; what is wrong with a form is said in sentences, to those who write
//! packages ([`check`]).

mod carry;
pub mod check;
mod condition;
mod draft;
mod entry;
mod expand;
mod fill;
mod money;
mod name;
mod pages;
mod problem;
mod read;
mod review;
mod strict;
mod tell;
mod walk;

pub mod model;

pub use carry::Carried;
pub use draft::{Draft, TooMuch};
pub use fill::{Filled, State, Step};
pub use model::{Choice, Entry, Field, Files, Form, Kind, LicencePart, Origin, Page, RecordPart};
pub use problem::{Limit, Problem, Wrong};
pub use read::{Mistake, Mistakes};
pub use review::{Line, Sheet, Shown};
pub use tell::Offer;
