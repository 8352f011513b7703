//! `docbind diff` as a process, of two folders and of two revisions that differ in twenty pages.
//!
//! An earlier run has left what it found out; the twenty pages of the head are new to each run.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::{RUNS, copy, first_row, floor, pair_after, run, this};

/// How many pages differ.
const EDITED: usize = 20;

/// A page that is edited.
struct Page {
    /// Below the root.
    path: PathBuf,
    text: String,
    row: usize,
}

/// Times both diffs of these docs, in a folder that is there.
pub(crate) fn all(docs: &Path, folder: &Path) {
    let pages = pages(docs);
    if pages.is_empty() {
        println!("no page of the docs has properties: there is nothing to edit for a diff");
        return;
    }
    let cache = folder.join("diff-target");
    folders(docs, folder, &pages, &cache);
    revisions(docs, folder, &pages, &cache);
}

fn folders(base: &Path, folder: &Path, pages: &[Page], cache: &Path) {
    let head = folder.join("head");
    copy(base, &head);
    let mut count = 0;
    let before = || {
        count += 1;
        edit(&head, pages, count);
        // Of a file that was written a moment ago nobody can tell whether it is whole.
        std::thread::sleep(Duration::from_millis(20));
    };
    let docbind = || run(diff(folder, cache).args([base, &head]));
    let floor = || run(this("--floor-diff").args([base, &head]));
    pair_after("diff of two folders, 20 pages", before, docbind, floor);
}

fn revisions(docs: &Path, folder: &Path, pages: &[Page], cache: &Path) {
    let repository = folder.join("repository");
    copy(docs, &repository.join("docs"));
    git(&repository, &["init", "--quiet"]);
    commit(&repository, "base");
    for head in 0..=RUNS {
        edit(&repository.join("docs"), pages, head);
        commit(&repository, &format!("head-{head}"));
    }
    // As a clone has it.
    git(&repository, &["gc", "--quiet"]);
    let names = folder.join("names");
    std::fs::write(&names, blobs(&repository, &["base", "head-0"])).expect("it can be written");
    let mut heads = 0..;
    let docbind = || {
        let head = format!("head-{}:docs", heads.next().unwrap_or(0));
        run(diff(&repository, cache).args(["base:docs", &head]));
    };
    // What both hold must be read.
    let floor = || {
        let names = File::open(&names).expect("it was written");
        run(in_repository(&repository)
            .args(["cat-file", "--batch"])
            .stdin(names)
            .stdout(Stdio::null()));
    };
    pair_after("diff of two revisions, 20 pages", || {}, docbind, floor);
}

/// The pages to edit, from all over the docs.
fn pages(docs: &Path) -> Vec<Page> {
    let page = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a page");
        let path = path.strip_prefix(docs).expect("it lies below").to_owned();
        first_row(&text).map(|row| Page { path, text, row })
    };
    let pages: Vec<Page> = floor::paths(docs, "md").into_iter().filter_map(page).collect();
    let step = (pages.len() / EDITED).max(1);
    pages.into_iter().step_by(step).take(EDITED).collect()
}

/// Gives each of these pages another property.
fn edit(root: &Path, pages: &[Page], count: usize) {
    for Page { path, text, row } in pages {
        let (before, after) = text.split_at(*row);
        let text = format!("{before}|added{count}|String|A property.|\n{after}");
        std::fs::write(root.join(path), text).expect("the page can be written");
    }
}

fn diff(folder: &Path, cache: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docbind"));
    command.args(["diff", "--quiet", "--fail-on", "none", "--format", "json"]);
    command.current_dir(folder).env("CARGO_TARGET_DIR", cache).stdout(Stdio::null());
    command
}

fn commit(repository: &Path, tag: &str) {
    git(repository, &["add", "--all"]);
    git(repository, &["commit", "--quiet", "--message", tag]);
    git(repository, &["tag", tag]);
}

/// The names of all files of these revisions, each once, a line for each.
fn blobs(repository: &Path, revisions: &[&str]) -> String {
    let list = |revision: &&str| {
        let listed = in_repository(repository).args(["ls-tree", "-r", revision]).output();
        String::from_utf8(listed.expect("git starts").stdout).expect("names")
    };
    let all: String = revisions.iter().map(list).collect();
    let names = all.lines().filter_map(|line| line.split([' ', '\t']).nth(2));
    let names: std::collections::BTreeSet<_> = names.collect();
    names.into_iter().flat_map(|name| [name, "\n"]).collect()
}

fn git(repository: &Path, arguments: &[&str]) {
    run(in_repository(repository).args(arguments));
}

fn in_repository(repository: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(repository);
    command.args(["-c", "user.name=bench", "-c", "user.email=bench@example.com"]);
    command
}
