//! Names that are introduced as such. Names that merely occur cannot be told from words.

use super::{Hidden, Span};

const CHINESE: [&str; 12] = [
    "我叫做",
    "我叫",
    "名叫",
    "姓名",
    "我的名字",
    "名字叫",
    "名字是",
    "本人叫",
    "我姓",
    "联系人",
    "经办人",
    "申请人",
];
const ENGLISH: [&str; 7] =
    ["MY NAME IS", "MY NAME'S", "MY NAME’S", "NAME:", "CALL ME", "I AM CALLED", "THIS IS MR"];

/// Compound surnames, after which two more characters may follow.
const COMPOUND: [&str; 14] = [
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木",
    "长孙",
];
/// Characters that no given name ends with, and sentences go on with.
const WORDS: &str =
    "是在的了来去住今昨前电手身我你他她它们要有和跟与于从想请不没就都也还很已被把给让对向到这那，。、；！？";

pub(super) fn find(text: &[char]) -> Vec<Span> {
    let mut spans = Vec::new();
    for place in 0..text.len() {
        if let Some(after) = CHINESE.iter().filter_map(|word| after(text, place, word)).max() {
            spans.extend(chinese(
                text,
                skip(text, after, &['是', '叫', '为', '：', ':', '“', '"', '【', '(', '（', ' ']),
            ));
        }
        // At the beginning of a word only: a "surname" is no name.
        let begins = place == 0 || !text[place - 1].is_ascii_alphabetic();
        if let Some(after) = ENGLISH.iter().filter(|_| begins).find_map(|word| after(text, place, word)) {
            let from = skip(text, after, &[' ', ':', '.', '"', '“', '\'']);
            spans.extend(english(text, from).or_else(|| chinese(text, from)));
        }
    }
    spans
}

/// Where a text goes on after a word, if the word stands there.
fn after(text: &[char], place: usize, word: &str) -> Option<usize> {
    let length = word.chars().count();
    let stands =
        text.len() >= place + length && word.chars().zip(&text[place..]).all(|(one, other)| one == *other);
    stands.then_some(place + length)
}

fn skip(text: &[char], from: usize, over: &[char]) -> usize {
    from + text[from..].iter().take_while(|c| over.contains(c)).count()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '\u{F900}'..='\u{FAFF}')
}

/// A Chinese name: a surname and one or two characters; or one with points in it, as long as it is.
fn chinese(text: &[char], from: usize) -> Option<Span> {
    let rest = &text[from..];
    // Digits that were Chinese characters are part of names too.
    let part = |c: &char| is_han(*c) || c.is_ascii_digit();
    let pointed = rest.iter().take_while(|c| part(c) || matches!(c, '·' | '•')).count();
    if let Some(point) = rest[..pointed].iter().rposition(|c| matches!(c, '·' | '•')) {
        let last = rest[point + 1..pointed].iter().take_while(|c| !WORDS.contains(**c)).count();
        return Some(Span { from, to: from + point + 1 + last, kind: Hidden::Name });
    }
    if !rest.first().is_some_and(|c| is_han(*c)) {
        return None;
    }
    let compound = COMPOUND.iter().any(|surname| after(text, from, surname).is_some());
    let most = if compound { 4 } else { 3 };
    // The surname itself is hidden even where it is a word.
    let given = rest[1..].iter().take(most - 1).take_while(|c| part(c) && !WORDS.contains(**c)).count();
    Some(Span { from, to: from + 1 + given, kind: Hidden::Name })
}

/// An English name: up to three words.
fn english(text: &[char], from: usize) -> Option<Span> {
    let letter = |c: &char| c.is_alphabetic() && !is_han(*c) || matches!(c, '\'' | '’' | '-');
    let mut to = from;
    let mut next = from;
    for _ in 0..3 {
        let word = text[next..].iter().take_while(|c| letter(c)).count();
        let said: String = text[next..next + word].iter().collect();
        if word == 0 || next > from && STOPS.contains(&said.as_str()) {
            break;
        }
        to = next + word;
        // A full stop ends the sentence, unless it stands behind an initial or a title.
        if word > 2 && text.get(to) == Some(&'.') {
            break;
        }
        next = skip(text, to, &[' ', '.']);
        if next == to || next > to + 2 {
            break;
        }
    }
    (to > from).then_some(Span { from, to, kind: Hidden::Name })
}

/// Words that a sentence goes on with after a name.
const STOPS: [&str; 16] = [
    "AND", "I", "FROM", "MY", "THE", "IS", "WAS", "BUT", "WHO", "OF", "IN", "AT", "ON", "PLEASE", "YOU", "SO",
];
