//! Agencies' own sites, to which people are led: does each answer?
//!
//! Looked at once a day, and every ten minutes while one does not answer, so that a page takes back soon what it
//! said. A look is one GET through the safe dialer, on the agency's own line: no address that the operator does not
//! allow is opened, no redirect is followed, and nothing of what comes back is kept.

use std::{collections::HashMap, time::Duration};

use bytes::Bytes;
use chrono::TimeDelta;
use diesel::prelude::*;
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use url::Url;
use yimen_contract::{
    agency::{Agency, Driver},
    capability::Method,
};
use yimen_drivers::{DialError, HttpAnswer, HttpRequest, Tls, address::Forbidden};

use super::Gateway;
use crate::{
    agencies::{self, Compiled, bindings},
    db::{Conn, Db, DbError, Stamp, schema::site_looks},
    each,
    jobs::{self, Done, Failure, Job, Priority, Running},
    platform::Moment,
};

/// A site that has not answered by then would not be waited for by people either.
const PATIENCE: Duration = Duration::from_secs(10);
/// A page that is longer has shown that the site answers.
const ENOUGH: usize = 1 << 20;

/// Looks at the sites: at all of them, or only at those that did not answer.
#[derive(Debug, Serialize, Deserialize)]
pub struct LookAtSites {
    pub all: bool,
}

impl Job for LookAtSites {
    const KIND: &'static str = "gateway.sites";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::hours(6);

    fn key(&self) -> Option<String> {
        Some(if self.all { "all" } else { "again" }.to_owned())
    }
}

/// An agency's site, and where it is in this installation.
struct Site {
    agency: String,
    address: Url,
    concurrent: u16,
}

/// What a look found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Finding {
    Answers,
    /// It says that there is no such page.
    Gone,
    /// It says that it does not work.
    Failing,
    /// No answer, or none in time.
    Silent,
    /// The operator does not allow the address, so nobody knows.
    NotAllowed,
}

impl Finding {
    fn of(answer: &Result<HttpAnswer, DialError>) -> Self {
        match answer {
            Ok(answer) => match answer.status {
                404 | 410 => Self::Gone,
                500.. => Self::Failing,
                // Also "who are you?" and "not like this": somebody is there, and people may fare better.
                _ => Self::Answers,
            },
            Err(DialError::TooLarge(_)) => Self::Answers,
            Err(DialError::Forbidden(Forbidden::Nowhere) | DialError::NotSent(_) | DialError::Lost(_)) => {
                Self::Silent
            }
            Err(DialError::Forbidden(_) | DialError::Address(_)) => Self::NotAllowed,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Gone => "gone",
            Self::Failing => "failing",
            Self::Silent => "silent",
            Self::NotAllowed => "not-allowed",
        }
    }

    /// Whether people who go there find nothing.
    const fn is_trouble(self) -> bool {
        matches!(self, Self::Gone | Self::Failing | Self::Silent)
    }
}

/// The findings that are trouble, as they stand in the table.
const TROUBLE: [&str; 3] = [Finding::Gone.name(), Finding::Failing.name(), Finding::Silent.name()];

/// A site that was looked at.
struct Looked {
    agency: String,
    address: Url,
    finding: Finding,
}

/// That a site did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    /// When it was last tried.
    pub at: Moment,
    /// When it first did not.
    pub since: Moment,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = site_looks)]
struct Row {
    agency: String,
    address: String,
    finding: String,
    looked_at: Stamp,
    since: Stamp,
}

/// Where people are led for an agency that has a site of its own: as bound, or else as its package says.
pub fn address(agency: &Agency, bound: Option<Url>) -> Option<Url> {
    if agency.backend.driver != Driver::Redirect {
        return None;
    }
    let website = Url::parse(agency.contact.website.as_deref()?).ok()?;
    Some(bound.unwrap_or(website))
}

/// Whether an agency's site at this address did not open when it was last looked at.
pub fn trouble(c: &mut Conn, agency: &str, address: &Url) -> Result<Option<Trouble>, DbError> {
    let found: Option<(Stamp, Stamp)> = site_looks::table
        .filter(site_looks::agency.eq(agency))
        .filter(site_looks::address.eq(address.as_str()))
        .filter(site_looks::finding.eq_any(TROUBLE))
        .select((site_looks::looked_at, site_looks::since))
        .first(c)
        .optional()?;
    Ok(found.map(|(at, since)| Trouble { at: at.moment(), since: since.moment() }))
}

/// Has the sites looked at again that did not answer, if there are any.
pub fn look_again(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let silent: i64 = site_looks::table.filter(site_looks::finding.eq_any(TROUBLE)).count().get_result(c)?;
    if silent > 0 {
        jobs::enqueue(c, now, &LookAtSites { all: false })?;
    }
    Ok(())
}

/// Looks, and writes down what was found.
pub async fn look(gateway: &Gateway, db: &Db, job: LookAtSites, running: Running) -> Result<Done, Failure> {
    let sites = db.read(move |c| wanted(c, job.all)).await?;
    let looked = join_all(sites.into_iter().map(|site| gateway.look_at(site))).await;
    let looked: Vec<Looked> = looked.into_iter().flatten().collect();
    let now = gateway.clock.now();
    running.finish(move |c| note(c, now, &looked)).await
}

/// The sites to look at.
fn wanted(c: &mut Conn, all: bool) -> Result<Vec<Site>, DbError> {
    let silent: Vec<String> =
        site_looks::table.filter(site_looks::finding.eq_any(TROUBLE)).select(site_looks::agency).load(c)?;
    // As it is nearly every time: not worth reading every package for.
    if !all && silent.is_empty() {
        return Ok(Vec::new());
    }
    let bound = bindings::addresses(c)?;
    let site = |package: agencies::LivePackage| {
        let Compiled::Agency(found) = package.compiled else { return None };
        let agency = found.agency;
        let alias = agency.backend.endpoint.clone().unwrap_or_default();
        let bound = bound.get(&(package.slug.clone(), alias)).and_then(|address| Url::parse(address).ok());
        let address = address(&agency, bound).filter(|address| !is_placeholder(address))?;
        Some(Site { agency: package.slug, address, concurrent: agency.backend.concurrent })
    };
    let sites = agencies::live(c)?.into_iter().filter_map(site);
    Ok(sites.filter(|site| all || silent.contains(&site.agency)).collect())
}

/// Names under `.example` are for examples and lead nowhere, by agreement (RFC 2606). The demo city has such.
fn is_placeholder(address: &Url) -> bool {
    address.host_str().is_none_or(|host| host == "example" || host.ends_with(".example"))
}

impl Gateway {
    /// Looks at one site. Nothing, while its line rests or is full.
    async fn look_at(&self, site: Site) -> Option<Looked> {
        let line = self.book.line(&site.agency, site.concurrent);
        let place = line.place(self.clock.now(), PATIENCE).await.ok()?;
        let request = HttpRequest {
            agency: &site.agency,
            method: Method::Get,
            url: site.address.clone(),
            headers: Vec::new(),
            body: Bytes::new(),
            tls: Tls::default(),
            within: PATIENCE,
            at_most: ENOUGH,
        };
        let answer = self.outside.dialer.http(request).await;
        let finding = Finding::of(&answer);
        place.settle(self.clock.now(), matches!(finding, Finding::Failing | Finding::Silent));
        let (agency, name) = (site.agency.clone(), finding.name());
        metrics::counter!("yimen_agency_site_looks_total", "agency" => agency, "finding" => name)
            .increment(1);
        Some(Looked { agency: site.agency, address: site.address, finding })
    }
}

/// Writes down what was found. A change is worth a line in the log.
fn note(c: &mut Conn, now: Moment, looked: &[Looked]) -> Result<(), DbError> {
    let agencies: Vec<&str> = looked.iter().map(|looked| looked.agency.as_str()).collect();
    let known = site_looks::table.filter(site_looks::agency.eq_any(&agencies));
    let known: Vec<Row> = known.select(Row::as_select()).load(c)?;
    let known: HashMap<&str, &Row> = known.iter().map(|row| (row.agency.as_str(), row)).collect();
    let row = |looked: &Looked| {
        let before = known.get(looked.agency.as_str()).filter(|row| row.address == looked.address.as_str());
        let was_trouble = before.is_some_and(|row| TROUBLE.contains(&row.finding.as_str()));
        tell(looked, was_trouble);
        let same = before
            .filter(|row| row.finding == looked.finding.name() || was_trouble && looked.finding.is_trouble());
        Row {
            agency: looked.agency.clone(),
            address: looked.address.to_string(),
            finding: looked.finding.name().to_owned(),
            looked_at: now.into(),
            since: same.map_or(now.into(), |row| row.since),
        }
    };
    let rows: Vec<Row> = looked.iter().map(row).collect();
    // And those whose agency has no site any more.
    let forgotten = Stamp::from(now - TimeDelta::days(2));
    let old = site_looks::agency.eq_any(&agencies).or(site_looks::looked_at.lt(forgotten));
    diesel::delete(site_looks::table.filter(old)).execute(c)?;
    each!(c, |c| diesel::insert_into(site_looks::table).values(&rows).execute(c))?;
    Ok(())
}

fn tell(looked: &Looked, was_trouble: bool) {
    let Looked { agency, address, finding } = looked;
    let (address, finding) = (address.as_str(), finding.name());
    match looked.finding {
        Finding::Answers if was_trouble => tracing::info!(agency, address, "an agency's site opens again"),
        Finding::Answers => {}
        Finding::NotAllowed => tracing::warn!(
            agency,
            address,
            "an agency's site cannot be looked at: its address is private or without TLS, and not in gateway.allow"
        ),
        _ if was_trouble => {}
        _ => tracing::warn!(agency, address, finding, "an agency's site does not open; people are told so"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_answers_is_there_and_a_page_that_is_gone_is_not() {
        let answer = |status| Ok(HttpAnswer { status, retry_after: None, body: Bytes::new() });
        for status in [200, 204, 301, 302, 304, 401, 403, 405, 412, 429] {
            assert_eq!(Finding::of(&answer(status)), Finding::Answers, "{status}");
        }
        assert_eq!(Finding::of(&answer(404)), Finding::Gone);
        assert_eq!(Finding::of(&answer(410)), Finding::Gone);
        assert_eq!(Finding::of(&answer(500)), Finding::Failing);
        assert_eq!(Finding::of(&answer(503)), Finding::Failing);
        assert_eq!(Finding::of(&Err(DialError::TooLarge(1))), Finding::Answers);
        assert_eq!(Finding::of(&Err(DialError::Lost(String::new()))), Finding::Silent);
        assert_eq!(Finding::of(&Err(Forbidden::Nowhere.into())), Finding::Silent);
        let inside = Forbidden::NotPublic(std::net::IpAddr::from([10, 0, 0, 1]));
        assert_eq!(Finding::of(&Err(inside.into())), Finding::NotAllowed);
    }

    #[test]
    fn examples_are_no_sites() {
        let placeholder = |text: &str| is_placeholder(&Url::parse(text).unwrap());
        assert!(placeholder("https://library.yunzhou.example/") && placeholder("http://example/"));
        assert!(!placeholder("https://library.example.org/") && !placeholder("http://127.0.0.1:8080/"));
    }
}
