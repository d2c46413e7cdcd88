//! The command line.
//!
//! Exit status: 0 fine, 1 findings, 2 usage or configuration, 3 something is unavailable.

use std::{env, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

use super::{
    commands::{self, Outcome},
    demo::{self, DemoOptions},
    portal::Role,
};

#[derive(Parser)]
#[command(name = "yimen", version, about = "一门 Yimen: one door to a city's services")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    demo: DemoOptions,
}

#[derive(Subcommand)]
enum Command {
    /// Starts the demo city (the same as no command at all)
    Demo(DemoOptions),
    /// Starts the portal of a real city
    Serve {
        #[command(flatten)]
        common: Common,
        /// What this process does
        #[arg(long, value_enum, default_value_t)]
        role: Role,
    },
    /// Shows or checks the configuration
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Checks that everything the portal needs is there
    Doctor(Common),
    /// Brings the database's schema up to date
    Migrate(Common),
    /// Makes keys
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Installs agencies' packages
    Package {
        #[command(subcommand)]
        command: PackageCommand,
    },
    /// What agencies make and check their packages with
    Adapter {
        #[command(subcommand)]
        command: AdapterCommand,
    },
    /// Agencies' own sites, at which citizens sign in with the portal
    Client {
        #[command(subcommand)]
        command: ClientCommand,
    },
    /// What the operator does about an agency's backend
    Agency {
        #[command(subcommand)]
        command: AgencyCommand,
    },
    /// Binds the names in packages to addresses and secrets; one person proposes, another approves
    Binding {
        #[command(subcommand)]
        command: BindingCommand,
    },
    /// Finds services, as the portal's search box does
    Search {
        #[command(flatten)]
        common: Common,
        /// The words, or `eval FILE` to measure a labelled set of questions
        #[arg(required = true)]
        words: Vec<String>,
        /// With `eval`: also tells how long the answers take, without network and pages
        #[arg(long)]
        time: bool,
    },
    /// Checks the record of looks at personal data
    Ledger {
        #[command(subcommand)]
        command: LedgerCommand,
    },
    /// Accounts for everything that was to be said
    Notices {
        #[command(subcommand)]
        command: NoticesCommand,
    },
    /// Accounts for every reminder that has come due
    Reminders {
        #[command(subcommand)]
        command: RemindersCommand,
    },
    /// Compares what portal, payment providers and agencies say of payments
    Payments {
        #[command(subcommand)]
        command: PaymentsCommand,
    },
    /// Invites members of staff
    Staff {
        #[command(subcommand)]
        command: StaffCommand,
    },
    /// Prints every address with its guard
    Routes,
    /// Runs maps of packages, one after the other, for the portal that started it
    #[command(hide = true)]
    MapWorker,
}

/// Options of every command that needs a city.
#[derive(Args, Clone, Default)]
pub(super) struct Common {
    /// A configuration file
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The data folder of a demo city
    #[arg(long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// Reports as JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Prints every setting with its default and what it means
    Show,
    /// Reports every mistake in a configuration
    Check(Common),
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Writes a new key file where there is none
    New {
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Subcommand)]
enum NoticesCommand {
    /// Counts what waits, was sent, suppressed and failed; 0 only if that is everything
    Balance(Common),
}

#[derive(Subcommand)]
enum RemindersCommand {
    /// Counts what waits, was sent, suppressed and failed; 0 only if that is everything
    Balance(Common),
}

#[derive(Subcommand)]
enum PaymentsCommand {
    /// Lays one day of all three beside each other; 0 only if everything is explained
    Reconcile {
        #[command(flatten)]
        common: Common,
        /// The day, in the city's zone, as 2026-11-20 [default: yesterday]
        #[arg(long, value_name = "DAY")]
        day: Option<chrono::NaiveDate>,
    },
}

#[derive(Subcommand)]
enum LedgerCommand {
    /// Recomputes the whole chain and names whatever was flipped, dropped, moved or cut off
    Verify {
        #[command(flatten)]
        common: Common,
        /// A copy of /open/ledger-heads.json to compare with
        #[arg(long, value_name = "FILE")]
        heads: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum ClientCommand {
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
enum PackageCommand {
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
enum AdapterCommand {
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
enum StaffCommand {
    /// Prints a link by which somebody sets up their staff account: the first administrator of a city, then one
    /// for whoever is to manage others
    Invite {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        invitation: StaffInvitation,
    },
}

/// Who is invited.
#[derive(Args)]
pub(super) struct StaffInvitation {
    /// administrator, manager, officer, integrator, auditor or helper
    #[arg(long)]
    pub(super) role: String,
    #[arg(long)]
    pub(super) name: String,
    /// The name they sign in by
    #[arg(long)]
    pub(super) login: String,
    /// Where in the tree of agencies: `/` for the whole city, `traffic-police`, `yunjiang/chengbei`
    #[arg(long, value_name = "PATH")]
    pub(super) agency: String,
    /// The agency's name, where it is new
    #[arg(long, value_name = "NAME")]
    pub(super) agency_name: Option<String>,
    /// The last day of the account, such as 2027-01-31; helpers need one
    #[arg(long, value_name = "DATE")]
    pub(super) until: Option<chrono::NaiveDate>,
}

#[derive(Subcommand)]
enum AgencyCommand {
    /// Keeps an agency from being called for a while, for a drill or because it asks for it
    Outage(commands::OutageOrder),
}

#[derive(Subcommand)]
enum BindingCommand {
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

/// Understands the command line and does what it says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    // Before there is a runtime with threads: a worker has little memory, and needs none of it.
    if let Some(Command::MapWorker) = cli.command {
        return yimen_maps::worker::main();
    }
    let outcome = actix_web::rt::System::new().block_on(async {
        match cli.command {
            None => demo::run(cli.demo, env::vars()).await,
            Some(Command::Demo(options)) => demo::run(options, env::vars()).await,
            Some(Command::Serve { common, role }) => commands::serve(&common, role).await,
            Some(Command::Config { command: ConfigCommand::Show }) => {
                commands::config_show();
                Ok(())
            }
            Some(Command::Config { command: ConfigCommand::Check(common) }) => {
                commands::config_check(&common)
            }
            Some(Command::Doctor(common)) => commands::doctor(&common).await,
            Some(Command::Migrate(common)) => commands::migrate(&common),
            Some(Command::Keys { command: KeysCommand::New { common } }) => commands::keys_new(&common),
            Some(Command::Package { command }) => match command {
                PackageCommand::Install { common, folders } => {
                    commands::package_install(&common, &folders).await
                }
                PackageCommand::Check { json, folders } => commands::package_check(json, &folders),
                PackageCommand::List(common) => commands::package_list(&common).await,
                PackageCommand::Rollback { common, slug } => commands::package_rollback(&common, slug).await,
                PackageCommand::Schema { folder } => commands::package_schema(&folder),
            },
            Some(Command::Adapter { command }) => match command {
                AdapterCommand::Check(wanted) => commands::adapter_check(&wanted).await,
                AdapterCommand::Try(wanted) => commands::adapter_try(&wanted).await,
                AdapterCommand::New(wanted) => commands::adapter_new(&wanted),
                AdapterCommand::Import(wanted) => commands::adapter_import(&wanted).await,
                AdapterCommand::Pack { json, folder, to } => commands::adapter_pack(json, &folder, to),
                AdapterCommand::Unpack { json, file, folder } => {
                    commands::adapter_unpack(json, &file, &folder)
                }
                AdapterCommand::Diff { json, old, new } => commands::adapter_diff(json, &old, &new),
            },
            Some(Command::Client { command }) => match command {
                ClientCommand::List(common) => commands::client_list(&common).await,
                ClientCommand::Register { common, file, by } => {
                    commands::client_register(&common, &file, by).await
                }
                ClientCommand::Approve { common, id, by } => commands::client_approve(&common, &id, by).await,
                ClientCommand::Suspend { common, id, by } => commands::client_suspend(&common, &id, by).await,
            },
            Some(Command::Agency { command: AgencyCommand::Outage(order) }) => {
                commands::agency_outage(order).await
            }
            Some(Command::Binding { command }) => match command {
                BindingCommand::Set { common, agency, address, by, secrets } => {
                    commands::binding_set(&common, agency, address, by, secrets).await
                }
                BindingCommand::Approve { common, agency, by } => {
                    commands::binding_approve(&common, agency, by).await
                }
                BindingCommand::List(common) => commands::binding_list(&common).await,
            },
            Some(Command::Search { common, words, time }) => commands::search(&common, &words, time).await,
            Some(Command::Ledger { command: LedgerCommand::Verify { common, heads } }) => {
                commands::ledger_verify(&common, heads.as_deref()).await
            }
            Some(Command::Reminders { command: RemindersCommand::Balance(common) }) => {
                commands::reminders_balance(&common).await
            }
            Some(Command::Notices { command: NoticesCommand::Balance(common) }) => {
                commands::notices_balance(&common).await
            }
            Some(Command::Payments { command: PaymentsCommand::Reconcile { common, day } }) => {
                commands::payments_reconcile(&common, day).await
            }
            Some(Command::Staff { command: StaffCommand::Invite { common, invitation } }) => {
                commands::staff_invite(&common, &invitation).await
            }
            Some(Command::Routes) => {
                commands::routes();
                Ok(())
            }
            Some(Command::MapWorker) => Ok(()),
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Outcome::Findings) => ExitCode::from(1),
        Err(Outcome::Usage(message)) => {
            eprintln!("yimen: {message}");
            ExitCode::from(2)
        }
        Err(Outcome::Unavailable(message)) => {
            eprintln!("yimen: {message}");
            ExitCode::from(3)
        }
    }
}
