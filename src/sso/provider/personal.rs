//! What the provider holds about people, for the port `PersonalData`: at which sites they signed in.

use diesel::prelude::*;

use super::{ask::Scope, sessions};
use crate::{
    db::{
        Conn, Json, Stamp,
        schema::{oidc_clients, oidc_codes, oidc_grants, oidc_tokens},
    },
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// Everybody in this room who holds data about people.
pub fn holders() -> Vec<Box<dyn PersonalData>> {
    vec![Box::new(SignOns)]
}

struct SignOns;

impl PersonalData for SignOns {
    fn kind(&self) -> &'static str {
        "sign-ons"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["oidc_grants", "oidc_codes", "oidc_tokens"]
    }

    fn export(&self, c: &mut Conn, _: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        type Row = (String, Json<Vec<Scope>>, Stamp, Option<Stamp>);
        let rows: Vec<Row> = oidc_grants::table
            .inner_join(oidc_clients::table)
            .filter(oidc_grants::citizen_id.eq(warrant.citizen()))
            .order((oidc_grants::created_at.desc(), oidc_grants::id))
            .select((
                oidc_clients::agency,
                oidc_grants::scopes,
                oidc_grants::created_at,
                oidc_grants::ended_at,
            ))
            .load(c)?;
        let record = |(agency, Json(scopes), begun, ended): Row| {
            let fields = scopes.iter().map(|scope| scope.kind().to_owned()).collect();
            let mut record = vec![
                ("recipient", Value::Text(agency)),
                ("fields", Value::Tags(fields)),
                ("given-at", Value::At(begun.moment())),
            ];
            record.extend(ended.map(|at| ("withdrawn-at", Value::At(at.moment()))));
            record
        };
        Ok(rows.into_iter().map(record).collect())
    }

    /// Sites are told that the person is signed out, and what they hold opens nothing any more.
    fn erase(&self, c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        sessions::end_all(c, now, citizen)?;
        diesel::delete(oidc_tokens::table.filter(oidc_tokens::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(oidc_codes::table.filter(oidc_codes::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(oidc_grants::table.filter(oidc_grants::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    /// Sites know the two accounts by two names that nobody can bring together. They are told that the one is
    /// signed out; the person signs in there anew as the other.
    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        Ok(sessions::end_all(c, joining.now, joining.from())?)
    }
}
