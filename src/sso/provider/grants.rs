//! One signing in at a site, with everything handed out for it.
//!
//! It hangs on the portal's session: when that is over, the grant opens nothing, whether or not anybody has come
//! by to write that down. The same holds when the site is shut or the citizen withdraws their consent.

use chrono::TimeDelta;
use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{
    ProviderError,
    ask::{Ask, Scope},
    consents,
    denied::random_name,
};
use crate::{
    agencies::clients::{Client, ClientId},
    db::{
        Conn, DbError, Json, Stamp,
        schema::{oidc_codes, oidc_grants, sessions},
    },
    id,
    ledger::CitizenId,
    platform::Moment,
    web::session::{Session, SessionId},
};

id! {
    /// One signing in at a site.
    GrantId
}

/// A code is used at once or never.
const CODE: TimeDelta = TimeDelta::seconds(60);

#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub(super) citizen: CitizenId,
    pub(super) id: GrantId,
    pub(super) client: ClientId,
    pub(super) session: SessionId,
    pub(super) scopes: Vec<Scope>,
    pub(super) level: u8,
    pub(super) methods: Vec<String>,
    pub(super) proved_at: Moment,
    pub(super) generation: i32,
    pub(super) ended: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = oidc_grants)]
struct Row {
    citizen_id: CitizenId,
    id: GrantId,
    client_id: ClientId,
    session_id: SessionId,
    scopes: Json<Vec<Scope>>,
    level: i32,
    methods: Json<Vec<String>>,
    proved_at: Stamp,
    generation: i32,
    ended_at: Option<Stamp>,
}

impl From<Row> for Grant {
    fn from(row: Row) -> Self {
        Self {
            citizen: row.citizen_id,
            id: row.id,
            client: row.client_id,
            session: row.session_id,
            scopes: row.scopes.0,
            level: u8::try_from(row.level).unwrap_or_default(),
            methods: row.methods.0,
            proved_at: row.proved_at.moment(),
            generation: row.generation,
            ended: row.ended_at.is_some(),
        }
    }
}

/// Begins a grant and gives the code for it.
pub(super) fn begin(
    c: &mut Conn,
    now: Moment,
    ask: &Ask,
    scopes: Vec<Scope>,
    session: &Session,
) -> Result<String, ProviderError> {
    let (citizen, id) = (CitizenId::from(session.signed.subject), GrantId::new());
    let code = random_name()?;
    diesel::insert_into(oidc_grants::table)
        .values((
            oidc_grants::citizen_id.eq(citizen),
            oidc_grants::id.eq(id),
            oidc_grants::client_id.eq(ask.client),
            oidc_grants::session_id.eq(session.id),
            oidc_grants::scopes.eq(Json(scopes)),
            oidc_grants::level.eq(i32::from(session.signed.level)),
            oidc_grants::methods.eq(Json(session.signed.methods.clone())),
            oidc_grants::proved_at.eq(Stamp::from(session.signed.proved_at)),
            oidc_grants::generation.eq(0),
            oidc_grants::created_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    diesel::insert_into(oidc_codes::table)
        .values((
            oidc_codes::digest.eq(digest(&code)),
            oidc_codes::citizen_id.eq(citizen),
            oidc_codes::grant_id.eq(id),
            oidc_codes::client_id.eq(ask.client),
            oidc_codes::redirect_uri.eq(&ask.redirect_uri),
            oidc_codes::challenge.eq(&ask.challenge),
            oidc_codes::nonce.eq(&ask.nonce),
            oidc_codes::ends_at.eq(Stamp::from(now + CODE)),
        ))
        .execute(c)?;
    Ok(code)
}

pub(super) fn find(c: &mut Conn, citizen: CitizenId, id: GrantId) -> Result<Option<Grant>, DbError> {
    let row: Option<Row> = oidc_grants::table
        .filter(oidc_grants::citizen_id.eq(citizen))
        .filter(oidc_grants::id.eq(id))
        .select(Row::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Grant::from))
}

/// The grant, held until the end of the transaction: of two who exchange the same token, one waits.
pub(super) fn held(c: &mut Conn, citizen: CitizenId, id: GrantId) -> Result<Option<Grant>, DbError> {
    macro_rules! one {
        () => {
            oidc_grants::table
                .filter(oidc_grants::citizen_id.eq(citizen))
                .filter(oidc_grants::id.eq(id))
                .select(Row::as_select())
        };
    }
    let row: Option<Row> = match c {
        Conn::Pg(c) => one!().for_update().first(c).optional()?,
        // There is only one writer.
        Conn::Sqlite(c) => one!().first(c).optional()?,
    };
    Ok(row.map(Grant::from))
}

/// Whether what was handed out for a grant still opens anything.
pub(super) fn is_alive(c: &mut Conn, now: Moment, client: &Client, grant: &Grant) -> Result<bool, DbError> {
    if grant.ended || grant.client != client.id || !client.is_open() {
        return Ok(false);
    }
    let running: i64 = sessions::table
        .filter(sessions::id.eq(grant.session))
        .filter(sessions::ends_at.gt(Stamp::from(now)))
        .count()
        .get_result(c)?;
    let agreed = consents::agreed(c, grant.citizen, &client.agency, &grant.scopes)?;
    Ok(running == 1 && agreed.as_ref() == Some(&grant.scopes))
}

/// Ends one grant, and with it all its tokens.
pub(super) fn end(c: &mut Conn, now: Moment, citizen: CitizenId, id: GrantId) -> Result<(), DbError> {
    diesel::update(
        oidc_grants::table
            .filter(oidc_grants::citizen_id.eq(citizen))
            .filter(oidc_grants::id.eq(id))
            .filter(oidc_grants::ended_at.is_null()),
    )
    .set(oidc_grants::ended_at.eq(Some(Stamp::from(now))))
    .execute(c)?;
    Ok(())
}

/// The digest under which a code or token is kept.
pub(super) fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
