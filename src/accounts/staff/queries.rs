//! Reading accounts of staff. The branch somebody may see is part of every query.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::{Branch, Role, StaffError, Standing};
use crate::{
    db::{
        Conn, DbError, Sealed, Stamp,
        schema::{branches, staff_acts, staff_members},
    },
    ledger::StaffId,
    platform::{Moment, keys::KeyRing},
    web::session::Signed,
};

/// A member of staff.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = staff_members)]
pub struct Member {
    pub id: StaffId,
    pub(super) branch: String,
    pub(super) role: String,
    pub login: String,
    pub(super) name: Sealed,
    pub state: String,
    pub(super) ends_at: Option<Stamp>,
}

impl Member {
    pub fn branch(&self) -> Branch {
        Branch::kept(&self.branch)
    }

    pub fn role(&self) -> Role {
        // The database lets nothing else in; were it otherwise, the weakest.
        Role::named(&self.role).unwrap_or(Role::Helper)
    }

    pub fn standing(&self) -> Standing {
        Standing { role: self.role(), branch: self.branch() }
    }

    pub fn name(&self, ring: &KeyRing) -> Result<String, StaffError> {
        Ok(self.name.open(ring, &name_place(self.id))?)
    }

    pub fn ends_at(&self) -> Option<Moment> {
        self.ends_at.map(Stamp::moment)
    }

    pub fn is_over(&self, now: Moment) -> bool {
        self.state == "ended" || self.ends_at().is_some_and(|at| at <= now)
    }
}

pub(super) fn name_place(id: StaffId) -> String {
    format!("staff.name/{id}")
}

pub(super) fn totp_place(id: StaffId) -> String {
    format!("staff.totp/{id}")
}

/// Everybody of a branch and its parts.
pub fn in_branch(c: &mut Conn, branch: &Branch) -> Result<Vec<Member>, DbError> {
    Ok(staff_members::table
        .filter(staff_members::branch.like(branch.pattern()))
        .order((staff_members::branch, staff_members::login))
        .limit(1000)
        .select(Member::as_select())
        .load(c)?)
}

/// One of a branch. Somebody of another branch is as unknown as nobody.
pub fn one_of(c: &mut Conn, branch: &Branch, id: StaffId) -> Result<Member, StaffError> {
    let found = staff_members::table
        .filter(staff_members::id.eq(id))
        .filter(staff_members::branch.like(branch.pattern()))
        .select(Member::as_select())
        .first(c)
        .optional()?;
    found.ok_or(StaffError::Unknown)
}

/// Whoever this is, in whatever branch: for work that passes between people.
pub fn by_id(c: &mut Conn, id: StaffId) -> Result<Option<Member>, DbError> {
    let found = staff_members::table.filter(staff_members::id.eq(id));
    Ok(found.select(Member::as_select()).first(c).optional()?)
}

/// Where in the tree agencies stand: under their public names, in branches that the city added. One that is not in the
/// tree, or of which there are two, has nobody of its own: what concerns it is seen by those of the city.
pub struct Places(HashMap<String, Option<Branch>>);

impl Places {
    pub fn of(&self, agency: &str) -> Option<Branch> {
        let flat = Branch::parse(agency).filter(|branch| *branch != Branch::city())?;
        Some(self.0.get(flat.last()).cloned().flatten().unwrap_or(flat))
    }
}

/// Where all agencies stand, for pages that show many.
pub fn places(c: &mut Conn) -> Result<Places, DbError> {
    let city = Branch::city();
    let paths: Vec<String> =
        branches::table.filter(branches::added_from.eq(city.as_str())).select(branches::path).load(c)?;
    let mut places = HashMap::with_capacity(paths.len());
    for branch in paths.iter().map(|path| Branch::kept(path)) {
        let name = branch.last().to_owned();
        places.entry(name).and_modify(|place| *place = None).or_insert(Some(branch));
    }
    Ok(Places(places))
}

/// The branch of one agency; the city's for what is no agency.
pub fn branch_of(c: &mut Conn, agency: &str) -> Result<Branch, DbError> {
    Ok(places(c)?.of(agency).unwrap_or_else(Branch::city))
}

/// Whoever has or had this login name: for the operator, who stands above all branches.
pub fn by_login(c: &mut Conn, login: &str) -> Result<Option<Member>, DbError> {
    let found = staff_members::table.filter(staff_members::login.eq(login));
    Ok(found.select(Member::as_select()).first(c).optional()?)
}

/// The branches within one, with their names.
pub fn branches_in(c: &mut Conn, branch: &Branch) -> Result<Vec<(Branch, String)>, DbError> {
    let rows: Vec<(String, String)> = branches::table
        .filter(branches::path.like(branch.pattern()))
        .order(branches::path)
        .select((branches::path, branches::name))
        .load(c)?;
    Ok(rows.into_iter().map(|(path, name)| (Branch::kept(&path), name)).collect())
}

/// Whether the account behind a session still stands as the session says. Asked before every page of staff, so
/// that an account ended or changed is out at once, and a helper's at its date.
pub fn present(c: &mut Conn, now: Moment, signed: &Signed) -> Result<Member, StaffError> {
    let id = StaffId::from(signed.subject);
    let found = staff_members::table
        .filter(staff_members::id.eq(id))
        .filter(staff_members::state.eq("active"))
        .select(Member::as_select())
        .first(c)
        .optional()?;
    let member: Member = found.ok_or(StaffError::Gone)?;
    let same = Standing::of(signed).is_some_and(|standing| standing == member.standing());
    if same && !member.is_over(now) { Ok(member) } else { Err(StaffError::Gone) }
}

/// What was done to an account: by whom, what, when; the latest first. By nobody: from the command line.
#[derive(Debug, Clone, Queryable)]
pub struct StaffAct {
    pub actor: Option<StaffId>,
    pub act: String,
    pub detail: String,
    pub at: Stamp,
}

/// The record of an account of one's branch.
pub fn history(c: &mut Conn, branch: &Branch, id: StaffId) -> Result<Vec<StaffAct>, StaffError> {
    one_of(c, branch, id)?;
    Ok(staff_acts::table
        .filter(staff_acts::subject.eq(id))
        .order((staff_acts::at.desc(), staff_acts::id.desc()))
        .limit(100)
        .select((staff_acts::actor, staff_acts::act, staff_acts::detail, staff_acts::at))
        .load(c)?)
}
