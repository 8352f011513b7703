//! The `docbind` command: parses arguments, calls the library, prints.
//!
//! Exit status 0 when all is well, 1 when generated code is stale or a diagnostic reaches
//! `--fail-on`, 2 when the command line or the environment is at fault.

mod check;
mod diff;
mod explain;
mod generate;
#[cfg(feature = "mock")]
mod mock;
mod model;
mod report;
mod scopes;
mod stale;
mod target;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use report::{Output, Status};

/// Turns the markdown reference docs of a REST API into a typed Rust client.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = STATUS)]
struct Arguments {
    #[command(flatten)]
    output: Output,
    #[command(subcommand)]
    command: Command,
}

const STATUS: &str = "\
Exit status: 0 all is well; 1 generated code is stale, or the docs have flaws that --fail-on names; \
2 wrong usage, or a fault of the environment.";

/// Where values come from that no flag gives.
const PRECEDENCE: &str = "\
What no flag says, docbind.toml in the current folder does: the keys `docs`, `api-version`, `include`, \
`exclude`, `include-types`, `out`, `name` and `runtime`, and in its section `[api]` the keys `root-namespace`, `base-url`, `hosts`, \
`base-entity` and `client`; its sections `[types.…]` say what types are called, where they stand and what stands for them. What neither says is found in the docs, or has the default.";

#[derive(Debug, Subcommand)]
enum Command {
    #[command(after_help = PRECEDENCE)]
    Generate(generate::Generate),
    #[command(after_help = PRECEDENCE)]
    Check(check::Check),
    #[command(after_help = PRECEDENCE)]
    Watch(watch::Watch),
    #[command(after_help = PRECEDENCE)]
    Model(model::Model),
    #[command(after_help = PRECEDENCE)]
    Scopes(scopes::Scopes),
    Diff(diff::DiffArguments),
    Explain(explain::Explain),
    #[cfg(feature = "mock")]
    #[command(after_help = PRECEDENCE)]
    Mock(mock::Serve),
}

fn main() -> ExitCode {
    // clap exits with status 2 on a wrong command line, and with 0 after `--help`.
    let Arguments { output, command } = Arguments::parse();
    output.set_color();
    let result = match command {
        Command::Generate(arguments) => generate::run(&arguments, output),
        Command::Check(arguments) => check::run(&arguments, output),
        Command::Watch(arguments) => watch::run(&arguments, output),
        Command::Model(arguments) => model::run(&arguments, output),
        Command::Scopes(arguments) => scopes::run(&arguments, output),
        Command::Diff(arguments) => diff::run(&arguments, output),
        Command::Explain(arguments) => explain::run(&arguments),
        #[cfg(feature = "mock")]
        Command::Mock(arguments) => mock::run(&arguments, output),
    };
    match result {
        Ok(Status::Fine) => ExitCode::SUCCESS,
        Ok(Status::Failed) => ExitCode::from(1),
        Err(error) => {
            report::error(target::placed(error).as_ref());
            ExitCode::from(2)
        }
    }
}
