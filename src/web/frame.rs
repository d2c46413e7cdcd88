//! What every page carries around its content: language, appearance, the city's name, and the links that
//! switch them. Knows no domain. A page's view struct owns a [`Frame`] and hands it to `base.html`.
//!
//! All switches are ordinary links: the server answers `?lang=`, `?mode=` and `?theme=` with a cookie and a
//! redirect back to [`Frame::path`], so they work without script.

mod around;
mod failure;
mod form;
mod parts;
mod step;
mod text;

use std::sync::Arc;

use yimen_contract::{Bilingual, city::Portal};

pub use around::{OWN, pieces};
pub use failure::{FailureView, Trouble};
pub use form::{Choice, Field, Mistake};
pub use parts::{Crumb, Link, Pager, PagerEntry, Tab};
pub use step::{Input, StepView};
pub use text::{Dates, SafeHtml, Text, is_han};

use crate::{
    platform::i18n::{Lang, Texts},
    web::assets,
};

#[derive(Debug, Clone)]
pub struct Frame {
    pub t: Texts,
    pub look: Look,
    /// Path and query of this page without `lang`, `mode` and `theme`, encoded as an address.
    pub path: String,
    pub city: Arc<CityLine>,
    /// Who is signed in.
    pub who: Option<Who>,
    /// The page is rendered for everybody, with what is a person's own cut out.
    pub cut: bool,
}

/// What the head of every page says of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Masked.
    pub name: String,
    /// For whom they act just now, masked; impossible to overlook.
    pub acting: Option<String>,
    /// A member of staff, at their own doors.
    pub staff: bool,
    /// Seconds until the session ends, if nothing else is asked for.
    pub left: i64,
    /// The time of day in the city at which it does.
    pub until: String,
}

/// How the visitor wants pages to look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// Larger letters, stronger contrast, simpler pages.
    pub large: bool,
    pub theme: Theme,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// As the visitor's device is set.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The word used in addresses, cookies and the `data-theme` attribute.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.tag() == tag)
    }
}

/// What the frame says about the city. Built once and shared by all pages.
#[derive(Debug, Clone)]
pub struct CityLine {
    pub name: Bilingual,
    /// The footer's line; a fictional city says so here.
    pub footer: Bilingual,
    /// Answers when nobody else does.
    pub hotline: String,
    /// Where people can go in person, and when.
    pub hall: Bilingual,
    pub hall_hours: Bilingual,
    /// Portals of higher levels.
    pub portals: Vec<Portal>,
    /// The portal's public address without a slash at its end.
    pub origin: String,
}

impl Frame {
    pub fn city_name(&self) -> &str {
        self.t.say(&self.city.name).text
    }

    pub fn city_footer(&self) -> &str {
        self.t.say(&self.city.footer).text
    }

    pub fn hall(&self) -> Text {
        Text::of(self.t, &self.city.hall)
    }

    pub fn hall_hours(&self) -> Text {
        Text::of(self.t, &self.city.hall_hours)
    }

    pub fn portals(&self) -> Vec<Link> {
        let link = |portal: &Portal| Link::new(Text::of(self.t, &portal.name), portal.url.as_str());
        self.city.portals.iter().map(link).collect()
    }

    /// The address of a file of `static/`.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// The full address of this page, as it stands on paper.
    pub fn address(&self) -> String {
        format!("{}{}", self.city.origin, self.path)
    }

    /// Whether this page lies under `section`, for marking the navigation.
    pub fn at(&self, section: &str) -> bool {
        self.path.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }

    /// This page in another language.
    pub fn lang_link(&self, lang: Lang) -> String {
        self.with("lang", lang.tag())
    }

    /// Where to sign in, and back to here afterwards. The address is the same everywhere it would not matter, so
    /// that pages stay small and alike.
    pub fn sign_in_link(&self) -> String {
        if self.path == "/" || self.path.starts_with("/sign-in") {
            return "/sign-in".to_owned();
        }
        let next: String = url::form_urlencoded::byte_serialize(self.path.as_bytes()).collect();
        format!("/sign-in?next={next}")
    }

    /// Where the session is kept going without script, and back to here from there.
    pub fn stay_link(&self) -> String {
        let door = if self.who.as_ref().is_some_and(|who| who.staff) { "/staff/stay" } else { "/me/stay" };
        let back: String = url::form_urlencoded::byte_serialize(self.path.as_bytes()).collect();
        format!("{door}?back={back}")
    }

    /// This page in the other text size.
    pub fn large_link(&self) -> String {
        self.with("mode", if self.look.large { "normal" } else { "large" })
    }

    pub fn theme_link(&self, theme: Theme) -> String {
        self.with("theme", theme.tag())
    }

    /// The three appearances as links, for the footer.
    pub fn theme_tabs(&self) -> [Tab; 3] {
        Theme::ALL.map(|theme| Tab {
            label: self.theme_name(theme).to_owned(),
            url: self.theme_link(theme),
            count: None,
            current: self.look.theme == theme,
        })
    }

    pub fn theme_name(&self, theme: Theme) -> &'static str {
        match theme {
            Theme::Auto => self.t.frame_theme_auto(),
            Theme::Light => self.t.frame_theme_light(),
            Theme::Dark => self.t.frame_theme_dark(),
        }
    }

    fn with(&self, key: &str, value: &str) -> String {
        let joint = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{joint}{key}={value}", self.path)
    }
}

#[cfg(test)]
impl Frame {
    /// The frame of the demo city, for rendering every view without a server.
    pub fn sample(t: Texts, look: Look, path: &str) -> Self {
        let city = CityLine {
            name: Bilingual::new("云州市", "Yunzhou"),
            footer: Bilingual::new(
                "云州市（虚构）：本站为演示城市，所列机构、人员与号码均为虚构。",
                "Yunzhou (fictional): a demonstration city. Its agencies, people and numbers are invented.",
            ),
            hotline: "12345".to_owned(),
            hall: Bilingual::new(
                "云州市政务服务大厅，云江区政和路1号",
                "Yunzhou Service Hall, 1 Zhenghe Road, Yunjiang District",
            ),
            hall_hours: Bilingual::new(
                "周一至周五 9:00–17:00，周六 9:00–12:00",
                "Mon–Fri 9:00–17:00, Sat 9:00–12:00",
            ),
            portals: vec![Portal {
                name: Bilingual::new("国家政务服务平台", "National service platform"),
                url: "https://www.example.gov/".to_owned(),
            }],
            origin: "http://localhost:8080".to_owned(),
        };
        Self { t, look, path: path.to_owned(), city: Arc::new(city), who: None, cut: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(path: &str) -> Frame {
        Frame::sample(Texts::new(Lang::Zh), Look::default(), path)
    }

    #[test]
    fn switches_keep_the_rest_of_the_address() {
        let search = frame("/search?q=%E9%A9%BE%E7%85%A7");
        assert_eq!(search.lang_link(Lang::En), "/search?q=%E9%A9%BE%E7%85%A7&lang=en");
        assert_eq!(frame("/services/YZ02022").large_link(), "/services/YZ02022?mode=large");
        assert_eq!(frame("/").theme_link(Theme::Dark), "/?theme=dark");
    }

    #[test]
    fn a_section_is_not_another_that_begins_like_it() {
        assert!(frame("/domains/D02").at("/domains"));
        assert!(frame("/domains?x=1").at("/domains"));
        assert!(!frame("/domainsale").at("/domains"));
    }
}
