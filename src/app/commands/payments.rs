//! `payments reconcile`

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;
use yimen_contract::capability::Capability;

use super::{Outcome, Printed, configuration};
use crate::{
    app::{
        cli::Common,
        portal::{Portal, PortalError, Role},
    },
    payments::{DayReport, Means, PayError, reconcile_day},
    platform::{Clock, clock::city_day, keys::KeyRing},
};

/// Compares a day of portal, providers and agencies: yesterday where none is named.
pub(in crate::app) async fn payments_reconcile(
    common: &Common,
    day: Option<NaiveDate>,
) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let keys = KeyRing::open(&config.keys).map_err(PortalError::from)?;
    let db = Portal::database(&config)?;
    db.check().map_err(PortalError::from)?;
    let clock = Clock::system();
    let yesterday = city_day(clock.now() - TimeDelta::days(1));
    // It listens nowhere and runs no jobs: it asks, and writes down what came of it.
    let portal = Portal::start(&config, db, clock, keys, Role::Web, None).await?;
    let asked = compare_all(&portal, day.unwrap_or(yesterday)).await;
    portal.stop().await;
    let reports = asked?;
    let balances = reports.iter().all(DayReport::balances);
    let mut out = Printed::new();
    if common.json {
        out.line(format_args!("{}", json!({ "ok": balances, "days": reports })));
    } else {
        for report in &reports {
            say(&mut out, report);
        }
    }
    if balances { Ok(()) } else { Err(Outcome::Findings) }
}

async fn compare_all(portal: &Portal, day: NaiveDate) -> Result<Vec<DayReport>, Outcome> {
    let means =
        Means { site: portal.site.clone(), gateway: portal.gateway.clone(), shelf: portal.shelf.clone() };
    let edition = portal.shelf.edition().map_err(|_| Outcome::unavailable("no city is installed"))?;
    let mut reports = Vec::new();
    let takes = edition.catalogue.providers.iter();
    for provider in takes.filter(|one| one.agency.binding(Capability::PayStatement).is_some()) {
        match reconcile_day(&means, &provider.slug, day).await {
            Ok(report) => reports.push(report),
            Err(PayError::NotNow) => {
                let words = format!("{} gave no statement of {day}. Try again later.", provider.slug);
                return Err(Outcome::Unavailable(words));
            }
            Err(error) => return Err(Outcome::unavailable(error)),
        }
    }
    Ok(reports)
}

fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

fn say(out: &mut Printed, report: &DayReport) {
    let DayReport { day, provider, payments, refunds, in_fen, out_fen, .. } = report;
    out.line(format_args!(
        "{day} {provider}: {payments} payments, {} yuan; {refunds} refunds, {} yuan",
        yuan(*in_fen),
        yuan(*out_fen),
    ));
    for one in &report.differences {
        let fen = |fen: Option<i64>| fen.map_or_else(|| "-".to_owned(), yuan);
        out.line(format_args!(
            "  {} {}: portal {}, provider {}",
            one.reference,
            one.kind,
            fen(one.portal_fen),
            fen(one.provider_fen),
        ));
    }
    if report.on_the_way > 0 {
        out.line(format_args!("  {} on their way to the agency or back to the payer", report.on_the_way));
    }
    if report.unchecked > 0 {
        out.line(format_args!("  {} not confirmed: their agencies did not answer", report.unchecked));
    }
    if !report.closed {
        out.line(format_args!("  The day is not over: the provider may add to its statement."));
    }
    let verdict =
        if report.balances() { "It balances." } else { "It does not balance: see /admin/payments." };
    out.line(format_args!("  {verdict}"));
}
