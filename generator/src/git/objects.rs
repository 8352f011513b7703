//! Objects by their names, from one process that is asked again and again.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;

use super::command::{PATIENCE, cannot_run, command, hangs};
use crate::error::Error;

/// An object of more bytes is not taken into memory: no tree and no page is as large.
const LARGEST: u64 = 64 << 20;

/// How many answers may lie ready before they are taken.
const AHEAD: usize = 64;

/// A process that answers with objects.
pub(super) struct Objects {
    process: Child,
    questions: Option<ChildStdin>,
    answers: Receiver<io::Result<Found>>,
}

/// What there is of a name.
#[derive(Debug)]
pub(super) enum Found {
    Object(Object),
    /// Nothing, or several things.
    Missing,
}

/// An object of a repository.
#[derive(Debug)]
pub(super) struct Object {
    /// Its hash, in hexadecimal digits.
    pub(super) id: String,
    /// `blob`, `tree`, `commit` or `tag`.
    pub(super) kind: String,
    /// What it holds, or how many bytes if these are too many.
    pub(super) content: Result<Vec<u8>, u64>,
}

impl Objects {
    /// Starts the process.
    pub(super) fn of(folder: &Path) -> Result<Self, Error> {
        let mut process = command(folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| cannot_run(&error))?;
        let questions = process.stdin.take();
        let (sender, answers) = mpsc::sync_channel(AHEAD);
        if let Some(pipe) = process.stdout.take() {
            thread::spawn(move || read_all(pipe, &sender));
        }
        Ok(Self { process, questions, answers })
    }

    /// Asks for objects, and hands over each answer, in the order of the names.
    pub(super) fn ask(&mut self, names: &[&str], mut take: impl FnMut(Found)) -> Result<(), Error> {
        // A name with a line feed would be two, and all answers behind it those of others.
        let text: String = names.iter().map(|name| name.replace('\n', " ") + "\n").collect();
        let Some(mut questions) = self.questions.take() else { return Err(gone()) };
        let (sender, done) = mpsc::channel();
        let ask = move || {
            let asked = questions.write_all(text.as_bytes()).and_then(|()| questions.flush());
            // Who does not wait any more asks nothing more.
            let _ = sender.send(asked.map(|()| questions));
        };
        // git answers while it is still asked, and waits until the answers are taken. All that it was
        // asked before has been answered, so that a few names find room.
        if names.len() > 1 {
            drop(thread::spawn(ask));
        } else {
            ask();
        }
        for _ in names {
            match self.answers.recv_timeout(PATIENCE) {
                Ok(Ok(found)) => take(found),
                Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => return Err(gone()),
                Err(RecvTimeoutError::Timeout) => return Err(hangs()),
            }
        }
        let questions = done.recv_timeout(PATIENCE).map_err(|_| hangs())?;
        self.questions = Some(questions.map_err(|_| gone())?);
        Ok(())
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        self.questions = None;
        // It is done in any case, and whoever ends a run can do nothing about one that is not.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn gone() -> Error {
    Error::new(
        "`git cat-file --batch` ended before it had answered: see what `git fsck` says of the \
         repository",
    )
}

fn read_all(pipe: ChildStdout, answers: &SyncSender<io::Result<Found>>) {
    let mut pipe = BufReader::with_capacity(1 << 16, pipe);
    loop {
        let found = read_one(&mut pipe);
        let is_last = found.is_err();
        if answers.send(found).is_err() || is_last {
            return;
        }
    }
}

/// Reads `<id> <kind> <length>` with that many bytes behind it, or `<name> missing`.
fn read_one(pipe: &mut impl BufRead) -> io::Result<Found> {
    let mut head = Vec::new();
    if pipe.by_ref().take(1 << 16).read_until(b'\n', &mut head)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let head = String::from_utf8_lossy(&head);
    let mut words = head.trim_end_matches('\n').split(' ');
    let [Some(id), Some(kind), Some(length), None] = [(); 4].map(|()| words.next()) else {
        return Ok(Found::Missing);
    };
    let is_object = id.len() >= 40
        && id.bytes().all(|byte| byte.is_ascii_hexdigit())
        && matches!(kind, "blob" | "tree" | "commit" | "tag");
    let Some(length) = length.parse::<u64>().ok().filter(|_| is_object) else {
        return Ok(Found::Missing);
    };
    let content = if length > LARGEST {
        io::copy(&mut pipe.by_ref().take(length), &mut io::sink())?;
        Err(length)
    } else {
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        pipe.by_ref().take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let mut end = [0];
    pipe.read_exact(&mut end)?;
    if end != *b"\n" {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let (id, kind) = (id.to_owned(), kind.to_owned());
    Ok(Found::Object(Object { id, kind, content }))
}
