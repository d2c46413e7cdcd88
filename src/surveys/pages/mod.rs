//! Pages of surveys: those that everybody sees, and those of staff.

mod answering;
mod desk;
mod plan;
mod public;
mod question;
mod reading;
mod results;

pub use answering::{answer, answer_page, guest, guest_page, take_back};
pub use desk::{desk, do_with, preview, survey as desk_survey};
pub use plan::{begin, begin_page, change, change_page};
pub use public::{survey, surveys};
pub use question::{question, question_page};
pub use reading::{answers, export};

use actix_web::HttpRequest;

use super::{Stage, Survey, SurveyError, SurveyId, answer::id_of, model::one, queries, views::SurveyLine};
use crate::{
    accounts::staff::{self, Act, Member, Places, may, pages::present_member},
    catalogue::present::Presenter,
    db::Conn,
    platform::Texts,
    web::{Failure, Site, Visitor, frame::Text, query, session::Signed},
};

/// Where staff have them.
const DESK: &str = "/agency/surveys";

/// A member of staff who asks people something for an agency.
struct Asker {
    member: Member,
    signed: Signed,
    places: Places,
}

impl Asker {
    async fn of(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let (member, signed) = present_member(visitor, site).await?;
        let places = site.db.read(staff::places).await?;
        let asker = Self { member, signed, places };
        let own = asker.member.branch();
        if may(&asker.signed, Act::WorkCases, &own).is_ok() { Ok(asker) } else { Err(Failure::Refused) }
    }

    /// Whether they put surveys of this agency together and read what comes in.
    fn works(&self, agency: &str) -> bool {
        self.may(Act::WorkCases, agency)
    }

    /// Whether they publish and end them.
    fn leads(&self, agency: &str) -> bool {
        self.may(Act::ApproveCases, agency)
    }

    fn may(&self, act: Act, agency: &str) -> bool {
        self.places.of(agency).is_some_and(|branch| may(&self.signed, act, &branch).is_ok())
    }

    /// A survey of theirs. Of others it is not told whether there is one.
    async fn survey(&self, site: &Site, id: &str) -> Result<Survey, Failure> {
        let id = id_of(id)?;
        let survey = site.db.read(move |c| one(c, id)).await?;
        if self.works(&survey.agency) { Ok(survey) } else { Err(Failure::NotFound) }
    }
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
    let found = site.db.read(move |c: &mut Conn| queries::published(c, id)).await;
    found.map_err(|error: SurveyError| error.into())
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
        SurveyError::Published | SurveyError::NoQuestions | SurveyError::Closed => Ok("not-now"),
        SurveyError::TooManyQuestions => Ok("full"),
        other => Err(other.into()),
    }
}
