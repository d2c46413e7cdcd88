//! How far agencies get, from applying to being live, and how long each part of the way takes them.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    agencies::CITY_SLUG,
    db::{Conn, DbError, Stamp, schema::release_acts},
    platform::Moment,
};

/// The stages of the way, by the words of the record.
pub const STAGES: [&str; 8] =
    ["applied", "admitted", "uploaded", "checked", "submitted", "approved", "released", "live"];

/// A stage of the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    pub act: &'static str,
    /// Agencies that came this far.
    pub agencies: usize,
    /// Half of them took no longer from the stage before, in days; nothing where nobody came from there.
    pub median_days: Option<f64>,
}

/// The way of all agencies.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    pub stages: Vec<Stage>,
    /// Agencies whose package the operator installed; they are in no stage by that.
    pub installed: usize,
}

/// When each agency first came to each stage. What the operator did for an agency is no part of its own way.
pub fn funnel(c: &mut Conn) -> Result<Funnel, DbError> {
    let rows: Vec<(String, String, Option<Stamp>)> = release_acts::table
        .filter(release_acts::slug.ne(CITY_SLUG))
        .group_by((release_acts::slug, release_acts::act))
        .select((release_acts::slug, release_acts::act, diesel::dsl::min(release_acts::at)))
        .load(c)?;
    let mut first: HashMap<String, HashMap<String, Moment>> = HashMap::new();
    for (slug, act, at) in rows {
        if let Some(at) = at {
            first.entry(slug).or_default().insert(act, at.moment());
        }
    }
    Ok(of(&first.into_values().collect::<Vec<_>>()))
}

fn of(ways: &[HashMap<String, Moment>]) -> Funnel {
    let installed = |way: &HashMap<String, Moment>| way.contains_key("installed");
    // An agency that the operator admitted never applied: it is not on the way by that.
    let own: Vec<_> =
        ways.iter().filter(|way| way.contains_key("applied") || way.contains_key("uploaded")).collect();
    let stages = STAGES.iter().enumerate().map(|(at, act)| {
        let agencies = own.iter().filter(|way| way.contains_key(*act)).count();
        let taken = at.checked_sub(1).map_or_else(Vec::new, |before| {
            let days = |way: &&HashMap<String, Moment>| {
                let took = *way.get(*act)? - *way.get(STAGES[before])?;
                (took.num_seconds() >= 0).then(|| took.as_seconds_f64() / 86_400.0)
            };
            own.iter().filter_map(days).collect()
        });
        Stage { act, agencies, median_days: median(taken) }
    });
    Funnel { stages: stages.collect(), installed: ways.iter().filter(|way| installed(way)).count() }
}

fn median(mut days: Vec<f64>) -> Option<f64> {
    days.sort_by(f64::total_cmp);
    let upper = *days.get(days.len() / 2)?;
    Some(if days.len() % 2 == 1 { upper } else { f64::midpoint(days[days.len() / 2 - 1], upper) })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn way(stages: &[(&str, i64)]) -> HashMap<String, Moment> {
        let start: Moment = "2026-11-20T04:00:00Z".parse().unwrap();
        stages.iter().map(|(act, days)| ((*act).to_owned(), start + TimeDelta::days(*days))).collect()
    }

    #[test]
    fn every_stage_counts_who_came_and_half_of_the_days() {
        let funnel = of(&[
            way(&[("applied", 0), ("admitted", 2), ("uploaded", 3)]),
            way(&[("applied", 0), ("admitted", 4)]),
            way(&[("applied", 1)]),
            way(&[("admitted", 0), ("installed", 0)]),
        ]);
        let counts: Vec<usize> = funnel.stages.iter().map(|stage| stage.agencies).collect();
        assert_eq!(counts, [3, 2, 1, 0, 0, 0, 0, 0]);
        assert_eq!(funnel.installed, 1);
        assert_eq!(funnel.stages[1].median_days, Some(3.0));
        assert_eq!(funnel.stages[2].median_days, Some(1.0));
        assert_eq!((funnel.stages[0].median_days, funnel.stages[3].median_days), (None, None));
    }
}
