//! `yimen reminders balance` and `yimen notices balance`: what became of everything that was to be said.

use std::fmt::Display;

use serde::Serialize;
use serde_json::json;

use super::{Outcome, Printed, configuration};
use crate::{
    app::{
        cli::Common,
        portal::{Portal, PortalError},
    },
    db::{Conn, DbError},
    notices,
    platform::{Clock, Moment},
    reminders,
};

/// Draws up the account of everything that came due.
pub(in crate::app) async fn reminders_balance(common: &Common) -> Result<(), Outcome> {
    let now = Clock::system().now();
    let balance = drawn(common, move |c| reminders::balance(c, now)).await?;
    let holds = balance.holds();
    tell(common, &balance, holds, |out| {
        let reminders::Balance { deadlines, due, waiting, sent, unchecked, asleep, late, behind, .. } =
            &balance;
        out.line(format_args!("{deadlines} dates are watched, {due} reminders have come due"));
        out.line(format_args!("{waiting:>10} waiting, {asleep} of them asleep as their holder wants"));
        out.line(format_args!("{sent:>10} sent, {unchecked} of them without another look at the source"));
        by_reason(out, &balance.suppressed, &balance.failed);
        if *late > 0 {
            out.line(format_args!("{late} wait longer than any source is waited for"));
        }
        if *behind > 0 {
            out.line(format_args!("{behind} dates are to be looked at now"));
        }
        ending(out, (balance.oldest, balance.lost), holds);
    })
}

/// Draws up the account of everything that was to be said.
pub(in crate::app) async fn notices_balance(common: &Common) -> Result<(), Outcome> {
    let balance = drawn(common, notices::balance).await?;
    let holds = balance.holds();
    tell(common, &balance, holds, |out| {
        let notices::Balance { said, due, waiting, sent, arrived, uncertain, .. } = &balance;
        out.line(format_args!("{said} notices, {due} ways out of the house"));
        out.line(format_args!("{waiting:>10} waiting"));
        out.line(format_args!("{sent:>10} sent, {arrived} of them are said to have arrived"));
        by_reason(out, &balance.suppressed, &balance.failed);
        if *uncertain > 0 {
            out.line(format_args!("{uncertain} may have gone out twice"));
        }
        ending(out, (balance.oldest, balance.lost), holds);
    })
}

/// Of one moment, also beside a running city.
pub(super) async fn drawn<B: Send + 'static>(
    common: &Common,
    draw: impl FnOnce(&mut Conn) -> Result<B, DbError> + Send + 'static,
) -> Result<B, Outcome> {
    let config = configuration(common)?;
    let db = Portal::database(&config)?;
    db.check().map_err(PortalError::from)?;
    db.snapshot(draw).await.map_err(Outcome::unavailable)
}

pub(super) fn tell(
    common: &Common,
    balance: &impl Serialize,
    holds: bool,
    say: impl FnOnce(&mut Printed),
) -> Result<(), Outcome> {
    let mut out = Printed::new();
    if common.json {
        let mut value = serde_json::to_value(balance).map_err(Outcome::unavailable)?;
        value["ok"] = json!(holds);
        out.line(format_args!("{value}"));
    } else {
        say(&mut out);
    }
    if holds { Ok(()) } else { Err(Outcome::Findings) }
}

fn by_reason<'b, K: Display + 'b, N: Display + 'b>(
    out: &mut Printed,
    suppressed: impl IntoIterator<Item = (&'b K, &'b N)>,
    failed: impl IntoIterator<Item = (&'b K, &'b N)>,
) {
    for (reason, count) in suppressed {
        out.line(format_args!("{count:>10} suppressed: {reason}"));
    }
    for (reason, count) in failed {
        out.line(format_args!("{count:>10} failed: {reason}"));
    }
}

fn ending(out: &mut Printed, (oldest, lost): (Option<Moment>, i64), holds: bool) {
    if let Some(oldest) = oldest {
        let since = oldest.format("%Y-%m-%d %H:%M:%S UTC");
        out.line(format_args!("The first of those that wait is due since {since}"));
    }
    out.line(format_args!("{}", if holds { "It balances." } else { "It does not balance." }));
    if lost > 0 {
        out.line(format_args!("{lost} wait and are not in the queue"));
    }
}
