//! `docbind generate`: a crate from the docs.

use std::error::Error;
use std::fmt::Write;

use clap::Args;
use docbind::output::{Changes, Mode};

use crate::report::{self, FailOn, Output, Status};
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
    /// End with status 1 when the docs have flaws of this kind
    #[arg(long, value_name = "LEVEL", default_value = "error", help_heading = "Output")]
    fail_on: FailOn,
}

pub(crate) fn run(arguments: &Generate, output: Output) -> Result<Status, Box<dyn Error>> {
    let job = target::job(&arguments.docs, &arguments.filters, &arguments.crate_)?;
    let outcome = job.run(Mode::Write)?;
    report::diagnostics(&outcome.docs, &outcome.diagnostics, arguments.fail_on.shown())?;
    if !output.quiet {
        let mut text = report::outcome(&outcome);
        let (files, out, counts) = (outcome.files, job.out.display(), counts(&outcome.changes));
        writeln!(text, "{:14}{files} in {out}{counts}", "files")?;
        report::print(&text)?;
    }
    Ok(arguments.fail_on.status(&outcome.diagnostics))
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
