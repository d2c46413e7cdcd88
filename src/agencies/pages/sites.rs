//! `/agency/sites`: the sites of an agency at which citizens sign in with the portal; approving and shutting them.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::Reader;
use crate::{
    accounts::staff::Act,
    agencies::{
        clients::{self, Client, ClientError, ClientId, State},
        views::{SiteLine, SiteView, SitesView, acts_lines, state_name},
    },
    db::Conn,
    web::{Failure, Page, Site, Submitted, Visitor, query, see_other},
};

pub async fn sites(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let t = visitor.texts();
    let all = site.db.read(clients::list).await?;
    let line = |client: &Client| SiteLine {
        id: client.id.to_string(),
        name: t.say(&client.name).text.to_owned(),
        agency: client.agency.clone(),
        state: state_name(t, client.state),
        waits: client.state == State::Pending,
    };
    let mut lines: Vec<_> = all.iter().filter(|client| reader.sees(&client.agency)).map(line).collect();
    // What waits for somebody comes first.
    lines.sort_by_key(|line| !line.waits);
    Page::new(&SitesView {
        registers: reader.allowed_here(Act::Integrate),
        sites: lines,
        frame: visitor.frame(),
    })
}

/// The site of this id, if it is the reader's matter: of others it is not told whether they exist.
async fn known(reader: &Reader, site: &Site, id: &str) -> Result<Client, Failure> {
    let id: ClientId = id.parse().map_err(|_| Failure::NotFound)?;
    let found = site.db.read(move |c| clients::find(c, id)).await?;
    found.filter(|client| reader.sees(&client.agency)).ok_or(Failure::NotFound)
}

pub async fn site(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let client = known(&reader, &site, &id).await?;
    let (t, shown) = (visitor.texts(), client.id);
    let history = site.db.read(move |c| clients::history(c, shown)).await?;
    let said = match query(&request, "said").as_deref() {
        Some("own") => Some(("warn", t.site_own_approval())),
        Some("above") => Some(("warn", t.site_shut_above())),
        Some("changed") => Some(("warn", t.site_changed())),
        Some("approved") => Some(("ok", t.site_approved())),
        Some("shut") => Some(("ok", t.site_shut())),
        _ => None,
    };
    let shut = client.state == State::Suspended;
    let shut_above = shut && !clients::may_reopen(&history, &reader.member.branch());
    let approves = reader.may(Act::Approve, &client.agency) && client.state != State::Approved;
    Page::new(&SiteView {
        csrf: visitor.form_token(&site)?,
        said,
        secret: None,
        state: state_name(t, client.state),
        approves: approves && !shut_above,
        shut_above,
        shuts: !shut || reader.may(Act::Approve, &client.agency),
        acts: acts_lines(t, &history),
        client,
        frame: visitor.frame(),
    })
}

/// `POST /agency/sites/{id}/approve`
pub async fn approve_site(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let client = known(&reader, &site, &id).await?;
    if !reader.may(Act::Approve, &client.agency) {
        return Err(Failure::Refused);
    }
    let (now, by, seen) = (site.clock.now(), reader.by(), form.get("seen").to_owned());
    // A page opened before an emergency must not undo what was done in it.
    let approve = move |c: &mut Conn| match clients::find(c, client.id)? {
        Some(now_is) if now_is.state.tag() != seen => Err(ClientError::NotPending(now_is.state.tag())),
        _ => clients::approve(c, now, client.id, &by),
    };
    let said = match site.db.tx(approve).await {
        // Approved already: the button may be pressed twice.
        Ok(()) | Err(ClientError::NotPending("approved")) => "approved",
        Err(ClientError::OwnApproval) => "own",
        Err(ClientError::ShutAbove) => "above",
        Err(ClientError::NotPending(_)) => "changed",
        Err(error) => return Err(failure(error)),
    };
    Ok(see_other(&format!("/agency/sites/{id}?said={said}")))
}

/// `POST /agency/sites/{id}/suspend`: the agency itself may shut its site, too.
pub async fn suspend_site(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    _form: Submitted,
) -> Result<HttpResponse, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let client = known(&reader, &site, &id).await?;
    let (now, by) = (site.clock.now(), reader.by());
    site.db.tx(move |c| clients::suspend(c, now, client.id, &by)).await.map_err(failure)?;
    Ok(see_other(&format!("/agency/sites/{id}?said=shut")))
}

pub(super) fn failure(error: ClientError) -> Failure {
    match error {
        ClientError::Db(error) => error.into(),
        ClientError::Unknown => Failure::NotFound,
        ClientError::Chance(error) => Failure::broken(error),
        _ => Failure::Refused,
    }
}
