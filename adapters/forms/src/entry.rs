//! Written answers: what somebody typed, as it is meant. `２０２６年３月５日` is `2026-03-05`, `测a 12345` the plate
//! `测A12345`. What cannot be understood stays as it is, so that it can be shown beside what is wrong with it.

use chrono::{NaiveDate, NaiveTime};
use yimen_contract::{credit, identity, shape};

use crate::model::{Entry, Text};
use crate::problem::Problem;

impl Entry {
    /// Whether an answer is one of this kind, as it is sent.
    pub(crate) fn fits(self, text: &str) -> bool {
        match self {
            Self::Plain | Self::Address | Self::Bound => true,
            Self::Date => is_date(text),
            Self::Month => text.len() == 7 && is_date(&format!("{text}-01")),
            Self::Year => text.len() == 4 && digits(text),
            Self::Time => text.len() == 5 && NaiveTime::parse_from_str(text, "%H:%M").is_ok(),
            Self::Identity => identity::is_number(text) && !text.ends_with('x'),
            Self::Credit => credit::is_valid(text),
            Self::Phone => shape::is_phone(text),
            Self::Mail => shape::is_email(text),
        }
    }

    /// What is wrong with an answer that does not fit.
    pub(crate) fn problem(self, text: &str) -> Problem {
        match self {
            Self::Date => Problem::NotADate,
            Self::Month => Problem::NotAMonth,
            Self::Year => Problem::NotAYear,
            Self::Time => Problem::NotATime,
            Self::Phone => Problem::NotAPhone,
            Self::Mail => Problem::NotAMail,
            Self::Identity | Self::Credit if has_form(self, text) => Problem::WrongCheckDigit,
            Self::Identity => Problem::NotAnIdentityNumber,
            Self::Credit => Problem::NotACreditCode,
            Self::Plain | Self::Address | Self::Bound => Problem::NotInForm { example: None },
        }
    }
}

/// Whether only birthday and check character can be wrong.
fn has_form(entry: Entry, text: &str) -> bool {
    let (body, last) = (text.get(..17), text.get(17..).unwrap_or_default());
    match entry {
        Entry::Identity => body.is_some_and(digits) && (last == "X" || last.len() == 1 && digits(last)),
        _ => text.len() == 18 && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()),
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let form = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, b)| if matches!(at, 4 | 7) { *b == b'-' } else { b.is_ascii_digit() });
    form && &text[..4] != "0000" && text.parse::<NaiveDate>().is_ok()
}

impl Text {
    /// What was typed, as it is meant.
    pub(crate) fn meaning(&self, typed: &str) -> String {
        let plain = if self.lines > 1 { paragraphs(typed) } else { line(typed) };
        let narrow = narrowed(&plain);
        let best = match self.entry {
            Entry::Date => date(&narrow, 3),
            Entry::Month => date(&narrow, 2),
            Entry::Year => Some(narrow.trim_end_matches('年').trim().to_owned()),
            Entry::Time => time(&narrow),
            Entry::Identity | Entry::Credit => Some(compact(&narrow).to_ascii_uppercase()),
            Entry::Phone => Some(phone(&narrow)),
            Entry::Mail => Some(compact_spaces(&narrow)),
            Entry::Plain | Entry::Address | Entry::Bound => self.in_form(&plain, &narrow),
        };
        best.filter(|best| {
            self.entry.fits(best) || !matches!(self.entry, Entry::Date | Entry::Month | Entry::Time)
        })
        .unwrap_or(plain)
    }

    /// The least changed of what may be meant that has the form asked for.
    fn in_form(&self, plain: &str, narrow: &str) -> Option<String> {
        let pattern = &self.pattern.as_ref()?.pattern;
        let compact = compact(narrow);
        let large = compact.to_ascii_uppercase();
        let tries = [plain.to_owned(), narrow.to_owned(), compact_spaces(narrow), compact, large];
        tries.into_iter().find(|text| pattern.fits(text))
    }
}

/// One line, without what is around it and what cannot be seen.
pub(crate) fn line(typed: &str) -> String {
    let spaced = typed.replace(['\n', '\r', '\t', '\u{3000}'], " ");
    spaced.chars().filter(|c| !is_hidden(*c)).collect::<String>().trim().to_owned()
}

fn paragraphs(typed: &str) -> String {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| *c == '\n' || *c == '\t' || !is_hidden(*c)).collect::<String>().trim().to_owned()
}

fn is_hidden(c: char) -> bool {
    yimen_contract::text::is_unprintable(c) || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// Full-width letters, digits and signs as narrow ones.
pub(crate) fn narrowed(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '−' | '–' | '—' => '-',
        '。' => '.',
        c => c,
    };
    text.chars().map(narrow).collect()
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '·' | '•')).collect()
}

fn compact_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn phone(text: &str) -> String {
    let compact = compact_spaces(text);
    let own = compact.strip_prefix("+86").or_else(|| compact.strip_prefix("0086")).unwrap_or(&compact);
    let number: String = own.chars().filter(|c| *c != '-').collect();
    let mobile = number.len() == 11 && number.starts_with('1') && digits(&number);
    if mobile { number } else { compact }
}

/// `2026年3月5日`, `2026/3/5`, `2026.3.5`, `20260305` and the like, as `2026-03-05`; with two numbers, a month.
fn date(text: &str, numbers: usize) -> Option<String> {
    let compact = compact_spaces(text);
    if digits(&compact) && compact.len() == 2 + 2 * numbers {
        let (year, rest) = compact.split_at(4);
        let (month, day) = rest.split_at(2);
        return Some(
            [year, month, day].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-"),
        );
    }
    let plain = compact.trim_end_matches(['日', '号']);
    let plain = if numbers == 2 { plain.trim_end_matches(['份', '月']) } else { plain };
    let parts: Vec<&str> = plain.split(['年', '月', '-', '/', '.']).collect();
    let (year, rest) = parts.split_first()?;
    let short = rest.iter().all(|part| (1..=2).contains(&part.len()) && digits(part));
    if parts.len() != numbers || year.len() != 4 || !digits(year) || !short {
        return None;
    }
    let padded = rest.iter().map(|part| format!("-{part:0>2}"));
    Some(padded.fold((*year).to_owned(), |date, part| date + &part))
}

/// `8:30`, `8点半`, `8点30分` as `08:30`.
fn time(text: &str) -> Option<String> {
    let compact = compact_spaces(text).replace(['点', '时'], ":").replace('半', "30");
    let (hours, minutes) = compact.trim_end_matches('分').split_once(':')?;
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    let short = |part: &str| (1..=2).contains(&part.len()) && digits(part);
    (short(hours) && short(minutes)).then(|| format!("{hours:0>2}:{minutes:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(entry: Entry, typed: &str) -> String {
        let text =
            Text { entry, least: 0, most: 99, pattern: None, lines: 1, not_before: None, not_after: None };
        text.meaning(typed)
    }

    #[test]
    fn days_are_understood_as_people_write_them() {
        for typed in [
            "2026-03-05",
            "2026年3月5日",
            "２０２６年０３月０５号",
            " 2026/3/5 ",
            "2026.3.5",
            "20260305",
            "2026 年 3 月 5 日",
        ] {
            assert_eq!(meant(Entry::Date, typed), "2026-03-05", "{typed}");
        }
        for typed in
            ["2026-02-30", "26-3-5", "3/5/2026", "5 March 2026", "2026-3", "0000-01-01", "２０２６-13-01"]
        {
            assert!(!Entry::Date.fits(&meant(Entry::Date, typed)), "{typed}");
            assert_eq!(meant(Entry::Date, typed), line(typed));
        }
        for typed in ["2026年3月", "2026年3月份", "2026-03", "202603", "2026/3"] {
            assert_eq!(meant(Entry::Month, typed), "2026-03", "{typed}");
        }
        assert!(!Entry::Month.fits(&meant(Entry::Month, "2026-13")));
        for typed in ["8:30", "8点半", "08：30", "8点30分"] {
            assert_eq!(meant(Entry::Time, typed), "08:30", "{typed}");
        }
        assert_eq!(meant(Entry::Time, "8点"), "08:00");
        assert!(!Entry::Time.fits(&meant(Entry::Time, "24:30")));
    }

    #[test]
    fn numbers_of_persons_and_organisations_are_checked() {
        assert_eq!(meant(Entry::Identity, "９９０１０１ 20151231 003x"), "99010120151231003X");
        for number in [
            "990101198501010010",
            "990101195806010026",
            "99010120151231003X",
            "990101194008080228",
            "990101200002290046",
        ] {
            assert!(Entry::Identity.fits(number), "{number}");
        }
        for number in ["990101198501010011", "990101198502300010"] {
            assert_eq!(Entry::Identity.problem(number), Problem::WrongCheckDigit, "{number}");
        }
        for number in
            ["", "12", "99010119850101001", "99010119850101001Y", "一二三四五六七八九十一二三四五六七八"]
        {
            assert!(!Entry::Identity.fits(number));
            assert_eq!(Entry::Identity.problem(number), Problem::NotAnIdentityNumber, "{number}");
        }
        assert_eq!(meant(Entry::Credit, "11990100990000025w"), "11990100990000025W");
        assert!(Entry::Credit.fits("119901009900000172"));
        assert_eq!(Entry::Credit.problem("119901009900000173"), Problem::WrongCheckDigit);
        assert_eq!(Entry::Credit.problem("1199"), Problem::NotACreditCode);
    }

    #[test]
    fn telephones_and_mail() {
        for typed in ["139 0000 0002", "+86 139-0000-0002", "１３９００００000２", "0086 13900000002"]
        {
            assert_eq!(meant(Entry::Phone, typed), "13900000002", "{typed}");
        }
        assert_eq!(meant(Entry::Phone, "0990-6612345"), "0990-6612345");
        assert_eq!(meant(Entry::Mail, " lin＠example.cn"), "lin@example.cn");
        assert!(!Entry::Phone.fits("ask my son"));
    }

    #[test]
    fn a_pattern_takes_the_least_changed_text_that_fits() {
        let pattern = yimen_contract::pattern::Pattern::parse("测[A-Z][A-Z0-9]{5,6}").unwrap();
        let shape = crate::model::Shape { text: String::new(), pattern };
        let text = Text {
            entry: Entry::Bound,
            least: 0,
            most: 99,
            pattern: Some(shape),
            lines: 1,
            not_before: None,
            not_after: None,
        };
        for typed in ["测A12345", "测a 12345", "测Ａ·12345", " 测a-12345"] {
            assert_eq!(text.meaning(typed), "测A12345", "{typed}");
        }
        assert_eq!(text.meaning("测 a1"), "测 a1");
    }

    #[test]
    fn what_cannot_be_seen_is_not_sent() {
        assert_eq!(line("\u{200b} 林\u{0}晓\r\n "), "林晓");
        assert_eq!(paragraphs("one\r\ntwo\u{202e}\rthree\n"), "one\ntwo\nthree");
    }
}
