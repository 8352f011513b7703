//! The content of one file, whole, as it was at one moment.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use super::decode::{Decoded, decode};

/// A larger file is no documentation, and offsets must fit into 32 bits.
pub(super) const LARGEST: u64 = 32 << 20;

/// How long to wait before a file that was changing is read again, in turn, in milliseconds.
const PAUSES: [u64; 5] = [5, 10, 20, 40, 80];

/// The clock that files get their age from ticks so often: of one that is younger nobody can tell
/// whether it changes once more.
const TICK: Duration = Duration::from_millis(10);

/// Who writes a file anew often makes it empty first. One that became empty so lately may be filled
/// in a moment.
const LATELY: Duration = Duration::from_millis(100);

/// Why a file or folder of the docs was not read.
#[derive(Debug)]
pub(crate) enum Problem {
    Unreadable(String),
    OutsideRoot,
    SymlinkLoop,
    TooLarge(u64),
    /// It was changed whenever it was read.
    Changing,
    /// It was there a moment ago.
    Gone,
}

/// Reads a file, and again when it was changed meanwhile: half of one version and half of another
/// is what nobody wrote.
pub(super) fn read(path: &Path) -> Result<Decoded, Problem> {
    read_while(path, || {}).map(decode)
}

/// The same, where something happens each time between looking at the file and looking again.
fn read_while(path: &Path, mut meanwhile: impl FnMut()) -> Result<Vec<u8>, Problem> {
    for pause in PAUSES {
        if let Some(bytes) = read_once(path, &mut meanwhile)? {
            return Ok(bytes);
        }
        thread::sleep(Duration::from_millis(pause));
    }
    read_once(path, &mut meanwhile)?.ok_or(Problem::Changing)
}

/// None when the file was changed meanwhile, or may have been.
fn read_once(path: &Path, meanwhile: &mut impl FnMut()) -> Result<Option<Vec<u8>>, Problem> {
    let mut file = File::open(path).map_err(unreadable)?;
    let before = Mark::of(&file)?;
    if before.length > LARGEST {
        return Err(Problem::TooLarge(before.length));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.length).unwrap_or_default() + 1);
    (&mut file).take(LARGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    meanwhile();
    let is_whole = bytes.len() as u64 == before.length && Mark::of(&file)? == before;
    let settled = if bytes.is_empty() { LATELY } else { TICK };
    Ok((is_whole && !before.is_younger(settled)).then_some(bytes))
}

/// What is different when a file was changed.
#[derive(PartialEq, Eq)]
struct Mark {
    length: u64,
    modified: Option<SystemTime>,
}

impl Mark {
    fn of(file: &File) -> Result<Self, Problem> {
        let metadata = file.metadata().map_err(unreadable)?;
        Ok(Self { length: metadata.len(), modified: metadata.modified().ok() })
    }

    fn is_younger(&self, than: Duration) -> bool {
        let age = self.modified.and_then(|modified| modified.elapsed().ok());
        age.is_some_and(|age| age < than)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is mapped over results")]
fn unreadable(error: io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound => Problem::Gone,
        _ => Problem::Unreadable(reason(&error)),
    }
}

/// The reason alone, in words that do not depend on the machine's number for it.
pub(super) fn reason(error: &io::Error) -> String {
    error.get_ref().map_or_else(|| error.kind().to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, OpenOptions};
    use std::io::Write;

    use super::*;

    /// Reads a file to which something is done that often while it is read.
    fn read_during(times: u32, change: impl Fn(&Path)) -> Result<Vec<u8>, Problem> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "old").expect("a file");
        let mut left = times;
        read_while(&path, || {
            if let Some(fewer) = left.checked_sub(1) {
                left = fewer;
                change(&path);
            }
        })
    }

    fn append(path: &Path) {
        let mut file = OpenOptions::new().append(true).open(path).expect("it is there");
        file.write_all(b"+").expect("it can be written");
    }

    #[test]
    fn one_that_changes_is_read_again() {
        assert!(read_during(0, append).is_ok_and(|bytes| bytes == b"old"));
        assert!(read_during(2, append).is_ok_and(|bytes| bytes == b"old++"));
        assert!(matches!(read_during(u32::MAX, append), Err(Problem::Changing)));
    }

    #[test]
    fn one_that_is_replaced_is_one_or_the_other() {
        let replace = |path: &Path| {
            let beside = path.with_extension("new");
            fs::write(&beside, "new").expect("it can be written");
            fs::rename(&beside, path).expect("it can be moved");
        };
        assert!(read_during(1, replace).is_ok_and(|bytes| bytes == b"old" || bytes == b"new"));
    }

    #[test]
    fn one_that_is_emptied_is_waited_for() {
        let path = tempfile::NamedTempFile::new().expect("a file");
        let mut looks = 0;
        let read = read_while(path.path(), || {
            looks += 1;
            if looks == 2 {
                fs::write(path.path(), "new").expect("it can be written");
            }
        });
        assert!(read.is_ok_and(|bytes| bytes == b"new"));
    }

    #[test]
    fn one_that_is_gone_is_gone() {
        let gone = read(Path::new("nowhere/a.md"));
        assert!(matches!(gone, Err(Problem::Gone)));
    }
}
