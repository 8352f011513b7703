//! Where something stands in the docs: a file, and a range of its bytes.
//!
//! Every fact that a message may point at is a [`Spanned`]. Spans are cheap to copy and know
//! nothing of lines; [`LineIndex`] turns an offset into a line and a column when one is printed.

/// A file of one run, by its place in [`Docs`](crate::docs::Docs).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(crate) u32);

impl FileId {
    /// The place of the file in the list of files.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes in a file, the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The offset of the first byte.
    pub start: u32,
    /// The offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    ///
    /// Files larger than 32 MiB are not read (`oversized-file`), so an offset always fits.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: offset(start), end: offset(end.max(start)) }
    }

    /// The range as indices into the text of the file.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value with the place where the docs state it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What is stated.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Attaches a place to a value.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// The nearest offset at or in front of `at` that lies between two characters of `text`.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

/// The starts of the lines of one text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the lines of `text`; `\n` ends a line.
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)))
            .collect();
        Self { starts }
    }

    /// The line, counted from 1, that holds the byte at `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        let line = self.starts.partition_point(|&start| start <= offset);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The offset at which a line, counted from 1, starts.
    pub fn start(&self, line: u32) -> usize {
        let index = usize::try_from(line).unwrap_or_default().saturating_sub(1);
        self.starts[index.min(self.starts.len() - 1)] as usize
    }

    /// The column, counted from 1 in characters, of the byte at `offset` of `text`. What stands
    /// further than a mebibyte to the left of it is counted in bytes.
    pub fn column(&self, text: &str, offset: u32) -> u32 {
        let start = self.start(self.line(offset));
        let end = (offset as usize).clamp(start, text.len());
        let counted = start.max(end.saturating_sub(1 << 20));
        let is_first = |byte: &&u8| (**byte & 0xC0) != 0x80;
        let characters = text.as_bytes()[counted..end].iter().filter(is_first).count();
        u32::try_from(counted - start + characters + 1).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one() {
        let text = "a\nbé c\n";
        let index = LineIndex::new(text);
        let place = |what| {
            let at = u32::try_from(text.find(what).unwrap_or_default()).unwrap_or_default();
            (index.line(at), index.column(text, at))
        };
        assert_eq!(place("a"), (1, 1));
        assert_eq!(place("b"), (2, 1));
        assert_eq!(place("c"), (2, 4));
        assert_eq!(index.line(8), 3);
        assert_eq!(index.column(text, 99), 1);
    }
}
