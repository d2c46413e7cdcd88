//! `/me/security/national`: linking and unlinking accounts at providers.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{
    Providers,
    links::{self, Linked, UpstreamId},
    views::{LinkLine, NationalListView},
};
use crate::{
    accounts::AccountError,
    db::Stamp,
    ledger::CitizenId,
    platform::clock::CITY_ZONE,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Link, Text},
        query, see_other,
        session::Realm,
    },
};

pub async fn list(
    visitor: Visitor,
    site: Data<Site>,
    providers: Data<Providers>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    let citizen = CitizenId::from(session.signed.subject);
    let linked = site.db.read(move |c| links::of(c, citizen)).await?;
    let t = visitor.texts();
    let (done, refused) = match query(&request, "done").as_deref() {
        Some("linked") => (Some(t.national_list_linked()), None),
        Some("unlinked") => (Some(t.national_list_unlinked()), None),
        Some("last") => (None, Some(t.national_list_last())),
        _ => (None, None),
    };
    let is_linked = |id: &str| linked.iter().any(|link| link.provider == id);
    let offers = providers.all().filter(|provider| !is_linked(&provider.config.id)).map(|provider| {
        let next = "%2Fme%2Fsecurity%2Fnational%3Fdone%3Dlinked";
        let url = format!("/sign-in/with/{}?next={next}", provider.config.id);
        Link::new(Text::of(t, &provider.config.name), url)
    });
    Page::new(&NationalListView {
        csrf: visitor.form_token(&site)?,
        done: done.map(str::to_owned),
        refused: refused.map(str::to_owned),
        offers: offers.collect(),
        links: linked.iter().map(|link| line(&visitor, &providers, link)).collect(),
        frame: visitor.frame(),
    })
}

fn line(visitor: &Visitor, providers: &Providers, link: &Linked) -> LinkLine {
    let local = |at: Stamp| at.moment().with_timezone(&CITY_ZONE).naive_local();
    let provider = providers.all().find(|provider| provider.config.id == link.provider);
    // A provider that was taken out of the configuration still goes by its id, so that it can be unlinked.
    let name =
        provider.map_or(link.provider.as_str(), |provider| visitor.texts().say(&provider.config.name).text);
    LinkLine {
        id: link.id.to_string(),
        name: name.to_owned(),
        since: local(link.since),
        used: local(link.used_at),
    }
}

/// `POST …/unlink`
pub async fn unlink(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    let citizen = CitizenId::from(session.signed.subject);
    let id = form.get("id").parse::<UpstreamId>().map_err(|_| Failure::BadRequest)?;
    let unlinked = site.db.tx(move |c| links::unlink(c, citizen, id)).await;
    match unlinked {
        Ok(()) => Ok(see_other("/me/security/national?done=unlinked")),
        Err(AccountError::Last) => Ok(see_other("/me/security/national?done=last")),
        Err(error) => Err(error.into()),
    }
}
