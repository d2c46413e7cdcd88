//! `client`

use std::{fs, path::Path};

use serde_json::json;
use yimen_drivers::address::Allowed;

use super::{Outcome, Printed, configuration};
use crate::{
    agencies::clients::{self, By, ClientError, ClientId, NewClient},
    app::{
        cli::Common,
        portal::{Portal, PortalError},
    },
    db::Db,
    platform::{Clock, config::Config},
};

fn open(config: &Config) -> Result<Db, Outcome> {
    let db = Portal::database(config)?;
    db.check().map_err(PortalError::from)?;
    Ok(db)
}

fn told(error: ClientError) -> Outcome {
    match error {
        ClientError::Db(error) => Outcome::unavailable(error),
        error => Outcome::usage(error),
    }
}

fn named(id: &str) -> Result<ClientId, Outcome> {
    id.parse().map_err(|_| Outcome::Usage(format!("{id} is no site's id; `yimen client list` shows them.")))
}

pub(in crate::app) async fn client_list(common: &Common) -> Result<(), Outcome> {
    let db = open(&configuration(common)?)?;
    let sites = db.read(clients::list).await.map_err(Outcome::unavailable)?;
    let mut out = Printed::new();
    for site in sites {
        if common.json {
            out.line(format_args!("{}", json!(site)));
        } else {
            out.line(format_args!(
                "{}  {:<9} {:<24} {}",
                site.id,
                site.state.tag(),
                site.agency,
                site.name.zh
            ));
        }
    }
    Ok(())
}

pub(in crate::app) async fn client_register(common: &Common, file: &Path, by: String) -> Result<(), Outcome> {
    let text =
        fs::read_to_string(file).map_err(|error| Outcome::Usage(format!("{}: {error}", file.display())))?;
    let new: NewClient =
        toml::from_str(&text).map_err(|error| Outcome::Usage(format!("{}: {error}", file.display())))?;
    let config = configuration(common)?;
    let db = open(&config)?;
    let (now, allowed) = (Clock::system().now(), Allowed::new(config.gateway.allow.clone()));
    let made = db.tx(move |c| clients::register(c, now, &allowed, &new, &by)).await.map_err(told)?;
    let mut out = Printed::new();
    if common.json {
        out.line(format_args!("{}", json!({ "client_id": made.client.id, "client_secret": made.secret })));
        return Ok(());
    }
    out.line(format_args!("client_id      {}", made.client.id));
    if let Some(secret) = &made.secret {
        out.line(format_args!("client_secret  {secret}"));
        out.line(format_args!("The secret is shown this once and kept nowhere. Keep it safe."));
    }
    out.line(format_args!(
        "Somebody else approves the site: yimen client approve {} --by NAME",
        made.client.id
    ));
    Ok(())
}

pub(in crate::app) async fn client_approve(common: &Common, id: &str, by: String) -> Result<(), Outcome> {
    let (id, now) = (named(id)?, Clock::system().now());
    let db = open(&configuration(common)?)?;
    db.tx(move |c| clients::approve(c, now, id, &By::operator(&by))).await.map_err(told)?;
    Printed::new().line(format_args!("{id}: citizens can sign in there now"));
    Ok(())
}

pub(in crate::app) async fn client_suspend(common: &Common, id: &str, by: String) -> Result<(), Outcome> {
    let (id, now) = (named(id)?, Clock::system().now());
    let db = open(&configuration(common)?)?;
    db.tx(move |c| clients::suspend(c, now, id, &By::operator(&by))).await.map_err(told)?;
    Printed::new().line(format_args!("{id}: shut"));
    Ok(())
}
