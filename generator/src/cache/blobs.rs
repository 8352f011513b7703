//! Files of a repository, kept by the hashes that git gives them.
//!
//! git names a file by a hash of its content, so that what is kept under a name is what git has under
//! it, whichever revisions hold it; to read it here takes a fraction of the time.

use std::sync::OnceLock;

use super::codec::{Reader, Store, Writer};
use super::fingerprint::Fingerprint;
use super::kept::{Collection, Kept};
use super::store::Cache;
use crate::docs::Content;

/// The files that an earlier run read.
#[derive(Debug, Default)]
pub(crate) struct Blobs {
    kept: Kept,
    /// Those that were asked for, so that all who ask share them.
    used: Vec<OnceLock<Option<Content>>>,
}

/// What kind of file of the cache holds files.
const BLOBS: &str = "blobs";

impl Blobs {
    /// What an earlier run left.
    pub(crate) fn load(cache: &Cache) -> Self {
        let kept = Kept::load(cache, BLOBS);
        let used = (0..kept.len()).map(|_| OnceLock::new()).collect();
        Self { kept, used }
    }

    /// The file to which git gives this hash.
    pub(crate) fn get(&self, id: &str) -> Option<Content> {
        let at = self.kept.find(Fingerprint::of(id.as_bytes()))?;
        let read = || {
            let mut reader = Reader::new(self.kept.bytes(at), 0);
            Content::take(&mut reader).filter(|_| reader.is_empty())
        };
        self.used.get(at)?.get_or_init(read).clone()
    }

    /// Keeps what was asked for and these further ones, and no others.
    pub(crate) fn save(&self, cache: &Cache, new: &[(&str, &Content)]) {
        let used = self.used.iter().enumerate().filter(|(_, it)| matches!(it.get(), Some(Some(_))));
        let used: Vec<usize> = used.map(|(at, _)| at).collect();
        if !self.kept.is_outdated(used.len(), new.len()) {
            return;
        }
        let mut collection = Collection::with_capacity((used.len() + new.len()) << 12);
        for at in used {
            if let Some(key) = self.kept.key(at) {
                collection.push(key, self.kept.bytes(at));
            }
        }
        for (id, content) in new {
            let mut writer = Writer::default();
            content.put(&mut writer);
            if let Some(bytes) = writer.into_bytes() {
                collection.push(Fingerprint::of(id.as_bytes()), &bytes);
            }
        }
        collection.save(cache, BLOBS);
    }
}
