//! How the docs lie on disk at one moment, so that two moments can be compared.
//!
//! An event of the file system is only a hint that it is worth to look again: what editors and
//! version control do differs too much to be taken by its word, and some of it is our own writing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use docbind::summary::counted;
use walkdir::{DirEntry, WalkDir};

use super::Places;

/// The files that a run depends on, by the path to name them by, each with what changes when its
/// content does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Snapshot {
    /// Whether the docs folder is there.
    pub(super) is_there: bool,
    /// The nearest folder that is there: the docs, or one above.
    pub(super) ground: PathBuf,
    files: BTreeMap<PathBuf, Mark>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    length: u64,
    modified: Option<SystemTime>,
    /// An editor may put another file in the place of one, of the same length and age.
    inode: u64,
}

impl Mark {
    fn of(path: &Path) -> Option<Self> {
        path.metadata().ok().map(|metadata| Self::new(&metadata))
    }

    fn new(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(metadata);
        #[cfg(not(unix))]
        let inode = 0;
        Self { length: metadata.len(), modified: metadata.modified().ok(), inode }
    }
}

impl Snapshot {
    pub(super) fn take(places: &Places) -> Self {
        let mut files = BTreeMap::new();
        if let Some(mark) = Mark::of(&places.config) {
            files.insert(places.config.clone(), mark);
        }
        if let Ok(root) = places.docs.canonicalize() {
            // What a run writes is no reason for another one.
            let out = places.out.canonicalize().unwrap_or_else(|_| places.out.clone());
            let mut followed = BTreeSet::new();
            let walk = WalkDir::new(&root).follow_links(true).into_iter();
            let pages = walk
                .filter_entry(|entry| is_wanted(entry, &root, &out, &mut followed))
                .flatten()
                .filter(|entry| entry.file_type().is_file());
            for page in pages {
                // One that is gone by now is gone for the next look.
                if let Ok(metadata) = page.metadata() {
                    let below = page.path().strip_prefix(&root).unwrap_or(page.path());
                    files.insert(places.docs.join(below), Mark::new(&metadata));
                }
            }
        }
        let (is_there, ground) = (places.docs.is_dir(), ground(&places.docs));
        Self { is_there, ground, files }
    }

    /// The same, as far as the configuration goes, as at an earlier moment.
    pub(super) fn with_config_of(mut self, earlier: &Self, config: &Path) -> Self {
        match earlier.files.get(config) {
            Some(mark) => self.files.insert(config.to_owned(), mark.clone()),
            None => self.files.remove(config),
        };
        self
    }

    /// Which files differ from those of an earlier moment.
    pub(super) fn since(&self, earlier: &Self) -> String {
        let (old, new) = (&earlier.files, &self.files);
        let gone = old.keys().filter(|path| !new.contains_key(*path)).map(|path| (path, "gone"));
        let others = new.iter().filter_map(|(path, mark)| match old.get(path) {
            None => Some((path, "new")),
            Some(other) if other != mark => Some((path, "changed")),
            Some(_) => None,
        });
        let mut differing = gone.chain(others);
        match (differing.next(), differing.count()) {
            (None, _) => "the docs folder changed".to_owned(),
            (Some((path, how)), 0) => {
                let path = path.strip_prefix(".").unwrap_or(path);
                format!("{} {how}", path.display())
            }
            (Some(_), more) => counted(1 + more, "file changed", "files changed"),
        }
    }
}

/// The nearest folder that is there.
pub(super) fn ground(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.ancestors().find(|folder| folder.is_dir()).map(Path::to_owned).unwrap_or_default()
}

/// Whether an entry is a page or an include, or a folder that may hold some.
fn is_wanted(entry: &DirEntry, root: &Path, out: &Path, followed: &mut BTreeSet<PathBuf>) -> bool {
    let is_dir = entry.file_type().is_dir();
    if entry.depth() == 0 {
        return true;
    }
    let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
    let is_page = entry.path().extension().is_some_and(|extension| extension == "md");
    if is_hidden || entry.path() == out || !(is_dir || is_page) {
        return false;
    }
    if !entry.path_is_symlink() {
        return true;
    }
    // As the docs are read: nothing outside of them, and no folder twice.
    let target = entry.path().canonicalize();
    target.is_ok_and(|target| target.starts_with(root) && (!is_dir || followed.insert(target)))
}
