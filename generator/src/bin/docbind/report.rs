//! What the subcommands print, and the status they end with.

use std::error::Error;
use std::io::{ErrorKind, Write};

use anstream::ColorChoice;
use clap::{Args, ValueEnum};
use docbind::Outcome;
use docbind::diagnostic::render::{self, Style};
use docbind::diagnostic::{Diagnostic, Severity};
use docbind::docs::Docs;

/// How a subcommand ended, short of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Exit status 0.
    Fine,
    /// Exit status 1: something is stale, or the docs are worse than allowed.
    Failed,
}

impl Status {
    /// Fine when both are.
    pub(crate) fn and(self, other: Self) -> Self {
        if self == Self::Failed { self } else { other }
    }
}

#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Output {
    /// Print nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Whether to colour; `auto` does so on a terminal unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// From which severity on diagnostics fail the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Something of the API is missing because of a flaw
    #[default]
    Error,
    /// Any flaw, also those that were understood
    Warning,
    /// Never
    None,
}

impl Output {
    pub(crate) fn set_color(self) {
        match self.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
        .write_global();
    }
}

impl FailOn {
    /// From which severity on diagnostics are printed: those that fail the run, and errors.
    pub(crate) fn shown(self) -> Severity {
        if self == Self::Warning { Severity::Warning } else { Severity::Error }
    }

    /// The status of a run that found these diagnostics.
    pub(crate) fn status(self, diagnostics: &[Diagnostic]) -> Status {
        let fails = |diagnostic: &Diagnostic| match self {
            Self::Error => diagnostic.severity == Severity::Error,
            Self::Warning => true,
            Self::None => false,
        };
        if diagnostics.iter().any(fails) { Status::Failed } else { Status::Fine }
    }
}

/// What a run found, in numbers.
pub(crate) fn outcome(outcome: &Outcome) -> String {
    let selection = outcome.selection.map(|it| it.to_string()).unwrap_or_default();
    format!("{}{selection}{}", outcome.summary, outcome.endpoints)
}

/// Prints to standard output. A reader that went away (`| head`) ends the command quietly.
pub(crate) fn print(text: &str) -> Result<(), Box<dyn Error>> {
    match anstream::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        result => Ok(result?),
    }
}

/// The same where the status says something, whoever has read enough.
pub(crate) fn print_before_status(text: &str) -> Result<(), Box<dyn Error>> {
    match anstream::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// Prints the diagnostics of a severity and above to standard error.
pub(crate) fn diagnostics(
    docs: &Docs,
    diagnostics: &[Diagnostic],
    least: Severity,
) -> Result<(), Box<dyn Error>> {
    let mut out = anstream::stderr().lock();
    for diagnostic in diagnostics.iter().filter(|found| found.severity >= least) {
        // The stream takes the colours out again where they are not wanted.
        let text = render::text(docs, diagnostic, Style::Coloured);
        match writeln!(out, "{text}\n") {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => break,
            result => result?,
        }
    }
    Ok(())
}

/// Prints what is to be mended, and stops nothing.
pub(crate) fn warning(warning: &str) {
    anstream::eprintln!("warning: {warning}");
}

/// Prints what else there is to know.
pub(crate) fn note(note: &str) {
    anstream::eprintln!("note: {note}");
}

/// Prints why the command could not do its work. An error says its cause itself.
pub(crate) fn error(error: &dyn Error) {
    anstream::eprintln!("error: {error}");
}
