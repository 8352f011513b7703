//! The generated crate as a whole: its name, what it depends on, its features.

use std::path::PathBuf;

use super::ident::Ident;

/// Names that Cargo refuses, or that the crate would confuse with others.
const RESERVED: [&str; 8] =
    ["alloc", "build", "core", "deps", "docbind-runtime", "proc_macro", "std", "test"];

/// What the caller decides about the generated crate.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// The name of the package: `msgraph`.
    pub name: String,
    /// The name of the client type: `Graph`.
    pub client: String,
    /// Where the crate finds its runtime.
    pub runtime: Runtime,
    /// Whether the crate is a workspace of its own.
    pub is_workspace: bool,
}

/// Where the generated crate finds `docbind-runtime`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Runtime {
    /// In this folder, as `Cargo.toml` states it: absolute, or relative to the generated crate.
    Path(PathBuf),
    /// At the registry, in this version.
    Version(String),
}

impl Options {
    /// Whether Cargo takes the name of the package.
    pub fn has_valid_name(&self) -> bool {
        let name = self.name.as_str();
        let is_word = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == '-';
        name.len() <= 64
            && name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(is_word)
            && !Ident::is_keyword(name)
            && !RESERVED.contains(&name)
    }

    /// The name of the client as Rust writes it.
    pub(crate) fn client_ident(&self) -> Ident {
        Ident::camel(&self.client)
    }
}
