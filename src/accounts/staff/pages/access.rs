//! `/recover/access`: what a citizen does with the link that the counter gave them.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};

use super::{entry::weak, shown, step};
use crate::{
    accounts::{
        password,
        staff::{StaffError, counter, views::GoneView},
        throttle,
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, StepView},
        query, see_other,
        session::Realm,
    },
};

pub async fn access_page(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let token = query(&request, "token").unwrap_or_default();
    match view(&visitor, &site, &token).await? {
        Some(view) => shown(&view),
        None => gone(&visitor),
    }
}

fn gone(visitor: &Visitor) -> Result<Page, Failure> {
    let t = visitor.texts();
    Page::new(&GoneView {
        title: t.access_title(),
        lead: t.access_gone(),
        next: ("/recover", t.access_gone_next()),
        frame: visitor.frame(),
    })
}

async fn view(visitor: &Visitor, site: &Site, token: &str) -> Result<Option<StepView>, Failure> {
    let (now, asked) = (site.clock.now(), token.to_owned());
    if !site.db.read(move |c| counter::access_holds(c, now, &asked)).await? {
        return Ok(None);
    }
    let t = visitor.texts();
    let mut view = step(visitor, site, "/recover/access", t.access_title())?;
    view.lead = vec![t.access_lead().to_owned()];
    let mut field = Field::new("password", t.staff_new_password()).hint(t.staff_new_password_hint());
    field.autocomplete = Some("new-password");
    field.required = true;
    view.inputs = vec![Input::new("password", field)];
    view.hidden = vec![("token", token.to_owned())];
    t.access_submit().clone_into(&mut view.submit);
    Ok(Some(view))
}

pub async fn access(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let token = form.get("token").to_owned();
    throttle::attempt(&site, &visitor, "access", &token).await?;
    let Some(mut view) = view(&visitor, &site, &token).await? else {
        return Ok(Either::Right(gone(&visitor)?));
    };
    let chosen = form.exactly("password").to_owned();
    if let Err(why) = password::judge(site.leaked.as_ref(), &chosen, &[]).await? {
        view.inputs[0].field.error = Some(weak(visitor.texts(), why));
        return Ok(Either::Right(shown(&view)?));
    }
    let hash = password::hash(chosen).await?;
    let (ring, now, device) = (Arc::clone(&site.keys), site.clock.now(), visitor.device().to_owned());
    match site.db.tx(move |c| counter::use_access(c, &ring, now, &token, &hash, &device)).await {
        Ok(session) => {
            visitor.hand_out(Realm::Citizen, session);
            Ok(Either::Left(see_other("/me/security")))
        }
        // Somebody was quicker, or the account was closed in between.
        Err(StaffError::Unknown) => Ok(Either::Right(gone(&visitor)?)),
        Err(error) => Err(error.into()),
    }
}
