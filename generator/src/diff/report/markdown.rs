//! A diff as a comment on a pull request: the summary first, then what breaks somebody, then the
//! rest, with the rows of the pages folded away.
//!
//! What a page says stands in code spans and fences alone, which it cannot close: so it can neither
//! mention anybody, nor link anywhere, nor bring HTML along.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

use super::compared::{Compared, Place};
use super::github::verdict;
use super::group::{Group, LEVELS, badness, counted, group_of, heading_of};
use super::phrase::{Piece, phrase, shown};
use super::row::{difference, excerpt};
use super::text::{crate_needs, ignored};
use crate::diff::{Change, Diff, Level};

/// How much GitHub takes. It counts characters, of which there are never more than bytes.
const MOST: usize = 65_536;

/// What each section has beside its changes, and each group beside its rows: titles, folds and fences.
const FRAME: usize = 150;

/// How many characters of a row are shown.
const ROW: usize = 400;

/// The diff as Markdown of GitHub, with a line feed at the end, of at most 65,536 bytes. Where that
/// is too little, the least bad changes are left out, and how many is said.
pub fn to_markdown(diff: &Diff, compared: &Compared<'_>) -> String {
    within(diff, compared, MOST)
}

pub(super) fn within(diff: &Diff, compared: &Compared<'_>, most: usize) -> String {
    let mut budget = most;
    loop {
        let out = written(diff, compared, &choose(diff, compared, budget));
        // What frames the changes is counted roughly.
        match out.len().checked_sub(most) {
            Some(excess) if excess > 0 && budget > 0 => {
                budget = budget.saturating_sub(excess + FRAME);
            }
            _ => return out,
        }
    }
}

/// How much of a change is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    Nothing,
    Line,
    WithRow,
}

fn written(diff: &Diff, compared: &Compared<'_>, shown: &[Shown]) -> String {
    let mut out = summary(diff, compared);
    for section in 0..=LEVELS.len() {
        let of_section = |change: &&Change| section_of(change) == section;
        let entries = diff.changes.iter().zip(shown);
        let entries = entries.filter(|(_, shown)| **shown > Shown::Nothing);
        let chosen = entries.clone().map(|(change, _)| change).filter(of_section);
        let rows = entries.filter(|(_, shown)| **shown == Shown::WithRow);
        let rows: BTreeSet<_> = rows.map(|(change, _)| std::ptr::from_ref(change)).collect();
        let groups = group_of(chosen);
        if groups.is_empty() {
            continue;
        }
        match section.checked_sub(1) {
            None => out.push_str("\n### Breaking changes\n"),
            Some(at) => {
                let count = diff.changes.iter().filter(of_section).count();
                let title = title(LEVELS[at], count);
                let _ = write!(out, "\n<details>\n<summary>{title}</summary>\n");
            }
        }
        for group in &groups {
            write_group(&mut out, group, compared, &rows);
        }
        if section > 0 {
            out.push_str("\n</details>\n");
        }
    }
    out + &left_out(diff, shown)
}

/// The number of the section that a change stands in: what breaks somebody, then by level.
fn section_of(change: &Change) -> usize {
    if change.breaks_wire || change.breaks_rust() {
        return 0;
    }
    1 + LEVELS.iter().position(|&level| level == change.level).unwrap_or_default()
}

/// What of each change is shown within a number of bytes: lines first, the worst before all others,
/// and then rows.
fn choose(diff: &Diff, compared: &Compared<'_>, budget: usize) -> Vec<Shown> {
    let reserved = summary(diff, compared).len() + (LEVELS.len() + 2) * FRAME;
    let mut budget = budget.saturating_sub(reserved);
    let mut order: Vec<usize> = (0..diff.changes.len()).collect();
    order.sort_by_key(|&at| Reverse(badness(&diff.changes[at])));
    let mut shown = vec![Shown::Nothing; diff.changes.len()];
    let mut groups = BTreeSet::new();
    let mut taken = 0;
    for &at in &order {
        let change = &diff.changes[at];
        let group = (section_of(change), &change.version, &change.target);
        let frame = if groups.insert(group) { heading(&heading_of(change)).len() } else { 0 };
        let Some(rest) = budget.checked_sub(frame + line(change, compared).len()) else { break };
        (budget, shown[at], taken) = (rest, Shown::Line, taken + 1);
    }
    groups.clear();
    for &at in &order[..taken] {
        let change = &diff.changes[at];
        let row = row(change, compared).map_or(0, |row| row.len());
        let group = (section_of(change), &change.version, &change.target);
        let frame = if row > 0 && groups.insert(group) { FRAME } else { 0 };
        let Some(rest) = budget.checked_sub(frame + row) else { break };
        (budget, shown[at]) = (rest, Shown::WithRow);
    }
    shown
}

fn summary(diff: &Diff, compared: &Compared<'_>) -> String {
    let mut out = String::from("## Changes of the API\n\n");
    let (base, head) = (code(compared.base.name), code(compared.head.name));
    if diff.changes.is_empty() {
        let _ = writeln!(out, "None from {base} to {head}.");
        if let Some(ignored) = ignored(diff) {
            let _ = writeln!(out, "\n{ignored}.");
        }
        return out;
    }
    let bump = diff.bump().as_str();
    let needs = crate_needs(diff.bump()).replace(bump, &format!("**{bump}**"));
    let _ = writeln!(out, "From {base} to {head}, {needs}.\n");
    out.push_str("|Level|Changes|Break callers (wire)|Break Rust code|\n|:--|--:|--:|--:|\n");
    for level in LEVELS {
        let count = diff.count(level);
        if count > 0 {
            let changes = || diff.changes.iter().filter(|change| change.level == level);
            let wire = changes().filter(|change| change.breaks_wire).count();
            let rust = changes().filter(|change| change.breaks_rust()).count();
            let _ = writeln!(out, "|{level}|{count}|{wire}|{rust}|");
        }
    }
    if let Some(ignored) = ignored(diff) {
        let _ = writeln!(out, "\n{ignored}.");
    }
    out
}

/// The title of a fold.
fn title(level: Level, count: usize) -> String {
    match (level, count) {
        (Level::Docs, 1) => "1 change of words alone".to_owned(),
        (Level::Docs, _) => format!("{count} changes of words alone"),
        (_, 1) => format!("1 change that breaks nothing ({level})"),
        _ => format!("{count} changes that break nothing ({level})"),
    }
}

fn write_group(
    out: &mut String,
    group: &Group<'_>,
    compared: &Compared<'_>,
    rows: &BTreeSet<*const Change>,
) {
    out.push_str(&heading(&group.heading()));
    for change in &group.changes {
        out.push_str(&line(change, compared));
    }
    let with_rows =
        group.changes.iter().filter(|change| rows.contains(&std::ptr::from_ref(**change)));
    let rows: String = with_rows.filter_map(|change| row(change, compared)).collect();
    if !rows.is_empty() {
        let fence = "`".repeat(longest_run(&rows).max(2) + 1);
        let _ = write!(
            out,
            "\n<details>\n<summary>Rows</summary>\n\n{fence}diff\n{rows}{fence}\n\n</details>\n"
        );
    }
}

fn heading(heading: &super::group::Heading) -> String {
    let mut text = format!("\n**{}** {}", heading.kind, code(&heading.name));
    if let Some(id) = &heading.id {
        let _ = write!(text, " ({})", code(id));
    }
    if let Some(version) = &heading.version {
        let _ = write!(text, " in {}", code(version));
    }
    text + "\n\n"
}

/// A change as an item of a list.
fn line(change: &Change, compared: &Compared<'_>) -> String {
    let mut text = format!("- **{}** ", change.level);
    for piece in phrase(change) {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Name(name) => text.push_str(&code(&name)),
        }
    }
    let _ = write!(text, " — {}, `{}`", verdict(change), change.rule);
    if change.used == Some(true) {
        text.push_str(", **used here**");
    }
    let places = [
        ("base", compared.base(change)),
        ("head", compared.head(change)),
        ("near", compared.near(change)),
    ];
    let mut separator = " — ";
    for (name, place) in places {
        if let Some(place) = place {
            let _ = write!(text, "{separator}{name} {}", code(&place.text()));
            separator = ", ";
        }
    }
    text + "\n"
}

/// The rows of a change as lines of a diff, where they are known.
fn row(change: &Change, compared: &Compared<'_>) -> Option<String> {
    let (base, head) = (compared.base(change), compared.head(change));
    let text = |place: &Option<Place<'_>>| Some(place.as_ref()?.row.as_ref()?.to_string());
    let (old, new) = (text(&base), text(&head));
    let marks = match (&old, &new) {
        (None, None) => return None,
        (Some(old), Some(new)) => difference(old, new),
        _ => (0..0, 0..0),
    };
    let places: Vec<_> = [base, head].iter().flatten().map(Place::text).collect();
    let mut rows = format!("@@ {} @@\n", places.join(" → "));
    let is_same = old.is_some() && old == new;
    let (old, sign) = if is_same { (None, ' ') } else { (old, '+') };
    for (sign, text, mark) in [('-', old, marks.0), (sign, new, marks.1)] {
        if let Some(text) = text {
            let _ = writeln!(rows, "{sign} {}", excerpt(&text, &mark, ROW));
        }
    }
    Some(rows)
}

/// What there was no room for.
fn left_out(diff: &Diff, shown: &[Shown]) -> String {
    let without =
        |wanted: Shown| diff.changes.iter().zip(shown).filter(move |(_, shown)| **shown == wanted);
    let mut parts = Vec::new();
    for level in LEVELS {
        let changes = without(Shown::Nothing).filter(|(change, _)| change.level == level);
        let count = changes.count();
        if count > 0 {
            parts.push(counted(level, count));
        }
    }
    if parts.is_empty() {
        return match without(Shown::Line).count() {
            0 => String::new(),
            count => format!("\nFor want of room, {count} changes are shown without their rows.\n"),
        };
    }
    format!("\nFor want of room, the least bad changes are left out: {}.\n", parts.join(", "))
}

/// A text of the docs as a code span, which it cannot close.
fn code(text: &str) -> String {
    let text = shown(text);
    if text.trim().is_empty() {
        return "(blank)".to_owned();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    // One space on either side is taken off again, and keeps backticks apart.
    let is_padded = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if is_padded { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for letter in text.chars() {
        run = if letter == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
