//! `docbind check`: what is wrong with the docs, and whether the generated code is up to date.

use std::error::Error;

use clap::Args;
use docbind::diagnostic::Severity;
use docbind::output::Mode;

use crate::report::{self, FailOn, Output, Status};
use crate::stale;
use crate::target::{self, CrateArguments, DocsArguments, FilterArguments};

/// Say what is wrong with the docs, and whether the crate made from them is up to date
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    docs: DocsArguments,
    #[command(flatten)]
    filters: FilterArguments,
    #[command(flatten)]
    crate_: CrateArguments,
    /// End with status 1 when the docs have flaws of this kind
    #[arg(long, value_name = "LEVEL", default_value = "error", help_heading = "Output")]
    fail_on: FailOn,
}

pub(crate) fn run(arguments: &Check, output: Output) -> Result<Status, Box<dyn Error>> {
    let job = target::job(&arguments.docs, &arguments.filters, &arguments.crate_)?;
    let outcome = job.run(Mode::Check)?;
    let least = if output.quiet { Severity::Error } else { Severity::Warning };
    report::diagnostics(&outcome.docs, &outcome.diagnostics, least)?;
    if !output.quiet {
        report::print_before_status(&report::outcome(&outcome))?;
    }
    let status = stale::report(&job, &outcome, "check", output)?;
    Ok(status.and(arguments.fail_on.status(&outcome.diagnostics)))
}
