//! `/me/bookings`: what comes, what was, and what somebody waits for.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{local, place_of};
use crate::{
    bookings::{
        BookingError, queries,
        views::{BookingLine, BookingsView, WaitLine},
        waits,
    },
    cases::pages::list::{covers, reach},
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Pager, Tab, Text},
        query, see_other,
    },
};

const AT_ONCE: usize = 20;

pub async fn bookings(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (whose, scope) = reach(&visitor, &site).await?;
    let edition = shelf.edition()?;
    let catalogue = &edition.catalogue;
    let past = query(&request, "show").as_deref() == Some("past");
    let page = query(&request, "page").and_then(|page| page.parse().ok()).filter(|page| *page > 0);
    let page: usize = page.unwrap_or(1).min(10_000);
    let skip = i64::try_from((page - 1) * AT_ONCE).unwrap_or(i64::MAX);
    let limit = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let (now, today) = (site.clock.now(), site.clock.today());
    let read = move |c: &mut Conn| {
        let (found, all) = queries::list(c, &whose, (now, past), (skip, limit))?;
        let waits = waits::of(c, whose.owner(), today)?;
        let waits: Vec<_> = waits.into_iter().filter(|wait| wait.company_id == whose.company()).collect();
        Ok::<_, BookingError>((found, all, waits))
    };
    let (found, all, waits) = site.db.read(read).await?;
    let t = visitor.texts();
    let present = Presenter::new(t, catalogue);
    // What an agent was not authorised for is left out of the list.
    let shown = |code: &str| covers(&scope, catalogue, code);
    let name = |code: &str| {
        let entry = catalogue.service(code);
        entry.map_or_else(|| Text::plain(code), |entry| present.text(&entry.service.name))
    };
    let place = |code: &str, id: &str| {
        let place = catalogue.service(code).and_then(|entry| place_of(&entry.service, id));
        place.map_or_else(|| Text::plain(id), |place| present.text(&place.name))
    };
    let tab = |label: &str, url: &str, current| Tab {
        label: label.to_owned(),
        url: url.to_owned(),
        count: None,
        current,
    };
    let base = if past { "/me/bookings?show=past&page=" } else { "/me/bookings?page=" };
    let all = usize::try_from(all).unwrap_or_default();
    Page::new(&BookingsView {
        csrf: visitor.form_token(&site)?,
        tabs: vec![
            tab(t.bookings_coming(), "/me/bookings", !past),
            tab(t.bookings_past(), "/me/bookings?show=past", past),
        ],
        past,
        bookings: found
            .iter()
            .filter(|booking| shown(&booking.service))
            .map(|booking| BookingLine {
                reference: booking.reference.clone(),
                name: name(&booking.service),
                state: booking.state.clone(),
                starts: local(booking.starts()),
            })
            .collect(),
        waits: waits
            .iter()
            .filter(|wait| shown(&wait.service))
            .map(|wait| WaitLine {
                id: wait.id.to_string(),
                name: name(&wait.service),
                place: place(&wait.service, &wait.place),
                day: wait.day,
            })
            .collect(),
        pager: Pager { page, pages: all.div_ceil(AT_ONCE), base: base.to_owned() },
        frame: visitor.frame(),
    })
}

/// Leaves a waiting list.
pub async fn leave(visitor: Visitor, site: Data<Site>, sent: Submitted) -> Result<HttpResponse, Failure> {
    let (whose, _) = reach(&visitor, &site).await?;
    let id = sent.get("wait").parse().map_err(|_| Failure::NotFound)?;
    site.db.tx(move |c| waits::leave(c, whose.owner(), id)).await?;
    Ok(see_other("/me/bookings"))
}
