//! What is needed to call an agency, read once and kept until the package or its binding changes.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::TimeDelta;
use yimen_contract::agency::Agency;
use yimen_drivers::{Bounds, Endpoint, Line};

use super::{GatewayError, closed::Closed};
use crate::{
    agencies::{
        self, InstallError, VersionId,
        bindings::{self, BindingId},
    },
    db::{Conn, Db},
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
};

/// An agency as it can be called now.
pub(super) struct Entry {
    state: State,
    pub(super) agency: Agency,
    /// How surely somebody must be who they say for each service; `None`: it is for everybody.
    pub(super) levels: BTreeMap<String, Option<u8>>,
    /// Codes of the kinds of licences it issues.
    pub(super) licences: BTreeSet<String>,
    /// The texts of the package's maps, by path.
    pub(super) programs: BTreeMap<String, String>,
    /// `None`: nothing is bound.
    pub(super) endpoint: Option<Endpoint>,
}

impl Entry {
    /// Which package answers.
    pub(super) const fn version(&self) -> VersionId {
        self.state.version
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    version: VersionId,
    binding: Option<BindingId>,
}

/// What decides which version of an agency's package is called.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) slug: String,
    pub(super) service: Option<String>,
    /// In whose matter.
    pub(super) citizen: Option<CitizenId>,
}

impl Wanted {
    /// In nobody's matter: the live version.
    pub(super) fn of(slug: &str) -> Self {
        Self { slug: slug.to_owned(), service: None, citizen: None }
    }
}

#[derive(Default)]
pub(super) struct Book {
    /// One for each version that is in use: the live one, and one on trial.
    entries: Mutex<HashMap<String, Vec<Arc<Entry>>>>,
    /// They outlive a new package: how the backend does has nothing to do with it.
    lines: Mutex<HashMap<(String, u16), Arc<Line>>>,
    /// When it was last looked who waits for an agency to answer again.
    looked: Mutex<HashMap<String, Moment>>,
}

impl Book {
    /// The agency as the database has it at this moment, for whoever asks. Asked at every call, so that no node calls
    /// an address that was taken back; what it takes to read it all is only spent when something changed.
    pub(super) async fn entry(
        &self,
        db: &Db,
        ring: &Arc<KeyRing>,
        now: Moment,
        wanted: Wanted,
    ) -> Result<(Arc<Entry>, Closed), GatewayError> {
        let slug = wanted.slug.clone();
        let known = self.entries.lock().unwrap_or_else(PoisonError::into_inner).get(&slug).cloned();
        let ring = Arc::clone(ring);
        let read = move |c: &mut Conn| {
            let mut known = known.unwrap_or_default();
            let (entry, shut) = look(c, &ring, &wanted, &mut known)?;
            let closed = Closed::read(c, now, &wanted.slug, shut)?;
            Ok::<_, GatewayError>((known, entry, closed))
        };
        let (known, entry, closed) = db.read(read).await?;
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(slug, known);
        Ok((entry, closed))
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

impl Book {
    /// The lines to an agency that this node has used.
    pub(super) fn lines_to(&self, slug: &str) -> Vec<Arc<Line>> {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().filter(|((agency, _), _)| agency == slug).map(|(_, line)| Arc::clone(line)).collect()
    }

    /// Every agency that this node has called.
    pub(super) fn called(&self) -> BTreeSet<String> {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.keys().map(|(agency, _)| agency.clone()).collect()
    }
}

/// The version that is for whoever asks, and whether the agency's services are shut. What is out of date is dropped
/// from `known`, and what was read is added.
fn look(
    c: &mut Conn,
    ring: &KeyRing,
    wanted: &Wanted,
    known: &mut Vec<Arc<Entry>>,
) -> Result<(Arc<Entry>, bool), GatewayError> {
    let slug = wanted.slug.as_str();
    let standing = agencies::standing(c, slug)?;
    let standing = standing.ok_or_else(|| InstallError::Unknown(slug.to_owned()))?;
    let candidate = standing.candidate.map(|candidate| candidate.version);
    known.retain(|entry| entry.version() == standing.live || Some(entry.version()) == candidate);
    let chosen = standing
        .candidate
        .filter(|candidate| wanted.citizen.is_some_and(|citizen| candidate.is_for(citizen.uuid(), slug)));
    let shut = standing.suspended.is_some();
    if let Some(candidate) = chosen {
        let entry = version(c, ring, slug, candidate.version, known)?;
        // A service that it does not have any more is served as before, until it is everybody's.
        let has = |code: &String| entry.levels.contains_key(code);
        if wanted.service.as_ref().is_none_or(has) {
            return Ok((entry, shut));
        }
    }
    Ok((version(c, ring, slug, standing.live, known)?, shut))
}

fn version(
    c: &mut Conn,
    ring: &KeyRing,
    slug: &str,
    version: VersionId,
    known: &mut Vec<Arc<Entry>>,
) -> Result<Arc<Entry>, GatewayError> {
    let found = known.iter().position(|entry| entry.version() == version);
    if let Some(entry) = found.map(|at| Arc::clone(&known[at])) {
        let alias = entry.agency.backend.endpoint.as_deref().unwrap_or_default();
        if bindings::which(c, slug, alias)? == entry.state.binding {
            return Ok(entry);
        }
    }
    let package = agencies::package_of(c, slug, version)?.package;
    let levels = package.services.iter().map(|service| (service.code.clone(), agencies::level_of(service)));
    let levels = levels.collect();
    let licences = package.licences.iter().map(|licence| licence.code.clone()).collect();
    let (agency, programs) = (package.agency, package.maps);
    let alias = agency.backend.endpoint.as_deref().unwrap_or_default();
    let state = State { version, binding: bindings::which(c, slug, alias)? };
    let bound = bindings::in_force(c, ring, slug, alias)?;
    let endpoint = bound.map(|bound| Endpoint { address: bound.address, secrets: bound.secrets });
    let entry = Arc::new(Entry { state, agency, levels, licences, programs, endpoint });
    known.retain(|entry| entry.version() != version);
    known.push(Arc::clone(&entry));
    Ok(entry)
}
