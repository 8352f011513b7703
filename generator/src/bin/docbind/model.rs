//! `docbind model`: what the docs say, as JSON or as a summary.

use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use docbind::docs;
use docbind::model::Api;

use crate::report::{self, Status};

/// Print the API model that the docs describe
#[derive(Debug, Args)]
pub(crate) struct Model {
    /// The docs root: a folder with `api/` and `resources/`, or with a folder for each version
    #[arg(long, value_name = "DIR")]
    docs: PathBuf,
    /// The version that pages without a version folder belong to; else the one to print
    #[arg(long, value_name = "VERSION")]
    api_version: Option<String>,
    /// The form
    #[arg(long, value_name = "FORMAT", default_value = "summary")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Summary,
    /// Every fact
    Json,
}

pub(crate) fn run(arguments: &Model) -> Result<Status, Box<dyn Error>> {
    let docs = docs::read(&arguments.docs, arguments.api_version.as_deref())?;
    let api = docbind::load(&docs.value);
    let mut by_code = std::collections::BTreeMap::new();
    for diagnostic in docs.diagnostics.iter().chain(&api.diagnostics) {
        *by_code.entry((diagnostic.severity, diagnostic.code.id())).or_insert(0_usize) += 1;
    }
    let text = match arguments.format {
        Format::Json => {
            let wanted = arguments.api_version.as_deref();
            let one = api
                .value
                .versions
                .iter()
                .find(|model| wanted.is_some() && model.api_version.as_deref() == wanted);
            one.map_or_else(|| api.value.to_json(), docbind::model::Model::to_json)
        }
        Format::Summary => {
            let mut text = summary(&api.value);
            for ((severity, code), count) in by_code {
                writeln!(text, "{count:6} {severity:?} {code}")?;
            }
            text
        }
    };
    report::print(&text)?;
    Ok(Status::Fine)
}

fn summary(api: &Api) -> String {
    let mut text = String::new();
    for model in &api.versions {
        let name = model.api_version.as_deref().unwrap_or("(no version)");
        let _ = writeln!(
            text,
            "{name}: {} types, {} enumerations, {} operations",
            model.types.len(),
            model.enums.len(),
            model.operations.len()
        );
    }
    text
}
