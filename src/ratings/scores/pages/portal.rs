//! `/admin/quality/survey`: which surveys speak of the portal itself. What they came to stands beside the stars of services.

use actix_web::{HttpRequest, HttpResponse};

use super::{Here, Two};
use crate::{
    accounts::staff::{Act as May, Branch, pages::AtAgencies},
    catalogue::present::Presenter,
    db::Conn,
    ratings::{
        pages::agency_name,
        scores::portal_views::{PortalLine, PortalView},
    },
    surveys::{Survey, SurveyId, pages::about_portal, portal, tally::Tally, views::AboutPortal},
    web::{Failure, Page, Submitted, Visitor, frame::Link, query, see_other},
};

const HERE: &str = "/admin/quality/survey";

/// What the report says of the whole city, whoever administers the whole city decides.
async fn administrator(visitor: &Visitor, two: &Two) -> Result<AtAgencies, Failure> {
    let at = AtAgencies::of(visitor, &two.0).await?;
    if at.allowed(May::AnswerAbove, &Branch::city()) { Ok(at) } else { Err(Failure::Refused) }
}

/// `GET /admin/quality/survey`
pub async fn portal_surveys(visitor: Visitor, two: Two, request: HttpRequest) -> Result<Page, Failure> {
    let here = Here::of(&two)?;
    administrator(&visitor, &two).await?;
    let (t, today) = (visitor.texts(), here.today);
    let all = two.0.db.read(move |c: &mut Conn| portal::choice(c, today)).await?;
    let present = here.present(t);
    let line = |(survey, named): &(Survey, bool)| PortalLine {
        id: survey.id.to_string(),
        name: Link::new(present.text(&survey.title()), format!("/surveys/{}", survey.id)),
        agency: agency_name(present, &survey.agency),
        opens: survey.opens_on,
        closes: survey.closes_on,
        named: *named,
    };
    let saved = query(&request, "said").as_deref() == Some("saved");
    Page::new(&PortalView {
        csrf: visitor.form_token(&two.0)?,
        said: saved.then(|| ("ok", t.survey_said_saved().to_owned())),
        lines: all.iter().map(line).collect(),
        frame: visitor.frame(),
    })
}

/// `POST /admin/quality/survey`
pub async fn name_survey(visitor: Visitor, two: Two, posted: Submitted) -> Result<HttpResponse, Failure> {
    let at = administrator(&visitor, &two).await?;
    let id: SurveyId = posted.get("survey").parse().map_err(|_| Failure::NotFound)?;
    let db = &two.0.db;
    if posted.get("act") == "leave-out" {
        db.tx(move |c: &mut Conn| portal::leave_out(c, id)).await?;
    } else {
        let (now, by) = (two.0.clock.now(), at.member.login.clone());
        db.tx(move |c: &mut Conn| portal::name(c, now, &by, id)).await?;
    }
    Ok(see_other(&format!("{HERE}?said=saved")))
}

/// What those came to that enough people answered.
pub(super) fn about(present: Presenter<'_>, asked: &[(Survey, Tally)], least: u64) -> Vec<AboutPortal> {
    let enough = asked.iter().filter(|(_, tally)| tally.all() >= least);
    enough.map(|(survey, tally)| about_portal(present, survey, tally)).collect()
}
