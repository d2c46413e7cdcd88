//! Handing over what the citizen agreed to: the only way by which personal details leave for a site. It writes
//! into the ledger which agency saw what, in the same transaction.

use serde_json::{Map, Value, json};

use super::{ProviderError, ask::Scope, consents, pseudonym};
use crate::{
    accounts,
    agencies::clients::Client,
    db::Conn,
    ledger::{self, Actor, Basis, CitizenId, Look, Purpose},
    platform::{Moment, keys::KeyRing},
};

/// The claims about a person that these scopes stand for. What is not known is absent.
pub(super) fn of(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    client: &Client,
    citizen: CitizenId,
    scopes: &[Scope],
) -> Result<Map<String, Value>, ProviderError> {
    let mut claims = Map::new();
    claims.insert("sub".into(), json!(pseudonym::subject(ring, &client.sector, citizen)));
    if scopes.is_empty() {
        return Ok(claims);
    }
    let look = Look {
        citizen,
        actor: Actor::Agency(client.agency.clone()),
        purpose: Purpose::SignOn,
        basis: Basis::Consent,
        fields: &consents::kinds(scopes),
        detail: Some(&client.name.zh),
    };
    let warrant = ledger::look(c, ring, now, &look)?;
    let details = accounts::details(c, ring, &warrant)?;
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            claims.insert(name.to_owned(), Value::String(value));
        }
    };
    for scope in scopes {
        match scope {
            Scope::Profile => put("name", details.name.clone()),
            Scope::Phone => put("phone_number", details.phone.clone()),
            Scope::Email => put("email", details.email.clone()),
            Scope::Identity => put("identity_number", details.identity_number.clone()),
        }
    }
    // Only what was verified is known at all.
    for (name, of) in [("phone_number_verified", "phone_number"), ("email_verified", "email")] {
        if claims.contains_key(of) {
            claims.insert(name.to_owned(), Value::Bool(true));
        }
    }
    Ok(claims)
}
