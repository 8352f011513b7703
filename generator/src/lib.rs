//! docbind turns the markdown reference docs of a REST API into a typed Rust client.
//!
//! The pipeline, one module for each stage:
//!
//! ```text
//! disk → docs → page → extract → resolve → model → plan → emit → output → disk
//! ```
//!
//! [`load`] runs it up to the [model], [`generate`] from there to files in memory, and
//! [`output::apply`] brings these to disk. What is wrong with the docs is a
//! [diagnostic](diagnostic::Diagnostic) and never stops a run; what is wrong with the machine is
//! an [`Error`].
//!
//! [`Build`] does all of it in a `build.rs`.
//!
//! ```no_run
//! use std::path::Path;
//!
//! let loaded = docbind::load(Path::new("docs-input"), None)?;
//! print!("{}", loaded.summary());
//! for diagnostic in &loaded.diagnostics {
//!     eprintln!("{}", docbind::diagnostic::render::line(&loaded.docs, diagnostic));
//! }
//! println!("{}", loaded.api.to_json());
//! # Ok::<(), docbind::Error>(())
//! ```
#![warn(missing_docs)]

#[doc(hidden)]
pub mod absent;
mod build;
mod cache;
mod concern;
#[cfg(feature = "config")]
#[doc(hidden)]
pub mod config;
pub mod diagnostic;
pub mod diff;
pub mod docs;
mod emit;
mod error;
mod extract;
mod git;
mod hash;
mod job;
pub mod lock;
mod lower;
#[cfg(feature = "mock")]
pub mod mock;
pub mod model;
pub mod nearest;
pub mod output;
pub mod page;
mod plan;
mod resolve;
pub mod scopes;
pub mod select;
pub mod span;
pub mod summary;
#[doc(hidden)]
pub mod value;
pub mod version;

pub use build::{Build, Level, Report};
pub use emit::GeneratedFile;
pub use error::Error;
pub use job::{Job, Outcome};
pub use plan::{Form, Options, Rank, Runtime, TypeChange, TypeOverride};

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use rayon::prelude::*;

use cache::Pages;
use diagnostic::{Code, Diagnostic, Diagnostics, Parsed, render};
use docs::{Docs, SourceFile};
use extract::Declarations;
use model::{Api, ProfileOverrides};
use plan::Plan;
use resolve::VersionPages;
use select::{Filters, Selection};
use span::Span;
use summary::{Endpoints, Summary};

/// Docs that were read, and what they say.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The files.
    pub docs: Docs,
    /// The models, one for each version.
    pub api: Api,
    /// What is wrong with the docs, sorted by file and place.
    pub diagnostics: Diagnostics,
}

impl Loaded {
    /// The run in numbers.
    pub fn summary(&self) -> Summary {
        Summary::new(&self.docs, &self.api, &self.diagnostics)
    }

    /// What is left of it when only a part is wanted: the part of the model that the filters
    /// choose, and the diagnostics that concern this part. None when everything is wanted.
    ///
    /// Fails when a filter chooses nothing, or filters contradict each other.
    pub fn select(self, filters: &Filters) -> Result<(Self, Option<Selection>), Error> {
        if filters.is_empty() {
            return Ok((self, None));
        }
        let Self { docs, api, mut diagnostics } = self;
        let (api, selection) = select::select(api, filters)?;
        let concern = concern::concern(&docs, &api, filters);
        diagnostics.retain(|diagnostic| concern.includes(diagnostic));
        Ok((Self { docs, api, diagnostics }, Some(selection)))
    }
}

/// Reads the docs below `root`: a folder with `api/` and `resources/`, one with a folder for each
/// version, or one that holds such an `api-reference/`.
///
/// `api_version` is the version of pages that lie in no version folder; where there are version
/// folders, it picks one. Fails when the folder cannot be read, holds no page, or has no such
/// version.
pub fn load(root: &Path, api_version: Option<&str>) -> Result<Loaded, Error> {
    load_with(root, api_version, &ProfileOverrides::default())
}

/// The same, where the caller knows better than the majority of pages what is particular to the
/// service. Fails also when the base entity that it states is no type of the docs.
pub fn load_with(
    root: &Path,
    api_version: Option<&str>,
    stated: &ProfileOverrides,
) -> Result<Loaded, Error> {
    interpret_read(read_docs(&[root], api_version)?, api_version, stated, None)
}

/// Reads the docs and does no more.
fn read_docs(roots: &[&Path], api_version: Option<&str>) -> Result<Parsed<Docs>, Error> {
    if let Some(root) = roots.iter().find(|root| root.is_file()) {
        let root = root.display();
        return Err(Error::new(format!("the docs are a folder of pages, and `{root}` is a file")));
    }
    docs::read_all(roots, api_version)
}

/// Does what [`load_with`] does when the docs are read.
fn interpret_read(
    docs: Parsed<Docs>,
    api_version: Option<&str>,
    stated: &ProfileOverrides,
    pages: Option<&Pages>,
) -> Result<Loaded, Error> {
    let api = match pages {
        None => interpret_with(&docs.value, stated),
        Some(pages) => interpret_by(&docs.value, stated, |file| {
            pages.read(&docs.value, file, || read_page(&docs.value, file))
        }),
    };
    finish(docs, api, api_version, stated)
}

/// What was read and understood, if it is what the caller states.
fn finish(
    docs: Parsed<Docs>,
    api: Parsed<Api>,
    api_version: Option<&str>,
    stated: &ProfileOverrides,
) -> Result<Loaded, Error> {
    let mut diagnostics = docs.diagnostics;
    diagnostics.extend(api.diagnostics);
    render::sort(&docs.value, &mut diagnostics);
    let mut api = api.value;
    if let Some(wanted) = api_version {
        pick(&mut api, wanted)?;
    }
    if let Some(base) = &stated.base_entity {
        find_base_entity(&api, base)?;
    }
    Ok(Loaded { docs: docs.value, api, diagnostics })
}

fn find_base_entity(api: &Api, wanted: &str) -> Result<(), Error> {
    let mut types = api.versions.iter().flat_map(|model| &model.types);
    if types.any(|ty| ty.name == wanted) {
        return Ok(());
    }
    let message = format!("the docs have no type `{wanted}` that could be the base entity");
    Err(Error::new(message).about("base-entity", wanted))
}

fn pick(api: &mut Api, wanted: &str) -> Result<(), Error> {
    let known: Vec<_> = api.versions.iter().filter_map(|model| model.api_version.clone()).collect();
    api.versions.retain(|model| model.api_version.as_deref() == Some(wanted));
    if api.versions.is_empty() {
        let known = known.join("`, `");
        let message = format!("the docs have no version `{wanted}`, but `{known}`");
        return Err(Error::new(message).about("api-version", wanted));
    }
    Ok(())
}

/// What docs in memory say: a model for each version.
pub fn interpret(docs: &Docs) -> Parsed<Api> {
    interpret_with(docs, &ProfileOverrides::default())
}

/// The same with what the caller states of the service.
pub fn interpret_with(docs: &Docs, stated: &ProfileOverrides) -> Parsed<Api> {
    interpret_by(docs, stated, |file| read_page(docs, file))
}

/// What one page states.
fn read_page(docs: &Docs, file: &SourceFile) -> Parsed<Option<Declarations>> {
    isolated(file, || {
        let page = page::parse(docs, file);
        let mut declared = extract::extract(&page.value, docs);
        let found = std::mem::replace(&mut declared.diagnostics, page.diagnostics);
        declared.diagnostics.extend(found);
        declared
    })
}

fn interpret_by(
    docs: &Docs,
    stated: &ProfileOverrides,
    read: impl Fn(&SourceFile) -> Parsed<Option<Declarations>> + Sync,
) -> Parsed<Api> {
    let (api, rest) = resolve_pages(docs, read_pages(docs, read), stated);
    // Nobody waits for it.
    rayon::spawn(move || drop(rest));
    api
}

/// What each page states, in the order of the pages.
fn read_pages(
    docs: &Docs,
    read: impl Fn(&SourceFile) -> Parsed<Option<Declarations>> + Sync,
) -> Vec<Parsed<Option<Declarations>>> {
    let files: Vec<_> = docs.pages().collect();
    files.into_par_iter().map(&read).collect()
}

/// What the pages say together, of each of which it is given what it states. What is left of that
/// comes back.
fn resolve_pages(
    docs: &Docs,
    read: Vec<Parsed<Option<Declarations>>>,
    stated: &ProfileOverrides,
) -> (Parsed<Api>, Vec<Declarations>) {
    let mut diagnostics = Vec::new();
    let mut versions: Vec<VersionPages> = Vec::new();
    for (file, read) in docs.pages().zip(read) {
        let version = file.version().cloned();
        diagnostics.extend(read.diagnostics);
        let known = versions.iter().position(|known| known.version == version);
        let at = known.unwrap_or_else(|| {
            versions.push(VersionPages { version, pages: Vec::new() });
            versions.len() - 1
        });
        versions[at].pages.extend(read.value);
    }
    let (api, rest) = resolve::resolve(versions, stated);
    diagnostics.extend(api.diagnostics);
    (Parsed::new(api.value, diagnostics), rest)
}

/// Reads one page. A panic is a bug of docbind, but one that only this page shows, and the others
/// count all the same: so it is an error at the page, as loud as a panic, and no end of the run.
/// The stages behind see the whole API and go on with nothing, so there a panic ends it.
fn isolated<T>(file: &SourceFile, read: impl FnOnce() -> Parsed<T>) -> Parsed<Option<T>> {
    // What a page is read from is not changed, and what was made of it is thrown away.
    match panic::catch_unwind(AssertUnwindSafe(read)) {
        Ok(Parsed { value, diagnostics }) => Parsed::new(Some(value), diagnostics),
        Err(cause) => {
            let text = cause.downcast_ref::<&str>().copied();
            let text = text.or_else(|| cause.downcast_ref::<String>().map(String::as_str));
            let message = format!("docbind fails on this page: {}", text.unwrap_or("it panics"));
            let failure =
                Diagnostic::error(Code::InternalFailure, Span::new(file.id, 0, 0), message)
                    .help("this is a bug of docbind; report it with the page");
            Parsed::new(None, vec![failure])
        }
    }
}

/// A crate in memory.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Its files.
    pub files: Vec<GeneratedFile>,
    /// Which of the documented paths can be called.
    pub endpoints: Endpoints,
}

/// Turns what was loaded into the files of a crate. Flaws that show only in Rust, such as names
/// that collide, join the diagnostics.
///
/// # Panics
///
/// When the model and the docs were not loaded together.
pub fn generate(loaded: &mut Loaded, options: &Options) -> Generated {
    let Loaded { docs, api, diagnostics } = loaded;
    let (plan, endpoints) = plan(docs, api, diagnostics, options);
    Generated { files: emit::emit(&plan), endpoints }
}

/// Does what [`generate`] does before files are made.
fn plan<'a>(
    docs: &Docs,
    api: &'a Api,
    diagnostics: &mut Diagnostics,
    options: &Options,
) -> (Plan<'a>, Endpoints) {
    let (plan, findings) = plan::plan(api, options);
    diagnostics.extend(findings.into_iter().map(|finding| finding.into_diagnostic(docs)));
    render::sort(docs, diagnostics);
    let endpoints = Endpoints::new(plan.endpoints(), docs, diagnostics);
    (plan, endpoints)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_costs_its_page_alone() {
        let docs = Docs::from_texts([("api/bad.md", "x"), ("api/good.md", "y")]);
        let read: Vec<Parsed<Option<&str>>> = docs
            .pages()
            .map(|file| {
                isolated(file, || {
                    assert_ne!(&*file.text, "x", "the text is `x`");
                    Parsed::new("read", Vec::new())
                })
            })
            .collect();
        assert_eq!(read[1].value, Some("read"));
        assert_eq!(read[0].value, None);
        let [failure] = read[0].diagnostics.as_slice() else { panic!("one diagnostic") };
        assert_eq!((failure.code, failure.span.file.index()), (Code::InternalFailure, 0));
        assert!(failure.message.contains("the text is `x`"), "{}", failure.message);
    }
}
