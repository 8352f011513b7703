//! How the docs lie on disk at one moment, so that two moments can be compared.
//!
//! An event of the file system is only a hint that it is worth to look again: what editors and
//! version control do differs too much to be taken by its word, and some of it is our own writing.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use docbind::docs;
use docbind::summary::counted;

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
        let metadata = path.metadata().ok().filter(Metadata::is_file);
        metadata.map(|metadata| Self::new(&metadata))
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
        let version = places.api_version.as_deref();
        let root = places.docs.canonicalize().unwrap_or_default();
        // Where they cannot be listed, a run says why, and there are none.
        for page in docs::list(&places.docs, version).unwrap_or_default() {
            // One that is gone by now is gone for the next look.
            if let Some(mark) = Mark::of(&page) {
                files.insert(named(&page, &root, &places.docs), mark);
            }
        }
        for (name, path) in &places.included {
            if let Some(mark) = Mark::of(path) {
                files.insert(name.clone(), mark);
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

    /// The same for places that a run which began at `start` has found to include other files than
    /// those before. A file that was changed since then may not be what was read, and is left out, so
    /// that it is new next time.
    pub(super) fn with_included_of(
        self,
        before: &Places,
        places: &Places,
        start: SystemTime,
    ) -> Self {
        let mut files = self.files;
        let is_dropped = |name: &PathBuf| {
            before.included.contains_key(name) && !places.included.contains_key(name)
        };
        let now = Self::take(places).files;
        files.retain(|name, _| now.contains_key(name) || !is_dropped(name));
        let is_old = |mark: &Mark| mark.modified.is_some_and(|modified| modified < start);
        for (name, mark) in now {
            if places.included.contains_key(&name) && is_old(&mark) {
                files.entry(name).or_insert(mark);
            }
        }
        Self { files, ..self }
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

/// What to call a file of the docs, which lie at `root`.
pub(super) fn named(path: &Path, root: &Path, docs: &Path) -> PathBuf {
    path.strip_prefix(root).map_or_else(|_| path.to_owned(), |below| docs.join(below))
}
