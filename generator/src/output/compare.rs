//! How a folder differs from the files that it should hold.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::write::{NEW, OLD};
use super::{Change, ChangeKind, Changes, Wanted};
use crate::Error;
use crate::cache::{FileRecord, Fingerprint};
use crate::emit::MARKER;

/// What is to be done.
pub(super) struct Found<'f> {
    /// Files to write, each with what stands there now.
    pub(super) outdated: Vec<Outdated<'f>>,
    pub(super) stale: Vec<String>,
    unchanged: usize,
}

/// A file that is missing, or holds something else.
pub(super) struct Outdated<'f> {
    pub(super) path: &'f str,
    pub(super) text: Cow<'f, str>,
    pub(super) old: Option<Vec<u8>>,
}

impl Found<'_> {
    pub(super) fn changes(&self) -> Changes {
        let outdated = self.outdated.iter().map(|file| {
            let kind = match &file.old {
                None => ChangeKind::Added,
                Some(old) => first_difference(&String::from_utf8_lossy(old), &file.text),
            };
            Change { path: file.path.to_owned(), kind }
        });
        let stale =
            self.stale.iter().map(|path| Change { path: path.clone(), kind: ChangeKind::Stale });
        let mut list: Vec<_> = outdated.chain(stale).collect();
        list.sort_by(|a, b| a.path.cmp(&b.path));
        Changes { list, unchanged: self.unchanged }
    }
}

/// Whether the folder holds these files, no other that carries the mark, and nothing that
/// [`apply`] would stumble over. Where it does not, or cannot be read, `apply` says why.
pub(crate) fn holds(files: &[FileRecord], dir: &Path) -> bool {
    let is_as_recorded = |file: &FileRecord| {
        let content = read_own(&dir.join(&file.path));
        content.is_ok_and(|text| text.is_some_and(|text| Fingerprint::of(&text) == file.content))
    };
    let paths = || files.iter().map(|file| file.path.as_str());
    check_folders(paths(), dir).is_ok()
        && files.par_iter().all(is_as_recorded)
        && written_besides(&paths().collect(), dir).is_ok_and(|besides| besides.is_empty())
}

fn first_difference(old: &str, new: &str) -> ChangeKind {
    // With their ends, in which two lines may differ.
    let (mut olds, mut news) = (old.split_inclusive('\n'), new.split_inclusive('\n'));
    let mut line = 1;
    loop {
        match (olds.next(), news.next()) {
            (Some(old), Some(new)) if old == new => line += 1,
            (old, new) => {
                let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
                let is_hidden = old.trim_end() == new.trim_end();
                let text = |line: &str| match line.strip_suffix('\n') {
                    // What cannot be seen is written out.
                    _ if is_hidden => format!("{line:?}"),
                    stripped => stripped.unwrap_or(line).to_owned(),
                };
                return ChangeKind::Changed { line, old: text(old), new: text(new) };
            }
        }
    }
}

/// How the folder differs from these files. Fails where it holds what must not be overwritten.
pub(super) fn compare<'f, W: Wanted>(files: &'f [W], dir: &Path) -> Result<Found<'f>, Error> {
    check_folders(files.iter().map(W::path), dir)?;
    let read: Vec<_> = files
        .par_iter()
        // Files differ much in what it takes to make them.
        .with_max_len(1)
        .map(|file| {
            let (path, old) = (file.path(), read_own(&dir.join(file.path()))?);
            if old.as_deref().is_some_and(|old| file.is_known_as(old)) {
                return Ok(None);
            }
            let text = file.text();
            let is_equal = old.as_deref() == Some(text.as_bytes());
            Ok((!is_equal).then_some(Outdated { path, text, old }))
        })
        .collect::<Result<_, Error>>()?;
    let outdated: Vec<_> = read.into_iter().flatten().collect();
    let wanted: BTreeSet<&str> = files.iter().map(W::path).collect();
    let stale = written_besides(&wanted, dir)?;
    let unchanged = files.len() - outdated.len();
    Ok(Found { outdated, stale, unchanged })
}

/// Fails when a file would lie outside of the folder, or behind a symbolic link in it.
fn check_folders<'p>(paths: impl Iterator<Item = &'p str>, dir: &Path) -> Result<(), Error> {
    let mut folders = BTreeSet::new();
    for name in paths {
        let path = Path::new(name);
        let is_plain = path.components().all(|part| matches!(part, Component::Normal(_)));
        if !is_plain || name.contains('\\') {
            return Err(Error::new(format!("`{name}` does not lie in the output folder")));
        }
        folders.extend(path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()));
    }
    for folder in folders {
        let path = dir.join(folder);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => {
                let what = "is no folder of its own; remove it or choose another output folder";
                return Err(Error::new(format!("`{}` {what}", path.display())));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io("cannot look at", &path, error)),
        }
    }
    Ok(())
}

/// What stands at a place where a generated file belongs. None when nothing does.
fn read_own(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Err(foreign(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("cannot look at", path, error)),
    }
    let text = fs::read(path).map_err(|error| Error::io("cannot read", path, error))?;
    // What a machine that went down left of one may be empty.
    if text.is_empty() || has_marker(&text) { Ok(Some(text)) } else { Err(foreign(path)) }
}

pub(super) fn foreign(path: &Path) -> Error {
    Error::new(format!(
        "`{}` was not written by docbind, and would be overwritten; move it away or choose another \
         output folder",
        path.display()
    ))
}

/// The first line of a generated file is a comment that holds the marker.
fn has_marker(text: &[u8]) -> bool {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let comment = line.strip_prefix(b"// ").or_else(|| line.strip_prefix(b"# "));
    comment.map(<[u8]>::trim_ascii_end) == Some(MARKER.as_bytes())
}

/// The generated files that are there besides those that are wanted. They stand in the folder
/// itself and below `src`; other folders, such as `target`, are not looked at.
fn written_besides(wanted: &BTreeSet<&str>, dir: &Path) -> Result<Vec<String>, Error> {
    let mut candidates = Vec::new();
    for (root, depth) in [(dir.to_owned(), 1), (dir.join("src"), usize::MAX)] {
        // A folder that is not there holds nothing; that `src` is no link has been checked.
        if !fs::symlink_metadata(&root).is_ok_and(|found| found.is_dir() || depth == 1) {
            continue;
        }
        for entry in WalkDir::new(&root).min_depth(1).max_depth(depth).follow_links(false) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => candidates.push(entry.into_path()),
                Ok(_) => {}
                Err(error) if is_missing(&error) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(&root).to_owned();
                    return Err(Error::io("cannot look through", &path, error.into()));
                }
            }
        }
    }
    let mut written: Vec<_> = candidates
        .into_par_iter()
        .filter_map(|path| {
            let parts = path.strip_prefix(dir).ok()?.iter().map(|part| part.to_str());
            let below = parts.collect::<Option<Vec<_>>>()?.join("/");
            (!wanted.contains(below.as_str()) && starts_with_marker(&path)).then_some(below)
        })
        .collect();
    written.sort();
    Ok(written)
}

fn is_missing(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn starts_with_marker(path: &Path) -> bool {
    let kinds = ["rs", "toml", "lock", NEW, OLD];
    let is_generated =
        path.extension().is_some_and(|extension| kinds.iter().any(|kind| extension == *kind));
    let mut start = Vec::new();
    is_generated
        && fs::File::open(path)
            .and_then(|file| file.take(256).read_to_end(&mut start))
            .is_ok_and(|_| has_marker(&start))
}
