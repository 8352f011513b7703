//! docbind turns the markdown reference docs of a REST API into a typed Rust client.
#![warn(missing_docs)]

pub mod diagnostic;
pub mod docs;
mod emit;
mod error;
mod extract;
pub mod model;
pub mod output;
pub mod page;
mod plan;
mod resolve;
pub mod span;

pub use emit::GeneratedFile;
pub use error::Error;
pub use plan::{Finding, Options, Runtime};

use std::sync::Arc;

use rayon::prelude::*;

use diagnostic::Parsed;
use docs::Docs;
use model::Api;
use resolve::VersionPages;

/// Reads what the docs say: a model for each version.
pub fn load(docs: &Docs) -> Parsed<Api> {
    let files: Vec<_> = docs.pages().collect();
    let read: Vec<_> = files
        .into_par_iter()
        .map(|file| {
            let page = page::parse(docs, file);
            let declared = extract::extract(&page.value, docs);
            let mut diagnostics = page.diagnostics;
            diagnostics.extend(declared.diagnostics);
            (page.value.version.clone(), declared.value, diagnostics)
        })
        .collect();
    let mut diagnostics = Vec::new();
    let mut versions: Vec<VersionPages> = Vec::new();
    for (version, declarations, found) in read {
        diagnostics.extend(found);
        let version: Option<Arc<str>> = version;
        match versions.iter_mut().find(|known| known.version == version) {
            Some(known) => known.pages.push(declarations),
            None => versions.push(VersionPages { version, pages: vec![declarations] }),
        }
    }
    let api = resolve::resolve(versions);
    diagnostics.extend(api.diagnostics);
    Parsed::new(api.value, diagnostics)
}

/// Turns the API into the files of a crate.
pub fn generate(api: &Api, options: &Options) -> (Vec<GeneratedFile>, Vec<Finding>) {
    let (plan, findings) = plan::plan(api, options);
    (emit::emit(&plan), findings)
}
