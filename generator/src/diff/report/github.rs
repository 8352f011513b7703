//! A diff as commands of a GitHub workflow, which put annotations on the lines of the head.
//!
//! GitHub shows ten annotations of a kind for each step. Where there are more, nine are written, and
//! a tenth that says how many are missing.

use std::cmp::Reverse;
use std::fmt::Write;

use super::compared::Compared;
use super::group::{Heading, LEVELS, badness, heading_of};
use super::phrase::plain;
use crate::diff::{Bump, Change, Diff, Level};

/// How many annotations of a kind GitHub shows.
const MOST: usize = 10;

/// How many characters a message has at most.
const LONGEST: usize = 1_000;

/// The diff as workflow commands, one on each line, the worst first.
///
/// `folder` is the root of the docs below that of the repository: `docs-input`.
pub fn to_github(diff: &Diff, compared: &Compared<'_>, folder: &str) -> String {
    let mut out = String::new();
    for command in ["error", "warning", "notice"] {
        let of_kind = |level: Level| command_of(level) == command;
        let mut changes: Vec<_> =
            diff.changes.iter().filter(|change| of_kind(change.level)).collect();
        changes.sort_by_key(|change| Reverse(badness(change)));
        let shown = if changes.len() > MOST { MOST - 1 } else { changes.len() };
        for change in &changes[..shown] {
            annotate(&mut out, command, change, compared, folder);
        }
        let rest = &changes[shown..];
        if !rest.is_empty() {
            let _ = writeln!(out, "::{command} title=docbind diff::{} left out", rest_text(rest));
        }
    }
    out
}

fn command_of(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Docs => "notice",
    }
}

/// How many changes of each level there are.
pub(super) fn rest_text(rest: &[&Change]) -> String {
    let mut parts = Vec::new();
    for level in LEVELS {
        let count = rest.iter().filter(|change| change.level == level).count();
        if count > 0 {
            parts.push(super::group::counted(level, count));
        }
    }
    parts.join(" and ")
}

fn annotate(
    out: &mut String,
    command: &str,
    change: &Change,
    compared: &Compared<'_>,
    folder: &str,
) {
    let _ = write!(out, "::{command} ");
    if let Some(place) = compared.head(change).or_else(|| compared.near(change)) {
        let path = joined(folder, &place.path);
        let _ = write!(out, "file={},line={},", property(&path), place.line);
    }
    let _ = write!(out, "title={}::", property(change.rule.id()));
    let heading = heading_text(&heading_of(change));
    let mut message = format!("{heading}: {}; {}", plain(change), verdict(change));
    if let Some(base) = compared.base(change) {
        let _ = write!(message, "; before: {}", base.text());
    }
    if change.used == Some(true) {
        message.push_str("; used here");
    }
    if let Some((end, _)) = message.char_indices().nth(LONGEST) {
        message.truncate(end);
    }
    let _ = writeln!(out, "{}", data(&message));
}

/// What a change is about, on one line.
pub(super) fn heading_text(heading: &Heading) -> String {
    let Heading { kind, name, id, version } = heading;
    let id = id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
    let version = version.as_ref().map(|version| format!(" in {version}")).unwrap_or_default();
    format!("{kind} {name}{id}{version}")
}

/// Whom a change breaks, if anyone, in a few words.
pub(super) fn breaks(change: &Change) -> Option<&'static str> {
    match (change.breaks_wire, change.breaks_rust()) {
        (true, true) => Some("breaks wire and Rust"),
        (true, false) => Some("breaks wire"),
        (false, true) => Some("breaks Rust"),
        (false, false) => None,
    }
}

/// The same with what the crate needs.
pub(super) fn verdict(change: &Change) -> String {
    let breaks = breaks(change).unwrap_or("breaks nothing");
    match change.bump {
        Bump::None => breaks.to_owned(),
        bump => format!("{breaks}, needs a {bump} version"),
    }
}

/// A path below the root of the repository, with forward slashes.
pub(super) fn joined(folder: &str, path: &str) -> String {
    let folder = folder.replace('\\', "/");
    let parts = folder.split('/').filter(|part| !part.is_empty() && *part != ".");
    parts.chain([path]).collect::<Vec<_>>().join("/")
}

/// The text behind a command. The runner turns the escapes back.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
