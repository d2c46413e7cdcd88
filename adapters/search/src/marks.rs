//! What to highlight: the words of the query and their equals, wherever they stand in a text.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{
    Index, english,
    fold::{Folded, Run, is_han},
    question::Question,
    reader::PHRASE,
    words::latin,
};

/// The words of one query, ready to be found in texts. Keeps nothing of the index, so it may outlive it.
pub struct Marker {
    /// Chinese words by their first character, the longest first.
    han: HashMap<char, Vec<Box<[char]>>>,
    /// Stems, and phrases of stems.
    latin: HashSet<Box<str>>,
}

impl Marker {
    pub(super) fn new(index: &Index, question: &Question) -> Self {
        let mut words: HashSet<&str> = HashSet::new();
        let chosen: Vec<_> = question.units.iter().filter(|unit| unit.end - unit.start > 1).collect();
        let units = if chosen.is_empty() { question.units.iter().collect() } else { chosen };
        for unit in units {
            // A guess at what a slip or a sound meant may have dozens of meanings: the likeliest are marked.
            let mut variants = unit.variants.clone();
            variants.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight).then(a.term.cmp(&b.term)));
            for variant in variants.iter().take(8) {
                words.insert(index.terms.text(variant.term));
                words.extend(index.terms.members(variant.term).iter().map(|&term| index.terms.text(term)));
            }
        }
        let mut marker = Self { han: HashMap::new(), latin: HashSet::new() };
        for word in words {
            let chars: Box<[char]> = word.chars().collect();
            match chars.first() {
                Some('#') | None => {}
                Some(&first) if is_han(first) => marker.han.entry(first).or_default().push(chars),
                Some(_) => {
                    marker.latin.insert(word.into());
                }
            }
        }
        for words in marker.han.values_mut() {
            words.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        marker
    }

    /// Byte ranges of `text`, on character boundaries, in order and apart.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let folded = Folded::whole(text);
        let runs = folded.runs();
        let mut marked = vec![false; folded.chars.len()];
        for run in runs.iter().filter(|run| run.han) {
            self.mark_han(&folded, *run, &mut marked);
        }
        self.mark_latin(&folded, &runs, &mut marked);

        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (&(start, end), _) in folded.from.iter().zip(&marked).filter(|&(_, &marked)| marked) {
            match ranges.last_mut() {
                Some(last) if start <= last.end => last.end = last.end.max(end),
                _ => ranges.push(start..end),
            }
        }
        ranges
    }

    fn mark_han(&self, folded: &Folded, run: Run, marked: &mut [bool]) {
        for start in run.start..run.end {
            let rest = &folded.chars[start..run.end];
            let longest =
                self.han.get(&rest[0]).and_then(|words| words.iter().find(|word| rest.starts_with(word)));
            if let Some(word) = longest {
                marked[start..start + word.len()].fill(true);
            }
        }
    }

    fn mark_latin(&self, folded: &Folded, runs: &[Run], marked: &mut [bool]) {
        let words = latin(folded, runs);
        let stems: Vec<String> = words.iter().map(|word| english::stem(&word.text)).collect();
        for first in 0..words.len() {
            for last in first..words.len().min(first + PHRASE) {
                let phrase = stems[first..=last].join(" ");
                if self.latin.contains(phrase.as_str()) {
                    marked[words[first].start..words[last].end].fill(true);
                }
            }
        }
    }
}
