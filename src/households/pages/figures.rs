//! `/admin/households`: how many households the agencies below help, and how often somebody looks in. Counts only, and none about
//! too few.

use actix_web::{HttpResponse, web::Data};

use super::{agency_name, service_name};
use crate::{
    accounts::staff::{Act, pages::AtAgencies},
    catalogue::{Edition, Shelf, present::Presenter},
    db::Conn,
    households::{
        figures::{self, Figures},
        views::{FigureLine, FiguresView, HEADS},
    },
    policy::Rule,
    web::{Failure, Page, Site, Visitor, sheet},
};

type Found = Vec<((String, String), Option<Figures>)>;

async fn found(visitor: &Visitor, site: &Site, edition: &Edition) -> Result<(Found, u64), Failure> {
    let at = AtAgencies::of(visitor, site).await?;
    if !at.allowed_here(Act::AnswerAbove) {
        return Err(Failure::Refused);
    }
    let all = edition.catalogue.agencies.iter().map(|entry| &entry.slug);
    let below: Vec<String> = all.filter(|slug| at.may_above(Act::AnswerAbove, slug)).cloned().collect();
    let today = site.clock.today();
    let all = site.db.read(move |c: &mut Conn| figures::all(c, &below, today)).await?;
    let least = u64::from(edition.catalogue.rules.at(site.clock.now()).number(Rule::LeastPeople));
    Ok((figures::published(all, least), least))
}

/// `GET /admin/households`
pub async fn figures(visitor: Visitor, (site, shelf): (Data<Site>, Data<Shelf>)) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let (found, least) = found(&visitor, &site, &edition).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let line = |((agency, service), figures): ((String, String), Option<Figures>)| {
        FigureLine::of(service_name(present, &service), agency_name(present, &agency), figures, least)
    };
    Page::new(&FiguresView { least, figures: found.into_iter().map(line).collect(), frame: visitor.frame() })
}

/// `GET /admin/households.csv`
pub async fn figures_table(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
) -> Result<HttpResponse, Failure> {
    let edition = shelf.edition()?;
    let (found, least) = found(&visitor, &site, &edition).await?;
    let heads: Vec<String> = ["agency", "service"].into_iter().chain(HEADS).map(str::to_owned).collect();
    let row = |((agency, service), figures): ((String, String), Option<Figures>)| {
        let mut row = vec![agency, service];
        row.extend(FigureLine::cells(figures, least));
        row
    };
    sheet("households", std::iter::once(heads).chain(found.into_iter().map(row)))
}
