//! `/agency/maintenance`: work on the backend, announced ahead.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    web::{Data, Path},
};
use chrono::{NaiveDateTime, TimeZone as _};
use yimen_contract::Bilingual;

use super::{Answer, health::planned_line, integrator};
use crate::{
    accounts::staff::{
        Act,
        pages::{shown, step},
    },
    agencies::{
        pages::{Chosen, Reader},
        views::{BackendTab, backend_tabs},
    },
    db::Conn,
    gateway::{
        Gateway,
        maintenance::{self as planned, Announcement, MaintenanceError, MaintenanceId},
        views::MaintenanceView,
    },
    platform::{Moment, Texts, clock::CITY_ZONE},
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, StepView},
        query, see_other,
    },
};

pub async fn maintenance(
    visitor: Visitor,
    site: Data<Site>,
    gateway: Data<Gateway>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let t = visitor.texts();
    let slug = match reader.choose((&visitor, &site), &request, t.maintenance_title()).await? {
        Chosen::One(slug) => slug,
        Chosen::Among(page) => return Ok(page),
    };
    let (now, asked) = (site.clock.now(), slug.clone());
    let ahead = site.db.read(move |c| planned::planned(c, now, &asked)).await?;
    let said = match query(&request, "said").as_deref() {
        Some("announced") => Some(t.maintenance_announced()),
        Some("cancelled") => Some(t.maintenance_cancelled()),
        Some("renewed") => Some(t.maintenance_renewed()),
        _ => None,
    };
    Page::new(&MaintenanceView {
        csrf: visitor.form_token(&site)?,
        said,
        tabs: backend_tabs(t, BackendTab::Maintenance, &slug),
        announces: reader.may(Act::Integrate, &slug),
        ends: reader.may(Act::Integrate, &slug) || reader.may(Act::Approve, &slug),
        ahead: gateway.ahead.num_hours(),
        planned: ahead.iter().map(|one| planned_line(t, now, one)).collect(),
        slug,
        frame: visitor.frame(),
    })
}

/// `GET /agency/maintenance/{slug}/announce`
pub async fn announce_page(
    visitor: Visitor,
    site: Data<Site>,
    gateway: Data<Gateway>,
    slug: Path<String>,
) -> Result<Page, Failure> {
    let (_, slug) = integrator(&visitor, &site, &slug).await?;
    shown(&form(&visitor, &site, (&gateway, &slug), &Submitted::default())?)
}

fn form(
    visitor: &Visitor,
    site: &Site,
    (gateway, slug): (&Gateway, &str),
    typed: &Submitted,
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let action = format!("/agency/maintenance/{slug}/announce");
    let mut view = step(visitor, site, &action, t.maintenance_announce())?;
    view.lead = vec![t.maintenance_lead(gateway.ahead.num_hours())];
    let field = |name: &'static str, label: &str, hint: &str| Field {
        required: true,
        ..Field::new(name, label).hint(hint).value(typed.get(name))
    };
    let to = field("to", t.maintenance_to(), t.maintenance_to_hint());
    let to = Field { required: false, ..to };
    view.inputs = vec![
        Input::new("datetime-local", field("from", t.maintenance_from(), t.maintenance_time_hint())),
        Input::new("datetime-local", to),
        Input::new("text", field("reason_zh", t.maintenance_reason_zh(), t.maintenance_reason_hint())),
        Input::new("text", field("reason_en", t.maintenance_reason_en(), t.maintenance_reason_hint())),
    ];
    t.maintenance_announce().clone_into(&mut view.submit);
    Ok(view)
}

/// A time of the city, as browsers send it and as people type it.
fn moment(typed: &str) -> Option<Moment> {
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
    let local = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(typed, form).ok())?;
    CITY_ZONE.from_local_datetime(&local).earliest().map(|at| at.to_utc())
}

/// `POST /agency/maintenance/{slug}/announce`
pub async fn announce(
    visitor: Visitor,
    site: Data<Site>,
    gateway: Data<Gateway>,
    slug: Path<String>,
    typed: Submitted,
) -> Answer {
    let (reader, slug) = integrator(&visitor, &site, &slug).await?;
    let t = visitor.texts();
    let mut view = form(&visitor, &site, (&gateway, &slug), &typed)?;
    // Without an end it lasts until further notice.
    let open = typed.get("to").is_empty();
    let (from, to) = (moment(typed.get("from")), moment(typed.get("to")));
    for (field, fine) in [("from", from.is_some()), ("to", open || to.is_some())] {
        if !fine {
            view.wrong(field, t.maintenance_time_wrong());
        }
    }
    let Some(from) = from.filter(|_| !view.is_wrong()) else { return shown(&view).map(Either::Right) };
    let reason = Bilingual::new(typed.get("reason_zh"), typed.get("reason_en"));
    let new = Announcement { agency: slug.clone(), from, to, reason };
    let (now, ahead, by) = (site.clock.now(), gateway.ahead, reader.member.login.clone());
    match site.db.tx(move |c: &mut Conn| planned::announce(c, now, &new, &by, ahead)).await {
        Ok(_) => Ok(Either::Left(see_other(&format!("/agency/maintenance?agency={slug}&said=announced")))),
        Err(error) => {
            tell(t, &mut view, &typed, error)?;
            shown(&view).map(Either::Right)
        }
    }
}

/// Says beside its field why an announcement is not taken.
fn tell(t: Texts, view: &mut StepView, typed: &Submitted, error: MaintenanceError) -> Result<(), Failure> {
    match error {
        MaintenanceError::Db(error) => return Err(error.into()),
        MaintenanceError::UnknownAgency | MaintenanceError::Unknown => return Err(Failure::NotFound),
        MaintenanceError::TooSoon => view.wrong("from", t.maintenance_too_soon()),
        MaintenanceError::TooFar => view.wrong("from", t.maintenance_too_far()),
        MaintenanceError::EndsBefore => view.wrong("to", t.maintenance_ends_before()),
        MaintenanceError::TooLong => view.wrong("to", t.maintenance_too_long()),
        MaintenanceError::Reason => {
            let missing = ["reason_zh", "reason_en"]
                .into_iter()
                .filter(|name| !(1..=200).contains(&typed.get(name).chars().count()));
            missing.for_each(|name| view.wrong(name, t.maintenance_reason_wrong()));
        }
        MaintenanceError::TooMany => view.wrong("", t.maintenance_too_many()),
    }
    Ok(())
}

/// `POST /agency/maintenance/{slug}/cancel`
pub async fn cancel(
    visitor: Visitor,
    site: Data<Site>,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let reader = Reader::of(&visitor, &site).await?;
    let slug = reader.known(&site, &slug).await?;
    // Whoever forgot to end it may be gone: administrators end it too.
    if !reader.may(Act::Integrate, &slug) && !reader.may(Act::Approve, &slug) {
        return Err(Failure::Refused);
    }
    let id: MaintenanceId = form.get("maintenance").parse().map_err(|_| Failure::NotFound)?;
    let (now, by, agency) = (site.clock.now(), reader.member.login.clone(), slug.clone());
    match site.db.tx(move |c: &mut Conn| planned::cancel(c, now, &agency, id, &by)).await {
        // Pressed twice, or over by itself meanwhile.
        Ok(()) | Err(MaintenanceError::Unknown) => {}
        Err(MaintenanceError::Db(error)) => return Err(error.into()),
        Err(_) => return Err(Failure::Refused),
    }
    Ok(see_other(&format!("/agency/maintenance?agency={slug}&said=cancelled")))
}

/// `POST /agency/maintenance/{slug}/renew`: it goes on, until further notice.
pub async fn renew(
    visitor: Visitor,
    site: Data<Site>,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (reader, slug) = integrator(&visitor, &site, &slug).await?;
    let id: MaintenanceId = form.get("maintenance").parse().map_err(|_| Failure::NotFound)?;
    let (now, by, agency) = (site.clock.now(), reader.member.login.clone(), slug.clone());
    match site.db.tx(move |c: &mut Conn| planned::renew(c, now, &agency, id, &by)).await {
        Ok(()) => Ok(see_other(&format!("/agency/maintenance?agency={slug}&said=renewed"))),
        Err(MaintenanceError::Db(error)) => Err(error.into()),
        // Ended meanwhile, or not theirs.
        Err(_) => Err(Failure::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_the_city_s() {
        let expected: Moment = "2026-12-01T14:30:00Z".parse().unwrap();
        for typed in ["2026-12-01T22:30", "2026-12-01 22:30", "2026-12-01T22:30:00"] {
            assert_eq!(moment(typed), Some(expected), "{typed}");
        }
        for wrong in ["", "tomorrow", "2026-12-01", "2026-13-01T22:30"] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }
}
