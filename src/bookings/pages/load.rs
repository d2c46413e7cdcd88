//! `/agency/calendar/{code}/load`: how busy a counter is with appointments and without, hour by hour, and where staff write down
//! who came without.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use chrono::{Days, Timelike as _};

use super::desk::Keeper;
use crate::{
    bookings::{
        load::{self, MOST},
        load_views::LoadView,
    },
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    platform::{Texts, clock::CITY_ZONE},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field},
        query, see_other,
    },
};

type Two = (Data<Site>, Data<Shelf>);

/// So many days are counted, today among them.
const DAYS: u64 = 28;

fn hours(t: Texts, chosen: &str) -> Field {
    let choice = |hour: u32| {
        let tag = hour.to_string();
        let is = tag == chosen;
        Choice::new(tag, t.load_hour_of(hour), is)
    };
    Field { required: true, ..Field::new("hour", t.load_hour()).choices((0..24).map(choice).collect()) }
}

fn people(t: Texts, typed: &str) -> Field {
    Field { required: true, ..Field::new("people", t.load_people()).hint(t.load_people_hint()).value(typed) }
}

async fn view(
    visitor: &Visitor,
    (site, shelf): &Two,
    code: &str,
    (hour, typed): (&str, &str),
) -> Result<LoadView, Failure> {
    let edition = shelf.edition()?;
    let keeper = Keeper::of(visitor, site, &edition).await?;
    let (entry, _) = keeper.entry(&edition, code)?;
    let today = site.clock.today();
    let from = today.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(today);
    let service = entry.service.code.clone();
    let found = site.db.read(move |c: &mut Conn| load::by_hour(c, &service, (from, today))).await?;
    let t = visitor.texts();
    Ok(LoadView {
        csrf: visitor.form_token(site)?,
        said: None,
        name: Presenter::new(t, &edition.catalogue).text(&entry.service.name),
        code: entry.service.code.clone(),
        hours: found,
        days: DAYS,
        hour: hours(t, hour),
        people: people(t, typed),
        frame: visitor.frame(),
    })
}

/// `GET`
pub async fn load(
    visitor: Visitor,
    two: Two,
    code: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    // The hour that it is now is chosen already.
    let now = two.0.clock.now().with_timezone(&CITY_ZONE).hour().to_string();
    let mut view = view(&visitor, &two, &code, (&now, "")).await?;
    if query(&request, "said").as_deref() == Some("done") {
        view.said = Some(("ok", visitor.texts().load_said().to_owned()));
    }
    Page::new(&view)
}

/// `POST`
pub async fn walked_in(
    visitor: Visitor,
    two: Two,
    code: Path<String>,
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let t = visitor.texts();
    let typed = (sent.get("hour"), sent.get("people"));
    let mut view = view(&visitor, &two, &code, typed).await?;
    let hour = typed.0.parse::<i32>().ok().filter(|hour| (0..24).contains(hour));
    let people = typed.1.parse::<i32>().ok().filter(|people| (0..=MOST).contains(people));
    let (Some(hour), Some(people)) = (hour, people) else {
        if hour.is_none() {
            view.hour.error = Some(t.load_wrong_hour().to_owned());
        }
        if people.is_none() {
            view.people.error = Some(t.load_wrong(MOST));
        }
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    let (service, today) = (view.code.clone(), two.0.clock.today());
    two.0.db.tx(move |c: &mut Conn| load::walked_in(c, &service, (today, hour), people)).await?;
    Ok(Either::Right(see_other(&format!("/agency/calendar/{}/load?said=done", view.code))))
}
