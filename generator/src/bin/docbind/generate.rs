//! `docbind generate`: a crate from the docs.

use std::error::Error;

use clap::Args;
use docbind::output::{Changes, Mode};
use docbind::{Job, Outcome};

use crate::report::{self, FailOn, Output, Status};
use crate::stale;
use crate::target::{self, CrateArguments, DocsArguments, FilterArguments};

/// Write the crate that the docs describe
#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    docs: DocsArguments,
    #[command(flatten)]
    filters: FilterArguments,
    #[command(flatten)]
    crate_: CrateArguments,
    /// Write nothing, and end with status 1 when something would be written
    #[arg(long, help_heading = "Output")]
    check: bool,
    /// End with status 1 when the docs have flaws of this kind
    #[arg(long, value_name = "LEVEL", default_value = "error", help_heading = "Output")]
    fail_on: FailOn,
}

pub(crate) fn run(arguments: &Generate, output: Output) -> Result<Status, Box<dyn Error>> {
    let job = target::job(&arguments.docs, &arguments.filters, &arguments.crate_)?;
    let outcome = job.run(if arguments.check { Mode::Check } else { Mode::Write })?;
    report::diagnostics(&outcome.docs, &outcome.diagnostics, arguments.fail_on.shown())?;
    let status = arguments.fail_on.status(&outcome.diagnostics);
    if arguments.check {
        return Ok(stale::report(&job, &outcome, "generate", output)?.and(status));
    }
    if !output.quiet {
        report::print(&summary(&job, &outcome))?;
    }
    // The process ends here, and gives back its memory in one piece.
    std::mem::forget(outcome);
    Ok(status)
}

/// What was read and made, in numbers.
pub(crate) fn summary(job: &Job, outcome: &Outcome) -> String {
    report::outcome(outcome) + &files(job, outcome)
}

/// How many files there are, and what happened to them.
pub(crate) fn files(job: &Job, outcome: &Outcome) -> String {
    let (files, out, counts) = (outcome.files, job.out.display(), counts(&outcome.changes));
    format!("{:14}{files} in {out}{counts}\n", "files")
}

fn counts(changes: &Changes) -> String {
    if changes.is_empty() {
        return ", unchanged".to_owned();
    }
    let (added, changed, stale) = changes.counts();
    let counts = [(added, "new"), (changed, "changed"), (stale, "stale and removed")];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    counts.fold(String::new(), |text, (count, what)| format!("{text}, {count} {what}"))
}
