//! What the pages of scorecards show. Numbers are words already.

use askama::Template;
use chrono::NaiveDate;
use yimen_scores::{
    Formula, Indicator, NoStars, Part, Score, ScorePart, Share,
    chart::{Chart, Drawn},
};

use super::{
    model::Sum,
    sheet::{Place, since},
};
use crate::{
    catalogue::views::percent,
    platform::{Texts, named},
    surveys::views::AboutPortal,
    web::frame::{Dates as _, Field, Frame, Link, Mistake, Pager, SafeHtml, Tab, Text},
};

/// So many places apart are worth a word.
const APART: i64 = 3;

/// The heads of a table of services or agencies, behind the name and the stars.
const HEADS: [&str; 10] = [
    "points",
    "finished",
    "rated",
    "satisfied",
    "on-time",
    "first-pass",
    "reachable",
    "half",
    "nine-in-ten",
    "guide",
];

/// Stars, or why there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarsView {
    pub drawn: Option<String>,
    pub said: String,
}

impl StarsView {
    pub fn of(t: Texts, score: Option<&Score>, shown: bool) -> Self {
        if !shown {
            return Self { drawn: None, said: t.quality_hidden().to_owned() };
        }
        let said = match score.map(|score| score.stars) {
            None => t.quality_no_formula().to_owned(),
            Some(Ok(stars)) => t.quality_stars(stars),
            Some(Err(NoStars::FewRatings { have, need })) => {
                t.quality_few(named::Have(have), named::Need(need))
            }
            Some(Err(NoStars::LittleMeasured { weight })) => t.quality_little(weight),
        };
        let stars = score.and_then(|score| score.stars.ok()).map(usize::from);
        let drawn = stars.map(|stars| "★".repeat(stars) + &"☆".repeat(5_usize.saturating_sub(stars)));
        Self { drawn, said }
    }
}

/// Where an agency stands in the league.
#[derive(Debug)]
pub struct PlaceView {
    pub quality: usize,
    pub quantity: usize,
    /// Much is offered, and it is not as good.
    pub gap: Option<String>,
}

/// A service or an agency in a table.
#[derive(Debug)]
pub struct CardLine {
    pub name: Link,
    pub stars: StarsView,
    pub place: Option<PlaceView>,
    /// In the order of the heads.
    pub cells: Vec<String>,
    /// The single ratings, for those who may see them.
    pub ratings: Option<String>,
}

impl CardLine {
    pub fn of(
        t: Texts,
        name: Link,
        (sum, score): (&Sum, Option<&Score>),
        (shown, place): (bool, Option<Place>),
    ) -> Self {
        let place = place.map(|Place { quality, quantity, gap }| PlaceView {
            quality,
            quantity,
            gap: (gap >= APART).then(|| t.quality_gap(gap)),
        });
        let cells = if shown { cells(t, sum, score) } else { vec!["—".to_owned(); HEADS.len()] };
        Self { name, stars: StarsView::of(t, score, shown), place, cells, ratings: None }
    }
}

fn cells(t: Texts, sum: &Sum, score: Option<&Score>) -> Vec<String> {
    let tally = &sum.tally;
    let within = |percent| {
        let minutes = sum.durations.at(percent).map(u64::from);
        minutes.map_or_else(|| t.quality_unknown().to_owned(), |minutes| lasted(t, minutes))
    };
    let part = |part: Part| said(t, Share::of(part.count, part.of));
    vec![
        points(t, score),
        tally.finished.to_string(),
        tally.rated().to_string(),
        said(t, tally.satisfied().map(|interval| interval.share)),
        part(sum.on_time),
        part(sum.first_pass),
        part(sum.reachable),
        within(50),
        within(90),
        part(sum.guide),
    ]
}

/// Out of 100, to a tenth.
pub fn points(t: Texts, score: Option<&Score>) -> String {
    let tenths = score.and_then(|score| score.points).map(|share| (share.points() + 5) / 10);
    tenths.map_or_else(|| t.quality_unknown().to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
}

/// A share, if there is one.
pub fn said(t: Texts, share: Option<Share>) -> String {
    share.map_or_else(|| t.quality_unknown().to_owned(), percent)
}

/// Some time in hours, or in days once it is two of them.
pub fn lasted(t: Texts, minutes: u64) -> String {
    let hours = minutes.div_ceil(60).max(1);
    if hours < 48 { t.quality_hours(hours) } else { t.quality_days(hours.div_ceil(24)) }
}

/// A picture and the table that says the same.
#[derive(Debug)]
pub struct ChartView {
    pub svg: SafeHtml,
    pub table: SafeHtml,
}

impl ChartView {
    /// The crate that draws escapes every word that it is given.
    pub fn lines(chart: &Chart) -> Self {
        Self::of(chart.lines())
    }

    pub fn bars(chart: &Chart) -> Self {
        Self::of(chart.bars())
    }

    fn of(Drawn { svg, table }: Drawn) -> Self {
        Self { svg: SafeHtml(svg), table: SafeHtml(table) }
    }
}

/// A part of the stars: what it is, what it weighs, and what it came to.
#[derive(Debug)]
pub struct PartLine {
    pub name: String,
    pub weight: u32,
    pub value: String,
}

impl PartLine {
    pub fn of(t: Texts, part: &ScorePart) -> Self {
        Self {
            name: t.quality_part(indicator(part.indicator)),
            weight: part.weight,
            value: said(t, part.value),
        }
    }
}

/// The word by which a part stands in texts.
const fn indicator(indicator: Indicator) -> &'static str {
    match indicator {
        Indicator::Satisfaction => "satisfaction",
        Indicator::OnTime => "on-time",
        Indicator::FirstPass => "first-pass",
        Indicator::Availability => "availability",
        Indicator::Speed => "speed",
        Indicator::Guide => "guide",
    }
}

/// The formula as everybody may read it.
#[derive(Debug)]
pub struct FormulaView {
    pub version: String,
    pub least: String,
    pub weights: Vec<(String, u32)>,
    pub stars: Vec<String>,
}

impl FormulaView {
    pub fn of(t: Texts, formula: &Formula) -> Self {
        let since = since(formula).map_or_else(|| formula.from.clone(), |day| t.day(&day));
        let weights = &formula.weights;
        let weight = |part, weight| (t.quality_part(indicator(part)), weight);
        let stars = &formula.stars;
        let from =
            |number: u8, points: u16| t.quality_how_from(named::Points(points / 100), named::Stars(number));
        Self {
            version: t.quality_how_version(named::Since(since), named::Version(formula.version)),
            least: t
                .quality_how_least(named::Ratings(formula.min_ratings), named::Weight(formula.min_weight)),
            weights: vec![
                weight(Indicator::Satisfaction, weights.satisfaction),
                weight(Indicator::OnTime, weights.on_time),
                weight(Indicator::FirstPass, weights.first_pass),
                weight(Indicator::Availability, weights.availability),
                weight(Indicator::Speed, weights.speed),
                weight(Indicator::Guide, weights.guide),
            ],
            stars: vec![from(5, stars.five), from(4, stars.four), from(3, stars.three), from(2, stars.two)],
        }
    }
}

/// The heads of a table behind the name and the stars.
pub fn heads(t: &Texts) -> [String; HEADS.len()] {
    HEADS.map(|head| t.quality_head(head))
}

/// `/quality`
#[derive(Debug, Template)]
#[template(path = "ratings/scores/league.html")]
pub struct LeagueView {
    pub frame: Frame,
    pub months: Vec<Tab>,
    /// The month that is shown, in words and in addresses; nothing while none was published.
    pub month: Option<(String, String)>,
    /// The last day on which it can change.
    pub provisional: Option<NaiveDate>,
    pub domain: Field,
    /// One domain was asked for: its services stand here, and no agencies.
    pub services: Option<(Text, Vec<CardLine>)>,
    pub ranked: Vec<CardLine>,
    pub others: Vec<CardLine>,
    pub chart: Option<ChartView>,
    pub formula: Option<FormulaView>,
    /// What people say of the portal itself.
    pub portal: Vec<AboutPortal>,
    pub least_people: u64,
}

/// A service that an agency is asked to retire.
#[derive(Debug)]
pub struct RetireLine {
    pub code: String,
    pub name: Link,
    pub retire: RetireView,
    /// Why it stays, where they may say so.
    pub answer: Option<Field>,
}

/// What an agency does with its own figures.
#[derive(Debug)]
pub struct DeskPart {
    pub csrf: String,
    pub agencies: Vec<Tab>,
    pub agency: String,
    /// What it says, to be changed, where they may.
    pub words: Option<Field>,
    pub said: Option<(&'static str, String)>,
    pub retire: Vec<RetireLine>,
}

/// `/quality/agencies/{slug}` and `/agency/quality`
#[derive(Debug, Template)]
#[template(path = "ratings/scores/agency.html")]
pub struct AgencyCardView {
    pub frame: Frame,
    pub name: Text,
    pub page: String,
    pub months: Vec<Tab>,
    pub month: Option<(String, String)>,
    pub stage: &'static str,
    pub public_from: Option<NaiveDate>,
    pub provisional: Option<NaiveDate>,
    /// The agency as a whole: one line, or none.
    pub whole: Vec<CardLine>,
    /// What else was counted.
    pub facts: Vec<(String, String)>,
    pub services: Vec<CardLine>,
    pub chart: Option<ChartView>,
    pub reply: Option<String>,
    pub desk: Option<DeskPart>,
}

/// A month of a service.
#[derive(Debug)]
pub struct MonthLine {
    pub month: String,
    pub stars: StarsView,
    pub cells: Vec<String>,
}

/// `/quality/services/{code}`
#[derive(Debug, Template)]
#[template(path = "ratings/scores/service.html")]
pub struct ServiceCardView {
    pub frame: Frame,
    pub name: Text,
    pub page: String,
    pub domain: Link,
    pub agency: Link,
    pub months: Vec<MonthLine>,
    /// The list of single ratings, for the staff who may see it.
    pub single: Option<String>,
    /// The latest month, and what its stars are made of.
    pub made_of: Option<(String, Vec<PartLine>)>,
    pub facts: Vec<(String, String)>,
    /// At which step of its form drafts were left.
    pub left: Option<ChartView>,
    pub chart: Option<ChartView>,
}

/// Ratings of an agency that somebody should look at.
#[derive(Debug)]
pub struct AlarmLine {
    pub agency: Link,
    pub what: String,
    pub days: String,
    /// How it ended, and what was said of that.
    pub noted: Option<(String, String)>,
    /// To say so.
    pub form: Option<AlarmForm>,
}

/// What came of looking into it. Which one is meant stands in the form.
#[derive(Debug)]
pub struct AlarmForm {
    pub agency: String,
    pub kind: &'static str,
    pub from: String,
    pub outcome: Field,
    pub words: Field,
}

/// What an agency was asked about a service that nobody uses.
#[derive(Debug)]
pub struct RetireView {
    pub day: String,
    pub late: bool,
    pub reason: String,
    pub answer: Option<String>,
}

/// A service that nobody uses.
#[derive(Debug)]
pub struct SilentLine {
    pub code: String,
    pub name: Link,
    pub agency: Text,
    pub since: String,
    pub retire: Option<RetireView>,
    /// Until when it is to be retired, why, and what takes its place, where nobody asked yet.
    pub ask: [Field; 3],
}

impl SilentLine {
    /// Whether something typed there is wrong.
    pub fn is_wrong(&self) -> bool {
        self.ask.iter().any(|field| field.error.is_some())
    }
}

/// `/admin/quality`
#[derive(Debug, Template)]
#[template(path = "ratings/scores/admin.html")]
pub struct AdminView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub months: Vec<Tab>,
    pub month: Option<(String, String)>,
    pub stage: &'static str,
    pub filters: [Field; 4],
    pub lines: Vec<CardLine>,
    pub pager: Pager,
    pub silent: Vec<SilentLine>,
    pub silent_days: u32,
    pub alarms: Vec<AlarmLine>,
    pub mistakes: Vec<Mistake>,
    /// Whether they administer the whole city.
    pub city: bool,
}
