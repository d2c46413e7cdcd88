//! `/admin/breach`, where an administrator of the city tells citizens, and `/me/breach`, where they read it.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};
use chrono::NaiveDate;

use super::{present_member, shown, step};
use crate::{
    accounts::{
        acting::beginning,
        staff::{
            Act, Branch, Member,
            breach::{self, BreachNoticeId},
            counter::Deed,
            may,
            views::BreachView,
        },
    },
    ledger::{self, CitizenId},
    platform::clock::CITY_ZONE,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Dates as _, Field, Input, StepView},
        own_path, query, see_other,
        session::Realm,
    },
};

const LONGEST: usize = 2000;

/// Only somebody of the whole city: a breach does not keep to a branch.
async fn warner(visitor: &Visitor, site: &Site) -> Result<Member, Failure> {
    let (member, signed) = present_member(visitor, site).await?;
    may(&signed, Act::Warn, &Branch::city())?;
    Ok(member)
}

fn view(visitor: &Visitor, site: &Site) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/admin/breach", t.breach_admin_title())?;
    view.lead = vec![t.breach_admin_lead().to_owned()];
    let needed = |name, label: &str| Field { required: true, ..Field::new(name, label) };
    view.inputs = vec![
        Input::new("text", needed("agency", t.breach_agency()).hint(t.breach_agency_hint())),
        Input::new("date", needed("from", t.breach_from())),
        Input::new("date", needed("until", t.breach_until())),
        Input::new("long", needed("text", t.breach_text()).hint(t.breach_text_hint())),
        Input::new("text", needed("reason", t.breach_reason())),
    ];
    t.breach_send().clone_into(&mut view.submit);
    Ok(view)
}

pub async fn breach_page(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    warner(&visitor, &site).await?;
    let mut view = view(&visitor, &site)?;
    if let Some(count) = query(&request, "told").and_then(|count| count.parse::<u64>().ok()) {
        view.notice = Some(("ok", visitor.texts().breach_told(count)));
    }
    shown(&view)
}

pub async fn warn(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let member = warner(&visitor, &site).await?;
    let t = visitor.texts();
    let mut view = view(&visitor, &site)?;
    for input in &mut view.inputs {
        let given = form.get(&input.field.name);
        given.clone_into(&mut input.field.value);
        if given.is_empty() || given.chars().count() > LONGEST {
            input.field.error = Some(t.breach_empty().to_owned());
        }
    }
    let day = |name: &str| NaiveDate::parse_from_str(form.get(name), "%Y-%m-%d").ok();
    let days = day("from").zip(day("until")).filter(|(from, until)| from <= until);
    let days = days.and_then(|(from, until)| Some((beginning(from), beginning(until.succ_opt()?))));
    if days.is_none() {
        view.inputs[2].field.error = Some(t.breach_days_wrong().to_owned());
    }
    let Some(days) = days.filter(|_| !view.is_wrong()) else { return Ok(Either::Right(shown(&view)?)) };
    let deed = Deed { staff: member.id, now: site.clock.now(), reason: form.get("reason").to_owned() };
    let (agency, text) = (form.get("agency").to_owned(), form.get("text").to_owned());
    let ring = Arc::clone(&site.keys);
    let told = site.db.tx(move |c| breach::warn(c, &ring, &deed, &agency, days, &text)).await?;
    Ok(Either::Left(see_other(&format!("/admin/breach?told={told}"))))
}

fn me(visitor: &Visitor) -> Result<CitizenId, Failure> {
    let session = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?;
    Ok(CitizenId::from(session.signed.subject))
}

pub async fn breach(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let (citizen, ring) = (me(&visitor)?, Arc::clone(&site.keys));
    let unread = site.db.read(move |c| breach::unread(c, &ring, &ledger::own(citizen))).await;
    let unread = unread.map_err(crate::accounts::staff::StaffError::from)?;
    let t = visitor.texts();
    let at = |at: crate::platform::Moment| t.moment(&at.with_timezone(&CITY_ZONE).naive_local());
    let next = query(&request, "next").unwrap_or_default();
    Page::new(&BreachView {
        csrf: visitor.form_token(&site)?,
        next: own_path(&next).unwrap_or("/me").to_owned(),
        notices: unread.into_iter().map(|one| (one.id.to_string(), one.text, at(one.told_at))).collect(),
        frame: visitor.frame(),
    })
}

pub async fn breach_read(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let (citizen, now) = (me(&visitor)?, site.clock.now());
    let ids: Vec<BreachNoticeId> = form.all("read").filter_map(|id| id.parse().ok()).collect();
    site.db.tx(move |c| breach::read(c, now, citizen, &ids)).await?;
    Ok(see_other(own_path(form.get("next")).unwrap_or("/me")))
}
