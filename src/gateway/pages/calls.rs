//! `/agency/calls`: every call to an agency, without anything of whom it was.

use actix_web::{HttpRequest, web::Data};
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone as _};
use yimen_contract::capability::Capability;

use crate::{
    agencies::{
        pages::{Chosen, Reader},
        views::{BackendTab, backend_tabs},
    },
    gateway::{
        log::{self, CallId, CallLine, Class, KEPT_DAYS, Matter, Wanted},
        views::{CallRow, CallsView, class_name, local, matter_name},
    },
    platform::{Moment, Texts, clock::CITY_ZONE},
    web::{
        Failure, Page, Site, Visitor,
        frame::{Choice, Field},
        query,
    },
};

/// Calls on one page.
const A_PAGE: usize = 50;

pub async fn calls(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let t = visitor.texts();
    let slug = match reader.choose((&visitor, &site), &request, t.calls_title()).await? {
        Chosen::One(slug) => slug,
        Chosen::Among(page) => return Ok(page),
    };
    let filter = Filter::of(&request);
    let wanted = filter.wanted(&slug, site.clock.now());
    let mut lines = site.db.read(move |c| log::lines(c, &wanted)).await?;
    let more = lines.len() > A_PAGE;
    lines.truncate(A_PAGE);
    let last = lines.last().filter(|_| more).map(|line| line.id);
    Page::new(&CallsView {
        tabs: backend_tabs(t, BackendTab::Calls, &slug),
        capability: filter.capabilities(t),
        outcome: filter.outcomes(t),
        day: Field::new("day", t.calls_day()).value(filter.day.map_or(String::new(), |day| day.to_string())),
        calls: lines.iter().map(|line| row(t, line)).collect(),
        kept: KEPT_DAYS,
        older: last.map(|id| filter.address(&slug, Some(id))),
        newest: filter.before.map(|_| filter.address(&slug, None)),
        slug,
        frame: visitor.frame(),
    })
}

/// What the reader asked for. Words that nobody knows ask for everything.
struct Filter {
    capability: Option<Capability>,
    outcome: Option<Class>,
    day: Option<NaiveDate>,
    before: Option<CallId>,
}

impl Filter {
    fn of(request: &HttpRequest) -> Self {
        let asked = |name: &str| query(request, name).unwrap_or_default();
        Self {
            capability: Capability::named(&asked("capability")),
            outcome: Class::named(&asked("outcome")),
            day: asked("day").parse().ok(),
            before: asked("before").parse().ok(),
        }
    }

    fn wanted(&self, slug: &str, now: Moment) -> Wanted {
        let midnight = |day: NaiveDate| {
            let begins = CITY_ZONE.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest();
            begins.map_or(now, |begins| begins.to_utc())
        };
        let (from, to) = match self.day.and_then(|day| Some((day, day.checked_add_days(Days::new(1))?))) {
            Some((day, next)) => (midnight(day), midnight(next)),
            None => (now - TimeDelta::days(KEPT_DAYS + 1), now + TimeDelta::days(1)),
        };
        Wanted {
            agency: slug.to_owned(),
            capability: self.capability.map_or(String::new(), |capability| capability.name().to_owned()),
            outcome: self.outcome,
            from,
            to,
            before: self.before,
            most: i64::try_from(A_PAGE + 1).unwrap_or(i64::MAX),
        }
    }

    /// The same list, from another place on.
    fn address(&self, slug: &str, before: Option<CallId>) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new("/agency/calls?".to_owned());
        pairs.append_pair("agency", slug);
        let day = self.day.map(|day| day.to_string());
        let before = before.map(|id| id.to_string());
        for (name, value) in [
            ("capability", self.capability.map(Capability::name)),
            ("outcome", self.outcome.map(Class::tag)),
            ("day", day.as_deref()),
            ("before", before.as_deref()),
        ] {
            if let Some(value) = value {
                pairs.append_pair(name, value);
            }
        }
        pairs.finish()
    }

    fn capabilities(&self, t: Texts) -> Field {
        let choice = |it: Capability| {
            let label = format!("{} ({})", matter_name(t, Matter::of(it)), it.name());
            Choice::new(it.name(), label, self.capability == Some(it))
        };
        let all = Choice::new("", t.calls_all(), self.capability.is_none());
        let choices = std::iter::once(all).chain(Capability::ALL.into_iter().map(choice));
        Field { required: true, ..Field::new("capability", t.calls_capability()).choices(choices.collect()) }
    }

    fn outcomes(&self, t: Texts) -> Field {
        let choice = |it: Class| Choice::new(it.tag(), class_name(t, it), self.outcome == Some(it));
        let all = Choice::new("", t.calls_all(), self.outcome.is_none());
        let choices = std::iter::once(all).chain(Class::ALL.into_iter().map(choice));
        Field { required: true, ..Field::new("outcome", t.calls_outcome()).choices(choices.collect()) }
    }
}

fn row(t: Texts, line: &CallLine) -> CallRow {
    let class = Class::named(&line.outcome);
    let matter = Capability::named(&line.capability).map_or(Matter::Lookup, Matter::of);
    CallRow {
        id: line.id.to_string(),
        at: local(line.at.moment()),
        matter: matter_name(t, matter),
        capability: line.capability.clone(),
        service: line.service.clone(),
        outcome: class.map_or_else(|| line.outcome.clone(), |class| class_name(t, class).to_owned()),
        fault: class.is_some_and(Class::is_fault),
        millis: line.millis,
        attempts: line.attempts,
        version: line.version,
    }
}
