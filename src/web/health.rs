//! Whether the portal is alive, and whether it can work. What exactly is wrong is told to the operator only.

use std::time::Duration;

use actix_web::{HttpResponse, web::Data};
use diesel::prelude::*;
use serde_json::json;

use super::Site;
use crate::{
    db::{Conn, DbError, Stamp, schema::schedules},
    platform::Moment,
    upsert,
};

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
    let now = site.clock.now();
    let written = in_time(site.db.tx(move |c| touch(c, now))).await;
    let (reading, writing) = site.db.waiting();
    let report = json!({
        "database": {
            "engine": format!("{:?}", site.db.engine()),
            "ok": database.is_ok(),
            "error": database.as_ref().err().map(ToString::to_string),
            // A full disk lets itself be read for a long time.
            "writable": written.is_ok(),
            "write_error": written.as_ref().err().map(ToString::to_string),
            "waiting": { "read": reading, "write": writing },
        },
        "cache": format!("{:?}", site.cache.health()),
        "version": env!("CARGO_PKG_VERSION"),
    });
    let sound = database.is_ok() && written.is_ok();
    let mut response = if sound { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.json(report)
}

/// Writes down that writing went well, which fails where any writing would. A change of nothing would not do: an
/// engine may leave it out.
fn touch(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let at = Stamp::from(now);
    let row = (schedules::name.eq("health.written"), schedules::last_tick.eq(at));
    upsert!(c, schedules::table => row, on schedules::name, set schedules::last_tick.eq(at))?;
    Ok(())
}

async fn database(site: &Site) -> Result<(), DbError> {
    in_time(site.db.read(|c| diesel::sql_query("SELECT 1").execute(c).map_err(DbError::from)))
        .await
        .map(|_| ())
}

async fn in_time<T>(asked: impl Future<Output = Result<T, DbError>>) -> Result<T, DbError> {
    tokio::time::timeout(Duration::from_secs(2), asked).await.unwrap_or(Err(DbError::Busy))
}
