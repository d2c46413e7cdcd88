//! What agencies ask people: a form that staff put together, answered until a day, counted.
//!
//! - [`design`] is what staff do: put questions together, publish, end. [`questions`] makes a form of them, of the same kind
//!   as those of packages, so that it is drawn, checked and kept by the same code.
//! - [`answer`] takes one answer of each person, with their name or without. An answer without a name is kept apart from
//!   everything that leads to a person; that somebody answered is known by a digest alone.
//! - [`files`] keeps what answers a question for a file, under names only; [`sweep`] takes away what no answer names.
//! - [`tally`] counts as answers come in, so that the totals open nobody's answers. Reading what people wrote under their
//!   names is a look in each one's record ([`read`]).
//! - [`portal`] is which of them speak of the portal itself; what those came to stands beside the stars of services.
//! - [`clear`] deletes what people wrote a while after the end; the counts stay.

pub mod answer;
pub mod clear;
pub mod design;
pub mod files;
mod model;
pub mod pages;
pub mod personal;
pub mod portal;
pub mod queries;
pub mod questions;
pub mod read;
#[cfg(test)]
mod samples;
pub mod sweep;
pub mod tally;
pub mod views;

pub use model::{AnswerId, Names, Stage, Survey, SurveyError, SurveyId, Who, latest};
pub use questions::{Asked, Question};
