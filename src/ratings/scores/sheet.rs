//! What follows from rows: stars by the published formula, which rows may be shown, places in a league.
//!
//! Pure functions of what is kept, so that a page, the open file and whoever reads that file come to the same.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yimen_scores::{Formula, Row, Score, Thresholds, Weights, cells, rank};

use super::{
    complaints::per_thousand,
    model::{Kept, Sum, count},
    stage::Month,
};
use crate::{
    accounts::acting::beginning,
    platform::clock::city_day,
    policy::{Book, Rule},
    ratings::RatingError,
};

/// Every version of the formula that was ever published, and each that the city set since.
pub struct Formulas(Vec<Formula>);

impl Formulas {
    pub fn read() -> Result<Self, RatingError> {
        Formula::published().map(Self).map_err(|error| RatingError::Stored(error.to_string()))
    }

    /// With a version for each change that administrators made, which goes on counting where the published ones end.
    #[must_use]
    pub fn set_by(mut self, book: &Book) -> Self {
        for at in book.turns(&Rule::OF_STARS) {
            let Some(before) = self.0.last() else { break };
            let rules = book.at(at);
            let weights: Result<[u32; 6], _> = rules.numbers(Rule::StarWeights).try_into();
            let stars: Result<[u32; 4], _> = rules.numbers(Rule::StarThresholds).try_into();
            let (Ok(weights), Ok(stars)) = (weights, stars) else { break };
            let [satisfaction, on_time, first_pass, availability, speed, guide] = weights;
            let [two, three, four, five] = stars.map(|points| u16::try_from(points).unwrap_or(u16::MAX));
            // A month that began earlier on the same day is counted as it began.
            let day = city_day(at);
            let from = if beginning(day) == at { Some(day) } else { day.succ_opt() };
            let next = Formula {
                version: before.version + 1,
                from: from.unwrap_or(day).to_string(),
                min_ratings: rules.number(Rule::StarRatings).into(),
                min_weight: rules.number(Rule::StarMeasured),
                weights: Weights { satisfaction, on_time, first_pass, availability, speed, guide },
                stars: Thresholds { two, three, four, five },
            };
            self.0.push(next);
        }
        self
    }

    /// The one that was in force when a month began; nothing where none was.
    pub fn of(&self, month: Month) -> Option<&Formula> {
        let in_force = |formula: &&Formula| since(formula).is_some_and(|from| from <= month.first());
        self.0.iter().rev().find(in_force)
    }

    pub fn latest(&self) -> Option<&Formula> {
        self.0.last()
    }
}

/// The first day on which a formula is in force.
pub fn since(formula: &Formula) -> Option<NaiveDate> {
    formula.from.parse().ok()
}

/// A month of a service with what follows from it.
pub struct Line<'k> {
    pub kept: &'k Kept,
    pub row: Row,
    pub score: Option<Score>,
    /// Enough people stand behind it, and behind what it could be counted back from.
    pub shown: bool,
    /// How many complained, where the same can be said of that.
    pub complaints: Option<u64>,
}

impl Line<'_> {
    /// Complaints to a thousand matters that ended.
    pub fn per_thousand(&self) -> Option<String> {
        per_thousand(self.complaints?, self.row.tally().finished)
    }
}

/// Lines in the order of the rows. Of an agency's month all rows must be among them.
pub fn lines<'k>(rows: &'k [Kept], formulas: &Formulas, least: u64) -> Result<Vec<Line<'k>>, RatingError> {
    let mut groups: BTreeMap<(&str, NaiveDate), Vec<usize>> = BTreeMap::new();
    for (at, kept) in rows.iter().enumerate() {
        groups.entry((kept.agency.as_str(), kept.month)).or_default().push(at);
    }
    let (mut shown, mut complaints) = (vec![false; rows.len()], vec![None; rows.len()]);
    for places in groups.into_values() {
        let theirs: Vec<&Kept> = places.iter().map(|at| &rows[*at]).collect();
        for (at, is_shown) in places.iter().zip(showable(&theirs, least).0) {
            shown[*at] = is_shown;
        }
        let counts: Vec<u64> = theirs.iter().map(|kept| count(kept.complaints)).collect();
        for ((at, times), is_shown) in places.iter().zip(&counts).zip(showable_counts(&counts, least).0) {
            complaints[*at] = Some(*times).filter(|_| is_shown);
        }
    }
    let line = |((kept, shown), complaints): ((&'k Kept, bool), Option<u64>)| {
        let row = kept.row()?;
        let score = formulas.of(kept.month()).map(|formula| formula.score(&row));
        Ok(Line { kept, row, score, shown, complaints })
    };
    rows.iter().zip(shown).zip(complaints).map(line).collect()
}

/// Which of an agency's rows of a month may be shown, and whether its sums may. A row is about those who rated; where
/// nobody did, about those whose matters were finished.
fn showable(rows: &[&Kept], least: u64) -> (Vec<bool>, bool) {
    let people = |kept: &&Kept| {
        let tally = kept.tally();
        if tally.rated() > 0 { tally.rated() } else { tally.finished }
    };
    let people: Vec<u64> = rows.iter().map(people).collect();
    showable_counts(&people, least)
}

/// Which of some counts may be shown beside each other, and whether their sum may.
pub fn showable_counts(people: &[u64], least: u64) -> (Vec<bool>, bool) {
    let counts: Vec<Vec<u64>> = people.iter().map(|count| vec![*count]).collect();
    let published = cells::publish(&counts, least);
    (published.cells.iter().map(|cells| cells[0].is_some()).collect(), published.total.is_some())
}

/// A month of an agency.
pub struct Agency<'k> {
    pub slug: &'k str,
    pub sum: Sum,
    pub row: Row,
    pub score: Option<Score>,
    pub shown: bool,
    /// How many complained of its services, where that can be said.
    pub complaints: Option<u64>,
}

impl Agency<'_> {
    /// Complaints to a thousand matters that ended.
    pub fn per_thousand(&self) -> Option<String> {
        per_thousand(self.complaints?, self.sum.tally.finished)
    }

    /// Its points, where it has stars.
    fn points(&self) -> Option<u16> {
        let score = self.score.as_ref().filter(|score| self.shown && score.stars.is_ok());
        score.and_then(|score| score.points).map(yimen_scores::Share::points)
    }
}

/// All agencies of a month's rows, by their names.
pub fn agencies<'k>(
    rows: &'k [Kept],
    month: Month,
    formulas: &Formulas,
    least: u64,
) -> Result<Vec<Agency<'k>>, RatingError> {
    let mut groups: BTreeMap<&str, Vec<&Kept>> = BTreeMap::new();
    for kept in rows {
        groups.entry(kept.agency.as_str()).or_default().push(kept);
    }
    let agency = |(slug, theirs): (&'k str, Vec<&'k Kept>)| {
        let sum = Sum::of(theirs.iter().copied());
        let row = sum.row(slug, month)?;
        let score = formulas.of(month).map(|formula| formula.score(&row));
        let counts: Vec<u64> = theirs.iter().map(|kept| count(kept.complaints)).collect();
        let complaints = Some(sum.complaints).filter(|_| showable_counts(&counts, least).1);
        Ok(Agency { slug, sum, row, score, shown: showable(&theirs, least).1, complaints })
    };
    groups.into_iter().map(agency).collect()
}

/// Where an agency stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// By its points.
    pub quality: usize,
    /// By how much was finished: much is not good, and stands beside it.
    pub quantity: usize,
    /// How many places it is better by quantity than by quality.
    pub gap: i64,
}

/// A league: those that have stars, the best first, with their places; and those that have none.
pub struct League<'a, 'k> {
    pub ranked: Vec<(Place, &'a Agency<'k>)>,
    pub others: Vec<&'a Agency<'k>>,
}

impl<'a, 'k> League<'a, 'k> {
    pub fn of(agencies: &'a [Agency<'k>]) -> Self {
        let (starred, others): (Vec<_>, Vec<_>) =
            agencies.iter().partition(|agency| agency.points().is_some());
        let quality: Vec<_> = starred.iter().map(|agency| agency.points()).collect();
        let quantity: Vec<_> = starred.iter().map(|agency| agency.sum.tally.finished).collect();
        let (good, much) = (rank::places(&quality), rank::places(&quantity));
        let gaps = rank::gaps(&quantity, &quality);
        let place = |at: usize| Place { quality: good[at], quantity: much[at], gap: gaps[at] };
        let mut ranked: Vec<_> =
            starred.into_iter().enumerate().map(|(at, agency)| (place(at), agency)).collect();
        ranked.sort_by_key(|(place, _)| place.quality);
        Self { ranked, others }
    }
}

#[cfg(test)]
mod tests {
    use yimen_scores::{NoStars, Part};

    use super::*;
    use crate::db::Json;

    fn kept(agency: &str, service: &str, finished: i64, rated: i64) -> Kept {
        let month = Month::named("2026-11").unwrap();
        Kept {
            agency: agency.to_owned(),
            finished,
            very_satisfied: rated,
            decided: finished,
            on_time: finished,
            on_time_of: finished,
            first_pass: finished,
            reachable: 9,
            reachable_of: 10,
            durations: Json([(60, u64::try_from(finished).unwrap())].into_iter().collect()),
            promised_minutes: 1_440,
            guide: 11,
            guide_of: 12,
            ..Kept::empty(service, month)
        }
    }

    #[test]
    fn a_row_about_few_takes_another_of_its_agency_with_it() {
        let formulas = Formulas::read().unwrap();
        let shown = |rows: &[Kept]| -> Vec<bool> {
            lines(rows, &formulas, 5).unwrap().iter().map(|line| line.shown).collect()
        };
        let rows = [
            kept("a", "S1", 3, 0),
            kept("a", "S2", 40, 30),
            kept("a", "S3", 90, 60),
            kept("b", "S4", 40, 30),
        ];
        assert_eq!(shown(&rows), [false, false, true, true]);
        // Few who rated are few, however many could have.
        let rows = [kept("a", "S1", 80, 2), kept("a", "S2", 40, 30), kept("a", "S3", 9, 9)];
        assert_eq!(shown(&rows), [false, true, false]);
        assert_eq!(
            shown(&[kept("a", "S1", 0, 0), kept("a", "S2", 40, 30)]),
            [true, true],
            "nobody is nobody"
        );
    }

    #[test]
    fn a_league_says_how_good_and_how_much() {
        let formulas = Formulas::read().unwrap();
        let mut rows = vec![
            kept("much", "S1", 900, 300),
            kept("good", "S2", 100, 80),
            kept("few", "S3", 100, 12),
            kept("hidden", "S4", 4, 4),
        ];
        rows[0].very_satisfied = 0;
        rows[0].very_dissatisfied = 300;
        let agencies = agencies(&rows, rows[0].month(), &formulas, 5).unwrap();
        let league = League::of(&agencies);
        let places: Vec<_> = league
            .ranked
            .iter()
            .map(|(place, agency)| (agency.slug, place.quality, place.quantity, place.gap))
            .collect();
        assert_eq!(places, [("good", 1, 2, -1), ("much", 2, 1, 1)]);
        assert_eq!(league.others.iter().map(|agency| agency.slug).collect::<Vec<_>>(), ["few", "hidden"]);
        let few = league.others[0].score.as_ref().unwrap();
        assert_eq!(few.stars, Err(NoStars::FewRatings { have: 12, need: 20 }));
        assert_eq!(league.ranked[0].1.sum.reachable, Part { count: 9, of: 10 });
    }

    #[test]
    fn new_weights_hold_for_months_that_begin_afterwards() {
        let published = Formulas::read().unwrap();
        let (first, versions) = (published.latest().unwrap().clone(), published.0.len());
        let mut book = Book::first_for_tests([
            (Rule::StarWeights, vec![30, 20, 15, 15, 10, 10]),
            (Rule::StarThresholds, vec![4_000, 6_000, 7_500, 8_800]),
            (Rule::StarRatings, vec![20]),
            (Rule::StarMeasured, vec![60]),
        ]);
        let day = |day: &str| beginning(day.parse().unwrap());
        book.hold(Rule::StarWeights, day("2026-12-01"), vec![40, 10, 15, 15, 10, 10]);
        // Decided when January had begun.
        book.hold(Rule::StarRatings, day("2027-01-01") + chrono::TimeDelta::hours(9), vec![50]);
        let formulas = Formulas::read().unwrap().set_by(&book);
        let of = |tag: &str| formulas.of(Month::named(tag).unwrap()).unwrap();
        assert_eq!((of("2026-11").weights, of("2026-11").min_ratings), (first.weights, 20));
        assert_eq!((of("2026-12").weights.satisfaction, of("2026-12").weights.on_time), (40, 10));
        assert_eq!([of("2027-01").min_ratings, of("2027-02").min_ratings], [20, 50]);
        assert_eq!(usize::try_from(of("2027-02").version).unwrap(), versions + 2);
    }

    #[test]
    fn before_there_was_a_formula_there_are_no_stars() {
        let formulas = Formulas::read().unwrap();
        let first = since(formulas.0.first().unwrap()).unwrap();
        assert!(formulas.of(Month::of(first)).is_some());
        assert!(formulas.of(Month::of(first).back(1)).is_none());
    }
}
