//! Lists and quotes that are nested too deep.

use super::Edits;

/// Markers of lists and quotes that stand further to the right open nothing. A parser that
/// walks all open containers on each line would take quadratic time on a hostile page.
const LAST_COLUMN: usize = 64;

/// Whether a line of this length that starts with this byte may open containers too far right.
pub(super) fn may_nest(first: u8, length: usize) -> bool {
    length > LAST_COLUMN && matches!(first, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'0'..=b'9')
}

/// Blanks out the markers of a line that stand too far to the right, and says where the first
/// stood.
pub(super) fn flatten(line: &[u8], start: usize, edits: &mut Edits) -> Option<usize> {
    let count = edits.0.len();
    blank_markers(line, start, edits);
    edits.0.get(count).map(|&(at, _)| at)
}

fn blank_markers(line: &[u8], start: usize, edits: &mut Edits) {
    let mut at = 0;
    loop {
        at += line[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let length = marker(&line[at..]);
        if length == 0 {
            return;
        }
        if at >= LAST_COLUMN {
            (at..at + length).for_each(|at| edits.blank(start + at));
        }
        at += length;
    }
}

/// The length of the marker of a quote or a list item at the start of `line`.
fn marker(line: &[u8]) -> usize {
    let ends = |at: usize| line.get(at).is_none_or(u8::is_ascii_whitespace);
    match line.first() {
        Some(b'>') => 1,
        Some(b'-' | b'*' | b'+') if ends(1) => 1,
        Some(b'0'..=b'9') => {
            let digits = line.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            let is_item = matches!(line.get(digits), Some(b'.' | b')')) && ends(digits + 1);
            if is_item { digits + 1 } else { 0 }
        }
        _ => 0,
    }
}
