//! One running portal, assembled from its rooms.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use actix_web::web::Data;
use bytes::Bytes;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use tokio::{sync::mpsc, task::JoinHandle};
use url::Url;

use super::{ROUTES, codes, drivers, handovers, registry, schedules};
use crate::{
    accounts::{acting::Matters, inquiries::Terms},
    bookings::Appointments,
    cache::{Bounds, Cache, CacheError, Heard, Key},
    catalogue::{Shelf, counts::Counts, filling::Forms},
    db::{Db, DbError, MigrateError, OpenError},
    gateway::{self, Gateway},
    jobs::{Runners, RunnersConfig},
    notices::{Courier, CourierError, Reporters},
    platform::{
        Clock,
        config::Config,
        hashes::{HashList, HashListError},
        keys::{KeyError, KeyRing},
        memory, tls,
    },
    sso::upstream::{Providers, UpstreamError},
    wallet::Tickets,
    web::{self, Guard, ListenError, Listening, Metrics, Served, Site, SiteParts},
};

#[derive(Debug, thiserror::Error)]
pub enum PortalError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("cache.url: {0}")]
    Cache(#[from] CacheError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error("passwords.leaked: {0}")]
    Leaked(#[from] HashListError),
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
    #[error(transparent)]
    Courier(#[from] CourierError),
    #[error(transparent)]
    Listen(#[from] ListenError),
    #[error("the server could not be started: {0}")]
    Serve(#[from] io::Error),
    #[error(
        "server.public_url is needed unless server.listen is on this machine alone: write the https address that people type"
    )]
    NoAddress,
}

/// What this process does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// Answers requests.
    Web,
    /// Runs jobs.
    Work,
    #[default]
    All,
}

/// A portal that runs until it is stopped.
pub struct Portal {
    pub address: Option<SocketAddr>,
    pub public_url: Url,
    pub site: Data<Site>,
    pub shelf: Data<Shelf>,
    pub courier: Courier,
    pub gateway: Data<Gateway>,
    served: Vec<Served>,
    runners: Option<Runners>,
    background: Vec<JoinHandle<()>>,
    counts: Counts,
    patience: Duration,
}

impl Portal {
    /// Opens the database of a configuration and checks that program and schema fit.
    pub fn database(config: &Config) -> Result<Db, PortalError> {
        Ok(Db::open(&config.database)?)
    }

    pub fn cache(config: &Config) -> Result<Cache, PortalError> {
        let bounds = Bounds { bytes: config.cache.max_bytes, ..Bounds::default() };
        Ok(match &config.cache.url {
            None => Cache::in_process(bounds),
            Some(url) => Cache::redis_within(url.as_str(), &config.cache.prefix, bounds)?,
        })
    }

    /// The list of leaked passwords that a configuration names.
    pub fn leaked(config: &Config) -> Result<Option<Arc<HashList>>, PortalError> {
        Ok(config.leaked_passwords.as_deref().map(HashList::open).transpose()?.map(Arc::new))
    }

    /// Starts everything that `role` asks for. The schema must be up to date.
    pub async fn start(
        config: &Config,
        db: Db,
        clock: Clock,
        keys: KeyRing,
        role: Role,
        listening: Option<Listening>,
    ) -> Result<Self, PortalError> {
        tls::provide();
        let address = listening.as_ref().map(|listening| listening.address);
        let public_url = public_url(config, address)?;
        let cache = Self::cache(config)?;
        let shelf = Data::new(Shelf::new(public_url.as_str().trim_end_matches('/')));
        let keys = Arc::new(keys);
        let providers = Data::new(Providers::new(&config.national)?);
        let parts = SiteParts {
            db: db.clone(),
            cache: cache.clone(),
            clock: clock.clone(),
            keys,
            leaked: Self::leaked(config)?,
            chrome: shelf.clone().into_inner(),
            demands: shelf.clone().into_inner(),
            public_url: public_url.clone(),
            machine_paths: machine_paths(),
        };
        let site = Data::new(Site::new(parts, config));
        let gateway = Data::new(drivers::gateway(&config.gateway, &site));
        let (ring, carriers) = (Arc::clone(&site.keys), gateway.clone().into_inner());
        let courier = Courier::new(config, clock.clone(), ring, shelf.clone().into_inner(), &carriers)?;
        let (counts, terms) = (Counts::default(), Terms(config.answers));
        shelf.refresh(&db, &clock).await?;

        let (wake, woken) = mpsc::channel(1);
        let kept = site.kept.clone();
        let mut background = vec![tokio::spawn(shelf.clone().into_inner().keep_up(
            db.clone(),
            clock.clone(),
            counts.clone(),
            woken,
            move || kept.forget_all(),
        ))];
        let runners = (role != Role::Web).then(|| {
            let config = RunnersConfig::from(&config.jobs);
            Runners::start(
                db.clone(),
                clock.clone(),
                registry(&site, &courier, &gateway, &shelf, terms),
                schedules(),
                config,
            )
        });
        background.push(tokio::spawn(gateway.clone().into_inner().keep_log()));
        background.push(tokio::spawn(keep_small()));
        background.push(tokio::spawn(tell_other_nodes(db.clone(), cache.clone())));
        let runner_waker = runners.as_ref().map(Runners::waker);
        background.push(tokio::spawn(hear_other_nodes(cache, move |topic| {
            if topic == crate::jobs::TOPIC {
                if let Some(waker) = &runner_waker {
                    waker.notify_one();
                }
            } else {
                let _ = wake.try_send(());
            }
        })));

        let served = match listening {
            Some(listening) if role != Role::Work => {
                let (holders, handovers) = (Data::new(super::holders()), Data::new(handovers()));
                let mounted = (shelf.clone(), Data::new(counts.clone()), providers, gateway.clone());
                let (forms, payments) = (Data::new(Forms::default()), Data::new(config.payments));
                let codes = Data::new(codes(&site, &shelf.clone().into_inner()));
                let reporters = Data::new(Reporters::new(config));
                let operator = operator(config, &gateway)?;
                web::serve(listening, operator, &config.server, site.clone(), move |app| {
                    let (shelf, counts, providers, gateway) = &mounted;
                    let matters: Arc<dyn Matters> = shelf.clone().into_inner();
                    app.app_data(shelf.clone()).app_data(counts.clone()).app_data(Data::from(matters));
                    app.app_data(handovers.clone()).app_data(providers.clone()).app_data(holders.clone());
                    app.app_data(gateway.clone()).app_data(forms.clone()).app_data(Data::new(terms));
                    app.app_data(payments.clone()).app_data(codes.clone()).app_data(reporters.clone());
                    app.app_data(tickets());
                    web::mount(ROUTES, app);
                })?
            }
            _ => Vec::new(),
        };
        let patience = config.server.shutdown;
        Ok(Self {
            address,
            public_url,
            site,
            shelf,
            courier,
            gateway,
            served,
            runners,
            background,
            counts,
            patience,
        })
    }

    /// Brings the catalogue up to date at once, instead of within seconds.
    pub async fn refresh(&self) -> Result<(), DbError> {
        let (db, clock) = (&self.site.db, &self.site.clock);
        if self.shelf.refresh(db, clock).await? | self.shelf.score(db, clock).await? {
            self.site.kept.forget_all();
        }
        Ok(())
    }

    /// Writes down what was counted and which calls were made, instead of within seconds.
    pub async fn settle(&self) -> Result<(), DbError> {
        self.gateway.settle().await?;
        self.counts.flush(&self.site.db, self.site.clock.today()).await
    }

    /// Stops: no new requests, no new jobs; what is under way ends; counts are written down.
    pub async fn stop(mut self) {
        for served in self.served.drain(..) {
            served.stop().await;
        }
        if let Some(runners) = self.runners.take() {
            runners.stop(self.patience).await;
        }
        for task in self.background.drain(..) {
            task.abort();
        }
        if let Err(error) = self.settle().await {
            tracing::warn!(%error, "the last views and calls could not be written down");
        }
    }
}

/// Where programs ask, and nobody else: an address that people's browsers come to as well counts as theirs.
fn machine_paths() -> Vec<&'static str> {
    let machines = ROUTES.iter().filter(|route| route.guard == Guard::Machine).map(|route| route.path);
    let people = |path: &str| ROUTES.iter().any(|route| route.path == path && route.guard != Guard::Machine);
    machines.filter(|path| !people(path)).collect()
}

/// The address people type: as configured, or where the portal listens.
fn public_url(config: &Config, address: Option<SocketAddr>) -> Result<Url, PortalError> {
    if let Some(url) = &config.server.public_url {
        return Ok(url.clone());
    }
    let address = address.unwrap_or(config.server.listen);
    // Passkeys and cookies belong to a name, so loopback goes by its own.
    // Others are told an address of their own, with https before it.
    if !address.ip().is_loopback() {
        return Err(PortalError::NoAddress);
    }
    Url::parse(&format!("http://localhost:{}/", address.port())).map_err(|_| PortalError::NoAddress)
}

/// Where the bounds of the histogram of calls lie, in seconds: between a cached answer and the longest patience.
const CALL_SECONDS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0];

fn operator(config: &Config, gateway: &Data<Gateway>) -> Result<Option<(Listening, Metrics)>, PortalError> {
    let Some(address) = config.server.operator_listen else { return Ok(None) };
    let calls = Matcher::Full(gateway::CALL_SECONDS.to_owned());
    let builder = PrometheusBuilder::new().set_buckets_for_metric(calls, &CALL_SECONDS);
    let recorder = builder.map_err(|error| io::Error::other(error.to_string()))?.build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::warn!("metrics are recorded elsewhere already");
    }
    let gateway = gateway.clone();
    // Breakers change by themselves as time passes: they are looked at when somebody asks.
    let metrics = Metrics::new(handle, move || gateway.gauge());
    Ok(Some((Listening::on(address)?, metrics)))
}

/// Who keeps the appointments that stand in the wallet.
fn tickets() -> Data<dyn Tickets> {
    let appointments: Arc<dyn Tickets> = Arc::new(Appointments);
    Data::from(appointments)
}

fn channel() -> Key {
    Key::new("announce", &[])
}

/// When a start is over, and how often memory is given back from then on.
const STARTED: Duration = Duration::from_secs(2);
const GIVE_BACK: Duration = Duration::from_mins(1);

/// Keeps the portal no bigger than what it holds: after the start, and after every busy hour.
async fn keep_small() {
    let mut next = STARTED;
    loop {
        tokio::time::sleep(next).await;
        let _ = tokio::task::spawn_blocking(memory::give_back).await;
        next = GIVE_BACK;
    }
}

/// Passes on what this node's transactions announced.
async fn tell_other_nodes(db: Db, cache: Cache) {
    let mut announced = db.announcements();
    loop {
        match announced.recv().await {
            Ok(topic) => cache.publish(&channel(), Bytes::from_static(topic.as_bytes())),
            // Others poll as well: a lost message costs seconds.
            Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {}
            Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
        }
    }
}

async fn hear_other_nodes(cache: Cache, wake: impl Fn(&str) + Send + 'static) {
    let mut subscription = cache.subscribe(&channel());
    loop {
        match subscription.recv().await {
            Heard::Said(topic) => wake(&String::from_utf8_lossy(&topic)),
            // Something was said while nobody listened: everything is looked at.
            Heard::Missed => {
                wake(crate::jobs::TOPIC);
                wake(crate::agencies::TOPIC);
            }
        }
    }
}
