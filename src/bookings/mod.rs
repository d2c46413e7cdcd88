//! Appointments: chosen from a calendar, confirmed once and for all, given back or changed in time, and kept.
//!
//! - [`life`] is the table of what can happen to a booking, and by whom; [`rules`] are windows, cut-offs and what follows
//!   from not coming, as packages state them.
//! - Most agencies keep their own calendars (`slots.*`): [`tell`] brings a booking there, never twice, and gives it back.
//!   [`report`] takes over what they say, by answer or by event.
//! - For agencies without one the portal keeps the calendar: [`kept`] gives no more places than there are, whoever asks
//!   how often from wherever, and [`waits`] passes on what comes free.
//! - [`choose`] begins a booking, [`act`] is what the person does with it, [`desk`] what staff do; [`steps`] is the only place
//!   where a booking moves.
//! - [`load`] counts, of nobody, who came with an appointment and who without, hour by hour.
//! - The form is filled in on the pages of applications, and so are the rules of whose matter it is (`cases::Whose`).

pub mod act;
pub mod choose;
pub mod desk;
pub mod kept;
pub mod life;
pub mod load;
pub mod load_views;
mod model;
pub mod pages;
pub mod personal;
pub mod queries;
mod report;
pub mod rules;
#[cfg(test)]
mod samples;
pub mod steps;
pub mod tell;
mod tickets;
pub mod views;
pub mod waits;

pub use model::{Booking, BookingError, BookingId, Dated, Ended, SessionId, Slot};
pub use report::Reports;
pub use tell::failure;
pub use tickets::Appointments;
