//! Roles, the tree of agencies, and the one table of who may do what.

use std::fmt;

use crate::{
    accounts::AccountError,
    db::DbError,
    ledger::{JoinError, LedgerError},
    platform::keys::KeyError,
    web::{Failure, session::Signed},
};

/// City, district, street or agency: deeper the tree does not go.
const LEVELS: usize = 3;

/// A branch of the tree, as the path to it: `/`, `/traffic-police/`, `/yunjiang/chengbei/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Branch(String);

impl Branch {
    /// The whole city.
    pub fn city() -> Self {
        Self("/".to_owned())
    }

    /// From `traffic-police`, `yunjiang/chengbei` or the full path.
    pub fn parse(typed: &str) -> Option<Self> {
        let parts: Vec<&str> =
            typed.trim().trim_matches('/').split('/').filter(|part| !part.is_empty()).collect();
        let plain = |part: &&str| {
            part.len() <= 40
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if parts.len() >= LEVELS || !parts.iter().all(plain) {
            return None;
        }
        Some(Self(if parts.is_empty() { "/".to_owned() } else { format!("/{}/", parts.join("/")) }))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `other` is this branch or part of it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The branch this one is part of.
    pub fn parent(&self) -> Option<Self> {
        let inner = self.0.trim_end_matches('/');
        inner.rsplit_once('/').map(|(above, _)| Self(format!("{above}/")))
    }

    /// What it is called within the branch above it; nothing for the city.
    pub fn last(&self) -> &str {
        self.0.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
    }

    /// What rows of this branch and of its parts begin with, for `LIKE`. Paths hold none of its signs.
    pub fn pattern(&self) -> String {
        format!("{}%", self.0)
    }

    /// Whether a path, as it is kept, is this branch or part of it.
    pub fn covers(&self, path: &str) -> bool {
        path.starts_with(&self.0)
    }

    pub(super) fn kept(path: &str) -> Self {
        Self(path.to_owned())
    }
}

impl fmt::Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Manages the people of a branch.
    Administrator,
    /// Leads an agency: its officers and helpers, and the counter.
    Manager,
    /// Works cases and helps people at the counter.
    Officer,
    /// Connects an agency's systems.
    Integrator,
    /// Reads what was done, changes nothing.
    Auditor,
    /// Does assigned work, until a date.
    Helper,
}

impl Role {
    pub const ALL: [Self; 6] =
        [Self::Administrator, Self::Manager, Self::Officer, Self::Integrator, Self::Auditor, Self::Helper];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Manager => "manager",
            Self::Officer => "officer",
            Self::Integrator => "integrator",
            Self::Auditor => "auditor",
            Self::Helper => "helper",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.tag() == tag)
    }

    pub(super) const fn may(self, act: Act) -> bool {
        match act {
            Act::SeePeople => matches!(self, Self::Administrator | Self::Manager | Self::Auditor),
            Act::ManagePeople => matches!(self, Self::Administrator | Self::Manager),
            // Whoever gives out rights does not use them on citizens, and the other way round.
            Act::Counter => matches!(self, Self::Manager | Self::Officer),
            Act::Answer => matches!(self, Self::Manager | Self::Officer),
            Act::WorkCases => matches!(self, Self::Manager | Self::Officer),
            // Confirming what an officer drafted, and overruling a rule of the desk with a reason.
            Act::ApproveCases => matches!(self, Self::Manager),
            // Seeing to it that an application reaches its agency; what stands in it is not shown for this.
            Act::Redrive => matches!(self, Self::Administrator | Self::Manager | Self::Officer),
            Act::WorkAssigned => matches!(self, Self::Manager | Self::Officer | Self::Helper),
            Act::Integrate => matches!(self, Self::Manager | Self::Integrator),
            Act::Audit => matches!(self, Self::Auditor),
            Act::Suspend => matches!(self, Self::Administrator | Self::Manager),
            // Who sent a tip-off is told to nobody who deals with it.
            Act::Warn | Act::Approve | Act::AnswerAbove | Act::SeeAuthor => {
                matches!(self, Self::Administrator)
            }
        }
    }

    /// Which roles somebody of this one may give: nobody makes a stronger one than their own.
    pub const fn may_give(self, other: Self) -> bool {
        match self {
            Self::Administrator => true,
            Self::Manager => matches!(other, Self::Officer | Self::Integrator | Self::Helper),
            _ => false,
        }
    }
}

/// What a member of staff is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// See who works in a branch.
    SeePeople,
    /// Invite, change, end.
    ManagePeople,
    /// Help a citizen who stands at the counter.
    Counter,
    WorkCases,
    /// Confirm what an officer drafted.
    ApproveCases,
    /// Bring applications on their way that could not be handed over.
    Redrive,
    /// Say why somebody looked, correct what is wrong, and follow up bad ratings.
    Answer,
    /// The same where a branch below did not do it well; and decide what it has against ratings.
    AnswerAbove,
    /// Work that was assigned by name.
    WorkAssigned,
    Integrate,
    Audit,
    /// Let in what agencies register and hand in: their sites, their packages.
    Approve,
    /// Shut an agency's services, and open them again.
    Suspend,
    /// Tell citizens that their data got into wrong hands.
    Warn,
    /// Learn who sent something whose sender is secret, for a reason.
    SeeAuthor,
}

impl Act {
    pub const ALL: [Self; 15] = [
        Self::SeePeople,
        Self::ManagePeople,
        Self::Counter,
        Self::WorkCases,
        Self::ApproveCases,
        Self::Redrive,
        Self::Answer,
        Self::AnswerAbove,
        Self::WorkAssigned,
        Self::Integrate,
        Self::Audit,
        Self::Approve,
        Self::Suspend,
        Self::Warn,
        Self::SeeAuthor,
    ];
}

/// Role and branch, as a session carries them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub role: Role,
    pub branch: Branch,
}

impl Standing {
    pub fn of(signed: &Signed) -> Option<Self> {
        let (role, branch) = signed.role.as_deref()?.split_once('@')?;
        Some(Self { role: Role::named(role)?, branch: Branch::kept(branch) })
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.role.tag(), self.branch)
    }
}

/// Whether this session may do this in this branch: the one place that decides it.
pub fn may(signed: &Signed, act: Act, branch: &Branch) -> Result<(), StaffError> {
    let standing = Standing::of(signed).ok_or(StaffError::NotAllowed)?;
    let fine = standing.role.may(act) && standing.branch.contains(branch);
    if fine { Ok(()) } else { Err(StaffError::NotAllowed) }
}

#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Account(#[from] AccountError),
    /// Not there, or in another branch: which of the two is not told.
    #[error("there is no such member of staff")]
    Unknown,
    /// The account is ended, or over, or was changed since the session began.
    #[error("the session does not hold any more")]
    Gone,
    #[error("not allowed")]
    NotAllowed,
    #[error("the login name is taken")]
    Taken,
    /// A helper without an end date, or an end in the past.
    #[error("the end date is not possible")]
    Term,
    /// Work must be handed over first.
    #[error("work has to be handed over first")]
    StillHolding,
    /// Two accounts hold things of this kind of which a person has one at a time.
    #[error("both accounts have open {0} that exclude one another")]
    Both(&'static str),
    /// Password, code or login: which of them is not told.
    #[error("signing in failed")]
    Wrong,
}

impl From<diesel::result::Error> for StaffError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<JoinError> for StaffError {
    fn from(error: JoinError) -> Self {
        match error {
            JoinError::Ledger(error) => error.into(),
            JoinError::Both(kind) => Self::Both(kind),
        }
    }
}

impl From<StaffError> for Failure {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::Db(error) | StaffError::Ledger(LedgerError::Db(error)) => error.into(),
            StaffError::Account(error) => error.into(),
            StaffError::Unknown => Self::NotFound,
            StaffError::Keys(error) => Self::broken(error),
            StaffError::Ledger(error) => Self::broken(error),
            _ => Self::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branch(path: &str) -> Branch {
        Branch::parse(path).unwrap()
    }

    #[test]
    fn a_branch_contains_its_parts_and_not_its_namesakes() {
        let district = branch("yunjiang");
        assert_eq!(district.as_str(), "/yunjiang/");
        assert_eq!(
            [district.last(), branch("/yunjiang/chengbei/").last(), branch("/").last()],
            ["yunjiang", "chengbei", ""]
        );
        assert!(district.contains(&branch("/yunjiang/chengbei/")));
        assert!(district.contains(&district));
        for other in ["/", "yunjiang-new", "wangshan", "wangshan/yunjiang"] {
            assert!(!district.contains(&branch(other)), "{other}");
        }
        assert!(Branch::city().contains(&branch("wangshan/chengbei")));
        assert_eq!(branch("yunjiang/chengbei").parent(), Some(district));
        assert_eq!(branch("yunjiang").parent(), Some(Branch::city()));
        assert_eq!(Branch::city().parent(), None);
    }

    #[test]
    fn a_path_is_plain_and_three_levels_deep_at_most() {
        for wrong in ["a/b/c", "A", "a b", "a%", "_", "云江", "..", "a/../b"] {
            assert_eq!(Branch::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Branch::parse("//"), Some(Branch::city()));
    }

    #[test]
    fn nobody_gives_a_stronger_role_than_their_own() {
        for role in Role::ALL {
            for other in Role::ALL {
                if role.may_give(other) && role != Role::Administrator {
                    assert!(!matches!(other, Role::Administrator | Role::Manager | Role::Auditor));
                }
            }
        }
        assert!(Role::Helper.may(Act::WorkAssigned) && !Role::Helper.may(Act::WorkCases));
        assert!(!Role::Administrator.may(Act::Counter));
    }
}
