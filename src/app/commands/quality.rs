//! `quality`

use std::{fs, path::Path};

use serde_json::json;

use super::{Outcome, Printed, configuration, search::edition};
use crate::{
    app::{
        cli::Common,
        portal::{Portal, PortalError},
    },
    db::Conn,
    platform::Clock,
    policy::Rule,
    ratings::scores::{
        open, queries,
        sheet::{self, Formulas},
        stage::Month,
        verify::{Verified, verify},
    },
};

/// Counts a month's stars again: from a file, or from what the portal would publish of it.
pub(in crate::app) async fn quality_verify(
    common: &Common,
    month: &str,
    file: Option<&Path>,
) -> Result<(), Outcome> {
    let named = Month::named(month);
    let month = named.ok_or_else(|| Outcome::Usage(format!("{month}: a month is written as 2026-11")))?;
    let table = match file {
        Some(file) => fs::read_to_string(file)
            .map_err(|error| Outcome::Usage(format!("{}: {error}", file.display())))?,
        None => exported(common, month).await?,
    };
    let verified = verify(&table, month).map_err(Outcome::usage)?;
    tell(common, &verified)
}

/// The open table, as it stands at `/open-data/quality`.
async fn exported(common: &Common, month: Month) -> Result<String, Outcome> {
    let edition = edition(common).await?;
    if edition.catalogue.city.ratings.is_none() {
        return Err(Outcome::Unavailable("this city has no scorecards".into()));
    }
    let rules = &edition.catalogue.rules;
    let db = Portal::database(&configuration(common)?)?;
    db.check().map_err(PortalError::from)?;
    let read = move |c: &mut Conn| queries::of_month(c, month);
    let rows = db.read(read).await.map_err(Outcome::unavailable)?;
    if rows.is_empty() {
        return Err(Outcome::Unavailable(format!("nothing was counted of {}", month.tag())));
    }
    let formulas = Formulas::read().map_err(Outcome::unavailable)?.set_by(rules);
    let least = rules.at(Clock::system().now()).number(Rule::LeastPeople).into();
    let lines = sheet::lines(&rows, &formulas, least).map_err(Outcome::unavailable)?;
    Ok(open::table(&lines, least))
}

fn tell(common: &Common, verified: &Verified) -> Result<(), Outcome> {
    let mut out = Printed::new();
    let holds = verified.differences.is_empty();
    if common.json {
        let mut value = serde_json::to_value(verified).map_err(Outcome::unavailable)?;
        value["ok"] = json!(holds);
        out.line(format_args!("{value}"));
    } else {
        for one in &verified.differences {
            let ([version, points, stars], [own, own_points, own_stars]) = (&one.said, &one.counted);
            out.line(format_args!(
                "{}: version {version}, {points} points, {stars} stars in the file; {own}, {own_points}, {own_stars} counted again",
                one.service
            ));
        }
        let Verified { lines, left_out, starred, differences } = verified;
        out.line(format_args!("{lines} services, {starred} with stars, {left_out} left out"));
        out.line(format_args!(
            "{}",
            match differences.len() {
                0 => "Every star follows from the file.".to_owned(),
                count => format!("{count} do not follow from the file."),
            }
        ));
    }
    if holds { Ok(()) } else { Err(Outcome::Findings) }
}
