//! Completing while a person types, and initials across a whole name.

use std::collections::HashSet;

use super::{
    Field, Index, Key, Page, Suggestion,
    fold::{Folded, is_han},
    sound, weights,
};

/// Initials of a name count where they are typed in a row, or in two rows of at least this many.
const ROW: usize = 2;

/// The documents whose name or synonym has these initials, with their credit.
pub fn by_initials(index: &Index, letters: &str) -> Vec<(u32, f32)> {
    if letters.len() < 3 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (doc, known) in (0..).zip(&index.docs) {
        let best = known
            .keys
            .iter()
            .map(|key| initials(&key.initials, letters) * weights::field(key.field))
            .fold(0.0, f32::max);
        if best > 0.0 {
            found.push((doc, best * weights::INITIALS_OF_NAME));
        }
    }
    found
}

/// From 0 to 1: how well these letters are the initials.
#[expect(clippy::cast_precision_loss, reason = "names are short")]
fn initials(key: &str, letters: &str) -> f32 {
    if key.len() < letters.len() {
        return 0.0;
    }
    let covered = letters.len() as f32 / key.len() as f32;
    let share = weights::INITIALS_LEAST + (1.0 - weights::INITIALS_LEAST) * covered;
    match key.find(letters) {
        Some(0) => share,
        Some(_) => weights::INITIALS_INSIDE * share,
        None => {
            let two = (ROW..=letters.len().saturating_sub(ROW)).any(|cut| {
                let (first, second) = letters.split_at(cut);
                key.find(first).is_some_and(|at| key[at + cut..].contains(second))
            });
            if two { weights::INITIALS_IN_TWO * share } else { 0.0 }
        }
    }
}

pub fn suggest(index: &Index, prefix: &str, accept: impl Fn(usize) -> bool, limit: usize) -> Vec<Suggestion> {
    let folded = Folded::new(prefix, weights::QUERY_CHARS);
    if index.vocabulary.is_stop(&folded.compact()) {
        return Vec::new();
    }
    let typed: Vec<char> = folded
        .chars
        .iter()
        .copied()
        .skip_while(|c| !c.is_alphanumeric())
        .filter(|&c| c.is_alphanumeric() || c == ' ')
        .collect();
    let typed = &typed[..typed.iter().rposition(|&c| c != ' ').map_or(0, |at| at + 1)];
    let mut found: Vec<(usize, f32, &Key)> = Vec::new();
    if !typed.is_empty() {
        for (doc, known) in index.docs.iter().enumerate().filter(|&(doc, _)| accept(doc)) {
            let best = known
                .keys
                .iter()
                .map(|key| (completes(key, typed), key))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.field.cmp(&a.1.field)));
            if let Some((score, key)) = best.filter(|&(score, _)| score > 0.0) {
                found.push((doc, score * (1.0 + weights::TYPED_POPULARITY * known.popularity), key));
            }
        }
    }
    found.sort_by(|a, b| {
        b.1.total_cmp(&a.1).then_with(|| index.docs[a.0].code.cmp(&index.docs[b.0].code)).then(a.0.cmp(&b.0))
    });
    let mut suggestions: Vec<Suggestion> = found
        .into_iter()
        .take(limit)
        .map(|(doc, _, key)| Suggestion { doc, text: Some(key.text.to_string()) })
        .collect();
    if suggestions.len() < limit {
        let known: HashSet<usize> = suggestions.iter().map(|suggestion| suggestion.doc).collect();
        let more = index.search(
            prefix,
            |doc| accept(doc) && !known.contains(&doc),
            Page::first(limit - known.len()),
        );
        suggestions.extend(more.hits.into_iter().map(|hit| Suggestion { doc: hit.doc, text: None }));
    }
    suggestions
}

/// How well a key completes what was typed: from its beginning best, from inside it less, a short key before a
/// long one.
#[expect(clippy::cast_precision_loss, reason = "names are short")]
fn completes(key: &Key, typed: &[char]) -> f32 {
    let length = key.chars.len();
    let inside = (0..length).find(|&start| {
        let word_start = start == 0 || is_han(key.chars[start]) || key.chars[start - 1] == ' ';
        word_start && follows(key, start, typed)
    });
    let Some(start) = inside else { return 0.0 };
    let place = if start == 0 { 1.0 } else { weights::TYPED_INSIDE };
    let field = if key.field == Field::Name { 1.0 } else { weights::TYPED_SYNONYM };
    place * field / (1.0 + weights::TYPED_LENGTH * length as f32)
}

/// Whether the key goes on from `at` as typed: each character typed itself, by its pinyin, by the beginning of
/// its pinyin where the typing ends, or by its initial.
fn follows(key: &Key, at: usize, typed: &[char]) -> bool {
    let Some((&letter, rest)) = typed.split_first() else { return true };
    if letter == ' ' {
        // Between pinyin syllables a space says nothing; between English words it is one.
        let at = if key.chars.get(at) == Some(&' ') { at + 1 } else { at };
        return follows(key, at, rest);
    }
    let Some(&c) = key.chars.get(at) else { return false };
    if c == letter {
        return follows(key, at + 1, rest);
    }
    if key.sounds[at] & sound::first_letter(letter) == 0 {
        return false;
    }
    sound::syllables(c).any(|syllable| {
        let common = syllable.chars().zip(typed).take_while(|&(a, &b)| a == b).count();
        common > 0
            && (common == typed.len()
                || common == syllable.len() && follows(key, at + 1, &typed[common..])
                || syllable.len() > 1 && follows(key, at + 1, rest)
                || common > 1 && syllable[1..].starts_with('h') && follows(key, at + 1, &typed[2..]))
    })
}
