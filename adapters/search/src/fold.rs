//! Text as the search sees it: one width, one case, simplified characters, no marks that cannot be seen.
//!
//! Used alike on documents, queries and the texts to be highlighted, so that whatever a phone, an input method
//! or a copied page puts in, both sides meet in the same letters. Each letter remembers where it came from.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::simplified::simplified;

#[derive(Debug, Default)]
pub struct Folded {
    pub chars: Vec<char>,
    /// Start and end in bytes of the original, for each of `chars`.
    pub from: Vec<(usize, usize)>,
}

/// A stretch of one writing system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub han: bool,
    pub start: usize,
    pub end: usize,
}

impl Folded {
    /// Reads at most `limit` characters of the result, and not much more of the source.
    pub fn new(text: &str, limit: usize) -> Self {
        let mut folded = Self::default();
        for (at, c) in text.char_indices().take(limit.saturating_mul(4)) {
            if folded.chars.len() >= limit {
                break;
            }
            let origin = (at, at + c.len_utf8());
            if c.is_ascii() {
                let c = if c.is_ascii_control() { ' ' } else { c.to_ascii_lowercase() };
                folded.push(c, origin);
            } else if is_plain_han(c) {
                folded.push(simplified(c), origin);
            } else if !is_invisible(c) {
                for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
                    folded.take(part, origin);
                }
            }
        }
        folded.chars.truncate(limit);
        folded.from.truncate(limit);
        folded
    }

    pub fn whole(text: &str) -> Self {
        Self::new(text, usize::MAX)
    }

    fn push(&mut self, c: char, origin: (usize, usize)) {
        self.chars.push(c);
        self.from.push(origin);
    }

    /// Takes a decomposed character: accents go (café, jiàzhào), but ü is written v in pinyin.
    fn take(&mut self, c: char, origin: (usize, usize)) {
        if c == '\u{308}' && self.chars.last() == Some(&'u') {
            self.chars.pop();
            self.chars.push('v');
        } else if c.is_whitespace() {
            self.push(' ', origin);
        } else if !is_combining_mark(c) && !c.is_control() && !is_invisible(c) {
            self.push(simplified(c), origin);
        }
    }

    /// Stretches of Chinese characters and of other letters and digits; everything else separates.
    pub fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (i, &c) in self.chars.iter().enumerate() {
            let han = is_han(c);
            if !han && !c.is_alphanumeric() {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.end == i && run.han == han => run.end = i + 1,
                _ => runs.push(Run { han, start: i, end: i + 1 }),
            }
        }
        // The s of driver's is no word.
        runs.retain(|run| {
            let apostrophe = run.start > 0 && matches!(self.chars[run.start - 1], '\'' | '’');
            !(apostrophe && run.end - run.start == 1)
        });
        runs
    }

    pub fn text(&self, run: Run) -> String {
        self.chars[run.start..run.end].iter().collect()
    }

    /// Letters and digits alone, for asking whether two texts say the same.
    pub fn compact(&self) -> String {
        self.chars.iter().filter(|c| c.is_alphanumeric()).collect()
    }
}

pub fn is_han(c: char) -> bool {
    is_plain_han(c)
        || matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

fn is_plain_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Zero-width, direction and variation marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{80}'..='\u{9f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compact(text: &str) -> String {
        Folded::whole(text).compact()
    }

    #[test]
    fn width_case_accents_and_old_characters_are_one() {
        assert_eq!(compact("ＥＴＣ　辦理"), "etc办理");
        assert_eq!(compact("Jiàzhào"), "jiazhao");
        assert_eq!(compact("lǜshī"), "lvshi");
        assert_eq!(compact("駕駛證"), "驾驶证");
        assert_eq!(compact("驾\u{200b}驶\u{202e}证"), "驾驶证");
    }

    #[test]
    fn letters_remember_where_they_came_from() {
        let folded = Folded::whole("x駕①");
        assert_eq!(folded.chars, ['x', '驾', '1']);
        assert_eq!(folded.from, [(0, 1), (1, 4), (4, 7)]);
    }

    #[test]
    fn nothing_is_read_past_the_limit() {
        assert_eq!(Folded::new(&"﷽".repeat(100), 10).chars.len(), 10);
        assert!(Folded::new(&"\u{200b}".repeat(10_000), 64).chars.is_empty());
    }

    #[test]
    fn a_possessive_leaves_no_letter_behind() {
        let folded = Folded::whole("driver's 驾照");
        let runs: Vec<String> = folded.runs().into_iter().map(|run| folded.text(run)).collect();
        assert_eq!(runs, ["driver", "驾照"]);
    }
}
