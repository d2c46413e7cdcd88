//! What issuers tell by themselves: `licence.changed`. They speak of people by their own names for them, and only of those
//! who asked them.

use std::sync::Arc;

use diesel::prelude::*;
use yimen_contract::capability::{EventKind, event::LicenceChanged};

use super::{WalletError, Whose, pull::company, take};
use crate::{
    db::{Conn, DbError, schema::wallet_sources},
    gateway::events::{Applies, Inbound, Settled},
    ledger::{CitizenId, LedgerError},
    platform::{Moment, keys::KeyRing},
};

/// Events about licences.
pub struct Told(pub Arc<KeyRing>);

impl Applies for Told {
    fn kind(&self) -> EventKind {
        EventKind::LicenceChanged
    }

    fn apply(&self, c: &mut Conn, now: Moment, event: &Inbound) -> Result<Settled, DbError> {
        let Ok(told) = serde_json::from_value::<LicenceChanged>(event.data.clone()) else {
            return Ok(Settled::Refused("it does not have the form of a licence"));
        };
        let known: Vec<(CitizenId, String)> = wallet_sources::table
            .filter(wallet_sources::agency.eq(&event.agency))
            .filter(wallet_sources::subject.eq(&told.subject))
            .select((wallet_sources::citizen_id, wallet_sources::company))
            .load(c)?;
        // A company's documents are asked for, not told: the name is that of the person who answers for it.
        let Some((citizen, of)) = known.into_iter().find(|(_, company)| company.is_empty()) else {
            return Ok(Settled::Refused("nobody of that name asked this agency"));
        };
        let whose = Whose { citizen, company: company(&of) };
        let said = (&told.licence, event.happened_at.min(now));
        match take::take(c, &self.0, now, (&whose, &event.agency), said) {
            Ok(_) => Ok(Settled::Applied),
            Err(WalletError::Db(error) | WalletError::Ledger(LedgerError::Db(error))) => Err(error),
            // They closed their account.
            Err(WalletError::Ledger(LedgerError::Erased)) => Ok(Settled::Refused("the person is gone")),
            Err(error) => {
                tracing::error!(agency = event.agency, %error, "an event about a licence cannot be applied");
                Ok(Settled::Refused("it cannot be applied"))
            }
        }
    }
}
