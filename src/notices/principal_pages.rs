//! `/me/notices/choices/{delegation}`: how somebody wants to hear of the matters of one for whom they act.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{
    choice_pages::{offered, topic_choice},
    manners::{self, Manners},
    model::{Carrier, Principal, Spot, Topic},
    pages::citizen,
    spots,
    views::{PrincipalChoicesView, PrincipalLine},
};
use crate::{
    accounts::acting::{self, Delegation, Kind, State},
    db::{Conn, DbError},
    ledger::CitizenId,
    platform::{Moment, Texts},
    web::{Failure, Page, Site, Submitted, Visitor, see_other},
};

/// Those for whom somebody acts now, by the delegations that they act by.
pub(super) fn principals(c: &mut Conn, now: Moment, agent: CitizenId) -> Result<Vec<Delegation>, DbError> {
    let all = acting::of_agent(c, now, agent)?.into_iter();
    Ok(all.filter(|one| one.state() == State::Active && one.starts_at() <= now).collect())
}

pub(super) fn line(t: Texts, one: &Delegation) -> PrincipalLine {
    PrincipalLine {
        url: format!("/me/notices/choices/{}", one.id),
        name: one.shown.clone(),
        kind: match one.kind() {
            Kind::Child => t.acting_kind_child(),
            Kind::Person => t.acting_kind_person(),
            Kind::Company => t.acting_kind_company(),
        },
    }
}

/// Whose matters a delegation is about.
fn principal(one: &Delegation) -> Principal {
    one.company_id.map_or(Principal::Person(one.citizen_id), Principal::Company)
}

struct Found {
    one: Delegation,
    manners: Manners,
    there: Vec<Spot>,
}

/// One by whom they act now. Of others it is not told whether there is one.
async fn found(site: &Site, citizen: CitizenId, delegation: &str) -> Result<Found, Failure> {
    let (now, delegation) = (site.clock.now(), delegation.to_owned());
    let read = move |c: &mut Conn| {
        let one = principals(c, now, citizen)?.into_iter().find(|one| one.id.to_string() == delegation);
        Ok::<_, DbError>((one, manners::of(c, citizen)?, spots::of(c, citizen)?))
    };
    let (one, manners, there) = site.db.read(read).await?;
    Ok(Found { one: one.ok_or(Failure::NotFound)?, manners, there })
}

/// `GET /me/notices/choices/{delegation}`
pub async fn choices_for(visitor: Visitor, site: Data<Site>, id: Path<String>) -> Result<Page, Failure> {
    let Found { one, manners, there } = found(&site, citizen(&visitor)?, &id).await?;
    let (t, principal) = (visitor.texts(), principal(&one));
    let (offered, about) = (offered(&there), manners.about(Some(principal)));
    let topic = |topic: Topic| topic_choice(t, &about, topic, &offered);
    let line = line(t, &one);
    Page::new(&PrincipalChoicesView {
        csrf: visitor.form_token(&site)?,
        action: line.url.clone(),
        apart: manners.tells_apart(principal),
        topics: Topic::OF_OTHERS.into_iter().map(topic).collect(),
        line,
        frame: visitor.frame(),
    })
}

/// `POST /me/notices/choices/{delegation}`: what is ticked, or as with their own again.
pub async fn choose_for(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let citizen = citizen(&visitor)?;
    let Found { one, there, .. } = found(&site, citizen, &id).await?;
    let mut chosen: Vec<(Topic, Carrier, bool)> = Vec::new();
    if sent.get("act") != "as-own" {
        for topic in Topic::OF_OTHERS {
            for carrier in offered(&there) {
                chosen.push((topic, carrier, sent.all(topic.tag()).any(|tag| tag == carrier.tag())));
            }
        }
    }
    let principal = principal(&one);
    site.db.tx(move |c: &mut Conn| manners::choose_for(c, citizen, principal, &chosen)).await?;
    Ok(see_other("/me/notices?said=saved"))
}
