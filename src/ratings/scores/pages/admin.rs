//! `/admin/quality`: every service below somebody, those that nobody uses, and ratings to be looked at.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use chrono::NaiveDate;

use super::{
    Here, Two, agency_url, asked_month, both,
    retire::{ask_fields, retire_view, said},
    service_line, service_url, tabs,
    wanted::Wanted,
};
use crate::{
    accounts::staff::{Act as May, Branch, pages::AtAgencies},
    catalogue::present::Presenter,
    db::Conn,
    platform::{Texts, named},
    ratings::{
        RatingError,
        pages::agency_name,
        scores::{
            alarms::{self, Found},
            noted::{self, Noted, Outcome, kind_tag},
            queries,
            retire::{self, Retirement},
            sheet::{self, Line},
            sources::last_uses,
            stage::Month,
            views::{AdminView, AlarmForm, AlarmLine, CardLine, SilentLine},
        },
    },
    web::{
        Failure, Page, Visitor,
        frame::{Choice, Dates as _, Field, Link, Pager},
        query,
    },
};

/// Services on a page.
const AT_ONCE: usize = 50;
const HERE: &str = "/admin/quality";

/// `GET /admin/quality`
pub async fn admin(visitor: Visitor, two: Two, request: HttpRequest) -> Result<Page, Failure> {
    Page::new(&view(&visitor, &two, &request).await?)
}

pub(super) async fn view(visitor: &Visitor, two: &Two, request: &HttpRequest) -> Result<AdminView, Failure> {
    // Whoever is above sees what few people stand behind: they decide about single ratings too.
    let here = Here { least: 0, ..Here::of(two)? };
    let at = AtAgencies::of(visitor, &two.0).await?;
    if !at.allowed_here(May::AnswerAbove) {
        return Err(Failure::Refused);
    }
    let all = here.edition.catalogue.agencies.iter().map(|entry| &entry.slug);
    let agencies: Vec<String> = all.filter(|slug| at.may_above(May::AnswerAbove, slug)).cloned().collect();
    let (today, last) = (here.today, Month::of(here.today));
    let (asked, theirs, limits) = (asked_month(request, last)?, agencies.clone(), here.limits);
    let read = move |c: &mut Conn| {
        let months = queries::months(c, last)?;
        let month = asked.or_else(|| months.first().copied()).filter(|month| months.contains(month));
        let rows = month.map(|month| queries::of_month(c, month)).transpose()?;
        let found = (alarms::found(c, today, &limits)?, noted::since(c, alarms::first(today))?);
        let asked = (last_uses(c)?, retire::of(c, &theirs)?);
        Ok::<_, RatingError>((months, (month, rows.unwrap_or_default()), asked, found))
    };
    let (months, (month, rows), (uses, asked), (found, noted)) = two.0.db.read(read).await?;
    let t = visitor.texts();
    let present = here.present(t);
    let wanted = Wanted::of(request);
    let lines = sheet::lines(&rows, &here.formulas, here.least)?;
    let theirs = lines.iter().filter(|line| agencies.contains(&line.kept.agency) && wanted.has(line));
    let mut theirs: Vec<&Line<'_>> = theirs.collect();
    wanted.sort(&mut theirs);
    let page = query(request, "page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1);
    let page = page.clamp(1, 1_000);
    let pages = theirs.len().div_ceil(AT_ONCE);
    let lines = theirs.into_iter().skip((page - 1) * AT_ONCE).take(AT_ONCE);
    let lines =
        lines.map(|line| CardLine { ratings: Some(ratings_url(line)), ..service_line(present, line) });
    let found = found.into_iter().filter(|found| agencies.contains(&found.agency));
    let silent_days = here.silent_days;
    Ok(AdminView {
        months: tabs(t, &months, month, &format!("{}&", wanted.address(HERE, None))),
        month: month.map(|month| both(t, month)),
        stage: month.map_or("closed", |month| here.stage(month).tag()),
        lines: lines.collect(),
        pager: Pager { page, pages, base: format!("{}&page=", wanted.address(HERE, month)) },
        silent: silent(present, &agencies, (&uses, asked), (today, silent_days)),
        csrf: visitor.form_token(&two.0)?,
        said: said(t, request),
        silent_days,
        alarms: found.map(|found| alarm(present, &found, &noted, true)).collect(),
        filters: wanted.fields(present, &agencies),
        city: at.allowed(May::AnswerAbove, &Branch::city()),
        mistakes: Vec::new(),
        frame: visitor.frame(),
    })
}

/// The single ratings behind a line.
fn ratings_url(line: &Line<'_>) -> String {
    format!("/admin/ratings?show=all&service={}&month={}", line.kept.service, line.kept.month().tag())
}

/// Services that can be used here and that nobody used for so many days, the longest first.
pub(super) fn silent(
    present: Presenter<'_>,
    agencies: &[String],
    (uses, asked): (&BTreeMap<String, NaiveDate>, Vec<Retirement>),
    (today, days): (NaiveDate, u32),
) -> Vec<SilentLine> {
    let (t, catalogue) = (present.t, present.catalogue);
    let mut asked: BTreeMap<String, Retirement> =
        asked.into_iter().map(|one| (one.service.clone(), one)).collect();
    let mut silent: Vec<(NaiveDate, SilentLine)> = Vec::new();
    for entry in catalogue.services.iter().filter(|entry| entry.service.served_by.is_some()) {
        let (service, agency) = (&entry.service, catalogue.agency_of(entry));
        let last = uses.get(&service.code).copied();
        let since = last.unwrap_or(entry.published);
        let asked = asked.remove(&service.code);
        let is_silent = (today - since).num_days() >= i64::from(days);
        // What was asked stands here until it is taken back, whatever happened since.
        if !agencies.contains(&agency.slug) || !is_silent && asked.is_none() {
            continue;
        }
        let words = match last {
            Some(day) => t.quality_silent_since(t.day(&day)),
            None => t.quality_silent_never(t.day(&entry.published)),
        };
        let name = Link::new(present.text(&service.name), service_url(&service.code));
        let line = SilentLine {
            ask: ask_fields(t, &service.code),
            code: service.code.clone(),
            name,
            agency: present.text(&agency.agency.name),
            since: words,
            retire: asked.map(|one| retire_view(t, today, one)),
        };
        silent.push((since, line));
    }
    silent.sort_by_key(|(since, _)| *since);
    silent.into_iter().map(|(_, line)| line).collect()
}

/// Something to look at, with what came of that. `asks`: it can be said here.
pub(super) fn alarm(present: Presenter<'_>, found: &Found, noted: &[Noted], asks: bool) -> AlarmLine {
    let t = present.t;
    let noted = noted.iter().find(|noted| noted.is_about(found));
    AlarmLine {
        agency: Link::new(agency_name(present, &found.agency), agency_url(&found.agency)),
        what: t.quality_alarm(kind_tag(found.kind)),
        days: t.quality_alarm_days(named::From(t.day(&found.from)), named::To(t.day(&found.to))),
        noted: noted.map(|noted| (t.quality_alarm_outcome(noted.outcome.as_str()), noted.words.clone())),
        form: asks.then(|| alarm_form(t, found, noted)),
    }
}

fn alarm_form(t: Texts, found: &Found, noted: Option<&Noted>) -> AlarmForm {
    let (kind, from) = (kind_tag(found.kind), found.from.to_string());
    let which = format!("{}-{kind}-{from}", found.agency);
    let chosen = noted.and_then(|noted| Outcome::named(&noted.outcome));
    let choices = Outcome::ALL
        .map(|one| Choice::new(one.tag(), t.quality_alarm_outcome(one.tag()), Some(one) == chosen));
    let words = Field { required: true, ..Field::new(format!("words-{which}"), t.quality_alarm_words()) };
    AlarmForm {
        outcome: Field::new(format!("outcome-{which}"), t.quality_alarm_came()).choices(choices.into()),
        words: words.value(noted.map(|noted| noted.words.clone()).unwrap_or_default()),
        agency: found.agency.clone(),
        kind,
        from,
    }
}
