//! Running text: paragraphs, and the marks, code spans, tags and includes in them.

use std::ops::Range;

use pulldown_cmark::Tag;

use super::FileReader;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::text::TextBuilder;
use crate::page::{Block, Container, MarkKind, Text, code, heading, html};

impl FileReader<'_, '_> {
    pub(super) fn start_paragraph(&mut self, range: Range<usize>) {
        self.end_text();
        let raw = &self.source[range.clone()];
        if self.containers.is_empty()
            && let Some(language) = code::unfenced(raw)
        {
            self.push_unfenced(language, range);
            return;
        }
        if raw.starts_with('|') && raw.contains("\n|") {
            let message = "these lines look like a table, but are none";
            let length = raw.find('\n').unwrap_or(raw.len());
            let span = self.span(range.start..range.start + length);
            self.page.diagnostics.push(
                Diagnostic::warning(Code::InvalidTable, span, message)
                    .help("put a row of dashes with as many columns below the header"),
            );
        }
        self.text = Some(TextBuilder::new(range.start, range.len()));
    }

    /// Files the text that is open, if it says anything.
    pub(super) fn end_text(&mut self) {
        let Some(text) = self.text.take() else { return };
        if text.is_empty() {
            return;
        }
        let mut text = text.finish(self.file.id, self.container());
        if text.container == Container::Quote {
            remove_kind(&mut text);
        }
        if !text.is_empty() || !text.marks.is_empty() {
            self.page.push(Block::Text(text));
        }
    }

    pub(super) fn inline_text(&mut self, text: &str, range: Range<usize>) {
        if self.is_skipped(&range) {
            return;
        }
        self.open_text(&range).push(text);
    }

    pub(super) fn inline_code(&mut self, code: &str, range: Range<usize>) {
        if !self.is_skipped(&range) {
            self.open_text(&range).code(code);
        }
    }

    pub(super) fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        if self.is_skipped(&range) {
            return;
        }
        if let Some(open) = &mut self.heading {
            let is_first = self.text.as_ref().is_none_or(TextBuilder::is_empty);
            if is_first && open.anchor.is_none() {
                open.anchor = heading::anchor_key(tag);
            }
        }
        if tag.starts_with("<!--") {
            // An annotation stands in running text only by mistake, and then behind it.
            if self.heading.is_none() && self.table.is_none() && tag.ends_with("-->") {
                self.end_text();
                self.comment(range);
            }
            return;
        }
        let text = self.open_text(&range);
        match html::classify(tag) {
            html::Tag::Line => text.line_break(),
            html::Tag::Markup => {}
            html::Tag::Placeholder => text.push(tag),
        }
    }

    pub(super) fn line_end(&mut self, range: Range<usize>, add: fn(&mut TextBuilder)) {
        if !self.is_skipped(&range)
            && let Some(text) = &mut self.text
        {
            add(text);
        }
    }

    pub(super) fn open_mark(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.is_skipped(&range) {
            return;
        }
        let kind = match tag {
            Tag::Emphasis => MarkKind::Emphasis,
            Tag::Strong => MarkKind::Strong,
            Tag::Link { dest_url, .. } => MarkKind::Link(dest_url.into_string()),
            // Images stand for their description, struck text is text.
            _ => return,
        };
        self.open_text(&range).open(kind);
    }

    pub(super) fn close_mark(&mut self, range: Range<usize>) {
        if !self.is_skipped(&range)
            && let Some(text) = &mut self.text
        {
            text.close();
            text.reach(range.end);
        }
    }

    /// The text that an inline event at `range` belongs to. Items of tight lists have no
    /// paragraphs, so a text may have to be opened.
    fn open_text(&mut self, range: &Range<usize>) -> &mut TextBuilder {
        let text = self.text.get_or_insert_with(|| TextBuilder::new(range.start, 0));
        text.reach(range.end);
        text
    }

    /// Whether an inline event is part of an include, which is read when it is reached.
    fn is_skipped(&mut self, range: &Range<usize>) -> bool {
        if range.end <= self.skip_to {
            return true;
        }
        while let Some(include) = self.includes.get(self.next_include) {
            if range.start < include.range.start {
                return false;
            }
            self.next_include += 1;
            if range.start < include.range.end {
                let include = include.clone();
                self.skip_to = include.range.end;
                self.read_include(include.target, include.range);
                return range.end <= self.skip_to;
            }
        }
        false
    }

    fn read_include(&mut self, target: Range<usize>, range: Range<usize>) {
        // What a heading includes is prose.
        if self.heading.is_some() {
            return;
        }
        let span = self.span(range.clone());
        if self.table.is_some() {
            let texts = self.page.include_texts(self.file, &self.source[target], span);
            let cell = self.open_text(&range);
            for text in texts {
                cell.include(text);
            }
            return;
        }
        self.end_text();
        self.page.include(self.file, &self.source[target], span);
    }
}

/// Takes away the `[!NOTE]` that a quote starts with.
fn remove_kind(text: &mut Text) {
    let Some(kind) = text.plain.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else {
        return;
    };
    let is_word = kind.0.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_word || text.marks.first().is_some_and(|mark| mark.range.start == 0) {
        return;
    }
    let length = text.plain.len() - kind.1.trim_start().len();
    text.plain.drain(..length);
    for mark in &mut text.marks {
        mark.range = mark.range.start.saturating_sub(length)..mark.range.end.saturating_sub(length);
    }
}
