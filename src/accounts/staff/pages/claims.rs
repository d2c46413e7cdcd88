//! `/staff/claims`: parents and legal persons who say so, and the papers that show it.

use std::sync::Arc;

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};
use uuid::Uuid;

use super::able;
use crate::{
    accounts::{
        acting::{self, ActingError},
        staff::{
            Act,
            views::{ClaimLine, ClaimView, ClaimsView, Said},
        },
    },
    web::{Failure, Page, Site, Submitted, Visitor, query, see_other},
};

/// What waits, masked: opening one takes a reason and is recorded.
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
        company: false,
        name: one.shown,
        code: None,
    });
    let companies = companies.into_iter().map(|one| ClaimLine {
        id: one.id.to_string(),
        company: true,
        name: one.name,
        code: Some(one.credit_code),
    });
    Page::new(&ClaimsView {
        csrf: visitor.form_token(&site)?,
        said,
        claims: children.chain(companies).collect(),
        frame: visitor.frame(),
    })
}

/// Which claim a form is about, and the papers seen. Without those nothing is opened or decided.
struct Asked {
    company: bool,
    id: Uuid,
    reason: String,
}

fn asked(form: &Submitted) -> Result<Option<Asked>, Failure> {
    let reason = form.get("reason").to_owned();
    let id = form.get("id").parse().map_err(|_| Failure::NotFound)?;
    let fine = !reason.is_empty() && reason.chars().count() <= 300;
    Ok(fine.then(|| Asked { company: form.get("kind") == "company", id, reason }))
}

/// Opens a claim for the reason given.
pub async fn look(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let member = able(&visitor, &site, Act::Counter).await?;
    let Some(Asked { company, id, reason }) = asked(&form)? else {
        return Ok(Either::Left(see_other("/staff/claims?said=reason")));
    };
    let (ring, now, staff, why) = (Arc::clone(&site.keys), site.clock.now(), member.id, reason.clone());
    let seen = site
        .db
        .tx(move |c| {
            if company {
                acting::look_at_company(c, &ring, now, staff, id.into(), &why)
            } else {
                acting::look_at_child(c, &ring, now, staff, id.into(), &why)
            }
        })
        .await?;
    Ok(Either::Right(Page::new(&ClaimView {
        csrf: visitor.form_token(&site)?,
        frame: visitor.frame(),
        id: id.to_string(),
        company,
        reason,
        name: seen.name,
        number: seen.number,
        claimant: seen.claimant,
        proof: seen.proof,
    })?))
}

pub async fn confirm(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    decide(visitor, site, form, true).await
}

pub async fn refuse(visitor: Visitor, site: Data<Site>, form: Submitted) -> Result<HttpResponse, Failure> {
    decide(visitor, site, form, false).await
}

async fn decide(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
    yes: bool,
) -> Result<HttpResponse, Failure> {
    let member = able(&visitor, &site, Act::Counter).await?;
    let Some(Asked { company, id, reason }) = asked(&form)? else {
        return Ok(see_other("/staff/claims?said=reason"));
    };
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
