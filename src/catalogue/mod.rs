//! What the city offers, as citizens find it.
//!
//! The catalogue holds nothing of its own: it projects the live packages into domains, services, guides, life
//! events, zones, policies and bulletins, kept in memory as one immutable [`Catalogue`]. The [`Shelf`] swaps it
//! for a new one within seconds of a change to any package, on every node. How often services are looked at is
//! counted in the database ([`counts`]).

pub mod counts;
mod edition;
mod finder;
mod lookup;
mod markdown;
mod matters;
mod model;
pub mod pages;
pub mod present;
mod project;
pub mod search;
mod shelf;
pub mod views;

pub use edition::Edition;
pub use model::{AgencyEntry, BulletinEntry, Catalogue, Numbers, PolicyEntry, ServiceEntry};
pub use project::project;
pub use shelf::Shelf;
