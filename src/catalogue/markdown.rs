//! Markdown from packages, made safe. What an agency writes may format, list and link; it can neither script
//! nor style nor load anything.

use std::{collections::HashSet, sync::LazyLock};

use ammonia::Builder;
use pulldown_cmark::{Options, Parser, html};

use crate::web::frame::SafeHtml;

const TAGS: [&str; 20] = [
    "p",
    "br",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "blockquote",
    "code",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .tags(TAGS.into())
        .url_schemes(["http", "https", "tel", "mailto"].into())
        .link_rel(Some("noopener noreferrer nofollow"))
        .generic_attributes(HashSet::new());
    builder
});

/// Renders Markdown to markup that may be put into a page.
pub(super) fn render(text: &str) -> SafeHtml {
    let mut markup = String::with_capacity(text.len() * 2);
    html::push_html(&mut markup, Parser::new_ext(text, Options::ENABLE_TABLES));
    SafeHtml(SANITISER.clean(&markup).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formatting_stays_and_everything_active_goes() {
        let SafeHtml(page) = render(
            "## 要点\n\n- **甲** <script>alert(1)</script>\n- [乙](javascript:alert(1))\n- [丙](https://example.org)\n\n\
             <img src=x onerror=alert(1)> <p style=\"color:red\" onclick=\"x()\">丁</p>",
        );
        assert!(page.contains("<h2>要点</h2>") && page.contains("<strong>甲</strong>"), "{page}");
        assert!(page.contains("href=\"https://example.org\""), "{page}");
        for bad in ["script", "javascript", "onerror", "onclick", "style", "<img"] {
            assert!(!page.contains(bad), "{bad}: {page}");
        }
    }
}
