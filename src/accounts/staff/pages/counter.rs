//! `/staff/counter`: helping a citizen who is there with papers.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};

use super::{able, shown, step};
use crate::{
    accounts::{
        IdentityNumber, PersonName, Reach,
        staff::{
            Act, StaffError,
            counter::{self, By, Deed, Found},
            views::{CitizenView, LinkView},
        },
    },
    ledger::{CitizenId, Holders},
    platform::keys::KeyRing,
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Field, Input, StepView},
        query, see_other,
    },
};

type Answer = Result<Either<HttpResponse, Page>, Failure>;

const LONGEST_REASON: usize = 300;

fn view(visitor: &Visitor, site: &Site) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let mut view = step(visitor, site, "/staff/counter", t.counter_title())?;
    view.lead = vec![t.counter_lead().to_owned()];
    let needed = |name, label: &str| Field { required: true, ..Field::new(name, label) };
    view.inputs = vec![
        Input::new("text", needed("who", t.counter_who()).hint(t.counter_who_hint())),
        Input::new("text", needed("reason", t.staff_claim_reason()).hint(t.counter_reason_hint())),
    ];
    t.counter_look().clone_into(&mut view.submit);
    Ok(view)
}

pub async fn counter_page(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    able(&visitor, &site, Act::Counter).await?;
    let mut view = view(&visitor, &site)?;
    let t = visitor.texts();
    view.notice = match query(&request, "said").as_deref() {
        Some("corrected") => Some(("ok", t.counter_corrected().to_owned())),
        Some("taken") => Some(("warn", t.counter_taken().to_owned())),
        Some("held") => Some(("ok", t.counter_held().to_owned())),
        Some("merged") => Some(("ok", t.counter_merged().to_owned())),
        Some("both") => {
            let kind = query(&request, "kind").unwrap_or_default();
            Some(("warn", t.counter_both(t.privacy_kind(&kind))))
        }
        Some("wrong") => Some(("warn", t.counter_wrong().to_owned())),
        _ => None,
    };
    shown(&view)
}

fn reason(form: &Submitted) -> Option<String> {
    let reason = form.get("reason");
    (!reason.is_empty() && reason.chars().count() <= LONGEST_REASON).then(|| reason.to_owned())
}

/// Whoever was typed: an identity number, a telephone, a mailbox.
fn whom(typed: &str) -> Option<By> {
    let number = IdentityNumber::parse(typed).map(By::Number);
    number.or_else(|_| Reach::parse(typed).map(By::Reach)).ok()
}

async fn find(site: &Site, deed: Deed, by: By) -> Result<Option<Found>, Failure> {
    let ring: Arc<KeyRing> = Arc::clone(&site.keys);
    Ok(site.db.tx(move |c| counter::look_up(c, &ring, &deed, &by)).await?)
}

/// Opens an account for the reason given.
pub async fn counter(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<Page, Failure> {
    let member = able(&visitor, &site, Act::Counter).await?;
    let t = visitor.texts();
    let mut view = view(&visitor, &site)?;
    for input in &mut view.inputs {
        form.get(&input.field.name).clone_into(&mut input.field.value);
    }
    let (by, reason) = (whom(form.get("who")), reason(&form));
    if by.is_none() {
        view.inputs[0].field.error = Some(t.counter_who_wrong().to_owned());
    }
    if reason.is_none() {
        view.inputs[1].field.error = Some(t.staff_claim_reason_needed().to_owned());
    }
    let (Some(by), Some(reason)) = (by, reason) else { return shown(&view) };
    let deed = Deed { staff: member.id, now: site.clock.now(), reason: reason.clone() };
    let Some(found) = find(&site, deed, by).await? else {
        view.inputs[0].field.error = Some(t.counter_nobody().to_owned());
        return shown(&view);
    };
    let needed = |name, label: &str| Field { required: true, ..Field::new(name, label) };
    Page::new(&CitizenView {
        new_name: needed("name", t.staff_name()),
        new_number: needed("number", t.staff_claim_number()),
        another: needed("other", t.counter_other()).hint(t.counter_who_hint()),
        csrf: visitor.form_token(&site)?,
        frame: visitor.frame(),
        id: found.citizen.to_string(),
        reason,
        name: found.details.name,
        number: found.details.identity_number,
        phone: found.details.phone,
        email: found.details.email,
        level: found.details.level,
        open: found.open,
    })
}

/// The citizen and the deed that a form on their page is about.
async fn deed(visitor: &Visitor, site: &Site, form: &Submitted) -> Result<(Deed, CitizenId), Failure> {
    let member = able(visitor, site, Act::Counter).await?;
    let citizen = form.get("id").parse().map_err(|_| Failure::NotFound)?;
    let reason = reason(form).ok_or(Failure::BadRequest)?;
    Ok((Deed { staff: member.id, now: site.clock.now(), reason }, citizen))
}

fn back(said: &str) -> HttpResponse {
    see_other(&format!("/staff/counter?said={said}"))
}

/// Gives a one-time link, shown on the page itself and nowhere again.
pub async fn give_access(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<Page, Failure> {
    let (deed, citizen) = deed(&visitor, &site, &form).await?;
    let ring = Arc::clone(&site.keys);
    let token = site.db.tx(move |c| counter::give_access(c, &ring, &deed, citizen)).await?;
    let t = visitor.texts();
    Page::new(&LinkView {
        title: t.counter_link_title(),
        lead: t.counter_link_lead().to_owned(),
        link: format!("{}/recover/access?token={token}", site.origin()),
        back: ("/staff/counter", t.counter_title()),
        frame: visitor.frame(),
    })
}

pub async fn correct(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    let (deed, citizen) = deed(&visitor, &site, &form).await?;
    let name = PersonName::parse(form.get("name"));
    let number = IdentityNumber::parse(form.get("number"));
    let (Ok(name), Ok(number)) = (name, number) else { return Ok(back("wrong")) };
    let ring = Arc::clone(&site.keys);
    let done = site.db.tx(move |c| counter::correct(c, &ring, &deed, citizen, &name, &number)).await?;
    Ok(back(if done { "corrected" } else { "taken" }))
}

pub async fn hold(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    let (deed, citizen) = deed(&visitor, &site, &form).await?;
    let ring = Arc::clone(&site.keys);
    site.db.tx(move |c| counter::hold(c, &ring, &deed, citizen)).await?;
    Ok(back("held"))
}

/// Merges another account, named by what is verified of it, into this one.
pub async fn merge(visitor: Visitor, site: Data<Site>, holders: Data<Holders>, form: Submitted) -> Answer {
    let (deed, into) = deed(&visitor, &site, &form).await?;
    let Some(by) = whom(form.get("other")) else { return Ok(Either::Left(back("wrong"))) };
    let Some(from) = find(&site, deed.clone(), by).await?.filter(|from| from.citizen != into) else {
        return Ok(Either::Left(back("wrong")));
    };
    let ring = Arc::clone(&site.keys);
    let holders = holders.into_inner();
    let done = site.db.tx(move |c| counter::merge(c, &ring, &deed, from.citizen, into, &holders)).await;
    Ok(Either::Left(match done {
        Err(StaffError::Both(kind)) => back(&format!("both&kind={kind}")),
        done => done.map(|()| back("merged"))?,
    }))
}
