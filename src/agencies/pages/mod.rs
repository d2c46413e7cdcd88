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
pub use queue::{application_page, decide_application, export_queue, funnel, queue};
pub use register::{new_site, register_site};
pub use review::{decide_review, review_page, reviewed};
pub use sites::{approve_site, site, sites, suspend_site};
pub use version::{version_page, version_step};

use std::ops::Deref;

use crate::{
    accounts::staff::{
        Act,
        pages::{AtAgencies, shown, step},
    },
    agencies::clients::By,
    web::{Failure, Site, Visitor},
};

/// Whoever connects agencies' systems, or lets in what was connected.
pub(crate) struct Reader(AtAgencies);

impl Deref for Reader {
    type Target = AtAgencies;

    fn deref(&self) -> &AtAgencies {
        &self.0
    }
}

impl Reader {
    pub(crate) async fn of(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let at = AtAgencies::of(visitor, site).await?;
        let comes_in = at.allowed_here(Act::Integrate) || at.allowed_here(Act::Approve);
        if comes_in { Ok(Self(at)) } else { Err(Failure::Refused) }
    }

    /// How they stand in the record of what they do.
    pub(crate) fn by(&self) -> By {
        By { name: self.member.login.clone(), branch: self.member.branch() }
    }

    /// Whether they decide about what an agency hands in: from above it, never from within.
    fn reviews(&self, agency: &str) -> bool {
        self.may_above(Act::Approve, agency)
    }

    /// Whether an agency's matters are theirs at all.
    pub(crate) fn sees(&self, agency: &str) -> bool {
        self.may(Act::Integrate, agency) || self.may(Act::Approve, agency)
    }
}
