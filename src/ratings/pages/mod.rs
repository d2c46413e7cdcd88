//! Pages of ratings: the person's, staff's of an agency and above it, and everybody's.

mod code;
mod desk;
mod hands;
mod mine;
mod one;
mod orders;
mod proof;
mod public;
mod rate;
mod say;

pub use code::{at_counter, code, in_hall};
pub use desk::{admin_desk, admin_export, desk, export};
pub use hands::hand;
pub use mine::mine;
pub use one::{admin_order, admin_rating, look, matter, order, rating};
pub use proof::{admin_picture, own_picture, picture};
pub use public::{agency_ratings, ratings};
pub use rate::rate;
pub use say::{amend, give, verdict};

use actix_web::HttpRequest;
use chrono::NaiveDateTime;
use yimen_contract::text::is_unprintable;

use super::{
    RatingId,
    follow::{
        Step,
        life::{Act, By},
    },
    views::StepLine,
};
use crate::{
    accounts::staff::{Act as May, pages::AtAgencies},
    catalogue::{Catalogue, present::Presenter},
    platform::{
        Moment, Texts,
        clock::{CITY_ZONE, city_day},
    },
    web::{Failure, Site, Visitor, frame::Text, query},
};

fn local(at: Moment) -> NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}

/// What a service is called; its code if it has left the city.
pub(in crate::ratings) fn service_name(present: Presenter<'_>, code: &str) -> Text {
    let entry = present.catalogue.service(code);
    entry.map_or_else(|| Text::plain(code), |entry| present.text(&entry.service.name))
}

pub(in crate::ratings) fn agency_name(present: Presenter<'_>, slug: &str) -> Text {
    let entry = present.catalogue.agency(slug);
    entry.map_or_else(|| Text::plain(slug), |entry| present.text(&entry.agency.name))
}

/// What was ticked, in the city's words. A tag that it has no more is left out.
fn tags(present: Presenter<'_>, ids: &[String]) -> Vec<Text> {
    let Some(policy) = &present.catalogue.city.ratings else { return Vec::new() };
    ids.iter().filter_map(|id| policy.tags.name(id)).map(|name| present.text(name)).collect()
}

/// For staff, who are not told at which minute the person did something.
fn step_line(step: Step) -> StepLine {
    let day = (step.by == By::Person.tag()).then(|| city_day(step.at));
    StepLine { at: local(step.at), day, by: step.by, act: step.act, said: step.said }
}

/// The same for the person, without what staff note for themselves.
fn told_line(step: Step) -> StepLine {
    let told = Act::is_told(&step.act);
    let line = step_line(step);
    StepLine { day: None, said: line.said.filter(|_| told), ..line }
}

/// Words of at most so many letters, without signs that nobody sees. Lines may be broken.
pub(in crate::ratings) fn fits(text: &str, most: usize) -> bool {
    let hidden = |c: char| is_unprintable(c) && !matches!(c, '\n' | '\r');
    text.chars().count() <= most && !text.chars().any(hidden)
}

/// What came of a form, from the address that it led to.
fn said(t: Texts, request: &HttpRequest) -> Option<(&'static str, String)> {
    let word = query(request, "said")?;
    let words = t.rating_said(&word);
    let kind = match word.as_str() {
        "not-now" | "over" | "already" | "own" | "counter" | "hall" => "warn",
        "which" => "info",
        _ => "ok",
    };
    (!words.is_empty()).then_some((kind, words))
}

/// From where a member of staff sees ratings.
struct Seat {
    at: AtAgencies,
    above: bool,
}

impl Seat {
    /// Whoever works for an agency.
    async fn of_agency(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let at = AtAgencies::of(visitor, site).await?;
        if at.allowed_here(May::Answer) { Ok(Self { at, above: false }) } else { Err(Failure::Refused) }
    }

    /// Whoever administers a branch that agencies stand below.
    async fn above(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let at = AtAgencies::of(visitor, site).await?;
        if at.allowed_here(May::AnswerAbove) { Ok(Self { at, above: true }) } else { Err(Failure::Refused) }
    }

    fn sees(&self, agency: &str) -> bool {
        if self.above {
            self.at.may_above(May::AnswerAbove, agency)
        } else {
            self.at.may(May::Answer, agency)
        }
    }

    /// The agencies whose ratings they see, by their public names.
    fn agencies(&self, catalogue: &Catalogue) -> Vec<String> {
        let all = catalogue.agencies.iter().map(|entry| &entry.slug);
        all.filter(|slug| self.sees(slug)).cloned().collect()
    }

    const fn list(&self) -> &'static str {
        if self.above { "/admin/ratings" } else { "/agency/ratings" }
    }

    fn url(&self, id: RatingId) -> String {
        format!("{}/{id}", self.list())
    }
}

fn id_of(text: &str) -> Result<RatingId, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}
