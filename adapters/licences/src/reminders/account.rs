//! The account of reminders: how many are due, and what has become of each.

use thiserror::Error;

use super::phase::{Event, Failure, Phase, Reason, Refused, step};

/// `due = waiting + sent + suppressed(reason) + failed(reason)`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account {
    due: u64,
    waiting: u64,
    sent: u64,
    suppressed: [u64; Reason::ALL.len()],
    failed: [u64; Failure::ALL.len()],
}

/// A move that the account cannot follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unbalanced {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("no reminder is {0:?}")]
    NoneThere(Phase),
}

impl Account {
    /// A reminder has come due. It waits until something becomes of it.
    pub fn arm(&mut self) {
        self.due += 1;
        self.waiting += 1;
    }

    /// Something happens to a reminder: the table decides, and the account follows or nothing changes.
    pub fn apply(&mut self, phase: Phase, event: Event) -> Result<Phase, Unbalanced> {
        let next = step(phase, event)?;
        let from = self.count_mut(phase);
        *from = from.checked_sub(1).ok_or(Unbalanced::NoneThere(phase))?;
        *self.count_mut(next) += 1;
        Ok(next)
    }

    /// An account from what stands in a store, counted set by set.
    pub fn counted(due: u64, phases: impl IntoIterator<Item = (Phase, u64)>) -> Self {
        let mut account = Self { due, ..Self::default() };
        for (phase, count) in phases {
            *account.count_mut(phase) += count;
        }
        account
    }

    /// Both together: of two nodes, two days, two agencies.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.due += other.due;
        self.waiting += other.waiting;
        self.sent += other.sent;
        self.suppressed.iter_mut().zip(other.suppressed).for_each(|(sum, count)| *sum += count);
        self.failed.iter_mut().zip(other.failed).for_each(|(sum, count)| *sum += count);
        self
    }

    pub fn is_balanced(&self) -> bool {
        self.due == self.accounted()
    }

    /// How many something is known of.
    pub fn accounted(&self) -> u64 {
        self.waiting + self.sent + self.suppressed.iter().sum::<u64>() + self.failed.iter().sum::<u64>()
    }

    pub fn due(&self) -> u64 {
        self.due
    }

    /// How many are in a phase.
    pub fn count(&self, phase: Phase) -> u64 {
        let mut copy = *self;
        *copy.count_mut(phase)
    }

    fn count_mut(&mut self, phase: Phase) -> &mut u64 {
        match phase {
            Phase::Waiting => &mut self.waiting,
            Phase::Sent => &mut self.sent,
            Phase::Suppressed(reason) => &mut self.suppressed[reason as usize],
            Phase::Failed(failure) => &mut self.failed[failure as usize],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_move_changes_nothing() {
        let mut account = Account::default();
        account.arm();
        account.apply(Phase::Waiting, Event::Send).unwrap();
        let before = account;
        assert!(account.apply(Phase::Sent, Event::Send).is_err());
        assert_eq!(
            account.apply(Phase::Waiting, Event::Send),
            Err(Unbalanced::NoneThere(Phase::Waiting)),
            "there is none that waits"
        );
        assert_eq!(account, before);
        assert!(account.is_balanced());
    }

    #[test]
    fn a_lost_reminder_shows() {
        let account = Account::counted(3, [(Phase::Waiting, 1), (Phase::Sent, 1)]);
        assert!(!account.is_balanced());
        assert_eq!((account.due(), account.accounted()), (3, 2));
        let other = Account::counted(1, [(Phase::Failed(Failure::Bounced), 2)]);
        assert!(account.plus(&other).is_balanced());
    }

    #[test]
    fn every_reason_has_a_place_of_its_own() {
        for (place, reason) in Reason::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, place);
        }
        for (place, failure) in Failure::ALL.into_iter().enumerate() {
            assert_eq!(failure as usize, place);
        }
    }
}
