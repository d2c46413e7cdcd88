//! Pages of scorecards: everybody's, an agency's own, those from above; and the open files.

mod admin;
mod agency;
mod desk;
mod districts;
mod domains;
mod funnel;
mod league;
mod open;
mod portal;
mod report;
mod retire;
mod service;
mod usage;
mod wanted;

pub use admin::admin;
pub use agency::agency;
pub use desk::{desk, reply};
pub use districts::district;
pub use domains::{domain, table as domains_table};
pub use funnel::{export_funnel, funnel};
pub use league::league;
pub use open::{document, table};
pub use portal::{name_survey, portal_surveys};
pub use report::report;
pub use retire::{alarm, retire, stays};
pub use service::service;
pub use usage::{usage, usage_services, usage_table};

use std::sync::Arc;

use actix_web::{HttpRequest, web::Data};
use askama::Template;
use chrono::{NaiveDate, TimeDelta};
use yimen_scores::{
    Share, Tally,
    alarm::Limits,
    chart::{Chart, Series, Value},
};

use super::{
    alarms,
    model::Sum,
    sheet::{Agency, Formulas, Line, Place},
    stage::{Month, Publishing, Stage},
    views::{CardLine, ChartView, said},
};
use crate::{
    catalogue::{Edition, Shelf, present::Presenter},
    platform::{Texts, clock::city_day, named},
    policy::Rule,
    ratings::{
        pages::{agency_name, service_name},
        views::month_name,
    },
    web::{
        Failure, Page, Site,
        frame::{Link, Tab},
        query,
    },
};

type Two = (Data<Site>, Data<Shelf>);

/// What every page here starts from.
struct Here {
    edition: Arc<Edition>,
    publishing: Publishing,
    formulas: Formulas,
    /// What is about fewer people is not shown.
    least: u64,
    silent_days: u32,
    limits: Limits,
    today: NaiveDate,
}

impl Here {
    fn of((site, shelf): &Two) -> Result<Self, Failure> {
        let edition = shelf.edition()?;
        if edition.catalogue.city.ratings.is_none() {
            return Err(Failure::NotFound);
        }
        let (book, now) = (&edition.catalogue.rules, site.clock.now());
        Ok(Self {
            formulas: Formulas::read()?.set_by(book),
            today: city_day(now),
            publishing: Publishing::of(book),
            least: book.at(now).number(Rule::LeastPeople).into(),
            silent_days: book.at(now).number(Rule::SilentDays),
            limits: alarms::limits(book.at(now)),
            edition,
        })
    }

    fn present(&self, t: Texts) -> Presenter<'_> {
        Presenter::new(t, &self.edition.catalogue)
    }

    /// The latest month that everybody sees.
    fn latest(&self) -> Month {
        self.publishing.latest(self.today)
    }

    fn stage(&self, month: Month) -> Stage {
        self.publishing.stage(month, self.today)
    }

    /// The last day on which a month that everybody sees can change.
    fn provisional(&self, month: Month) -> Option<NaiveDate> {
        (self.stage(month) == Stage::Open).then(|| self.publishing.closes(month))
    }
}

/// Public pages show what was counted at night. They are kept for this long, in which they may lack what an agency has
/// just said on another node.
const KEPT: TimeDelta = TimeDelta::minutes(1);

fn for_everybody(view: &impl Template, site: &Site) -> Result<Page, Failure> {
    Ok(Page::new(view)?.keep().until(site.clock.now() + KEPT))
}

/// The month that was asked for. One that is not theirs to see yet is as unknown as one that will never be.
fn asked_month(request: &HttpRequest, last: Month) -> Result<Option<Month>, Failure> {
    let Some(tag) = query(request, "month") else { return Ok(None) };
    let month = Month::named(&tag).filter(|month| *month <= last);
    month.map(Some).ok_or(Failure::NotFound)
}

/// A month in words and in addresses.
fn both(t: Texts, month: Month) -> (String, String) {
    (month_name(&t, &month.first()), month.tag())
}

/// Months as links to the same page.
fn tabs(t: Texts, months: &[Month], current: Option<Month>, base: &str) -> Vec<Tab> {
    let tab = |month: &Month| {
        let (label, tag) = both(t, *month);
        Tab { label, url: format!("{base}month={tag}"), count: None, current: Some(*month) == current }
    };
    months.iter().map(tab).collect()
}

fn service_url(code: &str) -> String {
    format!("/quality/services/{code}")
}

fn agency_url(slug: &str) -> String {
    format!("/quality/agencies/{slug}")
}

/// A service in a table.
fn service_line(present: Presenter<'_>, line: &Line<'_>) -> CardLine {
    let name = Link::new(service_name(present, &line.kept.service), service_url(&line.kept.service));
    CardLine::of(present.t, name, (&Sum::of([line.kept]), line.score.as_ref()), (line.shown, None))
}

/// An agency in a table.
fn agency_line(present: Presenter<'_>, agency: &Agency<'_>, place: Option<Place>) -> CardLine {
    let name = Link::new(agency_name(present, agency.slug), agency_url(agency.slug));
    CardLine::of(present.t, name, (&agency.sum, agency.score.as_ref()), (agency.shown, place))
}

/// How satisfied people were, and how many said so, the earliest month first. A month that is not to be shown is a gap;
/// a single one is no trend.
fn trend(t: Texts, months: &[(Month, Option<Tally>)]) -> Option<ChartView> {
    let [(first, _), .., (last, _)] = months else { return None };
    let series = |name: &str, share: fn(&Tally) -> Option<Share>| Series {
        name: name.to_owned(),
        values: months.iter().map(|(_, tally)| value(t, tally.as_ref().and_then(share))).collect(),
    };
    let (from, to) = (both(t, *first).0, both(t, *last).0);
    Some(ChartView::lines(&Chart {
        id: "trend".to_owned(),
        title: t.quality_trend().to_owned(),
        summary: t.quality_trend_about(named::From(from), named::To(to)),
        over: t.quality_month().to_owned(),
        labels: months.iter().map(|(month, _)| month.tag()).collect(),
        series: vec![
            series(t.quality_satisfied(), |tally| tally.satisfied().map(|interval| interval.share)),
            series(t.quality_response(), Tally::response),
        ],
        range: Some((0.0, 100.0)),
    }))
}

fn value(t: Texts, share: Option<Share>) -> Value {
    Value { at: share.map(|share| f64::from(share.points()) / 100.0), shown: said(t, share) }
}
