//! Histories by chance: clocks that jump, expiries that move, holders who change their minds, channels that fail,
//! rules that change. Whatever happens, the account balances and nobody gets the same reminder twice.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, TimeDelta};
use proptest::prelude::*;
use yimen_contract::licence::LicenceType;
use yimen_licences::reminders::{Event, Failure, Phase, Wish};
use yimen_licences::{Document, Rule};

use crate::book::{Book, Kept};
use crate::city::{day, kind};

/// Something that happens to one of a few documents.
#[derive(Debug, Clone)]
enum Happening {
    Hours(i64),
    Renewed(usize),
    Moved(usize, i64),
    Mute(usize, bool),
    Discard(usize, bool),
    Snooze(usize, u64),
    Redrive,
    Rearm,
    NewRule(Vec<u16>),
    Run(Outcome),
}

#[derive(Debug, Clone, Copy)]
enum Outcome {
    Sent,
    Delayed,
    Failed(usize),
}

fn happening() -> impl Strategy<Value = Happening> {
    let which = 0_usize..4;
    let outcome = prop_oneof![
        6 => Just(Outcome::Sent),
        1 => Just(Outcome::Delayed),
        1 => (0..Failure::ALL.len()).prop_map(Outcome::Failed),
    ];
    prop_oneof![
        8 => outcome.prop_map(Happening::Run),
        6 => prop_oneof![Just(1), Just(24), Just(24), Just(60 * 24), Just(-24)].prop_map(Happening::Hours),
        2 => which.clone().prop_map(Happening::Renewed),
        2 => (which.clone(), -200_i64..200).prop_map(|(which, days)| Happening::Moved(which, days)),
        1 => (which.clone(), any::<bool>()).prop_map(|(which, on)| Happening::Mute(which, on)),
        1 => (which.clone(), any::<bool>()).prop_map(|(which, on)| Happening::Discard(which, on)),
        1 => (which, 0_u64..60).prop_map(|(which, days)| Happening::Snooze(which, days)),
        1 => Just(Happening::Redrive),
        1 => Just(Happening::Rearm),
        1 => proptest::collection::btree_set(1_u16..200, 0..6)
            .prop_map(|days| Happening::NewRule(days.into_iter().rev().collect())),
    ]
}

struct World {
    rule: Rule,
    now: chrono::NaiveDateTime,
    kept: Vec<Kept>,
    book: Book,
}

impl World {
    fn new() -> Self {
        let expiries = ["2026-02-28", "2026-05-31", "2028-02-29", "2027-01-01"];
        let kept = expiries.iter().zip(1_u128..).map(|(expires, holder)| {
            let mut document = Document::issued(day("2020-02-29"));
            document.expires = Some(day(expires));
            Kept { holder, document, wish: Wish::default() }
        });
        Self {
            rule: Rule::read(&kind("L04")).unwrap(),
            now: day("2025-12-01").and_hms_opt(0, 30, 0).unwrap(),
            kept: kept.collect(),
            book: Book::default(),
        }
    }

    fn happens(&mut self, happening: Happening) {
        let today = self.now.date();
        match happening {
            Happening::Hours(hours) => self.now += TimeDelta::hours(hours),
            Happening::Renewed(which) => {
                self.kept[which].document.expires = today.checked_add_days(Days::new(6 * 365));
            }
            Happening::Moved(which, days) => {
                let expires = &mut self.kept[which].document.expires;
                *expires = expires.map(|day| day + TimeDelta::days(days));
            }
            Happening::Mute(which, on) => self.kept[which].wish.muted = on,
            Happening::Discard(which, on) => self.kept[which].wish.discarded = on,
            Happening::Snooze(which, days) => {
                self.kept[which].wish.snoozed_until = today.checked_add_days(Days::new(days));
            }
            Happening::Redrive => self.again(Event::Redrive),
            Happening::Rearm => self.again(Event::Rearm),
            Happening::NewRule(reminder_days) => {
                self.rule = Rule::read(&LicenceType { reminder_days, ..kind("L04") }).unwrap();
            }
            Happening::Run(outcome) => self.run(outcome),
        }
    }

    /// Somebody tries the same with every reminder; the table lets it happen to those it can happen to.
    fn again(&mut self, event: Event) {
        for (identity, phase) in self.book.reminders.clone() {
            if yimen_licences::reminders::step(phase, event).is_ok() {
                self.book.happen(identity, event);
            }
        }
    }

    fn run(&mut self, outcome: Outcome) {
        let today: NaiveDate = self.now.date();
        for (kept, number) in self.kept.iter().zip(0..) {
            self.book.run(&self.rule, number, kept, today, || match outcome {
                Outcome::Sent => Some(Ok(())),
                Outcome::Delayed => None,
                Outcome::Failed(which) => Some(Err(Failure::ALL[which])),
            });
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 2, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_account_balances(happenings in proptest::collection::vec(happening(), 1..120)) {
        let mut world = World::new();
        for happening in happenings {
            world.happens(happening);
            world.book.audit();
        }
        let sent: BTreeSet<_> = world.book.sent.iter().map(|(identity, _)| *identity).collect();
        prop_assert_eq!(sent.len(), world.book.sent.len(), "sent twice");
        for identity in sent {
            prop_assert_eq!(world.book.reminders[&identity], Phase::Sent);
        }
        // A run on a day when nobody wants quiet leaves at most one of each document waiting: none.
        for kept in &mut world.kept {
            kept.wish = Wish::default();
        }
        world.run(Outcome::Sent);
        world.book.audit();
        let today = world.now.date();
        for (identity, phase) in &world.book.reminders {
            let on = identity.expiry - Days::new(identity.days_before.into());
            prop_assert!(*phase != Phase::Waiting || on > today, "{:?} waits on {}", identity, today);
        }
    }
}
