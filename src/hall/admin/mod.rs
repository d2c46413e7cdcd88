//! The administrators' pages that are no single room's: what needs a person today, the queue and what it gave up, what staff
//! did, how the portal is, the calendar by which it counts, and the numbers that the city sets.

mod audit;
mod audit_rows;
mod calendar;
mod health;
mod home;
mod jobs;
mod rules;

pub use audit::{audit, export_audit};
pub use calendar::calendar as city_calendar;
pub use health::health as node_health;
pub use home::admin;
pub use jobs::{dead_job, dispose_of_job, export_dead, queue, redrive};
pub use rules::{
    change_rule, change_rule_page, decide_rule, export_history, rule, rule_history, rules as rules_list,
};

use chrono::NaiveDateTime;

use crate::{
    accounts::staff::{Act, Branch, Member, may, pages::present_member},
    platform::{Moment, clock::CITY_ZONE},
    web::{Failure, Site, Visitor},
};

/// An administrator of the whole city: what runs for all of it keeps to no branch.
async fn administrator(visitor: &Visitor, site: &Site) -> Result<Member, Failure> {
    let (member, signed) = present_member(visitor, site).await?;
    may(&signed, Act::Approve, &Branch::city())?;
    Ok(member)
}

/// A moment as it is in the city.
fn local(at: Moment) -> NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}

/// A word that somebody asks for, as databases take it.
fn word(asked: &str) -> String {
    if asked.contains(char::is_control) { String::new() } else { asked.chars().take(100).collect() }
}
