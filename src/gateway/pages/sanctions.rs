//! Sanctions: imposed and lifted by administrators, answered by the agency.

use actix_web::{
    Either,
    web::{Data, Path},
};
use chrono::TimeDelta;

use super::{
    Answer,
    admin::{reason, reason_field},
    administrator, integrator,
};
use crate::{
    accounts::staff::{
        pages::{shown, step},
        record,
    },
    db::Conn,
    gateway::{
        grave,
        sanctions::{self, Grade, Imposition, SanctionError, SanctionId},
        views::{grade_about, grade_name},
    },
    platform::Texts,
    policy::{Rule, numbers_in_force},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        see_other,
    },
};

/// The longest term in days, as the city sets it; what is to last longer is imposed without one.
async fn longest(site: &Site) -> Result<i64, Failure> {
    let now = site.clock.now();
    let set = site.db.read(move |c: &mut Conn| numbers_in_force(c, Rule::SanctionDays, now)).await?;
    Ok(set.first().copied().map_or(1, i64::from))
}

/// `GET /admin/agencies/{slug}/sanction`
pub async fn impose_page(visitor: Visitor, site: Data<Site>, slug: Path<String>) -> Result<Page, Failure> {
    let (_, slug) = administrator(&visitor, &site, &slug).await?;
    let longest = longest(&site).await?;
    shown(&impose_form(&visitor, &site, &slug, (&Submitted::default(), longest))?)
}

fn impose_form(
    visitor: &Visitor,
    site: &Site,
    slug: &str,
    (typed, longest): (&Submitted, i64),
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, &format!("/admin/agencies/{slug}/sanction"), &t.sanction_title(slug))?;
    view.lead = vec![t.sanction_lead().to_owned()];
    let grades = Grade::ALL.map(|grade| {
        let chosen = typed.get("grade") == grade.tag();
        Choice::new(grade.tag(), grade_name(t, grade), chosen).hint(grade_about(t, grade))
    });
    let grade = Field::new("grade", t.sanction_grade()).choices(grades.to_vec());
    let hint = t.sanction_days_hint(longest);
    let days = Field::new("days", t.sanction_days()).hint(hint).value(typed.get("days"));
    let at_once = Choice::new("yes", t.sanction_at_once_yes(), typed.get("at_once") == "yes");
    view.inputs = vec![
        Input::new("radio", Field { required: true, ..grade }),
        reason_field(t, typed),
        Input::new("text", days),
        Input::new("checkbox", Field::new("at_once", t.sanction_at_once()).choices(vec![at_once])),
    ];
    t.sanction_submit().clone_into(&mut view.submit);
    Ok(view)
}

/// `POST /admin/agencies/{slug}/sanction`
pub async fn impose(visitor: Visitor, site: Data<Site>, slug: Path<String>, typed: Submitted) -> Answer {
    let (reader, slug) = administrator(&visitor, &site, &slug).await?;
    let t = visitor.texts();
    let longest = longest(&site).await?;
    let mut view = impose_form(&visitor, &site, &slug, (&typed, longest))?;
    let why = reason(t, &typed, &mut view);
    let lasting = term(t, (typed.get("days"), longest), &mut view);
    let Some(grade) = Grade::named(typed.get("grade")) else {
        view.wrong("grade", t.form_choose_one());
        return shown(&view).map(Either::Right);
    };
    if view.is_wrong() {
        return shown(&view).map(Either::Right);
    }
    let at_once = typed.get("at_once") == "yes";
    let new = Imposition { agency: slug.clone(), grade, reason: why, at_once, lasting };
    let (now, by, staff) = (site.clock.now(), reader.by(), reader.member.id);
    // A grave one takes two people.
    let (act, word) = if grade.is_grave() {
        ("sanction-asked", "sanction-asked")
    } else {
        ("sanction-imposed", "sanction")
    };
    let impose = move |c: &mut Conn| {
        if grade.is_grave() {
            grave::propose(c, now, &new, &by)?;
        } else {
            sanctions::impose(c, now, &new, &by)?;
        }
        let detail = format!("{}: {}", new.agency, grade.tag());
        Ok::<_, SanctionError>(record(c, now, Some(staff), staff, act, &detail)?)
    };
    match site.db.tx(impose).await {
        Ok(()) => Ok(Either::Left(see_other(&format!("/admin/agencies/{slug}/health?said={word}")))),
        Err(SanctionError::Waits) => {
            view.wrong("grade", t.sanction_waits());
            shown(&view).map(Either::Right)
        }
        Err(SanctionError::LeavesOut) => {
            view.wrong("grade", t.sanction_leaves_out());
            shown(&view).map(Either::Right)
        }
        Err(SanctionError::NotHeavier) => {
            view.wrong("grade", t.sanction_not_heavier());
            shown(&view).map(Either::Right)
        }
        Err(error) => Err(failure(error)),
    }
}

/// For how long; nothing given means until it is lifted.
fn term(t: Texts, (typed, longest): (&str, i64), view: &mut StepView) -> Option<TimeDelta> {
    if typed.is_empty() {
        return None;
    }
    let days = typed.parse().ok().filter(|days| (1..=longest).contains(days));
    if days.is_none() {
        view.wrong("days", &t.sanction_days_wrong(longest));
    }
    days.map(TimeDelta::days)
}

/// `GET /admin/agencies/{slug}/sanctions/{id}/lift`
pub async fn lift_page(
    visitor: Visitor,
    site: Data<Site>,
    at: Path<(String, String)>,
) -> Result<Page, Failure> {
    let (slug, id) = at.into_inner();
    let (_, slug) = administrator(&visitor, &site, &slug).await?;
    shown(&lift_form(&visitor, &site, (&slug, &id), &Submitted::default())?)
}

fn lift_form(
    visitor: &Visitor,
    site: &Site,
    (slug, id): (&str, &str),
    typed: &Submitted,
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let _: SanctionId = id.parse().map_err(|_| Failure::NotFound)?;
    let action = format!("/admin/agencies/{slug}/sanctions/{id}/lift");
    let mut view = step(visitor, site, &action, &t.sanction_lift_title(slug))?;
    view.inputs = vec![reason_field(t, typed)];
    t.sanction_lift().clone_into(&mut view.submit);
    Ok(view)
}

/// `POST /admin/agencies/{slug}/sanctions/{id}/lift`
pub async fn lift(
    visitor: Visitor,
    site: Data<Site>,
    at: Path<(String, String)>,
    typed: Submitted,
) -> Answer {
    let (slug, id) = at.into_inner();
    let (reader, slug) = administrator(&visitor, &site, &slug).await?;
    let mut view = lift_form(&visitor, &site, (&slug, &id), &typed)?;
    let why = reason(visitor.texts(), &typed, &mut view);
    if view.is_wrong() {
        return shown(&view).map(Either::Right);
    }
    let id: SanctionId = id.parse().map_err(|_| Failure::NotFound)?;
    let (now, by, staff, agency) = (site.clock.now(), reader.by(), reader.member.id, slug.clone());
    let lift = move |c: &mut Conn| {
        sanctions::lift(c, now, (&agency, id), &why, &by)?;
        Ok::<_, SanctionError>(record(c, now, Some(staff), staff, "sanction-lifted", &agency)?)
    };
    site.db.tx(lift).await.map_err(failure)?;
    Ok(Either::Left(see_other(&format!("/admin/agencies/{slug}/health?said=lifted"))))
}

/// `GET /agency/sanctions/{slug}/{id}/answer`
pub async fn answer_page(
    visitor: Visitor,
    site: Data<Site>,
    at: Path<(String, String)>,
) -> Result<Page, Failure> {
    let (slug, id) = at.into_inner();
    let (_, slug) = integrator(&visitor, &site, &slug).await?;
    shown(&answer_form(&visitor, &site, (&slug, &id), &Submitted::default())?)
}

fn answer_form(
    visitor: &Visitor,
    site: &Site,
    (slug, id): (&str, &str),
    typed: &Submitted,
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let _: SanctionId = id.parse().map_err(|_| Failure::NotFound)?;
    let action = format!("/agency/sanctions/{slug}/{id}/answer");
    let mut view = step(visitor, site, &action, t.sanction_answer_title())?;
    view.lead = vec![t.sanction_answer_lead().to_owned()];
    let words = Field::new("words", t.sanction_answer()).value(typed.get("words"));
    view.inputs = vec![Input::new("long", Field { required: true, ..words })];
    t.sanction_answer_submit().clone_into(&mut view.submit);
    Ok(view)
}

/// `POST /agency/sanctions/{slug}/{id}/answer`
pub async fn answer(
    visitor: Visitor,
    site: Data<Site>,
    at: Path<(String, String)>,
    typed: Submitted,
) -> Answer {
    let (slug, id) = at.into_inner();
    let (reader, slug) = integrator(&visitor, &site, &slug).await?;
    let t = visitor.texts();
    let mut view = answer_form(&visitor, &site, (&slug, &id), &typed)?;
    let id: SanctionId = id.parse().map_err(|_| Failure::NotFound)?;
    let (now, by, agency) = (site.clock.now(), reader.member.login.clone(), slug.clone());
    let words = typed.get("words").to_owned();
    let answer = move |c: &mut Conn| sanctions::answer(c, now, (&agency, id), &words, &by);
    match site.db.tx(answer).await {
        Ok(()) => Ok(Either::Left(see_other(&format!("/agency/health?agency={slug}&said=answered")))),
        Err(SanctionError::Reason) => {
            view.wrong("words", t.sanction_answer_wrong());
            shown(&view).map(Either::Right)
        }
        Err(SanctionError::Answered) => {
            view.wrong("words", t.sanction_answered_already());
            shown(&view).map(Either::Right)
        }
        Err(error) => Err(failure(error)),
    }
}

pub(super) fn failure(error: SanctionError) -> Failure {
    match error {
        SanctionError::Db(error) => error.into(),
        SanctionError::Staff(error) => error.into(),
        SanctionError::UnknownAgency | SanctionError::Unknown => Failure::NotFound,
        _ => Failure::Refused,
    }
}
