//! `/agency/counter`: an application for a citizen who comes in person, and the receipt they take with them.

use std::sync::Arc;

use actix_web::{http::StatusCode, web::Data};
use serde_json::Map;
use yimen_contract::service::Service;
use yimen_forms::{Draft, Form, Page as Part};

use super::seat;
use crate::{
    accounts::{IdentityNumber, masking},
    agencies::VersionId,
    cases::{
        Forms,
        desk::{
            Clocks, Seat,
            counter::{self, Filled, Ticket},
            views::{CounterFormView, ReceiptView},
        },
        pages::{case::local, review::sheets},
        place,
    },
    catalogue::{
        Catalogue, Edition, Shelf, asking,
        filling::{Drawn, chosen},
        present::Presenter,
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        scan,
    },
};

const LONGEST_REASON: usize = 300;

/// The services that are applied for at this counter.
async fn offered<'c>(
    site: &Site,
    seat: &Seat,
    catalogue: &'c Catalogue,
) -> Result<Vec<&'c Service>, Failure> {
    let all: Vec<String> = catalogue.agencies.iter().map(|agency| agency.slug.clone()).collect();
    let asking_seat = seat.clone();
    let agencies = site.db.read(move |c| counter::agencies(c, &asking_seat, all)).await?;
    let here = |slug: &String| agencies.contains(slug);
    let of =
        catalogue.agencies.iter().filter(|agency| here(&agency.slug)).flat_map(|agency| &agency.services);
    let services = of.map(|at| &catalogue.services[*at].service);
    // What begins from a record, or is looked at beforehand, has pages of its own.
    let fits = |service: &&Service| asking::form_of(service).is_some() && service.checks.is_empty();
    Ok(services.filter(fits).collect())
}

/// A member of staff who helps people at a counter, and the first form.
async fn first(visitor: &Visitor, site: &Site, edition: &Edition) -> Result<(Seat, StepView), Failure> {
    let seat = seat(visitor, site).await?;
    if !seat.works() {
        return Err(Failure::Refused);
    }
    let t = visitor.texts();
    let present = Presenter::new(t, &edition.catalogue);
    let needed = |name: &'static str, label: &str| Field { required: true, ..Field::new(name, label) };
    let services = offered(site, &seat, &edition.catalogue).await?;
    let choices = services
        .iter()
        .map(|one| Choice::new(one.code.as_str(), present.text(&one.name).text, false))
        .collect();
    let mut view =
        StepView::new(visitor.frame(), visitor.form_token(site)?, "/agency/counter", t.case_counter_title());
    view.lead = vec![t.case_counter_lead().to_owned()];
    view.inputs = vec![
        Input::new("text", needed("number", t.staff_claim_number())),
        Input::new("text", needed("reason", t.desk_number_reason()).hint(t.desk_number_hint())),
        Input::new("select", needed("service", t.case_service()).choices(choices)),
    ];
    t.case_counter_go().clone_into(&mut view.submit);
    Ok((seat, view))
}

pub async fn counter_page(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
) -> Result<Page, Failure> {
    let (_, view) = first(&visitor, &site, &*shelf.edition()?).await?;
    Page::new(&view)
}

/// The form of a service as it is filled in at the counter: all of it on one page.
struct Sheet {
    version: VersionId,
    path: String,
    form: Arc<Form>,
    page: Part,
    agency: String,
    desk: bool,
}

impl Sheet {
    async fn of(site: &Site, forms: &Forms, edition: &Edition, code: &str) -> Result<Self, Failure> {
        let entry = edition.catalogue.service(code).ok_or(Failure::NotFound)?;
        let path = asking::form_of(&entry.service).ok_or(Failure::NotFound)?.to_owned();
        let agency = edition.catalogue.agency_of(entry).slug.clone();
        let (version, form) = forms.live(&site.db, &agency, &path).await?;
        let fields = form.fields.iter().map(|field| field.name.clone()).collect();
        let page = Part { id: "counter".to_owned(), title: None, hint: None, fields };
        let desk = asking::is_at_desk(&entry.service);
        Ok(Self { version, path, form, page, agency, desk })
    }
}

/// `POST /agency/counter`: looks the citizen up, and shows the form.
pub async fn counter(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    posted: Submitted,
) -> Result<Page, Failure> {
    let (t, edition) = (visitor.texts(), shelf.edition()?);
    let (seat, mut view) = first(&visitor, &site, &edition).await?;
    for input in &mut view.inputs {
        posted.get(&input.field.name).clone_into(&mut input.field.value);
    }
    let (number, reason) = (IdentityNumber::parse(posted.get("number")), posted.get("reason").to_owned());
    let code = posted.get("service").to_owned();
    let offered = view.inputs[2].field.choices.iter().any(|choice| choice.value == code);
    if number.is_err() {
        view.wrong("number", t.wrong_identity_number());
    }
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        view.wrong("reason", t.desk_reason_needed());
    }
    if !offered {
        view.wrong("service", t.wrong_choice());
    }
    let (Ok(number), false) = (number, view.is_wrong()) else {
        return Ok(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let (ring, now, looking, asked) = (Arc::clone(&site.keys), site.clock.now(), seat.clone(), code.clone());
    let met = site.db.tx(move |c| counter::meet(c, &ring, now, &looking, (&number, &reason), &asked)).await?;
    let Some((found, ticket)) = met else {
        view.wrong("number", t.counter_nobody());
        return Ok(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let sheet = Sheet::of(&site, &forms, &edition, &code).await?;
    let number = found.details.identity_number.as_deref().map(masking::number);
    let who = [found.details.name, number].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let sealed = ticket.sealed(&site.keys, seat.member.id);
    Page::new(&form(&visitor, &site, &edition, (&sheet, &code), (&Draft::default(), false), (who, sealed))?)
}

fn form(
    visitor: &Visitor,
    site: &Site,
    edition: &Edition,
    (sheet, code): (&Sheet, &str),
    (draft, judged): (&Draft, bool),
    (who, ticket): (String, String),
) -> Result<CounterFormView, Failure> {
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let service = &edition.catalogue.service(code).ok_or(Failure::NotFound)?.service;
    let filled = sheet.form.fill(draft, site.clock.today());
    let drawn = Drawn {
        t: present.t,
        form: &sheet.form,
        draft,
        filled: &filled,
        offers: &[],
        named: &str::to_owned,
        districts: &present.catalogue.city.city.districts,
        fixed: Map::new(),
        judged,
    };
    Ok(CounterFormView {
        frame: visitor.frame(),
        csrf: visitor.form_token(site)?,
        name: present.text(&service.name),
        who,
        ticket,
        pieces: drawn.page(&sheet.page),
    })
}

/// `POST /agency/counter/hand-in`: hands it in, and shows the receipt.
pub async fn hand_in(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    posted: Submitted,
) -> Result<Page, Failure> {
    let (edition, now) = (shelf.edition()?, site.clock.now());
    let (seat, _) = first(&visitor, &site, &edition).await?;
    let sealed = posted.get("ticket").to_owned();
    let ticket = Ticket::read(&site.keys, now, seat.member.id, &sealed).ok_or(Failure::Refused)?;
    let code = ticket.service.clone();
    let sheet = Sheet::of(&site, &forms, &edition, &code).await?;
    let mut draft = Draft::default();
    let chosen = chosen(&sheet.form, &edition.catalogue.city.city, posted.pairs());
    draft.take(&sheet.form, &sheet.page, chosen).map_err(|_| Failure::TooLarge)?;
    let (add, remove, who) = (posted.get("add"), posted.get("remove"), posted.get("who").to_owned());
    if !add.is_empty() || !remove.is_empty() {
        draft.add_item(&sheet.form, add);
        draft.remove_item(&sheet.form, remove);
        let view = form(&visitor, &site, &edition, (&sheet, &code), (&draft, false), (who, sealed))?;
        return Page::new(&view);
    }
    let filled = sheet.form.fill(&draft, site.clock.today());
    let Ok(answers) = filled.submission() else {
        let view = form(&visitor, &site, &edition, (&sheet, &code), (&draft, true), (who, sealed))?;
        return Ok(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let shown = sheets(present.t, &filled, |_| None);
    let (ring, acting, clocks) = (Arc::clone(&site.keys), seat.clone(), Clocks::of(&edition, &code));
    let district = place::district(&sheet.form, &answers, &edition.catalogue.city.city);
    let Sheet { version, path, agency, desk, .. } = sheet;
    let handed = move |c: &mut crate::db::Conn| {
        let filled = Filled {
            ticket: &ticket,
            agency: &agency,
            desk,
            version,
            form: &path,
            answers: &answers,
            district: district.as_deref(),
        };
        counter::hand_in(c, &ring, now, &acting, &clocks, &filled)
    };
    let case = site.db.tx(handed).await?;
    let agency = edition.catalogue.agency(&case.agency).ok_or(Failure::NotFound)?;
    let entry = edition.catalogue.service(&case.service).ok_or(Failure::NotFound)?;
    Page::new(&ReceiptView {
        frame: visitor.frame(),
        scan: scan(&format!("{}/me/cases/{}", site.origin(), case.reference), 160)?,
        reference: case.reference,
        name: present.text(&entry.service.name),
        agency: present.agency(agency).text,
        phone: agency.agency.contact.phone.clone(),
        at: local(case.submitted_at.moment()),
        by: seat.member.name(&site.keys)?,
        sheets: shown,
    })
}
