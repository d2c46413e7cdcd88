//! What came of putting a question to a backend, and what of that is shown.

use chrono::TimeDelta;
use serde_json::Value;
use yimen_contract::capability::{Capability, Outcome};
use yimen_drivers::{CallError, Shut};

use crate::{gateway::log::Class, platform::Moment};

/// What came of putting a question.
pub(in crate::gateway) enum Put<A> {
    /// The backend was called. An answer comes with its time, if it is not of now.
    Answered(Result<(A, Option<Moment>), CallError>),
    /// It was not called, and may be later.
    Shut(Option<Moment>, Class),
}

impl<A> Put<A> {
    pub(super) const fn class(&self) -> Class {
        match self {
            Self::Answered(Ok((_, None))) => Class::Answered,
            Self::Answered(Ok((_, Some(_)))) => Class::FromFile,
            Self::Answered(Err(error)) => Class::of_error(error),
            Self::Shut(_, class) => *class,
        }
    }
}

pub(super) fn resting<A>(shut: Shut) -> Put<A> {
    let until = match shut {
        Shut::Resting(until) => Some(until),
        Shut::Full => None,
    };
    Put::Shut(until, Class::of_shut(shut))
}

/// The answer in the contract's types. What does not fit them is no answer.
pub(super) fn read<A: serde::de::DeserializeOwned>(answer: Value) -> Result<A, CallError> {
    // The cause names only fields of the contract; values that do not fit could be personal, and stay out.
    serde_json::from_value(answer)
        .map_err(|_| CallError::Broken("it does not have the form of the contract".to_owned()))
}

/// What is shown of an answer; one from a daily file is never more than that file's.
pub(super) fn outcome<A>(
    agency: &str,
    capability: Capability,
    now: Moment,
    answer: Result<(A, Option<Moment>), CallError>,
) -> Outcome<A> {
    let error = match answer {
        Ok((answer, None)) => return Outcome::Fresh(answer),
        Ok((value, Some(since))) => return Outcome::Stale { value, since },
        // It answered, and said no. That is no failure of the agency's, and no answer either.
        Err(CallError::Refused(code)) => {
            tracing::info!(agency, capability = capability.name(), %code, "an agency refused to answer");
            return Outcome::NotEntitled;
        }
        Err(error) => error,
    };
    let (capability, kind) = (capability.name(), error.tag());
    metrics::counter!("yimen_agency_faults_total", "agency" => agency.to_owned(), "kind" => kind)
        .increment(1);
    if error.is_fault() {
        tracing::warn!(agency, capability, kind, %error, "an agency did not answer");
    } else {
        tracing::error!(agency, capability, kind, %error, "an agency cannot be called");
    }
    let until = match error {
        CallError::Busy { retry_after: Some(after) } => {
            TimeDelta::from_std(after).ok().and_then(|after| now.checked_add_signed(after))
        }
        _ => None,
    };
    Outcome::Unavailable { until }
}
