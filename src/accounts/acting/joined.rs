//! What becomes of powers where two accounts of one person become one.

use diesel::prelude::*;

use super::{
    CompanyId, DelegationId,
    actions::{self, New},
    model::State,
    queries::Delegation,
};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{companies, delegations},
    },
    ledger::{CitizenId, Joining, LedgerError, Private, StaffId},
};

const LIVE: [&str; 2] = [State::Proposed.tag(), State::Active.tag()];

/// By which pair of people, and for what, a power is.
type Power = (CitizenId, Option<CitizenId>, String, Option<CompanyId>);

/// Whom somebody acts for, or is to act for.
pub fn represented_by(c: &mut Conn, agent: CitizenId) -> Result<Vec<CitizenId>, DbError> {
    Ok(delegations::table
        .filter(delegations::agent_id.eq(agent))
        .select(delegations::citizen_id)
        .distinct()
        .load(c)?)
}

/// Powers go over both ways: those by which the closing account acts, and those by which others act for it. What
/// the staying account has already, and what would be a power over oneself, stays behind and ends with the account.
/// So does the record of what was done by them.
pub(super) fn powers(c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
    let (from, into) = (joining.from(), joining.into);
    let companies: Vec<(CompanyId, Private)> = companies::table
        .filter(companies::legal_person.eq(from))
        .select((companies::id, companies::proof))
        .load(c)?;
    for (id, proof) in companies {
        let proof = joining.anew(c, "companies.proof", &proof)?;
        diesel::update(companies::table.find(id))
            .set((companies::legal_person.eq(into), companies::proof.eq(proof)))
            .execute(c)?;
    }
    let there: Vec<Power> = delegations::table
        .filter(delegations::citizen_id.eq(into).or(delegations::agent_id.eq(into)))
        .filter(delegations::state.eq_any(LIVE))
        .select((delegations::citizen_id, delegations::agent_id, delegations::kind, delegations::company_id))
        .load(c)?;
    let goes_over = |power: &Power| Some(power.0) != power.1 && !there.contains(power);

    let acted_by: Vec<Delegation> = delegations::table
        .filter(delegations::agent_id.eq(from))
        .filter(delegations::state.eq_any(LIVE))
        .select(Delegation::as_select())
        .load(c)?;
    for one in acted_by {
        if goes_over(&(one.citizen_id, Some(into), one.kind.clone(), one.company_id)) {
            diesel::update(delegations::table.find((one.citizen_id, one.id)))
                .set(delegations::agent_id.eq(Some(into)))
                .execute(c)?;
        }
    }

    // What was done by a power refers to it, so the power itself stays where it was and a new one takes its place.
    let granted: Vec<(Delegation, Option<Vec<u8>>)> = delegations::table
        .filter(delegations::citizen_id.eq(from))
        .filter(delegations::state.eq_any(LIVE))
        .select((Delegation::as_select(), delegations::offered_to))
        .load(c)?;
    for (one, offered_to) in granted {
        if !goes_over(&(into, one.agent_id, one.kind.clone(), one.company_id)) {
            continue;
        }
        let again = New {
            citizen: into,
            kind: one.kind(),
            company: one.company_id,
            agent: one.agent_id,
            offered_to,
            shown: one.shown.clone(),
            scope: one.scope().clone(),
            from: one.starts_at(),
            until: one.ends_at(),
            state: one.state(),
            proof: joining.anew(c, "delegations.proof", &one.proof)?,
            agent_name: joining.anew(c, "delegations.agent_name", &one.agent_name)?,
        };
        let id = actions::insert(c, joining.now, again)?;
        kept_with(c, (into, id), one.agreed_at, one.assigned_to)?;
    }
    Ok(())
}

/// What a new delegation does not have and this one has.
fn kept_with(
    c: &mut Conn,
    key: (CitizenId, DelegationId),
    agreed_at: Option<Stamp>,
    assigned_to: Option<StaffId>,
) -> Result<(), DbError> {
    diesel::update(delegations::table.find(key))
        .set((delegations::agreed_at.eq(agreed_at), delegations::assigned_to.eq(assigned_to)))
        .execute(c)?;
    Ok(())
}
