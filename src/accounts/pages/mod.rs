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
pub(super) use security::line;
pub use security::{end, remove, remove_reach, security};

use crate::{
    ledger::CitizenId,
    web::{
        Failure, Visitor,
        session::{Realm, Session},
    },
};

/// The signed-in citizen.
fn me(visitor: &Visitor) -> Result<(CitizenId, &Session), Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    Ok((CitizenId::from(session.signed.subject), session))
}
