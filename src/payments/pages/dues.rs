//! `/services/{code}/start` of a service that is paid: what is owed, asked of the agency, and each due with its button.

use actix_web::{
    HttpRequest,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_contract::{
    capability::{Outcome, dues::Due},
    service::Service,
};

use super::{
    local,
    owed::{Answered, Owed, can_be_paid},
};
use crate::{
    accounts::acting::Party,
    catalogue::{
        Shelf, asking, closures_of,
        filling::{Drawn, Forms, Piece},
        pages::guide::{contact, domain},
        present::{Presenter, urls},
        views::Barred,
    },
    gateway::{self, Gateway, told},
    payments::{
        Payer,
        views::{DueLine, DuesSaid, DuesView},
    },
    web::{Failure, Page, Site, Submitted, Visitor, query},
};

type Data4 = (Data<Site>, Data<Shelf>, Data<Gateway>, Data<Forms>);

/// Whether the page of a service is this room's: it is paid here, and its agency is open.
pub fn serves(shelf: &Shelf, code: &str) -> bool {
    let Ok(edition) = shelf.edition() else { return false };
    let entry = edition.catalogue.service(code);
    entry.is_some_and(|entry| {
        asking::is_paid(&entry.service) && edition.catalogue.agency_of(entry).suspended.is_none()
    })
}

/// Who pays here, or why they cannot.
pub(super) async fn who(
    visitor: &Visitor,
    site: &Site,
    service: &Service,
) -> Result<Result<Payer, Barred>, Failure> {
    let party: Result<Option<(Party, u8)>, Barred> = asking::party(visitor, site, service).await?;
    match party {
        Ok(Some((party, level))) => Ok(Ok(Payer { party, level })),
        Ok(None) => Err(Failure::Refused),
        Err(barred) => Ok(Err(barred)),
    }
}

/// What the page says beside the dues.
pub(super) enum Told {
    Nothing,
    /// The agency asks for another amount than the one that was shown.
    Changed {
        reference: String,
    },
    /// It is not owed any more, or somebody pays it just now.
    Gone,
    /// Nobody takes payments just now.
    NoTill,
}

/// `GET`: the form. Nobody is asked anything yet.
pub async fn start(
    visitor: Visitor,
    (site, shelf, _gateway, forms): Data4,
    code: Path<String>,
) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let entry = edition.catalogue.service(&code).ok_or(Failure::NotFound)?;
    let owed = Owed::new((&site, &forms), &edition, entry, None).await?;
    let barred = who(&visitor, &site, &entry.service).await?.err();
    let status = if barred.is_some() { StatusCode::FORBIDDEN } else { StatusCode::OK };
    let view = DuesView { barred, ..view(&visitor, &site, &owed, false)? };
    Ok(Page::new(&view)?.status(status))
}

/// `POST`: asks the agency what is owed.
pub async fn ask(
    visitor: Visitor,
    (site, shelf, gateway, forms): Data4,
    code: Path<String>,
    sent: Submitted,
) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let entry = edition.catalogue.service(&code).ok_or(Failure::NotFound)?;
    let owed = Owed::new((&site, &forms), &edition, entry, Some(sent.pairs().collect())).await?;
    let payer = match who(&visitor, &site, &entry.service).await? {
        Ok(payer) => payer,
        Err(barred) => {
            let view = DuesView { barred: Some(barred), ..view(&visitor, &site, &owed, false)? };
            return Ok(Page::new(&view)?.status(StatusCode::FORBIDDEN));
        }
    };
    if !sent.get("wish").is_empty() {
        let (citizen, now, agency) = (payer.owner(), site.clock.now(), owed.agency().to_owned());
        site.db.tx(move |c| gateway::wish(c, now, citizen, &agency)).await?;
        let view = DuesView { said: Some(DuesSaid::Wished), ..view(&visitor, &site, &owed, false)? };
        return Page::new(&view);
    }
    let Some(answers) = owed.answers(&site) else {
        let view = view(&visitor, &site, &owed, true)?;
        return Ok(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let answered = owed.ask((&site, &gateway), &payer, answers).await?;
    shown(&visitor, &site, &owed, answered, (Told::Nothing, None))
}

/// `GET /services/{code}/due?number=`: one due, to which another page has led.
pub async fn one(
    visitor: Visitor,
    (site, shelf, gateway, forms): Data4,
    code: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let number = query(&request, "number").ok_or(Failure::NotFound)?;
    let edition = shelf.edition()?;
    let entry = edition.catalogue.service(&code).filter(|entry| asking::is_paid(&entry.service));
    let entry = entry.ok_or(Failure::NotFound)?;
    let blank = Owed::new((&site, &forms), &edition, entry, None).await?;
    let field = blank.asks_for(&number, site.clock.today());
    let typed = field.map(|field| vec![(field, number.as_str())]);
    let owed = Owed::new((&site, &forms), &edition, entry, typed).await?;
    let payer = match who(&visitor, &site, &entry.service).await? {
        Ok(payer) => payer,
        Err(barred) => {
            let view = DuesView { barred: Some(barred), ..view(&visitor, &site, &owed, false)? };
            return Ok(Page::new(&view)?.status(StatusCode::FORBIDDEN));
        }
    };
    let Some(answers) = owed.answers(&site) else {
        return Page::new(&view(&visitor, &site, &owed, false)?);
    };
    let answered = owed.ask((&site, &gateway), &payer, answers).await?;
    shown(&visitor, &site, &owed, answered, (Told::Nothing, Some(&number)))
}

/// The page with what the agency said: all of it, or one due.
pub(super) fn shown(
    visitor: &Visitor,
    site: &Site,
    owed: &Owed<'_>,
    answered: Answered,
    (told, only): (Told, Option<&str>),
) -> Result<Page, Failure> {
    let mut view = view(visitor, site, owed, false)?;
    let today = site.clock.today();
    let list = |dues: Vec<Due>| -> Vec<DueLine> {
        let wanted = dues.into_iter().filter(|due| only.is_none_or(|only| due.reference == only));
        wanted.map(|due| line(due, today)).collect()
    };
    let (said, dues, mut status) = match answered {
        Err(_) => (DuesSaid::TooOften, Vec::new(), StatusCode::TOO_MANY_REQUESTS),
        Ok(Outcome::Fresh(dues)) => (DuesSaid::Found, list(dues), StatusCode::OK),
        Ok(Outcome::Stale { value, since }) => (DuesSaid::AsOf(local(since)), list(value), StatusCode::OK),
        Ok(Outcome::Empty) => (DuesSaid::Nothing, Vec::new(), StatusCode::OK),
        Ok(Outcome::Unavailable { until }) => {
            let said = DuesSaid::Away { until: until.map(local), tell: site.channels.any() };
            (said, Vec::new(), StatusCode::SERVICE_UNAVAILABLE)
        }
        Ok(Outcome::NotEntitled) => (DuesSaid::NotEntitled, Vec::new(), StatusCode::FORBIDDEN),
    };
    let nothing = dues.is_empty() && matches!(said, DuesSaid::Found | DuesSaid::AsOf(_));
    view.said = Some(if nothing { DuesSaid::Nothing } else { said });
    view.dues = dues;
    match told {
        Told::Nothing => {}
        Told::Changed { reference } => {
            view.changed = true;
            status = StatusCode::CONFLICT;
            view.dues.iter_mut().for_each(|due| due.changed = due.reference == reference);
        }
        Told::Gone => {
            view.gone = true;
            status = StatusCode::CONFLICT;
        }
        Told::NoTill => {
            view.no_till = true;
            status = StatusCode::SERVICE_UNAVAILABLE;
        }
    }
    Ok(Page::new(&view)?.status(status))
}

fn line(due: Due, today: chrono::NaiveDate) -> DueLine {
    DueLine {
        payable: can_be_paid(&due),
        overdue: due.due.is_some_and(|day| day < today),
        title: due.title,
        reference: due.reference,
        status: due.status,
        amount: due.amount_fen,
        surcharge: due.surcharge_fen,
        due_on: due.due,
        raised: due.raised,
        changed: false,
    }
}

/// The page without an answer.
fn view(visitor: &Visitor, site: &Site, owed: &Owed<'_>, judged: bool) -> Result<DuesView, Failure> {
    let present = Presenter::new(visitor.texts(), owed.catalogue());
    let (service, agency) = (owed.service(), owed.catalogue().agency_of(owed.entry));
    let guide = urls::service(&service.code);
    Ok(DuesView {
        frame: visitor.frame(),
        name: present.text(&service.name),
        summary: present.text(&service.summary),
        action: format!("{guide}/start"),
        pay: format!("{guide}/pay"),
        domain: domain(present, service),
        agency: present.agency(agency),
        csrf: visitor.form_token(site)?,
        pieces: pieces(present, site, owed, judged),
        typed: owed.typed(),
        told: told(&service.claims).map(|field| present.t.data_field(field)).collect(),
        anybody: service.claims.is_empty(),
        basis: present.maybe(service.fee.basis.as_ref()),
        barred: None,
        said: None,
        dues: Vec::new(),
        changed: false,
        gone: false,
        no_till: false,
        closures: closures_of(present, &owed.edition.closures, (&agency.slug, service)),
        contact: contact(present, service, agency),
        sample: service.sample,
        guide,
    })
}

fn pieces(present: Presenter<'_>, site: &Site, owed: &Owed<'_>, judged: bool) -> Vec<Piece> {
    let Some(form) = &owed.form else { return Vec::new() };
    let filled = form.fill(&owed.draft, site.clock.today());
    let (draft, fixed) = (&owed.draft, serde_json::Map::new());
    // An address is typed here as a whole: nothing is kept that could be chosen anew.
    let drawn = Drawn {
        t: present.t,
        form,
        draft,
        filled: &filled,
        offers: &[],
        named: &str::to_owned,
        districts: &[],
        fixed,
        judged,
    };
    form.pages.iter().flat_map(|page| drawn.page(page)).collect()
}
