//! `/agency/voice/{number}`: an order, opened. Reading it is a look that whoever wrote it sees.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{
    DESK, agency_name, clocks, fits, form::asset_name, line, local, number_in, said, seat, step_line,
};
use crate::{
    cases::papers::{FileId, alone},
    catalogue::{
        Shelf,
        present::{Presenter, urls},
    },
    db::Conn,
    voice::{
        Clocks, acts, answers,
        desk::Seat,
        disputes::Disputed,
        opened::{self, Contact, Opened, Report},
        photos,
        views::{DeskOrderView, DisputeLine, ReportLine},
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Link},
    },
};

const LONGEST_REASON: usize = 200;

/// `GET /agency/voice/{number}`
pub async fn order(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    number: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let clocks = clocks(&shelf)?;
    let seat = seat(&visitor, &site, &clocks).await?;
    let mut view = view(&visitor, (&site, &clocks), &seat, number_in(&number)?).await?;
    view.said = said(visitor.texts(), &request);
    Page::new(&view)
}

async fn view(
    visitor: &Visitor,
    (site, clocks): (&Site, &Clocks),
    seat: &Seat,
    number: String,
) -> Result<DeskOrderView, Failure> {
    let (ring, now, asking) = (Arc::clone(&site.keys), site.clock.now(), seat.clone());
    let opened = site.db.tx(move |c: &mut Conn| opened::open(c, &ring, now, &asking, &number)).await?;
    let (t, today) = (visitor.texts(), site.clock.today());
    let possible = acts::possible(seat, &opened.order, opened.helps, today);
    let (secret, publishes) = (opened.order.secret, answers::is_possible(&opened.order));
    let reason = Field::new("reason", t.voice_reason()).hint(t.voice_reason_hint());
    let mut view = drawn(visitor, (site, clocks), opened, DESK)?;
    view.acts = possible.into_iter().map(|act| (act.tag(), t.voice_do(act.tag()))).collect();
    view.reason = (!secret).then_some(Field { required: true, ..reason });
    view.publish = publishes.then(|| format!("{DESK}/{}/answer", view.line.number));
    Ok(view)
}

/// An opened order as everybody reads it, without what only some can do. `list` is where they came from.
pub(super) fn drawn(
    visitor: &Visitor,
    (site, clocks): (&Site, &Clocks),
    opened: Opened,
    list: &'static str,
) -> Result<DeskOrderView, Failure> {
    let present = Presenter::new(visitor.texts(), &clocks.edition().catalogue);
    let Opened { order, dispute, reports, steps, helpers, merged_into, helps: _ } = opened;
    let here = format!("{list}/{}", order.number);
    let service = order.service.as_deref().and_then(|code| present.catalogue.service(code));
    Ok(DeskOrderView {
        csrf: visitor.form_token(site)?,
        said: None,
        list,
        line: line(present, site.clock.today(), &order, list),
        service: service
            .map(|entry| Link::new(present.text(&entry.service.name), urls::service(&entry.service.code))),
        asset: asset_name(present, order.asset.as_deref()),
        helpers: helpers.iter().map(|slug| agency_name(present, slug)).collect(),
        merged_into,
        return_by: order.return_by,
        acts: Vec::new(),
        dispute: dispute.map(|one| dispute_line(present, one)),
        reports: reports.into_iter().map(|report| report_line(&here, report)).collect(),
        steps: steps.iter().map(|step| step_line(present, step)).collect(),
        reason: None,
        people: Vec::new(),
        publish: None,
        frame: visitor.frame(),
    })
}

fn dispute_line(present: Presenter<'_>, one: Disputed) -> DisputeLine {
    let Disputed { facts, said } = one;
    DisputeLine {
        agency: agency_name(present, &facts.agency),
        level: facts.level,
        words: facts.words,
        fault: facts.fault,
        evidence: facts.evidence,
        ruling: facts.ruling,
        reason: facts.reason,
        said,
    }
}

fn report_line(here: &str, report: Report) -> ReportLine {
    ReportLine {
        title: report.words.title,
        text: report.words.text,
        place: report.words.place,
        name: report.name,
        at: local(report.at),
        photos: report.photos.iter().map(|id| format!("{here}/photos/{id}")).collect(),
    }
}

/// `POST /agency/voice/{number}/contact`: name and telephone number, for a reason that the person reads.
pub async fn contact(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    number: Path<String>,
    posted: Submitted,
) -> Result<Page, Failure> {
    let clocks = clocks(&shelf)?;
    let (seat, number) = (seat(&visitor, &site, &clocks).await?, number_in(&number)?);
    let reason = posted.get("reason").to_owned();
    let mut view = view(&visitor, (&site, &clocks), &seat, number.clone()).await?;
    if !fits(&reason, 2, LONGEST_REASON) {
        let words = visitor.texts().voice_wrong_reason();
        view.reason = view.reason.map(|field| field.value(reason).error(words));
        return Ok(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let look = move |c: &mut Conn| opened::contact(c, &ring, now, &seat, (&number, &reason));
    let people = site.db.tx(look).await?;
    view.people = people.into_iter().map(|Contact { name, phone }| (name, phone)).collect();
    view.reason = None;
    Page::new(&view)
}

/// `GET /agency/voice/{number}/photos/{photo}`
pub async fn photo(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (number, id) = path.into_inner();
    let clocks = clocks(&shelf)?;
    let (seat, number) = (seat(&visitor, &site, &clocks).await?, number_in(&number)?);
    let id: FileId = id.parse().map_err(|_| Failure::NotFound)?;
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let look = move |c: &mut Conn| opened::photo(c, &ring, now, &seat, (&number, id));
    let picture = site.db.tx(look).await?;
    alone::give(&photos::folder(&site), &picture).await
}
