//! `agency outage`

use chrono::TimeDelta;
use clap::Args;
use serde_json::json;

use super::{Outcome, Printed, configuration};
use crate::{
    agencies::InstallError,
    app::{
        cli::Common,
        portal::{Portal, PortalError},
    },
    gateway::outages,
    platform::Clock,
};

/// An outage ordered or ended; without an agency, those of this moment are listed.
#[derive(Args)]
pub(in crate::app) struct OutageOrder {
    #[command(flatten)]
    common: Common,
    /// The agency's public name
    agency: Option<String>,
    /// For how long, such as 30m, 2h or 1d; without it until somebody ends it
    #[arg(long = "for", value_name = "TIME", value_parser = span)]
    lasting: Option<TimeDelta>,
    /// Ends it
    #[arg(long, conflicts_with_all = ["lasting", "reason"])]
    end: bool,
    /// Why
    #[arg(long, default_value = "drill")]
    reason: String,
    /// Who orders it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

fn span(text: &str) -> Result<TimeDelta, String> {
    let wrong = || "write it as 30m, 2h or 1d".to_owned();
    let unit = text.chars().last().ok_or_else(wrong)?;
    let number: i64 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| wrong())?;
    let span = match unit {
        'm' => TimeDelta::try_minutes(number),
        'h' => TimeDelta::try_hours(number),
        'd' => TimeDelta::try_days(number),
        _ => None,
    };
    span.filter(|span| *span > TimeDelta::zero() && *span <= TimeDelta::days(366)).ok_or_else(wrong)
}

pub(in crate::app) async fn agency_outage(order: OutageOrder) -> Result<(), Outcome> {
    let config = configuration(&order.common)?;
    let db = Portal::database(&config)?;
    db.check().map_err(PortalError::from)?;
    let now = Clock::system().now();
    let mut out = Printed::new();
    let Some(agency) = order.agency else {
        let lasting = db.read(move |c| outages::ordered(c, now)).await.map_err(Outcome::unavailable)?;
        for outage in lasting {
            let (since, until) =
                (outage.since().to_rfc3339(), outage.until().map(|until| until.to_rfc3339()));
            if order.common.json {
                out.line(format_args!(
                    "{}",
                    json!({ "agency": outage.agency, "since": since, "until": until,
                            "by": outage.by_whom, "reason": outage.reason })
                ));
            } else {
                let until = until.unwrap_or_else(|| "somebody ends it".to_owned());
                let (agency, by, reason) = (outage.agency, outage.by_whom, outage.reason);
                out.line(format_args!("{agency:<28} since {since} until {until}, by {by}: {reason}"));
            }
        }
        return Ok(());
    };
    let name = agency.clone();
    if order.end {
        let by = order.by.unwrap_or_default();
        let ended = db.tx(move |c| outages::end(c, now, &agency, &by)).await.map_err(Outcome::unavailable)?;
        let what = if ended { "is called again" } else { "was called all the time" };
        out.line(format_args!("{name}: {what}."));
        return Ok(());
    }
    let by = order.by.ok_or_else(|| Outcome::Usage("say who orders it: --by NAME".to_owned()))?;
    let (reason, until) = (order.reason, order.lasting.map(|lasting| now + lasting));
    let ordered = db.tx(move |c| outages::order(c, now, &agency, (&by, &reason), until)).await;
    ordered.map_err(|error| match error {
        InstallError::Db(error) => Outcome::unavailable(error),
        other => Outcome::usage(other),
    })?;
    out.line(format_args!("{name}: not called from now on. `yimen agency outage {name} --end` ends it."));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_nonsense_is_not() {
        assert_eq!(span("30m"), Ok(TimeDelta::minutes(30)));
        assert_eq!(span("2h"), Ok(TimeDelta::hours(2)));
        assert_eq!(span("1d"), Ok(TimeDelta::days(1)));
        for wrong in ["", "m", "0m", "-1h", "5", "2 h", "9999d", "99999999999999999999m", "3年"] {
            assert!(span(wrong).is_err(), "{wrong}");
        }
    }
}
