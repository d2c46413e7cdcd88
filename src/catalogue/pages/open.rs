//! The catalogue for machines: open data, site map, and what crawlers and browsers ask for.

use std::fmt::Write as _;

use actix_web::web::Data;
use serde::Serialize;
use yimen_contract::{
    Bilingual,
    service::{Audience, Days, FeeMode, Maturity, Scope, ServiceKind},
};

use super::edition;
use crate::{
    catalogue::{Catalogue, ServiceEntry, Shelf, present::urls, views::OpenSearchView},
    web::{Failure, Page, Site, Visitor},
};

/// A service as open data. Fields may be added; their names and meanings stay.
#[derive(Serialize)]
struct OpenService<'a> {
    code: &'a str,
    item_code: &'a str,
    name: &'a Bilingual,
    summary: &'a Bilingual,
    domain: &'a str,
    class: &'a str,
    agency: &'a str,
    agency_name: &'a Bilingual,
    kind: ServiceKind,
    audience: Audience,
    scope: Scope,
    visits: u8,
    maturity: Maturity,
    assurance: u8,
    agent_allowed: bool,
    zones: &'a [String],
    promised: Days,
    legal: Option<Days>,
    fee: FeeMode,
    fee_fen: Option<u64>,
    sample: bool,
    version: u32,
    published: chrono::NaiveDate,
    url: String,
}

impl<'a> OpenService<'a> {
    fn new(catalogue: &'a Catalogue, entry: &'a ServiceEntry, origin: &str) -> Self {
        let service = &entry.service;
        let agency = catalogue.agency_of(entry);
        Self {
            code: &service.code,
            item_code: &service.item_code,
            name: &service.name,
            summary: &service.summary,
            domain: &service.domain,
            class: &service.class,
            agency: &agency.slug,
            agency_name: &agency.agency.name,
            kind: service.kind,
            audience: service.audience,
            scope: service.scope,
            visits: service.visits,
            maturity: service.maturity(agency.agency.backend.driver),
            assurance: service.assurance,
            agent_allowed: service.agent_allowed,
            zones: &service.zones,
            promised: service.time.promised,
            legal: service.time.legal,
            fee: service.fee.mode,
            fee_fen: service.fee.amount_fen,
            sample: service.sample,
            version: entry.version,
            published: entry.published,
            url: format!("{origin}{}", urls::service(&service.code)),
        }
    }
}

/// `GET /open/services.json`
pub async fn services_json(site: Data<Site>, shelf: Data<Shelf>) -> Result<Page, Failure> {
    #[derive(Serialize)]
    struct File<'a> {
        city: &'a Bilingual,
        region: &'a str,
        count: usize,
        services: Vec<OpenService<'a>>,
    }
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let services: Vec<_> =
        catalogue.services.iter().map(|entry| OpenService::new(catalogue, entry, site.origin())).collect();
    let city = &catalogue.city.city;
    Ok(Page::json(&File { city: &city.name, region: &city.region, count: services.len(), services })?.keep())
}

/// `GET /open/services.csv`
pub async fn services_csv(site: Data<Site>, shelf: Data<Shelf>) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    // The mark by which spreadsheets know UTF-8; without it Chinese opens as gibberish.
    let mut table = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    table
        .write_record([
            "code",
            "item_code",
            "name_zh",
            "name_en",
            "domain",
            "class",
            "agency",
            "agency_zh",
            "agency_en",
            "kind",
            "audience",
            "visits",
            "maturity",
            "assurance",
            "promised_days",
            "promised_unit",
            "fee",
            "fee_fen",
            "zones",
            "sample",
            "version",
            "published",
            "url",
        ])
        .map_err(Failure::broken)?;
    for entry in &catalogue.services {
        let open = OpenService::new(catalogue, entry, site.origin());
        table
            .write_record([
                open.code,
                open.item_code,
                &open.name.zh,
                &open.name.en,
                open.domain,
                open.class,
                open.agency,
                &open.agency_name.zh,
                &open.agency_name.en,
                &word(&open.kind),
                &word(&open.audience),
                &open.visits.to_string(),
                &word(&open.maturity),
                &open.assurance.to_string(),
                &open.promised.days.to_string(),
                &word(&open.promised.unit),
                &word(&open.fee),
                &open.fee_fen.map(|fen| fen.to_string()).unwrap_or_default(),
                &open.zones.join(";"),
                &open.sample.to_string(),
                &open.version.to_string(),
                &open.published.to_string(),
                &open.url,
            ])
            .map_err(Failure::broken)?;
    }
    let bytes = table.into_inner().map_err(Failure::broken)?;
    Ok(Page::of("text/csv; charset=utf-8", bytes).keep())
}

/// The word that the package format has for a value.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// `GET /sitemap.xml`
pub async fn sitemap_xml(site: Data<Site>, shelf: Data<Shelf>) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let origin = site.origin();
    let mut xml = String::with_capacity(128 * 1024);
    xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let mut add = |path: &str, day: Option<chrono::NaiveDate>| {
        // Paths are made of codes and slugs, which hold nothing that XML would mind.
        let _ = write!(xml, "<url><loc>{origin}{path}</loc>");
        if let Some(day) = day {
            let _ = write!(xml, "<lastmod>{day}</lastmod>");
        }
        xml.push_str("</url>\n");
    };
    for path in [
        "/",
        "/domains",
        "/agencies",
        "/quality",
        "/events",
        "/zones",
        "/districts",
        "/policies",
        "/bulletins",
        "/about",
        "/open",
    ] {
        add(path, None);
    }
    for domain in &catalogue.city.domains.domains {
        add(&urls::domain(&domain.code), None);
    }
    for agency in &catalogue.agencies {
        add(&urls::agency(&agency.slug), None);
    }
    for event in &catalogue.city.events.events {
        add(&urls::event(&event.id), None);
    }
    for zone in &catalogue.city.zones.zones {
        add(&urls::zone(&zone.id), None);
    }
    for district in &catalogue.city.city.districts {
        add(&urls::district(&district.code), None);
    }
    for entry in &catalogue.policies {
        add(&urls::policy(&entry.policy.id), Some(entry.policy.issued));
    }
    for entry in &catalogue.services {
        add(&urls::service(&entry.service.code), Some(entry.published));
    }
    xml.push_str("</urlset>\n");
    Ok(Page::of("application/xml; charset=utf-8", xml).keep())
}

/// `GET /robots.txt`
pub async fn robots(site: Data<Site>) -> Page {
    let origin = site.origin();
    let text = format!(
        "User-agent: *\nDisallow: /me\nDisallow: /agency\nDisallow: /admin\nDisallow: /search\nDisallow: /display\n\n\
         Sitemap: {origin}/sitemap.xml\n"
    );
    Page::of("text/plain; charset=utf-8", text)
}

/// `GET /opensearch.xml`
pub async fn opensearch(visitor: Visitor) -> Result<Page, Failure> {
    let page = Page::new(&OpenSearchView { frame: visitor.frame() })?;
    Ok(page.typed("application/opensearchdescription+xml; charset=utf-8").keep())
}
