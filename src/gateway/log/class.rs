//! What came of a call, in the words of the log.

use yimen_contract::capability::Capability;
use yimen_drivers::{CallError, Shut};

/// How a call went. None tells anything of whom it was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Answered,
    /// From a daily file, with its time.
    FromFile,
    /// The agency said no to this question.
    Refused,
    NotSent,
    /// It may have been done or not.
    Unknown,
    Busy,
    Broken,
    /// The page's time was over before an answer came.
    GivenUp,
    Credentials,
    Impossible,
    /// The portal could not do its part.
    Ours,
    /// Not called: shut by its hours, or by maintenance that was announced.
    Shut,
    /// Not called: by order.
    Ordered,
    /// Not called: its services are shut, under a sanction or by somebody's word.
    Barred,
    /// Not called: this failed too often.
    Suspended,
    /// Not called: it failed again and again and is left alone for a while.
    Resting,
    /// Not called: as many calls as its line carries were under way.
    Full,
    /// Not called: nothing is bound.
    Unbound,
}

impl Class {
    pub const ALL: [Self; 18] = [
        Self::Answered,
        Self::FromFile,
        Self::Refused,
        Self::NotSent,
        Self::Unknown,
        Self::Busy,
        Self::Broken,
        Self::GivenUp,
        Self::Credentials,
        Self::Impossible,
        Self::Ours,
        Self::Shut,
        Self::Ordered,
        Self::Barred,
        Self::Suspended,
        Self::Resting,
        Self::Full,
        Self::Unbound,
    ];

    /// The word in the database, in addresses and in metrics.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::FromFile => "from-file",
            Self::Refused => "refused",
            Self::NotSent => "not-sent",
            Self::Unknown => "unknown",
            Self::Busy => "busy",
            Self::Broken => "broken",
            Self::GivenUp => "given-up",
            Self::Credentials => "credentials",
            Self::Impossible => "impossible",
            Self::Ours => "ours",
            Self::Shut => "shut",
            Self::Ordered => "ordered",
            Self::Barred => "barred",
            Self::Suspended => "suspended",
            Self::Resting => "resting",
            Self::Full => "full",
            Self::Unbound => "unbound",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.tag() == tag)
    }

    /// Whether the agency said something that can be understood.
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Answered | Self::FromFile | Self::Refused)
    }

    /// Whether it speaks against the agency's backend.
    pub const fn is_fault(self) -> bool {
        matches!(self, Self::NotSent | Self::Unknown | Self::Busy | Self::Broken | Self::GivenUp)
    }

    /// Whether somebody who asked could not reach it: it failed, or was left alone because it had failed.
    pub const fn is_away(self) -> bool {
        self.is_fault() || matches!(self, Self::Suspended | Self::Resting)
    }

    /// Whether anything left the portal.
    pub const fn is_call(self) -> bool {
        !matches!(
            self,
            Self::Shut
                | Self::Ordered
                | Self::Barred
                | Self::Suspended
                | Self::Resting
                | Self::Full
                | Self::Unbound
        )
    }

    pub(in crate::gateway) const fn of_error(error: &CallError) -> Self {
        match error {
            CallError::NotSent(_) => Self::NotSent,
            CallError::Ours { .. } => Self::Ours,
            CallError::Impossible(_) => Self::Impossible,
            CallError::Unknown(_) => Self::Unknown,
            CallError::Busy { .. } => Self::Busy,
            CallError::Credentials(_) => Self::Credentials,
            CallError::Refused(_) => Self::Refused,
            CallError::Broken(_) => Self::Broken,
        }
    }

    pub(in crate::gateway) const fn of_shut(shut: Shut) -> Self {
        match shut {
            Shut::Resting(_) => Self::Resting,
            Shut::Full => Self::Full,
        }
    }
}

/// Kinds of questions as people name them: several capabilities are one matter to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    Health,
    Identity,
    Lookup,
    Cases,
    Slots,
    Dues,
    Licences,
    Bindings,
    Threads,
    Files,
    Payments,
    Messages,
}

impl Matter {
    pub fn of(capability: Capability) -> Self {
        match capability.name().split('.').next().unwrap_or_default() {
            "health" => Self::Health,
            "identity" => Self::Identity,
            "case" => Self::Cases,
            "slots" => Self::Slots,
            "dues" => Self::Dues,
            "licences" => Self::Licences,
            "binding" => Self::Bindings,
            "thread" => Self::Threads,
            "file" => Self::Files,
            "pay" => Self::Payments,
            "message" => Self::Messages,
            _ => Self::Lookup,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_found_by_its_word_and_is_one_thing_only() {
        for class in Class::ALL {
            assert_eq!(Class::named(class.tag()), Some(class));
            assert!(!(class.is_answer() && class.is_fault()), "{class:?}");
            assert!(class.is_call() || !(class.is_answer() || class.is_fault()), "{class:?}");
        }
    }

    #[test]
    fn faults_are_those_that_the_line_counts() {
        let code = yimen_drivers::Code::from(500);
        for error in [
            CallError::NotSent(String::new()),
            CallError::Ours { text: String::new(), sent: true },
            CallError::Impossible(String::new()),
            CallError::Unknown(String::new()),
            CallError::Busy { retry_after: None },
            CallError::Credentials(code.clone()),
            CallError::Refused(code),
            CallError::Broken(String::new()),
        ] {
            assert_eq!(Class::of_error(&error).is_fault(), error.is_fault(), "{error:?}");
        }
    }
}
