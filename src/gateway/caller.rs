//! Who is behind a call: recorded before anything leaves, and said to the backend in a signed statement.

use serde_json::{Map, Value};
use yimen_contract::capability::Claim;
use yimen_drivers::Vouch;

use super::{About, GatewayError};
use crate::{
    accounts,
    db::Conn,
    ledger::{self, Actor, Look},
    platform::{Clock, Moment, keys::KeyRing},
    sso::assertion::{Said, Voucher},
};

/// What is written down and said about one call.
pub(super) struct Caller<'a> {
    pub(super) agency: &'a str,
    pub(super) issuer: &'a str,
    pub(super) about: About<'a>,
    /// What the agency's package asks to be told.
    pub(super) claims: &'a [Claim],
}

impl Caller<'_> {
    /// Writes the look into the record, and makes ready what the agency is told. Nothing is opened that was not
    /// both asked for by the package and named to the citizen.
    pub(super) fn introduce(
        &self,
        c: &mut Conn,
        ring: &KeyRing,
        now: Moment,
    ) -> Result<Voucher, GatewayError> {
        let About { citizen, agent, level, purpose, basis, fields, detail } = self.about;
        let actor = Actor::Agency(self.agency.to_owned());
        let look = Look { citizen, actor, purpose, basis, fields, detail };
        let warrant = ledger::look(c, ring, now, &look)?;
        let wanted: Vec<Claim> =
            self.claims.iter().copied().filter(|claim| fields.contains(&claim.field())).collect();
        let mut claims = Map::new();
        if !wanted.is_empty() {
            let details = accounts::details(c, ring, &warrant)?;
            for claim in wanted {
                let value = match claim {
                    Claim::Name => &details.name,
                    Claim::IdentityNumber => &details.identity_number,
                    Claim::PhoneNumber => &details.phone,
                    Claim::Email => &details.email,
                };
                if let Some(value) = value {
                    claims.insert(claim.name().to_owned(), Value::from(value.as_str()));
                }
            }
        }
        let said = Said {
            issuer: self.issuer,
            agency: self.agency,
            citizen: agent.unwrap_or(citizen),
            represented: agent.map(|_| citizen),
            level,
            purpose: detail.unwrap_or_else(|| purpose.tag()),
            claims,
        };
        Voucher::new(c, ring, now, &said).map_err(|error| GatewayError::Stored(error.to_string()))
    }
}

/// Makes a new statement for every attempt.
#[derive(Debug)]
pub(super) struct Vouching {
    pub(super) voucher: Voucher,
    pub(super) clock: Clock,
}

impl Vouch for Vouching {
    fn statement(&self) -> Option<String> {
        let made = self.voucher.statement(self.clock.now());
        made.inspect_err(|error| tracing::error!(%error, "a statement for an agency cannot be signed")).ok()
    }
}
