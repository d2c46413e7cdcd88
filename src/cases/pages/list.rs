//! `/me/cases`: what was handed in, and what was begun.

use actix_web::{HttpRequest, web::Data};

use super::imposed::state_word;
use crate::{
    accounts::acting::{self, Matter, Refused, Scope},
    cases::{
        CaseError, Whose, drafts, queries,
        together::{self, Together},
        views::{Begun, CaseLine, CasesView},
    },
    catalogue::{
        Catalogue, Shelf,
        present::{Presenter, urls},
    },
    db::Conn,
    platform::{Moment, clock::CITY_ZONE},
    web::{
        Failure, Page, Site, Visitor,
        frame::{Pager, Text},
        query,
        session::Realm,
    },
};

const AT_ONCE: usize = 20;

/// Whose matters they are, and how far the right of whoever acts for another reaches.
pub(crate) async fn reach(visitor: &Visitor, site: &Site) -> Result<(Whose, Scope), Failure> {
    let signed = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?.signed.clone();
    let (now, level) = (site.clock.now(), signed.level);
    match site.db.read(move |c| acting::reach(c, now, &signed)).await {
        Ok((party, scope)) => Ok((Whose { party, level }, scope)),
        Err(Refused::Db(error)) => Err(error.into()),
        Err(_) => Err(Failure::Refused),
    }
}

/// Whether a matter may be shown to whoever acts here.
pub(crate) fn covers(scope: &Scope, catalogue: &Catalogue, code: &str) -> bool {
    let service = catalogue.service(code).map(|entry| &entry.service);
    let (domain, agent_allowed) = service.map_or(("", true), |one| (one.domain.as_str(), one.agent_allowed));
    scope.covers(&Matter::Service { code, domain, agent_allowed })
}

pub async fn cases(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (whose, scope) = reach(&visitor, &site).await?;
    let edition = shelf.edition()?;
    let catalogue = &edition.catalogue;
    let page = query(&request, "page").and_then(|page| page.parse().ok()).filter(|page| *page > 0);
    let page: usize = page.unwrap_or(1).min(10_000);
    let skip = i64::try_from((page - 1) * AT_ONCE).unwrap_or(i64::MAX);
    let limit = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let asked = whose.clone();
    let read = move |c: &mut Conn| {
        let (cases, all) = queries::list(c, &asked, skip, limit)?;
        let events = together::begun(c, &asked, None)?;
        Ok::<_, CaseError>((cases, all, drafts::begun(c, &asked, None)?, events))
    };
    let (found, all, begun, events) = site.db.read(read).await?;
    // What an agent was not authorised for is left out of the list.
    let shown = |code: &str| covers(&scope, catalogue, code);
    let present = Presenter::new(visitor.texts(), catalogue);
    let name = |code: &str| {
        let entry = catalogue.service(code);
        entry.map_or_else(|| Text::plain(code), |entry| present.text(&entry.service.name))
    };
    let local = |at: Moment| at.with_timezone(&CITY_ZONE).naive_local();
    let all = usize::try_from(all).unwrap_or_default();
    let view = CasesView {
        saved: query(&request, "saved").is_some(),
        events: events.iter().filter_map(|one| begun_together(present, one)).collect(),
        cases: found
            .iter()
            .filter(|case| shown(&case.service))
            .map(|case| CaseLine {
                reference: case.reference.clone(),
                name: name(&case.service),
                state: state_word(catalogue.service(&case.service).map(|entry| &entry.service), &case.state),
                at: local(case.changed_at.moment()),
            })
            .collect(),
        begun: begun
            .iter()
            .filter(|draft| shown(&draft.service))
            .map(|draft| Begun {
                name: name(&draft.service),
                url: format!("{}/apply/{}", urls::service(&draft.service), draft.id),
                saved: local(draft.saved_at.moment()),
            })
            .collect(),
        pager: Pager { page, pages: all.div_ceil(AT_ONCE), base: "/me/cases?page=".to_owned() },
        frame: visitor.frame(),
    };
    Page::new(&view)
}

/// An event of a life that somebody began.
pub(super) fn begun_together(present: Presenter<'_>, one: &Together) -> Option<Begun> {
    let (event, _) = present.catalogue.event(&one.event)?;
    Some(Begun {
        name: present.text(&event.name),
        url: format!("/me/together/{}", one.id),
        saved: one.begun_at.moment().with_timezone(&CITY_ZONE).naive_local(),
    })
}
