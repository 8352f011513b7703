//! Fenced blocks: their language, and the places where a closing fence is missing.

use std::ops::Range;

/// Languages of requests and answers.
const HTTP: [&str; 4] = ["http", "https", "msgraph-interactive", "rest"];

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

/// Whether blocks of this language hold requests and answers.
pub(super) fn is_http(language: &str) -> bool {
    HTTP.contains(&language)
}

/// Whether blocks of this language are messages or values: they state facts, are no sample code, and
/// hold no lines that look like Markdown.
pub(super) fn is_message(language: &str) -> bool {
    is_http(language) || language == "json"
}

/// The language of a paragraph that is code: an object of JSON, or nothing but request lines.
pub(super) fn unfenced(paragraph: &str) -> Option<&'static str> {
    let text = paragraph.trim_ascii();
    if text.starts_with('{') && text.ends_with('}') && text.contains('"') {
        let inner = text[1..].trim_ascii_start();
        return (inner.starts_with('"') || inner.starts_with('}')).then_some("json");
    }
    let is_request = |line: &str| {
        let (method, target) = line.trim_ascii().split_once(' ')?;
        let is_method = matches!(method, "GET" | "POST" | "PUT" | "PATCH" | "DELETE");
        let is_path = target.starts_with('/') || target.starts_with("https://");
        (is_method && is_path && !has_words(target)).then_some(())
    };
    let is_first = matches!(text.as_bytes().first(), Some(b'G' | b'P' | b'D'));
    (is_first && text.lines().all(|line| is_request(line).is_some())).then_some("http")
}

/// Whether blanks stand outside of the braces and parentheses of a path.
fn has_words(target: &str) -> bool {
    let target = target.strip_suffix(" HTTP/1.1").unwrap_or(target);
    let mut depth = 0_usize;
    target.chars().any(|char| {
        match char {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && char.is_whitespace()
    })
}

/// How a fenced block ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With a fence.
    Closed,
    /// With the page, or with the list or quote that holds it.
    Unclosed,
    /// Too late.
    Cut(Cut),
}

/// How the fenced block at `range` ends. A message, or a block that is not closed at all, should
/// end in front of a fence with an info string, or of a heading.
pub(super) fn find_end(source: &str, range: Range<usize>, language: &str) -> End {
    let block = &source[range.clone()];
    let Some((opening, _)) = block.split_once('\n') else { return End::Unclosed };
    let Some(open) = fence(opening) else { return End::Closed };
    let is_message = is_message(language);
    let last = block.trim_ascii_end();
    let last_line = memchr::memrchr(b'\n', last.as_bytes()).map_or(last.len(), |at| at + 1);
    let last_fence = fence(last[last_line..].trim_start_matches(['>', ' ', '\t']));
    let is_closed = last_fence.is_some_and(|close| close.closes(open));
    if is_closed && !is_message {
        return End::Closed;
    }
    let least_level = if is_message { 1 } else { 2 };
    let inside = opening.len() + 1..if is_closed { last_line } else { block.len() };
    match find_cut(block, inside, open, least_level) {
        Some(cut) => End::Cut(Cut { end: range.start + cut.end, next: range.start + cut.next }),
        None if is_closed => End::Closed,
        None => End::Unclosed,
    }
}

/// Where a block should have ended, relative to its start.
fn find_cut(block: &str, inside: Range<usize>, open: Fence, least_level: usize) -> Option<Cut> {
    let bytes = block.as_bytes();
    let mut line_end = 0;
    for at in memchr::memchr2_iter(open.letter, b'#', &bytes[inside.clone()]) {
        let at = inside.start + at;
        if at < line_end {
            continue;
        }
        let line_start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |feed| feed + 1);
        line_end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |feed| at + feed + 1);
        let line = &block[line_start..line_end];
        if !block[line_start..at].trim_ascii().is_empty() {
            continue;
        }
        if is_heading(line, least_level) {
            return Some(Cut { end: line_start, next: line_start });
        }
        if let Some(fence) = fence(line)
            && (fence.has_info || fence.closes(open))
            && fence.length >= open.length
        {
            // A fence that is indented too far to count still shows where the block ends.
            let next = if fence.has_info { line_start } else { line_end };
            return Some(Cut { end: line_start, next });
        }
    }
    None
}

impl Fence {
    fn closes(self, open: Fence) -> bool {
        self.letter == open.letter && self.length >= open.length && !self.has_info
    }
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
