//! Asking an agency to retire a service that nobody uses: by a day, with a reason. The agency takes it out of its package,
//! which ends it, or says why it stays; then whoever asked takes it back, or does not.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    agencies::warnings::{self, News},
    catalogue::retired::{self, Retired},
    db::{Conn, Stamp, schema::service_retirements as r},
    each,
    platform::Moment,
    ratings::RatingError,
};

/// What an agency was asked, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = r)]
pub struct Retirement {
    pub service: String,
    pub agency: String,
    pub retire_on: NaiveDate,
    pub reason: String,
    pub answer: Option<String>,
}

/// Asks, and has the agency told. Asked twice it is asked once. Where the service's address leads when it is gone is written down.
pub fn ask(
    c: &mut Conn,
    now: Moment,
    by: &str,
    service: &Retired,
    (on, reason): (NaiveDate, &str),
) -> Result<(), RatingError> {
    let row = (
        r::service.eq(&service.service),
        r::agency.eq(&service.agency),
        r::retire_on.eq(on),
        r::reason.eq(reason),
        r::asked_by.eq(by),
        r::asked_at.eq(Stamp::from(now)),
    );
    let new = each!(c, |c| diesel::insert_into(r::table).values(row).on_conflict_do_nothing().execute(c))?;
    if new == 1 {
        retired::note(c, service)?;
        warnings::tell(c, now, &service.agency, &News::Retiring { service: service.service.clone(), on })?;
    }
    Ok(())
}

/// Takes it back.
pub fn take_back(c: &mut Conn, service: &str) -> Result<(), RatingError> {
    diesel::delete(r::table.find(service)).execute(c)?;
    Ok(retired::forget(c, service)?)
}

/// Says why it stays. The last word counts; another agency's is as unknown as none.
pub fn answer(
    c: &mut Conn,
    now: Moment,
    by: &str,
    (service, agency): (&str, &str),
    words: &str,
) -> Result<(), RatingError> {
    let theirs = r::table.find(service).filter(r::agency.eq(agency));
    let said =
        (r::answer.eq(Some(words)), r::answered_by.eq(Some(by)), r::answered_at.eq(Some(Stamp::from(now))));
    let found = diesel::update(theirs).set(said).execute(c)?;
    if found == 1 { Ok(()) } else { Err(RatingError::Unknown) }
}

/// Everything that is asked of some agencies, what is due first coming first.
pub fn of(c: &mut Conn, agencies: &[String]) -> Result<Vec<Retirement>, RatingError> {
    Ok(r::table
        .filter(r::agency.eq_any(agencies))
        .order((r::retire_on, r::service))
        .select(Retirement::as_select())
        .load(c)?)
}
