//! The command line.
//!
//! Exit status: 0 fine, 1 findings, 2 usage or configuration, 3 something is unavailable.

mod agencies;
mod run;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use agencies::{AdapterCommand, AgencyCommand, BindingCommand, ClientCommand, PackageCommand};

pub use run::run;

use super::{demo::DemoOptions, portal::Role, year::YearOptions};

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
    Demo(DemoCommand),
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
    /// What the portal does by itself, and what of it was given up
    Jobs {
        #[command(subcommand)]
        command: JobsCommand,
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
    /// Checks the scorecards
    Quality {
        #[command(subcommand)]
        command: QualityCommand,
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

/// The demo city itself, or something to begin it with.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
struct DemoCommand {
    #[command(subcommand)]
    part: Option<DemoPart>,
    #[command(flatten)]
    options: DemoOptions,
}

#[derive(Subcommand)]
enum DemoPart {
    /// Simulates a year of a new demo city, with three things wrong that the pages of supervision name
    Year(YearOptions),
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
enum JobsCommand {
    /// Counts what is due, running and given up, kind by kind; 0 only if nothing was given up
    List(Common),
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
enum QualityCommand {
    /// Counts a month's stars again by the published formula; 0 only if they all follow from the open file
    Verify {
        #[command(flatten)]
        common: Common,
        /// The month, as 2026-11
        #[arg(long, value_name = "MONTH")]
        month: String,
        /// A copy of /open-data/quality/MONTH.csv; left out, what the portal would publish
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
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
