//! What an answer must look like: a small part of the notation of regular expressions that browsers, JSON Schema
//! and this module read alike, and that no answer can keep busy. Characters, `\d`, classes such as `[A-HJ-NP-Z]`,
//! and after each of them `?`, `{6}` or `{5,6}`. No alternatives, no groups, nothing without an end.

/// The longest answer that a pattern may allow, in characters.
const LONGEST: usize = 200;

/// A pattern, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    /// First and last character of each span.
    spans: Vec<(char, char)>,
    least: usize,
    most: usize,
}

impl Pattern {
    /// Reads a pattern; the mistake says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let mut rest = text;
        let mut pieces = Vec::new();
        while let Some(first) = rest.chars().next() {
            let (spans, behind) = match first {
                '[' => class(&rest[1..])?,
                '\\' => escaped(&rest[1..])?,
                '.' | '*' | '+' | '?' | '{' | '}' | '(' | ')' | '|' | '^' | '$' | ']' | '/' => {
                    return Err(
                        "it holds a sign that is not known here; put \\ in front to mean the sign itself",
                    );
                }
                c => (vec![(c, c)], &rest[c.len_utf8()..]),
            };
            let (least, most, behind) = times(behind)?;
            pieces.push(Piece { spans, least, most });
            rest = behind;
        }
        let longest: usize = pieces.iter().map(|piece| piece.most).sum();
        match longest {
            0 => Err("it allows nothing"),
            1..=LONGEST => Ok(Self(pieces)),
            _ => Err("it allows answers of more than 200 characters"),
        }
    }

    /// Whether all of the text fits. Takes time in proportion to text and pattern, whatever they are.
    pub fn fits(&self, text: &str) -> bool {
        // Every place in the pattern where one may be: which piece, and how often it has been used.
        let mut places = self.onward(vec![(0, 0)]);
        for c in text.chars() {
            let used = places.iter().filter_map(|&(at, times)| {
                let piece = self.0.get(at)?;
                let fits = piece.spans.iter().any(|(first, last)| (*first..=*last).contains(&c));
                (fits && times < piece.most).then_some((at, times + 1))
            });
            places = self.onward(used.collect());
            if places.is_empty() {
                return false;
            }
        }
        places.iter().any(|(at, _)| *at == self.0.len())
    }

    /// Adds the places that can be reached without another character.
    fn onward(&self, mut places: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
        let mut next = 0;
        while let Some(&(at, times)) = places.get(next) {
            next += 1;
            let further = (at + 1, 0);
            if self.0.get(at).is_some_and(|piece| times >= piece.least) && !places.contains(&further) {
                places.push(further);
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }
}

type Spans = Vec<(char, char)>;

fn escaped(rest: &str) -> Result<(Spans, &str), &'static str> {
    match rest.chars().next() {
        Some('d') => Ok((vec![('0', '9')], &rest[1..])),
        Some(c) if c.is_ascii_punctuation() => Ok((vec![(c, c)], &rest[1..])),
        _ => Err("only \\d and signs may stand behind \\"),
    }
}

fn class(rest: &str) -> Result<(Spans, &str), &'static str> {
    let end = rest.find(']').ok_or("a [ is never closed")?;
    let inside: Vec<char> = rest[..end].chars().collect();
    if inside.iter().any(|c| matches!(c, '^' | '[' | '\\' | '&' | '~')) {
        return Err("between [ and ] stand only characters and spans such as A-Z");
    }
    let mut spans = Vec::new();
    let mut at = 0;
    while at < inside.len() {
        let dash = inside.get(at + 1) == Some(&'-') && at + 2 < inside.len();
        let span = if dash { (inside[at], inside[at + 2]) } else { (inside[at], inside[at]) };
        if span.0 > span.1 {
            return Err("a span between [ and ] runs backwards");
        }
        spans.push(span);
        at += if dash { 3 } else { 1 };
    }
    if spans.is_empty() { Err("nothing stands between [ and ]") } else { Ok((spans, &rest[end + 1..])) }
}

fn times(rest: &str) -> Result<(usize, usize, &str), &'static str> {
    if let Some(behind) = rest.strip_prefix('?') {
        return Ok((0, 1, behind));
    }
    let Some(inside) = rest.strip_prefix('{') else { return Ok((1, 1, rest)) };
    let (inside, behind) = inside.split_once('}').ok_or("a { is never closed")?;
    let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
    let number = |text: &str| -> Result<usize, &'static str> {
        let plain = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| plain).ok_or("between { and } stands a number, or two with a comma")
    };
    let (least, most) = (number(least)?, number(most)?);
    if least > most { Err("the numbers between { and } run backwards") } else { Ok((least, most, behind)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, yes: &[&str], no: &[&str]) {
        let pattern = Pattern::parse(pattern).unwrap();
        for text in yes {
            assert!(pattern.fits(text), "{text} should fit");
        }
        for text in no {
            assert!(!pattern.fits(text), "{text} should not fit");
        }
    }

    #[test]
    fn plates_numbers_and_years() {
        fits(
            "测[A-Z][A-HJ-NP-Z0-9]{5,6}",
            &["测A12345", "测AD12345"],
            &["测A1234", "测A1I345", "A12345", "测AD123456", ""],
        );
        fits(r"\d{15,16}", &["123456789012345", "1234567890123456"], &["12345678901234", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥"]);
        fits(r"20\d{2}", &["2026"], &["1999", "20261"]);
        fits(r"A?B{0,2}[-x]", &["-", "ABBx", "Ax"], &["ABBBx", "A"]);
        fits(r"1\.5", &["1.5"], &["1x5"]);
    }

    #[test]
    fn what_has_no_end_or_other_meanings_elsewhere_is_refused() {
        for text in [
            "", "a*", "a+", "(a|b)", ".", "[^a]", "[z-a]", "[]", "[a", "a{", "a{2,1}", "a{x}", "^a$", r"\w",
            "a{201}", "{2}",
        ] {
            assert!(Pattern::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn no_pattern_takes_long() {
        let pattern = Pattern::parse(&"[a-z]{0,2}".repeat(100)).unwrap();
        assert!(!pattern.fits(&format!("{}1", "a".repeat(199))));
    }
}
