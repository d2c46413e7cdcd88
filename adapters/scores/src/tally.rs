//! Ratings counted: how many of each level, out of how many matters that could have been rated.

use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::share::{Interval, Share};

/// Ratings of a service, an agency, a district, in some time. Adds up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Matters that ended and could be rated.
    pub finished: u64,
    /// How many gave each level, from the worst to the best.
    pub levels: [u64; Level::ALL.len()],
}

impl Tally {
    /// A matter ended; somebody rated it, or nobody did.
    pub fn count(&mut self, rating: Option<Level>) {
        self.finished += 1;
        if let Some(level) = rating {
            self.levels[level as usize] += 1;
        }
    }

    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.finished += other.finished;
        self.levels.iter_mut().zip(other.levels).for_each(|(sum, count)| *sum += count);
        self
    }

    pub fn rated(&self) -> u64 {
        self.levels.iter().sum()
    }

    /// Nobody is rated without a matter: more ratings than matters are a fault in the counting, or a fraud.
    pub fn is_possible(&self) -> bool {
        self.rated() <= self.finished
    }

    /// How many of those who could rate did. It stands beside every score.
    pub fn response(&self) -> Option<Share> {
        Share::of(self.rated(), self.finished)
    }

    /// The share of ratings that are not bad, of those who rated.
    pub fn satisfied(&self) -> Option<Interval> {
        Interval::of(self.rated() - self.bad(), self.rated())
    }

    /// Ratings that somebody has to follow up.
    pub fn bad(&self) -> u64 {
        Level::ALL.into_iter().filter(|level| level.is_bad()).map(|level| self.levels[level as usize]).sum()
    }

    /// The mean level in hundredths, from 100 (all very dissatisfied) to 500.
    pub fn mean(&self) -> Option<u32> {
        let rated = self.rated();
        if rated == 0 {
            return None;
        }
        let sum: u64 = self.levels.iter().zip(1_u64..).map(|(count, value)| count * value).sum();
        u32::try_from((sum * 200 + rated) / (2 * rated)).ok()
    }

    /// Whether so few rated that the figure says little, and is marked.
    pub fn is_small(&self, least: u64) -> bool {
        self.rated() < least
    }
}
