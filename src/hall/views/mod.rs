//! What the hall's public pages show: home, about the portal, display settings, open data, the components.

mod about;
mod components;
mod display;
mod home;
mod me;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use about::{AboutView, AccessibilityView, OpenFile, OpenView, SiteMapView};
pub use components::{Bar, ComponentsView};
pub use display::DisplayView;
pub use home::{HomeView, Numbers, Urgent};
pub use me::{MeLink, MeView};
