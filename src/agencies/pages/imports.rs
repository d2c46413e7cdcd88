//! `/agency/packages/{slug}/imports/{id}`: what came of a description, and the draft that was made of it.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path},
};

use super::{Reader, package::Known};
use crate::{
    accounts::staff::Act,
    agencies::{
        releases::import::{self, ImportId},
        views::packages::ImportView,
    },
    web::{Failure, Page, Site, Visitor},
};

pub async fn import_page(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, String)>,
) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let (slug, id) = path.into_inner();
    let known = Known::of(&reader, &site, &slug).await?;
    let id: ImportId = id.parse().map_err(|_| Failure::NotFound)?;
    let wanted = slug.clone();
    let found = site.db.read(move |c| import::one(c, &wanted, id)).await?.ok_or(Failure::NotFound)?;
    let report = found.report();
    Page::new(&ImportView {
        name: known.name(visitor.texts(), &slug),
        slug,
        id: found.id.to_string(),
        running: found.is_running(),
        has_draft: found.has_draft(),
        file: found.file,
        read: report.read,
        unread: report.unread,
        failed: report.failed,
        frame: visitor.frame(),
    })
}

/// `…/draft`: the packed draft, as `yimen adapter unpack` takes it.
pub async fn import_draft(
    visitor: Visitor,
    site: Data<Site>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let (slug, id) = path.into_inner();
    Known::of(&reader, &site, &slug).await?;
    if !reader.may(Act::Integrate, &slug) {
        return Err(Failure::Refused);
    }
    let id: ImportId = id.parse().map_err(|_| Failure::NotFound)?;
    let wanted = slug.clone();
    let draft = site.db.read(move |c| import::draft(c, &wanted, id)).await?.ok_or(Failure::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/octet-stream"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{slug}.yimen\"")))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(draft))
}
