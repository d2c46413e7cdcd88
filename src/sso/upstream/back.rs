//! `/sign-in/with/{provider}/back`: somebody comes back, or somebody pretends to.

use std::sync::Arc;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    web::{Data, Path},
};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use url::form_urlencoded;

use super::{
    Providers, UpstreamError,
    begin::{BEGUN, Begun, back_address, browser},
    links::{self, Source},
    provider::Provider,
    said::Proved,
    views::Trouble,
};
use crate::{
    accounts::{
        AccountError,
        codes::{self, CodeId},
    },
    sso::signing::{Entry, enter},
    web::{Failure, Page, Site, Visitor, see_other, session::Realm},
};

/// Somebody whom a provider proved and whom nobody here is linked to, waiting to choose.
pub(super) const MET: &str = "national-met";

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Met {
    pub(super) provider: String,
    pub(super) browser: String,
    pub(super) proved: Proved,
    pub(super) next: String,
}

/// What the address says. Nothing may be said twice.
#[derive(Default)]
struct Answer {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

impl Answer {
    fn read(query: &str) -> Option<Self> {
        let mut answer = Self::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match &*key {
                "state" => &mut answer.state,
                "code" => &mut answer.code,
                "iss" => &mut answer.iss,
                "error" => &mut answer.error,
                _ => continue,
            };
            if place.replace(value.into_owned()).is_some() {
                return None;
            }
        }
        Some(answer)
    }
}

pub async fn back(
    visitor: Visitor,
    site: Data<Site>,
    providers: Data<Providers>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let provider = providers.get(&path)?;
    let Some(answer) = Answer::read(request.query_string()) else { return Err(Failure::BadRequest) };
    let Some(begun) = take(&visitor, &site, provider, answer.state.as_deref()).await? else {
        return Ok(Either::Right(Trouble::Stale.page(&visitor, provider, "")?));
    };
    match prove(&site, provider, &answer, &begun).await {
        Ok(proved) => settle(&visitor, &site, provider, proved, begun.next).await,
        Err(trouble) => Ok(Either::Right(trouble.page(&visitor, provider, &begun.next)?)),
    }
}

/// What this very browser began with this very provider. It is used up by asking, also in vain.
async fn take(
    visitor: &Visitor,
    site: &Site,
    provider: &Provider,
    state: Option<&str>,
) -> Result<Option<Begun>, Failure> {
    let Some((first, second)) = state.and_then(|state| state.split_once('.')) else { return Ok(None) };
    let Ok(id) = first.parse::<CodeId>() else { return Ok(None) };
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let begun: Option<Begun> = site.db.tx(move |c| codes::take(c, &ring, now, BEGUN, id)).await?;
    let browser = browser(visitor, site)?;
    let same = |a: &str, b: &str| bool::from(a.as_bytes().ct_eq(b.as_bytes()));
    Ok(begun.filter(|begun| {
        let fits = same(&begun.state, second) && same(&begun.browser, &browser);
        let fits = fits && begun.provider == provider.config.id;
        if !fits {
            tracing::warn!(provider = provider.config.id, "a sign-in came back to where it did not begin");
        }
        fits
    }))
}

/// Whom the provider proved, if the answer holds.
async fn prove(site: &Site, provider: &Provider, answer: &Answer, begun: &Begun) -> Result<Proved, Trouble> {
    let proved = async {
        provider.is_sender(&site.clock, answer.iss.as_deref()).await?;
        if let Some(error) = &answer.error {
            return Ok(Err(error.as_str()));
        }
        let code = answer.code.as_deref().filter(|code| !code.is_empty());
        let code = code.ok_or_else(|| UpstreamError::Invalid("there is no code".to_owned()))?;
        let back = back_address(site, provider);
        provider.finish(&site.clock, code, &begun.secrets, &back).await.map(Ok)
    };
    let id = &provider.config.id;
    match proved.await {
        Ok(Ok(proved)) => Ok(proved),
        Ok(Err("access_denied" | "login_required" | "interaction_required" | "consent_required")) => {
            Err(Trouble::Cancelled)
        }
        Ok(Err("temporarily_unavailable" | "server_error")) => Err(Trouble::Away),
        Ok(Err(_)) => {
            tracing::warn!(provider = id, "the provider refused our request");
            Err(Trouble::Invalid)
        }
        Err(UpstreamError::Away(reason)) => {
            tracing::warn!(provider = id, reason, "the provider went away during a sign-in");
            Err(Trouble::Away)
        }
        Err(error) => {
            tracing::warn!(provider = id, %error, "a sign-in was refused");
            metrics::counter!("yimen_national_refused_total").increment(1);
            Err(Trouble::Invalid)
        }
    }
}

/// Signs in whom we know, and lets everybody else choose.
async fn settle(
    visitor: &Visitor,
    site: &Site,
    provider: &Provider,
    proved: Proved,
    next: String,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let session = visitor.session(Realm::Citizen).map(|session| session.signed.subject);
    let met = Met { provider: provider.config.id.clone(), browser: browser(visitor, site)?, proved, next };
    let (proved, next) = (met.proved.clone(), met.next.clone());
    let source = Source::of(provider);
    let (found, waiting) = site
        .db
        .tx(move |c| {
            let found = links::recognise(c, &ring, now, &source, &met.proved)?;
            let waiting = match found {
                None => Some(codes::keep(c, &ring, now, MET, &met)?),
                Some(_) => None,
            };
            Ok::<_, AccountError>((found, waiting))
        })
        .await?;
    match (found, waiting) {
        (Some(Ok(citizen)), _) if session.is_none_or(|subject| subject == citizen.uuid()) => {
            let entry = Entry::national(citizen, proved.level, proved.at);
            Ok(Either::Left(enter(site, visitor, entry, &next).await?))
        }
        (Some(Ok(_)), _) => Ok(Either::Right(Trouble::SomebodyElse.page(visitor, provider, &next)?)),
        (Some(Err(obstacle)), _) => {
            Ok(Either::Right(Trouble::from(obstacle).page(visitor, provider, &next)?))
        }
        (None, Some(id)) => {
            Ok(Either::Left(see_other(&format!("/sign-in/with/{}/choose?step={id}", provider.config.id))))
        }
        (None, None) => Err(Failure::broken("somebody unknown was not kept waiting")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_may_be_said_twice() {
        assert!(Answer::read("state=a&code=b&iss=c&more=d&more=e").is_some());
        for twice in ["state=a&code=b&state=c", "code=b&code=b", "iss=a&iss=b", "error=a&error=a"] {
            assert!(Answer::read(twice).is_none(), "{twice}");
        }
    }
}
