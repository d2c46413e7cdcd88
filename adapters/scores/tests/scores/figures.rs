//! Shares, intervals, means, medians, places.

use proptest::prelude::*;
use yimen_scores::quantile::{Histogram, nearest_rank};
use yimen_scores::rank::{gaps, places};
use yimen_scores::{Interval, Level, Share, Tally};

#[test]
fn levels_are_five_and_two_of_them_bad() {
    let bad: Vec<Level> = Level::ALL.into_iter().filter(|level| level.is_bad()).collect();
    assert_eq!(bad, [Level::VeryDissatisfied, Level::Dissatisfied]);
}

#[test]
fn no_answer_is_no_rating() {
    let mut tally = Tally::default();
    for rating in [Some(Level::VerySatisfied), None, Some(Level::Dissatisfied), None, None] {
        tally.count(rating);
    }
    assert_eq!((tally.finished, tally.rated(), tally.bad()), (5, 2, 1));
    assert_eq!(tally.response().unwrap().points(), 4_000);
    assert_eq!(tally.mean(), Some(350));
    assert_eq!(tally.satisfied().unwrap().share.points(), 5_000);
    assert!(tally.is_small(20) && tally.is_possible());
    let nobody = Tally { finished: 9, ..Tally::default() };
    assert_eq!((nobody.mean(), nobody.satisfied()), (None, None));
    assert_eq!(nobody.response(), Some(Share::NONE));
}

#[test]
fn intervals_are_wilsons() {
    // Counted by hand: 45 of 50, and 0 and all of 10.
    let points = |part, whole| {
        let interval = Interval::of(part, whole).unwrap();
        (interval.low.points(), interval.share.points(), interval.high.points())
    };
    assert_eq!(points(45, 50), (7_863, 9_000, 9_566));
    assert_eq!(points(0, 10), (0, 0, 2_776));
    assert_eq!(points(10, 10), (7_224, 10_000, 10_000));
    assert_eq!(Interval::of(0, 0), None);
}

#[test]
fn medians_by_nearest_rank() {
    assert_eq!(nearest_rank(&mut [15, 20, 35, 40, 50], 50), Some(35));
    assert_eq!(nearest_rank(&mut [15, 20, 35, 40], 50), Some(20));
    assert_eq!(nearest_rank(&mut [3, 1, 2, 10, 9, 8, 7, 6, 5, 4], 90), Some(9));
    assert_eq!(nearest_rank(&mut [7], 90), Some(7));
    assert_eq!(nearest_rank::<u32>(&mut [], 50), None);
}

#[test]
fn places_are_shared_by_equals() {
    assert_eq!(places(&[10, 30, 30, 5]), [3, 1, 1, 4]);
    // Much offered and little of it good: three places too high.
    assert_eq!(gaps(&[900, 50, 40, 30], &[1, 4, 3, 2]), [3, -1, -1, -1]);
}

proptest! {
    #[test]
    fn more_people_make_one_surer(part in 0_u64..200, rest in 0_u64..200, times in 2_u64..50) {
        prop_assume!(part + rest > 0);
        let one = Interval::of(part, part + rest).unwrap();
        let many = Interval::of(part * times, (part + rest) * times).unwrap();
        prop_assert!(one.low <= one.share && one.share <= one.high);
        prop_assert!(one.low <= many.low && many.high <= one.high);
    }

    #[test]
    fn a_histogram_knows_what_the_values_know(values in proptest::collection::vec(0_u32..50, 1..200), percent in 0_u8..=100) {
        let mut whole = Histogram::default();
        let mut other = Histogram::default();
        for (place, value) in values.iter().enumerate() {
            if place % 3 == 0 { whole.add(*value, 1) } else { other.add(*value, 1) }
        }
        whole.join(&other);
        prop_assert_eq!(whole.total(), values.len() as u64);
        prop_assert_eq!(whole.at(percent), nearest_rank(&mut values.clone(), percent));
    }

    #[test]
    fn tallies_add_up(one in proptest::array::uniform5(0_u64..90), other in proptest::array::uniform5(0_u64..90)) {
        let tally = |levels: [u64; 5]| Tally { finished: levels.iter().sum::<u64>() * 2, levels };
        let sum = tally(one).plus(&tally(other));
        prop_assert_eq!(sum.rated(), tally(one).rated() + tally(other).rated());
        prop_assert!(sum.is_possible());
        prop_assert!(sum.mean().is_none_or(|mean| (100..=500).contains(&mean)));
    }
}
