//! What a citizen agreed to: who may have which kinds of data, for what, in which wording.
//!
//! A consent covers exactly what was read on the page where it was given. A new purpose, another kind of data
//! or a new wording needs a new one; sensitive data needs one of its own. Withdrawing is one call, takes effect
//! with its transaction and leaves the record of what was agreed and when it ended. Whoever hands data on asks
//! [`given`] each time, never once and for all.

use diesel::prelude::*;

use super::CitizenId;
use crate::{
    db::{Conn, DbError, Json, Stamp, schema::consents},
    each, id,
    platform::Moment,
};

id! {
    /// A consent.
    ConsentId
}

/// Kinds of data that the law calls sensitive. They are never agreed to together with others.
pub const SENSITIVE: [&str; 5] = ["biometrics", "finance", "health", "location", "under-14"];

/// So often it is tried again where others were given at the same moment.
const TRIES: usize = 3;

#[derive(Debug, thiserror::Error)]
pub enum ConsentError {
    #[error(transparent)]
    Db(#[from] DbError),
    /// A consent to nothing says nothing.
    #[error("a consent names at least one kind of data")]
    Nothing,
    #[error("sensitive data needs a consent of its own")]
    NotSeparate,
}

impl From<diesel::result::Error> for ConsentError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// What a citizen is about to agree to.
#[derive(Debug, Clone, Copy)]
pub struct Grant<'a> {
    pub citizen: CitizenId,
    /// Who may have the data: an agency's public name.
    pub recipient: &'a str,
    pub purpose: &'a str,
    /// `name`, `identity-number`, `phone`, `email`, `birth-date` …
    pub kinds: &'a [&'a str],
    pub version: &'a str,
}

/// A consent as it stands on record.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = consents)]
pub struct Consent {
    pub id: ConsentId,
    pub recipient: String,
    pub purpose: String,
    pub kinds: Json<Vec<String>>,
    pub version: String,
    pub given_at: Stamp,
    pub withdrawn_at: Option<Stamp>,
}

impl Consent {
    /// Whether every one of these kinds was agreed to.
    pub fn covers(&self, kinds: &[&str]) -> bool {
        kinds.iter().all(|kind| self.kinds.0.iter().any(|given| given == kind))
    }

    pub fn in_force(&self) -> bool {
        self.withdrawn_at.is_none()
    }
}

/// The consent in force for this recipient, purpose and wording. What it [`covers`](Consent::covers) is for the
/// caller to compare with what it wants to hand over.
pub fn given(
    c: &mut Conn,
    citizen: CitizenId,
    recipient: &str,
    purpose: &str,
    version: &str,
) -> Result<Option<Consent>, DbError> {
    Ok(consents::table
        .filter(consents::citizen_id.eq(citizen))
        .filter(consents::recipient.eq(recipient))
        .filter(consents::purpose.eq(purpose))
        .filter(consents::version.eq(version))
        .filter(consents::withdrawn_at.is_null())
        .select(Consent::as_select())
        .first(c)
        .optional()?)
}

/// Writes down what a citizen agreed to. It takes the place of what was agreed before for the same recipient
/// and purpose, which stays on record as ended.
pub fn give(c: &mut Conn, now: Moment, grant: &Grant<'_>) -> Result<ConsentId, ConsentError> {
    if grant.kinds.is_empty() {
        return Err(ConsentError::Nothing);
    }
    let sensitive = grant.kinds.iter().filter(|kind| SENSITIVE.contains(kind)).count();
    if sensitive > 0 && grant.kinds.len() > 1 {
        return Err(ConsentError::NotSeparate);
    }
    for _ in 0..TRIES {
        if let Some(id) = put(c, now, grant)? {
            return Ok(id);
        }
        // Of two clicks at the same moment the other was faster, and agreed to the same.
        let there = given(c, grant.citizen, grant.recipient, grant.purpose, grant.version)?;
        if let Some(there) = there.filter(|there| there.kinds.0 == grant.kinds) {
            return Ok(there.id);
        }
    }
    Err(DbError::Busy.into())
}

/// `None`: another was given at the same moment.
fn put(c: &mut Conn, now: Moment, grant: &Grant<'_>) -> Result<Option<ConsentId>, DbError> {
    diesel::update(
        consents::table
            .filter(consents::citizen_id.eq(grant.citizen))
            .filter(consents::recipient.eq(grant.recipient))
            .filter(consents::purpose.eq(grant.purpose))
            .filter(consents::withdrawn_at.is_null()),
    )
    .set(consents::withdrawn_at.eq(Some(Stamp::from(now))))
    .execute(c)?;
    let id = ConsentId::new();
    let kinds: Vec<String> = grant.kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let row = (
        consents::citizen_id.eq(grant.citizen),
        consents::id.eq(id),
        consents::recipient.eq(grant.recipient),
        consents::purpose.eq(grant.purpose),
        consents::kinds.eq(Json(kinds)),
        consents::version.eq(grant.version),
        consents::given_at.eq(Stamp::from(now)),
    );
    let made =
        each!(c, |c| diesel::insert_into(consents::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok((made == 1).then_some(id))
}

/// Ends a consent. `false`: this citizen has no such consent in force.
pub fn withdraw(c: &mut Conn, now: Moment, citizen: CitizenId, id: ConsentId) -> Result<bool, DbError> {
    let ended = diesel::update(
        consents::table
            .filter(consents::citizen_id.eq(citizen))
            .filter(consents::id.eq(id))
            .filter(consents::withdrawn_at.is_null()),
    )
    .set(consents::withdrawn_at.eq(Some(Stamp::from(now))))
    .execute(c)?;
    Ok(ended == 1)
}

/// Everything a citizen ever agreed to, the latest first.
pub fn of(c: &mut Conn, citizen: CitizenId) -> Result<Vec<Consent>, DbError> {
    Ok(consents::table
        .filter(consents::citizen_id.eq(citizen))
        .order((consents::given_at.desc(), consents::id.desc()))
        .select(Consent::as_select())
        .load(c)?)
}
