//! A case at the desk. Opening it is a look, which the person sees; the full number takes a reason of its own.

use std::{collections::HashMap, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use serde_json::{Map, Value};
use yimen_forms::{Draft, Entry, Field as Question, Form, Kind};

use super::{address, mend, names, number_of, row, said, seat};
use crate::{
    accounts::{masking, staff::Member},
    cases::{
        Case, Forms,
        delivery::Chosen,
        desk::{
            self, DeskError, Line, Opened, Proposal, Seat, Work,
            views::{DeskCaseView, DeskStep, DraftRow, OpenedRow},
        },
        pages::{
            case::{local, sheet},
            review::sheets,
            told::told,
        },
        papers::{FileId, give::given_out},
        reference_of,
        steps::{Said, Step},
        submit,
        views::{Answered, ReviewSheet},
    },
    catalogue::{
        Shelf,
        present::{Presenter, urls},
        views::Words as _,
    },
    db::Conn,
    ledger::StaffId,
    platform::{Texts, clock::city_day},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field},
    },
};

pub(super) const LONGEST_REASON: usize = 300;

/// A case as the seat sees it, and the colleagues who could have it.
struct Found {
    case: Case,
    work: Work,
    opened: Option<Opened>,
    colleagues: Vec<Member>,
}

async fn found(site: &Site, seat: &Seat, reference: &str) -> Result<Found, Failure> {
    let (seat, ring, now) = (seat.clone(), Arc::clone(&site.keys), site.clock.now());
    let number = reference.to_owned();
    let read = move |c: &mut Conn| {
        let colleagues = desk::colleagues(c, &seat, now)?;
        if !seat.works() {
            let (case, work) = desk::one(c, &seat, &number)?;
            return Ok::<_, DeskError>(Found { case, work, opened: None, colleagues });
        }
        let opened = desk::open(c, &ring, now, &seat, &number)?;
        let (case, work) = (opened.case.clone(), opened.work.clone());
        Ok(Found { case, work, opened: Some(opened), colleagues })
    };
    Ok(site.db.tx(read).await?)
}

pub async fn case(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    reference: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (seat, number) = (seat(&visitor, &site).await?, number_of(&reference)?);
    let found = found(&site, &seat, &number).await?;
    let mut view = view(&visitor, &site, (&shelf, &forms), &seat, found).await?;
    view.said = said(visitor.texts(), &request);
    Page::new(&view)
}

/// `POST …/number`: the full identity number, for the reason given.
pub async fn number(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    reference: Path<String>,
    form: Submitted,
) -> Result<Page, Failure> {
    let (seat, number) = (seat(&visitor, &site).await?, number_of(&reference)?);
    let reason = form.get("reason").to_owned();
    let fits = !reason.is_empty() && reason.chars().count() <= LONGEST_REASON;
    let shown = if fits {
        let (seat, ring, now) = (seat.clone(), Arc::clone(&site.keys), site.clock.now());
        let asked = number.clone();
        site.db.tx(move |c| desk::number(c, &ring, now, &seat, (&asked, &reason))).await?
    } else {
        None
    };
    let found = found(&site, &seat, &number).await?;
    let mut view = view(&visitor, &site, (&shelf, &forms), &seat, found).await?;
    let t = visitor.texts();
    if let Some(opened) = &mut view.opened {
        let none = || t.desk_no_number().to_owned();
        opened.number = fits.then(|| shown.unwrap_or_else(none));
        if !fits {
            opened.reason.error = Some(t.desk_reason_needed().to_owned());
        }
    }
    let status = if fits { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page::new(&view)?.status(status))
}

/// `GET`: a paper of a case, which is a look of its own.
pub async fn file(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (reference, file) = path.into_inner();
    let (seat, number) = (seat(&visitor, &site).await?, reference_of(&reference).ok_or(Failure::NotFound)?);
    let id: FileId = file.parse().map_err(|_| Failure::NotFound)?;
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let paper = site.db.tx(move |c| desk::paper(c, &ring, now, &seat, (&number, id))).await?;
    given_out(&site, paper).await
}

async fn view(
    visitor: &Visitor,
    site: &Site,
    (shelf, forms): (&Shelf, &Forms),
    seat: &Seat,
    found: Found,
) -> Result<DeskCaseView, Failure> {
    let (t, edition, now) = (visitor.texts(), shelf.edition()?, site.clock.now());
    let present = Presenter::new(t, &edition.catalogue);
    let Found { case, work, opened, colleagues } = found;
    let names = names(site, &colleagues)?;
    let line = Line::of(&case);
    let (me, over) = (seat.member.id, case.state()?.is_final());
    let mine = work.assigned_to == Some(me);
    let gives = seat.works() && !over && (seat.approves() || mine || work.assigned_to.is_none());
    let able = colleagues.iter().filter(|one| gives && desk::may_take(one, &work, now));
    let choices: Vec<Choice> = able
        .map(|one| {
            let name = names.get(&one.id).map_or("", String::as_str);
            Choice::new(one.id.to_string(), name, work.assigned_to == Some(one.id))
        })
        .collect();
    let waits = opened.as_ref().is_some_and(|one| one.proposals.iter().any(|draft| draft.settled.is_none()));
    let failed = case.handover == "failed" && !over;
    let acts = if failed {
        mend::acts(t)
    } else if waits || !seat.works() || !case.is_at_desk() || (!mine && work.assigned_to.is_some()) {
        Vec::new()
    } else {
        let words = |act: crate::cases::life::Act| (act.tag(), t.desk_do(act.tag()));
        desk::possible(&case)?.into_iter().map(words).collect()
    };
    let opened = match opened {
        Some(opened) => Some(opened_row(site, forms, present, (seat, &names), opened).await?),
        None => None,
    };
    Ok(DeskCaseView {
        csrf: visitor.form_token(site)?,
        said: None,
        row: row(present, city_day(now), &names, (&line, &work)),
        guide: edition.catalogue.service(&case.service).map(|_| urls::service(&case.service)),
        agency_reference: case.agency_reference.clone(),
        failed,
        held: work.assigned_to.map(|to| to.to_string()).unwrap_or_default(),
        take: (gives && !mine).then(|| me.to_string()),
        mine,
        people: (!choices.is_empty()).then(|| Field::new("to", t.desk_give_to()).choices(choices)),
        acts,
        opened,
        frame: visitor.frame(),
    })
}

async fn opened_row(
    site: &Site,
    forms: &Forms,
    present: Presenter<'_>,
    (seat, names): (&Seat, &HashMap<StaffId, String>),
    opened: Opened,
) -> Result<OpenedRow, Failure> {
    let (t, case) = (present.t, &opened.case);
    let form = match &case.form {
        Some(path) => Some(forms.of(&site.db, case.version, path).await?),
        None => None,
    };
    let now = form.as_ref().map(|form| answered(t, form, case, &opened.answers)).unwrap_or_default();
    let before = opened.before.last().zip(form.as_ref());
    let before =
        before.map(|(before, form)| changed(&answered(t, form, case, before), &now)).unwrap_or_default();
    let reason = Field::new("reason", t.desk_number_reason()).hint(t.desk_number_hint());
    let service = present.catalogue.service(&case.service).map(|entry| &entry.service);
    let (base, over) = (address(&case.reference), case.state()?.is_final());
    Ok(OpenedRow {
        papers: sheet(present, service, &base, (&opened.papers, &opened.promised)),
        delivery: opened.delivery.as_ref().map(|chosen| wanted(t, chosen)).unwrap_or_default(),
        name: opened.name,
        relation: t.desk_relation(&case.relation),
        number: None,
        reason: Field { required: true, ..reason },
        why: Field { required: true, ..Field::new("why", t.copy_why()).hint(t.desk_number_hint()) },
        sheets: now,
        before,
        steps: opened.steps.iter().map(|step| step_row(t, form.as_deref(), names, step)).collect(),
        drafts: opened.proposals.into_iter().map(|one| draft_row(t, (seat, over), names, one)).collect(),
    })
}

/// How they want the result, line by line.
fn wanted(t: Texts, chosen: &Chosen) -> Vec<Answered> {
    let line = |label: &str, value: &str| Answered { label: label.to_owned(), value: Some(value.to_owned()) };
    let way = line(t.delivery_title(), t.delivery(&chosen.way));
    let to = chosen.address.iter().flat_map(|to| {
        [
            line(t.delivery_name(), &to.name),
            line(t.delivery_phone(), &to.phone),
            line(t.delivery_place(), &to.place),
        ]
    });
    [way].into_iter().chain(to).collect()
}

/// The answers with identity numbers masked: whoever needs one in full says why.
pub(super) fn answered(t: Texts, form: &Form, case: &Case, answers: &Map<String, Value>) -> Vec<ReviewSheet> {
    let mut shown = answers.clone();
    mask(&form.fields, &mut shown);
    let draft = Draft::of(form, &shown);
    let mut sheets = sheets(t, &form.fill(&draft, submit::day_of(case)), |_| None);
    // A masked number is no mistake of the applicant's.
    sheets.iter_mut().flat_map(|sheet| &mut sheet.lines).for_each(|line| line.wrong = false);
    sheets
}

fn mask(fields: &[Question], answers: &mut Map<String, Value>) {
    for field in fields {
        if let Some(answer) = answers.get_mut(&field.name) {
            mask_one(field, answer);
        }
    }
}

fn mask_one(field: &Question, answer: &mut Value) {
    match (&field.kind, answer) {
        (Kind::Text(text), Value::String(number)) if text.entry == Entry::Identity => {
            *number = masking::number(number);
        }
        (Kind::Group(parts), Value::Object(answers)) => mask(parts, answers),
        (Kind::Repeat { item, .. }, Value::Array(items)) => {
            for answer in items.iter_mut() {
                mask_one(item, answer);
            }
        }
        _ => {}
    }
}

/// What stood there before, where something else stands there now.
fn changed(before: &[ReviewSheet], now: &[ReviewSheet]) -> Vec<Answered> {
    let lines = |sheets: &[ReviewSheet]| -> Vec<(String, Option<String>)> {
        sheets
            .iter()
            .flat_map(|sheet| &sheet.lines)
            .map(|line| (line.label.clone(), line.value.clone()))
            .collect()
    };
    let now = lines(now);
    let gone = lines(before).into_iter().filter(|line| !now.contains(line));
    gone.map(|(label, value)| Answered { label, value }).collect()
}

/// What was said with a step, line by line; also what is between officers.
fn words(t: Texts, form: Option<&Form>, said: &Said) -> Vec<Answered> {
    let line = |label: &str, value: &Option<String>| {
        value.clone().map(|value| Answered { label: label.to_owned(), value: Some(value) })
    };
    let why = line(t.desk_words(), &said.reason).into_iter();
    why.chain(told(t, (form, None), said)).chain(line(t.desk_above(), &said.above)).collect()
}

fn step_row(t: Texts, form: Option<&Form>, names: &HashMap<StaffId, String>, step: &Step) -> DeskStep {
    // An applicant's step is an officer's where it was taken at a counter.
    let officer = step.whom.parse::<StaffId>().ok();
    let officer = officer.filter(|id| step.by == "agency" || names.contains_key(id));
    DeskStep {
        at: local(step.at),
        act: step.act.clone(),
        by: step.by.clone(),
        name: officer.map(|id| named(t, names, id)),
        lines: words(t, form, &step.said),
    }
}

fn named(t: Texts, names: &HashMap<StaffId, String>, id: StaffId) -> String {
    names.get(&id).map_or_else(|| t.inquiry_with_somebody().to_owned(), Clone::clone)
}

fn draft_row(
    t: Texts,
    (seat, over): (&Seat, bool),
    names: &HashMap<StaffId, String>,
    draft: Proposal,
) -> DraftRow {
    let (own, waits) = (draft.by == seat.member.id, draft.settled.is_none());
    DraftRow {
        id: draft.id.to_string(),
        act: draft.act.tag().to_owned(),
        words: draft.said.reason,
        by: named(t, names, draft.by),
        at: local(draft.at),
        settled: draft.settled.map(|(by, _, outcome)| (named(t, names, by), outcome == "returned")),
        remark: draft.remark,
        mine_to_settle: waits && seat.approves() && !own && !over,
        own,
        over,
    }
}

/// Back to the case, with what came of it.
pub(super) fn back(reference: &str, said: &str) -> actix_web::HttpResponse {
    crate::web::see_other(&format!("{}?said={said}", address(reference)))
}
