//! `/me/ratings`: what somebody may rate, and what they rated; of one agency for whoever scanned its code.

use actix_web::{HttpRequest, web::Data};

use super::{said, service_name};
use crate::{
    cases::pages::list::{covers, reach},
    catalogue::{Shelf, present::Presenter},
    ratings::{
        RatingError, level_tag,
        queries::{self, Rated},
        views::{MineLine, MineView},
    },
    web::{Failure, Page, Site, Visitor, query},
};

/// `GET /me/ratings`
pub async fn mine(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (whose, scope) = reach(&visitor, &site).await?;
    let edition = shelf.edition()?;
    let found = site.db.read(move |c| queries::mine(c, &whose)).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let today = site.clock.today();
    let at = query(&request, "at");
    let here = |agency: &str| at.as_deref().is_none_or(|at| at == agency);
    let found = found.into_iter().filter(|(matter, _)| here(&matter.agency));
    // What an agent was not authorised for is left out of the list.
    let found = found.filter(|(matter, _)| covers(&scope, &edition.catalogue, &matter.service));
    let (mut open, mut rated) = (Vec::new(), Vec::new());
    for (matter, rating) in found {
        let over = today > matter.last_day;
        let line = line(present, (matter, rating))?;
        match line.level {
            Some(_) => rated.push(line),
            None if over => {}
            None => open.push(line),
        }
    }
    let said = said(visitor.texts(), &request);
    Page::new(&MineView { said, open, rated, frame: visitor.frame() })
}

fn line(present: Presenter<'_>, (matter, rating): Rated) -> Result<MineLine, RatingError> {
    Ok(MineLine {
        name: service_name(present, &matter.service),
        url: queries::address(&matter)?,
        ended: matter.ended_on,
        until: rating.is_none().then_some(matter.last_day),
        level: rating.map(|rating| rating.level()).transpose()?.map(level_tag),
    })
}
