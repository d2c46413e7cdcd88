//! `/me/security/password`

use std::sync::Arc;

use actix_web::{Either, HttpResponse, http::StatusCode, web::Data};

use super::me;
use crate::{
    accounts::{
        AccountError, Tell, What, credentials, details,
        fields::{judged, password_fields},
        password, tell, throttle,
    },
    ledger,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, StepView},
        see_other,
        session::{self, Realm},
    },
};

pub async fn password_page(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let (ring, citizen) = (Arc::clone(&site.keys), me(&visitor)?.0);
    let has_one = site.db.read(move |c| credentials::password_of(c, &ring, citizen)).await?.is_some();
    Page::new(&view(&visitor, &site, has_one)?)
}

fn view(visitor: &Visitor, site: &Site, has_one: bool) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let csrf = visitor.form_token(site)?;
    let mut view = StepView::new(visitor.frame(), csrf, "/me/security/password", t.password_change_title());
    // A session that began with a code alone must not be enough to replace the password.
    if has_one {
        let mut now = Field::new("now", t.password_now());
        (now.autocomplete, now.required) = (Some("current-password"), true);
        view.inputs.push(Input::new("password", now));
    }
    view.inputs.extend(password_fields(t).map(|field| Input::new("password", field)));
    t.password_save().clone_into(&mut view.submit);
    Ok(view)
}

pub async fn change_password(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (citizen, session) = me(&visitor)?;
    let (t, now, here) = (visitor.texts(), site.clock.now(), session.id);
    throttle::attempt(&site, &visitor, "password", &citizen.to_string()).await?;
    let ring = Arc::clone(&site.keys);
    let (known, kept) = site
        .db
        .read(move |c| {
            let kept = credentials::password_of(c, &ring, citizen)?;
            Ok::<_, AccountError>((details(c, &ring, &ledger::own(citizen))?, kept))
        })
        .await?;
    let has_one = kept.is_some();
    let proved = !has_one || password::matches(form.exactly("now").to_owned(), kept).await?;
    let own: Vec<&str> =
        [&known.name, &known.phone, &known.email].into_iter().filter_map(Option::as_deref).collect();
    let wrong = judged(&site, t, form.exactly("password"), form.exactly("again"), &own).await?;
    if !proved || wrong.iter().any(Option::is_some) {
        let mut view = view(&visitor, &site, has_one)?;
        let now = (!proved).then(|| t.password_now_wrong().to_owned());
        let errors = has_one.then_some(now).into_iter().chain(wrong);
        for (input, error) in view.inputs.iter_mut().zip(errors) {
            input.field.error = error;
        }
        return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let hash = password::hash(form.exactly("password").to_owned()).await?;
    let (ring, device) = (Arc::clone(&site.keys), visitor.device().to_owned());
    site.db
        .tx(move |c| {
            credentials::set_password(c, &ring, now, citizen, &hash)?;
            session::end_of(c, Realm::Citizen, citizen.uuid(), None, Some(here))?;
            tell(c, now, &Tell::new(citizen, What::PasswordChanged, now).on(&device))
                .map_err(AccountError::from)
        })
        .await?;
    Ok(Either::Left(see_other("/me/security?done=password")))
}
