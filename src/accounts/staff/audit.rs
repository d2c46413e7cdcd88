//! What staff did among themselves and for the portal as a whole, as auditors read it: the branch of whoever did it is part
//! of every query.

use std::collections::HashMap;

use diesel::{prelude::*, sql_types::Bool};

use super::Branch;
use crate::{
    db::{
        Conn, DbError, Stamp, Stretch,
        schema::{staff_acts, staff_members},
    },
    ledger::StaffId,
    platform::Moment,
};

/// So many members of a branch are looked through.
const MOST: i64 = 20_000;

/// What is recorded, as it can be asked for.
pub const ACTS: [&str; 27] = [
    "invited",
    "invited-again",
    "joined",
    "changed",
    "assigned",
    "handed-over",
    "ended",
    "password",
    "codes",
    "notices-again",
    "job-redriven",
    "jobs-redriven",
    "job-discard-asked",
    "job-discard-refused",
    "job-discarded",
    "exported",
    "bulletin-published",
    "bulletin-ended",
    "policy-asked",
    "policy-approved",
    "policy-refused",
    "policy-withdrawn",
    "sanction-asked",
    "sanction-imposed",
    "sanction-refused",
    "sanction-withdrawn",
    "sanction-lifted",
];

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Done {
    /// By nobody: from the command line.
    pub by: Option<StaffId>,
    pub subject: StaffId,
    pub act: String,
    pub detail: String,
    at: Stamp,
}

impl Done {
    pub fn at(&self) -> Moment {
        self.at.moment()
    }
}

macro_rules! acts_of {
    ($actors:expr, $act:expr, $stretch:expr) => {{
        let (anybody, anything) = ($actors.is_none(), $act.is_none());
        let actors: Vec<Option<StaffId>> = $actors.unwrap_or_default().iter().copied().map(Some).collect();
        staff_acts::table
            .filter(staff_acts::at.ge(Stamp::from($stretch.from)))
            .filter(staff_acts::at.lt(Stamp::from($stretch.until)))
            .filter(anybody.into_sql::<Bool>().or(staff_acts::actor.eq_any(actors)))
            .filter(anything.into_sql::<Bool>().or(staff_acts::act.eq($act.unwrap_or_default().to_owned())))
    }};
}

/// A stretch of what was done by some of the staff, or by all and from the command line; of one act or of all; and how much
/// there is.
pub fn done(
    c: &mut Conn,
    actors: Option<&[StaffId]>,
    act: Option<&str>,
    stretch: &Stretch,
) -> Result<(Vec<Done>, i64), DbError> {
    let all: i64 = acts_of!(actors, act, stretch).count().get_result(c)?;
    let found = acts_of!(actors, act, stretch).offset(stretch.skip).limit(stretch.most).select((
        staff_acts::actor,
        staff_acts::subject,
        staff_acts::act,
        staff_acts::detail,
        staff_acts::at,
    ));
    let rows = if stretch.oldest_first {
        found.order((staff_acts::at, staff_acts::id)).load(c)?
    } else {
        found.order((staff_acts::at.desc(), staff_acts::id.desc())).load(c)?
    };
    Ok((rows, all))
}

/// Who works or worked in a branch and its parts, or the one of them with this login name.
pub fn people_of(
    c: &mut Conn,
    branch: &Branch,
    login: Option<&str>,
) -> Result<Vec<(StaffId, String)>, DbError> {
    let anybody = login.is_none();
    Ok(staff_members::table
        .filter(staff_members::branch.like(branch.pattern()))
        .filter(anybody.into_sql::<Bool>().or(staff_members::login.eq(login.unwrap_or_default())))
        .order(staff_members::login)
        .limit(MOST)
        .select((staff_members::id, staff_members::login))
        .load(c)?)
}

/// The login names of these, with their branches.
pub fn logins(c: &mut Conn, ids: &[StaffId]) -> Result<HashMap<StaffId, (String, Branch)>, DbError> {
    let rows: Vec<(StaffId, String, String)> = staff_members::table
        .filter(staff_members::id.eq_any(ids))
        .select((staff_members::id, staff_members::login, staff_members::branch))
        .load(c)?;
    Ok(rows.into_iter().map(|(id, login, branch)| (id, (login, Branch::kept(&branch)))).collect())
}
