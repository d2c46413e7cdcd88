//! A form with a draft in it: what it means, what is wrong, which page comes next. Everything follows from the answers,
//! so that somebody can stop at any page and go on on another device.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::draft::Draft;
use crate::model::{Form, Kind, Page};
use crate::name::root;
use crate::problem::{Problem, Wrong};
use crate::walk::Walk;

/// What a draft means in its form, on a day.
#[derive(Clone)]
pub struct Filled<'f, 'd> {
    pub(crate) form: &'f Form,
    pub(crate) draft: &'d Draft,
    pub(crate) today: NaiveDate,
    document: Map<String, Value>,
    hidden: Vec<&'f str>,
    wrong: Vec<Wrong>,
}

/// Nothing of what it holds.
impl std::fmt::Debug for Filled<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Filled").field("wrong", &self.wrong.len()).finish_non_exhaustive()
    }
}

/// How a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Answered, and nothing is wrong.
    Done,
    /// Answered, and something is wrong or missing.
    Wrong,
    /// Not looked at yet.
    Open,
    /// Its questions do not apply.
    Skipped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'f> {
    pub page: &'f Page,
    pub state: State,
}

impl Form {
    /// What a draft means. `today` is the day in the city, for answers that must not lie before or after it.
    pub fn fill<'f, 'd>(&'f self, draft: &'d Draft, today: NaiveDate) -> Filled<'f, 'd> {
        let mut walk = Walk { draft, today, wrong: Vec::new() };
        let mut hidden = Vec::new();
        let document = walk.fields(&self.fields, "", &mut hidden);
        Filled { form: self, draft, today, document, hidden, wrong: walk.wrong }
    }
}

impl<'f> Filled<'f, '_> {
    /// Everything that is wrong or missing, in the order of the form, at most one thing at a place.
    pub fn wrong(&self) -> &[Wrong] {
        &self.wrong
    }

    /// What is wrong or missing on a page. Files are handed in apart from pages.
    pub fn wrong_on(&self, page: &Page) -> impl Iterator<Item = &Wrong> {
        let typed = self.wrong.iter().filter(|wrong| !self.is_file(&wrong.name));
        typed.filter(|wrong| page.fields.iter().any(|field| field == root(&wrong.name)))
    }

    fn is_file(&self, name: &str) -> bool {
        matches!(self.form.at(name).map(|field| &field.kind), Some(Kind::File(_)))
    }

    /// What is wrong at a place.
    pub fn problem(&self, name: &str) -> Option<&Problem> {
        self.wrong.iter().find(|wrong| wrong.name == name).map(|wrong| &wrong.problem)
    }

    /// What is still to be answered.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        let missing = |wrong: &&Wrong| matches!(wrong.problem, Problem::Missing | Problem::MustAgree);
        self.wrong.iter().filter(missing).map(|wrong| wrong.name.as_str())
    }

    /// Whether a question of a page applies, after the answers so far.
    pub fn applies(&self, field: &str) -> bool {
        !self.hidden.contains(&field)
    }

    /// All pages, and how they stand.
    pub fn steps(&self) -> impl Iterator<Item = Step<'f>> + '_ {
        self.form.pages.iter().map(|page| Step { page, state: self.state(page) })
    }

    pub fn state(&self, page: &Page) -> State {
        let mut shown =
            page.fields.iter().filter(|field| self.applies(field) && !self.is_file(field)).peekable();
        if shown.peek().is_none() {
            State::Skipped
        } else if !shown.all(|field| self.draft.was_asked(field)) {
            State::Open
        } else if self.wrong_on(page).next().is_some() {
            State::Wrong
        } else {
            State::Done
        }
    }

    /// The first page that is not done; nothing where only the summary is left.
    pub fn unfinished(&self) -> Option<&'f Page> {
        self.steps().find(|step| matches!(step.state, State::Open | State::Wrong)).map(|step| step.page)
    }

    /// The page that comes after this one; nothing where the summary does.
    pub fn next(&self, page: &Page) -> Option<&'f Page> {
        let after = self.form.pages.iter().skip_while(|other| other.id != page.id).skip(1);
        self.skipping(after).next()
    }

    /// The page before this one; nothing on the first.
    pub fn previous(&self, page: &Page) -> Option<&'f Page> {
        let before = self.form.pages.iter().take_while(|other| other.id != page.id);
        self.skipping(before).last()
    }

    fn skipping(&self, pages: impl Iterator<Item = &'f Page>) -> impl Iterator<Item = &'f Page> {
        pages.filter(|page| self.state(page) != State::Skipped)
    }

    /// Which page this is and of how many, counted from 1, without those that do not apply.
    pub fn place(&self, page: &Page) -> (usize, usize) {
        let shown: Vec<&Page> = self.skipping(self.form.pages.iter()).collect();
        (shown.iter().take_while(|other| other.id != page.id).count() + 1, shown.len())
    }

    /// The document as it is so far, wrong answers included.
    pub fn document(&self) -> &Map<String, Value> {
        &self.document
    }

    /// Whether the form's schema takes the document as it is. Days that must lie before or after others, and addresses of
    /// which only the road was typed, are no matter of the schema; apart from them, it takes exactly what nothing is wrong with.
    pub fn fits_schema(&self) -> bool {
        self.form.strict.misfits(&Value::Object(self.document.clone())).is_empty()
    }

    /// What is sent to the agency: it fits the form's schema. What does not apply is not in it.
    pub fn submission(&self) -> Result<Map<String, Value>, Vec<Wrong>> {
        if !self.wrong.is_empty() {
            return Err(self.wrong.clone());
        }
        let document = Value::Object(self.document.clone());
        let misfits = self.form.strict.misfits(&document);
        match document {
            Value::Object(document) if misfits.is_empty() => Ok(document),
            _ => Err(misfits.into_iter().map(|name| Wrong { name, problem: Problem::DoesNotFit }).collect()),
        }
    }
}
