//! Slips of the keyboard: what an unknown word may have been meant to be.

use std::collections::HashMap;

use strsim::osa_distance;

use super::{
    fold::is_han,
    hash::Map,
    terms::{TermId, Terms},
    vocabulary::Vocabulary,
};

pub struct Spellings {
    /// English words as written, sorted.
    english: Vec<(Box<str>, u32, TermId)>,
    /// Chinese words of three characters and more, by length.
    han: HashMap<usize, Vec<Spelling>>,
}

/// How many letters may differ in a word of this length. In a short word another letter is another word.
pub const fn tolerance(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

type Spelling = (Box<[char]>, TermId);

impl Spellings {
    pub fn new(surfaces: Map<String, TermId>, terms: &Terms, vocabulary: &Vocabulary) -> Self {
        let mut english: Vec<(Box<str>, u32, TermId)> = surfaces
            .into_iter()
            .filter(|(word, term)| terms.known(*term) && word.is_ascii())
            .map(|(word, term)| (word.as_str().into(), letters(&word), term))
            .collect();
        english.sort_unstable();
        let mut han: HashMap<usize, Vec<Spelling>> = HashMap::new();
        for (term, text) in terms.all() {
            let chars: Box<[char]> = text.chars().collect();
            if chars.len() > 2
                && chars.iter().all(|&c| is_han(c))
                && vocabulary.has(text)
                && terms.known(term)
            {
                han.entry(chars.len()).or_default().push((chars, term));
            }
        }
        Self { english, han }
    }

    /// The written form of a stem that is nearest to what was typed.
    pub fn written(&self, typed: &str, term: TermId) -> Option<&str> {
        let forms = self.english.iter().filter(|&&(_, _, known)| known == term).map(|(word, ..)| &**word);
        forms.min_by_key(|form| osa_distance(form, typed))
    }

    /// Words that begin like this.
    pub fn beginning<'s>(&'s self, word: &'s str) -> impl Iterator<Item = (&'s str, TermId)> {
        let start = self.english.partition_point(|(known, ..)| **known < *word);
        self.english[start..]
            .iter()
            .take_while(move |(known, ..)| known.starts_with(word))
            .map(|(known, _, term)| (&**known, *term))
    }

    /// English words that differ by no more than a slip, with the number of letters.
    pub fn near(&self, word: &str) -> Vec<(&str, TermId, usize)> {
        let tolerance = tolerance(word.len());
        if tolerance == 0 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return Vec::new();
        }
        let mine = letters(word);
        self.english
            .iter()
            .filter(|(known, theirs, _)| {
                known.len().abs_diff(word.len()) <= tolerance
                    && (mine ^ theirs).count_ones() as usize <= 2 * tolerance
                    && known.bytes().all(|b| b.is_ascii_lowercase())
            })
            .filter_map(|(known, _, term)| {
                let distance = osa_distance(known, word);
                (distance <= tolerance).then_some((&**known, *term, distance))
            })
            .collect()
    }

    /// Chinese words of the same length with one other character, and its place.
    pub fn other_character(&self, word: &[char]) -> impl Iterator<Item = (TermId, usize)> {
        self.han.get(&word.len()).map_or(&[][..], Vec::as_slice).iter().filter_map(move |(known, term)| {
            let mut differ = (0..word.len()).filter(|&at| known[at] != word[at]);
            let place = differ.next()?;
            differ.next().is_none().then_some((*term, place))
        })
    }
}

/// Which letters occur, one bit each: most words are told apart by this alone.
pub fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |set, b| set | 1 << (b - b'a'))
}
