//! `/staff/claims`: parents and legal persons who say so, and the papers that show it.

use std::{collections::HashMap, sync::Arc};

use actix_web::{Either, HttpRequest, HttpResponse, web::Data};
use uuid::Uuid;

use super::{able, present_member};
use crate::{
    accounts::{
        acting::{
            self, ActingError,
            desk::{self, ClaimId},
        },
        staff::{
            self, Act, Member, StaffError, may,
            views::{ClaimLine, ClaimView, ClaimsView, Said},
        },
    },
    db::{Conn, DbError},
    ledger::StaffId,
    web::{Failure, Page, Site, Submitted, Visitor, query, see_other},
};

/// Whoever helps at the counter; and a helper, who sees and opens only what they were given.
async fn worker(visitor: &Visitor, site: &Site) -> Result<Member, Failure> {
    let (member, signed) = present_member(visitor, site).await?;
    let act = if member.is_helper() { Act::WorkAssigned } else { Act::Counter };
    may(&signed, act, &member.branch())?;
    Ok(member)
}

/// What waits, masked: opening one takes a reason and is recorded.
pub async fn claims(visitor: Visitor, site: Data<Site>, request: HttpRequest) -> Result<Page, Failure> {
    let member = worker(&visitor, &site).await?;
    let (now, given, branch) = (site.clock.now(), member.is_helper(), member.branch());
    let only = given.then_some(member.id);
    let ((children, companies), colleagues) = site
        .db
        .read(move |c| {
            let colleagues = if given { Vec::new() } else { staff::in_branch(c, &branch)? };
            Ok::<_, DbError>((acting::waiting(c, now, only)?, colleagues))
        })
        .await?;
    let t = visitor.texts();
    let said = match query(&request, "said").as_deref() {
        Some("confirmed") => Some(Said { words: t.staff_claim_confirmed(), warn: false }),
        Some("refused") => Some(Said { words: t.staff_claim_refused(), warn: false }),
        Some("assigned") => Some(Said { words: t.staff_claim_given(), warn: false }),
        Some("reason") => Some(Said { words: t.staff_claim_reason_needed(), warn: true }),
        _ => None,
    };
    let names = colleagues.iter().map(|one| Ok((one.id, one.name(&site.keys)?)));
    let names: HashMap<StaffId, String> = names.collect::<Result<_, StaffError>>()?;
    let with = |to: Option<StaffId>| to.map(|to| (to.to_string(), names.get(&to).cloned()));
    let children = children.into_iter().map(|one| ClaimLine {
        id: one.id.to_string(),
        company: false,
        name: one.shown,
        code: None,
        assigned: with(one.assigned_to),
    });
    let companies = companies.into_iter().map(|one| ClaimLine {
        id: one.id.to_string(),
        company: true,
        name: one.name,
        code: Some(one.credit_code),
        assigned: with(one.assigned_to),
    });
    let able = colleagues.iter().filter(|one| one.may_be_given_work(now));
    let people = able.map(|one| (one.id.to_string(), names.get(&one.id).cloned().unwrap_or_default()));
    Page::new(&ClaimsView {
        csrf: visitor.form_token(&site)?,
        said,
        given,
        claims: children.chain(companies).collect(),
        people: people.collect(),
        frame: visitor.frame(),
    })
}

/// `POST /staff/claims/assign`: gives a claim to a colleague, or to nobody again.
pub async fn assign_claim(
    visitor: Visitor,
    site: Data<Site>,
    form: Submitted,
) -> Result<HttpResponse, Failure> {
    let member = able(&visitor, &site, Act::Counter).await?;
    let id: Uuid = form.get("id").parse().map_err(|_| Failure::NotFound)?;
    let claim = claim_of(form.get("kind") == "company", id);
    let to = match form.get("to") {
        "" => None,
        to => Some(to.parse::<StaffId>().map_err(|_| Failure::NotFound)?),
    };
    let now = site.clock.now();
    site.db.tx(move |c| staff::assign_claim(c, now, &member, claim, to)).await?;
    Ok(see_other("/staff/claims?said=assigned"))
}

fn claim_of(company: bool, id: Uuid) -> ClaimId {
    if company { ClaimId::Company(id.into()) } else { ClaimId::Child(id.into()) }
}

/// A claim that a helper was not given is as unknown to them as none.
fn given(c: &mut Conn, member: &Member, company: bool, id: Uuid) -> Result<(), ActingError> {
    if !member.is_helper() || desk::is_assigned(c, claim_of(company, id), member.id)? {
        Ok(())
    } else {
        Err(ActingError::Unknown)
    }
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
    let member = worker(&visitor, &site).await?;
    let Some(Asked { company, id, reason }) = asked(&form)? else {
        return Ok(Either::Left(see_other("/staff/claims?said=reason")));
    };
    let (ring, now, staff, why) = (Arc::clone(&site.keys), site.clock.now(), member.id, reason.clone());
    let seen = site
        .db
        .tx(move |c| {
            given(c, &member, company, id)?;
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
    let member = worker(&visitor, &site).await?;
    let Some(Asked { company, id, reason }) = asked(&form)? else {
        return Ok(see_other("/staff/claims?said=reason"));
    };
    let (ring, now, staff) = (Arc::clone(&site.keys), site.clock.now(), member.id);
    site.db
        .tx(move |c| {
            given(c, &member, company, id)?;
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
