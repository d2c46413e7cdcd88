//! `/me/bookings/{reference}`: where, when, what to bring and what to show; giving it back, and the calendar's entry.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path},
};
use chrono::TimeDelta;
use yimen_forms::Draft;

use super::{local, place_of, rules_of, when};
use crate::{
    bookings::{
        Booking, BookingError, Slot,
        act::{self, can_cancel},
        life::State,
        queries,
        rules::cancel_until,
        steps::{self, Step},
        views::{HandoverView, Happened, StepView, TicketView},
    },
    cases::{
        DraftId, Forms, Whose,
        drafts::{self, Of},
        pages::{
            list::{covers, reach},
            review::sheets,
        },
        reference_of,
        views::Answered,
    },
    catalogue::{
        Edition, Shelf,
        pages::guide::{contact, papers},
        present::{Presenter, urls},
    },
    db::{Conn, Stamp},
    gateway::maintenance,
    platform::clock::city_day,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::Text,
        ical::{Entry, When, calendar},
        query, scan, see_other,
    },
};

/// As long as this after something was asked the page looks again by itself.
const WATCHED: TimeDelta = TimeDelta::minutes(2);

/// A booking as its owner sees it.
struct Seen {
    booking: Booking,
    slot: Slot,
    steps: Vec<Step>,
    answers: serde_json::Map<String, serde_json::Value>,
}

pub async fn ticket(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    reference: Path<String>,
    request: HttpRequest,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let meant = reference_of(&reference).ok_or(Failure::NotFound)?;
    if meant != *reference {
        return Ok(Either::Right(see_other(&format!("/me/bookings/{meant}"))));
    }
    let edition = shelf.edition()?;
    let (_, seen) = seen(&visitor, &site, &edition, &meant).await?;
    let asked = |name: &str| query(&request, name).is_some();
    let news = match (asked("new"), asked("cancelled")) {
        (true, _) => Happened::Booked,
        (_, true) => Happened::Cancelled,
        _ => Happened::Nothing,
    };
    let view = TicketView { news, ..view(&visitor, &site, &edition, &forms, seen).await? };
    Ok(Either::Left(Page::new(&view)?))
}

/// Gives it back.
pub async fn cancel(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    reference: Path<String>,
    _sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let meant = reference_of(&reference).ok_or(Failure::NotFound)?;
    let edition = shelf.edition()?;
    let (whose, booking) = allowed(&visitor, &site, &edition, &meant).await?;
    let rules = edition.catalogue.service(&booking.service).map(|entry| rules_of(&entry.service));
    let rules = rules.unwrap_or_default();
    let (ring, now, number) = (site.keys.clone(), site.clock.now(), meant.clone());
    match site.db.tx(move |c| act::cancel(c, &ring, now, &whose, (&number, &rules))).await {
        Ok(_) => Ok(Either::Right(see_other(&format!("/me/bookings/{meant}?cancelled=1")))),
        Err(BookingError::NotNow) => {
            let (_, seen) = seen(&visitor, &site, &edition, &meant).await?;
            let view =
                TicketView { news: Happened::NotNow, ..view(&visitor, &site, &edition, &forms, seen).await? };
            Ok(Either::Left(Page::new(&view)?.status(StatusCode::CONFLICT)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Goes on with what was chosen, or came free: the form is begun if it was not yet.
pub async fn go_on(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    reference: Path<String>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let meant = reference_of(&reference).ok_or(Failure::NotFound)?;
    let edition = shelf.edition()?;
    let (whose, booking) = allowed(&visitor, &site, &edition, &meant).await?;
    if booking.state()? != State::Chosen {
        return Ok(see_other(&format!("/me/bookings/{meant}")));
    }
    let (catalogue, owner) = (&edition.catalogue, booking.citizen_id);
    let entry = catalogue.service_for(&booking.service, owner).ok_or(Failure::NotFound)?;
    let path = entry.service.form.clone().ok_or(Failure::NotFound)?;
    let (version, _) = forms.current(&site.db, (catalogue, entry), &path, owner).await?;
    let of = Of { service: booking.service.clone(), version, form: path };
    let (ring, now, id) = (site.keys.clone(), site.clock.now(), DraftId::from(booking.id.uuid()));
    let begin = move |c: &mut Conn| match drafts::find(c, &whose, id) {
        Ok(_) => Ok(()),
        Err(crate::cases::CaseError::Unknown) => {
            drafts::begin_as(c, &ring, now, &whose, (id, &of), &Draft::default())
        }
        Err(error) => Err(error),
    };
    site.db.tx(begin).await.map_err(Failure::from)?;
    Ok(see_other(&format!("/services/{}/apply/{}", booking.service, booking.id)))
}

/// `GET …/entry.ics`: for the calendar on somebody's telephone.
pub async fn entry(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    reference: Path<String>,
) -> Result<HttpResponse, Failure> {
    let meant = reference_of(&reference).ok_or(Failure::NotFound)?;
    let edition = shelf.edition()?;
    let (_, Seen { booking, slot, .. }) = seen(&visitor, &site, &edition, &meant).await?;
    if booking.state()? != State::Booked {
        return Err(Failure::NotFound);
    }
    let t = visitor.texts();
    let present = Presenter::new(t, &edition.catalogue);
    let service = edition.catalogue.service(&booking.service).map(|entry| &entry.service);
    let place = when(present, service, &booking, &slot).place;
    let address = address(present, &edition, &booking, &slot).map(|address| address.text);
    let name = service.map_or_else(|| booking.service.clone(), |service| present.text(&service.name).text);
    let entry = Entry {
        id: booking.reference.clone(),
        when: When::At { starts: booking.starts(), ends: booking.ends_at.moment() },
        summary: name,
        place: place.into_iter().chain(address).collect::<Vec<_>>().join(t.form_comma()),
        about: t.booking_entry_text(code(&booking)),
        url: format!("{}/me/bookings/{}", site.origin(), booking.reference),
    };
    let text = calendar(site.origin(), site.clock.now(), None, &[entry]);
    let name = format!("attachment; filename=\"{}.ics\"", booking.reference);
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(text))
}

/// Whose booking it is, if whoever acts for them may know of it.
async fn allowed(
    visitor: &Visitor,
    site: &Site,
    edition: &Edition,
    reference: &str,
) -> Result<(Whose, Booking), Failure> {
    let (whose, scope) = reach(visitor, site).await?;
    let (asked, number) = (whose.clone(), reference.to_owned());
    let booking = site.db.read(move |c| queries::find(c, &asked, &number)).await?;
    if covers(&scope, &edition.catalogue, &booking.service) {
        Ok((whose, booking))
    } else {
        Err(Failure::NotFound)
    }
}

async fn seen(
    visitor: &Visitor,
    site: &Site,
    edition: &Edition,
    reference: &str,
) -> Result<(Whose, Seen), Failure> {
    let (whose, booking) = allowed(visitor, site, edition, reference).await?;
    let (ring, now, asked) = (site.keys.clone(), site.clock.now(), whose.clone());
    let own = whose.represents().is_none() && whose.company().is_none();
    let read = move |c: &mut Conn| {
        let warrant = asked.warrant(c, &ring, now, &booking.service)?;
        let slot = booking.slot(c, &ring, &warrant)?;
        let steps = steps::of_booking(c, &ring, (booking.citizen_id, booking.id), &warrant)?;
        let answers = booking.filled(c, &ring, &warrant)?;
        Ok::<_, BookingError>(Seen { booking, slot, steps, answers })
    };
    // Whoever reads for another leaves a line in the record.
    let seen = if own { site.db.read(read).await } else { site.db.tx(read).await };
    Ok((whose, seen?))
}

async fn view(
    visitor: &Visitor,
    site: &Site,
    edition: &Edition,
    forms: &Forms,
    seen: Seen,
) -> Result<TicketView, Failure> {
    let Seen { booking, slot, steps, answers } = seen;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let service = edition.catalogue.service(&booking.service).map(|entry| &entry.service);
    let agency = edition.catalogue.agency(&booking.agency);
    let (state, now) = (booking.state()?, site.clock.now());
    let rules = service.map(rules_of).unwrap_or_default();
    let answered = match booking.form.as_ref().filter(|_| booking.answers.is_some()) {
        Some(path) => {
            let form = forms.of(&site.db, booking.version, path).await?;
            let draft = Draft::of(&form, &answers);
            sheets(present.t, &form.fill(&draft, city_day(booking.made_at.moment())), |_| None)
        }
        None => Vec::new(),
    };
    let open = matches!(state, State::Booked | State::Asked);
    let can = can_cancel(&booking, &rules, now);
    let start = service.map(|service| format!("{}/start", urls::service(&service.code)));
    let handover = handover(site, &booking, state).await?;
    let code = Some(code(&booking)).filter(|_| state == State::Booked);
    Ok(TicketView {
        frame: visitor.frame(),
        name: service.map_or_else(|| Text::plain(&booking.service), |service| present.text(&service.name)),
        guide: service.map(|service| urls::service(&service.code)),
        agency: agency.map(|agency| present.agency(agency)),
        contact: service.zip(agency).map(|(service, agency)| contact(present, service, agency)),
        csrf: visitor.form_token(site)?,
        news: Happened::Nothing,
        when: when(present, service, &booking, &slot),
        address: address(present, edition, &booking, &slot),
        reload: matches!(handover, Some(HandoverView::Queued { .. } | HandoverView::Unknown))
            && now - booking.changed_at.moment() < WATCHED,
        handover,
        ticket: booking.ticket.clone(),
        agency_reference: booking.agency_reference.clone(),
        picture: code.as_deref().map(|code| scan(code, 220)).transpose()?,
        code,
        once: booking.session_id.is_some(),
        bring: service.filter(|_| open).map(|service| papers(present, service)).unwrap_or_default(),
        visit: service.and_then(|service| service.visit.as_ref()).map(|visit| present.text(&visit.bring)),
        cancel_until: local(cancel_until(&rules, booking.starts())),
        can_cancel: can,
        change: start
            .filter(|_| can && state == State::Booked)
            .map(|start| format!("{start}?instead={}", booking.reference)),
        go_on: (state == State::Chosen && !booking.is_over(now))
            .then(|| local(booking.held_until.map_or(booking.starts(), Stamp::moment))),
        rate: (state == State::Kept
            && edition.catalogue.asks_for_rating(city_day(booking.changed_at.moment()), site.clock.today()))
        .then(|| urls::rate("booking", &booking.reference)),
        reason: steps.last().and_then(|step| step.reason.clone()),
        // Of what costs nothing nobody is told that money comes back.
        refund: booking.refund && slot.fee_fen.is_some_and(|fee| fee > 0),
        steps: steps
            .into_iter()
            .map(|step| StepView { at: local(step.at), by: step.by, act: step.act, reason: step.reason })
            .collect(),
        answers: answered
            .into_iter()
            .flat_map(|sheet| sheet.lines)
            .map(|line| Answered { label: line.label, value: line.value })
            .collect(),
        state: booking.state,
        reference: booking.reference,
    })
}

/// Where it is: the place's own address, or else the agency's.
fn address(present: Presenter<'_>, edition: &Edition, booking: &Booking, slot: &Slot) -> Option<Text> {
    let service = edition.catalogue.service(&booking.service).map(|entry| &entry.service);
    let place = service.zip(slot.place.as_deref()).and_then(|(service, id)| place_of(service, id));
    if let Some(address) = place.and_then(|place| place.address.as_ref()) {
        return Some(present.text(address));
    }
    let agency = edition.catalogue.agency(&booking.agency)?;
    Some(present.text(&agency.agency.contact.address))
}

/// What is shown at the counter: the portal's own word where the portal keeps the calendar. Elsewhere nobody knows that
/// word, and it is the agency's own number, or at least ours, under which the agency has the booking.
fn code(booking: &Booking) -> String {
    let own = booking.session_id.map(|_| &booking.code);
    let theirs = booking.ticket.as_ref().or(booking.agency_reference.as_ref());
    own.or(theirs).unwrap_or(&booking.reference).clone()
}

async fn handover(site: &Site, booking: &Booking, state: State) -> Result<Option<HandoverView>, Failure> {
    if !matches!(state, State::Asked | State::Cancelling) {
        return Ok(None);
    }
    Ok(match booking.handover.as_str() {
        "queued" => {
            let (now, agency) = (site.clock.now(), booking.agency.clone());
            let away = site.db.read(move |c| maintenance::is_away(c, now, &agency)).await?;
            let at = booking.next_try_at.map(|at| local(at.moment()));
            Some(if away { HandoverView::Away } else { HandoverView::Queued { at } })
        }
        "unknown" => Some(HandoverView::Unknown),
        "failed" => Some(HandoverView::Failed),
        _ => None,
    })
}
