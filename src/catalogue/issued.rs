//! Notices that agencies publish by themselves, beside those of their packages: their backends, and whoever leads them.

use diesel::prelude::*;
use sha2::{Digest as _, Sha256};
use yimen_contract::{
    bulletin_check,
    capability::{EventKind, event::BulletinIssued},
    shape,
    writing::{Bulletin, BulletinKind, Pin},
};
use yimen_drivers::auth::sign::hex;

use crate::{
    db::{Conn, DbError, Json, Stamp, announce, schema::issued_bulletins},
    gateway::events::{Applies, Inbound, Settled},
    platform::Moment,
    upsert,
};

/// What is announced when a notice was published or changed.
pub const TOPIC: &str = "bulletins";

/// Notices that one agency can have, old ones included. An agency that has more uses them for something else.
const MOST: i64 = 2_000;
/// Longer public ids than this are not made.
const LONGEST_ID: usize = 80;

/// Tells one state of the notices from another: how many there are, and the sum of their revisions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Signature(i64);

pub(super) fn signature(c: &mut Conn) -> Result<Signature, DbError> {
    let sum = diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(COALESCE(SUM(revision), 0) AS BIGINT)");
    Ok(Signature(issued_bulletins::table.select(sum).get_result(c)?))
}

/// Every notice that is not over, with its agency.
pub(super) fn all(c: &mut Conn, now: Moment) -> Result<Vec<(String, Bulletin)>, DbError> {
    let rows: Vec<(String, Json<Bulletin>)> = issued_bulletins::table
        .order((issued_bulletins::agency, issued_bulletins::own_id))
        .select((issued_bulletins::agency, issued_bulletins::body))
        .load(c)?;
    let lasting = |bulletin: &Bulletin| bulletin.expires.is_none_or(|end| now < end);
    Ok(rows
        .into_iter()
        .map(|(agency, Json(body))| (agency, body))
        .filter(|(_, body)| lasting(body))
        .collect())
}

/// Publishes what agencies tell everybody.
pub struct Publisher;

impl Applies for Publisher {
    fn kind(&self) -> EventKind {
        EventKind::Bulletin
    }

    fn apply(&self, c: &mut Conn, now: Moment, event: &Inbound) -> Result<Settled, DbError> {
        let Ok(issued) = serde_json::from_value::<BulletinIssued>(event.data.clone()) else {
            return Ok(Settled::Refused("it does not have the form of a notice"));
        };
        match publish(c, (&event.agency, issued), (now, event.happened_at))? {
            Ok(()) => Ok(Settled::Applied),
            Err(Unfit::TooMany) => Ok(Settled::Refused("the agency has too many notices")),
            Err(Unfit::Words) => Ok(Settled::Refused("its texts break the rules for notices")),
        }
    }
}

/// Why a notice is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    TooMany,
    Words,
}

/// Publishes a notice of an agency, or changes one that it published under the same id before.
pub(super) fn publish(
    c: &mut Conn,
    (agency, issued): (&str, BulletinIssued),
    (now, happened): (Moment, Moment),
) -> Result<Result<(), Unfit>, DbError> {
    let known: Option<Stamp> = issued_bulletins::table
        .filter(issued_bulletins::agency.eq(agency))
        .filter(issued_bulletins::own_id.eq(&issued.id))
        .select(issued_bulletins::published_at)
        .first(c)
        .optional()?;
    if known.is_none() && of(c, agency)? >= MOST {
        return Ok(Err(Unfit::TooMany));
    }
    // An agency's clock may be a little ahead; a notice is not from the future.
    let published = known.map_or_else(|| happened.min(now), Stamp::moment);
    let own_id = issued.id.clone();
    let bulletin = bulletin(agency, issued, published);
    // One that ends is taken down, and needs no words that would do for a page.
    let over = bulletin.expires.is_some_and(|end| end <= now);
    if !over && bulletin_check(&bulletin).has_errors() {
        return Ok(Err(Unfit::Words));
    }
    let row = (
        issued_bulletins::agency.eq(agency),
        issued_bulletins::own_id.eq(own_id),
        issued_bulletins::published_at.eq(Stamp::from(published)),
        issued_bulletins::body.eq(Json(&bulletin)),
        issued_bulletins::revision.eq(1_i64),
    );
    let change = (
        issued_bulletins::body.eq(Json(&bulletin)),
        issued_bulletins::revision.eq(issued_bulletins::revision + 1),
    );
    let key = (issued_bulletins::agency, issued_bulletins::own_id);
    upsert!(c, issued_bulletins::table => row, on key, set change)?;
    announce(c, TOPIC);
    Ok(Ok(()))
}

/// Takes down what an agency published under this public id. `false`: there is no such notice of it any more.
pub(super) fn take_down(c: &mut Conn, now: Moment, agency: &str, public: &str) -> Result<bool, DbError> {
    let rows: Vec<(String, Json<Bulletin>)> = issued_bulletins::table
        .filter(issued_bulletins::agency.eq(agency))
        .select((issued_bulletins::own_id, issued_bulletins::body))
        .load(c)?;
    let found = rows.into_iter().find(|(_, Json(body))| body.id == public);
    let Some((own_id, Json(body))) = found else { return Ok(false) };
    if body.expires.is_some_and(|end| end <= now) {
        return Ok(false);
    }
    let ended = Bulletin { expires: Some(now), pinned: None, ..body };
    diesel::update(issued_bulletins::table)
        .filter(issued_bulletins::agency.eq(agency))
        .filter(issued_bulletins::own_id.eq(own_id))
        .set((
            issued_bulletins::body.eq(Json(ended)),
            issued_bulletins::revision.eq(issued_bulletins::revision + 1),
        ))
        .execute(c)?;
    announce(c, TOPIC);
    Ok(true)
}

/// Whether a notice was published so, and does not stand in the agency's package.
pub(super) fn is_issued(agency: &str, public: &str) -> bool {
    public.strip_prefix(agency).is_some_and(|rest| rest.starts_with("-push-"))
}

fn of(c: &mut Conn, agency: &str) -> Result<i64, DbError> {
    Ok(issued_bulletins::table.filter(issued_bulletins::agency.eq(agency)).count().get_result(c)?)
}

fn bulletin(agency: &str, issued: BulletinIssued, published: Moment) -> Bulletin {
    let kind = issued.kind.unwrap_or(BulletinKind::News);
    let pin = |until| Pin { from: published, until };
    Bulletin {
        id: public_id(agency, &issued.id),
        kind,
        title: issued.title,
        published,
        expires: issued.expires,
        pinned: issued.expires.filter(|until| kind == BulletinKind::Urgent && *until > published).map(pin),
        warning: issued.warning,
        services: issued.services,
        body: issued.body,
        sample: false,
    }
}

/// Under which the notice has its page: no two agencies' notices meet there, and none meets one of a package.
fn public_id(agency: &str, own: &str) -> String {
    let plain = format!("{agency}-push-{own}");
    if shape::is_dashed(own) && plain.len() <= LONGEST_ID {
        return plain;
    }
    format!("{agency}-push-{}", hex(&Sha256::digest(own)[..8]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_has_an_address_of_its_own() {
        assert_eq!(public_id("weather", "storm-2026-11"), "weather-push-storm-2026-11");
        let ids: std::collections::HashSet<String> =
            ["GG 12", "gg 12", "通告", "a/b", &"x".repeat(200)].map(|own| public_id("weather", own)).into();
        assert_eq!(ids.len(), 5);
        for id in ids {
            assert!(shape::is_dashed(&id) && id.len() <= LONGEST_ID, "{id}");
        }
    }
}
