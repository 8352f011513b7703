//! What a run found and made, in so far as it is needed to say the same again.

use super::codec::store;
use super::fingerprint::Fingerprint;
use crate::diagnostic::Diagnostics;
use crate::select::Selection;
use crate::summary::{Endpoints, Summary};

/// A run that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) diagnostics: Diagnostics,
    pub(crate) summary: Summary,
    pub(crate) selection: Option<Selection>,
    pub(crate) endpoints: Endpoints,
    /// The files of the crate.
    pub(crate) files: Vec<FileRecord>,
}

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileRecord {
    pub(crate) path: String,
    /// The hash of what it holds.
    pub(crate) content: Fingerprint,
    /// The hash of what it is made from, if that is not all of the plan.
    pub(crate) made_from: Option<Fingerprint>,
}

store!(struct Stamp { diagnostics, summary, selection, endpoints, files });
store!(struct FileRecord { path, content, made_from });
