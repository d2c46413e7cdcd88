//! A year of ratings of sixty agencies, honest as people are, and fraud put into it that is known.
//!
//! Honest years are not quiet: offices close on weekends, numbers of matters differ by a factor of twenty, response
//! moves slowly and jumps when people are asked to rate, services become better for good, systems fail and make
//! everybody angry for a day, and before holidays twice as many come.

use yimen_scores::alarm::Day;

use crate::chance::Chance;

pub const AGENCIES: usize = 60;
pub const DAYS: usize = 365;

/// Fraud that was put in. Days are both included.
#[derive(Debug, Clone, Copy)]
pub struct Fraud {
    pub agency: usize,
    pub from: usize,
    pub to: usize,
}

/// Everybody's year.
pub fn honest_year(seed: u64) -> Vec<Vec<Day>> {
    let mut chance = Chance(seed);
    (0..AGENCIES).map(|_| agency(&mut chance)).collect()
}

fn agency(chance: &mut Chance) -> Vec<Day> {
    let mean = 5.0 * chance.between(0.0, 3.0).exp();
    let mut response = chance.between(0.12, 0.45);
    let mut best = chance.between(0.45, 0.72);
    let campaign = usize::try_from(chance.below(700)).unwrap();
    let improves = usize::try_from(chance.below(900)).unwrap();
    let mut days = Vec::new();
    for day in 0..DAYS {
        response = (response * (1.0 + 0.02 * chance.normal())).clamp(0.1, 0.5);
        if day == improves {
            best = (best + 0.12).min(0.8);
        }
        let asked = if (campaign..campaign + 14).contains(&day) { 1.5 } else { 1.0 };
        let angry = chance.happens(0.006);
        let rush = if chance.happens(0.02) { 2.2 } else { 1.0 };
        let open = if day % 7 < 5 { 1.0 } else { 0.08 };
        let noise = (1.0 + 0.15 * chance.normal()).max(0.2);
        let finished = chance.count(mean * open * rush * noise);
        let mut today = Day { finished, ..Day::default() };
        let answers = response * asked * if angry { 1.6 } else { 1.0 };
        for _ in 0..finished {
            if chance.happens(answers.min(0.9)) {
                today.levels[level(chance, best, angry)] += 1;
            }
        }
        days.push(today);
    }
    days
}

fn level(chance: &mut Chance, best: f64, angry: bool) -> usize {
    if angry && chance.happens(0.7) {
        return usize::from(chance.happens(0.4));
    }
    if chance.happens(best) {
        return 4;
    }
    match chance.below(10) {
        0 => 0,
        1..=2 => 1,
        3..=5 => 2,
        _ => 3,
    }
}

/// Puts fraud into a year: half the agencies buy praise on some days, or have a counter fill in the best level for some
/// weeks. Not in the first ten weeks, in which nobody could know what is usual.
pub fn corrupt(year: &mut [Vec<Day>], seed: u64) -> Vec<Fraud> {
    let mut chance = Chance(seed ^ 0xF00D);
    let mut frauds: Vec<Fraud> = Vec::new();
    for (agency, days) in year.iter_mut().enumerate().filter(|(agency, _)| agency % 2 == 0) {
        for _ in 0..3 {
            let from = 70 + usize::try_from(chance.below(260)).unwrap();
            let length = if chance.happens(0.5) { 0 } else { 9 + usize::try_from(chance.below(18)).unwrap() };
            let to = (from + length).min(DAYS - 1);
            // Apart enough to be told apart.
            let near = |fraud: &Fraud| fraud.agency == agency && from < fraud.to + 25 && fraud.from < to + 25;
            if frauds.iter().any(near) {
                continue;
            }
            if length == 0 {
                buy(&mut days[from], &mut chance);
            } else {
                fill_in(&mut days[from..=to], &mut chance);
            }
            frauds.push(Fraud { agency, from, to });
        }
    }
    frauds
}

/// Ratings of matters that a firm was paid to open and close.
fn buy(day: &mut Day, chance: &mut Chance) {
    let usual = f64::from(day.levels.iter().sum::<u32>());
    let (times, least) = (chance.between(0.8, 4.0), chance.between(18.0, 60.0));
    let bought = chance.count((usual * times).max(least));
    let good = (0..bought).filter(|_| chance.happens(0.04)).count();
    day.levels[3] += u32::try_from(good).unwrap();
    day.levels[4] += bought - u32::try_from(good).unwrap();
    day.finished += bought / 4;
}

/// A counter that answers for those who do not.
fn fill_in(days: &mut [Day], chance: &mut Chance) {
    let (response, best) = (chance.between(0.7, 0.98), chance.between(0.9, 1.0));
    for day in days {
        day.levels = [0; 5];
        for _ in 0..day.finished {
            if chance.happens(response) {
                day.levels[if chance.happens(best) { 4 } else { 3 }] += 1;
            }
        }
    }
}
