//! What is said to people, and by which channel.
//!
//! - [`say`] puts a notice into the inbox and on its ways, as the person chose ([`manners`]): each way is waiting, sent,
//!   suppressed for a reason or failed for one, and [`balance`] draws up the account.
//! - [`send`] takes notices their ways, a set at a time (`take` reads and marks them); `mail` and `texts` are the channels, each with one provider or two (`providers`);
//!   [`news`] is what can be said and how each channel says it.
//! - `outlets` are where somebody has notices sent beside telephone and mailbox: a program of theirs (`webhook`), once it gave a
//!   challenge back (`confirm`), browsers (`push`), and the city's app on their telephones (`devices`, `apps`). `spots` are all
//!   places together; `dial` is how theirs are called, `door` how providers are.
//! - `carrier` is a provider of text messages, or to apps, that is a package, called through the gateway; it tells by itself
//!   what became of them (`tidings`), or `receipts` asks.
//! - `gather` makes one mail of all of a day, for whoever wants that.
//! - `reports` hears from providers what became of it; [`again`] takes what did not arrive another way, or the same once more.
//! - Whoever acts for others can choose for each of them ([`Principal`], `principal_pages`) how they hear of their matters.
//! - `inbox` and [`pages`] are what the person reads; `stop` is how they end mails about something from within one.
//! - A one-time code (`codes`) is urgent and short-lived: it waits for no quiet hours, stands in no inbox, is encrypted while
//!   it waits, and once its life is over it is not sent.
//!
//! Neither a code nor whom anything is for is ever logged.

mod again;
mod agencies;
mod apps;
mod balance;
mod bookings;
mod bulletins;
mod carrier;
mod cases;
pub mod choice_pages;
mod codes;
mod confirm;
mod courier;
pub mod devices;
mod dial;
mod door;
mod dues;
mod forget;
mod gather;
mod inbox;
mod letters;
mod mail;
mod manners;
mod matter;
mod model;
mod names;
mod news;
pub mod outlet_pages;
mod outlets;
pub mod pages;
mod payments;
pub mod personal;
pub mod principal_pages;
mod providers;
mod push;
mod ratings;
mod receipts;
mod reminders;
mod reports;
#[cfg(test)]
mod samples;
mod say;
mod send;
mod spots;
mod stop;
mod take;
mod texts;
mod tidings;
pub mod views;
mod voice;
mod webhook;

pub use again::{Again, again, undelivered_count};
pub use agencies::tell_agency;
pub use balance::{Balance, balance};
pub use bookings::{BookingNews, booking_changed};
pub use bulletins::{BulletinNews, SET as TOLD_TOGETHER, bulletin_published};
pub use cases::{CaseNews, case_changed};
pub use codes::send_code;
pub use confirm::{Challenge, challenge};
pub use courier::{Courier, CourierError};
pub use dues::{DueNews, due_told};
pub use forget::{Forget, forget};
pub use gather::{Gather, gather};
pub use inbox::unread;
pub use model::Principal;
pub use news::{Deliver, deliver, returned, tell};
pub use payments::{PaymentNews, payment_changed};
pub use ratings::{RatingNews, rating_followed};
pub use receipts::{AskReceipt, ask_receipt};
pub use reminders::{Reminded, remind};
pub use reports::{Reporters, reports};
pub use say::Send;
pub use send::{SET as SENT_TOGETHER, send};
pub use tidings::Tidings;
pub use voice::{VoiceNews, voice_changed};
