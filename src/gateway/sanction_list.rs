//! Sanctions against all agencies, sorted out.

use diesel::prelude::*;

use super::sanctions::{Grade, Sanction};
use crate::{
    db::{Conn, DbError, Stamp, schema::sanctions},
    platform::Moment,
};

/// Which sanctions are asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub agencies: Vec<String>,
    pub grade: Option<Grade>,
    pub in_force: Option<bool>,
    pub oldest_first: bool,
}

/// A macro, because the type of such a query cannot be written down.
macro_rules! wanted {
    ($wanted:expr, $now:expr) => {{
        let at = Stamp::from($now);
        let mut query =
            sanctions::table.filter(sanctions::agency.eq_any($wanted.agencies.clone())).into_boxed();
        if let Some(grade) = $wanted.grade {
            query = query.filter(sanctions::grade.eq(grade.number()));
        }
        match $wanted.in_force {
            None => query,
            Some(true) => query
                .filter(sanctions::lifted_at.is_null())
                .filter(sanctions::ends_at.is_null().or(sanctions::ends_at.gt(at))),
            Some(false) => query.filter(sanctions::lifted_at.is_not_null().or(sanctions::ends_at.le(at))),
        }
    }};
}

/// A stretch of them, and how many there are in all.
pub fn list(
    c: &mut Conn,
    now: Moment,
    wanted: &Wanted,
    (skip, most): (i64, i64),
) -> Result<(Vec<Sanction>, i64), DbError> {
    let all = wanted!(wanted, now).count().get_result(c)?;
    let found = wanted!(wanted, now).offset(skip).limit(most).select(Sanction::as_select());
    let rows = if wanted.oldest_first {
        found.order((sanctions::imposed_at, sanctions::id)).load(c)?
    } else {
        found.order((sanctions::imposed_at.desc(), sanctions::id.desc())).load(c)?
    };
    Ok((rows, all))
}
