//! What a folder holds after a run, and after one that fails.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::{Change, ChangeKind, Changes, Mode, Wanted, apply, write_in};
use crate::emit::{GeneratedFile, MARKER};

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
    write(&[file("src/a/old.rs", "x"), file("src/b/old.rs", "x"), file("src/lib.rs", "x")], out);
    fs::write(out.join("src/b/mine.rs"), "mine").expect("it can be written");
    fs::write(out.join("README.md"), format!("// {MARKER}")).expect("it can be written");
    let changes = write(&[file("src/lib.rs", "x")], out);
    assert!(changes.list.iter().all(|change| change.kind == ChangeKind::Stale));
    let readme = format!("README.md: // {MARKER}");
    assert_eq!(content(out), [&readme, "src/", "src/b/", "src/b/mine.rs: mine", "src/lib.rs: x"]);
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
    fs::write(other.path().join("lib.rs"), format!("// {MARKER}\n")).expect("it can be written");
    symlink(other.path(), dir.path().join("src")).expect("it can be linked");
    apply(&[file("src/lib.rs", "x")], dir.path(), Mode::Write).expect_err("it is a link");
    fs::remove_file(dir.path().join("src")).expect("it can be removed");
    fs::create_dir(dir.path().join("src")).expect("it can be made");
    symlink(other.path().join("lib.rs"), dir.path().join("src/lib.rs")).expect("it can be linked");
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
    let (old, new) =
        (format!("{:?}", format!("// {MARKER}\r\n")), format!("{:?}", format!("// {MARKER}\n")));
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

#[test]
fn runs_into_one_folder_take_turns() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = &dir.path().join("made/out");
    let crates: Vec<Vec<_>> = ["red", "green", "blue"]
        .iter()
        .map(|name| {
            let shared = (0..20).map(|at| file(&format!("src/{at}.rs"), name));
            let own = (0..20).map(|at| file(&format!("src/{name}/{at}.rs"), name));
            shared.chain(own).collect()
        })
        .collect();
    std::thread::scope(|scope| {
        for files in &crates {
            scope.spawn(move || {
                for _ in 0..20 {
                    apply(files, out, Mode::Write).expect("it can be written");
                }
            });
        }
    });
    let is_whole =
        |files: &Vec<_>| apply(files, out, Mode::Check).is_ok_and(|changes| changes.is_empty());
    assert_eq!(crates.iter().filter(|files| is_whole(files)).count(), 1);
    let left: Vec<_> = content(out).into_iter().filter(|path| path.contains("docbind-")).collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn a_lock_that_a_killed_run_left_is_no_hindrance() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join(".docbind-lock"), "").expect("it can be written");
    write(&[file("src/a.rs", "new")], dir.path());
    assert_eq!(content(dir.path()), ["src/", "src/a.rs: new"]);
}

#[test]
fn a_lock_that_is_not_ours_stays_as_it_is() {
    let dir = tempfile::tempdir().expect("a folder");
    let lock = dir.path().join(".docbind-lock");
    fs::write(&lock, "mine").expect("it can be written");
    let refused = || {
        let error = apply(&[file("src/a.rs", "new")], dir.path(), Mode::Write);
        let error = error.expect_err("it is not ours").to_string();
        assert!(error.contains(".docbind-lock` was not written by docbind"), "{error}");
    };
    refused();
    assert_eq!(content(dir.path()), [".docbind-lock: mine"]);
    #[cfg(unix)]
    {
        let other = tempfile::tempdir().expect("a folder");
        let target = other.path().join("empty");
        fs::write(&target, "").expect("it can be written");
        fs::remove_file(&lock).expect("it can be removed");
        std::os::unix::fs::symlink(&target, &lock).expect("it can be linked");
        refused();
        assert_eq!(fs::read(&target).expect("it is there"), b"");
    }
}

/// A file beside which something else writes another one as soon as it is there.
struct Disturbed<'t> {
    file: GeneratedFile,
    other: Option<&'t Path>,
}

impl Wanted for Disturbed<'_> {
    fn path(&self) -> &str {
        &self.file.path
    }

    fn is_known_as(&self, content: &[u8]) -> bool {
        if let Some(other) = self.other {
            fs::write(other, &self.file.text).expect("it can be written");
        }
        self.file.is_known_as(content)
    }

    fn text(&self) -> Cow<'_, str> {
        self.file.text()
    }
}

#[test]
fn without_a_lock_nobody_is_told_that_all_is_well() {
    for is_disturbed in [false, true] {
        let dir = tempfile::tempdir().expect("a folder");
        let other = dir.path().join("src/b.rs");
        let other = is_disturbed.then_some(other.as_path());
        let files = [Disturbed { file: file("src/a.rs", "x"), other }];
        let result = write_in(None, &files, dir.path());
        let error = result.err().map(|error| error.to_string());
        assert_eq!(error.is_some(), is_disturbed, "{error:?}");
        assert!(error.is_none_or(|error| error.contains("this file system has no locks")));
    }
}
