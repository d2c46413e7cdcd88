//! Pages composed of several rooms: the home page, and what the portal says of itself.

mod about;
mod check;
mod display;
mod home;
mod inquiries;
mod looks;
mod privacy;
mod me;
mod preview;
mod privacy_requests;
mod resume;
mod style;
mod verify;
mod verify_form;
pub mod views;

pub use about::{about, accessibility, open, site_map};
pub use check::{check, check_page};
pub use display::{display, set_display};
pub use home::home;
pub use inquiries::{answer_request, assign_request, my_request, object, open_request, request, requests};
pub use looks::{ask, looks};
pub use me::me;
pub use preview::{preview_guide, preview_start};
pub use privacy::{export_html, export_json, privacy, withdraw};
pub use privacy_requests::{correct, correct_page, erase, erase_page, stop_erasure};
pub use resume::{resume, resume_work, stay, stay_at_work};
pub use style::components;
pub use verify::{verify, verify_page};
