//! From the plan to files: tokens, and how they are laid out.
//!
//! Each kind of item has a file here that turns its plan into tokens. Nothing here knows
//! Markdown pages or makes a decision: every name and every type comes from the plan.

mod doc;
mod enums;
mod examples;
mod file;
mod modules;
mod nodes;
mod package;
mod permissions;
mod structs;
mod tokens;

use std::collections::BTreeMap;
use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;
use rayon::prelude::*;

pub use file::GeneratedFile;
pub(crate) use file::MARKER;

use crate::plan::{Ident, ModulePlan, Plan, VersionPlan};
use examples::Parents;

/// Writes out the crate. The files are sorted by path, whatever the number of threads.
pub(crate) fn emit(plan: &Plan<'_>) -> Vec<GeneratedFile> {
    // The largest files come last in this list. They are begun first, and each thread takes the
    // next one, so that no thread is left alone with a large one in the end.
    let tasks = tasks(plan).into_iter().rev();
    let mut files: Vec<_> = tasks.par_bridge().map(|task| task.run(plan)).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// What is to be written: a file each, those of types before those of nodes.
fn tasks<'p>(plan: &'p Plan<'p>) -> Vec<Task<'p>> {
    let mut tasks = vec![Task::Manifest, Task::Lib];
    for version in &plan.versions {
        let folder = folder(version.module.iter());
        if version.module.is_some() {
            tasks.push(Task::Version(version));
        }
        for (at, namespace) in version.namespaces.iter().enumerate() {
            let folder = self::folder(version.module.iter().chain(&namespace.path));
            if !namespace.path.is_empty() {
                tasks.push(Task::Namespace(version, at, format!("{folder}.rs")));
            }
            tasks.extend(namespace.modules.iter().map(|module| {
                Task::Types(version, at, module, format!("{folder}/{}.rs", module.ident))
            }));
        }
        let mut modules: BTreeMap<&Ident, Vec<usize>> = BTreeMap::new();
        for (place, node) in version.nodes.iter().enumerate() {
            modules.entry(&node.module).or_default().push(place);
        }
        let parents = Arc::new(examples::parents(version));
        tasks.push(Task::Permissions(version, format!("{folder}/permissions.rs")));
        let names: Vec<_> = modules.keys().copied().collect();
        tasks.push(Task::NodeModules(names.clone(), format!("{folder}/nodes.rs")));
        tasks.push(Task::Examples(version, names, format!("{folder}/examples.rs")));
        tasks.extend(modules.iter().map(|(module, nodes)| {
            let path = format!("{folder}/examples/{module}.rs");
            Task::Example(version, nodes.clone(), Arc::clone(&parents), path)
        }));
        tasks.extend(modules.into_iter().map(|(module, nodes)| {
            Task::Nodes(version, module, nodes, format!("{folder}/nodes/{module}.rs"))
        }));
    }
    tasks
}

/// The file that is to be written.
enum Task<'p> {
    Manifest,
    Lib,
    Version(&'p VersionPlan<'p>),
    Namespace(&'p VersionPlan<'p>, usize, String),
    Types(&'p VersionPlan<'p>, usize, &'p ModulePlan, String),
    NodeModules(Vec<&'p Ident>, String),
    Nodes(&'p VersionPlan<'p>, &'p Ident, Vec<usize>, String),
    Permissions(&'p VersionPlan<'p>, String),
    Examples(&'p VersionPlan<'p>, Vec<&'p Ident>, String),
    Example(&'p VersionPlan<'p>, Vec<usize>, Arc<Parents>, String),
}

impl Task<'_> {
    fn run(self, plan: &Plan<'_>) -> GeneratedFile {
        let (path, tokens): (String, TokenStream) = match self {
            Self::Manifest => {
                return GeneratedFile::toml("Cargo.toml", &package::emit_manifest(plan));
            }
            Self::Lib => ("src/lib.rs".to_owned(), package::emit_lib(plan)),
            Self::Version(version) => {
                let path = format!("{}.rs", folder(version.module.iter()));
                (path, package::emit_version(version))
            }
            Self::Namespace(version, at, path) => {
                (path, modules::emit_namespace(&version.namespaces[at], version))
            }
            Self::Types(version, namespace, module, path) => {
                (path, modules::emit_type_module(namespace, module, version))
            }
            Self::NodeModules(modules, path) => {
                let modules = modules.iter().map(|module| quote! { pub mod #module; });
                let doc = " What paths of the API lead to. A call chain starts at the client.";
                (path, quote! { #![doc = #doc] #(#modules)* })
            }
            Self::Nodes(version, module, nodes, path) => {
                let base_url = base_url(plan, version);
                (path, nodes::emit_node_module(module, &nodes, version, &base_url))
            }
            Self::Permissions(version, path) => {
                (path, permissions::emit_permissions(&version.permissions()))
            }
            Self::Examples(version, modules, path) => {
                (path, examples::emit_tables(&modules, version))
            }
            Self::Example(version, nodes, parents, path) => {
                (path, examples::emit_table(&nodes, &parents, version))
            }
        };
        GeneratedFile::rust(path, tokens)
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
