//! Pages composed of several rooms: the home page, and what the portal says of itself.

mod about;
mod admin;
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
pub use admin::{
    admin, audit, change_rule, change_rule_page, city_calendar, dead_job, decide_rule, dispose_of_job,
    export_audit, export_dead, export_history, node_health, queue, redrive, rule, rule_history, rules_list,
};
pub use check::{check, check_file, check_page};
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
