//! Authorising somebody, and registering children and companies. Who acts for another just now does none of
//! these: nobody hands on what was handed to them.

use std::sync::Arc;

use actix_web::{Either, HttpResponse, http::StatusCode, web::Data};

use super::{back, session};
use crate::{
    accounts::acting::{
        self, Matters,
        queries::Company,
        views::{ChildView, CompanyView, GrantView},
    },
    ledger::CitizenId,
    web::{Failure, Page, Site, Submitted, Visitor, see_other},
};

type Answer = Result<Either<Page, HttpResponse>, Failure>;

/// The person, if they act for themself.
fn oneself(visitor: &Visitor) -> Result<Option<CitizenId>, Failure> {
    let (session, who) = session(visitor)?;
    Ok(session.signed.acting.is_none().then_some(who))
}

fn not_for_others() -> Either<Page, HttpResponse> {
    Either::Right(see_other(&back("oneself")))
}

fn again(view: &impl askama::Template) -> Answer {
    Ok(Either::Left(Page::new(view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

async fn empty_grant(
    visitor: &Visitor,
    site: &Site,
    matters: &dyn Matters,
    who: CitizenId,
) -> Result<GrantView, Failure> {
    let companies: Vec<Company> = site.db.read(move |c| acting::companies_of(c, who)).await?;
    let csrf = visitor.form_token(site)?;
    Ok(GrantView::new(visitor.frame(), csrf, &companies, &matters.domains(), site.clock.today()))
}

pub async fn grant(visitor: Visitor, site: Data<Site>, matters: Data<dyn Matters>) -> Answer {
    let Some(who) = oneself(&visitor)? else { return Ok(not_for_others()) };
    let view = empty_grant(&visitor, &site, matters.as_ref(), who).await?;
    Ok(Either::Left(Page::new(&view)?))
}

/// Makes the offer. The answer is the same whether or not there is somebody to see it.
pub async fn send_offer(
    visitor: Visitor,
    site: Data<Site>,
    matters: Data<dyn Matters>,
    form: Submitted,
) -> Answer {
    let Some(who) = oneself(&visitor)? else { return Ok(not_for_others()) };
    let mut view = empty_grant(&visitor, &site, matters.as_ref(), who).await?;
    view.fill(&form);
    let Some(offer) = view.read(matters.as_ref(), site.clock.today()) else { return again(&view) };
    let (keys, now) = (Arc::clone(&site.keys), site.clock.now());
    match site.db.tx(move |c| acting::offer(c, &keys, now, who, &offer)).await {
        Ok(_) => Ok(Either::Right(see_other(&back("offered")))),
        Err(error) if view.refused(&error) => again(&view),
        Err(error) => Err(error.into()),
    }
}

pub async fn child(visitor: Visitor, site: Data<Site>) -> Answer {
    let Some(_) = oneself(&visitor)? else { return Ok(not_for_others()) };
    Ok(Either::Left(Page::new(&ChildView::new(visitor.frame(), visitor.form_token(&site)?))?))
}

pub async fn add_child(visitor: Visitor, site: Data<Site>, form: Submitted) -> Answer {
    let Some(who) = oneself(&visitor)? else { return Ok(not_for_others()) };
    let mut view = ChildView::new(visitor.frame(), visitor.form_token(&site)?);
    let Some((name, number, proof)) = view.read(&form) else { return again(&view) };
    let (keys, now) = (Arc::clone(&site.keys), site.clock.now());
    let claim = move |c: &mut _| acting::claim_child(c, &keys, now, who, &name, &number, &proof);
    match site.db.tx(claim).await {
        Ok(_) => Ok(Either::Right(see_other(&back("child")))),
        Err(error) if view.refused(&error) => again(&view),
        Err(error) => Err(error.into()),
    }
}

pub async fn company(visitor: Visitor, site: Data<Site>) -> Answer {
    let Some(_) = oneself(&visitor)? else { return Ok(not_for_others()) };
    Ok(Either::Left(Page::new(&CompanyView::new(visitor.frame(), visitor.form_token(&site)?))?))
}

pub async fn add_company(visitor: Visitor, site: Data<Site>, form: Submitted) -> Answer {
    let Some(who) = oneself(&visitor)? else { return Ok(not_for_others()) };
    let mut view = CompanyView::new(visitor.frame(), visitor.form_token(&site)?);
    let Some((code, name, proof)) = view.read(&form) else { return again(&view) };
    let (keys, now) = (Arc::clone(&site.keys), site.clock.now());
    let claim = move |c: &mut _| acting::claim_company(c, &keys, now, who, &code, &name, &proof);
    match site.db.tx(claim).await {
        Ok(_) => Ok(Either::Right(see_other(&back("company")))),
        Err(error) if view.refused(&error) => again(&view),
        Err(error) => Err(error.into()),
    }
}
