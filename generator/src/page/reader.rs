//! Walks the events of a page, and of what it includes, and files what they say into sections.

mod blocks;
mod inline;
mod pages;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::mend::{Note, mend};
use super::table::TableBuilder;
use super::text::TextBuilder;
use super::{Container, code, heading};
use crate::diagnostic::{Code, Diagnostic};
use crate::docs::{IncludeLine, SourceFile, find_includes};
use crate::span::{Span, floor_boundary};

use pages::PageReader;
pub use pages::parse;

/// How often the parser starts anew in one file, behind a fence or a comment that is not closed.
const MOST_RESTARTS: usize = 16;

/// The least number of containers that can be open where one was flattened.
const FLATTENED_DEPTH: usize = 5;

/// Where the language tabs stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    /// Outside of tabs, or in one that the reader keeps.
    Kept,
    /// In the `http` tab.
    Http,
    /// In the tab of another language, which holds sample code.
    Language,
}

/// Reads the events of one file.
struct FileReader<'docs, 'reader> {
    page: &'reader mut PageReader<'docs>,
    file: &'docs SourceFile,
    /// The text as it was written; as long as the one that the parser sees.
    source: &'docs str,
    includes: Vec<IncludeLine>,
    /// The first include that no event has reached yet.
    next_include: usize,
    /// Where the first container was flattened that no message has named.
    flattened: Option<usize>,
    /// The flaws of tables that were mended.
    notes: Vec<Note>,
    /// The first of them that no event has reached yet.
    next_note: usize,
    /// Inline events that end before this offset were dealt with.
    skip_to: usize,
    containers: Vec<Container>,
    tab: Tab,
    text: Option<TextBuilder>,
    table: Option<TableBuilder>,
    /// What the open cell includes.
    code: Option<OpenCode>,
    heading: Option<OpenHeading>,
    /// A block whose events say nothing that its source does not say better.
    skipped: Option<TagEnd>,
    restarts: usize,
}

/// A fenced block that is being read.
struct OpenCode {
    language: String,
    text: String,
    /// The last lines, not yet in `text`.
    tail: Range<usize>,
    start: usize,
    is_fenced: bool,
}

/// A heading that is being read.
#[derive(Default)]
struct OpenHeading {
    anchor: Option<String>,
}

impl<'docs> FileReader<'docs, '_> {
    /// Files what stands behind `start` into the sections of `page`.
    fn read(page: &mut PageReader<'docs>, file: &'docs SourceFile, mut start: usize) {
        let mended = mend(&file.text);
        let mut reader = FileReader {
            page,
            file,
            source: &file.text,
            includes: find_includes(&file.text),
            next_include: 0,
            flattened: mended.flattened,
            notes: mended.tables,
            next_note: 0,
            skip_to: start,
            containers: Vec::new(),
            tab: Tab::Kept,
            text: None,
            table: None,
            code: None,
            heading: None,
            skipped: None,
            restarts: 0,
        };
        while let Some(next) = reader.read_from(&mended.text, start) {
            reader.restarts += 1;
            reader.containers.clear();
            reader.skip_to = next;
            start = next;
        }
    }

    /// Reads the events behind `start`, and says where to start anew if they went wrong.
    fn read_from(&mut self, text: &str, start: usize) -> Option<usize> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        for (event, range) in Parser::new_ext(&text[start..], options).into_offset_iter() {
            let next = self.event(event, self.checked(range, start));
            if next.is_some() {
                return next;
            }
        }
        self.end_text();
        None
    }

    /// A range of the parser as one of the source. The parser's own are in order and between
    /// characters, but for a table that it gives up, whose end lies in front of its start.
    fn checked(&self, range: Range<usize>, shift: usize) -> Range<usize> {
        let boundary = |at: usize| {
            let at = at.saturating_add(shift);
            if self.source.is_char_boundary(at) { at } else { floor_boundary(self.source, at) }
        };
        let start = boundary(range.start);
        start..boundary(range.end).max(start)
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Option<usize> {
        if let Some(end) = self.skipped {
            if event == Event::End(end) {
                self.skipped = None;
            }
            return None;
        }
        if self.tab == Tab::Language && self.pass_language_tab(&event, &range) {
            return None;
        }
        match event {
            Event::Start(tag) => return self.start(tag, range),
            Event::End(tag) => return self.end(tag, range),
            Event::Text(_) if self.code.is_some() => self.code_line(range),
            Event::Text(text) => self.inline_text(&text, range),
            Event::Code(code) => self.inline_code(&code, range),
            Event::InlineHtml(tag) => self.inline_html(&tag, range),
            Event::SoftBreak => self.line_end(range, TextBuilder::space),
            Event::HardBreak => self.line_end(range, TextBuilder::line_break),
            Event::Rule => self.rule(),
            // Raw HTML is read from the source, and the other extensions are not enabled.
            _ => {}
        }
        None
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) -> Option<usize> {
        match tag {
            Tag::Paragraph => self.start_paragraph(range),
            Tag::Heading { .. } => self.start_heading(range),
            Tag::BlockQuote(_) => self.enter(Container::Quote),
            Tag::Item => self.enter(Container::List),
            Tag::List(_) => self.end_text(),
            Tag::CodeBlock(kind) => return self.start_code(&kind, range),
            Tag::HtmlBlock => {
                self.end_text();
                self.skipped = Some(TagEnd::HtmlBlock);
                return self.html_block(range);
            }
            Tag::Table(_) => self.start_table(range),
            Tag::TableCell => self.start_cell(range),
            Tag::TableHead | Tag::TableRow => {}
            tag => self.open_mark(tag, range),
        }
        None
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) -> Option<usize> {
        match tag {
            TagEnd::Paragraph => self.end_text(),
            TagEnd::Heading(level) => self.end_heading(level, range),
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.end_text();
                self.containers.pop();
            }
            TagEnd::CodeBlock => self.end_code(range),
            TagEnd::Table => self.end_table(range),
            TagEnd::TableHead => self.end_table_head(),
            TagEnd::TableRow => self.end_row(range),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.close_mark(range),
            _ => {}
        }
        None
    }

    fn enter(&mut self, container: Container) {
        self.end_text();
        self.containers.push(container);
        // Code may have been flattened as well, but then no containers are open.
        if self.containers.len() >= FLATTENED_DEPTH
            && let Some(at) = self.flattened.take()
        {
            let message = "lists and quotes are nested too deep to be told apart";
            let span = self.span(at..at + 1);
            self.page.diagnostics.push(Diagnostic::warning(Code::DeepNesting, span, message));
        }
    }

    fn container(&self) -> Container {
        self.containers.last().copied().unwrap_or(Container::Section)
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file.id, range.start, range.end)
    }

    /// Starts anew at `next`, unless that was done too often.
    fn restart(&mut self, next: usize) -> Option<usize> {
        if self.restarts < MOST_RESTARTS {
            // What was open ends where the parser went wrong.
            self.end_text();
            self.skipped = None;
            return Some(next);
        }
        let message =
            "the rest of this block is left out: too many blocks of the page are not closed";
        let span = self.span(next..next);
        self.page.diagnostics.push(Diagnostic::error(Code::UnclosedFence, span, message));
        None
    }

    /// A heading of a tab decides whether the reader keeps what follows.
    fn start_tab(&mut self, name: &str) {
        self.tab = if name.eq_ignore_ascii_case("http") { Tab::Http } else { Tab::Language };
    }

    /// Whether an event stands in the tab of another language and is passed over. What no sample
    /// can hold ends the tabs.
    fn pass_language_tab(&mut self, event: &Event<'_>, range: &Range<usize>) -> bool {
        let raw = &self.source[range.clone()];
        let ends_tabs = match event {
            Event::Rule | Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::Heading(_)) => {
                return false;
            }
            Event::Start(Tag::Heading { .. }) if heading::tab(raw).is_some() => return false,
            // The line that ends the tabs underlines a text when no blank line is in front.
            Event::Start(Tag::Heading { .. }) => {
                if !raw.starts_with('#') {
                    return false;
                }
                true
            }
            Event::Start(Tag::Table(_)) => true,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                code::is_message(&code::language(info))
            }
            _ => false,
        };
        if ends_tabs {
            let message = "no `---` line ends the language tabs in front of this";
            let span = self.span(range.start..range.start + raw.lines().next().unwrap_or("").len());
            self.page.diagnostics.push(Diagnostic::warning(Code::UnclosedTabs, span, message));
            self.tab = Tab::Kept;
        }
        !ends_tabs
    }

    fn rule(&mut self) {
        self.end_text();
        self.tab = Tab::Kept;
    }
}
