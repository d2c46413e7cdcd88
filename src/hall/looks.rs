//! `/me/looks`: who looked at my data, in plain words, and the button that asks why.

use std::{collections::HashMap, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{
    inquiries::asked,
    views::{AskedRow, LookRow, LooksView},
};
use crate::{
    accounts::inquiries::{self, Kind, Level, Terms},
    catalogue::{
        Shelf,
        present::{Presenter, urls},
    },
    ledger::{self, CitizenId, LedgerError, LookId, Seen, Who},
    platform::clock::{CITY_ZONE, city_day},
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
    let (seen, all, questions) = site
        .db
        .read(move |c| {
            let warrant = ledger::own(citizen);
            let (seen, all) = ledger::seen(c, &ring, &warrant, skip, limit)?;
            let ids: Vec<LookId> = seen.iter().map(|look| look.id).collect();
            let questions = inquiries::mine(c, &ring, &warrant, Some(&ids))?;
            Ok::<_, LedgerError>((seen, all, questions))
        })
        .await?;
    let (edition, today) = (shelf.edition()?, city_day(site.clock.now()));
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let mut asked: HashMap<LookId, AskedRow> =
        questions.into_iter().filter_map(|told| Some((told.look?, asked(present, today, told)))).collect();
    let mut row = |look: Seen| {
        let asked = asked.remove(&look.id);
        row(present, &look, asked)
    };
    let all = usize::try_from(all).unwrap_or_default();
    let view = LooksView {
        rows: seen.into_iter().map(&mut row).collect(),
        all,
        pager: Pager { page, pages: all.div_ceil(AT_ONCE), base: "/me/looks?page=".to_owned() },
        page,
        asked: query(&request, "asked").is_some(),
        csrf: visitor.form_token(&site)?,
        frame: visitor.frame(),
    };
    Page::new(&view)
}

/// A look in the reader's words.
pub(super) fn row(present: Presenter<'_>, look: &Seen, asked: Option<AskedRow>) -> LookRow {
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
        asked,
    }
}

/// `POST /me/looks/{id}/ask`
pub async fn ask(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    terms: Data<Terms>,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (citizen, now, edition) = (citizen(&visitor)?, site.clock.now(), shelf.edition()?);
    let look: LookId = id.parse().map_err(|_| Failure::NotFound)?;
    let due = terms.due(&edition.catalogue.calendar, Kind::Why, Level::Branch, now);
    let found = site.db.tx(move |c| inquiries::ask_why(c, now, citizen, look, due)).await?;
    if !found {
        return Err(Failure::NotFound);
    }
    let page: usize = form.get("page").parse().unwrap_or(1);
    Ok(see_other(&format!("/me/looks?page={page}&asked=1")))
}
