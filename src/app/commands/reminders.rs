//! `yimen reminders`: the account of what fell due.

use serde_json::json;

use super::{Outcome, Printed, configuration};
use crate::{
    app::{
        cli::Common,
        portal::{Portal, PortalError},
    },
    db::Conn,
    platform::Clock,
    reminders::{self, Balance},
};

/// Draws up the account of everything that came due.
pub(in crate::app) async fn reminders_balance(common: &Common) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let db = Portal::database(&config)?;
    db.check().map_err(PortalError::from)?;
    let now = Clock::system().now();
    // In a transaction, so that beside a running city it is of one moment.
    let draw = move |c: &mut Conn| reminders::balance(c, now);
    let balance = db.tx(draw).await.map_err(Outcome::unavailable)?;
    let mut out = Printed::new();
    if common.json {
        let mut value = serde_json::to_value(&balance).map_err(Outcome::unavailable)?;
        value["ok"] = json!(balance.holds());
        out.line(format_args!("{value}"));
    } else {
        say(&mut out, &balance);
    }
    if balance.holds() { Ok(()) } else { Err(Outcome::Findings) }
}

fn say(out: &mut Printed, balance: &Balance) {
    let Balance { deadlines, due, waiting, sent, unchecked, asleep, behind, .. } = balance;
    out.line(format_args!("{deadlines} dates are watched, {due} reminders have come due"));
    out.line(format_args!("{waiting:>10} waiting, {asleep} of them asleep as their holder wants"));
    out.line(format_args!("{sent:>10} sent, {unchecked} of them without another look at the source"));
    for (reason, count) in &balance.suppressed {
        out.line(format_args!("{count:>10} suppressed: {reason}"));
    }
    for (reason, count) in &balance.failed {
        out.line(format_args!("{count:>10} failed: {reason}"));
    }
    if *behind > 0 {
        out.line(format_args!("{behind} dates are to be looked at now"));
    }
    if let Some(oldest) = balance.oldest {
        out.line(format_args!(
            "The first of those that wait does so since {}",
            oldest.format("%Y-%m-%d %H:%M:%S UTC")
        ));
    }
    out.line(format_args!("{}", if balance.holds() { "It balances." } else { "It does not balance." }));
    if balance.lost > 0 {
        out.line(format_args!("{} wait and are not in the queue", balance.lost));
    }
}
