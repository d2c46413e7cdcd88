//! Reading delegations. Each side finds only its own.

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{CompanyId, DeedId, DelegationId, Kind, Scope, State};
use crate::{
    db::{
        Conn, DbError, Json, Stamp,
        schema::{citizens, companies, deeds, delegations},
    },
    ledger::{CitizenId, Private, StaffId},
    platform::Moment,
};

/// A delegation as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = delegations)]
pub struct Delegation {
    pub citizen_id: CitizenId,
    pub id: DelegationId,
    pub(super) kind: String,
    pub company_id: Option<CompanyId>,
    pub agent_id: Option<CitizenId>,
    pub shown: String,
    pub(super) scope: Json<Scope>,
    pub(super) starts_at: Stamp,
    pub(super) ends_at: Stamp,
    pub(super) state: String,
    pub proof: Private,
    pub agent_name: Private,
    pub(super) agreed_at: Option<Stamp>,
    /// While it waits for the papers: the member of staff who was given it.
    pub assigned_to: Option<StaffId>,
}

impl Delegation {
    pub fn kind(&self) -> Kind {
        // The database lets nothing else in.
        Kind::named(&self.kind).unwrap_or(Kind::Person)
    }

    pub fn state(&self) -> State {
        State::named(&self.state).unwrap_or(State::Ended)
    }

    pub const fn scope(&self) -> &Scope {
        &self.scope.0
    }

    pub fn starts_at(&self) -> Moment {
        self.starts_at.moment()
    }

    pub fn ends_at(&self) -> Moment {
        self.ends_at.moment()
    }

    /// Whether the child, asked at fourteen, agreed.
    pub const fn is_agreed(&self) -> bool {
        self.agreed_at.is_some()
    }

    /// Whose matters they are, in the words of a session.
    pub fn principal(&self) -> Uuid {
        self.company_id.map_or(self.citizen_id.uuid(), CompanyId::uuid)
    }
}

/// A company as its legal person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = companies)]
pub struct Company {
    pub id: CompanyId,
    pub credit_code: String,
    pub name: String,
    pub legal_person: CitizenId,
    pub state: String,
    pub proof: Private,
    /// As with a parent's claim.
    pub assigned_to: Option<StaffId>,
}

/// Something done for a person.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = deeds)]
pub struct Deed {
    pub id: DeedId,
    pub company_id: Option<CompanyId>,
    pub agent_name: Private,
    pub what: String,
    pub service: Option<String>,
    pub at: Stamp,
}

/// What a person has granted, and what was claimed over them: proposed or in force.
pub fn of_principal(c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<Vec<Delegation>, DbError> {
    Ok(delegations::table
        .filter(delegations::citizen_id.eq(citizen))
        .filter(delegations::state.eq_any([State::Proposed.tag(), State::Active.tag()]))
        .filter(delegations::ends_at.gt(Stamp::from(now)))
        .order(delegations::id)
        .select(Delegation::as_select())
        .load(c)?)
}

/// By what a person may act for others, or will once it is confirmed.
pub fn of_agent(c: &mut Conn, now: Moment, agent: CitizenId) -> Result<Vec<Delegation>, DbError> {
    Ok(delegations::table
        .filter(delegations::agent_id.eq(agent))
        .filter(delegations::state.eq_any([State::Proposed.tag(), State::Active.tag()]))
        .filter(delegations::ends_at.gt(Stamp::from(now)))
        .order(delegations::id)
        .select(Delegation::as_select())
        .load(c)?)
}

/// Everything a person ever granted, for their own copy of it.
pub(super) fn all_of_principal(c: &mut Conn, citizen: CitizenId) -> Result<Vec<Delegation>, DbError> {
    let mine = delegations::table.filter(delegations::citizen_id.eq(citizen)).order(delegations::id);
    Ok(mine.select(Delegation::as_select()).load(c)?)
}

/// Everything a person ever acted by.
pub(super) fn all_of_agent(c: &mut Conn, agent: CitizenId) -> Result<Vec<Delegation>, DbError> {
    let mine = delegations::table.filter(delegations::agent_id.eq(agent)).order(delegations::id);
    Ok(mine.select(Delegation::as_select()).load(c)?)
}

/// Offers to whoever has this telephone number and name.
pub fn offered(c: &mut Conn, now: Moment, to: &[u8]) -> Result<Vec<Delegation>, DbError> {
    Ok(delegations::table
        .filter(delegations::offered_to.eq(to))
        .filter(delegations::state.eq(State::Proposed.tag()))
        .filter(delegations::ends_at.gt(Stamp::from(now)))
        .order(delegations::id)
        .select(Delegation::as_select())
        .load(c)?)
}

/// A delegation in force by which this person acts: the represented person's account is open, the company
/// confirmed. Everything that can change between two requests is looked at again.
pub(super) fn in_force(
    c: &mut Conn,
    now: Moment,
    agent: CitizenId,
    id: DelegationId,
) -> Result<Option<Delegation>, DbError> {
    let now = Stamp::from(now);
    let found: Option<(Delegation, String)> = delegations::table
        .inner_join(citizens::table.on(citizens::id.eq(delegations::citizen_id)))
        .filter(delegations::agent_id.eq(agent))
        .filter(delegations::id.eq(id))
        .filter(delegations::state.eq(State::Active.tag()))
        .filter(delegations::starts_at.le(now))
        .filter(delegations::ends_at.gt(now))
        .select((Delegation::as_select(), citizens::state))
        .first(c)
        .optional()?;
    let Some((delegation, account)) = found else { return Ok(None) };
    let company = match delegation.company_id {
        Some(company) => companies::table
            .filter(companies::id.eq(company))
            .select(companies::state)
            .first::<String>(c)
            .optional()?,
        None => Some("confirmed".to_owned()),
    };
    let holds = account == "open" && company.as_deref() == Some("confirmed");
    Ok(holds.then_some(delegation))
}

/// The companies a person is, or says to be, the legal person of.
pub fn companies_of(c: &mut Conn, person: CitizenId) -> Result<Vec<Company>, DbError> {
    Ok(companies::table
        .filter(companies::legal_person.eq(person))
        .filter(companies::state.ne("closed"))
        .order(companies::id)
        .select(Company::as_select())
        .load(c)?)
}

/// The name and the credit code of a company: both are public.
pub fn company(c: &mut Conn, id: CompanyId) -> Result<(String, String), DbError> {
    Ok(companies::table
        .filter(companies::id.eq(id))
        .select((companies::name, companies::credit_code))
        .first(c)?)
}

/// Claims that wait for a member of staff: parents first, then companies. With `only`: those they were given.
pub fn waiting(
    c: &mut Conn,
    now: Moment,
    only: Option<StaffId>,
) -> Result<(Vec<Delegation>, Vec<Company>), DbError> {
    let parents = delegations::table
        .filter(delegations::kind.eq(Kind::Child.tag()))
        .filter(delegations::state.eq(State::Proposed.tag()))
        .filter(delegations::ends_at.gt(Stamp::from(now)))
        .order(delegations::id)
        .limit(200)
        .select(Delegation::as_select());
    let companies = companies::table
        .filter(companies::state.eq("claimed"))
        .order(companies::id)
        .limit(200)
        .select(Company::as_select());
    Ok(match only {
        None => (parents.load(c)?, companies.load(c)?),
        Some(_) => (
            parents.filter(delegations::assigned_to.eq(only)).load(c)?,
            companies.filter(companies::assigned_to.eq(only)).load(c)?,
        ),
    })
}

/// The latest that was done for a person.
pub fn deeds_for(c: &mut Conn, citizen: CitizenId, limit: i64) -> Result<Vec<Deed>, DbError> {
    Ok(deeds::table
        .filter(deeds::citizen_id.eq(citizen))
        .order((deeds::at.desc(), deeds::id.desc()))
        .limit(limit)
        .select(Deed::as_select())
        .load(c)?)
}
