//! Going on: with a form that was set aside while its sender signed in again, and with a session that would end.

use std::sync::Arc;

use actix_web::{
    HttpRequest,
    web::{Data, Path},
};
use serde::Serialize;

use super::views::{ResumeView, StayView};
use crate::web::{
    Failure, Page, Site, Visitor,
    aside::{self, AsideId, Owner},
    own_path, query,
    session::Realm,
    time_of_day,
};

/// `/resume/{id}`: the answers are still there; one button sends them.
pub async fn resume(visitor: Visitor, site: Data<Site>, id: Path<String>) -> Result<Page, Failure> {
    resumed(&visitor, &site, &id, Realm::Citizen, "/me").await
}

/// `/staff/resume/{id}`
pub async fn resume_work(visitor: Visitor, site: Data<Site>, id: Path<String>) -> Result<Page, Failure> {
    resumed(&visitor, &site, &id, Realm::Staff, "/staff").await
}

async fn resumed(
    visitor: &Visitor,
    site: &Site,
    id: &str,
    realm: Realm,
    back: &'static str,
) -> Result<Page, Failure> {
    let id: AsideId = id.parse().map_err(|_| Failure::NotFound)?;
    let signed = &visitor.session(realm).ok_or(Failure::Refused)?.signed;
    let acting = signed.acting.as_ref().map(|acting| acting.delegation);
    let anchor = visitor.brought_anchor().ok_or(Failure::NotFound)?.to_owned();
    let owner = Owner { realm, subject: signed.subject, anchor };
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let form = site.db.read(move |c| aside::find(c, &ring, now, &owner, id)).await?;
    let form = form.ok_or(Failure::NotFound)?;
    Page::new(&ResumeView {
        csrf: visitor.form_token(site)?,
        action: form.path,
        answers: form.answers,
        for_another: form.acting != acting,
        back,
        frame: visitor.frame(),
    })
}

/// How long the session goes on.
#[derive(Serialize)]
struct Left {
    seconds: i64,
}

/// `/me/stay`. Being asked is what keeps the session going. The script that warns of a session's end asks for
/// seconds; whoever follows the link of every page gets a page, which leads `back`.
pub async fn stay(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    left(&visitor, &site, &request, Realm::Citizen)
}

/// `/staff/stay`
pub async fn stay_at_work(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    left(&visitor, &site, &request, Realm::Staff)
}

fn left(visitor: &Visitor, site: &Site, request: &HttpRequest, realm: Realm) -> Result<Page, Failure> {
    let session = visitor.session(realm).ok_or(Failure::Refused)?;
    let Some(back) = query(request, "back") else {
        return Page::json(&Left { seconds: (session.ends_at - site.clock.now()).num_seconds() });
    };
    let home = if realm == Realm::Staff { "/staff" } else { "/me" };
    let until = session.ends_at;
    Page::new(&StayView {
        until: time_of_day(until),
        longest: until >= session.created_at + realm.terms().longest,
        back: own_path(&back).unwrap_or(home).to_owned(),
        frame: visitor.frame(),
    })
}
