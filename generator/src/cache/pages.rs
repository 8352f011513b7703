//! What pages state, kept by what they are read from.

use std::sync::{Mutex, PoisonError};

use super::codec::{Reader, Store, Writer};
use super::fingerprint::Fingerprint;
use super::kept::{Collection, Kept};
use super::store::Cache;
use crate::diagnostic::Parsed;
use crate::docs::{Docs, SourceFile};
use crate::extract::Declarations;
use crate::span::FileId;

/// The pages of an earlier run, and those that this one adds.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    kept: Kept,
    /// The pages of this run: as they were kept, or as they were read now.
    seen: Mutex<Vec<(Fingerprint, Option<Vec<u8>>)>>,
}

/// What kind of file of the cache holds pages.
const PAGES: &str = "pages";

impl Pages {
    /// The pages that an earlier run left.
    pub(crate) fn load(cache: &Cache) -> Self {
        Self { kept: Kept::load(cache, PAGES), seen: Mutex::default() }
    }

    /// What a page states: as it was kept, if what it is read from is the same, else as it is read.
    pub(crate) fn read(
        &self,
        docs: &Docs,
        file: &SourceFile,
        read: impl FnOnce() -> Parsed<Option<Declarations>>,
    ) -> Parsed<Option<Declarations>> {
        // All that reading a page looks at: the page with its role, and what is included by it or
        // by these; of includes that are not there, that they are not.
        let Some(reached) = docs.reach(file) else { return read() };
        let name = |file: &SourceFile| Fingerprint::of(file.text.as_bytes());
        let texts: Vec<_> = reached
            .iter()
            .map(|reached| reached.map(|id| docs.file(id)))
            .map(|file| file.map(|file| (&file.path, &file.role, name(file))))
            .collect();
        let key = Fingerprint::of_value(&texts);
        let files: Vec<_> = reached.into_iter().flatten().collect();
        if let Some(bytes) = self.kept.get(key) {
            let mut reader = Reader::about(bytes, &files);
            if let Some((value, diagnostics)) = Store::take(&mut reader)
                && reader.is_empty()
            {
                self.see(key, None);
                return Parsed::new(Some(value), diagnostics);
            }
        }
        let parsed = read();
        if let Some(declarations) = &parsed.value {
            let mut writer = Writer::about(&files);
            declarations.put(&mut writer);
            parsed.diagnostics.put(&mut writer);
            if let Some(bytes) = writer.into_bytes() {
                self.see(key, Some(bytes));
            }
        }
        parsed
    }

    fn see(&self, key: Fingerprint, bytes: Option<Vec<u8>>) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push((key, bytes));
    }

    /// Keeps the pages of this run, and no others.
    pub(crate) fn save(self, cache: &Cache) {
        let seen = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let used = seen.iter().filter(|(_, bytes)| bytes.is_none()).count();
        if !self.kept.is_outdated(used, seen.len() - used) {
            return;
        }
        let mut collection = Collection::with_capacity(seen.len() << 11);
        for (key, bytes) in &seen {
            if let Some(bytes) = bytes.as_deref().or_else(|| self.kept.get(*key)) {
                collection.push(*key, bytes);
            }
        }
        collection.save(cache, PAGES);
    }
}

/// What a page states, in docs in which the files that it was read from are others: those of the
/// same places in the second list. None when it points into a file that is not among them.
pub(crate) fn moved(
    page: &Parsed<Option<Declarations>>,
    from: &[FileId],
    to: &[FileId],
) -> Option<Parsed<Option<Declarations>>> {
    if from == to {
        return Some(page.clone());
    }
    let mut writer = Writer::about(from);
    page.value.as_ref()?.put(&mut writer);
    page.diagnostics.put(&mut writer);
    let bytes = writer.into_bytes()?;
    let mut reader = Reader::about(&bytes, to);
    let (value, diagnostics) = Store::take(&mut reader)?;
    reader.is_empty().then(|| Parsed::new(Some(value), diagnostics))
}
