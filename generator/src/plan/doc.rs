//! What the documentation of an item says, as pieces that emission makes safe.

use std::borrow::Cow;

/// The most bytes that a piece of the docs' prose has.
const LONGEST: usize = 2_000;
/// The most bytes that the first line has.
const LONGEST_SUMMARY: usize = 240;

/// The documentation of an item: paragraphs, the first of them a short sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Doc<'a> {
    pub(crate) blocks: Vec<Block<'a>>,
}

/// A part of the documentation that stands on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Block<'a> {
    Paragraph(Vec<Inline<'a>>),
    Item(Vec<Inline<'a>>),
    /// Our own Rust, which is tested.
    Code(Vec<String>),
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Inline<'a> {
    /// Text of the docs, which must not be read as Markdown.
    Prose(&'a str),
    /// Text of the docs that stands in a code span.
    Code(Cow<'a, str>),
    /// Our own Markdown.
    Ours(Cow<'a, str>),
}

impl<'a> Doc<'a> {
    /// Starts with the docs' own text; its first sentence is the first line. Where the docs say
    /// nothing, with `instead`.
    pub(crate) fn prose(text: Option<&'a str>, instead: Vec<Inline<'a>>) -> Self {
        let text = clip(text.unwrap_or_default().trim(), LONGEST);
        let (summary, rest) = split_summary(text);
        let mut doc = Self::default();
        if summary.is_empty() {
            doc.paragraph(instead);
        } else {
            doc.paragraph(vec![Inline::Prose(summary)]);
        }
        if !rest.is_empty() {
            doc.paragraph(vec![Inline::Prose(rest)]);
        }
        doc
    }

    /// Starts with our own line.
    pub(crate) fn ours(line: Vec<Inline<'a>>) -> Self {
        Self { blocks: vec![Block::Paragraph(line)] }
    }

    /// Adds a paragraph.
    pub(crate) fn paragraph(&mut self, inlines: Vec<Inline<'a>>) {
        self.blocks.push(Block::Paragraph(inlines));
    }

    /// Adds an example.
    pub(crate) fn example(&mut self, lines: Vec<String>) {
        self.blocks.push(Block::Code(lines));
    }

    /// Adds an item of a list.
    pub(crate) fn item(&mut self, inlines: Vec<Inline<'a>>) {
        self.blocks.push(Block::Item(inlines));
    }
}

/// Our own Markdown.
pub(crate) fn ours(text: &'static str) -> Inline<'static> {
    Inline::Ours(Cow::Borrowed(text))
}

/// A code span.
pub(crate) fn code<'a>(text: impl Into<Cow<'a, str>>) -> Inline<'a> {
    Inline::Code(text.into())
}

/// The start of a text, cut between two characters.
pub(crate) fn clip(text: &str, longest: usize) -> &str {
    let cut = (0..=longest.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..cut.unwrap_or(0)]
}

/// The first sentence, and what follows it.
fn split_summary(text: &str) -> (&str, &str) {
    let end = text
        .match_indices(['.', '\n'])
        .map(|(at, found)| (at, at + found.len()))
        .find(|&(at, end)| {
            let rest = &text[end..];
            let next = rest.trim_start().chars().next();
            text.as_bytes()[at] == b'\n'
                || (rest.starts_with(char::is_whitespace)
                    && next.is_none_or(|next| !next.is_lowercase()))
        })
        .map_or(text.len(), |(_, end)| end);
    let end = if end > LONGEST_SUMMARY {
        let cut = clip(text, LONGEST_SUMMARY);
        cut.rfind(char::is_whitespace).unwrap_or(cut.len())
    } else {
        end
    };
    (text[..end].trim(), text[end..].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, summary: &str, rest: &str) {
        assert_eq!(split_summary(text), (summary, rest));
    }

    #[test]
    fn the_first_sentence_is_the_summary() {
        check("One. Two.", "One.", "Two.");
        check("Only one", "Only one", "");
        check("Use e.g. this. Then that.", "Use e.g. this.", "Then that.");
        check("", "", "");
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = "word ".repeat(100);
        let (summary, rest) = split_summary(&text);
        assert!(summary.len() <= LONGEST_SUMMARY && summary.ends_with("word"));
        assert!(rest.starts_with("word"));
    }
}
