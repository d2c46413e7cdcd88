//! `GET /admin/policy/{rule}`: one number, what it was and what it will be, and what somebody asks for.

use std::sync::Arc;

use actix_web::{
    HttpRequest,
    web::{Data, Path},
};

use super::{HERE, People, counted, in_force, row, to_come, url_of, value};
use crate::{
    accounts::staff::Member,
    catalogue::Shelf,
    db::{Conn, DbError},
    hall::{
        admin::{administrator, local},
        views::{NextRow, RuleView, RuleWish},
    },
    platform::{Texts, clock::city_day, named},
    policy::{Change, Rule, queries},
    web::{Failure, Page, Site, Visitor, frame::Field, query},
};

/// So much of its history stands on a rule's own page.
const SHOWN: i64 = 20;

/// The rule of an address.
pub(super) fn rule_of(tag: &str) -> Result<Rule, Failure> {
    Rule::named(tag).ok_or(Failure::NotFound)
}

/// What came of a form, from the address that it led to.
fn said(t: Texts, request: &HttpRequest) -> Option<(&'static str, String)> {
    let (kind, words) = match query(request, "said")?.as_str() {
        "asked" => ("ok", t.rule_said_asked()),
        "approved" => ("ok", t.rule_said_approved()),
        "refused" => ("ok", t.rule_said_refused()),
        "withdrawn" => ("ok", t.rule_said_withdrawn()),
        "own" => ("warn", t.rule_said_own()),
        "waits" => ("warn", t.rule_said_waits()),
        "decided" => ("warn", t.rule_said_decided()),
        "stale" => ("warn", t.rule_said_stale()),
        _ => return None,
    };
    Some((kind, words.to_owned()))
}

pub async fn rule(
    visitor: Visitor,
    two: (Data<Site>, Data<Shelf>),
    tag: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let member = administrator(&visitor, &two.0).await?;
    let mut view = view(&visitor, &two, &member, rule_of(&tag)?).await?;
    view.said = said(visitor.texts(), &request);
    Page::new(&view)
}

/// What is read of a rule.
struct Read {
    approved: Vec<Change>,
    history: Vec<Change>,
    people: People,
}

pub(super) async fn view(
    visitor: &Visitor,
    (site, shelf): &(Data<Site>, Data<Shelf>),
    member: &Member,
    rule: Rule,
) -> Result<RuleView, Failure> {
    let book = Arc::clone(&shelf.edition()?.catalogue.rules);
    if !book.has(rule) {
        return Err(Failure::NotFound);
    }
    let read = move |c: &mut Conn| {
        let wanted = queries::Wanted { rule: Some(rule), ..queries::Wanted::default() };
        let (approved, (history, _)) = (queries::approved(c)?, queries::history(c, wanted, (0, SHOWN))?);
        let people = People::of(c, approved.iter().chain(&history))?;
        Ok::<_, DbError>(Read { approved, history, people })
    };
    let Read { approved, history, people } = site.db.read(read).await?;
    let (t, now) = (visitor.texts(), site.clock.now());
    let change = in_force(&approved, rule, now);
    let (least, most) = rule.bounds();
    let bounds = (counted(t, rule.unit(), least), counted(t, rule.unit(), most));
    let next = |change: &Change| NextRow {
        from: change.holds_at().map_or(change.holds_from, city_day),
        value: value(t, rule, change.numbers()),
        by: people.both(t, change),
    };
    let waiting = history.iter().find(|change| change.decided_by.is_none());
    let wish = waiting.map(|change| RuleWish {
        id: change.id.to_string(),
        own: change.asked_by == member.id,
        // Approved today, it begins today.
        late: change.holds_from < city_day(now),
        row: row(t, &people, change),
    });
    let why = Field::new("words", t.rule_refusal()).hint(t.rule_refusal_hint());
    Ok(RuleView {
        csrf: visitor.form_token(site)?,
        said: None,
        url: url_of(rule),
        name: t.rule_name(rule.tag()),
        about: t.rule_about(rule.tag()),
        value: value(t, rule, book.with(&approved).at(now).numbers(rule)),
        first: value(t, rule, book.first(rule)),
        bounds: t.rule_bounds(named::Least(bounds.0), named::Most(bounds.1)),
        since: change.and_then(Change::holds_at).map(local),
        by: change.map(|change| people.both(t, change)),
        next: to_come(&approved, rule, now).map(next).collect(),
        wish,
        why: Field { required: true, ..why },
        rows: history.iter().map(|change| row(t, &people, change)).collect(),
        all: format!("{HERE}/history?rule={}", rule.tag()),
        frame: visitor.frame(),
    })
}
