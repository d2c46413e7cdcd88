//! The reminders of one deadline: so many days before it each, as long as reminding is of use.

use chrono::NaiveDate;

use crate::dates::{Deadline, Matter, days_before};

/// One reminder of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// Its place in the plan, and so its bit in [`Marks`](crate::reminders::Marks).
    pub place: u8,
    pub days_before: u16,
    pub on: NaiveDate,
}

/// The reminders of one deadline.
#[derive(Debug, Clone, Copy)]
pub struct Stages<'r> {
    days: &'r [u16],
    since: NaiveDate,
    pub matter: Matter,
    /// The deadline; none, nobody is reminded.
    pub expiry: Option<NaiveDate>,
    /// Last day to act in time: from here on a reminder of it is of no use.
    pub closes: NaiveDate,
    /// Last day on which acting changes anything: what was missed is made up for until then.
    pub last_chance: NaiveDate,
}

impl<'r> Stages<'r> {
    /// Of a deadline that is kept somewhere: so many days before it, longest first; the day from which its term runs; its
    /// matter, its day, the last day to act in time, and the last on which acting changes anything.
    pub const fn kept(
        days: &'r [u16],
        since: NaiveDate,
        matter: Matter,
        (expiry, closes, last_chance): (Option<NaiveDate>, NaiveDate, NaiveDate),
    ) -> Self {
        Self { days, since, matter, expiry, closes, last_chance }
    }

    pub(crate) fn of(days: &'r [u16], deadline: &Deadline) -> Self {
        Self {
            days,
            since: deadline.since,
            matter: deadline.matter,
            expiry: deadline.on(),
            closes: deadline.closes,
            last_chance: deadline.last_chance(),
        }
    }

    /// Every reminder of use, earliest first. One before its term begins, or on the last day to act or later,
    /// is of none.
    pub fn iter(&self) -> impl Iterator<Item = Stage> + '_ {
        let planned = self.expiry.into_iter().flat_map(|expiry| {
            self.days.iter().zip(0_u8..).map(move |(days, place)| Stage {
                place,
                days_before: *days,
                on: days_before(expiry, *days),
            })
        });
        planned.filter(|stage| stage.on > self.since && stage.on < self.closes)
    }

    /// The first reminder after a day.
    pub fn next_after(&self, day: NaiveDate) -> Option<Stage> {
        self.iter().find(|stage| stage.on > day)
    }
}
