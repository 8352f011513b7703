//! What a crate on disk lacks to be what the docs say, and the command that cures it.

use std::error::Error;
use std::fmt::Write;
use std::iter;

use docbind::lock::{self, Lock};
use docbind::output::{Change, ChangeKind, Changes};
use docbind::summary::counted;
use docbind::{Job, Outcome};

use crate::report::{self, Output, Status};

/// How many files that differ are named.
const MOST_NAMED: usize = 20;

/// Says whether the crate is what the docs say, and what it lacks for that.
pub(crate) fn report(
    job: &Job,
    outcome: &Outcome,
    subcommand: &str,
    output: Output,
) -> Result<Status, Box<dyn Error>> {
    if outcome.changes.is_empty() {
        if !output.quiet {
            report::print(&format!("{} is up to date\n", job.out.display()))?;
        }
        return Ok(Status::Fine);
    }
    let mut text = differences(&outcome.changes, job)?;
    for reason in reasons(job, outcome) {
        writeln!(text, "since {} was written: {reason}", lock::FILE)?;
    }
    let arguments = std::env::args_os().skip(1).map(|text| text.to_string_lossy().into_owned());
    writeln!(text, "`{}` brings it up to date", cure(arguments, subcommand))?;
    anstream::eprint!("{text}");
    Ok(Status::Failed)
}

fn differences(changes: &Changes, job: &Job) -> Result<String, std::fmt::Error> {
    let files = counted(changes.list.len(), "file differs", "files differ");
    let mut text = format!("error: {} is not what the docs say: {files}\n", job.out.display());
    for change in changes.list.iter().take(MOST_NAMED) {
        let what = match change.kind {
            ChangeKind::Added => "missing",
            ChangeKind::Changed { .. } => "differs",
            ChangeKind::Stale => "stale",
        };
        writeln!(text, "  {what:8} {}", change.path)?;
    }
    if let Some(more) = changes.list.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        writeln!(text, "  and {more} more")?;
    }
    let mut changed = changes.list.iter().filter_map(|Change { path, kind }| match kind {
        ChangeKind::Changed { line, old, new } => Some((path, line, old, new)),
        ChangeKind::Added | ChangeKind::Stale => None,
    });
    // What the lock says otherwise is said in words.
    if let Some((path, line, old, new)) = changed.find(|(path, ..)| *path != lock::FILE) {
        writeln!(text, "first difference, {path}:{line}\n  - {old}\n  + {new}")?;
    }
    Ok(text)
}

/// Why the crate is not up to date, as far as its lock tells.
fn reasons(job: &Job, outcome: &Outcome) -> Vec<String> {
    let is_stale = job.lock && outcome.changes.list.iter().any(|change| change.path == lock::FILE);
    let Some(older) = Lock::read(&job.out).filter(|_| is_stale) else { return Vec::new() };
    let reasons = Lock::new(job, &outcome.docs).reasons(&older);
    if reasons.is_empty() { vec!["someone edited it".to_owned()] } else { reasons }
}

/// The command that makes what this one only looks at, with the same arguments.
fn cure(arguments: impl IntoIterator<Item = String>, subcommand: &str) -> String {
    let mut arguments = arguments.into_iter();
    let before: Vec<_> = arguments.by_ref().take_while(|text| text != subcommand).collect();
    let after = arguments.filter(|text| text != "--check");
    let words = iter::once("docbind".to_owned()).chain(before);
    let words = words.chain(iter::once("generate".to_owned())).chain(after);
    words.map(|word| quoted(&word)).collect::<Vec<_>>().join(" ")
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let marks = if cfg!(windows) { r"-_./:=@%+,\" } else { "-_./:=@%+," };
    let is_plain = |letter: char| letter.is_alphanumeric() || marks.contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::cure;

    #[track_caller]
    fn check(arguments: &[&str], subcommand: &str, expected: &str) {
        assert_eq!(cure(arguments.iter().map(ToString::to_string), subcommand), expected);
    }

    #[test]
    fn the_cure_has_the_arguments_of_the_check() {
        check(&["check"], "check", "docbind generate");
        check(&["-q", "check", "--docs", "a/b"], "check", "docbind -q generate --docs a/b");
        // A folder may be called like a command.
        check(&["check", "--docs", "check"], "check", "docbind generate --docs check");
        check(
            &["generate", "--check", "--out=x", "--host", "h:1"],
            "generate",
            "docbind generate --out=x --host h:1",
        );
    }

    #[test]
    fn a_shell_reads_the_cure_as_it_was_meant() {
        check(
            &["check", "--docs", "my docs", "--out", "$x", "--name", "it's", ""],
            "check",
            r"docbind generate --docs 'my docs' --out '$x' --name 'it'\''s' ''",
        );
    }
}
