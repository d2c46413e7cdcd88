//! Which words sound like what: a sorted table from pinyin to terms.

use std::collections::{HashMap, HashSet};

use super::{
    fold::is_han,
    slips, sound,
    terms::{TermId, Terms},
    vocabulary::Vocabulary,
};

/// One reading of one word.
pub struct Sounding {
    /// With the usual confusions blurred; the table is sorted by it.
    pub blurred: Box<str>,
    pub exact: Box<str>,
    pub term: TermId,
    /// A word of the vocabulary, not just two neighbouring characters.
    pub word: bool,
    pub syllables: u8,
    pub letters: u32,
}

pub struct Sounds {
    table: Vec<Sounding>,
    /// Every syllable that occurs, and every beginning of one.
    syllables: HashSet<Box<str>>,
    beginnings: HashSet<&'static str>,
    initials: HashMap<Box<str>, Vec<TermId>>,
}

impl Sounds {
    /// `terms` are those of names, synonyms and the like; words of the groups are added.
    pub fn new(mut strong: Vec<TermId>, terms: &Terms, vocabulary: &Vocabulary) -> Self {
        strong.extend(terms.all().filter(|&(id, _)| !terms.groups(id).is_empty()).map(|(id, _)| id));
        strong.sort_unstable();
        strong.dedup();
        let mut sounds = Self {
            table: Vec::new(),
            syllables: HashSet::new(),
            beginnings: HashSet::new(),
            initials: HashMap::new(),
        };
        for term in strong {
            let text = terms.text(term);
            let chars: Vec<char> = text.chars().collect();
            if !chars.iter().all(|&c| is_han(c)) {
                continue;
            }
            for syllable in chars.iter().flat_map(|&c| sound::syllables(c)) {
                if sounds.syllables.insert(syllable.into()) {
                    sounds.syllables.extend(confused(syllable));
                    sounds.beginnings.extend((1..syllable.len()).map(|end| &syllable[..end]));
                }
            }
            if chars.len() < 2 {
                continue;
            }
            let word = chars.len() > 2 || vocabulary.has(text);
            let syllables = u8::try_from(chars.len()).unwrap_or(u8::MAX);
            for exact in sound::readings(&chars) {
                let blurred = sound::blurred(&exact).into();
                let letters = slips::letters(&exact);
                sounds.table.push(Sounding { blurred, exact: exact.into(), term, word, syllables, letters });
            }
            if word {
                sounds.initials.entry(sound::initials(&chars).into()).or_default().push(term);
            }
        }
        sounds
            .table
            .sort_unstable_by(|a, b| (&a.blurred, &a.exact, a.term).cmp(&(&b.blurred, &b.exact, b.term)));
        sounds
    }

    /// The words that sound like this, or nearly.
    pub fn like(&self, pinyin: &str) -> &[Sounding] {
        let blurred = sound::blurred(pinyin);
        let start = self.table.partition_point(|sounding| *sounding.blurred < *blurred);
        let length = self.table[start..].partition_point(|sounding| *sounding.blurred == *blurred);
        &self.table[start..start + length]
    }

    /// The words whose sound begins like this.
    pub fn beginning(&self, pinyin: &str) -> impl Iterator<Item = &Sounding> {
        let blurred = sound::blurred(pinyin);
        let start = self.table.partition_point(|sounding| *sounding.blurred < *blurred);
        self.table[start..].iter().take_while(move |sounding| sounding.blurred.starts_with(&blurred))
    }

    /// The words whose sound begins with this letter.
    pub fn starting(&self, letter: u8) -> &[Sounding] {
        let first = |sounding: &Sounding| sounding.blurred.as_bytes().first().copied().unwrap_or(0);
        let start = self.table.partition_point(|sounding| first(sounding) < letter);
        let length = self.table[start..].partition_point(|sounding| first(sounding) == letter);
        &self.table[start..start + length]
    }

    pub fn by_initials(&self, letters: &str) -> &[TermId] {
        self.initials.get(letters).map_or(&[], Vec::as_slice)
    }

    /// The places where pinyin of this token may be cut: each is reached by whole syllables from the start, and
    /// leaves whole syllables (the last perhaps unfinished) to the end. `None` if it is no pinyin.
    pub fn cuts(&self, token: &str, unfinished: bool) -> Option<Cuts> {
        let length = token.len();
        if !token.is_ascii() || length < 2 {
            return None;
        }
        let syllable = |from: usize, to: usize| self.syllables.contains(&token[from..to]);
        let mut reached = vec![u8::MAX; length + 1];
        reached[0] = 0;
        for from in 0..length {
            if reached[from] < u8::MAX {
                for to in from + 1..=length.min(from + 6) {
                    if syllable(from, to) {
                        reached[to] = reached[to].min(reached[from] + 1);
                    }
                }
            }
        }
        let mut leads = vec![false; length + 1];
        leads[length] = true;
        let mut whole = leads.clone();
        for from in (0..length).rev() {
            let ends =
                |leads: &[bool]| (from + 1..=length.min(from + 6)).any(|to| leads[to] && syllable(from, to));
            leads[from] = ends(&leads) || unfinished && from > 0 && self.beginnings.contains(&token[from..]);
            whole[from] = ends(&whole);
        }
        if !leads[0] {
            return None;
        }
        let places = (0..=length).filter(|&at| reached[at] < u8::MAX && leads[at]).collect();
        Some(Cuts { places, syllables: whole[0].then_some(reached[length]) })
    }
}

/// A syllable as people write it who do not tell its sounds apart: zen, zhen and zeng for zheng.
fn confused(syllable: &str) -> impl Iterator<Item = Box<str>> {
    let flat = sound::blurred(syllable);
    let front = format!("{flat}{}", if syllable.ends_with('g') { "g" } else { "" });
    let back = syllable.strip_suffix('g').unwrap_or(syllable).to_owned();
    [flat, front, back].into_iter().map(String::into_boxed_str)
}

pub struct Cuts {
    pub places: Vec<usize>,
    /// How many, if it is all whole syllables.
    pub syllables: Option<u8>,
}
