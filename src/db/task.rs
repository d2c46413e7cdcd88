//! A piece of work on its way to a database thread and its answer on the way back.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::{
    RunQueryDsl as _,
    connection::{AnsiTransactionManager, TransactionManager},
};
use tokio::sync::oneshot;

use super::{Conn, DbError, announce};

type Manager = <Conn as diesel::Connection>::TransactionManager;

/// How a task ended on its connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ran {
    /// Its changes await the commit.
    Done,
    /// It asked to be undone, and was.
    Undone,
    /// The connection is not usable any more.
    Broken,
}

pub(super) trait Task: Send {
    /// Nobody waits for the answer any more: the work need not begin.
    fn is_abandoned(&self) -> bool;
    /// Runs on a connection as it is.
    fn run(&mut self, conn: &mut Conn) -> Ran;
    /// Runs as one transaction, or as a savepoint where one is open.
    fn run_in_transaction(&mut self, conn: &mut Conn) -> Ran;
    /// What the work announced, if its changes stand.
    fn said(&self) -> &[&'static str];
    /// Hands the answer to the caller: its own if `outcome` is fine, or else the reason.
    fn settle(self: Box<Self>, outcome: Result<(), DbError>);
}

pub(super) struct Request<F, T, E> {
    work: Option<F>,
    answer: Option<Result<T, E>>,
    said: Vec<&'static str>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Request<F, T, E> {
    pub(super) fn new(work: F, reply: oneshot::Sender<Result<T, E>>) -> Self {
        Self { work: Some(work), answer: None, said: Vec::new(), reply }
    }
}

impl<F, T, E> Task for Request<F, T, E>
where
    F: FnOnce(&mut Conn) -> Result<T, E> + Send,
    T: Send,
    E: From<DbError> + Send,
{
    fn is_abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn run(&mut self, conn: &mut Conn) -> Ran {
        let Some(work) = self.work.take() else { return Ran::Undone };
        drop(announce::take());
        // A panic is a bug, but one request's bug: the thread and its connection survive it.
        let answer =
            catch_unwind(AssertUnwindSafe(|| work(conn))).unwrap_or_else(|_| Err(DbError::Panicked.into()));
        self.said = announce::take();
        let ran = if answer.is_ok() { Ran::Done } else { Ran::Undone };
        self.answer = Some(answer);
        ran
    }

    fn run_in_transaction(&mut self, conn: &mut Conn) -> Ran {
        if let Err(error) = Manager::begin_transaction(conn) {
            self.answer = Some(Err(DbError::from(error).into()));
            return Ran::Broken;
        }
        let ended = match self.run(conn) {
            Ran::Done => match Manager::commit_transaction(conn) {
                Ok(()) => Ran::Done,
                Err(error) => {
                    self.answer = Some(Err(DbError::from(error).into()));
                    Ran::Broken
                }
            },
            _ => match Manager::rollback_transaction(conn) {
                Ok(()) => Ran::Undone,
                Err(_) => Ran::Broken,
            },
        };
        if ended != Ran::Done {
            self.said.clear();
        }
        ended
    }

    fn said(&self) -> &[&'static str] {
        &self.said
    }

    fn settle(self: Box<Self>, outcome: Result<(), DbError>) {
        let answer = match (outcome, self.answer) {
            // What the work itself refused stays its own answer, whatever became of the commit.
            (_, Some(Err(error))) => Err(error),
            (Ok(()), Some(answer)) => answer,
            (Ok(()), None) => Err(DbError::Stopped.into()),
            (Err(error), _) => Err(error.into()),
        };
        // The caller may have gone: then nobody needs the answer.
        let _ = self.reply.send(answer);
    }
}

/// Opens the transaction that a batch of tasks shares. SQLite must be told at once that it will write, or two
/// processes that both began by reading could each wait for the other.
pub(super) fn begin_batch(conn: &mut Conn) -> Result<(), DbError> {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?,
        Conn::Pg(conn) => AnsiTransactionManager::begin_transaction(conn)?,
    }
    Ok(())
}

pub(super) fn commit_batch(conn: &mut Conn) -> Result<(), DbError> {
    Manager::commit_transaction(conn).map_err(|error| {
        let error = DbError::from(error);
        // Whatever state it is in, the next batch starts afresh.
        let _ = Manager::rollback_transaction(conn);
        error
    })
}

/// Whether a connection can take the next task. Asked after a task that failed, never before one: PostgreSQL
/// tells of a lost connection only when it is used.
pub(super) fn is_usable(conn: &mut Conn) -> bool {
    let between =
        Manager::transaction_manager_status_mut(conn).transaction_depth().is_ok_and(|depth| depth.is_none());
    between && diesel::sql_query("SELECT 1").execute(conn).is_ok()
}
