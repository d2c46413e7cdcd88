//! The catalogue's pages.

mod agencies;
mod browse;
mod districts;
mod groups;
pub(crate) mod guide;
mod open;
mod opened;
mod publish;
mod search;
pub(in crate::catalogue) mod start;
mod writing;

pub use super::asking::file;
pub use agencies::{agencies, agency};
pub use browse::{class, domain, domains};
pub use districts::{district, districts};
pub use groups::{event, events, zone, zones};
pub use guide::{guide, preview_guide};
pub use open::{opensearch, robots, services_csv, services_json, sitemap_xml};
pub use opened::opened;
pub use publish::{new_bulletin, publish, take_down};
pub use search::{hot_words, search, suggest};
pub use start::{preview_start, start};
pub use writing::{bulletin, bulletin_text, bulletins, policies, policy};

use std::sync::Arc;

use actix_web::web::Data;

use super::{Edition, Shelf};
use crate::web::Failure;

/// The edition that a page is made from.
fn edition(shelf: &Data<Shelf>) -> Result<Arc<Edition>, Failure> {
    shelf.edition()
}

/// Things on one page of a list.
const PAGE: usize = 20;

/// The page a visitor asks for, brought into what there is: pages count from 1, and a number beyond the end, or
/// none at all, is the nearest that exists.
fn page_of(asked: Option<&str>, found: usize) -> (usize, usize) {
    let pages = found.div_ceil(PAGE).max(1);
    let page = asked.and_then(|page| page.trim().parse::<u64>().ok()).unwrap_or(1);
    let page = usize::try_from(page).unwrap_or(usize::MAX).clamp(1, pages);
    (page, pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_page_numbers_lead_to_the_nearest_page() {
        assert_eq!(page_of(None, 45), (1, 3));
        assert_eq!(page_of(Some("2"), 45), (2, 3));
        assert_eq!(page_of(Some("0"), 45), (1, 3));
        assert_eq!(page_of(Some("18446744073709551615"), 45), (3, 3));
        assert_eq!(page_of(Some("99999999999999999999999999"), 45), (1, 3));
        assert_eq!(page_of(Some("-1; DROP TABLE"), 0), (1, 1));
    }
}
