//! The files of `static/`, compressed and named after their content by the build.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::Path,
};

use super::{Failure, headers::accepts};

struct Asset {
    name: &'static str,
    /// The beginning of the content's digest: another content has another address.
    print: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// The address of a file, which changes when the file does.
pub fn url(name: &str) -> String {
    match find(name) {
        Some(asset) => format!("/static/{}/{name}", asset.print),
        None => format!("/static/-/{name}"),
    }
}

/// `GET /static/{print}/{name}`
pub async fn show(request: HttpRequest, path: Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (print, name) = path.into_inner();
    let asset = find(&name).ok_or(Failure::NotFound)?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_TYPE, content_type(&name)));
    response.insert_header((header::VARY, "accept-encoding"));
    // An address from before an update gets today's file, but must not keep it under yesterday's name.
    let keep = if print == asset.print { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.insert_header((header::CACHE_CONTROL, keep));
    let packed = [("br", asset.brotli), ("gzip", asset.gzip)];
    for (encoding, body) in packed {
        if let Some(body) = body.filter(|_| accepts(&request, encoding)) {
            response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(encoding)));
            return Ok(response.body(body));
        }
    }
    Ok(response.body(asset.plain))
}

/// `GET /favicon.ico`: what browsers ask for without being told to.
pub async fn favicon() -> HttpResponse {
    HttpResponse::MovedPermanently().insert_header((header::LOCATION, url("favicon.svg"))).finish()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
