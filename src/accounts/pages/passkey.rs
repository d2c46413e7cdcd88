//! Adding a passkey: the only change that needs script, because the browser offers it no other way.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Data};

use super::me;
use crate::{
    accounts::{
        Tell, What,
        codes::CodeId,
        passkeys::{self, PasskeyError, Question},
        tell,
    },
    web::{Failure, Page, Site, Submitted, Visitor, see_other},
};

/// `POST /me/security/passkey/begin`
pub async fn passkey_begin(visitor: Visitor, site: Data<Site>, _form: Submitted) -> Result<Page, Failure> {
    let (citizen, session) = me(&visitor)?;
    let now = site.clock.now();
    let rules = passkeys::rules(&site).ok_or(Failure::Refused)?;
    let (ring, name) = (Arc::clone(&site.keys), session.signed.name.clone());
    let begun = site.db.tx(move |c| passkeys::begin_adding(c, &ring, now, &rules, citizen, &name)).await;
    let (id, question) = begun?;
    Page::json(&Question { id, question })
}

/// `POST /me/security/passkey/finish`
pub async fn passkey_finish(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (citizen, _) = me(&visitor)?;
    let now = site.clock.now();
    let rules = passkeys::rules(&site).ok_or(Failure::Refused)?;
    let id: CodeId = form.get("id").parse().map_err(|_| Failure::BadRequest)?;
    let label: String = match form.get("label") {
        "" => visitor.device().to_owned(),
        label => label.chars().take(40).collect(),
    };
    let (ring, answer) = (Arc::clone(&site.keys), form.get("answer").to_owned());
    site.db
        .tx(move |c| {
            passkeys::finish_adding(c, &ring, now, &rules, citizen, id, &answer, &label)?;
            tell(c, now, &Tell::new(citizen, What::PasskeyAdded, now)).map_err(PasskeyError::from)
        })
        .await?;
    Ok(see_other("/me/security?done=passkey"))
}
