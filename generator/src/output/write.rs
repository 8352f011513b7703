//! Writing what differs, all of it or nothing.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::compare::Found;
use crate::Error;

/// The extension of a file that has not been moved to its place yet.
pub(super) const NEW: &str = "docbind-new";

/// The extension of a file that is deleted when all others are in place. A killed run may leave
/// such files, and those with the other extension; they are stale for the next one.
pub(super) const OLD: &str = "docbind-old";

/// Brings a folder to what it should hold. When that fails, it is as it was.
pub(super) fn write(found: &Found<'_>, dir: &Path) -> Result<(), Error> {
    let mut writing = Writing::default();
    if let Err(error) = writing.run(found, dir) {
        writing.undo();
        return Err(error);
    }
    writing.finish(dir);
    Ok(())
}

/// What has been done so far, so that it can be undone.
#[derive(Default)]
struct Writing {
    folders: Vec<PathBuf>,
    /// Files that were written beside their places.
    written: Vec<PathBuf>,
    /// Each file that was moved, from where to where.
    moved: Moved,
}

type Moved = Vec<(PathBuf, PathBuf)>;

impl Writing {
    fn run(&mut self, found: &Found<'_>, dir: &Path) -> Result<(), Error> {
        self.create_folder(dir)?;
        for file in &found.outdated {
            if let Some(folder) = dir.join(file.path).parent() {
                self.create_folder(folder)?;
            }
        }
        // In reverse, so that what a killed run left beside a file goes before the file.
        for path in found.stale.iter().rev() {
            let path = dir.join(path);
            move_aside(&path, &mut self.moved)
                .map_err(|error| Error::io("cannot remove", &path, error))?;
        }
        let files: Vec<_> = found
            .outdated
            .iter()
            .map(|file| (dir.join(file.path), &file.text, file.old.is_some()))
            .collect();
        self.written = files.iter().map(|(target, ..)| beside(target, NEW)).collect();
        files.par_iter().zip(&self.written).try_for_each(|((_, text, _), path)| {
            write_new(path, text).map_err(|error| Error::io("cannot write", path, error))
        })?;
        let results: Vec<_> = files
            .par_iter()
            .zip(&self.written)
            .map(|((target, _, is_there), path)| {
                let mut moved = Vec::new();
                let aside = if *is_there { move_aside(target, &mut moved) } else { Ok(()) };
                let result = aside
                    .and_then(|()| rename(path, target, &mut moved))
                    .map_err(|error| Error::io("cannot write", target, error));
                (moved, result)
            })
            .collect();
        let mut outcome = Ok(());
        for (moved, result) in results {
            self.moved.extend(moved);
            outcome = outcome.and(result);
        }
        outcome
    }

    fn create_folder(&mut self, folder: &Path) -> Result<(), Error> {
        let missing: Vec<_> = folder
            .ancestors()
            .take_while(|path| !path.as_os_str().is_empty() && !path.is_dir())
            .collect();
        for path in missing.into_iter().rev() {
            fs::create_dir(path).map_err(|error| Error::io("cannot create", path, error))?;
            self.folders.push(path.to_owned());
        }
        Ok(())
    }

    /// Puts back what was there. What fails here fails for the reason that is reported anyway.
    fn undo(&self) {
        for (from, to) in self.moved.iter().rev() {
            let _ = fs::rename(to, from);
        }
        for path in &self.written {
            let _ = fs::remove_file(path);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }

    /// Deletes what was moved out of the way, and the folders that are empty without it. All files
    /// are in place by now; what cannot be deleted is stale for the next run.
    fn finish(&self, dir: &Path) {
        let is_old = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == OLD);
        for path in self.moved.iter().map(|(_, to)| to).filter(is_old) {
            let _ = fs::remove_file(path);
            for folder in path.ancestors().skip(1).take_while(|folder| *folder != dir) {
                // A folder that holds something else stays.
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
    }
}

fn move_aside(path: &Path, moved: &mut Moved) -> io::Result<()> {
    rename(path, &beside(path, OLD), moved)
}

fn rename(from: &Path, to: &Path, moved: &mut Moved) -> io::Result<()> {
    fs::rename(from, to)?;
    moved.push((from.to_owned(), to.to_owned()));
    Ok(())
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(extension);
    path.with_file_name(name)
}

/// Writes a file that must not be there; one that a killed run left is taken away.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = match fs::File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            fs::File::create_new(path)?
        }
        file => file?,
    };
    file.write_all(text.as_bytes())
}
