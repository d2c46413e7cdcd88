//! A query taken apart: for each place of it, what it may mean.

use super::{
    Index,
    fold::{Folded, Run},
    sound,
    terms::TermId,
    weights,
    words::{Word, latin},
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
        if question.units.is_empty()
            && question.folded.chars.iter().filter(|c| c.is_alphanumeric()).count() > 1
        {
            // 怎么办, "how to": nothing but words that say nothing, so they are all there is to go by. A single
            // 的 is not even that.
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
            .filter(|word| word.text.len() > 1 && !(stops && index.vocabulary.is_stop(&word.text)))
            .collect();
        self.english(index, &words);
        self.pinyin(index, &words, runs);
        let mut guesses = weights::GUESSES;
        for word in words.iter().filter(|word| !word.part) {
            if guesses > 0 && self.unknown(index, word) {
                guesses -= 1;
            }
        }
    }

    pub(super) fn push(&mut self, start: usize, end: usize, slip: bool, variants: Vec<Variant>) {
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
        for reading in sound::readings(chars) {
            for sounding in index.sounds.like(&reading).iter().filter(|sounding| sounding.word) {
                if usize::from(sounding.syllables) == chars.len() {
                    let how =
                        if chars.len() == 2 { weights::SLIP_SOUND_PAIR } else { weights::SLIP_SOUND_WORD };
                    let near = if *sounding.exact == *reading { 1.0 } else { weights::SOUND_NEAR };
                    variants.extend(meaning(index, sounding.term, how * near));
                }
            }
        }
        // Beside a whole word (新 + 申请) the other character is no slip but a word of its own.
        let is_word =
            |part: &[char]| part.len() > 1 && index.vocabulary.has(&part.iter().collect::<String>());
        let (front, back) = (is_word(&chars[..chars.len() - 1]), is_word(&chars[1..]));
        for (term, place) in index.spellings.other_character(chars) {
            if !(place == 0 && back || place + 1 == chars.len() && front) {
                variants.extend(meaning(index, term, weights::SLIP_SHAPE));
            }
        }
        self.push(at, at + chars.len(), true, variants);
    }
}

fn term_of(index: &Index, chars: &[char]) -> Option<TermId> {
    let text: String = chars.iter().collect();
    index.terms.get(&text).filter(|&term| index.terms.known(term))
}

/// A term and the groups of equal words it belongs to. A word no document has written is as rare as its group.
pub fn meaning(index: &Index, term: TermId, how: f32) -> Vec<Variant> {
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
