//! The states of a version of a package, and the one table of what leads from which to which.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use yimen_contract::Findings;
use yimen_tools::difference::Change;

use crate::{
    agencies::{InstallError, VersionId},
    db::DbError,
    platform::Moment,
};

/// Who stands on record for what the operator does on their own machine. No login name has a space.
pub const OPERATOR: &str = "the operator";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Handed in, and not found fit yet.
    Draft,
    /// The check found nothing that forbids it.
    Checked,
    /// Before a reviewer.
    Review,
    Approved,
    /// A share of the citizens gets it.
    Released,
    /// Everybody gets it.
    Live,
    /// Was live until another took its place: what is gone back to.
    Replaced,
    Withdrawn,
}

/// What is done to a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The same files are handed in once more.
    Upload,
    Recheck,
    Pass,
    Fail,
    Submit,
    Return,
    Approve,
    Release,
    GoLive,
    /// Another version takes its place.
    Replace,
    /// It takes its place back.
    Restore,
    RollBack,
    Withdraw,
    /// The operator makes it live.
    Install,
}

impl State {
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Checked,
        Self::Review,
        Self::Approved,
        Self::Released,
        Self::Live,
        Self::Replaced,
        Self::Withdrawn,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Checked => "checked",
            Self::Review => "review",
            Self::Approved => "approved",
            Self::Released => "released",
            Self::Live => "live",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.tag() == tag)
    }

    /// The state that a step leads to; `None`: it cannot be taken from here. What is not here is refused.
    pub const fn after(self, step: Step) -> Option<Self> {
        use State::{Approved, Checked, Draft, Live, Released, Replaced, Review, Withdrawn};
        Some(match (self, step) {
            (Replaced | Withdrawn, Step::Upload) | (Draft | Checked, Step::Recheck) | (Draft, Step::Fail) => {
                Draft
            }
            (Draft, Step::Pass) | (Review, Step::Return) => Checked,
            // One that was approved is looked at again when another went live in the meantime.
            (Checked | Approved, Step::Submit) => Review,
            (Review, Step::Approve) => Approved,
            (Approved | Released, Step::Release) => Released,
            (Approved | Released, Step::GoLive)
            | (Replaced, Step::Restore)
            | (Draft | Checked | Review | Approved | Released | Replaced | Withdrawn, Step::Install) => Live,
            (Live, Step::Replace) => Replaced,
            (Live, Step::RollBack) | (Draft | Checked | Review | Approved | Released, Step::Withdraw) => {
                Withdrawn
            }
            _ => return None,
        })
    }
}

impl Step {
    pub const ALL: [Self; 14] = [
        Self::Upload,
        Self::Recheck,
        Self::Pass,
        Self::Fail,
        Self::Submit,
        Self::Return,
        Self::Approve,
        Self::Release,
        Self::GoLive,
        Self::Replace,
        Self::Restore,
        Self::RollBack,
        Self::Withdraw,
        Self::Install,
    ];

    /// The word in the record. What follows from another step has none of its own.
    pub const fn act(self) -> Option<&'static str> {
        Some(match self {
            Self::Upload => "uploaded",
            Self::Pass => "checked",
            Self::Fail => "faulty",
            Self::Submit => "submitted",
            Self::Return => "returned",
            Self::Approve => "approved",
            Self::Release => "released",
            Self::GoLive => "live",
            Self::RollBack => "rolled-back",
            Self::Withdraw => "withdrawn",
            Self::Install => "installed",
            Self::Recheck | Self::Replace | Self::Restore => return None,
        })
    }
}

/// A version that a share of the citizens gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub version: VersionId,
    pub percent: u8,
}

impl Candidate {
    /// Whether a citizen gets it. The same citizen gets the same answer for an agency, whatever the version, and
    /// whoever gets it at ten of a hundred gets it at twenty, too.
    pub fn is_for(&self, citizen: Uuid, slug: &str) -> bool {
        let digest = Sha256::new().chain_update(slug).chain_update(citizen.as_bytes()).finalize();
        let number = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
        // Of a hundred equal parts; what is left over of 2³² is far below one in a million.
        number % 100 < u32::from(self.percent)
    }
}

/// That an agency's services are shut, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    pub since: Moment,
    pub why: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// The package itself is wrong.
    #[error("{0}")]
    Refused(Findings),
    #[error("the service code {code} belongs to the package {owner}")]
    CodeTaken { code: String, owner: String },
    #[error("there is no such version")]
    Unknown,
    #[error("the agency is not admitted yet")]
    NotAdmitted,
    #[error("the agency is admitted already, or an application waits")]
    AppliedAlready,
    #[error("these very files are version {0}")]
    Same(i32),
    #[error("a version that is {} cannot take this step", .0.tag())]
    NotFrom(State),
    #[error("whoever handed it in cannot decide about it")]
    OwnApproval,
    #[error("changes that break something were not agreed to one by one")]
    Unticked(Vec<Change>),
    #[error(
        "the service {0} asks for another sign-in, or is served otherwise, than before: release it for everybody"
    )]
    NotForSome(String),
    #[error("there is no version that the others could keep")]
    NoStable,
    #[error("another version went live since this one was approved")]
    Stale,
    #[error("another version is released to some already")]
    AnotherCandidate,
    #[error("there is no version to go back to")]
    NothingBefore,
    #[error("say why")]
    NoReason,
    /// Somebody of a higher branch shut it.
    #[error("it was shut by a higher branch, which alone can open it again")]
    ShutAbove,
    #[error("the stored form of a package cannot be read: {0}")]
    Stored(String),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for ReleaseError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<InstallError> for ReleaseError {
    fn from(error: InstallError) -> Self {
        match error {
            InstallError::Refused(findings) => Self::Refused(findings),
            InstallError::CodeTaken { code, owner } => Self::CodeTaken { code, owner },
            InstallError::Unknown(_) => Self::Unknown,
            InstallError::NoEarlier(_) => Self::NothingBefore,
            InstallError::Stored(why) => Self::Stored(why),
            InstallError::Db(error) => Self::Db(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The table once more, as a list: an edge that is added or lost by accident is seen here.
    const EDGES: &[(State, Step, State)] = {
        use State::{Approved, Checked, Draft, Live, Released, Replaced, Review, Withdrawn};
        use Step as S;
        &[
            (Withdrawn, S::Upload, Draft),
            (Replaced, S::Upload, Draft),
            (Draft, S::Recheck, Draft),
            (Checked, S::Recheck, Draft),
            (Draft, S::Fail, Draft),
            (Draft, S::Pass, Checked),
            (Review, S::Return, Checked),
            (Checked, S::Submit, Review),
            (Approved, S::Submit, Review),
            (Review, S::Approve, Approved),
            (Approved, S::Release, Released),
            (Released, S::Release, Released),
            (Approved, S::GoLive, Live),
            (Released, S::GoLive, Live),
            (Replaced, S::Restore, Live),
            (Live, S::Replace, Replaced),
            (Live, S::RollBack, Withdrawn),
            (Draft, S::Withdraw, Withdrawn),
            (Checked, S::Withdraw, Withdrawn),
            (Review, S::Withdraw, Withdrawn),
            (Approved, S::Withdraw, Withdrawn),
            (Released, S::Withdraw, Withdrawn),
            (Draft, S::Install, Live),
            (Checked, S::Install, Live),
            (Review, S::Install, Live),
            (Approved, S::Install, Live),
            (Released, S::Install, Live),
            (Replaced, S::Install, Live),
            (Withdrawn, S::Install, Live),
        ]
    };

    #[test]
    fn every_edge_that_is_not_written_down_is_refused() {
        for state in State::ALL {
            for step in Step::ALL {
                let edge = EDGES.iter().find(|(from, by, _)| (*from, *by) == (state, step));
                assert_eq!(state.after(step), edge.map(|(.., to)| *to), "{state:?} {step:?}");
            }
        }
    }

    proptest! {
        /// However the steps come, nothing reaches the citizens that was not checked and approved after it was last
        /// handed in, unless the operator did it.
        #[test]
        fn nothing_is_live_that_nobody_approved(steps in prop::collection::vec(0..Step::ALL.len(), 0..60)) {
            let (mut state, mut checked, mut approved) = (State::Draft, false, false);
            for step in steps.into_iter().map(|at| Step::ALL[at]) {
                let Some(next) = state.after(step) else { continue };
                match step {
                    Step::Upload => (checked, approved) = (false, false),
                    Step::Recheck => checked = false,
                    Step::Pass => checked = true,
                    Step::Submit => approved = false,
                    Step::Approve => approved = true,
                    Step::Install => (checked, approved) = (true, true),
                    _ => {}
                }
                state = next;
                if matches!(state, State::Released | State::Live) {
                    prop_assert!(checked && approved, "{state:?}");
                }
            }
        }

        /// Whoever gets a candidate keeps it when its share grows, and nobody gets one that is for none.
        #[test]
        fn a_share_only_grows(citizen in any::<u128>(), lower in 0_u8..=100, upper in 0_u8..=100) {
            let (lower, upper) = (lower.min(upper), lower.max(upper));
            let candidate = |percent| Candidate { version: VersionId::from(Uuid::nil()), percent };
            let citizen = Uuid::from_u128(citizen);
            let (some, more) = (candidate(lower).is_for(citizen, "library"), candidate(upper).is_for(citizen, "library"));
            prop_assert!(!some || more);
            prop_assert!(!candidate(0).is_for(citizen, "library") && candidate(100).is_for(citizen, "library"));
        }
    }

    #[test]
    fn a_tenth_of_the_city_is_a_tenth() {
        let candidate = Candidate { version: VersionId::from(Uuid::nil()), percent: 10 };
        let chosen = |slug: &str| {
            (0..20_000_u128).filter(|n| candidate.is_for(Uuid::from_u128(n * 7919), slug)).collect::<Vec<_>>()
        };
        let (one, other) = (chosen("library"), chosen("museum"));
        assert!((1_800..2_200).contains(&one.len()), "{}", one.len());
        assert_ne!(one, other, "not the same people for every agency");
    }
}
