//! How the portal speaks to agencies' backends: one driver per protocol, and the only way to dial out.
//!
//! A [`Driver`] gets a [`Call`] (what is asked, when, by when, of whom) and a [`Dialer`]; it has no database,
//! no web framework and no socket of its own. The [`SafeDialer`] decides where a connection may go. A [`Line`]
//! keeps the calls to one agency within bounds, so that one that hangs slows nobody else. [`persist`] repeats
//! a call, and only where repeating cannot do harm.

pub mod address;
mod call;
mod dial;
mod line;
pub mod mapping;
mod persist;
mod resolver;
pub mod rest;

pub use call::{Call, CallError, Driver, Endpoint, Future, Vouch};
pub use dial::{DialError, Dialer, HttpAnswer, HttpRequest, SafeDialer};
pub use line::{Bounds, Line, Place, Shut};
pub use persist::{Chance, persist};
pub use resolver::{Lookup, SystemLookup};
