//! Pages of a signed-in citizen about their own account.

mod contact;
mod factors;
mod passkey;
mod password;
mod security;

pub use contact::{add, add_page, confirm, confirm_page};
pub use factors::{new_codes, totp, totp_off, totp_page};
pub use passkey::{passkey_begin, passkey_finish};
pub use password::{change_password, password_page};
pub use security::{end, remove, remove_reach, security};

use actix_web::HttpResponse;
use chrono::TimeDelta;

use crate::{
    ledger::CitizenId,
    platform::Moment,
    web::{
        Failure, Visitor, see_other,
        session::{Realm, Session},
    },
};

/// How long ago somebody may have proved who they are when they change how they do it.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// The signed-in citizen.
fn me(visitor: &Visitor) -> Result<(CitizenId, &Session), Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    Ok((CitizenId::from(session.signed.subject), session))
}

/// A session left open on a shared device must not be enough to take the account over: whoever proved themselves
/// too long ago does so again first.
fn stale(session: &Session, now: Moment, next: &str) -> Option<HttpResponse> {
    (now - session.signed.proved_at > FRESH).then(|| see_other(&format!("/me/prove?next={next}")))
}
