//! `serve`

use tokio::signal::unix::{SignalKind, signal};

use super::{Outcome, Printed, configuration};
use crate::{
    app::{
        cli::Common,
        portal::{Portal, PortalError, Role},
    },
    platform::{Clock, keys::KeyRing, telemetry},
    web::Listening,
};

/// Runs the portal until it is told to stop. It neither migrates nor installs anything: those are decisions.
pub(in crate::app) async fn serve(common: &Common, role: Role) -> Result<(), Outcome> {
    let config = configuration(common)?;
    telemetry::start(config.log.format, &config.log.filter).map_err(Outcome::usage)?;
    let db = Portal::database(&config)?;
    db.check().map_err(PortalError::from)?;
    let keys = KeyRing::open(&config.keys).map_err(PortalError::from)?;
    let listening = match role {
        Role::Work => None,
        Role::Web | Role::All => Some(Listening::on(config.server.listen).map_err(PortalError::from)?),
    };
    let portal = Portal::start(&config, db, Clock::system(), keys, role, listening).await?;
    match portal.address {
        Some(address) => {
            Printed::new().line(format_args!("Yimen listens on {address} as {}", portal.public_url));
        }
        None => Printed::new().line(format_args!("Yimen runs jobs.")),
    }
    until_told_to_stop().await;
    portal.stop().await;
    Ok(())
}

/// Waits for Ctrl-C or the signal by which service managers stop a program.
pub(in crate::app) async fn until_told_to_stop() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
