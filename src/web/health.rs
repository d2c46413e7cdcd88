//! Whether the portal is alive, and whether it can work. What exactly is wrong is told to the operator only.

use std::time::Duration;

use actix_web::{HttpResponse, web::Data};
use diesel::RunQueryDsl as _;
use serde_json::json;

use super::Site;
use crate::db::DbError;

/// `GET /health/live`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok")
}

/// `GET /health/ready`: requests can be served.
pub async fn ready(site: Data<Site>) -> HttpResponse {
    match database(&site).await {
        Ok(()) => HttpResponse::Ok().content_type("text/plain").body("ready"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            HttpResponse::ServiceUnavailable().content_type("text/plain").body("not ready")
        }
    }
}

/// `GET /health/deep`, on the operator's address.
pub(super) async fn deep(site: Data<Site>) -> HttpResponse {
    let database = database(&site).await;
    let (reading, writing) = site.db.waiting();
    let report = json!({
        "database": {
            "engine": format!("{:?}", site.db.engine()),
            "ok": database.is_ok(),
            "error": database.as_ref().err().map(ToString::to_string),
            "waiting": { "read": reading, "write": writing },
        },
        "cache": format!("{:?}", site.cache.health()),
        "version": env!("CARGO_PKG_VERSION"),
    });
    let mut response = if database.is_ok() { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.json(report)
}

async fn database(site: &Site) -> Result<(), DbError> {
    let ask = site.db.read(|c| diesel::sql_query("SELECT 1").execute(c).map_err(DbError::from));
    match tokio::time::timeout(Duration::from_secs(2), ask).await {
        Ok(answer) => answer.map(|_| ()),
        Err(_) => Err(DbError::Busy),
    }
}
