//! Personal data at rest: sealed under a key of the citizen's own, which is sealed under the ring.

use std::{fmt, sync::OnceLock};

use chacha20poly1305::{
    Key, KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use diesel::{
    AsExpression, FromSqlRow,
    backend::Backend,
    deserialize::{self, FromSql},
    prelude::*,
    serialize::{self, Output, ToSql},
    sql_types::Binary,
};

use super::CitizenId;
use crate::{
    db::{Conn, DbError, Stamp, schema::citizen_keys},
    platform::{
        Moment,
        keys::{KeyError, KeyRing},
        random,
    },
    web::Failure,
};

const NONCE: usize = 24;

#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The person's data was erased, or there never was such a person.
    #[error("there is no key for this person")]
    Erased,
    /// The warrant is for somebody else.
    #[error("the warrant is for another person")]
    WrongPerson,
    /// Deliberately says no more: whoever tampers learns nothing.
    #[error("the value cannot be opened")]
    Sealed,
}

impl From<diesel::result::Error> for LedgerError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Db(error) => error.into(),
            other => Self::broken(other),
        }
    }
}

/// Personal data as it is kept. It neither prints nor opens without a [`Warrant`].
#[derive(Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Binary)]
pub struct Private(Vec<u8>);

impl Private {
    /// The bytes as kept, for the chain that covers them.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(…)")
    }
}

impl<B: Backend> ToSql<Binary, B> for Private
where
    Vec<u8>: ToSql<Binary, B>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, B>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<B: Backend> FromSql<Binary, B> for Private
where
    Vec<u8>: FromSql<Binary, B>,
{
    fn from_sql(raw: B::RawValue<'_>) -> deserialize::Result<Self> {
        Vec::from_sql(raw).map(Self)
    }
}

/// The right to see a person's data. Only this room makes one; it cannot be copied or kept.
pub struct Warrant {
    citizen: CitizenId,
    /// The person's key, once it was needed: a page opens many values, and the key is read once.
    key: OnceLock<XChaCha20Poly1305>,
}

impl fmt::Debug for Warrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Warrant({})", self.citizen)
    }
}

/// The right of a person to see their own data, in their own session. Nobody else may be given this one.
pub fn own(citizen: CitizenId) -> Warrant {
    Warrant::new(citizen)
}

impl Warrant {
    const fn new(citizen: CitizenId) -> Self {
        Self { citizen, key: OnceLock::new() }
    }

    pub(super) const fn granted(citizen: CitizenId) -> Self {
        Self::new(citizen)
    }

    /// The same right for one of the person's accounts, as [`accounts_of`] names them: their own comes first.
    pub(super) fn over(&self, accounts: &[CitizenId], account: CitizenId) -> Result<Self, LedgerError> {
        if accounts.first() == Some(&self.citizen) && accounts.contains(&account) {
            Ok(Self::new(account))
        } else {
            Err(LedgerError::WrongPerson)
        }
    }

    pub const fn citizen(&self) -> CitizenId {
        self.citizen
    }

    /// Opens what [`seal`] sealed for this person and place.
    pub fn open(
        &self,
        c: &mut Conn,
        ring: &KeyRing,
        place: &str,
        value: &Private,
    ) -> Result<String, LedgerError> {
        let cipher = self.cipher(c, ring)?;
        let (nonce, body) = value.0.split_first_chunk::<NONCE>().ok_or(LedgerError::Sealed)?;
        let plain = cipher
            .decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: aad(self.citizen, place).as_bytes() })
            .map_err(|_| LedgerError::Sealed)?;
        String::from_utf8(plain).map_err(|_| LedgerError::Sealed)
    }

    fn cipher(&self, c: &mut Conn, ring: &KeyRing) -> Result<&XChaCha20Poly1305, LedgerError> {
        if let Some(known) = self.key.get() {
            return Ok(known);
        }
        let read = cipher(c, ring, self.citizen)?;
        Ok(self.key.get_or_init(|| read))
    }
}

/// Makes the key of a new person.
pub fn new_key(c: &mut Conn, ring: &KeyRing, now: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
    let key: [u8; 32] = random::bytes().map_err(KeyError::from)?;
    let sealed = ring.seal(&key_place(citizen), &key)?;
    diesel::insert_into(citizen_keys::table)
        .values((
            citizen_keys::citizen_id.eq(citizen),
            citizen_keys::sealed_key.eq(Some(sealed)),
            citizen_keys::created_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}

/// An account closed and belongs to another of the same person from now on, with whatever belonged to it.
pub(super) fn join(c: &mut Conn, from: CitizenId, into: CitizenId) -> Result<(), LedgerError> {
    let theirs = citizen_keys::citizen_id.eq(from).or(citizen_keys::joined_to.eq(from));
    diesel::update(citizen_keys::table.filter(theirs))
        .set(citizen_keys::joined_to.eq(Some(into)))
        .execute(c)?;
    Ok(())
}

/// A person's account, and those that closed and belong to it.
pub(super) fn accounts_of(c: &mut Conn, citizen: CitizenId) -> Result<Vec<CitizenId>, DbError> {
    let joined: Vec<CitizenId> = citizen_keys::table
        .filter(citizen_keys::joined_to.eq(citizen))
        .order(citizen_keys::citizen_id)
        .select(citizen_keys::citizen_id)
        .load(c)?;
    Ok([vec![citizen], joined].concat())
}

/// Destroys a person's key: nothing sealed under it can ever be opened again.
pub fn destroy_key(c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
    diesel::update(citizen_keys::table.filter(citizen_keys::citizen_id.eq(citizen)))
        .set((
            citizen_keys::sealed_key.eq(None::<Vec<u8>>),
            citizen_keys::destroyed_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    Ok(())
}

/// Seals a value for one person and one place (`table.column`): moved elsewhere, it does not open.
pub fn seal(
    c: &mut Conn,
    ring: &KeyRing,
    citizen: CitizenId,
    place: &str,
    plain: &str,
) -> Result<Private, LedgerError> {
    let nonce: [u8; NONCE] = random::bytes().map_err(KeyError::from)?;
    let aad = aad(citizen, place);
    let payload = Payload { msg: plain.as_bytes(), aad: aad.as_bytes() };
    let sealed =
        cipher(c, ring, citizen)?.encrypt(&XNonce::from(nonce), payload).map_err(|_| LedgerError::Sealed)?;
    let mut bytes = nonce.to_vec();
    bytes.extend_from_slice(&sealed);
    Ok(Private(bytes))
}

fn cipher(c: &mut Conn, ring: &KeyRing, citizen: CitizenId) -> Result<XChaCha20Poly1305, LedgerError> {
    let sealed: Option<Vec<u8>> = citizen_keys::table
        .filter(citizen_keys::citizen_id.eq(citizen))
        .select(citizen_keys::sealed_key)
        .first(c)
        .optional()?
        .flatten();
    let key = ring.open_sealed(&key_place(citizen), &sealed.ok_or(LedgerError::Erased)?)?;
    let key: [u8; 32] = key.try_into().map_err(|_| LedgerError::Sealed)?;
    Ok(XChaCha20Poly1305::new(&Key::from(key)))
}

fn key_place(citizen: CitizenId) -> String {
    format!("citizen_keys/{citizen}")
}

fn aad(citizen: CitizenId, place: &str) -> String {
    format!("{citizen}/{place}")
}
