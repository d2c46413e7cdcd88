//! `/me/reminders/yearly/{code}`: being reminded of a service's months, each year.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{DATES, Reader};
use crate::{
    catalogue::{
        Edition, Shelf,
        present::{Presenter, urls},
    },
    db::Conn,
    reminders::{
        views::YearlyView,
        yearly::{self, Window},
    },
    web::{Failure, Page, Site, Submitted, Visitor, frame::Link, see_other},
};

/// Every service that is there in some months only, in the order of their codes.
pub(super) fn all(present: Presenter<'_>) -> Vec<Link> {
    let seasonal = present.catalogue.services.iter().filter(|entry| !entry.service.months.is_empty());
    seasonal
        .map(|entry| {
            let path = format!("{DATES}/yearly/{}", entry.service.code);
            Link::new(present.text(&entry.service.name), path)
        })
        .collect()
}

fn window(edition: &Edition, site: &Site, code: &str) -> Result<Window, Failure> {
    let entry = edition.catalogue.service(code).ok_or(Failure::NotFound)?;
    Window::next(&entry.service.months, site.clock.today()).ok_or(Failure::NotFound)
}

pub async fn yearly(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    code: Path<String>,
) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let window = window(&edition, &site, &code)?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let entry = edition.catalogue.service(&code).ok_or(Failure::NotFound)?;
    Page::new(&YearlyView {
        csrf: visitor.form_token(&site)?,
        service: Link::new(present.text(&entry.service.name), urls::service(&code)),
        action: format!("{DATES}/yearly/{code}"),
        opens: window.opens,
        closes: window.closes,
        frame: visitor.frame(),
    })
}

pub async fn want_yearly(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    code: Path<String>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let edition = shelf.edition()?;
    let window = window(&edition, &site, &code)?;
    let reader = Reader::of(&visitor, &site).await?;
    let (now, citizen) = (site.clock.now(), reader.person()?);
    let want = move |c: &mut Conn| {
        yearly::want(c, now, (citizen, &code), window)?;
        reader.kept(c, now)
    };
    site.db.tx(want).await?;
    Ok(see_other(&format!("{DATES}?said=set")))
}
