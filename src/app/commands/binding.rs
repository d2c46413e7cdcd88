//! `binding`

use std::{
    collections::BTreeMap,
    io::{self, BufRead as _},
};

use serde_json::json;

use super::{Outcome, Printed, configuration};
use crate::{
    agencies::bindings::{self, BindingError, Proposal},
    app::{
        cli::Common,
        portal::{Portal, PortalError},
    },
    db::Db,
    platform::{Clock, config::Config, keys::KeyRing},
};

fn open(config: &Config) -> Result<Db, Outcome> {
    let db = Portal::database(config)?;
    db.check().map_err(PortalError::from)?;
    Ok(db)
}

fn told(error: BindingError) -> Outcome {
    match error {
        BindingError::Db(error) => Outcome::unavailable(error),
        other => Outcome::usage(other),
    }
}

/// Secrets come by the standard input, one `NAME=VALUE` on a line: on the command line others could read them.
pub(super) fn secrets() -> Result<BTreeMap<String, String>, Outcome> {
    let lines = io::stdin().lock().lines().collect::<Result<Vec<_>, _>>().map_err(Outcome::unavailable)?;
    named(&lines).ok_or_else(|| {
        // No line is repeated: it may be the secret.
        Outcome::Usage("write each secret as NAME=VALUE on a line of the standard input".to_owned())
    })
}

/// Secrets by name. Keys and certificates in PEM go on over several lines, and several may follow each other.
fn named(lines: &[String]) -> Option<BTreeMap<String, String>> {
    let mut secrets: Vec<(String, String)> = Vec::new();
    let mut within = false;
    for line in lines {
        let begins = line.starts_with("-----BEGIN ");
        if let Some((_, value)) = secrets.last_mut().filter(|_| within || begins) {
            value.push('\n');
            value.push_str(line);
            within = !line.starts_with("-----END ");
        } else if !line.trim().is_empty() {
            let (name, value) = line.split_once('=')?;
            within = value.starts_with("-----BEGIN ");
            secrets.push((name.trim().to_owned(), value.to_owned()));
        }
    }
    (!within).then(|| secrets.into_iter().collect())
}

pub(in crate::app) async fn binding_set(
    common: &Common,
    agency: String,
    address: String,
    by: String,
    with_secrets: bool,
) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let db = open(&config)?;
    let ring = KeyRing::open(&config.keys).map_err(PortalError::from)?;
    let secrets = if with_secrets { secrets()? } else { BTreeMap::new() };
    let (now, name) = (Clock::system().now(), agency.clone());
    let proposal = Proposal { agency, address, secrets };
    db.tx(move |c| bindings::propose(c, &ring, now, &proposal, &by)).await.map_err(told)?;
    Printed::new().line(format_args!(
        "{name}: proposed. It comes into force when another person says `yimen binding approve {name} --by NAME`."
    ));
    Ok(())
}

pub(in crate::app) async fn binding_approve(
    common: &Common,
    agency: String,
    by: String,
) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let db = open(&config)?;
    let (now, name) = (Clock::system().now(), agency.clone());
    db.tx(move |c| bindings::approve(c, now, &agency, &by)).await.map_err(told)?;
    Printed::new().line(format_args!("{name}: in force."));
    Ok(())
}

pub(in crate::app) async fn binding_list(common: &Common) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let db = open(&config)?;
    let rows = db.read(bindings::list).await.map_err(Outcome::unavailable)?;
    let mut out = Printed::new();
    for row in rows {
        if common.json {
            out.line(format_args!(
                "{}",
                json!({ "agency": row.agency, "alias": row.alias, "address": row.address,
                        "proposed_by": row.proposed_by, "approved_by": row.approved_by })
            ));
        } else {
            let state = match &row.approved_by {
                Some(by) => format!("in force, proposed by {}, approved by {by}", row.proposed_by),
                None => format!("waits for approval, proposed by {}", row.proposed_by),
            };
            out.line(format_args!("{:<28} {:<28} {}  {state}", row.agency, row.alias, row.address));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<(String, String)>> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        named(&lines).map(|secrets| secrets.into_iter().collect())
    }

    #[test]
    fn a_secret_is_a_line_or_as_many_as_pem_has() {
        let pem = "-----BEGIN X-----\nab==\n-----END X-----\n-----BEGIN Y-----\ncd==\n-----END Y-----";
        let said = read(&format!("a=1=2\n\nkey={pem}\nz=-----\n")).unwrap();
        let expected = [("a", "1=2"), ("key", pem), ("z", "-----")];
        assert_eq!(said, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        for wrong in ["a", "a=1\nb", "key=-----BEGIN X-----\nab=="] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
