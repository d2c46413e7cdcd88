//! `/search`, and what the search box suggests while somebody types.

use std::ops::Range;

use actix_web::{HttpRequest, web::Data};
use serde::Serialize;
use yimen_search::{Marker, Page as Part};

use super::{PAGE, edition, page_of};
use crate::{
    catalogue::{
        Catalogue, Edition, ServiceEntry, Shelf,
        present::{Presenter, urls},
        views::{Filter, FilterOption, Hit, SearchView},
    },
    platform::{Lang, Texts},
    web::{
        Failure, Page, Visitor,
        frame::{Link, Pager, SafeHtml, Text},
        query,
    },
};

mod filters;

use filters::{Chosen, NARROWINGS, Narrowing};

/// Suggestions while typing.
const SUGGESTIONS: usize = 8;
/// What is shown of other things that answer the words.
const ASIDE: usize = 5;
/// Letters of a query that are kept in addresses and shown again; the search itself reads fewer.
const LONGEST: usize = 100;

pub async fn search(visitor: Visitor, shelf: Data<Shelf>, request: HttpRequest) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let present = Presenter::new(visitor.texts(), catalogue);
    let words = words(&request);
    let chosen = Chosen::of(catalogue, &request);
    let marker = edition.index.marker(&words);
    let Answer { matches, corrected, unsure } = matches(&edition, &words);
    let shown: Vec<usize> =
        matches.iter().copied().filter(|at| chosen.accepts(&catalogue.services[*at])).collect();
    let (page, pages) = page_of(query(&request, "page").as_deref(), shown.len());
    let hits = shown.iter().skip((page - 1) * PAGE).take(PAGE);
    let base = chosen.address(&words, None);
    let joint = if base.contains('?') { '&' } else { '?' };
    let t = visitor.texts();
    let nothing = shown.is_empty();
    let view = SearchView {
        frame: visitor.frame(),
        found: shown.len(),
        hits: hits.map(|at| hit(present, &marker, &catalogue.services[*at])).collect(),
        agencies: agencies(present, &words),
        policies: policies(present, &words),
        bulletins: Vec::new(),
        filters: NARROWINGS.iter().map(|by| filter(present, *by, &chosen, &matches, &words)).collect(),
        pager: Pager { page, pages, base: format!("{base}{joint}page=") },
        unsure,
        did_you_mean: corrected
            .filter(|meant| *meant != words)
            .map(|meant| Link::new(Text::plain(meant.as_str()), chosen.address(&meant, None))),
        domains: if nothing { present.domains() } else { Vec::new() },
        hot: if nothing { hot(t, &edition) } else { Vec::new() },
        page_size: PAGE,
        q: words,
    };
    Page::new(&view)
}

/// `GET /search/suggest?q=`
pub async fn suggest(visitor: Visitor, shelf: Data<Shelf>, request: HttpRequest) -> Result<Page, Failure> {
    #[derive(Serialize)]
    struct Suggested<'a> {
        code: &'a str,
        name: String,
        agency: String,
        url: String,
        /// The name with what was typed marked.
        html: String,
    }
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let present = Presenter::new(visitor.texts(), catalogue);
    let words = words(&request);
    let marker = edition.index.marker(&words);
    let found = if words.is_empty() || is_gibberish(&edition, &words) {
        Vec::new()
    } else {
        edition.index.suggest(&words, |_| true, SUGGESTIONS)
    };
    let suggestions: Vec<_> = found
        .iter()
        .map(|suggestion| {
            let entry = &catalogue.services[suggestion.doc];
            let name = present.text(&entry.service.name).text;
            Suggested {
                code: &entry.service.code,
                agency: present.text(&catalogue.agency_of(entry).agency.name).text,
                url: urls::service(&entry.service.code),
                html: marked(&name, &marker.ranges(&name)).0,
                name,
            }
        })
        .collect();
    Page::json(&suggestions)
}

/// What was typed, as far as it can mean anything: without control and direction marks, not endless.
fn words(request: &HttpRequest) -> String {
    let typed = query(request, "q").unwrap_or_default();
    let plain = typed.chars().filter(|letter| !letter.is_control() && !is_invisible(*letter));
    plain.take(LONGEST).collect::<String>().trim().to_owned()
}

/// Marks that turn or hide text, and would turn or hide the page's own.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What the words find.
#[derive(Default)]
struct Answer {
    /// Positions of all services that answer, best first.
    matches: Vec<usize>,
    /// The words as they were probably meant.
    corrected: Option<String>,
    /// Nothing more than a syllable or a mention in passing speaks even for the best.
    unsure: bool,
}

/// No words at all: every service, most used first.
fn matches(edition: &Edition, words: &str) -> Answer {
    if words.is_empty() {
        let rest = (0..edition.catalogue.services.len()).filter(|at| !edition.most_used.contains(at));
        let matches = edition.most_used.iter().copied().chain(rest).collect();
        return Answer { matches, ..Answer::default() };
    }
    if is_gibberish(edition, words) {
        return Answer::default();
    }
    let found = edition.index.search(words, |_| true, Part::first(0));
    Answer {
        matches: found.matches.into_iter().map(|(at, _)| at).collect(),
        corrected: found.corrected,
        unsure: found.unsure,
    }
}

/// Whether the words are letters that nobody writes (the same one four times over) and no name begins like
/// them. Guessing what they mean would only mislead.
fn is_gibberish(edition: &Edition, words: &str) -> bool {
    let bytes = words.as_bytes();
    let repeats =
        bytes.windows(4).any(|run| run[0].is_ascii_alphabetic() && run.iter().all(|byte| *byte == run[0]));
    words.is_ascii()
        && repeats
        && edition.index.suggest(words, |_| true, 1).iter().all(|guess| guess.text.is_none())
}

fn hit(present: Presenter<'_>, marker: &Marker, entry: &ServiceEntry) -> Hit {
    let card = present.service(entry);
    Hit {
        name: marked(&card.name.text, &marker.ranges(&card.name.text)),
        excerpt: marked(&card.summary.text, &marker.ranges(&card.summary.text)),
        fallback: card.name.fallback,
        card,
    }
}

/// Escapes a text and marks parts of it.
fn marked(text: &str, ranges: &[Range<usize>]) -> SafeHtml {
    let mut markup = String::with_capacity(text.len() + 16 * ranges.len());
    let mut done = 0;
    for range in ranges {
        escape(&mut markup, &text[done..range.start]);
        markup.push_str("<mark>");
        escape(&mut markup, &text[range.clone()]);
        markup.push_str("</mark>");
        done = range.end;
    }
    escape(&mut markup, &text[done..]);
    SafeHtml(markup)
}

fn escape(markup: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            '\'' => markup.push_str("&#39;"),
            plain => markup.push(plain),
        }
    }
}

fn filter(present: Presenter<'_>, by: Narrowing, chosen: &Chosen, matches: &[usize], words: &str) -> Filter {
    let catalogue = present.catalogue;
    // Each option counts what would be left if it were chosen and the other filters stayed.
    let others = matches
        .iter()
        .map(|at| &catalogue.services[*at])
        .filter(|entry| chosen.accepts_but(by, entry))
        .collect::<Vec<_>>();
    let options = by.options(present).into_iter().filter_map(|(value, label)| {
        let count = others.iter().filter(|entry| by.holds(catalogue, entry, &value)).count();
        let is_chosen = chosen.value(by) == Some(value.as_str());
        (count > 0 || is_chosen).then_some(FilterOption { value, label, count, chosen: is_chosen })
    });
    Filter {
        name: by.name(),
        label: by.label(present.t).to_owned(),
        options: options.collect(),
        without: chosen.address(words, Some(by)),
    }
}

/// Agencies whose name holds the words.
fn agencies(present: Presenter<'_>, words: &str) -> Vec<Link> {
    let named = present.catalogue.agencies.iter().filter(|entry| holds(&entry.agency.name, words));
    named.take(ASIDE).map(|entry| present.agency(entry)).collect()
}

/// Policies whose title holds the words.
fn policies(present: Presenter<'_>, words: &str) -> Vec<Link> {
    let titled = present.catalogue.policies.iter().filter(|entry| holds(&entry.policy.title, words));
    let link = |entry: &crate::catalogue::PolicyEntry| {
        Link::new(present.text(&entry.policy.title), urls::policy(&entry.policy.id))
    };
    titled.take(ASIDE).map(link).collect()
}

fn holds(text: &yimen_contract::Bilingual, words: &str) -> bool {
    let words = words.to_lowercase();
    words.chars().count() >= 2 && (text.zh.contains(&words) || text.en.to_lowercase().contains(&words))
}

fn hot(t: Texts, edition: &Edition) -> Vec<Link> {
    hot_words(t, &edition.most_used, &edition.catalogue)
}

/// The shortest words by which the most used services are known, each leading to its search.
pub fn hot_words(t: Texts, most_used: &[usize], catalogue: &Catalogue) -> Vec<Link> {
    const HOT: usize = 6;
    let chinese = |word: &str| !word.is_ascii();
    let mut words: Vec<&str> = Vec::new();
    for at in most_used {
        let synonyms = catalogue.services[*at].service.synonyms.iter();
        let spoken = synonyms.filter(|word| chinese(word) == (t.lang() == Lang::Zh));
        let shortest = spoken.min_by_key(|word| word.chars().count());
        if let Some(word) = shortest.filter(|word| !words.contains(&word.as_str())) {
            words.push(word);
        }
    }
    words.into_iter().take(HOT).map(|word| Link::new(Text::plain(word), urls::search(word))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_around_words_and_nothing_else_is_markup() {
        let SafeHtml(markup) = marked("换<驾照>", &[3..4, 4..10]);
        assert_eq!(markup, "换<mark>&lt;</mark><mark>驾照</mark>&gt;");
    }
}
