//! `/sign-in/code`: signing in with a code that was sent.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};

use super::{Entry, enter, shown, sign_in, step};
use crate::{
    accounts::{
        AccountError,
        codes::{self, CodeId, Redeemed},
        credentials,
        fields::code_field,
        throttle,
    },
    ledger::CitizenId,
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Input, Link, StepView, Text},
        query, see_other,
    },
};

pub async fn code(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let (id, next) = (query(&request, "id").unwrap_or_default(), query(&request, "next").unwrap_or_default());
    shown(&view(&visitor, &site, &id, &next)?)
}

fn view(visitor: &Visitor, site: &Site, id: &str, next: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/sign-in/code", t.code_title())?;
    view.lead = vec![t.code_sent().to_owned(), t.code_not_come().to_owned()];
    view.inputs = vec![Input::new("text", code_field(t))];
    view.hidden = vec![("id", id.to_owned()), ("next", next.to_owned())];
    t.sign_in_submit().clone_into(&mut view.submit);
    view.links = vec![Link::new(Text::plain(t.code_again()), "/sign-in")];
    Ok(view)
}

/// The words for a code that was not taken.
pub(super) fn wrong_code<T>(t: Texts, redeemed: &Redeemed<T>) -> String {
    match redeemed {
        Redeemed::Wrong(left) => t.code_wrong(*left),
        Redeemed::Right(_) | Redeemed::Gone => t.code_gone().to_owned(),
    }
}

pub async fn redeem_code(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (t, next) = (visitor.texts(), form.get("next"));
    throttle::attempt(&site, &visitor, "code", form.get("id")).await?;
    let redeemed = match form.get("id").parse::<CodeId>() {
        Ok(id) => {
            let (ring, now, typed) = (Arc::clone(&site.keys), site.clock.now(), form.get("code").to_owned());
            site.db.tx(move |c| codes::redeem::<CitizenId>(c, &ring, now, sign_in::CODE, id, &typed)).await?
        }
        Err(_) => Redeemed::Gone,
    };
    let Redeemed::Right(citizen) = redeemed else {
        let mut view = view(&visitor, &site, form.get("id"), next)?;
        view.inputs[0].field.error = Some(wrong_code(t, &redeemed));
        return Ok(Either::Right(shown(&view)?));
    };
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let waiting = site
        .db
        .tx(move |c| {
            if !credentials::has_totp(c, citizen)? {
                return Ok::<_, AccountError>(None);
            }
            codes::keep(c, &ring, now, sign_in::SECOND, &(citizen, "otp")).map(Some)
        })
        .await?;
    Ok(Either::Left(match waiting {
        Some(id) => see_other(&sign_in::on_to("/sign-in/second", id, next)),
        None => enter(&site, &visitor, Entry::new(citizen, &["otp"]), next).await?,
    }))
}
