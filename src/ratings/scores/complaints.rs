//! Complaints, as a scorecard counts them. They are taken by a room that this one does not know: it is asked through
//! [`Ask`], which the roof binds.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::stage::Month;
use crate::{
    db::{Conn, DbError, schema::score_complaints},
    platform::Moment,
};

/// Complaints about the same in the same district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complained {
    pub service: Option<String>,
    /// Who deals with them.
    pub agency: Option<String>,
    pub district: Option<String>,
    pub times: i64,
}

/// Asks for the complaints that were made between two moments: right or not, each counted once.
pub type Ask = fn(&mut Conn, Moment, Moment) -> Result<Vec<Complained>, DbError>;

/// Complaints of a month that are about none of an agency's services.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = score_complaints)]
pub struct Others {
    pub agency: String,
    pub month: NaiveDate,
    pub complaints: i64,
}

/// The same of all agencies.
pub fn of_month(c: &mut Conn, month: Month) -> Result<Vec<Others>, DbError> {
    Ok(score_complaints::table
        .filter(score_complaints::month.eq(month.first()))
        .order(score_complaints::agency)
        .select(Others::as_select())
        .load(c)?)
}

/// Of one agency: how many.
pub fn of_agency(c: &mut Conn, agency: &str, month: Month) -> Result<i64, DbError> {
    let found = score_complaints::table.find((agency, month.first()));
    Ok(found.select(score_complaints::complaints).first(c).optional()?.unwrap_or_default())
}

/// So many to a thousand matters that ended, to a tenth. `None`: none ended.
pub fn per_thousand(complaints: u64, finished: u64) -> Option<String> {
    let tenths = (20_000 * complaints + finished).checked_div(2 * finished)?;
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_said_of_a_thousand_matters() {
        for (complaints, finished, said) in [
            (0, 7, Some("0.0")),
            (3, 1_000, Some("3.0")),
            (1, 3, Some("333.3")),
            (2, 3, Some("666.7")),
            (5, 0, None),
        ] {
            assert_eq!(per_thousand(complaints, finished).as_deref(), said, "{complaints} of {finished}");
        }
    }
}
