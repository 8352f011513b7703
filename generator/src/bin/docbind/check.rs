//! `docbind check`: what is wrong with the docs, and whether the generated code is up to date.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use clap::Args;
use docbind::diagnostic::Severity;
use docbind::output::{Change, ChangeKind, Changes, Mode};
use docbind::summary::counted;

use crate::report::{self, FailOn, Output, Status};
use crate::target::{self, CrateArguments, DocsArguments, FilterArguments};

/// How many files that differ are named.
const MOST_NAMED: usize = 20;

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
        report::print(&report::outcome(&outcome))?;
    }
    if outcome.changes.is_empty() {
        if !output.quiet {
            report::print(&format!("{} is up to date\n", job.out.display()))?;
        }
        return Ok(arguments.fail_on.status(&outcome.diagnostics));
    }
    anstream::eprint!("{}", stale(&outcome.changes, &job.out)?);
    Ok(Status::Failed)
}

fn stale(changes: &Changes, out: &Path) -> Result<String, std::fmt::Error> {
    let files = counted(changes.list.len(), "file differs", "files differ");
    let mut text = format!("error: {} is not what the docs say: {files}\n", out.display());
    for change in changes.list.iter().take(MOST_NAMED) {
        let what = match change.kind {
            ChangeKind::Added => "missing",
            ChangeKind::Changed { .. } => "differs",
            ChangeKind::Stale => "stale",
        };
        writeln!(text, "  {what:8} {}", change.path)?;
    }
    if let Some(more) = changes.list.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        writeln!(text, "  and {more} more")?;
    }
    let first = changes.list.iter().find_map(|Change { path, kind }| match kind {
        ChangeKind::Changed { line, old, new } => Some((path, line, old, new)),
        ChangeKind::Added | ChangeKind::Stale => None,
    });
    if let Some((path, line, old, new)) = first {
        writeln!(text, "first difference, {path}:{line}\n  - {old}\n  + {new}")?;
    }
    writeln!(text, "`docbind generate` with the same arguments brings it up to date")?;
    Ok(text)
}
