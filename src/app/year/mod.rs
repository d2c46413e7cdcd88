//! A simulated year of the demo city: `yimen demo year`, and what tests run small.
//!
//! Tens of thousands of matters over many agencies, with what people think of them, what follows from that, what people
//! write to the city, appointments and payments: enough for the pages of supervision to have something to say. Three things are wrong in this city
//! ([`Planted`]), and those pages have to name them, and nobody else.
//!
//! - `plan` draws from a seed who does what on which day, and `planted` what is wrong. `city` is what there is to do, by the catalogue; `answers` fills
//!   in its forms; `people` are accounts and members of staff. `counters` is where appointments are made and bills paid.
//! - `matters`, `opinions`, `letters`, `appointments` and `bills` do it, by the functions that pages and jobs call, in transactions of a day each.
//!   Nothing is written beside them. `played` answers in place of the agencies' backends, behind the whole gateway, and
//!   `tills` in place of their books and of the provider that takes payments.
//! - [`life`] goes through the days on a standing clock, and has the real jobs and schedules run at noon and at night.

mod answers;
mod appointments;
mod bills;
mod chance;
mod city;
mod command;
mod counters;
mod days;
mod evenings;
mod letters;
mod life;
mod matters;
mod opinions;
mod people;
mod plan;
mod planted;
mod played;
mod tills;
mod visits;

pub(super) use command::{YearOptions, run};
pub use life::{Told, Wanted, live};
pub use planted::Planted;

use crate::{
    accounts::{AccountError, staff::StaffError},
    agencies::bindings::BindingError,
    bookings::BookingError,
    cases::{CaseError, desk::DeskError},
    catalogue::filling::FormsError,
    db::DbError,
    gateway::GatewayError,
    payments::PayError,
    ratings::RatingError,
    voice::VoiceError,
};

/// Why a year did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum YearError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Staff(#[from] StaffError),
    #[error(transparent)]
    Binding(#[from] BindingError),
    #[error(transparent)]
    Forms(#[from] FormsError),
    #[error(transparent)]
    Case(#[from] CaseError),
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    #[error(transparent)]
    Booking(#[from] BookingError),
    #[error(transparent)]
    Pay(#[from] PayError),
    #[error(transparent)]
    Rating(#[from] RatingError),
    #[error(transparent)]
    Voice(#[from] VoiceError),
    #[error("what an agency tells cannot be written: {0}")]
    Unwritten(String),
    /// The city has not what a year needs.
    #[error("no year can be simulated here: {0}")]
    Poor(&'static str),
}
