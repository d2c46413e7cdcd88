//! Passkeys: a key on the person's own device, unlocked by them, bound to this site's name. It is a first and a
//! second factor at once and cannot be guessed, phished or listened to.
//!
//! The two halves of each ceremony share a state that stays with us, kept like a one-time code.

use diesel::prelude::*;
use serde::Serialize;
use webauthn_rs::{
    Webauthn, WebauthnBuilder,
    prelude::{
        CreationChallengeResponse, DiscoverableAuthentication, Passkey, PasskeyRegistration,
        PublicKeyCredential, RegisterPublicKeyCredential, RequestChallengeResponse, WebauthnError,
    },
};

use super::{
    AccountError,
    codes::{self, CodeId},
    credentials,
};
use crate::{
    db::{Conn, schema::credentials as table},
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
    web::{Failure, Site},
};

#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The browser's answer is not what was asked for, or not from this site, or too late.
    #[error("the passkey was not accepted: {0}")]
    Refused(String),
}

impl From<PasskeyError> for Failure {
    fn from(error: PasskeyError) -> Self {
        match error {
            PasskeyError::Account(error) => error.into(),
            PasskeyError::Refused(reason) => {
                tracing::info!(reason, "a passkey was refused");
                Self::Refused
            }
        }
    }
}

/// What the browser is asked, and by which name to come back with the answer.
#[derive(Serialize)]
pub struct Question<T: Serialize> {
    pub id: CodeId,
    #[serde(flatten)]
    pub question: T,
}

impl From<WebauthnError> for PasskeyError {
    fn from(error: WebauthnError) -> Self {
        Self::Refused(error.to_string())
    }
}

impl From<crate::db::DbError> for PasskeyError {
    fn from(error: crate::db::DbError) -> Self {
        Self::Account(error.into())
    }
}

const ADDING: &str = "passkey-add";
const ENTERING: &str = "passkey-enter";

/// The rules for this site. `None` where it has no name: passkeys belong to names, not numbers.
pub fn rules(site: &Site) -> Option<Webauthn> {
    let name = site.public_url.domain()?.to_owned();
    WebauthnBuilder::new(&name, &site.public_url).ok()?.rp_name("Yimen").build().ok()
}

/// Begins adding a passkey: what the browser is asked, and the state to come back with.
pub fn begin_adding(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    rules: &Webauthn,
    citizen: CitizenId,
    name: &str,
) -> Result<(CodeId, CreationChallengeResponse), PasskeyError> {
    let mine = all_of(c, ring, citizen)?;
    let mine = mine.iter().map(|(_, passkey)| passkey.cred_id().clone()).collect();
    let (question, state) = rules.start_passkey_registration(citizen.uuid(), name, name, Some(mine))?;
    let id = codes::keep(c, ring, now, ADDING, &(citizen, state))?;
    Ok((id, question))
}

/// Adds the passkey that the browser made.
#[expect(clippy::too_many_arguments, reason = "the two halves of a ceremony and whose it is")]
pub fn finish_adding(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    rules: &Webauthn,
    citizen: CitizenId,
    id: CodeId,
    answer: &str,
    label: &str,
) -> Result<(), PasskeyError> {
    let answer: RegisterPublicKeyCredential = read(answer)?;
    let kept: Option<(CitizenId, PasskeyRegistration)> = codes::take(c, ring, now, ADDING, id)?;
    let (owner, state) = kept.ok_or_else(too_late)?;
    if owner != citizen {
        return Err(too_late());
    }
    let passkey = rules.finish_passkey_registration(&answer, &state)?;
    credentials::add_passkey(c, ring, now, citizen, passkey.cred_id(), &write(&passkey)?, label)?;
    Ok(())
}

/// Begins signing in with whichever passkey the person has here.
pub fn begin_entering(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    rules: &Webauthn,
) -> Result<(CodeId, RequestChallengeResponse), PasskeyError> {
    let (question, state) = rules.start_discoverable_authentication()?;
    let id = codes::keep(c, ring, now, ENTERING, &state)?;
    Ok((id, question))
}

/// Whose passkey it was that answered.
pub fn finish_entering(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    rules: &Webauthn,
    id: CodeId,
    answer: &str,
) -> Result<CitizenId, PasskeyError> {
    let answer: PublicKeyCredential = read(answer)?;
    let kept: Option<DiscoverableAuthentication> = codes::take(c, ring, now, ENTERING, id)?;
    let state = kept.ok_or_else(too_late)?;
    let (claimed, credential) = rules.identify_discoverable_authentication(&answer)?;
    let citizen = CitizenId::from(claimed);
    if owner(c, credential)? != Some(citizen) {
        return Err(PasskeyError::Refused("the passkey is nobody's".to_owned()));
    }
    let mine = all_of(c, ring, citizen)?;
    let used = mine.into_iter().find(|(_, passkey)| passkey.cred_id().as_slice() == credential);
    let (id, mut passkey) = used.ok_or_else(too_late)?;
    let result = rules.finish_discoverable_authentication_v2(&answer, state, &passkey)?;
    passkey.update_credential(&result);
    credentials::passkey_used(c, ring, now, citizen, id, &write(&passkey)?)?;
    Ok(citizen)
}

fn owner(c: &mut Conn, credential: &[u8]) -> Result<Option<CitizenId>, AccountError> {
    Ok(table::table
        .filter(table::lookup.eq(credential.to_vec()))
        .filter(table::kind.eq("passkey"))
        .select(table::citizen_id)
        .first(c)
        .optional()?)
}

fn all_of(
    c: &mut Conn,
    ring: &KeyRing,
    citizen: CitizenId,
) -> Result<Vec<(credentials::CredentialId, Passkey)>, PasskeyError> {
    credentials::passkeys(c, ring, citizen)?.into_iter().map(|(id, text)| Ok((id, read(&text)?))).collect()
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, PasskeyError> {
    serde_json::from_str(text).map_err(|error| PasskeyError::Refused(error.to_string()))
}

fn write(passkey: &Passkey) -> Result<String, PasskeyError> {
    serde_json::to_string(passkey).map_err(|error| PasskeyError::Refused(error.to_string()))
}

fn too_late() -> PasskeyError {
    PasskeyError::Refused("the question was not asked, or is answered already".to_owned())
}
