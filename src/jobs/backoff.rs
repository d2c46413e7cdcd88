//! How long to wait before trying again.

use std::time::Duration;

use chrono::TimeDelta;

use crate::platform::Moment;

const FIRST: TimeDelta = TimeDelta::seconds(2);
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// When the attempt after `attempts` failed ones is made, or `None` when the budget is spent. The pause doubles
/// up to an hour and is spread by `chance` (0 to 1) over a quarter either way, so that jobs which failed
/// together do not come back together. The last attempt falls exactly on the end of the budget.
pub(super) fn next(now: Moment, attempts: i32, give_up_at: Moment, chance: f64) -> Option<Moment> {
    if now >= give_up_at {
        return None;
    }
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(20);
    let pause = FIRST.checked_mul(1 << doublings).unwrap_or(LONGEST).min(LONGEST);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "at most an hour of milliseconds"
    )]
    let spread = TimeDelta::milliseconds((pause.num_milliseconds() as f64 * (0.75 + chance / 2.0)) as i64);
    Some((now + spread).min(give_up_at))
}

/// The same where it is known how long another attempt is in vain: it is made when that is over, or on the end of the budget.
pub(super) fn after(now: Moment, pause: Duration, give_up_at: Moment) -> Option<Moment> {
    // Never in the same moment again, whatever was said.
    let pause = TimeDelta::from_std(pause).unwrap_or(TimeDelta::MAX).max(FIRST);
    let at = now.checked_add_signed(pause).map_or(give_up_at, |at| at.min(give_up_at));
    (now < give_up_at).then_some(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_budget_is_used_to_its_end_and_never_beyond(
            attempts in 1..200i32, left in 1..10_000_000i64, chance in 0.0..1.0f64,
        ) {
            let now = Moment::UNIX_EPOCH;
            let end = now + TimeDelta::milliseconds(left);
            let at = next(now, attempts, end, chance).unwrap();
            prop_assert!(at > now && at <= end);
            prop_assert!(at - now <= TimeDelta::minutes(75));
            prop_assert_eq!(next(end, attempts, end, chance), None);
        }
    }

    #[test]
    fn pauses_grow() {
        let end = Moment::UNIX_EPOCH + TimeDelta::days(7);
        let pause = |attempts| next(Moment::UNIX_EPOCH, attempts, end, 0.5).unwrap() - Moment::UNIX_EPOCH;
        assert_eq!(pause(1), TimeDelta::seconds(2));
        assert_eq!(pause(5), TimeDelta::seconds(32));
        assert_eq!(pause(40), LONGEST);
    }

    #[test]
    fn a_pause_that_is_known_is_kept_to() {
        let (now, end) = (Moment::UNIX_EPOCH, Moment::UNIX_EPOCH + TimeDelta::hours(2));
        assert_eq!(after(now, Duration::from_mins(40), end), Some(now + TimeDelta::minutes(40)));
        assert_eq!(after(now, Duration::ZERO, end), Some(now + FIRST));
        for long in [Duration::from_hours(3), Duration::MAX] {
            assert_eq!(after(now, long, end), Some(end), "{long:?}");
        }
        assert_eq!(after(end, Duration::from_mins(40), end), None);
    }
}
