//! The pages on which applications are filled in together.

use askama::Template;

use crate::{
    cases::views::Begun,
    web::frame::{Dates as _, Field, Frame, Mistake, Text},
};

/// Which applications of an event are begun.
#[derive(Debug, Template)]
#[template(path = "cases/choose.html")]
pub struct ChooseView {
    pub frame: Frame,
    pub name: Text,
    pub about: Text,
    /// Where the event itself is told of.
    pub event: String,
    pub csrf: String,
    pub mistakes: Vec<Mistake>,
    pub parts: Field,
    pub begun: Vec<Begun>,
}

/// Applications that are filled in together.
#[derive(Debug, Template)]
#[template(path = "cases/together.html")]
pub struct TogetherView {
    pub frame: Frame,
    pub name: Text,
    pub event: String,
    pub csrf: String,
    pub action: String,
    /// So many could not be handed in a moment ago; `Some(0)`: all were.
    pub left: Option<u32>,
    pub parts: Vec<PartLine>,
}

#[derive(Debug)]
pub struct PartLine {
    pub name: Text,
    pub agency: Text,
    pub standing: PartStanding,
}

/// How one of them stands.
#[derive(Debug)]
pub enum PartStanding {
    /// Where to go on.
    ToFill(String),
    /// Where to look through it.
    Ready(String),
    HandedIn {
        reference: String,
        state: String,
        kind: &'static str,
    },
}

impl TogetherView {
    fn ready(&self) -> usize {
        self.parts.iter().filter(|part| matches!(part.standing, PartStanding::Ready(_))).count()
    }

    /// Where to go on filling in.
    fn next(&self) -> Option<&str> {
        self.parts.iter().find_map(|part| match &part.standing {
            PartStanding::ToFill(at) => Some(at.as_str()),
            _ => None,
        })
    }
}
