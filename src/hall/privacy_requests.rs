//! `/me/privacy/erase` and `/me/privacy/correct`: what a citizen asks to have done with their data.

use std::sync::Arc;

use actix_web::{Either, HttpResponse, http::StatusCode, web::Data};

use super::{looks::citizen, privacy::local, views::EraseView};
use crate::{
    accounts::inquiries::{self, Correction, InquiryError, Kind, Level, Terms},
    catalogue::{Catalogue, Shelf, present::Presenter},
    gateway::Gateway,
    ledger::{Holders, requests},
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        see_other,
    },
};

/// Longest text of a correction, in characters.
const LONGEST: usize = 2000;

pub async fn erase_page(visitor: Visitor, site: Data<Site>, holders: Data<Holders>) -> Result<Page, Failure> {
    Page::new(&erase_view(&visitor, &site, &holders)?)
}

fn erase_view(visitor: &Visitor, site: &Site, holders: &Holders) -> Result<EraseView, Failure> {
    let t = visitor.texts();
    let sure = Choice::new("yes", t.erase_sure_yes(), false);
    Ok(EraseView {
        erased: holders.erased().into_iter().map(|kind| t.privacy_kind(kind)).collect(),
        kept: holders
            .kept()
            .into_iter()
            .map(|(kind, kept)| (t.privacy_kind(kind), t.privacy_kept(kept.tag())))
            .collect(),
        due: local(site.clock.now() + requests::ERASED_AFTER).date(),
        sure: Field::new("sure", t.erase_sure()).choices(vec![sure]),
        csrf: visitor.form_token(site)?,
        frame: visitor.frame(),
    })
}

pub async fn erase(
    visitor: Visitor,
    site: Data<Site>,
    holders: Data<Holders>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (citizen, now) = (citizen(&visitor)?, site.clock.now());
    if form.get("sure") != "yes" {
        let mut view = erase_view(&visitor, &site, &holders)?;
        view.sure.error = Some(visitor.texts().erase_sure_missing().to_owned());
        return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    site.db.tx(move |c| requests::ask_erasure(c, now, citizen)).await?;
    Ok(Either::Left(see_other("/me/privacy?erasing=1")))
}

/// `POST /me/privacy/erase/stop`
pub async fn stop_erasure(
    visitor: Visitor,
    site: Data<Site>,
    _form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (citizen, now) = (citizen(&visitor)?, site.clock.now());
    site.db.tx(move |c| requests::stop_erasure(c, now, citizen)).await?;
    Ok(see_other("/me/privacy?stopped=1"))
}

/// What can be wrong, and whether it is the register of persons that knows better.
const WHAT: [(&str, bool); 6] = [
    ("name", true),
    ("identity-number", true),
    ("birth-date", true),
    ("phone", false),
    ("email", false),
    ("other", false),
];

pub async fn correct_page(visitor: Visitor, site: Data<Site>, shelf: Data<Shelf>) -> Result<Page, Failure> {
    Page::new(&correct_view(&visitor, &site, &shelf, None)?)
}

fn correct_view(
    visitor: &Visitor,
    site: &Site,
    shelf: &Shelf,
    form: Option<&Submitted>,
) -> Result<StepView, Failure> {
    let (t, edition) = (visitor.texts(), shelf.edition()?);
    let given = |name: &str| form.map_or("", |form| form.get(name));
    let choice = |(tag, _): (&str, bool)| Choice::new(tag, t.data_field(tag), given("what") == tag);
    let mut what = Field::new("what", t.correct_what()).choices(WHAT.map(choice).to_vec());
    let mut agency = Field::new("agency", t.correct_agency()).hint(t.correct_agency_hint());
    agency.choices = agencies(t, &edition.catalogue, given("agency"));
    let mut words = Field::new("words", t.correct_words()).hint(t.correct_words_hint()).value(given("words"));
    (what.required, words.required) = (true, true);
    if let Some(form) = form {
        (what.error, words.error) = mistakes(t, form);
        let known = given("agency").is_empty() || edition.catalogue.agency(given("agency")).is_some();
        agency.error = (!known).then(|| t.form_choose_one().to_owned());
    }
    let token = visitor.form_token(site)?;
    let mut view = StepView::new(visitor.frame(), token, "/me/privacy/correct", t.correct_title());
    view.lead = vec![t.correct_lead().to_owned()];
    view.inputs = vec![Input::new("radio", what), Input::new("select", agency), Input::new("long", words)];
    t.correct_submit().clone_into(&mut view.submit);
    Ok(view)
}

/// Whose record it may be. Whoever does not know need not say.
fn agencies(t: Texts, catalogue: &Catalogue, chosen: &str) -> Vec<Choice> {
    let present = Presenter::new(t, catalogue);
    let nobody = Choice::new("", t.correct_agency_none(), chosen.is_empty());
    let named = catalogue.agencies.iter().map(|entry| {
        let name = present.agency(entry).text;
        Choice::new(entry.slug.as_str(), name.text, chosen == entry.slug)
    });
    std::iter::once(nobody).chain(named).collect()
}

fn mistakes(t: Texts, form: &Submitted) -> (Option<String>, Option<String>) {
    let known = WHAT.iter().any(|(tag, _)| *tag == form.get("what"));
    let what = (!known).then(|| t.form_choose_one().to_owned());
    let length = form.get("words").trim().chars().count();
    let words = (length == 0 || length > LONGEST).then(|| t.correct_words_wrong().to_owned());
    (what, words)
}

/// Who is asked: the agency that was named, or else the register of persons for what it knows, or else the city.
fn concerned(form: &Submitted, register: &str) -> Option<String> {
    let known = WHAT.iter().any(|(tag, known)| *known && *tag == form.get("what"));
    match form.get("agency") {
        "" => known.then(|| register.to_owned()),
        named => Some(named.to_owned()),
    }
}

pub async fn correct(
    visitor: Visitor,
    site: Data<Site>,
    (shelf, gateway, terms): (Data<Shelf>, Data<Gateway>, Data<Terms>),
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let mut view = correct_view(&visitor, &site, &shelf, Some(&form))?;
    if view.is_wrong() {
        return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let (citizen, now, ring) = (citizen(&visitor)?, site.clock.now(), Arc::clone(&site.keys));
    let edition = shelf.edition()?;
    let due = terms.due(&edition.catalogue.calendar, Kind::Correct, Level::Branch, now);
    let correction = Correction {
        agency: concerned(&form, gateway.identity_register()),
        what: form.get("what").to_owned(),
        words: form.get("words").trim().to_owned(),
    };
    let asked = site.db.tx(move |c| inquiries::ask_correction(c, &ring, now, citizen, &correction, due));
    match asked.await {
        Ok(_) => Ok(Either::Left(see_other("/me/privacy?corrected=1"))),
        Err(InquiryError::TooMany) => {
            view.general = Some(visitor.texts().correct_too_many().to_owned());
            Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Err(error) => Err(error.into()),
    }
}
