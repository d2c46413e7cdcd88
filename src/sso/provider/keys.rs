//! The keys that sign what the provider says, and their rotation.
//!
//! There are always three kinds: the next one, published long before it signs, so that sites know it when its
//! time comes; the active one, which signs; and retired ones, which stay published until nothing they signed is
//! in use any more. The private half is sealed with the key ring and opened only to sign.

use chrono::TimeDelta;
use diesel::prelude::*;
use jsonwebtoken::{
    Algorithm, EncodingKey,
    jwk::{Jwk, PublicKeyUse, ThumbprintHash},
};
use p256::{SecretKey, pkcs8::EncodePrivateKey as _};
use serde::{Deserialize, Serialize};

use super::ProviderError;
use crate::{
    db::{Conn, Json, Stamp, schema::oidc_keys},
    each,
    jobs::{Job, Priority},
    platform::{Moment, keys::KeyRing, random},
};

/// For how long a key signs.
const ACTIVE: TimeDelta = TimeDelta::days(30);
/// How long a key is published before it may sign: longer than any site keeps an old list.
const KNOWN: TimeDelta = TimeDelta::days(2);
/// How long a retired key stays published: longer than any session lasts.
const RETIRED: TimeDelta = TimeDelta::days(3);

/// Looks after the keys.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rotate;

impl Job for Rotate {
    const KIND: &'static str = "provider.rotate-keys";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::days(1);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// The key that signs now.
pub struct Signer {
    pub(super) kid: String,
    pub(super) key: EncodingKey,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = oidc_keys)]
struct Row {
    kid: String,
    state: String,
    created_at: Stamp,
    active_at: Option<Stamp>,
    retired_at: Option<Stamp>,
}

/// The key that signs now. The first time there is none: then one is made.
pub fn signer(c: &mut Conn, ring: &KeyRing, now: Moment) -> Result<Signer, ProviderError> {
    if let Some(signer) = active(c, ring)? {
        return Ok(signer);
    }
    rotate(c, ring, now)?;
    active(c, ring)?.ok_or(ProviderError::SigningKey)
}

fn active(c: &mut Conn, ring: &KeyRing) -> Result<Option<Signer>, ProviderError> {
    let row: Option<(String, Vec<u8>)> = oidc_keys::table
        .filter(oidc_keys::state.eq("active"))
        .select((oidc_keys::kid, oidc_keys::private_key))
        .first(c)
        .optional()?;
    let Some((kid, sealed)) = row else { return Ok(None) };
    let der = ring.open_sealed(&place(&kid), &sealed)?;
    Ok(Some(Signer { key: EncodingKey::from_ec_der(&der), kid }))
}

/// The public halves of all keys.
pub fn published(c: &mut Conn) -> Result<Vec<Jwk>, ProviderError> {
    let keys: Vec<Json<Jwk>> =
        oidc_keys::table.order(oidc_keys::created_at).select(oidc_keys::public_key).load(c)?;
    Ok(keys.into_iter().map(|Json(key)| key).collect())
}

/// Does what is due: retires the active key when its time is over and the next one has been known for long
/// enough, makes a new next one, forgets what nobody needs any more.
pub fn rotate(c: &mut Conn, ring: &KeyRing, now: Moment) -> Result<(), ProviderError> {
    let rows: Vec<Row> = oidc_keys::table.select(Row::as_select()).load(c)?;
    let in_state = |state: &str| rows.iter().find(|row| row.state == state);
    match (in_state("active"), in_state("next")) {
        (None, None) => {
            make(c, ring, now, "active")?;
            make(c, ring, now, "next")?;
        }
        (None, Some(next)) => promote(c, now, &next.kid)?,
        (Some(_), None) => make(c, ring, now, "next")?,
        (Some(active), Some(next)) => {
            let since = active.active_at.unwrap_or(active.created_at).moment();
            if now - since >= ACTIVE && now - next.created_at.moment() >= KNOWN {
                retire(c, now, &active.kid)?;
                promote(c, now, &next.kid)?;
                make(c, ring, now, "next")?;
            }
        }
    }
    let over = rows.iter().filter(|row| row.retired_at.is_some_and(|at| now - at.moment() >= RETIRED));
    let over: Vec<&str> = over.map(|row| row.kid.as_str()).collect();
    diesel::delete(oidc_keys::table.filter(oidc_keys::kid.eq_any(over))).execute(c)?;
    Ok(())
}

fn retire(c: &mut Conn, now: Moment, kid: &str) -> Result<(), ProviderError> {
    diesel::update(oidc_keys::table.filter(oidc_keys::kid.eq(kid)))
        .set((oidc_keys::state.eq("retired"), oidc_keys::retired_at.eq(Some(Stamp::from(now)))))
        .execute(c)?;
    Ok(())
}

fn promote(c: &mut Conn, now: Moment, kid: &str) -> Result<(), ProviderError> {
    diesel::update(oidc_keys::table.filter(oidc_keys::kid.eq(kid)))
        .set((oidc_keys::state.eq("active"), oidc_keys::active_at.eq(Some(Stamp::from(now)))))
        .execute(c)?;
    Ok(())
}

/// Makes a key. Where another node made one of that state in the meantime, theirs stands.
fn make(c: &mut Conn, ring: &KeyRing, now: Moment, state: &str) -> Result<(), ProviderError> {
    let secret = SecretKey::from_slice(&random::bytes::<32>()?).map_err(|_| ProviderError::SigningKey)?;
    let der = secret.to_pkcs8_der().map_err(|_| ProviderError::SigningKey)?;
    let mut public = Jwk::from_encoding_key(&EncodingKey::from_ec_der(der.as_bytes()), Algorithm::ES256)?;
    let kid = public.thumbprint(ThumbprintHash::SHA256)?;
    public.common.key_id = Some(kid.clone());
    public.common.public_key_use = Some(PublicKeyUse::Signature);
    let row = (
        oidc_keys::private_key.eq(ring.seal(&place(&kid), der.as_bytes())?),
        oidc_keys::kid.eq(kid),
        oidc_keys::state.eq(state),
        oidc_keys::public_key.eq(Json(public)),
        oidc_keys::created_at.eq(Stamp::from(now)),
        oidc_keys::active_at.eq((state == "active").then(|| Stamp::from(now))),
    );
    each!(c, |c| diesel::insert_into(oidc_keys::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

fn place(kid: &str) -> String {
    format!("oidc_keys.private_key/{kid}")
}
