//! How the portal speaks to agencies' backends: one driver per protocol, and the only way to dial out.
//!
//! A [`Driver`] gets a [`Call`]: what is asked, when, by when, of whom, and three [`Ports`]; it has no database,
//! no web framework and no socket of its own. The [`SafeDialer`] decides where a connection may go. A [`Line`]
//! keeps the calls to one agency within bounds, so that one that hangs slows nobody else. [`persist`] repeats
//! a call, and only where repeating cannot do harm.

pub mod auth;
mod call;
mod dial;
mod line;
pub mod mapping;
mod maps;
mod persist;
pub mod rest;
mod store;
pub mod text;
pub mod xml;

pub use call::{Answer, Call, CallError, Code, Driver, Endpoint, Future, Ports, Vouch};
pub use dial::{
    DialError, Dialer, HttpAnswer, HttpRequest, Lookup, SafeDialer, SystemLookup, TcpRequest, Tls, Wire,
    address,
};
pub use line::{Bounds, Line, Place, Shut, Standing};
pub use maps::{Detail, Job, MapError, Maps, NoMaps, Verdict};
pub use persist::{Chance, persist};
pub use store::{Arrived, Found, Memory, NoStore, Store, StoreError, Waiting, Whose};
