//! Numbers that tell who somebody is.

use super::check::{is_bank_card, is_credit_code, is_identity};
use super::plain::{MOST_BETWEEN, is_between};
use super::{Hidden, Span};

/// Every number this long goes, whatever it is.
const LONG: usize = 11;
/// A number this short is no telephone, whatever stands before it.
const SHORT: usize = 5;
/// How far before a number the word stands that says what it is.
const REACH: usize = 8;

const PHONE_WORDS: [&str; 14] = [
    "电话", "手机", "座机", "联系", "号码", "微信", "拨打", "短信", "QQ", "TEL", "PHONE", "MOBILE", "CALL",
    "WECHAT",
];

/// Characters of one number, with the places they stand at.
#[derive(Debug, Default)]
struct Run {
    characters: Vec<u8>,
    places: Vec<usize>,
    /// How many characters stand together before something stands between.
    groups: Vec<usize>,
}

impl Run {
    fn push(&mut self, c: char, place: usize) {
        let Ok(byte) = u8::try_from(c) else { return };
        match self.groups.last_mut().filter(|_| self.places.last().is_some_and(|last| last + 1 == place)) {
            Some(group) => *group += 1,
            None => self.groups.push(1),
        }
        self.characters.push(byte);
        self.places.push(place);
    }

    fn span(&self, kind: Hidden) -> Option<Span> {
        Some(Span { from: *self.places.first()?, to: self.places.last()? + 1, kind })
    }

    fn windows(&self, length: usize) -> impl Iterator<Item = &[u8]> {
        self.characters.windows(length)
    }
}

pub(super) fn find(text: &[char]) -> Vec<Span> {
    let mut spans: Vec<Span> =
        runs(text, |c| c.is_ascii_digit()).iter().filter_map(|run| number(text, run)).collect();
    for run in runs(text, |c| c.is_ascii_alphanumeric()) {
        spans.extend(codes(&run));
    }
    spans
}

/// Characters of a kind, in one number as long as little stands between them.
fn runs(text: &[char], is: fn(char) -> bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut between = MOST_BETWEEN + 1;
    for (place, c) in text.iter().enumerate() {
        if is(*c) {
            if between > MOST_BETWEEN {
                runs.push(Run::default());
            }
            if let Some(run) = runs.last_mut() {
                run.push(*c, place);
            }
            between = 0;
        } else if is_between(*c) {
            between += 1;
        } else {
            between = MOST_BETWEEN + 1;
        }
    }
    runs
}

/// Credit codes, which have letters in them; and identity numbers, whose last character may be one.
fn codes(run: &Run) -> Vec<Span> {
    let mut spans = Vec::new();
    for (at, window) in run.windows(18).enumerate() {
        let kind = match window {
            window if is_identity(window) => Hidden::Identity,
            window if is_credit_code(window) => Hidden::CreditCode,
            _ => continue,
        };
        spans.push(Span { from: run.places[at], to: run.places[at + 17] + 1, kind });
    }
    spans
}

fn number(text: &[char], run: &Run) -> Option<Span> {
    let digits = run.characters.len();
    if digits >= LONG {
        return long(run).and_then(|kind| run.span(kind));
    }
    let area_code = run.characters.first() == Some(&b'0') && digits >= 10;
    let free_call = digits == 10 && matches!(run.characters.get(..3), Some(b"400" | b"800"));
    let said = digits > SHORT && is_said(text, *run.places.first()?);
    if area_code || free_call || said { run.span(Hidden::Phone) } else { None }
}

fn long(run: &Run) -> Option<Hidden> {
    let digits = run.characters.as_slice();
    if run.windows(18).any(is_identity) {
        return Some(Hidden::Identity);
    }
    if (13..=19).any(|length| run.windows(length).any(is_bank_card)) && !is_dates(run) {
        return Some(Hidden::BankCard);
    }
    let mobile =
        |number: &[u8]| number.len() == 11 && number[0] == b'1' && (b'3'..=b'9').contains(&number[1]);
    let abroad = digits.strip_prefix(b"86").or_else(|| digits.strip_prefix(b"0086"));
    if mobile(digits) || abroad.is_some_and(mobile) || digits[0] == b'0' && digits.len() <= 12 {
        return Some(Hidden::Phone);
    }
    // A date and a time, or two dates, are no number.
    let passes = (13..=19).any(|length| run.windows(length).any(is_bank_card));
    if is_dates(run) && !passes { None } else { Some(Hidden::Number) }
}

/// Whether it is dates one after another, with at most a time or a small number behind them.
fn is_dates(run: &Run) -> bool {
    let mut at = 0;
    let mut groups = run.groups.as_slice();
    let value = |at: usize, length: usize| {
        run.characters[at..at + length]
            .iter()
            .fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'))
    };
    let mut dates = 0;
    while let [4, month @ 1..=2, day @ 1..=2, rest @ ..] = groups {
        let (m, d) = (value(at + 4, *month), value(at + 4 + month, *day));
        if !(1900..2100).contains(&value(at, 4)) || !(1..=12).contains(&m) || !(1..=31).contains(&d) {
            break;
        }
        at += 4 + month + day;
        groups = rest;
        dates += 1;
    }
    dates > 0 && run.characters.len() - at <= 4
}

/// Whether a word before it says that it is a telephone.
fn is_said(text: &[char], place: usize) -> bool {
    let before: String = text[place.saturating_sub(REACH)..place].iter().collect();
    PHONE_WORDS.iter().any(|word| before.contains(word))
}
