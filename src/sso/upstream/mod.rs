//! Signing in with a national identity provider (OpenID Connect, authorization code with PKCE).
//!
//! `/sign-in/with/{provider}` sends the browser there with a state, a nonce and a challenge that only this browser
//! can bring back; `…/back` takes the answer apart and believes nothing that is not proved (`exchange`). Calls over
//! the network happen outside every transaction.
//!
//! Who comes back known is signed in. Who comes back unknown is linked to nobody by what they claim: they either
//! begin an account or prove an existing one in the usual way and then say yes to linking it (`choose`). An
//! identity number that another account proved before opens nothing here.

mod back;
mod begin;
mod choose;
mod exchange;
mod links;
mod list;
pub mod personal;
mod provider;
mod providers;
mod said;
mod views;

pub use back::back;
pub use begin::begin;
pub use choose::{choose, create, link};
pub use list::{list, unlink};
pub use provider::UpstreamError;
pub use providers::Providers;
#[cfg(test)]
pub(crate) use views::{NationalListView, NationalView};
