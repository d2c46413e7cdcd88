//! `/admin/due`: what will be late within some working days, across the agencies below somebody; as a file as well.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::left;
use crate::{
    accounts::staff::{Act, pages::AtAgencies, record},
    cases::desk::{
        ahead::{self, Coming, DAYS, USUAL},
        ahead_views::{AheadRow, AheadView},
    },
    catalogue::{Catalogue, Shelf, present::Presenter},
    db::Conn,
    platform::Texts,
    web::{
        Failure, IN_A_FILE, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Field, Text},
        query, sheet,
    },
};

const HERE: &str = "/admin/due";
const AT_ONCE: usize = 50;

/// What is asked for. Words that nobody knows ask for everything, as far ahead as usual.
#[derive(Debug, Clone)]
struct Wanted {
    agency: String,
    days: u32,
}

impl Wanted {
    fn of(asked: impl Fn(&str) -> String) -> Self {
        let days = asked("days").parse().ok().filter(|days| DAYS.contains(days));
        Self { agency: asked("agency"), days: days.unwrap_or(USUAL) }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![("agency", self.agency.clone()), ("days", self.days.to_string())]
    }

    /// Those of the reader's agencies that are asked for.
    fn among(&self, all: &[String]) -> Vec<String> {
        let one: Vec<String> = all.iter().filter(|slug| **slug == self.agency).cloned().collect();
        if one.is_empty() { all.to_vec() } else { one }
    }

    fn filters(&self, present: Presenter<'_>, all: &[String]) -> Vec<Field> {
        let t = present.t;
        let every = Choice::new("", t.quality_everything(), !all.contains(&self.agency));
        let agency =
            |slug: &String| Choice::new(slug.as_str(), agency_name(present, slug).text, *slug == self.agency);
        let agencies = std::iter::once(every).chain(all.iter().map(agency)).collect();
        let days = DAYS.map(|days| Choice::new(days.to_string(), t.ahead_within(days), days == self.days));
        vec![
            Field::new("agency", t.quality_agency()).choices(agencies),
            Field::new("days", t.ahead_days()).choices(days.into()),
        ]
    }
}

/// Whoever stands above agencies, and these.
async fn above(
    visitor: &Visitor,
    site: &Site,
    catalogue: &Catalogue,
) -> Result<(AtAgencies, Vec<String>), Failure> {
    let at = AtAgencies::of(visitor, site).await?;
    if !at.allowed_here(Act::AnswerAbove) {
        return Err(Failure::Refused);
    }
    let all = catalogue.agencies.iter().map(|entry| &entry.slug);
    let theirs = all.filter(|slug| at.may_above(Act::AnswerAbove, slug)).cloned().collect();
    Ok((at, theirs))
}

/// `GET /admin/due`
pub async fn due(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let (_, theirs) = above(&visitor, &site, &edition.catalogue).await?;
    let wanted = Wanted::of(|name| query(&request, name).unwrap_or_default());
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let today = site.clock.today();
    let span = ahead::span(&edition.catalogue.calendar, today, wanted.days);
    let (part, asked) = (Part::asked(&request, AT_ONCE), wanted.among(&theirs));
    let read = move |c: &mut Conn| ahead::coming(c, &asked, span, part.stretch());
    let (found, all) = site.db.read(read).await?;
    let (all, hidden) = (usize::try_from(all).unwrap_or_default(), wanted.pairs());
    let row = |one: Coming| {
        let due = one.clock_on?;
        let (colour, words) = left(present, today, due);
        Some(AheadRow {
            name: service_name(present, &one.service),
            agency: agency_name(present, &one.agency),
            reference: one.reference,
            state: one.state,
            due,
            colour,
            words,
        })
    };
    Page::new(&AheadView {
        csrf: visitor.form_token(&site)?,
        filters: wanted.filters(present, &theirs),
        rows: found.into_iter().filter_map(row).collect(),
        all,
        pager: part.pager(all, HERE, &hidden),
        hidden,
        frame: visitor.frame(),
    })
}

/// `POST /admin/due.csv`: the same list as a file. That somebody took it away is on record.
pub async fn export_due(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let edition = shelf.edition()?;
    let (at, theirs) = above(&visitor, &site, &edition.catalogue).await?;
    let wanted = Wanted::of(|name| sent.get(name).to_owned());
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let span = ahead::span(&edition.catalogue.calendar, site.clock.today(), wanted.days);
    let asked = wanted.among(&theirs);
    let (found, _) = site.db.read(move |c: &mut Conn| ahead::coming(c, &asked, span, IN_A_FILE)).await?;
    let (now, by, detail) = (site.clock.now(), at.member.id, format!("due: {}", found.len()));
    site.db.tx(move |c: &mut Conn| record(c, now, Some(by), by, "exported", &detail)).await?;
    let row = |one: Coming| {
        vec![
            one.reference,
            service_name(present, &one.service).text,
            agency_name(present, &one.agency).text,
            present.t.case_state(one.state.as_str()),
            one.clock_on.map(|day| day.to_string()).unwrap_or_default(),
        ]
    };
    sheet("due", std::iter::once(heads(present.t)).chain(found.into_iter().map(row)))
}

fn heads(t: Texts) -> Vec<String> {
    [t.ahead_number(), t.case_service(), t.quality_agency(), t.rules_state(), t.ahead_due()]
        .map(str::to_owned)
        .into()
}

pub(super) fn service_name(present: Presenter<'_>, code: &str) -> Text {
    let entry = present.catalogue.service(code);
    entry.map_or_else(|| Text::plain(code), |entry| present.text(&entry.service.name))
}

pub(super) fn agency_name(present: Presenter<'_>, slug: &str) -> Text {
    let entry = present.catalogue.agency(slug);
    entry.map_or_else(|| Text::plain(slug), |entry| present.agency(entry).text)
}
