//! From a folder on disk to [`Docs`].

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rayon::prelude::*;

use super::decode::{Decoded, Flaw};
use super::file::{LARGEST, Problem};
use super::include::resolve;
use super::root::{self, VersionFolder};
use super::store::{Content, Disk, Kind, Store, is_folder};
use super::walk::{Walk, is_page};

use super::{Docs, Role, Unnumbered, rebased, relative};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Parsed};
use crate::error::Error;
use crate::span::{FileId, Span};

/// How deep includes may include others.
const DEEPEST_INCLUDE: usize = 8;

/// How often the docs are read again in which files go while they are read, and how long is waited
/// before.
const MOST_ROUNDS: usize = 5;
const PAUSE: Duration = Duration::from_millis(50);

/// A file that was found, before it has an id.
struct Found {
    path: Arc<str>,
    role: Role,
    content: Result<Decoded, Problem>,
}

/// All that is to be read of a docs root.
struct Tree {
    root: PathBuf,
    found: Vec<Found>,
    /// Files and folders that were looked for and are not there, below the root.
    awaited: BTreeSet<String>,
}

impl Found {
    fn is_changing(&self) -> bool {
        matches!(self.content, Err(Problem::Changing))
    }
}

/// Reads the pages under `root`, and the files that they include.
///
/// `root` holds `api/` and `resources/`, or version folders that do (`v1.0`, `beta`), or an
/// `api-reference/` with these. The version is the folder's name, else `api_version`, which also
/// selects one version of several. Hidden files are passed over. Fails when a file changes whenever it is
/// read.
pub fn read(root: &Path, api_version: Option<&str>) -> Result<Parsed<Docs>, Error> {
    read_from(&Disk, root, api_version)
}

/// Reads what lies elsewhere as [`read`] reads what lies on disk.
pub(crate) fn read_from(
    store: &dyn Store,
    root: &Path,
    api_version: Option<&str>,
) -> Result<Parsed<Docs>, Error> {
    let Tree { root, found, awaited } = find(store, root, api_version)?;
    Ok(assemble(store.outer(&root), found, awaited))
}

/// The pages that [`read`] would read, where they lie, without reading them.
pub fn list(root: &Path, api_version: Option<&str>) -> Result<Vec<PathBuf>, Error> {
    let (root, folders) = root::find(&Disk, root, api_version)?;
    let mut pages = Vec::new();
    for folder in &folders {
        walk(&Disk, &root, folder, &mut pages, &mut Vec::new());
    }
    Ok(pages.into_iter().map(|(disk, ..)| disk).collect())
}

/// Reads several such folders, which document one API. Their files have paths below the folder that
/// holds them all; what lies in two of them is read once.
pub fn read_all(roots: &[&Path], api_version: Option<&str>) -> Result<Parsed<Docs>, Error> {
    if let [root] = roots {
        return read(root, api_version);
    }
    let each: Vec<_> =
        roots.iter().map(|root| find(&Disk, root, api_version)).collect::<Result<_, _>>()?;
    let above = common(each.iter().map(|tree| tree.root.as_path()));
    let mut all: BTreeMap<Arc<str>, Found> = BTreeMap::new();
    let (mut folders, mut absent) = (Vec::new(), BTreeSet::new());
    for Tree { root, found, awaited } in each {
        let prefix = relative(&above, &root);
        absent.extend(awaited.iter().map(|path| rebased(&prefix, path)));
        for mut file in found {
            file.path = rebased(&prefix, &file.path).into();
            all.entry(Arc::clone(&file.path)).or_insert(file);
        }
        folders.push(prefix);
    }
    let mut docs = assemble(above, all.into_values().collect(), absent);
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

/// The docs root that `given` leads to, and all that is to be read of it.
///
/// A page that is gone when it is read may have another name by now, so that all are looked for anew.
fn find(store: &dyn Store, given: &Path, api_version: Option<&str>) -> Result<Tree, Error> {
    let is_gone = |file: &Found| matches!(file.content, Err(Problem::Gone));
    for _ in 0..MOST_ROUNDS {
        let tree = find_once(store, given, api_version)?;
        if let Some(file) = tree.found.iter().find(|file| file.is_changing()) {
            return Err(Error::new(format!(
                "`{}` changes while it is read: wait until what writes it is done, and try again",
                store.outer(&tree.root.join(&*file.path)).display()
            )));
        }
        if !tree.found.iter().any(is_gone) {
            return Ok(tree);
        }
        thread::sleep(PAUSE);
    }
    Err(Error::new(format!(
        "files come and go in `{}` while they are read: wait until what moves them is done, and try \
         again",
        store.outer(given).display()
    )))
}

fn find_once(store: &dyn Store, given: &Path, api_version: Option<&str>) -> Result<Tree, Error> {
    let (root, folders) = root::find(store, given, api_version)?;
    let (mut found, mut awaited) = (Vec::new(), BTreeSet::new());
    let mut pages: Vec<(PathBuf, Arc<str>, Role)> = Vec::new();
    for folder in &folders {
        walk(store, &root, folder, &mut pages, &mut found);
        let absent = root::PAGE_FOLDERS.map(|name| folder.path.join(name));
        let absent = absent.iter().filter(|folder| !is_folder(store, folder));
        awaited.extend(absent.map(|folder| relative(&root, folder)));
    }
    if pages.is_empty() && found.is_empty() {
        return Err(Error::new(format!(
            "the folders `api` and `resources` under `{}` hold no `.md` files",
            store.outer(&root).display()
        )));
    }
    let places: Vec<&Path> = pages.iter().map(|(place, _, _)| place.as_path()).collect();
    let contents = store.read(&places);
    found.extend(pages.into_iter().zip(contents).map(|((_, path, role), content)| Found {
        path,
        role,
        content: content.map(|Content(decoded)| decoded),
    }));
    read_includes(store, &root, &mut found, &mut awaited);
    Ok(Tree { root, found, awaited })
}

/// Lists the pages of a version, and what cannot be listed.
fn walk(
    store: &dyn Store,
    root: &Path,
    folder: &VersionFolder,
    pages: &mut Vec<(PathBuf, Arc<str>, Role)>,
    found: &mut Vec<Found>,
) {
    let prefix = match relative(root, &folder.path).len() {
        0 => 0,
        length => length + 1,
    };
    let mut walk = Walk::new(store, root);
    for start in root::PAGE_FOLDERS.map(|name| folder.path.join(name)) {
        if is_folder(store, &start) {
            walk.walk(&start);
        }
    }
    pages.extend(walk.files.into_iter().map(|place| {
        let path: Arc<str> = relative(root, &place).into();
        let page = path[prefix..].into();
        (place, path, Role::Page { version: folder.version.clone(), page })
    }));
    found.extend(walk.problems.into_iter().map(|(path, problem)| unread(root, &path, problem)));
}

fn unread(root: &Path, path: &Path, problem: Problem) -> Found {
    Found { path: relative(root, path).into(), role: Role::Unread, content: Err(problem) }
}

/// Reads what the files found so far include, then what these include.
fn read_includes(
    store: &dyn Store,
    root: &Path,
    found: &mut Vec<Found>,
    awaited: &mut BTreeSet<String>,
) {
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
        for path in wanted {
            match read_include(store, root, &path) {
                Some(file) => found.push(file),
                // What has another ending would not be read if it were there.
                None if is_page(Path::new(&path)) => drop(awaited.insert(path)),
                None => {}
            }
        }
    }
}

fn includes_of(file: &Found) -> Vec<String> {
    let Ok(Decoded { text, includes, .. }) = &file.content else { return Vec::new() };
    let targets = includes.iter().filter_map(|target| text.get(target.clone()));
    targets.filter_map(|target| resolve(&file.path, target)).collect()
}

/// Reads the include at `path` if there is one. The pages that name it say so if there is none.
fn read_include(store: &dyn Store, root: &Path, path: &str) -> Option<Found> {
    let place = root.join(path);
    let is_file = store.kind(&place).is_ok_and(|kind| kind == Kind::File);
    if !is_file || !is_page(&place) {
        return None;
    }
    let beside = root.parent().map(|parent| parent.join("includes"));
    let is_inside = store.canonical(&place).is_ok_and(|target| {
        target.starts_with(root) || beside.is_some_and(|beside| target.starts_with(beside))
    });
    let read = if is_inside { store.read(&[&place]).pop() } else { None };
    let content = read.unwrap_or(Err(Problem::OutsideRoot)).map(|Content(decoded)| decoded);
    if matches!(content, Err(Problem::Gone)) {
        return None;
    }
    let role = if content.is_ok() { Role::Include } else { Role::Unread };
    Some(Found { path: path.into(), role, content })
}

/// Gives the files their ids, and turns what was wrong with them into diagnostics.
fn assemble(root: PathBuf, mut found: Vec<Found>, awaited: BTreeSet<String>) -> Parsed<Docs> {
    found.sort_by(|left, right| left.path.cmp(&right.path));
    let mut diagnostics = Diagnostics::new();
    let mut files = Vec::with_capacity(found.len());
    let mut marked = Vec::new();
    let mut carriage_returns = Vec::new();
    for (file, id) in found.into_iter().zip(0..) {
        let start = Span::new(FileId(id), 0, 0);
        let (role, text, includes) = match file.content {
            Ok(Decoded { text, flaws, includes }) => {
                for flaw in flaws {
                    match flaw {
                        Flaw::ByteOrderMark => marked.push(start),
                        Flaw::CarriageReturns => carriage_returns.push(start),
                        flaw => diagnostics.push(flaw_diagnostic(flaw, FileId(id), &text)),
                    }
                }
                (file.role, text, includes)
            }
            Err(problem) => {
                diagnostics.push(problem_diagnostic(&problem, &file.path, start));
                (Role::Unread, "".into(), Vec::new())
            }
        };
        files.push(Unnumbered { path: file.path, role, text, includes });
    }
    // A checkout may have these in every file, and then one message is enough.
    diagnostics.extend(for_all(
        &marked,
        Code::ByteOrderMark,
        "the file starts with a byte order mark",
    ));
    diagnostics.extend(for_all(&carriage_returns, Code::CarriageReturns, "lines end in CRLF"));
    let docs = Docs { awaited, ..Docs::new(root, files) };
    Parsed::new(docs, diagnostics)
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
        // Neither gets this far: the docs are read again, and in the end not at all.
        Problem::Changing | Problem::Gone => {
            let message = format!("`{path}` cannot be read: it is being changed");
            Diagnostic::error(Code::UnreadableFile, span, message)
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
