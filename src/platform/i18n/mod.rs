//! The two languages of the portal.
//!
//! Every text a person reads lives in `locales/<language>/*.ftl`. The build turns each message into a method
//! of [`Texts`]: `search-found = …{ $count }…` becomes `texts.search_found(count)`. A text that is missing in
//! a language, or called with other arguments than it has, does not compile.
//!
//! Fluent can wrap every argument in invisible isolation marks (U+2068, U+2069) for text that mixes writing
//! directions. Both our languages run left to right, and the marks would end up in copied numbers and in
//! searches, so they are switched off.

use std::{str::FromStr, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;
use yimen_contract::Bilingual;

/// What can be put into a text: words and whole numbers, also behind the references that templates hand over.
pub trait Value<'a> {
    fn value(self) -> FluentValue<'a>;
}

impl Value<'_> for String {
    fn value(self) -> FluentValue<'static> {
        self.into()
    }
}

impl<'a> Value<'a> for &'a str {
    fn value(self) -> FluentValue<'a> {
        self.into()
    }
}

impl<'a> Value<'a> for &&'a str {
    fn value(self) -> FluentValue<'a> {
        (*self).into()
    }
}

impl<'a> Value<'a> for &'a String {
    fn value(self) -> FluentValue<'a> {
        self.as_str().into()
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Value<'_> for $number {
            fn value(self) -> FluentValue<'static> {
                self.into()
            }
        }

        impl Value<'_> for &$number {
            fn value(self) -> FluentValue<'static> {
                (*self).into()
            }
        }
    )*};
}

numbers!(u8 u16 u32 u64 usize i32 i64);

impl<'a, T: Copy + Value<'a>> Value<'a> for &&T {
    fn value(self) -> FluentValue<'a> {
        (**self).value()
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The tag used in addresses, cookies and the `lang` attribute.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language's own name for itself.
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::Zh => "简体中文",
            Self::En => "English",
        }
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// The best language for an `Accept-Language` header, by its quality values.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for part in header.split(',').take(20) {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim();
            let quality = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.parse::<f32>().unwrap_or(0.0));
            let primary = tag.split('-').next().unwrap_or_default();
            let lang = match primary.to_ascii_lowercase().as_str() {
                "zh" => Self::Zh,
                "en" => Self::En,
                _ => continue,
            };
            if quality > 0.0 && best.is_none_or(|(_, found)| quality > found) {
                best = Some((lang, quality));
            }
        }
        best.map(|(lang, _)| lang)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the languages are zh-CN and en")]
pub struct UnknownLanguage;

impl FromStr for Lang {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        match tag {
            "zh-CN" | "zh" => Ok(Self::Zh),
            "en" => Ok(Self::En),
            _ => Err(UnknownLanguage),
        }
    }
}

/// Every text of the portal in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    lang: Lang,
}

impl Texts {
    pub const fn new(lang: Lang) -> Self {
        Self { lang }
    }

    pub const fn lang(self) -> Lang {
        self.lang
    }

    /// What a package says, in this language. Where the English is missing the Chinese stands in: see
    /// [`Said::fallback`].
    pub fn say(self, text: &Bilingual) -> Said<'_> {
        match self.lang {
            Lang::En if !text.en.trim().is_empty() => Said { text: &text.en, fallback: false },
            Lang::En => Said { text: &text.zh, fallback: !text.zh.trim().is_empty() },
            Lang::Zh => Said { text: &text.zh, fallback: false },
        }
    }

    const fn choose(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self.lang {
            Lang::Zh => chinese,
            Lang::En => english,
        }
    }

    fn format<'a, const N: usize>(self, id: &str, arguments: [(&'static str, FluentValue<'a>); N]) -> String {
        let bundle = match self.lang {
            Lang::Zh => &*CHINESE_BUNDLE,
            Lang::En => &*ENGLISH_BUNDLE,
        };
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let arguments: FluentArgs<'a> = arguments.into_iter().collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        for error in errors {
            tracing::error!(%error, id, "a text could not be put together");
        }
        text
    }
}

/// A text from a package in the reader's language, or in Chinese when nothing else was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    pub text: &'a str,
    /// The text is Chinese although the reader asked for another language: pages mark it.
    pub fallback: bool,
}

static CHINESE_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::Zh, CHINESE));
static ENGLISH_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Lang::En, ENGLISH));

fn bundle(lang: Lang, source: &str) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    // The build has already read the same source and would have stopped at a mistake.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_s_wish_is_read_with_its_weights() {
        assert_eq!(Lang::accepted("en-GB,en;q=0.8,zh;q=0.5"), Some(Lang::En));
        assert_eq!(Lang::accepted("fr, zh-TW;q=0.7, en;q=0.3"), Some(Lang::Zh));
        assert_eq!(Lang::accepted("en;q=0, zh;q=0.1"), Some(Lang::Zh));
        assert_eq!(Lang::accepted("fr;q=x,,;;"), None);
    }

    #[test]
    fn a_missing_translation_falls_back_to_chinese_and_says_so() {
        let text = Bilingual::new("驾驶证", "");
        assert_eq!(Texts::new(Lang::En).say(&text), Said { text: "驾驶证", fallback: true });
        assert!(!Texts::new(Lang::Zh).say(&text).fallback);
    }
}
