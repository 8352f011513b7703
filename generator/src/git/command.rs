//! git as a program.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::error::Error;

/// How long an answer is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// How much of an answer is read.
const MOST: usize = 64 << 10;

/// What a hook of another repository, in which docbind may run, says of that one. It is the list of
/// `git rev-parse --local-env-vars`.
pub(super) const OF_A_REPOSITORY: [&str; 15] = [
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

/// What git answers.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Whether it did what it was asked for.
    pub(crate) is_success: bool,
    /// What it found.
    pub(crate) text: String,
    /// What it complains of.
    pub(crate) complaint: String,
}

/// Asks git about the repository of a folder. Fails when git cannot be run, and when it does not
/// answer in time, or too much.
pub(crate) fn run<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Result<Answer, Error> {
    let mut child = command(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_run(&error))?;
    let (text, complaint) = (read(child.stdout.take()), read(child.stderr.take()));
    let text = text.recv_timeout(PATIENCE).ok();
    let complaint = text.as_ref().and_then(|_| complaint.recv_timeout(PATIENCE).ok());
    let is_whole = text.as_ref().is_some_and(|text| text.len() < MOST);
    if !is_whole {
        // Who does not wait any more cannot do anything about a process that does not end.
        let _ = child.kill();
    }
    let status = child.wait().map_err(|error| cannot_run(&error))?;
    let text = text.ok_or_else(hangs)?;
    if !is_whole {
        return Err(Error::new("git answers more than was asked for: look what `git` runs"));
    }
    let lossy = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok(Answer {
        is_success: status.success(),
        text: lossy(text),
        complaint: lossy(complaint.unwrap_or_default()),
    })
}

/// A command of git that is about the repository of a folder, and leaves the network alone.
pub(super) fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for variable in OF_A_REPOSITORY {
        command.env_remove(variable);
    }
    command
        .arg("-C")
        .arg(folder)
        .args(["-c", "core.fsmonitor=false"])
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("LC_ALL", "C");
    command
}

fn read(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = pipe.map(|pipe| pipe.take(MOST as u64).read_to_end(&mut bytes));
        if read.is_some_and(|read| read.is_ok()) {
            // Who does not wait any more needs no answer.
            let _ = sender.send(bytes);
        }
    });
    receiver
}

/// git is not there, or does not start.
pub(super) fn cannot_run(error: &io::Error) -> Error {
    if error.kind() == io::ErrorKind::NotFound {
        return Error::new(
            "`git` is not installed: install it, or name folders of docs instead of revisions",
        );
    }
    Error::new(format!("`git` cannot be run: {error}"))
}

/// git does not answer.
pub(super) fn hangs() -> Error {
    let seconds = PATIENCE.as_secs();
    Error::new(format!(
        "git has not answered for {seconds} seconds: see whether `git cat-file -t HEAD` answers in \
         this repository, and try again"
    ))
}
