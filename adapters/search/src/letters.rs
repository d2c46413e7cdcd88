//! What the Latin letters of a query may mean: English, pinyin, initials, and slips in any of them.

use std::ops::Range;

use super::{
    Index, english,
    fold::Run,
    question::{Question, Unit, meaning},
    reader::PHRASE,
    slips,
    sound_table::Sounding,
    typed, weights,
    words::Word,
};

/// Most letters taken for initials.
const LONGEST_INITIALS: usize = 16;

/// Few enough letters to be the initials of two words of two characters.
const SHORT_INITIALS: usize = 4;

/// Most words taken for one unfinished word.
const COMPLETIONS: usize = 24;

impl Question {
    /// English words, and phrases of them. A mistyped word still makes its phrase.
    pub(super) fn english(&mut self, index: &Index, words: &[Word]) {
        let stems: Vec<(String, f32)> = words
            .iter()
            .map(|word| {
                let stem = english::stem(&word.text);
                if index.terms.get(&stem).is_some_and(|term| index.terms.known(term)) {
                    return (stem, 1.0);
                }
                let near = index.spellings.near(&word.text).into_iter();
                match near
                    .min_by_key(|&(_, term, distance)| (distance, index.terms.postings(term).len(), term))
                {
                    Some((_, term, distance)) => (index.terms.text(term).to_owned(), slip(distance)),
                    None => (stem, 1.0),
                }
            })
            .collect();
        for (i, word) in words.iter().enumerate() {
            self.worth(word, weights::LATIN_WORD);
            let mut phrase = String::new();
            let mut sure = 1.0;
            for last in i..words.len().min(i + PHRASE) {
                if last > i {
                    phrase.push(' ');
                }
                phrase.push_str(&stems[last].0);
                sure *= stems[last].1;
                if let Some(term) = index.terms.get(&phrase).filter(|&term| index.terms.known(term))
                    && (last > i || sure >= 1.0)
                {
                    self.push(
                        word.start,
                        words[last].end,
                        sure < 1.0,
                        meaning(index, term, weights::WORD * sure),
                    );
                }
            }
        }
    }

    /// Spreads the worth of a word over its letters.
    #[expect(clippy::cast_precision_loss, reason = "a query has at most 64 places")]
    fn worth(&mut self, word: &Word, worth: f32) {
        self.places[word.start..word.end].fill(worth / (word.end - word.start) as f32);
    }

    /// Pinyin, also across spaces (wangge yuan), each part of it cut where syllables allow.
    pub(super) fn pinyin(&mut self, index: &Index, words: &[Word], runs: &[Run]) {
        let last = runs.last().map_or(0, |run| run.end);
        let mut letters = String::new();
        let mut ends: Vec<(usize, usize)> = Vec::new();
        let mut starts: Vec<(usize, usize)> = Vec::new();
        let mut english = Vec::new();
        for word in words.iter().filter(|word| !word.part && word.text.len() == word.end - word.start) {
            if starts.last().is_some() && ends.last().is_some_and(|&(_, end)| word.start != end + 1) {
                self.sounds(index, &letters, &starts, &ends, &english);
                letters.clear();
                starts.clear();
                ends.clear();
                english.clear();
            }
            let Some(cuts) = index.sounds.cuts(&word.text, word.end == last) else { continue };
            let base = letters.len();
            for place in cuts.places {
                if place < word.text.len() {
                    starts.push((base + place, word.start + place));
                }
                if place > 0 {
                    ends.push((base + place, word.start + place));
                }
            }
            if index.terms.get(&english::stem(&word.text)).is_some_and(|term| index.terms.known(term)) {
                english.push(word.start..word.end);
            } else if let Some(syllables) = cuts.syllables {
                self.worth(word, f32::from(syllables) * weights::SYLLABLE);
            }
            letters.push_str(&word.text);
        }
        self.sounds(index, &letters, &starts, &ends, &english);
    }

    fn sounds(
        &mut self,
        index: &Index,
        letters: &str,
        starts: &[(usize, usize)],
        ends: &[(usize, usize)],
        english: &[Range<usize>],
    ) {
        for &(from, start) in starts {
            for &(to, end) in ends.iter().filter(|&&(to, _)| to > from + 2 && to <= from + 36) {
                let pinyin = &letters[from..to];
                let how = if english.iter().any(|word| word.start <= start && end <= word.end) {
                    weights::SOUND_IN_ENGLISH
                } else {
                    1.0
                };
                let mut variants = Vec::new();
                let mut slip = true;
                for sounding in index.sounds.like(pinyin) {
                    let near = if *sounding.exact == *pinyin { 1.0 } else { weights::SOUND_NEAR };
                    slip &= near < 1.0;
                    variants.extend(meaning(index, sounding.term, how * near * heard(sounding)));
                }
                if variants.is_empty() && to == letters.len() && to - from > 3 {
                    for sounding in
                        index.sounds.beginning(pinyin).filter(|sounding| sounding.word).take(COMPLETIONS)
                    {
                        variants.extend(meaning(
                            index,
                            sounding.term,
                            how * weights::SOUND_PART * heard(sounding),
                        ));
                    }
                    slip = false;
                }
                self.push(start, end, slip, variants);
            }
        }
    }

    /// A Latin word that nothing explains so far may be unfinished, mistyped, or initials. Says whether it had to
    /// be guessed at.
    pub(super) fn unknown(&mut self, index: &Index, word: &Word) -> bool {
        let explained = |unit: &Unit| unit.start <= word.start && word.end <= unit.end && !unit.slip;
        if self.units.iter().any(explained) {
            return false;
        }
        let heard = self.units.iter().any(|unit| unit.start < word.end && word.start < unit.end);
        let mut variants = Vec::new();
        if word.text.len() >= 3 {
            for (_, term) in index.spellings.beginning(&word.text).take(COMPLETIONS) {
                variants.extend(meaning(index, term, weights::BEGINNING));
            }
        }
        let unfinished = !variants.is_empty();
        self.push(word.start, word.end, false, variants);
        if !heard && !unfinished {
            self.initials(index, word);
        }
        if !unfinished {
            self.mistyped(index, word, heard);
        }
        !unfinished
    }

    fn mistyped(&mut self, index: &Index, word: &Word, heard: bool) {
        let mut variants = Vec::new();
        for (_, term, distance) in index.spellings.near(&word.text) {
            variants.extend(meaning(index, term, slip(distance)));
        }
        let tolerance = slips::tolerance(word.text.len());
        if variants.is_empty() && !heard && word.text.len() > 4 && word.text.is_ascii() {
            let mine = slips::letters(&word.text);
            for sounding in index.sounds.starting(word.text.as_bytes()[0]) {
                if sounding.word
                    && sounding.exact.len().abs_diff(word.text.len()) <= tolerance
                    && (sounding.letters ^ mine).count_ones() as usize <= 2 * tolerance
                {
                    let distance = strsim::osa_distance(&sounding.exact, &word.text);
                    if distance <= tolerance {
                        variants.extend(meaning(index, sounding.term, slip(distance)));
                    }
                }
            }
        }
        self.push(word.start, word.end, true, variants);
    }

    #[expect(clippy::cast_precision_loss, reason = "a query has at most 64 places")]
    fn initials(&mut self, index: &Index, word: &Word) {
        let length = word.text.len();
        if !word.text.is_ascii() || !(2..=LONGEST_INITIALS).contains(&length) {
            return;
        }
        self.worth(word, weights::INITIAL * length as f32);
        let docs = typed::by_initials(index, &word.text);
        let mut stretches = Vec::new();
        // By any row of initials, and by rows of three or more: two letters of asdfgh are initials by accident.
        let mut explained = [0_u8; LONGEST_INITIALS];
        for from in 0..length - 1 {
            for to in from + 2..=length.min(from + 8) {
                let how = weights::INITIALS[(to - from).min(weights::INITIALS.len() - 1)];
                let terms = index.sounds.by_initials(&word.text[from..to]);
                let variants: Vec<_> = terms.iter().flat_map(|&term| meaning(index, term, how)).collect();
                if !variants.is_empty() {
                    let how = if to - from > 2 { 2 } else { 1 };
                    explained[from..to].iter_mut().for_each(|letter| *letter = how.max(*letter));
                    stretches.push((from, to, variants));
                }
            }
        }
        let share = |how| explained.iter().filter(|letter| **letter >= how).count() as f32 / length as f32;
        let likely = share(1) >= weights::INITIALS_SHARE
            && (length <= SHORT_INITIALS || share(2) >= weights::INITIALS_SURE_SHARE);
        if likely || !docs.is_empty() {
            for (from, to, variants) in stretches {
                self.push(word.start + from, word.start + to, false, variants);
            }
        }
        if !docs.is_empty() {
            self.units.push(Unit {
                start: word.start,
                end: word.end,
                variants: Vec::new(),
                slip: false,
                docs,
            });
        }
    }
}

fn heard(sounding: &Sounding) -> f32 {
    if sounding.word { weights::SOUND_WORD } else { weights::SOUND_PAIR }
}

fn slip(distance: usize) -> f32 {
    if distance == 1 { weights::SLIP_LETTER } else { weights::SLIP_LETTERS }
}
