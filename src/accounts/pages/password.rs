//! `/me/security/password`

use std::sync::Arc;

use actix_web::{Either, HttpResponse, web::Data};

use super::{me, stale};
use crate::{
    accounts::{
        AccountError, Tell, What, credentials, details,
        password::{self, Weak},
        tell, throttle,
    },
    ledger,
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, StepView},
        see_other,
        session::{self, Realm},
    },
};

pub async fn password_page(
    visitor: Visitor,
    site: Data<Site>,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (_, session) = me(&visitor)?;
    if let Some(first) = stale(session, site.clock.now(), "/me/security/password") {
        return Ok(Either::Left(first));
    }
    Ok(Either::Right(Page::new(&view(&visitor, &site)?)?))
}

fn view(visitor: &Visitor, site: &Site) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let csrf = visitor.form_token(site)?;
    let mut view = StepView::new(visitor.frame(), csrf, "/me/security/password", t.password_change_title());
    let fields = [
        Field::new("password", t.password_new()).hint(t.password_rules()),
        Field::new("again", t.password_again()),
    ];
    view.inputs = fields
        .map(|mut field| {
            field.autocomplete = Some("new-password");
            field.required = true;
            Input::new("password", field)
        })
        .to_vec();
    t.password_save().clone_into(&mut view.submit);
    Ok(view)
}

/// The words for a password that will not do.
fn words(t: Texts, weak: Weak) -> String {
    match weak {
        Weak::Short => t.password_short(password::SHORTEST),
        Weak::Long => t.password_long(password::LONGEST),
        Weak::Known => t.password_known().to_owned(),
        Weak::Personal => t.password_personal().to_owned(),
    }
}

pub async fn change_password(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (citizen, session) = me(&visitor)?;
    let (t, now, here) = (visitor.texts(), site.clock.now(), session.id);
    if let Some(first) = stale(session, now, "/me/security/password") {
        return Ok(Either::Left(first));
    }
    throttle::attempt(&site, &visitor, "password", &citizen.to_string()).await?;
    let ring = Arc::clone(&site.keys);
    let known = site.db.read(move |c| details(c, &ring, &ledger::own(citizen))).await?;
    let own: Vec<&str> =
        [&known.name, &known.phone, &known.email].into_iter().filter_map(Option::as_deref).collect();
    let weak = password::judge(form.get("password"), &own).err();
    let differs = form.get("password") != form.get("again");
    if weak.is_some() || differs {
        let mut view = view(&visitor, &site)?;
        view.inputs[0].field.error = weak.map(|weak| words(t, weak));
        view.inputs[1].field.error = differs.then(|| t.password_differs().to_owned());
        return Ok(Either::Right(
            Page::new(&view)?.status(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY),
        ));
    }
    let hash = password::hash(form.get("password").to_owned()).await?;
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
