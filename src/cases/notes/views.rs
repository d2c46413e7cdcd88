//! What the pages of notes show.

use askama::Template;
use chrono::NaiveDateTime;

use crate::{
    cases::views::CaseLine,
    catalogue::views::Contact,
    web::frame::{Crumb, Dates as _, Field, Frame, Input, Link, Mistake, Text},
};

/// Something that officers put down.
#[derive(Debug)]
pub struct NoteLine {
    pub id: String,
    pub title: Text,
    pub text: Text,
    pub at: NaiveDateTime,
}

/// `/services/{code}/start` of a service that officers answer beforehand.
#[derive(Debug, Template)]
#[template(path = "cases/notes/answer.html")]
pub struct NotesView {
    pub frame: Frame,
    pub name: Text,
    pub guide: String,
    pub domain: Crumb,
    pub agency: Link,
    pub contact: Contact,
    pub notes: Vec<NoteLine>,
    /// The box for what somebody looks for, where there is much.
    pub search: Option<Field>,
    /// What they have at this agency, where they ask about their own matter.
    pub mine: Option<Vec<CaseLine>>,
}

/// A service that officers answer, in their list.
#[derive(Debug)]
pub struct NotedService {
    pub url: String,
    pub name: Text,
    pub agency: Text,
}

/// `/agency/notes`
#[derive(Debug, Template)]
#[template(path = "cases/notes/desk.html")]
pub struct NotesDeskView {
    pub frame: Frame,
    pub services: Vec<NotedService>,
}

/// `/agency/notes/{code}`
#[derive(Debug, Template)]
#[template(path = "cases/notes/service.html")]
pub struct NotedView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, &'static str)>,
    pub name: Text,
    /// Where people read it.
    pub public: String,
    pub url: String,
    pub notes: Vec<NoteLine>,
    pub inputs: Vec<Input>,
}

impl NotedView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.inputs.iter().filter_map(Input::mistake).collect()
    }

    pub fn is_wrong(&self) -> bool {
        self.inputs.iter().any(|input| input.field.error.is_some())
    }
}
