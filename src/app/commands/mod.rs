//! What the commands do.

mod balance;
mod adapter;
mod binding;
mod clients;
mod config;
mod jobs;
mod ledger;
mod outage;
mod packages;
mod payments;
mod quality;
mod search;
mod serve;
mod staff;

pub(super) use adapter::{
    CheckedPackages, ImportedPackage, NewPackage, TriedPackage, adapter_check, adapter_diff, adapter_import,
    adapter_new, adapter_pack, adapter_try, adapter_unpack,
};
pub(super) use balance::{notices_balance, reminders_balance};
pub(super) use binding::{binding_approve, binding_list, binding_set};
pub(super) use clients::{client_approve, client_list, client_register, client_suspend};
pub(super) use config::{config_check, config_show, doctor, keys_new, migrate, routes};
pub(super) use jobs::jobs_list;
pub(super) use ledger::ledger_verify;
pub(super) use outage::{OutageOrder, agency_outage};
pub(super) use packages::{package_check, package_install, package_list, package_rollback, package_schema};
pub(super) use payments::payments_reconcile;
pub(super) use quality::quality_verify;
pub(super) use search::search;
pub(super) use serve::{serve, until_told_to_stop};
pub(super) use staff::staff_invite;

use std::{
    env, fmt,
    io::{self, Write as _},
};

use super::{cli::Common, demo, portal::PortalError};
use crate::platform::{config::Config, keys::KeyError};

/// Why a command did not end well.
#[derive(Debug)]
pub(super) enum Outcome {
    /// What was looked at has faults; they have been printed.
    Findings,
    /// The command or the configuration is wrong.
    Usage(String),
    /// Something the command needs is not to be had now.
    Unavailable(String),
}

impl Outcome {
    pub(super) fn usage(error: impl fmt::Display) -> Self {
        Self::Usage(error.to_string())
    }

    pub(super) fn unavailable(error: impl fmt::Display) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<PortalError> for Outcome {
    fn from(error: PortalError) -> Self {
        match error {
            PortalError::Keys(KeyError::Unwritable { .. }) => Self::unavailable(error),
            PortalError::Keys(_)
            | PortalError::Cache(_)
            | PortalError::Leaked(_)
            | PortalError::Upstream(_)
            | PortalError::NoAddress => Self::usage(error),
            other => Self::unavailable(other),
        }
    }
}

/// Lines for a person, written at once. A reader who has gone away is no error.
pub(super) struct Printed(io::StdoutLock<'static>);

impl Printed {
    pub(super) fn new() -> Self {
        Self(io::stdout().lock())
    }

    pub(super) fn line(&mut self, line: fmt::Arguments<'_>) {
        let _ = writeln!(self.0, "{line}");
    }
}

/// The configuration that a command works with: a demo city's folder, or a file and the environment. Without
/// either, the demo city's usual folder if it is there.
fn configuration(common: &Common) -> Result<Config, Outcome> {
    let usual = std::path::Path::new("./.yimen");
    match (&common.data, &common.config) {
        (Some(data), file) => demo::configuration(data, file.as_deref(), env::vars()),
        (None, None) if usual.is_dir() => demo::configuration(usual, None, env::vars()),
        (None, file) => Config::load(file.as_deref(), env::vars())
            .map_err(|mistakes| Outcome::Usage(mistakes.to_string())),
    }
}
