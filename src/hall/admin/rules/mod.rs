//! `/admin/policy`: the numbers that the city sets, what is in force of each since when and by whom, and changing them by two
//! people's word.

mod change;
mod history;
mod list;
mod one;

pub use change::{change_rule, change_rule_page, decide_rule};
pub use history::{export_history, history as rule_history};
pub use list::rules;
pub use one::rule;

use std::collections::HashMap;

use crate::{
    accounts::staff::{Branch, audit::logins},
    db::{Conn, DbError},
    hall::views::ChangeRow,
    ledger::StaffId,
    platform::{Moment, Texts, named},
    policy::{Change, Rule, State, Unit},
};

use super::local;

const HERE: &str = "/admin/policy";

fn url_of(rule: Rule) -> String {
    format!("{HERE}/{}", rule.tag())
}

/// A number with what it counts.
fn counted(t: Texts, unit: Unit, number: u32) -> String {
    match unit {
        Unit::WorkingDays => t.rule_working_days(number),
        Unit::Days => t.rule_days(number),
        Unit::Ratings => t.rule_ratings(number),
        Unit::People => t.rule_people(number),
        Unit::YesNo => if number == 1 { t.rule_yes() } else { t.rule_no() }.to_owned(),
        Unit::Percent => t.rule_percent(number),
        Unit::Parts => t.rule_parts(number),
        Unit::Points => t.rule_points(number),
        Unit::AnHour => t.rule_an_hour(number),
        Unit::Share => t.rule_share(number),
    }
}

/// A rule's numbers in words.
fn value(t: Texts, rule: Rule, numbers: &[u32]) -> String {
    let parts = rule.parts();
    if parts.is_empty() {
        return numbers.first().map_or_else(String::new, |number| counted(t, rule.unit(), *number));
    }
    let part = |(part, number): (&&str, &u32)| {
        let name = t.rule_part(*part);
        t.rule_part_value(named::Number(*number), named::Part(name))
    };
    parts.iter().zip(numbers).map(part).collect::<Vec<_>>().join(t.list_comma())
}

/// The names of everybody who asked for something or decided it.
struct People(HashMap<StaffId, (String, Branch)>);

impl People {
    fn of<'a>(c: &mut Conn, changes: impl Iterator<Item = &'a Change>) -> Result<Self, DbError> {
        let mut ids: Vec<StaffId> =
            changes.flat_map(|change| change.decided_by.into_iter().chain([change.asked_by])).collect();
        ids.sort_unstable();
        ids.dedup();
        logins(c, &ids).map(Self)
    }

    fn name(&self, t: Texts, who: StaffId) -> String {
        self.0.get(&who).map_or_else(|| t.audit_unknown().to_owned(), |(login, _)| login.clone())
    }

    /// Who asked for what is in force, and who approved it.
    fn both(&self, t: Texts, change: &Change) -> String {
        let asked = self.name(t, change.asked_by);
        let approved = change.decided_by.map(|who| self.name(t, who)).unwrap_or_default();
        t.rule_by_both(named::Approved(approved), named::Asked(asked))
    }
}

/// What is in force of a rule; nothing where nobody changed it yet.
fn in_force(approved: &[Change], rule: Rule, now: Moment) -> Option<&Change> {
    let holds = |change: &&Change| change.holds_at().is_some_and(|at| at <= now);
    of_rule(approved, rule).filter(holds).last()
}

/// What will be.
fn to_come(approved: &[Change], rule: Rule, now: Moment) -> impl Iterator<Item = &Change> {
    of_rule(approved, rule).filter(move |change| change.holds_at().is_some_and(|at| at > now))
}

fn of_rule(approved: &[Change], rule: Rule) -> impl Iterator<Item = &Change> {
    approved.iter().filter(move |change| change.rule() == Some(rule))
}

/// A change as lists and files show it. One of a rule that this version does not know goes by its word.
fn row(t: Texts, people: &People, change: &Change) -> ChangeRow {
    let rule = change.rule();
    let numbers = |numbers: &[u32]| match rule {
        Some(rule) => value(t, rule, numbers),
        None => numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" "),
    };
    ChangeRow {
        url: rule.map(url_of),
        rule: rule.map_or_else(|| change.rule_tag().to_owned(), |rule| t.rule_name(rule.tag())),
        was: numbers(change.was()),
        value: numbers(change.numbers()),
        from: change.holds_from,
        reason: change.reason.clone(),
        asked_by: people.name(t, change.asked_by),
        asked_at: local(change.asked_at()),
        kind: match change.state() {
            State::Asked => "warn",
            State::Approved => "ok",
            State::Refused | State::Withdrawn => "plain",
        },
        state: t.rule_state(change.state().tag()),
        decided_by: change.decided_by.map(|who| people.name(t, who)),
        decided_at: change.decided_at().map(local),
        words: change.words.clone().unwrap_or_default(),
    }
}
