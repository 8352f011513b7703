//! `docbind generate`: a crate from the docs.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use docbind::output::{self, Mode};
use docbind::{Options, Runtime, docs};

use crate::report::{self, Status};

/// Write the crate that the docs describe
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// The docs root: a folder with `api/` and `resources/`, or with a folder for each version
    #[arg(long, value_name = "DIR")]
    docs: PathBuf,
    /// The folder of the crate
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The name of the package [default: the name of its folder]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The name of the client type
    #[arg(long, value_name = "NAME", default_value = "Client")]
    client: String,
    /// The folder or the version of `docbind-runtime`
    #[arg(long, value_name = "PATH|VERSION")]
    runtime: Option<String>,
    /// The version that pages without a version folder belong to
    #[arg(long, value_name = "VERSION")]
    api_version: Option<String>,
}

pub(crate) fn run(arguments: &Generate) -> Result<Status, Box<dyn Error>> {
    let options = options(arguments)?;
    let docs = docs::read(&arguments.docs, arguments.api_version.as_deref())?;
    let api = docbind::load(&docs.value);
    let (files, findings) = docbind::generate(&api.value, &options);
    let changes = output::apply(&files, &arguments.out, Mode::Write)?;
    let mut counts = BTreeMap::new();
    for finding in &findings {
        if std::env::var("FIND").is_ok() {
            eprintln!(
                "{} {}:{} {}",
                finding.code.id(),
                finding.source.file,
                finding.source.line,
                finding.message
            );
        }
        *counts.entry(finding.code.id()).or_insert(0_usize) += 1;
    }
    let mut text = String::new();
    for (code, count) in counts {
        writeln!(text, "{count:6} {code}")?;
    }
    writeln!(text, "{} files, {} changed", files.len(), changes.list.len())?;
    report::print(&text)?;
    Ok(Status::Fine)
}

fn options(arguments: &Generate) -> Result<Options, Box<dyn Error>> {
    let folder = arguments.out.file_name().and_then(|name| name.to_str()).unwrap_or("client");
    let options = Options {
        name: arguments.name.clone().unwrap_or_else(|| folder.to_owned()),
        client: arguments.client.clone(),
        runtime: runtime(arguments.runtime.as_deref())?,
        is_workspace: !is_in_workspace(&arguments.out),
    };
    if !options.has_valid_name() {
        return Err(
            format!("`{}` is no name for a package; choose one with --name", options.name).into()
        );
    }
    Ok(options)
}

/// What is no version is a path. Without either, the checkout that docbind was built from, if it is
/// still there.
fn runtime(given: Option<&str>) -> Result<Runtime, Box<dyn Error>> {
    let is_version = |text: &str| {
        text.trim_start_matches(['=', '^', '~']).starts_with(|first: char| first.is_ascii_digit())
            && !Path::new(text).exists()
    };
    match given {
        Some(text) if is_version(text) => Ok(Runtime::Version(text.to_owned())),
        Some(text) => Ok(Runtime::Path(std::path::absolute(text)?)),
        None => {
            let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("runtime");
            let is_there = checkout.join("Cargo.toml").is_file();
            Ok(if is_there {
                Runtime::Path(checkout)
            } else {
                Runtime::Version(env!("CARGO_PKG_VERSION").to_owned())
            })
        }
    }
}

/// Whether a workspace above lists the crate as a member. One that does not would refuse it.
fn is_in_workspace(out: &Path) -> bool {
    let Ok(out) = std::path::absolute(out) else { return false };
    out.ancestors().skip(1).any(|folder| {
        let Ok(manifest) = std::fs::read_to_string(folder.join("Cargo.toml")) else { return false };
        let Some((_, workspace)) = manifest.split_once("[workspace]") else { return false };
        let below = out.strip_prefix(folder).unwrap_or(&out).to_string_lossy().replace('\\', "/");
        let parent =
            below.rsplit_once('/').map_or("*".to_owned(), |(parent, _)| format!("{parent}/*"));
        [below, parent].iter().any(|member| workspace.contains(&format!("\"{member}\"")))
    })
}
