//! Months of the city's domains: the sums of their services, whoever serves them.
//!
//! Only what may be shown of each service is added up. So a domain's sum says nothing of a service that is about too few
//! people, and whoever has the open file comes to the same; how many services are left out stands beside it.

use std::collections::BTreeMap;

use yimen_scores::{Row, Score};

use super::{
    complaints::per_thousand,
    model::Sum,
    sheet::{Formulas, Line},
    stage::Month,
};
use crate::ratings::RatingError;

/// A month of a domain.
pub struct Domain<'k> {
    pub code: &'k str,
    pub sum: Sum,
    pub row: Row,
    pub score: Option<Score>,
    /// Services that are about too few people.
    pub left_out: usize,
    /// How many complained of the others, where that can be said of each.
    pub complaints: Option<u64>,
}

impl Domain<'_> {
    /// Whether anything of it may be shown.
    pub const fn is_shown(&self) -> bool {
        self.sum.services > 0
    }

    /// Complaints to a thousand matters that ended.
    pub fn per_thousand(&self) -> Option<String> {
        per_thousand(self.complaints?, self.sum.tally.finished)
    }
}

/// The domains of a month's lines, by their codes.
pub fn domains<'k>(
    lines: &[&Line<'k>],
    month: Month,
    formulas: &Formulas,
) -> Result<Vec<Domain<'k>>, RatingError> {
    let mut groups: BTreeMap<&'k str, Vec<&Line<'k>>> = BTreeMap::new();
    for line in lines {
        groups.entry(line.kept.domain.as_str()).or_default().push(line);
    }
    let domain = |(code, theirs): (&'k str, Vec<&Line<'k>>)| {
        let (shown, hidden): (Vec<_>, Vec<_>) = theirs.into_iter().partition(|line| line.shown);
        let sum = Sum::of(shown.iter().map(|line| line.kept));
        let row = sum.row(code, month)?;
        let score = formulas.of(month).map(|formula| formula.score(&row));
        let complaints = shown.iter().map(|line| line.complaints).sum();
        Ok(Domain { code, sum, row, score, left_out: hidden.len(), complaints })
    };
    groups.into_iter().map(domain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ratings::scores::{model::Kept, sheet::lines};

    fn kept(agency: &str, service: &str, rated: i64) -> Kept {
        Kept {
            agency: agency.to_owned(),
            domain: "D13".to_owned(),
            finished: 2 * rated,
            very_satisfied: rated,
            complaints: 6,
            ..Kept::empty(service, Month::named("2026-11").unwrap())
        }
    }

    #[test]
    fn a_domain_adds_up_what_may_be_shown_and_nothing_else() {
        let formulas = Formulas::read().unwrap();
        let rows =
            [kept("one", "YZ1", 40), kept("one", "YZ2", 3), kept("one", "YZ3", 7), kept("other", "YZ4", 60)];
        let lines = lines(&rows, &formulas, 5).unwrap();
        let all: Vec<&Line<'_>> = lines.iter().collect();
        let found = domains(&all, rows[0].month(), &formulas).unwrap();
        assert_eq!(found.len(), 1);
        let domain = &found[0];
        // The one about few, and the one that it could be counted back from.
        assert_eq!((domain.code, domain.left_out, domain.sum.services), ("D13", 2, 2));
        assert_eq!((domain.sum.tally.finished, domain.sum.tally.rated()), (200, 100));
        assert_eq!(domain.complaints, Some(12));
        assert!(domain.is_shown() && domain.row.to_line().starts_with("D13,2026-11,200,"));
        let few = [kept("one", "YZ1", 2)];
        let lines = sheet_of(&few, &formulas);
        let few: Vec<&Line<'_>> = lines.iter().collect();
        let found = domains(&few, few[0].kept.month(), &formulas).unwrap();
        assert!(!found[0].is_shown() && found[0].sum.tally.finished == 0);
    }

    fn sheet_of<'k>(rows: &'k [Kept], formulas: &Formulas) -> Vec<Line<'k>> {
        lines(rows, formulas, 5).unwrap()
    }
}
