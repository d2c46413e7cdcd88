//! Which agency a page of staff is about.

use actix_web::HttpRequest;

use super::Reader;
use crate::{
    agencies::{self, CITY_SLUG, views::ChooseView},
    web::{Failure, Page, Site, Visitor, query},
};

/// The agency, or the page on which the reader chooses one of theirs.
pub(crate) enum Chosen {
    One(String),
    Among(Page),
}

impl Reader {
    /// The agency that the address names, or the reader's only one. Of others it is not told whether they exist.
    pub(crate) async fn choose(
        &self,
        (visitor, site): (&Visitor, &Site),
        request: &HttpRequest,
        title: &str,
    ) -> Result<Chosen, Failure> {
        if let Some(named) = query(request, "agency") {
            return self.known(site, &named).await.map(Chosen::One);
        }
        let mut own = self.agencies(site).await?;
        if own.len() == 1 {
            return Ok(Chosen::One(own.swap_remove(0)));
        }
        let view = ChooseView {
            frame: visitor.frame(),
            title: title.to_owned(),
            path: request.path().to_owned(),
            agencies: own,
        };
        Ok(Chosen::Among(Page::new(&view)?))
    }

    /// The agencies that are the reader's matter.
    pub(crate) async fn agencies(&self, site: &Site) -> Result<Vec<String>, Failure> {
        let packages = site.db.read(agencies::list).await?;
        let slugs = packages.into_iter().map(|row| row.slug);
        Ok(slugs.filter(|slug| slug != CITY_SLUG && self.sees(slug)).collect())
    }

    /// An agency by its name, if it is the reader's matter.
    pub(crate) async fn known(&self, site: &Site, slug: &str) -> Result<String, Failure> {
        if slug == CITY_SLUG || !self.sees(slug) {
            return Err(Failure::NotFound);
        }
        let slug = slug.to_owned();
        let asked = slug.clone();
        let there = site.db.read(move |c| agencies::version(c, &asked)).await?;
        there.map(|_| slug).ok_or(Failure::NotFound)
    }
}
