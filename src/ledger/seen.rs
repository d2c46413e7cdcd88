//! The ledger as it is read: who looked and for what, as the person it is about sees it.

use diesel::prelude::*;

use super::{
    Basis, CitizenId, LedgerError, LookId, Purpose, StaffId, Warrant, entry::Entry, looks::DETAIL, vault,
};
use crate::{
    db::{Conn, DbError, schema::looks},
    platform::{Moment, keys::KeyRing},
};

/// A look, as it is told to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub id: LookId,
    pub at: Moment,
    pub who: Who,
    /// Absent only if somebody tampered with the ledger; the verification names it.
    pub purpose: Option<Purpose>,
    pub basis: Option<Basis>,
    pub fields: Vec<String>,
    /// The reason given, or the service in whose name it happened.
    pub detail: Option<String>,
}

/// Who looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The person themself.
    Yourself,
    /// Another citizen, who acts for the person.
    Citizen,
    Staff,
    /// By its public name.
    Agency(String),
    /// The portal itself, by the name of what it does.
    Portal(String),
}

/// Who is to say why they looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looker {
    /// The person themself, or another citizen.
    Citizen(CitizenId),
    Staff(StaffId),
    /// By its public name.
    Agency(String),
    Portal,
}

/// The looks at the person the warrant is for, the latest first, and how many there are in all. Looks at accounts that
/// became part of theirs are among them.
pub fn seen(
    c: &mut Conn,
    ring: &KeyRing,
    warrant: &Warrant,
    skip: i64,
    limit: i64,
) -> Result<(Vec<Seen>, i64), LedgerError> {
    let accounts = vault::accounts_of(c, warrant.citizen())?;
    among(c, ring, (warrant, &accounts), skip, limit)
}

/// The same of these accounts alone.
pub(super) fn among(
    c: &mut Conn,
    ring: &KeyRing,
    (warrant, accounts): (&Warrant, &[CitizenId]),
    skip: i64,
    limit: i64,
) -> Result<(Vec<Seen>, i64), LedgerError> {
    let mine = || looks::table.filter(looks::citizen_id.eq_any(accounts));
    let all: i64 = mine().count().get_result(c)?;
    let entries: Vec<Entry> = mine()
        .order((looks::at.desc(), looks::id.desc()))
        .offset(skip)
        .limit(limit)
        .select(Entry::as_select())
        .load(c)?;
    let told: Result<Vec<Seen>, LedgerError> =
        entries.iter().map(|entry| told(c, ring, (warrant, accounts), entry)).collect();
    Ok((told?, all))
}

/// One look at the person the warrant is for.
pub fn seen_once(
    c: &mut Conn,
    ring: &KeyRing,
    warrant: &Warrant,
    look: LookId,
) -> Result<Option<Seen>, LedgerError> {
    let accounts = vault::accounts_of(c, warrant.citizen())?;
    let found: Option<Entry> = looks::table
        .filter(looks::citizen_id.eq_any(&accounts))
        .filter(looks::id.eq(look))
        .select(Entry::as_select())
        .first(c)
        .optional()?;
    found.map(|entry| told(c, ring, (warrant, &accounts), &entry)).transpose()
}

fn told(
    c: &mut Conn,
    ring: &KeyRing,
    (warrant, accounts): (&Warrant, &[CitizenId]),
    entry: &Entry,
) -> Result<Seen, LedgerError> {
    let warrant = warrant.over(accounts, entry.citizen_id)?;
    let detail = entry.detail.as_ref().map(|detail| warrant.open(c, ring, DETAIL, detail)).transpose()?;
    Ok(Seen {
        id: entry.id,
        at: entry.at.moment(),
        who: who(accounts, entry),
        purpose: Purpose::named(&entry.purpose),
        basis: Basis::named(&entry.basis),
        fields: serde_json::from_str(&entry.fields).unwrap_or_default(),
        detail,
    })
}

fn who(accounts: &[CitizenId], entry: &Entry) -> Who {
    match entry.actor_kind.as_str() {
        "citizen" if accounts.iter().any(|account| entry.actor == account.to_string()) => Who::Yourself,
        "citizen" => Who::Citizen,
        "staff" => Who::Staff,
        "agency" => Who::Agency(entry.actor.clone()),
        _ => Who::Portal(entry.actor.clone()),
    }
}

/// Who took a look at this person. `None`: there is no such look at them.
pub fn looker(c: &mut Conn, citizen: CitizenId, look: LookId) -> Result<Option<Looker>, DbError> {
    let accounts = vault::accounts_of(c, citizen)?;
    let found: Option<(String, String)> = looks::table
        .filter(looks::citizen_id.eq_any(&accounts))
        .filter(looks::id.eq(look))
        .select((looks::actor_kind, looks::actor))
        .first(c)
        .optional()?;
    Ok(found.map(|(kind, actor)| match (kind.as_str(), actor.parse()) {
        ("citizen", Ok(id)) if accounts.contains(&id) => Looker::Citizen(citizen),
        ("citizen", Ok(id)) => Looker::Citizen(id),
        ("staff", _) => actor.parse().map_or(Looker::Portal, Looker::Staff),
        ("agency", _) => Looker::Agency(actor),
        _ => Looker::Portal,
    }))
}
