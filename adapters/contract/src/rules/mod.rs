//! What a package must respect beyond its notation: the rules of law, of plain language and of safety, one
//! module for each kind of file. Every rule says which field breaks it and what to do.

mod across;
mod agency;
mod asked;
mod booking;
mod capability;
mod checks;
mod city;
mod exchange;
mod fee;
mod licence;
mod papers;
mod protocol;
mod provider;
mod query;
mod report;
mod service;
mod serving;
mod time;
pub(crate) mod told;
mod voice;
mod words;
mod writing;

pub use across::city_check;
pub(crate) use agency::agency;
pub(crate) use asked::claim as asked_for;
pub(crate) use city::{calendar, city, domains, life_events, ratings, search_words, zones};
pub(crate) use exchange::{asked_again, form, hidden_numbers, sample, sample_form};
pub(crate) use licence::licence;
pub(crate) use report::Report;
pub(crate) use service::{Around, service};
pub(crate) use serving::serving;
pub(crate) use voice::voice;
pub use writing::bulletin_check;
pub(crate) use writing::{bulletin, policy};

/// The version of the package format that this crate reads.
pub const FORMAT: u32 = 1;
