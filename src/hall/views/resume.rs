//! The page that gives back what was filled in.

use askama::Template;

use crate::web::frame::Frame;

#[derive(Debug, Template)]
#[template(path = "hall/resume.html")]
pub struct ResumeView {
    pub frame: Frame,
    pub csrf: String,
    /// Where the form goes.
    pub action: String,
    pub answers: Vec<(String, String)>,
    /// It was filled in for somebody for whom the reader does not act just now.
    pub for_another: bool,
    /// Where to go instead.
    pub back: &'static str,
}

impl ResumeView {
    /// The answers as their writer knows them: what pages put in by themselves is none.
    fn shown(&self) -> Vec<&str> {
        let typed = self.answers.iter().map(|(_, value)| value.as_str());
        typed.filter(|value| !value.trim().is_empty() && value.parse::<uuid::Uuid>().is_err()).collect()
    }
}

#[cfg(test)]
impl ResumeView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let answers = [("words", "名字里的“𬱟”写成了别的字"), ("what", "name"), ("id", "")];
        Self {
            csrf: "token".to_owned(),
            action: "/me/privacy/correct".to_owned(),
            answers: answers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
            for_another: false,
            back: "/me",
            frame,
        }
    }

    pub(crate) fn sample_for_another(frame: Frame) -> Self {
        Self { for_another: true, ..Self::sample(frame) }
    }
}

/// `/me/stay`, for whoever has no script: until when the session lasts now.
#[derive(Debug, Template)]
#[template(path = "hall/stay.html")]
pub struct StayView {
    pub frame: Frame,
    pub until: String,
    /// It has reached its longest time and lasts no longer, whatever is done.
    pub longest: bool,
    pub back: String,
}

#[cfg(test)]
impl StayView {
    pub(crate) fn sample(frame: Frame) -> Self {
        Self { until: "10:45".to_owned(), longest: false, back: "/me/privacy".to_owned(), frame }
    }

    pub(crate) fn sample_longest(frame: Frame) -> Self {
        Self { longest: true, ..Self::sample(frame) }
    }
}
