//! What tells one content from another, and one run from another.

use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::SystemTime;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::diagnostic::Parsed;
use crate::docs::Docs;

/// The hash of a content, by XXH3 with 128 bits.
///
/// Contents that differ by chance or by work on them have different hashes: of a billion files,
/// two are taken for one with a probability of less than 10⁻²⁰. Someone could construct two pages
/// of one hash; whoever may change the docs that far may write what they like into them anyway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Fingerprint(pub(super) u128);

impl Fingerprint {
    /// The hash of these bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// The hash of a value as its `Hash` lays it open. It is the same within one program only.
    pub(crate) fn of_value(value: &(impl Hash + ?Sized)) -> Self {
        let mut bytes = Bytes(Vec::new());
        value.hash(&mut bytes);
        Self::of(&bytes.0)
    }
}

/// Collects what a value hashes: one long input is hashed faster than many short ones.
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxhash_rust::xxh3::xxh3_64(&self.0)
    }
}

/// Everything that the result of a run depends on, but for what stands in the output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(pub(super) Fingerprint);

impl Key {
    /// The key of a run on these docs, for which the caller states `settings`. None where nothing
    /// tells this program from another build of it.
    ///
    /// The texts are hashed as they lie in memory, so that what was hashed is what is parsed, even
    /// where a file changes at the same time. What was wrong with the files counts as well: a file
    /// that could not be read is a fact of the run.
    pub(crate) fn new(settings: &impl Hash, docs: &Parsed<Docs>) -> Option<Self> {
        let texts: Vec<Fingerprint> =
            docs.value.files.par_iter().map(|file| Fingerprint::of(file.text.as_bytes())).collect();
        let files: Vec<_> = docs.value.files.iter().map(|file| (&file.path, &file.role)).collect();
        Self::of(&(settings, texts, files, &docs.diagnostics))
    }

    /// The key of what depends on the program and this input alone.
    pub(crate) fn of(input: &impl Hash) -> Option<Self> {
        Some(Self(Fingerprint::of_value(&(Program::this()?, input))))
    }
}

/// A build of docbind.
///
/// The version is not enough: someone who changes docbind builds the same version many times, and
/// `docbind` may be part of a build script or of a test. So it is the program's file that counts.
/// It is not read, for in a build without optimizations that would take longer than the run.
#[derive(Debug, Hash)]
struct Program {
    version: &'static str,
    path: PathBuf,
    length: u64,
    modified: SystemTime,
}

impl Program {
    /// The program that runs. It is looked at once: one that runs for long may have been built anew
    /// meanwhile, and what lies in its place is not what runs.
    fn this() -> Option<&'static Self> {
        static THIS: OnceLock<Option<Program>> = OnceLock::new();
        THIS.get_or_init(Self::find).as_ref()
    }

    fn find() -> Option<Self> {
        let path = std::env::current_exe().ok()?;
        let metadata = path.metadata().ok()?;
        let (length, modified) = (metadata.len(), metadata.modified().ok()?);
        Some(Self { version: env!("CARGO_PKG_VERSION"), path, length, modified })
    }
}
