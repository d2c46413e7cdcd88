//! Who let a site in, shut it and opened it again.

use diesel::prelude::*;

use super::ClientId;
use crate::{
    accounts::staff::Branch,
    db::{Conn, DbError, Stamp, schema::oidc_client_acts},
    id,
    platform::Moment,
};

id! {
    /// An entry in the record of a site.
    SiteActId
}

/// So many entries are shown.
const MOST: i64 = 50;

/// Whoever does something to a site.
#[derive(Debug, Clone)]
pub struct By {
    pub name: String,
    pub branch: Branch,
}

impl By {
    /// The operator, on the command line: they stand above all branches.
    pub fn operator(name: &str) -> Self {
        Self { name: name.to_owned(), branch: Branch::city() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Approved,
    Shut,
    Reopened,
}

impl Act {
    const fn tag(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Shut => "shut",
            Self::Reopened => "reopened",
        }
    }

    fn named(tag: &str) -> Self {
        match tag {
            "approved" => Self::Approved,
            "reopened" => Self::Reopened,
            // What this program does not know keeps a site shut.
            _ => Self::Shut,
        }
    }
}

/// Something that was done to a site.
#[derive(Debug, Clone)]
pub struct SiteAct {
    pub act: Act,
    pub by: String,
    pub branch: Branch,
    pub at: Moment,
}

pub(super) fn record(c: &mut Conn, now: Moment, id: ClientId, act: Act, by: &By) -> Result<(), DbError> {
    diesel::insert_into(oidc_client_acts::table)
        .values((
            oidc_client_acts::id.eq(SiteActId::new()),
            oidc_client_acts::client_id.eq(id),
            oidc_client_acts::act.eq(act.tag()),
            oidc_client_acts::actor.eq(by.name.trim()),
            oidc_client_acts::branch.eq(by.branch.as_str()),
            oidc_client_acts::at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}

/// What was done to a site, the latest first.
pub fn history(c: &mut Conn, id: ClientId) -> Result<Vec<SiteAct>, DbError> {
    let rows: Vec<(String, String, String, Stamp)> = oidc_client_acts::table
        .filter(oidc_client_acts::client_id.eq(id))
        .order((oidc_client_acts::at.desc(), oidc_client_acts::id.desc()))
        .limit(MOST)
        .select((
            oidc_client_acts::act,
            oidc_client_acts::actor,
            oidc_client_acts::branch,
            oidc_client_acts::at,
        ))
        .load(c)?;
    let act = |(act, by, branch, at): (String, String, String, Stamp)| SiteAct {
        act: Act::named(&act),
        by,
        // A path that is none is the city's: then nobody below opens anything.
        branch: Branch::parse(&branch).unwrap_or_else(Branch::city),
        at: at.moment(),
    };
    Ok(rows.into_iter().map(act).collect())
}

/// Whether somebody of a branch may open a site again: it was shut in that branch or below, each time since it was
/// last open. One of which nobody knows who shut it is the city's.
pub fn may_reopen(history: &[SiteAct], branch: &Branch) -> bool {
    let mut shut = history.iter().take_while(|entry| entry.act == Act::Shut).peekable();
    let known = shut.peek().is_some();
    let own = shut.all(|entry| branch.contains(&entry.branch));
    own && (known || *branch == Branch::city())
}
