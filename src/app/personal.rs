//! Everybody who holds data about people, room by room: the port `PersonalData`.

use crate::{
    accounts,
    ledger::{self, Holders},
};

/// The holders, in the order in which the privacy centre shows them.
pub fn holders() -> Holders {
    Holders(accounts::personal::holders().into_iter().chain(ledger::holders()).collect())
}
