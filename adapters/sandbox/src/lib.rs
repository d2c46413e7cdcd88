//! The sandbox: the separate programs that a city's portal talks to, played over their real protocols.
//!
//! A population register, a national identity provider, two agencies' own sites, two carriers of text messages and
//! one of notices to apps, a mail server,
//! and the backend of any agency that has a package ([`Part`]). Each listens on loopback and is reached exactly as a
//! real one would be; nothing here knows the portal's code, and the portal learns the addresses from its
//! configuration, as an operator would give them. Every part can be told to fail (`PUT /faults`), because real ones
//! do.

mod assertion;
mod carriers;
mod chance;
mod clock;
mod faults;
mod key;
mod language;
mod numbers;
mod options;
mod people;
mod secret;
mod server;
mod signature;

mod national;
mod player;
mod postbox;
mod register;
mod running;
mod site;
mod till;

pub use carriers::{Carried, Fate, TextCarrier};
pub use clock::Clock;
pub use faults::{Fault, Lie, Wrong};
pub use national::NationalClient;
pub use numbers::identity_number;
pub use options::{Options, Ports};
pub use people::{Cast, Citizen, Company, Person, Staff, Standing};
pub use player::{Backend, BackendPorts, Backends, Case, CertificateError, Part, Theatre};
pub use postbox::{Kind, Message};
pub use running::{
    AgencySite, AloneServers, CityPay, NationalProvider, PopulationRegister, PostBox, Running, StartError,
    start,
};
pub use secret::Secret;
pub use signature::sign;
