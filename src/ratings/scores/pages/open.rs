//! `/open-data/quality/{month}`: a month for spreadsheets and for programs.

use actix_web::web::Path;

use super::{Here, Two};
use crate::{
    db::Conn,
    ratings::scores::{
        districts,
        domains::domains,
        model::Kept,
        open, queries, sheet,
        stage::{Month, Stage},
    },
    web::{Failure, Page},
};

/// `GET /open-data/quality/{month}.csv`
pub async fn table(two: Two, month: Path<String>) -> Result<Page, Failure> {
    let here = Here::of(&two)?;
    let (_, rows) = public(&two, &here, &month).await?;
    let lines = sheet::lines(&rows, &here.formulas, here.least)?;
    Ok(Page::of("text/csv; charset=utf-8", open::table(&lines, here.least)))
}

/// `GET /open-data/quality/{month}.json`
pub async fn document(two: Two, month: Path<String>) -> Result<Page, Failure> {
    let here = Here::of(&two)?;
    let (month, rows) = public(&two, &here, &month).await?;
    let districts = two.0.db.read(move |c: &mut Conn| districts::between(c, (month, month))).await?;
    let lines = sheet::lines(&rows, &here.formulas, here.least)?;
    let agencies = sheet::agencies(&rows, month, &here.formulas, here.least)?;
    let domains = domains(&lines.iter().collect::<Vec<_>>(), month, &here.formulas)?;
    let provisional = here.stage(month) == Stage::Open;
    let formula = here.formulas.of(month);
    let document = open::document(
        &month.tag(),
        provisional,
        (&lines, &agencies, &districts, &domains),
        formula,
        here.least,
    );
    Page::json(&document)
}

/// A month that everybody sees, and in which something was counted.
pub(super) async fn public(two: &Two, here: &Here, tag: &str) -> Result<(Month, Vec<Kept>), Failure> {
    let last = here.latest();
    let month = Month::named(tag).filter(|month| *month <= last).ok_or(Failure::NotFound)?;
    let rows = two.0.db.read(move |c: &mut Conn| queries::of_month(c, month)).await?;
    if rows.is_empty() { Err(Failure::NotFound) } else { Ok((month, rows)) }
}
