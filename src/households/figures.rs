//! How many households are helped, and how often somebody looks in. Counted service by service; nobody's record is opened.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use diesel::{dsl::count_star, prelude::*};

use super::Outcome;
use crate::{
    db::{
        Conn, DbError,
        schema::{household_visits as v, households as h},
    },
    ratings::scores::sheet::showable_counts,
};

/// Visits are counted so far back.
const BACK: Months = Months::new(12);

/// What is counted of a service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Helped now, and of these: past the day by which somebody was to look in.
    pub households: i64,
    pub late: i64,
    /// In the last twelve months, and of these: those that found that more is needed.
    pub visits: i64,
    pub more: i64,
}

/// Of each service of some agencies.
pub type All = BTreeMap<(String, String), Figures>;

type Line = (String, String, i64);

/// Counts, by agency and service.
pub fn all(c: &mut Conn, agencies: &[String], today: NaiveDate) -> Result<All, DbError> {
    let since = today.checked_sub_months(BACK).unwrap_or(today);
    let mut all = All::new();
    let open: Vec<Line> = h::table
        .filter(h::agency.eq_any(agencies.to_vec()))
        .filter(h::ended_on.is_null())
        .group_by((h::agency, h::service))
        .select((h::agency, h::service, count_star()))
        .load(c)?;
    for (agency, service, count) in open {
        all.entry((agency, service)).or_default().households = count;
    }
    let late: Vec<Line> = h::table
        .filter(h::agency.eq_any(agencies.to_vec()))
        .filter(h::ended_on.is_null())
        .filter(h::next_on.lt(today))
        .group_by((h::agency, h::service))
        .select((h::agency, h::service, count_star()))
        .load(c)?;
    for (agency, service, count) in late {
        all.entry((agency, service)).or_default().late = count;
    }
    let visits: Vec<(String, String, String, i64)> = v::table
        .filter(v::agency.eq_any(agencies.to_vec()))
        .filter(v::visited_on.ge(since))
        .group_by((v::agency, v::service, v::outcome))
        .select((v::agency, v::service, v::outcome, count_star()))
        .load(c)?;
    for (agency, service, outcome, count) in visits {
        let figures = all.entry((agency, service)).or_default();
        figures.visits += count;
        if Outcome::named(&outcome) == Some(Outcome::NeedsMore) {
            figures.more += count;
        }
    }
    Ok(all)
}

/// The same for those above an agency: a service that helps too few is left out, and as many others as it takes that nobody can
/// count it back from the sum.
pub fn published(all: All, least: u64) -> Vec<((String, String), Option<Figures>)> {
    let people: Vec<u64> =
        all.values().map(|figures| u64::try_from(figures.households).unwrap_or_default()).collect();
    let (shown, _) = showable_counts(&people, least);
    all.into_iter().zip(shown).map(|((key, figures), shown)| (key, shown.then_some(figures))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_too_few_is_left_out_for_those_above() {
        let of = |count| Figures { households: count, ..Figures::default() };
        let key = |service: &str| ("civil-affairs".to_owned(), service.to_owned());
        let all = All::from([(key("YZ12013"), of(40)), (key("YZ12014"), of(2)), (key("YZ12015"), of(30))]);
        let shown = published(all, 10);
        assert_eq!(shown.len(), 3);
        assert!(shown.iter().find(|(one, _)| *one == key("YZ12014")).unwrap().1.is_none());
        assert!(shown.iter().any(|(_, figures)| figures.is_some()), "{shown:?}");
    }
}
