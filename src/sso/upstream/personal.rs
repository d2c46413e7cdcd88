//! What signing in from elsewhere holds about people, for the port `PersonalData`: which provider knows them.

use diesel::prelude::*;

use crate::{
    db::{Conn, Stamp, schema::upstream_identities},
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// Accounts at national identity providers.
pub struct Providers;

impl PersonalData for Providers {
    fn kind(&self) -> &'static str {
        "national"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["upstream_identities"]
    }

    /// The provider's name for the person is not kept, so it cannot be shown.
    fn export(&self, c: &mut Conn, _: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let links: Vec<(String, Stamp, Stamp)> = upstream_identities::table
            .filter(upstream_identities::citizen_id.eq(warrant.citizen()))
            .order(upstream_identities::id)
            .select((
                upstream_identities::provider,
                upstream_identities::linked_at,
                upstream_identities::used_at,
            ))
            .load(c)?;
        let record = |(provider, linked, used): (String, Stamp, Stamp)| {
            vec![
                ("actor", Value::Text(provider)),
                ("made-at", Value::At(linked.moment())),
                ("used-at", Value::At(used.moment())),
            ]
        };
        Ok(links.into_iter().map(record).collect())
    }

    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        let mine = upstream_identities::table.filter(upstream_identities::citizen_id.eq(citizen));
        diesel::delete(mine).execute(c)?;
        Ok(())
    }

    /// Of each provider an account knows one name. What the staying account has, it keeps.
    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        let there: Vec<String> = upstream_identities::table
            .filter(upstream_identities::citizen_id.eq(joining.into))
            .select(upstream_identities::provider)
            .load(c)?;
        let theirs = upstream_identities::table.filter(upstream_identities::citizen_id.eq(joining.from()));
        diesel::delete(theirs.filter(upstream_identities::provider.eq_any(there))).execute(c)?;
        diesel::update(theirs).set(upstream_identities::citizen_id.eq(joining.into)).execute(c)?;
        Ok(())
    }
}
