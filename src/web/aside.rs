//! Forms set aside: what somebody had filled in when their session turned out to be over, or not enough.
//!
//! The guard keeps the answers, leads to where the person proves who they are, and from there to a page that
//! sends the form again. Only the person whose session it was gets them back: on a shared computer the next one
//! does not. Words that prove something (passwords, codes) are not kept.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{csrf, session::Realm};
use crate::{
    db::{Conn, DbError, Stamp, schema::set_aside},
    id,
    jobs::{Job, Priority},
    platform::{
        Moment,
        keys::{KeyError, KeyRing},
    },
};

id! {
    /// A form set aside. Knowing it is of no use to anybody else.
    AsideId
}

/// How long the answers wait: long enough to find the telephone, short enough to be no archive.
const LIFE: TimeDelta = TimeDelta::hours(2);

/// Fields whose values are never kept. A test compares them with the fields that hide what is typed.
const SECRETS: [&str; 6] = [csrf::FIELD, "password", "again", "new", "code", "app_code"];

/// Where the answers are encrypted.
const PLACE: &str = "set_aside.form";

/// A form as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// Where it goes.
    pub path: String,
    pub answers: Vec<(String, String)>,
}

/// Why a form could not be set aside or found again.
#[derive(Debug, thiserror::Error)]
pub enum AsideError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("what was set aside cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
}

impl From<diesel::result::Error> for AsideError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<AsideError> for super::Failure {
    fn from(error: AsideError) -> Self {
        match error {
            AsideError::Db(error) => error.into(),
            other => Self::broken(other),
        }
    }
}

/// Housekeeping: removes what waited too long.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "aside.sweep";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::hours(1);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// The page that gives the answers back.
pub(super) fn page_of(realm: Realm, id: AsideId) -> String {
    match realm {
        Realm::Citizen => format!("/resume/{id}"),
        Realm::Staff => format!("/staff/resume/{id}"),
    }
}

/// Whether a path of ours leads to answers set aside, which pages on the way there say.
pub fn waits_at(path: &str) -> bool {
    path.starts_with("/resume/") || path.starts_with("/staff/resume/")
}

/// Whether a field holds what proves somebody.
pub(crate) fn is_secret(field: &str) -> bool {
    SECRETS.contains(&field)
}

/// Sets a form aside for the person whose session it was.
pub(super) fn keep(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    realm: Realm,
    subject: Uuid,
    form: Aside,
) -> Result<AsideId, AsideError> {
    let answers = form.answers.into_iter().filter(|(name, _)| !is_secret(name));
    let form = Aside { path: form.path, answers: answers.collect() };
    let id = AsideId::new();
    diesel::insert_into(set_aside::table)
        .values((
            set_aside::id.eq(id),
            set_aside::realm.eq(realm.tag()),
            set_aside::subject.eq(subject.as_bytes().to_vec()),
            set_aside::form.eq(ring.seal(PLACE, &serde_json::to_vec(&form)?)?),
            set_aside::ends_at.eq(Stamp::from(now + LIFE)),
        ))
        .execute(c)?;
    Ok(id)
}

/// The form that was set aside for this person.
pub fn find(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    realm: Realm,
    subject: Uuid,
    id: AsideId,
) -> Result<Option<Aside>, AsideError> {
    let sealed: Option<Vec<u8>> = set_aside::table
        .filter(set_aside::subject.eq(subject.as_bytes().to_vec()))
        .filter(set_aside::realm.eq(realm.tag()))
        .filter(set_aside::id.eq(id))
        .filter(set_aside::ends_at.gt(Stamp::from(now)))
        .select(set_aside::form)
        .first(c)
        .optional()?;
    let Some(sealed) = sealed else { return Ok(None) };
    Ok(Some(serde_json::from_slice(&ring.open_sealed(PLACE, &sealed)?)?))
}

/// Forgets everything set aside for a person.
pub fn forget(c: &mut Conn, realm: Realm, subject: Uuid) -> Result<usize, DbError> {
    let of = set_aside::table
        .filter(set_aside::subject.eq(subject.as_bytes().to_vec()))
        .filter(set_aside::realm.eq(realm.tag()));
    Ok(diesel::delete(of).execute(c)?)
}

/// Removes what waited too long.
pub fn sweep(c: &mut Conn, now: Moment) -> Result<usize, DbError> {
    Ok(diesel::delete(set_aside::table.filter(set_aside::ends_at.le(Stamp::from(now)))).execute(c)?)
}
