//! `/admin/quality/report/{month}`: a month on paper, for whoever is above agencies.

use std::{cmp::Reverse, collections::BTreeMap};

use actix_web::web::Path;
use chrono::NaiveDate;
use yimen_scores::{
    Interval, Share,
    alarm::Limits,
    chart::{Chart, Series},
};

use super::{
    Here, Two,
    admin::{alarm, silent},
    agency_line, both,
    portal::about,
    service_url, trend, value,
};
use crate::{
    accounts::staff::{Act as May, pages::AtAgencies},
    catalogue::present::Presenter,
    db::Conn,
    platform::{Texts, named},
    ratings::{
        RatingError,
        pages::{agency_name, service_name},
        scores::{
            alarms::{self, Found},
            complaints::{self, Others, per_thousand},
            district_views::named_range,
            model::{Kept, Sum, count},
            noted::{self, Noted},
            queries,
            report::{self, Followed, Objections, Past, Waiting},
            report_views::{CountLine, FigureLine, RangeLine, ReportView, WaitingLine},
            retire::{self, Retirement},
            sheet::{self, Agency, League, Line},
            sources::last_uses,
            stage::{Month, Stage},
            views::{ChartView, lasted, said},
        },
    },
    surveys::{Survey, portal, tally::Tally},
    web::{
        Failure, Page, Visitor,
        frame::{Dates as _, Link, Text},
    },
};

/// Months of a trend.
const BACK: u32 = 11;
/// So many of the best, and of the worst.
const NAMED: usize = 5;

/// Everything that is read for it.
struct Read {
    rows: Vec<Kept>,
    before: Vec<Kept>,
    past: Vec<(Month, Past)>,
    found: Vec<Found>,
    noted: Vec<Noted>,
    followed: Vec<Followed>,
    waiting: Vec<Waiting>,
    objections: BTreeMap<String, Objections>,
    others: Vec<Others>,
    uses: BTreeMap<String, NaiveDate>,
    asked: Vec<Retirement>,
    portal: Vec<(Survey, Tally)>,
}

impl Read {
    fn of(
        c: &mut Conn,
        agencies: &[String],
        month: Month,
        (today, limits): (NaiveDate, &Limits),
    ) -> Result<Option<Self>, RatingError> {
        let rows = below(queries::of_month(c, month)?, agencies);
        if rows.is_empty() {
            return Ok(None);
        }
        let others = complaints::of_month(c, month)?;
        Ok(Some(Self {
            rows,
            before: below(queries::of_month(c, month.back(1))?, agencies),
            past: report::past(c, agencies, (month.back(BACK), month))?,
            found: alarms::found(c, today, limits)?,
            noted: noted::since(c, alarms::first(today))?,
            followed: report::followed(c, agencies, month, today)?,
            waiting: report::waiting(c, agencies, month)?,
            objections: report::objections(c, agencies, month)?,
            others: others.into_iter().filter(|one| agencies.contains(&one.agency)).collect(),
            uses: last_uses(c)?,
            asked: retire::of(c, agencies)?,
            portal: portal::asked(c, (month.first(), month.last()))?,
        }))
    }
}

fn below(rows: Vec<Kept>, agencies: &[String]) -> Vec<Kept> {
    rows.into_iter().filter(|row| agencies.contains(&row.agency)).collect()
}

/// `GET /admin/quality/report/{month}`
pub async fn report(visitor: Visitor, two: Two, tag: Path<String>) -> Result<Page, Failure> {
    // Whoever is above sees what few people stand behind, as on the page that leads here.
    let here = Here { least: 0, ..Here::of(&two)? };
    let at = AtAgencies::of(&visitor, &two.0).await?;
    if !at.allowed_here(May::AnswerAbove) {
        return Err(Failure::Refused);
    }
    let all = here.edition.catalogue.agencies.iter().map(|entry| &entry.slug);
    let agencies: Vec<String> = all.filter(|slug| at.may_above(May::AnswerAbove, slug)).cloned().collect();
    let today = here.today;
    let month = Month::named(&tag).filter(|month| *month <= Month::of(today)).ok_or(Failure::NotFound)?;
    let (theirs, limits) = (agencies.clone(), here.limits);
    let read = two.0.db.read(move |c: &mut Conn| Read::of(c, &theirs, month, (today, &limits))).await?;
    let read = read.ok_or(Failure::NotFound)?;
    Page::new(&view(&visitor, &here, (&agencies, month), read)?)
}

fn view(
    visitor: &Visitor,
    here: &Here,
    (agencies, month): (&[String], Month),
    read: Read,
) -> Result<ReportView, Failure> {
    let t = visitor.texts();
    let present = here.present(t);
    let lines = sheet::lines(&read.rows, &here.formulas, here.least)?;
    let sums = sheet::agencies(&read.rows, month, &here.formulas, here.least)?;
    let league = League::of(&sums);
    let (best, worst) = ends(&lines);
    let range = |line: &&Line<'_>| range_line(present, line);
    let others = (&read.uses, read.asked);
    Ok(ReportView {
        month: both(t, month).0,
        stage: here.stage(month).tag(),
        provisional: (here.stage(month) != Stage::Closed).then(|| here.publishing.closes(month)),
        figures: figures(t, &Sum::of(&read.rows), &Sum::of(&read.before)),
        charts: charts(t, &read.past),
        best: best.iter().map(range).collect(),
        worst: worst.iter().map(range).collect(),
        league: league.ranked.iter().map(|(place, one)| agency_line(present, one, Some(*place))).collect(),
        alarms: of_month(&read.found, agencies, month)
            .map(|found| alarm(present, found, &read.noted, false))
            .collect(),
        followed: followed(present, &read.followed),
        waiting: read.waiting.iter().map(|one| waiting(present, here.today, one)).collect(),
        objections: objections(present, &read.objections),
        complaints: complained(present, &sums, &read.others),
        silent: silent(present, agencies, others, (here.today, here.silent_days)),
        silent_days: here.silent_days,
        portal: about(present, &read.portal, here.least),
        frame: visitor.frame(),
    })
}

/// What was unusual in a month, as far back as days are kept.
fn of_month<'f>(found: &'f [Found], agencies: &'f [String], month: Month) -> impl Iterator<Item = &'f Found> {
    let then = move |found: &&Found| found.from <= month.last() && month.first() <= found.to;
    found.iter().filter(then).filter(move |found| agencies.contains(&found.agency))
}

/// The services of which it is surest that people were satisfied with them, and those of which it is surest that they were
/// not. Only such as have stars: of the others too few spoke.
fn ends<'l, 'k>(lines: &'l [Line<'k>]) -> (Vec<&'l Line<'k>>, Vec<&'l Line<'k>>) {
    let starred = |line: &&Line<'_>| line.score.as_ref().is_some_and(|score| score.stars.is_ok());
    let mut best: Vec<&Line<'_>> = lines.iter().filter(starred).collect();
    let mut worst = best.clone();
    best.sort_by_key(|line| Reverse(satisfied(line).map(|interval| interval.low)));
    worst.sort_by_key(|line| satisfied(line).map(|interval| interval.high));
    // None stands at both ends.
    let each = NAMED.min(best.len() / 2);
    best.truncate(each);
    worst.truncate(each);
    (best, worst)
}

fn satisfied(line: &Line<'_>) -> Option<Interval> {
    line.kept.tally().satisfied()
}

fn range_line(present: Presenter<'_>, line: &Line<'_>) -> RangeLine {
    let t = present.t;
    let tally = line.kept.tally();
    let interval = tally.satisfied();
    RangeLine {
        name: Link::new(service_name(present, &line.kept.service), service_url(&line.kept.service)),
        satisfied: said(t, interval.map(|interval| interval.share)),
        range: interval.map_or_else(|| t.quality_unknown().to_owned(), |all| range(t, all)),
        rated: tally.rated().to_string(),
    }
}

fn range(t: Texts, interval: Interval) -> String {
    named_range(t, interval.low, interval.high)
}

/// The month in figures, beside the month before.
fn figures(t: Texts, now: &Sum, before: &Sum) -> Vec<FigureLine> {
    let both = values(t, now).into_iter().zip(values(t, before));
    both.map(|((name, now), (_, before))| FigureLine { name: t.quality_figure(name), now, before }).collect()
}

fn values(t: Texts, sum: &Sum) -> [(&'static str, String); 14] {
    let part = |part: yimen_scores::Part| said(t, Share::of(part.count, part.of));
    let unknown = || t.quality_unknown().to_owned();
    let satisfied = sum.tally.satisfied();
    let minutes = |at: Option<u32>| at.map_or_else(unknown, |minutes| lasted(t, minutes.into()));
    [
        ("finished", sum.tally.finished.to_string()),
        ("rated", sum.tally.rated().to_string()),
        ("response", said(t, sum.tally.response())),
        ("satisfied", said(t, satisfied.map(|interval| interval.share))),
        ("range", satisfied.map_or_else(unknown, |interval| range(t, interval))),
        ("on-time", part(sum.on_time)),
        ("first-pass", part(sum.first_pass)),
        ("half", minutes(sum.durations.at(50))),
        ("most", minutes(sum.durations.at(90))),
        ("reachable", part(sum.reachable)),
        ("unvisited", part(sum.unvisited)),
        ("left-lying", sum.left_lying.to_string()),
        ("complaints", sum.complaints.to_string()),
        ("per-thousand", per_thousand(sum.complaints, sum.tally.finished).unwrap_or_else(unknown)),
    ]
}

/// How the months before were: satisfaction and response, what was in time, complaints.
fn charts(t: Texts, months: &[(Month, Past)]) -> Vec<(String, ChartView)> {
    let [(first, _), .., (last, _)] = months else { return Vec::new() };
    let tallies: Vec<_> = months.iter().map(|(month, one)| (*month, Some(one.tally))).collect();
    let about = t.quality_span(named::From(both(t, *first).0), named::To(both(t, *last).0));
    let chart = |id: &str, name: String, values, range| {
        let drawn = ChartView::lines(&Chart {
            id: id.to_owned(),
            title: name.clone(),
            summary: about.clone(),
            over: t.quality_month().to_owned(),
            labels: months.iter().map(|(month, _)| month.tag()).collect(),
            series: vec![Series { name: name.clone(), values }],
            range,
        });
        (name, drawn)
    };
    let in_time = months.iter().map(|(_, one)| value(t, Share::of(one.on_time.count, one.on_time.of)));
    let complained = months.iter().map(|(_, one)| yimen_scores::chart::Value {
        at: Some(f64::from(u32::try_from(one.complaints).unwrap_or(u32::MAX))),
        shown: one.complaints.to_string(),
    });
    let mut charts: Vec<_> =
        trend(t, &tallies).into_iter().map(|drawn| (t.quality_satisfied().to_owned(), drawn)).collect();
    charts.push(chart("in-time", t.quality_head("on-time"), in_time.collect(), Some((0.0, 100.0))));
    charts.push(chart("complained", t.quality_complaints().to_owned(), complained.collect(), None));
    charts
}

/// What became of bad ratings: everybody who gave one is to be spoken with. The sum of all comes first.
fn followed(present: Presenter<'_>, all: &[Followed]) -> Vec<CountLine> {
    let mut sum = Followed::default();
    for one in all {
        sum.add(one);
    }
    let line = |name: Text, one: &Followed| {
        let counts =
            [one.bad, one.contacted, one.contacted_in_time, one.late, one.answered, one.answered_in_time];
        let cells = counts.map(|count| count.to_string()).into();
        CountLine { name, cells, warn: !one.is_whole() }
    };
    let whole = (!all.is_empty()).then(|| line(Text::plain(present.t.quality_whole_city()), &sum));
    let each = all.iter().map(|one| line(agency_name(present, &one.agency), one));
    whole.into_iter().chain(each).collect()
}

fn waiting(present: Presenter<'_>, today: NaiveDate, one: &Waiting) -> WaitingLine {
    WaitingLine {
        service: Link::new(service_name(present, &one.service), format!("/admin/ratings/{}", one.id)),
        agency: agency_name(present, &one.agency),
        due: present.t.day(&one.contact_by),
        late: one.contact_by < today,
    }
}

fn objections(present: Presenter<'_>, all: &BTreeMap<String, Objections>) -> Vec<CountLine> {
    let line = |(agency, one): (&String, &Objections)| CountLine {
        name: agency_name(present, agency),
        cells: [one.made, one.upheld, one.rejected].map(|count| count.to_string()).into(),
        // Somebody is to decide.
        warn: one.made > one.upheld + one.rejected,
    };
    all.iter().map(line).collect()
}

fn complaining(agency: &Agency<'_>) -> Option<Share> {
    Share::of(agency.sum.complaints, agency.sum.tally.finished)
}

/// Complaints of agencies that have any, the most to a thousand matters first.
fn complained(present: Presenter<'_>, sums: &[Agency<'_>], others: &[Others]) -> Vec<CountLine> {
    let other =
        |slug: &str| others.iter().find(|one| one.agency == slug).map_or(0, |one| count(one.complaints));
    let mut theirs: Vec<(&Agency<'_>, u64)> = sums.iter().map(|one| (one, other(one.slug))).collect();
    theirs.retain(|(agency, others)| agency.sum.complaints + others > 0);
    theirs.sort_by_key(|(agency, others)| Reverse((complaining(agency), agency.sum.complaints + others)));
    let line = |(agency, others): (&Agency<'_>, u64)| CountLine {
        name: agency_name(present, agency.slug),
        cells: vec![
            agency.sum.complaints.to_string(),
            agency.per_thousand().unwrap_or_else(|| present.t.quality_unknown().to_owned()),
            others.to_string(),
        ],
        warn: false,
    };
    theirs.into_iter().map(line).collect()
}
