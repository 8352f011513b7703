//! `docbind explain ID`: the reference entry of a diagnostic, or of a rule of a diff.

use std::error::Error;
use std::fmt::Write;

use clap::Args;
use docbind::diagnostic::Code;
use docbind::diff::Rule;
use docbind::nearest;

use crate::report::{self, Status};

/// Explain a diagnostic, or a rule of `diff`: what was found, why it matters, what to do
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code of a diagnostic, such as `unknown-type`, or a rule, such as `property-removed`;
    /// without it, all of both are listed
    id: Option<String>,
}

pub(crate) fn run(arguments: &Explain) -> Result<Status, Box<dyn Error>> {
    let text = match &arguments.id {
        None => all(),
        Some(wanted) => entry(wanted).ok_or_else(|| unknown(wanted))?,
    };
    report::print(&text)?;
    Ok(Status::Fine)
}

/// Each id with the first line of its entry: diagnostics, then rules.
fn all() -> String {
    let width = ids().map(str::len).max().unwrap_or(0);
    let explanations = Code::ALL.iter().map(|code| code.explanation());
    let explanations = explanations.chain(Rule::ALL.iter().map(|rule| rule.explanation()));
    ids().zip(explanations).fold(String::new(), |mut text, (id, explanation)| {
        let _ = writeln!(text, "{id:width$}  {}", first_line(explanation));
        text
    })
}

fn ids() -> impl Iterator<Item = &'static str> {
    Code::ALL.iter().map(|code| code.id()).chain(Rule::ALL.iter().map(|rule| rule.id()))
}

/// What an entry begins with, which says it all in a sentence.
pub(crate) fn first_line(explanation: &str) -> &str {
    explanation.lines().next().unwrap_or_default().trim()
}

fn entry(wanted: &str) -> Option<String> {
    if let Some(code) = Code::ALL.iter().find(|code| code.id().eq_ignore_ascii_case(wanted)) {
        return Some(format!("{}\n\n{}", code.id(), plain(code.explanation())));
    }
    let rule = Rule::ALL.iter().find(|rule| rule.id().eq_ignore_ascii_case(wanted))?;
    let breaks = match (rule.breaks_wire(), rule.breaks_rust()) {
        (true, true) => "breaks callers of the service and Rust code",
        (true, false) => "breaks callers of the service",
        (false, true) => "breaks Rust code",
        (false, false) => "breaks nobody",
    };
    let (id, explanation) = (rule.id(), plain(rule.explanation()));
    let (kind, level, bump) = (rule.kind(), rule.level(), rule.bump());
    Some(format!(
        "{id}\n\n{explanation}\nLevel `{level}`; {breaks}; version of the crate: `{bump}`; kind `{kind}`.\n"
    ))
}

/// The lines of an entry. A doc comment has a blank in front of each.
fn plain(explanation: &str) -> String {
    let lines = explanation.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
    lines.fold(String::new(), |text, line| text + line + "\n")
}

fn unknown(wanted: &str) -> String {
    let near = nearest::hint(wanted, ids());
    let near = if near.is_empty() { ";".to_owned() } else { near };
    format!(
        "neither a diagnostic nor a rule is called `{wanted}`{near} `docbind explain` lists them all"
    )
}
