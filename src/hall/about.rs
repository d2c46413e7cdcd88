//! `/about`, `/accessibility`, `/sitemap`, `/open`

use actix_web::web::Data;

use super::{
    home::numbers,
    views::{AboutView, AccessibilityView, OpenFile, OpenView, SiteMapView},
};
use crate::{
    catalogue::{Shelf, present::Presenter},
    web::{Failure, Page, Visitor},
};

pub async fn about(visitor: Visitor, shelf: Data<Shelf>) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let view = AboutView {
        frame: visitor.common_frame(),
        about: present.text(&edition.catalogue.city.city.about),
        numbers: numbers(&edition.catalogue),
    };
    Ok(Page::new(&view)?.keep())
}

pub async fn accessibility(visitor: Visitor) -> Result<Page, Failure> {
    Ok(Page::new(&AccessibilityView { frame: visitor.common_frame() })?.keep())
}

pub async fn site_map(visitor: Visitor, shelf: Data<Shelf>) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let view = SiteMapView {
        frame: visitor.common_frame(),
        domains: present.domains(),
        events: present.events(),
        zones: present.zones(),
        agencies: edition.catalogue.agencies.iter().map(|agency| present.agency(agency)).collect(),
    };
    Ok(Page::new(&view)?.keep())
}

pub async fn open(visitor: Visitor, shelf: Data<Shelf>) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let t = visitor.texts();
    let rows = edition.catalogue.services.len();
    let file = |format, url: &str| OpenFile {
        name: t.open_services_name().to_owned(),
        about: t.open_services_about().to_owned(),
        url: url.to_owned(),
        format,
        rows,
    };
    let files = vec![file("JSON", "/open/services.json"), file("CSV", "/open/services.csv")];
    Ok(Page::new(&OpenView { frame: visitor.common_frame(), files })?.keep())
}
