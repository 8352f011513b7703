//! A diff in one line for each change, for those who have just made it.

use std::cmp::Reverse;
use std::fmt::Write;

use super::compared::Compared;
use super::github::{breaks, rest_text};
use super::group::{Heading, badness, heading_of};
use super::phrase::plain;
use super::text::harmless;
use crate::diff::{Change, Diff, Level, Subject};

/// The diff as lines, the worst change first: what happened to what, where, and whom it breaks. Of
/// more changes than `most` a last line counts the others.
pub fn to_lines(diff: &Diff, compared: &Compared<'_>, most: usize) -> String {
    let mut changes: Vec<_> = diff.changes.iter().collect();
    changes.sort_by_key(|change| Reverse(badness(change)));
    let (shown, rest) = changes.split_at(most.min(changes.len()));
    let mut out = String::new();
    for change in shown {
        line(&mut out, change, compared);
    }
    if !rest.is_empty() {
        let _ = writeln!(out, "and {} more: {}", rest.len(), rest_text(rest));
    }
    harmless(out)
}

fn line(out: &mut String, change: &Change, compared: &Compared<'_>) {
    let Heading { kind, name, .. } = heading_of(change);
    let sentence = plain(change);
    out.push_str(sign(change));
    // What happened to the thing itself is said of it by our word for it, which stands here anyway.
    let _ = match (&change.subject, sentence.strip_prefix(&format!("the {kind} "))) {
        (Subject::Version, _) => write!(out, " {sentence}"),
        (_, Some(happened)) => write!(out, " {kind} {name} {happened}"),
        (_, None) => write!(out, " {kind} {name}: {sentence}"),
    };
    let level = (change.level != Level::Info).then(|| change.level.as_str());
    let words: Vec<_> = [level, breaks(change)].into_iter().flatten().collect();
    let notes: Vec<_> = [place(change, compared), Some(words.join(", "))]
        .into_iter()
        .flatten()
        .filter(|note| !note.is_empty())
        .collect();
    if !notes.is_empty() {
        let _ = write!(out, " ({})", notes.join("; "));
    }
    out.push('\n');
}

fn sign(change: &Change) -> &'static str {
    let kind = change.rule.kind();
    if kind.ends_with("_added") {
        "+"
    } else if kind.ends_with("_removed") {
        "-"
    } else {
        "~"
    }
}

/// Where to look for it: in the head, as far as that has anything of it.
fn place(change: &Change, compared: &Compared<'_>) -> Option<String> {
    let head = compared.head(change).map(|place| place.text());
    let near = || compared.near(change).map(|place| format!("near {}", place.text()));
    let base = || compared.base(change).map(|place| format!("was {}", place.text()));
    head.or_else(near).or_else(base)
}
