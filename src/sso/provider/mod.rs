//! Being an OpenID provider: agencies' own sites let people sign in with the portal.
//!
//! A site sends the person here with a request ([`ask`]), which is checked whole before anything else happens.
//! What stands between the person and the site is decided in one place ([`decide`]): signing in, proving more,
//! agreeing to what the site will see. Then the site gets a code, and for the code tokens ([`grants`]): a signed
//! statement who this is, under a pseudonym of the site's own, and an opaque key to the details agreed to. What
//! is personal goes out by one way only, through the ledger ([`claims`]).
//!
//! Everything a site holds hangs on the portal's session it came from: when that ends, tokens open nothing any
//! more and the site is told ([`ended`]). Only the code flow with PKCE is spoken.

mod api;
mod ask;
mod backchannel;
mod claims;
mod client_auth;
mod consents;
mod decide;
mod denied;
mod dial;
mod exchange;
mod grants;
pub mod keys;
mod leave;
mod pages;
mod params;
pub mod personal;
mod pseudonym;
mod requests;
mod seen;
mod sessions;
mod share;
mod signing;
mod steps;
mod sweep;
mod tokens;
pub(crate) mod views;

pub use api::{configuration, introspect, jwks, pushed, revoke, token, userinfo};
pub use backchannel::{Tell, tell};
pub use denied::ProviderError;
pub use keys::{Rotate, rotate};
pub use leave::{confirm_leaving, leave, leave_posted};
pub use pages::{authorize, authorize_posted, consent, sign_on};
pub use sessions::{CloseEnded, close_ended, ended, withdrawn};
pub use sweep::{Sweep, sweep};

pub(in crate::sso) use denied::random_name;
pub(in crate::sso) use pseudonym::subject;
pub(in crate::sso) use seen::first_time;
pub(in crate::sso) use signing::{sign, verified};

/// The assurance level as sites see it (`acr`).
pub fn acr(level: u8) -> String {
    format!("{ACR}{level}")
}

const ACR: &str = "urn:yimen:loa:";

/// The level that an `acr` value names.
fn level_of(acr: &str) -> Option<u8> {
    acr.strip_prefix(ACR)?.parse().ok().filter(|level| (2..=5).contains(level))
}
