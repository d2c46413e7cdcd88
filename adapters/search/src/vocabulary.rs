//! Which stretches of Chinese are words here.
//!
//! A general dictionary weighs five megabytes and still does not know 免检贴标. The words that matter are the ones
//! the city lists as equal, the ones the services list as synonyms, and the pieces that keep coming back in
//! their names; those are learnt when the index is built.

use std::collections::HashSet;

use jieba_rs::Jieba;

use super::{
    fold::{Folded, is_han},
    hash::Map,
};

/// Longest word, in characters.
pub const LONGEST: usize = 8;
/// A piece of the names is a word when this many of them have it …
const TIMES: u32 = 3;
/// … and it is not merely a part of a longer piece that comes back nearly as often.
const PART_OF: f32 = 0.8;
/// … and its halves meet oftener than by chance.
const COHESION: f32 = 0.3;
const LONGEST_PIECE: usize = 6;
const FREQUENCY: usize = 1000;

pub struct Vocabulary {
    jieba: Jieba,
    stop: HashSet<Box<str>>,
}

impl Vocabulary {
    pub fn new<'a>(
        names: impl Iterator<Item = &'a Folded>,
        words: impl Iterator<Item = String>,
        stop: &[String],
    ) -> Self {
        let stop: HashSet<Box<str>> = stop.iter().map(|word| Folded::whole(word).compact().into()).collect();
        let mut all: HashSet<String> = words.filter(|word| is_word(word)).collect();
        all.extend(pieces(names));
        all.extend(stop.iter().map(ToString::to_string).filter(|word| word.chars().all(is_han)));
        let mut all: Vec<String> = all.into_iter().collect();
        all.sort_unstable();
        let mut jieba = Jieba::empty();
        for word in &all {
            jieba.add_word(word, Some(FREQUENCY), None);
        }
        Self { jieba, stop }
    }

    pub fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    pub fn has(&self, word: &str) -> bool {
        self.jieba.has_word(word)
    }

    /// Every word of at least two characters, overlapping ones too: start and length in characters.
    pub fn words<'t>(&self, run: &'t str) -> impl Iterator<Item = (usize, usize, &'t str)> {
        self.jieba
            .cut_all(run)
            .into_iter()
            .map(|token| (token.start, token.end - token.start, token.word))
            .filter(|&(_, length, _)| length >= 2)
    }

    /// The likeliest way to cut a run of Chinese into words.
    pub fn cut<'t>(&self, run: &'t str) -> Vec<&'t str> {
        self.jieba.cut(run, false).into_iter().map(|token| token.word).collect()
    }
}

fn is_word(word: &str) -> bool {
    let length = word.chars().count();
    (2..=LONGEST).contains(&length) && word.chars().all(is_han)
}

/// How many names have each piece.
#[derive(Default)]
struct Pieces {
    counts: Map<Vec<char>, (u32, usize)>,
    names: f32,
}

/// Pieces that come back in different names, hold together, and are not just parts of longer ones.
fn pieces<'a>(names: impl Iterator<Item = &'a Folded>) -> Vec<String> {
    let mut pieces = Pieces::default();
    for (number, name) in names.enumerate() {
        pieces.names += 1.0;
        for run in name.runs().into_iter().filter(|run| run.han) {
            let chars = &name.chars[run.start..run.end];
            for length in 1..=LONGEST_PIECE.min(chars.len()) {
                for piece in chars.windows(length) {
                    match pieces.counts.get_mut(piece) {
                        Some((_, last)) if *last == number => {}
                        Some((count, last)) => (*count, *last) = (*count + 1, number),
                        None => {
                            pieces.counts.insert(piece.to_vec(), (1, number));
                        }
                    }
                }
            }
        }
    }
    pieces.counts.retain(|_, &mut (count, _)| count >= TIMES);
    let mut swallowed: HashSet<&[char]> = HashSet::new();
    for piece in pieces.counts.keys().filter(|piece| piece.len() > 2) {
        for part in [&piece[1..], &piece[..piece.len() - 1]] {
            if pieces.count(piece) >= pieces.count(part) * PART_OF {
                swallowed.insert(part);
            }
        }
    }
    let words = pieces.counts.keys().filter(|piece| {
        piece.len() > 1 && !swallowed.contains(piece.as_slice()) && pieces.cohesion(piece) >= COHESION
    });
    words.map(|piece| piece.iter().collect()).collect()
}

impl Pieces {
    #[expect(clippy::cast_precision_loss, reason = "counts of names are small")]
    fn count(&self, piece: &[char]) -> f32 {
        self.counts.get(piece).map_or(0.0, |&(count, _)| count as f32)
    }

    /// How much oftener the piece comes than its two halves would meet by chance, wherever it is halved: from
    /// below 0 (助申请, where one word ends and another begins) to 1 (never apart).
    fn cohesion(&self, piece: &[char]) -> f32 {
        let together = self.count(piece) / self.names;
        let by_chance = (1..piece.len())
            .map(|at| self.count(&piece[..at]) / self.names * (self.count(&piece[at..]) / self.names))
            .fold(0.0, f32::max);
        (together / by_chance).ln() / -(together.min(0.99)).ln()
    }
}
