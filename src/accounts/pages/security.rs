//! `/me/security`

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::me;
use crate::{
    accounts::{
        AccountError, Contact, Tell, What, contacts,
        credentials::{self, Held},
        masking, remove_contact, tell,
        views::{ContactLine, DeviceLine, PasskeyLine, SecurityView},
    },
    db::Stamp,
    ledger,
    platform::clock::CITY_ZONE,
    web::{
        Failure, Page, Site, Submitted, Visitor, query, see_other,
        session::{self, Device, Realm, SessionId},
    },
};

pub async fn security(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let t = visitor.texts();
    let done = query(&request, "done").and_then(|what| {
        let words = match what.as_str() {
            "password" => t.security_done_password(),
            "removed" => t.security_done_removed(),
            "ended" => t.security_done_ended(),
            "second-off" => t.security_done_second_off(),
            "contact" => t.security_done_contact(),
            "passkey" => t.security_done_passkey(),
            _ => return None,
        };
        Some(words.to_owned())
    });
    let refused = query(&request, "last").map(|_| t.security_last().to_owned());
    show(&visitor, &site, done, refused).await
}

async fn show(
    visitor: &Visitor,
    site: &Site,
    done: Option<String>,
    refused: Option<String>,
) -> Result<Page, Failure> {
    let (citizen, session) = me(visitor)?;
    let (ring, now, here) = (Arc::clone(&site.keys), site.clock.now(), session.id);
    let (held, contacts, devices) = site
        .db
        .read(move |c| {
            Ok::<_, AccountError>((
                credentials::held(c, citizen)?,
                contacts(c, &ring, &ledger::own(citizen))?,
                session::of(c, now, Realm::Citizen, citizen.uuid())?,
            ))
        })
        .await?;
    let of = |kind: &str| held.iter().filter(|it| it.kind == kind).count();
    let view = SecurityView {
        csrf: visitor.form_token(site)?,
        done,
        refused,
        has_password: of("password") > 0,
        has_totp: of("totp") > 0,
        recovery_left: of("recovery"),
        passkeys: held.iter().filter(|it| it.kind == "passkey").map(passkey).collect(),
        national: !site.national.is_empty(),
        contacts: contacts.iter().map(contact).collect(),
        devices: devices.iter().map(|device| line(device, here)).collect(),
        frame: visitor.frame(),
    };
    Page::new(&view)
}

fn local(at: Stamp) -> chrono::NaiveDateTime {
    at.moment().with_timezone(&CITY_ZONE).naive_local()
}

fn passkey(held: &Held) -> PasskeyLine {
    PasskeyLine { id: held.id.to_string(), label: held.label.clone(), added: local(held.created_at) }
}

fn contact(contact: &Contact) -> ContactLine {
    let value =
        if contact.kind == "phone" { masking::phone(&contact.value) } else { masking::email(&contact.value) };
    ContactLine { id: contact.id.to_string(), value }
}

pub(in crate::accounts) fn line(device: &Device, here: SessionId) -> DeviceLine {
    DeviceLine {
        id: device.id.to_string(),
        device: device.device.clone(),
        seen: local(device.seen_at),
        here: device.id == here,
    }
}

/// `POST /me/security/end`: ends one session, or all others.
pub async fn end(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    let (citizen, session) = me(&visitor)?;
    let which = match form.get("id") {
        "all" => None,
        id => Some(id.parse().map_err(|_| Failure::BadRequest)?),
    };
    let here = session.id;
    site.db.tx(move |c| session::end_of(c, Realm::Citizen, citizen.uuid(), which, Some(here))).await?;
    Ok(see_other("/me/security?done=ended"))
}

/// `POST /me/security/remove`: removes a passkey.
pub async fn remove(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    let (citizen, _) = me(&visitor)?;
    let now = site.clock.now();
    let id = form.get("id").parse().map_err(|_| Failure::BadRequest)?;
    let removed = site
        .db
        .tx(move |c| {
            credentials::remove(c, citizen, id)?;
            tell(c, now, &Tell::new(citizen, What::SecondFactorChanged, now)).map_err(AccountError::from)
        })
        .await;
    after(removed)
}

/// `POST /me/security/contact/remove`
pub async fn remove_reach(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (citizen, _) = me(&visitor)?;
    let now = site.clock.now();
    let id = form.get("id").parse().map_err(|_| Failure::BadRequest)?;
    let ring = Arc::clone(&site.keys);
    let removed = site.db.tx(move |c| remove_contact(c, &ring, now, &ledger::own(citizen), id)).await;
    after(removed)
}

fn after(removed: Result<(), AccountError>) -> Result<HttpResponse, Failure> {
    match removed {
        Ok(()) => Ok(see_other("/me/security?done=removed")),
        Err(AccountError::Last) => Ok(see_other("/me/security?last=1")),
        Err(error) => Err(error.into()),
    }
}
