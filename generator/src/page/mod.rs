//! One page as a typed tree: headings, texts, tables, fences and annotations.
//!
//! In goes the text of one file (and of the includes it names); out comes a [`Page`] that has
//! resolved every trap of the format's Markdown: tabs, rows cut by line breaks, tables the
//! parser does not see, includes that carry facts. Nothing here knows what an API is.

mod annotation;
mod code;
mod front_matter;
mod heading;
mod html;
mod html_table;
mod mend;
mod reader;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod translated;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Parsed;
use crate::docs::{Docs, SourceFile};
use crate::span::{FileId, Span, Spanned};

pub use reader::parse;

/// Parses every page of `docs`, in the order of their paths.
pub fn parse_all(docs: &Docs) -> Vec<Parsed<Page>> {
    let pages: Vec<&SourceFile> = docs.pages().collect();
    pages.into_par_iter().map(|file| parse(docs, file)).collect()
}

/// Which folder a page lies in, which says more about its kind than its front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// `api/`: operations.
    Api,
    /// `resources/`: types and enumerations.
    Resources,
}

/// A page, its sections in the order of the file.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file.
    pub file: FileId,
    /// The version that the page belongs to, if it is known.
    pub version: Option<Arc<str>>,
    /// Its path below the version's root, with forward slashes: `api/user-list.md`.
    pub path: String,
    /// The folder.
    pub folder: Folder,
    /// The YAML block at the top.
    pub front_matter: FrontMatter,
    /// The text of the H1, else the front matter's title.
    pub title: Option<Spanned<String>>,
    /// The slug of the H1 (see [`Section::key`]).
    pub title_key: String,
    /// The text before the first heading behind the H1 comes first, as a section of level 1.
    pub sections: Vec<Section>,
}

/// What is used of the YAML block.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// `title`.
    pub title: Option<Spanned<String>>,
    /// `description`.
    pub description: Option<Spanned<String>>,
}

/// A heading and what follows it, up to the next heading of any level.
#[derive(Clone, Debug)]
pub struct Section {
    /// 1 for the top of the page, 2 to 6 for headings.
    pub level: u8,
    /// The text of the heading, markup removed.
    pub title: String,
    /// The heading in English: the slug of an `<a name>` without its number, else made from the
    /// text; lower case, words joined by `-`. `Solicitação HTTP` with its anchor is `http-request`.
    pub key: String,
    /// Where the heading stands.
    pub span: Span,
    /// What stands below it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph, a list item or a paragraph of a quote.
    Text(Text),
    /// A table.
    Table(Table),
    /// A fenced block, with the annotation that stands before it.
    Code(CodeBlock),
    /// An annotation that belongs to no fenced block.
    Annotation(Annotation),
}

/// What holds a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// The section itself, or a table cell.
    Section,
    /// An item of a list.
    List,
    /// A block quote: a note or a warning.
    Quote,
}

/// Running text without its markup, and what the markup said.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text: links by their text, code spans by their content, `<br>` as a line feed, other
    /// HTML tags removed, entities resolved, white space folded.
    pub plain: String,
    /// The marked parts of `plain`, in order; they may nest.
    pub marks: Vec<Mark>,
    /// Where it stands, markup included.
    pub span: Span,
    /// What holds it.
    pub container: Container,
}

/// A marked part of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The bytes of [`Text::plain`].
    pub range: Range<usize>,
    /// How they are marked.
    pub kind: MarkKind,
}

/// How a part of a text is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A link, with its target as written.
    Link(String),
    /// A code span.
    Code,
    /// Bold.
    Strong,
    /// Italics.
    Emphasis,
}

impl Text {
    /// The links, as text and target.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Link(target) => Some((&self.plain[mark.range.clone()], target.as_str())),
            _ => None,
        })
    }

    /// The contents of the code spans.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.marks
            .iter()
            .filter(|mark| mark.kind == MarkKind::Code)
            .map(|mark| &self.plain[mark.range.clone()])
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Whether the whole text is bold.
    pub fn is_strong(&self) -> bool {
        !self.plain.is_empty()
            && self
                .marks
                .iter()
                .any(|mark| mark.kind == MarkKind::Strong && mark.range.len() == self.plain.len())
    }
}

/// A table. Every row has as many cells as the header.
#[derive(Clone, Debug)]
pub struct Table {
    /// The cells of the header.
    pub header: Vec<Text>,
    /// The rows below it, without those that only label a group.
    pub rows: Vec<Row>,
    /// Where it stands.
    pub span: Span,
}

impl Table {
    /// The column whose header is one of `names` (lower case, `:` and markup removed).
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        self.header.iter().position(|cell| {
            let text = cell.plain.trim().trim_end_matches(':').to_lowercase();
            names.contains(&text.as_str())
        })
    }
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Text>,
    /// Where it stands.
    pub span: Span,
}

/// A fenced code block.
#[derive(Clone, Debug)]
pub struct CodeBlock {
    /// The first word of the info string, trimmed, in lower case: `http`, `json`, or nothing.
    pub language: String,
    /// The lines between the fences.
    pub text: String,
    /// Where the text stands; inside a container its lines have more bytes than `text`.
    pub span: Span,
    /// The annotation in front.
    pub annotation: Option<Annotation>,
}

/// The JSON of an HTML comment: `<!-- { "blockType": "request", "name": "list_users" } -->`.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// All members, as written.
    pub members: serde_json::Map<String, serde_json::Value>,
    /// Where the comment stands.
    pub span: Span,
}

impl Annotation {
    /// `blockType` in lower case, or nothing.
    pub fn block_type(&self) -> String {
        self.text("blockType").unwrap_or_default().to_lowercase()
    }

    /// A member that is a string.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.members.get(name).and_then(serde_json::Value::as_str)
    }

    /// A member that is a flag; the docs also write `"true"`.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.members.get(name)? {
            serde_json::Value::Bool(flag) => Some(*flag),
            serde_json::Value::String(text) => text.to_lowercase().parse().ok(),
            _ => None,
        }
    }
}

impl CodeBlock {
    /// Whether the language is that of requests and answers.
    pub fn is_http(&self) -> bool {
        code::is_http(&self.language)
    }
}

impl Page {
    /// The sections that `matches` accepts, each with those below it: up to the next heading of the
    /// same or a higher level. One that lies in another that was accepted does not come again.
    pub fn sections_under<'a>(
        &'a self,
        matches: impl Fn(&Section) -> bool + 'a,
    ) -> impl Iterator<Item = &'a [Section]> + 'a {
        let mut next = 0;
        std::iter::from_fn(move || {
            let start = (next..self.sections.len()).find(|&at| matches(&self.sections[at]))?;
            let level = self.sections[start].level;
            let length =
                self.sections[start + 1..].iter().take_while(|below| below.level > level).count();
            next = start + 1 + length;
            Some(&self.sections[start..next])
        })
    }
}
