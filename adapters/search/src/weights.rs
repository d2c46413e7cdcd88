//! Every number that decides an order, in one place.
//!
//! A query is a row of places (a Chinese character or a Latin letter). For each document each place earns the
//! credit of the best thing that explains it: `how it was matched` × `where it was found` × `how rare it is`.
//! Taking the best, not the sum, keeps a word from counting again as its own halves and synonyms. Nearly all
//! numbers are factors around 1; only their proportions mean anything.

use super::Field;

/// Most characters of a query that are looked at: no honest question is longer, and a pasted page costs nothing.
pub const QUERY_CHARS: usize = 64;

/// Where a word was found. What an official wrote as the name and what people say instead weigh nearly alike;
/// the class and the agency say what a thing is about, but of twenty services at once; the guide's small print
/// mentions identity cards everywhere, so it only breaks ties and catches what nothing else explains.
pub const fn field(field: Field) -> f32 {
    match field {
        Field::Code | Field::Name => 1.0,
        Field::Synonym => 0.95,
        Field::Summary => 0.45,
        Field::Class => 0.35,
        Field::Domain => 0.25,
        Field::Agency => 0.3,
        Field::Audience => 0.2,
        Field::Body => 0.12,
    }
}

/// A word found in a second field confirms the first a little.
pub const AGAIN: f32 = 0.12;

/// How far a long name dilutes each of its words: 0 not at all, 1 in full proportion. A short name that says
/// just what was asked should beat a long one that says it among other things.
pub const DILUTION: f32 = 0.2;
/// Lengths (in characters) at which a name or a synonym dilutes nothing.
pub const USUAL_HAN: f32 = 8.0;
pub const USUAL_LATIN: f32 = 26.0;

/// How it was matched. A word of the vocabulary is a meaning; two neighbouring characters usually are; one
/// character alone (换, 交) is a hint.
pub const WORD: f32 = 1.0;
pub const PAIR: f32 = 0.6;
pub const SINGLE: f32 = 0.4;
/// Another word of the same group. Not much less: people do not use the official one.
pub const SYNONYM: f32 = 0.88;
/// An English word of which only the beginning was typed.
pub const BEGINNING: f32 = 0.75;
/// Pinyin says a word less surely than characters do; two syllables say less than three.
pub const SOUND_WORD: f32 = 0.85;
pub const SOUND_PAIR: f32 = 0.45;
/// zh for z, ang for an: the usual confusions.
pub const SOUND_NEAR: f32 = 0.75;
/// The last syllable is not finished.
pub const SOUND_PART: f32 = 0.7;
/// Pinyin read into what is also an English word.
pub const SOUND_IN_ENGLISH: f32 = 0.4;
/// Initials of a word: two letters are nearly anything, five are nearly one thing.
pub const INITIALS: [f32; 6] = [0.0, 0.0, 0.25, 0.5, 0.7, 0.8];
/// A slip that keeps the sound (驾驶正): input methods make most of them. One that changes a character
/// (经菅), or one or two letters.
pub const SLIP_SOUND_WORD: f32 = 0.7;
pub const SLIP_SOUND_PAIR: f32 = 0.6;
pub const SLIP_SHAPE: f32 = 0.45;
pub const SLIP_LETTER: f32 = 0.75;
pub const SLIP_LETTERS: f32 = 0.55;

/// What a place is worth, a Chinese character being 1: an English word says about as much as two of them, a
/// syllable of pinyin as much as its character, an initial a little less. Shared out over the letters.
pub const LATIN_WORD: f32 = 2.0;
pub const SYLLABLE: f32 = 1.0;
pub const INITIAL: f32 = 0.8;

/// A second explanation of the same place (the phrase and the word in it) adds a little.
pub const ANOTHER: f32 = 0.2;

/// A document that explains the whole question beats one that explains a part of it strongly.
pub const WHOLE_QUESTION: f32 = 0.6;
/// Likeness of the question's letters in their order to the name or a synonym: rewards phrases.
pub const LIKENESS: f32 = 0.5;
/// Initials typed across a name: how much they count, the part of it that does not depend on how much of the
/// name they cover, and what is left where they begin inside the name or come in two rows (jsz…hz).
/// High, because five letters in a row do not fit by accident.
pub const INITIALS_OF_NAME: f32 = 4.0;
pub const INITIALS_LEAST: f32 = 0.6;
pub const INITIALS_INSIDE: f32 = 0.75;
pub const INITIALS_IN_TWO: f32 = 0.55;
/// Letters of a word that have to be initials of something for any of them to count.
pub const INITIALS_SHARE: f32 = 0.7;
/// The same for rows of three letters and more, in a long word.
pub const INITIALS_SURE_SHARE: f32 = 0.5;
/// While typing: what was typed begins inside a key, the key is a synonym, and how each letter more of the key
/// counts against it.
pub const TYPED_INSIDE: f32 = 0.7;
pub const TYPED_SYNONYM: f32 = 0.92;
pub const TYPED_LENGTH: f32 = 0.02;
/// A few letters say little of what is meant, so what most people mean comes first: the most used service gains
/// this share over one never used.
pub const TYPED_POPULARITY: f32 = 0.8;
/// The question is the name, a synonym, or the code itself.
pub const IS_NAME: f32 = 50.0;
pub const IS_SYNONYM: f32 = 1.5;
pub const IS_CODE: f32 = 100.0;
/// It is so only without its small words, such as a single letter: less than one that is so to the letter.
pub const IS_CORE: f32 = 0.5;
/// The most used service gains this share over one never used.
pub const POPULARITY: f32 = 0.06;

/// A document below this share of the best one's score is not called a match. Beside an exact name, whose score
/// is out of all proportion, this is the score that counts as best.
pub const MATCH_SHARE: f32 = 0.22;
pub const BEST_AT_MOST: f32 = 5.0;
/// Most words of a query that are guessed at (slips, initials): each looks at every document's names.
pub const GUESSES: usize = 6;
/// How many of the best are looked at letter by letter.
pub const RERANKED: usize = 60;
/// A word of the body that this share of all documents has says nothing.
pub const COMMONPLACE: f32 = 0.12;
/// How much a mention in a body counts when saying how rare a word is.
pub const BODY_RARITY: f32 = 0.2;
