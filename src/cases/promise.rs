//! By when a case was to be decided, kept with it once it is: whoever counts later needs neither a calendar nor the steps.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{CaseError, desk::pauses, model::Case, queries, term::Term};
use crate::{
    catalogue::Edition,
    db::{Conn, schema::cases},
    ledger::CitizenId,
};

/// Keeps the promise of a case that was decided. What happens to its result afterwards changes nothing of it.
pub fn keep(c: &mut Conn, edition: &Edition, owner: CitizenId, reference: &str) -> Result<(), CaseError> {
    let Some(case) = queries::of_reference(c, owner, reference)? else { return Ok(()) };
    let Some(last) = last_day(c, edition, &case)? else { return Ok(()) };
    let own = cases::table.filter(cases::citizen_id.eq(owner)).filter(cases::id.eq(case.id));
    let unkept = own.filter(cases::promised_on.is_null());
    diesel::update(unkept).set(cases::promised_on.eq(last)).execute(c)?;
    Ok(())
}

/// Counted from the day of acceptance. What was never accepted was promised nothing but an answer whether it is, and a
/// service that has left the city promises nothing any more.
fn last_day(c: &mut Conn, edition: &Edition, case: &Case) -> Result<Option<NaiveDate>, CaseError> {
    let entry = edition.catalogue.service(&case.service);
    let Some((entry, start)) = entry.zip(case.accepted_on) else { return Ok(None) };
    let extra = u32::try_from(case.extended_by).unwrap_or_default();
    let term = Term::promised(&entry.service.time).extended(extra);
    let due = term.due(&edition.catalogue.calendar, start, &pauses(c, case)?);
    Ok(Some(due.on))
}
