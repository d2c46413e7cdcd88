//! `/me/notices/outlets`: programs, browsers and apps that somebody has notices sent to.

use std::sync::Arc;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};

use super::{
    confirm::Challenge,
    model::OutletId,
    outlets::{self, Added, Outlet, Target},
    push,
    views::{OutletLine, OutletSecret, OutletsView},
    webhook::{self, NoAddress},
};
use crate::{
    accounts::{self, AccountError, Tell, What, throttle},
    db::{Conn, DbError},
    jobs,
    ledger::{self, CitizenId, LedgerError},
    platform::{Moment, Texts, clock::CITY_ZONE, random},
    web::{Failure, Page, Site, Submitted, Visitor, assets, frame::Field, query, see_other, session::Realm},
};

const HERE: &str = "/me/notices/outlets";
/// Letters of what a browser is called.
const NAME: usize = 80;
/// The longest address that a browser's carrier gives out.
const ENDPOINT: usize = 1000;

fn citizen(visitor: &Visitor) -> Result<CitizenId, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    Ok(CitizenId::from(session.signed.subject))
}

/// Those of somebody, each with its name.
async fn known(site: &Site, citizen: CitizenId) -> Result<Vec<(Outlet, String)>, Failure> {
    let ring = Arc::clone(&site.keys);
    let read = move |c: &mut Conn| {
        let own = ledger::own(citizen);
        let all = outlets::all(c, citizen)?.into_iter();
        all.map(|outlet| {
            let name = own.open(c, &ring, outlets::NAME, &outlet.name)?;
            Ok((outlet, name))
        })
        .collect::<Result<Vec<_>, LedgerError>>()
    };
    Ok(site.db.read(read).await?)
}

fn line(t: Texts, now: Moment, (outlet, name): (Outlet, String)) -> OutletLine {
    let stands = if outlet.is_unreached() {
        ("warn", t.outlet_unreached())
    } else if outlet.is_confirmed() && outlet.is_failing(now) {
        ("warn", t.outlet_failing())
    } else if outlet.is_confirmed() {
        ("ok", t.outlet_works())
    } else if outlet.is_asked(now) {
        ("plain", t.outlet_asked())
    } else if outlet.is_failing(now) {
        ("warn", t.outlet_silent())
    } else {
        ("warn", t.outlet_open())
    };
    OutletLine {
        id: outlet.id.to_string(),
        name,
        channel: t.notice_channel(outlet.carrier().tag()),
        stands,
        made: outlet.made_at.moment().with_timezone(&CITY_ZONE).naive_local(),
        may_ask: !outlet.is_confirmed(),
    }
}

async fn view(visitor: &Visitor, site: &Site, citizen: CitizenId) -> Result<OutletsView, Failure> {
    let (t, now) = (visitor.texts(), site.clock.now());
    let known = known(site, citizen).await?;
    let address = || Field {
        required: true,
        ..Field::new("address", t.outlet_address()).hint(t.outlet_address_hint())
    };
    Ok(OutletsView {
        csrf: visitor.form_token(site)?,
        said: None,
        secret: None,
        unreached: known.iter().any(|(outlet, _)| outlet.is_unreached()),
        lines: known.into_iter().map(|one| line(t, now, one)).collect(),
        address: site.channels.outlets.webhooks.then(address),
        push: if site.channels.outlets.push { push::public_key(&site.keys) } else { None },
        app: site.channels.outlets.apps,
        frame: visitor.frame(),
    })
}

/// `GET /me/notices/outlets`
pub async fn outlets(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let mut view = view(&visitor, &site, citizen(&visitor)?).await?;
    let t = visitor.texts();
    view.said = match query(&request, "said").as_deref() {
        Some("asked") => Some(("ok", t.outlet_said_asked().to_owned())),
        Some("browser") => Some(("ok", t.outlet_said_browser().to_owned())),
        Some("removed") => Some(("ok", t.outlet_said_removed().to_owned())),
        Some("full") => Some(("warn", t.outlet_said_full(outlets::MOST))),
        _ => None,
    };
    Page::new(&view)
}

/// `POST /me/notices/outlets`: the address of a program. Its secret is on this answer and nowhere else.
pub async fn add(
    visitor: Visitor,
    site: Data<Site>,
    sent: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let citizen = citizen(&visitor)?;
    if !site.channels.outlets.webhooks {
        return Err(Failure::NotFound);
    }
    let t = visitor.texts();
    let address = match webhook::address(sent.get("address")) {
        Ok(address) => address,
        Err(NoAddress::NotHttps) => return refused(&visitor, &site, &sent, t.outlet_wrong_https()).await,
        Err(NoAddress::Unreadable) => return refused(&visitor, &site, &sent, t.outlet_wrong_address()).await,
    };
    throttle::attempt(&site, &visitor, "outlet", &citizen.to_string()).await?;
    let name = address.host_str().unwrap_or_default().to_owned();
    let secret = BASE64.encode(random::bytes::<32>().map_err(Failure::broken)?);
    let target = Target::Webhook { address: address.into(), secret };
    let (ring, now, kept) = (Arc::clone(&site.keys), site.clock.now(), target.clone());
    let added = site
        .db
        .tx(move |c: &mut Conn| outlets::add(c, &ring, now, &ledger::own(citizen), (&kept, &name)))
        .await?;
    let shown = match added {
        Added::New(_) => target,
        // Pressed twice: it is shown what the first press kept.
        Added::Known(Some(earlier)) => earlier,
        Added::Known(None) => return refused(&visitor, &site, &sent, t.outlet_wrong_known()).await,
        Added::Full => return Ok(Either::Left(see_other(&format!("{HERE}?said=full")))),
    };
    let mut view = view(&visitor, &site, citizen).await?;
    let latest = view.lines.iter().rev().find(|line| line.may_ask).map(|line| line.id.clone());
    if let (Target::Webhook { secret, .. }, Some(id)) = (shown, latest) {
        view.secret = Some(OutletSecret { secret, id });
    }
    Ok(Either::Right(Page::new(&view)?))
}

async fn refused(
    visitor: &Visitor,
    site: &Site,
    sent: &Submitted,
    why: &str,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let mut view = view(visitor, site, citizen(visitor)?).await?;
    view.address = view.address.map(|field| field.value(sent.get("address")).error(why));
    Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

/// `POST /me/notices/outlets/confirm`: its address is sent a challenge.
pub async fn confirm(visitor: Visitor, site: Data<Site>, sent: Submitted) -> Result<HttpResponse, Failure> {
    let citizen = citizen(&visitor)?;
    let outlet: OutletId = sent.get("id").parse().map_err(|_| Failure::NotFound)?;
    throttle::attempt(&site, &visitor, "outlet", &citizen.to_string()).await?;
    let now = site.clock.now();
    let ask = move |c: &mut Conn| {
        if outlets::asked(c, now, (citizen, outlet))? {
            jobs::enqueue(c, now, &Challenge { citizen, outlet })?;
        }
        Ok::<_, DbError>(())
    };
    site.db.tx(ask).await?;
    Ok(see_other(&format!("{HERE}?said=asked")))
}

/// `POST /me/notices/outlets/browser`: what the page's script got from this browser.
pub async fn subscribe(visitor: Visitor, site: Data<Site>, sent: Submitted) -> Result<HttpResponse, Failure> {
    let citizen = citizen(&visitor)?;
    if !site.channels.outlets.push {
        return Err(Failure::NotFound);
    }
    let endpoint = webhook::address(sent.get("endpoint")).ok().filter(|url| url.as_str().len() <= ENDPOINT);
    let keys = (sent.get("p256dh").to_owned(), sent.get("auth").to_owned());
    let (Some(endpoint), Some(_)) = (endpoint, push::keys(&keys.0, &keys.1)) else {
        return Err(Failure::Refused);
    };
    throttle::attempt(&site, &visitor, "outlet", &citizen.to_string()).await?;
    let target = Target::Push { endpoint: endpoint.into(), p256dh: keys.0, auth: keys.1 };
    let name: String = visitor.device().chars().take(NAME).collect();
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let add = move |c: &mut Conn| {
        let added = outlets::add(c, &ring, now, &ledger::own(citizen), (&target, &name))?;
        if matches!(added, Added::New(_)) {
            accounts::tell(c, now, &Tell::new(citizen, What::OutletAdded, now).on(&name))?;
        }
        Ok::<_, AccountError>(added)
    };
    let said = if site.db.tx(add).await? == Added::Full { "full" } else { "browser" };
    Ok(see_other(&format!("{HERE}?said={said}")))
}

/// `POST /me/notices/outlets/remove`
pub async fn remove(visitor: Visitor, site: Data<Site>, sent: Submitted) -> Result<HttpResponse, Failure> {
    let citizen = citizen(&visitor)?;
    let outlet: OutletId = sent.get("id").parse().map_err(|_| Failure::NotFound)?;
    site.db.tx(move |c: &mut Conn| outlets::remove(c, citizen, outlet)).await?;
    Ok(see_other(&format!("{HERE}?said=removed")))
}

/// `GET /notices/worker.js`: what shows notices in a browser. Its address stays the same, so that a new version takes the
/// place of the old one; from here it is in charge of no page but those below `/notices/`, and of their requests not at all.
pub async fn worker(request: HttpRequest) -> Result<HttpResponse, Failure> {
    assets::show(request, Path::from(("-".to_owned(), "push-worker.js".to_owned()))).await
}
