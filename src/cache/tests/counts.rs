//! Counts: exact together, window by window, and bounded on the closed side.

use futures_util::future::join_all;

use super::{Duration, Key, MINUTE, Stage, Tally, key, moment, on_both};

on_both!(
    Bounds { counts: 100, ..Bounds::default() };
    every_one_is_counted_once_on_all_nodes_together,
    looking_does_not_count,
    a_window_ends_and_the_next_begins_at_zero,
    windows_and_names_are_counted_apart,
    what_is_counted_about_one_thing_begins_anew_together,
    a_clock_that_steps_back_gives_nothing_again,
);

async fn every_one_is_counted_once_on_all_nodes_together(stage: Stage) {
    let other = stage.other().await;
    let address = key("address");
    let nodes = [&stage.cache, &other];
    let tallies = join_all((0..200).map(|turn| nodes[turn % 2].count(&address, MINUTE, moment(0)))).await;
    let mut counts: Vec<u64> = tallies.iter().map(|tally| tally.count).collect();
    counts.sort_unstable();
    assert_eq!(counts, (1..=200).collect::<Vec<_>>());
    assert_eq!(tallies.iter().filter(|tally| !tally.over(60)).count(), 60);
}

async fn looking_does_not_count(stage: Stage) {
    let other = stage.other().await;
    assert_eq!(other.tally(&key(1), MINUTE, moment(0)).await.count, 0);
    let counted = stage.cache.count(&key(1), MINUTE, moment(0)).await;
    for _ in 0..3 {
        assert_eq!(stage.cache.tally(&key(1), MINUTE, moment(0)).await, counted);
        assert_eq!(other.tally(&key(1), MINUTE, moment(0)).await, counted);
    }
}

async fn a_window_ends_and_the_next_begins_at_zero(stage: Stage) {
    let cache = &stage.cache;
    let first = cache.count(&key(1), MINUTE, moment(0)).await;
    assert!(first.resets_in > Duration::ZERO && first.resets_in <= MINUTE);
    let left = chrono::TimeDelta::from_std(first.resets_in).unwrap();
    let instant = chrono::TimeDelta::milliseconds(1);

    let last = cache.count(&key(1), MINUTE, moment(0) + left - instant).await;
    assert_eq!(last, Tally { count: 2, resets_in: Duration::from_millis(1) });
    let next = cache.count(&key(1), MINUTE, moment(0) + left).await;
    assert_eq!(next, Tally { count: 1, resets_in: MINUTE });
    let much_later = cache.count(&key(1), MINUTE, moment(864_000)).await;
    assert_eq!(much_later.count, 1);
}

async fn windows_and_names_are_counted_apart(stage: Stage) {
    let cache = &stage.cache;
    for expected in 1..=3 {
        assert_eq!(cache.count(&key(1), MINUTE, moment(0)).await.count, expected);
        assert_eq!(cache.count(&key(1), MINUTE * 60, moment(0)).await.count, expected);
        assert_eq!(cache.count(&key(2), MINUTE, moment(0)).await.count, expected);
        assert_eq!(cache.count(&Key::new("other", &[&1]), MINUTE, moment(0)).await.count, expected);
    }
    // A value of the same name is another thing.
    assert_eq!(cache.get(&key(1)).await, None);
}

async fn what_is_counted_about_one_thing_begins_anew_together(stage: Stage) {
    let cache = &stage.cache;
    let long = "x".repeat(500);
    for of in ["lin", "chen", &long] {
        let tries = cache.count(&Key::new("tries", &[&"sign-in", &of]), MINUTE, moment(7)).await;
        let right = cache.count(&Key::new("right", &[&"sign-in", &of]), MINUTE, moment(7)).await;
        assert_eq!(tries.resets_in, right.resets_in);
    }
}

async fn a_clock_that_steps_back_gives_nothing_again(stage: Stage) {
    let (cache, ten) = (&stage.cache, chrono::TimeDelta::seconds(10));
    let left = cache.tally(&key(1), MINUTE, moment(0)).await.resets_in;
    let begins = moment(0) + chrono::TimeDelta::from_std(left).unwrap();
    assert_eq!(cache.count(&key(1), MINUTE, begins + ten).await.count, 1);
    assert_eq!(cache.count(&key(1), MINUTE, begins + ten).await.count, 2);
    let before = cache.count(&key(1), MINUTE, begins - ten).await;
    assert_eq!(before, Tally { count: 3, resets_in: MINUTE });
    assert_eq!(cache.count(&key(1), MINUTE, begins + ten).await.count, 4);
}

mod alone {
    use super::{
        super::{Bounds, Cache},
        *,
    };

    /// A flood of names is refused too early rather than making others forgotten.
    #[tokio::test]
    async fn a_flood_of_names_opens_no_limit() {
        let cache = Cache::in_process(Bounds { counts: 100, ..Bounds::default() });
        for name in 0..100 {
            assert_eq!(cache.count(&key(name), MINUTE, moment(0)).await.count, 1);
        }
        let mut passed = 0;
        for name in 100..10_100 {
            passed += u64::from(!cache.count(&key(name), MINUTE, moment(0)).await.over(5));
        }
        assert!(passed <= 256 * 5, "{passed} passed");
        for name in 0..100 {
            assert_eq!(cache.count(&key(name), MINUTE, moment(0)).await.count, 2, "its own place is kept");
        }
        let other = cache.count(&Key::new("other", &[&1]), MINUTE, moment(0)).await;
        assert_eq!(other.count, 1, "another space has room of its own");
    }

    /// One name among the crowd never gets more than its limit out of a shared count.
    #[tokio::test]
    async fn sharing_a_count_opens_no_limit() {
        let cache = Cache::in_process(Bounds { counts: 0, ..Bounds::default() });
        let mut passed = 0;
        for second in 0..60 {
            for name in 0..2000 {
                let tally = cache.count(&key(name), MINUTE, moment(second)).await;
                passed += u64::from(name == 7 && !tally.over(5));
            }
        }
        assert!(passed <= 5, "{passed} passed");
    }

    #[tokio::test]
    async fn places_are_free_again_when_their_window_has_ended() {
        let cache = Cache::in_process(Bounds { counts: 100, ..Bounds::default() });
        for minutes in 0..5 {
            for name in 0..100 {
                let name = format!("{minutes}-{name}");
                assert_eq!(cache.count(&key(name), MINUTE, moment(minutes * 120)).await.count, 1);
            }
        }
    }

    /// Not everybody's quota starts again on the same stroke.
    #[tokio::test]
    async fn windows_begin_at_different_times() {
        let cache = Cache::in_process(Bounds::default());
        let mut ends = std::collections::HashSet::new();
        for name in 0..100 {
            ends.insert(cache.count(&key(name), MINUTE * 60, moment(0)).await.resets_in);
        }
        assert!(ends.len() > 90);
    }

    #[tokio::test]
    async fn a_clock_that_was_far_ahead_blocks_nobody_for_long() {
        let cache = Cache::in_process(Bounds::default());
        for _ in 0..10 {
            cache.count(&key(1), MINUTE, moment(86_400)).await;
        }
        assert_eq!(cache.count(&key(1), MINUTE, moment(0)).await.count, 1);
    }

    #[tokio::test]
    async fn extreme_windows_and_times_are_only_numbers() {
        let cache = Cache::in_process(Bounds::default());
        for window in [Duration::ZERO, Duration::MAX] {
            for now in [
                chrono::DateTime::<chrono::Utc>::MIN_UTC,
                moment(0),
                chrono::DateTime::<chrono::Utc>::MAX_UTC,
            ] {
                assert_eq!(cache.count(&key(now), window, now).await.count, 1);
            }
        }
    }
}
