//! What must be proved first: that somebody is a child's parent, or a company's legal person. The claim waits
//! until a member of staff has seen the papers.

use diesel::prelude::*;

use super::{
    actions::{self, New, row},
    age,
    model::{ActingError, CompanyId, DelegationId, Kind, Scope, State},
    queries::{Company, Delegation},
};
use crate::{
    accounts::{self, Claimed, IdentityNumber, Newcomer, PersonName, masking},
    db::{
        Conn, Stamp,
        schema::{companies, delegations, identities},
    },
    id,
    ledger::{self, Actor, Basis, CitizenId, Look, Private, Purpose, StaffId},
    platform::{Lang, Moment, clock::city_day, keys::KeyRing},
};

id! {
    /// A number written down by a parent, before it is proved.
    ClaimedNumberId
}

/// How many claims of one person may wait at a time.
const MOST_WAITING: i64 = 5;
/// Name and number agree with an official paper.
const SEEN: u8 = 3;

/// A parent says that this child is theirs. The child gets an account of its own, which nobody can sign in to
/// yet; the number in it counts only once the papers were seen.
pub fn claim_child(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    parent: CitizenId,
    name: &PersonName,
    number: &IdentityNumber,
    proof: &str,
) -> Result<DelegationId, ActingError> {
    let until = age::parent_until(number.birthday(), city_day(now)).ok_or(ActingError::NotAChild)?;
    let waiting: i64 = delegations::table
        .filter(delegations::agent_id.eq(parent))
        .filter(delegations::kind.eq(Kind::Child.tag()))
        .filter(delegations::state.eq(State::Proposed.tag()))
        .count()
        .get_result(c)?;
    if waiting >= MOST_WAITING {
        return Err(ActingError::TooMany);
    }
    let own = accounts::details(c, ring, &ledger::own(parent))?;
    let parent_name = own.name.ok_or(ActingError::Unproved)?;
    let newcomer =
        Newcomer { name: Some(name.clone()), reach: None, password_hash: None, language: Lang::Zh };
    let child = accounts::register(c, ring, now, &newcomer)?;
    let sealed = ledger::seal(c, ring, child, "identities.number", number.as_str())?;
    diesel::insert_into(identities::table)
        .values((
            identities::citizen_id.eq(child),
            identities::id.eq(ClaimedNumberId::new()),
            identities::number.eq(sealed),
            identities::created_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    let proof = ledger::seal(c, ring, child, "delegations.proof", proof)?;
    let agent_name = ledger::seal(c, ring, child, "delegations.agent_name", &parent_name)?;
    let new = New {
        citizen: child,
        kind: Kind::Child,
        company: None,
        agent: Some(parent),
        offered_to: None,
        shown: masking::name(name.as_str()),
        scope: Scope::All,
        from: now,
        until,
        state: State::Proposed,
        proof,
        agent_name,
    };
    Ok(actions::insert(c, now, new)?)
}

/// Somebody says to be a company's legal person.
pub fn claim_company(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    who: CitizenId,
    code: &str,
    name: &str,
    proof: &str,
) -> Result<CompanyId, ActingError> {
    let waiting: i64 = companies::table
        .filter(companies::legal_person.eq(who))
        .filter(companies::state.eq("claimed"))
        .count()
        .get_result(c)?;
    if waiting >= MOST_WAITING {
        return Err(ActingError::TooMany);
    }
    let id = CompanyId::new();
    let proof = ledger::seal(c, ring, who, "companies.proof", proof)?;
    diesel::insert_into(companies::table)
        .values((
            companies::id.eq(id),
            companies::credit_code.eq(code),
            companies::name.eq(name),
            companies::legal_person.eq(who),
            companies::state.eq("claimed"),
            companies::proof.eq(proof),
            companies::created_at.eq(Stamp::from(now)),
            companies::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(id)
}

/// A claim with what staff must see to judge it. Each look is recorded for the person it concerns.
#[derive(Debug)]
pub struct Claim {
    /// The child or the company.
    pub name: String,
    /// Identity number or credit code.
    pub number: String,
    /// The parent or the legal person.
    pub claimant: String,
    pub proof: String,
}

/// Opens a parent's claim for the member of staff who has the papers before them.
pub fn look_at_child(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    staff: StaffId,
    id: DelegationId,
    reason: &str,
) -> Result<Claim, ActingError> {
    let claim = waiting_child(c, now, id)?;
    let look = Look { fields: &["name", "identity-number"], ..counter(staff, claim.citizen_id, reason) };
    let warrant = ledger::look(c, ring, now, &look)?;
    if let Some(parent) = claim.agent_id {
        // Their name stands sealed with the child's data, and is theirs all the same: they see who read it.
        let look = Look { fields: &["name"], ..counter(staff, parent, reason) };
        ledger::act(c, ring, now, &look)?;
    }
    let number: Private = identities::table
        .filter(identities::citizen_id.eq(claim.citizen_id))
        .select(identities::number)
        .first(c)?;
    let details = accounts::details(c, ring, &warrant)?;
    Ok(Claim {
        name: details.name.unwrap_or_default(),
        number: warrant.open(c, ring, "identities.number", &number)?,
        claimant: warrant.open(c, ring, "delegations.agent_name", &claim.agent_name)?,
        proof: warrant.open(c, ring, "delegations.proof", &claim.proof)?,
    })
}

fn waiting_child(c: &mut Conn, now: Moment, id: DelegationId) -> Result<Delegation, ActingError> {
    let found = delegations::table
        .filter(delegations::id.eq(id))
        .filter(delegations::kind.eq(Kind::Child.tag()))
        .filter(delegations::state.eq(State::Proposed.tag()))
        .filter(delegations::ends_at.gt(Stamp::from(now)))
        .select(Delegation::as_select())
        .first(c)
        .optional()?;
    found.ok_or(ActingError::Unknown)
}

/// The same for whoever is about to decide it: of two at the same moment, or where it is taken back, the second finds
/// nothing.
fn held_child(c: &mut Conn, now: Moment, id: DelegationId) -> Result<Delegation, ActingError> {
    let claim = waiting_child(c, now, id)?;
    // Writing first takes the row's lock on PostgreSQL; on SQLite there is one writer anyway.
    diesel::update(row(claim.citizen_id, id))
        .set(delegations::changed_at.eq(delegations::changed_at))
        .execute(c)?;
    waiting_child(c, now, id)
}

/// The papers agree: the parent may act. A child that has an account already is represented under that one.
pub fn confirm_child(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    staff: StaffId,
    id: DelegationId,
    reason: &str,
) -> Result<(), ActingError> {
    let claim = held_child(c, now, id)?;
    let seen = look_at_child(c, ring, now, staff, id, reason)?;
    let name = PersonName::parse(&seen.name).map_err(|_| ActingError::Unknown)?;
    let number = IdentityNumber::parse(&seen.number).map_err(|_| ActingError::Unknown)?;
    if accounts::claim_identity(c, ring, now, claim.citizen_id, &name, &number, SEEN)? != Claimed::ByAnother {
        return Ok(actions::set_state(c, now, claim.citizen_id, id, State::Active)?);
    }
    let hash = ring.lookup("identities.number", number.as_str().as_bytes()).to_vec();
    let child: CitizenId =
        identities::table.filter(identities::number_hash.eq(hash)).select(identities::citizen_id).first(c)?;
    actions::set_state(c, now, claim.citizen_id, id, State::Ended)?;
    if claim.agent_id == Some(child) {
        return Err(ActingError::Oneself);
    }
    let proof = ledger::seal(c, ring, child, "delegations.proof", &seen.proof)?;
    let agent_name = ledger::seal(c, ring, child, "delegations.agent_name", &seen.claimant)?;
    let earlier = delegations::table
        .filter(delegations::citizen_id.eq(child))
        .filter(delegations::agent_id.eq(claim.agent_id))
        .filter(delegations::kind.eq(Kind::Child.tag()))
        .filter(delegations::state.eq(State::Active.tag()));
    diesel::update(earlier).set(delegations::state.eq(State::Ended.tag())).execute(c)?;
    let new = New {
        citizen: child,
        kind: Kind::Child,
        company: None,
        agent: claim.agent_id,
        offered_to: None,
        shown: claim.shown.clone(),
        scope: Scope::All,
        from: now,
        until: claim.ends_at(),
        state: State::Active,
        proof,
        agent_name,
    };
    actions::insert(c, now, new)?;
    Ok(())
}

/// The papers do not agree.
pub fn refuse_child(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    staff: StaffId,
    id: DelegationId,
    reason: &str,
) -> Result<(), ActingError> {
    let claim = held_child(c, now, id)?;
    record(c, ring, now, staff, claim.citizen_id, reason)?;
    diesel::update(row(claim.citizen_id, id))
        .set((delegations::state.eq(State::Revoked.tag()), delegations::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    Ok(())
}

/// Opens a legal person's claim for the member of staff who has the papers before them.
pub fn look_at_company(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    staff: StaffId,
    id: CompanyId,
    reason: &str,
) -> Result<Claim, ActingError> {
    let company = claimed_company(c, id)?;
    let look = Look { fields: &["name"], ..counter(staff, company.legal_person, reason) };
    let warrant = ledger::look(c, ring, now, &look)?;
    Ok(Claim {
        claimant: accounts::details(c, ring, &warrant)?.name.unwrap_or_default(),
        proof: warrant.open(c, ring, "companies.proof", &company.proof)?,
        name: company.name,
        number: company.credit_code,
    })
}

/// The register agrees: the company is this person's to act for, for as long as anybody is authorised at once.
/// Whoever was its legal person before is not any more, and neither are their agents.
pub fn confirm_company(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    staff: StaffId,
    id: CompanyId,
    reason: &str,
) -> Result<(), ActingError> {
    let company = held_company(c, id)?;
    let person = company.legal_person;
    let look = Look { fields: &["name"], ..counter(staff, person, reason) };
    let warrant = ledger::look(c, ring, now, &look)?;
    let former: Vec<CompanyId> = companies::table
        .filter(companies::credit_code.eq(&company.credit_code))
        .filter(companies::state.eq("confirmed"))
        .select(companies::id)
        .load(c)?;
    diesel::update(
        delegations::table.filter(delegations::company_id.eq_any(former.iter().copied().map(Some))),
    )
    .set((delegations::state.eq(State::Ended.tag()), delegations::changed_at.eq(Stamp::from(now))))
    .execute(c)?;
    diesel::update(companies::table.filter(companies::id.eq_any(&former)))
        .set((companies::state.eq("closed"), companies::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    diesel::update(companies::table.filter(companies::id.eq(id)))
        .set((companies::state.eq("confirmed"), companies::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    let name = accounts::details(c, ring, &warrant)?.name.unwrap_or_default();
    let term = chrono::Months::new(age::LONGEST_MONTHS);
    let new = New {
        citizen: person,
        kind: Kind::Company,
        company: Some(id),
        agent: Some(person),
        offered_to: None,
        shown: company.name,
        scope: Scope::All,
        from: now,
        until: now.checked_add_months(term).ok_or(ActingError::Term)?,
        state: State::Active,
        proof: ledger::seal(c, ring, person, "delegations.proof", reason)?,
        agent_name: ledger::seal(c, ring, person, "delegations.agent_name", &name)?,
    };
    actions::insert(c, now, new)?;
    Ok(())
}

pub fn refuse_company(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    staff: StaffId,
    id: CompanyId,
    reason: &str,
) -> Result<(), ActingError> {
    let company = held_company(c, id)?;
    record(c, ring, now, staff, company.legal_person, reason)?;
    diesel::update(companies::table.filter(companies::id.eq(id)))
        .set((companies::state.eq("closed"), companies::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    Ok(())
}

fn claimed_company(c: &mut Conn, id: CompanyId) -> Result<Company, ActingError> {
    let found = companies::table
        .filter(companies::id.eq(id))
        .filter(companies::state.eq("claimed"))
        .select(Company::as_select())
        .first(c)
        .optional()?;
    found.ok_or(ActingError::Unknown)
}

/// The same for whoever is about to decide it, and so that of two who claim one company each is decided upon after
/// the other.
fn held_company(c: &mut Conn, id: CompanyId) -> Result<Company, ActingError> {
    let claimed = claimed_company(c, id)?;
    // Writing first takes the rows' locks on PostgreSQL; on SQLite there is one writer anyway.
    let same = companies::table.filter(companies::credit_code.eq(&claimed.credit_code));
    diesel::update(same).set(companies::changed_at.eq(companies::changed_at)).execute(c)?;
    claimed_company(c, id)
}

fn record(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    staff: StaffId,
    citizen: CitizenId,
    reason: &str,
) -> Result<(), ActingError> {
    Ok(ledger::act(c, ring, now, &counter(staff, citizen, reason))?)
}

const fn counter(staff: StaffId, citizen: CitizenId, reason: &str) -> Look<'_> {
    Look {
        citizen,
        actor: Actor::Staff(staff),
        purpose: Purpose::Counter,
        basis: Basis::Duty,
        fields: &[],
        detail: Some(reason),
    }
}
