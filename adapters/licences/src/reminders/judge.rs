//! Which reminders of a deadline are due and not settled, and what is to become of them.

use chrono::NaiveDate;

use super::phase::{Identity, Phase, Reason};
use crate::stages::{Stage, Stages};

/// What is known of a deadline's reminders: a bit for each place in the plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    pub waiting: u16,
    /// Sent, suppressed or failed: nothing becomes of these by themselves.
    pub settled: u16,
}

impl Marks {
    /// Marks a reminder by its phase.
    pub fn set(&mut self, place: u8, phase: Phase) {
        let bit = 1_u16.checked_shl(place.into()).unwrap_or(0);
        let (into, from) = match phase {
            Phase::Waiting => (&mut self.waiting, &mut self.settled),
            Phase::Sent | Phase::Suppressed(_) | Phase::Failed(_) => (&mut self.settled, &mut self.waiting),
        };
        *into |= bit;
        *from &= !bit;
    }
}

/// What the holder wants about this document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    pub muted: bool,
    pub discarded: bool,
    /// First day on which reminders are sent again.
    pub snoozed_until: Option<NaiveDate>,
}

/// What is to be done about a deadline's reminders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verdict {
    /// These have come due: they enter the account, waiting.
    pub arm: u16,
    /// Of those that wait now, these are overtaken by a later one.
    pub overtaken: u16,
    /// Of those that wait now, these are not to be sent, for this reason.
    pub silenced: Option<(Reason, u16)>,
    /// This one is to be sent, after another look at its source.
    pub send: Option<Stage>,
}

/// Looks at one deadline on one day. What waits from a day that has not come (the clock went back) goes on waiting.
pub fn judge(stages: &Stages, marks: Marks, wish: Wish, today: NaiveDate) -> Verdict {
    let (mut reached, mut latest) = (0_u16, None);
    for stage in stages.iter().take_while(|stage| stage.on <= today) {
        reached |= 1 << stage.place;
        latest = Some(stage);
    }
    let arm = reached & !(marks.waiting | marks.settled);
    let open = arm | marks.waiting;
    let mut verdict = Verdict { arm, ..Verdict::default() };
    if open == 0 {
        return verdict;
    }
    let silenced = match wish {
        Wish { discarded: true, .. } => Some(Reason::Discarded),
        Wish { muted: true, .. } => Some(Reason::Muted),
        _ if today > stages.last_chance => Some(Reason::TooLate),
        _ => None,
    };
    if let Some(reason) = silenced {
        verdict.silenced = Some((reason, open));
        return verdict;
    }
    let Some(latest) = latest else { return verdict };
    let bit = 1 << latest.place;
    verdict.overtaken = open & reached & !bit;
    let wakes = wish.snoozed_until.is_none_or(|until| today >= until);
    verdict.send = Some(latest).filter(|_| open & bit != 0 && wakes);
    verdict
}

/// The day from which a run has something to do for a deadline: that of its first reminder which is not settled. It
/// may have passed. Kept beside a document, it is what a run finds its work by.
pub fn next_look(stages: &Stages, marks: Marks) -> Option<NaiveDate> {
    stages.iter().find(|stage| marks.settled & (1 << stage.place) == 0).map(|stage| stage.on)
}

/// Whether a reminder that waits is still planned for the document as it is now.
pub fn still_meant(identity: &Identity, stages: &Stages) -> Result<(), Reason> {
    match stages.expiry {
        None => Err(Reason::Moved),
        Some(expiry) if expiry > identity.expiry => Err(Reason::Renewed),
        Some(expiry) if expiry < identity.expiry => Err(Reason::Moved),
        Some(_) if stages.iter().any(|stage| stage.days_before == identity.days_before) => Ok(()),
        Some(_) => Err(Reason::RuleChanged),
    }
}

/// What a reminder's source said when it was asked once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The document, with this expiry.
    Expiry(Option<NaiveDate>),
    /// It does not know the document any more.
    Gone,
    /// It could not be asked.
    Unavailable,
}

/// What follows from asking the source once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recheck {
    /// Send it, and say if it could not be checked again.
    Send {
        checked: bool,
    },
    /// Ask again later.
    Wait,
    Suppress(Reason),
}

/// Decides about a reminder after its source was asked again. A source that stays away until `send_by` does not keep
/// people from being reminded.
pub fn recheck(expiry: NaiveDate, found: Found, today: NaiveDate, send_by: NaiveDate) -> Recheck {
    match found {
        Found::Expiry(Some(now)) if now == expiry => Recheck::Send { checked: true },
        Found::Expiry(Some(now)) if now < expiry => Recheck::Suppress(Reason::Moved),
        Found::Expiry(_) => Recheck::Suppress(Reason::Renewed),
        Found::Gone => Recheck::Suppress(Reason::Discarded),
        Found::Unavailable if today >= send_by => Recheck::Send { checked: false },
        Found::Unavailable => Recheck::Wait,
    }
}
