//! The summary before it is booked, booking it, and leaving it. What is applied for goes on as an application.

use actix_web::{
    Either, HttpResponse,
    web::{Data, Path},
};
use yimen_forms::Filled;

use super::{is_booked_here, local, rules_of, when};
use crate::{
    bookings::{
        Booking, BookingError, BookingId,
        act::{self, Confirmation},
        life::State,
        queries,
        rules::cancel_until,
        views::ReviewView,
    },
    cases::{
        Forms,
        pages::{self as cases, Here, review::sheets},
    },
    catalogue::{
        Shelf,
        pages::guide::domain,
        present::{Presenter, urls},
    },
    db::Conn,
    gateway::{Gateway, told},
    web::{Failure, Page, Site, Submitted, Visitor, see_other},
};

/// The booking of a draft. `None`: the service is not booked here.
async fn booking_of(
    visitor: &Visitor,
    (site, shelf): (&Site, &Shelf),
    (code, draft): (&str, &str),
) -> Result<Option<(Here, Booking)>, Failure> {
    let edition = shelf.edition()?;
    if !edition.catalogue.service(code).is_some_and(|entry| is_booked_here(&entry.service)) {
        return Ok(None);
    }
    let here = Here::new(visitor, site, shelf, code).await?;
    let id: BookingId = draft.parse().map_err(|_| Failure::NotFound)?;
    let whose = here.whose.clone();
    let booking = site.db.read(move |c| queries::of_whose(c, &whose, id)).await?;
    let booking = booking.filter(|booking| booking.service == code).ok_or(Failure::NotFound)?;
    Ok(Some((here, booking)))
}

/// `GET`: where and when, and everything that the agency will be told.
pub async fn review(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    gateway: Data<Gateway>,
    path: Path<(String, String)>,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (code, draft) = (*path).clone();
    let Some((here, booking)) = booking_of(&visitor, (&site, &shelf), (&code, &draft)).await? else {
        return cases::review(visitor, (site, shelf, forms), gateway, path).await.map(Either::Left);
    };
    if booking.state()? != State::Chosen {
        return Ok(Either::Right(see_other(&format!("/me/bookings/{}", booking.reference))));
    }
    let opened = here.opened(&site, &forms, &draft).await?;
    let filled = opened.form.fill(&opened.draft, site.clock.today());
    let view = view(&visitor, &site, (&here, &booking), (&filled, opened.row.id.to_string())).await?;
    Page::new(&view).map(Either::Left)
}

async fn view(
    visitor: &Visitor,
    site: &Site,
    (here, booking): (&Here, &Booking),
    (filled, draft): (&Filled<'_, '_>, String),
) -> Result<ReviewView, Failure> {
    let present = Presenter::new(visitor.texts(), &here.edition.catalogue);
    let (entry, service) = (here.entry()?, here.service()?);
    let agency = here.edition.catalogue.agency_of(entry);
    let now = site.clock.now();
    let (whose, ring, one) = (here.whose.clone(), site.keys.clone(), booking.clone());
    let read = move |c: &mut Conn| {
        let warrant = whose.warrant(c, &ring, now, &one.service)?;
        one.slot(c, &ring, &warrant)
    };
    let slot = site.db.tx(read).await.map_err(|error: BookingError| Failure::from(error))?;
    let guide = urls::service(&service.code);
    let base = format!("{guide}/apply/{draft}");
    Ok(ReviewView {
        frame: visitor.frame(),
        name: present.text(&service.name),
        domain: domain(present, service),
        agency: present.agency(agency),
        csrf: visitor.form_token(site)?,
        when: when(present, Some(service), booking, &slot),
        held: booking.held_until.map(|until| local(until.moment())),
        over: booking.is_over(now),
        sheets: sheets(present.t, filled, |page| Some(format!("{base}/pages/{page}"))),
        unfinished: filled.unfinished().map(|page| format!("{base}/pages/{}?look=1", page.id)),
        told: told(&service.claims).map(|field| present.t.data_field(field)).collect(),
        cancel_until: local(cancel_until(&rules_of(service), booking.starts())),
        instead: booking.replaces.is_some(),
        book: format!("{base}/book"),
        discard: format!("{base}/discard"),
        guide,
    })
}

/// `POST`: books it. The second of two clicks finds what the first has done.
pub async fn confirm(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    path: Path<(String, String)>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (code, draft) = path.into_inner();
    let found = booking_of(&visitor, (&site, &shelf), (&code, &draft)).await?;
    let (here, booking) = found.ok_or(Failure::NotFound)?;
    let ticket = format!("/me/bookings/{}", booking.reference);
    if booking.state()? != State::Chosen {
        return Ok(see_other(&ticket));
    }
    let opened = match here.opened(&site, &forms, &draft).await {
        // Of two clicks at the same moment the other was faster.
        Err(Failure::NotFound) => {
            let found = booking_of(&visitor, (&site, &shelf), (&code, &draft)).await?;
            let (_, booking) = found.ok_or(Failure::NotFound)?;
            let waits = booking.state()? == State::Chosen;
            return if waits { Err(Failure::NotFound) } else { Ok(see_other(&ticket)) };
        }
        opened => opened?,
    };
    let filled = opened.form.fill(&opened.draft, site.clock.today());
    let document = match filled.submission() {
        Ok(document) if !opened.asked_anew && filled.unfinished().is_none() => document,
        _ => return Ok(see_other(&here.review(opened.row.id))),
    };
    let review = here.review(opened.row.id);
    let (rules, form) = (rules_of(here.service()?), here.service()?.form.clone());
    let (whose, ring, now) = (here.whose.clone(), site.keys.clone(), site.clock.now());
    let (id, version) = (booking.id, opened.version);
    let book = move |c: &mut Conn| {
        let it = Confirmation { id, version, form: form.as_deref(), document: &document, rules: &rules };
        act::confirm(c, &ring, now, &whose, &it)
    };
    match site.db.tx(book).await {
        Ok(_) => Ok(see_other(&format!("{ticket}?new=1"))),
        // The time is over: the summary says so.
        Err(BookingError::NotNow) => Ok(see_other(&review)),
        // Another of theirs is on that day by now.
        Err(BookingError::AlreadyThatDay) => Ok(see_other(&format!("/services/{code}/start?said=that-day"))),
        Err(error) => Err(error.into()),
    }
}

/// `POST`: leaves what was chosen, and throws away what was typed.
pub async fn discard(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    path: Path<(String, String)>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (code, draft) = (*path).clone();
    let Some((here, booking)) = booking_of(&visitor, (&site, &shelf), (&code, &draft)).await? else {
        return cases::discard(visitor, (site, shelf), path, sent).await;
    };
    let (whose, ring, now, id) = (here.whose.clone(), site.keys.clone(), site.clock.now(), booking.id);
    site.db.tx(move |c| act::drop_chosen(c, &ring, now, &whose, id)).await?;
    Ok(see_other(&format!("/services/{code}/start")))
}
