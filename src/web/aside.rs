//! Forms set aside: what somebody had filled in when their session turned out to be over, or not enough.
//!
//! The guard keeps the answers, leads to where the person proves who they are, and from there to a page that
//! sends the form again. Only the person whose session it was gets them back: on a shared computer the next one
//! does not. Words that prove something (passwords, codes) are not kept.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
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
const SECRETS: [&str; 7] = [csrf::FIELD, "password", "again", "new", "now", "code", "app_code"];

/// Where the answers are encrypted.
const PLACE: &str = "set_aside.form";

/// How much of a form is kept, and how many forms of a person: beyond it lies no form of ours.
const LARGEST: usize = 32 * 1024;
const MOST: i64 = 5;

/// A form as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// Where it goes.
    pub path: String,
    /// Whom the sender acted for.
    pub acting: Option<Uuid>,
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
    SECRETS.contains(&field) || field.starts_with("secret-")
}

/// Whose a form is: a person's, before one browser. Whoever finds another's old session on a shared computer
/// cannot have them send a form from elsewhere.
#[derive(Debug, Clone)]
pub struct Owner {
    pub realm: Realm,
    pub subject: Uuid,
    /// The value that the browser's forms are bound to.
    pub anchor: String,
}

impl Owner {
    fn browser(&self) -> Vec<u8> {
        Sha256::digest(self.anchor.as_bytes()).to_vec()
    }
}

/// Sets a form aside for the person whose session it was. `None`: it is larger than any of ours.
pub(super) fn keep(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    owner: &Owner,
    mut form: Aside,
) -> Result<Option<AsideId>, AsideError> {
    form.answers.retain(|(name, _)| !is_secret(name));
    let text = serde_json::to_vec(&form)?;
    if text.len() > LARGEST {
        return Ok(None);
    }
    let subject = owner.subject.as_bytes().to_vec();
    // The newest few are enough for any person, and nobody fills the table.
    let old: Vec<AsideId> = set_aside::table
        .filter(set_aside::subject.eq(&subject))
        .filter(set_aside::realm.eq(owner.realm.tag()))
        .order((set_aside::ends_at.desc(), set_aside::id.desc()))
        .offset(MOST - 1)
        .limit(100)
        .select(set_aside::id)
        .load(c)?;
    diesel::delete(set_aside::table.filter(set_aside::id.eq_any(&old))).execute(c)?;
    let id = AsideId::new();
    diesel::insert_into(set_aside::table)
        .values((
            set_aside::id.eq(id),
            set_aside::realm.eq(owner.realm.tag()),
            set_aside::subject.eq(subject),
            set_aside::browser.eq(owner.browser()),
            set_aside::form.eq(ring.seal(PLACE, &text)?),
            set_aside::ends_at.eq(Stamp::from(now + LIFE)),
        ))
        .execute(c)?;
    Ok(Some(id))
}

/// The form that was set aside for this person.
pub fn find(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    owner: &Owner,
    id: AsideId,
) -> Result<Option<Aside>, AsideError> {
    let sealed: Option<Vec<u8>> = set_aside::table
        .filter(set_aside::subject.eq(owner.subject.as_bytes().to_vec()))
        .filter(set_aside::realm.eq(owner.realm.tag()))
        .filter(set_aside::browser.eq(owner.browser()))
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
