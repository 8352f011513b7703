//! The folder of a cache: the only reader and writer of it.
//!
//! Several programs may use a folder at the same time. A file is written under a name that no one
//! else has and then moved to its place, so that a reader finds the old one or the new one.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use super::codec::{Reader, Store, Writer};
use super::fingerprint::{Fingerprint, Key};

/// How a file of a cache starts. The number changes with what stands around the payload.
const MAGIC: [u8; 16] = *b"docbind cache 1\n";

/// Magic, key, and the hash of what follows.
const HEADER: usize = 48;

/// A larger file is not read, and not written.
const LARGEST: u64 = 256 << 20;

/// How many files a folder may hold, and how many bytes. The ones that were written last stay.
const MOST_FILES: usize = 32;
const MOST_BYTES: u64 = 512 << 20;

/// The extension of files of a cache, and that of files which are not complete yet.
const COMPLETE: &str = "cache";
const PARTIAL: &str = "cache-new";

/// A place in a cache: what is kept of one job.
#[derive(Clone, Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
    name: String,
}

/// A file of a cache that was found to be whole.
#[derive(Debug, Default)]
pub(crate) struct Payload(Vec<u8>);

impl Payload {
    /// What was kept.
    pub(super) fn bytes(&self) -> &[u8] {
        self.0.get(HEADER..).unwrap_or_default()
    }

    /// The value that it is, about docs of so many files.
    pub(crate) fn decode<T: Store>(&self, files: usize) -> Option<T> {
        let mut reader = Reader::new(self.bytes(), files);
        T::take(&mut reader).filter(|_| reader.is_empty())
    }
}

impl Cache {
    /// The place in `folder` for the job of this name; jobs of different names do not get into each
    /// other's way.
    pub(crate) fn new(folder: &Path, job: Fingerprint) -> Self {
        Self { folder: folder.to_owned(), name: format!("{:032x}", job.0) }
    }

    /// What is kept here under this key, about docs of that many files.
    pub(crate) fn load<T: Store>(&self, kind: &str, key: Key, files: usize) -> Option<T> {
        self.load_bytes(kind, key)?.decode(files)
    }

    /// The same without reading values.
    pub(crate) fn load_bytes(&self, kind: &str, key: Key) -> Option<Payload> {
        let content = read(&self.path(kind)).ok()?;
        unseal(&content, key)?;
        Some(Payload(content))
    }

    /// Keeps a value under a key, in the place of what was kept before.
    pub(crate) fn save(&self, kind: &str, key: Key, value: &impl Store) {
        let mut writer = Writer::default();
        value.put(&mut writer);
        if let Some(bytes) = writer.into_bytes() {
            self.save_bytes(kind, key, &bytes);
        }
    }

    /// The same for bytes.
    pub(super) fn save_bytes(&self, kind: &str, key: Key, payload: &[u8]) {
        let content = seal(payload, key);
        // Without it the next run takes longer.
        let _ = self.write(&self.path(kind), &content);
        prune(&self.folder);
    }

    fn path(&self, kind: &str) -> PathBuf {
        self.folder.join(format!("{}-{kind}.{COMPLETE}", self.name))
    }

    fn write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        if content.len() as u64 > LARGEST {
            return fs::remove_file(path);
        }
        fs::create_dir_all(&self.folder)?;
        ignore(&self.folder)?;
        let partial = path.with_extension(format!("{}.{PARTIAL}", unique()));
        let written = fs::File::create_new(&partial)
            .and_then(|mut file| file.write_all(content))
            .and_then(|()| fs::rename(&partial, path));
        if written.is_err() {
            let _ = fs::remove_file(&partial);
        }
        written
    }
}

/// Makes the folder one that no version control looks at, wherever it lies.
fn ignore(folder: &Path) -> io::Result<()> {
    match fs::File::create_new(folder.join(".gitignore")) {
        Ok(mut file) => file.write_all(b"*\n"),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// What no other writer has in the name of its file.
fn unique() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{}-{count}", std::process::id())
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let length = usize::try_from(metadata.len().min(LARGEST)).unwrap_or_default();
    let mut content = Vec::with_capacity(length + 1);
    file.take(LARGEST).read_to_end(&mut content)?;
    Ok(content)
}

/// The content of a file of the cache.
pub(super) fn seal(payload: &[u8], key: Key) -> Vec<u8> {
    let mut content = Vec::with_capacity(HEADER + payload.len());
    content.extend_from_slice(&MAGIC);
    content.extend_from_slice(&key.0.0.to_le_bytes());
    content.extend_from_slice(&Fingerprint::of(payload).0.to_le_bytes());
    content.extend_from_slice(payload);
    content
}

/// The payload, if it is whole and stands under this key.
pub(super) fn unseal(content: &[u8], key: Key) -> Option<&[u8]> {
    let (header, payload) = content.split_at_checked(HEADER)?;
    let expected = seal(&[], key);
    let is_ours = header[..32] == expected[..32];
    let is_whole = header[32..] == Fingerprint::of(payload).0.to_le_bytes();
    (is_ours && is_whole).then_some(payload)
}

/// Takes away the oldest files beyond what a folder may hold, those that were left incomplete
/// included. What is not of a cache stays.
fn prune(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let is_ours = |extension: &OsStr| extension == COMPLETE || extension == PARTIAL;
            let metadata = path.symlink_metadata().ok().filter(fs::Metadata::is_file)?;
            let is_kept = path.extension().is_some_and(is_ours);
            is_kept.then_some((metadata.modified().ok()?, metadata.len(), path))
        })
        .collect();
    files.sort();
    let mut bytes = 0;
    for (count, (_, length, path)) in files.iter().rev().enumerate() {
        bytes += length;
        if count >= MOST_FILES || bytes > MOST_BYTES {
            let _ = fs::remove_file(path);
        }
    }
}
