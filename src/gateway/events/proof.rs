//! Whether whoever asks for something is the agency it says to be: proved as events are.

use yimen_callback::verify::Request;

use super::{intake::proved, store};
use crate::gateway::{Gateway, GatewayError, book::Wanted};

/// What is known of who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    Proved,
    /// The agency has keys, and this was not made with them, or was seen before.
    Refused,
    /// The agency names no keys, or none is bound.
    NoKeys,
}

impl Gateway {
    /// Whether a request comes from the agency. Where it has keys nothing less will do.
    pub async fn prove(&self, agency: &str, request: &Request<'_>) -> Result<Proof, GatewayError> {
        let now = self.clock.now();
        let entry = match self.book.entry(&self.db, &self.keys, now, Wanted::of(agency)).await {
            Ok((entry, _)) => entry,
            Err(GatewayError::UnknownAgency(_)) => return Ok(Proof::Refused),
            Err(error) => return Err(error),
        };
        let keys = entry.agency.backend.events.as_ref().map(|events| events.secrets.as_slice());
        let bound = |name: &String| entry.endpoint.as_ref().is_some_and(|end| end.secrets.contains_key(name));
        if !keys.is_some_and(|keys| keys.iter().any(bound)) {
            return Ok(Proof::NoKeys);
        }
        let Ok(proved) = proved(agency, &entry, now, request) else { return Ok(Proof::Refused) };
        let agency = agency.to_owned();
        let first = self.db.tx(move |c| store::remember(c, now, (&agency, &proved.nonce))).await?;
        Ok(if first { Proof::Proved } else { Proof::Refused })
    }
}
