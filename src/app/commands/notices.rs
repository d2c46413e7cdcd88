//! `notices`

use serde_json::json;

use super::{Outcome, Printed, configuration};
use crate::{
    app::{
        cli::Common,
        portal::{Portal, PortalError},
    },
    notices::{self, Balance},
};

/// Draws up the account of everything that was to be said.
pub(in crate::app) async fn notices_balance(common: &Common) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let db = Portal::database(&config)?;
    db.check().map_err(PortalError::from)?;
    // In a transaction, so that beside a running city it is of one moment.
    let balance = db.tx(notices::balance).await.map_err(Outcome::unavailable)?;
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
    let Balance { said, due, waiting, sent, uncertain, .. } = balance;
    out.line(format_args!("{said} notices, {due} ways out of the house"));
    out.line(format_args!("{waiting:>10} waiting"));
    out.line(format_args!("{sent:>10} sent"));
    for (reason, count) in &balance.suppressed {
        out.line(format_args!("{count:>10} suppressed: {reason}"));
    }
    for (reason, count) in &balance.failed {
        out.line(format_args!("{count:>10} failed: {reason}"));
    }
    if *uncertain > 0 {
        out.line(format_args!("{uncertain} may have gone out twice"));
    }
    if let Some(oldest) = balance.oldest {
        out.line(format_args!(
            "The first of those that wait is due since {}",
            oldest.format("%Y-%m-%d %H:%M:%S UTC")
        ));
    }
    out.line(format_args!("{}", if balance.holds() { "It balances." } else { "It does not balance." }));
    if balance.lost > 0 {
        out.line(format_args!("{} wait and are not in the queue", balance.lost));
    }
}
