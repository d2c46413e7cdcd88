//! Fields of a form as the components draw them: what was typed is kept, what is wrong is said beside the
//! field and once more at the top of the page.

use std::borrow::Cow;

/// A field with one value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// Name in the form, and the element's id.
    pub name: Cow<'static, str>,
    pub label: String,
    pub hint: Option<String>,
    /// What is wrong with the value, in a sentence that says how to put it right.
    pub error: Option<String>,
    pub value: String,
    /// Options, for a field that offers a choice.
    pub choices: Vec<Choice>,
    /// What the browser may fill in: a value of the `autocomplete` attribute.
    pub autocomplete: Option<&'static str>,
    pub required: bool,
}

impl Field {
    pub fn new(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = Some(error.into());
        self
    }

    #[must_use]
    pub fn choices(mut self, choices: Vec<Choice>) -> Self {
        self.choices = choices;
        self
    }

    /// The ids of the elements that describe the field.
    pub fn described_by(&self) -> Option<String> {
        let hint = self.hint.is_some().then(|| format!("{}-hint", self.name));
        let error = self.error.is_some().then(|| format!("{}-error", self.name));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (one, other) => one.or(other),
        }
    }

    /// The field's line in the error summary.
    pub fn mistake(&self) -> Option<Mistake> {
        let field = match self.choices.first() {
            // A group has no element of its own name: the link goes to its first option.
            Some(first) => first.id(&self.name),
            None => self.name.to_string(),
        };
        self.error.clone().map(|text| Mistake { field, label: self.label.clone(), text })
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    /// The language of the label where it is not the page's.
    pub lang: Option<&'static str>,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, lang: None, chosen }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn lang(mut self, tag: &'static str) -> Self {
        self.lang = Some(tag);
        self
    }

    pub fn id(&self, field: &str) -> String {
        format!("{field}-{}", self.value)
    }
}

/// A line of the error summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The id of the element to go to.
    pub field: String,
    /// The field's label, as two fields may have the same thing wrong with them.
    pub label: String,
    pub text: String,
}
