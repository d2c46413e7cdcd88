//! What members of staff do for a citizen who stands at the counter with papers. Every one of these takes a
//! reason, is written into the ledger in the same transaction, and shows on the citizen's page.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{
    actions::{digest, link_token},
    model::StaffError,
};
use crate::{
    accounts::{
        self, Claimed, Details, IdentityNumber, PersonName, Reach, Tell, What, acting, credentials, masking,
    },
    db::{
        Conn, DbError, Stamp,
        schema::{access_links, citizens, contact_points, credentials as kept, identities},
    },
    jobs,
    ledger::{
        self, Actor, Basis, CitizenId, Holders, Joining, LedgerError, Look, PersonalData, Private, Purpose,
        Record, StaffId, Value, Warrant,
    },
    platform::{Moment, keys::KeyRing},
    web::session::{self, Realm, Signed, Token},
};

/// A link given at the counter is meant for the same hour.
const LINK_FOR: TimeDelta = TimeDelta::hours(1);
/// Papers checked at a counter.
const AT_COUNTER: u8 = 5;

/// Who does it, at what time, and the papers seen.
#[derive(Debug, Clone)]
pub struct Deed {
    pub staff: StaffId,
    pub now: Moment,
    pub reason: String,
}

impl Deed {
    fn look<'a>(&'a self, citizen: CitizenId, fields: &'a [&'a str]) -> Look<'a> {
        Look {
            citizen,
            actor: Actor::Staff(self.staff),
            purpose: Purpose::Counter,
            basis: Basis::Duty,
            fields,
            detail: Some(&self.reason),
        }
    }

    fn record(&self, c: &mut Conn, ring: &KeyRing, citizen: CitizenId) -> Result<(), StaffError> {
        Ok(ledger::act(c, ring, self.now, &self.look(citizen, &[]))?)
    }
}

/// How a citizen is found: only by what is verified.
#[derive(Debug, Clone)]
pub enum By {
    Number(IdentityNumber),
    Reach(Reach),
}

/// A citizen as the counter sees them. Seeing is recorded.
#[derive(Debug, Clone)]
pub struct Found {
    pub citizen: CitizenId,
    pub details: Details,
    pub open: bool,
}

/// Finds and opens an account for the reason given. Where there is none, nothing was looked at.
pub fn look_up(c: &mut Conn, ring: &KeyRing, deed: &Deed, by: &By) -> Result<Option<Found>, StaffError> {
    let citizen = match by {
        By::Number(number) => holder_of(c, ring, number)?,
        By::Reach(reach) => accounts::by_reach(c, ring, reach)?.map(|found| found.id),
    };
    let Some(citizen) = citizen else { return Ok(None) };
    let look = deed.look(citizen, &["name", "identity-number", "phone", "email"]);
    let warrant = ledger::look(c, ring, deed.now, &look)?;
    let details = accounts::details(c, ring, &warrant)?;
    let open = accounts::citizen(c, citizen)?.is_open();
    Ok(Some(Found { citizen, details, open }))
}

fn holder_of(c: &mut Conn, ring: &KeyRing, number: &IdentityNumber) -> Result<Option<CitizenId>, DbError> {
    let hash = ring.lookup("identities.number", number.as_str().as_bytes()).to_vec();
    Ok(identities::table
        .filter(identities::number_hash.eq(hash))
        .select(identities::citizen_id)
        .first(c)
        .optional()?)
}

fn open_account(c: &mut Conn, citizen: CitizenId) -> Result<accounts::Citizen, StaffError> {
    let account = accounts::citizen(c, citizen)?;
    if account.is_open() { Ok(account) } else { Err(StaffError::Unknown) }
}

/// A one-time link for somebody who lost every way in. An earlier one ends.
pub fn give_access(
    c: &mut Conn,
    ring: &KeyRing,
    deed: &Deed,
    citizen: CitizenId,
) -> Result<String, StaffError> {
    open_account(c, citizen)?;
    deed.record(c, ring, citizen)?;
    let (token, hash) = link_token()?;
    diesel::delete(access_links::table.filter(access_links::citizen_id.eq(citizen))).execute(c)?;
    diesel::insert_into(access_links::table)
        .values((
            access_links::token_hash.eq(hash),
            access_links::citizen_id.eq(citizen),
            access_links::ends_at.eq(Stamp::from(deed.now + LINK_FOR)),
        ))
        .execute(c)?;
    Ok(token)
}

/// Whether a link holds. Whose it is, its page does not say.
pub fn access_holds(c: &mut Conn, now: Moment, token: &str) -> Result<bool, DbError> {
    Ok(access_of(c, now, token)?.is_some())
}

fn access_of(c: &mut Conn, now: Moment, token: &str) -> Result<Option<CitizenId>, DbError> {
    Ok(access_links::table
        .filter(access_links::token_hash.eq(digest(token)))
        .filter(access_links::ends_at.gt(Stamp::from(now)))
        .select(access_links::citizen_id)
        .first(c)
        .optional()?)
}

/// Uses a link: every earlier way in ends with every session, and the new password begins a fresh one.
pub fn use_access(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    token: &str,
    password_hash: &str,
    device: &str,
) -> Result<Token, StaffError> {
    let citizen = access_of(c, now, token)?.ok_or(StaffError::Unknown)?;
    let used = access_links::table.filter(access_links::token_hash.eq(digest(token)));
    if diesel::delete(used).execute(c)? != 1 {
        return Err(StaffError::Unknown);
    }
    let account = open_account(c, citizen)?;
    diesel::delete(kept::table.filter(kept::citizen_id.eq(citizen))).execute(c)?;
    session::end_of(c, Realm::Citizen, citizen.uuid(), None, None)?;
    credentials::set_password(c, ring, now, citizen, password_hash)?;
    accounts::tell(c, now, &Tell::new(citizen, What::PasswordChanged, now).on(device))?;
    let name = accounts::details(c, ring, &ledger::own(citizen))?.name.unwrap_or_default();
    let signed = Signed {
        realm: Realm::Citizen,
        subject: citizen.uuid(),
        level: account.level(),
        methods: vec!["counter".to_owned()],
        proved_at: now,
        name: masking::name(&name),
        acting: None,
        role: None,
    };
    Ok(session::begin(c, now, &signed, device)?.1)
}

/// Puts name and number right, as the papers have them. `false`: the number is another account's, and the two
/// have to be merged.
pub fn correct(
    c: &mut Conn,
    ring: &KeyRing,
    deed: &Deed,
    citizen: CitizenId,
    name: &PersonName,
    number: &IdentityNumber,
) -> Result<bool, StaffError> {
    open_account(c, citizen)?;
    deed.record(c, ring, citizen)?;
    let holder = holder_of(c, ring, number)?;
    if holder.is_some_and(|holder| holder != citizen) {
        return Ok(false);
    }
    let claimed = accounts::claim_identity(c, ring, deed.now, citizen, name, number, AT_COUNTER)?;
    let corrected = claimed != Claimed::ByAnother;
    if corrected {
        accounts::tell(c, deed.now, &Tell::new(citizen, What::IdentityCorrected, deed.now))?;
    }
    Ok(corrected)
}

/// The holder has died: nobody signs in any more, and nobody acts for them or by them. What is on record stays.
pub fn hold(c: &mut Conn, ring: &KeyRing, deed: &Deed, citizen: CitizenId) -> Result<(), StaffError> {
    open_account(c, citizen)?;
    deed.record(c, ring, citizen)?;
    shut(c, deed.now, citizen, "held")
}

fn shut(c: &mut Conn, now: Moment, citizen: CitizenId, state: &str) -> Result<(), StaffError> {
    diesel::update(citizens::table.filter(citizens::id.eq(citizen)))
        .set(citizens::state.eq(state))
        .execute(c)?;
    acting::end_all_of(c, now, citizen)?;
    session::end_of(c, Realm::Citizen, citizen.uuid(), None, None)?;
    diesel::delete(access_links::table.filter(access_links::citizen_id.eq(citizen))).execute(c)?;
    Ok(())
}

/// Two accounts of one person become one: `from` closes, and its telephones, mailboxes and, where `into` has
/// none, its identity go over, with everything that every room holds under it. Who looked at `from` stays on its own
/// record, which the person sees with that of `into`.
pub fn merge(
    c: &mut Conn,
    ring: &KeyRing,
    deed: &Deed,
    from: CitizenId,
    into: CitizenId,
    holders: &Holders,
) -> Result<(), StaffError> {
    if from == into {
        return Err(StaffError::NotAllowed);
    }
    open_account(c, from)?;
    open_account(c, into)?;
    deed.record(c, ring, into)?;
    let fields = ["everything"];
    let warrant = ledger::look(c, ring, deed.now, &deed.look(from, &fields))?;
    let left = accounts::details(c, ring, &warrant)?;
    let rows: Vec<(String, Private)> = contact_points::table
        .filter(contact_points::citizen_id.eq(from))
        .filter(contact_points::verified_at.is_not_null())
        .order(contact_points::id)
        .select((contact_points::kind, contact_points::value))
        .load(c)?;
    let mut reaches = Vec::new();
    for (_, value) in rows {
        let value = warrant.open(c, ring, "contact_points.value", &value)?;
        reaches.extend(Reach::parse(&value).ok());
    }
    diesel::delete(contact_points::table.filter(contact_points::citizen_id.eq(from))).execute(c)?;
    for reach in &reaches {
        accounts::add_contact(c, ring, deed.now, into, reach)?;
    }
    let has_identity: i64 = identities::table
        .filter(identities::citizen_id.eq(into))
        .filter(identities::verified_at.is_not_null())
        .count()
        .get_result(c)?;
    diesel::delete(identities::table.filter(identities::citizen_id.eq(from))).execute(c)?;
    let name = left.name.as_deref().and_then(|name| PersonName::parse(name).ok());
    let number = left.identity_number.as_deref().and_then(|number| IdentityNumber::parse(number).ok());
    if let (0, Some(name), Some(number)) = (has_identity, name, number) {
        accounts::claim_identity(c, ring, deed.now, into, &name, &number, AT_COUNTER)?;
    }
    diesel::delete(kept::table.filter(kept::citizen_id.eq(from))).execute(c)?;
    let acted_for = acting::represented_by(c, from)?;
    let joining = Joining { ring, now: deed.now, warrant: &warrant, into, acted_for: &acted_for };
    holders.join(c, &joining)?;
    jobs::readdress(c, from.uuid(), into.uuid())?;
    // By the telephones and mailboxes of both: should they be two people after all, each hears of it.
    accounts::tell(c, deed.now, &Tell::new(into, What::AccountsMerged, deed.now))?;
    shut(c, deed.now, from, "closed")
}

/// What this holds about people, for the port `PersonalData`: links that wait to be used.
pub struct AccessLinks;

impl PersonalData for AccessLinks {
    fn kind(&self) -> &'static str {
        "access-links"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["access_links"]
    }

    fn export(&self, c: &mut Conn, _: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let ends: Vec<Stamp> = access_links::table
            .filter(access_links::citizen_id.eq(warrant.citizen()))
            .select(access_links::ends_at)
            .load(c)?;
        Ok(ends.into_iter().map(|at| vec![("until", Value::At(at.moment()))]).collect())
    }

    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        diesel::delete(access_links::table.filter(access_links::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    /// Nothing: a link leads into one account.
    fn join(&self, _: &mut Conn, _: &Joining<'_>) -> Result<(), LedgerError> {
        Ok(())
    }
}
