//! Small pieces that pages of every room share: links, tabs, the way back up, the pages of a list.

use super::Text;

/// A link with its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    pub text: Text,
    pub url: String,
}

impl Link {
    pub fn new(text: Text, url: impl Into<String>) -> Self {
        Self { text, url: url.into() }
    }
}

/// One step of the way from the home page to this one. The home page itself is added by the template.
pub type Crumb = Link;

/// One of several views of the same thing, each with an address of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tab {
    pub label: String,
    pub url: String,
    pub count: Option<usize>,
    pub current: bool,
}

/// The pages of a long list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    /// The page shown, counted from 1.
    pub page: usize,
    pub pages: usize,
    /// Address up to the page's number, such as `/search?q=x&page=`.
    pub base: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PagerEntry {
    Page {
        number: usize,
        url: String,
        current: bool,
    },
    /// Pages left out.
    Gap,
}

impl Pager {
    pub fn url(&self, page: usize) -> String {
        format!("{}{page}", self.base)
    }

    pub fn previous(&self) -> Option<String> {
        (self.page > 1).then(|| self.url(self.page - 1))
    }

    pub fn next(&self) -> Option<String> {
        (self.page < self.pages).then(|| self.url(self.page + 1))
    }

    /// The first, the last and the nearest pages, with gaps between.
    pub fn entries(&self) -> Vec<PagerEntry> {
        let mut entries = Vec::new();
        let mut last = 0;
        for number in 1..=self.pages {
            let near = number.abs_diff(self.page) <= 1;
            if number != 1 && number != self.pages && !near {
                continue;
            }
            if number > last + 1 {
                entries.push(PagerEntry::Gap);
            }
            entries.push(PagerEntry::Page { number, url: self.url(number), current: number == self.page });
            last = number;
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_shows_its_ends_and_the_pages_around() {
        let pager = Pager { page: 5, pages: 9, base: "/search?page=".to_owned() };
        let shown: Vec<_> = pager
            .entries()
            .into_iter()
            .map(|entry| match entry {
                PagerEntry::Page { number, .. } => number,
                PagerEntry::Gap => 0,
            })
            .collect();
        assert_eq!(shown, [1, 0, 4, 5, 6, 0, 9]);
        assert_eq!(pager.next().as_deref(), Some("/search?page=6"));
        assert_eq!(Pager { page: 1, pages: 1, base: String::new() }.next(), None);
    }
}
