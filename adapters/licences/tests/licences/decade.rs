//! Ten years of ten thousand people: every day a run, unless it was missed; people renew in time, late or never; agencies
//! correct dates; some want no reminders. Every reminder is accounted for, and nobody who could still act was left
//! without one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use yimen_licences::reminders::{Failure, Phase, Reason, Wish, next_look};
use yimen_licences::{Document, Rule};

use crate::book::{Book, Kept, identity};
use crate::city::{Chance, day, later, rule, table};

const PEOPLE: u64 = 10_000;
const YEARS: u64 = 10;
/// Kinds of documents people hold, and how many years each is renewed for.
const KINDS: [(&str, u32); 5] = [("L04", 6), ("L03", 1), ("L26", 5), ("L41", 1), ("L06", 10)];

struct City {
    rules: Vec<Rule>,
    holdings: Vec<(usize, Kept)>,
    /// On which day a run has something to do with which documents: what a database finds by an index.
    agenda: BTreeMap<NaiveDate, BTreeSet<usize>>,
    book: Book,
    chance: Chance,
}

impl City {
    fn new(seed: u64, start: NaiveDate) -> Self {
        let mut chance = Chance(seed);
        let rules = KINDS.iter().map(|(code, _)| rule(code)).collect();
        let mut holdings = Vec::new();
        for holder in 0..PEOPLE {
            let kind = usize::try_from(chance.below(KINDS.len() as u64)).unwrap();
            let mut document = Document::issued(start - Days::new(400));
            document.expires = Some(later(start, chance.below(3 * 365)));
            let wish = Wish { muted: chance.once_in(50), ..Wish::default() };
            holdings.push((kind, Kept { holder: holder.into(), document, wish }));
        }
        let mut city = Self { rules, holdings, agenda: BTreeMap::new(), book: Book::default(), chance };
        (0..city.holdings.len()).for_each(|place| city.plan(place));
        city
    }

    /// The next day on which a run has something to do for a document.
    fn plan(&mut self, place: usize) {
        let (kind, kept) = &self.holdings[place];
        let dates = self.rules[*kind].dates(&kept.document, table());
        let next = dates.stages().filter_map(|stages| {
            let first = identity(&stages, place as u128, kept.holder, 0)?;
            next_look(&stages, self.book.marks(&stages, first))
        });
        if let Some(on) = next.min() {
            self.agenda.entry(on).or_default().insert(place);
        }
    }

    fn run(&mut self, today: NaiveDate) {
        let due: BTreeSet<usize> = {
            let rest = self.agenda.split_off(&later(today, 1));
            std::mem::replace(&mut self.agenda, rest).into_values().flatten().collect()
        };
        for place in due {
            let (kind, kept) = &self.holdings[place];
            let chance = &mut self.chance;
            self.book.run(&self.rules[*kind], place as u128, kept, today, || {
                Some(if chance.once_in(200) { Err(Failure::Bounced) } else { Ok(()) })
            });
            self.live(place, today);
            self.plan(place);
        }
    }

    /// What people and agencies do after a reminder.
    fn live(&mut self, place: usize, today: NaiveDate) {
        let (kind, kept) = &mut self.holdings[place];
        let expires = kept.document.expires.unwrap();
        match self.chance.below(20) {
            0 => kept.document.expires = Some(later(expires, 3)),
            1 => kept.document.expires = expires.checked_sub_days(Days::new(20)),
            2..9 => {
                let years = KINDS[*kind].1;
                kept.document.issued = today;
                kept.document.endorsed = Some(today);
                kept.document.expires = expires.checked_add_months(chrono::Months::new(12 * years));
            }
            _ => {}
        }
    }
}

#[test]
fn ten_years_balance_to_the_unit() {
    let start = day("2026-01-01");
    let mut city = City::new(7, start);
    let mut outage = 0;
    for ahead in 0..YEARS * 365 {
        let today = later(start, ahead);
        // Now and then nothing runs for a while; once for sixty days.
        if outage == 0 && city.chance.once_in(120) {
            outage = if ahead > 1_500 && ahead < 1_600 { 60 } else { 1 + city.chance.below(6) };
        }
        if outage > 0 {
            outage -= 1;
            continue;
        }
        city.run(today);
    }
    let end = later(start, YEARS * 365);
    // What the last day moved into the past is looked at once more.
    while city.agenda.range(..=end).next().is_some() {
        city.run(end);
    }
    city.book.audit();
    let account = &city.book.account;
    assert!(account.due() > 50_000, "{account:?}");
    assert!(account.count(Phase::Suppressed(Reason::Overtaken)) > 0);
    assert!(account.count(Phase::Suppressed(Reason::Muted)) > 0);
    assert!(account.count(Phase::Failed(Failure::Bounced)) > 0);
    assert_eq!(account.count(Phase::Waiting), 0, "{account:?}");
    let once: BTreeSet<_> = city.book.sent.iter().map(|(identity, _)| identity).collect();
    assert_eq!(once.len(), city.book.sent.len());
    nobody_was_left(&city, end);
}

/// Looked up from the other side: every reminder whose day has come, for every document as it is now, is in the book,
/// and the latest of them was sent unless a reason stands beside it.
fn nobody_was_left(city: &City, end: NaiveDate) {
    for (place, (kind, kept)) in city.holdings.iter().enumerate() {
        let dates = city.rules[*kind].dates(&kept.document, table());
        for stages in dates.stages() {
            let known: BTreeMap<u16, Phase> = city
                .book
                .of(place as u128, kept.holder)
                .filter(|(identity, _)| Some(identity.expiry) == stages.expiry)
                .map(|(identity, phase)| (identity.days_before, *phase))
                .collect();
            let due: Vec<u16> =
                stages.iter().filter(|stage| stage.on <= end).map(|stage| stage.days_before).collect();
            for days in &due {
                assert!(known.contains_key(days), "{kept:?} misses {days}", kept = kept.document);
            }
            let Some(latest) = due.last() else { continue };
            let fine = match known[latest] {
                Phase::Sent | Phase::Failed(_) => true,
                Phase::Suppressed(reason) => reason == Reason::TooLate || kept.wish.muted,
                Phase::Waiting => false,
            };
            assert!(fine, "{:?} before {:?}: {:?}", latest, stages.expiry, known[latest]);
        }
    }
}
