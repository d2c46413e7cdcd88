//! A month as open data. Whoever has a line of it can count its stars again by the formula that it names.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use yimen_scores::{COLUMNS, Formula};

use super::{
    districts::{self, District},
    domains::Domain,
    model::{Kept, Sum, count},
    sheet::{Agency, Line},
    stage::Month,
    steps::left,
};

/// Columns behind those that the stars follow from.
const MORE: [&str; 15] = [
    "agency",
    "domain",
    "left_out",
    "formula",
    "points",
    "stars",
    "set_aside",
    "handed_in",
    "drafts_left",
    "median_millis",
    "guide_views",
    "complaints",
    "maturity",
    "complaints_per_thousand",
    "left_at",
];

/// A table for spreadsheets. No field of it needs quotes: there are codes, numbers and words of the portal's own.
pub fn table(lines: &[Line<'_>], least: u64) -> String {
    // The mark by which spreadsheets know UTF-8.
    let mut table = format!("\u{feff}{},{}\n", COLUMNS.join(","), MORE.join(","));
    for line in lines {
        let fields = if line.shown { shown(line, least) } else { left_out(line) };
        table.push_str(&fields.join(","));
        table.push('\n');
    }
    table
}

fn shown(line: &Line<'_>, least: u64) -> Vec<String> {
    let kept = line.kept;
    let score = line.score.as_ref();
    // What stands beside the row is about people too.
    let people =
        |number: i64| enough(count(number), least).map_or_else(String::new, |number| number.to_string());
    let millis = Sum::of([kept]).latency.at(50);
    let mut fields = vec![
        line.row.to_line(),
        kept.agency.clone(),
        kept.domain.clone(),
        String::new(),
        text(score.map(|score| score.version)),
        text(score.and_then(|score| score.points).map(yimen_scores::Share::points)),
        text(score.and_then(|score| score.stars.ok())),
    ];
    fields.extend([people(kept.aside), people(kept.handed_in), people(kept.left_lying), text(millis)]);
    fields.extend([kept.looked_at.to_string(), text(line.complaints), kept.maturity.clone()]);
    fields.extend([text(line.per_thousand()), left_at(kept, least)]);
    fields
}

/// The steps at which drafts were left, each with how many; those at which few were are left out.
fn left_at(kept: &Kept, least: u64) -> String {
    let steps = left(kept, least).into_iter().filter_map(|(step, times)| Some(format!("{step}:{}", times?)));
    steps.collect::<Vec<_>>().join(" ")
}

/// Whose row it is, and that it is left out.
fn left_out(line: &Line<'_>) -> Vec<String> {
    let kept = line.kept;
    let mut fields = vec![String::new(); COLUMNS.len() + MORE.len()];
    fields[0].clone_from(&kept.service);
    fields[1] = kept.month().tag();
    fields[COLUMNS.len()].clone_from(&kept.agency);
    fields[COLUMNS.len() + 1].clone_from(&kept.domain);
    "yes".clone_into(&mut fields[COLUMNS.len() + 2]);
    fields
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A number that few people stand behind is none; nobody is nobody.
fn enough(number: u64, least: u64) -> Option<u64> {
    Some(number).filter(|number| *number == 0 || *number >= least)
}

/// The same for programs, with the sums of agencies and the formula itself.
pub fn document(
    month: &str,
    provisional: bool,
    (lines, agencies, districts, domains): (&[Line<'_>], &[Agency<'_>], &[District], &[Domain<'_>]),
    formula: Option<&Formula>,
    least: u64,
) -> Value {
    let services: Vec<Value> = lines.iter().map(|line| service(line, least)).collect();
    let agencies: Vec<Value> = agencies.iter().map(agency).collect();
    json!({
        "month": month,
        "provisional": provisional,
        "least_people": least,
        "columns": COLUMNS,
        "formula": formula.map(described),
        "agencies": agencies,
        "districts": open_districts(districts, least),
        "domains": domains.iter().map(domain).collect::<Vec<_>>(),
        "services": services,
    })
}

fn service(line: &Line<'_>, least: u64) -> Value {
    let kept = line.kept;
    let whose = json!({ "service": kept.service, "agency": kept.agency, "domain": kept.domain });
    if !line.shown {
        return merged(whose, json!({ "left_out": true }));
    }
    let score = line.score.as_ref();
    let people = |number: i64| enough(count(number), least);
    let counted = json!({
        "left_out": false,
        // The line of the table, from which the stars are counted again.
        "row": line.row.to_line(),
        "points": score.and_then(|score| score.points),
        "stars": score.and_then(|score| score.stars.ok()),
        "set_aside": people(kept.aside),
        "handed_in": people(kept.handed_in),
        "drafts_left": people(kept.left_lying),
        "median_millis": Sum::of([kept]).latency.at(50),
        "guide_views": kept.looked_at,
        "complaints": line.complaints,
        "complaints_per_thousand": line.per_thousand(),
        "left_at": left(kept, least).into_iter().collect::<BTreeMap<_, _>>(),
        "maturity": kept.maturity,
    });
    merged(whose, counted)
}

fn agency(agency: &Agency<'_>) -> Value {
    if !agency.shown {
        return json!({ "agency": agency.slug, "left_out": true });
    }
    let score = agency.score.as_ref();
    json!({
        "agency": agency.slug,
        "left_out": false,
        "row": agency.row.to_line(),
        "points": score.and_then(|score| score.points),
        "stars": score.and_then(|score| score.stars.ok()),
        "services": agency.sum.services,
        "complaints": agency.complaints,
        "complaints_per_thousand": agency.per_thousand(),
    })
}

fn domain(domain: &Domain<'_>) -> Value {
    if !domain.is_shown() {
        return json!({ "domain": domain.code, "left_out": true });
    }
    let score = domain.score.as_ref();
    json!({
        "domain": domain.code,
        "left_out": false,
        "row": domain.row.to_line(),
        "points": score.and_then(|score| score.points),
        "stars": score.and_then(|score| score.stars.ok()),
        "services": domain.sum.services,
        "services_left_out": domain.left_out,
        "complaints": domain.complaints,
        "complaints_per_thousand": domain.per_thousand(),
    })
}

/// Columns of a domain behind those that its stars follow from.
const OF_DOMAIN: [&str; 8] = [
    "left_out",
    "formula",
    "points",
    "stars",
    "services",
    "services_left_out",
    "complaints",
    "complaints_per_thousand",
];

/// The domains of a month as a table, without quotes like the other.
pub fn domains_table(domains: &[Domain<'_>], month: Month) -> String {
    let mut table = format!("\u{feff}{},{}\n", COLUMNS.join(","), OF_DOMAIN.join(","));
    for domain in domains {
        let fields = if domain.is_shown() {
            let score = domain.score.as_ref();
            vec![
                domain.row.to_line(),
                String::new(),
                text(score.map(|score| score.version)),
                text(score.and_then(|score| score.points).map(yimen_scores::Share::points)),
                text(score.and_then(|score| score.stars.ok())),
                domain.sum.services.to_string(),
                domain.left_out.to_string(),
                text(domain.complaints),
                text(domain.per_thousand()),
            ]
        } else {
            let mut fields = vec![String::new(); COLUMNS.len() + OF_DOMAIN.len()];
            domain.code.clone_into(&mut fields[0]);
            fields[1] = month.tag();
            "yes".clone_into(&mut fields[COLUMNS.len()]);
            fields[COLUMNS.len() + 5] = domain.left_out.to_string();
            fields
        };
        table.push_str(&fields.join(","));
        table.push('\n');
    }
    table
}

fn open_districts(all: &[District], least: u64) -> Vec<Value> {
    let (shown, complaints) = (districts::shown(all, least), districts::complaints_shown(all, least));
    let district = |((one, is_shown), complaints): ((&District, bool), bool)| {
        if !is_shown {
            return json!({ "district": one.district, "left_out": true });
        }
        let (tally, on_time) = (one.tally(), one.on_time());
        json!({
            "district": one.district,
            "left_out": false,
            "finished": tally.finished,
            "levels": tally.levels,
            "satisfied": tally.satisfied(),
            "on_time": on_time.count,
            "on_time_of": on_time.of,
            "complaints": complaints.then_some(one.complaints),
        })
    };
    all.iter().zip(shown).zip(complaints).map(district).collect()
}

fn merged(mut one: Value, other: Value) -> Value {
    if let (Value::Object(all), Value::Object(more)) = (&mut one, other) {
        all.extend(more);
    }
    one
}

/// The formula as everybody may read it.
fn described(formula: &Formula) -> Value {
    let (weights, stars) = (&formula.weights, &formula.stars);
    json!({
        "version": formula.version,
        "from": formula.from,
        "min_ratings": formula.min_ratings,
        "min_weight": formula.min_weight,
        "weights": {
            "satisfaction": weights.satisfaction,
            "on_time": weights.on_time,
            "first_pass": weights.first_pass,
            "availability": weights.availability,
            "speed": weights.speed,
            "guide": weights.guide,
        },
        "stars": { "two": stars.two, "three": stars.three, "four": stars.four, "five": stars.five },
    })
}

#[cfg(test)]
mod tests {
    use yimen_scores::Row;

    use super::*;
    use crate::ratings::scores::{
        sheet::{Formulas, lines},
        stage::Month,
    };

    fn kept(service: &str, finished: i64, rated: i64) -> Kept {
        let month = Month::named("2026-11").unwrap();
        Kept {
            agency: "an-agency".to_owned(),
            domain: "D01".to_owned(),
            maturity: "transaction".to_owned(),
            finished,
            very_satisfied: rated,
            decided: finished,
            on_time: finished,
            on_time_of: finished,
            reachable: 99,
            reachable_of: 100,
            handed_in: 2,
            ..Kept::empty(service, month)
        }
    }

    #[test]
    fn stars_are_counted_again_from_the_file() {
        let formulas = Formulas::read().unwrap();
        let rows = [kept("YZ1", 60, 40), kept("YZ2", 60, 3), kept("YZ3", 90, 50), kept("YZ4", 30, 7)];
        let lines = lines(&rows, &formulas, 5).unwrap();
        let table = table(&lines, 5);
        let table = table.strip_prefix('\u{feff}').unwrap();
        let fields: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
        assert!(fields.iter().all(|line| line.len() == COLUMNS.len() + MORE.len()), "{table}");
        let mut starred = 0;
        for line in &fields[1..] {
            let (front, more) = line.split_at(COLUMNS.len());
            if more[2] == "yes" {
                assert!(front[2..].iter().all(|field| field.is_empty()), "{line:?}");
                continue;
            }
            let row = Row::from_line(&front.join(",")).unwrap();
            let score = formulas.latest().unwrap().score(&row);
            assert_eq!(more[3], score.version.to_string());
            assert_eq!(more[5], text(score.stars.ok()));
            assert_eq!(more[7], "", "two are too few");
            starred += u32::from(score.stars.is_ok());
        }
        assert_eq!(starred, 2);
        // The one about few, and with it the one that it could be counted back from.
        let out: Vec<&str> =
            fields[1..].iter().filter(|line| line[COLUMNS.len() + 2] == "yes").map(|line| line[0]).collect();
        assert_eq!(out, ["YZ2", "YZ4"]);
        let document = document("2026-11", true, (&lines, &[], &[], &[]), formulas.latest(), 5).to_string();
        assert!(
            document.contains("\"row\":\"YZ1,2026-11,60,") && !document.contains("YZ2,2026-11"),
            "{document}"
        );
    }
}
