//! `/staff/requests`: what waits for an answer, the late ones first, and who has it. Nothing here says who asked:
//! that is seen only by opening one, which the citizen sees.

use std::collections::HashMap;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::line;
use crate::{
    accounts::{
        inquiries::{self, Inquiry, InquiryError, InquiryId, Seat, State},
        staff::{self, Member, StaffError, pages::present_member, views::Said},
    },
    catalogue::{Shelf, present::Presenter},
    hall::views::{InquiriesView, InquiryLine, InquiryView},
    ledger::StaffId,
    platform::{Texts, clock::city_day},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Pager, Tab},
        query, see_other,
    },
};

const AT_ONCE: usize = 20;
pub(super) const LIST: &str = "/staff/requests";
pub(super) const ONE: &str = "/staff/requests/";

/// Where the member of staff before the screen sits.
pub(super) async fn seat(visitor: &Visitor, site: &Site) -> Result<Seat, Failure> {
    let (member, signed) = present_member(visitor, site).await?;
    Ok(Seat::of(member, &signed)?)
}

pub(super) fn id_of(path: &Path<String>) -> Result<InquiryId, Failure> {
    path.parse().map_err(|_| Failure::NotFound)
}

/// What came of a form, from the address that it led to.
fn said(t: Texts, request: &HttpRequest) -> Option<Said> {
    let (words, warn) = match query(request, "said")?.as_str() {
        "assigned" => (t.inquiry_said_assigned(), false),
        "answered" => (t.inquiry_said_answered(), false),
        "taken" => (t.inquiry_said_taken(), true),
        "already" => (t.inquiry_said_already(), true),
        _ => return None,
    };
    Some(Said { words, warn })
}

/// The names of colleagues, as far as the seat knows them.
fn names(site: &Site, colleagues: &[Member]) -> Result<HashMap<StaffId, String>, Failure> {
    let names = colleagues.iter().map(|one| Ok((one.id, one.name(&site.keys)?)));
    Ok(names.collect::<Result<_, StaffError>>()?)
}

fn with(t: Texts, names: &HashMap<StaffId, String>, inquiry: &Inquiry) -> Option<String> {
    let to = inquiry.assigned_to?;
    Some(names.get(&to).map_or_else(|| t.inquiry_with_somebody().to_owned(), Clone::clone))
}

pub async fn requests(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let seat = seat(&visitor, &site).await?;
    let (given, only_reads) = (seat.is_given(), seat.only_reads());
    let done = query(&request, "show").as_deref() == Some("done");
    let page = query(&request, "page").and_then(|page| page.parse().ok()).filter(|page| *page > 0);
    let page: usize = page.unwrap_or(1).min(100_000);
    let skip = i64::try_from((page - 1) * AT_ONCE).unwrap_or(i64::MAX);
    let (limit, now) = (i64::try_from(AT_ONCE).unwrap_or(i64::MAX), site.clock.now());
    let (found, all, late, colleagues) = site
        .db
        .read(move |c| {
            let (found, all) = inquiries::list(c, &seat, done, skip, limit)?;
            let colleagues = staff::in_branch(c, &seat.member.branch())?;
            Ok::<_, InquiryError>((found, all, inquiries::late(c, &seat, now)?, colleagues))
        })
        .await?;
    let (t, edition, names) = (visitor.texts(), shelf.edition()?, names(&site, &colleagues)?);
    let present = Presenter::new(t, &edition.catalogue);
    let row = |inquiry: &Inquiry| InquiryLine {
        with: with(t, &names, inquiry),
        ..line(present, city_day(now), inquiry, ONE)
    };
    let all = usize::try_from(all).unwrap_or_default();
    let base = if done { format!("{LIST}?show=done&page=") } else { format!("{LIST}?page=") };
    Page::new(&InquiriesView {
        said: said(t, &request),
        given,
        only_reads,
        tabs: tabs(t, done),
        late: usize::try_from(late).unwrap_or_default(),
        rows: found.iter().map(row).collect(),
        pager: Pager { page, pages: all.div_ceil(AT_ONCE), base },
        frame: visitor.frame(),
    })
}

fn tabs(t: Texts, done: bool) -> Vec<Tab> {
    let tab = |label: &str, url: String, current| Tab { label: label.to_owned(), url, count: None, current };
    vec![
        tab(t.inquiries_waiting(), LIST.to_owned(), !done),
        tab(t.inquiries_done(), format!("{LIST}?show=done"), done),
    ]
}

pub async fn request(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (seat, id) = (seat(&visitor, &site).await?, id_of(&id)?);
    let mut view = closed(&visitor, &site, &shelf, &seat, id).await?;
    view.said = said(visitor.texts(), &request);
    Page::new(&view)
}

/// An inquiry as it is before it is opened.
pub(super) async fn closed(
    visitor: &Visitor,
    site: &Site,
    shelf: &Shelf,
    seat: &Seat,
    id: InquiryId,
) -> Result<InquiryView, Failure> {
    let asking = seat.clone();
    let (inquiry, colleagues) = site
        .db
        .read(move |c| {
            let inquiry = inquiries::one(c, &asking, id)?;
            Ok::<_, InquiryError>((inquiry, staff::in_branch(c, &asking.member.branch())?))
        })
        .await?;
    let (t, now, edition) = (visitor.texts(), site.clock.now(), shelf.edition()?);
    let (me, names) = (seat.member.id, names(site, &colleagues)?);
    let gives = seat.assigns() && inquiry.state() == State::Open;
    let able = colleagues.iter().filter(|one| gives && inquiries::may_take(one, &inquiry, now));
    let person = |one: &Member| {
        let name = names.get(&one.id).cloned().unwrap_or_default();
        (one.id.to_string(), name, inquiry.assigned_to == Some(one.id))
    };
    let present = Presenter::new(t, &edition.catalogue);
    Ok(InquiryView {
        csrf: visitor.form_token(site)?,
        said: None,
        id: id.to_string(),
        line: InquiryLine { with: with(t, &names, &inquiry), ..line(present, city_day(now), &inquiry, ONE) },
        held: inquiry.assigned_to.map(|to| to.to_string()).unwrap_or_default(),
        people: able.map(person).collect(),
        take: (gives && inquiry.assigned_to != Some(me)).then(|| me.to_string()),
        opened: None,
        inputs: Vec::new(),
        frame: visitor.frame(),
    })
}

/// `POST /staff/requests/{id}/assign`: takes an inquiry, gives it to a colleague, or to nobody again.
pub async fn assign_request(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (seat, id) = (seat(&visitor, &site).await?, id_of(&id)?);
    let somebody = |name: &str| match form.get(name) {
        "" => Ok(None),
        to => to.parse::<StaffId>().map(Some).map_err(|_| Failure::NotFound),
    };
    let (was, to, now) = (somebody("held")?, somebody("to")?, site.clock.now());
    let given = site.db.tx(move |c| inquiries::assign(c, now, &seat, id, was, to)).await;
    Ok(see_other(&format!("{ONE}{id}?said={}", came_of(given, "assigned")?)))
}

/// How what was done is said on the page that it leads to.
pub(super) fn came_of(done: Result<(), InquiryError>, fine: &'static str) -> Result<&'static str, Failure> {
    match done {
        Ok(()) => Ok(fine),
        Err(InquiryError::Taken) => Ok("taken"),
        Err(InquiryError::Already) => Ok("already"),
        Err(error) => Err(error.into()),
    }
}
