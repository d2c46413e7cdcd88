//! What people think of how their matters were dealt with (好差评), and what becomes of it.
//!
//! - [`matters`] is what ended and may be rated: a case that was decided, an appointment that was kept, a payment that was
//!   booked. It is counted the moment it ends, so that whoever says nothing is counted too, and as nothing else.
//! - [`give`] takes a rating: once for each matter, by whoever had it, within the city's term. There is no other way in.
//! - [`follow`] is what follows from a bad one, by the table of its `life`: a call, what was put right, and what the person
//!   says to that. [`appeal`] is what the agency has against a rating; somebody else decides. [`evidence`] are pictures
//!   and documents that it brings with either. [`dispute`] is what `voice` needs to take up what one side has against that decision.
//! - What somebody wrote is sealed for them. Staff read it without what tells who somebody is, and never who wrote it,
//!   unless they say why: then it is a look in that person's record ([`contact`]).
//! - [`scores`] is what a month of a service looks like when everything is counted, and its stars.
//! - Terms and tags are the city's (`ratings.toml`); a city that has none asks nobody.

pub mod appeal;
#[cfg(test)]
mod code_samples;
pub mod contact;
pub mod dispute;
pub mod evidence;
pub mod follow;
pub mod give;
pub mod matters;
mod model;
pub mod pages;
pub mod personal;
pub mod queries;
#[cfg(test)]
mod samples;
pub mod scores;
mod terms;
pub mod views;

pub use matters::Means;
pub use model::{Kind, Matter, Rating, RatingError, RatingId, Standing, level_named, level_tag};
pub use terms::Terms;
