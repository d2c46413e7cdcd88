//! What a branch tells its own people: each confirms that they read it, and whoever said it sees which units have not.

use std::collections::HashMap;

use diesel::{dsl::count_star, prelude::*};

use super::{Branch, Member, StaffError, branches_in};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{circular_reads, circulars, staff_members},
    },
    each, id,
    ledger::StaffId,
    platform::Moment,
};

id! {
    /// A circular.
    CircularId
}

/// So many are listed.
const MOST: i64 = 200;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = circulars)]
pub struct Circular {
    pub id: CircularId,
    branch: String,
    pub author: StaffId,
    pub title: String,
    pub body: String,
    pub said_at: Stamp,
    taken_back_at: Option<Stamp>,
}

impl Circular {
    /// For whom it is, with everything below.
    pub fn branch(&self) -> Branch {
        Branch::kept(&self.branch)
    }

    pub const fn is_taken_back(&self) -> bool {
        self.taken_back_at.is_some()
    }

    fn is_for(&self, member: &Member) -> bool {
        self.branch().contains(&member.branch())
    }
}

/// How far it got in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    pub branch: Branch,
    pub name: String,
    pub people: i64,
    pub read: i64,
}

/// Tells a branch, and everything below it, something.
pub fn say(
    c: &mut Conn,
    now: Moment,
    by: &Member,
    branch: &Branch,
    (title, body): (&str, &str),
) -> Result<CircularId, StaffError> {
    if !by.branch().contains(branch) {
        return Err(StaffError::Unknown);
    }
    let id = CircularId::new();
    diesel::insert_into(circulars::table)
        .values((
            circulars::id.eq(id),
            circulars::branch.eq(branch.as_str()),
            circulars::author.eq(by.id),
            circulars::title.eq(title),
            circulars::body.eq(body),
            circulars::said_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(id)
}

/// A branch, and all above it: whatever is for one of them is for its people.
fn above(branch: &Branch) -> Vec<String> {
    let mut paths = vec![branch.as_str().to_owned()];
    let mut here = branch.parent();
    while let Some(branch) = here {
        paths.push(branch.as_str().to_owned());
        here = branch.parent();
    }
    paths
}

/// What somebody was told, the newest first, each with whether they confirmed it.
pub fn told(c: &mut Conn, member: &Member) -> Result<Vec<(Circular, bool)>, DbError> {
    let all: Vec<Circular> = circulars::table
        .filter(circulars::branch.eq_any(above(&member.branch())))
        .filter(circulars::taken_back_at.is_null())
        .order(circulars::id.desc())
        .limit(MOST)
        .select(Circular::as_select())
        .load(c)?;
    let ids: Vec<CircularId> = all.iter().map(|one| one.id).collect();
    let read: Vec<CircularId> = circular_reads::table
        .filter(circular_reads::staff_id.eq(member.id))
        .filter(circular_reads::circular_id.eq_any(ids))
        .select(circular_reads::circular_id)
        .load(c)?;
    Ok(all.into_iter().map(|one| (read.contains(&one.id), one)).map(|(read, one)| (one, read)).collect())
}

/// How many of them somebody has not confirmed.
pub fn unread(c: &mut Conn, member: &Member) -> Result<i64, DbError> {
    let read = circular_reads::table
        .filter(circular_reads::staff_id.eq(member.id))
        .select(circular_reads::circular_id);
    Ok(circulars::table
        .filter(circulars::branch.eq_any(above(&member.branch())))
        .filter(circulars::taken_back_at.is_null())
        .filter(circulars::id.ne_all(read))
        .count()
        .get_result(c)?)
}

/// What was said to the branches of somebody's own, the newest first: for whoever manages them.
pub fn said(c: &mut Conn, member: &Member) -> Result<Vec<Circular>, DbError> {
    Ok(circulars::table
        .filter(circulars::branch.like(member.branch().pattern()))
        .order(circulars::id.desc())
        .limit(MOST)
        .select(Circular::as_select())
        .load(c)?)
}

/// One that is for somebody, or for people whom they manage. Others are as unknown as none.
pub fn one(c: &mut Conn, member: &Member, manages: bool, id: CircularId) -> Result<Circular, StaffError> {
    let found: Option<Circular> =
        circulars::table.find(id).select(Circular::as_select()).first(c).optional()?;
    let sees = |one: &Circular| {
        (one.is_for(member) && !one.is_taken_back()) || (manages && member.branch().contains(&one.branch()))
    };
    found.filter(sees).ok_or(StaffError::Unknown)
}

/// Whether somebody confirmed one.
pub fn is_read(c: &mut Conn, member: &Member, id: CircularId) -> Result<bool, DbError> {
    let theirs = circular_reads::table.find((id, member.id));
    Ok(diesel::select(diesel::dsl::exists(theirs)).get_result(c)?)
}

/// Confirms that somebody read one that is for them. Twice is once.
pub fn read(c: &mut Conn, now: Moment, member: &Member, id: CircularId) -> Result<(), StaffError> {
    let circular = one(c, member, false, id)?;
    let row = (
        circular_reads::circular_id.eq(circular.id),
        circular_reads::staff_id.eq(member.id),
        circular_reads::read_at.eq(Stamp::from(now)),
    );
    each!(c, |c| diesel::insert_into(circular_reads::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Takes one back: nobody is shown it any more but those who manage its branch.
pub fn take_back(c: &mut Conn, now: Moment, member: &Member, id: CircularId) -> Result<(), StaffError> {
    let circular = one(c, member, true, id)?;
    if !member.branch().contains(&circular.branch()) {
        return Err(StaffError::NotAllowed);
    }
    diesel::update(circulars::table.find(id).filter(circulars::taken_back_at.is_null()))
        .set(circulars::taken_back_at.eq(Some(Stamp::from(now))))
        .execute(c)?;
    Ok(())
}

/// How far one got, unit by unit: those who work there now, and how many of them confirmed it.
pub fn reach(c: &mut Conn, now: Moment, circular: &Circular) -> Result<Vec<Reach>, DbError> {
    let working = || {
        staff_members::table
            .filter(staff_members::branch.like(circular.branch().pattern()))
            .filter(staff_members::state.eq("active"))
            .filter(staff_members::ends_at.is_null().or(staff_members::ends_at.gt(Stamp::from(now))))
    };
    let people: Vec<(String, i64)> = working()
        .group_by(staff_members::branch)
        .order(staff_members::branch)
        .select((staff_members::branch, count_star()))
        .load(c)?;
    let readers = circular_reads::table
        .filter(circular_reads::circular_id.eq(circular.id))
        .select(circular_reads::staff_id);
    let read: Vec<(String, i64)> = working()
        .filter(staff_members::id.eq_any(readers))
        .group_by(staff_members::branch)
        .select((staff_members::branch, count_star()))
        .load(c)?;
    let read: HashMap<String, i64> = read.into_iter().collect();
    let names = branches_in(c, &circular.branch())?;
    let name = |path: &str| {
        let known = names.iter().find(|(branch, _)| branch.as_str() == path);
        known.map_or_else(|| path.to_owned(), |(_, name)| name.clone())
    };
    let reach = |(path, people): (String, i64)| Reach {
        name: name(&path),
        read: read.get(&path).copied().unwrap_or(0),
        branch: Branch::kept(&path),
        people,
    };
    Ok(people.into_iter().map(reach).collect())
}
