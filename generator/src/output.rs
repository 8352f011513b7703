//! Generated files on disk: the only writer of them.
//!
//! In go the files of a crate and the folder that is to hold them; out comes what changed. Files
//! that docbind did not write are never touched, and nothing outside the folder is.

mod compare;
#[cfg(test)]
mod tests;
mod turn;
mod write;

use std::borrow::Cow;
use std::path::Path;

use crate::Error;
use crate::emit::GeneratedFile;
use compare::compare;
pub(crate) use compare::holds;
use turn::Turn;
use write::write;

/// Whether files are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// They are.
    Write,
    /// They are only compared.
    Check,
}

/// How the folder differs from what it should hold, or did before it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Every difference, by path.
    pub list: Vec<Change>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file, below the folder.
    pub path: String,
    /// How it differs.
    pub kind: ChangeKind,
}

/// How a file differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is missing.
    Added,
    /// It has other content.
    Changed {
        /// The first line that differs, counted from 1.
        line: usize,
        /// What stands there.
        old: String,
        /// What should stand there.
        new: String,
    },
    /// docbind wrote it, and it is not generated any more.
    Stale,
}

impl Changes {
    /// How many files are missing, how many differ, and how many are stale.
    pub fn counts(&self) -> (usize, usize, usize) {
        self.list.iter().fold((0, 0, 0), |(added, changed, stale), change| match change.kind {
            ChangeKind::Added => (added + 1, changed, stale),
            ChangeKind::Changed { .. } => (added, changed + 1, stale),
            ChangeKind::Stale => (added, changed, stale + 1),
        })
    }

    /// Whether the folder holds what it should.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// Makes the folder hold these files, or says what is missing for that.
///
/// Every file is written beside its place first and moved there when all could be written, and
/// what stood there is deleted last, so that a failure leaves the folder as it was. Of several runs
/// that write to one folder at the same time, each waits for the one before.
///
/// Fails when the folder cannot be read or written, or when a file that docbind did not write stands
/// where one belongs.
pub fn apply(files: &[GeneratedFile], dir: &Path, mode: Mode) -> Result<Changes, Error> {
    apply_wanted(files, dir, mode)
}

/// A file that the folder should hold, and that need not have been made yet.
pub(crate) trait Wanted: Sync {
    /// Where it belongs, below the folder.
    fn path(&self) -> &str;

    /// Whether it is known, without making it, that this is what it holds.
    fn is_known_as(&self, content: &[u8]) -> bool;

    /// What it holds.
    fn text(&self) -> Cow<'_, str>;
}

impl Wanted for GeneratedFile {
    fn path(&self) -> &str {
        &self.path
    }

    fn is_known_as(&self, content: &[u8]) -> bool {
        content == self.text.as_bytes()
    }

    fn text(&self) -> Cow<'_, str> {
        (&*self.text).into()
    }
}

/// The same as [`apply`], where files that are in place already are not made.
pub(crate) fn apply_wanted<W: Wanted>(
    files: &[W],
    dir: &Path,
    mode: Mode,
) -> Result<Changes, Error> {
    if mode == Mode::Check {
        return Ok(compare(files, dir)?.changes());
    }
    let turn = Turn::take(dir)?;
    write_in(turn.as_ref(), files, dir)
}

/// Writes what differs. Without a turn something else may write at the same time, and nobody is told
/// that all is well where it is not.
fn write_in<W: Wanted>(turn: Option<&Turn>, files: &[W], dir: &Path) -> Result<Changes, Error> {
    let found = compare(files, dir)?;
    let changes = found.changes();
    if changes.is_empty() {
        return Ok(changes);
    }
    write(&found, dir)?;
    if turn.is_none() && !compare(files, dir)?.changes().is_empty() {
        let dir = dir.display();
        return Err(Error::new(format!(
            "something else writes to `{dir}` at the same time, and this file system has no locks: \
             run docbind again when it is done"
        )));
    }
    Ok(changes)
}
