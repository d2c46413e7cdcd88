//! What a reminder is, what can become of it, and the one table of how.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::dates::Matter;

/// What makes two reminders the same. The numbers are the portal's own, as plain as they are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    pub holder: u128,
    pub document: u128,
    pub expiry: NaiveDate,
    /// The rule: which of the document's dates, and how long before.
    pub matter: Matter,
    pub days_before: u16,
    pub channel: u8,
}

/// What has become of a reminder that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    Waiting,
    Sent,
    Suppressed(Reason),
    Failed(Failure),
}

/// Why a reminder was not to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A later reminder of the same date was due as well.
    Overtaken,
    /// Nothing could be done about it any more.
    TooLate,
    Renewed,
    /// Its source names another expiry.
    Moved,
    /// The holder wants none about this document.
    Muted,
    /// The holder discarded the document, or its source no longer knows it.
    Discarded,
    /// A new version of its package plans other reminders.
    RuleChanged,
    /// The holder has not agreed to reminders that need it.
    NotAgreed,
    /// The holder's account has ended.
    AccountEnded,
}

/// Why a reminder could not be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// There is nowhere to send it.
    NoAddress,
    /// The address took nothing.
    Bounced,
    /// The provider refused it.
    Refused,
    /// Every attempt failed until its time was over.
    OutOfTime,
    /// It was handed over, and whether it arrived is not known.
    Uncertain,
}

impl Reason {
    pub const ALL: [Self; 9] = [
        Self::Overtaken,
        Self::TooLate,
        Self::Renewed,
        Self::Moved,
        Self::Muted,
        Self::Discarded,
        Self::RuleChanged,
        Self::NotAgreed,
        Self::AccountEnded,
    ];

    /// Whether it can pass, and the reminder be due again: the expiry moves back, the holder thinks again.
    fn can_pass(self) -> bool {
        matches!(self, Self::Moved | Self::Muted | Self::Discarded | Self::RuleChanged | Self::NotAgreed)
    }
}

impl Failure {
    pub const ALL: [Self; 5] =
        [Self::NoAddress, Self::Bounced, Self::Refused, Self::OutOfTime, Self::Uncertain];
}

/// What happens to a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    Send,
    Suppress(Reason),
    Fail(Failure),
    /// A person has it tried again.
    Redrive,
    /// What it was suppressed for has passed, and it is still of use.
    Rearm,
}

/// What happened cannot happen to a reminder in that phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{event:?} cannot happen to a reminder that is {phase:?}")]
pub struct Refused {
    pub phase: Phase,
    pub event: Event,
}

/// The table of transitions. What stands in no line is refused: nothing is sent twice, and nothing that was sent is
/// taken back.
pub fn step(phase: Phase, event: Event) -> Result<Phase, Refused> {
    match (phase, event) {
        (Phase::Waiting, Event::Send) => Ok(Phase::Sent),
        (Phase::Waiting, Event::Suppress(reason)) => Ok(Phase::Suppressed(reason)),
        (Phase::Waiting, Event::Fail(failure)) => Ok(Phase::Failed(failure)),
        // What may have arrived is not sent again.
        (Phase::Failed(failure), Event::Redrive) if failure != Failure::Uncertain => Ok(Phase::Waiting),
        (Phase::Suppressed(reason), Event::Rearm) if reason.can_pass() => Ok(Phase::Waiting),
        (phase, event) => Err(Refused { phase, event }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_edges_of_the_table_exist() {
        let phases = [Phase::Waiting, Phase::Sent]
            .into_iter()
            .chain(Reason::ALL.map(Phase::Suppressed))
            .chain(Failure::ALL.map(Phase::Failed));
        let events: Vec<Event> = [Event::Send, Event::Redrive, Event::Rearm]
            .into_iter()
            .chain(Reason::ALL.map(Event::Suppress))
            .chain(Failure::ALL.map(Event::Fail))
            .collect();
        let (mut taken, mut refused) = (0, 0);
        for phase in phases {
            for event in &events {
                match step(phase, *event) {
                    Ok(_) => taken += 1,
                    Err(error) => {
                        assert_eq!(error, Refused { phase, event: *event });
                        refused += 1;
                    }
                }
            }
        }
        // From waiting: sent, nine reasons, five failures. Back to it: five reasons that can pass, four failures.
        assert_eq!((taken, refused), (1 + 9 + 5 + 5 + 4, 16 * 17 - 24));
    }

    #[test]
    fn what_was_sent_stays_sent() {
        for event in [Event::Send, Event::Redrive, Event::Rearm, Event::Suppress(Reason::Renewed)] {
            assert!(step(Phase::Sent, event).is_err());
        }
    }
}
