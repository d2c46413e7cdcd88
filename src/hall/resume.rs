//! Going on: with a form that was set aside while its sender signed in again, and with a session that would end.

use std::sync::Arc;

use actix_web::web::{Data, Path};
use serde::Serialize;

use crate::{
    platform::Moment,
    web::{
        Failure, Page, Site, Visitor,
        aside::{self, AsideId},
        frame::{Link, StepView, Text},
        session::Realm,
    },
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
    own_place: &str,
) -> Result<Page, Failure> {
    let id: AsideId = id.parse().map_err(|_| Failure::NotFound)?;
    let subject = visitor.session(realm).ok_or(Failure::Refused)?.signed.subject;
    let (ring, now) = (Arc::clone(&site.keys), site.clock.now());
    let form = site.db.read(move |c| aside::find(c, &ring, now, realm, subject, id)).await?;
    let form = form.ok_or(Failure::NotFound)?;
    let t = visitor.texts();
    let mut view = StepView::new(visitor.frame(), visitor.form_token(site)?, form.path, t.resume_title());
    view.lead = vec![t.resume_lead().to_owned(), t.resume_secrets().to_owned()];
    view.kept = form.answers;
    t.resume_submit().clone_into(&mut view.submit);
    view.links = vec![Link::new(Text::plain(t.resume_leave()), own_place)];
    Page::new(&view)
}

/// How long the session goes on.
#[derive(Serialize)]
struct Left {
    seconds: i64,
}

/// `/me/stay`, asked by the page that warns of a session's end. Being asked is what keeps the session going.
pub async fn stay(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    left(&visitor, site.clock.now(), Realm::Citizen)
}

/// `/staff/stay`
pub async fn stay_at_work(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    left(&visitor, site.clock.now(), Realm::Staff)
}

fn left(visitor: &Visitor, now: Moment, realm: Realm) -> Result<Page, Failure> {
    let session = visitor.session(realm).ok_or(Failure::Refused)?;
    Page::json(&Left { seconds: (session.ends_at - now).num_seconds() })
}
