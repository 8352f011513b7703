//! Makes a text safe and readable for the Markdown parser without moving a byte.
//!
//! Every replacement is one blank for one byte, so that offsets in the result are offsets in the
//! file. Code is read from the file itself, so it does not matter that blocks of code change too.

use std::borrow::Cow;

/// Markers of lists and quotes that stand further to the right open nothing. A parser that
/// walks all open containers on each line would take quadratic time on a hostile page.
const LAST_COLUMN: usize = 64;

/// A text for the parser.
pub(super) struct Prepared<'text> {
    /// The text, as long as the original.
    pub(super) text: Cow<'text, str>,
    /// Where the first container was flattened.
    pub(super) flattened: Option<usize>,
}

/// Replaces tabs in delimiter rows and in front of table rows, and container markers that stand
/// too far right.
pub(super) fn prepare(text: &str) -> Prepared<'_> {
    let mut blanks: Vec<usize> = Vec::new();
    let mut flattened = None;
    let has_tabs = text.contains('\t');
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bytes = line.as_bytes();
        if has_tabs && bytes.contains(&b'\t') && is_table_line(bytes) {
            let tabs = bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'\t');
            blanks.extend(tabs.map(|(at, _)| start + at));
        }
        if bytes.len() > LAST_COLUMN
            && matches!(bytes[0], b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'0'..=b'9')
        {
            let before = blanks.len();
            blank_markers(bytes, start, &mut blanks);
            if blanks.len() > before {
                flattened = flattened.or(Some(blanks[before]));
            }
        }
        start += line.len();
    }
    if blanks.is_empty() {
        return Prepared { text: Cow::Borrowed(text), flattened };
    }
    let mut bytes = text.as_bytes().to_vec();
    for at in blanks {
        bytes[at] = b' ';
    }
    // Only whole ASCII characters were replaced.
    let text = String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned);
    Prepared { text, flattened }
}

/// Whether a line with tabs is a delimiter row, in which the parser takes no tabs, or a table row
/// that a tab would make code.
fn is_table_line(line: &[u8]) -> bool {
    let is_delimiter = line.contains(&b'-')
        && line.iter().all(|byte| matches!(byte, b'|' | b':' | b'-' | b' ' | b'\t' | b'\n'));
    let is_indented_row =
        matches!(line[0], b' ' | b'\t') && line.trim_ascii_start().first() == Some(&b'|');
    is_delimiter || is_indented_row
}

fn blank_markers(line: &[u8], start: usize, blanks: &mut Vec<usize>) {
    let mut at = 0;
    loop {
        at += line[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let length = marker(&line[at..]);
        if length == 0 {
            return;
        }
        if at >= LAST_COLUMN {
            blanks.extend(start + at..start + at + length);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_in_tables_become_blanks() {
        let text = "|a\tb|c|\n|:--\t|\t--|\n\t|x|y|\ntext\tstays\n";
        let prepared = prepare(text);
        assert_eq!(prepared.text, "|a\tb|c|\n|:-- | --|\n |x|y|\ntext\tstays\n");
    }

    #[test]
    fn markers_far_to_the_right_are_blanked() {
        let text = format!("{}x\n", "- ".repeat(100));
        let prepared = prepare(&text);
        assert_eq!(prepared.text, format!("{}{}x\n", "- ".repeat(32), "  ".repeat(68)));
        assert_eq!(prepared.flattened, Some(64));
    }

    #[test]
    fn long_rules_and_lines_stay() {
        let text =
            format!("{}\n1234567890{}\n- {}\n", "-".repeat(100), "1".repeat(80), "x ".repeat(80));
        assert!(matches!(prepare(&text).text, Cow::Borrowed(_)));
    }
}
