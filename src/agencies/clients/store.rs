//! Registering, approving, suspending and finding sites.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel::prelude::*;
use sha2::{Digest as _, Sha256};
use yimen_contract::Bilingual;

use yimen_drivers::address::Allowed;

use super::{Act, AuthMethod, By, Client, ClientError, ClientId, NewClient, Registered, State, acts, rules};
use crate::{
    db::{
        Conn, DbError, Json, Stamp,
        schema::{oidc_clients, packages},
    },
    platform::{Moment, random},
};

/// Who stands in the register for the sites of the demo city.
const DEMO: [&str; 2] = ["demo", "demo review"];

#[derive(Queryable, Selectable)]
#[diesel(table_name = oidc_clients)]
struct Row {
    id: ClientId,
    agency: String,
    name_zh: String,
    name_en: String,
    sector: String,
    redirect_uris: Json<Vec<String>>,
    post_logout_redirect_uris: Json<Vec<String>>,
    backchannel_logout_uri: Option<String>,
    auth_method: String,
    secret_hash: Option<Vec<u8>>,
    jwks: Option<Json<serde_json::Value>>,
    scopes: Json<Vec<String>>,
    par_required: bool,
    state: String,
    created_by: String,
    approved_by: Option<String>,
}

impl From<Row> for Client {
    fn from(row: Row) -> Self {
        let auth = AuthMethod::named(&row.auth_method);
        Self {
            id: row.id,
            agency: row.agency,
            name: Bilingual::new(row.name_zh, row.name_en),
            sector: row.sector,
            redirect_uris: row.redirect_uris.0,
            post_logout_redirect_uris: row.post_logout_redirect_uris.0,
            backchannel_logout_uri: row.backchannel_logout_uri,
            auth: auth.unwrap_or(AuthMethod::PrivateKeyJwt),
            secret_hash: row.secret_hash,
            jwks: row.jwks.map(|Json(keys)| keys),
            scopes: row.scopes.0,
            par_required: row.par_required,
            // A way to prove itself that this program does not know is none.
            state: if auth.is_some() { State::named(&row.state) } else { State::Suspended },
            created_by: row.created_by,
            approved_by: row.approved_by,
        }
    }
}

/// The columns that a registration decides.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = oidc_clients, treat_none_as_null = true)]
struct Said<'a> {
    name_zh: &'a str,
    name_en: &'a str,
    sector: &'a str,
    redirect_uris: Json<Vec<String>>,
    post_logout_redirect_uris: Json<Vec<String>>,
    backchannel_logout_uri: Option<String>,
    auth_method: &'static str,
    secret_hash: Option<Vec<u8>>,
    jwks: Option<Json<serde_json::Value>>,
    scopes: Json<Vec<String>>,
    par_required: bool,
    changed_at: Stamp,
}

impl<'a> Said<'a> {
    fn new(new: &'a NewClient, now: Moment, secret: Option<&str>) -> Self {
        Self {
            name_zh: new.name.zh.trim(),
            name_en: new.name.en.trim(),
            sector: new.sector.as_deref().unwrap_or(&new.agency),
            redirect_uris: Json(new.redirect_uris.clone()),
            post_logout_redirect_uris: Json(new.post_logout_redirect_uris.clone()),
            backchannel_logout_uri: new.backchannel_logout_uri.clone(),
            auth_method: new.auth.tag(),
            // The secret is long and random, so a plain digest cannot be guessed back.
            secret_hash: secret.map(|secret| Sha256::digest(secret.as_bytes()).to_vec()),
            jwks: new.jwks.clone().map(Json),
            scopes: Json(new.scopes.clone()),
            par_required: new.par_required,
            changed_at: now.into(),
        }
    }
}

/// Registers a site. It waits for somebody else's approval.
pub fn register(
    c: &mut Conn,
    now: Moment,
    allowed: &Allowed,
    new: &NewClient,
    by: &str,
) -> Result<Registered, ClientError> {
    check(c, allowed, new)?;
    if named(c, &new.agency, new.name.en.trim())?.is_some() {
        return Err(ClientError::NameTaken(new.agency.clone()));
    }
    let secret = secret_for(new)?;
    let id = insert(c, now, new, secret.as_deref(), by)?;
    let client = find(c, id)?.ok_or(ClientError::Unknown)?;
    Ok(Registered { client, secret })
}

/// Has a site of the demo city registered and approved, or brought up to date: its addresses and keys may have
/// changed since the last start.
pub fn ensure(c: &mut Conn, now: Moment, allowed: &Allowed, new: &NewClient) -> Result<Client, ClientError> {
    check(c, allowed, new)?;
    let id = if let Some(id) = named(c, &new.agency, new.name.en.trim())? {
        diesel::update(oidc_clients::table.filter(oidc_clients::id.eq(id)))
            .set(Said::new(new, now, new.secret.as_deref()))
            .execute(c)?;
        id
    } else {
        let id = insert(c, now, new, new.secret.as_deref(), DEMO[0])?;
        approve(c, now, id, &By::operator(DEMO[1]))?;
        id
    };
    find(c, id)?.ok_or(ClientError::Unknown)
}

/// Lets people sign in at a site, or again at one that was shut. Whoever registered it cannot, nor anybody below
/// the branch that shut it.
pub fn approve(c: &mut Conn, now: Moment, id: ClientId, by: &By) -> Result<(), ClientError> {
    // Writing first takes the row's lock on PostgreSQL: nobody shuts it between the look at who did and the change.
    diesel::update(oidc_clients::table.filter(oidc_clients::id.eq(id)))
        .set(oidc_clients::changed_at.eq(oidc_clients::changed_at))
        .execute(c)?;
    let client = find(c, id)?.ok_or(ClientError::Unknown)?;
    let name = by.name.trim();
    if client.created_by.trim().eq_ignore_ascii_case(name) || name.is_empty() {
        return Err(ClientError::OwnApproval);
    }
    let act = match client.state {
        State::Pending => Act::Approved,
        State::Suspended if acts::may_reopen(&acts::history(c, id)?, &by.branch) => Act::Reopened,
        State::Suspended => return Err(ClientError::ShutAbove),
        other => return Err(ClientError::NotPending(other.tag())),
    };
    diesel::update(oidc_clients::table.filter(oidc_clients::id.eq(id)))
        .set((
            oidc_clients::state.eq(State::Approved.tag()),
            oidc_clients::approved_by.eq(Some(name)),
            oidc_clients::changed_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(acts::record(c, now, id, act, by)?)
}

/// Shuts a site at once: nobody signs in there, and what it holds opens nothing any more. One that is shut can be
/// shut again, by a higher branch so that nobody below opens it.
pub fn suspend(c: &mut Conn, now: Moment, id: ClientId, by: &By) -> Result<(), ClientError> {
    let shut = diesel::update(oidc_clients::table.filter(oidc_clients::id.eq(id)))
        .set((oidc_clients::state.eq(State::Suspended.tag()), oidc_clients::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    if shut != 1 {
        return Err(ClientError::Unknown);
    }
    Ok(acts::record(c, now, id, Act::Shut, by)?)
}

pub fn find(c: &mut Conn, id: ClientId) -> Result<Option<Client>, DbError> {
    let row =
        oidc_clients::table.filter(oidc_clients::id.eq(id)).select(Row::as_select()).first(c).optional()?;
    Ok(row.map(Client::from))
}

/// All sites, by agency and name.
pub fn list(c: &mut Conn) -> Result<Vec<Client>, DbError> {
    let rows: Vec<Row> = oidc_clients::table
        .order((oidc_clients::agency, oidc_clients::name_en))
        .select(Row::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Client::from).collect())
}

/// The sites that wait to be let in: their agencies, and who registered them.
pub fn waiting(c: &mut Conn) -> Result<Vec<(String, String)>, DbError> {
    Ok(oidc_clients::table
        .filter(oidc_clients::state.eq(State::Pending.tag()))
        .order(oidc_clients::created_at)
        .select((oidc_clients::agency, oidc_clients::created_by))
        .load(c)?)
}

fn check(c: &mut Conn, allowed: &Allowed, new: &NewClient) -> Result<(), ClientError> {
    let wrong = rules::mistakes(new, allowed);
    if !wrong.is_empty() {
        return Err(ClientError::Refused(wrong));
    }
    let known: i64 = packages::table.filter(packages::slug.eq(&new.agency)).count().get_result(c)?;
    if known == 1 { Ok(()) } else { Err(ClientError::NoAgency(new.agency.clone())) }
}

fn secret_for(new: &NewClient) -> Result<Option<String>, ClientError> {
    Ok(match (&new.secret, new.auth) {
        (_, AuthMethod::PrivateKeyJwt) => None,
        (Some(secret), _) => Some(secret.clone()),
        (None, _) => Some(URL_SAFE_NO_PAD.encode(random::bytes::<32>()?)),
    })
}

fn insert(
    c: &mut Conn,
    now: Moment,
    new: &NewClient,
    secret: Option<&str>,
    by: &str,
) -> Result<ClientId, ClientError> {
    let id = ClientId::new();
    diesel::insert_into(oidc_clients::table)
        .values((
            oidc_clients::id.eq(id),
            oidc_clients::agency.eq(&new.agency),
            Said::new(new, now, secret),
            oidc_clients::state.eq(State::Pending.tag()),
            oidc_clients::created_by.eq(by.trim()),
            oidc_clients::created_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(id)
}

fn named(c: &mut Conn, agency: &str, name: &str) -> Result<Option<ClientId>, DbError> {
    Ok(oidc_clients::table
        .filter(oidc_clients::agency.eq(agency))
        .filter(oidc_clients::name_en.eq(name))
        .select(oidc_clients::id)
        .first(c)
        .optional()?)
}
