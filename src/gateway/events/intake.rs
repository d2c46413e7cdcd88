//! From a request to events that are kept.

use std::time::Duration;

use yimen_callback::{
    event::{self, NoEvent, Source},
    verify::{self, NotTaken, Proved},
};
use yimen_contract::{agency::AgencyKind, capability::Capability};

use super::{
    rules::{self, Own},
    store::{self, Kept, StoreError},
};
use crate::{
    db::DbError,
    gateway::{
        Gateway, GatewayError,
        book::{Entry, Wanted},
    },
};

/// How long a map may take to make events of what was pushed.
const WITHIN: Duration = Duration::from_secs(5);

/// What an agency is told.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// That it is not proved to come from the agency just now. Why is not told.
    #[error("not proved")]
    Unproved,
    #[error("{0}")]
    Unreadable(NoEvent),
    #[error("event {index}: {why}")]
    Foreign { index: usize, why: String },
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("{0}")]
    Stored(String),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Db(error) => Self::Db(error),
            StoreError::Sealed(why) => Self::Stored(why),
        }
    }
}

impl Gateway {
    /// Takes what an agency pushes: proved, read, held to its own matters, and kept.
    pub(super) async fn take(
        &self,
        agency: &str,
        provider: bool,
        request: &verify::Request<'_>,
    ) -> Result<(usize, usize), Refusal> {
        let now = self.clock.now();
        let found = self.book.entry(&self.db, &self.keys, now, Wanted::of(agency)).await;
        let entry = match found {
            Ok((entry, _)) => entry,
            // Who is there and who is not is no secret, but there is no reason to make a difference either.
            Err(GatewayError::UnknownAgency(_)) => return Err(Refusal::Unproved),
            Err(error) => return Err(error.into()),
        };
        // Each has its own door; at the other's there is nobody of that name.
        if (entry.agency.kind == AgencyKind::Provider) != provider {
            return Err(Refusal::Unproved);
        }
        let proved = proved(agency, &entry, now, request)?;
        let source = Source {
            agency,
            backend: &entry.agency.backend,
            programs: &entry.programs,
            maps: self.outside.maps.as_ref(),
            now,
            within: WITHIN,
        };
        let events = event::read(&source, request.body).await.map_err(|why| {
            refused(agency, "unreadable");
            Refusal::Unreadable(why)
        })?;
        let does = |capability| entry.agency.binding(capability).is_some();
        let own = Own {
            levels: &entry.levels,
            licences: &entry.licences,
            provider,
            pays: does(Capability::PayQuery),
            carries: does(Capability::MessageSend),
        };
        let events = events.into_iter().enumerate().map(|(index, event)| match rules::about(&own, &event) {
            Ok(about) => Ok((event, about)),
            Err(why) => Err(Refusal::Foreign { index, why }),
        });
        let events = events.collect::<Result<Vec<_>, _>>().inspect_err(|_| refused(agency, "foreign"))?;
        let (ring, slug) = (self.keys.clone(), agency.to_owned());
        let keep = move |c: &mut crate::db::Conn| store::keep(c, &ring, now, (&slug, &proved.nonce), &events);
        match self.db.tx(keep).await? {
            Kept::Stored { new, known } => {
                let agency = agency.to_owned();
                metrics::counter!("yimen_agency_events_total", "agency" => agency).increment(new as u64);
                Ok((new, known))
            }
            Kept::Replayed => {
                tracing::warn!(agency, "a request with events was seen before");
                refused(agency, "replayed");
                Err(Refusal::Unproved)
            }
        }
    }
}

pub(super) fn proved(
    agency: &str,
    entry: &Entry,
    now: crate::platform::Moment,
    request: &verify::Request<'_>,
) -> Result<Proved, Refusal> {
    let checked = match &entry.endpoint {
        Some(endpoint) => verify::verify(&entry.agency.backend, endpoint, now, request),
        None => Err(NotTaken::NoKey),
    };
    let proved = checked.map_err(|why| {
        tracing::warn!(agency, %why, "events were not taken");
        refused(agency, "unproved");
        Refusal::Unproved
    })?;
    tracing::debug!(agency, secret = proved.secret, "events are proved");
    Ok(proved)
}

fn refused(agency: &str, why: &'static str) {
    metrics::counter!("yimen_agency_events_refused_total", "agency" => agency.to_owned(), "why" => why)
        .increment(1);
}
