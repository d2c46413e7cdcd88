//! When to ask for a result that nobody has pushed.

use chrono::{DateTime, TimeDelta, Utc};

const FIRST: TimeDelta = TimeDelta::minutes(15);
const LONGEST: TimeDelta = TimeDelta::hours(12);

/// The next time to ask about a submission, after so many times without a result: soon at first, then ever more
/// seldom, and never less than twice a day. When it ends, a person has to look: that is not decided here.
pub fn next_poll(submitted: DateTime<Utc>, asked: u32) -> DateTime<Utc> {
    // 15 minutes, 45, 1 h 45, 3 h 45, … behind the submission; from the seventh on every 12 hours.
    let doubled = FIRST * (2_i32.pow(asked.min(6)) * 2 - 1);
    let beyond = LONGEST * i32::try_from(asked.saturating_sub(6)).unwrap_or(i32::MAX).min(10_000);
    submitted + doubled + beyond
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_time_is_later_than_the_last_and_none_is_too_far(asked in 0_u32..5_000) {
            let submitted = DateTime::from_timestamp(1_795_233_600, 0).unwrap();
            let pause = next_poll(submitted, asked + 1) - next_poll(submitted, asked);
            prop_assert!(pause >= FIRST && pause <= TimeDelta::hours(16), "{pause}");
        }
    }

    #[test]
    fn the_first_comes_soon() {
        let submitted = DateTime::from_timestamp(1_795_233_600, 0).unwrap();
        assert_eq!(next_poll(submitted, 0) - submitted, TimeDelta::minutes(15));
        assert_eq!(next_poll(submitted, 1) - submitted, TimeDelta::minutes(45));
    }
}
