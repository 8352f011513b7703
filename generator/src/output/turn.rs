//! One run at a time in a folder.
//!
//! A file in the folder is locked while a run compares and writes, and gone afterwards. The system
//! gives the lock back when a run is killed; the file that is left then is used by the next one.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::compare::foreign;
use crate::Error;

/// The file that is locked.
const NAME: &str = ".docbind-lock";

/// What it holds as soon as it is not at its place any more: who waited for this one has to look for
/// a new one.
const OVER: &[u8] = b"over\n";

/// How often to look whether another run is done, and how many times: five minutes in all. Each looks
/// by itself, so that one that hangs does not hang all others.
const PAUSE: Duration = Duration::from_millis(5);
const MOST_PAUSES: u32 = 60_000;

/// The right to write to a folder, until it is dropped.
pub(super) struct Turn {
    path: PathBuf,
    /// The folders that had to be made.
    made: Vec<PathBuf>,
    file: Option<File>,
}

impl Turn {
    /// Waits until no other run writes to the folder. None where nothing can be locked: the file system
    /// knows no locks, or nothing can be written there. Then a run goes on all the same, for nearly all
    /// are alone, and the caller looks afterwards whether this one was.
    pub(super) fn take(dir: &Path) -> Result<Option<Self>, Error> {
        let mut turn = Self { path: dir.join(NAME), made: Vec::new(), file: None };
        let mut pauses = 0;
        while pauses < MOST_PAUSES {
            let Some(mut file) = turn.open(dir)? else { return Ok(None) };
            match lock(&file, &mut pauses) {
                Ok(true) if turn.is_over(&mut file)? => pauses += 1,
                Ok(true) => {
                    turn.file = Some(file);
                    return Ok(Some(turn));
                }
                Ok(false) => {}
                Err(_) => {
                    let _ = fs::remove_file(&turn.path);
                    return Ok(None);
                }
            }
        }
        let dir = dir.display();
        Err(Error::new(format!(
            "another run of docbind has been writing to `{dir}` for minutes: end it, and try again"
        )))
    }

    fn open(&mut self, dir: &Path) -> Result<Option<File>, Error> {
        loop {
            if self.create(dir).is_err() {
                return Ok(None);
            }
            // What a link leads to is not ours to write to.
            if fs::symlink_metadata(&self.path).is_ok_and(|found| !found.is_file()) {
                return Err(foreign(&self.path));
            }
            let mut options = OpenOptions::new();
            match options.read(true).write(true).create(true).truncate(false).open(&self.path) {
                Ok(file) => return Ok(Some(file)),
                // A run that failed took away the folder that it had made.
                Err(_) if !dir.exists() => {}
                Err(_) => return Ok(None),
            }
        }
    }

    fn create(&mut self, dir: &Path) -> io::Result<()> {
        let missing = |path: &&Path| !path.as_os_str().is_empty() && !path.is_dir();
        let missing: Vec<_> = dir.ancestors().take_while(missing).collect();
        for path in missing.into_iter().rev() {
            match fs::create_dir(path) {
                Ok(()) => self.made.push(path.to_owned()),
                Err(_) if path.is_dir() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether a file that is locked now was taken away before.
    fn is_over(&self, file: &mut File) -> Result<bool, Error> {
        let mut content = Vec::new();
        let read = file.take(64).read_to_end(&mut content);
        read.map_err(|error| Error::io("cannot read", &self.path, error))?;
        match content.as_slice() {
            [] => Ok(false),
            OVER => Ok(true),
            _ => Err(foreign(&self.path)),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(file) = &mut self.file
            // One that cannot be taken away stays as it is, and is the next one's.
            && fs::remove_file(&self.path).is_ok()
        {
            let _ = file.write_all(OVER);
        }
        for folder in self.made.iter().rev() {
            // One that holds something stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Waits for the lock. False when that took too long.
fn lock(file: &File, pauses: &mut u32) -> io::Result<bool> {
    while *pauses < MOST_PAUSES {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        *pauses += 1;
        thread::sleep(PAUSE);
    }
    Ok(false)
}
