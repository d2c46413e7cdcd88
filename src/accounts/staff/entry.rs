//! How members of staff prove who they are: a password and, always, an app or a recovery code.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use diesel::prelude::*;

use super::{
    actions::record,
    model::StaffError,
    queries::{self, Member},
};
use crate::{
    accounts::{masking, totp},
    db::{
        Conn, DbError, Sealed, Stamp,
        schema::{staff_members, staff_recovery_codes},
    },
    ledger::StaffId,
    platform::{Moment, keys::KeyRing, random},
    web::session::{self, Realm, SessionId, Signed, Token},
};

const RECOVERY_CODES: usize = 10;
/// Place of the secret that a joining form carries, sealed, until the first code proves that it was taken.
const JOINING: &str = "staff.joining";

/// The kept hash of somebody's password; absent where nobody signs in by that name.
pub fn password_of(c: &mut Conn, login: &str) -> Result<Option<String>, DbError> {
    Ok(staff_members::table
        .filter(staff_members::login.eq(login))
        .filter(staff_members::state.eq("active"))
        .select(staff_members::password_hash)
        .first::<Option<String>>(c)
        .optional()?
        .flatten())
}

/// Begins a session for whoever knew the password, if the second proof is right too. A code counts once.
pub fn enter(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    login: &str,
    code: &str,
    device: &str,
    old: Option<&Token>,
) -> Result<Token, StaffError> {
    let (member, method) = second_proof(c, ring, now, login, code)?;
    let signed = Signed {
        realm: Realm::Staff,
        subject: member.id.uuid(),
        level: 0,
        methods: vec!["pwd".to_owned(), method.to_owned()],
        proved_at: now,
        name: masking::name(&member.name(ring)?),
        acting: None,
        role: Some(member.standing().to_string()),
    };
    Ok(match old {
        Some(old) => session::begin_anew(c, now, old, &signed, device)?,
        None => session::begin(c, now, &signed, device)?.1,
    })
}

/// Takes a code of somebody's app, or a recovery code. It counts once.
fn second_proof(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    login: &str,
    code: &str,
) -> Result<(Member, &'static str), StaffError> {
    let found: Option<(Member, Option<Sealed>, i64)> = staff_members::table
        .filter(staff_members::login.eq(login))
        .filter(staff_members::state.eq("active"))
        .select((Member::as_select(), staff_members::totp, staff_members::last_step))
        .first(c)
        .optional()?;
    let (member, kept, last) = found.ok_or(StaffError::Wrong)?;
    if member.is_over(now) {
        return Err(StaffError::Wrong);
    }
    let secret = kept.ok_or(StaffError::Wrong)?.open(ring, &queries::totp_place(member.id))?;
    match totp::check(&secret, code, now, last) {
        Some(step) => {
            let fresh = staff_members::table
                .filter(staff_members::id.eq(member.id))
                .filter(staff_members::last_step.lt(step));
            let taken = diesel::update(fresh).set(staff_members::last_step.eq(step)).execute(c)? == 1;
            if taken { Ok((member, "totp")) } else { Err(StaffError::Wrong) }
        }
        None if use_recovery_code(c, ring, member.id, code)? => Ok((member, "recovery")),
        None => Err(StaffError::Wrong),
    }
}

/// Another password, for whoever proves the second factor once more. All other sessions end.
pub fn change_password(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    login: &str,
    code: &str,
    hash: &str,
    here: SessionId,
) -> Result<(), StaffError> {
    let (member, _) = second_proof(c, ring, now, login, code)?;
    diesel::update(staff_members::table.filter(staff_members::id.eq(member.id)))
        .set((staff_members::password_hash.eq(Some(hash)), staff_members::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    session::end_of(c, Realm::Staff, member.id.uuid(), None, Some(here))?;
    record(c, now, Some(member.id), member.id, "password", "")
}

/// Fresh recovery codes, for whoever proves the second factor once more.
pub fn change_recovery_codes(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    login: &str,
    code: &str,
) -> Result<Vec<String>, StaffError> {
    let (member, _) = second_proof(c, ring, now, login, code)?;
    record(c, now, Some(member.id), member.id, "codes", "")?;
    new_recovery_codes(c, ring, member.id)
}

fn use_recovery_code(c: &mut Conn, ring: &KeyRing, id: StaffId, code: &str) -> Result<bool, DbError> {
    let row = staff_recovery_codes::table
        .filter(staff_recovery_codes::staff_id.eq(id))
        .filter(staff_recovery_codes::code_hash.eq(code_hash(ring, id, code)));
    Ok(diesel::delete(row).execute(c)? == 1)
}

fn code_hash(ring: &KeyRing, id: StaffId, code: &str) -> Vec<u8> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    ring.lookup("staff_recovery_codes", format!("{id}/{}", plain.to_ascii_uppercase()).as_bytes()).to_vec()
}

/// Fresh recovery codes in place of all earlier ones: the only time they can be seen.
pub(super) fn new_recovery_codes(
    c: &mut Conn,
    ring: &KeyRing,
    id: StaffId,
) -> Result<Vec<String>, StaffError> {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    diesel::delete(staff_recovery_codes::table.filter(staff_recovery_codes::staff_id.eq(id))).execute(c)?;
    let mut codes = Vec::new();
    for _ in 0..RECOVERY_CODES {
        let bytes: [u8; 10] = random::bytes().map_err(crate::platform::keys::KeyError::from)?;
        let letters: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
        let code = format!("{}-{}", &letters[..5], &letters[5..]);
        diesel::insert_into(staff_recovery_codes::table)
            .values((
                staff_recovery_codes::staff_id.eq(id),
                staff_recovery_codes::code_hash.eq(code_hash(ring, id, &code)),
            ))
            .execute(c)?;
        codes.push(code);
    }
    Ok(codes)
}

/// A fresh secret for somebody who joins, and the form in which the page carries it.
pub fn new_secret(ring: &KeyRing) -> Result<(String, String), StaffError> {
    let secret = totp::new_secret()?;
    let carried = BASE64.encode(ring.seal(JOINING, secret.as_bytes())?);
    Ok((secret, carried))
}

/// The secret that a page carried.
pub fn carried_secret(ring: &KeyRing, carried: &str) -> Result<String, StaffError> {
    let sealed = BASE64.decode(carried).map_err(|_| StaffError::Unknown)?;
    let secret = ring.open_sealed(JOINING, &sealed).map_err(|_| StaffError::Unknown)?;
    String::from_utf8(secret).map_err(|_| StaffError::Unknown)
}
