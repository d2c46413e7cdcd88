//! Results of a search, and the description by which browsers offer it in their address bar.

use askama::Template;

use super::{ServiceCard, Tile, Words as _};
use crate::{
    platform::named,
    web::frame::{Frame, Link, Pager, SafeHtml, Text},
};

#[derive(Debug, Template)]
#[template(path = "catalogue/search.html")]
pub struct SearchView {
    pub frame: Frame,
    /// What was asked, as typed. Empty: everything, narrowed by the filters.
    pub q: String,
    pub found: usize,
    pub hits: Vec<Hit>,
    /// Agencies, policies and notices that answer the words as well.
    pub agencies: Vec<Link>,
    pub policies: Vec<Link>,
    pub bulletins: Vec<Link>,
    pub filters: Vec<Filter>,
    pub pager: Pager,
    pub page_size: usize,
    /// Even the best answer is a guess, and the page says so.
    pub unsure: bool,
    /// Another spelling that finds something: its words and its address.
    pub did_you_mean: Option<Link>,
    /// Shown while there is no result: ways to go on.
    pub domains: Vec<Tile>,
    pub hot: Vec<Link>,
}

#[derive(Debug, Clone)]
pub struct Hit {
    pub card: ServiceCard,
    /// The name and the passage that answers, with the found words marked.
    pub name: SafeHtml,
    pub excerpt: SafeHtml,
    /// Whether name and excerpt are Chinese on an English page.
    pub fallback: bool,
}

/// One way to narrow the results.
#[derive(Debug, Clone)]
pub struct Filter {
    /// The parameter's name: `domain`, `agency`, `visits`, `kind`, `audience`.
    pub name: &'static str,
    pub label: String,
    pub options: Vec<FilterOption>,
    /// Address of the same search without this filter.
    pub without: String,
}

#[derive(Debug, Clone)]
pub struct FilterOption {
    pub value: String,
    pub label: Text,
    pub count: usize,
    pub chosen: bool,
}

impl Filter {
    pub fn chosen(&self) -> Option<&FilterOption> {
        self.options.iter().find(|option| option.chosen)
    }
}

impl SearchView {
    pub fn active(&self) -> usize {
        self.filters.iter().filter(|filter| filter.chosen().is_some()).count()
    }

    pub fn title(&self) -> String {
        let t = self.frame.t;
        if self.q.is_empty() { t.search_all().to_owned() } else { t.search_title(self.q.as_str()) }
    }

    /// The number of the first result on this page.
    pub fn start(&self) -> usize {
        (self.pager.page.max(1) - 1) * self.page_size + 1
    }

    pub fn first(&self) -> bool {
        self.pager.page <= 1
    }
}

/// `/opensearch.xml`
#[derive(Debug, Template)]
#[template(path = "catalogue/opensearch.xml")]
pub struct OpenSearchView {
    pub frame: Frame,
}
