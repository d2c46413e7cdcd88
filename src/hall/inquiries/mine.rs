//! `/me/requests/{id}`: what the person asked, where it stands, and the way on when the answer was none.

use std::sync::Arc;

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{answer, desk::id_of, line};
use crate::{
    accounts::inquiries::{self, InquiryError, InquiryId, Level, State, Terms, Told},
    catalogue::{Shelf, present::Presenter},
    hall::{looks::citizen, privacy::local, views::MyInquiryView},
    ledger,
    platform::clock::city_day,
    web::{Failure, Page, Site, Submitted, Visitor, frame::Field, query, see_other},
};

/// Longest text of what is missing, in characters.
const LONGEST: usize = 2000;

pub async fn my_request(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let told = own(&visitor, &site, id_of(&id)?).await?;
    let mut view = view(&visitor, &site, &shelf, told)?;
    view.said = query(&request, "objected").map(|_| visitor.texts().inquiry_said_objected());
    Page::new(&view)
}

async fn own(visitor: &Visitor, site: &Site, id: InquiryId) -> Result<Told, Failure> {
    let (citizen, ring) = (citizen(visitor)?, Arc::clone(&site.keys));
    Ok(site.db.read(move |c| inquiries::own(c, &ring, &ledger::own(citizen), id)).await?)
}

fn view(visitor: &Visitor, site: &Site, shelf: &Shelf, told: Told) -> Result<MyInquiryView, Failure> {
    let (t, edition) = (visitor.texts(), shelf.edition()?);
    let present = Presenter::new(t, &edition.catalogue);
    let Told { inquiry, said, objection, answers, .. } = told;
    let (what, words) = said.unzip();
    let missing = Field::new("words", t.inquiry_missing()).hint(t.inquiry_missing_hint());
    Ok(MyInquiryView {
        csrf: visitor.form_token(site)?,
        said: None,
        id: inquiry.id.to_string(),
        line: line(present, city_day(site.clock.now()), &inquiry, "/me/requests/"),
        what: what.map(|what| t.data_field(what)),
        words,
        objection: inquiry.objected_at().map(|at| (local(at), objection)),
        missing: (inquiry.state() == State::Answered).then_some(missing),
        answers: answers.into_iter().map(|given| answer(present, &inquiry, given)).collect(),
        frame: visitor.frame(),
    })
}

/// `POST /me/requests/{id}/object`: the answer does not answer it.
pub async fn object(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    terms: Data<Terms>,
    id: Path<String>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (citizen, id) = (citizen(&visitor)?, id_of(&id)?);
    let told = own(&visitor, &site, id).await?;
    let words = form.get("words").trim().to_owned();
    if words.chars().count() > LONGEST {
        let mut view = view(&visitor, &site, &shelf, told)?;
        view.missing =
            view.missing.map(|field| field.value(words).error(visitor.texts().inquiry_missing_wrong()));
        return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let (ring, now, edition) = (Arc::clone(&site.keys), site.clock.now(), shelf.edition()?);
    let due = terms.due(&edition.catalogue.calendar, told.inquiry.kind(), Level::Above, now);
    match site.db.tx(move |c| inquiries::object(c, &ring, now, citizen, id, &words, due)).await {
        Ok(()) => Ok(Either::Left(see_other(&format!("/me/requests/{id}?objected=1")))),
        // Said already, or too early: the page says where it stands.
        Err(InquiryError::Already) => Ok(Either::Left(see_other(&format!("/me/requests/{id}")))),
        Err(error) => Err(error.into()),
    }
}
