//! What becomes of a refusal: the word by which the next page says it, or a failure of the page.

use crate::{agencies::releases::ReleaseError, web::Failure};

/// The word for a refusal that a person can do something about.
pub(super) fn word(error: ReleaseError) -> Result<&'static str, Failure> {
    Ok(match error {
        ReleaseError::Db(error) => return Err(error.into()),
        ReleaseError::Stored(why) => return Err(Failure::broken(why)),
        ReleaseError::Unknown => return Err(Failure::NotFound),
        // These are said on the page itself, with more than a word.
        ReleaseError::Refused(_) | ReleaseError::Unticked(_) | ReleaseError::NotFrom(_) => "changed",
        ReleaseError::CodeTaken { .. } => "taken",
        ReleaseError::NotAdmitted => "not-admitted",
        ReleaseError::AppliedAlready => "applied-already",
        ReleaseError::Same(_) => "same",
        ReleaseError::OwnApproval => "own",
        ReleaseError::NotForSome(_) => "not-for-some",
        ReleaseError::NoStable => "no-stable",
        ReleaseError::Stale => "stale",
        ReleaseError::AnotherCandidate => "another",
        ReleaseError::NothingBefore => "nothing-before",
        ReleaseError::NoReason => "no-reason",
        ReleaseError::ShutAbove => "above",
    })
}

/// The word after a step: its own, or that of its refusal.
pub(super) fn said<T>(done: Result<T, ReleaseError>, own: &'static str) -> Result<&'static str, Failure> {
    done.map_or_else(word, |_| Ok(own))
}
