//! `/me/cases/{reference}`: where a case stands, what happened, what can be done; and taking it back.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use chrono::{Datelike as _, NaiveDate};
use yimen_contract::service::Service;
use yimen_forms::Draft;

use super::{
    correct::takes,
    grounds::shown,
    imposed::{act_word, costs, payment, pays},
    list::{covers, reach},
    review::sheets,
    told::{documents, licence, told},
};
use crate::{
    cases::{
        Case, CaseError, Forms, Whose, act, correct,
        delivery::{self, Address, Chosen},
        life::{Act, State},
        occasion::Occasion,
        papers::{
            FileId, Paper, Promise, give::given_out, kept, places::paper_of, shown::of_case,
            views::PaperSheet,
        },
        queries, reference_of, results,
        steps::{self, Said, Step},
        submit,
        term::{self, Term},
        views::{Answered, CaseView, DeliveryView, DueView, HandoverView, Happened, StepView},
    },
    catalogue::{
        Catalogue, Edition, Shelf,
        filling::word,
        pages::guide::contact,
        present::{Presenter, urls},
        views::Words as _,
    },
    db::Conn,
    gateway::{Gateway, maintenance},
    payments::{self, Order},
    platform::{
        Moment, Texts,
        clock::{CITY_ZONE, city_day},
    },
    web::{Failure, Page, Site, Submitted, Visitor, frame::Text, query, scan, see_other},
};

/// What an agency decides at once is there in a moment: for so long the page looks for it by itself.
const AWAITED: chrono::TimeDelta = chrono::TimeDelta::seconds(20);
const LOOK_AGAIN: u8 = 2;
/// An agency that says that a clock stands still for longer has said nothing.
const LONGEST_PAUSE: chrono::Days = chrono::Days::new(1_100);

/// A case as its owner sees it.
pub(super) struct Seen {
    pub case: Case,
    pub steps: Vec<Step>,
    pub answers: serde_json::Map<String, serde_json::Value>,
    pub papers: (Vec<Paper>, Vec<Promise>),
    pub occasion: Option<Occasion>,
    /// How they want the result, and the code against which they get it.
    pub delivery: Option<(Chosen, Option<String>)>,
    /// By which what the decision costs is paid, or was.
    pub order: Option<Order>,
}

pub async fn case(
    visitor: Visitor,
    (site, shelf, forms, gateway): (Data<Site>, Data<Shelf>, Data<Forms>, Data<Gateway>),
    reference: Path<String>,
    request: HttpRequest,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let meant = reference_of(&reference).ok_or(Failure::NotFound)?;
    if meant != *reference {
        return Ok(Either::Right(see_other(&format!("/me/cases/{meant}"))));
    }
    let edition = shelf.edition()?;
    let seen = seen(&visitor, &site, &edition, &meant).await?;
    let asked = |name: &str| query(&request, name).is_some();
    let to_correct = seen.case.state()? == State::CorrectionRequired && takes(&gateway, &seen.case).await?;
    let documents = documents(&visitor, (&site, &gateway), &edition, &seen).await?;
    let agency = seen.case.agency.clone();
    let mut view = view(&visitor, &site, &edition, &forms, seen).await?;
    if matches!(view.handover, Some(HandoverView::Queued { .. })) {
        let now = site.clock.now();
        if site.db.read(move |c| maintenance::is_away(c, now, &agency)).await? {
            view.handover = Some(HandoverView::Away);
        }
    }
    let news = match (asked("new"), asked("withdrawn"), asked("corrected")) {
        (true, ..) => Happened::HandedIn,
        (_, true, _) => Happened::Withdrawn,
        (.., true) if view.state == State::Resubmitted.tag() => Happened::Corrected,
        _ => Happened::Nothing,
    };
    let now = local(site.clock.now());
    let awaited = view.handover.is_some() && now - view.submitted < AWAITED;
    let view = CaseView { to_correct, documents, news, ..view };
    let page = Page::new(&view)?;
    Ok(Either::Left(if awaited { page.again_in(LOOK_AGAIN) } else { page }))
}

/// Takes the application back.
pub async fn withdraw(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    reference: Path<String>,
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let meant = reference_of(&reference).ok_or(Failure::NotFound)?;
    let edition = shelf.edition()?;
    let whose = allowed(&visitor, &site, &edition.catalogue, &meant).await?;
    let (ring, now, number) = (site.keys.clone(), site.clock.now(), meant.clone());
    let reason: String = sent.get("reason").chars().take(500).collect();
    let done = site.db.tx(move |c| act::withdraw(c, &ring, now, &whose, (&number, &reason)));
    match done.await {
        Ok(_) => Ok(Either::Right(see_other(&format!("/me/cases/{meant}?withdrawn=1")))),
        Err(CaseError::NotNow) => {
            let seen = seen(&visitor, &site, &edition, &meant).await?;
            let view =
                CaseView { news: Happened::NotNow, ..view(&visitor, &site, &edition, &forms, seen).await? };
            Ok(Either::Left(Page::new(&view)?.status(StatusCode::CONFLICT)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whose case it is, if whoever acts for them may know of it.
pub(super) async fn allowed(
    visitor: &Visitor,
    site: &Site,
    catalogue: &Catalogue,
    reference: &str,
) -> Result<Whose, Failure> {
    let (whose, scope) = reach(visitor, site).await?;
    let (asked, number) = (whose.clone(), reference.to_owned());
    let case = site.db.read(move |c| queries::find(c, &asked, &number)).await?;
    if covers(&scope, catalogue, &case.service) { Ok(whose) } else { Err(Failure::NotFound) }
}

pub(super) async fn seen(
    visitor: &Visitor,
    site: &Site,
    edition: &Edition,
    reference: &str,
) -> Result<Seen, Failure> {
    let whose = allowed(visitor, site, &edition.catalogue, reference).await?;
    let (ring, now, number) = (site.keys.clone(), site.clock.now(), reference.to_owned());
    let own = whose.represents().is_none() && whose.company().is_none();
    let read = move |c: &mut Conn| {
        let case = queries::find(c, &whose, &number)?;
        let warrant = whose.warrant(c, &ring, now, &case.service)?;
        let steps = steps::of_case(c, &ring, (case.citizen_id, case.id), &warrant)?;
        let answers = submit::answers(c, &ring, &case, &warrant)?;
        let slot = kept::of_case(case.citizen_id, case.id);
        let papers = (kept::list(c, &ring, slot, &warrant)?, kept::promised(c, slot)?);
        let occasion = submit::occasion(c, &ring, &case, &warrant)?;
        let delivery = match delivery::chosen(c, &ring, &case, &warrant)? {
            Some(chosen) => Some((chosen, delivery::code(c, &ring, &case, &warrant)?)),
            None => None,
        };
        let due = case.agency_reference.as_ref().filter(|_| case.state == State::Granted.tag());
        let order = match due {
            Some(due) => payments::queries::for_due(c, &ring, whose.party.acting, (&case.agency, due))?,
            None => None,
        };
        Ok::<_, CaseError>(Seen { case, steps, answers, papers, occasion, delivery, order })
    };
    // Whoever reads for another leaves a line in the record.
    let seen = if own { site.db.read(read).await } else { site.db.tx(read).await };
    Ok(seen?)
}

async fn view(
    visitor: &Visitor,
    site: &Site,
    edition: &Edition,
    forms: &Forms,
    Seen { case, steps, answers, papers, occasion, delivery: wanted, order }: Seen,
) -> Result<CaseView, Failure> {
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let entry = edition.catalogue.service(&case.service);
    let service = entry.map(|entry| &entry.service);
    let agency = edition.catalogue.agency(&case.agency);
    let state = case.state()?;
    let mut last = steps.last().map(|step| step.said.clone()).unwrap_or_default();
    let mut corrections = std::mem::take(&mut last.corrections);
    let form = match &case.form {
        Some(path) => Some(forms.of(&site.db, case.version, path).await?),
        None => None,
    };
    let answered = match &form {
        Some(form) => {
            for (about, _) in &mut corrections {
                *about = correct::label(present.t, form, service, about);
            }
            let draft = Draft::of(form, &answers);
            sheets(present.t, &form.fill(&draft, submit::day_of(&case)), |_| None)
        }
        None => Vec::new(),
    };
    let due =
        service.and_then(|service| due(edition, service, &case, &steps)).filter(|_| !state.is_decided());
    Ok(CaseView {
        frame: visitor.frame(),
        name: service.map_or_else(|| Text::plain(&case.service), |service| present.text(&service.name)),
        guide: service.map(|service| urls::service(&service.code)),
        agency: agency.map(|agency| present.agency(agency)),
        contact: service.zip(agency).map(|(service, agency)| contact(present, service, agency)),
        csrf: visitor.form_token(site)?,
        handover: handover(&case).filter(|_| !state.is_final()),
        submitted: local(case.submitted_at.moment()),
        agency_reference: case.agency_reference.clone(),
        due,
        correct_by: case.due_on.filter(|_| state == State::CorrectionRequired),
        paused_until: case.due_on.filter(|_| state == State::Suspended),
        reason: reason(visitor.texts(), &last),
        occasion: occasion.and_then(|occasion| shown(present, &occasion, None)),
        pays: service
            .filter(|service| costs(service, state))
            .filter(|_| order.is_none())
            .and_then(|service| pays(present, service, &case)),
        payment: order.map(payment),
        basis: last.basis,
        turn_to: last.turn_to,
        corrections,
        to_correct: false,
        decided: results::is_decision(&steps),
        documents: Vec::new(),
        licence: service.and_then(|service| licence(present, service, state)),
        parcel: last.parcel.or_else(|| sent(&steps).and_then(|said| said.parcel.clone())),
        delivery: comes(present, service, &case, (&steps, wanted.as_ref()))?,
        rate: rate(edition, &case, state, site.clock.today()),
        remedies: service
            .filter(|service| state.is_adverse() || costs(service, state))
            .map(|service| (service.remedies.reconsideration_days, service.remedies.suit_months)),
        steps: steps
            .iter()
            .map(|step| StepView {
                at: local(step.at),
                by: step.by.clone(),
                act: act_word(service, &step.act),
                reason: reason(visitor.texts(), &step.said),
                lines: told(present.t, (form.as_deref(), service), &step.said),
            })
            .collect(),
        answers: answered
            .into_iter()
            .flat_map(|sheet| sheet.lines)
            .map(|line| Answered { label: line.label, value: line.value })
            .collect(),
        papers: sheet(present, service, &format!("/me/cases/{}", case.reference), (&papers.0, &papers.1)),
        can_withdraw: act::can_withdraw(&case),
        state: if service.is_some_and(|service| costs(service, state)) {
            "decided".to_owned()
        } else if state == State::Delivering && wanted.is_some_and(|(_, code)| code.is_some()) {
            delivery::READY.to_owned()
        } else {
            case.state
        },
        scan: scan(&format!("{}/me/cases/{}", site.origin(), case.reference), 160)?,
        reference: case.reference,
        news: Happened::Nothing,
    })
}

/// The papers, by the names that the guide has for them.
pub(super) fn sheet(
    present: Presenter<'_>,
    service: Option<&Service>,
    base: &str,
    (files, promised): (&[Paper], &[Promise]),
) -> PaperSheet {
    let named = |at: &str| {
        let name = paper_of(at);
        let papers = service.into_iter().flat_map(|service| &service.papers);
        let known = papers.into_iter().find(|paper| Some(paper.name.zh.trim()) == name);
        known.map_or_else(|| Text::plain(name.unwrap_or_default()), |paper| present.text(&paper.name))
    };
    of_case((files, promised), base, named)
}

/// `GET`: a file that was handed in, for whoever handed it in. Who acts for another leaves a line in the record.
pub async fn case_file(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (reference, file) = path.into_inner();
    let meant = reference_of(&reference).ok_or(Failure::NotFound)?;
    let id: FileId = file.parse().map_err(|_| Failure::NotFound)?;
    let edition = shelf.edition()?;
    let whose = allowed(&visitor, &site, &edition.catalogue, &meant).await?;
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let find = move |c: &mut Conn| {
        let case = queries::find(c, &whose, &meant)?;
        let warrant = whose.warrant(c, &ring, now, &case.service)?;
        kept::find(c, &ring, (kept::of_case(case.citizen_id, case.id), id), &warrant)
    };
    given_out(&site, site.db.tx(find).await?).await
}

/// Why, in the words of the package where it has some; else in the agency's own.
fn reason(t: Texts, said: &Said) -> Option<String> {
    said.words.as_ref().map(|words| word(t, words)).or_else(|| said.reason.clone())
}

/// What was said when the result was sent.
fn sent(steps: &[Step]) -> Option<&Said> {
    steps.iter().rev().find(|step| step.act == Act::Send.tag()).map(|step| &step.said)
}

/// How the result comes, where that is theirs to choose.
fn comes(
    present: Presenter<'_>,
    service: Option<&Service>,
    case: &Case,
    (steps, wanted): (&[Step], Option<&(Chosen, Option<String>)>),
) -> Result<Option<DeliveryView>, Failure> {
    let open = delivery::is_open(case) && !delivery::offered(service, case).is_empty();
    if !open && wanted.is_none() {
        return Ok(None);
    }
    let said = sent(steps);
    let code = wanted.and_then(|(_, code)| code.clone());
    Ok(Some(DeliveryView {
        way: wanted.map(|(chosen, _)| present.t.delivery(&chosen.way)),
        address: wanted.and_then(|(chosen, _)| chosen.address.as_ref().map(Address::line)),
        open,
        carrier: said.and_then(|said| said.carrier.clone()),
        place: said.and_then(|said| said.place.clone()),
        scan: code.as_ref().map(|code| scan(code, 160)).transpose()?,
        code,
    }))
}

/// Where they say what it was like, while they can.
fn rate(edition: &Edition, case: &Case, state: State, today: NaiveDate) -> Option<String> {
    let ended = city_day(case.changed_at.moment());
    let asked = state.may_be_rated() && edition.catalogue.asks_for_rating(ended, today);
    asked.then(|| urls::rate("case", &case.reference))
}

fn handover(case: &Case) -> Option<HandoverView> {
    match case.handover.as_str() {
        "queued" => Some(HandoverView::Queued { at: case.next_try_at.map(|at| local(at.moment())) }),
        "unknown" => Some(HandoverView::Unknown),
        "failed" => Some(HandoverView::Failed),
        _ => None,
    }
}

/// By when the agency promised to decide. The clock runs from the day after it accepted, and stands still while it is
/// paused.
fn due(edition: &Edition, service: &Service, case: &Case, steps: &[Step]) -> Option<DueView> {
    let start = case.accepted_on?;
    let extra = u32::try_from(case.extended_by).unwrap_or_default();
    let term = Term::promised(&service.time).extended(extra);
    let mut pauses = pauses(steps);
    if case.state().ok()? == State::Suspended {
        pauses.push(paused(case, steps)?);
    }
    let due = term.due(&edition.catalogue.calendar, start, &pauses);
    Some(DueView { on: due.on, provisional: due.provisional.then(|| due.on.year()) })
}

/// The pause that has not ended, up to the day that was said. Where none was, nobody can say yet by when it is decided.
fn paused(case: &Case, steps: &[Step]) -> Option<(NaiveDate, NaiveDate)> {
    let began = steps.iter().rev().find(|step| step.act == Act::Suspend.tag())?;
    let from = city_day(began.at);
    let longest = from.checked_add_days(LONGEST_PAUSE)?;
    Some((from, case.due_on.filter(|until| *until <= longest)?))
}

/// The days on which the clock stood still: from the day of suspending to the day before going on.
fn pauses(steps: &[Step]) -> Vec<(NaiveDate, NaiveDate)> {
    term::pauses(steps.iter().map(|step| (local(step.at).date(), step.act.as_str())))
}

pub(super) fn local(at: Moment) -> chrono::NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}
