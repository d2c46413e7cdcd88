//! `/sign-in/second`: the code of an app, or a recovery code.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};

use super::{Entry, enter, shown, sign_in::SECOND, step};
use crate::{
    accounts::{
        AccountError,
        codes::{self, CodeId},
        credentials, throttle,
    },
    ledger::CitizenId,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, Link, StepView, Text},
        query,
    },
};

pub async fn second_page(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let (id, next) = (query(&request, "id").unwrap_or_default(), query(&request, "next").unwrap_or_default());
    shown(&view(&visitor, &site, &id, &next)?)
}

fn view(visitor: &Visitor, site: &Site, id: &str, next: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/sign-in/second", t.second_title())?;
    view.lead = vec![t.second_lead().to_owned()];
    let mut field = Field::new("code", t.second_label()).hint(t.second_hint());
    field.autocomplete = Some("one-time-code");
    field.required = true;
    view.inputs = vec![Input::new("text", field)];
    view.hidden = vec![("id", id.to_owned()), ("next", next.to_owned())];
    t.sign_in_submit().clone_into(&mut view.submit);
    view.links = vec![
        Link::new(Text::plain(t.second_again()), "/sign-in"),
        Link::new(Text::plain(t.sign_in_recover()), "/recover"),
    ];
    Ok(view)
}

pub async fn second(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let next = form.get("next");
    let id = form.get("id").parse::<CodeId>().map_err(|_| Failure::BadRequest)?;
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let waiting: Option<(CitizenId, String)> =
        site.db.read(move |c| codes::peek(c, &ring, now, SECOND, id)).await?;
    let Some((citizen, first)) = waiting else {
        let mut view = view(&visitor, &site, "", next)?;
        view.general = Some(visitor.texts().second_gone().to_owned());
        return Ok(Either::Right(shown(&view)?));
    };
    throttle::attempt(&site, &visitor, "second", &citizen.to_string()).await?;
    let (ring, typed) = (Arc::clone(&site.keys), form.get("code").to_owned());
    let right = site
        .db
        .tx(move |c| {
            let right = credentials::second_factor(c, &ring, now, citizen, &typed)?;
            // Whoever else waits at this step with the same id gets nothing.
            let waiting: Option<(CitizenId, String)> =
                if right { codes::take(c, &ring, now, SECOND, id)? } else { None };
            Ok::<_, AccountError>(waiting.is_some())
        })
        .await?;
    if right {
        throttle::give_back(&site, "second", &citizen.to_string()).await;
        let entry = Entry::new(citizen, &[&first, "totp"]);
        return Ok(Either::Left(enter(&site, &visitor, entry, next).await?));
    }
    let mut view = view(&visitor, &site, form.get("id"), next)?;
    view.inputs[0].field.error = Some(visitor.texts().second_wrong().to_owned());
    Ok(Either::Right(shown(&view)?))
}
