//! What a build script says to Cargo: what it read, and what is wrong with that.
//!
//! In go docs that were read, out come lines on standard output, or the error that ends the build.
//! Paths are as the script wrote them, so that they hold wherever the crate is.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::Error;
use crate::diagnostic::{Diagnostic, Severity, render};
use crate::docs::{Docs, REFERENCE};
use crate::summary::counted;

/// How many flaws are shown one by one.
const MOST: usize = 20;

/// The docs of a build script.
pub(super) struct Script<'d> {
    docs: &'d Docs,
    /// The folders as they were named, each with the one that it is.
    folders: Vec<(PathBuf, PathBuf)>,
}

impl<'d> Script<'d> {
    /// `root` is the folder of the crate, `named` what the script calls the folders of the docs.
    pub(super) fn new(root: &Path, named: &[PathBuf], docs: &'d Docs) -> Self {
        // The folder in it may be a link that leads elsewhere.
        let folders = named.iter().flat_map(|folder| [folder.clone(), folder.join(REFERENCE)]);
        let folders = folders.filter_map(|folder| {
            let real = root.join(&folder).canonicalize().ok()?;
            Some((folder, real))
        });
        Self { docs, folders: folders.collect() }
    }

    /// Tells Cargo which folders and files were read.
    pub(super) fn tell_reads(&self, out: &Path) -> Result<(), Error> {
        let lines = self.reads(out).into_iter().map(|path| rerun_if_changed(&path));
        print(&lines.collect::<String>())
    }

    /// Tells Cargo of flaws, or fails when there are some of at least this severity.
    pub(super) fn tell_flaws(
        &self,
        diagnostics: &[Diagnostic],
        least: Option<Severity>,
    ) -> Result<(), Error> {
        let fails = |severity| least.is_some_and(|least| severity >= least);
        let (fatal, others): (Vec<_>, Vec<_>) =
            diagnostics.iter().partition(|found| fails(found.severity));
        if !fatal.is_empty() {
            return Err(self.failure(&fatal));
        }
        print(&self.warnings(others))
    }

    /// The folders that pages come from, so that a new page is noticed, and the files beside them; and
    /// for each file or folder that is not there, the nearest folder that is, so that it is noticed when
    /// it comes. A path that is not there must not be named: then Cargo runs the script at every build.
    ///
    /// Cargo looks through a folder to its last file: one that holds what is written would be newer
    /// after each build than before, and so its files are named instead.
    pub(super) fn reads(&self, out: &Path) -> Vec<PathBuf> {
        let out = out.canonicalize().unwrap_or_else(|_| out.to_owned());
        let folders = self.docs.page_folders();
        let (mut folders, crowded): (Vec<_>, Vec<_>) =
            folders.into_iter().partition(|folder| !out.starts_with(folder));
        let awaited = self.docs.awaited().filter_map(|path| ground(&path));
        folders.extend(awaited.filter(|folder| !out.starts_with(folder)));
        let files = self.docs.files.iter().map(|file| self.docs.place(&file.path));
        let files = files.filter(|path| {
            let is_own = crowded.iter().any(|_| path.starts_with(&out));
            !is_own && !is_below(path, &folders) && path.exists()
        });
        let files: Vec<_> = files.collect();
        let reads: BTreeSet<_> = folders
            .iter()
            .filter(|folder| folder.parent().is_none_or(|above| !is_below(above, &folders)))
            .chain(&files)
            .map(|path| self.as_named(path))
            .collect();
        reads.into_iter().collect()
    }

    /// A path below or beside one of the folders, as the script would write it.
    fn as_named(&self, path: &Path) -> PathBuf {
        let below = self.folders.iter().find_map(|(named, real)| {
            let below = path.strip_prefix(real).ok()?;
            Some(joined(named, below))
        });
        let beside = || {
            self.folders.iter().find_map(|(named, real)| {
                // What is beside a link is not what is beside the folder that it leads to.
                let is_same = named.file_name().is_some_and(|name| real.ends_with(name));
                let beside = path.strip_prefix(real.parent()?).ok().filter(|_| is_same)?;
                Some(joined(named.parent()?, beside))
            })
        };
        below.or_else(beside).unwrap_or_else(|| path.to_owned())
    }

    fn failure(&self, fatal: &[&Diagnostic]) -> Error {
        let errors = fatal.iter().filter(|found| found.severity == Severity::Error).count();
        let counts = [(errors, "error", "errors"), (fatal.len() - errors, "warning", "warnings")];
        let counts: Vec<_> = counts
            .into_iter()
            .filter(|(number, ..)| *number > 0)
            .map(|(number, one, many)| counted(number, one, many))
            .collect();
        let mut text = format!("the docs have {}", counts.join(" and "));
        for diagnostic in fatal.iter().take(MOST) {
            let _ = write!(text, "\n  {}", self.line(diagnostic));
            if let Some(help) = &diagnostic.help {
                let _ = write!(text, "\n    help: {}", render::clean(help));
            }
        }
        if fatal.len() > MOST {
            let _ = write!(text, "\n  and {} more; `docbind check` shows all", fatal.len() - MOST);
        }
        text += "\nmend the docs, or let the build pass with `.fail_on(docbind::Level::Never)`";
        Error::new(text)
    }

    /// The worst first.
    pub(super) fn warnings(&self, mut diagnostics: Vec<&Diagnostic>) -> String {
        diagnostics.sort_by_key(|found| std::cmp::Reverse(found.severity));
        let mut text = String::new();
        for found in diagnostics.iter().take(MOST) {
            let _ = writeln!(text, "cargo::warning={}", self.line(found));
        }
        if diagnostics.len() > MOST {
            let more = diagnostics.len() - MOST;
            let _ = writeln!(text, "cargo::warning=and {more} more; `docbind check` shows all");
        }
        text
    }

    /// `docs/api/user-list.md:3: warning[code]: message`.
    fn line(&self, diagnostic: &Diagnostic) -> String {
        let file = self.docs.file(diagnostic.span.file);
        let path = self.as_named(&self.docs.place(&file.path));
        format!(
            "{}:{}: {}[{}]: {}",
            render::clean(&path.to_string_lossy()),
            self.docs.line(diagnostic.span),
            diagnostic.severity.as_str(),
            diagnostic.code.id(),
            render::clean(&diagnostic.message)
        )
    }
}

/// The nearest folder that is there.
fn ground(path: &Path) -> Option<PathBuf> {
    path.ancestors().find(|folder| folder.is_dir()).map(Path::to_owned)
}

/// Whether a path is one of these folders, or lies in one.
fn is_below(path: &Path, folders: &[PathBuf]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

fn joined(folder: &Path, below: &Path) -> PathBuf {
    let parts = folder.components().chain(below.components());
    let joined: PathBuf = parts.collect();
    if joined.as_os_str().is_empty() { PathBuf::from(".") } else { joined }
}

/// Tells Cargo that this file was read.
#[cfg(feature = "config")]
pub(super) fn tell_read(path: &Path) -> Result<(), Error> {
    print(&rerun_if_changed(path))
}

/// A line for Cargo, unless the path cannot stand on one.
fn rerun_if_changed(path: &Path) -> String {
    match path.to_str() {
        Some(path) if !path.contains(['\n', '\r']) => format!("cargo::rerun-if-changed={path}\n"),
        _ => String::new(),
    }
}

fn print(text: &str) -> Result<(), Error> {
    let result = io::stdout().lock().write_all(text.as_bytes());
    result.map_err(|error| Error::new(format!("cannot speak to Cargo: {error}")))
}
