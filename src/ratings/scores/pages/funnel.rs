//! `/admin/funnel/services`: how far people came, for administrators above agencies; by service or agency, month by month.

use actix_web::{HttpRequest, HttpResponse};

use super::{Here, Two, both, league::domains, tabs};
use crate::{
    accounts::staff::{Act as May, pages::AtAgencies, record},
    catalogue::present::Presenter,
    db::Conn,
    platform::Texts,
    ratings::{
        RatingError,
        pages::{agency_name, service_name},
        scores::{
            funnel::{
                By, Line, Sort, Way, lines,
                views::{FunnelLine, FunnelView, heads},
            },
            model::Kept,
            queries,
            stage::Month,
        },
    },
    web::{
        Failure, Page, Submitted, Visitor,
        frame::{Choice, Field, Pager, Text},
        query, sheet,
    },
};

const HERE: &str = "/admin/funnel/services";
const AT_ONCE: usize = 50;

/// What is asked for. Words that nobody knows ask for everything.
struct Wanted {
    month: Option<Month>,
    by: By,
    agency: String,
    domain: String,
    sort: Sort,
}

impl Wanted {
    fn of(asked: impl Fn(&str) -> String) -> Self {
        Self {
            month: Month::named(&asked("month")),
            by: By::named(&asked("by")),
            agency: asked("agency"),
            domain: asked("domain"),
            sort: Sort::named(&asked("sort")),
        }
    }

    /// The same as pairs of an address or a form.
    fn pairs(&self, month: Option<Month>) -> Vec<(&'static str, String)> {
        vec![
            ("month", month.map(Month::tag).unwrap_or_default()),
            ("by", self.by.tag().to_owned()),
            ("agency", self.agency.clone()),
            ("domain", self.domain.clone()),
            ("sort", self.sort.tag().to_owned()),
        ]
    }

    fn has(&self, kept: &Kept) -> bool {
        let fits = |wanted: &str, is: &str| wanted.is_empty() || wanted == is;
        fits(&self.agency, &kept.agency) && fits(&self.domain, &kept.domain)
    }

    fn filters(&self, present: Presenter<'_>, agencies: &[String]) -> [Field; 4] {
        let t = present.t;
        let by = By::ALL.map(|one| Choice::new(one.tag(), t.funnel_by_word(one.tag()), one == self.by));
        let every = Choice::new("", t.quality_everything(), self.agency.is_empty());
        let theirs = agencies
            .iter()
            .map(|slug| Choice::new(slug, agency_name(present, slug).text, *slug == self.agency));
        let sort =
            Sort::ALL.map(|one| Choice::new(one.tag(), t.funnel_sort_word(one.tag()), one == self.sort));
        [
            Field::new("by", t.funnel_by()).choices(by.into()),
            Field::new("agency", t.quality_agency()).choices(std::iter::once(every).chain(theirs).collect()),
            domains(present, self.domain.clone()),
            Field::new("sort", t.funnel_sort()).choices(sort.into()),
        ]
    }
}

/// What there is to show.
struct Found {
    here: Here,
    at: AtAgencies,
    agencies: Vec<String>,
    months: Vec<Month>,
    month: Option<Month>,
    lines: Vec<Line>,
    all: Way,
}

async fn find(visitor: &Visitor, two: &Two, wanted: &Wanted) -> Result<Found, Failure> {
    let here = Here::of(two)?;
    let at = AtAgencies::of(visitor, &two.0).await?;
    if !at.allowed_here(May::AnswerAbove) {
        return Err(Failure::Refused);
    }
    let all = here.edition.catalogue.agencies.iter().map(|entry| &entry.slug);
    let agencies: Vec<String> = all.filter(|slug| at.may_above(May::AnswerAbove, slug)).cloned().collect();
    let (asked, last) = (wanted.month, Month::of(here.today));
    let read = move |c: &mut Conn| {
        let months = queries::months(c, last)?;
        let month = asked.or_else(|| months.first().copied()).filter(|month| months.contains(month));
        let rows = month.map(|month| queries::of_month(c, month)).transpose()?;
        Ok::<_, RatingError>((months, month, rows.unwrap_or_default()))
    };
    let (months, month, rows) = two.0.db.read(read).await?;
    let theirs = rows.iter().filter(|kept| agencies.contains(&kept.agency) && wanted.has(kept));
    let (lines, all) = lines(theirs, wanted.by, wanted.sort);
    Ok(Found { here, at, agencies, months, month, lines, all })
}

/// A number as it is told: that there were few, and not how many.
pub(super) fn told(t: Texts, number: u64, least: u64) -> String {
    if (1..least).contains(&number) { t.funnel_few(least) } else { number.to_string() }
}

/// A line in words.
fn line(present: Presenter<'_>, line: &Line, least: u64) -> FunnelLine {
    let agency = agency_name(present, &line.agency);
    let (name, agency) = match &line.service {
        Some(service) => (service_name(present, service), Some(agency)),
        None => (agency, None),
    };
    FunnelLine { name, agency, ..way(present.t, line.way, least) }
}

/// The numbers of a line, which has no name yet.
fn way(t: Texts, way: Way, least: u64) -> FunnelLine {
    FunnelLine {
        name: Text::plain(t.funnel_all()),
        agency: None,
        steps: way.0.map(|number| told(t, number, least)).into(),
        finished: way.finished(least).map(|share| t.funnel_share(share)),
    }
}

/// `GET /admin/funnel/services`
pub async fn funnel(visitor: Visitor, two: Two, request: HttpRequest) -> Result<Page, Failure> {
    let wanted = Wanted::of(|name| query(&request, name).unwrap_or_default());
    let found = find(&visitor, &two, &wanted).await?;
    let asked = query(&request, "page").and_then(|page| page.parse::<usize>().ok());
    let page = asked.unwrap_or(1).clamp(1, 1_000);
    let (t, least) = (visitor.texts(), found.here.least);
    let present = found.here.present(t);
    let shown = found.lines.iter().skip((page - 1) * AT_ONCE).take(AT_ONCE);
    let pairs = wanted.pairs(found.month);
    // A month's tab keeps everything but the month.
    let address = |pairs: &[(&'static str, String)]| {
        url::form_urlencoded::Serializer::new(format!("{HERE}?")).extend_pairs(pairs).finish()
    };
    Page::new(&FunnelView {
        csrf: visitor.form_token(&two.0)?,
        months: tabs(t, &found.months, found.month, &format!("{}&", address(&pairs[1..]))),
        month: found.month.map(|month| both(t, month)),
        filters: wanted.filters(present, &found.agencies),
        by_service: wanted.by == By::Service,
        lines: shown.map(|one| line(present, one, least)).collect(),
        all: way(t, found.all, least),
        pager: Pager {
            page,
            pages: found.lines.len().div_ceil(AT_ONCE),
            base: format!("{}&page=", address(&pairs)),
        },
        hidden: pairs,
        least,
        frame: visitor.frame(),
    })
}

/// `POST /admin/funnel/services.csv`: the same list as a file. That somebody took it away is on record.
pub async fn export_funnel(visitor: Visitor, two: Two, sent: Submitted) -> Result<HttpResponse, Failure> {
    let wanted = Wanted::of(|name| sent.get(name).to_owned());
    let found = find(&visitor, &two, &wanted).await?;
    let (t, now, by) = (visitor.texts(), two.0.clock.now(), found.at.member.id);
    let month = found.month.map(Month::tag).unwrap_or_default();
    // Only words that the city has go into the record.
    let agency = found.agencies.iter().find(|slug| **slug == wanted.agency).map_or("", String::as_str);
    let detail = format!("funnel {month} {} {agency}: {}", wanted.by.tag(), found.lines.len());
    let note = move |c: &mut Conn| record(c, now, Some(by), by, "exported", &detail);
    two.0.db.tx(note).await?;
    let present = found.here.present(t);
    let first = [t.funnel_code(), t.funnel_name(), t.quality_agency()].map(str::to_owned);
    let heads = first.into_iter().chain(heads(t)).chain([t.funnel_finished().to_owned()]);
    let row = |one: &Line| -> Vec<String> {
        let shown = line(present, one, found.here.least);
        let code = one.service.clone().unwrap_or_else(|| one.agency.clone());
        let agency = shown.agency.map(|agency| agency.text).unwrap_or_default();
        let names = [code, shown.name.text, agency];
        names.into_iter().chain(shown.steps).chain([shown.finished.unwrap_or_default()]).collect()
    };
    let rows: Vec<Vec<String>> =
        std::iter::once(heads.collect::<Vec<String>>()).chain(found.lines.iter().map(row)).collect();
    sheet(&format!("funnel-{month}"), rows)
}
