//! Everybody who holds data about people, room by room: the port `PersonalData`.

use crate::{
    accounts,
    ledger::{self, Holders},
    sso,
};

/// The holders, in the order in which the privacy centre shows them.
pub fn holders() -> Holders {
    let accounts = accounts::personal::holders().into_iter();
    Holders(accounts.chain(sso::provider::personal::holders()).chain(ledger::holders()).collect())
}
