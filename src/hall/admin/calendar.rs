//! `/admin/calendar`: the days off and make-up days by which every term is counted, and where they come from. They are data
//! of the city's package: whoever changes it hands in a new version.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, web::Data};
use chrono::Datelike as _;
use yimen_contract::city::SpanKind;

use crate::{
    accounts::staff::{Act, may, pages::present_member},
    catalogue::{Shelf, present::Presenter},
    hall::views::{CalendarView, SpanRow},
    web::{Failure, Page, Site, Visitor, frame::Tab, query},
};

const HERE: &str = "/admin/calendar";

pub async fn calendar(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (member, signed) = present_member(&visitor, &site).await?;
    may(&signed, Act::SeePeople, &member.branch())?;
    let (edition, this) = (shelf.edition()?, site.clock.today().year());
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let all = &edition.catalogue.city.calendar.spans;
    // This year and the next stand there also as long as nobody has published them.
    let known = all.iter().flat_map(|span| [span.from.year(), span.to.year()]);
    let years: BTreeSet<i32> = known.chain([this, this + 1]).collect();
    let asked = query(&request, "year").and_then(|year| year.parse().ok());
    let year = asked.filter(|year| years.contains(year)).unwrap_or(this);
    let tab = |one: &i32| Tab {
        label: one.to_string(),
        url: format!("{HERE}?year={one}"),
        count: None,
        current: *one == year,
    };
    let of_year = all.iter().filter(|span| span.from.year() == year || span.to.year() == year);
    let row = |span: &yimen_contract::city::CalendarSpan| SpanRow {
        from: span.from,
        to: span.to,
        work: span.kind == SpanKind::Work,
        name: present.text(&span.name),
        notice: span.notice.clone(),
    };
    let mut spans: Vec<SpanRow> = of_year.map(row).collect();
    spans.sort_by_key(|span| span.from);
    Page::new(&CalendarView {
        tabs: years.iter().map(tab).collect(),
        year: year.to_string(),
        published: edition.catalogue.calendar.is_published(year),
        working_days: edition.catalogue.calendar.working_days_in(year),
        spans,
        frame: visitor.frame(),
    })
}
