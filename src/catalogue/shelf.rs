//! Where the current edition stands, and how it is replaced.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use arc_swap::{ArcSwap, ArcSwapOption};
use yimen_contract::city::Portal;

use super::{
    Catalogue, Closure, Edition, asking, closures, counts, edition::Phase, finder, issued, project, scores,
};
use crate::{
    agencies::{self, Signature},
    db::{Conn, Db, DbError},
    platform::{Clock, Moment, clock::city_day},
    policy,
    web::{Chrome, Demands, Failure, frame::CityLine},
};

/// How often packages are looked at when nothing announces a change: the longest that a node which missed a
/// message shows an old catalogue.
const LOOK: Duration = Duration::from_secs(3);
/// How often the most used services are put in order anew.
const RANK: Duration = Duration::from_mins(1);
/// How often pages are given new scores: each time all kept pages are forgotten, so a rating does not do it.
const SCORE: Duration = Duration::from_mins(10);

/// Holds the current edition. Readers never wait; a new edition replaces the old one whole.
pub struct Shelf {
    current: ArcSwapOption<Edition>,
    city: ArcSwap<CityLine>,
    state: Mutex<State>,
    origin: String,
}

#[derive(Default)]
struct State {
    signature: Option<Signatures>,
    phase: Option<Phase>,
    ranked: Option<Instant>,
    scored: Option<Instant>,
}

impl Shelf {
    /// An empty shelf of a portal at `origin`.
    pub fn new(origin: &str) -> Self {
        let empty = CityLine {
            name: yimen_contract::Bilingual::new("一门", "Yimen"),
            footer: yimen_contract::Bilingual::default(),
            hotline: "12345".to_owned(),
            hall: yimen_contract::Bilingual::default(),
            hall_hours: yimen_contract::Bilingual::default(),
            portals: Vec::<Portal>::new(),
            origin: origin.to_owned(),
        };
        Self {
            current: ArcSwapOption::empty(),
            city: ArcSwap::from_pointee(empty),
            state: Mutex::default(),
            origin: origin.to_owned(),
        }
    }

    /// The current edition. While no city is installed there is none, and pages say "busy".
    pub fn edition(&self) -> Result<Arc<Edition>, Failure> {
        self.current.load_full().ok_or(Failure::Busy)
    }

    /// Brings the shelf up to date with packages, use and time. `true` if pages look different now.
    pub async fn refresh(&self, db: &Db, clock: &Clock) -> Result<bool, DbError> {
        let now = clock.now();
        let look = move |c: &mut Conn| Ok::<_, DbError>((signatures(c)?, closures::read(c, now)?));
        let (signature, closures) = db.read(look).await?;
        let (known, ranked, scored) = {
            let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            (state.signature, state.ranked, state.scored)
        };
        let mut changed = false;
        if known != Some(signature) {
            changed |= self.reload(db, now).await?;
        }
        if changed || ranked.is_none_or(|at| at.elapsed() >= RANK) {
            changed |= self.rank(db, clock).await?;
        }
        if scored.is_none_or(|at| at.elapsed() >= SCORE) {
            changed |= self.score(db, clock).await?;
        }
        changed |= self.close(closures);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.signature = Some(signature);
        let phase = self.current.load().as_ref().map(|edition| edition.phase(now));
        if state.phase != phase {
            state.phase = phase;
            changed = true;
        }
        Ok(changed)
    }

    /// Puts up what pages say of agencies' systems, if that is another than before.
    fn close(&self, closures: Vec<Closure>) -> bool {
        let Some(edition) = self.current.load_full() else { return false };
        if *edition.closures == *closures {
            return false;
        }
        self.current.store(Some(Arc::new(edition.closed(closures.into()))));
        true
    }

    async fn reload(&self, db: &Db, now: Moment) -> Result<bool, DbError> {
        let read = move |c: &mut Conn| {
            let packages = (agencies::live(c)?, agencies::published(c)?);
            Ok::<_, DbError>((packages, issued::all(c, now)?, policy::queries::approved(c)?))
        };
        let ((live, published), issued, changes) = db.read(read).await?;
        // Projecting and indexing take tens of milliseconds: not on a thread that answers requests.
        let built = tokio::task::spawn_blocking(move || {
            let mut catalogue = project(live, &published, issued)?;
            catalogue.rules = Arc::new(catalogue.rules.with(&changes));
            let index = finder::index(&catalogue);
            Some((Arc::new(catalogue), Arc::new(index)))
        })
        .await
        .unwrap_or_default();
        let Some((catalogue, index)) = built else { return Ok(false) };
        self.city.store(Arc::new(self.city_line(&catalogue)));
        let shown = (Arc::default(), self.scores());
        self.current.store(Some(Arc::new(Edition::new(catalogue, index, &[], shown))));
        Ok(true)
    }

    async fn rank(&self, db: &Db, clock: &Clock) -> Result<bool, DbError> {
        let Some(edition) = self.current.load_full() else { return Ok(false) };
        let today = city_day(clock.now());
        // Twice as many as are shown, for the ones that are no longer online.
        let used = db.read(move |c| counts::most_used(c, today, 20)).await?;
        self.state.lock().unwrap_or_else(PoisonError::into_inner).ranked = Some(Instant::now());
        let (catalogue, index) = (Arc::clone(&edition.catalogue), Arc::clone(&edition.index));
        let shown = (Arc::clone(&edition.closures), Arc::clone(&edition.scores));
        let next = Edition::new(catalogue, index, &used, shown);
        if next.most_used == edition.most_used {
            return Ok(false);
        }
        self.current.store(Some(Arc::new(next)));
        Ok(true)
    }

    fn scores(&self) -> Arc<scores::Scores> {
        self.current.load().as_ref().map(|edition| Arc::clone(&edition.scores)).unwrap_or_default()
    }

    /// Puts up how satisfied people were, if that is another than before.
    pub async fn score(&self, db: &Db, clock: &Clock) -> Result<bool, DbError> {
        let Some(edition) = self.current.load_full() else { return Ok(false) };
        let today = city_day(clock.now());
        let read = db.read(move |c| scores::all(c, today)).await?;
        self.state.lock().unwrap_or_else(PoisonError::into_inner).scored = Some(Instant::now());
        if *edition.scores == read {
            return Ok(false);
        }
        self.current.store(Some(Arc::new(edition.scored(Arc::new(read)))));
        Ok(true)
    }

    fn city_line(&self, catalogue: &Catalogue) -> CityLine {
        let city = &catalogue.city.city;
        CityLine {
            name: city.name.clone(),
            footer: city.footer.clone(),
            hotline: city.hotline.clone(),
            hall: city.hall.clone(),
            hall_hours: city.hall_hours.clone(),
            portals: city.higher_portals.clone(),
            origin: self.origin.clone(),
        }
    }

    /// Keeps the shelf up to date for as long as the process runs. `changed` is called whenever pages look
    /// different. Counts are written down on the way.
    pub async fn keep_up(
        self: Arc<Self>,
        db: Db,
        clock: Clock,
        counts: counts::Counts,
        mut wake: tokio::sync::mpsc::Receiver<()>,
        changed: impl Fn() + Send + 'static,
    ) {
        let mut announced = db.announcements();
        loop {
            if let Err(error) = counts.flush(&db, clock.today()).await {
                tracing::warn!(%error, "views could not be written down yet");
            }
            match self.refresh(&db, &clock).await {
                Ok(true) => changed(),
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "the catalogue could not be looked at"),
            }
            let pause = tokio::time::sleep(LOOK);
            tokio::pin!(pause);
            loop {
                tokio::select! {
                    () = &mut pause => break,
                    Some(()) = wake.recv() => break,
                    heard = announced.recv() => match heard {
                        Ok(topic) if ![agencies::TOPIC, issued::TOPIC, policy::TOPIC].contains(&topic) => {}
                        _ => break,
                    }
                }
            }
        }
    }
}

/// The state of everything that a catalogue is made of.
type Signatures = (Signature, issued::Signature, policy::Signature);

fn signatures(c: &mut Conn) -> Result<Signatures, DbError> {
    Ok((agencies::signature(c)?, issued::signature(c)?, policy::signature(c)?))
}

impl Demands for Shelf {
    fn level(&self, service: &str) -> Option<u8> {
        let edition = self.edition().ok()?;
        let service = &edition.catalogue.service(service)?.service;
        // What is handed in or paid is always somebody's.
        let somebodys = asking::filled_of(service).is_some() || asking::is_paid(service);
        let somebodys = somebodys.then(|| asking::level_of(service).unwrap_or_default());
        let is_asked = asking::query_of(service).is_some() || asking::is_noted(service);
        somebodys.or_else(|| asking::level_of(service).filter(|_| is_asked))
    }
}

impl Chrome for Shelf {
    fn city(&self) -> Arc<CityLine> {
        self.city.load_full()
    }

    fn agency(&self, slug: &str) -> Option<yimen_contract::Bilingual> {
        let edition = self.edition().ok()?;
        edition.catalogue.agency(slug).map(|entry| entry.agency.name.clone())
    }
}
