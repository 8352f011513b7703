//! A revision as a place where docs lie.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::repository::{Blob, Repository, Revision};
use crate::docs::{Content, Entry, Kind, Problem, Store};
use crate::error::Error;

/// As many links may lead to each other, as on most systems.
const MOST_LINKS: usize = 40;

/// Why nothing of a submodule is read.
const SUBMODULE: &str = "a submodule keeps its files in another repository, whose revisions are meant when \
                         --docs names a folder in it";

/// What a folder of a revision holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) name: OsString,
    pub(super) kind: ItemKind,
    pub(super) id: String,
}

/// What git keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    Folder,
    File,
    Link,
    /// A commit of another repository.
    Submodule,
}

/// The folders and files of one revision. Paths are relative to its root; those without links begin
/// with a slash, so that the root holds what is inside and nothing else.
#[derive(Debug)]
pub(crate) struct Tree<'r> {
    repository: &'r Repository,
    revision: Revision,
    /// What went wrong with git itself, which no single file is to blame for.
    failure: Mutex<Option<Error>>,
}

/// A place of the tree, and what is there.
struct Place {
    /// Without links in it. None outside of the repository.
    path: Option<PathBuf>,
    kind: ItemKind,
    id: String,
}

impl<'r> Tree<'r> {
    /// The tree of a revision.
    pub(crate) fn new(repository: &'r Repository, revision: Revision) -> Self {
        Self { repository, revision, failure: Mutex::new(None) }
    }

    /// Fails when something of it could not be read because of git or the clone: what was read so
    /// far is no whole then.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner).take();
        failure.map_or_else(|| self.repository.check_whole(&self.revision), Err)
    }

    /// Fails when there is no folder at a path, and says what there is.
    pub(crate) fn expect_folder(&self, path: &Path) -> Result<(), Error> {
        let shown = self.outer(path);
        let (shown, name) = (shown.display(), &self.revision.name);
        let wrong = match self.resolve(path) {
            Ok(Place { path: Some(_), kind: ItemKind::Folder, .. }) => return Ok(()),
            Ok(Place { path: None, .. }) => format!("`{shown}` lies outside of the repository"),
            Ok(Place { kind: ItemKind::Submodule, .. }) => {
                format!("`{shown}` cannot be read: {SUBMODULE}")
            }
            Ok(_) => format!("the docs are a folder of pages, and `{shown}` is a file"),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                let path = path.display();
                format!(
                    "`{name}` has no folder `{path}`: name another one behind the revision, such as \
                     `{name}:docs`, or by --docs; paths are relative to the root of the repository, \
                     and `git ls-tree {name}` lists what is there"
                )
            }
            Err(error) => format!("`{shown}` cannot be read: {error}"),
        };
        self.check()?;
        Err(Error::new(wrong))
    }

    /// Follows a path from the root, link by link.
    fn resolve(&self, path: &Path) -> io::Result<Place> {
        let root = || Place {
            path: Some(PathBuf::from("/")),
            kind: ItemKind::Folder,
            id: self.revision.tree.clone(),
        };
        let mut reached = vec![root()];
        let mut parts: VecDeque<OsString> = VecDeque::new();
        if !prepend(&mut parts, path.strip_prefix("/").unwrap_or(path)) {
            return Ok(outside(path));
        }
        let mut links = 0;
        while let Some(part) = parts.pop_front() {
            if part == ".." {
                reached.pop();
                if reached.is_empty() {
                    return Ok(outside(path));
                }
                continue;
            }
            let Some(Place { path: Some(above), kind, id }) = reached.last() else { break };
            if *kind == ItemKind::Submodule {
                return Err(io::Error::other(SUBMODULE));
            }
            if *kind != ItemKind::Folder {
                return Err(io::ErrorKind::NotADirectory.into());
            }
            let items = self.items(id)?;
            let item = items.binary_search_by(|item| item.name.cmp(&part));
            let Ok(item) = item.map(|at| &items[at]) else {
                return Err(io::ErrorKind::NotFound.into());
            };
            if item.kind != ItemKind::Link {
                let (path, id) = (Some(above.join(&item.name)), item.id.clone());
                reached.push(Place { path, kind: item.kind, id });
                continue;
            }
            links += 1;
            if links > MOST_LINKS {
                let reason = "filesystem loop or indirection limit (e.g. symlink loop)";
                return Err(io::Error::other(reason));
            }
            let target = self.noting(self.repository.link(&item.id))?.ok_or_else(missing)?;
            if !prepend(&mut parts, &PathBuf::from(text(&target))) {
                return Ok(outside(path));
            }
        }
        Ok(reached.pop().unwrap_or_else(root))
    }

    /// The hashes of what lies at these paths, of which most lie in the folder of the one before.
    fn ids(&self, paths: &[&Path]) -> Vec<io::Result<String>> {
        let mut ids = Vec::with_capacity(paths.len());
        let mut last: Option<(&OsStr, Option<Arc<[Item]>>)> = None;
        for path in paths {
            let folder = path.parent().map_or(OsStr::new(""), Path::as_os_str);
            if last.as_ref().is_none_or(|(known, _)| *known != folder) {
                last = Some((folder, self.folder(Path::new(folder))));
            }
            let items = last.as_ref().and_then(|(_, items)| items.as_deref()).unwrap_or_default();
            let name = path.file_name().unwrap_or_default();
            ids.push(match items.binary_search_by(|item| item.name.as_os_str().cmp(name)) {
                Ok(at) if items[at].kind == ItemKind::File => Ok(items[at].id.clone()),
                // A link, or something is wrong with the path.
                _ => self.resolve(path).map(|place| place.id),
            });
        }
        ids
    }

    /// What a folder holds, if there is one.
    fn folder(&self, path: &Path) -> Option<Arc<[Item]>> {
        let place = self.resolve(path).ok()?;
        let is_folder = place.kind == ItemKind::Folder && place.path.is_some();
        if is_folder { self.items(&place.id).ok() } else { None }
    }

    fn items(&self, id: &str) -> io::Result<Arc<[Item]>> {
        self.noting(self.repository.tree(id))?.ok_or_else(missing)
    }

    /// Keeps a failure of git for [`check`](Self::check).
    fn noting<T>(&self, result: Result<T, Error>) -> io::Result<T> {
        result.map_err(|error| {
            let said = io::Error::other(error.to_string());
            self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            said
        })
    }
}

impl Store for Tree<'_> {
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(self.resolve(path)?.path.unwrap_or_default())
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        // What a page names above the repository is in no revision of it.
        if climbs(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(match self.resolve(path)?.kind {
            ItemKind::Folder => Kind::Folder,
            ItemKind::File => Kind::File,
            ItemKind::Link | ItemKind::Submodule => Kind::Other,
        })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let place = self.resolve(folder)?;
        match place.kind {
            ItemKind::Folder => {}
            ItemKind::Submodule => {
                return Err(io::Error::other(SUBMODULE));
            }
            ItemKind::File | ItemKind::Link => return Err(io::ErrorKind::NotADirectory.into()),
        }
        let entry = |item: &Item| {
            let kind = match item.kind {
                // It is a folder of a checkout, and what is in it is missed.
                ItemKind::Folder | ItemKind::Submodule => Kind::Folder,
                ItemKind::File => Kind::File,
                ItemKind::Link => Kind::Link,
            };
            Entry { name: item.name.clone(), kind }
        };
        Ok(self.items(&place.id)?.iter().map(entry).collect())
    }

    fn read(&self, paths: &[&Path]) -> Vec<Result<Content, Problem>> {
        let places = self.ids(paths);
        let ids: Vec<&str> = places.iter().flatten().map(String::as_str).collect();
        let Ok(blobs) = self.noting(self.repository.files(&ids)) else {
            let unreadable = || Err(Problem::Unreadable("git failed".to_owned()));
            return paths.iter().map(|_| unreadable()).collect();
        };
        let mut blobs = blobs.into_iter();
        let contents = places.iter().map(|place| {
            let blob = match place {
                Ok(_) => blobs.next(),
                Err(error) => return Err(Problem::Unreadable(error.to_string())),
            };
            match blob {
                Some(Blob::Text(content)) => Ok(content),
                Some(Blob::TooLarge(length)) => Err(Problem::TooLarge(length)),
                Some(Blob::Elsewhere) => {
                    let reason = "Git LFS keeps it, and the revision holds a pointer only";
                    Err(Problem::Unreadable(reason.to_owned()))
                }
                Some(Blob::Missing) | None => Err(Problem::Unreadable(missing().to_string())),
            }
        });
        contents.collect()
    }

    fn outer(&self, path: &Path) -> PathBuf {
        let mut shown = OsString::from(format!("{}:", self.revision.name));
        shown.push(path.strip_prefix("/").unwrap_or(path));
        shown.into()
    }
}

/// Puts the parts of a path in front of others. False if it leads away from here.
fn prepend(parts: &mut VecDeque<OsString>, path: &Path) -> bool {
    let mut own = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => own.push(part.to_owned()),
            Component::ParentDir => own.push("..".into()),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return false,
        }
    }
    own.into_iter().rev().for_each(|part| parts.push_front(part));
    true
}

/// What a path leads to that leaves the repository. Nobody knows what that is; a page has an
/// ending, and a folder has none.
fn outside(path: &Path) -> Place {
    let kind = if path.extension().is_some() { ItemKind::File } else { ItemKind::Folder };
    Place { path: None, kind, id: String::new() }
}

/// Whether a path leads above where it begins, by itself.
fn climbs(path: &Path) -> bool {
    let mut depth = 0_i32;
    path.components().any(|part| {
        match part {
            Component::ParentDir => depth -= 1,
            Component::Normal(_) => depth += 1,
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
        depth < 0
    })
}

fn missing() -> io::Error {
    io::Error::other("the clone lacks it")
}

/// Reads a tree object: for each item mode, space, name, NUL, and the bytes of the hash. What is
/// damaged is the end.
pub(super) fn items(mut content: &[u8], hash: usize) -> Vec<Item> {
    let mut items = Vec::new();
    while let Some(end) = memchr::memchr(0, content) {
        let (head, rest) = (&content[..end], &content[end + 1..]);
        let Some(space) = memchr::memchr(b' ', head) else { break };
        let Some((id, rest)) = rest.split_at_checked(hash) else { break };
        let kind = match &head[..space] {
            b"40000" | b"040000" => ItemKind::Folder,
            b"120000" => ItemKind::Link,
            b"160000" => ItemKind::Submodule,
            _ => ItemKind::File,
        };
        let id = id.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let id = id.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        content = rest;
        let name = &head[space + 1..];
        // git makes no such names; whoever does means another folder by them.
        if !matches!(name, b"" | b"." | b"..") && !name.contains(&b'/') {
            items.push(Item { name: text(name), kind, id });
        }
    }
    // git sorts as if folders had a slash at their end.
    items.sort_by(|left, right| left.name.cmp(&right.name));
    items
}

/// A name as the system has names. On Unix these are bytes.
#[cfg(unix)]
fn text(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).to_owned()
}

/// A name as the system has names.
#[cfg(not(unix))]
fn text(bytes: &[u8]) -> OsString {
    OsString::from(String::from_utf8_lossy(bytes).into_owned())
}
