//! Plays the backend of any package over its true protocol, from the package's samples and a memory of its own.
//!
//! A question is answered by the sample that resembles it most ([`choose`]), with the asker's own values in the place
//! of the recorded ones, under names of their own, and as things stand: what was paid is not due any more, an
//! appointment that was taken is gone, an application goes its way ([`act`], [`deeds`]). None of it is written for one agency:
//! what a field means is found by its value in the sample. The protocols stand around that: HTTP ([`http`],
//! [`envelope`]), frames ([`frames`]), daily files ([`files`]), certificates ([`tls`]) and pushed events ([`push`]).
//!
//! What a package has no sample of it cannot play: such a question is answered as unknown by the protocol's means.

mod act;
mod body;
mod choose;
mod days;
mod deeds;
mod envelope;
mod files;
mod frames;
mod http;
mod leaves;
mod lists;
mod memory;
mod names;
mod pages;
mod proof;
mod push;
mod recorded;
mod slots;
mod spread;
mod tls;
mod told;
mod troupe;

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::{
        Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use yimen_contract::{
    Package,
    agency::{Agency, Auth, BodyKind, Driver},
    capability::{Binding, Capability},
    sample::Sample,
};

use self::{
    act::{Asked, Stage},
    memory::{Memory, Reply},
    proof::{Doorman, Secrets},
    recorded::Recorded,
    told::Pushed,
};
use crate::{assertion::Vouched, clock::Clock, faults::Faults, people::Person, secret::Secret};

pub use http::received;
pub use memory::Case;
pub use tls::CertificateError;
pub use troupe::{Backend, BackendPorts, Backends, Theatre};

type Samples = BTreeMap<String, Sample>;

/// A package whose backend is to be played.
pub struct Part {
    slug: String,
    agency: Agency,
    samples: Box<dyn Fn() -> Samples + Send + Sync>,
}

impl Part {
    pub fn of(package: &Package) -> Self {
        let samples = package.samples.clone();
        Self::reading(&package.slug, package.agency.clone(), move || samples.clone())
    }

    /// The samples are read when the first question comes.
    pub fn reading(
        slug: &str,
        agency: Agency,
        samples: impl Fn() -> Samples + Send + Sync + 'static,
    ) -> Self {
        Self { slug: slug.to_owned(), agency, samples: Box::new(samples) }
    }

    fn wants_certificates(&self) -> bool {
        self.agency.backend.auth == Auth::Mtls
    }
}

/// What a backend is played with.
struct Props {
    secret: Secret,
    clock: Clock,
    /// The file in which the memory is kept; nothing: only as long as the sandbox runs.
    keep: Option<PathBuf>,
    /// Whom the backend knows without being asked, as one that writes files must.
    people: Vec<Person>,
    http: reqwest::Client,
}

/// One backend.
pub struct Player {
    slug: String,
    agency: Agency,
    samples: Box<dyn Fn() -> Samples + Send + Sync>,
    recorded: OnceLock<Vec<Recorded>>,
    /// What it pushes, in a shape of its own.
    pushed: OnceLock<Vec<Pushed>>,
    props: Props,
    secrets: Secrets,
    doorman: Doorman,
    vouched: Vouched,
    memory: Mutex<Memory>,
    /// Whether there is something to keep.
    changed: AtomicBool,
    faults: Faults,
    /// The portal's address, once somebody told it.
    portal: Mutex<Option<String>>,
}

impl Player {
    fn new(part: Part, secrets: Secrets, mut props: Props) -> Self {
        let Part { slug, agency, samples } = part;
        props.keep = props.keep.map(|folder| folder.join(format!("{slug}.json")));
        let kept = props.keep.as_ref().and_then(|path| fs::read(path).ok());
        // What cannot be read any more is forgotten: it is a demo's.
        let memory = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self {
            doorman: Doorman::new(&slug, &agency.backend, &secrets, &props.secret),
            vouched: Vouched::new(&slug, props.http.clone()),
            slug,
            agency,
            samples,
            recorded: OnceLock::new(),
            pushed: OnceLock::new(),
            props,
            secrets,
            memory: Mutex::new(memory),
            changed: AtomicBool::new(false),
            faults: Faults::default(),
            portal: Mutex::default(),
        }
    }

    fn stage(&self) -> Stage<'_> {
        let recorded = self.recorded.get_or_init(|| {
            let samples = (self.samples)();
            let mut all: Vec<Recorded> =
                samples.iter().filter_map(|(name, sample)| Recorded::new(name, sample)).collect();
            if self.writes_xml() {
                spread::spread(&mut all);
            }
            all
        });
        Stage { agency: &self.agency, recorded, secret: &self.props.secret, now: self.props.clock.now() }
    }

    /// Whether one entry and a list of one look alike where they travel.
    fn writes_xml(&self) -> bool {
        let backend = &self.agency.backend;
        backend.driver == Driver::Soap || backend.body == BodyKind::Xml
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pushed(&self) -> &[Pushed] {
        self.pushed.get_or_init(|| (self.samples)().values().filter_map(Pushed::new).collect())
    }

    /// Answers a question that came by a way that these bindings take.
    fn answer(&self, fits: impl Fn(&Binding) -> bool, asked: Asked<'_>) -> Option<Reply> {
        let stage = self.stage();
        let mut memory = self.memory();
        let before = memory.names.len();
        let reply = stage.answer(&mut memory, fits, asked)?;
        let wrote = self.said(&reply).is_some_and(|one| one.capability.writes());
        if wrote || memory.names.len() != before {
            self.changed.store(true, Ordering::Relaxed);
        }
        Some(reply)
    }

    /// The sample behind a reply.
    fn said(&self, reply: &Reply) -> Option<&Recorded> {
        self.stage().recorded.iter().find(|one| one.name == reply.sample)
    }

    /// The declaration behind a reply.
    fn binding(&self, reply: &Reply) -> Option<&Binding> {
        let one = self.said(reply)?;
        self.agency.binding_for(one.capability, one.service.as_deref().unwrap_or_default())
    }

    /// Whether this is the question after its health, of which nothing is on record.
    fn is_health(&self, fits: impl Fn(&Binding) -> bool) -> bool {
        let unrecorded = || !self.stage().recorded.iter().any(|one| one.capability == Capability::Health);
        self.agency.binding(Capability::Health).is_some_and(fits) && unrecorded()
    }

    /// Decides how a case stands, in the contract's word. Says whether there is such a case.
    fn decide(&self, reference: &str, word: &str) -> bool {
        let mut memory = self.memory();
        let known = memory.case(Some(reference), Some(reference)).map(|case| case.reference.clone());
        let Some(case) = known.and_then(|reference| memory.cases.get_mut(&reference)) else { return false };
        case.word = Some(word.to_owned());
        self.changed.store(true, Ordering::Relaxed);
        true
    }

    /// Keeps what changed. A disk that is full is the demo's smallest worry.
    fn keep(&self) {
        if let Some(path) = &self.props.keep
            && self.changed.swap(false, Ordering::Relaxed)
        {
            let bytes = serde_json::to_vec(&*self.memory()).unwrap_or_default();
            let fresh = path.with_extension("new");
            if fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).is_err() {
                tracing::warn!(agency = self.slug, "the sandbox cannot keep what a backend remembers");
            }
        }
    }
}
