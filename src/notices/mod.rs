//! What is said to people, and by which channel.
//!
//! So far: one-time codes, news about one's own account, and that an agency is back, by mail and as text messages. A code is urgent and
//! short-lived: it waits for no quiet hours and no digest, it is encrypted while it waits, and once its life is
//! over it is not sent. Neither a code nor whom anything is for is ever logged.

mod codes;
mod courier;
mod letters;
mod mail;
mod news;
mod texts;

pub use codes::send_code;
pub use courier::{Courier, CourierError};
pub use news::{Deliver, deliver, returned, tell};
