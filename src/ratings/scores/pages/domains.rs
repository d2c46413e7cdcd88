//! `/quality/domains/{code}`: the months of a domain, whoever serves its services; and the same as an open file.

use std::collections::BTreeMap;

use actix_web::web::Path;
use yimen_scores::Tally;

use super::{Here, Two, both, for_everybody, open::public, trend};
use crate::{
    db::Conn,
    platform::Texts,
    ratings::scores::{
        domain_views::DomainCardView,
        domains::{Domain, domains},
        open, queries,
        sheet::{self, Line},
        stage::Month,
        views::{CardLine, PartLine},
    },
    web::{
        Failure, Page, Visitor,
        frame::{Link, Text},
    },
};

/// Months that are shown.
const BACK: u32 = 11;

/// `GET /quality/domains/{code}`
pub async fn domain(visitor: Visitor, two: Two, code: Path<String>) -> Result<Page, Failure> {
    let here = Here::of(&two)?;
    let known = here.edition.catalogue.domain(&code).ok_or(Failure::NotFound)?;
    let (last, asked) = (here.latest(), known.code.clone());
    // All of the agencies that serve in it: which of their services may be shown depends on the others.
    let read = move |c: &mut Conn| queries::around_domain(c, &asked, (last.back(BACK), last));
    let rows = two.0.db.read(read).await?;
    let lines = sheet::lines(&rows, &here.formulas, here.least)?;
    let mut months: BTreeMap<Month, Vec<&Line<'_>>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.kept.domain == known.code) {
        months.entry(line.kept.month()).or_default().push(line);
    }
    let mut found: Vec<(Month, Domain<'_>)> = Vec::with_capacity(months.len());
    for (month, theirs) in &months {
        found.extend(domains(theirs, *month, &here.formulas)?.into_iter().map(|one| (*month, one)));
    }
    let t = visitor.texts();
    let present = here.present(t);
    let sums: Vec<(Month, Option<Tally>)> =
        found.iter().map(|(month, one)| (*month, Some(one.sum.tally).filter(|_| one.is_shown()))).collect();
    let latest = found.last();
    let view = DomainCardView {
        name: present.text(&known.name),
        page: format!("/domains/{}", known.code),
        months: found.iter().rev().map(|(month, one)| line(t, *month, one)).collect(),
        made_of: latest.and_then(|(month, one)| made_of(t, *month, one)),
        facts: latest.map(|(_, one)| facts(t, one)).unwrap_or_default(),
        chart: trend(t, &sums),
        files: latest.map(|(month, _)| month.tag()),
        least_people: here.least,
        frame: visitor.common_frame(),
    };
    for_everybody(&view, &two.0)
}

/// A month, with the way to the services of it.
fn line(t: Texts, month: Month, one: &Domain<'_>) -> CardLine {
    let (words, tag) = both(t, month);
    let name = Link::new(Text::plain(words), format!("/quality?month={tag}&domain={}", one.code));
    CardLine::of(t, name, (&one.sum, one.score.as_ref()), (one.is_shown(), None))
}

fn made_of(t: Texts, month: Month, one: &Domain<'_>) -> Option<(String, Vec<PartLine>)> {
    let score = one.score.as_ref().filter(|_| one.is_shown())?;
    Some((both(t, month).0, score.parts.iter().map(|part| PartLine::of(t, part)).collect()))
}

/// What else was counted. It makes no stars.
fn facts(t: Texts, one: &Domain<'_>) -> Vec<(String, String)> {
    let hidden = || t.quality_hidden().to_owned();
    [
        ("services", one.sum.services.to_string()),
        ("left-out", one.left_out.to_string()),
        ("complaints", one.complaints.map_or_else(hidden, |times| times.to_string())),
        ("per-thousand", one.per_thousand().unwrap_or_else(|| t.quality_unknown().to_owned())),
    ]
    .map(|(fact, value)| (t.quality_fact(fact), value))
    .into()
}

/// `GET /open-data/quality/{month}/domains.csv`
pub async fn table(two: Two, month: Path<String>) -> Result<Page, Failure> {
    let here = Here::of(&two)?;
    let (month, rows) = public(&two, &here, &month).await?;
    let lines = sheet::lines(&rows, &here.formulas, here.least)?;
    let all: Vec<&Line<'_>> = lines.iter().collect();
    let found = domains(&all, month, &here.formulas)?;
    Ok(Page::of("text/csv; charset=utf-8", open::domains_table(&found, month)))
}
