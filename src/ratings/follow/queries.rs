//! Reading what follows from bad ratings.

use diesel::prelude::*;

use super::model::FollowUp;
use crate::{
    db::{Conn, schema::rating_follow_ups},
    ratings::{RatingError, RatingId},
};

/// What became of a rating, if it was a bad one.
pub fn of(c: &mut Conn, id: RatingId) -> Result<Option<FollowUp>, RatingError> {
    Ok(rating_follow_ups::table.find(id).select(FollowUp::as_select()).first(c).optional()?)
}

/// The same for whoever is about to change it: nobody else does so meanwhile. Another agency's is as unknown as none.
pub(super) fn held(c: &mut Conn, agency: &str, id: RatingId) -> Result<FollowUp, RatingError> {
    // Writing first takes the row's lock on PostgreSQL; on SQLite there is one writer anyway.
    let this = rating_follow_ups::table.find(id).filter(rating_follow_ups::agency.eq(agency));
    diesel::update(this).set(rating_follow_ups::state.eq(rating_follow_ups::state)).execute(c)?;
    of(c, id)?.filter(|one| one.agency == agency).ok_or(RatingError::Unknown)
}
