//! Who does what in the year, drawn before anything is done: the same seed, the same plan. Nothing here knows a database.

use chrono::{Datelike as _, NaiveDate, Weekday};
use yimen_scores::Level;

use super::{
    YearError,
    chance::Chance,
    planted::{Planted, corrupt},
};

/// Whole days of the year: it begins and ends within one.
pub(super) const DAYS: usize = 364;
/// The people of a firm that sells ratings come first among all people.
pub(super) const FIRM: usize = 4;

/// Something that is applied for, as far as a plan needs to know it.
#[derive(Debug, Clone)]
pub(super) struct Stand {
    pub agency: String,
    pub service: String,
    /// The group of services that it belongs to.
    pub class: String,
    /// Officers work it in the portal.
    pub desk: bool,
    /// Days that its agency promises.
    pub promised: u16,
}

/// Something that is asked, and of which agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub agency: String,
    pub service: String,
}

/// When something is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    AtOnce,
    /// After so much, of a hundred, of the time that is promised.
    InTime(u32),
    /// So many days after the last one.
    Late(u32),
}

/// What somebody thinks of it, so many days after it was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opinion {
    pub after: usize,
    pub level: Level,
}

/// Something that somebody applies for.
#[derive(Debug, Clone)]
pub(super) struct Matter {
    pub day: usize,
    /// Of the morning.
    pub minute: u32,
    pub stand: usize,
    pub person: usize,
    pub pace: Pace,
    pub refused: bool,
    /// Something was sent back first.
    pub corrected: bool,
    pub opinion: Option<Opinion>,
}

pub(super) struct Plan {
    pub planted: Planted,
    /// In the order in which they begin.
    pub matters: Vec<Matter>,
    /// How many people there are, those of the firm included.
    pub people: usize,
    /// Days in which ratings were bought, both included.
    pub frauds: Vec<(usize, usize)>,
}

/// From the worst to the best, how many of a hundred say it: of an agency as it should be, and of one that is late.
const USUAL: [f64; 5] = [2.0, 4.0, 12.0, 23.0, 59.0];
const ANGRY: [f64; 5] = [22.0, 32.0, 22.0, 14.0, 10.0];
/// How many days after it was decided people rate it.
const AFTER: [f64; 5] = [35.0, 30.0, 15.0, 10.0, 10.0];
/// Of all matters, the late agency's group has this share and the buyer that.
const LATE_SHARE: f64 = 0.12;
const BUYER_SHARE: f64 = 0.22;

impl Plan {
    /// Draws a year that begins on `first`. A city in which there is too little to do has none.
    pub(super) fn new(
        seed: u64,
        matters: usize,
        first: NaiveDate,
        stands: &[Stand],
        asked: &[Asked],
    ) -> Result<Self, YearError> {
        let mut chance = Chance::new(seed);
        let planted = Planted::choose(&mut chance, stands, asked)?;
        let people = FIRM + (matters / 8).max(60);
        let weights = weights(&mut chance, stands, &planted);
        let days: Vec<f64> = first.iter_days().take(DAYS).map(busy).collect();
        let mut all: Vec<Matter> = (0..matters)
            .map(|_| {
                let (day, stand) = (chance.weighted(&days), chance.weighted(&weights));
                let person = FIRM + chance.below(people - FIRM);
                matter(&mut chance, (day, stand, person), stands, &planted)
            })
            .collect();
        let frauds = corrupt(&mut chance, &mut all, stands, &planted);
        all.sort_by_key(|matter| (matter.day, matter.minute));
        Ok(Self { planted, matters: all, people, frauds })
    }
}

/// How much is applied for at each stand: agencies differ much, and none so much that the others are not seen.
fn weights(chance: &mut Chance, stands: &[Stand], planted: &Planted) -> Vec<f64> {
    let mut agencies: Vec<&str> = Vec::new();
    for stand in stands {
        if !agencies.contains(&stand.agency.as_str()) {
            agencies.push(&stand.agency);
        }
    }
    chance.shuffle(&mut agencies);
    let share = |stand: &Stand| {
        let rank = agencies.iter().position(|slug| *slug == stand.agency).unwrap_or_default();
        1.0 / f64::from(u32::try_from(rank).unwrap_or_default() + 2).sqrt()
    };
    let is_late = |stand: &Stand| planted.late.1.contains(&stand.service);
    let is_buyer = |stand: &Stand| stand.agency == planted.buyer && !stand.desk;
    let sum = |of: &dyn Fn(&Stand) -> bool| -> f64 {
        stands.iter().filter(|stand| of(stand)).map(share).sum::<f64>().max(f64::EPSILON)
    };
    let (late, buyer) = (sum(&is_late), sum(&is_buyer));
    let others = sum(&|stand| !is_late(stand) && !is_buyer(stand));
    let weight = |stand: &Stand| {
        if is_late(stand) {
            LATE_SHARE * share(stand) / late
        } else if is_buyer(stand) {
            BUYER_SHARE * share(stand) / buyer
        } else {
            (1.0 - LATE_SHARE - BUYER_SHARE) * share(stand) / others
        }
    };
    stands.iter().map(weight).collect()
}

/// How much is done on a day.
fn busy(day: NaiveDate) -> f64 {
    match day.weekday() {
        Weekday::Sat => 0.5,
        Weekday::Sun => 0.4,
        Weekday::Mon => 1.2,
        _ => 1.0,
    }
}

fn matter(
    chance: &mut Chance,
    (day, at, person): (usize, usize, usize),
    stands: &[Stand],
    planted: &Planted,
) -> Matter {
    let stand = &stands[at];
    let late = planted.late.1.contains(&stand.service);
    let in_time = Pace::InTime(chance.between(30, 90));
    let pace = if late {
        if chance.happens(0.7) { Pace::Late(chance.between(2, 7)) } else { in_time }
    } else if stand.desk {
        in_time
    } else if stand.promised == 0 || chance.happens(0.92) {
        Pace::AtOnce
    } else if chance.happens(0.01) {
        Pace::Late(chance.between(1, 2))
    } else {
        in_time
    };
    let levels = if late { ANGRY } else { USUAL };
    let speaks = chance.happens(if late { 0.5 } else { 0.42 });
    let opinion = Opinion { after: chance.weighted(&AFTER), level: Level::ALL[chance.weighted(&levels)] };
    Matter {
        day,
        minute: chance.between(0, 210),
        stand: at,
        person,
        refused: !stand.desk && chance.happens(0.04),
        corrected: !stand.desk && matches!(pace, Pace::InTime(_)) && chance.happens(0.15),
        pace,
        opinion: speaks.then_some(opinion),
    }
}

/// What somebody thinks of what was done for them as it should be. Most say nothing.
pub(super) fn opinion(chance: &mut Chance) -> Option<Opinion> {
    let speaks = chance.happens(0.42);
    let after = 1 + chance.weighted(&AFTER);
    let level = Level::ALL[chance.weighted(&USUAL)];
    speaks.then_some(Opinion { after, level })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use yimen_scores::alarm::{Day, Limits, watch};

    use super::*;

    fn city() -> (Vec<Stand>, Vec<Asked>) {
        let stand = |agency: usize, service: usize| Stand {
            agency: format!("agency-{agency}"),
            service: format!("S{agency}-{service}"),
            class: format!("C{agency}-{}", service % 2),
            desk: agency % 9 == 8,
            promised: u16::try_from(agency % 7).unwrap(),
        };
        let stands = (0..24).flat_map(|agency| (0..3).map(move |service| stand(agency, service))).collect();
        let asked =
            |agency: usize| Asked { agency: format!("agency-{agency}"), service: format!("Q{agency}") };
        (stands, (0..10).map(asked).collect())
    }

    fn drawn(seed: u64, matters: usize) -> (Plan, Vec<Stand>) {
        let (stands, asked) = city();
        let first = NaiveDate::from_ymd_opt(2025, 11, 20).unwrap();
        (Plan::new(seed, matters, first, &stands, &asked).unwrap(), stands)
    }

    /// Ratings by agency and day, as though everything were decided on the day on which it is handed in.
    fn series(plan: &Plan, stands: &[Stand]) -> BTreeMap<String, Vec<Day>> {
        let mut all: BTreeMap<String, Vec<Day>> = BTreeMap::new();
        for matter in &plan.matters {
            let days = all
                .entry(stands[matter.stand].agency.clone())
                .or_insert_with(|| vec![Day::default(); DAYS + 10]);
            days[matter.day].finished += 1;
            if let Some(opinion) = matter.opinion {
                days[matter.day + opinion.after].levels[opinion.level as usize] += 1;
            }
        }
        all
    }

    #[test]
    fn the_same_seed_plans_the_same_year() {
        let (one, two, other) = (drawn(5, 500).0, drawn(5, 500).0, drawn(6, 500).0);
        let told = |plan: &Plan| format!("{:?} {:?}", plan.planted, plan.matters);
        assert_eq!(told(&one), told(&two));
        assert_ne!(told(&one), told(&other));
    }

    #[test]
    fn what_is_planted_lies_apart() {
        for seed in 0..30 {
            let (plan, stands) = drawn(seed, 300);
            let Planted { late, nightly, buyer } = &plan.planted;
            assert!(late.0 != nightly.0 && late.0 != *buyer && nightly.0 != *buyer, "{:?}", plan.planted);
            for matter in &plan.matters {
                let stand = &stands[matter.stand];
                let firm = matter.person < FIRM;
                assert!(!firm || stand.agency == *buyer, "the firm works for the buyer only");
                assert!(matter.day < DAYS && !(stand.desk && matter.pace == Pace::AtOnce));
            }
        }
    }

    /// Recall and precision over several cities, each with three frauds of one agency and many agencies without any.
    #[test]
    fn bought_ratings_are_found_and_nobody_else_is_named() {
        let limits = Limits::default();
        let (mut frauds, mut found, mut raised, mut right) = (0, 0, 0, 0);
        for seed in 0..12 {
            let (plan, stands) = drawn(seed, 9_000);
            frauds += plan.frauds.len();
            let mut hit = vec![false; plan.frauds.len()];
            for (agency, days) in series(&plan, &stands) {
                for alarm in watch(&days, &limits) {
                    raised += 1;
                    let about = |(from, to): &(usize, usize)| alarm.from <= *to && *from <= alarm.to;
                    let theirs = agency == plan.planted.buyer;
                    right += usize::from(theirs && plan.frauds.iter().any(about));
                    for (at, fraud) in plan.frauds.iter().enumerate() {
                        hit[at] |= theirs && about(fraud);
                    }
                }
            }
            found += hit.iter().filter(|hit| **hit).count();
        }
        println!("{found} of {frauds} frauds found; {right} of {raised} alarms right");
        assert!(found * 10 >= frauds * 9, "{found} of {frauds} frauds found");
        assert!(right * 10 >= raised * 9, "{right} of {raised} alarms right");
    }
}
