//! The calendar that people's own programs fetch, and its address.

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path},
};

use super::{DATES, Reader, line};
use crate::{
    cache::Key,
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    platform::{Lang, Texts},
    reminders::feed,
    web::{
        Failure, Site, Submitted, Visitor, household,
        ical::{self, Entry, When},
        see_other,
    },
};

/// So often an address may be asked for calendars in an hour. Trying finds none: the addresses have a hundred and sixty bits.
const AN_HOUR: u64 = 120;
const HOUR: Duration = Duration::from_hours(1);

/// `GET /calendar/{token}.ics`
pub async fn calendar(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    token: Path<String>,
) -> Result<HttpResponse, Failure> {
    let key = Key::new("calendars", &[&household(visitor.address())]);
    if site.cache.count(&key, HOUR, site.clock.now()).await.over(AN_HOUR) {
        return Err(Failure::TooMany { retry_after: HOUR.as_secs() });
    }
    let (ring, now, today) = (site.keys.clone(), site.clock.now(), site.clock.today());
    let read = move |c: &mut Conn| feed::read(c, &ring, (now, today), &token);
    let found = site.db.read(read).await?.ok_or(Failure::NotFound)?;
    let edition = shelf.edition()?;
    let t = Texts::new(found.language.parse::<Lang>().unwrap_or_default());
    let (present, origin) = (Presenter::new(t, &edition.catalogue), site.origin());
    let mut entries = Vec::new();
    for (deadline, said) in &found.deadlines {
        let line = line(present, deadline, said.as_deref(), today);
        entries.push(Entry {
            id: deadline.id.to_string(),
            when: When::Day(deadline.due_on),
            summary: line.name.text.clone(),
            place: String::new(),
            about: line.words(&t),
            url: format!("{origin}{}", deadline.path()),
        });
    }
    for booking in &found.bookings {
        let service = edition.catalogue.service(&booking.service);
        let agency = edition.catalogue.agency(&booking.agency);
        entries.push(Entry {
            id: booking.reference.clone(),
            when: When::At { starts: booking.starts(), ends: booking.ends_at.moment() },
            summary: service
                .map_or_else(|| booking.service.clone(), |entry| present.text(&entry.service.name).text),
            place: agency.map(|entry| present.text(&entry.agency.name).text).unwrap_or_default(),
            about: String::new(),
            url: format!("{origin}/me/bookings/{}", booking.reference),
        });
    }
    let text = ical::calendar(origin, now, Some(t.dates_title()), &entries);
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header(("Referrer-Policy", "no-referrer"))
        .body(text))
}

/// Makes the address, or another in its place.
pub async fn make_calendar(
    visitor: Visitor,
    site: Data<Site>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    if reader.acts() {
        return Err(Failure::Refused);
    }
    let (ring, now, lang) = (site.keys.clone(), site.clock.now(), visitor.texts().lang().tag());
    site.db.tx(move |c: &mut Conn| feed::make(c, &ring, now, reader.whose.citizen, lang)).await?;
    Ok(see_other(&format!("{DATES}?said=calendar")))
}

/// Ends the address.
pub async fn end_calendar(
    visitor: Visitor,
    site: Data<Site>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    if reader.acts() {
        return Err(Failure::Refused);
    }
    site.db.tx(move |c: &mut Conn| feed::end(c, reader.whose.citizen)).await?;
    Ok(see_other(&format!("{DATES}?said=ended")))
}
