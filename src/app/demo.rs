//! `yimen demo`: a whole city on one command.
//!
//! Everything lives in one folder: the database, the keys and passwords (random, never from a seed) and the ports,
//! so that starting again goes on where it was. It listens on loopback only. Beside the portal runs the sandbox,
//! which plays the programs that a real city would have, and which the portal knows by its settings alone.

mod asking;
mod backends;
mod moving;
mod neighbours;
mod notebook;
mod people;
mod told;

use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Instant,
};

use chrono::{NaiveDateTime, TimeZone as _};
use clap::Args;
use yimen_sandbox::Cast;

use notebook::Notebook;

use super::{
    commands::{Outcome, Printed},
    portal::{Portal, PortalError, Role},
};
use crate::{
    agencies::demo,
    platform::{Clock, clock::CITY_ZONE, config::Config, keys::KeyRing, telemetry},
    web::{ListenError, Listening},
};

const PORT_FILE: &str = "port";
/// How many ports are tried after one that is taken.
const PORTS: u16 = 50;

#[derive(Args, Clone)]
pub struct DemoOptions {
    /// Where to listen, on loopback [default: 127.0.0.1:8080, else the next free port]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// The folder that holds the demo city
    #[arg(long, value_name = "DIR", default_value = "./.yimen")]
    data: PathBuf,
    /// A configuration file to lay over the demo's settings
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Chooses the demo people [default: 1]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// What time it is in the city when it opens, as 2026-11-20T10:00; it goes on from there [default: as it is]
    #[arg(long, value_name = "TIME", value_parser = clock_at)]
    at: Option<Clock>,
    /// Leaves out the agencies' backends and sites, the register, the national provider and the post box
    #[arg(long)]
    no_sandbox: bool,
}

/// The configuration of a demo city in `data`: its settings come first, where its sandbox listens after them, a
/// file and the environment over all.
pub(super) fn configuration(
    data: &Path,
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, Outcome> {
    let path = |name: &str| data.join(name).display().to_string();
    let own = [
        ("YIMEN_DATABASE_URL", path("yimen.sqlite")),
        ("YIMEN_KEYS_FILE", path("yimen.keys")),
        ("YIMEN_FILES_FOLDER", path("files")),
        ("YIMEN_LOG_FILTER", "warn".to_owned()),
        ("YIMEN_SERVER_ONE_NAME", "true".to_owned()),
        // The demo's agencies live on this machine.
        ("YIMEN_GATEWAY_ALLOW", "[\"127.0.0.1\", \"::1\"]".to_owned()),
    ];
    let environment: Vec<(String, String)> = environment.into_iter().collect();
    // The general names count as set by the user, who means them to win over ours.
    let set = |name: &str| {
        let general = match name {
            "YIMEN_DATABASE_URL" => "DATABASE_URL",
            _ => name,
        };
        environment.iter().any(|(key, _)| key == name || key == general)
    };
    let own = own.into_iter().filter(|(name, _)| !set(name)).map(|(name, value)| (name.to_owned(), value));
    let all: Vec<_> = own.chain(environment.iter().cloned()).collect();
    let sandbox = notebook::settings(data);
    Config::load(sandbox.as_deref().into_iter().chain(file), all)
        .map_err(|mistakes| Outcome::Usage(mistakes.to_string()))
}

pub(super) async fn run(
    options: DemoOptions,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<(), Outcome> {
    let began = Instant::now();
    let data = &options.data;
    fs::create_dir_all(data).map_err(|error| {
        Outcome::Unavailable(format!(
            "the folder {} cannot be made: {error}. Choose one that can be written with --data.",
            data.display()
        ))
    })?;
    let (listening, moved_from) = listen(options.listen, data)?;
    let clock = options.at.unwrap_or_default();
    let mut notebook = Notebook::open(data, options.seed)?;
    let sandbox =
        if options.no_sandbox { None } else { Some(neighbours::open(&mut notebook, &clock, data).await?) };
    notebook.save()?;
    notebook::write_settings(data, sandbox.as_ref().map(neighbours::settings).as_deref())?;
    let config = configuration(data, options.config.as_deref(), environment)?;
    telemetry::start(config.log.format, &config.log.filter).map_err(Outcome::usage)?;

    let db = Portal::database(&config)?;
    let migrated = db.migrate().map_err(PortalError::from)?;
    if !migrated.0.is_empty() {
        println!("Setting up the demo city in {} …", data.display());
    }
    let report = demo::install_all(&db, clock.now()).await.map_err(PortalError::from)?;
    for (slug, reason) in &report.refused {
        eprintln!("The package {slug} was refused; the others go on.\n{reason}");
    }
    let keys = KeyRing::open_or_create(&config.keys).map_err(PortalError::from)?;
    let portal = Portal::start(&config, db, clock, keys, Role::All, Some(listening)).await?;
    if let Some(sandbox) = &sandbox {
        neighbours::introduce(&portal, sandbox).await?;
    }
    let cast = Cast::from_seed(notebook.seed);
    let backends = match &sandbox {
        Some(sandbox) => Some(backends::open(&portal, &mut notebook, sandbox, &cast, data).await?),
        None => None,
    };
    let everyone = people::settle(&portal, &cast, &mut notebook).await?;
    if let Some(sandbox) = &sandbox {
        for (member, secret) in people::apps(&cast, &mut notebook)? {
            sandbox.post_box.carry(&member.name, &member.login, &secret);
        }
    }

    let mut out = Printed::new();
    out.line(format_args!("一门 Yimen: the demo city 云州市（虚构）is open."));
    out.line(format_args!(""));
    out.line(format_args!("  {}", portal.public_url));
    out.line(format_args!(""));
    if let Ok(edition) = portal.shelf.edition() {
        let catalogue = &edition.catalogue;
        out.line(format_args!(
            "  {} services of {} agencies.",
            catalogue.services.len(),
            catalogue.agencies.len(),
        ));
        out.line(format_args!(""));
    }
    told::people(&mut out, &portal.public_url, &everyone, sandbox.is_some());
    if let Some(sandbox) = &sandbox {
        told::neighbours(&mut out, sandbox);
    }
    if let Some(taken) = moved_from {
        out.line(format_args!(
            "  Port {taken} is in use by another program, so this city listens elsewhere."
        ));
    }
    out.line(format_args!(
        "  Ready after {} ms. Ctrl-C stops; starting again goes on here.",
        began.elapsed().as_millis()
    ));
    drop(out);

    super::commands::until_told_to_stop().await;
    portal.stop().await;
    if let Some(backends) = backends {
        backends.stop().await;
    }
    if let Some(sandbox) = sandbox {
        sandbox.stop().await;
    }
    Ok(())
}

/// A city's clock, from a time of its own zone.
fn clock_at(typed: &str) -> Result<Clock, String> {
    let local = NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M");
    let at = local.ok().and_then(|local| CITY_ZONE.from_local_datetime(&local).earliest());
    at.map(|at| Clock::starting(at.to_utc())).ok_or_else(|| "a time is like 2026-11-20T10:00".to_owned())
}

/// The remembered port, else 8080, else the next free one.
fn listen(wanted: Option<SocketAddr>, data: &Path) -> Result<(Listening, Option<u16>), Outcome> {
    if let Some(address) = wanted {
        if !address.ip().is_loopback() {
            return Err(Outcome::Usage(format!(
                "the demo city listens on loopback only, and {address} is not. Its people and passwords are for \
                 trying out; `yimen serve` is for others."
            )));
        }
        return Ok((Listening::on(address).map_err(PortalError::from)?, None));
    }
    let file = data.join(PORT_FILE);
    let remembered = fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok());
    let first: u16 = remembered.unwrap_or(8080);
    for port in first..=first.saturating_add(PORTS) {
        match Listening::on(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)) {
            Ok(listening) => {
                // Not being able to remember the port harms nothing today.
                let _: io::Result<()> = fs::write(&file, port.to_string());
                return Ok((listening, (port != first).then_some(first)));
            }
            Err(ListenError::InUse(_)) => {}
            Err(error) => return Err(PortalError::from(error).into()),
        }
    }
    Err(Outcome::Unavailable(format!("no port from {first} on is free. Name one with --listen.")))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn a_city_opens_at_the_time_it_is_told() {
        let told = DateTime::parse_from_rfc3339("2026-11-20T10:00:00+08:00").unwrap().to_utc();
        let late = clock_at("2026-11-20T10:00").unwrap().now() - told;
        assert!(late >= TimeDelta::zero() && late < TimeDelta::hours(1), "{late}");
        for wrong in ["", "10:00", "2026-11-20", "2026-02-30T10:00", "2026-11-20T10:00Z"] {
            assert!(clock_at(wrong).is_err(), "{wrong}");
        }
    }
}
