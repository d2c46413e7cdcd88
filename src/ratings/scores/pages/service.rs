//! `/quality/services/{code}`: a service's months, what the stars of the latest are made of, and where its form is left.

use actix_web::web::{Data, Path};
use yimen_forms::Form;
use yimen_scores::{
    Share,
    chart::{Chart, Series, Value},
};

use super::{Here, Two, both, for_everybody, service_line, trend};
use crate::{
    accounts::staff::{Act as May, pages::AtAgencies},
    cases::Forms,
    catalogue::{asking, filling::word, pages::guide::domain, present::urls},
    db::Conn,
    platform::{Texts, named},
    ratings::scores::{
        model::{Sum, count},
        queries,
        sheet::{self, Line},
        steps::{Step, left},
        views::{CardLine, ChartView, MonthLine, PartLine, ServiceCardView, said},
    },
    web::{Failure, Page, Site, Visitor, session::Realm},
};

/// Months that are shown.
const BACK: u32 = 11;

/// `GET /quality/services/{code}`
pub async fn service(
    visitor: Visitor,
    two: Two,
    forms: Data<Forms>,
    code: Path<String>,
) -> Result<Page, Failure> {
    let here = Here::of(&two)?;
    let catalogue = &here.edition.catalogue;
    let entry = catalogue.service(&code).ok_or(Failure::NotFound)?;
    let agency = catalogue.agency_of(entry);
    let (last, slug) = (here.latest(), agency.slug.clone());
    // All of its agency's: which of them may be shown depends on the others.
    let read = move |c: &mut Conn| queries::of_agency(c, &slug, (last.back(BACK), last));
    let rows = two.0.db.read(read).await?;
    let lines = sheet::lines(&rows, &here.formulas, here.least)?;
    let theirs: Vec<&Line<'_>> =
        lines.iter().filter(|line| line.kept.service == entry.service.code).collect();
    let t = visitor.texts();
    let present = here.present(t);
    let month = |line: &&Line<'_>| {
        let CardLine { stars, cells, .. } = service_line(present, line);
        MonthLine { month: both(t, line.kept.month()).0, stars, cells }
    };
    let latest = theirs.first().copied().filter(|line| line.shown);
    let sums: Vec<_> = theirs
        .iter()
        .rev()
        .map(|line| (line.kept.month(), Some(line.kept.tally()).filter(|_| line.shown)))
        .collect();
    let form = match asking::filled_of(&entry.service) {
        Some(path) if latest.is_some_and(|line| line.kept.left_lying > 0) => {
            Some(forms.live(&two.0.db, &agency.slug, path).await?.1)
        }
        _ => None,
    };
    let single = single(&visitor, &two.0, (&agency.slug, &entry.service.code)).await?;
    let view = ServiceCardView {
        single,
        left: latest.and_then(|line| left_chart(t, line, form.as_deref(), here.least)),
        name: present.text(&entry.service.name),
        page: urls::service(&entry.service.code),
        domain: domain(present, &entry.service),
        agency: present.agency(agency),
        months: theirs.iter().map(month).collect(),
        made_of: latest.and_then(|line| made_of(t, line)),
        facts: latest.map(|line| facts(t, line, here.least)).unwrap_or_default(),
        chart: trend(t, &sums),
        frame: visitor.common_frame(),
    };
    for_everybody(&view, &two.0)
}

/// The list of single ratings, where whoever looks may see it: those of the agency, and those above it.
async fn single(
    visitor: &Visitor,
    site: &Site,
    (agency, service): (&str, &str),
) -> Result<Option<String>, Failure> {
    if visitor.session(Realm::Staff).is_none() {
        return Ok(None);
    }
    let at = match AtAgencies::of(visitor, site).await {
        Ok(at) => at,
        // The page is everybody's, also for whoever is no member of staff any more.
        Err(Failure::Refused) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let list = if at.allowed_here(May::AnswerAbove) && at.may_above(May::AnswerAbove, agency) {
        "/admin/ratings"
    } else if at.allowed_here(May::Answer) && at.may(May::Answer, agency) {
        "/agency/ratings"
    } else {
        return Ok(None);
    };
    Ok(Some(format!("{list}?show=all&service={service}")))
}

fn made_of(t: Texts, line: &Line<'_>) -> Option<(String, Vec<PartLine>)> {
    let score = line.score.as_ref()?;
    let parts = score.parts.iter().map(|part| PartLine::of(t, part)).collect();
    Some((both(t, line.kept.month()).0, parts))
}

/// What else was counted. It makes no stars.
fn facts(t: Texts, line: &Line<'_>, least: u64) -> Vec<(String, String)> {
    let kept = line.kept;
    let people = |number: i64| match count(number) {
        few if (1..least).contains(&few) => t.quality_hidden().to_owned(),
        number => number.to_string(),
    };
    let millis = Sum::of([kept]).latency.at(50);
    let latency = millis.map_or_else(|| t.quality_unknown().to_owned(), |millis| t.quality_millis(millis));
    let lying = count(kept.left_lying);
    let abandoned = Share::of(lying, lying + count(kept.handed_in));
    let abandoned = abandoned.filter(|_| !(1..least).contains(&lying));
    let complaints = line.complaints.map_or_else(|| t.quality_hidden().to_owned(), |times| times.to_string());
    let per_thousand = line.per_thousand().unwrap_or_else(|| t.quality_unknown().to_owned());
    let unvisited = if kept.visits == 0 { kept.finished } else { 0 };
    let unvisited = said(t, Share::of(count(unvisited), count(kept.finished)));
    [
        ("handed-in", people(kept.handed_in)),
        ("left-lying", people(kept.left_lying)),
        ("left-share", said(t, abandoned)),
        ("unvisited", unvisited),
        ("latency", latency),
        ("looked-at", kept.looked_at.to_string()),
        ("complaints", complaints),
        ("per-thousand", per_thousand),
        ("maturity", t.quality_maturity(kept.maturity.as_str())),
    ]
    .map(|(fact, value)| (t.quality_fact(fact), value))
    .into()
}

/// How many left the form at which step, in the order of the form as it is now.
fn left_chart(t: Texts, line: &Line<'_>, form: Option<&Form>, least: u64) -> Option<ChartView> {
    let mut steps: Vec<(Step<'_>, Option<u64>)> =
        left(line.kept, least).into_iter().map(|(step, times)| (Step::of(form, step), times)).collect();
    if steps.is_empty() {
        return None;
    }
    steps.sort_by_key(|(step, _)| step.place());
    let value = |times: Option<u64>| Value {
        at: times.map(|times| f64::from(u32::try_from(times).unwrap_or(u32::MAX))),
        shown: times.map_or_else(|| t.quality_hidden().to_owned(), |times| times.to_string()),
    };
    let month = both(t, line.kept.month()).0;
    Some(ChartView::bars(&Chart {
        id: "left".to_owned(),
        title: t.quality_left().to_owned(),
        summary: t.quality_left_about(month),
        over: t.quality_step_head().to_owned(),
        labels: steps.iter().map(|(step, _)| step_name(t, *step)).collect(),
        series: vec![Series {
            name: t.quality_left_here().to_owned(),
            values: steps.iter().map(|(_, times)| value(*times)).collect(),
        }],
        range: None,
    }))
}

fn step_name(t: Texts, step: Step<'_>) -> String {
    match step {
        Step::Begun => t.quality_step("begun"),
        Step::Page(number, name) => t.quality_step_page(named::Name(word(t, name)), named::Number(number)),
        Step::Gone => t.quality_step("gone"),
        Step::FilledIn => t.quality_step("filled-in"),
    }
}
