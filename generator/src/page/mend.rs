//! Makes a text safe and readable for the Markdown parser without moving a byte.
//!
//! Every replacement has the length of what it replaces, so that offsets in the result are
//! offsets in the file. Code is read from the file itself, so it does not matter that blocks of
//! code may change too.

mod containers;
mod tables;

use std::borrow::Cow;

use crate::diagnostic::Code;

/// A text for the parser.
#[derive(Debug)]
pub(super) struct Mended<'text> {
    /// The text, as long as the original.
    pub(super) text: Cow<'text, str>,
    /// Where the first container was flattened.
    pub(super) flattened: Option<usize>,
    /// What was mended in tables, in the order of the text. It is a flaw if a table is there.
    pub(super) tables: Vec<Note>,
}

/// A flaw of a table that was mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// The start of the line.
    pub(super) at: usize,
    /// What it is.
    pub(super) code: Code,
}

/// Replacements of single bytes by ASCII characters, in any order.
#[derive(Default)]
struct Edits(Vec<(usize, u8)>);

impl Edits {
    fn blank(&mut self, at: usize) {
        self.0.push((at, b' '));
    }
}

/// Mends delimiter rows and cut rows of tables, and flattens containers that are nested too deep.
pub(super) fn mend(text: &str) -> Mended<'_> {
    let mut edits = Edits::default();
    let mut tables = tables::Mender::default();
    let mut flattened = None;
    let mut start = 0;
    let bytes = text.as_bytes();
    // Nearly all lines are plain, and their first bytes show it.
    for feed in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = start..bytes.len().min(feed + 1);
        start = line.end;
        let Some(&first) = bytes.get(line.start) else { break };
        if containers::may_nest(first, line.len()) {
            let opening = containers::flatten(&bytes[line.clone()], line.start, &mut edits);
            flattened = flattened.or(opening);
        }
        if tables.wants(&bytes[line.clone()]) {
            tables.line(text, line, &mut edits);
        }
    }
    Mended { text: apply(text, edits), flattened, tables: tables.notes }
}

fn apply(text: &str, edits: Edits) -> Cow<'_, str> {
    if edits.0.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for (at, byte) in edits.0 {
        bytes[at] = byte;
    }
    // Only whole ASCII characters were replaced.
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let mended = mend(text);
        assert_eq!(mended.text.len(), text.len());
        let notes: Vec<String> =
            mended.tables.iter().map(|note| format!("{} {}\n", note.at, note.code.id())).collect();
        expected.assert_eq(&format!("{}{}", mended.text, notes.concat()));
    }

    #[test]
    fn tabs_in_table_lines_become_blanks() {
        check(
            "|a\tb|c|\n|:--\t|\t--|\n\t|x|y|\ntext\tstays\n",
            &expect![["
                |a\tb|c|
                |:-- | --|
                 |x|y|
                text\tstays
            "]],
        );
    }

    #[test]
    fn delimiter_rows_get_the_columns_of_the_header() {
        check(
            "|a|b|\n|:--|:--|:--|\n|x|y|\n\n|c|d|\n|--|\n|x|y|\n",
            &expect![[r#"
                |a|b|
                |-----|-----|
                |x|y|

                |c|d|
                |--|
                |x|y|
                0 invalid-table
            "#]],
        );
    }

    #[test]
    fn rows_behind_a_blank_line_still_belong_to_the_table() {
        check(
            "|a|b|\n|--|--|\n|x|y|\n\n|z|w|\n\n|c|d|\n|--|--|\n",
            &expect![["
                |a|b|
                |--|--|
                |x|y|
                 |z|w|

                |c|d|
                |--|--|
                21 split-row
            "]],
        );
    }

    #[test]
    fn a_row_that_a_blank_line_cuts_is_joined() {
        check(
            "|a|b|\n|--|--|\n|x|One.\n\nTwo.|\n|z|w|\n\nText|\n",
            &expect![[r#"
                |a|b|
                |--|--|
                |x|One.  Two.|
                |z|w|

                Text|
                14 split-row
            "#]],
        );
    }

    #[test]
    fn markers_far_to_the_right_are_blanked() {
        let text = format!("{}x\n", "- ".repeat(100));
        let mended = mend(&text);
        assert_eq!(mended.text, format!("{}{}x\n", "- ".repeat(32), "  ".repeat(68)));
        assert_eq!(mended.flattened, Some(64));
    }

    #[test]
    fn rules_and_long_lines_stay() {
        let long = "x ".repeat(80);
        let text = format!("{}\n1234567890{}\n- {long}\n", "-".repeat(100), "1".repeat(80));
        assert!(matches!(mend(&text).text, Cow::Borrowed(_)));
    }
}
