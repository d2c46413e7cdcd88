//! What an agency says to its figures, beside them for everybody: one text a month, which it can change.

use diesel::prelude::*;
use yimen_scores::mask::mask;

use super::stage::Month;
use crate::{
    db::{Conn, Stamp, schema::score_replies as s},
    platform::Moment,
    ratings::RatingError,
    upsert,
};

/// Says something, or takes back what was said. Whether they may is asked before.
pub fn say(
    c: &mut Conn,
    now: Moment,
    by: &str,
    (agency, month): (&str, Month),
    words: &str,
) -> Result<(), RatingError> {
    // Everybody reads it: a number that slipped in does not stand there.
    let words = mask(words).text;
    if words.is_empty() {
        diesel::delete(s::table.find((agency, month.first()))).execute(c)?;
        return Ok(());
    }
    let said = (s::words.eq(&words), s::said_by.eq(by), s::said_at.eq(Stamp::from(now)));
    let row = (s::agency.eq(agency), s::month.eq(month.first()), said);
    upsert!(c, s::table => row, on (s::agency, s::month), set said)?;
    Ok(())
}
