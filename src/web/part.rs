//! Which part of a long list is shown, or written into a file.

use actix_web::HttpRequest;
use url::form_urlencoded;

use super::{frame::Pager, query};

/// What a file of a list has at most, as a stretch of its rows.
pub const IN_A_FILE: (i64, i64) = (0, 10_000);

/// A page of a list.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    page: usize,
    at_once: usize,
}

impl Part {
    /// The page that an address asks for. What is no page asks for the first.
    pub fn asked(request: &HttpRequest, at_once: usize) -> Self {
        let page = query(request, "page").and_then(|page| page.parse().ok()).filter(|page| *page > 0);
        Self { page: page.unwrap_or(1).min(100_000), at_once }
    }

    /// How many rows come before it, and how many it has.
    pub fn stretch(self) -> (i64, i64) {
        let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        (whole(self.before()), whole(self.at_once))
    }

    /// Its rows of a list that was read as a whole.
    pub fn of<T>(self, rows: Vec<T>) -> Vec<T> {
        rows.into_iter().skip(self.before()).take(self.at_once).collect()
    }

    /// The links to the other pages of a list with this address.
    pub fn pager(self, all: usize, here: &str, pairs: &[(&'static str, String)]) -> Pager {
        let mut address = form_urlencoded::Serializer::for_suffix(format!("{here}?"), here.len() + 1);
        let base = format!("{}&page=", address.extend_pairs(pairs).finish());
        Pager { page: self.page, pages: all.div_ceil(self.at_once), base }
    }

    const fn before(self) -> usize {
        (self.page - 1).saturating_mul(self.at_once)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_a_stretch_of_the_rows() {
        let second = Part { page: 2, at_once: 3 };
        assert_eq!(second.stretch(), (3, 3));
        assert_eq!(second.of((1..=5).collect()), [4, 5]);
        let pager = second.pager(7, "/list", &[("kind", "a b".to_owned())]);
        assert_eq!((pager.page, pager.pages, pager.base.as_str()), (2, 3, "/list?kind=a+b&page="));
    }
}
