//! Which files below a folder are pages.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::file::{Problem, reason};
use super::store::{Entry, Kind, Store};

/// Folders lie no deeper in each other; whoever has more of them wants to see a stack overflow.
const DEEPEST: usize = 500;

/// More files and folders are no docs. A repository can name a folder again and again in a folder
/// that it names again and again, and so have more files than there are atoms.
const MOST: usize = 1 << 18;

/// What a walk finds below one root.
pub(super) struct Walk<'s> {
    store: &'s dyn Store,
    root: &'s Path,
    /// Links to folders that were followed: each is once, or a few of them could make endless paths.
    followed: BTreeSet<PathBuf>,
    /// How many files and folders were looked at.
    seen: usize,
    /// The files.
    pub(super) files: Vec<PathBuf>,
    /// What could not be looked at.
    pub(super) problems: Vec<(PathBuf, Problem)>,
}

impl<'s> Walk<'s> {
    /// A walk below a folder that has no links in its path.
    pub(super) fn new(store: &'s dyn Store, root: &'s Path) -> Self {
        let (files, problems) = (Vec::new(), Vec::new());
        Self { store, root, followed: BTreeSet::new(), seen: 0, files, problems }
    }

    /// Looks for pages in one folder, which there is. It may be reached through a link.
    pub(super) fn walk(&mut self, start: &Path) {
        match self.store.canonical(start) {
            Ok(target) if target.starts_with(self.root) => {
                self.folder(start, &mut vec![target]);
            }
            _ => self.problems.push((start.to_owned(), Problem::OutsideRoot)),
        }
    }

    /// `around` are the folder and those that it was reached through, without links.
    fn folder(&mut self, folder: &Path, around: &mut Vec<PathBuf>) {
        if around.len() > DEEPEST {
            let reason = format!("more than {DEEPEST} folders lie in each other");
            self.problems.push((folder.to_owned(), Problem::Unreadable(reason)));
            return;
        }
        if self.seen > MOST {
            return;
        }
        let entries = match self.store.list(folder) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder.to_owned(), &error),
        };
        self.seen += entries.len();
        if self.seen > MOST {
            let reason = format!("the docs have more than {MOST} files and folders");
            self.problems.push((folder.to_owned(), Problem::Unreadable(reason)));
            return;
        }
        for Entry { name, kind } in entries {
            let path = folder.join(&name);
            let is_hidden = name.as_encoded_bytes().starts_with(b".");
            if is_hidden || (kind != Kind::Folder && kind != Kind::Link && !is_page(&path)) {
                continue;
            }
            match kind {
                Kind::File => self.files.push(path),
                Kind::Folder if name != "includes" => {
                    let own = around.last().map(|above| above.join(&name)).unwrap_or_default();
                    around.push(own);
                    self.folder(&path, around);
                    around.pop();
                }
                Kind::Link => self.link(path, around),
                Kind::Folder | Kind::Other => {}
            }
        }
    }

    fn link(&mut self, path: PathBuf, around: &mut Vec<PathBuf>) {
        let found = self.store.kind(&path);
        let is_folder = found.as_ref().is_ok_and(|kind| *kind == Kind::Folder);
        // What is not a page is not missed.
        if !(is_folder || is_page(&path)) || (is_folder && path.ends_with("includes")) {
            return;
        }
        let target = match found.and_then(|_| self.store.canonical(&path)) {
            Ok(target) => target,
            Err(error) => return self.unreadable(path, &error),
        };
        if around.contains(&target) {
            self.problems.push((path, Problem::SymlinkLoop));
        } else if !target.starts_with(self.root) {
            self.problems.push((path, Problem::OutsideRoot));
        } else if !is_folder {
            if self.store.kind(&path).is_ok_and(|kind| kind == Kind::File) {
                self.files.push(path);
            }
        } else if self.followed.insert(target.clone()) {
            around.push(target);
            self.folder(&path, around);
            around.pop();
        }
    }

    fn unreadable(&mut self, path: PathBuf, error: &io::Error) {
        self.problems.push((path, Problem::Unreadable(reason(error))));
    }
}

/// Whether a file of this name is a page.
pub(super) fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}
