//! Packing pages for their way: what is kept is packed once and well, what is made for one person at once and quickly.

use std::io::{self, Write as _};

use actix_web::HttpRequest;
use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};

use super::headers;

/// Shorter texts are as long when they are packed.
const SHORTEST: usize = 512;

pub(super) fn brotli(body: &[u8]) -> io::Result<Bytes> {
    let mut packed = Vec::with_capacity(body.len() / 3);
    let parameters = BrotliEncoderParams { quality: 6, lgwin: 18, ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &*body, &mut packed, &parameters)?;
    Ok(packed.into())
}

pub(super) fn gzip(body: &[u8], level: Compression) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), level);
    encoder.write_all(body)?;
    Ok(encoder.finish()?.into())
}

/// A page for one person, in the encoding that costs least: a third or less of what it costs to make the page smaller by a
/// tenth more. `None`: it goes as it is, or as the framework packs it.
pub(super) fn at_once(request: &HttpRequest, body: &[u8]) -> Option<(&'static str, Bytes)> {
    let worth = body.len() >= SHORTEST && headers::accepts(request, "gzip");
    let packed = worth.then(|| gzip(body, Compression::fast()))?.ok()?;
    Some(("gzip", packed))
}
