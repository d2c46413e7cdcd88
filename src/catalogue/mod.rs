//! What the city offers, as citizens find it.
//!
//! The catalogue holds nothing of its own: it projects the live packages into domains, services, guides, life
//! events, zones, policies and bulletins (with those that backends publish by themselves), kept in memory as one
//! immutable [`Catalogue`]. The [`Shelf`] swaps it
//! for a new one within seconds of a change to any package, or of a number that the city sets, on every node. How often services are looked at, and how
//! satisfied people were with them, is counted in the database ([`counts`], [`scores`]).

pub mod asking;
mod closures;
pub mod counts;
mod edition;
pub mod filling;
mod finder;
mod issued;
mod lookup;
mod markdown;
mod matters;
mod model;
pub mod pages;
pub mod present;
mod project;
pub mod retired;
pub mod scores;
mod shelf;
pub mod views;

pub use closures::{Closure, lines as closures_of};
pub use edition::Edition;
pub use issued::Publisher;
pub use model::{
    AgencyEntry, BulletinEntry, Catalogue, Numbers, PolicyEntry, ProviderEntry, ServiceEntry, TrialEntry,
};
pub use project::project;
pub use shelf::Shelf;
