//! The portal's side: a few workers, each doing one thing at a time.

use std::{
    borrow::Cow,
    collections::HashMap,
    ffi::OsString,
    io,
    path::PathBuf,
    process::Stdio,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::Semaphore,
    time::timeout,
};
use yimen_drivers::{Code, Detail, Future, Job, MapError, Maps, Verdict};

use crate::exchange::{Ask, Said, length, pack};

/// After so many runs a worker makes room for a new one, whatever it has gathered by then.
const RUNS: u32 = 10_000;

/// The longest one map should take, however long the call has: what makes two answers alike takes no time.
pub const LONGEST: Duration = Duration::from_secs(2);

/// What the workers are.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The portal's own program.
    pub program: PathBuf,
    /// What makes it a worker.
    pub arguments: Vec<OsString>,
    /// How many at most.
    pub workers: usize,
    /// The longest one map may take, however long the call has.
    pub longest: Duration,
}

/// What happened so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub runs: u64,
    pub started: u64,
    /// Ended by the pool because the time was over.
    pub killed: u64,
    /// Ended by themselves.
    pub died: u64,
}

#[derive(Default)]
struct Tally {
    runs: AtomicU64,
    started: AtomicU64,
    killed: AtomicU64,
    died: AtomicU64,
}

/// Workers that run maps. They are started when they are needed.
pub struct Pool {
    settings: Settings,
    places: Semaphore,
    /// The places of each agency: one fewer than there are, so that its maps keep nobody else's from running.
    shares: Mutex<HashMap<String, Arc<Semaphore>>>,
    idle: Mutex<Vec<Worker>>,
    tally: Tally,
}

/// Dropping it ends the process.
struct Worker {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
    runs: u32,
}

impl Pool {
    pub fn new(settings: Settings) -> Self {
        let places = Semaphore::new(settings.workers.max(1));
        Self { settings, places, shares: Mutex::default(), idle: Mutex::default(), tally: Tally::default() }
    }

    pub fn counts(&self) -> Counts {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let Tally { runs, started, killed, died } = &self.tally;
        Counts { runs: of(runs), started: of(started), killed: of(killed), died: of(died) }
    }

    /// Whether a program is one, without running it.
    pub async fn check(&self, program: &str, text: &str, within: Duration) -> Result<(), MapError> {
        let nothing = Value::Null;
        let ask = Ask {
            text: Cow::Borrowed(text),
            facts: Cow::Borrowed(&nothing),
            run: false,
            input: Cow::Borrowed(&nothing),
            milliseconds: milliseconds(within),
        };
        match self.ask(program, &ask, within).await? {
            Said::Compiled => Ok(()),
            other => understood(program, other).map(|_| ()),
        }
    }

    fn share(&self, agency: &str) -> Arc<Semaphore> {
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        let most = self.settings.workers.saturating_sub(1).max(1);
        Arc::clone(shares.entry(agency.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(most))))
    }

    async fn ask(&self, program: &str, ask: &Ask<'_>, within: Duration) -> Result<Said, MapError> {
        let began = Instant::now();
        let no_place = |why: &str| MapError::NoPlace(why.to_owned());
        let Ok(Ok(_place)) = timeout(within, self.places.acquire()).await else {
            return Err(no_place("all workers are busy"));
        };
        let message = pack(ask).map_err(|_| no_place("the value is too large"))?;
        let mut worker = match self.idle() {
            Some(worker) => worker,
            None => self.start().map_err(|error| no_place(&error.kind().to_string()))?,
        };
        self.tally.runs.fetch_add(1, Ordering::Relaxed);
        // While it runs the worker belongs to this call: given up, it ends.
        let left = within.saturating_sub(began.elapsed()).min(self.settings.longest);
        match timeout(left, worker.ask(&message)).await {
            Ok(Ok(said)) => {
                self.back(worker);
                Ok(said)
            }
            Ok(Err(_)) => {
                self.tally.died.fetch_add(1, Ordering::Relaxed);
                Err(MapError::Died(program.to_owned()))
            }
            Err(_) => {
                self.tally.killed.fetch_add(1, Ordering::Relaxed);
                let _ = worker.child.start_kill();
                Err(MapError::Late(program.to_owned()))
            }
        }
    }

    /// A worker that waits for work and is still there.
    fn idle(&self) -> Option<Worker> {
        loop {
            let mut worker = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
            if matches!(worker.child.try_wait(), Ok(None)) {
                return Some(worker);
            }
        }
    }

    fn back(&self, mut worker: Worker) {
        worker.runs += 1;
        if worker.runs < RUNS {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
    }

    fn start(&self) -> io::Result<Worker> {
        let mut child = Command::new(&self.settings.program)
            .args(&self.settings.arguments)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        self.tally.started.fetch_add(1, Ordering::Relaxed);
        Ok(Worker { child, input, output, runs: 0 })
    }
}

impl Worker {
    async fn ask(&mut self, message: &[u8]) -> io::Result<Said> {
        self.input.write_all(message).await?;
        self.input.flush().await?;
        let mut head = [0; 4];
        self.output.read_exact(&mut head).await?;
        let mut bytes = vec![0; length(head)?];
        self.output.read_exact(&mut bytes).await?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}

impl Maps for Pool {
    fn run<'a>(&'a self, job: Job<'a>) -> Future<'a, Result<Value, MapError>> {
        Box::pin(async move {
            let (began, share) = (Instant::now(), self.share(job.agency));
            let Ok(Ok(_place)) = timeout(job.within, share.acquire()).await else {
                return Err(MapError::NoPlace("the agency's other maps are running".to_owned()));
            };
            let left = job.within.saturating_sub(began.elapsed());
            let ask = Ask {
                text: Cow::Borrowed(job.text),
                facts: Cow::Borrowed(job.facts),
                run: true,
                input: Cow::Borrowed(job.input),
                milliseconds: milliseconds(left.min(self.settings.longest)),
            };
            understood(job.program, self.ask(job.program, &ask, left).await?)
        })
    }
}

fn milliseconds(within: Duration) -> u64 {
    u64::try_from(within.as_millis()).unwrap_or(u64::MAX / 2).min(60_000)
}

fn understood(program: &str, said: Said) -> Result<Value, MapError> {
    let program = program.to_owned();
    Err(match said {
        Said::Result(value) => return Ok(value),
        Said::Wrong { line, column, message } => MapError::Wrong { program, line, column, message },
        Said::Failed(detail) => MapError::Failed { program, detail: Detail(detail) },
        Said::NotOne | Said::Compiled => MapError::NotOne(program),
        Said::Refused(code) => MapError::Says(Verdict::Refused(Code::new(&code))),
        Said::Credentials(code) => MapError::Says(Verdict::Credentials(Code::new(&code))),
        Said::Busy => MapError::Says(Verdict::Busy),
        Said::Unknown => MapError::Says(Verdict::Unknown),
    })
}
