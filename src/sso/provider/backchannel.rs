//! Telling a site that somebody's session is over (OpenID Connect Back-Channel Logout).

use std::sync::Arc;

use actix_web::web::Data;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::json;
use yimen_drivers::Dialer;

use super::{ProviderError, denied::random_name, dial, keys, pseudonym, signing};
use crate::{
    agencies::clients::{self, ClientId},
    db::{Conn, DbError},
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    web::{Site, session::SessionId},
};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// The kind of statement a logout token is.
const KIND: &str = "logout+jwt";
const LASTS: TimeDelta = TimeDelta::minutes(2);

/// Tells one site that one session is over.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tell {
    pub(super) citizen: CitizenId,
    pub(super) client: ClientId,
    pub(super) session: SessionId,
}

impl Job for Tell {
    const KIND: &'static str = "provider.tell-logout";
    const PRIORITY: Priority = Priority::Urgent;
    // The site's tokens are dead already; a day later its own sessions are over as well.
    const BUDGET: TimeDelta = TimeDelta::days(1);

    fn key(&self) -> Option<String> {
        Some(format!("{}/{}", self.client, self.session))
    }
}

/// Sends the statement. Every attempt makes a new one, since each is only good for a moment.
pub async fn tell(
    site: Data<Site>,
    dialer: Arc<dyn Dialer>,
    tell: Tell,
    running: Running,
) -> Result<Done, Failure> {
    let (now, ring, issuer) = (site.clock.now(), site.keys.clone(), site.origin().to_owned());
    let letter = site.db.tx(move |c| letter(c, now, &ring, &issuer, &tell)).await;
    if let Some(Letter { agency, address, token }) = letter.map_err(Failure::retry)? {
        let fields = [("logout_token", token.as_str())];
        dial::post(dialer.as_ref(), &agency, &address, &fields).await.map_err(Failure::retry)?;
    }
    running.finish(|_| Ok::<_, DbError>(())).await
}

struct Letter {
    agency: String,
    address: String,
    token: String,
}

/// Where to send what. `None`: the site is gone or does not want to be told any more.
fn letter(
    c: &mut Conn,
    now: crate::platform::Moment,
    ring: &crate::platform::keys::KeyRing,
    issuer: &str,
    tell: &Tell,
) -> Result<Option<Letter>, ProviderError> {
    let Some(client) = clients::find(c, tell.client)? else { return Ok(None) };
    let Some(address) = client.backchannel_logout_uri else { return Ok(None) };
    let claims = json!({
        "iss": issuer,
        "aud": client.id,
        "iat": now.timestamp(),
        "exp": (now + LASTS).timestamp(),
        "jti": random_name()?,
        "sub": pseudonym::subject(ring, &client.sector, tell.citizen),
        "sid": pseudonym::session(ring, client.id, tell.session),
        "events": { EVENT: {} },
    });
    let token = signing::sign(&keys::signer(c, ring, now)?, KIND, &claims)?;
    Ok(Some(Letter { agency: client.agency, address, token }))
}
