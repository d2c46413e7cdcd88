//! Which stretches of Chinese are words here.
//!
//! A general dictionary weighs five megabytes and still does not know 免检贴标. The words that matter are the ones
//! the city lists as equal, the ones the services list as synonyms, and the pieces that keep coming back in
//! their names; those are learnt when the index is built.

use std::collections::{HashMap, HashSet};

use jieba_rs::Jieba;

use super::fold::{Folded, is_han};

/// Longest word, in characters.
pub const LONGEST: usize = 8;
/// A piece of the names is a word when this many of them have it …
const TIMES: usize = 3;
/// … and it is not merely a part of a longer piece that comes back nearly as often.
const PART_OF: f32 = 0.8;
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

/// Pieces that come back in different names and are not just parts of longer ones.
fn pieces<'a>(names: impl Iterator<Item = &'a Folded>) -> Vec<String> {
    let mut counts: HashMap<Vec<char>, (usize, usize)> = HashMap::new();
    for (number, name) in names.enumerate() {
        for run in name.runs().into_iter().filter(|run| run.han) {
            let chars = &name.chars[run.start..run.end];
            for length in 2..=6.min(chars.len()) {
                for piece in chars.windows(length) {
                    match counts.get_mut(piece) {
                        Some((_, last)) if *last == number => {}
                        Some((count, last)) => (*count, *last) = (*count + 1, number),
                        None => {
                            counts.insert(piece.to_vec(), (1, number));
                        }
                    }
                }
            }
        }
    }
    counts.retain(|_, &mut (count, _)| count >= TIMES);
    let mut swallowed: HashSet<&[char]> = HashSet::new();
    for (piece, &(count, _)) in &counts {
        for part in [&piece[1..], &piece[..piece.len() - 1]] {
            #[expect(clippy::cast_precision_loss, reason = "counts of names are small")]
            if counts.get(part).is_some_and(|&(whole, _)| count as f32 >= whole as f32 * PART_OF) {
                swallowed.insert(part);
            }
        }
    }
    counts
        .keys()
        .filter(|piece| !swallowed.contains(piece.as_slice()))
        .map(|piece| piece.iter().collect())
        .collect()
}
