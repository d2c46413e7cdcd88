//! Signed statements that are good for one use: remembered until they are over anyway.

use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::{
    db::{Conn, DbError, Stamp, schema::oidc_seen},
    each,
    platform::Moment,
};

/// Notes a statement by who made it and its own name (`jti`). `false`: it was here before.
pub(in crate::sso) fn first_time(
    c: &mut Conn,
    until: Moment,
    whose: &str,
    jti: &str,
) -> Result<bool, DbError> {
    let digest = Sha256::digest(format!("{whose}\n{jti}").as_bytes()).to_vec();
    let row = (oidc_seen::digest.eq(digest), oidc_seen::ends_at.eq(Stamp::from(until)));
    let new =
        each!(c, |c| diesel::insert_into(oidc_seen::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(new == 1)
}
