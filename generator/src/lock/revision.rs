//! The git revision of docs that are a checkout of their own.
//!
//! git is asked as a program, without a prompt and without the network, and for a limited time. No
//! answer, whatever the reason, is no revision.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much of an answer is read.
const MOST: usize = 64 << 10;

/// What a hook of another repository, in which docbind may run, says of that one. It is the list of
/// `git rev-parse --local-env-vars`.
const OF_A_REPOSITORY: [&str; 15] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
];

/// A commit of the docs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Revision {
    pub(super) commit: String,
    /// Whether the docs hold changes that are not in it.
    pub(super) is_dirty: bool,
}

/// The revision of the docs. None where they lie in no repository, or in the one of the crate: its
/// own commits say which docs belong to which crate, and a commit cannot name itself.
///
/// `beside` says whether pages include from the folder beside the docs.
pub(super) fn find(docs: &Path, beside: bool, out: &Path) -> Option<Revision> {
    if !may_be_found(docs, out) {
        return None;
    }
    // That `HEAD` knows the folder tells docs in a repository from docs that it ignores.
    let known = git(docs, &["rev-parse", "--show-toplevel", "HEAD", "HEAD:./"])?;
    let mut known = known.lines();
    let (root, commit) = (known.next()?.to_owned(), known.next()?.to_owned());
    let out = std::path::absolute(out).ok()?;
    let out = out.ancestors().find(|folder| folder.is_dir())?;
    if git(out, &["rev-parse", "--show-toplevel"]).is_some_and(|own| own.trim_end() == root) {
        return None;
    }
    let status = ["status", "--porcelain", "--untracked-files=normal", "--", "."];
    // Where that is outside of the repository, git fails: no commit holds it.
    let includes = beside.then_some("../includes");
    let status: Vec<_> = status.into_iter().chain(includes).collect();
    let status = git(docs, &status);
    Some(Revision { commit, is_dirty: status.is_none_or(|status| !status.is_empty()) })
}

/// Whether [`find`] may find something, as far as that can be seen without asking git.
pub(super) fn may_be_found(docs: &Path, out: &Path) -> bool {
    let repository = |folder: &Path| {
        let folder = std::path::absolute(folder).ok()?;
        let folder = folder.ancestors().find(|folder| folder.is_dir())?.canonicalize().ok()?;
        folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
    };
    let docs = repository(docs);
    docs.is_some() && docs != repository(out)
}

fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    for variable in OF_A_REPOSITORY {
        command.env_remove(variable);
    }
    let mut child = command
        .arg("-C")
        .arg(folder)
        .args(["-c", "core.fsmonitor=false"])
        .args(arguments)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdout = child.stdout.take()?.take(MOST as u64);
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut answer = Vec::new();
        // Who does not wait any more needs no answer.
        let _ = sender.send(stdout.read_to_end(&mut answer).ok().map(|_| answer));
    });
    let answer = receiver.recv_timeout(PATIENCE).ok().flatten();
    let is_whole = answer.as_ref().is_some_and(|answer| answer.len() < MOST);
    if !is_whole {
        let _ = child.kill();
    }
    let status = child.wait().ok()?;
    let text = String::from_utf8(answer?).ok()?;
    (!is_whole || status.success()).then_some(text)
}
