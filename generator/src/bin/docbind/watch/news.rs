//! What is different after a run, in lines.

use std::collections::BTreeMap;
use std::fmt::Write;

use docbind::changes;
use docbind::diagnostic::{Diagnostic, render};
use docbind::docs::Docs;
use docbind::model::Api;
use docbind::{Job, Outcome};

/// How many lines of a kind are printed.
const MOST_LINES: usize = 20;

/// What is remembered of a run.
pub(super) struct Memory {
    api: Api,
    flaws: Flaws,
}

/// Diagnostics, one line each, by what they say of which file: where in the file changes with each
/// line above.
type Flaws = BTreeMap<(String, String), Vec<String>>;

impl Memory {
    pub(super) fn new(job: &Job, outcome: Outcome) -> Result<Self, docbind::Error> {
        let mut flaws = Flaws::new();
        for diagnostic in &outcome.diagnostics {
            let line = render::line(&outcome.docs, diagnostic);
            flaws.entry(saying(&outcome.docs, diagnostic)).or_default().push(line);
        }
        Ok(Self { api: job.api(outcome)?, flaws })
    }

    /// What is different since `before`: a line for each change of the model, and for each flaw of
    /// the docs that came or went.
    pub(super) fn since(&self, before: &Self) -> String {
        let changes = changes::between(&before.api, &self.api);
        let mut text = bounded(changes.iter().map(ToString::to_string));
        let come = besides(&self.flaws, &before.flaws).map(|line| format!("new {line}"));
        let gone = besides(&before.flaws, &self.flaws).map(|line| format!("gone {line}"));
        text.push_str(&bounded(come));
        text.push_str(&bounded(gone));
        text
    }
}

fn saying(docs: &Docs, diagnostic: &Diagnostic) -> (String, String) {
    let file = docs.file(diagnostic.span.file).path.to_string();
    (file, format!("{} {}", diagnostic.code.id(), diagnostic.message))
}

/// The flaws that are more than those of the others.
fn besides<'f>(flaws: &'f Flaws, others: &'f Flaws) -> impl Iterator<Item = &'f String> {
    flaws
        .iter()
        .flat_map(|(saying, lines)| lines.iter().skip(others.get(saying).map_or(0, Vec::len)))
}

/// The first lines, and how many there are besides.
fn bounded(mut lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for line in lines.by_ref().take(MOST_LINES) {
        text.push_str(&line);
        text.push('\n');
    }
    let more = lines.count();
    if more > 0 {
        let _ = writeln!(text, "and {more} more");
    }
    text
}
