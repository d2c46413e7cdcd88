//! What citizens ask about their data, and what staff answer: why somebody looked, and that something be corrected.
//!
//! Who answers is the branch of the agency it is about; the city's own people where it is about the portal or about
//! staff, and never the one who looked. An answer that does not answer it can be called so once: then whoever
//! administers the branch above decides. Answers have a clock of working days. Words are encrypted under the
//! citizen's key, and a member of staff who opens them is on the citizen's record.

mod answering;
mod asking;
mod model;
mod personal;
mod queries;
mod seat;
mod work;

pub use answering::{Opened, Reply, answer, open};
pub use asking::{Correction, ask_correction, ask_why, object};
pub use model::{Inquiry, InquiryError, InquiryId, Kind, Level, Outcome, Standing, State, Terms, standing};
pub use personal::Inquiries;
pub use queries::{Given, Told, late, list, mine, one, own, waiting};
pub use seat::Seat;
pub use work::{INQUIRIES, InquiryWork, Recount, assign, may_take, recount};
