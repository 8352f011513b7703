//! The pages of one docs root in memory; the only reader of docs from disk.
//!
//! In goes a folder, out come its pages and the files that they include, as clean UTF-8. Nothing
//! here knows Markdown, but for the look of an include.

mod decode;
mod file;
mod include;
mod read;
mod root;
mod store;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub(crate) use decode::{Decoded, Flaw};
pub(crate) use file::Problem;
pub(crate) use include::{IncludeLine, find_includes, is_snippet};
pub(crate) use read::read_from;
pub use read::{list, read, read_all};
pub(crate) use root::REFERENCE;
pub(crate) use store::{Content, Entry, Kind, Store};

use crate::span::{FileId, LineIndex, Span};
use crate::version::is_version;

/// The files of a docs root, sorted by path, and the includes they name.
#[derive(Clone, Debug)]
pub struct Docs {
    /// The folder that the paths of the files are relative to.
    pub root: PathBuf,
    /// Every file, by [`FileId`].
    pub files: Vec<SourceFile>,
    /// The folders that were named, below the root, from each of which includes count that begin
    /// with `~/`. One that is the root itself is empty.
    folders: Vec<String>,
    /// Files and folders that were looked for and are not there, below the root.
    awaited: BTreeSet<String>,
    /// The files by path, to find what a page includes.
    by_path: HashMap<Arc<str>, FileId>,
    /// The lines of each file, found when they are asked for.
    lines: Vec<OnceLock<LineIndex>>,
}

/// A file of the docs.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its place in [`Docs::files`].
    pub id: FileId,
    /// The path below the root, with forward slashes: `v1.0/api/user-list.md`.
    pub path: Arc<str>,
    /// What kind of file it is.
    pub role: Role,
    /// The content: UTF-8, without a byte order mark, lines ended by `\n`.
    pub text: Arc<str>,
    /// Where it names files that it includes, but for sample code.
    includes: Vec<Range<usize>>,
}

/// A file that has no place among the others yet.
struct Unnumbered {
    path: Arc<str>,
    role: Role,
    text: Arc<str>,
    includes: Vec<Range<usize>>,
}

/// What a file is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A page of `api/` or `resources/`.
    Page {
        /// The version folder it lies in: `v1.0`, or what the caller says, or none.
        version: Option<Arc<str>>,
        /// The path below that folder: `api/user-list.md`.
        page: Arc<str>,
    },
    /// A file that pages include.
    Include,
    /// A file or folder that could not be read. It has no text; diagnostics point at it.
    Unread,
}

impl SourceFile {
    /// The version that a page belongs to, if it is known.
    pub fn version(&self) -> Option<&Arc<str>> {
        match &self.role {
            Role::Page { version, .. } => version.as_ref(),
            Role::Include | Role::Unread => None,
        }
    }
}

/// The most bytes that [`Docs::reach`] follows includes through.
const MOST_REACHED: usize = 4 << 20;

/// What an include leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum IncludeTarget<'docs> {
    /// A file of the docs.
    File(&'docs SourceFile),
    /// No file, or one that could not be read.
    Missing,
    /// A place outside the folders that pages may include from.
    Outside,
}

impl Docs {
    /// Docs of texts in memory, by path. `api/x.md` and `v1.0/resources/x.md` are pages, all
    /// others are includes.
    pub fn from_texts<'text>(texts: impl IntoIterator<Item = (&'text str, &'text str)>) -> Self {
        let files = texts.into_iter().map(|(path, text)| {
            let (role, includes) = (role_of(path), decode::included(text));
            Unnumbered { path: path.into(), role, text: text.into(), includes }
        });
        Self::new(PathBuf::new(), files.collect())
    }

    fn new(root: PathBuf, mut files: Vec<Unnumbered>) -> Self {
        files.sort_by(|left, right| left.path.cmp(&right.path));
        let files: Vec<SourceFile> = files
            .into_iter()
            .zip(0..)
            .map(|(file, id)| {
                let Unnumbered { path, role, text, includes } = file;
                SourceFile { id: FileId(id), path, role, text, includes }
            })
            .collect();
        let by_path = files
            .iter()
            .filter(|file| file.role != Role::Unread)
            .map(|file| (Arc::clone(&file.path), file.id))
            .collect();
        let lines = files.iter().map(|_| OnceLock::new()).collect();
        let (folders, awaited) = (vec![String::new()], BTreeSet::new());
        Self { root, files, folders, awaited, by_path, lines }
    }

    /// The pages, sorted by path.
    pub fn pages(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().filter(|file| matches!(file.role, Role::Page { .. }))
    }

    /// The folders of disk in which a further file would be a page: those named `api` and
    /// `resources`, of each version that was read.
    pub fn page_folders(&self) -> Vec<PathBuf> {
        let mut folders = BTreeSet::new();
        let mut last = None;
        for file in self.pages() {
            let Role::Page { page, .. } = &file.role else { continue };
            let Some(version) = file.path.strip_suffix(&**page) else { continue };
            // Pages of one version follow one another.
            if last.replace(version) != Some(version) {
                let version = self.root.join(version);
                let there = root::PAGE_FOLDERS.map(|name| version.join(name));
                folders.extend(there.into_iter().filter(|folder| folder.is_dir()));
            }
        }
        folders.into_iter().collect()
    }

    /// Where the files lie that are no pages: includes, and what could not be read.
    pub fn besides(&self) -> impl Iterator<Item = PathBuf> {
        let files = self.files.iter().filter(|file| !matches!(file.role, Role::Page { .. }));
        files.map(|file| self.place(&file.path))
    }

    /// What on disk was looked for and is not there: files that are included, and of the folders `api`
    /// and `resources` of a version the other one.
    pub fn awaited(&self) -> impl Iterator<Item = PathBuf> {
        self.awaited.iter().map(|path| self.place(path))
    }

    /// Where a path lies that is below the root, or beside it.
    pub(crate) fn place(&self, path: &str) -> PathBuf {
        let (mut folder, mut path) = (self.root.as_path(), path);
        // The root is no link, so that what is above it is the folder that it lies in.
        while let (Some(above), Some(rest)) = (folder.parent(), path.strip_prefix("../")) {
            (folder, path) = (above, rest);
        }
        folder.join(path)
    }

    /// The file of this id.
    ///
    /// # Panics
    ///
    /// When the id was made by other docs.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// The line, counted from 1, on which a span starts.
    pub fn line(&self, span: Span) -> u32 {
        self.line_index(span.file).line(span.start)
    }

    /// The column, counted from 1 in characters, at which a span starts.
    pub fn column(&self, span: Span) -> u32 {
        let text = &self.file(span.file).text;
        self.line_index(span.file).column(text, span.start)
    }

    /// What a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// The page that holds a span, relative to the folder that holds `api/` and `resources/`, and
    /// the line on which the span starts. An include has its path below the root.
    pub fn source(&self, span: Span) -> (Arc<str>, u32) {
        let file = self.file(span.file);
        let path = match &file.role {
            Role::Page { page, .. } => page,
            Role::Include | Role::Unread => &file.path,
        };
        (Arc::clone(path), self.line(span))
    }

    /// The place of a line of a page, which [`source`](Self::source) names without its version, if
    /// there is such a page.
    pub(crate) fn span(&self, version: Option<&str>, page: &str, line: u32) -> Option<Span> {
        let versioned = version.map(|version| format!("{version}/{page}"));
        let known = [versioned.as_deref(), Some(page)]
            .into_iter()
            .flatten()
            .find_map(|path| self.by_path.get(path).copied());
        let is_page = |file: &&SourceFile| match &file.role {
            Role::Page { version: other, page: path } => {
                **path == *page && (version.is_none() || other.as_deref() == version)
            }
            Role::Include | Role::Unread => false,
        };
        let found = || self.files.iter().find(is_page).map(|file| file.id);
        let file = known.or_else(found)?;
        let start = self.line_index(file).start(line);
        let text = &self.file(file).text[start..];
        Some(Span::new(file, start, start + text.find('\n').unwrap_or(text.len())))
    }

    /// The lines of a file.
    pub(crate) fn line_index(&self, file: FileId) -> &LineIndex {
        self.lines[file.index()].get_or_init(|| LineIndex::new(&self.file(file).text))
    }

    /// A file with all that it includes, and what these include, in the order in which they are named
    /// first. None stands for an include that leads to no file. Nothing at all is returned where
    /// that would be more than a page is read from.
    pub(crate) fn reach(&self, file: &SourceFile) -> Option<Vec<Option<FileId>>> {
        let mut reached = vec![Some(file.id)];
        let mut known = HashSet::from([file.id]);
        let (mut next, mut length) = (0, 0);
        while let Some(&file) = reached.get(next) {
            next += 1;
            let Some(file) = file.map(|id| self.file(id)) else { continue };
            length += file.text.len();
            if next > 1 && length > MOST_REACHED {
                return None;
            }
            let targets = file.includes.iter().filter_map(|target| file.text.get(target.clone()));
            for target in targets {
                match self.include(file, target) {
                    IncludeTarget::File(file) if known.insert(file.id) => {
                        reached.push(Some(file.id));
                    }
                    IncludeTarget::File(_) => {}
                    IncludeTarget::Missing | IncludeTarget::Outside => reached.push(None),
                }
            }
        }
        Some(reached)
    }

    /// What the include `target` of `from` leads to.
    pub(crate) fn include(&self, from: &SourceFile, target: &str) -> IncludeTarget<'_> {
        let mut outcome = IncludeTarget::Outside;
        for (folder, below) in self.seen_from(&from.path, target) {
            let Some(path) = include::resolve(below, target) else { continue };
            match self.by_path.get(rebased(folder, &path).as_str()) {
                Some(&id) => return IncludeTarget::File(self.file(id)),
                None => outcome = IncludeTarget::Missing,
            }
        }
        outcome
    }

    /// The folder that a file lies in, with its path below that. Beside the folders lies what pages
    /// of any of them may include, and what that includes by `~/` may be in each.
    fn seen_from<'d>(&'d self, path: &'d str, target: &str) -> Vec<(&'d str, &'d str)> {
        let below = |folder: &'d String| {
            let rest = path.strip_prefix(folder.as_str())?;
            let rest = if folder.is_empty() { rest } else { rest.strip_prefix('/')? };
            Some((folder.as_str(), rest))
        };
        let places = self.folders.iter().filter_map(below);
        if let Some(place) = places.max_by_key(|(folder, _)| folder.len()) {
            return vec![place];
        }
        let is_absolute = target.starts_with(['~', '/', '\\']);
        let each = self.folders.iter().filter(|_| is_absolute);
        let each = each.map(|folder| (folder.as_str(), ""));
        std::iter::once(("", path)).chain(each).collect()
    }
}

/// The text of a file that is no page, whatever its encoding.
pub(crate) fn text_of(bytes: Vec<u8>) -> String {
    decode::decode(bytes).text.as_ref().to_owned()
}

fn role_of(path: &str) -> Role {
    let is_page = |page: &str| page.starts_with("api/") || page.starts_with("resources/");
    let parts = path.split_once('/').filter(|(folder, _)| is_version(folder));
    match parts {
        Some((version, page)) if is_page(page) => {
            Role::Page { version: Some(version.into()), page: page.into() }
        }
        None if is_page(path) => Role::Page { version: None, page: path.into() },
        _ => Role::Include,
    }
}

/// A path, which may begin above its folder, with that folder in front.
fn rebased(folder: &str, path: &str) -> String {
    let (mut folder, mut path) = (folder, path);
    while let (Some(rest), false) = (path.strip_prefix("../"), folder.is_empty()) {
        path = rest;
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

/// A path relative to `root`, with forward slashes.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let text = below.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        return text.into_owned();
    }
    text.replace(std::path::MAIN_SEPARATOR, "/")
}
