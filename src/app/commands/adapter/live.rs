//! `adapter try`, and what `adapter check` tries of a running backend.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use chrono::{DateTime, Utc};
use clap::Args;
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;
use yimen_contract::{Package, agency::Driver, capability::Capability};
use yimen_drivers::{
    Memory, SafeDialer,
    address::{Allowed, Net},
};
use yimen_sandbox::{Backend, BackendPorts, Backends, Clock as SandboxClock, Part, Secret, Theatre};
use yimen_tools::{
    live::{self, Asked, Question, Reach, Target, Troubles},
    rehearsal,
};

use super::loaded;
use crate::{
    app::{
        commands::{Outcome, Printed, binding::secrets},
        drivers,
    },
    platform::{Clock, random, tls},
};

/// Where the backend is and what opens it.
#[derive(Args)]
pub(in crate::app) struct RunningBackend {
    /// The backend's address, such as https://gateway.example.org/v2
    #[arg(long, value_name = "URL", conflicts_with = "sandbox")]
    endpoint: Option<Url>,
    /// Plays the backend from the package's samples, instead of asking a real one
    #[arg(long)]
    sandbox: bool,
    /// A secret that the package names; others on this machine can read it here, so see `--secrets`
    #[arg(long = "secret", value_name = "NAME=VALUE", requires = "endpoint")]
    secret: Vec<String>,
    /// Reads secrets from the standard input, each as NAME=VALUE on a line
    #[arg(long, requires = "endpoint")]
    secrets: bool,
    /// A private network that may be reached, such as 10.20.0.0/16; this machine itself always may
    #[arg(long, value_name = "NET", requires = "endpoint")]
    allow: Vec<Net>,
}

/// What is asked.
#[derive(Args)]
pub(in crate::app) struct TriedPackage {
    folder: PathBuf,
    /// Asks what this sample asks, such as one-violation
    #[arg(long, value_name = "NAME", required_unless_present = "capability")]
    sample: Option<String>,
    /// Asks this capability, with a question of one's own
    #[arg(long, value_name = "NAME", requires = "question", conflicts_with = "sample")]
    capability: Option<String>,
    /// Code of the service that the question is about
    #[arg(long, value_name = "CODE")]
    service: Option<String>,
    /// A file with the question, in the contract's form
    #[arg(long, value_name = "FILE")]
    question: Option<PathBuf>,
    #[command(flatten)]
    backend: RunningBackend,
    #[arg(long)]
    json: bool,
}

impl RunningBackend {
    /// Whether there is any to be asked: officers are not, and sites are gone to.
    pub(super) fn asks(&self, driver: Driver) -> bool {
        !matches!(driver, Driver::Redirect | Driver::Desk) && (self.sandbox || self.endpoint.is_some())
    }

    fn given(&self) -> Result<BTreeMap<String, SecretString>, Outcome> {
        let mut all = if self.secrets { secrets()? } else { BTreeMap::new() };
        for pair in &self.secret {
            // The pair is not repeated: it may be the secret.
            let (name, value) = pair
                .split_once('=')
                .ok_or_else(|| Outcome::Usage("write each secret as NAME=VALUE".to_owned()))?;
            all.insert(name.to_owned(), value.to_owned());
        }
        Ok(all.into_iter().map(|(name, value)| (name, SecretString::from(value))).collect())
    }

    /// Does something with the backend, while it runs. With a seed a played one does the same every time.
    async fn with<T>(
        &self,
        package: &Package,
        seed: Option<u64>,
        then: impl AsyncFnOnce(&Target<'_>, &Path) -> T,
    ) -> Result<T, Outcome> {
        tls::provide();
        let seed = seed.filter(|_| self.sandbox);
        let scratch = Scratch::make()?;
        let clock = Clock::system();
        let now = move || if seed.is_some() { rehearsal::moment() } else { clock.now() };
        let played = if self.sandbox { Some(play(package, seed, now.clone(), &scratch.0)?) } else { None };
        if let Some(played) = &played {
            played.tick().await;
        }
        let (address, secrets) =
            self.reached(played.as_ref().and_then(|played| played.get(&package.slug)))?;
        let drivers = drivers::drivers();
        let driver = drivers.get(&package.agency.backend.driver);
        let driver = driver
            .ok_or_else(|| Outcome::Usage("the agency has no backend that could be asked".to_owned()))?;
        let here = ["127.0.0.0/8", "::1/128"].iter().filter_map(|net| net.parse().ok());
        let dialer = SafeDialer::new(Allowed::new(here.chain(self.allow.iter().copied()).collect()));
        let (maps, store, next) = (drivers::maps(None), Memory::default(), AtomicU64::new(1));
        let fresh = || match seed {
            Some(_) => Uuid::from_u128(next.fetch_add(1, Ordering::Relaxed).into()),
            None => Uuid::now_v7(),
        };
        let target = Target {
            package,
            driver: driver.as_ref(),
            address,
            secrets,
            dialer: &dialer,
            maps: &maps,
            store: &store,
            now: &now,
            fresh: &fresh,
        };
        let result = then(&target, &scratch.0).await;
        if let Some(played) = played {
            played.stop().await;
        }
        Ok(result)
    }

    /// Where the backend is, and what opens it.
    fn reached(&self, played: Option<&Backend>) -> Result<(Url, BTreeMap<String, SecretString>), Outcome> {
        match (&self.endpoint, played) {
            (Some(address), _) => Ok((address.clone(), self.given()?)),
            (None, Some(backend)) => {
                let secrets = backend.secrets.iter();
                let secrets = secrets.map(|(name, value)| (name.clone(), SecretString::from(value.as_str())));
                Ok((Url::parse(&backend.address).map_err(Outcome::unavailable)?, secrets.collect()))
            }
            (None, None) => {
                let message = "say where the backend is with --endpoint URL, or play it with --sandbox: agencies without a \
                               backend have neither";
                Err(Outcome::Usage(message.to_owned()))
            }
        }
    }
}

/// A folder that is gone when this is.
struct Scratch(PathBuf);

impl Scratch {
    fn make() -> Result<Self, Outcome> {
        let folder = env::temp_dir().join(format!("yimen-try-{}", Uuid::now_v7()));
        // One that is there already would be somebody else's.
        fs::create_dir(&folder)
            .map_err(|error| Outcome::Unavailable(format!("{}: {error}", folder.display())))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind, the system clears away.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn play(
    package: &Package,
    seed: Option<u64>,
    now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
    folder: &Path,
) -> Result<Backends, Outcome> {
    let secret = match seed {
        Some(seed) => [seed.to_be_bytes(); 4].concat().try_into().unwrap_or_default(),
        None => random::bytes().map_err(Outcome::unavailable)?,
    };
    let theatre = Theatre {
        secret: Secret::new(secret),
        clock: SandboxClock::asking(now),
        ports: BackendPorts::default(),
        folder: (package.agency.backend.driver == Driver::Csv).then(|| folder.join("sandbox")),
        people: Vec::new(),
        keys: BTreeMap::new(),
        every: None,
    };
    Backends::start(&theatre, vec![Part::of(package)]).map_err(Outcome::unavailable)
}

/// What only a running backend shows, and what the portal does when it is in trouble. A played one may be asked
/// everything: nothing depends on it.
pub(super) async fn trials(
    backend: &RunningBackend,
    package: &Package,
    reach: Reach,
) -> Result<Troubles, Outcome> {
    let reach = Reach { writes: reach.writes || backend.sandbox, ..reach };
    let tried = backend.with(package, Some(reach.seed), async |target, scratch| {
        let mut entries = live::trials(target, reach.writes).await;
        let Troubles { entries: more, courses } = if package.agency.backend.driver == Driver::Csv {
            live::files::troubles(target, scratch).await.map_err(Outcome::unavailable)?
        } else {
            live::troubles(target, reach).await
        };
        entries.extend(more);
        Ok(Troubles { entries, courses })
    });
    tried.await?
}

/// Asks once, and shows what travelled.
pub(in crate::app) async fn adapter_try(wanted: &TriedPackage) -> Result<(), Outcome> {
    let package = loaded(&wanted.folder)?;
    let own = wanted.own_question()?;
    let question = match (&own, &wanted.sample) {
        (Some((capability, input)), _) => {
            Question { capability: *capability, service: wanted.service.as_deref(), input }
        }
        (None, name) => {
            let name = name.as_deref().unwrap_or_default();
            let found = package.samples.iter().find(|(path, _)| is_called(path, name));
            let found = found.and_then(|(_, sample)| Question::of(sample));
            found.ok_or_else(|| Outcome::Usage(no_sample(&package, name)))?
        }
    };
    let asked = wanted
        .backend
        .with(&package, None, async |target, _| live::asked_now(target, question).await)
        .await?;
    show(&asked, wanted.json);
    if asked.answer.is_some() { Ok(()) } else { Err(Outcome::Findings) }
}

impl TriedPackage {
    fn own_question(&self) -> Result<Option<(Capability, Value)>, Outcome> {
        let (Some(name), Some(file)) = (&self.capability, &self.question) else { return Ok(None) };
        let capability = Capability::named(name)
            .ok_or_else(|| Outcome::Usage(format!("there is no capability {name}")))?;
        let unreadable = |why: String| Outcome::Usage(format!("{}: {why}", file.display()));
        let text = fs::read_to_string(file).map_err(|error| unreadable(error.to_string()))?;
        let input: Value = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
        capability.accepts_question(&input).map_err(unreadable)?;
        Ok(Some((capability, input)))
    }
}

/// What there is instead.
fn no_sample(package: &Package, name: &str) -> String {
    let names: Vec<&str> = package
        .samples
        .keys()
        .filter_map(|path| path.strip_prefix("samples/")?.strip_suffix(".json"))
        .collect();
    if names.is_empty() {
        return "the package has no samples: write one under samples/, or ask with --capability and --question".to_owned();
    }
    format!("the package has no sample of a question that is called {name}; it has {}", names.join(", "))
}

fn is_called(path: &str, name: &str) -> bool {
    path == name || path.strip_prefix("samples/").and_then(|path| path.strip_suffix(".json")) == Some(name)
}

fn show(asked: &Asked, as_json: bool) {
    let mut out = Printed::new();
    if as_json {
        return out.line(format_args!("{}", json!(asked)));
    }
    for seen in &asked.exchanges {
        out.line(format_args!("→ {} {}", seen.method, seen.address));
        out.line(format_args!("  headers: {}", seen.headers.join(", ")));
        out.line(format_args!("  {}", seen.sent));
        match (seen.status, &seen.received) {
            (Some(status), Some(received)) => out.line(format_args!("← {status}\n  {received}")),
            _ => out.line(format_args!("← nothing")),
        }
    }
    match (&asked.answer, &asked.fails) {
        (Some(answer), _) => out.line(format_args!("answer: {answer:#}")),
        (None, Some(fails)) => out.line(format_args!("no answer ({}): {fails}", asked.way.unwrap_or("none"))),
        (None, None) => {}
    }
}
