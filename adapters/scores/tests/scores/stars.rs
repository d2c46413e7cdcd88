//! Stars by the published formula, from the published rows.

use proptest::prelude::*;
use yimen_scores::{BadFormula, BadRow, COLUMNS, Counted, Formula, NoStars, Part, Row, Tally};

fn formula() -> Formula {
    Formula::published().unwrap().pop().unwrap()
}

fn counted() -> Counted {
    Counted {
        ratings: Tally { finished: 400, levels: [2, 4, 14, 60, 120] },
        on_time: Part { count: 380, of: 400 },
        first_pass: Part { count: 340, of: 400 },
        reachable: Part { count: 8_900, of: 8_928 },
        median_minutes: Some(2_880),
        promised_minutes: 7_200,
        guide: Part { count: 24, of: 24 },
    }
}

fn row(counted: &Counted) -> Row {
    Row::new("YZ02022", "2026-10", counted).unwrap()
}

#[test]
fn the_formula_is_what_its_file_says() {
    let formula = formula();
    let score = formula.score(&row(&counted()));
    // 30 × 9361 + 20 × 9500 + 15 × 8500 + 15 × 9969 + 10 × 8000 + 10 × 10000, by hand, over 100.
    let values: Vec<u16> = score.parts.iter().map(|part| part.value.unwrap().points()).collect();
    assert_eq!(values, [9_361, 9_500, 8_500, 9_969, 8_000, 10_000]);
    assert_eq!(score.points.unwrap().points(), 9_279);
    assert_eq!((score.version, score.stars), (1, Ok(5)));
}

#[test]
fn worse_figures_cost_stars() {
    let stars = |change: fn(&mut Counted)| {
        let mut counted = counted();
        change(&mut counted);
        formula().score(&row(&counted)).stars.unwrap()
    };
    assert_eq!(stars(|_| {}), 5);
    assert_eq!(stars(|counted| counted.on_time.count = 200), 4);
    assert_eq!(stars(|counted| counted.ratings.levels = [100, 60, 20, 10, 10]), 3);
    assert_eq!(
        stars(|counted| {
            counted.ratings.levels = [150, 50, 0, 0, 0];
            (counted.on_time.count, counted.first_pass.count, counted.reachable.count) = (0, 0, 0);
        }),
        1
    );
}

#[test]
fn too_little_is_no_star() {
    let mut few = counted();
    few.ratings.levels = [0, 0, 0, 0, 19];
    assert_eq!(formula().score(&row(&few)).stars, Err(NoStars::FewRatings { have: 19, need: 20 }));
    few.ratings.levels = [0, 0, 0, 0, 20];
    assert!(formula().score(&row(&few)).stars.is_ok());
    let ratings_only = Counted { ratings: few.ratings, ..Counted::default() };
    assert_eq!(formula().score(&row(&ratings_only)).stars, Err(NoStars::LittleMeasured { weight: 30 }));
    // What cannot be measured gives its weight to the others.
    let mut no_matters = counted();
    (no_matters.first_pass, no_matters.median_minutes) = (Part::default(), None);
    let score = formula().score(&row(&no_matters));
    assert_eq!((score.points.unwrap().points(), score.stars), (9_605, Ok(5)));
}

#[test]
fn formulas_that_cannot_be_meant_are_refused() {
    let text = include_str!("../../formulas/1.toml");
    assert!(Formula::read(text).is_ok());
    let with = |from: &str, to: &str| Formula::read(&text.replace(from, to)).unwrap_err();
    assert_eq!(with("satisfaction = 30", "satisfaction = 40"), BadFormula::Weights(110));
    assert_eq!(with("three = 6000", "three = 8000"), BadFormula::Thresholds);
    assert!(matches!(with("guide = 10", "luck = 10"), BadFormula::Unreadable(_)));
    let versions: Vec<u32> = Formula::published().unwrap().iter().map(|formula| formula.version).collect();
    assert_eq!(versions, (1..=u32::try_from(versions.len()).unwrap()).collect::<Vec<_>>());
}

#[test]
fn what_was_not_counted_rightly_is_no_row() {
    let refused = |change: fn(&mut Counted)| {
        let mut counted = counted();
        change(&mut counted);
        Row::new("YZ02022", "2026-10", &counted).unwrap_err()
    };
    assert_eq!(refused(|counted| counted.ratings.finished = 10), BadRow::TooMany { column: "finished" });
    assert_eq!(refused(|counted| counted.on_time.count = 401), BadRow::TooMany { column: "on_time" });
    assert_eq!(refused(|counted| counted.guide.of = 2), BadRow::TooMany { column: "guide" });
    for code in ["", "=1+1", "a,b", "YZ\n1", "林"] {
        assert_eq!(Row::new(code, "2026-10", &counted()).unwrap_err(), BadRow::Code { column: "service" });
    }
    assert_eq!(Row::from_line("YZ1,2026-10,1").unwrap_err(), BadRow::Columns(3));
    let line = row(&counted()).to_line().replace("7200", "a week");
    assert_eq!(Row::from_line(&line).unwrap_err(), BadRow::Number { column: "promised_minutes" });
    assert_eq!(line.split(',').count(), COLUMNS.len());
}

fn anything() -> impl Strategy<Value = Counted> {
    let part = || (0_u64..500, 0_u64..500).prop_map(|(count, rest)| Part { count, of: count + rest });
    let ratings = (proptest::array::uniform5(0_u64..200), 0_u64..900)
        .prop_map(|(levels, silent)| Tally { finished: levels.iter().sum::<u64>() + silent, levels });
    let speed = (proptest::option::of(0_u64..100_000), 0_u64..50_000);
    (ratings, part(), part(), part(), speed, part()).prop_map(
        |(ratings, on_time, first_pass, reachable, (median_minutes, promised_minutes), guide)| Counted {
            ratings,
            on_time,
            first_pass,
            reachable,
            median_minutes,
            promised_minutes,
            guide,
        },
    )
}

proptest! {
    #[test]
    fn stars_follow_from_the_published_line(counted in anything()) {
        let row = row(&counted);
        let again = Row::from_line(&row.to_line()).unwrap();
        prop_assert_eq!(&again, &row);
        prop_assert_eq!(formula().score(&again), formula().score(&row));
    }

    #[test]
    fn doing_better_never_costs_a_star(counted in anything(), more in 1_u64..50) {
        let before = formula().score(&row(&counted));
        let mut better = counted;
        // The same people, some of them more satisfied.
        let moved = more.min(better.ratings.levels[0]);
        better.ratings.levels[0] -= moved;
        better.ratings.levels[4] += moved;
        better.on_time.count = (better.on_time.count + more).min(better.on_time.of);
        better.median_minutes = better.median_minutes.map(|median| median.saturating_sub(more));
        let after = formula().score(&row(&better));
        prop_assert!(after.points >= before.points);
        if let (Ok(before), Ok(after)) = (before.stars, after.stars) {
            prop_assert!(after >= before && (1..=5).contains(&after));
        }
    }
}
