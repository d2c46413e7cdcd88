//! A book of reminders in memory, as a portal keeps one in its database: what the tests of years and of chance stand on.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yimen_licences::reminders::{
    Account, Event, Failure, Identity, Marks, Phase, Reason, Verdict, Wish, judge, still_meant,
};
use yimen_licences::{Document, Rule, Stages};

use crate::city::table;

/// A document that is reminded of.
pub struct Kept {
    pub holder: u128,
    pub document: Document<'static>,
    pub wish: Wish,
}

#[derive(Default)]
pub struct Book {
    pub reminders: BTreeMap<Identity, Phase>,
    pub account: Account,
    /// Every reminder handed to a channel, in order.
    pub sent: Vec<(Identity, NaiveDate)>,
}

impl Book {
    /// One run over one document: settle what is meant no more, arm what is due, send the latest. `channel` says what
    /// becomes of one that is handed over; none, it is still on its way.
    pub fn run(
        &mut self,
        rule: &Rule,
        number: u128,
        kept: &Kept,
        today: NaiveDate,
        mut channel: impl FnMut() -> Option<Result<(), Failure>>,
    ) {
        let dates = rule.dates(&kept.document, table());
        for stages in dates.stages() {
            self.settle(&stages, number, kept.holder);
            let Some(first) = identity(&stages, number, kept.holder, 0) else { continue };
            let verdict = judge(&stages, self.marks(&stages, first), kept.wish, today);
            self.follow(&stages, first, verdict);
            let Some(stage) = verdict.send else { continue };
            let identity = Identity { days_before: stage.days_before, ..first };
            match channel() {
                None => {}
                Some(Ok(())) => {
                    self.happen(identity, Event::Send);
                    self.sent.push((identity, today));
                }
                Some(Err(failure)) => self.happen(identity, Event::Fail(failure)),
            }
        }
    }

    fn follow(&mut self, stages: &Stages, first: Identity, verdict: Verdict) {
        let places: Vec<_> = stages.iter().collect();
        for stage in &places {
            let identity = Identity { days_before: stage.days_before, ..first };
            let is = |bits: u16| bits & (1 << stage.place) != 0;
            if is(verdict.arm) {
                assert!(self.reminders.insert(identity, Phase::Waiting).is_none(), "armed twice");
                self.account.arm();
            }
            if is(verdict.overtaken) {
                self.happen(identity, Event::Suppress(Reason::Overtaken));
            }
            if let Some((reason, bits)) = verdict.silenced
                && is(bits)
            {
                self.happen(identity, Event::Suppress(reason));
            }
        }
    }

    /// What waits and is planned no more.
    fn settle(&mut self, stages: &Stages, number: u128, holder: u128) {
        let gone: Vec<_> = self
            .of(number, holder)
            .filter(|(identity, phase)| **phase == Phase::Waiting && identity.matter == stages.matter)
            .filter_map(|(identity, _)| Some((*identity, still_meant(identity, stages).err()?)))
            .collect();
        for (identity, reason) in gone {
            self.happen(identity, Event::Suppress(reason));
        }
    }

    pub fn marks(&self, stages: &Stages, first: Identity) -> Marks {
        let mut marks = Marks::default();
        for stage in stages.iter() {
            if let Some(phase) = self.reminders.get(&Identity { days_before: stage.days_before, ..first }) {
                marks.set(stage.place, *phase);
            }
        }
        marks
    }

    /// One document's reminders.
    pub fn of(&self, number: u128, holder: u128) -> impl Iterator<Item = (&Identity, &Phase)> {
        let least = |document| Identity {
            holder,
            document,
            expiry: NaiveDate::MIN,
            matter: yimen_licences::Matter::Renewal,
            days_before: 0,
            channel: 0,
        };
        self.reminders.range(least(number)..least(number + 1))
    }

    pub fn happen(&mut self, identity: Identity, event: Event) {
        let phase = self.reminders.get_mut(&identity).unwrap();
        *phase = self.account.apply(*phase, event).unwrap();
    }

    /// Counted anew from what stands in the book, the account must come out the same.
    pub fn audit(&self) {
        let due = u64::try_from(self.reminders.len()).unwrap();
        let counted = Account::counted(due, self.reminders.values().map(|phase| (*phase, 1)));
        assert_eq!(counted, self.account);
        assert!(self.account.is_balanced());
    }
}

pub fn identity(stages: &Stages, document: u128, holder: u128, days_before: u16) -> Option<Identity> {
    Some(Identity {
        holder,
        document,
        expiry: stages.expiry?,
        matter: stages.matter,
        days_before,
        channel: 0,
    })
}
