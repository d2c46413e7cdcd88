//! In which of its two languages a page of the sandbox is shown.

use actix_web::{HttpRequest, cookie::Cookie, http::header::ACCEPT_LANGUAGE};

/// Sites on one host share their cookies, so the choice is made once for all of the sandbox.
const COOKIE: &str = "sandbox_lang";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Chinese,
    English,
}

impl Language {
    /// The language the address asks for, else the one chosen before, else the browser's.
    pub fn of(request: &HttpRequest) -> Self {
        Self::asked(request).unwrap_or_else(|| {
            let chosen = request.cookie(COOKIE).and_then(|cookie| Self::read(cookie.value()));
            let browser = || request.headers().get(ACCEPT_LANGUAGE)?.to_str().ok().and_then(Self::read);
            chosen.or_else(browser).unwrap_or(Self::Chinese)
        })
    }

    fn asked(request: &HttpRequest) -> Option<Self> {
        let query = url::form_urlencoded::parse(request.query_string().as_bytes());
        query
            .filter(|(name, _)| matches!(&**name, "lang" | "ui_locales"))
            .find_map(|(_, value)| Self::read(&value))
    }

    /// Remembers a language that the address asked for.
    pub fn cookie(request: &HttpRequest) -> Option<Cookie<'static>> {
        let asked = Self::asked(request)?;
        Some(Cookie::build(COOKIE, asked.tag()).path("/").http_only(true).finish())
    }

    fn read(text: &str) -> Option<Self> {
        text.split([',', ' ', ';']).find_map(|tag| match tag.get(..2)? {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        })
    }

    pub fn zh(self) -> bool {
        self == Self::Chinese
    }

    pub fn tag(self) -> &'static str {
        if self.zh() { "zh-CN" } else { "en" }
    }
}
