//! `docbind.toml`: what the commands do in a folder when their flags say nothing else.

use std::error::Error;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The file, in the folder that the command runs in.
const FILE: &str = "docbind.toml";

/// The keys of the file; each is the default of the flag of the same name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Config {
    pub(crate) docs: Option<PathBuf>,
    pub(crate) api_version: Option<String>,
    pub(crate) out: Option<PathBuf>,
    pub(crate) name: Option<String>,
    pub(crate) client: Option<String>,
    pub(crate) runtime: Option<String>,
}

/// Reads the file of the current folder, if there is one.
pub(crate) fn read() -> Result<Config, Box<dyn Error>> {
    let text = match std::fs::read_to_string(Path::new(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Config::default()),
        Err(error) => return Err(format!("cannot read `{FILE}`: {error}").into()),
    };
    toml::from_str(&text).map_err(|error| format!("`{FILE}`: {error}").into())
}
