//! Pages of surveys: those that everybody sees, and those of staff.

mod answering;
mod desk;
mod files;
mod plan;
mod public;
mod question;
mod reading;
mod results;

pub use answering::{answer, answer_page, guest, guest_page, take_back};
pub use desk::{desk, do_with, preview, survey as desk_survey};
pub use files::{add_file, files_done, files_page, own_file, remove_file};
pub use plan::{begin, begin_page, change, change_page};
pub use public::{survey, surveys};
pub use question::{question, question_page};
pub use reading::{answer_file, answers, export};
pub use results::about_portal;

use actix_web::HttpRequest;
use yimen_contract::text::is_unprintable;

use super::{Stage, Survey, SurveyError, SurveyId, queries, views::SurveyLine};
use crate::{
    accounts::staff::{Act, pages::AtAgencies},
    catalogue::present::Presenter,
    ledger::StaffId,
    platform::Texts,
    web::{Failure, Site, Visitor, frame::Text, query},
};

/// Where staff have them.
const DESK: &str = "/agency/surveys";

/// A member of staff who asks people something for an agency.
struct Asker(AtAgencies);

impl Asker {
    async fn of(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let at = AtAgencies::of(visitor, site).await?;
        if at.allowed_here(Act::WorkCases) { Ok(Self(at)) } else { Err(Failure::Refused) }
    }

    fn id(&self) -> StaffId {
        self.0.member.id
    }

    fn login(&self) -> String {
        self.0.member.login.clone()
    }

    /// Whether they put surveys of this agency together and read what comes in.
    fn works(&self, agency: &str) -> bool {
        self.0.may(Act::WorkCases, agency)
    }

    /// Whether they publish and end them.
    fn leads(&self, agency: &str) -> bool {
        self.0.may(Act::ApproveCases, agency)
    }

    /// A survey of theirs. Of others it is not told whether there is one.
    async fn survey(&self, site: &Site, id: &str) -> Result<Survey, Failure> {
        let id = id_of(id)?;
        let survey = site.db.read(move |c| queries::one(c, id)).await?;
        if self.works(&survey.agency) { Ok(survey) } else { Err(Failure::NotFound) }
    }
}

fn id_of(text: &str) -> Result<SurveyId, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// Words of a length that people read, without signs that nobody sees. Lines may be broken.
fn fits(text: &str, most: usize) -> bool {
    let hidden = |c: char| is_unprintable(c) && !matches!(c, '\n' | '\r');
    (2..=most).contains(&text.chars().count()) && !text.chars().any(hidden)
}

/// The address of a survey at the desk.
fn at_desk(id: SurveyId) -> String {
    format!("{DESK}/{id}")
}

fn public_url(id: SurveyId) -> String {
    format!("/surveys/{id}")
}

async fn published(site: &Site, id: &str) -> Result<Survey, Failure> {
    let id = id_of(id)?;
    Ok(site.db.read(move |c| queries::published(c, id)).await?)
}

/// What an agency is called; its public name if it has left the city.
fn agency_name(present: Presenter<'_>, slug: &str) -> Text {
    let entry = present.catalogue.agency(slug);
    entry.map_or_else(|| Text::plain(slug), |entry| present.agency(entry).text)
}

fn line(present: Presenter<'_>, survey: &Survey, stage: Stage, url: String) -> SurveyLine {
    SurveyLine {
        url,
        title: present.text(&survey.title()),
        agency: agency_name(present, &survey.agency),
        stage,
        opens: survey.opens_on,
        closes: survey.closes_on,
    }
}

/// What came of a form, from the address that it led to.
fn said(t: Texts, request: &HttpRequest) -> Option<(&'static str, String)> {
    let (kind, words) = match query(request, "said")?.as_str() {
        "sent" => ("ok", t.survey_said_sent()),
        "changed" => ("ok", t.survey_said_changed()),
        "back" => ("ok", t.survey_said_back()),
        "saved" => ("ok", t.survey_said_saved()),
        "published" => ("ok", t.survey_said_published()),
        "ended" => ("ok", t.survey_said_ended()),
        "extended" => ("ok", t.survey_said_extended()),
        "discarded" => ("ok", t.survey_said_discarded()),
        "not-now" => ("warn", t.survey_said_not_now()),
        "full" => ("warn", t.survey_said_full()),
        "why" => ("warn", t.survey_said_why()),
        "last" => ("warn", t.survey_said_last()),
        _ => return None,
    };
    Some((kind, words.to_owned()))
}

/// How a refusal is said on the page that it leads to; everything else is a failure of the page.
fn refusal(error: SurveyError) -> Result<&'static str, Failure> {
    match error {
        SurveyError::Published | SurveyError::NoQuestions | SurveyError::NamedOnly | SurveyError::Closed => {
            Ok("not-now")
        }
        SurveyError::TooManyQuestions => Ok("full"),
        SurveyError::Term => Ok("last"),
        other => Err(other.into()),
    }
}
