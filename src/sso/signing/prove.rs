//! `/me/prove`: whoever is signed in proves once more that it is them, or proves more than before.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};

use super::{enter::level_of, shown, sign_in::national_links, step};
use crate::{
    accounts::{self, AccountError, credentials, password, throttle},
    ledger::CitizenId,
    web::{
        Failure, Page, Site, Submitted, Visitor, aside,
        frame::{Field, Input, StepView},
        own_path, query, see_other,
        session::{self, Realm, Signed},
    },
};

pub async fn prove_page(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let next = query(&request, "next").unwrap_or_default();
    shown(&view(&visitor, &site, &next).await?)
}

async fn view(visitor: &Visitor, site: &Site, next: &str) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    let citizen = CitizenId::from(session.signed.subject);
    let held = site.db.read(move |c| credentials::held(c, citizen)).await?;
    let has = |kind: &str| held.iter().any(|it| it.kind == kind);
    let mut view = step(visitor, site, "/me/prove", t.prove_title())?;
    view.lead = vec![t.prove_lead().to_owned()];
    view.notice = aside::waits_at(next).then(|| ("info", t.session_kept().to_owned()));
    if has("password") {
        let mut field = Field::new("password", t.sign_in_password());
        field.autocomplete = Some("current-password");
        field.required = true;
        view.inputs.push(Input::new("password", field));
    }
    if has("totp") {
        let mut field = Field::new("code", t.second_label()).hint(t.second_hint());
        field.autocomplete = Some("one-time-code");
        field.required = true;
        view.inputs.push(Input::new("text", field));
    }
    if view.inputs.is_empty() {
        // Nothing to type: the passkey or the national provider signs them in anew.
        view.lead.push(t.prove_otherwise().to_owned());
    }
    if has("passkey") {
        view.passkey = Some(t.sign_in_by_passkey().to_owned());
    }
    view.links = national_links(visitor, site, next);
    view.hidden = vec![("next", own_path(next).unwrap_or_default().to_owned())];
    t.prove_submit().clone_into(&mut view.submit);
    Ok(view)
}

pub async fn prove(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    let token = visitor.token(Realm::Citizen).cloned().ok_or(Failure::Refused)?;
    let citizen = CitizenId::from(session.signed.subject);
    throttle::attempt(&site, &visitor, "prove", &citizen.to_string()).await?;
    let (ring, now, signed) = (Arc::clone(&site.keys), site.clock.now(), session.signed.clone());
    let hash = site.db.read(move |c| credentials::password_of(c, &ring, citizen)).await?;
    let right = password::matches(form.exactly("password").to_owned(), hash).await?;
    let (ring, code) = (Arc::clone(&site.keys), form.get("code").to_owned());
    let renewed = site
        .db
        .tx(move |c| {
            if !right {
                return Ok::<_, AccountError>(None);
            }
            let mut methods = vec!["pwd".to_owned()];
            if credentials::has_totp(c, citizen)? {
                if !credentials::second_factor(c, &ring, now, citizen, &code)? {
                    return Ok(None);
                }
                methods.push("totp".to_owned());
            }
            let account = accounts::citizen(c, citizen)?;
            let level = level_of(&methods, account.level()).max(signed.level.min(account.level()));
            let signed = Signed { level, methods, proved_at: now, ..signed };
            Ok(session::renew(c, now, &token, &signed)?)
        })
        .await?;
    if let Some(token) = renewed {
        visitor.hand_out(Realm::Citizen, token);
        return Ok(Either::Left(see_other(own_path(form.get("next")).unwrap_or("/me"))));
    }
    let mut view = view(&visitor, &site, form.get("next")).await?;
    view.general = Some(visitor.texts().prove_wrong().to_owned());
    Ok(Either::Right(shown(&view)?))
}
