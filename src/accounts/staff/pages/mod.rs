//! Pages of members of staff about themselves and their people.

mod access;
mod account;
mod breach;
mod claims;
mod counter;
mod desk;
mod entry;
mod person;
mod roster;

use actix_web::http::StatusCode;

use super::{Act, Member, StaffError, may, present};
use crate::web::{
    Failure, Page, Site, Visitor,
    frame::StepView,
    session::{Realm, Signed},
};

pub use access::{access, access_page};
pub use account::{account, account_codes, account_end, account_password};
pub use breach::{breach, breach_page, breach_read, warn};
pub use claims::{assign_claim, claims, confirm, look, refuse};
pub use counter::{correct, counter, counter_page, give_access, hold, merge};
pub use desk::desk;
pub use entry::{join, join_page, sign_in, sign_in_page, sign_out, sign_out_page};
pub use person::{again, change, end, hand_over, person};
pub use roster::{add_unit, invite, invite_page, people};

/// The member of staff before the screen, if the account still stands as the session says.
pub(crate) async fn present_member(visitor: &Visitor, site: &Site) -> Result<(Member, Signed), Failure> {
    let session = visitor.session(Realm::Staff).ok_or(Failure::Refused)?;
    let (now, signed) = (site.clock.now(), session.signed.clone());
    let asked = signed.clone();
    let member = site.db.read(move |c| present(c, now, &asked)).await?;
    Ok((member, signed))
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
