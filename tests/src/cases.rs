//! Literate cases: a Markdown file in which every heading is a case, its fences the docs, and
//! what these docs must yield.
//!
//! `page PATH` holds a page (or an include); `profile` what is stated of the service; `model` the
//! outline of the model, `diagnostics` one line for each. What a case does not show is not compared,
//! except diagnostics: a case without that fence expects none.
//!
//! What is known to be wrong is asserted as it is, and a fence such as `wanted model` behind it
//! says what is right. It fails as soon as it holds, so that it goes when it is no longer needed.

use std::fmt::Write as _;
use std::ops::Range;
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
    /// `page`, `profile`, `model`, `diagnostics` or `wanted`.
    pub kind: String,
    /// What follows in the info string.
    pub argument: String,
    /// The lines between the fences, each with its line feed.
    pub text: String,
    /// The lines of the file, counted from 0, that `text` takes up.
    pub lines: Range<usize>,
    /// Whether the file has the fence; one that it lacks stands for an empty one.
    pub is_written: bool,
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
                is_written: true,
            };
            cases.last_mut().expect("a heading stands before the first fence").fences.push(fence);
        }
        at += 1;
    }
    cases.iter_mut().for_each(expect_no_diagnostics);
    cases
}

/// Adds the empty fence that a case without diagnostics has no need to write.
fn expect_no_diagnostics(case: &mut Case) {
    if case.fences.iter().any(|fence| fence.kind == "diagnostics") {
        return;
    }
    let Some(last) = case.fences.last() else { return };
    let end = last.lines.end + 1;
    case.fences.push(Fence {
        kind: "diagnostics".to_owned(),
        argument: String::new(),
        text: String::new(),
        lines: end..end,
        is_written: false,
    });
}

/// The Markdown files of a folder with their cases, by name.
///
/// # Panics
///
/// When the folder or a file cannot be read, or a file has no case.
pub fn read_folder(folder: &Path) -> Vec<(String, Vec<Case>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of cases can be read")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("the file of cases can be read");
            let cases = read(&text);
            assert!(!cases.is_empty(), "{} has no case", path.display());
            (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), cases)
        })
        .collect();
    files.sort_by(|left, right| left.0.cmp(&right.0));
    files
}

/// Runs `actual` on each fence of each case in `folder` and compares what it gives, if anything,
/// with the text of the fence; rewrites the files instead when `UPDATE_EXPECT` is set.
///
/// # Panics
///
/// When a case fails, with the case, the expected and the actual text.
pub fn run(folder: &Path, actual: impl Fn(&Case, &Fence) -> Option<String>) {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut failures = String::new();
    for (name, cases) in read_folder(folder) {
        let mut changes = Vec::new();
        for case in &cases {
            for fence in &case.fences {
                let Some(actual) = actual(case, fence).filter(|actual| fence.fails(actual)) else {
                    continue;
                };
                let Fence { kind, argument, text, lines, .. } = fence;
                writeln!(
                    failures,
                    "{name}:{}: {}\n--- expected {kind} {argument}\n{text}--- actual\n{actual}",
                    lines.start, case.title
                )
                .expect("writing to a string cannot fail");
                changes.push((fence, actual));
            }
        }
        if update && !changes.is_empty() {
            rewrite(&folder.join(name), &changes);
        }
    }
    assert!(
        update || failures.is_empty(),
        "{failures}\nUPDATE_EXPECT=1 rewrites the expectations, and drops what was wanted and holds"
    );
}

impl Fence {
    fn fails(&self, actual: &str) -> bool {
        (self.text == actual) == (self.kind == "wanted")
    }
}

fn rewrite(file: &Path, changes: &[(&Fence, String)]) {
    let text = std::fs::read_to_string(file).expect("the file of cases can be read");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // From the end, so that the lines of earlier fences stay where they are.
    for (fence, actual) in changes.iter().rev() {
        let written = actual.lines().map(str::to_owned);
        let whole = fence.lines.start.saturating_sub(1)..fence.lines.end + 1;
        let is_dropped =
            fence.kind == "wanted" || (fence.kind == "diagnostics" && actual.is_empty());
        if is_dropped {
            lines.splice(whole, []);
        } else if fence.is_written {
            lines.splice(fence.lines.clone(), written);
        } else {
            let opened = std::iter::once(format!("````{}", fence.kind)).chain(written);
            let closed: Vec<String> = opened.chain(["````".to_owned()]).collect();
            lines.splice(fence.lines.clone(), closed);
        }
    }
    std::fs::write(file, lines.join("\n") + "\n").expect("the file of cases can be written");
}
