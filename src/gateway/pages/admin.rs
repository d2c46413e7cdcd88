//! What an administrator does about a backend: an outage for a drill, a kind of question suspended.

use actix_web::{
    Either, HttpResponse,
    web::{Data, Path},
};
use chrono::TimeDelta;
use yimen_contract::capability::Capability;

use super::{Answer, administrator};
use crate::{
    accounts::staff::pages::{shown, step},
    agencies::InstallError,
    db::Conn,
    gateway::{log::Matter, outages, suspension, views::matter_name},
    platform::Texts,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Field, Input, StepView},
        see_other,
    },
};

/// In letters.
const REASON: usize = 500;

/// How long an ordered outage may last, as its form offers it.
const LASTING: [(&str, Option<TimeDelta>); 5] = [
    ("30m", Some(TimeDelta::minutes(30))),
    ("1h", Some(TimeDelta::hours(1))),
    ("4h", Some(TimeDelta::hours(4))),
    ("1d", Some(TimeDelta::days(1))),
    ("open", None),
];

fn lasting_name(t: Texts, tag: &str) -> &'static str {
    match tag {
        "30m" => t.outage_half_hour(),
        "1h" => t.outage_hour(),
        "4h" => t.outage_four_hours(),
        "1d" => t.outage_day(),
        _ => t.outage_open(),
    }
}

/// A reason, which everything that is done here needs.
pub(super) fn reason_field(t: Texts, typed: &Submitted) -> Input {
    let field = Field::new("reason", t.sanction_reason()).hint(t.sanction_reason_hint());
    Input::new("long", Field { required: true, ..field.value(typed.get("reason")) })
}

/// What was given as a reason; none is a mistake.
pub(super) fn reason(t: Texts, typed: &Submitted, view: &mut StepView) -> String {
    let reason = typed.get("reason");
    if reason.is_empty() || reason.chars().count() > REASON {
        view.wrong("reason", t.sanction_reason_wrong());
    }
    reason.to_owned()
}

/// `GET /admin/agencies/{slug}/outage`
pub async fn outage_page(visitor: Visitor, site: Data<Site>, slug: Path<String>) -> Result<Page, Failure> {
    let (_, slug) = administrator(&visitor, &site, &slug).await?;
    shown(&outage_form(&visitor, &site, &slug, &Submitted::default())?)
}

fn outage_form(visitor: &Visitor, site: &Site, slug: &str, typed: &Submitted) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let action = format!("/admin/agencies/{slug}/outage");
    let mut view = step(visitor, site, &action, &t.outage_title(slug))?;
    view.lead = vec![t.outage_lead().to_owned()];
    let choices = LASTING.map(|(tag, _)| Choice::new(tag, lasting_name(t, tag), typed.get("lasting") == tag));
    let lasting = Field::new("lasting", t.outage_lasting()).choices(choices.to_vec());
    view.inputs = vec![Input::new("radio", Field { required: true, ..lasting }), reason_field(t, typed)];
    t.outage_submit().clone_into(&mut view.submit);
    Ok(view)
}

/// `POST /admin/agencies/{slug}/outage`
pub async fn order_outage(
    visitor: Visitor,
    site: Data<Site>,
    slug: Path<String>,
    typed: Submitted,
) -> Answer {
    let (reader, slug) = administrator(&visitor, &site, &slug).await?;
    let t = visitor.texts();
    let mut view = outage_form(&visitor, &site, &slug, &typed)?;
    let why = reason(t, &typed, &mut view);
    let chosen = LASTING.iter().find(|(tag, _)| *tag == typed.get("lasting"));
    if chosen.is_none() {
        view.wrong("lasting", t.form_choose_one());
    }
    let Some((_, lasting)) = chosen.filter(|_| !view.is_wrong()) else {
        return shown(&view).map(Either::Right);
    };
    let (now, by, agency) = (site.clock.now(), reader.member.login.clone(), slug.clone());
    let until = lasting.map(|lasting| now + lasting);
    let order = move |c: &mut Conn| outages::order(c, now, &agency, (&by, &why), until);
    site.db.tx(order).await.map_err(|error| match error {
        InstallError::Db(error) => Failure::from(error),
        _ => Failure::NotFound,
    })?;
    Ok(Either::Left(back(&slug, "outage")))
}

fn back(slug: &str, said: &str) -> HttpResponse {
    see_other(&format!("/admin/agencies/{slug}/health?said={said}"))
}

/// `POST /admin/agencies/{slug}/outage/end`
pub async fn end_outage(
    visitor: Visitor,
    site: Data<Site>,
    slug: Path<String>,
    _form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (reader, slug) = administrator(&visitor, &site, &slug).await?;
    let (now, by, agency) = (site.clock.now(), reader.member.login.clone(), slug.clone());
    site.db.tx(move |c: &mut Conn| outages::end(c, now, &agency, &by)).await?;
    Ok(back(&slug, "outage-over"))
}

/// `GET /admin/agencies/{slug}/suspend`
pub async fn suspend_page(visitor: Visitor, site: Data<Site>, slug: Path<String>) -> Result<Page, Failure> {
    let (_, slug) = administrator(&visitor, &site, &slug).await?;
    shown(&suspend_form(&visitor, &site, &slug, &Submitted::default())?)
}

fn suspend_form(visitor: &Visitor, site: &Site, slug: &str, typed: &Submitted) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, &format!("/admin/agencies/{slug}/suspend"), &t.suspend_title(slug))?;
    view.lead = vec![t.suspend_lead().to_owned()];
    let choices = Capability::ALL.into_iter().filter(|one| *one != Capability::Health).map(|one| {
        let label = format!("{} ({})", matter_name(t, Matter::of(one)), one.name());
        Choice::new(one.name(), label, typed.get("capability") == one.name())
    });
    let field = Field::new("capability", t.calls_capability()).choices(choices.collect());
    view.inputs = vec![Input::new("radio", Field { required: true, ..field }), reason_field(t, typed)];
    t.suspend_submit().clone_into(&mut view.submit);
    Ok(view)
}

/// `POST /admin/agencies/{slug}/suspend`
pub async fn suspend(visitor: Visitor, site: Data<Site>, slug: Path<String>, typed: Submitted) -> Answer {
    let (reader, slug) = administrator(&visitor, &site, &slug).await?;
    let t = visitor.texts();
    let mut view = suspend_form(&visitor, &site, &slug, &typed)?;
    let why = reason(t, &typed, &mut view);
    let chosen = Capability::named(typed.get("capability")).filter(|one| *one != Capability::Health);
    if chosen.is_none() {
        view.wrong("capability", t.form_choose_one());
    }
    let Some(capability) = chosen.filter(|_| !view.is_wrong()) else {
        return shown(&view).map(Either::Right);
    };
    let (now, by, agency) = (site.clock.now(), reader.member.login.clone(), slug.clone());
    let act = move |c: &mut Conn| suspension::suspend(c, now, (&agency, capability), (&by, &why));
    site.db.tx(act).await?;
    Ok(Either::Left(back(&slug, "suspended")))
}

/// `POST /admin/agencies/{slug}/resume`
pub async fn resume(
    visitor: Visitor,
    site: Data<Site>,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (reader, slug) = administrator(&visitor, &site, &slug).await?;
    let capability = Capability::named(form.get("capability")).ok_or(Failure::NotFound)?;
    let (now, by, agency) = (site.clock.now(), reader.member.login.clone(), slug.clone());
    site.db.tx(move |c: &mut Conn| suspension::resume(c, now, (&agency, capability), (&by, ""))).await?;
    Ok(back(&slug, "resumed"))
}
