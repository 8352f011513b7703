//! The two sides of a diff, and what is wrong with their docs.

use std::collections::BTreeSet;
use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use docbind::config::Config;
use docbind::diagnostic::{Code, Diagnostic, Severity};
use docbind::diff::report::{self as reports, Compared, Pages};
use docbind::diff::side::{self, Input, Inputs, Settings, Side};
use docbind::docs::Docs;
use docbind::summary::counted;

use super::DiffArguments;
use crate::{report, target};

pub(super) struct Sides {
    pub(super) base: Side,
    pub(super) head: Side,
    /// The folder in the repository that the head is of, if it is one of a revision.
    path_of_head: Option<PathBuf>,
}

impl Sides {
    /// Reads both sides.
    pub(super) fn load(arguments: &DiffArguments, config: &Config) -> Result<Self, Box<dyn Error>> {
        let base = arguments.base.as_deref().unwrap_or_default();
        let arguments_ = &arguments.docs;
        let docs = arguments_.docs.as_ref().or(config.docs.as_ref().map(|(docs, _)| docs));
        let docs = docs.map_or(Path::new(target::DOCS), PathBuf::as_path);
        let inputs = Inputs::parse(base, arguments.head.as_deref().map(OsStr::new), docs)?;
        // A folder that nobody named is not there by somebody's default.
        if arguments.head.is_none() && matches!(&inputs.head, Input::Docs(head) if head == docs) {
            target::check_folder(arguments_.docs.is_some(), docs, config)?;
        }
        let version = arguments_.api_version.as_ref().or(config.api_version.as_ref());
        let profile = arguments_.profile.or(&config.profile);
        let cache = if arguments_.no_cache { None } else { target::shared_cache(config)? };
        let settings = Settings {
            api_version: version.map(String::as_str),
            profile: Some(&profile),
            cache: cache.as_deref(),
            is_partial: arguments_.partial,
        };
        let (base, head) = side::load(&inputs, settings)?;
        let path_of_head = match inputs.head {
            Input::Revision { path, .. } => Some(path),
            Input::Docs(_) | Input::Model(_) => None,
        };
        Ok(Self { base, head, path_of_head })
    }

    /// What reports need of the sides.
    pub(super) fn compared(&self) -> Compared<'_> {
        fn side(side: &Side) -> reports::Side<'_> {
            let pages = side.docs.as_ref().map(|docs| docs as &dyn Pages);
            reports::Side { name: &side.name, pages }
        }
        Compared { base: side(&self.base), head: side(&self.head) }
    }

    /// Where the docs of the head lie below the root of their repository, or below the current
    /// folder where there is no repository.
    pub(super) fn folder(&self) -> String {
        if let Some(path) = &self.path_of_head {
            return path.display().to_string();
        }
        let Some(docs) = &self.head.docs else { return String::new() };
        let root = std::path::absolute(&docs.root).unwrap_or_else(|_| docs.root.clone());
        let is_top = |folder: &&Path| {
            let git = folder.join(".git");
            // A worktree has a file there.
            git.is_file() || git.join("HEAD").exists()
        };
        let here = std::env::current_dir().ok();
        let top = root.ancestors().find(is_top).or(here.as_deref());
        let below = top.and_then(|top| root.strip_prefix(top).ok());
        below.unwrap_or(&docs.root).display().to_string()
    }

    /// Prints what is wrong with the head and was not with the base, since what it costs looks as
    /// if it were removed. What is wrong with both costs the diff of these parts, which is said.
    pub(super) fn report_flaws(&self) -> Result<(), Box<dyn Error>> {
        let Some(docs) = &self.head.docs else { return Ok(()) };
        let known: BTreeSet<_> = errors(&self.base).collect();
        let is_new =
            |flaw: &&Diagnostic| key(docs, flaw).is_some_and(|flaw| !known.contains(&flaw));
        let new: Vec<Diagnostic> = self.head.diagnostics.iter().filter(is_new).cloned().collect();
        report::diagnostics(docs, &new, Severity::Error)?;
        let both = errors(&self.head).filter(|flaw| known.contains(flaw)).count();
        if both > 0 {
            let count = counted(both, "flaw costs", "flaws cost");
            report::note(&format!(
                "{count} parts of both sides, which are not compared; `docbind check` lists them"
            ));
        }
        Ok(())
    }
}

/// What makes a flaw the same on both sides; lines move.
type Key<'d> = (&'d str, Code, &'d str);

fn errors(side: &Side) -> impl Iterator<Item = Key<'_>> {
    let docs = side.docs.as_ref();
    side.diagnostics.iter().filter_map(move |flaw| key(docs?, flaw))
}

fn key<'d>(docs: &'d Docs, flaw: &'d Diagnostic) -> Option<Key<'d>> {
    let path = &docs.file(flaw.span.file).path;
    (flaw.severity == Severity::Error).then_some((path, flaw.code, &flaw.message))
}
