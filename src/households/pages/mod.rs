//! Pages of households: those of their agency's staff, the counts for those above, and the person's own.

mod begin;
mod desk;
mod figures;
mod mine;
mod one;

pub use begin::{begin, begin_page};
pub use desk::desk;
pub use figures::{figures, figures_table};
pub use mine::mine;
pub use one::{household, work};

use chrono::{NaiveDate, TimeDelta};
use yimen_contract::{
    service::{ItemType, Service},
    text::is_unprintable,
};

use super::{Outcome, keep, views::VisitLine};
use crate::{
    accounts::staff::{Act, pages::AtAgencies},
    catalogue::{Catalogue, present::Presenter},
    platform::Texts,
    web::{
        Failure, Site, Submitted, Visitor,
        frame::{Input, Text},
    },
};

const DESK: &str = "/agency/households";
/// Longest text, in letters.
const LONGEST: usize = 1000;
/// A visit is written down within a year, and the next one is within a year.
const YEAR: TimeDelta = TimeDelta::days(366);

/// A member of staff who works for agencies.
async fn officer(visitor: &Visitor, site: &Site) -> Result<AtAgencies, Failure> {
    let at = AtAgencies::of(visitor, site).await?;
    if at.allowed_here(Act::WorkCases) { Ok(at) } else { Err(Failure::Refused) }
}

/// The agencies for which they work, by their public names.
fn agencies(at: &AtAgencies, catalogue: &Catalogue) -> Vec<String> {
    let all = catalogue.agencies.iter().map(|entry| &entry.slug);
    all.filter(|slug| at.may(Act::WorkCases, slug)).cloned().collect()
}

/// The services of those that give something, each with its agency.
fn helping<'c>(at: &AtAgencies, catalogue: &'c Catalogue) -> Vec<(&'c Service, &'c str)> {
    let mut helping = Vec::new();
    for entry in catalogue.agencies.iter().filter(|entry| at.may(Act::WorkCases, &entry.slug)) {
        for place in &entry.services {
            let service = &catalogue.services[*place].service;
            if service.item_type == ItemType::Benefit {
                helping.push((service, entry.slug.as_str()));
            }
        }
    }
    helping
}

fn service_name(present: Presenter<'_>, code: &str) -> Text {
    let entry = present.catalogue.service(code);
    entry.map_or_else(|| Text::plain(code), |entry| present.text(&entry.service.name))
}

fn agency_name(present: Presenter<'_>, slug: &str) -> Text {
    let entry = present.catalogue.agency(slug);
    entry.map_or_else(|| Text::plain(slug), |entry| present.text(&entry.agency.name))
}

fn district_name(present: Presenter<'_>, code: &str) -> Text {
    let districts = &present.catalogue.city.city.districts;
    let district = districts.iter().find(|district| district.code == code);
    district.map_or_else(|| Text::plain(code), |district| present.text(&district.name))
}

fn visit_line(visit: keep::Visit) -> VisitLine {
    VisitLine { on: visit.on, outcome: visit.outcome.tag(), words: visit.words }
}

/// What was typed and chosen stays.
fn keep_typed(inputs: &mut [Input], sent: &Submitted) {
    for input in inputs {
        let typed = sent.get(&input.field.name).trim().to_owned();
        for choice in &mut input.field.choices {
            choice.chosen = choice.value == typed;
        }
        input.field.value = typed;
    }
}

fn members(typed: &str) -> Option<i32> {
    typed.parse().ok().filter(|members| (1..100).contains(members))
}

/// What is wrong with what stands in a field. Fields of the several forms on a page have the name of their form before theirs.
fn wrong(t: Texts, today: NaiveDate, name: &str, typed: &str) -> Option<String> {
    let day = typed.parse::<NaiveDate>().ok();
    let hidden = |sign: char| is_unprintable(sign) && !matches!(sign, '\n' | '\r');
    let unfit = typed.is_empty() || typed.chars().count() > LONGEST || typed.chars().any(hidden);
    match name {
        "visit-on" => {
            day.is_none_or(|on| on > today || on < today - YEAR).then(|| t.household_wrong_day().to_owned())
        }
        "visit-next" | "next" => {
            day.is_none_or(|on| on <= today || on > today + YEAR).then(|| t.household_wrong_next().to_owned())
        }
        "visit-outcome" => Outcome::named(typed).is_none().then(|| t.wrong_choice().to_owned()),
        "change-members" | "members" => {
            members(typed).is_none().then(|| t.household_wrong_members().to_owned())
        }
        "visit-words" | "change-about" | "about" => unfit.then(|| t.household_wrong_words(LONGEST)),
        _ => None,
    }
}
