//! "Tell me when it is back": who wants to hear that an agency answers again.

use diesel::prelude::*;

use crate::{
    db::{Conn, DbError, Stamp, schema::return_wishes},
    id,
    ledger::CitizenId,
    platform::Moment,
};

id! {
    /// A wish to be told.
    WishId
}

/// Puts down the wish. Wishing again changes nothing.
pub fn wish(c: &mut Conn, now: Moment, citizen: CitizenId, agency: &str) -> Result<(), DbError> {
    if wishing(c, citizen, agency)? {
        return Ok(());
    }
    diesel::insert_into(return_wishes::table)
        .values((
            return_wishes::citizen_id.eq(citizen),
            return_wishes::id.eq(WishId::new()),
            return_wishes::agency.eq(agency),
            return_wishes::wished_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}

/// Whether the person waits to be told.
pub fn wishing(c: &mut Conn, citizen: CitizenId, agency: &str) -> Result<bool, DbError> {
    let open: i64 = return_wishes::table
        .filter(return_wishes::citizen_id.eq(citizen))
        .filter(return_wishes::agency.eq(agency))
        .filter(return_wishes::told_at.is_null())
        .count()
        .get_result(c)?;
    Ok(open > 0)
}
