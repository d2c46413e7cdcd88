//! By which name an agency knows somebody. Names are made so that nobody can tell from one whose it is; so each is kept when
//! an agency first hears it, and what the agency tells by itself finds its person.

use std::sync::Arc;

use diesel::prelude::*;
use moka::sync::Cache;

use crate::{
    db::{Conn, DbError, Stamp, schema::introductions},
    each,
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
    sso::assertion,
};

/// So many are remembered to be kept, so that the next call need not look. Forgetting one costs a look.
const REMEMBERED: u64 = 100_000;

/// Those that are known to be kept.
#[derive(Clone)]
pub(super) struct Introductions(Cache<(Arc<str>, CitizenId), ()>);

impl Default for Introductions {
    fn default() -> Self {
        Self(Cache::new(REMEMBERED))
    }
}

impl Introductions {
    pub(super) fn has(&self, agency: &str, citizen: CitizenId) -> bool {
        self.0.contains_key(&(Arc::from(agency), citizen))
    }

    /// Only once it is committed.
    pub(super) fn remember(&self, agency: &str, citizen: CitizenId) {
        self.0.insert((Arc::from(agency), citizen), ());
    }
}

pub(super) fn keep(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (agency, citizen): (&str, CitizenId),
) -> Result<(), DbError> {
    let row = (
        introductions::citizen_id.eq(citizen),
        introductions::agency.eq(agency),
        introductions::subject.eq(assertion::pseudonym(ring, agency, citizen)),
        introductions::since.eq(Stamp::from(now)),
    );
    each!(c, |c| diesel::insert_into(introductions::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Whom an agency means by a name.
pub fn introduced(c: &mut Conn, agency: &str, subject: &str) -> Result<Option<CitizenId>, DbError> {
    Ok(introductions::table
        .filter(introductions::agency.eq(agency))
        .filter(introductions::subject.eq(subject))
        .select(introductions::citizen_id)
        .first(c)
        .optional()?)
}
