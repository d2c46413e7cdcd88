//! What is used, and how much: how often guides are looked at, day by day and service by service; and of each agency how many
//! services it has, how far they go, and how many people it served. Sums of nobody, for administrators above agencies.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::{
    dsl::{count_star, sql},
    prelude::*,
    sql_types::BigInt,
};
use yimen_contract::service::Maturity;

use crate::{
    catalogue::{
        Catalogue,
        counts::{self, WINDOW_DAYS},
    },
    db::{Conn, schema::rating_matters as m},
    ratings::RatingError,
};

/// The stages of a service, from one that is only explained, with the words by which they are known.
pub const STAGES: [(Maturity, &str); 4] = [
    (Maturity::Information, "information"),
    (Maturity::Enquiry, "enquiry"),
    (Maturity::Transaction, "transaction"),
    (Maturity::Connected, "connected"),
];

/// What was counted in the window that ends today.
#[derive(Debug, Clone, Default)]
pub struct Used {
    /// Every day of it, the latest first.
    pub days: Vec<(NaiveDate, i64)>,
    /// Of each service.
    pub views: HashMap<String, i64>,
    /// Of each agency: how many people, and how many matters of theirs, ended.
    served: HashMap<String, (u64, u64)>,
}

/// Counts it, of some agencies and their services.
pub fn used(
    c: &mut Conn,
    today: NaiveDate,
    agencies: &[String],
    services: &[String],
) -> Result<Used, RatingError> {
    let from = today.checked_sub_days(Days::new(u64::from(WINDOW_DAYS) - 1)).unwrap_or(today);
    let seen: HashMap<NaiveDate, i64> = counts::by_day(c, from, services)?.into_iter().collect();
    let mut days: Vec<(NaiveDate, i64)> = from
        .iter_days()
        .take_while(|day| *day <= today)
        .map(|day| (day, seen.get(&day).copied().unwrap_or_default()))
        .collect();
    days.reverse();
    let tomorrow = today.succ_opt().unwrap_or(today);
    let views = counts::between(c, from, tomorrow)?.into_iter().collect();
    let people = sql::<BigInt>("COUNT(DISTINCT citizen_id)");
    let rows: Vec<(String, i64, i64)> = m::table
        .filter(m::ended_on.ge(from))
        .filter(m::agency.eq_any(agencies))
        .group_by(m::agency)
        .select((m::agency, people, count_star()))
        .load(c)?;
    let number = |number: i64| u64::try_from(number).unwrap_or_default();
    let served = rows.into_iter().map(|(agency, people, ended)| (agency, (number(people), number(ended))));
    Ok(Used { days, views, served: served.collect() })
}

/// An agency's part in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyUse {
    pub slug: String,
    pub services: usize,
    /// How many services stand at each of [`STAGES`].
    pub stages: [usize; STAGES.len()],
    pub views: i64,
    pub people: u64,
    pub ended: u64,
    /// Its place by services, and by people where these are not too few to be told.
    pub by_services: usize,
    pub by_people: Option<usize>,
}

impl AgencyUse {
    /// How many places it lies lower by people than by services: much on offer that few use.
    pub fn gap(&self) -> Option<i64> {
        let place = |place: usize| i64::try_from(place).unwrap_or(i64::MAX);
        self.by_people.map(|people| place(people) - place(self.by_services))
    }
}

/// Some agencies, whoever serves most people first. `least`: of fewer people nothing is told.
pub fn lines(catalogue: &Catalogue, agencies: &[String], used: &Used, least: u64) -> Vec<AgencyUse> {
    let theirs = catalogue.agencies.iter().filter(|entry| agencies.contains(&entry.slug));
    let all = theirs.map(|entry| {
        let services: Vec<_> = entry.services.iter().map(|at| &catalogue.services[*at].service).collect();
        let driver = entry.agency.backend.driver;
        let at =
            |stage: Maturity| services.iter().filter(|service| service.maturity(driver) == stage).count();
        let (people, ended) = used.served.get(&entry.slug).copied().unwrap_or_default();
        AgencyUse {
            slug: entry.slug.clone(),
            services: entry.services.len(),
            stages: STAGES.map(|(stage, _)| at(stage)),
            views: services.iter().filter_map(|service| used.views.get(&service.code)).sum(),
            people,
            ended,
            by_services: 0,
            by_people: None,
        }
    });
    placed(all.collect(), least)
}

/// Gives each its places. Those of as many stand at the same one.
fn placed(mut all: Vec<AgencyUse>, least: u64) -> Vec<AgencyUse> {
    let services: Vec<usize> = all.iter().map(|one| one.services).collect();
    let people: Vec<u64> = all.iter().map(|one| one.people).collect();
    for one in &mut all {
        one.by_services = 1 + services.iter().filter(|other| **other > one.services).count();
        let place = 1 + people.iter().filter(|other| **other > one.people).count();
        one.by_people = (one.people == 0 || one.people >= least).then_some(place);
    }
    // Those of whom too little is told stand where their number of people says nothing.
    all.sort_by(|one, other| {
        let told = |one: &AgencyUse| one.by_people.map_or(0, |_| one.people);
        told(other).cmp(&told(one)).then_with(|| one.slug.cmp(&other.slug))
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency(slug: &str, services: usize, people: u64) -> AgencyUse {
        AgencyUse {
            slug: slug.to_owned(),
            services,
            stages: [0; 4],
            views: 0,
            people,
            ended: people,
            by_services: 0,
            by_people: None,
        }
    }

    #[test]
    fn who_offers_much_that_few_use_lies_lower() {
        let all = placed(vec![agency("much", 40, 9), agency("little", 3, 900), agency("few", 3, 2)], 5);
        let told: Vec<_> =
            all.iter().map(|one| (one.slug.as_str(), one.by_services, one.by_people, one.gap())).collect();
        assert_eq!(
            told,
            [("little", 2, Some(1), Some(-1)), ("much", 1, Some(2), Some(1)), ("few", 2, None, None)]
        );
    }
}
