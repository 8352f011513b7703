//! Builds a [`Text`] from the inline events of a paragraph, a heading or a cell.

use super::{Container, Mark, MarkKind, Text};
use crate::span::{FileId, Span};

/// A text that is being read.
#[derive(Debug)]
pub(super) struct TextBuilder {
    plain: String,
    /// How many bytes are to be expected; many texts turn out to have none.
    length: usize,
    marks: Vec<Mark>,
    /// The marks that are open, by their place in `marks`.
    open: Vec<usize>,
    /// Whether white space stands between `plain` and what comes next.
    has_gap: bool,
    start: usize,
    end: usize,
}

impl TextBuilder {
    /// A text that starts at `start` and has about `length` bytes.
    pub(super) fn new(start: usize, length: usize) -> Self {
        let (marks, open) = (Vec::new(), Vec::new());
        Self { plain: String::new(), length, marks, open, has_gap: false, start, end: start }
    }

    /// Notes that the source of the text goes on to `end`.
    pub(super) fn reach(&mut self, end: usize) {
        self.end = self.end.max(end);
    }

    /// Adds text, white space folded.
    pub(super) fn push(&mut self, text: &str) {
        if is_folded(text) {
            let inner = text.trim_ascii();
            self.has_gap |= text.starts_with(' ');
            if !inner.is_empty() {
                self.fill_gap();
                self.plain.push_str(inner);
                self.has_gap = text.ends_with(' ');
            }
            return;
        }
        self.has_gap |= text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            self.fill_gap();
            self.plain.push_str(word);
            self.has_gap = true;
        }
        self.has_gap &= text.ends_with(char::is_whitespace);
    }

    /// Adds white space.
    pub(super) fn space(&mut self) {
        self.has_gap = true;
    }

    /// Adds a line feed, unless the text is empty or already at the start of a line.
    pub(super) fn line_break(&mut self) {
        self.has_gap = false;
        if !self.plain.is_empty() && !self.plain.ends_with('\n') {
            self.plain.truncate(self.plain.trim_end_matches(' ').len());
            self.plain.push('\n');
        }
    }

    /// Adds a code span, as it is.
    pub(super) fn code(&mut self, code: &str) {
        self.open(MarkKind::Code);
        self.plain.push_str(code);
        self.close();
    }

    /// Opens a mark.
    pub(super) fn open(&mut self, kind: MarkKind) {
        self.fill_gap();
        let at = self.plain.len();
        self.open.push(self.marks.len());
        self.marks.push(Mark { range: at..at, kind });
    }

    /// Closes the mark that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(index) = self.open.pop() {
            self.marks[index].range.end = self.plain.len();
        }
    }

    /// Adds what stands in another file, apart from what is around it.
    pub(super) fn include(&mut self, text: Text) {
        self.has_gap = true;
        self.fill_gap();
        let shift = self.plain.len();
        self.plain.push_str(&text.plain);
        self.marks.extend(text.marks.into_iter().map(|mark| Mark {
            range: mark.range.start + shift..mark.range.end + shift,
            kind: mark.kind,
        }));
        self.has_gap = true;
    }

    /// Whether nothing was added yet.
    pub(super) fn is_empty(&self) -> bool {
        self.plain.is_empty() && self.marks.is_empty()
    }

    /// The text.
    pub(super) fn finish(mut self, file: FileId, container: Container) -> Text {
        while !self.open.is_empty() {
            self.close();
        }
        let length = self.plain.trim_end().len();
        self.plain.truncate(length);
        if !self.marks.is_empty() {
            for mark in &mut self.marks {
                mark.range.end = mark.range.end.min(length);
                mark.range.start = mark.range.start.min(mark.range.end);
            }
            // A link may have no text; other marks say something of their text only.
            self.marks
                .retain(|mark| !mark.range.is_empty() || matches!(mark.kind, MarkKind::Link(_)));
        }
        let span = Span::new(file, self.start, self.end);
        Text { plain: self.plain, marks: self.marks, span, container }
    }

    fn fill_gap(&mut self) {
        if self.plain.is_empty() {
            self.plain.reserve(self.length);
        } else if self.has_gap && !self.plain.ends_with([' ', '\n']) {
            self.plain.push(' ');
        }
        self.has_gap = false;
    }
}

/// Whether the only white space in a text is single blanks. Says no when it would have to look
/// at characters.
fn is_folded(text: &str) -> bool {
    // Without early exits, so that many bytes are compared at once.
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let others = bytes.iter().map(|byte| u8::from(!matches!(byte, b' '..=b'~')));
    let gaps = pairs.map(|(one, two)| u8::from(*one == b' ') & u8::from(*two == b' '));
    others.fold(0, |any, other| any | other) | gaps.fold(0, |any, gap| any | gap) == 0
}

impl Text {
    /// A text without anything in it.
    pub(super) fn empty(span: Span) -> Self {
        Self { plain: String::new(), marks: Vec::new(), span, container: Container::Section }
    }

    /// Appends another text, with `separator` in between unless one of them is empty.
    pub(super) fn append(&mut self, other: Text, separator: &str) {
        if !self.plain.is_empty() && !other.plain.is_empty() {
            self.plain.push_str(separator);
        }
        let shift = self.plain.len();
        self.plain.push_str(&other.plain);
        self.marks.extend(other.marks.into_iter().map(|mark| Mark {
            range: mark.range.start + shift..mark.range.end + shift,
            kind: mark.kind,
        }));
        if other.span.file == self.span.file {
            self.span.end = self.span.end.max(other.span.end);
        }
    }
}
