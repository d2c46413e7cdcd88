//! What is needed to call an agency, read once and kept until the package or its binding changes.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::TimeDelta;
use yimen_contract::agency::Agency;
use yimen_drivers::{Bounds, Endpoint, Line};

use super::GatewayError;
use crate::{
    agencies::{
        self, VersionId,
        bindings::{self, BindingId},
    },
    db::{Conn, Db, DbError},
    platform::{Moment, keys::KeyRing},
};

/// An agency as it can be called now.
pub(super) struct Entry {
    state: State,
    pub(super) agency: Agency,
    /// The texts of the package's maps, by path.
    pub(super) programs: BTreeMap<String, String>,
    /// `None`: nothing is bound.
    pub(super) endpoint: Option<Endpoint>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    version: VersionId,
    binding: Option<BindingId>,
}

#[derive(Default)]
pub(super) struct Book {
    entries: Mutex<HashMap<String, Arc<Entry>>>,
    /// They outlive a new package: how the backend does has nothing to do with it.
    lines: Mutex<HashMap<(String, u16), Arc<Line>>>,
    /// When it was last looked who waits for an agency to answer again.
    looked: Mutex<HashMap<String, Moment>>,
}

impl Book {
    /// The agency as the database has it at this moment. Asked at every call, so that no node calls an address
    /// that was taken back; what it takes to read it all is only spent when something changed.
    pub(super) async fn entry(
        &self,
        db: &Db,
        ring: &Arc<KeyRing>,
        slug: &str,
    ) -> Result<Arc<Entry>, GatewayError> {
        let known = self.entries.lock().unwrap_or_else(PoisonError::into_inner).get(slug).cloned();
        let (slug, ring) = (slug.to_owned(), Arc::clone(ring));
        let name = slug.clone();
        let entry = db.read(move |c| look(c, &ring, &slug, known)).await?;
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(name, Arc::clone(&entry));
        Ok(entry)
    }

    /// Whether it was not looked for so long who waits for an agency. If so, somebody looks now.
    pub(super) fn is_time_to_look(&self, slug: &str, now: Moment, every: TimeDelta) -> bool {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        match looked.get(slug) {
            Some(last) if now - *last < every => false,
            _ => {
                looked.insert(slug.to_owned(), now);
                true
            }
        }
    }

    /// The line to an agency that takes so many calls at once.
    pub(super) fn line(&self, slug: &str, concurrent: u16) -> Arc<Line> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let line = lines.entry((slug.to_owned(), concurrent));
        Arc::clone(line.or_insert_with(|| Arc::new(Line::new(Bounds::of(concurrent)))))
    }
}

fn look(
    c: &mut Conn,
    ring: &KeyRing,
    slug: &str,
    known: Option<Arc<Entry>>,
) -> Result<Arc<Entry>, GatewayError> {
    if let Some(known) = known {
        let alias = known.agency.backend.endpoint.as_deref().unwrap_or_default();
        if state(c, slug, alias)? == Some(known.state) {
            return Ok(known);
        }
    }
    let live = agencies::agency(c, slug)?;
    let (agency, programs) = (live.package.agency, live.package.maps);
    let alias = agency.backend.endpoint.as_deref().unwrap_or_default();
    let state = State { version: live.version, binding: bindings::which(c, slug, alias)? };
    let bound = bindings::in_force(c, ring, slug, alias)?;
    let endpoint = bound.map(|bound| Endpoint { address: bound.address, secrets: bound.secrets });
    Ok(Arc::new(Entry { state, agency, programs, endpoint }))
}

fn state(c: &mut Conn, slug: &str, alias: &str) -> Result<Option<State>, DbError> {
    let Some(version) = agencies::version(c, slug)? else { return Ok(None) };
    Ok(Some(State { version, binding: bindings::which(c, slug, alias)? }))
}
