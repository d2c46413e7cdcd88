//! `/agency/households/{id}`: the record of one household, and what staff write into it. Opening it is a look in the record of
//! whoever it is about.

use std::sync::Arc;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use chrono::NaiveDate;

use super::{
    DESK, agencies, agency_name, district_name, keep_typed, members, officer, service_name, visit_line, wrong,
};
use crate::{
    accounts::staff::pages::AtAgencies,
    catalogue::{Edition, Shelf, present::Presenter},
    db::Conn,
    households::{
        HouseholdError, HouseholdId, Outcome,
        keep::{self, Visit, Whole, Work},
        views::{OneView, WorkForm},
    },
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input},
        query, see_other,
    },
};

fn id_of(text: &str) -> Result<HouseholdId, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// What can be written: a visit, what has changed, and that it is over.
fn forms(t: Texts, today: NaiveDate, whole: &Whole) -> Vec<WorkForm> {
    if whole.household.ended_on.is_some() {
        return Vec::new();
    }
    let needed = |name: &'static str, label: &str| Field { required: true, ..Field::new(name, label) };
    let outcome = |one: Outcome| Choice::new(one.tag(), t.household_outcome(one.tag()), false);
    let outcomes = Outcome::ALL.map(outcome).into();
    let visit = vec![
        Input::new("date", needed("visit-on", t.household_on()).value(today.to_string())),
        Input::new("radio", needed("visit-outcome", t.household_found()).choices(outcomes)),
        Input::new("long", needed("visit-words", t.household_words()).hint(t.household_words_hint())),
        Input::new("date", needed("visit-next", t.household_next())),
    ];
    let members = whole.household.members.to_string();
    let about = needed("change-about", t.household_about()).hint(t.household_about_hint());
    let change = vec![
        Input::new("text", needed("change-members", t.household_members()).value(members)),
        Input::new("long", about.value(whole.about.as_str())),
    ];
    let form = |act, inputs| WorkForm { act, inputs };
    vec![form("visit", visit), form("change", change), form("end", Vec::new())]
}

/// The page, opened: on record before it is shown.
async fn shown(
    visitor: &Visitor,
    site: &Site,
    (at, edition): (&AtAgencies, &Edition),
    id: HouseholdId,
) -> Result<OneView, Failure> {
    let (ring, now, staff) = (Arc::clone(&site.keys), site.clock.now(), at.member.id);
    let theirs = agencies(at, &edition.catalogue);
    let open = move |c: &mut Conn| keep::opened(c, (&ring, now), (staff, &theirs), id);
    let (whole, who) = site.db.tx(open).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let today = site.clock.today();
    let forms = forms(present.t, today, &whole);
    let Whole { household, about, visits } = whole;
    Ok(OneView {
        csrf: visitor.form_token(site)?,
        url: format!("{DESK}/{id}"),
        said: None,
        name: service_name(present, &household.service),
        agency: agency_name(present, &household.agency),
        who: who.name,
        phone: who.phone,
        district: household.district.as_deref().map(|code| district_name(present, code)),
        members: household.members,
        about,
        late: household.is_late(today),
        next: household.ended_on.is_none().then_some(household.next_on),
        ended: household.ended_on,
        visits: visits.into_iter().map(visit_line).collect(),
        forms,
        frame: visitor.frame(),
    })
}

/// `GET /agency/households/{id}`
pub async fn household(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (at, edition, t) = (officer(&visitor, &site).await?, shelf.edition()?, visitor.texts());
    let mut view = shown(&visitor, &site, (&at, &edition), id_of(&id)?).await?;
    view.said = match query(&request, "said").as_deref() {
        Some("done") => Some(("ok", t.household_said_done().to_owned())),
        Some("meanwhile") => Some(("warn", t.household_said_meanwhile().to_owned())),
        _ => None,
    };
    Page::new(&view)
}

/// What was sent with a form that is whole.
fn read(sent: &Submitted) -> Option<Work> {
    let get = |name: &str| sent.get(name).trim().to_owned();
    Some(match sent.get("act") {
        "visit" => {
            let (on, outcome) = (get("visit-on").parse().ok()?, Outcome::named(&get("visit-outcome"))?);
            Work::Visit(Visit { on, outcome, words: get("visit-words") }, get("visit-next").parse().ok()?)
        }
        "change" => Work::Change(members(&get("change-members"))?, get("change-about")),
        "end" => Work::End,
        _ => return None,
    })
}

/// `POST /agency/households/{id}`
pub async fn work(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (at, edition, id) = (officer(&visitor, &site).await?, shelf.edition()?, id_of(&id)?);
    let mut view = shown(&visitor, &site, (&at, &edition), id).await?;
    let (t, today) = (visitor.texts(), site.clock.today());
    let Some(form) = view.forms.iter_mut().find(|form| form.act == sent.get("act")) else {
        return Ok(Either::Right(see_other(&format!("{}?said=meanwhile", view.url))));
    };
    keep_typed(&mut form.inputs, &sent);
    for input in &mut form.inputs {
        input.field.error = wrong(t, today, &input.field.name, &input.field.value);
    }
    let whole = read(&sent).filter(|_| !form.is_wrong());
    let Some(what) = whole else {
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    let (ring, now, staff) = (Arc::clone(&site.keys), site.clock.now(), at.member.id);
    let (theirs, seen) = (agencies(&at, &edition.catalogue), sent.get("seen").parse::<i64>().unwrap_or(-1));
    let done = move |c: &mut Conn| keep::work(c, (&ring, now), (staff, &theirs), (id, seen), &what);
    let word = match site.db.tx(done).await {
        Ok(()) => "done",
        Err(HouseholdError::Meanwhile) => "meanwhile",
        Err(error) => return Err(error.into()),
    };
    Ok(Either::Right(see_other(&format!("{}?said={word}", view.url))))
}
