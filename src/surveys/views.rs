//! What the pages of surveys show.

use askama::Template;
use chrono::NaiveDate;

use super::{Names, Stage, Who};
use crate::{
    cases::papers::views::FileLine,
    catalogue::filling::Piece,
    web::frame::{Dates as _, Field, Frame, Link, Mistake, Pager, Tab, Text},
};

/// A survey in a list.
#[derive(Debug)]
pub struct SurveyLine {
    pub url: String,
    pub title: Text,
    pub agency: Text,
    pub stage: Stage,
    pub opens: NaiveDate,
    pub closes: NaiveDate,
}

/// `/surveys`
#[derive(Debug, Template)]
#[template(path = "surveys/list.html")]
pub struct SurveysView {
    pub frame: Frame,
    pub open: Vec<SurveyLine>,
    /// Those that are over, and those that are yet to come.
    pub others: Vec<SurveyLine>,
}

/// The way to answering, or what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// A link, and whether it changes what was answered before.
    Open {
        url: String,
        again: bool,
    },
    SignIn(String),
    Verify(String),
    /// They act for somebody else just now; this one answers for oneself.
    Acting,
    /// They have answered without their name.
    Answered,
    Soon,
    Over,
}

/// A question that is answered with a file.
#[derive(Debug)]
pub struct FileAsked {
    /// Its name in addresses.
    pub name: String,
    pub label: Text,
    pub hint: Option<Text>,
    pub required: bool,
    pub file: Option<FileLine>,
    pub error: Option<String>,
}

impl FileAsked {
    fn mistake(&self) -> Option<Mistake> {
        let (field, label) = (format!("p-{}", self.name), self.label.text.clone());
        self.error.clone().map(|text| Mistake { field, label, text })
    }
}

/// The form.
#[derive(Debug)]
pub struct SheetView {
    /// Where it goes; nothing where it is only looked at.
    pub action: Option<String>,
    pub csrf: String,
    pub pieces: Vec<Piece>,
    /// What was put to questions for files, and where that is done; nowhere where it is only looked at.
    pub files: Vec<FileAsked>,
    pub files_at: Option<String>,
    /// The question whether one's name goes with it.
    pub name: Option<Field>,
    /// What is said of names where that is no question.
    pub names: Names,
    pub too_much: bool,
    /// It takes the place of what was answered before.
    pub again: bool,
}

/// `/surveys/{id}`
#[derive(Debug, Template)]
#[template(path = "surveys/survey.html")]
pub struct SurveyView {
    pub frame: Frame,
    pub title: Text,
    pub lead: Text,
    pub agency: Link,
    pub who: Who,
    pub names: Names,
    pub opens: NaiveDate,
    pub closes: NaiveDate,
    pub kept: NaiveDate,
    pub url: String,
    pub said: Option<(&'static str, String)>,
    pub door: Door,
    pub sheet: Option<SheetView>,
    /// A button to take back what one answered under one's name.
    pub take_back: Option<String>,
    /// Staff look at it before it is published.
    pub preview: bool,
}

impl SurveyView {
    /// Where somebody signs in first, because their name may go with it.
    pub fn with_name(&self) -> Option<String> {
        let guest = matches!(&self.door, Door::Open { url, .. } if url.ends_with("/guest"));
        (guest && self.names == Names::Choice).then(|| format!("{}/answer", self.url))
    }

    pub fn mistakes(&self) -> Vec<Mistake> {
        let Some(sheet) = &self.sheet else { return Vec::new() };
        let name = sheet.name.iter().filter_map(Field::mistake);
        Piece::mistakes(&sheet.pieces).into_iter().chain(name).collect()
    }
}

/// `/surveys/{id}/files`: before the form.
#[derive(Debug, Template)]
#[template(path = "surveys/files.html")]
pub struct FilesView {
    pub frame: Frame,
    pub csrf: String,
    pub title: Text,
    /// The page of the survey, and this one.
    pub url: String,
    pub action: String,
    pub files: Vec<FileAsked>,
    /// As browsers want it, and in words.
    pub accept: String,
    pub limits: String,
    /// The answer is there already and changes with its files.
    pub again: bool,
}

impl FilesView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.files.iter().filter_map(FileAsked::mistake).collect()
    }
}

/// `/agency/surveys`
#[derive(Debug, Template)]
#[template(path = "surveys/desk.html")]
pub struct DeskView {
    pub frame: Frame,
    pub surveys: Vec<SurveyLine>,
    pub said: Option<(&'static str, String)>,
    /// Whether they can begin one: whoever works for no agency cannot.
    pub begins: bool,
}

/// A question at the desk.
#[derive(Debug)]
pub struct QuestionLine {
    pub name: String,
    pub label: Text,
    pub asked: String,
    pub required: bool,
    pub choices: Vec<Text>,
}

/// `/agency/surveys/{id}` while it is put together.
#[derive(Debug, Template)]
#[template(path = "surveys/design.html")]
pub struct DesignView {
    pub frame: Frame,
    pub csrf: String,
    pub url: String,
    pub title: Text,
    pub agency: Text,
    pub who: Who,
    pub names: Names,
    pub opens: NaiveDate,
    pub closes: NaiveDate,
    pub questions: Vec<QuestionLine>,
    pub said: Option<(&'static str, String)>,
    /// Whether they may publish it.
    pub leads: bool,
}

/// A bar of a total.
#[derive(Debug)]
pub struct Bar {
    pub label: Text,
    pub count: u64,
    /// Of those who answered, in hundredths, rounded.
    pub share: u64,
}

/// What a question came to.
#[derive(Debug)]
pub struct Total {
    pub label: Text,
    pub answered: u64,
    pub bars: Vec<Bar>,
    /// Of numbers: their sum and their mean, the mean to one place.
    pub numbers: Option<(u64, String)>,
}

/// What a survey about the portal came to, where the quality of services is told.
#[derive(Debug)]
pub struct AboutPortal {
    pub title: Link,
    pub opens: NaiveDate,
    pub closes: NaiveDate,
    pub answered: u64,
    pub totals: Vec<Total>,
}

/// `/agency/surveys/{id}` from the moment it is published.
#[derive(Debug, Template)]
#[template(path = "surveys/results.html")]
pub struct ResultsView {
    pub frame: Frame,
    pub csrf: String,
    pub url: String,
    pub public: String,
    pub title: Text,
    pub agency: Text,
    pub stage: Stage,
    pub who: Who,
    pub names: Names,
    pub opens: NaiveDate,
    pub closes: NaiveDate,
    pub kept: NaiveDate,
    pub named: u64,
    pub unnamed: u64,
    pub totals: Vec<Total>,
    pub said: Option<(&'static str, String)>,
    /// Whether they may end it or put off its end.
    pub leads: bool,
    pub cleared: bool,
}

/// An answer as staff read it.
#[derive(Debug)]
pub struct AnswerLine {
    pub name: Option<String>,
    pub day: NaiveDate,
    /// Question and answer.
    pub said: Vec<(Text, String)>,
    /// Question and file.
    pub files: Vec<(Text, FileLine)>,
}

/// `/agency/surveys/{id}/answers`
#[derive(Debug, Template)]
#[template(path = "surveys/answers.html")]
pub struct AnswersView {
    pub frame: Frame,
    pub url: String,
    pub title: Text,
    pub tabs: Vec<Tab>,
    pub named: bool,
    pub answers: Vec<AnswerLine>,
    pub pager: Pager,
}

/// How a stage is coloured; the word beside it says the same.
pub const fn stage_kind(stage: &Stage) -> &'static str {
    match stage {
        Stage::Draft | Stage::Over => "plain",
        Stage::Soon => "warn",
        Stage::Open => "ok",
    }
}

pub const fn stage_tag(stage: &Stage) -> &'static str {
    match stage {
        Stage::Draft => "draft",
        Stage::Soon => "soon",
        Stage::Open => "open",
        Stage::Over => "over",
    }
}
