//! Pieces of text that know how they are to be written into a page.

use std::fmt;

use askama::filters::{Escaper as _, Html, HtmlSafe};
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};
use yimen_contract::Bilingual;

use crate::platform::i18n::{Lang, Texts, named};

/// Markup that has been made safe before it reached a view: Markdown after the sanitiser, or search
/// highlights around escaped text. Templates write it as it is, so nothing else may be put in here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SafeHtml(pub String);

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for SafeHtml {}

/// What a package says, in the reader's language; or in Chinese, then marked as such wherever it is
/// written. Displays as markup: in attributes and titles use the field `text`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub text: String,
    pub fallback: bool,
}

impl Text {
    pub fn of(t: Texts, text: &Bilingual) -> Self {
        let said = t.say(text);
        Self { text: said.text.trim().to_owned(), fallback: said.fallback }
    }

    /// A text that is right in the reader's language already.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), fallback: false }
    }

    /// What somebody wrote themself, in whatever language.
    pub fn written(t: Texts, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { fallback: t.lang() != Lang::Zh && is_han(&text), text }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The language of the text where it is not the page's.
    pub fn lang(&self) -> Option<&'static str> {
        self.fallback.then_some(Lang::Zh.tag())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.fallback {
            return Html.write_escaped_str(f, &self.text);
        }
        // Only readers of another language ever see the mark.
        let mark = Texts::new(Lang::En).text_in_chinese();
        write!(f, "<span lang=\"{}\">", Lang::Zh.tag())?;
        Html.write_escaped_str(&mut *f, &self.text)?;
        write!(f, "</span> <span class=\"tongue\">{mark}</span>")
    }
}

impl HtmlSafe for Text {}

impl Texts {
    /// Words of people and of agencies on a page of ours: on an English page each stretch of Chinese in them is
    /// marked as such, so that a screen reader speaks it instead of spelling it.
    pub fn marked(self, words: impl fmt::Display) -> SafeHtml {
        let text = words.to_string();
        let mut markup = String::with_capacity(text.len() + 32);
        let mut inside = false;
        for letter in text.chars() {
            // Hidden letters belong to the name they stand in.
            let han = is_han_letter(letter) || inside && letter == '*';
            if self.lang() == Lang::En && han != inside {
                markup.push_str(if han { "<span lang=\"zh-CN\">" } else { "</span>" });
                inside = han;
            }
            // Writing to a string cannot fail.
            let _ = Html.write_escaped_char(&mut markup, letter);
        }
        if inside {
            markup.push_str("</span>");
        }
        SafeHtml(markup)
    }
}

/// Whether a name is written in Chinese characters, which a reader of another language has to be told.
pub fn is_han(name: &str) -> bool {
    name.chars().any(is_han_letter)
}

fn is_han_letter(letter: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&letter)
        || ('\u{ff00}'..='\u{ffef}').contains(&letter)
        || letter > '\u{1ffff}'
}

/// Dates as people say them.
pub trait Dates {
    /// 2026年12月3日, 3 December 2026
    fn day(self, date: &NaiveDate) -> String;
    /// 2026年12月3日 09:30, 3 December 2026, 09:30
    fn moment(self, time: &NaiveDateTime) -> String;
    /// 12月3日 09:30, for what is near.
    fn short_moment(self, time: &NaiveDateTime) -> String;
}

impl Dates for Texts {
    fn day(self, date: &NaiveDate) -> String {
        self.date_day(named::Day(date.day()), named::Month(date.month()), named::Year(date.year()))
    }

    fn moment(self, time: &NaiveDateTime) -> String {
        self.date_moment(
            named::Day(time.day()),
            named::Month(time.month()),
            named::Time(clock(time)),
            named::Year(time.year()),
        )
    }

    fn short_moment(self, time: &NaiveDateTime) -> String {
        self.date_short_moment(named::Day(time.day()), named::Month(time.month()), named::Time(clock(time)))
    }
}

fn clock(time: &NaiveDateTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_escaped_and_a_borrowed_language_is_marked() {
        let english = Texts::new(Lang::En);
        assert_eq!(Text::of(english, &Bilingual::new("甲", "A & B")).to_string(), "A &#38; B");
        let fallback = Text::of(english, &Bilingual::new("<驾驶证>", "")).to_string();
        assert!(fallback.starts_with("<span lang=\"zh-CN\">&#60;驾驶证&#62;</span>"), "{fallback}");
    }

    #[test]
    fn chinese_within_english_is_marked_and_nothing_else_is_markup() {
        let english = Texts::new(Lang::En);
        let SafeHtml(words) = english.marked("You act for 高** <b>");
        assert_eq!(words, "You act for <span lang=\"zh-CN\">高**</span> &#60;b&#62;");
        assert_eq!(Texts::new(Lang::Zh).marked("代 高** 办事").0, "代 高** 办事");
    }

    #[test]
    fn dates_read_as_people_say_them() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 3).unwrap();
        assert_eq!(Texts::new(Lang::Zh).day(&day), "2026年12月3日");
        assert_eq!(Texts::new(Lang::En).day(&day), "3 December 2026");
        let time = day.and_hms_opt(9, 5, 0).unwrap();
        assert_eq!(Texts::new(Lang::Zh).moment(&time), "2026年12月3日 09:05");
        assert_eq!(Texts::new(Lang::En).moment(&time), "3 December 2026, 09:05");
        assert_eq!(Texts::new(Lang::Zh).short_moment(&time), "12月3日 09:05");
        assert_eq!(Texts::new(Lang::En).short_moment(&time), "3 December, 09:05");
    }
}
