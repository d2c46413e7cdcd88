//! `POST /agency/cases/{reference}/copy`: a page to print, for a citizen at the counter.

use std::sync::Arc;

use actix_web::{
    Either, HttpResponse,
    web::{Data, Path},
};

use super::{
    case::{LONGEST_REASON, answered, back},
    number_of, seat,
};
use crate::{
    cases::{
        Forms,
        desk::{self, views::CopyView},
        pages::case::{local, sheet},
        results,
        views::DecidedView,
    },
    catalogue::{Shelf, present::Presenter},
    platform::clock::city_day,
    web::{Failure, Page, Site, Submitted, Visitor, frame::Text, scan},
};

pub async fn copy(
    visitor: Visitor,
    (site, shelf, forms): (Data<Site>, Data<Shelf>, Data<Forms>),
    reference: Path<String>,
    form: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (seat, number) = (seat(&visitor, &site).await?, number_of(&reference)?);
    let reason = form.get("why").trim().to_owned();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        return Ok(Either::Right(back(&number, "reason")));
    }
    let (ring, now, edition) = (Arc::clone(&site.keys), site.clock.now(), shelf.edition()?);
    let by = seat.member.name(&site.keys)?;
    let copied = site.db.tx(move |c| desk::copy(c, &ring, now, &seat, (&number, &reason))).await?;
    let case = &copied.case;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let t = present.t;
    let service = edition.catalogue.service(&case.service).map(|entry| &entry.service);
    let agency = edition.catalogue.agency(&case.agency);
    let form = match &case.form {
        Some(path) => Some(forms.of(&site.db, case.version, path).await?),
        None => None,
    };
    let base = super::address(&case.reference);
    let decided = results::decision(&copied.steps).map(|(step, act)| DecidedView {
        act: act.tag().to_owned(),
        on: city_day(step.at),
        reason: step.said.reason.clone(),
        turn_to: step.said.turn_to.clone(),
        code: copied.code.clone(),
    });
    // A decision is checked by its code; without one the number is followed.
    let leads = match decided.as_ref().and_then(|decided| decided.code.as_ref()) {
        Some(code) => format!("{}/verify/{code}", site.origin()),
        None => format!("{}/me/cases/{}", site.origin(), case.reference),
    };
    let view = CopyView {
        frame: visitor.frame(),
        name: service.map_or_else(|| Text::plain(&case.service), |service| present.text(&service.name)),
        agency: agency.map_or_else(|| Text::plain(&case.agency), |agency| present.agency(agency).text),
        to: copied.name.clone().unwrap_or_else(|| t.decision_to_company().to_owned()),
        state: case.state.clone(),
        submitted: local(case.submitted_at.moment()),
        sheets: form.as_ref().map(|form| answered(t, form, case, &copied.answers)).unwrap_or_default(),
        papers: sheet(present, service, &base, (&copied.papers, &copied.promised)),
        decided,
        scan: scan(&leads, 160)?,
        leads,
        made: local(now),
        by,
        reference: case.reference.clone(),
    };
    Ok(Either::Left(Page::new(&view)?))
}
