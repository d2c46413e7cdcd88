//! The dates of documents: counted by the rule of their kind when one comes, changes or goes.

use diesel::prelude::*;
use yimen_contract::capability::licences::Status;
use yimen_licences::{Deadline, Matter, reminders::Reason};

use super::{Hangs, Means, Planned, Source, keep};
use crate::{
    catalogue::Catalogue,
    db::{Conn, DbError, schema::wallet_documents},
    jobs::{Done, Failure, Running},
    ledger::CitizenId,
    platform::{Moment, clock::city_day},
    wallet::{Changed, Document, DocumentId, dates::rule, queries},
};

/// Runs [`Changed`].
pub async fn changed(means: Means, job: Changed, running: Running) -> Result<Done, Failure> {
    let edition = means.wallet.shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))?;
    let now = means.wallet.site.clock.now();
    running.finish(move |c| count(c, now, &edition.catalogue, job.citizen, job.document)).await
}

/// Counts the dates of one document.
pub(super) fn count(
    c: &mut Conn,
    now: Moment,
    catalogue: &Catalogue,
    citizen: CitizenId,
    id: DocumentId,
) -> Result<(), DbError> {
    let document = queries::one(c, citizen, id)?;
    let hangs = Hangs {
        citizen,
        source: Source::Document,
        id: id.to_string(),
        about: document.as_ref().map(|document| document.kind.clone()).unwrap_or_default(),
        words: None,
    };
    let planned = document.filter(is_held).map(|document| planned(catalogue, &document)).unwrap_or_default();
    keep(c, now, city_day(now), &hangs, (&planned, Reason::Discarded))
}

/// Whether somebody is to be reminded of it at all.
fn is_held(document: &Document) -> bool {
    document.discarded_at.is_none()
        && document.gone_at.is_none()
        && !matches!(document.status(), Status::Cancelled | Status::Revoked | Status::RenewalPending)
}

fn planned(catalogue: &Catalogue, document: &Document) -> Vec<Planned> {
    let rule = rule(catalogue, &document.kind);
    let dates = document.dates(&rule, &catalogue.calendar);
    let of = |deadline: &Deadline| {
        // That something may be done again is an offer: of it only those are reminded who ask for it.
        let plan: &[u16] = if deadline.matter == Matter::Again { &[] } else { rule.reminder_days() };
        Planned::of(deadline, plan)
    };
    dates.deadlines().filter_map(of).collect()
}

/// The next documents of a kind, in the order of their ids.
pub(super) fn of_kind(
    c: &mut Conn,
    kind: &str,
    after: Option<DocumentId>,
    most: i64,
) -> Result<Vec<(CitizenId, DocumentId)>, DbError> {
    let of = wallet_documents::table.filter(wallet_documents::kind.eq(kind)).into_boxed();
    let of = match after {
        Some(after) => of.filter(wallet_documents::id.gt(after)),
        None => of,
    };
    Ok(of
        .order(wallet_documents::id)
        .limit(most)
        .select((wallet_documents::citizen_id, wallet_documents::id))
        .load(c)?)
}
