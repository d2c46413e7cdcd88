//! The dates of one document: counted once, whatever the day is on which somebody asks.

use chrono::NaiveDate;
use yimen_contract::capability::licences::Status;

use crate::days::Calendar;
use crate::document::Document;
use crate::due::{Due, Missing};
use crate::edge::Edge;
use crate::grammar::Term;
use crate::rule::{Chance, Rule};
use crate::stages::Stages;

/// As many dates as one document can have to keep: its end, and that of what is checked about it.
pub const MOST: usize = 2;

/// What a date is the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    Renewal,
    Endorsement,
    Inspection,
    Check,
    Report,
    /// With what it is tied to.
    Tied,
    /// The next day of a plan.
    Plan,
    /// From this day it may be done again; nobody is ever late.
    Again,
}

/// One date with its window, and what follows after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub matter: Matter,
    pub due: Due,
    /// The day from which its term runs: of issue, or of what was done about it last.
    pub since: NaiveDate,
    /// First day on which it can be renewed; none, at any time.
    pub opens: Option<NaiveDate>,
    /// Last day to act in time. `NaiveDate::MAX` where there is none.
    pub closes: NaiveDate,
    /// Last day to act late, if there is one; `NaiveDate::MAX` for always.
    pub late_until: Option<NaiveDate>,
    /// Last day to have it restored in another way.
    pub restore_until: Option<NaiveDate>,
    /// Counted through a year whose working days are not published: to be counted again when they are.
    pub provisional: bool,
    /// Whether it stands on the document itself, or its issuer named it.
    pub(crate) printed: bool,
    pub(crate) warned_from: NaiveDate,
}

/// The dates of one document under its rule.
#[derive(Debug, Clone, Copy)]
pub struct Dates<'r> {
    pub(crate) rule: &'r Rule,
    pub(crate) issued: NaiveDate,
    pub(crate) status: Status,
    pub(crate) deadlines: [Option<Deadline>; MOST],
}

impl Rule {
    /// Counts a document's dates.
    pub fn dates(&self, document: &Document, calendar: &impl Calendar) -> Dates<'_> {
        let mut deadlines = [None; MOST];
        for (place, (term, slot)) in self.terms.iter().zip(&mut deadlines).enumerate() {
            // What is printed is the end of the document itself, or of the only thing that can end about it.
            let printed = document.expires.filter(|_| place == 0).map(Due::On);
            let due = printed.unwrap_or_else(|| term.due(document));
            let deadline = self.deadline(term.matter(), due, term.since(document), calendar);
            *slot = Some(Deadline { printed: printed.is_some(), ..deadline });
        }
        if let [Some(end), Some(check)] = &mut deadlines {
            check.cover(end);
        }
        Dates { rule: self, issued: document.issued, status: document.status, deadlines }
    }

    /// One date with its window.
    pub(crate) fn deadline(
        &self,
        matter: Matter,
        due: Due,
        since: NaiveDate,
        calendar: &impl Calendar,
    ) -> Deadline {
        let mut deadline = Deadline { since, ..Deadline::open_ended(matter, due) };
        let Due::On(day) = due else { return deadline };
        let mut on = |edge: Edge| {
            let counted = edge.on(day, calendar);
            deadline.provisional |= counted.provisional;
            counted.on
        };
        if matter == Matter::Again {
            deadline.opens = Some(self.opens.map_or(day, on));
            return deadline;
        }
        let (closes, opens) = (self.closes.map_or(day, &mut on), self.opens.map(&mut on));
        let mut last = |chance: Chance| match chance {
            Chance::Gone => None,
            Chance::Until(edge) => Some(on(edge)),
            Chance::Always => Some(NaiveDate::MAX),
        };
        let (late_until, restore_until) = (last(self.late.renew), last(self.late.restore));
        let reminded = self.reminders.first().map(|days| days_before(day, *days));
        let warned_from = reminded.into_iter().chain(opens).min().unwrap_or(day);
        Deadline { opens, closes, late_until, restore_until, warned_from, ..deadline }
    }
}

pub(crate) fn days_before(day: NaiveDate, days: u16) -> NaiveDate {
    day.checked_sub_days(chrono::Days::new(days.into())).unwrap_or(NaiveDate::MIN)
}

impl Term {
    /// The day from which its term runs.
    fn since(&self, document: &Document) -> NaiveDate {
        let last = match self {
            Self::Endorse(_) => document.endorsed,
            Self::Check(_) | Self::Inspect { .. } | Self::AnnualReport(_) | Self::Interval(_) => {
                document.checked
            }
            Self::Fixed(_) | Self::AgeBand(_) | Self::Ladder(_) | Self::TiedTo | Self::Schedule => None,
        };
        last.unwrap_or(document.issued)
    }

    /// Whether there are holders for whom it never ends.
    fn may_be_endless(&self) -> bool {
        match self {
            Self::AgeBand(bands) => bands.iter().any(|band| band.period.is_none()),
            Self::Ladder(steps) => steps.iter().any(Option::is_none),
            _ => false,
        }
    }

    pub(crate) fn matter(&self) -> Matter {
        match self {
            Self::Fixed(_) | Self::AgeBand(_) | Self::Ladder(_) => Matter::Renewal,
            Self::Endorse(_) => Matter::Endorsement,
            Self::Inspect { .. } => Matter::Inspection,
            Self::Check(_) => Matter::Check,
            Self::AnnualReport(_) => Matter::Report,
            Self::TiedTo => Matter::Tied,
            Self::Schedule => Matter::Plan,
            Self::Interval(_) => Matter::Again,
        }
    }
}

impl Deadline {
    fn open_ended(matter: Matter, due: Due) -> Self {
        Self {
            matter,
            due,
            since: NaiveDate::MIN,
            opens: None,
            closes: NaiveDate::MAX,
            late_until: None,
            restore_until: None,
            provisional: false,
            printed: false,
            warned_from: NaiveDate::MAX,
        }
    }

    /// A check that comes due when the document itself can be renewed is part of its renewal.
    fn cover(&mut self, end: &Deadline) {
        let renewable = end.opens.or(end.on());
        if self.matter == Matter::Check
            && renewable.is_some_and(|from| self.on().is_some_and(|due| from <= due))
        {
            *self = Self { since: self.since, ..Self::open_ended(self.matter, Due::Never) };
        }
    }

    /// The date, where there is one.
    pub fn on(&self) -> Option<NaiveDate> {
        match self.due {
            Due::On(day) => Some(day),
            Due::Never | Due::Unknown(_) => None,
        }
    }

    /// Last day on which acting changes anything, late included.
    pub fn last_chance(&self) -> NaiveDate {
        self.late_until.unwrap_or(self.closes).max(self.closes)
    }
}

impl Matter {
    /// Whether its day hangs on when it was done last.
    const fn is_repeated(self) -> bool {
        matches!(self, Self::Endorsement | Self::Inspection | Self::Check | Self::Report)
    }
}

impl Dates<'_> {
    /// Its issuer names no end: what has none for some holders, as the card of somebody old or the last step of a ladder, has
    /// none for this one.
    #[must_use]
    pub fn without_end(self) -> Self {
        self.unprinted(|term| term.may_be_endless().then_some(Due::Never))
    }

    /// Nobody told how often it was renewed: without an end that is printed, none follows from a ladder.
    #[must_use]
    pub fn step_unknown(self) -> Self {
        self.unprinted(|term| matches!(term, Term::Ladder(_)).then_some(Due::Unknown(Missing::Expiry)))
    }

    /// Says otherwise when terms end whose end is not printed.
    fn unprinted(mut self, otherwise: impl Fn(&Term) -> Option<Due>) -> Self {
        for (term, slot) in self.rule.terms.iter().zip(&mut self.deadlines) {
            if let Some(deadline) = slot
                && !deadline.printed
                && let Some(due) = otherwise(term)
            {
                let open = Deadline::open_ended(deadline.matter, due);
                *deadline = Deadline { since: deadline.since, ..open };
            }
        }
        self
    }

    /// Its issuer said on a day that it is in force, and nobody told when it was checked last, or when it ends: a check that
    /// would have been due before that day was made, an end that would have come before it did not, and when the next one is
    /// due is not known.
    #[must_use]
    pub fn in_force_on(mut self, day: NaiveDate) -> Self {
        if self.status == Status::Valid {
            for deadline in self.deadlines.iter_mut().flatten() {
                let missing = match deadline.matter {
                    Matter::Renewal => Some(Missing::Expiry),
                    matter if matter.is_repeated() => Some(Missing::Check),
                    _ => None,
                };
                let counted = !deadline.printed && deadline.on().is_some_and(|due| due < day);
                if let Some(missing) = missing.filter(|_| counted) {
                    let unknown = Deadline::open_ended(deadline.matter, Due::Unknown(missing));
                    *deadline = Deadline { since: deadline.since, ..unknown };
                }
            }
        }
        self
    }

    /// Its deadlines, the document's own end first.
    pub fn deadlines(&self) -> impl Iterator<Item = &Deadline> {
        self.deadlines.iter().flatten()
    }

    /// The deadline that comes first: what the holder should look at.
    pub fn first(&self) -> Option<&Deadline> {
        let rank = |deadline: &&Deadline| match deadline.due {
            Due::On(day) => (0, day),
            Due::Unknown(_) => (1, NaiveDate::MAX),
            Due::Never => (2, NaiveDate::MAX),
        };
        self.deadlines().min_by_key(rank)
    }

    /// The reminders of each deadline.
    pub fn stages(&self) -> impl Iterator<Item = Stages<'_>> {
        self.stages_with(&self.rule.reminders)
    }

    /// The same by a plan of the holder's own: days before the expiry, longest first.
    pub fn stages_with<'p>(&'p self, days: &'p [u16]) -> impl Iterator<Item = Stages<'p>> {
        self.deadlines().map(move |deadline| Stages::of(days, deadline))
    }
}
