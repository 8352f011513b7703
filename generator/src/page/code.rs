//! Fenced blocks: their language, and the places where a closing fence is missing.

use std::ops::Range;

/// Languages of messages and values, whose blocks hold no lines that look like Markdown.
const MESSAGE_LANGUAGES: [&str; 3] = ["http", "msgraph-interactive", "json"];

/// Where a block ends too late, because its closing fence is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Where the block's text ends.
    pub(super) end: usize,
    /// Where the page goes on.
    pub(super) next: usize,
}

/// A run of backticks or tildes at the start of a line.
#[derive(Clone, Copy)]
struct Fence {
    letter: u8,
    length: usize,
    has_info: bool,
}

/// The first word of an info string, in lower case.
pub(super) fn language(info: &str) -> String {
    let word = info.split_whitespace().next().unwrap_or_default();
    word.trim_start_matches(['{', '.']).trim_end_matches('}').to_lowercase()
}

/// Whether blocks of this language state facts, and are not sample code.
pub(super) fn is_message(language: &str) -> bool {
    MESSAGE_LANGUAGES.contains(&language)
}

/// Whether the block at `range` ends without a closing fence.
pub(super) fn is_unclosed(source: &str, range: Range<usize>) -> bool {
    let block = &source[range];
    let Some(open) = block.lines().next().and_then(fence) else { return false };
    let last = block.trim_ascii_end();
    let last_line = last.rfind('\n').map(|at| last[at + 1..].trim_start_matches(['>', ' ', '\t']));
    !last_line.and_then(fence).is_some_and(|close| {
        close.letter == open.letter && close.length >= open.length && !close.has_info
    })
}

/// Where the fenced block at `range` should have ended: at a fence with an info string, or at a
/// heading. Only messages and blocks that are not closed at all are looked into.
pub(super) fn find_cut(source: &str, range: Range<usize>, language: &str) -> Option<Cut> {
    let block = &source[range.clone()];
    let mut lines = block.split_inclusive('\n');
    let opening = lines.next()?;
    let open = fence(opening)?;
    let is_message = is_message(language);
    if !is_message && !is_unclosed(source, range.clone()) {
        return None;
    }
    let closing_start = range.end - block.lines().next_back().map_or(0, str::len);
    let mut at = range.start + opening.len();
    for line in lines {
        if let Some(fence) = fence(line).filter(|fence| {
            fence.letter == open.letter && fence.length >= open.length && at < closing_start
        }) {
            // A fence that is indented too far to count still shows where the block ends.
            let next = if fence.has_info { at } else { at + line.len() };
            return Some(Cut { end: at, next });
        }
        if is_heading(line, if is_message { 1 } else { 2 }) {
            return Some(Cut { end: at, next: at });
        }
        at += line.len();
    }
    None
}

/// The language and the text of a fenced block that is indented too far to count as one.
pub(super) fn indented_fence(code: &str) -> Option<(String, &str)> {
    let (first, rest) = code.split_once('\n')?;
    fence(first)?;
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if fence(line).is_some_and(|fence| !fence.has_info) {
            break;
        }
        end += line.len();
    }
    let info = first.trim_ascii().trim_start_matches(['`', '~']);
    Some((language(info), &rest[..end]))
}

fn fence(line: &str) -> Option<Fence> {
    let line = line.trim_ascii();
    let letter = *line.as_bytes().first().filter(|letter| matches!(letter, b'`' | b'~'))?;
    let length = line.bytes().take_while(|&byte| byte == letter).count();
    let info = &line[length..];
    // Backticks in an info string make the line a code span.
    let is_fence = length >= 3 && !(letter == b'`' && info.contains('`'));
    is_fence.then_some(Fence { letter, length, has_info: !info.trim_ascii().is_empty() })
}

/// Whether a line is a heading of at least this level.
fn is_heading(line: &str, least: usize) -> bool {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    (least..=6).contains(&level) && line[level..].starts_with(' ')
}
