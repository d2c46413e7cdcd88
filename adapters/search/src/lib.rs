//! Finding a service by whatever a person types: Chinese, pinyin, initials, English, mixed and mistyped.
//!
//! The story of a query, file by file:
//! 1. `fold` brings the text to one form; `english` and `sound` say which words are the same word. `build` and
//!    `reader` have read the documents that way.
//! 2. `vocabulary` knows which stretches of characters are words here: the city's word groups, the services'
//!    synonyms, and what keeps coming back in their names. There is no big dictionary.
//! 3. `question` lays out what each place of the query may mean: a word, its synonyms, pairs of characters; in
//!    Latin `letters` English, pinyin (`sound_table`), initials; or a slip of the keyboard (`slips`).
//! 4. `ranking` looks these up in `terms` and orders the documents; `weights` holds every number.
//!    `correction` says what a mistyped query meant.
//! 5. `typed` completes while a person types; `marks` says what to highlight.
//!
//! An [`Index`] never changes and holds no lock: the catalogue builds another and swaps it. It asks nobody for
//! anything, so the same query gives the same answer on every node. Whatever arrives as a query is looked at
//! for its first 64 characters, and finds something or nothing; it cannot fail.

mod build;
mod correction;
mod english;
mod fold;
mod hash;
mod letters;
mod marks;
mod question;
mod ranking;
mod reader;
mod simplified;
mod slips;
mod sound;
mod sound_table;
mod terms;
mod typed;
mod vocabulary;
mod weights;
mod words;

use std::{collections::HashMap, ops::Range};

pub use marks::Marker;
use slips::Spellings;
use sound_table::Sounds;
use terms::Terms;
use vocabulary::Vocabulary;

/// One document as the catalogue hands it over. Empty texts are fine. All texts are plain, without markup.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub summary_zh: String,
    pub summary_en: String,
    /// What people call it, in either language.
    pub synonyms: Vec<String>,
    /// Names in either language, full and short.
    pub domain: Vec<String>,
    pub class: Vec<String>,
    pub agency: Vec<String>,
    /// Words for whom it is and what kind of service: 个人, 查询, booking.
    pub audience: Vec<String>,
    /// Conditions, papers, questions of the guide, in Chinese.
    pub body_zh: String,
    /// How often it is used; only the order among others counts.
    pub popularity: u32,
}

/// Where a word of the query was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Code,
    Name,
    Synonym,
    Summary,
    Class,
    Domain,
    Agency,
    Audience,
    Body,
}

impl Field {
    pub const ALL: [Self; 9] = [
        Self::Code,
        Self::Name,
        Self::Synonym,
        Self::Summary,
        Self::Class,
        Self::Domain,
        Self::Agency,
        Self::Audience,
        Self::Body,
    ];
}

/// Which part of the ordered answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub offset: usize,
    pub limit: usize,
}

impl Page {
    pub const fn first(limit: usize) -> Self {
        Self { offset: 0, limit }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Position of the entry in what [`Index::build`] was given.
    pub doc: usize,
    pub score: f32,
    /// Where it was found, the weightiest first.
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// How many matches the caller accepts.
    pub total: usize,
    /// The wanted page of them, best first.
    pub hits: Vec<Hit>,
    /// Every match, accepted or not, best first: for counting what each filter would leave.
    pub matches: Vec<(usize, f32)>,
    /// Even the best hit shares no more than single characters or a mention in the small print with the query:
    /// a page should say so, and offer a person to ask.
    pub unsure: bool,
    /// The query as it was probably meant, where a slip had to be corrected to find the best hit.
    pub corrected: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub doc: usize,
    /// The name or synonym that what was typed begins or occurs in; `None` where only a full search found it.
    pub text: Option<String>,
}

/// Everything known about the documents, ready to be asked from any thread.
pub struct Index {
    docs: Vec<Known>,
    vocabulary: Vocabulary,
    terms: Terms,
    spellings: Spellings,
    sounds: Sounds,
    /// Names, synonyms and codes in compact form, for "this is exactly what was asked".
    exact: HashMap<Box<str>, Vec<(u32, Field)>>,
}

/// What ordering and completing need of a document.
struct Known {
    code: Box<str>,
    /// Between 0 (never used) and 1 (the most used).
    popularity: f32,
    keys: Vec<Key>,
}

/// A name or a synonym, letter by letter.
struct Key {
    field: Field,
    text: Box<str>,
    /// Letters, digits and characters only; words of a Latin key stay apart by one space.
    chars: Box<[char]>,
    /// The letters that each character's readings begin with.
    sounds: Box<[u32]>,
    initials: Box<str>,
    han: bool,
}

impl Index {
    /// Reads the documents, the city's groups of equal words and the words that say nothing in a search.
    pub fn build(entries: &[Entry], words: &[Vec<String>], stop: &[String]) -> Self {
        build::build(entries, words, stop)
    }

    pub fn len(&self) -> usize {
        self.docs.len()
    }

    pub fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    /// The documents that answer a query, best first; equal scores by use, then by code.
    pub fn search(&self, query: &str, accept: impl Fn(usize) -> bool, page: Page) -> Found {
        let question = question::Question::read(self, query);
        ranking::rank(self, &question, accept, page)
    }

    /// Completes what has been typed so far: characters, pinyin, initials or English. Falls back to a full
    /// search, so that a slip does not leave the list empty.
    pub fn suggest(&self, prefix: &str, accept: impl Fn(usize) -> bool, limit: usize) -> Vec<Suggestion> {
        typed::suggest(self, prefix, accept, limit)
    }

    /// Reads a query once, to mark its words in any number of texts.
    pub fn marker(&self, query: &str) -> Marker {
        Marker::new(self, &question::Question::read(self, query))
    }

    /// The parts of `text` that the query asked for: byte ranges on character boundaries, in order, apart.
    pub fn highlight(&self, query: &str, text: &str) -> Vec<Range<usize>> {
        self.marker(query).ranges(text)
    }
}

#[cfg(test)]
mod tests;
