//! What was set when: the city's package, and every change since. Pure, and read in memory.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use yimen_contract::CityPackage;

use super::{Change, Rule, Wrong};
use crate::{accounts::acting::beginning, platform::Moment};

/// Everything that was ever set. Of what is not here yet only what was decided already is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    first: BTreeMap<Rule, Vec<u32>>,
    /// In the order in which they come into force.
    held: BTreeMap<Rule, Vec<Held>>,
}

/// Numbers that are in force from a moment on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Held {
    at: Moment,
    numbers: Vec<u32>,
}

impl Book {
    /// The book of a city in which nothing was changed yet.
    pub fn of(city: &CityPackage) -> Self {
        let first = Rule::ALL.into_iter().filter_map(|rule| Some((rule, rule.first_numbers(city)?)));
        Self { first: first.collect(), held: BTreeMap::new() }
    }

    /// The same city with these changes, in the order in which they come into force, and no others.
    #[must_use]
    pub fn with(&self, changes: &[Change]) -> Self {
        let mut book = Self { first: self.first.clone(), held: BTreeMap::new() };
        for change in changes {
            if let (Some(rule), Some(at)) = (change.rule(), change.holds_at()) {
                book.hold(rule, at, change.numbers().to_vec());
            }
        }
        book
    }

    /// Has numbers in force from a moment on. Of two at the same moment the later decided one stands.
    pub(crate) fn hold(&mut self, rule: Rule, at: Moment, numbers: Vec<u32>) {
        let all = self.held.entry(rule).or_default();
        let place = all.partition_point(|one| one.at <= at);
        all.insert(place, Held { at, numbers });
    }

    /// A book of these numbers, for tests of what reads them.
    #[cfg(test)]
    pub fn first_for_tests(rules: impl IntoIterator<Item = (Rule, Vec<u32>)>) -> Self {
        Self { first: rules.into_iter().collect(), held: BTreeMap::new() }
    }

    /// Whether the city does what a rule is about.
    pub fn has(&self, rule: Rule) -> bool {
        self.first.contains_key(&rule)
    }

    /// What the package says.
    pub fn first(&self, rule: Rule) -> &[u32] {
        self.first.get(&rule).map_or(&[], Vec::as_slice)
    }

    /// The rules at a moment.
    pub const fn at(&self, at: Moment) -> Rules<'_> {
        Rules { book: self, at }
    }

    /// The rules with which a day began, for what is counted from a day and not from a moment.
    pub fn on(&self, day: NaiveDate) -> Rules<'_> {
        self.at(beginning(day))
    }

    /// The last day of what began on a day and lasts as many days as a rule says.
    pub fn last_day(&self, rule: Rule, began: NaiveDate) -> NaiveDate {
        let days = Days::new(self.on(began).number(rule).into());
        began.checked_add_days(days).unwrap_or(began)
    }

    /// The moments at which one of these rules changes, in their order.
    pub fn turns(&self, rules: &[Rule]) -> BTreeSet<Moment> {
        let held = rules.iter().filter_map(|rule| self.held.get(rule)).flatten();
        held.map(|one| one.at).collect()
    }

    /// Whether rules that bound each other do so from a moment on.
    pub(super) fn check_from(&self, from: Moment) -> Result<(), Wrong> {
        let turns = self.turns(&Rule::RISING).into_iter().filter(|at| *at > from);
        for at in std::iter::once(from).chain(turns) {
            let rules = self.at(at);
            for pair in Rule::RISING.windows(2) {
                let [shorter, longer] = pair else { continue };
                let both = self.has(*shorter) && self.has(*longer);
                if both && rules.number(*shorter) > rules.number(*longer) {
                    return Err(Wrong::Order(*shorter, *longer));
                }
            }
        }
        Ok(())
    }
}

/// What is in force at a moment.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'b> {
    book: &'b Book,
    at: Moment,
}

impl<'b> Rules<'b> {
    /// A rule's numbers; none where the city does not do what it is about.
    pub fn numbers(self, rule: Rule) -> &'b [u32] {
        let held = self.book.held.get(&rule);
        let now = held.and_then(|all| all.iter().rev().find(|one| one.at <= self.at));
        now.map_or_else(|| self.book.first(rule), |one| one.numbers.as_slice())
    }

    /// A rule's only number. Where the city does not do what it is about, the least that it could be.
    pub fn number(self, rule: Rule) -> u32 {
        self.numbers(rule).first().copied().unwrap_or(rule.bounds().0)
    }

    /// A rule's only number, where it is a yes or a no.
    pub fn is_on(self, rule: Rule) -> bool {
        self.number(rule) == 1
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn book() -> Book {
        let first = [(Rule::ContactDue, vec![1]), (Rule::FixDue, vec![5]), (Rule::ComplexFixDue, vec![15])];
        let mut book = Book { first: first.into(), held: BTreeMap::new() };
        book.hold(Rule::FixDue, beginning(day(12, 1)), vec![7]);
        book
    }

    #[test]
    fn a_number_holds_from_its_day_on_and_not_before() {
        let book = book();
        let noon = beginning(day(11, 30)) + TimeDelta::hours(12);
        let (before, after) = (book.at(noon), book.on(day(12, 1)));
        assert_eq!([before.number(Rule::FixDue), after.number(Rule::FixDue)], [5, 7]);
        assert_eq!(book.last_day(Rule::FixDue, day(11, 30)), day(12, 5));
        assert_eq!(book.last_day(Rule::FixDue, day(12, 1)), day(12, 8));
        // What was decided first and begins later takes over when its day comes.
        let mut changed = book.clone();
        changed.hold(Rule::FixDue, noon, vec![6]);
        assert_eq!(changed.at(noon).number(Rule::FixDue), 6);
        assert_eq!(changed.on(day(12, 1)).number(Rule::FixDue), 7);
        // Decided later for the same day.
        changed.hold(Rule::FixDue, beginning(day(12, 1)), vec![8]);
        assert_eq!(changed.on(day(12, 1)).number(Rule::FixDue), 8);
    }

    #[test]
    fn what_a_city_does_not_do_has_no_numbers() {
        let empty = Book::default();
        let rules = empty.on(day(12, 1));
        assert!(!empty.has(Rule::FixDue) && rules.numbers(Rule::FixDue).is_empty());
        assert_eq!(rules.number(Rule::LeastPeople), 2);
    }

    #[test]
    fn a_call_comes_before_what_is_put_right() {
        let mut book = book();
        assert_eq!(book.check_from(beginning(day(11, 20))), Ok(()));
        book.hold(Rule::ContactDue, beginning(day(11, 25)), vec![6]);
        let wrong = Wrong::Order(Rule::ContactDue, Rule::FixDue);
        assert_eq!(book.check_from(beginning(day(11, 25))), Err(wrong));
        // From December on there are seven days to put it right.
        assert_eq!(book.check_from(beginning(day(12, 1))), Ok(()));
        book.hold(Rule::ContactDue, beginning(day(11, 25)), vec![5]);
        book.hold(Rule::ComplexFixDue, beginning(day(12, 10)), vec![6]);
        let wrong = Wrong::Order(Rule::FixDue, Rule::ComplexFixDue);
        assert_eq!(book.check_from(beginning(day(11, 25))), Err(wrong), "later is looked at as well");
    }
}
