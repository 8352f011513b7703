//! Tables that the Markdown parser would not see, or not see the end of.

use super::{Edits, Note};
use crate::diagnostic::Code;

/// How many blank lines may stand in a table.
const MOST_BLANK_LINES: usize = 2;

/// The last line that started with a pipe, and what has followed it.
struct Last<'text> {
    line: &'text str,
    start: usize,
    /// Whether it, or what continues it, ends with a pipe.
    is_closed: bool,
    /// Whether a delimiter row stands above.
    is_in_table: bool,
    /// The line feeds since, the line's own included.
    feeds: Vec<usize>,
}

/// Gives delimiter rows the columns of their header, takes tabs out of table lines, and blank
/// lines out of tables. Returns what is a flaw, but for the tabs.
pub(super) fn mend(text: &str, edits: &mut Edits) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut last: Option<Last<'_>> = None;
    let has_tabs = text.contains('\t');
    let mut start = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if has_tabs && line.contains('\t') && is_table_line(line) {
            blank_tabs(line, start, edits);
        }
        let first = line.as_bytes()[0];
        let is_row = first == b'|'
            || matches!(first, b' ' | b'\t') && line.trim_ascii_start().starts_with('|');
        if is_row {
            let is_header = lines.peek().is_some_and(|next| is_delimiter(next));
            last = Some(row(last, line, start, is_header, edits, &mut notes));
        } else if last.is_some() {
            last = last.and_then(|last| other_line(last, line, start, edits, &mut notes));
        }
        start += line.len();
    }
    notes
}

/// A line that starts with a pipe.
fn row<'text>(
    last: Option<Last<'text>>,
    line: &'text str,
    start: usize,
    is_header: bool,
    edits: &mut Edits,
    notes: &mut Vec<Note>,
) -> Last<'text> {
    let mut is_in_table = false;
    if let Some(last) = last {
        is_in_table = last.is_in_table;
        let is_cut = last.feeds.len() > 1;
        if !is_in_table && !is_cut && is_delimiter(line) {
            is_in_table = true;
            if fit_columns(last.line, line, start, edits) {
                notes.push(Note { at: last.start, code: Code::InvalidTable });
            }
        } else if is_in_table && is_cut {
            is_in_table = !is_header;
            if is_in_table {
                last.feeds[1..].iter().for_each(|&at| edits.blank(at));
                notes.push(Note { at: start, code: Code::SplitRow });
            }
        } else if is_cut {
            is_in_table = false;
        }
    }
    let is_closed = line.trim_ascii_end().ends_with('|');
    Last { line, start, is_closed, is_in_table, feeds: vec![start + line.len() - 1] }
}

/// A line that does not start with a pipe, behind one that does.
fn other_line<'text>(
    mut last: Last<'text>,
    line: &str,
    start: usize,
    edits: &mut Edits,
    notes: &mut Vec<Note>,
) -> Option<Last<'text>> {
    let text = line.trim_ascii();
    let feed = start + line.len() - 1;
    if text.is_empty() {
        last.feeds.push(feed);
        return (last.feeds.len() <= MOST_BLANK_LINES + 1).then_some(last);
    }
    if !last.is_in_table {
        return None;
    }
    let is_cut = last.feeds.len() > 1;
    if is_cut {
        // Only the rest of a row ends with a pipe but does not start with one.
        if last.is_closed || !text.ends_with('|') {
            return None;
        }
        last.feeds.iter().for_each(|&at| edits.blank(at));
        notes.push(Note { at: last.start, code: Code::SplitRow });
    }
    last.is_closed = text.ends_with('|');
    last.feeds = vec![feed];
    Some(last)
}

/// Whether a line with tabs is a delimiter row, in which the parser takes no tabs, or a table row
/// that a tab would make code.
fn is_table_line(line: &str) -> bool {
    is_delimiter(line) || line.starts_with([' ', '\t']) && line.trim_ascii_start().starts_with('|')
}

fn blank_tabs(line: &str, start: usize, edits: &mut Edits) {
    let tabs = line.bytes().enumerate().filter(|&(_, byte)| byte == b'\t');
    tabs.for_each(|(at, _)| edits.blank(start + at));
}

/// Whether a line consists of dashes, colons and pipes.
fn is_delimiter(line: &str) -> bool {
    let is_part = |byte: u8| matches!(byte, b'|' | b':' | b'-' | b' ' | b'\t' | b'\n');
    line.bytes().all(is_part) && line.contains('-')
}

/// Rewrites a delimiter row that has not as many columns as its header, if it is long enough.
fn fit_columns(header: &str, line: &str, start: usize, edits: &mut Edits) -> bool {
    let wanted = columns(header);
    let indent = line.len() - line.trim_ascii_start().len();
    let length = line.trim_ascii().len();
    if columns(line) == wanted || length < 2 * wanted + 1 {
        return false;
    }
    // `|---|---|`, the last column as wide as what is left.
    let width = length / wanted - 1;
    for at in 0..length {
        let is_pipe = at == length - 1 || at % (width + 1) == 0 && at / (width + 1) < wanted;
        edits.0.push((start + indent + at, if is_pipe { b'|' } else { b'-' }));
    }
    true
}

/// The number of cells in a line that starts with a pipe.
fn columns(line: &str) -> usize {
    let line = line.trim_ascii();
    let mut count = 0;
    let mut is_escaped = false;
    for byte in line.bytes().skip(1) {
        count += usize::from(byte == b'|' && !is_escaped);
        is_escaped = byte == b'\\' && !is_escaped;
    }
    count + usize::from(line.len() < 2 || !line.ends_with('|'))
}
