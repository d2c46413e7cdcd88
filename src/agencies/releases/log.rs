//! The record of all agencies' packages, as auditors read it.

use diesel::{prelude::*, sql_types::Bool};

use crate::{
    accounts::staff::Branch,
    db::{Conn, DbError, Stamp, Stretch, schema::release_acts},
    platform::Moment,
};

/// What is recorded, as it can be asked for.
pub const ACTS: [&str; 16] = [
    "applied",
    "admitted",
    "refused",
    "uploaded",
    "checked",
    "faulty",
    "submitted",
    "returned",
    "approved",
    "released",
    "live",
    "rolled-back",
    "withdrawn",
    "installed",
    "suspended",
    "reopened",
];

/// Something that was done, from which branch.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Logged {
    pub slug: String,
    pub act: String,
    pub by: String,
    pub branch: String,
    pub words: String,
    at: Stamp,
}

impl Logged {
    pub fn at(&self) -> Moment {
        self.at.moment()
    }
}

macro_rules! acts_from {
    ($branch:expr, $by:expr, $act:expr, $stretch:expr) => {{
        let (anybody, anything) = ($by.is_none(), $act.is_none());
        release_acts::table
            .filter(release_acts::branch.like($branch.pattern()))
            .filter(release_acts::at.ge(Stamp::from($stretch.from)))
            .filter(release_acts::at.lt(Stamp::from($stretch.until)))
            .filter(anybody.into_sql::<Bool>().or(release_acts::actor.eq($by.unwrap_or_default().to_owned())))
            .filter(anything.into_sql::<Bool>().or(release_acts::act.eq($act.unwrap_or_default().to_owned())))
    }};
}

/// A stretch of what was done from a branch and its parts: by one person or by all, one act or all; and how much there is.
pub fn lines(
    c: &mut Conn,
    branch: &Branch,
    (by, act): (Option<&str>, Option<&str>),
    stretch: &Stretch,
) -> Result<(Vec<Logged>, i64), DbError> {
    let all: i64 = acts_from!(branch, by, act, stretch).count().get_result(c)?;
    let found = acts_from!(branch, by, act, stretch).offset(stretch.skip).limit(stretch.most).select((
        release_acts::slug,
        release_acts::act,
        release_acts::actor,
        release_acts::branch,
        release_acts::words,
        release_acts::at,
    ));
    let rows = if stretch.oldest_first {
        found.order((release_acts::at, release_acts::id)).load(c)?
    } else {
        found.order((release_acts::at.desc(), release_acts::id.desc())).load(c)?
    };
    Ok((rows, all))
}
