//! From the command line to what it says.

use std::{env, process::ExitCode};

use clap::Parser as _;

use super::{
    AdapterCommand, AgencyCommand, BindingCommand, Cli, ClientCommand, Command, ConfigCommand, DemoCommand,
    DemoPart, JobsCommand, KeysCommand, LedgerCommand, NoticesCommand, PackageCommand, PaymentsCommand,
    QualityCommand, RemindersCommand, StaffCommand,
};
use crate::app::{
    commands::{self, Outcome},
    demo, year,
};

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
            Some(Command::Demo(DemoCommand { part: None, options })) => demo::run(options, env::vars()).await,
            Some(Command::Demo(DemoCommand { part: Some(DemoPart::Year(options)), .. })) => {
                year::run(&options, env::vars()).await
            }
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
            Some(Command::Package { command }) => package(command).await,
            Some(Command::Adapter { command }) => adapter(command).await,
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
            Some(Command::Binding { command }) => binding(command).await,
            Some(Command::Search { common, words, time }) => commands::search(&common, &words, time).await,
            Some(Command::Ledger { command: LedgerCommand::Verify { common, heads } }) => {
                commands::ledger_verify(&common, heads.as_deref()).await
            }
            Some(Command::Jobs { command: JobsCommand::List(common) }) => commands::jobs_list(&common).await,
            Some(Command::Reminders { command: RemindersCommand::Balance(common) }) => {
                commands::reminders_balance(&common).await
            }
            Some(Command::Notices { command: NoticesCommand::Balance(common) }) => {
                commands::notices_balance(&common).await
            }
            Some(Command::Payments { command: PaymentsCommand::Reconcile { common, day } }) => {
                commands::payments_reconcile(&common, day).await
            }
            Some(Command::Quality { command: QualityCommand::Verify { common, month, file } }) => {
                commands::quality_verify(&common, &month, file.as_deref()).await
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

async fn package(command: PackageCommand) -> Result<(), Outcome> {
    match command {
        PackageCommand::Install { common, folders } => commands::package_install(&common, &folders).await,
        PackageCommand::Check { json, folders } => commands::package_check(json, &folders),
        PackageCommand::List(common) => commands::package_list(&common).await,
        PackageCommand::Rollback { common, slug } => commands::package_rollback(&common, slug).await,
        PackageCommand::Schema { folder } => commands::package_schema(&folder),
    }
}

async fn adapter(command: AdapterCommand) -> Result<(), Outcome> {
    match command {
        AdapterCommand::Check(wanted) => commands::adapter_check(&wanted).await,
        AdapterCommand::Try(wanted) => commands::adapter_try(&wanted).await,
        AdapterCommand::New(wanted) => commands::adapter_new(&wanted),
        AdapterCommand::Import(wanted) => commands::adapter_import(&wanted).await,
        AdapterCommand::Pack { json, folder, to } => commands::adapter_pack(json, &folder, to),
        AdapterCommand::Unpack { json, file, folder } => commands::adapter_unpack(json, &file, &folder),
        AdapterCommand::Diff { json, old, new } => commands::adapter_diff(json, &old, &new),
    }
}

async fn binding(command: BindingCommand) -> Result<(), Outcome> {
    match command {
        BindingCommand::Set { common, agency, address, by, secrets } => {
            commands::binding_set(&common, agency, address, by, secrets).await
        }
        BindingCommand::Approve { common, agency, by } => {
            commands::binding_approve(&common, agency, by).await
        }
        BindingCommand::List(common) => commands::binding_list(&common).await,
    }
}
