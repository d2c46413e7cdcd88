//! Chance that repeats itself: the same seed, the same city.

/// SplitMix64. It guards nothing.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Another stream of the same seed, which what is drawn from this one does not change.
    pub(super) const fn apart(seed: u64, name: u64) -> Self {
        Self(seed ^ name.wrapping_mul(0xD6E8_FEB8_6659_FD93))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; none is below nothing, so then it is nothing.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// Both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        let width = usize::try_from(high.saturating_sub(low)).unwrap_or_default();
        low + u32::try_from(self.below(width + 1)).unwrap_or_default()
    }

    /// Between nothing and one.
    pub(super) fn part(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap_or_default()) / 4_294_967_296.0
    }

    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.part() < probability
    }

    /// Where a draw falls among weights.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.part() * weights.iter().sum::<f64>();
        for (at, weight) in weights.iter().enumerate() {
            if left < *weight {
                return at;
            }
            left -= weight;
        }
        weights.len().saturating_sub(1)
    }

    /// One of several; nothing where there is none.
    pub(super) fn one<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// All of them in another order.
    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same() {
        let draw = |seed| {
            let mut chance = Chance::new(seed);
            (0..20).map(|_| chance.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        let mut all: Vec<u8> = (0..50).collect();
        Chance::new(3).shuffle(&mut all);
        let mut sorted = all.clone();
        sorted.sort_unstable();
        assert_ne!(all, sorted);
        assert_eq!(sorted, (0..50).collect::<Vec<u8>>());
    }

    #[test]
    fn what_weighs_nothing_is_never_drawn() {
        let mut chance = Chance::new(1);
        assert!((0..1_000).all(|_| chance.weighted(&[0.0, 2.0, 0.0, 1.0]) % 2 == 1));
        assert_eq!(chance.between(4, 4), 4);
        assert_eq!(chance.one::<u8>(&[]), None);
    }
}
