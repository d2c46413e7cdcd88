//! Pages composed of several rooms: the home page, and what the portal says of itself.

mod about;
mod display;
mod home;
mod me;
mod style;
pub mod views;

pub use about::{about, accessibility, open, site_map};
pub use display::{display, set_display};
pub use home::home;
pub use me::me;
pub use style::components;
