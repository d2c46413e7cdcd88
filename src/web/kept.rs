//! Pages kept ready: rendered once, compressed once, and sent from memory until what they show changes.

use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
};
use bytes::Bytes;
use flate2::Compression;
use moka::sync::Cache;
use sha2::{Digest as _, Sha256};

use super::{headers, packing, page::Keep, preference::Preference};
use crate::platform::Lang;

/// Tells one kept page from another: the address, and what changes how it looks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct KeptKey {
    path: String,
    lang: Lang,
    look: super::frame::Look,
}

impl KeptKey {
    pub(super) fn new(path: &str, preference: Preference) -> Self {
        Self { path: path.to_owned(), lang: preference.lang, look: preference.look }
    }
}

struct Kept {
    content_type: &'static str,
    /// Quoted, as it stands in the header.
    tag: HeaderValue,
    plain: Bytes,
    brotli: Bytes,
    gzip: Bytes,
    count: Option<Arc<AtomicU64>>,
}

/// The pages kept ready, bounded by their size. Clones share them.
#[derive(Clone)]
pub struct Keeper {
    pages: Cache<KeptKey, Arc<Kept>>,
    generation: Arc<AtomicU64>,
}

impl Keeper {
    pub(super) fn new(max_bytes: u64) -> Self {
        let weigh = |key: &KeptKey, page: &Arc<Kept>| {
            let bytes = key.path.len() + page.plain.len() + page.brotli.len() + page.gzip.len() + 256;
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        let pages = Cache::builder().max_capacity(max_bytes).weigher(weigh).build();
        Self { pages, generation: Arc::default() }
    }

    /// Forgets all pages: what they show has changed. A page that is being rendered from the old state right
    /// now will not be kept.
    pub fn forget_all(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        self.pages.invalidate_all();
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// The answer to a request for a kept page.
    pub(super) fn answer(&self, request: &HttpRequest, key: &KeptKey) -> Option<HttpResponse> {
        let page = self.pages.get(key)?;
        Some(page.answer(request))
    }

    /// Keeps a page that was rendered since `generation`, and answers with it.
    pub(super) fn keep(
        &self,
        request: &HttpRequest,
        key: KeptKey,
        generation: u64,
        page: &Keep,
    ) -> HttpResponse {
        let kept = Arc::new(Kept::new(page));
        let answer = kept.answer(request);
        if self.generation() == generation {
            self.pages.insert(key, kept);
        }
        answer
    }
}

impl Kept {
    fn new(page: &Keep) -> Self {
        let mut tag = String::from("\"");
        for byte in &Sha256::digest(&page.body)[..12] {
            // Writing to a string cannot fail.
            let _ = write!(tag, "{byte:02x}");
        }
        tag.push('"');
        Self {
            content_type: page.content_type,
            tag: HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\"")),
            brotli: packing::brotli(&page.body).unwrap_or_default(),
            gzip: packing::gzip(&page.body, Compression::new(6)).unwrap_or_default(),
            plain: page.body.clone(),
            count: page.count.clone(),
        }
    }

    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        if let Some(count) = &self.count {
            count.fetch_add(1, Ordering::Relaxed);
        }
        let known = request.headers().get(header::IF_NONE_MATCH).is_some_and(|tags| {
            tags == self.tag
                || tags.to_str().is_ok_and(|tags| {
                    tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == self.tag)
                })
        });
        let status = if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        let mut response = HttpResponse::build(status);
        response.insert_header((header::ETAG, self.tag.clone()));
        response.insert_header((header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")));
        response.insert_header((
            header::VARY,
            HeaderValue::from_static("accept-encoding, accept-language, cookie"),
        ));
        if known {
            return response.finish();
        }
        response.insert_header((header::CONTENT_TYPE, HeaderValue::from_static(self.content_type)));
        for (encoding, body) in [("br", &self.brotli), ("gzip", &self.gzip)] {
            if !body.is_empty() && headers::accepts(request, encoding) {
                response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(encoding)));
                return response.body(body.clone());
            }
        }
        response.body(self.plain.clone())
    }
}

/// Whether a request may be answered with a kept page at all.
pub(super) fn may_be_kept(request: &HttpRequest) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
}
