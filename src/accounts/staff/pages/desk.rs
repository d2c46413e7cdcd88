//! `/staff`: what one may do; and the claims of parents and legal persons whose papers one has seen.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{able, present_member};
use crate::{
    accounts::{
        acting::{self, ActingError},
        staff::{
            Act, may,
            views::{ClaimLine, ClaimsView, DeskView, Said, act_name, role_name},
        },
    },
    web::{Failure, Page, Site, Submitted, Visitor, frame::Field, query, see_other},
};

pub async fn desk(visitor: Visitor, site: Data<Site>) -> Result<Page, Failure> {
    let (member, signed) = present_member(&visitor, &site).await?;
    let t = visitor.texts();
    let branch = member.branch();
    let can = |act: Act| may(&signed, act, &branch).is_ok();
    Page::new(&DeskView {
        role: role_name(t, member.role()),
        branch: branch.to_string(),
        people: can(Act::SeePeople),
        counter: can(Act::Counter),
        may: Act::ALL.into_iter().filter(|act| can(*act)).map(|act| act_name(t, act)).collect(),
        frame: visitor.frame(),
    })
}

/// Claims that wait. Names are masked until somebody confirms with a reason; then the look is recorded.
pub async fn claims(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    able(&visitor, &site, Act::Counter).await?;
    let now = site.clock.now();
    let (children, companies) = site.db.read(move |c| acting::waiting(c, now)).await?;
    let t = visitor.texts();
    let said = match query(&request, "said").as_deref() {
        Some("confirmed") => Some(Said { words: t.staff_claim_confirmed(), warn: false }),
        Some("refused") => Some(Said { words: t.staff_claim_refused(), warn: false }),
        Some("reason") => Some(Said { words: t.staff_claim_reason_needed(), warn: true }),
        _ => None,
    };
    let children = children.into_iter().map(|one| ClaimLine {
        id: one.id.to_string(),
        kind: "child",
        name: one.shown,
        code: None,
        reason: Field::new("reason", t.staff_claim_reason()),
    });
    let companies = companies.into_iter().map(|one| ClaimLine {
        id: one.id.to_string(),
        kind: "company",
        name: one.name,
        code: Some(one.credit_code),
        reason: Field::new("reason", t.staff_claim_reason()),
    });
    Page::new(&ClaimsView {
        csrf: visitor.form_token(&site)?,
        said,
        claims: children.chain(companies).collect(),
        frame: visitor.frame(),
    })
}

pub async fn confirm(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    decide(visitor, site, form, true).await
}

pub async fn refuse(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    decide(visitor, site, form, false).await
}

/// Which paper was seen is the reason, and nothing is decided without one.
async fn decide(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
    yes: bool,
) -> Result<HttpResponse, Failure> {
    let member = able(&visitor, &site, Act::Counter).await?;
    let reason = form.get("reason").to_owned();
    if reason.is_empty() || reason.chars().count() > 300 {
        return Ok(see_other("/staff/claims?said=reason"));
    }
    let company = form.get("kind") == "company";
    let id: uuid::Uuid = form.get("id").parse().map_err(|_| Failure::NotFound)?;
    let (ring, now, staff) = (Arc::clone(&site.keys), site.clock.now(), member.id);
    site.db
        .tx(move |c| {
            match (company, yes) {
                (false, true) => acting::confirm_child(c, &ring, now, staff, id.into(), &reason)?,
                (false, false) => acting::refuse_child(c, &ring, now, staff, id.into(), &reason)?,
                (true, true) => acting::confirm_company(c, &ring, now, staff, id.into(), &reason)?,
                (true, false) => acting::refuse_company(c, &ring, now, staff, id.into(), &reason)?,
            }
            Ok::<_, ActingError>(())
        })
        .await?;
    Ok(see_other(if yes { "/staff/claims?said=confirmed" } else { "/staff/claims?said=refused" }))
}
