//! How far people come in a service: from its guide to the answer, by what the month's rows have counted anyway. Where many begin
//! and few hand in, the form is at fault.

pub mod views;

use std::collections::BTreeMap;

use super::model::{Kept, count};

/// The steps of the way, as texts and addresses know them.
pub const STEPS: [&str; 5] = ["looked-at", "begun", "handed-in", "accepted", "decided"];
const BEGUN: usize = 1;
const HANDED_IN: usize = 2;

/// How often each step was taken. The first is of visits, the others of applications.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Way(pub [u64; STEPS.len()]);

impl Way {
    /// Whoever handed in had begun; what was begun and left alone for a week is counted as not handed in.
    fn of(kept: &Kept) -> Self {
        let begun = kept.handed_in + kept.left_lying;
        Self([kept.looked_at, begun, kept.handed_in, kept.accepted, kept.decided].map(count))
    }

    #[must_use]
    fn plus(self, more: Self) -> Self {
        let mut sum = self;
        sum.0.iter_mut().zip(more.0).for_each(|(all, one)| *all += one);
        sum
    }

    /// Of a hundred that were begun, so many were handed in; nothing where fewer were begun than may be shown.
    pub fn finished(self, least: u64) -> Option<u64> {
        let (begun, handed_in) = (self.0[BEGUN], self.0[HANDED_IN]);
        (begun >= least.max(1)).then(|| (200 * handed_in + begun) / (2 * begun))
    }

    /// How many began and did not hand in.
    const fn lost(self) -> u64 {
        self.0[BEGUN].saturating_sub(self.0[HANDED_IN])
    }
}

/// What stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Service,
    Agency,
}

impl By {
    pub const ALL: [Self; 2] = [Self::Service, Self::Agency];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Agency => "agency",
        }
    }

    pub fn named(tag: &str) -> Self {
        Self::ALL.into_iter().find(|by| by.tag() == tag).unwrap_or(Self::Service)
    }
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The city's order.
    Name,
    /// Where most began and did not hand in.
    Lost,
    HandedIn,
    LookedAt,
}

impl Sort {
    pub const ALL: [Self; 4] = [Self::Lost, Self::HandedIn, Self::LookedAt, Self::Name];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Lost => "lost",
            Self::HandedIn => "handed-in",
            Self::LookedAt => "looked-at",
        }
    }

    pub fn named(tag: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.tag() == tag).unwrap_or(Self::Lost)
    }
}

/// A service or an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Nothing where all of an agency's services are one.
    pub service: Option<String>,
    pub agency: String,
    pub way: Way,
}

/// The lines of a month, and the sum of all of them.
pub fn lines<'k>(rows: impl Iterator<Item = &'k Kept>, by: By, sort: Sort) -> (Vec<Line>, Way) {
    let mut ways: BTreeMap<(&str, Option<&str>), Way> = BTreeMap::new();
    let mut all = Way::default();
    for kept in rows {
        let way = Way::of(kept);
        let service = (by == By::Service).then_some(kept.service.as_str());
        let sum = ways.entry((kept.agency.as_str(), service)).or_default();
        *sum = sum.plus(way);
        all = all.plus(way);
    }
    let line = |((agency, service), way): ((&str, Option<&str>), Way)| Line {
        service: service.map(str::to_owned),
        agency: agency.to_owned(),
        way,
    };
    let mut lines: Vec<Line> = ways.into_iter().map(line).collect();
    // Lines that are alike stay in the city's order.
    match sort {
        Sort::Name => {}
        Sort::Lost => lines.sort_by_key(|line| std::cmp::Reverse(line.way.lost())),
        Sort::HandedIn => lines.sort_by_key(|line| std::cmp::Reverse(line.way.0[HANDED_IN])),
        Sort::LookedAt => lines.sort_by_key(|line| std::cmp::Reverse(line.way.0[0])),
    }
    (lines, all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ratings::scores::stage::Month;

    fn kept(service: &str, agency: &str, (looked_at, handed_in, left_lying): (i64, i64, i64)) -> Kept {
        Kept {
            agency: agency.to_owned(),
            looked_at,
            handed_in,
            left_lying,
            accepted: handed_in,
            decided: handed_in / 2,
            ..Kept::empty(service, Month::named("2026-11").unwrap())
        }
    }

    #[test]
    fn a_way_is_counted_by_service_and_by_agency() {
        let rows = [
            kept("YZ1", "gas", (100, 30, 10)),
            kept("YZ2", "gas", (500, 10, 40)),
            kept("YZ3", "tax", (50, 40, 0)),
        ];
        let (services, all) = lines(rows.iter(), By::Service, Sort::Lost);
        let codes: Vec<_> = services.iter().map(|line| line.service.as_deref().unwrap()).collect();
        assert_eq!(codes, ["YZ2", "YZ1", "YZ3"]);
        assert_eq!(all.0, [650, 130, 80, 80, 40]);
        let (agencies, same) = lines(rows.iter(), By::Agency, Sort::Name);
        assert_eq!(agencies.iter().map(|line| line.way.0[BEGUN]).collect::<Vec<_>>(), [90, 40]);
        assert_eq!(same, all);
        assert_eq!(lines(rows.iter(), By::Agency, Sort::HandedIn).0[0].agency, "gas");
        assert_eq!(lines(rows.iter(), By::Service, Sort::LookedAt).0[0].service.as_deref(), Some("YZ2"));
    }

    #[test]
    fn a_share_of_few_is_not_told() {
        let way = Way([0, 8, 6, 6, 6]);
        assert_eq!([way.finished(5), way.finished(9)], [Some(75), None]);
        assert_eq!(Way::default().finished(0), None);
    }
}
