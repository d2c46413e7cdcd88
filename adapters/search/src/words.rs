//! The Latin words of a text: English, pinyin, codes.

use super::fold::{Folded, Run};

/// A Latin word of a text or a query.
pub struct Word {
    pub start: usize,
    pub end: usize,
    pub text: String,
    /// It is a part of the hyphenated word before it.
    pub part: bool,
}

/// The Latin words of a text. A hyphenated one comes whole, without the hyphen, then in its parts.
pub fn latin(folded: &Folded, runs: &[Run]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(first) = runs.get(at) {
        let mut last = at;
        while let Some(next) = runs.get(last + 1)
            && !first.han
            && !next.han
            && next.start == runs[last].end + 1
            && folded.chars[runs[last].end] == '-'
        {
            last += 1;
        }
        if last > at {
            let text = runs[at..=last].iter().map(|&run| folded.text(run)).collect();
            words.push(Word { start: first.start, end: runs[last].end, text, part: false });
        }
        for &run in runs[at..=last].iter().filter(|run| !run.han) {
            words.push(Word { start: run.start, end: run.end, text: folded.text(run), part: last > at });
        }
        at = last + 1;
    }
    words
}
