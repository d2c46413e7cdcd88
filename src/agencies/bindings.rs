//! What stands behind the names in a package: the address of the backend, and the secrets that open it.
//!
//! A package names an alias and secrets' names; the operator binds them, and a second person approves. Whoever
//! could bind alone could send citizens' data anywhere. Secrets are sealed with the ring and never shown again.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use secrecy::SecretString;
use url::Url;
use yimen_contract::agency::Backend;

use super::{
    InstallError,
    expiry::{self, Expiries},
    queries,
};
use crate::{
    db::{Conn, DbError, Json, Sealed, Stamp, announce, schema::environment_bindings},
    id,
    platform::{
        Moment,
        keys::{KeyError, KeyRing},
    },
};

/// What is announced when a binding comes into force.
pub const BOUND: &str = "bindings";

id! {
    /// A binding, proposed or in force.
    BindingId
}

#[derive(Debug, thiserror::Error)]
pub enum BindingError {
    #[error("there is no agency {0} here")]
    Unknown(String),
    #[error("{0} works in the portal: it has no backend that could be bound")]
    NoBackend(String),
    #[error(
        "`{0}` is not the address of a backend. Write https://host/path, without a name, a query or a fragment."
    )]
    Address(String),
    #[error("the package names the secrets {wanted}, but {given} were given")]
    Secrets { wanted: String, given: String },
    #[error("nothing waits for approval at {0}")]
    NothingWaits(String),
    #[error("{0} proposed it: another person must approve")]
    SamePerson(String),
    #[error("say who you are")]
    Nobody,
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error("the package cannot be read: {0}")]
    Stored(String),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for BindingError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<InstallError> for BindingError {
    fn from(error: InstallError) -> Self {
        match error {
            InstallError::Db(error) => Self::Db(error),
            InstallError::Unknown(slug) => Self::Unknown(slug),
            other => Self::Stored(other.to_string()),
        }
    }
}

/// What somebody proposes for an agency. The alias is the one in the agency's live package.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub agency: String,
    pub address: String,
    /// Values by the names in the package.
    pub secrets: BTreeMap<String, String>,
}

/// A binding as operators see it: never with a secret.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct BindingRow {
    pub id: BindingId,
    pub agency: String,
    pub alias: String,
    pub address: String,
    pub proposed_by: String,
    pub proposed_at: Stamp,
    pub approved_by: Option<String>,
    pub approved_at: Option<Stamp>,
    pub ended_at: Option<Stamp>,
    expiries: Json<Expiries>,
}

impl BindingRow {
    /// Until when its secrets are good, as far as it is known.
    pub fn expiries(&self) -> &Expiries {
        &self.expiries.0
    }
}

/// What is shown of a binding.
type Shown = (
    environment_bindings::id,
    environment_bindings::agency,
    environment_bindings::alias,
    environment_bindings::address,
    environment_bindings::proposed_by,
    environment_bindings::proposed_at,
    environment_bindings::approved_by,
    environment_bindings::approved_at,
    environment_bindings::ended_at,
    environment_bindings::expiries,
);

const SHOWN: Shown = (
    environment_bindings::id,
    environment_bindings::agency,
    environment_bindings::alias,
    environment_bindings::address,
    environment_bindings::proposed_by,
    environment_bindings::proposed_at,
    environment_bindings::approved_by,
    environment_bindings::approved_at,
    environment_bindings::ended_at,
    environment_bindings::expiries,
);

/// A binding in force, opened.
#[derive(Debug, Clone)]
pub struct Bound {
    pub address: Url,
    pub secrets: BTreeMap<String, SecretString>,
}

/// Proposes a binding, in place of an earlier proposal for the same agency.
pub fn propose(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    proposal: &Proposal,
    by: &str,
) -> Result<BindingId, BindingError> {
    propose_until(c, ring, now, (proposal, &Expiries::new()), by)
}

/// The same, saying until when secrets are good. Certificates say it themselves.
pub fn propose_until(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (proposal, expiries): (&Proposal, &Expiries),
    by: &str,
) -> Result<BindingId, BindingError> {
    let by = person(by)?;
    let agency = proposal.agency.as_str();
    let backend = queries::agency(c, agency)?.package.agency.backend;
    let alias = backend.endpoint.as_deref().ok_or_else(|| BindingError::NoBackend(agency.to_owned()))?;
    let address = address(&proposal.address)?;
    same_secrets(&backend, &proposal.secrets)?;
    diesel::delete(waiting(agency)).execute(c)?;
    let id = BindingId::new();
    let plain =
        serde_json::to_string(&proposal.secrets).map_err(|error| BindingError::Stored(error.to_string()))?;
    diesel::insert_into(environment_bindings::table)
        .values((
            environment_bindings::id.eq(id),
            environment_bindings::agency.eq(agency),
            environment_bindings::alias.eq(alias),
            environment_bindings::address.eq(address.as_str()),
            environment_bindings::secrets.eq(Sealed::new(ring, &place(id), &plain)?),
            environment_bindings::proposed_by.eq(&by),
            environment_bindings::proposed_at.eq(Stamp::from(now)),
            environment_bindings::expiries.eq(Json(expiry::known(&proposal.secrets, expiries))),
        ))
        .execute(c)?;
    Ok(id)
}

/// Brings into force the proposal that somebody saw. Another in its place they have not seen.
pub fn approve_seen(
    c: &mut Conn,
    now: Moment,
    (agency, seen): (&str, BindingId),
    by: &str,
) -> Result<BindingId, BindingError> {
    bring(c, now, (agency, Some(seen)), by)
}

/// Brings the proposal for an agency into force. Nobody approves their own.
pub fn approve(c: &mut Conn, now: Moment, agency: &str, by: &str) -> Result<BindingId, BindingError> {
    bring(c, now, (agency, None), by)
}

fn bring(
    c: &mut Conn,
    now: Moment,
    (agency, seen): (&str, Option<BindingId>),
    by: &str,
) -> Result<BindingId, BindingError> {
    let by = person(by)?;
    let nothing = || BindingError::NothingWaits(agency.to_owned());
    let found: Option<(BindingId, String, String)> = waiting(agency)
        .select((environment_bindings::id, environment_bindings::alias, environment_bindings::proposed_by))
        .first(c)
        .optional()?;
    let (id, alias, proposer) =
        found.filter(|(id, ..)| seen.is_none_or(|seen| seen == *id)).ok_or_else(nothing)?;
    if proposer == by {
        return Err(BindingError::SamePerson(by));
    }
    // Writing first takes the row's lock on PostgreSQL. Should another have taken its place meanwhile, the one in force
    // stays.
    let this = || waiting(agency).filter(environment_bindings::id.eq(id));
    let still = diesel::update(this())
        .set(environment_bindings::proposed_at.eq(environment_bindings::proposed_at))
        .execute(c)?;
    if still == 0 {
        return Err(nothing());
    }
    diesel::update(current(agency, &alias))
        .set(environment_bindings::ended_at.eq(Some(Stamp::from(now))))
        .execute(c)?;
    diesel::update(this())
        .set((
            environment_bindings::approved_by.eq(Some(&by)),
            environment_bindings::approved_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    announce(c, BOUND);
    Ok(id)
}

/// Proposes and approves at once, in the names of two people: how the demo city binds its sandbox. Bound the
/// same way already, nothing changes.
pub fn bind(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    proposal: &Proposal,
    (proposer, approver): (&str, &str),
) -> Result<(), BindingError> {
    let alias = queries::agency(c, &proposal.agency)?.package.agency.backend.endpoint;
    let bound = in_force(c, ring, &proposal.agency, alias.as_deref().unwrap_or_default())?;
    if bound.is_some_and(|bound| bound.is(proposal)) {
        return Ok(());
    }
    propose(c, ring, now, proposal, proposer)?;
    approve(c, now, &proposal.agency, approver)?;
    Ok(())
}

/// What is bound to an alias, if anything is.
pub fn in_force(
    c: &mut Conn,
    ring: &KeyRing,
    agency: &str,
    alias: &str,
) -> Result<Option<Bound>, BindingError> {
    let row: Option<(BindingId, String, Sealed)> = current(agency, alias)
        .select((environment_bindings::id, environment_bindings::address, environment_bindings::secrets))
        .first(c)
        .optional()?;
    let Some((id, address, secrets)) = row else { return Ok(None) };
    let address = Url::parse(&address).map_err(|_| BindingError::Address(address))?;
    let secrets: BTreeMap<String, String> =
        serde_json::from_str(&secrets.open(ring, &place(id))?).map_err(|_| KeyError::Sealed)?;
    let secrets = secrets.into_iter().map(|(name, value)| (name, value.into())).collect();
    Ok(Some(Bound { address, secrets }))
}

/// Which binding is in force: another answer means that what was read before is out of date.
pub fn which(c: &mut Conn, agency: &str, alias: &str) -> Result<Option<BindingId>, DbError> {
    Ok(current(agency, alias).select(environment_bindings::id).first(c).optional()?)
}

/// The addresses in force, by agency and alias. Without what opens them.
pub fn addresses(c: &mut Conn) -> Result<HashMap<(String, String), String>, DbError> {
    let rows: Vec<(String, String, String)> = environment_bindings::table
        .filter(environment_bindings::approved_at.is_not_null())
        .filter(environment_bindings::ended_at.is_null())
        .select((environment_bindings::agency, environment_bindings::alias, environment_bindings::address))
        .load(c)?;
    Ok(rows.into_iter().map(|(agency, alias, address)| ((agency, alias), address)).collect())
}

/// Every binding in force or waiting for approval, by agency.
pub fn list(c: &mut Conn) -> Result<Vec<BindingRow>, DbError> {
    Ok(environment_bindings::table
        .filter(environment_bindings::ended_at.is_null())
        .order((environment_bindings::agency, environment_bindings::proposed_at))
        .select(SHOWN)
        .load(c)?)
}

/// Every binding an agency ever had or proposes, the latest first.
pub fn history(c: &mut Conn, agency: &str) -> Result<Vec<BindingRow>, DbError> {
    Ok(environment_bindings::table
        .filter(environment_bindings::agency.eq(agency))
        .order((environment_bindings::proposed_at.desc(), environment_bindings::id.desc()))
        .limit(50)
        .select(SHOWN)
        .load(c)?)
}

impl Bound {
    fn is(&self, proposal: &Proposal) -> bool {
        use secrecy::ExposeSecret as _;
        let same = |(name, value): (&String, &SecretString)| {
            proposal.secrets.get(name).is_some_and(|given| given == value.expose_secret())
        };
        self.secrets.len() == proposal.secrets.len()
            && self.secrets.iter().all(same)
            && address(&proposal.address).is_ok_and(|address| address == self.address)
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
fn waiting<'a>(agency: &'a str) -> _ {
    environment_bindings::table
        .filter(environment_bindings::agency.eq(agency))
        .filter(environment_bindings::approved_at.is_null())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn current<'a>(agency: &'a str, alias: &'a str) -> _ {
    environment_bindings::table
        .filter(environment_bindings::agency.eq(agency))
        .filter(environment_bindings::alias.eq(alias))
        .filter(environment_bindings::approved_at.is_not_null())
        .filter(environment_bindings::ended_at.is_null())
}

/// Two spellings of a name are one person.
fn person(name: &str) -> Result<String, BindingError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if name.is_empty() { Err(BindingError::Nobody) } else { Ok(name) }
}

fn address(text: &str) -> Result<Url, BindingError> {
    let wrong = || BindingError::Address(text.chars().take(200).collect());
    let url = Url::parse(text).map_err(|_| wrong())?;
    // Each driver takes only what is its own; this keeps secrets out of addresses, which are shown.
    let place = match url.scheme() {
        "http" | "https" | "tcp" => url.has_host() && url.username().is_empty(),
        "sftp" => url.has_host() && !url.username().is_empty(),
        "file" => !url.has_host() && url.path() != "/",
        _ => false,
    };
    let plain = place && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    if plain { Ok(url) } else { Err(wrong()) }
}

fn same_secrets(backend: &Backend, given: &BTreeMap<String, String>) -> Result<(), BindingError> {
    let names = |names: Vec<&str>| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let mut wanted: Vec<&str> = backend.secrets.iter().map(String::as_str).collect();
    wanted.sort_unstable();
    let filled: Vec<&str> =
        given.iter().filter(|(_, value)| !value.is_empty()).map(|(name, _)| name.as_str()).collect();
    if wanted == filled && filled.len() == given.len() {
        return Ok(());
    }
    Err(BindingError::Secrets { wanted: names(wanted), given: names(filled) })
}

fn place(id: BindingId) -> String {
    format!("environment_bindings.secrets/{id}")
}
