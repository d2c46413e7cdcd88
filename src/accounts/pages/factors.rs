//! `/me/security/totp`: the app for one-time passwords, and recovery codes.

use std::sync::Arc;

use actix_web::{Either, HttpResponse, http::StatusCode, web::Data};

use super::me;
use crate::{
    accounts::{
        AccountError, Tell, What,
        codes::{self, CodeId},
        credentials,
        fields::code_field,
        tell, throttle, totp as app,
        views::{RecoveryView, TotpView},
    },
    web::{Failure, Page, Site, Submitted, Visitor, scan, see_other},
};

const SETTING: &str = "totp-set";

pub async fn totp_page(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let (citizen, _) = me(&visitor)?;
    let now = site.clock.now();
    let secret = app::new_secret()?;
    let (ring, kept) = (Arc::clone(&site.keys), secret.clone());
    let id = site.db.tx(move |c| codes::keep(c, &ring, now, SETTING, &(citizen, kept))).await?;
    Page::new(&view(&visitor, &site, &secret, id)?)
}

fn view(visitor: &Visitor, site: &Site, secret: &str, id: CodeId) -> Result<TotpView, Failure> {
    let t = visitor.texts();
    let (_, session) = me(visitor)?;
    let address = app::address(secret, t.portal_name(), &session.signed.name);
    Ok(TotpView {
        frame: visitor.frame(),
        csrf: visitor.form_token(site)?,
        picture: scan(&address, 220)?,
        secret: secret.to_owned(),
        id: id.to_string(),
        field: code_field(t),
    })
}

/// Takes the app only once it has shown that it makes the right codes.
pub async fn totp(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let (citizen, _) = me(&visitor)?;
    let now = site.clock.now();
    throttle::attempt(&site, &visitor, "second", &citizen.to_string()).await?;
    let id: CodeId = form.get("id").parse().map_err(|_| Failure::BadRequest)?;
    let ring = Arc::clone(&site.keys);
    let kept: Option<(crate::ledger::CitizenId, String)> =
        site.db.read(move |c| codes::peek(c, &ring, now, SETTING, id)).await?;
    let Some((_, secret)) = kept.filter(|(owner, _)| *owner == citizen) else {
        return Ok(Either::Left(see_other("/me/security/totp")));
    };
    let Some(step) = app::check(&secret, form.get("code"), now, 0) else {
        let mut view = view(&visitor, &site, &secret, id)?;
        view.field.error = Some(visitor.texts().second_wrong().to_owned());
        return Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    let ring = Arc::clone(&site.keys);
    let codes = site
        .db
        .tx(move |c| {
            let taken: Option<(crate::ledger::CitizenId, String)> = codes::take(c, &ring, now, SETTING, id)?;
            taken.ok_or(AccountError::Unknown)?;
            tell(c, now, &Tell::new(citizen, What::SecondFactorChanged, now))?;
            credentials::set_totp(c, &ring, now, citizen, &secret, step)
        })
        .await?;
    Ok(Either::Right(Page::new(&RecoveryView { frame: visitor.frame(), codes })?))
}

/// `POST /me/security/codes`: fresh recovery codes.
pub async fn new_codes(visitor: Visitor, site: Data<Site>, _form: Submitted) -> Result<Page, Failure> {
    let (citizen, _) = me(&visitor)?;
    let now = site.clock.now();
    let ring = Arc::clone(&site.keys);
    let codes = site.db.tx(move |c| credentials::new_recovery_codes(c, &ring, now, citizen)).await?;
    Page::new(&RecoveryView { frame: visitor.frame(), codes })
}

/// `POST /me/security/totp/off`
pub async fn totp_off(visitor: Visitor, site: Data<Site>, _form: Submitted) -> Result<HttpResponse, Failure> {
    let (citizen, _) = me(&visitor)?;
    let now = site.clock.now();
    site.db
        .tx(move |c| {
            for held in credentials::held(c, citizen)?.into_iter().filter(|held| held.kind == "totp") {
                credentials::remove(c, citizen, held.id)?;
            }
            tell(c, now, &Tell::new(citizen, What::SecondFactorChanged, now)).map_err(AccountError::from)
        })
        .await?;
    Ok(see_other("/me/security?done=second-off"))
}
