//! Reading cases. The owner stands in every query; what agencies tell is found by agency and number.

use diesel::prelude::*;

use super::{
    CaseError, Whose,
    model::{Case, CaseId},
};
use crate::{
    accounts::acting::Represented,
    db::{Conn, schema::cases},
    ledger::CitizenId,
};

/// A case by its owner and id.
pub(super) fn of_owner(c: &mut Conn, owner: CitizenId, id: CaseId) -> Result<Option<Case>, CaseError> {
    Ok(cases::table
        .filter(cases::citizen_id.eq(owner))
        .filter(cases::id.eq(id))
        .select(Case::as_select())
        .first(c)
        .optional()?)
}

/// A case that this person, or whom they act for now, handed in.
pub fn find(c: &mut Conn, whose: &Whose, reference: &str) -> Result<Case, CaseError> {
    of_reference(c, whose.owner(), reference)?
        .filter(|case| case.company_id == whose.company())
        .ok_or(CaseError::Unknown)
}

/// A case by its owner and number.
pub fn of_reference(c: &mut Conn, owner: CitizenId, reference: &str) -> Result<Option<Case>, CaseError> {
    Ok(cases::table
        .filter(cases::citizen_id.eq(owner))
        .filter(cases::reference.eq(reference))
        .select(Case::as_select())
        .first(c)
        .optional()?)
}

/// Their cases, newest first, and how many there are. A person's own list leaves out what is a company's.
pub fn list(c: &mut Conn, whose: &Whose, skip: i64, limit: i64) -> Result<(Vec<Case>, i64), CaseError> {
    let of = || {
        let theirs = cases::table.filter(cases::citizen_id.eq(whose.owner())).into_boxed();
        match whose.party.represented {
            Represented::Company { company, .. } => theirs.filter(cases::company_id.eq(company)),
            _ => theirs.filter(cases::company_id.is_null()),
        }
    };
    let found = of()
        .order((cases::submitted_at.desc(), cases::id.desc()))
        .offset(skip)
        .limit(limit)
        .select(Case::as_select())
        .load(c)?;
    let all = of().count().get_result(c)?;
    Ok((found, all))
}

/// A case as its agency names it: by our number, or by its own.
pub(super) fn of_agency(
    c: &mut Conn,
    agency: &str,
    ours: Option<&str>,
    theirs: Option<&str>,
) -> Result<Option<Case>, CaseError> {
    let at_agency = cases::table.filter(cases::agency.eq(agency)).select(Case::as_select());
    Ok(match (ours, theirs) {
        (Some(reference), _) => at_agency.filter(cases::reference.eq(reference)).first(c).optional()?,
        (None, Some(number)) => at_agency.filter(cases::agency_reference.eq(number)).first(c).optional()?,
        (None, None) => None,
    })
}
