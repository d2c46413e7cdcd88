//! The agencies' backends beside a demo city, played by the sandbox from the packages that are live, and bound as an
//! operator would bind real ones.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    time::Duration,
};

use sha2::{Digest as _, Sha256};
use yimen_contract::agency::Driver;
use yimen_drivers::auth::sign::hex;
use yimen_sandbox::{Backends, Cast, Clock as SandboxClock, Part, Running, Theatre};

use super::{
    neighbours::{OPERATORS, REGISTER},
    notebook::Notebook,
};
use crate::{
    agencies::{
        self,
        bindings::{self, BindingError, Proposal},
        demo,
    },
    app::{Portal, commands::Outcome},
    db::DbError,
};

/// Below the city's folder: daily files, and what backends remember.
const FOLDER: &str = "backends";
/// How often files are looked at and events sent.
const EVERY: Duration = Duration::from_secs(2);

/// Plays every agency that has a backend.
pub(super) async fn open(
    portal: &Portal,
    notebook: &mut Notebook,
    sandbox: &Running,
    cast: &Cast,
    data: &Path,
) -> Result<Backends, Outcome> {
    let site = &portal.site;
    let asked = site.clock.clone();
    let (office, name) = REGISTER;
    let key = BTreeMap::from([(name.to_owned(), sandbox.register.key.clone())]);
    let theatre = Theatre {
        secret: notebook.secret()?,
        clock: SandboxClock::asking(move || asked.now()),
        ports: notebook.backends.clone(),
        folder: Some(data.join(FOLDER)),
        people: cast.register.clone(),
        keys: BTreeMap::from([(office.to_owned(), key)]),
        every: Some(EVERY),
    };
    let backends = Backends::start(&theatre, parts(portal).await?).map_err(Outcome::unavailable)?;
    notebook.backends = backends.ports();
    if let Some(office) = backends.get(office) {
        sandbox.register.engage(office);
    }
    introduce(portal, notebook, sandbox, &backends).await?;
    Ok(backends)
}

/// What is played: the agencies of the catalogue, with the samples of the packages that are live.
async fn parts(portal: &Portal) -> Result<Vec<Part>, Outcome> {
    // While no city is installed there is nothing to play.
    let Ok(edition) = portal.shelf.edition() else { return Ok(Vec::new()) };
    let live = portal.site.db.read(agencies::list).await;
    let live: HashMap<String, String> = live
        .map_err(|error: DbError| Outcome::unavailable(error))?
        .into_iter()
        .map(|row| (row.slug, row.fingerprint))
        .collect();
    let mut parts = Vec::new();
    for entry in &edition.catalogue.agencies {
        if matches!(entry.agency.backend.driver, Driver::Desk | Driver::Redirect) {
            continue;
        }
        let slug = entry.slug.clone();
        let print = live.get(&slug).map(String::as_str).unwrap_or_default();
        // What the program carries is only unpacked when somebody asks.
        let part = if let Some(samples) = demo::samples(&slug, print) {
            Part::reading(&slug, entry.agency.clone(), samples)
        } else {
            let own = portal.site.db.read(move |c| agencies::agency(c, &slug)).await;
            Part::of(&own.map_err(Outcome::unavailable)?.package)
        };
        parts.push(part);
    }
    Ok(parts)
}

/// Binds what is not bound so already.
async fn introduce(
    portal: &Portal,
    notebook: &mut Notebook,
    sandbox: &Running,
    backends: &Backends,
) -> Result<(), Outcome> {
    // As it stands in the statements: without a slash at its end.
    backends.expect(portal.public_url.as_str().trim_end_matches('/'));
    let in_force = portal.site.db.read(bindings::addresses).await;
    let in_force: HashMap<String, String> = in_force
        .map_err(|error: DbError| Outcome::unavailable(error))?
        .into_iter()
        .map(|((agency, _), address)| (agency, address))
        .collect();
    let mut proposals = Vec::new();
    let mut bound = BTreeMap::new();
    for backend in &backends.all {
        let address = match backend.slug.as_str() {
            slug if slug == REGISTER.0 => sandbox.register.url.clone(),
            _ => backend.address.clone(),
        };
        let there = in_force.get(&backend.slug) == Some(&address);
        let proposal = Proposal { agency: backend.slug.clone(), address, secrets: backend.secrets.clone() };
        let print = print(&proposal);
        if !there || notebook.bound.get(&backend.slug) != Some(&print) {
            proposals.push(proposal);
        }
        bound.insert(backend.slug.clone(), print);
    }
    let (ring, now) = (portal.site.keys.clone(), portal.site.clock.now());
    portal
        .site
        .db
        .tx(move |c| {
            proposals.iter().try_for_each(|proposal| bindings::bind(c, &ring, now, proposal, OPERATORS))
        })
        .await
        .map_err(|error: BindingError| Outcome::unavailable(error))?;
    notebook.bound = bound;
    notebook.save()
}

/// Tells two bindings apart without keeping what opens them.
fn print(proposal: &Proposal) -> String {
    let mut digest = Sha256::new();
    digest.update(&proposal.address);
    for (name, value) in &proposal.secrets {
        digest.update(format!("\n{name}\n{value}"));
    }
    hex(&digest.finalize()[..16])
}
