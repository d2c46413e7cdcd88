//! A query taken apart: for each place of it, what it may mean.

use super::{
    Index,
    build::{PHRASE, Word, latin},
    english,
    fold::{Folded, Run},
    slips,
    sound_table::Sounding,
    terms::TermId,
    typed, weights,
};

/// A stretch of the query and the terms that may explain it.
pub struct Unit {
    pub start: usize,
    pub end: usize,
    pub variants: Vec<Variant>,
    /// It takes the query for mistyped.
    pub slip: bool,
    /// Documents that explain it without a term: initials across a name.
    pub docs: Vec<(u32, f32)>,
}

#[derive(Debug, Clone, Copy)]
pub struct Variant {
    pub term: TermId,
    /// How it was matched × how rare it is.
    pub weight: f32,
}

#[derive(Default)]
pub struct Question {
    pub folded: Folded,
    /// What each place is worth.
    pub places: Vec<f32>,
    pub units: Vec<Unit>,
    /// The letters and characters, and the same without the words that say nothing.
    pub compact: String,
    pub core: String,
}

/// Most words taken for one unfinished word.
const COMPLETIONS: usize = 24;
/// Longest word guessed at by its sound.
const LONGEST_GUESS: usize = 6;

impl Question {
    pub fn read(index: &Index, query: &str) -> Self {
        let folded = Folded::new(query, weights::QUERY_CHARS);
        let runs = folded.runs();
        let mut question =
            Self { places: vec![0.0; folded.chars.len()], compact: folded.compact(), ..Self::default() };
        question.folded = folded;
        question.lay_out(index, &runs, true);
        if question.units.is_empty() {
            // 怎么办, "how to": nothing but words that say nothing, so they are all there is to go by.
            question.lay_out(index, &runs, false);
        }
        question.core = (question.folded.chars.iter().zip(&question.places))
            .filter(|&(c, &worth)| worth > 0.0 && c.is_alphanumeric())
            .map(|(&c, _)| c)
            .collect();
        question
    }

    fn lay_out(&mut self, index: &Index, runs: &[Run], stops: bool) {
        for &run in runs.iter().filter(|run| run.han) {
            self.han(index, run, stops);
        }
        let words: Vec<Word> = latin(&self.folded, runs)
            .into_iter()
            .filter(|word| !(stops && index.vocabulary.is_stop(&word.text)))
            .collect();
        self.english(index, &words);
        self.pinyin(index, &words, runs);
        for word in words.iter().filter(|word| !word.part) {
            self.unknown(index, word);
        }
    }

    fn push(&mut self, start: usize, end: usize, slip: bool, variants: Vec<Variant>) {
        if !variants.is_empty() {
            self.units.push(Unit { start, end, variants, slip, docs: Vec::new() });
        }
    }

    fn han(&mut self, index: &Index, run: Run, stops: bool) {
        let text = self.folded.text(run);
        let length = run.end - run.start;
        let mut says = vec![true; length];
        if stops {
            let mut at = 0;
            for word in index.vocabulary.cut(&text) {
                let end = at + word.chars().count();
                if index.vocabulary.is_stop(word) {
                    says[at..end].fill(false);
                }
                at = end;
            }
        }
        let chars: Vec<char> = text.chars().collect();
        let mut known = vec![false; length];
        let mut word_at = vec![[false; 9]; length];
        for (start, count, word) in index.vocabulary.words(&text) {
            word_at[start][count.min(8)] = true;
            let end = start + count;
            if says[start..end].contains(&true)
                && let Some(term) = index.terms.get(word).filter(|&term| index.terms.known(term))
            {
                known[start..end].fill(true);
                self.push(run.start + start, run.start + end, false, meaning(index, term, weights::WORD));
            }
        }
        for start in 0..length {
            if says[start] {
                self.places[run.start + start] = 1.0;
                if let Some(term) = term_of(index, &chars[start..=start]) {
                    self.push(
                        run.start + start,
                        run.start + start + 1,
                        false,
                        meaning(index, term, weights::SINGLE),
                    );
                }
            }
            let end = start + 2;
            if end <= length
                && !word_at[start][2]
                && says[start..end].iter().all(|&says| says)
                && let Some(term) = term_of(index, &chars[start..end])
            {
                known[start..end].fill(true);
                self.push(run.start + start, run.start + end, false, meaning(index, term, weights::PAIR));
            }
        }
        for start in 0..length {
            for end in start + 2..=length.min(start + LONGEST_GUESS) {
                let plain = says[start..end].iter().all(|&says| says);
                if plain && known[start..end].contains(&false) && term_of(index, &chars[start..end]).is_none()
                {
                    self.guess(index, run.start + start, &chars[start..end]);
                }
            }
        }
    }

    /// What unknown Chinese may have been meant to be: the same sound, or one other character.
    fn guess(&mut self, index: &Index, at: usize, chars: &[char]) {
        let mut variants = Vec::new();
        for reading in super::sound::readings(chars) {
            for sounding in index.sounds.like(&reading) {
                if usize::from(sounding.syllables) == chars.len() {
                    let pair = !sounding.word || chars.len() == 2;
                    let how = if pair { weights::SLIP_SOUND_PAIR } else { weights::SLIP_SOUND_WORD };
                    let near = if *sounding.exact == *reading { 1.0 } else { weights::SOUND_NEAR };
                    variants.extend(meaning(index, sounding.term, how * near));
                }
            }
        }
        for term in index.spellings.other_character(chars) {
            variants.extend(meaning(index, term, weights::SLIP_SHAPE));
        }
        self.push(at, at + chars.len(), true, variants);
    }

    fn english(&mut self, index: &Index, words: &[Word]) {
        let stems: Vec<String> = words.iter().map(|word| english::stem(&word.text)).collect();
        for (i, word) in words.iter().enumerate() {
            self.worth(word, weights::LATIN_WORD);
            if let Some(term) = index.terms.get(&stems[i]).filter(|&term| index.terms.known(term)) {
                self.push(word.start, word.end, false, meaning(index, term, weights::WORD));
            }
            for last in i + 1..words.len().min(i + PHRASE) {
                let phrase = stems[i..=last].join(" ");
                if let Some(term) = index.terms.get(&phrase).filter(|&term| index.terms.known(term)) {
                    self.push(word.start, words[last].end, false, meaning(index, term, weights::WORD));
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
    fn pinyin(&mut self, index: &Index, words: &[Word], runs: &[Run]) {
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
        english: &[std::ops::Range<usize>],
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

    /// A Latin word that nothing explains so far: unfinished, mistyped, or initials.
    fn unknown(&mut self, index: &Index, word: &Word) {
        let explained = |unit: &Unit| unit.start <= word.start && word.end <= unit.end && !unit.slip;
        if self.units.iter().any(explained) {
            return;
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
    }

    fn mistyped(&mut self, index: &Index, word: &Word, heard: bool) {
        let mut variants = Vec::new();
        for (_, term, distance) in index.spellings.near(&word.text) {
            let how = if distance == 1 { weights::SLIP_LETTER } else { weights::SLIP_LETTERS };
            variants.extend(meaning(index, term, how));
        }
        let tolerance = slips::tolerance(word.text.len());
        if variants.is_empty() && !heard && word.text.len() > 4 && word.text.is_ascii() {
            let mine = slips::letters(&word.text);
            for sounding in index.sounds.table() {
                if sounding.word
                    && sounding.exact.len().abs_diff(word.text.len()) <= tolerance
                    && sounding.exact.as_bytes().first() == word.text.as_bytes().first()
                    && (slips::letters(&sounding.exact) ^ mine).count_ones() as usize <= 2 * tolerance
                {
                    let distance = strsim::osa_distance(&sounding.exact, &word.text);
                    if distance <= tolerance {
                        let how = if distance == 1 { weights::SLIP_LETTER } else { weights::SLIP_LETTERS };
                        variants.extend(meaning(index, sounding.term, how));
                    }
                }
            }
        }
        self.push(word.start, word.end, true, variants);
    }

    #[expect(clippy::cast_precision_loss, reason = "a query has at most 64 places")]
    fn initials(&mut self, index: &Index, word: &Word) {
        let length = word.text.len();
        if !word.text.is_ascii() || length < 2 || length > 16 {
            return;
        }
        self.worth(word, weights::INITIAL * length as f32);
        for from in 0..length - 1 {
            for to in from + 2..=length.min(from + 8) {
                let how = weights::INITIALS[(to - from).min(weights::INITIALS.len() - 1)];
                let terms = index.sounds.by_initials(&word.text[from..to]);
                let variants = terms.iter().flat_map(|&term| meaning(index, term, how)).collect();
                self.push(word.start + from, word.start + to, false, variants);
            }
        }
        let docs = typed::by_initials(index, &word.text);
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

fn term_of(index: &Index, chars: &[char]) -> Option<TermId> {
    let text: String = chars.iter().collect();
    index.terms.get(&text).filter(|&term| index.terms.known(term))
}

/// A term and the groups of equal words it belongs to. A word no document has written is as rare as its group.
fn meaning(index: &Index, term: TermId, how: f32) -> Vec<Variant> {
    let groups = index.terms.groups(term);
    let rarest =
        groups.iter().map(|&group| index.terms.rarity(group)).fold(index.terms.rarity(term), f32::min);
    let mut variants = Vec::with_capacity(1 + groups.len());
    if !index.terms.postings(term).is_empty() {
        let rarity = f32::midpoint(index.terms.rarity(term), rarest);
        variants.push(Variant { term, weight: how * rarity });
    }
    for &group in groups {
        variants.push(Variant { term: group, weight: how * weights::SYNONYM * index.terms.rarity(group) });
    }
    variants
}
