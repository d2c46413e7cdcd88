//! `yimen demo year`: a year of a new demo city, on which the demo can be started.

use std::{fs, path::PathBuf, time::Instant};

use chrono::{NaiveDate, NaiveDateTime, TimeZone as _};
use clap::Args;

use super::{
    Planted, YearError,
    life::{Told, Wanted, YEAR, live},
};
use crate::{
    agencies::{self, demo as packages},
    app::{
        commands::{Outcome, Printed},
        demo,
        portal::{Portal, PortalError, Role},
    },
    db::{Db, DbError},
    platform::{Clock, Moment, clock::CITY_ZONE, config::Config, keys::KeyRing, telemetry},
};

/// What logs are kept down to: a backend that is down every night is no news here.
const LOG: (&str, &str) = ("YIMEN_LOG_FILTER", "error");
const DATABASE: &str = "YIMEN_DATABASE_URL";

#[derive(Args, Clone)]
pub(in crate::app) struct YearOptions {
    /// The folder that holds the demo city: `yimen demo --data DIR` starts it
    #[arg(long, value_name = "DIR", default_value = "./.yimen-year")]
    data: PathBuf,
    /// Chooses the year: the same seed, the same people, matters and faults
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many matters are handed in, beside those of which ratings are bought
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    matters: usize,
    /// The database, which has to be new [default: in the folder]
    #[arg(long, value_name = "PATH")]
    database: Option<String>,
    /// When the year ends, as 2026-11-20T10:00 in the city [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment_at)]
    until: Option<Moment>,
}

/// A moment, from a time of the city's own zone.
fn moment_at(typed: &str) -> Result<Moment, String> {
    let local = NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M");
    let at = local.ok().and_then(|local| CITY_ZONE.from_local_datetime(&local).earliest());
    at.map(|at| at.to_utc()).ok_or_else(|| "a time is like 2026-11-20T10:00".to_owned())
}

pub(in crate::app) async fn run(
    options: &YearOptions,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<(), Outcome> {
    let began = Instant::now();
    fs::create_dir_all(&options.data).map_err(|error| {
        Outcome::Unavailable(format!(
            "the folder {} cannot be made: {error}. Choose one that can be written with --data.",
            options.data.display()
        ))
    })?;
    let config = configuration(options, environment)?;
    telemetry::start(config.log.format, &config.log.filter).map_err(Outcome::usage)?;
    let db = Portal::database(&config)?;
    is_new(&db).await?;
    let end = options.until.unwrap_or_else(|| Clock::system().now());
    let clock = Clock::standing(end - YEAR);
    eprintln!("Setting up the city of a year before {} …", end.with_timezone(&CITY_ZONE).date_naive());
    let report = packages::install_all(&db, clock.now()).await.map_err(PortalError::from)?;
    for (slug, reason) in &report.refused {
        eprintln!("The package {slug} was refused; the others go on.\n{reason}");
    }
    let keys = KeyRing::open_or_create(&config.keys).map_err(PortalError::from)?;
    // Nobody comes in by the door, and jobs run on the year's own clock.
    let portal = Portal::start(&config, db, clock, keys, Role::Web, None).await?;
    let wanted = Wanted { seed: options.seed, matters: options.matters };
    let told = live(&portal, &config, wanted, |line| eprintln!("  {line}")).await;
    portal.stop().await;
    print(options, &told?, began);
    Ok(())
}

/// The demo's own settings, with another database where one is named.
fn configuration(
    options: &YearOptions,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, Outcome> {
    let mut all: Vec<(String, String)> = environment.into_iter().collect();
    if let Some(database) = &options.database {
        all.retain(|(name, _)| name != DATABASE);
        all.push((DATABASE.to_owned(), database.clone()));
    }
    if !all.iter().any(|(name, _)| name == LOG.0) {
        all.push((LOG.0.to_owned(), LOG.1.to_owned()));
    }
    demo::configuration(&options.data, None, all)
}

/// A year is lived once: what is there already would be lived over again.
async fn is_new(db: &Db) -> Result<(), Outcome> {
    db.migrate().map_err(PortalError::from)?;
    let there = db.read(agencies::list).await.map_err(|error: DbError| Outcome::unavailable(error))?;
    if there.is_empty() {
        return Ok(());
    }
    Err(Outcome::Usage(
        "there is a city in this database already, and a year is made for a new one. Choose another folder with \
         --data, or another database with --database."
            .to_owned(),
    ))
}

impl From<YearError> for Outcome {
    fn from(error: YearError) -> Self {
        Self::unavailable(error)
    }
}

fn print(options: &YearOptions, told: &Told, began: Instant) {
    let mut out = Printed::new();
    let Planted { late, nightly, buyer } = &told.planted;
    out.line(format_args!("A year of the demo city from {}, by seed {}:", told.first, options.seed));
    out.line(format_args!(""));
    out.line(format_args!(
        "  {} people handed in {} applications at {} agencies; {} are decided, {} came to nothing.",
        told.people, told.handed_in, told.agencies, told.decided, told.left_out
    ));
    out.line(format_args!(
        "  {} ratings, {} of them bad; {} of these answered, {} judged, {} appealed against.",
        told.ratings, told.bad, told.answered, told.verdicts, told.appeals
    ));
    out.line(format_args!(
        "  {} letters to the city, {} answers; {} questions to backends; {} jobs, {} given up.",
        told.letters, told.replies, told.calls, told.jobs, told.dead
    ));
    out.line(format_args!(
        "  {} appointments, {} kept, {} given back, {} missed; {} bills, {} paid, {} of these asked back.",
        told.booked, told.came, told.gave_back, told.stayed_away, told.bills, told.paid, told.refunds
    ));
    out.line(format_args!(""));
    out.line(format_args!("  What is wrong in it, and where that is seen as an administrator:"));
    out.line(format_args!(
        "    {} is late with {}: /admin/quality, /admin/quality?agency={}, /quality",
        late.0,
        late.1.join(", "),
        late.0
    ));
    out.line(format_args!(
        "    {} of {} is down every night: /admin/quality?agency={}, /quality/services/{}",
        nightly.1, nightly.0, nightly.0, nightly.1
    ));
    let days = |(from, to): &(NaiveDate, NaiveDate)| format!("{from} to {to}");
    let bought: Vec<String> = told.bought.iter().map(days).collect();
    out.line(format_args!(
        "    {buyer} has its ratings bought ({}): /admin/quality, at the top",
        bought.join(", ")
    ));
    out.line(format_args!(
        "  Also worth a look: /admin, /admin/ratings, /admin/payments, /agency/ratings, /agency/calendar, \
         /agency/voice, /voice"
    ));
    out.line(format_args!(""));
    let database = options.database.as_ref().map_or_else(String::new, |path| format!("{DATABASE}={path} "));
    out.line(format_args!(
        "  Start it with: {database}yimen demo --data {}   (made in {} s)",
        options.data.display(),
        began.elapsed().as_secs()
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_ends_at_a_time_of_the_city() {
        assert_eq!(moment_at("2026-11-20T10:00").unwrap().to_rfc3339(), "2026-11-20T02:00:00+00:00");
        assert!(moment_at("2026-11-20").is_err());
    }
}
