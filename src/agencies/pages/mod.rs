//! Pages of agencies about themselves, and of those who let in what agencies register.

mod register;
mod sites;

pub use register::{new_site, register_site};
pub use sites::{approve_site, site, sites, suspend_site};

use crate::{
    accounts::staff::{
        Act, Branch, Member, may,
        pages::{present_member, shown, step},
    },
    web::{Failure, Site, Visitor, session::Signed},
};

/// Whoever connects agencies' systems, or lets in what was connected.
struct Reader {
    member: Member,
    signed: Signed,
}

impl Reader {
    async fn of(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let (member, signed) = present_member(visitor, site).await?;
        let reader = Self { member, signed };
        let own = reader.member.branch();
        if reader.allowed(Act::Integrate, &own) || reader.allowed(Act::Approve, &own) {
            Ok(reader)
        } else {
            Err(Failure::Refused)
        }
    }

    fn allowed(&self, act: Act, branch: &Branch) -> bool {
        may(&self.signed, act, branch).is_ok()
    }

    /// Whether they may do this for an agency, which is a branch under its public name.
    fn may(&self, act: Act, agency: &str) -> bool {
        Branch::parse(agency).is_some_and(|branch| self.allowed(act, &branch))
    }

    /// Whether an agency's matters are theirs at all.
    fn sees(&self, agency: &str) -> bool {
        self.may(Act::Integrate, agency) || self.may(Act::Approve, agency)
    }
}
