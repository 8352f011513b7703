//! A diff as JSON, format 1: a contract with everything that reads diffs.
//!
//! `diff.schema.json` beside this file is its schema. A key that says nothing is null where a reader
//! expects it on each change, and left out where it belongs to some of them alone.

use serde::Serialize;

use crate::diff::{Change, Diff, IgnoredChange, Level, Subject};
use crate::model::Source;

/// The number of the form that is written.
const FORMAT: u32 = 1;

/// The diff as JSON, with a line feed at the end.
pub fn to_json(diff: &Diff) -> String {
    let count = |level| diff.count(level);
    let report = Report {
        format: FORMAT,
        bump: diff.bump().as_str(),
        summary: Summary {
            error: count(Level::Error),
            warning: count(Level::Warning),
            info: count(Level::Info),
            docs: count(Level::Docs),
            ignored: diff.ignored.len(),
        },
        changes: diff.changes.iter().map(change_json).collect(),
        ignored: diff.ignored.iter().map(ignored_json).collect(),
    };
    text(&report)
}

fn text(report: &Report<'_>) -> String {
    let mut text =
        serde_json::to_string_pretty(report).expect("strings, numbers and lists can be written");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Report<'a> {
    format: u32,
    bump: &'static str,
    summary: Summary,
    changes: Vec<ChangeJson<'a>>,
    ignored: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    info: usize,
    docs: usize,
    ignored: usize,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    kind: &'static str,
    rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    target: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    member: Option<&'a str>,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    part: Option<&'static str>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    level: &'static str,
    breaking: bool,
    breaks: Vec<&'static str>,
    bump: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    used: Option<bool>,
    base: Option<SourceJson<'a>>,
    head: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    near: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    file: &'a str,
    line: u32,
}

fn change_json(change: &Change) -> ChangeJson<'_> {
    let (method, path, part) = match &change.subject {
        Subject::Operation { method, path, part } => {
            (Some(method.as_str()), Some(path.as_str()), *part)
        }
        Subject::Version | Subject::Type | Subject::Enum => (None, None, None),
    };
    let breaks = [(change.breaks_wire, "wire"), (change.breaks_rust(), "rust")];
    ChangeJson {
        kind: change.rule.kind(),
        rule: change.rule.id(),
        version: change.version.as_deref(),
        target: &change.target,
        method,
        path,
        member: change.member.as_deref(),
        part,
        from: change.from.as_deref(),
        to: change.to.as_deref(),
        level: change.level.as_str(),
        breaking: change.breaks_wire,
        breaks: breaks.into_iter().filter(|(does, _)| *does).map(|(_, what)| what).collect(),
        bump: change.bump.as_str(),
        used: change.used,
        base: change.base.as_ref().map(source_json),
        head: change.head.as_ref().map(source_json),
        near: change.near.as_ref().map(source_json),
        reason: None,
    }
}

fn ignored_json(ignored: &IgnoredChange) -> ChangeJson<'_> {
    ChangeJson { reason: Some(&ignored.reason), ..change_json(&ignored.change) }
}

fn source_json(source: &Source) -> SourceJson<'_> {
    SourceJson { file: &source.file, line: source.line.max(1) }
}
