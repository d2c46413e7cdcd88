//! Pages kept ready: rendered once, compressed once, and sent from memory until what they show changes. Those that say
//! the same to everybody are kept in pieces as well, for people who are signed in: between them goes what is their own.

use std::{
    fmt::Write as _,
    io,
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

use super::{
    frame::{Frame, OWN},
    headers,
    packing::{self, Piece},
    preference::Preference,
};
use crate::platform::{Lang, Moment};

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

/// Marks a response whose bytes may be kept.
#[derive(Debug, Clone)]
pub(super) struct Keep {
    pub(super) content_type: &'static str,
    /// As it is for whoever is not signed in.
    pub(super) body: Bytes,
    /// Counts how often the page is sent, kept or not.
    pub(super) count: Option<Arc<AtomicU64>>,
    /// Until when, if what it shows may change without anybody saying so.
    pub(super) until: Option<Moment>,
    pub(super) common: Option<Common>,
}

/// A page that is the same for everybody but for each person's own parts, which were cut out.
#[derive(Debug, Clone)]
pub(super) struct Common([Arc<str>; OWN + 1]);

impl Common {
    pub(super) fn new(pieces: [&str; OWN + 1]) -> Self {
        Self(pieces.map(Arc::from))
    }

    pub(super) fn with(&self, own: &[String; OWN]) -> Bytes {
        let length = self.0.iter().map(|piece| piece.len()).sum::<usize>();
        let mut page = String::with_capacity(length + own.iter().map(String::len).sum::<usize>());
        for (at, piece) in self.0.iter().enumerate() {
            page.push_str(piece);
            page.push_str(own.get(at).map_or("", String::as_str));
        }
        page.into()
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
    until: Option<Moment>,
    /// For people who are signed in, where the page says the same to them.
    common: Option<(Common, Vec<Piece>)>,
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
            let pieces = page.common.iter().flat_map(|(_, packed)| packed).map(Piece::len).sum::<usize>();
            let common = if page.common.is_some() { page.plain.len() + pieces } else { 0 };
            let packed = page.brotli.len() + page.gzip.len();
            let bytes = key.path.len() + page.plain.len() + packed + common + 256;
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

    /// The answer to a request of nobody in particular for a kept page.
    pub(super) fn answer(&self, request: &HttpRequest, key: &KeptKey, now: Moment) -> Option<HttpResponse> {
        Some(self.fresh(key, now)?.answer(request))
    }

    /// The answer to a person's request for a kept page that says the same to everybody, in their own frame.
    pub(super) fn answer_to(
        &self,
        request: &HttpRequest,
        key: &KeptKey,
        now: Moment,
        frame: impl FnOnce() -> Frame,
    ) -> Option<HttpResponse> {
        self.fresh(key, now)?.answer_to(request, frame)
    }

    fn fresh(&self, key: &KeptKey, now: Moment) -> Option<Arc<Kept>> {
        self.pages.get(key).filter(|page| page.until.is_none_or(|until| now < until))
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
            until: page.until,
            common: page.common.as_ref().and_then(|common| {
                let packed: io::Result<_> =
                    common.0.iter().map(|piece| Piece::new(piece.as_bytes())).collect();
                Some((common.clone(), packed.ok()?))
            }),
        }
    }

    fn counted(&self) {
        if let Some(count) = &self.count {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn answer_to(&self, request: &HttpRequest, frame: impl FnOnce() -> Frame) -> Option<HttpResponse> {
        let (common, packed) = self.common.as_ref()?;
        self.counted();
        let own = frame().own_parts();
        let mut response = HttpResponse::Ok();
        response.insert_header((header::CONTENT_TYPE, HeaderValue::from_static(self.content_type)));
        response.insert_header((header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")));
        response.insert_header((header::VARY, HeaderValue::from_static("accept-encoding")));
        Some(if headers::accepts(request, "gzip") {
            response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static("gzip")));
            response.body(Piece::join(packed, &own))
        } else {
            response.body(common.with(&own))
        })
    }

    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        self.counted();
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
