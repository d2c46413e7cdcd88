//! Answers of handlers: a page, or the way to another.

use std::sync::{Arc, atomic::AtomicU64};

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
};
use askama::Template;
use bytes::Bytes;

use super::{
    Failure, Visitor, frame,
    kept::{Common, Keep},
    packing,
};
use crate::platform::Moment;

/// A rendered answer. One that is the same for every anonymous visitor with the same language and appearance says so with
/// [`Page::keep`] and is then kept ready; in a [`Visitor::common_frame`] also for those who are signed in.
#[derive(Debug)]
pub struct Page {
    status: StatusCode,
    content_type: &'static str,
    body: Bytes,
    keep: bool,
    /// It is the same for everybody but for what was cut out of it.
    common: Option<Common>,
    until: Option<Moment>,
    count: Option<Arc<AtomicU64>>,
    location: Option<String>,
    /// After how many seconds the browser asks for it again.
    again: Option<u8>,
}

impl Page {
    /// Renders a view.
    pub fn new(view: &impl Template) -> Result<Self, Failure> {
        let mut body = String::with_capacity(24 * 1024);
        view.render_into(&mut body).map_err(Failure::broken)?;
        let common = frame::pieces(&body).map(Common::new);
        Ok(Self { common, ..Self::of("text/html; charset=utf-8", body) })
    }

    /// Something other than a page for people: JSON, a feed, a text file.
    pub fn of(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status: StatusCode::OK,
            content_type,
            body: body.into(),
            keep: false,
            common: None,
            until: None,
            count: None,
            location: None,
            again: None,
        }
    }

    /// No page, but the way to where it stands for good.
    pub fn moved(path: String) -> Self {
        Self { location: Some(path), ..Self::of("text/plain; charset=utf-8", Bytes::new()) }
            .status(StatusCode::MOVED_PERMANENTLY)
    }

    /// A value as JSON.
    pub fn json(value: &impl serde::Serialize) -> Result<Self, Failure> {
        let body = serde_json::to_vec(value).map_err(Failure::broken)?;
        Ok(Self::of("application/json; charset=utf-8", body))
    }

    /// A rendered answer that is not HTML.
    #[must_use]
    pub fn typed(mut self, content_type: &'static str) -> Self {
        self.content_type = content_type;
        self
    }

    #[must_use]
    pub fn keep(mut self) -> Self {
        self.keep = true;
        self
    }

    /// Keeps it no longer than until then: what it shows may change without anybody saying so.
    #[must_use]
    pub const fn until(mut self, until: Moment) -> Self {
        self.until = Some(until);
        self
    }

    /// Has the browser ask for it again, with or without script: something on it is about to change.
    #[must_use]
    pub const fn again_in(mut self, seconds: u8) -> Self {
        self.again = Some(seconds);
        self
    }

    /// Has every sending of the page counted.
    #[must_use]
    pub fn counted(mut self, count: Arc<AtomicU64>) -> Self {
        self.count = Some(count);
        self
    }

    pub(super) fn into_response(self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response
            .insert_header((header::CONTENT_TYPE, self.content_type))
            .insert_header((header::CACHE_CONTROL, "private, no-cache"));
        if let Some(location) = self.location {
            response.insert_header((header::LOCATION, location));
        }
        if let Some(seconds) = self.again {
            response.insert_header((header::REFRESH, seconds.to_string()));
        }
        response.body(self.body)
    }

    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl Responder for Page {
    type Body = BoxBody;

    fn respond_to(mut self, request: &HttpRequest) -> HttpResponse {
        let visitor = request.extensions().get::<Visitor>().cloned();
        // Nobody who is signed in gets a page that is kept for all, unless in their own name.
        let known = visitor.as_ref().is_some_and(Visitor::is_known);
        let common = self.common.take().zip(visitor.as_ref());
        let keep = self.keep && self.status == StatusCode::OK && (common.is_some() || !known);
        if let Some((common, visitor)) = &common {
            self.body = common.with(&visitor.nobodys_frame().own_parts());
        }
        if keep {
            request.extensions_mut().insert(Keep {
                content_type: self.content_type,
                body: self.body.clone(),
                count: self.count.clone(),
                until: self.until,
                common: common.as_ref().map(|(common, _)| common.clone()),
            });
        }
        if let Some((common, visitor)) = common.filter(|_| known) {
            self.body = common.with(&visitor.frame().own_parts());
        } else if keep {
            return self.into_response();
        }
        let Some((encoding, body)) = packing::at_once(request, &self.body) else {
            return self.into_response();
        };
        let mut response = Self { body, ..self }.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        response
    }
}

/// After a form: on to the page that shows what came of it, which can be reloaded without sending it again.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).finish()
}
