//! `/me/privacy/erase` and `/me/privacy/correct`: what a citizen asks to have done with their data.

use std::sync::Arc;

use actix_web::{Either, HttpResponse, http::StatusCode, web::Data};

use super::{looks::citizen, privacy::local, views::EraseView};
use crate::{
    ledger::{Holders, LedgerError, requests},
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

pub async fn correct_page(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    Page::new(&correct_view(&visitor, &site, None)?)
}

fn correct_view(visitor: &Visitor, site: &Site, form: Option<&Submitted>) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let given = |name: &str| form.map_or("", |form| form.get(name));
    let choice = |tag: &str| Choice::new(tag, t.data_field(tag), given("what") == tag);
    let mut what = Field::new("what", t.correct_what())
        .choices(["name", "identity-number", "birth-date", "phone", "email", "other"].map(choice).to_vec());
    let mut words = Field::new("words", t.correct_words()).hint(t.correct_words_hint()).value(given("words"));
    (what.required, words.required) = (true, true);
    if let Some(form) = form {
        (what.error, words.error) = mistakes(t, form);
    }
    let token = visitor.form_token(site)?;
    let mut view = StepView::new(visitor.frame(), token, "/me/privacy/correct", t.correct_title());
    view.lead = vec![t.correct_lead().to_owned()];
    view.inputs = vec![Input::new("radio", what), Input::new("long", words)];
    t.correct_submit().clone_into(&mut view.submit);
    Ok(view)
}

fn mistakes(t: Texts, form: &Submitted) -> (Option<String>, Option<String>) {
    let known = ["name", "identity-number", "birth-date", "phone", "email", "other"];
    let what = (!known.contains(&form.get("what"))).then(|| t.form_choose_one().to_owned());
    let length = form.get("words").chars().count();
    let words = (length == 0 || length > LONGEST).then(|| t.correct_words_wrong().to_owned());
    (what, words)
}

pub async fn correct(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let view = correct_view(&visitor, &site, Some(&form))?;
    if view.is_wrong() {
        return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let (citizen, now, ring) = (citizen(&visitor)?, site.clock.now(), Arc::clone(&site.keys));
    let (what, words) = (form.get("what").to_owned(), form.get("words").to_owned());
    site.db
        .tx(move |c| {
            requests::ask_correction(c, &ring, now, citizen, &what, &words).map(drop)?;
            Ok::<_, LedgerError>(())
        })
        .await?;
    Ok(Either::Left(see_other("/me/privacy?corrected=1")))
}
