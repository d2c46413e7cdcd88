//! What is said to people, and by which channel.
//!
//! So far: one-time codes, news about one's own account, applications and bookings, and that an agency is back, by mail and as text
//! messages; and what happens to its connection, to an agency's own mailbox. A code is urgent and
//! short-lived: it waits for no quiet hours and no digest, it is encrypted while it waits, and once its life is
//! over it is not sent. Neither a code nor whom anything is for is ever logged.

mod agencies;
mod bookings;
mod cases;
mod codes;
mod courier;
mod letters;
mod mail;
mod news;
mod payments;
mod texts;

pub use agencies::tell_agency;
pub use bookings::{BookingNews, booking_changed};
pub use cases::{CaseNews, case_changed};
pub use codes::send_code;
pub use courier::{Courier, CourierError};
pub use news::{Deliver, deliver, returned, tell};
pub use payments::{PaymentNews, payment_changed};
