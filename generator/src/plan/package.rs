//! The generated crate as a whole: its name, what it depends on, its features.

use std::path::PathBuf;

use super::ident::Ident;
use super::overrides::TypeOverride;

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
    /// What is made: a crate, or a part of another one.
    pub form: Form,
    /// What is decided about single types.
    pub types: Vec<TypeOverride>,
}

/// What the generated files are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// A crate, with its `Cargo.toml`.
    #[default]
    Crate,
    /// Modules that a crate includes where it likes, and nothing that asks for features: the file
    /// `src/mod.rs` declares a module of this name, and exports what is in it.
    Included(String),
}

/// Where the generated crate finds `docbind-runtime`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Runtime {
    /// In this folder, as `Cargo.toml` states it: absolute, or relative to the generated crate.
    Path(PathBuf),
    /// At the registry, in this version.
    Version(String),
}

impl Default for Options {
    /// A crate named `client`, with a runtime of the version of docbind.
    fn default() -> Self {
        Self {
            name: "client".to_owned(),
            client: "Client".to_owned(),
            runtime: Runtime::Version(env!("CARGO_PKG_VERSION").to_owned()),
            is_workspace: false,
            form: Form::Crate,
            types: Vec::new(),
        }
    }
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

    /// The module that holds all of what is included in another crate.
    pub(crate) fn included_module(&self) -> Option<Ident> {
        match &self.form {
            Form::Crate => None,
            Form::Included(name) => Some(Ident::snake(name)),
        }
    }

    /// The name of the client as Rust writes it.
    pub(crate) fn client_ident(&self) -> Ident {
        Ident::camel(&self.client)
    }
}
