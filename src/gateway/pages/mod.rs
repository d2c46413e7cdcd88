//! Pages about how agencies' backends do: for the agency's own people, and for administrators, who can do something
//! about it.

mod admin;
mod agencies;
mod calls;
mod health;
mod maintenance;
mod proposals;
mod sanctioned;
mod sanctions;

pub use admin::{end_outage, order_outage, outage_page, resume, suspend, suspend_page};
pub use agencies::{agencies, export_agencies};
pub use calls::calls;
pub use health::{admin_health, health};
pub use maintenance::{announce, announce_page, cancel, maintenance, renew};
pub use proposals::{decide_proposal, proposal_page};
pub use sanctioned::{export_sanctions, sanctions_list};
pub use sanctions::{answer, answer_page, impose, impose_page, lift, lift_page};

use actix_web::{Either, HttpResponse};

use crate::{
    accounts::staff::Act,
    agencies::pages::Reader,
    web::{Failure, Page, Site, Visitor},
};

/// What a form leads to: the way on, or itself with what is wrong.
type Answer = Result<Either<HttpResponse, Page>, Failure>;

/// An administrator of an agency's branch, and the agency. Of others it is not told whether they exist.
async fn administrator(visitor: &Visitor, site: &Site, slug: &str) -> Result<(Reader, String), Failure> {
    let reader = Reader::of(visitor, site).await?;
    let slug = reader.known(site, slug).await?;
    if reader.may(Act::Approve, &slug) { Ok((reader, slug)) } else { Err(Failure::NotFound) }
}

/// Somebody who looks after the agency's own systems.
async fn integrator(visitor: &Visitor, site: &Site, slug: &str) -> Result<(Reader, String), Failure> {
    let reader = Reader::of(visitor, site).await?;
    let slug = reader.known(site, slug).await?;
    if reader.may(Act::Integrate, &slug) { Ok((reader, slug)) } else { Err(Failure::Refused) }
}
