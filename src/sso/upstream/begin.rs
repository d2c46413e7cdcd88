//! `/sign-in/with/{provider}`: off to the provider.

use std::sync::Arc;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    web::{Data, Path},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::{Providers, exchange::Secrets, provider::Provider, views::Trouble};
use crate::{
    accounts::codes,
    platform::random,
    web::{Failure, Page, Site, Visitor, own_path, query, see_other, session::Realm},
};

/// What waits for somebody to come back.
pub(super) const BEGUN: &str = "national-begun";

/// What the browser that comes back must be, and what it must not know.
#[derive(Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) provider: String,
    /// The second half of the state: the first only finds this.
    pub(super) state: String,
    pub(super) browser: String,
    pub(super) secrets: Secrets,
    pub(super) next: String,
}

/// Goes by the cookie that form tokens are bound to: whoever lacks it is another browser.
pub(super) fn browser(visitor: &Visitor, site: &Site) -> Result<String, Failure> {
    let token = visitor.form_token(site)?;
    Ok(URL_SAFE_NO_PAD.encode(site.keys.sign("national.browser", token.as_bytes())))
}

/// Where providers send people back to. Each has its own, so that no answer can pass for another's.
pub(super) fn back_address(site: &Site, provider: &Provider) -> String {
    format!("{}/sign-in/with/{}/back", site.origin(), provider.config.id)
}

fn secret() -> Result<String, Failure> {
    random::bytes::<32>().map(|bytes| URL_SAFE_NO_PAD.encode(bytes)).map_err(Failure::broken)
}

pub async fn begin(
    visitor: Visitor,
    site: Data<Site>,
    providers: Data<Providers>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let provider = providers.get(&path)?;
    let next = query(&request, "next").as_deref().and_then(own_path).unwrap_or_default().to_owned();
    // Somebody who is signed in already comes here to prove themselves once more, or to prove more.
    let fresh_since = visitor.session(Realm::Citizen).map(|_| site.clock.now());
    let begun = Begun {
        provider: provider.config.id.clone(),
        state: secret()?,
        browser: browser(&visitor, &site)?,
        secrets: Secrets { nonce: secret()?, verifier: secret()?, fresh_since },
        next: next.clone(),
    };
    let (secrets, second) = (begun.secrets.clone(), begun.state.clone());
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let first = site.db.tx(move |c| codes::keep(c, &ring, now, BEGUN, &begun)).await?;
    let state = format!("{first}.{second}");
    let back = back_address(&site, provider);
    match provider.begin(&site.clock, state, &secrets, &back, visitor.lang()).await {
        Ok(address) => Ok(Either::Left(see_other(&address))),
        Err(error) => {
            tracing::warn!(provider = provider.config.id, %error, "nobody can be sent there");
            Ok(Either::Right(Trouble::Away.page(&visitor, provider, &next)?))
        }
    }
}
