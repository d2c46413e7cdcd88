//! `/agency/ratings/code`: a code to print and put up at a counter. It leads whoever scans it to the rating of what they finished
//! there last, and to nothing else: without an appointment that was kept nothing can be rated.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{Seat, agency_name, fits};
use crate::{
    cases::pages::list::{covers, reach},
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    ratings::{Kind, queries, views::CodeView},
    web::{
        Failure, Page, Site, Visitor,
        frame::{Choice, Field},
        query, scan, see_other,
    },
};

/// Longest name of a counter, in letters.
const LONGEST: usize = 30;
const DOTS: u32 = 320;

/// `GET /agency/ratings/code`
pub async fn code(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let seat = Seat::of_agency(&visitor, &site).await?;
    let edition = shelf.edition()?;
    if edition.catalogue.city.ratings.is_none() {
        return Err(Failure::NotFound);
    }
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let t = present.t;
    let agencies = seat.agencies(&edition.catalogue);
    let asked = query(&request, "agency");
    let slug = match &asked {
        Some(asked) => agencies.iter().find(|slug| *slug == asked),
        None => agencies.first(),
    };
    let slug = slug.ok_or(Failure::NotFound)?;
    let choice = |one: &String| Choice::new(one, agency_name(present, one).text, one == slug);
    let typed = query(&request, "counter").unwrap_or_default();
    let fine = fits(&typed, LONGEST);
    let counter = Field::new("counter", t.rating_code_counter()).hint(t.rating_code_counter_hint());
    let counter = counter.value(typed.as_str());
    let counter = if fine { counter } else { counter.error(t.rating_too_long(LONGEST)) };
    let address = format!("{}/me/ratings/counter/{slug}", site.origin());
    let view = CodeView {
        mistakes: counter.mistake().into_iter().collect(),
        agency: Field::new("agency", t.quality_agency()).choices(agencies.iter().map(choice).collect()),
        name: agency_name(present, slug),
        place: Some(typed).filter(|typed| fine && !typed.is_empty()),
        picture: scan(&address, DOTS)?,
        counter,
        address,
        frame: visitor.frame(),
    };
    Ok(Page::new(&view)?.status(if fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }))
}

/// `GET /me/ratings/counter/{agency}`: on to what somebody finished at a counter of it last and did not rate yet.
pub async fn at_counter(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    agency: Path<String>,
) -> Result<HttpResponse, Failure> {
    let (whose, scope) = reach(&visitor, &site).await?;
    let edition = shelf.edition()?;
    let slug = edition.catalogue.agency(&agency).ok_or(Failure::NotFound)?.slug.clone();
    let today = site.clock.today();
    let read = move |c: &mut Conn| queries::latest_of(c, &whose, (Kind::Booking, &slug), today);
    let found = site.db.read(read).await?;
    // An agent is not led to what they were not authorised for.
    let found = found.into_iter().find(|matter| covers(&scope, &edition.catalogue, &matter.service));
    Ok(match found {
        Some(matter) => see_other(&queries::address(&matter)?),
        None => see_other("/me/ratings?said=counter"),
    })
}
