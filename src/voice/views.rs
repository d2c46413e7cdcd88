//! What the pages of orders show.

use askama::Template;
use chrono::NaiveDateTime;

use crate::{
    cases::desk::views::ClockLine,
    catalogue::views::{ServiceCard, Words as _},
    web::frame::{Dates as _, Field, Frame, Input, Link, Mistake, Pager, Tab, Text},
};

/// The colour of a state.
pub fn state_kind(state: &str) -> &'static str {
    match state {
        "replied" | "visited" | "closed" => "ok",
        "returned" => "warn",
        "not-taken" | "merged" | "withdrawn" => "plain",
        _ => "brand",
    }
}

/// A way to say something.
#[derive(Debug)]
pub struct KindLine {
    pub kind: String,
    pub url: String,
    /// Where it is said without an account.
    pub guest: Option<String>,
}

/// What is not taken, and where to go with it.
#[derive(Debug)]
pub struct ElsewhereLine {
    pub name: Text,
    pub turn_to: Text,
}

/// A question with its answer.
#[derive(Debug)]
pub struct AnswerLine {
    pub question: String,
    pub answer: String,
    pub agency: Text,
    pub service: Option<Link>,
}

/// `/voice`
#[derive(Debug, Template)]
#[template(path = "voice/choose.html")]
pub struct ChooseView {
    pub frame: Frame,
    pub q: String,
    /// The service or the agency that it is about.
    pub about: Option<Link>,
    pub hidden: Vec<(&'static str, String)>,
    /// Whether something was looked for.
    pub searched: bool,
    pub hits: Vec<ServiceCard>,
    pub answers: Vec<AnswerLine>,
    pub kinds: Vec<KindLine>,
    pub elsewhere: Vec<ElsewhereLine>,
}

/// `/voice/answers`
#[derive(Debug, Template)]
#[template(path = "voice/answers.html")]
pub struct AnswersView {
    pub frame: Frame,
    pub q: String,
    pub answers: Vec<AnswerLine>,
}

/// `/voice/{kind}/new` and `/voice/{kind}/guest`
#[derive(Debug, Template)]
#[template(path = "voice/form.html")]
pub struct FormView {
    pub frame: Frame,
    pub csrf: String,
    pub action: String,
    pub kind: String,
    pub guest: bool,
    /// The service, agency or public thing that it is about.
    pub about: Option<Text>,
    pub hidden: Vec<(&'static str, String)>,
    pub inputs: Vec<Input>,
    pub picture: Option<Field>,
    /// What belongs elsewhere was chosen: where it goes.
    pub turn_to: Option<Text>,
}

impl FormView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        let picture = self.picture.iter().filter_map(Field::mistake);
        self.inputs.iter().filter_map(Input::mistake).chain(picture).collect()
    }
}

/// What somebody without an account keeps.
#[derive(Debug, Template)]
#[template(path = "voice/sent.html")]
pub struct SentView {
    pub frame: Frame,
    pub kind: String,
    pub number: String,
    /// In groups.
    pub code: String,
}

/// An order without anything that says who reported it.
#[derive(Debug, Clone)]
pub struct OrderLine {
    pub url: String,
    pub number: String,
    pub kind: String,
    pub state: String,
    pub topic: Option<Text>,
    pub agency: Option<Text>,
    pub district: Option<Text>,
    pub made: NaiveDateTime,
    pub clock: Option<ClockLine>,
    pub supervised: bool,
    pub secret: bool,
}

/// `/me/voice`
#[derive(Debug, Template)]
#[template(path = "voice/mine.html")]
pub struct MineView {
    pub frame: Frame,
    pub rows: Vec<OrderLine>,
}

/// Something that happened.
#[derive(Debug)]
pub struct StepLine {
    pub act: String,
    pub at: NaiveDateTime,
    pub by: Option<Text>,
    pub words: String,
    pub elsewhere: Option<ElsewhereLine>,
    pub number: Option<String>,
    /// What came of it.
    pub finding: Option<String>,
}

/// What somebody can say of an answer.
#[derive(Debug)]
pub struct JudgeForm {
    pub action: String,
    /// Number and code, where there is no account.
    pub hidden: Vec<(&'static str, String)>,
    pub verdict: Field,
    pub words: Field,
}

/// `/me/voice/{number}`, and the same by number and code.
#[derive(Debug, Template)]
#[template(path = "voice/order.html")]
pub struct OrderView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub guest: bool,
    pub line: OrderLine,
    pub goes_on: Option<String>,
    pub title: String,
    pub text: String,
    pub place: String,
    pub photos: Vec<String>,
    pub steps: Vec<StepLine>,
    pub verdict: Option<String>,
    pub judge: Option<JudgeForm>,
    /// Where it is taken back.
    pub withdraw: Option<String>,
}

impl OrderView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        let fields = self.judge.iter().flat_map(|form| [&form.verdict, &form.words]);
        fields.filter_map(Field::mistake).collect()
    }
}

/// `/agency/voice`
#[derive(Debug, Template)]
#[template(path = "voice/desk.html")]
pub struct DeskView {
    pub frame: Frame,
    pub said: Option<(&'static str, String)>,
    /// Whether this is the city's desk.
    pub desk: bool,
    pub late: usize,
    pub tabs: Vec<Tab>,
    pub rows: Vec<OrderLine>,
    pub all: usize,
    pub pager: Pager,
}

/// What somebody reported, as staff read it.
#[derive(Debug)]
pub struct ReportLine {
    pub title: String,
    pub text: String,
    pub place: String,
    pub name: Option<String>,
    pub at: NaiveDateTime,
    pub photos: Vec<String>,
}

/// What is disputed: a rating, what its agency had against it, and how that was decided.
#[derive(Debug)]
pub struct DisputeLine {
    pub agency: Text,
    pub level: &'static str,
    pub words: Option<String>,
    pub fault: &'static str,
    pub evidence: Option<String>,
    pub ruling: Option<&'static str>,
    pub reason: Option<String>,
    /// What the agency says, where it is the one that disputes it.
    pub said: Option<String>,
}

/// `/agency/voice/{number}`
#[derive(Debug, Template)]
#[template(path = "voice/desk-order.html")]
pub struct DeskOrderView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    /// The address of the list that leads here.
    pub list: &'static str,
    pub line: OrderLine,
    pub service: Option<Link>,
    pub asset: Option<Text>,
    pub helpers: Vec<Text>,
    pub merged_into: Option<String>,
    pub return_by: Option<chrono::NaiveDate>,
    /// The forms that can be opened: the end of the address, and words.
    pub acts: Vec<(&'static str, String)>,
    pub dispute: Option<DisputeLine>,
    pub reports: Vec<ReportLine>,
    pub steps: Vec<StepLine>,
    /// The question for a reason before the name and number are shown; nothing where they are secret.
    pub reason: Option<Field>,
    /// Name and telephone number.
    pub people: Vec<(Option<String>, Option<String>)>,
    /// Where question and answer are made public.
    pub publish: Option<String>,
}

/// `/agency/voice/author`
#[derive(Debug, Template)]
#[template(path = "voice/author.html")]
pub struct AuthorView {
    pub frame: Frame,
    pub csrf: String,
    pub number: Field,
    pub reason: Field,
    pub people: Option<Vec<(Option<String>, Option<String>)>>,
}

impl AuthorView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        [&self.number, &self.reason].into_iter().filter_map(Field::mistake).collect()
    }
}

/// A question and answer that staff look at.
#[derive(Debug)]
pub struct DraftLine {
    pub id: String,
    pub question: String,
    pub answer: String,
    pub agency: Text,
    pub published: bool,
    /// Whether the reader may publish it: who drafted it may not.
    pub publishes: bool,
}

/// `/agency/voice/answers`
#[derive(Debug, Template)]
#[template(path = "voice/drafts.html")]
pub struct DraftsView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub drafts: Vec<DraftLine>,
}
