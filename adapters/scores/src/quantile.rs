//! Medians and ninetieth percentiles, by nearest rank: always a value that somebody really had.

use std::collections::BTreeMap;

/// The smallest value that at least so many percent do not exceed.
pub fn nearest_rank<T: Ord + Copy>(values: &mut [T], percent: u8) -> Option<T> {
    let index = rank(values.len().try_into().ok()?, percent)?;
    let (_, value, _) = values.select_nth_unstable(usize::try_from(index).ok()?);
    Some(*value)
}

/// Values with how often each occurred: adds up over days and agencies, which percentiles do not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: BTreeMap<u32, u64>,
    total: u64,
}

impl Histogram {
    pub fn add(&mut self, value: u32, count: u64) {
        if count > 0 {
            *self.counts.entry(value).or_default() += count;
            self.total += count;
        }
    }

    pub fn join(&mut self, other: &Self) {
        for (value, count) in &other.counts {
            self.add(*value, *count);
        }
    }

    pub fn total(&self) -> u64 {
        self.total
    }

    /// The smallest value that at least so many percent do not exceed.
    pub fn at(&self, percent: u8) -> Option<u32> {
        let index = rank(self.total, percent)?;
        let mut seen = 0;
        self.counts.iter().find_map(|(value, count)| {
            seen += count;
            (seen > index).then_some(*value)
        })
    }
}

/// Where the value stands among all, from 0.
fn rank(count: u64, percent: u8) -> Option<u64> {
    let rank = (u128::from(count) * u128::from(percent.min(100))).div_ceil(100);
    let rank = u64::try_from(rank).ok()?.max(1);
    (count > 0).then(|| rank - 1)
}
