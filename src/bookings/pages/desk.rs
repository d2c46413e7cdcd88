//! `/agency/calendar`: calendars that the portal keeps, for the agency's own staff: who comes, checking in, stopping.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use chrono::{Days, NaiveDate};

use super::{local, start::day_name};
use crate::{
    accounts::staff::{Act, pages::AtAgencies},
    bookings::{
        Booking, BookingError, desk, kept,
        life::State,
        rules::{Session, sessions},
        views::{CalendarView, CalendarsView, DeskLine, SessionLine},
    },
    catalogue::{Edition, ServiceEntry, Shelf, asking, present::Presenter},
    db::Conn,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Link, Tab, Text},
        query, see_other,
    },
};

/// So many days are shown ahead.
const AHEAD: u64 = 7;
/// The longest reason.
const LONGEST: usize = 200;

/// A member of staff who works at calendars of agencies.
pub(super) struct Keeper(AtAgencies);

impl Keeper {
    /// Whoever works for no agency has nothing to see here.
    pub(super) async fn of(visitor: &Visitor, site: &Site, edition: &Edition) -> Result<Self, Failure> {
        let keeper = Self(AtAgencies::of(visitor, site).await?);
        let works = edition.catalogue.agencies.iter().any(|entry| keeper.keeps(&entry.slug));
        if works { Ok(keeper) } else { Err(Failure::Refused) }
    }

    fn keeps(&self, agency: &str) -> bool {
        self.0.may(Act::WorkCases, agency)
    }

    /// A service whose calendar is theirs. Of others it is not told whether they exist.
    pub(super) fn entry<'a>(
        &self,
        edition: &'a Edition,
        code: &str,
    ) -> Result<(&'a ServiceEntry, &'a str), Failure> {
        let entry = edition.catalogue.service(code).filter(|entry| asking::keeps_calendar(&entry.service));
        let entry = entry.ok_or(Failure::NotFound)?;
        let slug = edition.catalogue.agency_of(entry).slug.as_str();
        if self.keeps(slug) { Ok((entry, slug)) } else { Err(Failure::NotFound) }
    }
}

pub async fn calendars(visitor: Visitor, (site, shelf): (Data<Site>, Data<Shelf>)) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let keeper = Keeper::of(&visitor, &site, &edition).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let theirs = edition.catalogue.services.iter().filter(|entry| {
        asking::keeps_calendar(&entry.service) && keeper.keeps(&edition.catalogue.agency_of(entry).slug)
    });
    let link = |entry: &ServiceEntry| {
        let url = format!("/agency/calendar/{}", entry.service.code);
        Link::new(present.text(&entry.service.name), url)
    };
    Page::new(&CalendarsView { calendars: theirs.map(link).collect(), frame: visitor.frame() })
}

pub async fn calendar(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    code: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let keeper = Keeper::of(&visitor, &site, &edition).await?;
    let (entry, _) = keeper.entry(&edition, &code)?;
    let (service, today, now) = (&entry.service, site.clock.today(), site.clock.now());
    let day = query(&request, "day").and_then(|day| day.parse().ok()).unwrap_or(today);
    let asked = service.code.clone();
    let read = move |c: &mut Conn| {
        let rows = kept::between(c, &asked, (day, day))?;
        Ok::<_, BookingError>((rows, desk::of_day(c, &asked, day)?))
    };
    let (rows, booked) = site.db.read(read).await?;
    let t = visitor.texts();
    let present = Presenter::new(t, &edition.catalogue);
    let mut lines = Vec::new();
    for session in of_day(&edition, entry, day) {
        let row =
            rows.iter().find(|row| (&row.place, row.starts_at.moment()) == (&session.place, session.starts));
        let here =
            booked.iter().filter(|one| one.session_id.is_some() && one.session_id == row.map(|row| row.id));
        let place = super::place_of(service, &session.place);
        lines.push(SessionLine {
            place: place.map_or_else(|| Text::plain(&session.place), |place| present.text(&place.name)),
            key: key(&session),
            starts: local(session.starts),
            ends: local(session.ends),
            taken: row.map_or(0, |row| u32::try_from(row.taken).unwrap_or_default()),
            capacity: row
                .map_or(session.capacity.into(), |row| u32::try_from(row.capacity).unwrap_or_default()),
            stopped: row.and_then(|row| row.stopped_at.map(|_| row.stopped_why.clone().unwrap_or_default())),
            over: session.starts <= now,
            bookings: here.map(desk_line).collect(),
        });
    }
    let tab = |at: u64| {
        let one = today + Days::new(at);
        let url = format!("/agency/calendar/{}?day={one}", service.code);
        Tab { label: day_name(t, one), url, count: None, current: one == day }
    };
    let said = match query(&request, "said").as_deref() {
        Some("in") => Some(("ok", t.session_said_in().to_owned())),
        Some("unknown") => Some(("warn", t.session_said_unknown().to_owned())),
        Some("not-now") => Some(("warn", t.session_said_not_now().to_owned())),
        Some("stopped") => Some(("ok", t.session_said_stopped().to_owned())),
        Some("reason") => Some(("warn", t.session_said_reason().to_owned())),
        Some("excused") => Some(("ok", t.session_said_excused().to_owned())),
        _ => None,
    };
    Page::new(&CalendarView {
        csrf: visitor.form_token(&site)?,
        name: present.text(&service.name),
        code: service.code.clone(),
        day,
        days: (0..AHEAD).map(tab).collect(),
        said,
        today: day == today,
        sessions: lines,
        frame: visitor.frame(),
    })
}

fn desk_line(booking: &Booking) -> DeskLine {
    DeskLine {
        reference: booking.reference.clone(),
        missed: booking.state == State::Missed.tag(),
        state: booking.state.clone(),
    }
}

fn of_day(edition: &Edition, entry: &ServiceEntry, day: NaiveDate) -> Vec<Session> {
    let places = entry.service.booking.iter().flat_map(|booking| &booking.places);
    let mut all: Vec<Session> =
        places.flat_map(|place| sessions(place, day, &edition.catalogue.calendar)).collect();
    all.sort_by(|one, other| (one.starts, &one.place).cmp(&(other.starts, &other.place)));
    all
}

fn key(session: &Session) -> String {
    format!("{}-{}", session.place, session.starts.timestamp())
}

fn back(code: &str, sent: &Submitted, said: &str) -> HttpResponse {
    let day = sent.get("day").parse::<NaiveDate>().map(|day| format!("day={day}&")).unwrap_or_default();
    see_other(&format!("/agency/calendar/{code}?{day}said={said}"))
}

/// What came of it, as the page says it.
fn said<T>(done: Result<T, BookingError>, fine: &'static str) -> Result<&'static str, Failure> {
    match done {
        Ok(_) => Ok(fine),
        Err(BookingError::Unknown) => Ok("unknown"),
        Err(BookingError::NotNow) => Ok("not-now"),
        Err(error) => Err(error.into()),
    }
}

pub async fn check_in(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    code: Path<String>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let edition = shelf.edition()?;
    let keeper = Keeper::of(&visitor, &site, &edition).await?;
    keeper.entry(&edition, &code)?;
    let (ring, now, by) = (site.keys.clone(), site.clock.now(), keeper.0.member.login);
    let (service, typed) = (code.to_string(), sent.get("code").to_owned());
    let done = site.db.tx(move |c: &mut Conn| desk::check_in(c, &ring, now, (&service, &by), &typed)).await;
    Ok(back(&code, &sent, said(done, "in")?))
}

pub async fn excuse(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    code: Path<String>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let edition = shelf.edition()?;
    let keeper = Keeper::of(&visitor, &site, &edition).await?;
    keeper.entry(&edition, &code)?;
    let (ring, now, by) = (site.keys.clone(), site.clock.now(), keeper.0.member.login);
    let (service, reference) = (code.to_string(), sent.get("reference").to_owned());
    let done = site.db.tx(move |c: &mut Conn| desk::excuse(c, &ring, now, (&service, &by), &reference)).await;
    Ok(back(&code, &sent, said(done, "excused")?))
}

pub async fn stop(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    code: Path<String>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let edition = shelf.edition()?;
    let keeper = Keeper::of(&visitor, &site, &edition).await?;
    let (entry, agency) = keeper.entry(&edition, &code)?;
    let day: NaiveDate = sent.get("day").parse().map_err(|_| Failure::BadRequest)?;
    let session = of_day(&edition, entry, day).into_iter().find(|one| key(one) == sent.get("session"));
    let session = session.ok_or(Failure::NotFound)?;
    let reason: String =
        sent.get(&format!("reason-{}", key(&session))).trim().chars().take(LONGEST).collect();
    // Whoever booked is told why: without a reason nothing is stopped.
    if reason.is_empty() {
        return Ok(back(&code, &sent, "reason"));
    }
    let (agency, service, by, now) =
        (agency.to_owned(), code.to_string(), keeper.0.member.login, site.clock.now());
    let done = site.db.tx(move |c| desk::stop(c, now, (&agency, &service, &by), &session, &reason)).await;
    Ok(back(&code, &sent, said(done, "stopped")?))
}
