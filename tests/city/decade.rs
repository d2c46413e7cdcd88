//! Ten years of forty people's documents, over the real tables and jobs: whatever came due was said once, and the account is
//! exact on every day on which anything happened. `adapters/licences/tests/licences/decade.rs` lives ten years of ten thousand
//! people over the rules alone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate, TimeDelta};
use yimen::{
    app::schedules,
    jobs::Schedule,
    ledger::CitizenId,
    platform::clock::city_day,
    reminders,
    wallet::{self, DocumentId, Printed, WalletError, Whose, Written},
};

use crate::{
    on_both_engines,
    people::{citizen, keys, number},
    town::Town,
};

const PEOPLE: u16 = 40;
const YEARS: u32 = 10;
/// How long before its end people are reminded of a document of no known kind.
const PLAN: [u64; 4] = [60, 30, 7, 1];
/// So many days before the end people renew; the last come late.
const HABITS: [i64; 5] = [65, 45, 20, 5, -30];
/// When documents end for the first time, and for how many months they hold: on leap days, and at the ends of months.
const TERMS: [(&str, u32); 4] =
    [("2028-02-29", 48), ("2027-01-31", 25), ("2027-08-31", 18), ("2027-05-30", 21)];

/// What one person's document is to bring in all these years.
struct Life {
    first: NaiveDate,
    /// The days on which they are reminded.
    told: Vec<NaiveDate>,
    /// When they renew it, and until when it holds then.
    renewed: Vec<(NaiveDate, NaiveDate)>,
}

impl Life {
    fn of(order: u16, until: NaiveDate) -> Self {
        let order = usize::from(order);
        let (first, term) = TERMS[order % TERMS.len()];
        let first: NaiveDate = first.parse().unwrap();
        let habit = HABITS[order / TERMS.len() % HABITS.len()];
        let (mut told, mut renewed) = (Vec::new(), Vec::new());
        for turn in 0.. {
            // Counted from the first, so that a shorter month in between changes nothing.
            let ends = |turn: u32| first + Months::new(term * turn);
            let renews = ends(turn) - TimeDelta::days(habit);
            let reminded = PLAN.map(|before| ends(turn) - Days::new(before)).into_iter();
            told.extend(reminded.filter(|day| *day < renews && *day <= until));
            if renews > until {
                break;
            }
            renewed.push((renews, ends(turn + 1)));
        }
        Self { first, told, renewed }
    }
}

fn card(issued: NaiveDate, expires: NaiveDate) -> Written {
    let printed =
        Printed { number: "G-1".to_owned(), remarks: Vec::new(), name: Some("健身卡".to_owned()) };
    Written { kind: String::new(), printed, issued, expires: Some(expires), checked: None, next: None }
}

impl Town {
    /// Writes down what people hold from today on, each in place of what they had.
    async fn written_down(&self, all: Vec<(CitizenId, NaiveDate, Option<DocumentId>)>) -> Vec<DocumentId> {
        let (ring, now) = (keys(self), self.clock.now());
        self.db
            .tx(move |c| {
                let mut ids = Vec::new();
                for (citizen, expires, instead) in &all {
                    let whose = Whose { citizen: *citizen, company: None };
                    let written = card(city_day(now), *expires);
                    ids.push(wallet::write_down(c, &ring, now, &whose, (&written, *instead))?);
                }
                Ok::<_, WalletError>(ids)
            })
            .await
            .unwrap()
    }
}

on_both_engines! {
    async fn ten_years_balance_to_the_unit(town: Town) {
        let begins = city_day(town.clock.now());
        let until = begins + Months::new(12 * YEARS);
        let (mut people, mut lives) = (Vec::new(), Vec::new());
        for order in 0..PEOPLE {
            let phone = format!("1380000{order:04}");
            people.push(citizen(&town, "林晓", &phone, &number("19850101", order)).await);
            lives.push(Life::of(order, until));
        }
        let first = people.iter().zip(&lives).map(|(who, life)| (*who, life.first, None)).collect();
        let documents = town.written_down(first).await;
        town.work().await;
        // Reminders, and nothing else that happens by the clock.
        let clockwork: Vec<Schedule> =
            schedules().into_iter().filter(|schedule| schedule.name.starts_with("reminders.")).collect();
        assert!(clockwork.iter().any(|schedule| schedule.name == "reminders.look"));
        let mut renewals: BTreeMap<NaiveDate, Vec<(CitizenId, NaiveDate, Option<DocumentId>)>> = BTreeMap::new();
        let (mut days, mut told) = (BTreeSet::new(), BTreeMap::<NaiveDate, u64>::new());
        for ((who, life), document) in people.iter().zip(&lives).zip(&documents) {
            for (on, expires) in &life.renewed {
                renewals.entry(*on).or_default().push((*who, *expires, Some(*document)));
                days.insert(*on);
            }
            for on in &life.told {
                *told.entry(*on).or_default() += 1;
                days.insert(*on);
            }
        }
        let mut due = 0;
        for day in days {
            let passed = (day - city_day(town.clock.now())).num_days();
            town.clock.advance(TimeDelta::days(passed));
            if let Some(renewed) = renewals.remove(&day) {
                town.written_down(renewed).await;
            }
            town.work_by(&clockwork).await;
            due += told.get(&day).copied().unwrap_or_default();
            let now = town.clock.now();
            let account = town.db.snapshot(move |c| reminders::balance(c, now)).await.unwrap();
            assert!(account.holds(), "{day}: {account:?}");
            assert_eq!((account.due, account.sent, account.waiting), (due, due, 0), "{day}: {account:?}");
        }
        // Each has one document, and of each reminder there is one notice.
        let now = town.clock.now();
        let account = town.db.snapshot(move |c| reminders::balance(c, now)).await.unwrap();
        assert_eq!(account.deadlines, i64::from(PEOPLE));
        assert!(account.suppressed.is_empty() && account.failed.is_empty() && account.behind == 0, "{account:?}");
        let said = town.balance().await;
        assert!(said.holds() && u64::try_from(said.said) == Ok(due), "{due} of {said:?}");
        assert!(due > 300, "there was something to say: {due}");
        town.close().await;
    }
}
