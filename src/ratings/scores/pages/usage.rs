//! `/admin/use`: what is looked at and used, for administrators above agencies, and as files. It counts, and knows nobody.

use actix_web::HttpResponse;

use super::{Here, Two, funnel::told};
use crate::{
    accounts::staff::{Act as May, pages::AtAgencies},
    catalogue::{counts::WINDOW_DAYS, present::urls},
    db::Conn,
    platform::Texts,
    ratings::{
        pages::{agency_name, service_name},
        scores::{
            usage::{self, AgencyUse, Used},
            usage_views::{AgencyUseLine, ServiceUseLine, UseView, heads},
        },
    },
    web::{Failure, Page, Visitor, sheet},
};

/// So many services are shown.
const MOST: usize = 50;
/// What is not told.
const NOTHING: &str = "—";

/// An agency's cells, in the order of the heads of the view.
fn cells(t: Texts, one: &AgencyUse, least: u64) -> Vec<String> {
    let place = one.by_people.map_or_else(|| NOTHING.to_owned(), |place| place.to_string());
    let gap = one.gap().map_or_else(|| NOTHING.to_owned(), |gap| format!("{gap:+}"));
    // Few people's matters are as few people's as they are.
    let ended = if one.by_people.is_some() { one.ended.to_string() } else { told(t, one.people, least) };
    std::iter::once(one.services.to_string())
        .chain(one.stages.map(|services| services.to_string()))
        .chain([
            one.views.to_string(),
            told(t, one.people, least),
            ended,
            one.by_services.to_string(),
            place,
            gap,
        ])
        .collect()
}

/// What was looked at and used, below whoever reads it.
struct Seen {
    here: Here,
    agencies: Vec<String>,
    /// Every service that was looked at, with how often: the most first.
    services: Vec<(String, i64)>,
    used: Used,
}

impl Seen {
    async fn of(visitor: &Visitor, two: &Two) -> Result<Self, Failure> {
        let here = Here::of(two)?;
        let at = AtAgencies::of(visitor, &two.0).await?;
        if !at.allowed_here(May::AnswerAbove) {
            return Err(Failure::Refused);
        }
        let catalogue = &here.edition.catalogue;
        let all = catalogue.agencies.iter();
        let theirs: Vec<_> = all.filter(|entry| at.may_above(May::AnswerAbove, &entry.slug)).collect();
        let agencies: Vec<String> = theirs.iter().map(|entry| entry.slug.clone()).collect();
        let places = theirs.iter().flat_map(|entry| &entry.services);
        let codes: Vec<String> = places.map(|at| catalogue.services[*at].service.code.clone()).collect();
        let (today, asked) = (here.today, (agencies.clone(), codes.clone()));
        let used = two.0.db.read(move |c: &mut Conn| usage::used(c, today, &asked.0, &asked.1)).await?;
        let mut services: Vec<(String, i64)> = codes
            .into_iter()
            .filter_map(|code| {
                let views = *used.views.get(&code)?;
                Some((code, views))
            })
            .collect();
        services.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        Ok(Self { here, agencies, services, used })
    }
}

/// `GET /admin/use`
pub async fn usage(visitor: Visitor, two: Two) -> Result<Page, Failure> {
    let Seen { here, agencies, services, used } = Seen::of(&visitor, &two).await?;
    let (t, catalogue) = (visitor.texts(), &here.edition.catalogue);
    let present = here.present(t);
    let name = |one: &AgencyUse| agency_name(present, &one.slug);
    let service = |(code, views): &(String, i64)| {
        let entry = catalogue.service(code)?;
        Some(ServiceUseLine {
            name: service_name(present, code),
            url: urls::service(code),
            agency: agency_name(present, &catalogue.agency_of(entry).slug),
            views: *views,
        })
    };
    Page::new(&UseView {
        agencies: usage::lines(catalogue, &agencies, &used, here.least)
            .iter()
            .map(|one| AgencyUseLine { name: name(one), cells: cells(t, one, here.least) })
            .collect(),
        services: services.iter().take(MOST).filter_map(service).collect(),
        days: used.days,
        window: WINDOW_DAYS,
        least: here.least,
        frame: visitor.frame(),
    })
}

/// `GET /admin/use.csv`: the agencies, as on the page.
pub async fn usage_table(visitor: Visitor, two: Two) -> Result<HttpResponse, Failure> {
    let Seen { here, agencies, used, .. } = Seen::of(&visitor, &two).await?;
    let t = visitor.texts();
    let heads: Vec<String> = std::iter::once(t.quality_agency().to_owned()).chain(heads(t)).collect();
    let lines = usage::lines(&here.edition.catalogue, &agencies, &used, here.least);
    let row = |one: AgencyUse| {
        let cells = cells(t, &one, here.least);
        std::iter::once(one.slug).chain(cells).collect::<Vec<_>>()
    };
    sheet("use", std::iter::once(heads).chain(lines.into_iter().map(row)))
}

/// `GET /admin/use/services.csv`: every service that was looked at, and not only those that most people look at.
pub async fn usage_services(visitor: Visitor, two: Two) -> Result<HttpResponse, Failure> {
    let Seen { here, services, .. } = Seen::of(&visitor, &two).await?;
    let catalogue = &here.edition.catalogue;
    let heads = Vec::from(["service", "agency", "views"].map(str::to_owned));
    let row = |(code, views): (String, i64)| {
        let agency = catalogue.service(&code).map(|entry| catalogue.agency_of(entry).slug.clone());
        vec![code, agency.unwrap_or_default(), views.to_string()]
    };
    sheet("use-services", std::iter::once(heads).chain(services.into_iter().map(row)))
}
