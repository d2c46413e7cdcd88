//! `GET /admin/policy`: every number that the city sets, with what is in force.

use actix_web::{HttpRequest, web::Data};

use super::{HERE, People, in_force, to_come, url_of, value};
use crate::{
    catalogue::Shelf,
    db::{Conn, DbError},
    hall::{
        admin::{administrator, local},
        views::{RuleGroup, RuleRow, RulesView},
    },
    platform::{Moment, Texts, clock::city_day, named},
    policy::{Book, Change, Group, Rule, queries},
    web::{
        Failure, Page, Site, Visitor,
        frame::{Dates as _, Tab},
        query,
    },
};

/// What the rows are made of.
struct Read {
    book: Book,
    approved: Vec<Change>,
    asked: Vec<Change>,
    people: People,
}

pub async fn rules(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    administrator(&visitor, &site).await?;
    let chosen = query(&request, "group").and_then(|tag| Group::named(&tag));
    let edition = shelf.edition()?;
    let read = move |c: &mut Conn| {
        let (approved, asked) = (queries::approved(c)?, queries::asked(c)?);
        let people = People::of(c, approved.iter().chain(&asked))?;
        // This node may learn a moment later what was approved; this page shows it at once.
        Ok::<_, DbError>(Read { book: edition.catalogue.rules.with(&approved), approved, asked, people })
    };
    let read = site.db.read(read).await?;
    let (t, now) = (visitor.texts(), site.clock.now());
    let shown = Group::ALL.into_iter().filter(|group| chosen.is_none_or(|chosen| chosen == *group));
    let groups = shown.map(|group| RuleGroup {
        id: group.tag(),
        title: t.rules_group(group.tag()),
        rows: rows(t, &read, now, group),
    });
    Page::new(&RulesView {
        tabs: tabs(t, chosen),
        waiting: read.asked.len(),
        groups: groups.filter(|group| !group.rows.is_empty()).collect(),
        frame: visitor.frame(),
    })
}

fn tabs(t: Texts, chosen: Option<Group>) -> Vec<Tab> {
    let tab = |label: String, url: String, current: bool| Tab { label, url, count: None, current };
    let all = tab(t.rules_all().to_owned(), HERE.to_owned(), chosen.is_none());
    let group = |group: Group| {
        let tag = group.tag();
        tab(t.rules_group(tag), format!("{HERE}?group={tag}"), chosen == Some(group))
    };
    std::iter::once(all).chain(Group::ALL.map(group)).collect()
}

fn rows(t: Texts, read: &Read, now: Moment, group: Group) -> Vec<RuleRow> {
    let theirs = Rule::ALL.into_iter().filter(|rule| rule.group() == group && read.book.has(*rule));
    let row = |rule: Rule| {
        let change = in_force(&read.approved, rule, now);
        let next = to_come(&read.approved, rule, now).next().map(|change| {
            let (day, words) = (
                t.day(&change.holds_at().map_or(change.holds_from, city_day)),
                value(t, rule, change.numbers()),
            );
            t.rule_next(named::Day(day), named::Numbers(words))
        });
        let asked = read.asked.iter().find(|change| change.rule() == Some(rule));
        RuleRow {
            url: url_of(rule),
            name: t.rule_name(rule.tag()),
            about: t.rule_about(rule.tag()),
            value: value(t, rule, read.book.at(now).numbers(rule)),
            since: change.and_then(Change::holds_at).map(local),
            by: change.map(|change| read.people.both(t, change)),
            next,
            asked_by: asked.map(|change| read.people.name(t, change.asked_by)),
        }
    };
    theirs.map(row).collect()
}
