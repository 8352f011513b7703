//! From a folder on disk to [`Docs`].

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::decode::{Decoded, Flaw, decode};
use super::include::{find_includes, is_snippet, resolve};
use super::root::{self, VersionFolder};

use super::{Docs, Role, rebased, relative};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Parsed};
use crate::error::Error;
use crate::span::{FileId, Span};

/// A larger file is no documentation, and offsets must fit into 32 bits.
const LARGEST: u64 = 32 << 20;

/// How deep includes may include others.
const DEEPEST_INCLUDE: usize = 8;

/// A file that was found, before it has an id.
struct Found {
    path: Arc<str>,
    role: Role,
    content: Result<Decoded, Problem>,
}

/// Why a file or folder of the docs was not read.
enum Problem {
    Unreadable(String),
    OutsideRoot,
    SymlinkLoop,
    TooLarge(u64),
}

/// Reads the pages under `root`, and the files that they include.
///
/// `root` holds `api/` and `resources/`, or version folders that do (`v1.0`, `beta`), or an
/// `api-reference/` with these. The version is the folder's name, else `api_version`, which also
/// selects one version of several. Hidden files are passed over.
pub fn read(root: &Path, api_version: Option<&str>) -> Result<Parsed<Docs>, Error> {
    let (root, found) = find(root, api_version)?;
    Ok(assemble(root, found))
}

/// Reads several such folders, which document one API. Their files have paths below the folder that
/// holds them all; what lies in two of them is read once.
pub fn read_all(roots: &[&Path], api_version: Option<&str>) -> Result<Parsed<Docs>, Error> {
    if let [root] = roots {
        return read(root, api_version);
    }
    let each: Vec<_> =
        roots.iter().map(|root| find(root, api_version)).collect::<Result<_, _>>()?;
    let above = common(each.iter().map(|(root, _)| root.as_path()));
    let mut all: BTreeMap<Arc<str>, Found> = BTreeMap::new();
    let mut folders = Vec::new();
    for (root, found) in each {
        let prefix = relative(&above, &root);
        for mut file in found {
            file.path = rebased(&prefix, &file.path).into();
            all.entry(Arc::clone(&file.path)).or_insert(file);
        }
        folders.push(prefix);
    }
    let mut docs = assemble(above, all.into_values().collect());
    docs.value.folders = folders;
    Ok(docs)
}

/// The folder that holds all of these.
fn common<'p>(mut roots: impl Iterator<Item = &'p Path>) -> PathBuf {
    let first = roots.next().unwrap_or(Path::new("")).to_path_buf();
    roots.fold(first, |above, root| {
        above
            .components()
            .zip(root.components())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a)
            .collect()
    })
}

/// The docs root that `root` leads to, and all that is to be read of it.
fn find(root: &Path, api_version: Option<&str>) -> Result<(PathBuf, Vec<Found>), Error> {
    let (root, folders) = root::find(root, api_version)?;
    let mut found: Vec<Found> = Vec::new();
    let mut pages: Vec<(PathBuf, Arc<str>, Role)> = Vec::new();
    for folder in &folders {
        walk(&root, folder, &mut pages, &mut found);
    }
    if pages.is_empty() && found.is_empty() {
        return Err(Error::new(format!(
            "the folders `api` and `resources` under `{}` hold no `.md` files",
            root.display()
        )));
    }
    let read: Vec<Found> = pages
        .into_par_iter()
        .map(|(disk, path, role)| Found { path, role, content: read_file(&disk) })
        .collect();
    found.extend(read);
    read_includes(&root, &mut found);
    Ok((root, found))
}

/// Lists the pages of a version, and what cannot be listed.
fn walk(
    root: &Path,
    folder: &VersionFolder,
    pages: &mut Vec<(PathBuf, Arc<str>, Role)>,
    found: &mut Vec<Found>,
) {
    let prefix = match relative(root, &folder.path).len() {
        0 => 0,
        length => length + 1,
    };
    // Symlinks to folders are followed once each, or a few of them could make endless paths.
    let mut followed = BTreeSet::new();
    for name in root::PAGE_FOLDERS {
        let start = folder.path.join(name);
        if !start.is_dir() {
            continue;
        }
        // The folder itself may be reached through a symlink.
        if !start.canonicalize().is_ok_and(|target| target.starts_with(root)) {
            found.push(unread(root, &start, Problem::OutsideRoot));
            continue;
        }
        let mut problems: Vec<(PathBuf, Problem)> = Vec::new();
        let walk = WalkDir::new(&start)
            .follow_links(true)
            // The paths of one folder differ in their last parts only, which need not be found.
            .sort_by(|left, right| left.path().as_os_str().cmp(right.path().as_os_str()))
            .into_iter()
            .filter_entry(|entry| is_wanted(root, entry, &mut followed, &mut problems));
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let path: Arc<str> = relative(root, entry.path()).into();
                    let page = path[prefix..].into();
                    let role = Role::Page { version: folder.version.clone(), page };
                    pages.push((entry.into_path(), path, role));
                }
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(&start).to_path_buf();
                    let problem = match error.loop_ancestor() {
                        Some(_) => Problem::SymlinkLoop,
                        None => Problem::Unreadable(reason(&error.into())),
                    };
                    // What is not a page is not missed.
                    if path.is_dir() || is_page(&path) {
                        found.push(unread(root, &path, problem));
                    }
                }
            }
        }
        found.extend(problems.into_iter().map(|(path, problem)| unread(root, &path, problem)));
    }
}

/// Whether an entry is a page, or a folder that may hold pages.
fn is_wanted(
    root: &Path,
    entry: &DirEntry,
    followed: &mut BTreeSet<PathBuf>,
    problems: &mut Vec<(PathBuf, Problem)>,
) -> bool {
    let is_dir = entry.file_type().is_dir();
    let is_hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let is_includes = is_dir && entry.file_name() == "includes";
    if is_hidden || is_includes || !(is_dir || is_page(entry.path())) {
        return false;
    }
    if !entry.path_is_symlink() {
        return true;
    }
    match entry.path().canonicalize() {
        Ok(target) if !target.starts_with(root) => {
            problems.push((entry.path().to_path_buf(), Problem::OutsideRoot));
            false
        }
        Ok(target) => !is_dir || followed.insert(target),
        Err(error) => {
            problems.push((entry.path().to_path_buf(), Problem::Unreadable(reason(&error))));
            false
        }
    }
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}

fn unread(root: &Path, path: &Path, problem: Problem) -> Found {
    Found { path: relative(root, path).into(), role: Role::Unread, content: Err(problem) }
}

fn read_file(path: &Path) -> Result<Decoded, Problem> {
    let unreadable = |error: std::io::Error| Problem::Unreadable(reason(&error));
    let file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    if length > LARGEST {
        return Err(Problem::TooLarge(length));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    // The file may grow while it is read.
    file.take(LARGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(decode(bytes))
}

/// The reason alone, in words that do not depend on the machine's number for it.
fn reason(error: &std::io::Error) -> String {
    error.kind().to_string()
}

/// Reads what the files found so far include, then what these include.
fn read_includes(root: &Path, found: &mut Vec<Found>) {
    let mut known: HashSet<Arc<str>> = found.iter().map(|file| Arc::clone(&file.path)).collect();
    let mut from = 0;
    for _ in 0..DEEPEST_INCLUDE {
        let named: BTreeSet<String> = found[from..].par_iter().flat_map_iter(includes_of).collect();
        let wanted: Vec<String> =
            named.into_iter().filter(|path| known.insert(path.as_str().into())).collect();
        if wanted.is_empty() {
            return;
        }
        from = found.len();
        found.extend(wanted.iter().filter_map(|path| read_include(root, path)));
    }
}

fn includes_of(file: &Found) -> Vec<String> {
    let Ok(Decoded { text, .. }) = &file.content else { return Vec::new() };
    find_includes(text)
        .into_iter()
        .map(|include| &text[include.target])
        .filter(|target| !is_snippet(target))
        .filter_map(|target| resolve(&file.path, target))
        .collect()
}

/// Reads the include at `path` if there is one. The pages that name it say so if there is none.
fn read_include(root: &Path, path: &str) -> Option<Found> {
    let disk = root.join(path);
    let is_file = disk.metadata().is_ok_and(|metadata| metadata.is_file());
    if !is_file || !is_page(&disk) {
        return None;
    }
    let beside = root.parent().map(|parent| parent.join("includes"));
    let is_inside = disk.canonicalize().is_ok_and(|target| {
        target.starts_with(root) || beside.is_some_and(|beside| target.starts_with(beside))
    });
    let content = if is_inside { read_file(&disk) } else { Err(Problem::OutsideRoot) };
    let role = if content.is_ok() { Role::Include } else { Role::Unread };
    Some(Found { path: path.into(), role, content })
}

/// Gives the files their ids, and turns what was wrong with them into diagnostics.
fn assemble(root: PathBuf, mut found: Vec<Found>) -> Parsed<Docs> {
    found.sort_by(|left, right| left.path.cmp(&right.path));
    let mut diagnostics = Diagnostics::new();
    let mut files = Vec::with_capacity(found.len());
    let mut marked = Vec::new();
    let mut carriage_returns = Vec::new();
    for (file, id) in found.into_iter().zip(0..) {
        let start = Span::new(FileId(id), 0, 0);
        let (role, text) = match file.content {
            Ok(Decoded { text, flaws }) => {
                for flaw in flaws {
                    match flaw {
                        Flaw::ByteOrderMark => marked.push(start),
                        Flaw::CarriageReturns => carriage_returns.push(start),
                        flaw => diagnostics.push(flaw_diagnostic(flaw, FileId(id), &text)),
                    }
                }
                (file.role, text)
            }
            Err(problem) => {
                diagnostics.push(problem_diagnostic(&problem, &file.path, start));
                (Role::Unread, "".into())
            }
        };
        files.push((file.path, role, text));
    }
    // A checkout may have these in every file, and then one message is enough.
    diagnostics.extend(for_all(
        &marked,
        Code::ByteOrderMark,
        "the file starts with a byte order mark",
    ));
    diagnostics.extend(for_all(&carriage_returns, Code::CarriageReturns, "lines end in CRLF"));
    Parsed::new(Docs::new(root, files), diagnostics)
}

fn for_all(starts: &[Span], code: Code, message: &str) -> Option<Diagnostic> {
    let (first, others) = starts.split_first()?;
    let message = match others.len() {
        0 => message.to_string(),
        1 => format!("{message}, here and in another file"),
        count => format!("{message}, here and in {count} other files"),
    };
    Some(Diagnostic::warning(code, *first, message))
}

fn flaw_diagnostic(flaw: Flaw, file: FileId, text: &str) -> Diagnostic {
    let first = text.find(char::REPLACEMENT_CHARACTER).unwrap_or_default();
    let at = Span::new(file, first, first + char::REPLACEMENT_CHARACTER.len_utf8());
    match flaw {
        Flaw::Utf16 => {
            let start = Span::new(file, 0, 0);
            Diagnostic::warning(Code::Utf16, start, "the file is UTF-16").help("save it as UTF-8")
        }
        Flaw::NulBytes => {
            Diagnostic::warning(Code::NulBytes, at, "the file holds NUL bytes, read as `\u{FFFD}`")
        }
        _ => {
            let message = "the file is not UTF-8; what is not is read as `\u{FFFD}`";
            Diagnostic::warning(Code::InvalidUtf8, at, message).help("save it as UTF-8")
        }
    }
}

fn problem_diagnostic(problem: &Problem, path: &str, span: Span) -> Diagnostic {
    match problem {
        Problem::Unreadable(reason) => {
            let message = format!("`{path}` cannot be read: {reason}");
            Diagnostic::error(Code::UnreadableFile, span, message)
        }
        Problem::OutsideRoot => {
            let message = format!("`{path}` is a symlink that leaves the docs");
            Diagnostic::error(Code::OutsideDocs, span, message)
        }
        Problem::SymlinkLoop => {
            let message = format!("`{path}` is a symlink that leads back to a folder it lies in");
            Diagnostic::warning(Code::SymlinkLoop, span, message)
        }
        Problem::TooLarge(length) => {
            let message =
                format!("the file has {length} bytes, more than the {LARGEST} that are read");
            Diagnostic::error(Code::OversizedFile, span, message)
        }
    }
}
