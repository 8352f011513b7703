//! Tables of translated pages, whose names may have been taken for words and translated, too.
//!
//! In go the rows of a table and the names that the page's JSON shows, which translators leave
//! alone; the rows come out under the names of the JSON. Whether a page is translated at all is
//! for the caller to know.

use std::collections::{HashMap, HashSet};

use super::Context;
use super::declaration::PropertyRow;
use crate::diagnostic::{Code, Diagnostic};

/// Renames rows after the members of the JSON, which has the same order. A row is left alone
/// when it stands in the JSON, and also when nothing tells which of its members it is.
pub(super) fn align(context: &mut Context<'_>, rows: &mut Vec<PropertyRow>, shown: &[&str]) {
    rename_rows(context, rows, shown);
    // No API has a name with an accent, so it is a word of the translator, and nothing tells of what.
    rows.retain(|row| {
        if !row.name.is_ascii() {
            let message = format!("`{}` is a translated name, so the row is left out", row.name);
            context.report(
                Diagnostic::warning(Code::TranslatedName, row.place.span, message)
                    .help("names of the API are not to be translated"),
            );
        }
        row.name.is_ascii()
    });
}

fn rename_rows(context: &mut Context<'_>, rows: &mut [PropertyRow], shown: &[&str]) {
    let position: HashMap<&str, usize> =
        shown.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let known: HashSet<String> = rows.iter().map(|row| row.name.clone()).collect();
    let places: Vec<Option<usize>> =
        rows.iter().map(|row| position.get(row.name.as_str()).copied()).collect();
    let mut start = 0;
    while start < rows.len() {
        if places[start].is_some() {
            start += 1;
            continue;
        }
        let end = (start..rows.len()).find(|&at| places[at].is_some()).unwrap_or(rows.len());
        let first = if start == 0 { Some(0) } else { places[start - 1].map(|place| place + 1) };
        let last = if end == rows.len() { Some(shown.len()) } else { places[end] };
        let between = match (first, last) {
            (Some(first), Some(last)) if first <= last => &shown[first..last],
            _ => &[],
        };
        let missing: Vec<&str> =
            between.iter().copied().filter(|name| !known.contains(*name)).collect();
        // As many rows as members between two that are known, so each is the other in translation.
        if missing.len() == end - start {
            for (row, name) in rows[start..end].iter_mut().zip(missing) {
                rename(context, row, name);
            }
        }
        start = end;
    }
}

fn rename(context: &mut Context<'_>, row: &mut PropertyRow, name: &str) {
    let message = format!("the JSON or the path calls `{}` `{name}`", row.name);
    context.report(
        Diagnostic::warning(Code::TranslatedName, row.place.span, message)
            .help("names of the API are not to be translated"),
    );
    name.clone_into(&mut row.name);
}
