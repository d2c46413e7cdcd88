//! `/open/ledger-heads.json`

use actix_web::{HttpRequest, web::Data};

use super::published;
use crate::web::{Failure, Page, Site, query};

pub async fn heads(site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let before = match query(&request, "before") {
        Some(text) => Some(text.parse().map_err(|_| Failure::BadRequest)?),
        None => None,
    };
    let published = site.db.read(move |c| published(c, before)).await?;
    Page::json(&published)
}
