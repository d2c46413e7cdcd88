//! `/me/security/contact`: another telephone or mailbox, once proved.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, http::StatusCode, web::Data};

use super::me;
use crate::{
    accounts::{
        AccountError, Reach, Tell, What, Wrong, add_contact, by_reach,
        codes::{self, CodeId, Redeemed},
        fields::code_field,
        tell, throttle,
    },
    ledger::CitizenId,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, StepView},
        query, see_other,
    },
};

const PURPOSE: &str = "contact";

pub async fn add_page(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    Page::new(&ask_view(&visitor, &site, "")?)
}

fn ask_view(visitor: &Visitor, site: &Site, typed: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let csrf = visitor.form_token(site)?;
    let mut view = StepView::new(visitor.frame(), csrf, "/me/security/contact", t.contact_title());
    view.lead = vec![t.contact_lead().to_owned()];
    let mut field = Field::new("reach", t.register_reach()).value(typed);
    field.required = true;
    view.inputs = vec![Input::new("text", field)];
    t.contact_submit().clone_into(&mut view.submit);
    Ok(view)
}

pub async fn add(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (citizen, _) = me(&visitor)?;
    let (t, now, lang) = (visitor.texts(), site.clock.now(), visitor.lang());
    let reach = match Reach::parse(form.get("reach")) {
        Ok(reach) => reach,
        Err(wrong) => {
            let mut view = ask_view(&visitor, &site, form.get("reach"))?;
            let words = if wrong == Wrong::Empty { t.reach_empty() } else { t.reach_form() };
            view.inputs[0].field.error = Some(words.to_owned());
            return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
        }
    };
    throttle::attempt(&site, &visitor, "contact", &citizen.to_string()).await?;
    let ring = Arc::clone(&site.keys);
    let id = site
        .db
        .tx(move |c| match by_reach(c, &ring, &reach)? {
            // Whose it is already is nobody's business but theirs.
            Some(holder) if holder.id != citizen => codes::decoy(c, &ring, now, PURPOSE, &(citizen, reach)),
            _ => codes::issue(c, &ring, now, PURPOSE, &reach.clone(), lang, &(citizen, reach)),
        })
        .await?;
    Ok(Either::Left(see_other(&format!("/me/security/contact/code?id={id}"))))
}

pub async fn confirm_page(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    Page::new(&code_view(&visitor, &site, &query(&request, "id").unwrap_or_default())?)
}

fn code_view(visitor: &Visitor, site: &Site, id: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let csrf = visitor.form_token(site)?;
    let mut view = StepView::new(visitor.frame(), csrf, "/me/security/contact/code", t.code_title());
    view.lead = vec![t.contact_sent().to_owned(), t.code_not_come().to_owned()];
    view.inputs = vec![Input::new("text", code_field(t))];
    view.hidden = vec![("id", id.to_owned())];
    t.contact_finish().clone_into(&mut view.submit);
    Ok(view)
}

pub async fn confirm(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (citizen, _) = me(&visitor)?;
    let (t, now) = (visitor.texts(), site.clock.now());
    throttle::attempt(&site, &visitor, "code", form.get("id")).await?;
    let id: CodeId = form.get("id").parse().map_err(|_| Failure::BadRequest)?;
    let (ring, typed) = (Arc::clone(&site.keys), form.get("code").to_owned());
    let redeemed = site
        .db
        .tx(move |c| {
            let redeemed = codes::redeem::<(CitizenId, Reach)>(c, &ring, now, PURPOSE, id, &typed)?;
            if let Redeemed::Right((owner, reach)) = &redeemed {
                if *owner != citizen {
                    return Err(AccountError::Unknown);
                }
                add_contact(c, &ring, now, citizen, reach)?;
                tell(c, now, &Tell::new(citizen, What::ContactChanged, now))?;
            }
            Ok(redeemed)
        })
        .await;
    let words = match redeemed {
        Ok(Redeemed::Right(_)) => return Ok(Either::Left(see_other("/me/security?done=contact"))),
        Ok(Redeemed::Wrong(left)) => t.code_wrong(left),
        Ok(Redeemed::Gone) => t.code_gone().to_owned(),
        Err(AccountError::Claimed) => t.contact_claimed().to_owned(),
        Err(error) => return Err(error.into()),
    };
    let mut view = code_view(&visitor, &site, form.get("id"))?;
    view.inputs[0].field.error = Some(words);
    Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}
