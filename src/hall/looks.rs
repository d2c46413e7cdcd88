//! `/me/looks`: who looked at my data, in plain words, and the button that asks why.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::views::{LookRow, LooksView};
use crate::{
    catalogue::{
        Shelf,
        present::{Presenter, urls},
    },
    ledger::{self, CitizenId, LookId, Seen, Who},
    platform::clock::CITY_ZONE,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Pager, Text},
        query, see_other,
        session::Realm,
    },
};

const AT_ONCE: usize = 20;

/// The person in whose session this is.
pub(super) fn citizen(visitor: &Visitor) -> Result<CitizenId, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    Ok(CitizenId::from(session.signed.subject))
}

pub async fn looks(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (citizen, ring) = (citizen(&visitor)?, Arc::clone(&site.keys));
    let page = query(&request, "page").and_then(|page| page.parse().ok()).filter(|page| *page > 0);
    let page: usize = page.unwrap_or(1).min(100_000);
    let skip = i64::try_from((page - 1) * AT_ONCE).unwrap_or(i64::MAX);
    let limit = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let (seen, all) =
        site.db.read(move |c| ledger::seen(c, &ring, &ledger::own(citizen), skip, limit)).await?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let all = usize::try_from(all).unwrap_or_default();
    let view = LooksView {
        rows: seen.into_iter().map(|look| row(present, look)).collect(),
        all,
        pager: Pager { page, pages: all.div_ceil(AT_ONCE), base: "/me/looks?page=".to_owned() },
        page,
        asked: query(&request, "asked").is_some(),
        csrf: visitor.form_token(&site)?,
        frame: visitor.frame(),
    };
    Page::new(&view)
}

fn row(present: Presenter<'_>, look: Seen) -> LookRow {
    let t = present.t;
    let (who, who_url) = match &look.who {
        Who::Yourself => (Text::plain(t.looks_yourself()), None),
        Who::Citizen => (Text::plain(t.looks_citizen()), None),
        Who::Staff => (Text::plain(t.looks_staff()), None),
        Who::Portal(_) => (Text::plain(t.looks_portal()), None),
        // An agency that has left the city keeps the name by which it was known.
        Who::Agency(slug) => match present.catalogue.agency(slug) {
            Some(entry) => (present.agency(entry).text, Some(urls::agency(slug))),
            None => (Text::plain(slug.as_str()), None),
        },
    };
    let service = look.detail.as_deref().and_then(|code| present.catalogue.service(code));
    let detail = match service {
        Some(entry) => Some(present.service(entry).name),
        None => look.detail.as_deref().map(Text::plain),
    };
    LookRow {
        id: look.id.to_string(),
        at: look.at.with_timezone(&CITY_ZONE).naive_local(),
        who,
        who_url,
        purpose: t.look_purpose(look.purpose.map_or("other", ledger::Purpose::tag)),
        basis: t.look_basis(look.basis.map_or("other", ledger::Basis::tag)),
        fields: look.fields.iter().map(|field| t.data_field(field.as_str())).collect(),
        detail,
        own: look.who == Who::Yourself,
        asked: look.asked.as_ref().map(|asked| asked.at.with_timezone(&CITY_ZONE).naive_local()),
        answer: look.asked.and_then(|asked| asked.answer),
    }
}

/// `POST /me/looks/{id}/ask`
pub async fn ask(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (citizen, now) = (citizen(&visitor)?, site.clock.now());
    let look: LookId = id.parse().map_err(|_| Failure::NotFound)?;
    let found = site.db.tx(move |c| ledger::ask(c, now, citizen, look)).await?;
    if !found {
        return Err(Failure::NotFound);
    }
    let page: usize = form.get("page").parse().unwrap_or(1);
    Ok(see_other(&format!("/me/looks?page={page}&asked=1")))
}
