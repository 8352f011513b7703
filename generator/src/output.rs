//! Generated files on disk: the only writer of them.
//!
//! In go the files of a crate and the folder that is to hold them; out comes what changed. Files
//! that docbind did not write are never touched, and nothing outside the folder is.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::Error;
use crate::cache::{FileRecord, Fingerprint};
use crate::emit::{GeneratedFile, MARKER};
use crate::hash::HashMap;

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
/// what stood there is deleted last, so that a failure leaves the folder as it was. Fails when the folder cannot be read or written,
/// or when a file that docbind did not write stands where one belongs.
pub fn apply(files: &[GeneratedFile], dir: &Path, mode: Mode) -> Result<Changes, Error> {
    apply_wanted(files, dir, mode)
}

/// A file that the folder should hold, and that need not have been made yet.
pub(crate) trait Wanted: Sync {
    /// Where it belongs, below the folder.
    fn path(&self) -> &str;

    /// Whether it is known, without looking again, that its place holds what it should.
    fn is_in_place(&self) -> bool {
        false
    }

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
    let found = compare(files, dir)?;
    let changes = found.changes();
    if mode == Mode::Write && !changes.is_empty() {
        let mut writing = Writing::default();
        if let Err(error) = writing.run(&found, dir) {
            writing.undo();
            return Err(error);
        }
        writing.finish(dir);
    }
    Ok(changes)
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

/// What stands at these places, in so far as docbind wrote it.
pub(crate) fn fingerprints<'p>(paths: &'p [String], dir: &Path) -> HashMap<&'p str, Fingerprint> {
    let paths = paths.par_iter().map(String::as_str);
    let read = |path: &str| read_own(&dir.join(path)).ok().flatten();
    paths.filter_map(|path| Some((path, Fingerprint::of(&read(path)?)))).collect()
}

/// What is to be done.
struct Found<'f> {
    /// Files to write, each with what stands there now.
    outdated: Vec<Outdated<'f>>,
    stale: Vec<String>,
    unchanged: usize,
}

/// A file that is missing, or holds something else.
struct Outdated<'f> {
    path: &'f str,
    text: Cow<'f, str>,
    old: Option<Vec<u8>>,
}

impl Found<'_> {
    fn changes(&self) -> Changes {
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

fn compare<'f, W: Wanted>(files: &'f [W], dir: &Path) -> Result<Found<'f>, Error> {
    check_folders(files.iter().map(W::path), dir)?;
    let read: Vec<_> = files
        .par_iter()
        // Files differ much in what it takes to make them.
        .with_max_len(1)
        .map(|file| {
            if file.is_in_place() {
                return Ok(None);
            }
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
    if has_marker(&text) { Ok(Some(text)) } else { Err(foreign(path)) }
}

fn foreign(path: &Path) -> Error {
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
    let is_generated = path.extension().is_some_and(|extension| {
        extension == "rs" || extension == "toml" || extension == NEW || extension == OLD
    });
    let mut start = Vec::new();
    is_generated
        && fs::File::open(path)
            .and_then(|file| file.take(256).read_to_end(&mut start))
            .is_ok_and(|_| has_marker(&start))
}

/// The extension of a file that has not been moved to its place yet.
const NEW: &str = "docbind-new";

/// The extension of a file that is deleted when all others are in place. A killed run may leave
/// such files, and those with the other extension; they are stale for the next one.
const OLD: &str = "docbind-old";

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

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> GeneratedFile {
        GeneratedFile { path: path.to_owned(), text: format!("// {MARKER}\n\n{text}\n") }
    }

    /// Everything in a folder: path and last line.
    fn content(dir: &Path) -> Vec<String> {
        let mut list: Vec<_> = WalkDir::new(dir)
            .min_depth(1)
            .into_iter()
            .map(|entry| {
                let entry = entry.expect("the folder can be read");
                let path = entry.path().strip_prefix(dir).expect("it is below").display();
                match fs::read_to_string(entry.path()) {
                    Ok(text) => format!("{path}: {}", text.lines().last().unwrap_or_default()),
                    Err(_) => format!("{path}/"),
                }
            })
            .collect();
        list.sort();
        list
    }

    fn write(files: &[GeneratedFile], dir: &Path) -> Changes {
        apply(files, dir, Mode::Write).expect("it can be written")
    }

    #[test]
    fn only_what_changes_is_written() {
        let dir = tempfile::tempdir().expect("a folder");
        let out = dir.path().join("new/out");
        let files = [file("src/lib.rs", "a"), file("src/v1/b.rs", "b")];
        assert_eq!(write(&files, &out).list.len(), 2);
        assert_eq!(content(&out), ["src/", "src/lib.rs: a", "src/v1/", "src/v1/b.rs: b"]);
        let before = fs::metadata(out.join("src/lib.rs")).expect("it is there").modified();
        let files = [file("src/lib.rs", "a"), file("src/v1/b.rs", "c")];
        let changes = write(&files, &out);
        assert_eq!(changes.unchanged, 1);
        let kind = ChangeKind::Changed { line: 3, old: "b".to_owned(), new: "c".to_owned() };
        assert_eq!(changes.list, [Change { path: "src/v1/b.rs".to_owned(), kind }]);
        let after = fs::metadata(out.join("src/lib.rs")).expect("it is there").modified();
        assert_eq!(before.expect("a time"), after.expect("a time"));
        assert!(write(&files, &out).is_empty());
    }

    #[test]
    fn stale_files_go_and_others_stay() {
        let dir = tempfile::tempdir().expect("a folder");
        let out = dir.path();
        write(
            &[file("src/a/old.rs", "x"), file("src/b/old.rs", "x"), file("src/lib.rs", "x")],
            out,
        );
        fs::write(out.join("src/b/mine.rs"), "mine").expect("it can be written");
        fs::write(out.join("README.md"), format!("// {MARKER}")).expect("it can be written");
        let changes = write(&[file("src/lib.rs", "x")], out);
        assert!(changes.list.iter().all(|change| change.kind == ChangeKind::Stale));
        let readme = format!("README.md: // {MARKER}");
        assert_eq!(
            content(out),
            [&readme, "src/", "src/b/", "src/b/mine.rs: mine", "src/lib.rs: x"]
        );
    }

    #[test]
    fn a_check_writes_nothing() {
        let dir = tempfile::tempdir().expect("a folder");
        let changes = apply(&[file("src/lib.rs", "x")], dir.path(), Mode::Check);
        assert_eq!(changes.expect("it can be read").list[0].kind, ChangeKind::Added);
        assert_eq!(content(dir.path()), [""; 0]);
    }

    #[test]
    fn what_others_wrote_is_an_error() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::create_dir(dir.path().join("src")).expect("it can be made");
        fs::write(dir.path().join("src/lib.rs"), "mine").expect("it can be written");
        let files = [file("src/a.rs", "x"), file("src/lib.rs", "x")];
        let error = apply(&files, dir.path(), Mode::Write).expect_err("it is not ours");
        assert!(error.to_string().contains("was not written by docbind"), "{error}");
        assert_eq!(content(dir.path()), ["src/", "src/lib.rs: mine"]);
    }

    #[test]
    fn paths_that_leave_the_folder_are_errors() {
        let dir = tempfile::tempdir().expect("a folder");
        for path in ["../x.rs", "/tmp/x.rs", "src/../../x.rs", "src\\x.rs"] {
            apply(&[file(path, "x")], dir.path(), Mode::Write).expect_err(path);
        }
        assert_eq!(content(dir.path()), [""; 0]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        use std::os::unix::fs::symlink;
        let (dir, other) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        fs::write(other.path().join("lib.rs"), format!("// {MARKER}\n"))
            .expect("it can be written");
        symlink(other.path(), dir.path().join("src")).expect("it can be linked");
        apply(&[file("src/lib.rs", "x")], dir.path(), Mode::Write).expect_err("it is a link");
        fs::remove_file(dir.path().join("src")).expect("it can be removed");
        fs::create_dir(dir.path().join("src")).expect("it can be made");
        symlink(other.path().join("lib.rs"), dir.path().join("src/lib.rs"))
            .expect("it can be linked");
        apply(&[file("src/lib.rs", "x")], dir.path(), Mode::Write).expect_err("it is a link");
        symlink(other.path(), dir.path().join("src/more")).expect("it can be linked");
        fs::remove_file(dir.path().join("src/lib.rs")).expect("it can be removed");
        write(&[file("src/lib.rs", "x")], dir.path());
        assert_eq!(content(other.path()), [format!("lib.rs: // {MARKER}")]);
    }

    #[test]
    fn a_stale_file_that_cannot_be_removed_leaves_the_folder_as_it_was() {
        let dir = tempfile::tempdir().expect("a folder");
        let out = dir.path();
        write(&[file("src/a.rs", "old"), file("src/b.rs", "old"), file("src/c.rs", "x")], out);
        // What is removed is renamed first, and no file can take the place of a full folder.
        fs::create_dir_all(out.join("src/c.rs.docbind-old/full")).expect("it can be made");
        let before = content(out);
        let files = [file("src/a.rs", "new"), file("src/b.rs", "new"), file("src/new/d.rs", "x")];
        let error = apply(&files, out, Mode::Write).expect_err("a folder is in the way");
        assert!(error.to_string().starts_with("cannot remove"), "{error}");
        assert_eq!(content(out), before);
    }

    #[test]
    fn files_are_put_back_as_they_were() {
        let dir = tempfile::tempdir().expect("a folder");
        let out = dir.path();
        write(&[file("src/a.rs", "old"), file("src/b.rs", "old"), file("src/stale.rs", "x")], out);
        fs::create_dir_all(out.join("src/b.rs.docbind-old/full")).expect("it can be made");
        let before = content(out);
        let time = |path: &str| fs::metadata(out.join(path)).and_then(|found| found.modified());
        let times = ["src/a.rs", "src/stale.rs"].map(|path| time(path).expect("a time"));
        apply(&[file("src/a.rs", "new"), file("src/b.rs", "new")], out, Mode::Write)
            .expect_err("a folder is in the way");
        assert_eq!(content(out), before);
        assert_eq!(["src/a.rs", "src/stale.rs"].map(|path| time(path).expect("a time")), times);
    }

    #[test]
    fn what_a_killed_run_left_goes() {
        let dir = tempfile::tempdir().expect("a folder");
        let out = dir.path();
        write(&[file("src/a.rs", "old")], out);
        for left in ["src/a.rs.docbind-new", "src/a.rs.docbind-old", "src/b.rs.docbind-new"] {
            fs::write(out.join(left), format!("// {MARKER}\n")).expect("it can be written");
        }
        write(&[file("src/a.rs", "new")], out);
        assert_eq!(content(out), ["src/", "src/a.rs: new"]);
    }

    #[test]
    fn ends_of_lines_that_differ_are_shown() {
        let dir = tempfile::tempdir().expect("a folder");
        let wanted = file("src/lib.rs", "x");
        fs::create_dir(dir.path().join("src")).expect("it can be made");
        let text = wanted.text.replace('\n', "\r\n");
        fs::write(dir.path().join("src/lib.rs"), text).expect("it can be written");
        let changes = apply(&[wanted], dir.path(), Mode::Check).expect("it can be read");
        let (old, new) = (
            format!("{:?}", format!("// {MARKER}\r\n")),
            format!("{:?}", format!("// {MARKER}\n")),
        );
        assert_eq!(changes.list[0].kind, ChangeKind::Changed { line: 1, old, new });
    }

    #[test]
    fn a_failure_leaves_the_folder_as_it_was() {
        let dir = tempfile::tempdir().expect("a folder");
        write(&[file("src/a.rs", "old")], dir.path());
        // The name is too long for the file system, so it cannot be written.
        let long = format!("src/new/{}.rs", "x".repeat(300));
        let files = [file("src/a.rs", "new"), file("src/new/b.rs", "x"), file(&long, "x")];
        apply(&files, dir.path(), Mode::Write).expect_err("the name is too long");
        assert_eq!(content(dir.path()), ["src/", "src/a.rs: old"]);
    }
}
