//! The daily round of files: what an agency has written is read, what waits for it is written.

use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use yimen_contract::agency::Driver as Protocol;
use yimen_daily::{Came, Exchange, FolderError};
use yimen_drivers::Ports;

use super::{Gateway, GatewayError, Outside, book::Wanted, rounds};
use crate::{
    agencies::bindings,
    db::{Conn, DbError},
    jobs::{self, Done, Failure, Job, Priority, Running},
    platform::Moment,
};

/// How long one step with a folder may take. Files are large and servers at night are slow.
const PATIENCE: Duration = Duration::from_mins(1);

/// Exchanges files with one agency.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExchangeFiles {
    agency: String,
}

impl Job for ExchangeFiles {
    const KIND: &'static str = "gateway.exchange-files";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::minutes(10);

    fn key(&self) -> Option<String> {
        Some(self.agency.clone())
    }
}

/// Has files exchanged with every agency that is bound to a folder. Each by a job of its own: one whose server
/// hangs keeps no other waiting.
pub fn exchange_all(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    for ((agency, _), address) in bindings::addresses(c)? {
        if address.starts_with("file:") || address.starts_with("sftp:") {
            jobs::enqueue(c, now, &ExchangeFiles { agency })?;
        }
    }
    Ok(())
}

/// Runs [`ExchangeFiles`]. What fails now is tried again at the next tick: nothing is lost meanwhile, since lines
/// wait and files stay.
pub async fn exchange_files(
    gateway: Data<Gateway>,
    job: ExchangeFiles,
    running: Running,
) -> Result<Done, Failure> {
    let agency = job.agency.as_str();
    match gateway.exchange(agency).await {
        Ok(()) => {}
        Err(ExchangeError::Gateway(GatewayError::Db(error))) => return Err(error.into()),
        Err(error) => {
            tracing::warn!(agency, %error, "files could not be exchanged");
            metrics::counter!("yimen_file_rounds_failed_total", "agency" => agency.to_owned()).increment(1);
            let now = gateway.now();
            return running.finish(move |c| rounds::failed(c, now, &job.agency)).await;
        }
    }
    running.finish(|_| Ok::<_, DbError>(())).await
}

#[derive(Debug, thiserror::Error)]
enum ExchangeError {
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    #[error(transparent)]
    Folder(#[from] FolderError),
}

impl Gateway {
    async fn exchange(&self, agency: &str) -> Result<(), ExchangeError> {
        let now = self.now();
        let (entry, closed) = self.book.entry(&self.db, &self.keys, now, Wanted::of(agency)).await?;
        let Some(endpoint) = &entry.endpoint else { return Ok(()) };
        if closed.by_order() || entry.agency.backend.driver != Protocol::Csv {
            return Ok(());
        }
        let Outside { dialer, maps, store } = &self.outside;
        let ports = Ports { dialer: dialer.as_ref(), maps: maps.as_ref(), store: store.as_ref() };
        let backend = &entry.agency.backend;
        let exchange = Exchange { agency, backend, endpoint, ports, now, within: PATIENCE };
        let came = yimen_daily::collect(&exchange).await?;
        for one in &came {
            told(agency, one);
        }
        if came.iter().any(|one| !matches!(one, Came::Known { .. })) {
            let agency = agency.to_owned();
            self.db.tx(move |c| rounds::note(c, now, &agency, &came)).await.map_err(GatewayError::from)?;
        }
        for (table, lines) in yimen_daily::deliver(&exchange).await? {
            tracing::info!(agency, table, lines, "lines were written for an agency");
        }
        Ok(())
    }
}

fn told(agency: &str, came: &Came) {
    let outcome = match came {
        Came::Taken { file, lines, left_out } => {
            tracing::info!(agency, file, lines, left_out, "a file was taken over");
            "taken"
        }
        Came::Refused { file, problems } => {
            let problems = problems.len();
            tracing::warn!(agency, file, problems, "a file was refused; the agency finds why in its report");
            "refused"
        }
        Came::Unfinished { file, companion } => {
            tracing::info!(agency, file, companion, "a file is not finished");
            "unfinished"
        }
        Came::Known { .. } => "known",
    };
    metrics::counter!("yimen_files_total", "agency" => agency.to_owned(), "outcome" => outcome).increment(1);
}
