//! Pages of members of staff about themselves and their people.

mod access;
mod account;
mod breach;
mod circular;
mod claims;
mod counter;
mod desk;
mod entry;
mod people;
mod person;
mod roster;

use actix_web::http::StatusCode;

use super::{Act, Branch, Member, Places, StaffError, may, places, present};
use crate::web::{
    Failure, Page, Site, Visitor,
    frame::StepView,
    session::{Realm, Signed},
};

pub use access::{access, access_page};
pub use account::{account, account_codes, account_end, account_password};
pub use breach::{breach, breach_page, breach_read, warn};
pub use circular::{act as circular_act, circular, circulars, new_circular, say as say_circular};
pub use claims::{assign_claim, claims, confirm, look, refuse};
pub use counter::{correct, counter, counter_page, give_access, hold, merge};
pub use desk::desk;
pub use entry::{join, join_page, sign_in, sign_in_page, sign_out, sign_out_page};
pub use people::{export_people, people};
pub use person::{again, change, end, hand_over, person};
pub use roster::{add_unit, invite, invite_page};

/// The member of staff before the screen, if the account still stands as the session says.
pub(crate) async fn present_member(visitor: &Visitor, site: &Site) -> Result<(Member, Signed), Failure> {
    let session = visitor.session(Realm::Staff).ok_or(Failure::Refused)?;
    let (now, signed) = (site.clock.now(), session.signed.clone());
    let asked = signed.clone();
    let member = site.db.read(move |c| present(c, now, &asked)).await?;
    Ok((member, signed))
}

/// A member of staff at a door of agencies: what they may do for which.
pub(crate) struct AtAgencies {
    pub(crate) member: Member,
    signed: Signed,
    places: Places,
}

impl AtAgencies {
    pub(crate) async fn of(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let (member, signed) = present_member(visitor, site).await?;
        let places = site.db.read(places).await?;
        Ok(Self::seated(member, signed, places))
    }

    /// The same for somebody who works without a screen.
    pub(crate) fn seated(member: Member, signed: Signed, places: Places) -> Self {
        Self { member, signed, places }
    }

    /// Whether they may do this in a branch.
    pub(crate) fn allowed(&self, act: Act, branch: &Branch) -> bool {
        may(&self.signed, act, branch).is_ok()
    }

    /// Whether they may do this in their own branch.
    pub(crate) fn allowed_here(&self, act: Act) -> bool {
        self.allowed(act, &self.member.branch())
    }

    /// Whether they may do this for an agency, wherever in the tree it stands.
    pub(crate) fn may(&self, act: Act, agency: &str) -> bool {
        self.places.of(agency).is_some_and(|branch| self.allowed(act, &branch))
    }

    /// Whether they may do this above an agency, from where it is looked after.
    pub(crate) fn may_above(&self, act: Act, agency: &str) -> bool {
        let above = self.places.of(agency).and_then(|branch| branch.parent());
        above.is_some_and(|above| self.allowed(act, &above))
    }
}

/// The same for whoever may do this in their own branch.
async fn able(visitor: &Visitor, site: &Site, act: Act) -> Result<Member, Failure> {
    let (member, signed) = present_member(visitor, site).await?;
    may(&signed, act, &member.branch())?;
    Ok(member)
}

pub(crate) fn step(visitor: &Visitor, site: &Site, action: &str, title: &str) -> Result<StepView, Failure> {
    Ok(StepView::new(visitor.frame(), visitor.form_token(site)?, action, title))
}

pub(crate) fn shown(view: &StepView) -> Result<Page, Failure> {
    let page = Page::new(view)?;
    Ok(if view.is_wrong() { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Refusals that belong beside the form; everything else is a failure of the page.
fn refusal(error: StaffError) -> Result<StaffError, Failure> {
    match error {
        StaffError::Taken | StaffError::Term | StaffError::StillHolding | StaffError::Wrong => Ok(error),
        other => Err(other.into()),
    }
}
