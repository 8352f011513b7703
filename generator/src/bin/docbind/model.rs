//! `docbind model`: what the docs say, as JSON or in numbers.

use std::error::Error;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use docbind::Loaded;
use docbind::diagnostic::Severity;

use crate::report::{self, Output, Status};

/// Print the API model that the docs describe
#[derive(Debug, Args)]
pub(crate) struct Model {
    #[command(flatten)]
    docs: DocsArguments,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "summary")]
    format: Format,
}

/// Which docs, and which of their versions.
#[derive(Debug, Args)]
pub(crate) struct DocsArguments {
    /// The docs: a folder with `api/` and `resources/`, one with a folder for each version, or
    /// one that holds such an `api-reference/`
    #[arg(long, value_name = "DIR", default_value = "docs-input")]
    docs: PathBuf,
    /// The version of pages that lie in no version folder; where there are such folders, the
    /// only one to use
    #[arg(long, value_name = "VERSION")]
    api_version: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Numbers, for people
    Summary,
    /// Every fact, in a versioned form
    Json,
}

impl DocsArguments {
    /// Reads the docs.
    pub(crate) fn load(&self) -> Result<Loaded, docbind::Error> {
        docbind::load(&self.docs, self.api_version.as_deref())
    }
}

pub(crate) fn run(arguments: &Model, output: Output) -> Result<Status, Box<dyn Error>> {
    let loaded = arguments.docs.load()?;
    match arguments.format {
        Format::Json => report::print(&loaded.api.to_json())?,
        Format::Summary => report::print(&loaded.summary().to_string())?,
    }
    if !output.quiet {
        report::diagnostics(&loaded, Severity::Error)?;
    }
    Ok(Status::Fine)
}
