//! Inviting members of staff, changing what they may do, and letting them go.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{
    handover::{Handovers, Held},
    model::{Branch, Role, StaffError, Standing},
    queries::{self, Member},
};
use crate::{
    db::{
        Conn, DbError, Sealed, Stamp,
        schema::{branches, staff_acts, staff_invitations, staff_members, staff_recovery_codes},
    },
    each, id,
    ledger::StaffId,
    platform::{Moment, keys::KeyRing, random},
    web::session::{self, Realm},
};

id! {
    /// An entry in the record of what was done to accounts of staff.
    StaffActId
}

/// An invitation not taken up by then is none any more.
const INVITED_FOR: TimeDelta = TimeDelta::hours(72);

/// Somebody to be invited.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub login: String,
    pub name: String,
    pub role: Role,
    pub branch: Branch,
    /// Compulsory for helpers.
    pub ends_at: Option<Moment>,
}

/// A random word for a link. Only its digest is kept.
pub(super) fn link_token() -> Result<(String, Vec<u8>), StaffError> {
    let bytes: [u8; 32] =
        random::bytes().map_err(|error| StaffError::Keys(crate::platform::keys::KeyError::from(error)))?;
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let hash = digest(&token);
    Ok((token, hash))
}

pub(super) fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A login name: letters, digits, dots and hyphens, capitals forgiven.
pub fn login_name(typed: &str) -> Option<String> {
    let login = typed.trim().to_ascii_lowercase();
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(&b);
    ((3..=40).contains(&login.len()) && login.bytes().all(plain)).then_some(login)
}

/// Adds a branch to the tree, below one that is there, from another: the city's for the operator. One that the city
/// adds stands for the agency of its name from now on, also where somebody below had added it.
pub fn add_branch(
    c: &mut Conn,
    now: Moment,
    from: &Branch,
    branch: &Branch,
    name: &str,
) -> Result<(), DbError> {
    let row = (
        branches::path.eq(branch.as_str()),
        branches::name.eq(name),
        branches::created_at.eq(Stamp::from(now)),
        branches::added_from.eq(from.as_str()),
    );
    each!(c, |c| diesel::insert_into(branches::table)
        .values(row)
        .on_conflict(branches::path)
        .do_nothing()
        .execute(c))?;
    if *from == Branch::city() {
        let known = branches::table.filter(branches::path.eq(branch.as_str()));
        diesel::update(known).set(branches::added_from.eq(from.as_str())).execute(c)?;
    }
    Ok(())
}

/// Invites somebody and answers with the word of the link, which is seen only now. `by` is nobody when the
/// operator does it from the command line.
pub fn invite(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    by: Option<&Member>,
    invitation: &Invitation,
) -> Result<(StaffId, String), StaffError> {
    allowed(by, invitation.role, &invitation.branch)?;
    let ends = invitation.ends_at;
    if ends.is_some_and(|at| at <= now) || (invitation.role == Role::Helper && ends.is_none()) {
        return Err(StaffError::Term);
    }
    let id = StaffId::new();
    let name = Sealed::new(ring, &queries::name_place(id), &invitation.name)?;
    let inserted = diesel::insert_into(staff_members::table)
        .values((
            staff_members::id.eq(id),
            staff_members::branch.eq(invitation.branch.as_str()),
            staff_members::role.eq(invitation.role.tag()),
            staff_members::login.eq(&invitation.login),
            staff_members::name.eq(name),
            staff_members::state.eq("invited"),
            staff_members::last_step.eq(0_i64),
            staff_members::ends_at.eq(ends.map(Stamp::from)),
            staff_members::created_at.eq(Stamp::from(now)),
            staff_members::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c);
    match inserted.map_err(DbError::from) {
        Ok(_) => {}
        Err(DbError::Conflict(_)) => return Err(StaffError::Taken),
        Err(error) => return Err(error.into()),
    }
    let standing = Standing { role: invitation.role, branch: invitation.branch.clone() };
    record(c, now, by.map(|by| by.id), id, "invited", &standing.to_string())?;
    Ok((id, new_link(c, now, id)?))
}

/// A new link in place of any earlier one.
fn new_link(c: &mut Conn, now: Moment, id: StaffId) -> Result<String, StaffError> {
    let (token, hash) = link_token()?;
    diesel::delete(staff_invitations::table.filter(staff_invitations::staff_id.eq(id))).execute(c)?;
    diesel::insert_into(staff_invitations::table)
        .values((
            staff_invitations::token_hash.eq(hash),
            staff_invitations::staff_id.eq(id),
            staff_invitations::ends_at.eq(Stamp::from(now + INVITED_FOR)),
        ))
        .execute(c)?;
    Ok(token)
}

/// Somebody lost the app or the password: everything they proved themselves with ends, and a new link begins.
pub fn invite_again(c: &mut Conn, now: Moment, by: &Member, id: StaffId) -> Result<String, StaffError> {
    let member = managed(c, by, id)?;
    begin_anew(c, now, Some(by.id), &member)
}

/// The same, done by the operator on their own machine.
pub fn invite_anew(c: &mut Conn, now: Moment, member: &Member) -> Result<String, StaffError> {
    begin_anew(c, now, None, member)
}

fn begin_anew(c: &mut Conn, now: Moment, by: Option<StaffId>, member: &Member) -> Result<String, StaffError> {
    let id = member.id;
    if member.is_over(now) {
        return Err(StaffError::Unknown);
    }
    let forgotten = (
        staff_members::state.eq("invited"),
        staff_members::password_hash.eq(None::<String>),
        staff_members::totp.eq(None::<Sealed>),
        staff_members::changed_at.eq(Stamp::from(now)),
    );
    // One that was ended at the same moment stays ended.
    let known =
        staff_members::table.filter(staff_members::id.eq(id)).filter(staff_members::state.ne("ended"));
    if diesel::update(known).set(forgotten).execute(c)? != 1 {
        return Err(StaffError::Unknown);
    }
    diesel::delete(staff_recovery_codes::table.filter(staff_recovery_codes::staff_id.eq(id))).execute(c)?;
    sign_out_everywhere(c, id)?;
    record(c, now, by, id, "invited-again", "")?;
    new_link(c, now, id)
}

/// Whoever an invitation is for, while it holds.
pub fn invited(c: &mut Conn, now: Moment, token: &str) -> Result<Member, StaffError> {
    let found = staff_invitations::table
        .inner_join(staff_members::table.on(staff_members::id.eq(staff_invitations::staff_id)))
        .filter(staff_invitations::token_hash.eq(digest(token)))
        .filter(staff_invitations::ends_at.gt(Stamp::from(now)))
        .filter(staff_members::state.eq("invited"))
        .select(Member::as_select())
        .first(c)
        .optional()?;
    found.ok_or(StaffError::Unknown)
}

/// Takes up an invitation: password and app are set, and the link is gone. Answers with the recovery codes,
/// which are seen only now.
pub fn join(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    token: &str,
    password_hash: &str,
    secret: &str,
    step: i64,
) -> Result<Vec<String>, StaffError> {
    let member = invited(c, now, token)?;
    let sealed = Sealed::new(ring, &queries::totp_place(member.id), secret)?;
    // The account before what hangs on it, as whoever ends it or invites anew does, so that nobody waits for each other. One
    // that was ended at the same moment stays ended.
    let waiting = staff_members::table
        .filter(staff_members::id.eq(member.id))
        .filter(staff_members::state.eq("invited"));
    let begun = diesel::update(waiting)
        .set((
            staff_members::password_hash.eq(Some(password_hash)),
            staff_members::totp.eq(Some(sealed)),
            staff_members::last_step.eq(step),
            staff_members::state.eq("active"),
            staff_members::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    // The same link a second time, or one in whose place there is another: all of it is undone.
    let link = staff_invitations::table.filter(staff_invitations::token_hash.eq(digest(token)));
    if begun != 1 || diesel::delete(link).execute(c)? != 1 {
        return Err(StaffError::Unknown);
    }
    record(c, now, Some(member.id), member.id, "joined", "")?;
    super::entry::new_recovery_codes(c, ring, member.id)
}

/// Gives somebody another role or branch. Their sessions end: they begin again with what holds now.
pub fn change(
    c: &mut Conn,
    now: Moment,
    by: &Member,
    id: StaffId,
    role: Role,
    branch: &Branch,
    ends_at: Option<Moment>,
) -> Result<(), StaffError> {
    managed(c, by, id)?;
    allowed(Some(by), role, branch)?;
    if ends_at.is_some_and(|at| at <= now) || (role == Role::Helper && ends_at.is_none()) {
        return Err(StaffError::Term);
    }
    diesel::update(staff_members::table.filter(staff_members::id.eq(id)))
        .set((
            staff_members::role.eq(role.tag()),
            staff_members::branch.eq(branch.as_str()),
            staff_members::ends_at.eq(ends_at.map(Stamp::from)),
            staff_members::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    sign_out_everywhere(c, id)?;
    record(c, now, Some(by.id), id, "changed", &Standing { role, branch: branch.clone() }.to_string())
}

/// What somebody still holds, in every room.
pub fn held(c: &mut Conn, handovers: &Handovers, id: StaffId) -> Result<Vec<Held>, DbError> {
    handovers.held(c, id)
}

/// Passes everything somebody holds to a colleague of the same branch as far as `by` can see.
pub fn hand_over(
    c: &mut Conn,
    handovers: &Handovers,
    now: Moment,
    by: &Member,
    from: StaffId,
    to: StaffId,
) -> Result<(), StaffError> {
    managed(c, by, from)?;
    let successor = queries::one_of(c, &by.branch(), to)?;
    if from == to || !successor.may_be_given_work(now) {
        return Err(StaffError::Unknown);
    }
    handovers.pass(c, now, from, to)?;
    record(c, now, Some(by.id), from, "handed-over", &to.to_string())
}

/// Ends an account for good. Not while it holds work: that is handed over first. What it did stays on record
/// under its name.
pub fn end(
    c: &mut Conn,
    handovers: &Handovers,
    now: Moment,
    by: &Member,
    id: StaffId,
) -> Result<(), StaffError> {
    managed(c, by, id)?;
    if !handovers.held(c, id)?.is_empty() {
        return Err(StaffError::StillHolding);
    }
    diesel::update(staff_members::table.filter(staff_members::id.eq(id)))
        .set((
            staff_members::state.eq("ended"),
            staff_members::password_hash.eq(None::<String>),
            staff_members::totp.eq(None::<Sealed>),
            staff_members::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    diesel::delete(staff_invitations::table.filter(staff_invitations::staff_id.eq(id))).execute(c)?;
    diesel::delete(staff_recovery_codes::table.filter(staff_recovery_codes::staff_id.eq(id))).execute(c)?;
    sign_out_everywhere(c, id)?;
    record(c, now, Some(by.id), id, "ended", "")
}

/// Somebody whom `by` may change: within the branch, not stronger, not themself, so that somebody always
/// remains who can.
fn managed(c: &mut Conn, by: &Member, id: StaffId) -> Result<Member, StaffError> {
    let member = queries::one_of(c, &by.branch(), id)?;
    if member.id == by.id || !by.role().may_give(member.role()) {
        return Err(StaffError::NotAllowed);
    }
    if member.state == "ended" { Err(StaffError::Unknown) } else { Ok(member) }
}

fn allowed(by: Option<&Member>, role: Role, branch: &Branch) -> Result<(), StaffError> {
    let Some(by) = by else { return Ok(()) };
    if !by.branch().contains(branch) {
        return Err(StaffError::Unknown);
    }
    if by.role().may_give(role) { Ok(()) } else { Err(StaffError::NotAllowed) }
}

fn sign_out_everywhere(c: &mut Conn, id: StaffId) -> Result<(), DbError> {
    session::end_of(c, Realm::Staff, id.uuid(), None, None).map(|_| ())
}

pub fn record(
    c: &mut Conn,
    now: Moment,
    by: Option<StaffId>,
    subject: StaffId,
    act: &str,
    detail: &str,
) -> Result<(), StaffError> {
    diesel::insert_into(staff_acts::table)
        .values((
            staff_acts::id.eq(StaffActId::new()),
            staff_acts::actor.eq(by),
            staff_acts::subject.eq(subject),
            staff_acts::act.eq(act),
            staff_acts::detail.eq(detail),
            staff_acts::at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}
