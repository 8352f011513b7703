//! Literate cases: a Markdown file in which every heading is a case, its fences the docs, and
//! what these docs must yield.
//!
//! `page PATH` holds a page (or an include); `model` the outline of the model, `diagnostics` one
//! line for each, `rust PATH` a generated file. What a case does not show is not compared, except
//! diagnostics: a case without that fence expects none.

use std::fmt::Write as _;
use std::path::Path;

/// A case of a file.
#[derive(Clone, Debug)]
pub struct Case {
    /// The heading.
    pub title: String,
    /// The fences below it.
    pub fences: Vec<Fence>,
}

/// A fence of four or more backticks.
#[derive(Clone, Debug)]
pub struct Fence {
    /// `page`, `model`, `diagnostics` or `rust`.
    pub kind: String,
    /// What follows in the info string.
    pub argument: String,
    /// The lines between the fences, each with its line feed.
    pub text: String,
    /// The lines of the file, counted from 0, that `text` takes up.
    pub lines: std::ops::Range<usize>,
}

/// Splits a file into its cases.
///
/// # Panics
///
/// When a fence is not closed, or stands before the first heading: the file is ours.
pub fn read(text: &str) -> Vec<Case> {
    let lines: Vec<&str> = text.lines().collect();
    let mut cases: Vec<Case> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { title: title.to_owned(), fences: Vec::new() });
        } else if line.starts_with("````") {
            let ticks = line.len() - line.trim_start_matches('`').len();
            let (kind, argument) =
                line[ticks..].trim().split_once(' ').unwrap_or((&line[ticks..], ""));
            let start = at + 1;
            let length = lines[start..]
                .iter()
                .position(|end| *end == &line[..ticks])
                .unwrap_or_else(|| panic!("the fence of line {} is not closed", at + 1));
            at = start + length;
            let text = lines[start..at].iter().fold(String::new(), |text, line| text + line + "\n");
            let fence = Fence {
                kind: kind.trim().into(),
                argument: argument.into(),
                text,
                lines: start..at,
            };
            cases.last_mut().expect("a heading stands before the first fence").fences.push(fence);
        }
        at += 1;
    }
    cases
}

/// Runs `actual` on each case of each file in `folder` and compares what it gives for a fence of
/// the named kind; rewrites the files instead when `UPDATE_EXPECT` is set.
///
/// # Panics
///
/// When a case fails, with the case, the expected and the actual text.
pub fn run(folder: &Path, actual: impl Fn(&Case, &Fence) -> Option<String>) {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of cases can be read")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    let mut failures = String::new();
    for file in &files {
        let text = std::fs::read_to_string(file).expect("the file of cases can be read");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let cases = read(&text);
        assert!(!cases.is_empty(), "{} has no case", file.display());
        // From the end, so that the lines of earlier fences stay where they are.
        for case in cases.iter().rev() {
            for fence in case.fences.iter().rev() {
                let Some(actual) = actual(case, fence) else { continue };
                if actual == fence.text {
                    continue;
                }
                if update {
                    lines.splice(fence.lines.clone(), actual.lines().map(str::to_owned));
                } else {
                    let name = file.file_name().unwrap_or_default().to_string_lossy();
                    writeln!(
                        failures,
                        "{name}:{}: {}\n--- expected {}\n{}--- actual\n{actual}",
                        fence.lines.start, case.title, fence.kind, fence.text
                    )
                    .expect("writing to a string cannot fail");
                }
            }
        }
        if update {
            std::fs::write(file, lines.join("\n") + "\n")
                .expect("the file of cases can be written");
        }
    }
    assert!(failures.is_empty(), "{failures}\nUPDATE_EXPECT=1 rewrites the expectations");
}
