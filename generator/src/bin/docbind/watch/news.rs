//! What is different after a run, in lines.

use std::collections::BTreeMap;
use std::fmt::Write;

use docbind::diagnostic::{Diagnostic, render};
use docbind::diff::report::{Compared, Side, to_lines};
use docbind::diff::{Level, diff};
use docbind::docs::Docs;
use docbind::model::{Api, Profile};
use docbind::{Job, Loaded, Outcome};

/// How many lines of a kind are printed.
const MOST_LINES: usize = 20;

/// What is remembered of a run.
pub(super) struct Memory {
    docs: Docs,
    api: Api,
    flaws: Flaws,
}

/// Diagnostics, one line each, by what they say of which file: where in the file changes with each
/// line above.
type Flaws = BTreeMap<(String, String), Vec<String>>;

impl Memory {
    pub(super) fn new(job: &Job, outcome: Outcome) -> Result<Self, docbind::Error> {
        let Loaded { docs, api, diagnostics } = job.loaded(outcome)?;
        let mut flaws = Flaws::new();
        for diagnostic in &diagnostics {
            let line = render::line(&docs, diagnostic);
            flaws.entry(saying(&docs, diagnostic)).or_default().push(line);
        }
        Ok(Self { docs, api, flaws })
    }

    /// What is different since `before`: a line for each change of the model, and for each flaw of
    /// the docs that came or went. That no fact changed is said, so that who edits a text sees that
    /// the edit has arrived, and what it did.
    pub(super) fn since(&self, before: &Self) -> String {
        let mut text = of_service(&before.api.profile, &self.api.profile);
        let diff = diff(&before.api, &self.api);
        if text.is_empty() && diff.changes.iter().all(|change| change.level == Level::Docs) {
            text.push_str("no fact changed\n");
        }
        let compared = Compared { base: before.side(), head: self.side() };
        text.push_str(&to_lines(&diff, &compared, MOST_LINES));
        let come = besides(&self.flaws, &before.flaws).map(|line| format!("new {line}"));
        let gone = besides(&before.flaws, &self.flaws).map(|line| format!("gone {line}"));
        text.push_str(&bounded(come));
        text.push_str(&bounded(gone));
        text
    }

    fn side(&self) -> Side<'_> {
        Side { name: "the docs", pages: Some(&self.docs) }
    }
}

/// What is particular to the service is no part of a diff: it is stated in `docbind.toml`, or what
/// most pages say.
fn of_service(before: &Profile, now: &Profile) -> String {
    let stated = |profile: &Profile| {
        [
            profile.base_url.clone(),
            Some(profile.root_namespace.clone()),
            profile.base_entity.clone(),
        ]
    };
    let names = ["base URL", "root namespace", "base entity"];
    // Escaped, since pages may say it.
    let word =
        |value: Option<String>| value.map_or("none".to_owned(), |value| format!("{value:?}"));
    let mut text = String::new();
    for ((name, old), new) in names.into_iter().zip(stated(before)).zip(stated(now)) {
        if old != new {
            let _ = writeln!(text, "~ {name}: {} → {}", word(old), word(new));
        }
    }
    text
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
