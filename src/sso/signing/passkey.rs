//! Signing in with a passkey. The browser's part needs script; everything else on these pages does not.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Data};

use super::{Entry, enter};
use crate::{
    accounts::{
        codes::CodeId,
        passkeys::{self, Question},
    },
    web::{Failure, Page, Site, Submitted, Visitor},
};

/// `POST /sign-in/passkey/begin`
pub async fn passkey_begin(site: Data<Site>, _form: Submitted) -> Result<Page, Failure> {
    let rules = passkeys::rules(&site).ok_or(Failure::Refused)?;
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let (id, question) = site.db.tx(move |c| passkeys::begin_entering(c, &ring, now, &rules)).await?;
    Page::json(&Question { id, question })
}

/// `POST /sign-in/passkey/finish`. It is not throttled: a passkey cannot be guessed.
pub async fn passkey_finish(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let rules = passkeys::rules(&site).ok_or(Failure::Refused)?;
    let id = form.get("id").parse::<CodeId>().map_err(|_| Failure::BadRequest)?;
    let (ring, now, answer) = (Arc::clone(&site.keys), site.clock.now(), form.get("answer").to_owned());
    let citizen = site.db.tx(move |c| passkeys::finish_entering(c, &ring, now, &rules, id, &answer)).await?;
    enter(&site, &visitor, Entry::new(citizen, &["passkey"]), form.get("next")).await
}
