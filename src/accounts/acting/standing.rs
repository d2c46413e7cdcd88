//! The one question before every act for another: does the right still hold, at this very moment?

use diesel::prelude::*;

use super::{
    age,
    model::{self, DeedId, DelegationId, Kind, Matter, Party, Refused, Represented, Scope, What},
    queries::{self, Delegation},
};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{deeds, delegations},
    },
    ledger::{self, Actor, Basis, CitizenId, LedgerError, Look, Private, Purpose, Warrant},
    platform::{Moment, keys::KeyRing},
    web::session::Signed,
};

/// Who acts for whom in this session, if the right to it holds now and reaches this far. What the session says
/// is only where to look: a delegation revoked a moment ago is refused.
pub fn represented(
    c: &mut Conn,
    now: Moment,
    signed: &Signed,
    matter: &Matter<'_>,
) -> Result<Party, Refused> {
    let (party, scope) = reach(c, now, signed)?;
    if party.represented == Represented::Oneself {
        return Ok(party);
    }
    if let Matter::Service { agent_allowed: false, .. } = matter {
        return Err(Refused::InPerson);
    }
    if scope.covers(matter) { Ok(party) } else { Err(Refused::OutOfScope) }
}

/// Who acts for whom in this session, where everything of theirs is shown at once: whoever was authorised for some matters
/// only is refused.
pub fn in_everything(c: &mut Conn, now: Moment, signed: &Signed) -> Result<Party, Refused> {
    let (party, scope) = reach(c, now, signed)?;
    let whole = party.represented == Represented::Oneself || matches!(scope, Scope::All);
    if whole { Ok(party) } else { Err(Refused::OutOfScope) }
}

/// Who acts for whom in this session, and how far the right to it reaches: for pages that show several matters.
pub fn reach(c: &mut Conn, now: Moment, signed: &Signed) -> Result<(Party, Scope), Refused> {
    let acting = CitizenId::from(signed.subject);
    let Some(said) = &signed.acting else {
        return Ok((Party { acting, represented: Represented::Oneself }, Scope::All));
    };
    let id = DelegationId::from(said.delegation);
    let found = queries::in_force(c, now, acting, id)?.ok_or(Refused::NotHolding)?;
    if !model::is_principal(said.principal, found.citizen_id, found.company_id) {
        return Err(Refused::NotHolding);
    }
    holds(&found, now)?;
    let citizen = found.citizen_id;
    let represented = match found.company_id {
        Some(company) => Represented::Company { delegation: id, company, legal_person: citizen },
        None => Represented::Citizen { delegation: id, citizen, kind: found.kind() },
    };
    Ok((Party { acting, represented }, found.scope().clone()))
}

/// The delegation a person switches to.
pub fn choose(c: &mut Conn, now: Moment, agent: CitizenId, id: DelegationId) -> Result<Delegation, Refused> {
    let found = queries::in_force(c, now, agent, id)?.ok_or(Refused::NotHolding)?;
    holds(&found, now)?;
    Ok(found)
}

fn holds(delegation: &Delegation, now: Moment) -> Result<(), Refused> {
    let asked = delegation.kind() == Kind::Child && now >= age::asked_from(delegation.ends_at());
    if asked && !delegation.is_agreed() { Err(Refused::ChildNotAsked) } else { Ok(()) }
}

/// Opens the represented person's data to whoever acts for them: into the ledger, and onto the list of what was
/// done for them.
pub fn see(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    party: &Party,
    fields: &[&str],
) -> Result<Warrant, LedgerError> {
    let citizen = match party.represented {
        Represented::Oneself => return Ok(ledger::own(party.acting)),
        Represented::Citizen { citizen, .. } => citizen,
        // A company's agent learns nothing of its legal person.
        Represented::Company { .. } => return Err(LedgerError::WrongPerson),
    };
    done(c, now, party, What::saw(fields), None)?;
    let look = Look {
        citizen,
        actor: Actor::Citizen(party.acting),
        purpose: Purpose::Service,
        basis: Basis::Consent,
        fields,
        detail: None,
    };
    ledger::look(c, ring, now, &look)
}

/// Writes down for the represented person what was done for them. Acting for oneself is not written down.
pub fn done(
    c: &mut Conn,
    now: Moment,
    party: &Party,
    what: What,
    service: Option<&str>,
) -> Result<(), DbError> {
    let (citizen, delegation, company) = match party.represented {
        Represented::Oneself => return Ok(()),
        Represented::Citizen { delegation, citizen, .. } => (citizen, delegation, None),
        Represented::Company { delegation, company, legal_person } => {
            (legal_person, delegation, Some(company))
        }
    };
    // Already encrypted for the represented person, who is the one to read it here too.
    let agent_name: Private = delegations::table
        .filter(delegations::citizen_id.eq(citizen))
        .filter(delegations::id.eq(delegation))
        .select(delegations::agent_name)
        .first(c)?;
    diesel::insert_into(deeds::table)
        .values((
            deeds::citizen_id.eq(citizen),
            deeds::id.eq(DeedId::new()),
            deeds::delegation_id.eq(delegation),
            deeds::agent_id.eq(party.acting),
            deeds::company_id.eq(company),
            deeds::agent_name.eq(agent_name),
            deeds::what.eq(what.tag()),
            deeds::service.eq(service),
            deeds::at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}
