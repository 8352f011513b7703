//! Tables that the Markdown parser would not see, or not see the end of.

use std::ops::Range;

use super::{Edits, Note};
use crate::diagnostic::Code;

/// How many blank lines may stand in a table.
const MOST_BLANK_LINES: usize = 2;

/// Gives delimiter rows the columns of their header, takes tabs out of table lines, and blank
/// lines out of tables.
#[derive(Default)]
pub(super) struct Mender {
    last: Option<Last>,
    /// What was a flaw, but for the tabs.
    pub(super) notes: Vec<Note>,
}

/// The last line that started with a pipe, and what has followed it.
struct Last {
    line: Range<usize>,
    /// Whether it, or what continues it, ends with a pipe.
    is_closed: bool,
    /// Whether a delimiter row stands above.
    is_in_table: bool,
    /// The line feeds since, the line's own included.
    feeds: Vec<usize>,
}

impl Mender {
    /// Whether a line matters: it looks like one of a table, or a table may still go on.
    pub(super) fn wants(&self, line: &[u8]) -> bool {
        self.last.is_some()
            || line
                .iter()
                .find(|&&byte| byte != b' ' && byte != b'\t')
                .is_some_and(|first| matches!(first, b'|' | b':' | b'-'))
    }

    /// Takes the next line that matters.
    pub(super) fn line(&mut self, text: &str, range: Range<usize>, edits: &mut Edits) {
        let line = &text[range.clone()];
        let indent = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let first = line.as_bytes().get(indent).copied();
        if matches!(first, Some(b'|' | b':' | b'-')) && line.contains('\t') && is_table_line(line) {
            let tabs = memchr::memchr_iter(b'\t', line.as_bytes());
            tabs.for_each(|at| edits.blank(range.start + at));
        }
        if first == Some(b'|') {
            self.row(text, range, edits);
        } else if let Some(last) = self.last.take() {
            self.other_line(last, line.trim_ascii(), range.end - 1, edits);
        }
    }

    /// A line that starts with a pipe.
    fn row(&mut self, text: &str, range: Range<usize>, edits: &mut Edits) {
        let line = &text[range.clone()];
        let mut is_in_table = false;
        if let Some(last) = self.last.take() {
            is_in_table = last.is_in_table;
            let is_cut = last.feeds.len() > 1;
            if !is_in_table && !is_cut && is_delimiter(line) {
                is_in_table = true;
                if fit_columns(&text[last.line.clone()], line, range.start, edits) {
                    self.notes.push(Note { at: last.line.start, code: Code::InvalidTable });
                }
            } else if is_cut {
                let next = text[range.end..].lines().next();
                is_in_table &= !next.is_some_and(is_delimiter);
                if is_in_table {
                    last.feeds[1..].iter().for_each(|&at| edits.blank(at));
                    self.notes.push(Note { at: range.start, code: Code::SplitRow });
                }
            }
        }
        let is_closed = line.trim_ascii_end().ends_with('|');
        let feeds = vec![range.end - 1];
        self.last = Some(Last { line: range, is_closed, is_in_table, feeds });
    }

    /// A line that does not start with a pipe, behind one that does.
    fn other_line(&mut self, mut last: Last, line: &str, feed: usize, edits: &mut Edits) {
        if line.is_empty() {
            last.feeds.push(feed);
            let is_near = last.feeds.len() <= MOST_BLANK_LINES + 1;
            self.last = Some(last).filter(|_| is_near);
            return;
        }
        let is_cut = last.feeds.len() > 1;
        // Only the rest of a row ends with a pipe but does not start with one.
        let is_rest = !is_cut || !last.is_closed && line.ends_with('|');
        if !last.is_in_table || !is_rest {
            return;
        }
        if is_cut {
            last.feeds.iter().for_each(|&at| edits.blank(at));
            self.notes.push(Note { at: last.line.start, code: Code::SplitRow });
        }
        last.is_closed = line.ends_with('|');
        last.feeds = vec![feed];
        self.last = Some(last);
    }
}

/// Whether a line with tabs is a delimiter row, in which the parser takes no tabs, or a table row
/// that a tab would make code.
fn is_table_line(line: &str) -> bool {
    is_delimiter(line) || line.starts_with([' ', '\t']) && line.trim_ascii_start().starts_with('|')
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
