//! Markdown from packages, made safe. What an agency writes may format, list and link; it can neither script
//! nor style nor load anything.

use std::{collections::HashSet, sync::LazyLock};

use ammonia::Builder;
use pulldown_cmark::{Event, Options, Parser, TagEnd, html};

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

/// The words alone, a paragraph or a list entry a line: for reading aloud and for devices that show no markup.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Text(words) | Event::Code(words) => plain.push_str(&words),
            Event::SoftBreak | Event::HardBreak => plain.push('\n'),
            Event::End(TagEnd::TableCell) => plain.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableRow | TagEnd::TableHead) => {
                plain.push('\n');
            }
            Event::End(TagEnd::Item) if !plain.ends_with('\n') => plain.push('\n'),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_aloud_only_the_words_are_left() {
        let text = plain(
            "## 要点\n\n- **甲** `乙`\n- [丙](https://example.org)\n\n<b>丁</b>\n\n| 戊 | 己 |\n|--|--|\n| 1 | 2 |",
        );
        assert_eq!(text, "要点\n甲 乙\n丙\n丁\n戊 己 \n1 2 \n");
    }

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
