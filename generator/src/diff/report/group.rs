//! Changes by the type or operation that they are about, the worst first.

use std::cmp::Reverse;

use super::phrase::shown;
use crate::diff::{Change, Diff, Level, Subject};

/// The changes of one type, enumeration, operation or version.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    /// The changes, the worst first.
    pub(super) changes: Vec<&'a Change>,
}

/// The name of a group: what kind of thing it is, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// Our word for the thing: `type`.
    pub(super) kind: &'static str,
    /// Its name, or how it is called: `GET /me/messages`.
    pub(super) name: String,
    /// The id of an operation.
    pub(super) id: Option<String>,
    /// The version of the API, where there are several.
    pub(super) version: Option<String>,
}

/// How bad a change is; the worst is the greatest.
pub(super) fn badness(change: &Change) -> impl Ord + use<> {
    // A type or an operation that is gone is worse than a part of one.
    let is_whole = change.member.is_none() && change.base.is_some() && change.head.is_none();
    (change.level, change.breaks_wire, change.bump, change.used != Some(false), is_whole)
}

/// All changes of a diff by what they are about. The group with the worst change is first.
pub(super) fn group(diff: &Diff) -> Vec<Group<'_>> {
    group_of(diff.changes.iter())
}

/// The same of some of its changes, which have the order of the diff.
pub(super) fn group_of<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for change in changes {
        // A diff is sorted by what changes are about.
        match groups.last_mut() {
            Some(group) if is_same(group.changes[0], change) => group.changes.push(change),
            _ => groups.push(Group { changes: vec![change] }),
        }
    }
    for group in &mut groups {
        group.changes.sort_by_key(|change| Reverse(badness(change)));
    }
    groups.sort_by_key(|group| Reverse(badness(group.changes[0])));
    groups
}

impl Group<'_> {
    pub(super) fn heading(&self) -> Heading {
        heading(&self.changes)
    }
}

/// What a change is about, as a heading.
pub(super) fn heading_of(change: &Change) -> Heading {
    heading(&[change])
}

/// The number of changes of a level, with the word: `2 errors`.
pub(super) fn counted(level: Level, count: usize) -> String {
    let word = match (level, count) {
        (Level::Error, 1) => "error",
        (Level::Error, _) => "errors",
        (Level::Warning, 1) => "warning",
        (Level::Warning, _) => "warnings",
        (Level::Info, _) => "info",
        (Level::Docs, _) => "docs",
    };
    format!("{count} {word}")
}

/// All levels, the worst first.
pub(super) const LEVELS: [Level; 4] = [Level::Error, Level::Warning, Level::Info, Level::Docs];

fn is_same(left: &Change, right: &Change) -> bool {
    let kind = |change: &Change| std::mem::discriminant(&change.subject);
    (&left.version, kind(left), &left.target) == (&right.version, kind(right), &right.target)
}

fn heading(changes: &[&Change]) -> Heading {
    let first = changes[0];
    let version = first.version.as_deref().map(|version| shown(version).into_owned());
    let target = shown(&first.target).into_owned();
    let named = |kind| Heading { kind, name: target.clone(), id: None, version: version.clone() };
    match &first.subject {
        Subject::Version => Heading { version: None, ..named("version") },
        Subject::Type => named("type"),
        Subject::Enum => named("enumeration"),
        Subject::Operation { .. } => {
            Heading { name: call(changes), id: Some(target.clone()), ..named("operation") }
        }
    }
}

/// How an operation is called. A change of a path names that path, so the others know better.
fn call(changes: &[&Change]) -> String {
    let calls = changes.iter().filter_map(|change| match &change.subject {
        Subject::Operation { method, path, .. } => {
            let is_of_path = change.member.as_deref() == Some(path.as_str());
            Some((is_of_path, *method, path.as_str()))
        }
        _ => None,
    });
    let best = calls.min_by_key(|&(is_of_path, ..)| is_of_path);
    best.map(|(_, method, path)| format!("{} {}", method.as_str(), shown(path))).unwrap_or_default()
}
