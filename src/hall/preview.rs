//! `/admin/packages/{slug}/{number}/preview/…`: pages of a version that is not live, as citizens would see them, for
//! whoever reviews it. The city is built with that version in its place; nothing is called and nothing is kept.

use actix_web::web::{Data, Path};

use crate::{
    agencies::{self, Compiled, LivePackage, pages::reviewed},
    catalogue::{Catalogue, pages as catalogue, present::Presenter, project},
    db::{Conn, DbError},
    web::{Failure, Page, Site, Visitor},
};

/// The city as it would be with a version of one agency's package.
async fn city_with(
    visitor: &Visitor,
    site: &Site,
    (slug, number): (String, i32),
) -> Result<Catalogue, Failure> {
    let package = reviewed(visitor, site, &slug, number).await?;
    let now = site.clock.now();
    let read = |c: &mut Conn| Ok::<_, DbError>((agencies::live(c)?, agencies::published(c)?));
    let (mut live, published) = site.db.read(read).await?;
    live.retain(|other| other.slug != slug);
    live.push(LivePackage {
        slug,
        version: number,
        installed_at: now,
        compiled: Compiled::Agency(Box::new(package)),
        on_trial: None,
        verified: true,
        suspended: None,
    });
    // Tens of milliseconds: not on a thread that answers requests.
    let built = tokio::task::spawn_blocking(move || project(live, &published, Vec::new())).await;
    built.map_err(Failure::broken)?.ok_or(Failure::Busy)
}

pub async fn preview_guide(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, i32, String)>,
) -> Result<Page, Failure> {
    let (slug, number, code) = path.into_inner();
    let city = city_with(&visitor, &site, (slug, number)).await?;
    let present = Presenter::new(visitor.texts(), &city);
    let view = catalogue::preview_guide(present, visitor.frame(), &code, site.clock.now());
    Page::new(&view.ok_or(Failure::NotFound)?)
}

pub async fn preview_start(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, i32, String)>,
) -> Result<Page, Failure> {
    let (slug, number, code) = path.into_inner();
    let city = city_with(&visitor, &site, (slug, number)).await?;
    let present = Presenter::new(visitor.texts(), &city);
    catalogue::preview_start(present, visitor.frame(), &code).ok_or(Failure::NotFound)?
}
