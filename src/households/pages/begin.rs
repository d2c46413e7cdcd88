//! `/agency/households/new`: begins a record, for somebody whom the agency deals with.

use std::sync::Arc;

use actix_web::{Either, HttpResponse, http::StatusCode, web::Data};

use super::{DESK, helping, keep_typed, members, officer, wrong};
use crate::{
    accounts::{IdentityNumber, staff::pages::AtAgencies},
    catalogue::{Edition, Shelf, present::Presenter},
    db::Conn,
    households::keep::{self, New},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        see_other,
    },
};

const LONGEST_REASON: usize = 300;

fn form(visitor: &Visitor, site: &Site, at: &AtAgencies, edition: &Edition) -> Result<StepView, Failure> {
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let t = present.t;
    let needed = |name: &'static str, label: &str| Field { required: true, ..Field::new(name, label) };
    let services = helping(at, &edition.catalogue);
    let services = services
        .iter()
        .map(|(service, _)| Choice::new(service.code.as_str(), present.text(&service.name).text, false));
    let nowhere = Choice::new("", t.voice_district_none(), true);
    let districts = edition.catalogue.city.city.districts.iter();
    let districts = districts.map(|one| Choice::new(one.code.as_str(), present.text(&one.name).text, false));
    let districts = std::iter::once(nowhere).chain(districts).collect();
    let mut view =
        StepView::new(visitor.frame(), visitor.form_token(site)?, format!("{DESK}/new"), t.household_new());
    view.lead = vec![t.household_new_lead().to_owned()];
    view.inputs = vec![
        Input::new("text", needed("number", t.staff_claim_number())),
        Input::new("text", needed("reason", t.desk_number_reason()).hint(t.desk_number_hint())),
        Input::new("select", needed("service", t.case_service()).choices(services.collect())),
        Input::new("select", Field::new("district", t.voice_field_district()).choices(districts)),
        Input::new("text", needed("members", t.household_members())),
        Input::new("long", needed("about", t.household_about()).hint(t.household_about_hint())),
        Input::new("date", needed("next", t.household_next())),
    ];
    t.household_begin().clone_into(&mut view.submit);
    Ok(view)
}

/// `GET /agency/households/new`
pub async fn begin_page(visitor: Visitor, (site, shelf): (Data<Site>, Data<Shelf>)) -> Result<Page, Failure> {
    let at = officer(&visitor, &site).await?;
    Page::new(&form(&visitor, &site, &at, &*shelf.edition()?)?)
}

/// `POST /agency/households/new`
pub async fn begin(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (at, edition, t) = (officer(&visitor, &site).await?, shelf.edition()?, visitor.texts());
    let mut view = form(&visitor, &site, &at, &edition)?;
    keep_typed(&mut view.inputs, &sent);
    let today = site.clock.today();
    for input in &mut view.inputs {
        input.field.error = wrong(t, today, &input.field.name, &input.field.value);
    }
    let (number, reason) = (IdentityNumber::parse(sent.get("number")), sent.get("reason").trim().to_owned());
    if number.is_err() {
        view.wrong("number", t.wrong_identity_number());
    }
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        view.wrong("reason", t.desk_reason_needed());
    }
    let services = helping(&at, &edition.catalogue);
    let chosen = services.iter().find(|(service, _)| service.code == sent.get("service"));
    if chosen.is_none() {
        view.wrong("service", t.wrong_choice());
    }
    let known = |code: &str| edition.catalogue.city.city.districts.iter().any(|one| one.code == code);
    let district = Some(sent.get("district").to_owned()).filter(|code| known(code));
    let new = chosen.and_then(|(service, agency)| {
        Some(New {
            agency: (*agency).to_owned(),
            service: service.code.clone(),
            district,
            members: members(sent.get("members").trim())?,
            about: sent.get("about").trim().to_owned(),
            next_on: sent.get("next").trim().parse().ok()?,
        })
    });
    let (Ok(number), Some(new), false) = (number, new, view.is_wrong()) else {
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    let (ring, now, staff) = (Arc::clone(&site.keys), site.clock.now(), at.member.id);
    let begin = move |c: &mut Conn| keep::begin(c, (&ring, now), (staff, &reason), &number, &new);
    let Some(id) = site.db.tx(begin).await? else {
        view.wrong("number", t.counter_nobody());
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    Ok(Either::Right(see_other(&format!("{DESK}/{id}"))))
}
