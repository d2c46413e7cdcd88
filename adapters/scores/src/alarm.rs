//! Ratings that nobody gave freely: bursts of praise that were bought, weeks in which a counter fills in the best level
//! for everybody.
//!
//! Each agency is compared with itself, and only with days that are not under suspicion. A **burst** is a day with far
//! more ratings than its finished matters explain, all but purely of the best level. **Saturation** is a fortnight in
//! which nearly everybody rates, and nearly all the best: a service may become better, and people may be asked to rate
//! more; both at once, beyond what chance explains, is not how people are. An alarm accuses nobody: it asks a person
//! to look. The tests measure, on injected fraud, how much is found and how much of what is found is fraud.

use crate::level::Level;
use crate::share::wilson;

/// One agency's ratings of one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Day {
    pub finished: u32,
    /// From the worst to the best level.
    pub levels: [u32; Level::ALL.len()],
}

/// How far from usual is too far. The defaults are those that the tests measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Days that what is usual is taken from.
    pub usual_days: usize,
    /// Fewer finished matters than this say nothing about what is usual.
    pub usual_finished: u32,
    /// A burst has at least so many ratings too many.
    pub burst_excess: f64,
    /// And lies so many standard deviations above what was expected.
    pub burst_deviations: f64,
    /// Of those too many, at least this share are of the best level.
    pub burst_best: f64,
    /// Days in which ratings can be saturated.
    pub fortnight: usize,
    /// Fewer ratings than this cannot be.
    pub saturated_ratings: u32,
    /// Response and best share both lie so many standard deviations above the usual.
    pub saturated_deviations: f64,
    /// And the best share is at least this.
    pub saturated_best: f64,
    /// Without any usual to compare with: response and best share that are not to be believed.
    pub unheard_of: (f64, f64),
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            usual_days: 60,
            usual_finished: 60,
            burst_excess: 12.0,
            burst_deviations: 4.5,
            burst_best: 0.8,
            fortnight: 14,
            saturated_ratings: 20,
            saturated_deviations: 4.5,
            saturated_best: 0.85,
            unheard_of: (0.8, 0.93),
        }
    }
}

/// Something for a person to look at. Days count from the first of the series, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alarm {
    pub kind: Kind,
    pub from: usize,
    pub to: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// More praise in a day than there can be reason for.
    Burst,
    /// Days in which nearly all rate, and nearly all the best.
    Saturation,
}

/// Days between two findings that are still about the same thing: a weekend and a holiday.
const SAME: usize = 4;
/// Bursts day after day are no bursts any more.
const LONG: usize = 4;

/// Looks through one agency's days, in order. What goes on for days is one alarm.
pub fn watch(days: &[Day], limits: &Limits) -> Vec<Alarm> {
    let mut alarms: Vec<Alarm> = Vec::new();
    let mut suspect = vec![None; days.len()];
    for today in 0..days.len() {
        let burst = burst(days, &suspect, today, limits).then_some(Alarm {
            kind: Kind::Burst,
            from: today,
            to: today,
        });
        let Some(found) = burst.or_else(|| saturated(days, &suspect, today, limits)) else { continue };
        suspect[found.from..=found.to].fill(Some(found.kind));
        match alarms.last_mut().filter(|last| found.from <= last.to + SAME) {
            Some(last) => {
                last.to = found.to;
                if found.kind == Kind::Saturation || last.to - last.from >= LONG {
                    last.kind = Kind::Saturation;
                }
            }
            None => alarms.push(found),
        }
    }
    alarms
}

/// Sums over some days.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    days: usize,
    finished: u32,
    rated: u32,
    best: u32,
}

impl Sum {
    fn of<'d>(days: impl Iterator<Item = &'d Day>) -> Self {
        days.fold(Self::default(), |sum, day| Self {
            days: sum.days + 1,
            finished: sum.finished + day.finished,
            rated: sum.rated + day.rated(),
            best: sum.best + day.best(),
        })
    }

    fn response(&self) -> f64 {
        ratio(self.rated, self.finished)
    }

    fn best_share(&self) -> f64 {
        ratio(self.best, self.rated)
    }
}

impl Day {
    fn rated(&self) -> u32 {
        self.levels.iter().sum()
    }

    fn best(&self) -> u32 {
        self.levels[Level::VerySatisfied as usize]
    }
}

fn ratio(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

/// The last unsuspected days before a day.
fn usual<'d>(days: &'d [Day], suspect: &[Option<Kind>], before: usize, limits: &Limits) -> Vec<&'d Day> {
    let free = days[..before].iter().zip(suspect).rev().filter(|(_, suspect)| suspect.is_none());
    free.take(limits.usual_days).map(|(day, _)| day).collect()
}

fn burst(days: &[Day], suspect: &[Option<Kind>], today: usize, limits: &Limits) -> bool {
    let day = &days[today];
    if f64::from(day.rated()) < limits.burst_excess {
        return false;
    }
    let usual = usual(days, suspect, today, limits);
    let sum = Sum::of(usual.iter().copied());
    if sum.finished < limits.usual_finished {
        return false;
    }
    let expected = sum.response() * matters(days, today);
    let excess = f64::from(day.rated()) - expected;
    let excess_best = f64::from(day.best()) - expected * sum.best_share();
    let bought = excess >= limits.burst_excess && excess_best >= limits.burst_best * excess;
    // Days differ by more than chance alone; by how much, this agency's own days say.
    let unruly = usual
        .iter()
        .map(|day| deviations(day.rated(), sum.response() * f64::from(day.finished)).powi(2))
        .sum::<f64>()
        / f64::from(u32::try_from(sum.days).unwrap_or(u32::MAX).max(1));
    let beyond = deviations(day.rated(), expected) / unruly.max(1.0).sqrt();
    bought && beyond >= limits.burst_deviations
}

/// Matters that today's ratings may be about: today's, or those of the days before that are rated late.
fn matters(days: &[Day], today: usize) -> f64 {
    let lately = &days[today.saturating_sub(2)..=today];
    let sum: u32 = lately.iter().map(|day| day.finished).sum();
    let mean = f64::from(sum) / f64::from(u32::try_from(lately.len()).unwrap_or(1));
    mean.max(f64::from(days[today].finished))
}

/// How far a count lies from what was expected, in standard deviations (square roots make counts even-tempered).
fn deviations(count: u32, expected: f64) -> f64 {
    2.0 * ((f64::from(count) + 0.375).sqrt() - (expected + 0.375).sqrt())
}

fn saturated(days: &[Day], suspect: &[Option<Kind>], today: usize, limits: &Limits) -> Option<Alarm> {
    let from = (today + 1).checked_sub(limits.fortnight)?;
    // A fortnight is looked at as a whole and from its middle on, so that a shorter one is seen as well.
    let middle = from + limits.fortnight / 2;
    [from, middle].into_iter().find_map(|from| {
        // One day of bought praise does not make a fortnight of it.
        let free = days[from..=today].iter().zip(&suspect[from..=today]);
        let window = Sum::of(free.filter(|(_, suspect)| **suspect != Some(Kind::Burst)).map(|(day, _)| day));
        if window.rated < limits.saturated_ratings || window.best_share() < limits.saturated_best {
            return None;
        }
        let usual = Sum::of(usual(days, suspect, from, limits).into_iter());
        is_saturated(&window, &usual, limits).then_some(Alarm { kind: Kind::Saturation, from, to: today })
    })
}

fn is_saturated(window: &Sum, usual: &Sum, limits: &Limits) -> bool {
    if usual.finished < limits.usual_finished || usual.rated == 0 {
        let (response, best) = limits.unheard_of;
        let (low, _) = wilson(window.best.into(), window.rated.into());
        return window.response() >= response && low >= best;
    }
    let best = apart(window.best, window.rated, usual.best, usual.rated);
    let response = apart(
        window.rated.min(window.finished),
        window.finished,
        usual.rated.min(usual.finished),
        usual.finished,
    );
    best + response >= 2.0 * limits.saturated_deviations
        && best >= limits.saturated_deviations / 2.0
        && response >= limits.saturated_deviations
}

/// How far one share lies above another, in standard deviations of their difference.
fn apart(part: u32, whole: u32, usual_part: u32, usual_whole: u32) -> f64 {
    let (n, m) = (f64::from(whole.max(1)), f64::from(usual_whole.max(1)));
    // A share of all or of none still leaves room for chance.
    let pooled = (f64::from(part + usual_part) + 0.5) / (n + m + 1.0);
    let deviation = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
    (ratio(part, whole) - ratio(usual_part, usual_whole)) / deviation.max(f64::EPSILON)
}
