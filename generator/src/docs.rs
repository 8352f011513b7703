//! The pages of one docs root in memory; the only reader of docs from disk.

use std::path::PathBuf;
use std::sync::Arc;

use crate::span::FileId;

/// The files of a docs root, sorted by path, and the includes they name.
#[derive(Clone, Debug)]
pub struct Docs {
    /// The folder that was given.
    pub root: PathBuf,
    /// Every file, by [`FileId`].
    pub files: Vec<SourceFile>,
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
}

/// What a file is for.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}
