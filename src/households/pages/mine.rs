//! `/me/households`: what agencies keep about somebody's household, all of it.

use std::sync::Arc;

use actix_web::web::Data;

use super::{agency_name, service_name, visit_line};
use crate::{
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    households::{
        keep::{self, Whole},
        views::{MineView, OwnRecord},
    },
    ledger::CitizenId,
    web::{Failure, Page, Site, Visitor, session::Realm},
};

/// `GET /me/households`
pub async fn mine(visitor: Visitor, (site, shelf): (Data<Site>, Data<Shelf>)) -> Result<Page, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    let (citizen, ring) = (CitizenId::from(session.signed.subject), Arc::clone(&site.keys));
    let edition = shelf.edition()?;
    let found = site.db.read(move |c: &mut Conn| keep::own(c, &ring, citizen)).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let record = |Whole { household, about, visits }: Whole| OwnRecord {
        name: service_name(present, &household.service),
        agency: agency_name(present, &household.agency),
        members: household.members,
        about,
        next: household.ended_on.is_none().then_some(household.next_on),
        ended: household.ended_on,
        visits: visits.into_iter().map(visit_line).collect(),
    };
    Page::new(&MineView { records: found.into_iter().map(record).collect(), frame: visitor.frame() })
}
