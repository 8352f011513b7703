//! The values that a sentence of a description lists: ``Possible values are: `low`, `high`.``

use super::words;
use crate::model::is_identifier;
use crate::page::{MarkKind, Text};

/// What the sentence begins with. Ranges of numbers ("Valid values 4 to 16") drop out because
/// numbers are no members.
const OPENINGS: [&str; 18] = [
    "possible value",
    "possible member",
    "supported value",
    "allowed value",
    "valid value",
    "values are:",
    "value can be",
    "can be one of",
    "one of the following",
    "one of:",
    "valores possíveis",
    "valores posibles",
    "mögliche werte",
    "valeurs possibles",
    "valores permitidos",
    "可能な値",
    "使用可能な値",
    "可能的值",
];

/// What a sentence says of the members that come only to those who ask for them: "Use the `Prefer:
/// include-unknown-enum-members` header to get the following in this evolvable enum: `archived`."
const ON_REQUEST: [&str; 2] = ["unknown-enum-members", "evolvable enum"];

/// The members that sentences of `text` list, as written.
pub(super) fn listed(text: &Text) -> Vec<String> {
    if text.marks.is_empty() && !text.plain.contains(':') {
        return Vec::new();
    }
    let mut values = opened(text);
    for value in on_request(text) {
        push(&mut values, &value);
    }
    values
}

fn opened(text: &Text) -> Vec<String> {
    let Some(start) = OPENINGS.iter().filter_map(|words| words::find(&text.plain, words)).min()
    else {
        return Vec::new();
    };
    let end = list_end(text, start);
    let codes = marked(text, start, end, |kind| *kind == MarkKind::Code);
    if !codes.is_empty() {
        return codes;
    }
    let strong =
        marked(text, start, end, |kind| matches!(kind, MarkKind::Strong | MarkKind::Emphasis));
    if !strong.is_empty() {
        return strong;
    }
    bare(&text.plain[start..end])
}

fn on_request(text: &Text) -> Vec<String> {
    let find = |from: usize, words: &str| Some(from + words::find(&text.plain[from..], words)?);
    let Some(start) = ON_REQUEST.iter().filter_map(|words| find(0, words)).min() else {
        return Vec::new();
    };
    let mut end = list_end(text, start);
    // The list may stand in the next line.
    if text.plain[start..end].trim_end().ends_with([',', ':']) {
        end = list_end(text, end);
    }
    let places = ON_REQUEST.iter().filter_map(|words| find(start, words));
    let start = places.filter(|&place| place < end).max().unwrap_or(start);
    marked(text, start, end, |kind| *kind == MarkKind::Code)
}

/// The end of the sentence; full stops in code spans do not count, nor do line feeds of a list.
fn list_end(text: &Text, start: usize) -> usize {
    let mut at = start;
    // A list with more stops than that inside of code is none.
    for _ in 0..100 {
        let end = words::sentence_end(&text.plain, at);
        let mark = text.marks.iter().find(|mark| mark.range.start < end && end < mark.range.end);
        match mark {
            Some(mark) => at = mark.range.end,
            None => return end,
        }
    }
    at
}

fn marked(
    text: &Text,
    start: usize,
    end: usize,
    matches: impl Fn(&MarkKind) -> bool,
) -> Vec<String> {
    let mut values = Vec::new();
    for mark in &text.marks {
        if mark.range.start < start || mark.range.end > end || !matches(&mark.kind) {
            continue;
        }
        for word in text.plain[mark.range.clone()].split([',', '|', ' ', '\n']) {
            push(&mut values, word.trim());
        }
    }
    values
}

/// Bare words behind the colon, separated by commas.
fn bare(sentence: &str) -> Vec<String> {
    let Some((_, list)) = sentence.split_once(':') else { return Vec::new() };
    let mut values = Vec::new();
    for word in list.split([',', '|', '\n']) {
        let word = word.trim().trim_end_matches('.').trim_matches(['"', '\'', '“', '”', '*']);
        let word = word.strip_prefix("and ").or_else(|| word.strip_prefix("or ")).unwrap_or(word);
        push(&mut values, word.trim().trim_matches(['"', '\'']));
    }
    values
}

fn push(values: &mut Vec<String>, word: &str) {
    // The lists are short; no page has more than a hundred members in a sentence.
    if is_identifier(word) && values.len() < 1000 && !values.iter().any(|known| known == word) {
        values.push(word.to_owned());
    }
}
