//! Offering, taking up and ending the right to act for somebody.

use diesel::prelude::*;

use super::{
    model::{ActingError, CompanyId, DelegationId, Kind, Scope, State},
    queries,
};
use crate::{
    accounts::{self, PersonName, Phone, masking},
    db::{
        Conn, DbError, Json, Stamp,
        schema::{companies, delegations},
    },
    ledger::{self, CitizenId, Private},
    platform::{Moment, keys::KeyRing},
};

/// How many offers of one person may wait at a time.
const MOST_WAITING: i64 = 20;

/// What somebody offers to somebody else.
#[derive(Debug, Clone)]
pub struct Offer {
    /// One of the person's confirmed companies; else the person themself.
    pub company: Option<CompanyId>,
    pub name: PersonName,
    pub phone: Phone,
    pub scope: Scope,
    pub from: Moment,
    pub until: Moment,
    pub proof: String,
}

/// A row about to be written.
pub(super) struct New {
    pub(super) citizen: CitizenId,
    pub(super) kind: Kind,
    pub(super) company: Option<CompanyId>,
    pub(super) agent: Option<CitizenId>,
    pub(super) offered_to: Option<Vec<u8>>,
    pub(super) shown: String,
    pub(super) scope: Scope,
    pub(super) from: Moment,
    pub(super) until: Moment,
    pub(super) state: State,
    pub(super) proof: Private,
    pub(super) agent_name: Private,
}

pub(super) fn insert(c: &mut Conn, now: Moment, new: New) -> Result<DelegationId, DbError> {
    let id = DelegationId::new();
    diesel::insert_into(delegations::table)
        .values((
            delegations::citizen_id.eq(new.citizen),
            delegations::id.eq(id),
            delegations::kind.eq(new.kind.tag()),
            delegations::company_id.eq(new.company),
            delegations::agent_id.eq(new.agent),
            delegations::offered_to.eq(new.offered_to),
            delegations::shown.eq(new.shown),
            delegations::scope.eq(Json(new.scope)),
            delegations::starts_at.eq(Stamp::from(new.from)),
            delegations::ends_at.eq(Stamp::from(new.until)),
            delegations::state.eq(new.state.tag()),
            delegations::proof.eq(new.proof),
            delegations::agent_name.eq(new.agent_name),
            delegations::created_at.eq(Stamp::from(now)),
            delegations::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(id)
}

/// Offers somebody the right to act. The offer waits for whoever has this number and name; whether there is
/// such an account is neither looked up nor told.
pub fn offer(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    who: CitizenId,
    offer: &Offer,
) -> Result<DelegationId, ActingError> {
    if offer.from >= offer.until || offer.until <= now {
        return Err(ActingError::Term);
    }
    let to = digest(ring, offer.phone.as_str(), offer.name.as_str());
    let own = accounts::details(c, ring, &ledger::own(who))?;
    let own_name = own.name.ok_or(ActingError::Unproved)?;
    if own.phone.as_deref().is_some_and(|phone| digest(ring, phone, &own_name) == to) {
        return Err(ActingError::Oneself);
    }
    let waiting: i64 = delegations::table
        .filter(delegations::citizen_id.eq(who))
        .filter(delegations::state.eq(State::Proposed.tag()))
        .count()
        .get_result(c)?;
    if waiting >= MOST_WAITING {
        return Err(ActingError::TooMany);
    }
    let (kind, shown) = match offer.company {
        Some(company) => (Kind::Company, own_company(c, who, company)?),
        None => (Kind::Person, masking::name(&own_name)),
    };
    let proof = ledger::seal(c, ring, who, "delegations.proof", &offer.proof)?;
    let agent_name = ledger::seal(c, ring, who, "delegations.agent_name", offer.name.as_str())?;
    let new = New {
        citizen: who,
        kind,
        company: offer.company,
        agent: None,
        offered_to: Some(to),
        shown,
        scope: offer.scope.clone(),
        from: offer.from,
        until: offer.until,
        state: State::Proposed,
        proof,
        agent_name,
    };
    Ok(insert(c, now, new)?)
}

/// The name of a confirmed company of this person.
fn own_company(c: &mut Conn, who: CitizenId, company: CompanyId) -> Result<String, ActingError> {
    let mine = queries::companies_of(c, who)?;
    mine.into_iter()
        .find(|own| own.id == company && own.state == "confirmed")
        .map(|own| own.name)
        .ok_or(ActingError::Unknown)
}

/// The digest by which an offer finds the person it is for. Both must fit: a number that changed hands does not
/// carry the right to act with it.
fn digest(ring: &KeyRing, phone: &str, name: &str) -> Vec<u8> {
    ring.lookup("delegations.offered_to", format!("{phone}\n{name}").as_bytes()).to_vec()
}

/// The digest of a person's own number and name; absent while either is unknown.
pub fn own_digest(
    c: &mut Conn,
    ring: &KeyRing,
    who: CitizenId,
) -> Result<Option<Vec<u8>>, ledger::LedgerError> {
    let own = accounts::details(c, ring, &ledger::own(who))?;
    Ok(own.phone.zip(own.name).map(|(phone, name)| digest(ring, &phone, &name)))
}

/// Takes up an offer. What was agreed before between the same two gives way to it.
pub fn accept(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    who: CitizenId,
    id: DelegationId,
) -> Result<(), ActingError> {
    let to = own_digest(c, ring, who)?.ok_or(ActingError::Unproved)?;
    let found = queries::offered(c, now, &to)?.into_iter().find(|offer| offer.id == id);
    let offer = found.ok_or(ActingError::Unknown)?;
    if offer.company_id.is_none() && offer.citizen_id == who {
        return Err(ActingError::Oneself);
    }
    hold_between(c, offer.citizen_id, &to)?;
    end_over_of(c, now, offer.citizen_id)?;
    let between = queries::of_agent(c, now, who)?.into_iter();
    let earlier: Vec<DelegationId> = between
        .filter(|one| one.citizen_id == offer.citizen_id && one.company_id == offer.company_id)
        .filter(|one| one.kind() == offer.kind() && one.state() == State::Active)
        .map(|one| one.id)
        .collect();
    end_each(c, now, offer.citizen_id, &earlier)?;
    // What was taken back at the same moment stays so, and nothing has given way to it: all of this is undone.
    let proposed = row(offer.citizen_id, id).filter(delegations::state.eq(State::Proposed.tag()));
    let taken = diesel::update(proposed)
        .set((
            delegations::agent_id.eq(Some(who)),
            delegations::offered_to.eq(None::<Vec<u8>>),
            delegations::state.eq(State::Active.tag()),
            delegations::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c);
    match taken.map_err(DbError::from) {
        Ok(1) => Ok(()),
        // Something else between the two holds since a moment ago.
        Ok(_) | Err(DbError::Conflict(_)) => Err(ActingError::Unknown),
        Err(error) => Err(error.into()),
    }
}

/// Of several offers of one person to another that are taken up at once each waits for the one before, in one order, and then
/// sees what has become of it.
fn hold_between(c: &mut Conn, citizen: CitizenId, to: &[u8]) -> Result<(), DbError> {
    let offers = delegations::table
        .filter(delegations::citizen_id.eq(citizen))
        .filter(delegations::offered_to.eq(to))
        .order(delegations::id)
        .select(delegations::id);
    // SQLite's writers follow one another anyway.
    if let Conn::Pg(c) = c {
        offers.for_update().load::<DelegationId>(c)?;
    }
    Ok(())
}

/// Takes back, gives up or declines: from now on nobody acts by it. Either side may, at once.
pub fn revoke(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    who: CitizenId,
    id: DelegationId,
) -> Result<(), ActingError> {
    let offered = match own_digest(c, ring, who)? {
        Some(to) => queries::offered(c, now, &to)?.into_iter().find(|offer| offer.id == id),
        None => None,
    };
    let mut mine = queries::of_principal(c, now, who)?;
    mine.extend(queries::of_agent(c, now, who)?);
    let found = mine.into_iter().find(|one| one.id == id).or(offered).ok_or(ActingError::Unknown)?;
    set_state(c, now, found.citizen_id, id, State::Revoked)?;
    Ok(())
}

/// A child of fourteen or more agrees that a parent goes on acting.
pub fn agree(c: &mut Conn, now: Moment, who: CitizenId, id: DelegationId) -> Result<(), ActingError> {
    let mine = row(who, id)
        .filter(delegations::kind.eq(Kind::Child.tag()))
        .filter(delegations::state.eq_any([State::Proposed.tag(), State::Active.tag()]));
    let changed = diesel::update(mine).set(delegations::agreed_at.eq(Some(Stamp::from(now)))).execute(c)?;
    if changed == 0 { Err(ActingError::Unknown) } else { Ok(()) }
}

/// Ends what is over. Nothing waits for it: every use looks at the time itself.
pub fn end_over(c: &mut Conn, now: Moment) -> Result<usize, DbError> {
    let over = delegations::table
        .filter(delegations::state.eq_any([State::Proposed.tag(), State::Active.tag()]))
        .filter(delegations::ends_at.le(Stamp::from(now)));
    Ok(diesel::update(over)
        .set((delegations::state.eq(State::Ended.tag()), delegations::changed_at.eq(Stamp::from(now))))
        .execute(c)?)
}

/// The same for one person, before something takes the place of what may be over.
pub(super) fn end_over_of(c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<(), DbError> {
    let over = delegations::table
        .filter(delegations::citizen_id.eq(citizen))
        .filter(delegations::state.eq(State::Active.tag()))
        .filter(delegations::ends_at.le(Stamp::from(now)));
    diesel::update(over)
        .set((delegations::state.eq(State::Ended.tag()), delegations::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    Ok(())
}

/// Ends everything by which a person acts or is acted for, as after a death. Says how many there were.
pub fn end_all_of(c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<usize, DbError> {
    let all = delegations::table
        .filter(delegations::citizen_id.eq(citizen).or(delegations::agent_id.eq(citizen)))
        .filter(delegations::state.eq_any([State::Proposed.tag(), State::Active.tag()]));
    let ended = diesel::update(all)
        .set((delegations::state.eq(State::Ended.tag()), delegations::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    diesel::update(companies::table.filter(companies::legal_person.eq(citizen)))
        .set((companies::state.eq("closed"), companies::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    Ok(ended)
}

/// Ends some of one person's delegations, so that another can take their place.
pub(super) fn end_each(
    c: &mut Conn,
    now: Moment,
    citizen: CitizenId,
    ids: &[DelegationId],
) -> Result<(), DbError> {
    for id in ids {
        set_state(c, now, citizen, *id, State::Ended)?;
    }
    Ok(())
}

pub(super) fn set_state(
    c: &mut Conn,
    now: Moment,
    citizen: CitizenId,
    id: DelegationId,
    state: State,
) -> Result<(), DbError> {
    diesel::update(row(citizen, id))
        .set((delegations::state.eq(state.tag()), delegations::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    Ok(())
}

type Row = diesel::dsl::Filter<
    diesel::dsl::Filter<delegations::table, diesel::dsl::Eq<delegations::citizen_id, CitizenId>>,
    diesel::dsl::Eq<delegations::id, DelegationId>,
>;

pub(super) fn row(citizen: CitizenId, id: DelegationId) -> Row {
    delegations::table.filter(delegations::citizen_id.eq(citizen)).filter(delegations::id.eq(id))
}
