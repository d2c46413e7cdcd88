//! Which account at a provider is whose here.

use diesel::prelude::*;

use super::{provider::Provider, said::Proved};
use crate::{
    accounts::{self, AccountError, Claimed, Newcomer, Tell, What, credentials},
    db::{Conn, DbError, Stamp, schema::upstream_identities},
    id,
    ledger::{self, CitizenId},
    platform::{Lang, Moment, keys::KeyRing},
};

id! {
    /// An account at a provider by which somebody signs in here.
    UpstreamId
}

/// As much of a provider as a link goes by.
#[derive(Debug, Clone)]
pub(super) struct Source {
    id: String,
    issuer: String,
}

impl Source {
    pub(super) fn of(provider: &Provider) -> Self {
        Self { id: provider.config.id.clone(), issuer: provider.issuer.as_str().to_owned() }
    }
}

/// Why somebody whom a provider proved is not let in, or not linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// Another account proved before that this is its identity number.
    Claimed,
    /// The account belongs to somebody with another identity number.
    OtherPerson,
    /// The account at the provider is linked to another account here.
    Linked,
    /// The account here is linked to another account at the same provider.
    Full,
    /// The account here is closed.
    Closed,
}

/// A link as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub(super) struct Linked {
    pub(super) id: UpstreamId,
    pub(super) provider: String,
    pub(super) since: Stamp,
    pub(super) used_at: Stamp,
}

/// The hash goes by the issuer, not by our name for it: a provider put in another's place knows nobody.
fn hash(ring: &KeyRing, source: &Source, proved: &Proved) -> Vec<u8> {
    let whole = format!("{}\n{}", source.issuer, proved.subject);
    ring.lookup("upstream_identities.subject", whole.as_bytes()).to_vec()
}

/// Whose account here it is.
fn holder(c: &mut Conn, hash: &[u8]) -> Result<Option<CitizenId>, DbError> {
    Ok(upstream_identities::table
        .filter(upstream_identities::subject_hash.eq(hash))
        .select(upstream_identities::citizen_id)
        .first(c)
        .optional()?)
}

/// Finds the account of somebody who came back, and brings what the provider says of them up to date. `None`:
/// nobody here is linked to them.
pub(super) fn recognise(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    source: &Source,
    proved: &Proved,
) -> Result<Option<Result<CitizenId, Obstacle>>, AccountError> {
    let hash = hash(ring, source, proved);
    let Some(citizen) = holder(c, &hash)? else { return Ok(None) };
    if !accounts::citizen(c, citizen)?.is_open() {
        return Ok(Some(Err(Obstacle::Closed)));
    }
    if let Some(obstacle) = claim(c, ring, now, citizen, proved)? {
        return Ok(Some(Err(obstacle)));
    }
    let row = upstream_identities::table
        .filter(upstream_identities::citizen_id.eq(citizen))
        .filter(upstream_identities::subject_hash.eq(hash));
    diesel::update(row).set(upstream_identities::used_at.eq(Stamp::from(now))).execute(c)?;
    Ok(Some(Ok(citizen)))
}

/// Whether another account proved before that it is this person.
pub(super) fn is_claimed(
    c: &mut Conn,
    ring: &KeyRing,
    proved: &Proved,
    own: Option<CitizenId>,
) -> Result<bool, DbError> {
    let Some((_, number)) = &proved.person else { return Ok(false) };
    Ok(accounts::holder_of(c, ring, number)?.is_some_and(|holder| own != Some(holder)))
}

/// Begins an account for somebody nobody here is linked to.
pub(super) fn create(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    source: &Source,
    proved: &Proved,
    language: Lang,
) -> Result<Result<CitizenId, Obstacle>, AccountError> {
    if holder(c, &hash(ring, source, proved))?.is_some() {
        return Ok(Err(Obstacle::Linked));
    }
    if let Some((_, number)) = &proved.person
        && let Some(holder) = accounts::holder_of(c, ring, number)?
    {
        accounts::tell(c, now, &Tell::new(holder, What::IdentityTried, now))?;
        return Ok(Err(Obstacle::Claimed));
    }
    let name = proved.person.as_ref().map(|(name, _)| name.clone());
    let newcomer = Newcomer { name, reach: None, password_hash: None, language };
    let citizen = accounts::register(c, ring, now, &newcomer)?;
    put(c, ring, now, citizen, source, proved)?;
    // The number was nobody's a moment ago; if it is somebody's now, everything is undone.
    if claim(c, ring, now, citizen, proved)?.is_some() {
        return Err(AccountError::Claimed);
    }
    Ok(Ok(citizen))
}

/// Links an account here, whose owner just proved themselves and said yes.
pub(super) fn link(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    source: &Source,
    proved: &Proved,
) -> Result<Option<Obstacle>, AccountError> {
    match holder(c, &hash(ring, source, proved))? {
        Some(holder) if holder == citizen => return Ok(None),
        Some(_) => return Ok(Some(Obstacle::Linked)),
        None => {}
    }
    if of(c, citizen)?.iter().any(|link| link.provider == source.id) {
        return Ok(Some(Obstacle::Full));
    }
    if let Some(obstacle) = claim(c, ring, now, citizen, proved)? {
        return Ok(Some(obstacle));
    }
    put(c, ring, now, citizen, source, proved)?;
    accounts::tell(c, now, &Tell::new(citizen, What::NationalLinked, now))?;
    Ok(None)
}

/// Has the account's identity be what the provider proved. An account never becomes somebody else's by it.
fn claim(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    proved: &Proved,
) -> Result<Option<Obstacle>, AccountError> {
    let Some((name, number)) = &proved.person else { return Ok(None) };
    let held = accounts::details(c, ring, &ledger::own(citizen))?;
    if held.identity_number.as_deref().is_some_and(|held| held != number.as_str()) {
        return Ok(Some(Obstacle::OtherPerson));
    }
    let same = held.identity_number.is_some() && held.name.as_deref() == Some(name.as_str());
    if same && held.level >= proved.level {
        return Ok(None);
    }
    Ok(match accounts::claim_identity(c, ring, now, citizen, name, number, proved.level)? {
        Claimed::Level(_) => None,
        Claimed::ByAnother => Some(Obstacle::Claimed),
    })
}

fn put(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    source: &Source,
    proved: &Proved,
) -> Result<(), AccountError> {
    diesel::insert_into(upstream_identities::table)
        .values((
            upstream_identities::citizen_id.eq(citizen),
            upstream_identities::id.eq(UpstreamId::new()),
            upstream_identities::provider.eq(&source.id),
            upstream_identities::subject_hash.eq(hash(ring, source, proved)),
            upstream_identities::linked_at.eq(Stamp::from(now)),
            upstream_identities::used_at.eq(Stamp::from(now)),
        ))
        .execute(c)
        // Two at the same moment: the database lets one through.
        .map_err(|error| match DbError::from(error) {
            DbError::Conflict(_) => AccountError::Claimed,
            other => other.into(),
        })?;
    Ok(())
}

/// The person's links, oldest first.
pub(super) fn of(c: &mut Conn, citizen: CitizenId) -> Result<Vec<Linked>, DbError> {
    Ok(upstream_identities::table
        .filter(upstream_identities::citizen_id.eq(citizen))
        .order(upstream_identities::id)
        .select((
            upstream_identities::id,
            upstream_identities::provider,
            upstream_identities::linked_at,
            upstream_identities::used_at,
        ))
        .load(c)?)
}

/// Removes a link, but never the last way in.
pub(super) fn unlink(c: &mut Conn, citizen: CitizenId, id: UpstreamId) -> Result<(), AccountError> {
    credentials::hold(c, citizen)?;
    let links = of(c, citizen)?;
    if !links.iter().any(|link| link.id == id) {
        return Err(AccountError::Unknown);
    }
    let held = credentials::held(c, citizen)?;
    let others = held.iter().filter(|held| matches!(held.kind.as_str(), "password" | "passkey")).count();
    if others + links.len() < 2 {
        return Err(AccountError::Last);
    }
    let row = upstream_identities::table
        .filter(upstream_identities::citizen_id.eq(citizen))
        .filter(upstream_identities::id.eq(id));
    diesel::delete(row).execute(c)?;
    Ok(())
}
