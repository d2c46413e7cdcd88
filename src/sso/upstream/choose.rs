//! `/sign-in/with/{provider}/choose`: somebody is proved whom nobody here is linked to.
//!
//! Nothing is decided for them by what they claim. They begin an account, or they sign in to the one they have
//! and say that the two belong together. Everything here is good only in the browser that came back, and the
//! last step only once.

use std::sync::Arc;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    web::{Data, Path},
};
use chrono::TimeDelta;
use url::form_urlencoded;

use super::{
    Providers,
    back::{MET, Met},
    begin::browser,
    links::{self, Source},
    provider::Provider,
    views::{NationalView, Trouble},
};
use crate::{
    accounts::{
        AccountError,
        codes::{self, CodeId},
        masking,
    },
    db::DbError,
    ledger::CitizenId,
    platform::named,
    sso::signing::{Entry, enter},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Link, Text},
        own_path, query, see_other,
        session::{self, Realm, Session},
    },
};

/// How long ago somebody may have proved themselves who changes how they sign in.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// Whether the person proved themselves just now.
pub(super) fn is_fresh(site: &Site, session: &Session) -> bool {
    site.clock.now() - session.signed.proved_at <= FRESH
}

/// `page`, and from there back to `path`.
pub(super) fn and_back(page: &str, path: &str) -> String {
    let next: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
    format!("{page}?next={next}")
}

pub async fn choose(
    visitor: Visitor,
    site: Data<Site>,
    providers: Data<Providers>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let provider = providers.get(&path)?;
    let step = query(&request, "step").unwrap_or_default();
    let Some((_, met)) = waiting(&visitor, &site, provider, &step).await? else {
        return Trouble::Stale.page(&visitor, provider, "");
    };
    let session = visitor.session(Realm::Citizen);
    let own = session.map(|session| CitizenId::from(session.signed.subject));
    let (ring, proved) = (Arc::clone(&site.keys), met.proved.clone());
    let claimed = site.db.read(move |c| links::is_claimed(c, &ring, &proved, own)).await?;
    Page::new(&match session {
        Some(_) if claimed => return Trouble::Claimed.page(&visitor, provider, &met.next),
        Some(session) => linking(&visitor, &site, provider, &met, &step, session)?,
        None => choosing(&visitor, &site, provider, &met, &step, claimed)?,
    })
}

/// The page for somebody who is not signed in.
fn choosing(
    visitor: &Visitor,
    site: &Site,
    provider: &Provider,
    met: &Met,
    step: &str,
    claimed: bool,
) -> Result<NationalView, Failure> {
    let t = visitor.texts();
    let name = t.say(&provider.config.name).text;
    let mut view = NationalView::new(visitor.frame(), t.national_choose_title(name));
    view.lead = vec![known_as(visitor, provider, met)];
    let here = format!("/sign-in/with/{}/choose?step={step}", provider.config.id);
    let sign_in = Link::new(Text::plain(t.national_choose_link()), and_back("/sign-in", &here));
    if claimed {
        view.notice = Some(t.national_claimed().to_owned());
        view.lead.push(t.national_claimed_how().to_owned());
        view.links = vec![sign_in, Link::new(Text::plain(t.sign_in_recover()), "/recover")];
        return Ok(view);
    }
    view.lead.push(t.national_choose_lead(name));
    let action = format!("/sign-in/with/{}/new", provider.config.id);
    view.form(visitor.form_token(site)?, action, step, t.national_choose_new());
    view.links = vec![sign_in, Link::new(Text::plain(t.national_leave()), "/")];
    Ok(view)
}

/// The page for somebody who is signed in: linking changes who gets into the account, so they say yes to it,
/// after having proved themselves a moment ago.
fn linking(
    visitor: &Visitor,
    site: &Site,
    provider: &Provider,
    met: &Met,
    step: &str,
    session: &Session,
) -> Result<NationalView, Failure> {
    let t = visitor.texts();
    let name = t.say(&provider.config.name).text;
    let mut view = NationalView::new(visitor.frame(), t.national_link_title(name));
    let account = named::Name(session.signed.name.as_str());
    view.lead = vec![known_as(visitor, provider, met), t.national_link_lead(account, named::Provider(name))];
    view.links = vec![Link::new(Text::plain(t.national_leave()), "/me")];
    if is_fresh(site, session) {
        let action = format!("/sign-in/with/{}/link", provider.config.id);
        view.form(visitor.form_token(site)?, action, step, t.national_link_submit());
    } else {
        let here = format!("/sign-in/with/{}/choose?step={step}", provider.config.id);
        view.notice = Some(t.national_prove_again().to_owned());
        view.links.insert(0, Link::new(Text::plain(t.national_prove_link()), and_back("/me/prove", &here)));
    }
    Ok(view)
}

/// As whom the provider knows the person, masked.
fn known_as(visitor: &Visitor, provider: &Provider, met: &Met) -> String {
    let t = visitor.texts();
    let provider = t.say(&provider.config.name).text;
    match &met.proved.person {
        Some((name, number)) => t.national_known_as(
            named::Name(masking::name(name.as_str())),
            named::Number(masking::number(number.as_str())),
            named::Provider(provider),
        ),
        None => t.national_known_nameless(provider),
    }
}

/// Whoever came back in this browser and has not chosen yet.
async fn waiting(
    visitor: &Visitor,
    site: &Site,
    provider: &Provider,
    step: &str,
) -> Result<Option<(CodeId, Met)>, Failure> {
    let Ok(id) = step.parse::<CodeId>() else { return Ok(None) };
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let met: Option<Met> = site.db.read(move |c| codes::peek(c, &ring, now, MET, id)).await?;
    let browser = browser(visitor, site)?;
    let fits = |met: &Met| met.browser == browser && met.provider == provider.config.id;
    Ok(met.filter(fits).map(|met| (id, met)))
}

/// `POST …/new`: begins an account.
pub async fn create(
    visitor: Visitor,
    site: Data<Site>,
    providers: Data<Providers>,
    path: Path<String>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let provider = providers.get(&path)?;
    let Some((id, met)) = waiting(&visitor, &site, provider, form.get("step")).await? else {
        return Ok(Either::Right(Trouble::Stale.page(&visitor, provider, "")?));
    };
    if visitor.session(Realm::Citizen).is_some() {
        return Ok(Either::Right(Trouble::SomebodyElse.page(&visitor, provider, &met.next)?));
    }
    let (ring, now, lang) = (Arc::clone(&site.keys), site.clock.now(), visitor.lang());
    let (source, proved) = (Source::of(provider), met.proved.clone());
    let made = site
        .db
        .tx(move |c| {
            // Sent twice: the second one finds nothing.
            let Some(_) = codes::take::<Met>(c, &ring, now, MET, id)? else { return Ok(None) };
            links::create(c, &ring, now, &source, &proved, lang).map(Some)
        })
        .await
        .map_err(|error: AccountError| Failure::from(error))?;
    match made {
        Some(Ok(citizen)) => {
            let mut entry = Entry::national(citizen, met.proved.level, met.proved.at);
            entry.newborn = true;
            Ok(Either::Left(enter(&site, &visitor, entry, &met.next).await?))
        }
        Some(Err(obstacle)) => {
            Ok(Either::Right(Trouble::from(obstacle).page(&visitor, provider, &met.next)?))
        }
        None => Ok(Either::Right(Trouble::Stale.page(&visitor, provider, &met.next)?)),
    }
}

/// Why an account was not linked, and nothing of it done.
enum Unlinked {
    Account(AccountError),
    /// The session ended at the same moment.
    Ended,
}

impl From<AccountError> for Unlinked {
    fn from(error: AccountError) -> Self {
        Self::Account(error)
    }
}

impl From<DbError> for Unlinked {
    fn from(error: DbError) -> Self {
        Self::Account(error.into())
    }
}

/// `POST …/link`: links the account that is signed in. What it may do grows, so its session gets another token.
pub async fn link(
    visitor: Visitor,
    site: Data<Site>,
    providers: Data<Providers>,
    path: Path<String>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let provider = providers.get(&path)?;
    let Some((id, met)) = waiting(&visitor, &site, provider, form.get("step")).await? else {
        return Ok(Either::Right(Trouble::Stale.page(&visitor, provider, "")?));
    };
    let (session, token) = match (visitor.session(Realm::Citizen), visitor.token(Realm::Citizen)) {
        (Some(session), Some(token)) => (session.clone(), token.clone()),
        _ => return Err(Failure::Refused),
    };
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let (source, proved) = (Source::of(provider), met.proved.clone());
    let linked = site
        .db
        .tx(move |c| {
            let Some(_) = codes::take::<Met>(c, &ring, now, MET, id)? else { return Ok(Err(Trouble::Stale)) };
            let citizen = CitizenId::from(session.signed.subject);
            if let Some(obstacle) = links::link(c, &ring, now, citizen, &source, &proved)? {
                return Ok(Err(Trouble::from(obstacle)));
            }
            let mut signed = session.signed;
            signed.level = signed.level.max(proved.level);
            if !signed.methods.iter().any(|method| method == "national") {
                signed.methods.push("national".to_owned());
            }
            // Whoever signed out meanwhile, everywhere perhaps, has not linked anything any more: all of it is undone.
            session::renew(c, now, &token, &signed)?.map(Ok).ok_or(Unlinked::Ended)
        })
        .await;
    let linked = match linked {
        Ok(linked) => linked,
        Err(Unlinked::Ended) => Err(Trouble::Stale),
        Err(Unlinked::Account(error)) => return Err(error.into()),
    };
    match linked {
        Ok(token) => {
            visitor.hand_out(Realm::Citizen, token);
            let next = own_path(&met.next).unwrap_or("/me/security/national?done=linked");
            Ok(Either::Left(see_other(next)))
        }
        Err(trouble) => Ok(Either::Right(trouble.page(&visitor, provider, &met.next)?)),
    }
}
