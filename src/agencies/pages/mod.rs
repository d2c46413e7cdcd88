//! Pages of agencies about themselves, and of those who let in what agencies register.

mod apply;
mod bindings;
mod chosen;
mod console;
mod imports;
mod outcome;
mod package;
mod queue;
mod register;
mod review;
mod sites;
mod version;

pub use apply::{apply, apply_page};
pub use bindings::{approve, bindings, contact, contact_page, propose, propose_page};
pub(crate) use chosen::Chosen;
pub use console::console;
pub use imports::{import_draft, import_page};
pub use package::{history, import_description, package_page, reopen, roll_back, suspend, upload};
pub use queue::{application_page, decide_application, funnel, queue};
pub use register::{new_site, register_site};
pub use review::{decide_review, review_page, reviewed};
pub use sites::{approve_site, site, sites, suspend_site};
pub use version::{version_page, version_step};

use crate::{
    accounts::staff::{
        self, Act, Branch, Member, Places, may,
        pages::{present_member, shown, step},
    },
    agencies::clients::By,
    web::{Failure, Site, Visitor, session::Signed},
};

/// Whoever connects agencies' systems, or lets in what was connected.
pub(crate) struct Reader {
    pub(crate) member: Member,
    signed: Signed,
    places: Places,
}

impl Reader {
    pub(crate) async fn of(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let (member, signed) = present_member(visitor, site).await?;
        let places = site.db.read(staff::places).await?;
        let reader = Self { member, signed, places };
        let own = reader.member.branch();
        if reader.allowed(Act::Integrate, &own) || reader.allowed(Act::Approve, &own) {
            Ok(reader)
        } else {
            Err(Failure::Refused)
        }
    }

    pub(crate) fn allowed(&self, act: Act, branch: &Branch) -> bool {
        may(&self.signed, act, branch).is_ok()
    }

    /// Whether they may do this for an agency, which is a branch under its public name.
    pub(crate) fn may(&self, act: Act, agency: &str) -> bool {
        self.places.of(agency).is_some_and(|branch| self.allowed(act, &branch))
    }

    /// How they stand in the record of what they do.
    pub(crate) fn by(&self) -> By {
        By { name: self.member.login.clone(), branch: self.member.branch() }
    }

    /// Whether they decide about what an agency hands in: from above it, never from within.
    fn reviews(&self, agency: &str) -> bool {
        let above = self.places.of(agency).and_then(|branch| branch.parent());
        above.is_some_and(|above| self.allowed(Act::Approve, &above))
    }

    /// Whether an agency's matters are theirs at all.
    pub(crate) fn sees(&self, agency: &str) -> bool {
        self.may(Act::Integrate, agency) || self.may(Act::Approve, agency)
    }
}
