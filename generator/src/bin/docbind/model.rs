//! `docbind model`: what the docs say, as JSON or in numbers.

use std::error::Error;

use clap::{Args, ValueEnum};
use docbind::diagnostic::Severity;

use crate::report::{self, Output, Status};
use crate::target::{DocsArguments, FilterArguments};

/// Print the API model that the docs describe
#[derive(Debug, Args)]
pub(crate) struct Model {
    #[command(flatten)]
    docs: DocsArguments,
    #[command(flatten)]
    filters: FilterArguments,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "summary", help_heading = "Output")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Numbers, for people
    Summary,
    /// Every fact, in a versioned form
    Json,
}

pub(crate) fn run(arguments: &Model, output: Output) -> Result<Status, Box<dyn Error>> {
    let (loaded, selection) = arguments.docs.load_selected(&arguments.filters)?;
    match arguments.format {
        Format::Json => report::print(&loaded.api.to_json())?,
        Format::Summary => {
            let selection = selection.map(|it| it.to_string()).unwrap_or_default();
            report::print(&format!("{}{selection}", loaded.summary()))?;
        }
    }
    if !output.quiet {
        report::diagnostics(&loaded.docs, &loaded.diagnostics, Severity::Error)?;
    }
    Ok(Status::Fine)
}
