//! Where docs lie: on disk, or somewhere else that has folders, files and links.
//!
//! All that tells pages from other files stands in `read` and asks a [`Store`], so that the same
//! tree makes the same docs wherever it lies. A store knows nothing of docs.

use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::decode::{Decoded, decode};
use super::file::{self, LARGEST, Problem};

/// Something that holds folders and files, by paths. Each of its functions follows links.
pub(crate) trait Store: Sync {
    /// The path without links in it. It need not lie in the store.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;
    /// What a path leads to.
    fn kind(&self, path: &Path) -> io::Result<Kind>;
    /// What a folder holds, by name.
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>>;
    /// The contents of files, in their order.
    fn read(&self, paths: &[&Path]) -> Vec<Result<Content, Problem>>;
    /// The path as messages have it, and the outside world.
    fn outer(&self, path: &Path) -> PathBuf;
}

/// What there can be at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Folder,
    /// A link, where links are not followed.
    Link,
    /// A pipe or the like, which cannot be read.
    Other,
}

/// What a folder holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) name: OsString,
    /// What it is itself: where it is a link, that.
    pub(crate) kind: Kind,
}

/// The content of a file as text.
#[derive(Clone, Debug)]
pub(crate) struct Content(pub(crate) Decoded);

impl Content {
    /// The content of these bytes, if docs can have as many.
    pub(crate) fn new(bytes: Vec<u8>) -> Result<Self, Problem> {
        let length = bytes.len() as u64;
        if length > LARGEST { Err(Problem::TooLarge(length)) } else { Ok(Self(decode(bytes))) }
    }
}

/// What the machine has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Disk;

impl Store for Disk {
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        path.metadata().map(|metadata| kind(metadata.file_type()))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok(Entry { name: entry.file_name(), kind: kind(entry.file_type()?) })
        };
        let mut entries: Vec<_> = folder.read_dir()?.map(entry).collect::<io::Result<_>>()?;
        entries.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(entries)
    }

    fn read(&self, paths: &[&Path]) -> Vec<Result<Content, Problem>> {
        paths.par_iter().map(|path| file::read(path).map(Content)).collect()
    }

    fn outer(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }
}

fn kind(found: FileType) -> Kind {
    if found.is_symlink() {
        Kind::Link
    } else if found.is_dir() {
        Kind::Folder
    } else if found.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

/// Whether there is a folder.
pub(super) fn is_folder(store: &dyn Store, path: &Path) -> bool {
    store.kind(path).is_ok_and(|kind| kind == Kind::Folder)
}
