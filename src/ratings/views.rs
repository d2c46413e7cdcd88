//! What the pages of ratings show.

use askama::Template;
use chrono::{Datelike as _, NaiveDate, NaiveDateTime};

use crate::{
    catalogue::views::ScoreView,
    platform::{Texts, named},
    web::frame::{Dates as _, Field, Frame, Input, Link, Mistake, Pager, Tab, Text},
};

/// A matter in a person's list.
#[derive(Debug)]
pub struct MineLine {
    pub name: Text,
    pub url: String,
    pub ended: NaiveDate,
    /// The last day on which it can be rated, where it was not.
    pub until: Option<NaiveDate>,
    /// The level's word, where it was.
    pub level: Option<&'static str>,
}

/// `/me/ratings`
#[derive(Debug, Template)]
#[template(path = "ratings/mine.html")]
pub struct MineView {
    pub frame: Frame,
    pub said: Option<(&'static str, String)>,
    pub open: Vec<MineLine>,
    pub rated: Vec<MineLine>,
}

/// A step of what became of it.
#[derive(Debug)]
pub struct StepLine {
    pub at: NaiveDateTime,
    /// In place of the moment, where that would tell staff at whose counter somebody just stood.
    pub day: Option<NaiveDate>,
    pub by: String,
    pub act: String,
    pub said: Option<String>,
}

/// What became of a bad rating, as whoever gave it sees it.
#[derive(Debug)]
pub struct FollowView {
    pub state: &'static str,
    /// By when the agency's next step is due.
    pub due: Option<NaiveDate>,
    pub steps: Vec<StepLine>,
    /// What they say to the answer, and with it what is still wrong; until that day.
    pub verdict: Option<(Field, Field, NaiveDate)>,
    pub said: Option<&'static str>,
    /// Where files are of what was put right.
    pub evidence: Vec<String>,
}

/// A rating, as whoever gave it sees it.
#[derive(Debug)]
pub struct GivenView {
    pub level: &'static str,
    pub first: Option<&'static str>,
    pub tags: Vec<Text>,
    pub words: Option<String>,
    pub at: NaiveDateTime,
    pub standing: &'static str,
    /// What its agency has against it, and why it was decided as it was.
    pub appeal: Option<(&'static str, Option<String>)>,
    pub follow: Option<FollowView>,
    /// They may say something else now, once.
    pub amend: Option<Field>,
}

/// How far somebody is with rating a matter.
#[derive(Debug)]
pub enum Stage {
    /// Which level. None is chosen for them.
    Ask {
        levels: Field,
        until: NaiveDate,
        /// What they had ticked and written where no level came with it.
        kept: Option<(Field, Field)>,
    },
    /// They chose one. What they may add to it, and then it is sent.
    Add {
        level: &'static str,
        tags: Field,
        words: Field,
    },
    Over,
    Given(Box<GivenView>),
}

impl Stage {
    /// What is wrong with what was sent.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let fields: Vec<&Field> = match self {
            Self::Ask { levels, kept, .. } => {
                let kept = kept.iter().flat_map(|(tags, words)| [tags, words]);
                std::iter::once(levels).chain(kept).collect()
            }
            Self::Add { words, .. } => vec![words],
            Self::Over => Vec::new(),
            Self::Given(given) => {
                let verdict = given.follow.iter().filter_map(|follow| follow.verdict.as_ref());
                let verdict = verdict.flat_map(|(verdict, still, _)| [verdict, still]);
                verdict.chain(&given.amend).collect()
            }
        };
        fields.into_iter().filter_map(Field::mistake).collect()
    }
}

/// `/me/ratings/{kind}/{reference}`
#[derive(Debug, Template)]
#[template(path = "ratings/rate.html")]
pub struct RateView {
    pub frame: Frame,
    pub csrf: String,
    pub url: String,
    /// The page of the matter itself.
    pub matter: String,
    pub name: Text,
    pub agency: Option<Link>,
    pub said: Option<(&'static str, String)>,
    /// It was set aside, and whoever rated may dispute that.
    pub disputes: bool,
    pub stage: Stage,
    pub mistakes: Vec<Mistake>,
}

/// A rating in a list of staff. Who gave it is not in it.
#[derive(Debug)]
pub struct DeskLine {
    pub url: String,
    pub name: Text,
    pub agency: Text,
    pub level: &'static str,
    /// The day alone: the minute would tell an officer who it was.
    pub given: NaiveDate,
    pub standing: &'static str,
    pub state: Option<&'static str>,
    pub due: Option<NaiveDate>,
    pub late: bool,
}

/// `/agency/ratings` and `/admin/ratings`
#[derive(Debug, Template)]
#[template(path = "ratings/desk.html")]
pub struct DeskView {
    pub frame: Frame,
    pub csrf: String,
    /// Seen from above the agencies.
    pub above: bool,
    pub tabs: Vec<Tab>,
    /// The tab that is shown, for the form of the filters.
    pub show: &'static str,
    pub filters: Vec<Field>,
    /// One service was asked for: its code, what it is called, and the list of all.
    pub service: Option<(String, Text, String)>,
    /// What is asked for, for the form that takes the list away.
    pub hidden: Vec<(&'static str, String)>,
    pub lines: Vec<DeskLine>,
    pub pager: Pager,
}

/// `/agency/ratings/code`
#[derive(Debug, Template)]
#[template(path = "ratings/code.html")]
pub struct CodeView {
    pub frame: Frame,
    pub agency: Field,
    pub counter: Field,
    pub mistakes: Vec<Mistake>,
    /// What stands on the poster: the agency or the hall, and the counter where one was named.
    pub name: Text,
    pub place: Option<String>,
    pub picture: String,
    pub address: String,
}

/// Something that a member of staff can do, with its form.
#[derive(Debug)]
pub struct OrderForm {
    pub act: &'static str,
    pub inputs: Vec<Input>,
    /// A picture or a document that can come with it.
    pub file: Option<Field>,
}

impl OrderForm {
    /// Whether something in it is wrong, so that it stands open.
    pub fn is_wrong(&self) -> bool {
        let file = self.file.as_ref().is_some_and(|field| field.error.is_some());
        file || self.inputs.iter().any(|input| input.field.error.is_some())
    }
}

/// What an agency has against a rating.
#[derive(Debug)]
pub struct AppealView {
    pub fault: &'static str,
    pub at: NaiveDateTime,
    pub evidence: Option<String>,
    pub ruling: Option<&'static str>,
    pub reason: Option<String>,
}

/// How whoever rated is reached, for whoever said why they want to know.
#[derive(Debug)]
pub struct ReachView {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// Which matter was rated, for whoever above said why they want to know.
#[derive(Debug)]
pub struct MatterView {
    pub kind: &'static str,
    pub reference: String,
    pub ended: NaiveDate,
}

/// Who of the agency has it in hand, and to whom it can be given.
#[derive(Debug)]
pub struct HandView {
    pub holder: Option<String>,
    /// Whose it is now, for the form.
    pub was: String,
    pub to: Field,
}

/// `/agency/ratings/{id}` and `/admin/ratings/{id}`
#[derive(Debug, Template)]
#[template(path = "ratings/one.html")]
pub struct OneView {
    pub frame: Frame,
    pub csrf: String,
    pub above: bool,
    /// The list, and this page.
    pub list: &'static str,
    pub url: String,
    pub name: Text,
    pub agency: Text,
    pub said: Option<(&'static str, String)>,
    pub level: &'static str,
    pub first: Option<&'static str>,
    pub tags: Vec<Text>,
    pub words: Option<String>,
    /// What was hidden of the words.
    pub hidden: Vec<String>,
    pub given: NaiveDate,
    pub standing: &'static str,
    pub state: Option<&'static str>,
    pub contact_by: Option<NaiveDate>,
    pub fix_by: Option<NaiveDate>,
    pub provisional: bool,
    pub late: bool,
    pub steps: Vec<StepLine>,
    pub verdict: Option<&'static str>,
    pub reply: Option<String>,
    pub appeal: Option<AppealView>,
    /// Files: what each shows, and where it is.
    pub evidence: Vec<(String, String)>,
    /// For the agency, while there is something to do.
    pub hand: Option<HandView>,
    pub forms: Vec<OrderForm>,
    pub reach: Option<ReachView>,
    pub matter: Option<MatterView>,
}

impl OneView {
    /// The agency spoke against it in vain, and may dispute that.
    pub fn disputes(&self) -> bool {
        !self.above && self.appeal.as_ref().is_some_and(|appeal| appeal.ruling == Some("rejected"))
    }

    pub fn mistakes(&self) -> Vec<Mistake> {
        let fields = |form: &OrderForm| -> Vec<Mistake> {
            let inputs = form.inputs.iter().filter_map(|input| input.field.mistake());
            inputs.chain(form.file.as_ref().and_then(Field::mistake)).collect()
        };
        self.forms.iter().flat_map(fields).collect()
    }
}

/// How many gave a level.
#[derive(Debug)]
pub struct LevelBar {
    pub level: &'static str,
    pub count: u64,
    /// In hundredths, rounded; and as it is said.
    pub share: u16,
    pub said: String,
}

/// A month of a service.
#[derive(Debug)]
pub struct MonthLine {
    pub month: NaiveDate,
    pub score: ScoreView,
}

/// A rating that something was done about, as everybody may read it: without words, and without a day.
#[derive(Debug)]
pub struct PublicLine {
    /// On the page of an agency: what was rated.
    pub service: Option<Link>,
    pub level: &'static str,
    pub first: Option<&'static str>,
    pub month: NaiveDate,
    pub tags: Vec<Text>,
    pub standing: &'static str,
    /// Why it was set aside, or is to be.
    pub fault: Option<&'static str>,
    pub state: Option<&'static str>,
    pub reply: Option<String>,
    pub verdict: Option<&'static str>,
}

/// `/services/{code}/ratings` and `/agencies/{slug}/ratings`
#[derive(Debug, Template)]
#[template(path = "ratings/public.html")]
pub struct PublicView {
    pub frame: Frame,
    /// What it is about: the service or the agency.
    pub name: Text,
    pub page: String,
    /// Of a service: its domain, and its agency.
    pub of: Option<(Link, Link)>,
    pub score: Option<ScoreView>,
    pub bars: Vec<LevelBar>,
    pub months: Vec<MonthLine>,
    /// How many do not count, after an appeal.
    pub aside: u64,
    pub lines: Vec<PublicLine>,
}

/// 2026年11月, November 2026
pub fn month_name(t: &Texts, month: &NaiveDate) -> String {
    t.rating_month(named::Month(month.month()), named::Year(month.year()))
}

/// Whether a rating does not simply count.
pub fn is_marked(standing: &str) -> bool {
    standing != "counts"
}

/// How a level is coloured; the word beside it says the same.
pub fn level_kind(level: &str) -> &'static str {
    match level {
        "very-satisfied" | "satisfied" => "ok",
        "basically-satisfied" => "plain",
        _ => "danger",
    }
}

/// How a state of what follows is coloured.
pub fn state_kind(state: &str) -> &'static str {
    match state {
        "opened" | "contacted" => "warn",
        "escalated" => "danger",
        "closed" | "settled" => "ok",
        _ => "plain",
    }
}
