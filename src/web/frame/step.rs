//! A page with one form on it: a question, its fields, one button.

use askama::Template;

use super::{Field, Frame, Link, Mistake};

#[derive(Debug, Template)]
#[template(path = "step.html")]
pub struct StepView {
    pub frame: Frame,
    pub csrf: String,
    /// Where the form goes.
    pub action: String,
    pub title: String,
    /// Paragraphs above the form.
    pub lead: Vec<String>,
    /// Something that happened, said above everything else: its kind (`ok`, `info`, `warn`) and its words.
    pub notice: Option<(&'static str, String)>,
    pub hidden: Vec<(&'static str, String)>,
    pub inputs: Vec<Input>,
    pub submit: String,
    /// A second button of the same form: name, value, words.
    pub second_button: Option<(&'static str, &'static str, String)>,
    pub links: Vec<Link>,
    /// Words of the button that asks for a passkey, where the page offers it: shown by script only.
    pub passkey: Option<String>,
    /// A mistake that is no single field's.
    pub general: Option<String>,
}

/// A field and the kind of its box.
#[derive(Debug, Clone)]
pub struct Input {
    pub field: Field,
    pub kind: &'static str,
}

impl Input {
    pub fn new(kind: &'static str, field: Field) -> Self {
        Self { field, kind }
    }

    pub fn is_choice(&self) -> bool {
        matches!(self.kind, "radio" | "checkbox")
    }

    /// Whether there are too many choices to stand side by side.
    pub fn is_list(&self) -> bool {
        self.kind == "select"
    }

    pub fn is_long(&self) -> bool {
        self.kind == "long"
    }

    /// The field's line in the error summary. A list is one element, whatever can be chosen in it.
    pub fn mistake(&self) -> Option<Mistake> {
        let mistake = self.field.mistake()?;
        Some(if self.is_list() { Mistake { field: self.field.name.to_string(), ..mistake } } else { mistake })
    }
}

impl StepView {
    pub fn new(frame: Frame, csrf: String, action: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            frame,
            csrf,
            action: action.into(),
            title: title.into(),
            lead: Vec::new(),
            notice: None,
            hidden: Vec::new(),
            inputs: Vec::new(),
            submit: String::new(),
            second_button: None,
            links: Vec::new(),
            passkey: None,
            general: None,
        }
    }

    pub fn mistakes(&self) -> Vec<Mistake> {
        let general = self.general.iter().map(|text| Mistake {
            field: self.inputs.first().map_or("main", |input| &*input.field.name).to_owned(),
            label: self.title.clone(),
            text: text.clone(),
        });
        general.chain(self.inputs.iter().filter_map(Input::mistake)).collect()
    }

    /// Says beside a field what is wrong with it, after what was said before. A field that is not there makes it a
    /// mistake of the page's.
    pub fn wrong(&mut self, name: &str, words: &str) {
        let place = match self.inputs.iter_mut().find(|input| input.field.name == name) {
            Some(input) => &mut input.field.error,
            None => &mut self.general,
        };
        let before = place.take();
        *place = Some(before.map_or(words.to_owned(), |before| format!("{before} {words}")));
    }

    fn said(&self, kind: &str) -> Option<&str> {
        self.notice.as_ref().filter(|(said, _)| *said == kind).map(|(_, words)| words.as_str())
    }

    /// Whether anything is wrong.
    pub fn is_wrong(&self) -> bool {
        self.general.is_some() || self.inputs.iter().any(|input| input.field.error.is_some())
    }
}

#[cfg(test)]
impl StepView {
    /// With a box, a choice and everything a step may have.
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let mut view = Self::new(frame, "token".to_owned(), "/sign-in", t.sign_in_title());
        view.lead = vec![t.recover_lead().to_owned(), t.recover_counter().to_owned()];
        view.hidden = vec![("next", "/me".to_owned())];
        let login =
            Field::new("login", t.sign_in_login()).hint(t.sign_in_login_hint()).value("<13800000001>");
        let agree = super::Choice::new("yes", t.register_agree(), true);
        view.inputs = vec![
            Input::new("text", login),
            Input::new("password", Field::new("password", t.sign_in_password())),
            Input::new("checkbox", Field::new("agree", t.register_rules()).choices(vec![agree])),
        ];
        t.sign_in_submit().clone_into(&mut view.submit);
        view.second_button = Some(("way", "code", t.sign_in_by_code().to_owned()));
        view.passkey = Some(t.sign_in_by_passkey().to_owned());
        view.links = vec![Link::new(super::Text::plain(t.sign_in_register()), "/register")];
        view
    }

    /// After something was done.
    pub(crate) fn sample_done(frame: Frame) -> Self {
        let words = frame.t.sign_in_changed().to_owned();
        Self { notice: Some(("ok", words)), ..Self::sample(frame) }
    }

    /// With a mistake in a field and one that is no field's.
    pub(crate) fn sample_wrong(frame: Frame) -> Self {
        let t = frame.t;
        let mut view = Self::sample(frame);
        view.general = Some(t.sign_in_wrong().to_owned());
        view.inputs[0].field.error = Some(t.reach_form().to_owned());
        view
    }
}
