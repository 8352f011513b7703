//! From the plan to files: tokens, and how they are laid out.
//!
//! Each kind of item has a file here that turns its plan into tokens. Nothing here knows
//! Markdown pages or makes a decision: every name and every type comes from the plan.

mod doc;
mod enums;
mod examples;
mod file;
mod input;
mod modules;
mod nodes;
mod package;
mod permissions;
mod structs;
mod tokens;

use std::collections::BTreeMap;

use quote::quote;
use rayon::prelude::*;

pub use file::GeneratedFile;
pub(crate) use file::MARKER;

use crate::cache::Fingerprint;
use crate::plan::{Ident, PermissionTable, Plan, VersionPlan};
use input::{LibInput, NamespaceInput, NodesInput, RootInput, TableInput, TypesInput};

/// Writes out the crate. The files are sorted by path, whatever the number of threads.
pub(crate) fn emit(plan: &Plan<'_>) -> Vec<GeneratedFile> {
    let mut files: Vec<_> = tasks(plan).par_iter().with_max_len(1).map(Task::run).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// What is to be written: a file each, those of nodes before those of types. The largest come
/// first, so that no thread is left alone with a large one in the end.
pub(crate) fn tasks<'p>(plan: &'p Plan<'p>) -> Vec<Task<'p>> {
    let mut tasks = vec![
        match plan.options.included_module() {
            None => Task::new("Cargo.toml".to_owned(), Input::Manifest(plan)),
            Some(module) => Task::new("src/mod.rs".to_owned(), Input::Included(module)),
        },
        Task::new("src/lib.rs".to_owned(), Input::Lib(LibInput::new(plan))),
    ];
    for version in &plan.versions {
        version_tasks(version, &base_url(plan, version), &mut tasks);
    }
    tasks.reverse();
    tasks
}

fn version_tasks<'p>(version: &'p VersionPlan<'p>, base_url: &str, tasks: &mut Vec<Task<'p>>) {
    let folder = folder(version.module.iter());
    if version.module.is_some() {
        let input = Input::Version(version.api_version, RootInput::new(version));
        tasks.push(Task::new(format!("{folder}.rs"), input));
    }
    for (at, namespace) in version.namespaces.iter().enumerate() {
        let folder = self::folder(version.module.iter().chain(&namespace.path));
        if !namespace.path.is_empty() {
            let input = Input::Namespace(NamespaceInput::new(version, namespace));
            tasks.push(Task::new(format!("{folder}.rs"), input));
        }
        tasks.par_extend(namespace.modules.par_iter().map(|module| {
            let input = Input::Types(TypesInput::new(version, at, module));
            Task::new(format!("{folder}/{}.rs", module.ident), input)
        }));
    }
    let mut modules: BTreeMap<&Ident, Vec<usize>> = BTreeMap::new();
    for (place, node) in version.nodes.iter().enumerate() {
        modules.entry(&node.module).or_default().push(place);
    }
    let parents = input::parents(version);
    let names: Vec<_> = modules.keys().copied().collect();
    let modules: Vec<_> = modules.into_iter().collect();
    let permissions = Input::Permissions(version.permissions());
    tasks.push(Task::new(format!("{folder}/permissions.rs"), permissions));
    tasks.push(Task::new(format!("{folder}/nodes.rs"), Input::NodeModules(names.clone())));
    if !version.is_included {
        let tables = Input::Tables(names, input::client(version));
        tasks.push(Task::new(format!("{folder}/examples.rs"), tables));
        tasks.par_extend(modules.par_iter().map(|(module, nodes)| {
            let input = Input::Table(TableInput::new(version, nodes, &parents));
            Task::new(format!("{folder}/examples/{module}.rs"), input)
        }));
    }
    tasks.par_extend(modules.par_iter().map(|(module, nodes)| {
        let input = Input::Nodes(NodesInput::new(version, module, nodes, base_url));
        Task::new(format!("{folder}/nodes/{module}.rs"), input)
    }));
}

/// A file that is to be written.
pub(crate) struct Task<'p> {
    /// Where it belongs, below the crate's folder.
    pub(crate) path: String,
    input: Input<'p>,
}

/// What it is made from.
enum Input<'p> {
    Manifest(&'p Plan<'p>),
    Included(Ident),
    Lib(LibInput<'p>),
    /// The version in URLs, and what its module holds.
    Version(Option<&'p str>, RootInput<'p>),
    Namespace(NamespaceInput<'p>),
    Types(TypesInput<'p>),
    NodeModules(Vec<&'p Ident>),
    Nodes(NodesInput<'p>),
    Permissions(PermissionTable<'p>),
    Tables(Vec<&'p Ident>, (Option<&'p Ident>, &'p Ident)),
    Table(TableInput<'p>),
}

impl<'p> Task<'p> {
    fn new(path: String, input: Input<'p>) -> Self {
        Self { path, input }
    }

    /// What tells the input from others: tasks of one fingerprint make the same file. None for what
    /// is made in no time.
    pub(crate) fn fingerprint(&self) -> Option<Fingerprint> {
        let path = &self.path;
        match &self.input {
            Input::Manifest(_) | Input::Included(_) => None,
            Input::Lib(input) => Some(Fingerprint::of_value(&(path, "lib", input))),
            Input::Version(api_version, input) => {
                Some(Fingerprint::of_value(&(path, "version", api_version, input)))
            }
            Input::Namespace(input) => Some(Fingerprint::of_value(&(path, "namespace", input))),
            Input::Types(input) => Some(Fingerprint::of_value(&(path, "types", input))),
            Input::NodeModules(names) => Some(Fingerprint::of_value(&(path, "modules", names))),
            Input::Nodes(input) => Some(Fingerprint::of_value(&(path, "nodes", input))),
            Input::Permissions(table) => Some(Fingerprint::of_value(&(path, "permissions", table))),
            Input::Tables(names, client) => {
                Some(Fingerprint::of_value(&(path, "tables", names, client)))
            }
            Input::Table(input) => Some(Fingerprint::of_value(&(path, "table", input))),
        }
    }

    /// Makes the file, from its input and from nothing else.
    pub(crate) fn run(&self) -> GeneratedFile {
        let tokens = match &self.input {
            Input::Manifest(plan) => {
                return GeneratedFile::toml(&self.path, &package::emit_manifest(plan));
            }
            Input::Included(module) => package::emit_included(module),
            Input::Lib(input) => package::emit_lib(input),
            Input::Version(api_version, input) => package::emit_version(*api_version, input),
            Input::Namespace(input) => modules::emit_namespace(input),
            Input::Types(input) => modules::emit_type_module(input),
            Input::NodeModules(modules) => {
                let modules = modules.iter().map(|module| quote! { pub mod #module; });
                let doc = " What paths of the API lead to. A call chain starts at the client.";
                quote! { #![doc = #doc] #(#modules)* }
            }
            Input::Nodes(input) => nodes::emit_node_module(input),
            Input::Permissions(table) => permissions::emit_permissions(table),
            Input::Tables(modules, client) => examples::emit_tables(modules, *client),
            Input::Table(input) => examples::emit_table(input),
        };
        GeneratedFile::rust(self.path.clone(), tokens)
    }
}

/// The folder of a module, without a slash at the end.
fn folder<'i>(path: impl Iterator<Item = &'i Ident>) -> String {
    path.fold("src".to_owned(), |folder, module| format!("{folder}/{module}"))
}

/// The URL in front of all paths of a version.
fn base_url(plan: &Plan<'_>, version: &VersionPlan<'_>) -> String {
    let base = plan.base_url.unwrap_or_default();
    version.api_version.map_or(base.to_owned(), |api_version| format!("{base}/{api_version}"))
}
