//! `docbind diff`: what differs between two states of the docs, and whom it breaks.

use std::error::Error;
use std::path::PathBuf;

use clap::Args;
use docbind::diff;

use crate::report::{self, Output, Status};

/// Say what a change to the docs does to the API, and whom it breaks
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// What is compared with
    base: PathBuf,
    /// What is compared
    head: PathBuf,
}

pub(crate) fn run(arguments: &Diff, _output: Output) -> Result<Status, Box<dyn Error>> {
    let base = docbind::load(&arguments.base, None)?;
    let head = docbind::load(&arguments.head, None)?;
    let mut diff = diff::diff(&base.api, &head.api);
    if std::env::var_os("ALL").is_none() {
        diff.changes.retain(|change| change.level > diff::Level::Docs);
    }
    report::print(&diff::report::to_json(&diff))?;
    Ok(Status::Fine)
}
