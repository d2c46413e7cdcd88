//! What people prove themselves with. Secrets are sealed with the ring for the very row they stand in.

use diesel::prelude::*;

use super::{AccountError, totp};
use crate::{
    db::{
        Conn, DbError, Sealed, Stamp,
        schema::{citizens, credentials},
    },
    id,
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing, random},
};

id! {
    /// A password, an app, a passkey, a recovery code.
    CredentialId
}

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

/// A credential as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Held {
    pub id: CredentialId,
    pub kind: String,
    pub label: String,
    pub created_at: Stamp,
    pub used_at: Option<Stamp>,
}

/// Everything a person can prove themselves with.
pub fn held(c: &mut Conn, citizen: CitizenId) -> Result<Vec<Held>, DbError> {
    Ok(credentials::table
        .filter(credentials::citizen_id.eq(citizen))
        .order(credentials::id)
        .select((
            credentials::id,
            credentials::kind,
            credentials::label,
            credentials::created_at,
            credentials::used_at,
        ))
        .load(c)?)
}

/// Sets the password, in place of an earlier one.
pub fn set_password(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    hash: &str,
) -> Result<(), AccountError> {
    remove_kind(c, citizen, "password")?;
    put(c, ring, now, citizen, "password", None, hash, "")?;
    Ok(())
}

/// The hash of the password, if there is one.
pub fn password_of(c: &mut Conn, ring: &KeyRing, citizen: CitizenId) -> Result<Option<String>, AccountError> {
    Ok(secrets(c, ring, citizen, "password")?.pop().map(|(_, secret, _)| secret))
}

/// Sets the app that makes one-time passwords, and answers with fresh recovery codes: the only time they can be
/// seen.
pub fn set_totp(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    secret: &str,
    step: i64,
) -> Result<Vec<String>, AccountError> {
    remove_kind(c, citizen, "totp")?;
    let id = put(c, ring, now, citizen, "totp", None, secret, "")?;
    diesel::update(row(citizen, id)).set(credentials::last_step.eq(step)).execute(c)?;
    new_recovery_codes(c, ring, now, citizen)
}

/// Fresh recovery codes in place of all earlier ones.
pub fn new_recovery_codes(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
) -> Result<Vec<String>, AccountError> {
    remove_kind(c, citizen, "recovery")?;
    (0..RECOVERY_CODES)
        .map(|_| {
            let code = recovery_code()?;
            let lookup = recovery_lookup(ring, citizen, &code);
            put(c, ring, now, citizen, "recovery", Some(lookup), "", "")?;
            Ok(code)
        })
        .collect()
}

/// Whether the person has set up a second factor.
pub fn has_totp(c: &mut Conn, citizen: CitizenId) -> Result<bool, DbError> {
    let count: i64 = of_kind(citizen, "totp").count().get_result(c)?;
    Ok(count > 0)
}

/// Takes a one-time password or a recovery code. Neither counts twice.
pub fn second_factor(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    typed: &str,
) -> Result<bool, AccountError> {
    if let Some((id, secret, last)) = secrets(c, ring, citizen, "totp")?.pop()
        && let Some(step) = totp::check(&secret, typed, now, last)
    {
        // Only from the step before: of two who bring the same code at once, one is late.
        let taken = diesel::update(row(citizen, id).filter(credentials::last_step.lt(step)))
            .set((credentials::last_step.eq(step), credentials::used_at.eq(Some(Stamp::from(now)))))
            .execute(c)?;
        return Ok(taken == 1);
    }
    let lookup = recovery_lookup(ring, citizen, typed);
    let used = diesel::delete(
        credentials::table
            .filter(credentials::citizen_id.eq(citizen))
            .filter(credentials::kind.eq("recovery"))
            .filter(credentials::lookup.eq(lookup)),
    )
    .execute(c)?;
    Ok(used == 1)
}

/// Adds a passkey. `lookup` is its own id.
pub fn add_passkey(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    lookup: &[u8],
    passkey: &str,
    label: &str,
) -> Result<(), AccountError> {
    put(c, ring, now, citizen, "passkey", Some(lookup.to_vec()), passkey, label)?;
    Ok(())
}

/// The passkeys of a person, as the library writes them.
pub fn passkeys(
    c: &mut Conn,
    ring: &KeyRing,
    citizen: CitizenId,
) -> Result<Vec<(CredentialId, String)>, AccountError> {
    Ok(secrets(c, ring, citizen, "passkey")?.into_iter().map(|(id, secret, _)| (id, secret)).collect())
}

/// Notes that a passkey was used, with its counter moved on.
pub fn passkey_used(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    id: CredentialId,
    passkey: &str,
) -> Result<(), AccountError> {
    let secret = Sealed::new(ring, &place(citizen, id), passkey)?;
    diesel::update(row(citizen, id))
        .set((credentials::secret.eq(secret), credentials::used_at.eq(Some(Stamp::from(now)))))
        .execute(c)?;
    Ok(())
}

/// Has whoever takes away a way in, or a way to be reached, do so alone: of two at the same moment each would see what
/// the other removes, and nothing would be left.
pub fn hold(c: &mut Conn, citizen: CitizenId) -> Result<(), DbError> {
    // Writing first takes the row's lock on PostgreSQL; on SQLite there is one writer anyway.
    let row = citizens::table.filter(citizens::id.eq(citizen));
    diesel::update(row).set(citizens::level.eq(citizens::level)).execute(c)?;
    Ok(())
}

/// Removes a credential, but never the last one that signs in.
pub fn remove(c: &mut Conn, citizen: CitizenId, id: CredentialId) -> Result<(), AccountError> {
    hold(c, citizen)?;
    let held = held(c, citizen)?;
    let wanted = held.iter().find(|it| it.id == id).ok_or(AccountError::Unknown)?;
    let signs_in = |it: &&Held| matches!(it.kind.as_str(), "password" | "passkey");
    if signs_in(&wanted) && held.iter().filter(signs_in).count() < 2 {
        return Err(AccountError::Last);
    }
    if wanted.kind == "totp" {
        remove_kind(c, citizen, "recovery")?;
    }
    diesel::delete(row(citizen, id)).execute(c)?;
    Ok(())
}

/// The kind and so on of a row of [`credentials`].
type Secret = (CredentialId, String, i64);

fn secrets(
    c: &mut Conn,
    ring: &KeyRing,
    citizen: CitizenId,
    kind: &str,
) -> Result<Vec<Secret>, AccountError> {
    let rows: Vec<(CredentialId, Sealed, i64)> = of_kind(citizen, kind)
        .order(credentials::id)
        .select((credentials::id, credentials::secret, credentials::last_step))
        .load(c)?;
    rows.into_iter()
        .map(|(id, secret, step)| Ok((id, secret.open(ring, &place(citizen, id))?, step)))
        .collect()
}

#[expect(clippy::too_many_arguments, reason = "one for each column")]
fn put(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    kind: &str,
    lookup: Option<Vec<u8>>,
    secret: &str,
    label: &str,
) -> Result<CredentialId, AccountError> {
    let id = CredentialId::new();
    diesel::insert_into(credentials::table)
        .values((
            credentials::citizen_id.eq(citizen),
            credentials::id.eq(id),
            credentials::kind.eq(kind),
            credentials::lookup.eq(lookup),
            credentials::secret.eq(Sealed::new(ring, &place(citizen, id), secret)?),
            credentials::label.eq(label),
            credentials::last_step.eq(0_i64),
            credentials::created_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(id)
}

fn remove_kind(c: &mut Conn, citizen: CitizenId, kind: &str) -> Result<(), DbError> {
    let rows =
        credentials::table.filter(credentials::citizen_id.eq(citizen)).filter(credentials::kind.eq(kind));
    diesel::delete(rows).execute(c)?;
    Ok(())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn of_kind<'a>(citizen: CitizenId, kind: &'a str) -> _ {
    credentials::table.filter(credentials::citizen_id.eq(citizen)).filter(credentials::kind.eq(kind))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn row(citizen: CitizenId, id: CredentialId) -> _ {
    credentials::table.filter(credentials::citizen_id.eq(citizen)).filter(credentials::id.eq(id))
}

fn place(citizen: CitizenId, id: CredentialId) -> String {
    format!("credentials.secret/{citizen}/{id}")
}

/// Ten letters and digits in two groups, without those that look alike.
fn recovery_code() -> Result<String, AccountError> {
    const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz7";
    let bytes: [u8; 10] = random::bytes().map_err(|_| AccountError::Hashing)?;
    let letters: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    Ok(format!("{} {}", &letters[..5], &letters[5..]))
}

fn recovery_lookup(ring: &KeyRing, citizen: CitizenId, code: &str) -> Vec<u8> {
    let plain: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    ring.lookup("credentials.recovery", format!("{citizen}/{plain}").as_bytes()).to_vec()
}
