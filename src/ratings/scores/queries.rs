//! Reading what was counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::{dsl::sql, prelude::*, sql_types::BigInt};
use yimen_scores::Tally;

use super::{
    model::{self, Kept},
    stage::Month,
};
use crate::{
    db::{
        Conn, DbError,
        schema::{score_replies, score_rows as r},
    },
    ratings::RatingError,
};

/// Every service in a month.
pub fn of_month(c: &mut Conn, month: Month) -> Result<Vec<Kept>, RatingError> {
    Ok(r::table
        .filter(r::month.eq(month.first()))
        .order((r::agency, r::service))
        .select(Kept::as_select())
        .load(c)?)
}

/// An agency's services, from one month to another, both included.
pub fn of_agency(c: &mut Conn, agency: &str, (from, to): (Month, Month)) -> Result<Vec<Kept>, RatingError> {
    Ok(r::table
        .filter(r::agency.eq(agency))
        .filter(r::month.between(from.first(), to.first()))
        .order((r::month.desc(), r::service))
        .select(Kept::as_select())
        .load(c)?)
}

/// All services of the agencies that serve in a domain, from one month to another, both included.
pub fn around_domain(
    c: &mut Conn,
    domain: &str,
    (from, to): (Month, Month),
) -> Result<Vec<Kept>, RatingError> {
    let agencies: Vec<String> = r::table
        .filter(r::domain.eq(domain))
        .filter(r::month.between(from.first(), to.first()))
        .select(r::agency)
        .distinct()
        .load(c)?;
    Ok(r::table
        .filter(r::agency.eq_any(agencies))
        .filter(r::month.between(from.first(), to.first()))
        .order((r::month.desc(), r::service))
        .select(Kept::as_select())
        .load(c)?)
}

/// The months of which there is anything, the latest first.
pub fn months(c: &mut Conn, to: Month) -> Result<Vec<Month>, RatingError> {
    let months: Vec<NaiveDate> = r::table
        .filter(r::month.le(to.first()))
        .select(r::month)
        .distinct()
        .order(r::month.desc())
        .limit(12)
        .load(c)?;
    Ok(months.into_iter().map(Month::of).collect())
}

/// How satisfied people were in the whole city, month by month.
pub fn trend(c: &mut Conn, (from, to): (Month, Month)) -> Result<BTreeMap<Month, Tally>, RatingError> {
    let sum = |column: &str| sql::<BigInt>(&format!("CAST(SUM({column}) AS BIGINT)"));
    let lines: Vec<(NaiveDate, i64, i64, i64, i64, i64, i64)> = r::table
        .filter(r::month.between(from.first(), to.first()))
        .group_by(r::month)
        .select((
            r::month,
            sum("finished"),
            sum("very_dissatisfied"),
            sum("dissatisfied"),
            sum("basically_satisfied"),
            sum("satisfied"),
            sum("very_satisfied"),
        ))
        .load(c)?;
    let month = |(month, finished, worst, bad, fair, good, best)| {
        let levels = [worst, bad, fair, good, best].map(model::count);
        (Month::of(month), Tally { finished: model::count(finished), levels })
    };
    Ok(lines.into_iter().map(month).collect())
}

/// What an agency says to a month.
pub fn reply(c: &mut Conn, agency: &str, month: Month) -> Result<Option<String>, DbError> {
    Ok(score_replies::table.find((agency, month.first())).select(score_replies::words).first(c).optional()?)
}
