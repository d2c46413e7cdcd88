//! Telling an agency something that changes things there: an application, a payment. What counts is not an answer
//! to show but whether it was done, was certainly not done, or nobody knows.

use std::time::Instant;

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use yimen_contract::{
    Bilingual,
    agency::Backend,
    capability::{Capability, Question, Repeat},
};
use yimen_drivers::CallError;

use super::{
    Gateway, GatewayError, Request,
    book::Wanted,
    call::{Put, is_entitled},
    log::Class,
};
use crate::platform::Moment;

/// What came of sending.
#[derive(Debug)]
pub enum Sent<A> {
    /// It was done, and this is what the agency says.
    Done(A),
    /// Nothing was done; it may be sent again, at the earliest then.
    NotSent { until: Option<Moment> },
    /// The agency says no, and did nothing. Saying it again is of no use.
    Refused {
        /// Why, where the package has words for it.
        reason: Option<Bilingual>,
    },
    /// Nothing was done, and nothing will be until a person changes a setting or a package.
    Impossible(String),
    /// It may have been done or not: ask before anything is repeated.
    Unknown,
}

impl Gateway {
    /// Tells an agency something, under a key that stays the same in every repeat.
    pub async fn send<Q: Question>(
        &self,
        request: Request<'_, Q>,
        key: &str,
    ) -> Result<Sent<Q::Answer>, GatewayError>
    where
        Q::Answer: Serialize,
    {
        let (began, now, agency) = (Instant::now(), self.now(), request.agency);
        let wanted = Wanted {
            slug: agency.to_owned(),
            service: request.service.map(str::to_owned),
            citizen: request.about.as_ref().map(|about| about.citizen),
        };
        let (entry, closed) = self.book.entry(&self.db, &self.keys, now, wanted).await?;
        let service = request.service.unwrap_or_default();
        let Some(binding) = entry.agency.binding_for(Q::CAPABILITY, service) else {
            return Err(GatewayError::Undeclared { agency: agency.to_owned(), capability: Q::CAPABILITY });
        };
        if !is_entitled(&entry, &request)? {
            return Ok(Sent::Impossible("the person may not do this".to_owned()));
        }
        let question = serde_json::to_value(&request.question)
            .map_err(|error| GatewayError::Stored(error.to_string()))?;
        let key = narrow(key);
        let put = self.put_down(&request, (&entry, binding, &closed), question, (began, Some(&key))).await?;
        let sent = sent(put, &entry.agency.backend);
        let (capability, outcome) = (Q::CAPABILITY.name(), sent.tag());
        if !matches!(sent, Sent::Done(_)) {
            tracing::warn!(agency, capability, outcome, "an agency could not be told");
        }
        metrics::counter!(
            "yimen_agency_sendings_total",
            "agency" => agency.to_owned(), "capability" => capability, "outcome" => outcome
        )
        .increment(1);
        Ok(sent)
    }

    /// Whether an agency can do something for a service, and whether it may be told twice.
    pub async fn repeats(
        &self,
        agency: &str,
        capability: Capability,
        service: &str,
    ) -> Result<Option<Repeat>, GatewayError> {
        let wanted = Wanted { service: Some(service.to_owned()), ..Wanted::of(agency) };
        let (entry, _) = self.book.entry(&self.db, &self.keys, self.now(), wanted).await?;
        let declared = entry.agency.binding_for(capability, service).is_some();
        Ok(declared.then(|| entry.agency.repeat(capability, service)))
    }
}

/// Keys as narrow as an id: protocols of fixed cells have room for thirty-two digits. An id stays what it is; a longer
/// word, such as an id and what is asked about it, becomes another id, always the same.
fn narrow(key: &str) -> String {
    let own: uuid::Uuid = key.parse().unwrap_or_else(|_| {
        let digest = Sha256::digest(key.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    });
    own.to_string()
}

fn sent<A>(put: Put<A>, backend: &Backend) -> Sent<A> {
    let error = match put {
        Put::Shut(until, _) => return Sent::NotSent { until },
        Put::Answered(Ok((answer, _))) => return Sent::Done(answer),
        Put::Answered(Err(error)) => error,
    };
    // Of answers nothing is logged: they speak of people.
    if error.nothing_done() {
        tracing::info!(class = Class::of_error(&error).tag(), %error, "nothing was done at the agency");
    }
    match error {
        CallError::Refused(code) => {
            let words = backend.codes.as_ref().and_then(|codes| codes.reasons.get(code.as_str()));
            Sent::Refused { reason: words.cloned() }
        }
        CallError::Impossible(why) => Sent::Impossible(why),
        error if error.nothing_done() => Sent::NotSent { until: None },
        _ => Sent::Unknown,
    }
}

impl<A> Sent<A> {
    const fn tag(&self) -> &'static str {
        match self {
            Self::Done(_) => "done",
            Self::NotSent { .. } => "not-sent",
            Self::Refused { .. } => "refused",
            Self::Impossible(_) => "impossible",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::narrow;

    #[test]
    fn a_key_fits_where_an_id_fits_and_stays_the_same() {
        let id = "01a200eb-0753-72a4-be99-73a1302ff7fc";
        assert_eq!(narrow(id), id);
        let (find, cancel) = (narrow(&format!("{id}-find")), narrow(&format!("{id}-cancel")));
        assert_eq!((find.len(), cancel.len()), (36, 36));
        assert_ne!(find, cancel);
        assert_eq!(find, narrow(&format!("{id}-find")));
    }
}
