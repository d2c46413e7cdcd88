//! The page where visitors choose language, text size and appearance.

use askama::Template;

use crate::{
    platform::i18n::Lang,
    web::frame::{Choice, Field, Frame, Mistake, Theme},
};

#[derive(Debug, Template)]
#[template(path = "hall/display.html")]
pub struct DisplayView {
    pub frame: Frame,
    pub csrf: String,
    /// Where to go back to after saving: a path of this portal.
    pub back: String,
    pub saved: bool,
    pub lang: Field,
    pub size: Field,
    pub theme: Field,
}

impl DisplayView {
    /// The form with the choices in force.
    pub fn new(frame: Frame, csrf: impl Into<String>, back: impl Into<String>) -> Self {
        let t = frame.t;
        let languages =
            Lang::ALL.map(|lang| Choice::new(lang.tag(), lang.endonym(), lang == t.lang()).lang(lang.tag()));
        let large = frame.look.large;
        let sizes = vec![
            Choice::new("normal", t.display_size_normal(), !large),
            Choice::new("large", t.display_size_large(), large).hint(t.display_size_large_hint()),
        ];
        let themes = Theme::ALL
            .map(|theme| Choice::new(theme.tag(), frame.theme_name(theme), frame.look.theme == theme));
        Self {
            csrf: csrf.into(),
            back: back.into(),
            saved: false,
            lang: Field::new("lang", t.display_language()).choices(languages.to_vec()),
            size: Field::new("mode", t.display_size()).choices(sizes),
            theme: Field::new("theme", t.display_theme()).choices(themes.to_vec()),
            frame,
        }
    }

    pub fn mistakes(&self) -> Vec<Mistake> {
        [&self.lang, &self.size, &self.theme].into_iter().filter_map(Field::mistake).collect()
    }
}
