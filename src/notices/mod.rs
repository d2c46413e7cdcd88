//! What is said to people, and by which channel.
//!
//! - [`say`] puts a notice into the inbox and on its ways, as the person chose ([`manners`]): each way is waiting, sent,
//!   suppressed for a reason or failed for one, and [`balance`] draws up the account.
//! - [`send`] takes a notice one way; `mail` and `texts` are the channels, [`news`] what can be said and how each says it.
//! - `inbox` and [`pages`] are what the person reads; `stop` is how they end mails about something from within one.
//! - A one-time code (`codes`) is urgent and short-lived: it waits for no quiet hours, stands in no inbox, is encrypted while
//!   it waits, and once its life is over it is not sent.
//!
//! Neither a code nor whom anything is for is ever logged.

mod agencies;
mod balance;
mod bookings;
mod cases;
mod codes;
mod courier;
mod dues;
mod inbox;
mod letters;
mod mail;
mod manners;
mod matter;
mod model;
mod names;
mod news;
pub mod pages;
mod payments;
pub mod personal;
mod reminders;
#[cfg(test)]
mod samples;
mod say;
mod send;
mod stop;
mod texts;
pub mod views;

pub use agencies::tell_agency;
pub use balance::{Balance, balance};
pub use bookings::{BookingNews, booking_changed};
pub use cases::{CaseNews, case_changed};
pub use codes::send_code;
pub use courier::{Courier, CourierError};
pub use dues::{DueNews, due_told};
pub use inbox::unread;
pub use news::{Deliver, deliver, returned, tell};
pub use payments::{PaymentNews, payment_changed};
pub use reminders::{Reminded, remind};
pub use say::Send;
pub use send::send;
