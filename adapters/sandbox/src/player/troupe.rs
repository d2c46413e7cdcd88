//! All backends at work: where each is reached, what opens it, and how to make it fail.

use std::{
    collections::{BTreeMap, HashSet},
    fs, io,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use actix_web::web::Data;
use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;
use url::Url;
use yimen_contract::agency::{Auth, Driver};

use super::{
    Case, Part, Player, Props, frames,
    http::mount,
    proof::{self, Secrets},
    tls::Papers,
};
use crate::{
    clock::Clock,
    faults::{Fault, Faults},
    people::Person,
    running::{StartError, dialer},
    secret::Secret,
    server::{Door, Server, serve},
};

/// Below the folder: what backends remember, and where files are exchanged.
const MEMORY: &str = "memory";
const DROP: &str = "drop";

/// What all backends share.
#[derive(Debug, Clone)]
pub struct Theatre {
    /// Secrets and names follow from it.
    pub secret: Secret,
    pub clock: Clock,
    /// Where to listen; 0, or one in use, is replaced by a free one.
    pub ports: BackendPorts,
    /// Where files are exchanged and memories kept. Without it agencies that are asked by files are not played, and
    /// nothing is remembered until the next time.
    pub folder: Option<PathBuf>,
    /// Whom backends know without being asked.
    pub people: Vec<Person>,
    /// Secrets that an agency and the portal have already, by the agency's slug and the names in its package.
    pub keys: BTreeMap<String, Secrets>,
    /// How often files are looked at and events sent; nothing: only when [`Backends::tick`] says so.
    pub every: Option<Duration>,
}

/// The ports of all backends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BackendPorts {
    pub http: u16,
    /// Of those that want the portal's certificate.
    pub https: u16,
    /// Of those that speak in frames, by agency.
    pub tcp: BTreeMap<String, u16>,
}

/// One backend at work.
pub struct Backend {
    pub slug: String,
    /// What an operator binds.
    pub address: String,
    /// By the names in the package.
    pub secrets: Secrets,
    pub(crate) player: Arc<Player>,
    folder: Option<PathBuf>,
}

/// All backends at work. They end with [`Backends::stop`].
pub struct Backends {
    pub all: Vec<Backend>,
    ports: BackendPorts,
    server: Server,
    tasks: Vec<JoinHandle<()>>,
}

/// The players that share the server.
#[derive(Default)]
pub struct Cast {
    players: BTreeMap<String, Arc<Player>>,
    /// Connections that showed the portal's certificate.
    pub(super) certified: Mutex<HashSet<SocketAddr>>,
}

impl Cast {
    pub fn get(&self, slug: &str) -> Option<Arc<Player>> {
        self.players.get(slug).cloned()
    }

    pub fn is_certified(&self, peer: SocketAddr) -> bool {
        self.certified.lock().unwrap_or_else(PoisonError::into_inner).contains(&peer)
    }
}

impl Theatre {
    fn props(&self, client: &reqwest::Client) -> Props {
        Props {
            secret: self.secret.clone(),
            clock: self.clock.clone(),
            keep: self.folder.as_ref().map(|folder| folder.join(MEMORY)),
            people: self.people.clone(),
            http: client.clone(),
        }
    }
}

/// What is being set up.
struct House {
    http: String,
    https: Option<String>,
    ports: BackendPorts,
    cast: Cast,
    tasks: Vec<JoinHandle<()>>,
}

impl House {
    /// Gives a player the door that its protocol has.
    fn enter(&mut self, player: Arc<Player>, theatre: &Theatre) -> Result<Option<Backend>, StartError> {
        let (slug, backend) = (player.slug.clone(), &player.agency.backend);
        let mut folder = None;
        let address = match backend.driver {
            Driver::Rest | Driver::Soap | Driver::Callback => {
                self.cast.players.insert(slug.clone(), Arc::clone(&player));
                let certified = self.https.as_ref().filter(|_| backend.auth == Auth::Mtls);
                format!("{}/{slug}", certified.unwrap_or(&self.http))
            }
            Driver::Fixed => {
                let door = Door::open(theatre.ports.tcp.get(&slug).copied().unwrap_or(0))?;
                self.ports.tcp.insert(slug.clone(), door.address.port());
                self.tasks.push(frames::listen(door.listener, Arc::clone(&player))?);
                format!("tcp://{}", door.address)
            }
            Driver::Csv => {
                let Some(root) = &theatre.folder else { return Ok(None) };
                let drop = root.join(DROP).join(&slug);
                fs::create_dir_all(&drop)?;
                let drop = drop.canonicalize()?;
                let address = Url::from_directory_path(&drop).map_err(|()| io::ErrorKind::InvalidFilename);
                folder = Some(drop);
                address.map_err(io::Error::from)?.to_string()
            }
            Driver::Redirect | Driver::Desk => return Ok(None),
        };
        let secrets = player.secrets.clone();
        Ok(Some(Backend { slug, address, secrets, player, folder }))
    }
}

impl Backends {
    /// Begins to play, on the runtime that calls. Agencies whose officers work in the portal, or that have a site only, have no backend.
    pub fn start(theatre: &Theatre, parts: Vec<Part>) -> Result<Self, StartError> {
        // An error says that a provider is there already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        for folder in theatre.folder.iter().flat_map(|folder| [folder.join(MEMORY), folder.join(DROP)]) {
            fs::create_dir_all(folder)?;
        }
        let door = Door::open(theatre.ports.http)?;
        let tls = if parts.iter().any(Part::wants_certificates) {
            Some((Papers::open(theatre.folder.as_deref())?, Door::open(theatre.ports.https)?))
        } else {
            None
        };
        let (papers, secure) = tls.map_or((None, None), |(papers, door)| (Some(papers), Some(door)));
        let mut house = House {
            http: door.url(),
            https: secure.as_ref().map(|door| door.url().replace("http:", "https:")),
            ports: BackendPorts {
                http: door.address.port(),
                https: secure.as_ref().map_or(theatre.ports.https, |door| door.address.port()),
                tcp: BTreeMap::new(),
            },
            cast: Cast::default(),
            tasks: Vec::new(),
        };
        let (client, mut all) = (dialer()?, Vec::new());
        for part in parts {
            let secrets = theatre.keys.get(&part.slug).cloned();
            let secrets = secrets.unwrap_or_else(|| {
                proof::secrets(&part.slug, &part.agency.backend, &theatre.secret, papers.as_ref())
            });
            let player = Arc::new(Player::new(part, secrets, theatre.props(&client)));
            all.extend(house.enter(player, theatre)?);
        }
        let House { cast, ports, mut tasks, .. } = house;
        let (cast, to) = (Data::new(cast), door.address);
        if let (Some(papers), Some(secure)) = (&papers, secure) {
            tasks.push(papers.listen(secure.listener, to, cast.clone())?);
        }
        let server = serve(door, Data::new(Faults::default()), move |app| mount(app, cast.clone()))?;
        if let Some(every) = theatre.every {
            tasks.push(tokio::spawn(again(every, working(&all))));
        }
        Ok(Self { all, ports, server, tasks })
    }

    /// Where everything listens, to be asked for again next time.
    pub fn ports(&self) -> BackendPorts {
        self.ports.clone()
    }

    pub fn get(&self, slug: &str) -> Option<&Backend> {
        self.all.iter().find(|backend| backend.slug == slug)
    }

    /// Makes the portal of this address known: it is told what happens, and its statements are looked at.
    pub fn expect(&self, origin: &str) {
        self.all.iter().for_each(|backend| backend.player.expect(origin));
    }

    /// Looks at files, sends events, keeps memories.
    pub async fn tick(&self) {
        tick(&working(&self.all)).await;
    }

    pub async fn stop(self) {
        self.tasks.iter().for_each(JoinHandle::abort);
        self.server.stop().await;
        self.all.iter().for_each(|backend| backend.player.keep());
    }
}

impl Backend {
    pub fn fail(&self, fault: Fault) {
        self.player.faults.set(fault);
    }

    /// By which of the portal's orders each due was paid.
    pub fn settled(&self) -> BTreeMap<String, String> {
        self.player.memory().settlers.clone()
    }

    /// The applications it has.
    pub fn cases(&self) -> Vec<Case> {
        self.player.memory().cases.values().cloned().collect()
    }

    /// Decides how an application stands, in the contract's word. Says whether there is such a one.
    pub fn decide(&self, reference: &str, status: &str) -> bool {
        self.player.decide(reference, status)
    }
}

type Working = Vec<(Arc<Player>, Option<PathBuf>)>;

fn working(all: &[Backend]) -> Working {
    all.iter().map(|backend| (Arc::clone(&backend.player), backend.folder.clone())).collect()
}

async fn again(every: Duration, players: Working) {
    let mut times = tokio::time::interval(every);
    times.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        times.tick().await;
        tick(&players).await;
    }
}

async fn tick(players: &Working) {
    for (player, folder) in players {
        if let Some(folder) = folder.clone() {
            let busy = Arc::clone(player);
            let done = tokio::task::spawn_blocking(move || busy.exchange(&folder)).await;
            if let Ok(Err(error)) = done {
                tracing::warn!(agency = player.slug, %error, "files cannot be exchanged");
            }
        }
        player.tell().await;
        player.keep();
    }
}
