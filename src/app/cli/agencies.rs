//! What is said about agencies: their packages, their backends and their sites.

use std::path::PathBuf;

use clap::Subcommand;

use super::Common;
use crate::app::commands;

#[derive(Subcommand)]
pub(super) enum ClientCommand {
    /// Lists the sites
    List(Common),
    /// Registers a site from a TOML file; it waits for somebody else's approval
    Register {
        #[command(flatten)]
        common: Common,
        file: PathBuf,
        /// Who registers it
        #[arg(long, value_name = "NAME")]
        by: String,
    },
    /// Lets citizens sign in at a site
    Approve {
        #[command(flatten)]
        common: Common,
        id: String,
        /// Who approves it: somebody else than whoever registered it
        #[arg(long, value_name = "NAME")]
        by: String,
    },
    /// Shuts a site at once
    Suspend {
        #[command(flatten)]
        common: Common,
        id: String,
        /// Who shuts it, for the record.
        #[arg(long, default_value = "operator")]
        by: String,
    },
}

#[derive(Subcommand)]
pub(super) enum PackageCommand {
    /// Installs packages: folders, each named like its agency (the folder `city` is the city's own)
    Install {
        #[command(flatten)]
        common: Common,
        /// Folders, or packages made by `adapter pack`
        #[arg(required = true, value_name = "FOLDER")]
        folders: Vec<PathBuf>,
    },
    /// Checks packages without installing them
    Check {
        #[arg(long)]
        json: bool,
        #[arg(required = true, value_name = "FOLDER")]
        folders: Vec<PathBuf>,
    },
    /// Lists the packages that are live
    List(Common),
    /// Makes the version before the live one live again
    Rollback {
        #[command(flatten)]
        common: Common,
        slug: String,
    },
    /// Writes the JSON Schemas of the package format, for editors
    Schema {
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
}

#[derive(Subcommand)]
pub(super) enum AdapterCommand {
    /// Checks packages, and leads their samples through their maps
    Check(commands::CheckedPackages),
    /// Writes a small package to begin with, which passes the check as it is
    New(commands::NewPackage),
    /// Writes a draft package from the description of a backend: OpenAPI 2.0, 3.0, 3.1 or WSDL
    Import(commands::ImportedPackage),
    /// Asks a backend one question as the portal would, and shows what travels
    Try(commands::TriedPackage),
    /// Makes one file of a package, the same bytes for the same package
    Pack {
        #[arg(long)]
        json: bool,
        folder: PathBuf,
        /// Where it is written; left out, beside the folder
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Writes a packed package's files into a folder, to go on working with them
    Unpack {
        #[arg(long)]
        json: bool,
        file: PathBuf,
        /// The folder that is written
        folder: PathBuf,
    },
    /// Says what another version changes for people and for the backend; 1 if it breaks something
    Diff {
        #[arg(long)]
        json: bool,
        old: PathBuf,
        new: PathBuf,
    },
}

#[derive(Subcommand)]
pub(super) enum AgencyCommand {
    /// Keeps an agency from being called for a while, for a drill or because it asks for it
    Outage(commands::OutageOrder),
}

#[derive(Subcommand)]
pub(super) enum BindingCommand {
    /// Proposes where an agency's backend is
    Set {
        #[command(flatten)]
        common: Common,
        /// The agency's public name
        agency: String,
        /// The backend's address, such as https://gateway.example.org/v2
        address: String,
        /// Who proposes it
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Reads the secrets that the package names from the standard input, each as NAME=VALUE on a line
        #[arg(long)]
        secrets: bool,
    },
    /// Brings the proposal for an agency into force
    Approve {
        #[command(flatten)]
        common: Common,
        agency: String,
        /// Who approves it: not who proposed it
        #[arg(long, value_name = "NAME")]
        by: String,
    },
    /// Lists bindings in force and proposals, without secrets
    List(Common),
}
