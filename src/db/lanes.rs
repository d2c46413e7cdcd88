//! The threads that own the connections, and the bounded queue before them.

use std::{
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use tokio::sync::broadcast;

use super::{
    Conn, DbError,
    connect::{Access, Connector},
    task::{self, Ran, Task},
};

/// Transactions that share one commit, at most, and the time for which more are gathered. Long enough to
/// spare the disk under load, too short to be felt.
const BATCH: usize = 128;
const GATHER: Duration = Duration::from_millis(8);

/// A connection that has rested for longer is asked whether it still stands before it is trusted with work: a
/// server that was restarted meanwhile then costs nobody an answer.
const RESTED: Duration = Duration::from_millis(250);

/// How long a thread without a connection rests before it tries to have one again.
const RECONNECT: Duration = Duration::from_millis(250);

type Work = Box<dyn Task>;
type Said = broadcast::Sender<&'static str>;
type Connect = Arc<Connector>;

/// A queue and the threads that serve it. They end when the last clone is dropped.
#[derive(Clone)]
pub(super) struct Lane {
    sender: Sender<Work>,
}

impl Lane {
    /// Threads whose connections only read.
    pub(super) fn reading(threads: usize, queue: usize, connect: &Connect) -> Self {
        let connect = Arc::clone(connect);
        Self::start("db-read", threads, queue, move |queue| {
            let mut held = Held::new(Access::Read, &connect);
            for work in queue {
                held.serve(work, |work, conn| work.run(conn));
            }
        })
    }

    /// Threads that run one transaction each at a time.
    pub(super) fn writing(threads: usize, queue: usize, connect: &Connect, said: &Said) -> Self {
        let (connect, said) = (Arc::clone(connect), said.clone());
        Self::start("db-write", threads, queue, move |queue| {
            let mut held = Held::new(Access::Write, &connect);
            for work in queue {
                held.serve(work, |work, conn| {
                    let ran = work.run_in_transaction(conn);
                    hear(&said, work.said());
                    ran
                });
            }
        })
    }

    /// The one writer of an engine that has only one: transactions that arrive together share a commit.
    pub(super) fn batching(queue: usize, connect: &Connect, said: &Said) -> Self {
        let (connect, said) = (Arc::clone(connect), said.clone());
        Self::start("db-write", 1, queue, move |queue| {
            let mut held = Held::new(Access::Write, &connect);
            for first in queue {
                held.serve_batch(first, queue, &said);
            }
        })
    }

    fn start(
        name: &str,
        threads: usize,
        queue: usize,
        serve: impl Fn(&Receiver<Work>) + Send + Sync + 'static,
    ) -> Self {
        let (sender, receiver) = bounded(queue);
        let serve = Arc::new(serve);
        for number in 1..=threads {
            let (receiver, serve) = (receiver.clone(), Arc::clone(&serve));
            let thread = thread::Builder::new().name(format!("{name}-{number}"));
            if let Err(error) = thread.spawn(move || serve(&receiver)) {
                tracing::error!(%error, "a database thread could not be started");
            }
        }
        Self { sender }
    }

    pub(super) fn put(&self, work: Work) -> Result<(), DbError> {
        self.sender.try_send(work).map_err(|refused| match refused {
            TrySendError::Full(_) => DbError::Busy,
            TrySendError::Disconnected(_) => DbError::Stopped,
        })
    }

    pub(super) fn waiting(&self) -> usize {
        self.sender.len()
    }
}

/// Says what was announced. Before the caller has its answer, so that whoever has it knows that it was heard.
fn hear(said: &Said, topics: &[&'static str]) {
    for topic in topics {
        // Nobody listening is fine: whoever comes later reads the truth first.
        let _ = said.send(topic);
    }
}

/// A thread's connection, had when needed and had again when lost.
struct Held<'a> {
    access: Access,
    connect: &'a Connect,
    conn: Option<Conn>,
    used: Instant,
    failed: Option<Instant>,
}

impl<'a> Held<'a> {
    fn new(access: Access, connect: &'a Connect) -> Self {
        Self { access, connect, conn: None, used: Instant::now(), failed: None }
    }

    fn get(&mut self) -> Result<&mut Conn, DbError> {
        let rested = self.used.elapsed() > RESTED;
        if self
            .conn
            .as_mut()
            .is_some_and(|conn| rested && matches!(conn, Conn::Pg(_)) && !task::is_usable(conn))
        {
            self.conn = None;
        }
        self.used = Instant::now();
        if self.conn.is_none() {
            // While the database is away every request is refused quickly rather than queued behind attempts.
            if self.failed.is_some_and(|at| at.elapsed() < RECONNECT) {
                return Err(DbError::Away("not connected".into()));
            }
            match self.connect.connect(self.access) {
                Ok(conn) => (self.conn, self.failed) = (Some(conn), None),
                Err(error) => {
                    tracing::warn!(%error, "the database is away");
                    self.failed = Some(Instant::now());
                    return Err(DbError::Away(error.to_string()));
                }
            }
        }
        self.conn.as_mut().ok_or_else(|| DbError::Away("not connected".into()))
    }

    fn serve(&mut self, mut work: Work, run: impl FnOnce(&mut Work, &mut Conn) -> Ran) {
        if work.is_abandoned() {
            return;
        }
        let conn = match self.get() {
            Ok(conn) => conn,
            Err(error) => return work.settle(Err(error)),
        };
        let ran = run(&mut work, conn);
        self.look_after(ran);
        work.settle(Ok(()));
    }

    fn serve_batch(&mut self, first: Work, queue: &Receiver<Work>, said: &Said) {
        let mut batch = vec![first];
        let conn = match self.get().and_then(|conn| task::begin_batch(conn).map(|()| conn)) {
            Ok(conn) => conn,
            Err(error) => {
                self.look_after(Ran::Broken);
                self.tell(&error);
                return settle(batch, &Err(error));
            }
        };
        let began = Instant::now();
        let mut next = 0;
        let mut ran = Ran::Done;
        while next < batch.len() && ran != Ran::Broken {
            let work = &mut batch[next];
            if !work.is_abandoned() {
                ran = work.run_in_transaction(conn);
            }
            next += 1;
            if batch.len() < BATCH && began.elapsed() < GATHER {
                batch.extend(queue.try_recv());
            }
        }
        let outcome = if ran == Ran::Broken {
            Err(DbError::Away("the transaction was lost".into()))
        } else {
            task::commit_batch(conn)
        };
        match &outcome {
            Ok(()) => batch.iter().for_each(|work| hear(said, work.said())),
            Err(reason) => {
                self.conn = None;
                self.tell(reason);
            }
        }
        settle(batch, &outcome);
    }

    /// What an operator can mend is said with where it is and what to do. The portal goes on reading meanwhile.
    fn tell(&self, reason: &DbError) {
        if let DbError::Unwritable(reason) = reason {
            tracing::error!(
                database = %self.connect.address,
                reason,
                "the database cannot be written. Look for a full disk, a quota, or a file system that has become \
                 read-only; once that is mended, writing goes on by itself"
            );
        }
    }

    /// Gives up a connection that cannot be trusted any more.
    fn look_after(&mut self, ran: Ran) {
        let lost = match ran {
            Ran::Done => false,
            Ran::Undone => self.conn.as_mut().is_some_and(|conn| !task::is_usable(conn)),
            Ran::Broken => true,
        };
        if lost {
            self.conn = None;
        }
    }
}

/// Tells every caller of a batch how the shared commit went.
fn settle(batch: Vec<Work>, outcome: &Result<(), DbError>) {
    for work in batch {
        work.settle(match outcome {
            Ok(()) => Ok(()),
            Err(DbError::Unwritable(reason)) => Err(DbError::Unwritable(reason.clone())),
            Err(reason) => Err(DbError::Away(reason.to_string())),
        });
    }
}
