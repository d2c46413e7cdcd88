//! `/agency/ratings/code`: a code to print and put up at a counter, or in the hall. It leads whoever scans it to the rating of what
//! they finished with that agency, or with any, and to nothing else: without a matter that ended nothing can be rated. Whoever
//! came without an appointment has one as well, when their application was handed in at the counter.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{Seat, agency_name, fits};
use crate::{
    cases::pages::list::{covers, reach},
    catalogue::{Edition, Shelf, present::Presenter},
    db::Conn,
    ratings::{Matter, queries, views::CodeView},
    web::{
        Failure, Page, Site, Visitor,
        frame::{Choice, Field},
        query, scan, see_other,
    },
};

/// Longest name of a counter, in letters.
const LONGEST: usize = 30;
const DOTS: u32 = 320;
/// What stands for the hall among the agencies.
const HALL: &str = "hall";

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
    let hall = asked.as_deref() == Some(HALL);
    let slug = match &asked {
        Some(asked) if !hall => agencies.iter().find(|slug| *slug == asked),
        _ => agencies.first(),
    };
    let slug = slug.ok_or(Failure::NotFound)?;
    let here = present.text(&edition.catalogue.city.city.hall);
    let choice = |one: &String| Choice::new(one, agency_name(present, one).text, !hall && one == slug);
    let mut choices: Vec<Choice> = agencies.iter().map(choice).collect();
    choices.push(Choice::new(HALL, &here.text, hall));
    let (name, way) =
        if hall { (here, HALL.to_owned()) } else { (agency_name(present, slug), format!("counter/{slug}")) };
    let typed = query(&request, "counter").unwrap_or_default();
    let fine = fits(&typed, LONGEST);
    let counter = Field::new("counter", t.rating_code_counter()).hint(t.rating_code_counter_hint());
    let counter = counter.value(typed.as_str());
    let counter = if fine { counter } else { counter.error(t.rating_too_long(LONGEST)) };
    let address = format!("{}/me/ratings/{way}", site.origin());
    let view = CodeView {
        mistakes: counter.mistake().into_iter().collect(),
        agency: Field::new("agency", t.rating_code_where()).choices(choices),
        name,
        place: Some(typed).filter(|typed| fine && !typed.is_empty()),
        picture: scan(&address, DOTS)?,
        counter,
        address,
        frame: visitor.frame(),
    };
    Ok(Page::new(&view)?.status(if fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }))
}

/// `GET /me/ratings/counter/{agency}`: on to what somebody finished with it and did not rate yet.
pub async fn at_counter(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    agency: Path<String>,
) -> Result<HttpResponse, Failure> {
    let edition = shelf.edition()?;
    let slug = edition.catalogue.agency(&agency).ok_or(Failure::NotFound)?.slug.clone();
    led(&visitor, (&site, &edition), Some(slug)).await
}

/// `GET /me/ratings/hall`: the same of whatever agency, since in a hall one sits beside the other.
pub async fn in_hall(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
) -> Result<HttpResponse, Failure> {
    let edition = shelf.edition()?;
    led(&visitor, (&site, &edition), None).await
}

/// To the one matter that there is to rate. Of several, whoever scanned says which.
async fn led(
    visitor: &Visitor,
    (site, edition): (&Site, &Edition),
    agency: Option<String>,
) -> Result<HttpResponse, Failure> {
    let (whose, scope) = reach(visitor, site).await?;
    let (asked, today) = (agency.clone(), site.clock.today());
    let read = move |c: &mut Conn| queries::unrated(c, &whose, asked.as_deref(), today);
    let found = site.db.read(read).await?;
    // An agent is not led to what they were not authorised for.
    let covered = found.into_iter().filter(|matter| covers(&scope, &edition.catalogue, &matter.service));
    let found: Vec<Matter> = covered.collect();
    Ok(match (found.as_slice(), agency) {
        ([], Some(_)) => see_other("/me/ratings?said=counter"),
        ([], None) => see_other("/me/ratings?said=hall"),
        ([one], _) => see_other(&queries::address(one)?),
        (_, Some(agency)) => see_other(&format!("/me/ratings?at={agency}&said=which")),
        (_, None) => see_other("/me/ratings?said=which"),
    })
}
