//! One-time codes, and small things kept between two steps of a form.
//!
//! A code is six digits sent to a telephone or mailbox. What it was asked for is kept beside it, encrypted, and
//! handed out once, to whoever brings the code. Five wrong tries or ten minutes end it.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use subtle::ConstantTimeEq as _;

use super::{
    AccountError,
    model::Reach,
    sending::{self, Message},
};
use crate::{
    db::{Conn, DbError, Sealed, Stamp, schema::one_time_codes},
    id,
    jobs::{Job, Priority},
    platform::{Lang, Moment, keys::KeyRing, random},
};

id! {
    /// A code that was asked for. Knowing it is not knowing the code.
    CodeId
}

const LIFE: TimeDelta = TimeDelta::minutes(10);
const TRIES: i32 = 5;

/// What came of bringing a code.
#[derive(Debug, PartialEq, Eq)]
pub enum Redeemed<T> {
    /// It is right, and used up by this.
    Right(T),
    /// It is wrong; so many tries are left.
    Wrong(i32),
    /// It was used, its time is over, or there never was one.
    Gone,
}

/// Sends a code, and keeps what it is for.
pub fn issue<T: Serialize>(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    purpose: &str,
    reach: &Reach,
    lang: Lang,
    carries: &T,
) -> Result<CodeId, AccountError> {
    let code = six_digits()?;
    let id = put(c, ring, now, purpose, &code, carries)?;
    let message = Message {
        to: reach.as_str().to_owned(),
        code,
        lang: sending::tag(lang),
        purpose: purpose.to_owned(),
    };
    sending::send_code(c, ring, now, reach, &message, now + LIFE)?;
    Ok(id)
}

/// The same without sending anything: where no code may be sent, what follows still looks alike.
pub fn decoy<T: Serialize>(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    purpose: &str,
    carries: &T,
) -> Result<CodeId, AccountError> {
    // Not six digits, so nothing that can be typed is right.
    put(c, ring, now, purpose, "none", carries)
}

/// Keeps something for the next step of a form, to be had once by its id.
pub fn keep<T: Serialize>(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    purpose: &str,
    carries: &T,
) -> Result<CodeId, AccountError> {
    put(c, ring, now, purpose, "kept", carries)
}

/// What was kept. Nobody gets it twice.
pub fn take<T: DeserializeOwned>(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    purpose: &str,
    id: CodeId,
) -> Result<Option<T>, AccountError> {
    let Some(row) = find(c, now, purpose, id)? else { return Ok(None) };
    if !same(&row.0, &hash(ring, id, "kept")) {
        return Ok(None);
    }
    Ok(if forget(c, id)? { open(ring, id, &row.1) } else { None })
}

/// Looks at what was kept without taking it.
pub fn peek<T: DeserializeOwned>(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    purpose: &str,
    id: CodeId,
) -> Result<Option<T>, AccountError> {
    Ok(find(c, now, purpose, id)?.and_then(|row| open(ring, id, &row.1)))
}

/// Takes a code. Every try is counted in the same transaction, so commit whatever this answers.
pub fn redeem<T: DeserializeOwned>(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    purpose: &str,
    id: CodeId,
    code: &str,
) -> Result<Redeemed<T>, AccountError> {
    // Counted before it is looked at: of many tries at the same moment each is one of the five.
    let open_still = one_time_codes::table
        .filter(one_time_codes::id.eq(id))
        .filter(one_time_codes::purpose.eq(purpose))
        .filter(one_time_codes::ends_at.gt(Stamp::from(now)))
        .filter(one_time_codes::tries.lt(TRIES));
    let counted =
        diesel::update(open_still).set(one_time_codes::tries.eq(one_time_codes::tries + 1)).execute(c)?;
    if counted != 1 {
        return Ok(Redeemed::Gone);
    }
    let Some((kept, carries, tries)) = find(c, now, purpose, id)? else { return Ok(Redeemed::Gone) };
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let right = digits.len() == 6 && same(&kept, &hash(ring, id, &digits));
    if !right && tries < TRIES {
        return Ok(Redeemed::Wrong(TRIES - tries));
    }
    if forget(c, id)? && right {
        return Ok(open(ring, id, &carries).map_or(Redeemed::Gone, Redeemed::Right));
    }
    Ok(Redeemed::Gone)
}

fn put<T: Serialize>(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    purpose: &str,
    code: &str,
    carries: &T,
) -> Result<CodeId, AccountError> {
    let id = CodeId::new();
    let plain = serde_json::to_string(carries).map_err(|_| AccountError::Hashing)?;
    diesel::insert_into(one_time_codes::table)
        .values((
            one_time_codes::id.eq(id),
            one_time_codes::purpose.eq(purpose),
            one_time_codes::code_hash.eq(hash(ring, id, code)),
            one_time_codes::carries.eq(Sealed::new(ring, &place(id), &plain)?),
            one_time_codes::tries.eq(0),
            one_time_codes::created_at.eq(Stamp::from(now)),
            one_time_codes::ends_at.eq(Stamp::from(now + LIFE)),
        ))
        .execute(c)?;
    Ok(id)
}

fn find(
    c: &mut Conn,
    now: Moment,
    purpose: &str,
    id: CodeId,
) -> Result<Option<(Vec<u8>, Sealed, i32)>, DbError> {
    Ok(one_time_codes::table
        .filter(one_time_codes::id.eq(id))
        .filter(one_time_codes::purpose.eq(purpose))
        .filter(one_time_codes::ends_at.gt(Stamp::from(now)))
        .select((one_time_codes::code_hash, one_time_codes::carries, one_time_codes::tries))
        .first(c)
        .optional()?)
}

/// `false`: it is gone already. Of two who bring it at the same moment, one is late.
fn forget(c: &mut Conn, id: CodeId) -> Result<bool, DbError> {
    let gone = diesel::delete(one_time_codes::table.filter(one_time_codes::id.eq(id))).execute(c)?;
    Ok(gone == 1)
}

fn open<T: DeserializeOwned>(ring: &KeyRing, id: CodeId, carries: &Sealed) -> Option<T> {
    serde_json::from_str(&carries.open(ring, &place(id)).ok()?).ok()
}

fn place(id: CodeId) -> String {
    format!("one_time_codes.carries/{id}")
}

fn hash(ring: &KeyRing, id: CodeId, code: &str) -> Vec<u8> {
    ring.sign("one-time-code", format!("{id}/{code}").as_bytes()).to_vec()
}

fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

fn six_digits() -> Result<String, AccountError> {
    let bytes: [u8; 8] = random::bytes().map_err(|_| AccountError::Hashing)?;
    Ok(format!("{:06}", u64::from_le_bytes(bytes) % 1_000_000))
}

/// Housekeeping: removes codes whose time is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "codes.sweep";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::hours(1);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Removes codes whose time is over.
pub fn sweep(c: &mut Conn, now: Moment) -> Result<usize, DbError> {
    Ok(diesel::delete(one_time_codes::table.filter(one_time_codes::ends_at.le(Stamp::from(now))))
        .execute(c)?)
}
