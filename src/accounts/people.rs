//! Accounts: beginning one, finding one, and finding out who it really is.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    AccountError, credentials,
    model::{IdentityNumber, PersonName, Reach},
    sending::{self, Channel, Tell, What},
};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{citizens, contact_points, identities},
    },
    id,
    ledger::{self, CitizenId, LedgerError, Private, Warrant},
    platform::{Lang, Moment, keys::KeyRing},
};

id! {
    /// A telephone number or mailbox of somebody.
    ContactId
}

id! {
    IdentityId
}

/// The level of an account whose telephone or mailbox is proved, and nothing else.
pub const REACHED: u8 = 2;

/// Somebody about to get an account, whose telephone or mailbox is proved theirs.
#[derive(Debug, Clone)]
pub struct Newcomer {
    pub name: Option<PersonName>,
    pub reach: Option<Reach>,
    /// Absent for those who sign in by a passkey or with a national provider.
    pub password_hash: Option<String>,
    pub language: Lang,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = citizens)]
pub struct Citizen {
    pub id: CitizenId,
    pub state: String,
    #[diesel(deserialize_as = i32)]
    pub level: i32,
    pub name: Option<Private>,
    pub language: String,
}

impl Citizen {
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }

    pub fn level(&self) -> u8 {
        u8::try_from(self.level).unwrap_or(REACHED)
    }

    pub fn lang(&self) -> Lang {
        self.language.parse().unwrap_or_default()
    }
}

/// Begins an account. [`AccountError::Claimed`]: the telephone or mailbox is another account's.
pub fn register(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    newcomer: &Newcomer,
) -> Result<CitizenId, AccountError> {
    let citizen = CitizenId::new();
    ledger::new_key(c, ring, now, citizen)?;
    let name = match &newcomer.name {
        Some(name) => Some(ledger::seal(c, ring, citizen, "citizens.name", name.as_str())?),
        None => None,
    };
    diesel::insert_into(citizens::table)
        .values((
            citizens::id.eq(citizen),
            citizens::state.eq("open"),
            citizens::level.eq(i32::from(REACHED)),
            citizens::name.eq(name),
            citizens::language.eq(newcomer.language.tag()),
            citizens::created_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    if let Some(reach) = &newcomer.reach {
        add_contact(c, ring, now, citizen, reach)?;
    }
    if let Some(hash) = &newcomer.password_hash {
        credentials::set_password(c, ring, now, citizen, hash)?;
    }
    Ok(citizen)
}

/// Adds a telephone or mailbox that the person just proved theirs.
pub fn add_contact(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    reach: &Reach,
) -> Result<(), AccountError> {
    let hash = hash_of(ring, reach);
    let holder: Option<CitizenId> = contact_points::table
        .filter(contact_points::value_hash.eq(&hash))
        .select(contact_points::citizen_id)
        .first(c)
        .optional()?;
    match holder {
        Some(holder) if holder == citizen => return Ok(()),
        Some(_) => return Err(AccountError::Claimed),
        None => {}
    }
    let value = ledger::seal(c, ring, citizen, "contact_points.value", reach.as_str())?;
    diesel::insert_into(contact_points::table)
        .values((
            contact_points::citizen_id.eq(citizen),
            contact_points::id.eq(ContactId::new()),
            contact_points::kind.eq(reach.kind()),
            contact_points::value.eq(value),
            contact_points::value_hash.eq(Some(hash)),
            contact_points::verified_at.eq(Some(Stamp::from(now))),
            contact_points::created_at.eq(Stamp::from(now)),
        ))
        .execute(c)
        .map_err(|error| claimed(error.into()))?;
    Ok(())
}

/// Two who prove the same at the same moment: the database lets one through.
fn claimed(error: DbError) -> AccountError {
    match error {
        DbError::Conflict(_) => AccountError::Claimed,
        other => other.into(),
    }
}

/// A telephone or mailbox as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub id: ContactId,
    pub kind: String,
    pub value: String,
}

/// The person's own telephones and mailboxes.
pub fn contacts(c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Contact>, LedgerError> {
    let rows: Vec<(ContactId, String, Private)> = contact_points::table
        .filter(contact_points::citizen_id.eq(warrant.citizen()))
        .order(contact_points::id)
        .select((contact_points::id, contact_points::kind, contact_points::value))
        .load(c)?;
    rows.into_iter()
        .map(|(id, kind, value)| {
            Ok(Contact { id, kind, value: warrant.open(c, ring, "contact_points.value", &value)? })
        })
        .collect()
}

/// A telephone or mailbox, without saying which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reachable {
    pub id: ContactId,
    pub channel: Channel,
    /// Nothing arrives there, as a provider said.
    pub unreached: bool,
}

/// By which kinds of telephones and mailboxes somebody can be reached, the oldest first. What they are stays sealed.
pub fn ways_to_reach(c: &mut Conn, citizen: CitizenId) -> Result<Vec<Reachable>, DbError> {
    Ok(ways_to_reach_each(c, &[citizen])?.remove(&citizen).unwrap_or_default())
}

/// The same of several people. Who cannot be reached at all is not among them.
pub fn ways_to_reach_each(
    c: &mut Conn,
    citizens: &[CitizenId],
) -> Result<HashMap<CitizenId, Vec<Reachable>>, DbError> {
    let rows: Vec<(CitizenId, ContactId, String, Option<Stamp>)> = contact_points::table
        .filter(contact_points::citizen_id.eq_any(citizens))
        .order(contact_points::id)
        .select((
            contact_points::citizen_id,
            contact_points::id,
            contact_points::kind,
            contact_points::unreached_at,
        ))
        .load(c)?;
    let channel = |kind: &str| if kind == "phone" { Channel::Sms } else { Channel::Email };
    let mut of: HashMap<CitizenId, Vec<Reachable>> = HashMap::new();
    for (citizen, id, kind, since) in rows {
        let way = Reachable { id, channel: channel(&kind), unreached: since.is_some() };
        of.entry(citizen).or_default().push(way);
    }
    Ok(of)
}

/// By which channel a telephone or mailbox is reached.
pub const fn channel_of(reach: &Reach) -> Channel {
    match reach {
        Reach::Phone(_) => Channel::Sms,
        Reach::Email(_) => Channel::Email,
    }
}

/// Nothing arrives there: only codes, which somebody asked for just now, are sent there any more.
pub fn unreached(c: &mut Conn, now: Moment, citizen: CitizenId, contact: ContactId) -> Result<(), DbError> {
    let known = contact_points::table.find((citizen, contact)).filter(contact_points::unreached_at.is_null());
    diesel::update(known).set(contact_points::unreached_at.eq(Some(Stamp::from(now)))).execute(c)?;
    Ok(())
}

/// Something arrived there.
pub fn reached(c: &mut Conn, citizen: CitizenId, contact: ContactId) -> Result<(), DbError> {
    let known = contact_points::table.find((citizen, contact));
    diesel::update(known).set(contact_points::unreached_at.eq(None::<Stamp>)).execute(c)?;
    Ok(())
}

/// Somebody says that all of theirs work.
pub fn reached_anywhere(c: &mut Conn, citizen: CitizenId) -> Result<(), DbError> {
    let theirs = contact_points::table.filter(contact_points::citizen_id.eq(citizen));
    diesel::update(theirs).set(contact_points::unreached_at.eq(None::<Stamp>)).execute(c)?;
    Ok(())
}

/// Removes a telephone or mailbox, but never the last one: the person could not be reached. All of them hear of
/// it, the one that was removed as well.
pub fn remove_contact(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    own: &Warrant,
    contact: ContactId,
) -> Result<(), AccountError> {
    let citizen = own.citizen();
    credentials::hold(c, citizen)?;
    let gone = contacts(c, ring, own)?.into_iter().find(|it| it.id == contact);
    let gone = gone.ok_or(AccountError::Unknown)?;
    let count: i64 =
        contact_points::table.filter(contact_points::citizen_id.eq(citizen)).count().get_result(c)?;
    if count < 2 {
        return Err(AccountError::Last);
    }
    let row = contact_points::table
        .filter(contact_points::citizen_id.eq(citizen))
        .filter(contact_points::id.eq(contact));
    if diesel::delete(row).execute(c)? == 0 {
        return Err(AccountError::Unknown);
    }
    let news = Tell::new(citizen, What::ContactRemoved, now).also(ring, &gone)?;
    Ok(sending::tell(c, now, &news)?)
}

/// An account by its id.
pub fn citizen(c: &mut Conn, id: CitizenId) -> Result<Citizen, AccountError> {
    let found =
        citizens::table.filter(citizens::id.eq(id)).select(Citizen::as_select()).first(c).optional()?;
    found.ok_or(AccountError::Unknown)
}

/// The account whose verified telephone or mailbox this is.
pub fn by_reach(c: &mut Conn, ring: &KeyRing, reach: &Reach) -> Result<Option<Citizen>, DbError> {
    Ok(citizens::table
        .inner_join(contact_points::table)
        .filter(contact_points::value_hash.eq(hash_of(ring, reach)))
        .select(Citizen::as_select())
        .first(c)
        .optional()?)
}

fn hash_of(ring: &KeyRing, reach: &Reach) -> Vec<u8> {
    ring.lookup("contact_points.value", reach.key().as_bytes()).to_vec()
}

/// The account that proved before that this is its number.
pub fn holder_of(
    c: &mut Conn,
    ring: &KeyRing,
    number: &IdentityNumber,
) -> Result<Option<CitizenId>, DbError> {
    let hash = ring.lookup("identities.number", number.as_str().as_bytes()).to_vec();
    Ok(identities::table
        .filter(identities::number_hash.eq(hash))
        .select(identities::citizen_id)
        .first(c)
        .optional()?)
}

/// What came of claiming an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// The account's level from now on.
    Level(u8),
    /// Another account proved before that it is this person. Its holder is told of the attempt.
    ByAnother,
}

/// Binds a verified identity to an account: from now on the number is this account's alone. `level` is how sure
/// the verification is; an account never falls by it.
pub fn claim_identity(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    name: &PersonName,
    number: &IdentityNumber,
    level: u8,
) -> Result<Claimed, AccountError> {
    let hash = ring.lookup("identities.number", number.as_str().as_bytes()).to_vec();
    let holder: Option<CitizenId> = identities::table
        .filter(identities::number_hash.eq(&hash))
        .select(identities::citizen_id)
        .first(c)
        .optional()?;
    if let Some(holder) = holder.filter(|holder| *holder != citizen) {
        sending::tell(c, now, &Tell::new(holder, What::IdentityTried, now))?;
        return Ok(Claimed::ByAnother);
    }
    let person = self::citizen(c, citizen)?;
    let level = person.level().max(level);
    let sealed_name = ledger::seal(c, ring, citizen, "citizens.name", name.as_str())?;
    let sealed_number = ledger::seal(c, ring, citizen, "identities.number", number.as_str())?;
    diesel::delete(identities::table.filter(identities::citizen_id.eq(citizen))).execute(c)?;
    diesel::insert_into(identities::table)
        .values((
            identities::citizen_id.eq(citizen),
            identities::id.eq(IdentityId::new()),
            identities::number.eq(sealed_number),
            identities::number_hash.eq(Some(hash)),
            identities::verified_at.eq(Some(Stamp::from(now))),
            identities::created_at.eq(Stamp::from(now)),
        ))
        .execute(c)
        .map_err(|error| claimed(error.into()))?;
    diesel::update(citizens::table.filter(citizens::id.eq(citizen)))
        .set((citizens::name.eq(Some(sealed_name)), citizens::level.eq(i32::from(level))))
        .execute(c)?;
    Ok(Claimed::Level(level))
}
