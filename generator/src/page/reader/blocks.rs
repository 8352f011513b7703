//! Blocks: headings, fenced code, raw HTML, tables.

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, HeadingLevel, TagEnd};

use super::{FileReader, OpenCode, OpenHeading, Tab};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::annotation::Flaw;
use crate::page::code::End;
use crate::page::mend::Note;
use crate::page::table::TableBuilder;
use crate::page::text::TextBuilder;
use crate::page::{
    Annotation, Block, CodeBlock, Container, Section, annotation, code, heading, html, html_table,
    translated,
};

impl FileReader<'_, '_> {
    pub(super) fn start_heading(&mut self, range: Range<usize>) {
        self.end_text();
        let raw = &self.source[range.clone()];
        if let Some(name) = heading::tab(raw) {
            self.start_tab(name);
            self.skipped = None;
            self.skip_to = range.end;
            self.heading = None;
            return;
        }
        // The rule that ends a group of tabs is no underline.
        let is_underlined_include =
            !raw.starts_with('#') && raw.trim_ascii_start().starts_with("[!");
        if !raw.starts_with('#') && (self.tab != Tab::Kept || is_underlined_include) {
            self.text = Some(TextBuilder::new(range.start, range.len()));
            self.heading = None;
            return;
        }
        self.tab = Tab::Kept;
        self.heading = Some(OpenHeading::default());
        self.text = Some(TextBuilder::new(range.start, range.len()));
    }

    pub(super) fn end_heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        let Some(open) = self.heading.take() else {
            if heading::tab(&self.source[range]).is_none() {
                self.end_text();
                self.tab = Tab::Kept;
            }
            return;
        };
        let Some(text) = self.text.take() else { return };
        let span = self.span(trim_end(self.source, range));
        let title = text.finish(self.file.id, Container::Section).plain;
        let key = open.anchor.unwrap_or_else(|| heading::text_key(&title));
        let english = match level {
            HeadingLevel::H1 => translated::title_key(&key),
            _ => translated::section_key(&key),
        };
        let key = english.unwrap_or(key);
        let section = Section { level: level as u8, title, key, span, blocks: Vec::new() };
        self.page.push_section(section);
    }

    pub(super) fn start_code(
        &mut self,
        kind: &CodeBlockKind<'_>,
        range: Range<usize>,
    ) -> Option<usize> {
        self.end_text();
        let (language, is_fenced) = match kind {
            CodeBlockKind::Fenced(info) => (code::language(info), true),
            CodeBlockKind::Indented => (String::new(), false),
        };
        let end = if is_fenced {
            code::find_end(self.source, range.clone(), &language)
        } else {
            End::Closed
        };
        if end != End::Closed {
            self.warn_unclosed(range.clone());
        }
        if let End::Cut(cut) = end {
            let opening = self.source[range.clone()].find('\n').map_or(range.len(), |at| at + 1);
            let text = range.start + opening..cut.end;
            self.push_code(language, self.source[text.clone()].to_string(), text);
            self.skipped = Some(TagEnd::CodeBlock);
            return self.restart(cut.next);
        }
        let text = String::with_capacity(range.len());
        self.code = Some(OpenCode { language, text, tail: 0..0, start: range.end, is_fenced });
        None
    }

    pub(super) fn code_line(&mut self, range: Range<usize>) {
        let Some(code) = &mut self.code else { return };
        code.start = code.start.min(range.start);
        if code.tail.end == range.start {
            code.tail.end = range.end;
        } else {
            code.text.push_str(&self.source[code.tail.clone()]);
            code.tail = range;
        }
    }

    pub(super) fn end_code(&mut self, range: Range<usize>) {
        let Some(mut code) = self.code.take() else { return };
        code.text.push_str(&self.source[code.tail.clone()]);
        let end = if code.tail.is_empty() { range.end } else { code.tail.end };
        let range = code.start..end;
        if code.is_fenced {
            self.push_code(code.language, code.text, range);
        } else if let Some((language, text)) = code::indented_fence(&code.text) {
            self.push_code(language, text.to_string(), range);
        } else if !code.text.trim_ascii().is_empty() {
            self.push_code(String::new(), code.text, range);
        }
    }

    fn push_code(&mut self, language: String, text: String, range: Range<usize>) {
        let span = self.span(range);
        self.page.push_code(CodeBlock { language, text, span, annotation: None });
    }

    /// Files a paragraph that is code, though no fence says so.
    pub(super) fn push_unfenced(&mut self, language: &str, range: Range<usize>) {
        let range = trim_end(self.source, range);
        let length = self.source[range.clone()].find('\n').unwrap_or(range.len());
        self.page.diagnostics.push(
            Diagnostic::warning(
                Code::UnfencedCode,
                self.span(range.start..range.start + length),
                "this is code, but stands in no fence",
            )
            .help("put three backticks on a line in front of it, and behind it"),
        );
        self.skip_to = range.end;
        self.push_code(language.to_owned(), self.source[range.clone()].to_owned(), range);
    }

    fn warn_unclosed(&mut self, range: Range<usize>) {
        let length = self.source[range.clone()].find('\n').unwrap_or(range.len());
        let span = self.span(range.start..range.start + length);
        self.page.diagnostics.push(
            Diagnostic::warning(Code::UnclosedFence, span, "no fence closes this block")
                .help("end the block with three backticks on a line of their own"),
        );
    }

    /// Reads a block of raw HTML from its source: comments, and text between tags.
    pub(super) fn html_block(&mut self, range: Range<usize>) -> Option<usize> {
        let raw = &self.source[range.clone()];
        let mut at = 0;
        if !raw.trim_ascii_start().starts_with("<!--")
            && let Some(next) = html::markdown_line(raw)
        {
            self.html_text(range.start..range.start + next);
            return self.restart(range.start + next);
        }
        while let Some(found) = memmem::find(&raw.as_bytes()[at..], b"<!--") {
            let open = at + found;
            self.html_text(range.start + at..range.start + open);
            let Some(length) = memmem::find(&raw.as_bytes()[open + 4..], b"-->") else {
                return self.unclosed_comment(range.start + open..range.end);
            };
            self.comment(range.start + open..range.start + open + 4 + length + 3);
            at = open + 4 + length + 3;
        }
        self.html_text(range.start + at..range.end);
        None
    }

    /// Reads a comment, `<!--` and `-->` included.
    pub(super) fn comment(&mut self, range: Range<usize>) {
        // `<!-->` is a comment, too.
        let Some(content) = self.source.get(range.start + 4..range.end - 3) else { return };
        if let Some(comment) = annotation::read(content) {
            self.push_annotation(comment, range);
        }
    }

    /// A comment that is not closed ends with its JSON, or with its paragraph.
    fn unclosed_comment(&mut self, range: Range<usize>) -> Option<usize> {
        let content = &self.source[range.start + 4..range.end];
        let comment = annotation::read(content);
        let strict = comment.as_ref().filter(|comment| comment.flaw.is_none());
        let length = match strict {
            // The rest of its line is no text.
            Some(comment) => {
                let rest = &content[comment.length..];
                comment.length + rest.find('\n').map_or(rest.len(), |at| at + 1)
            }
            None => html::unclosed_length(content),
        };
        let next = range.start + 4 + length;
        self.page.diagnostics.push(
            Diagnostic::warning(
                Code::UnclosedComment,
                self.span(range.start..range.start + 4),
                "no `-->` closes this comment",
            )
            .help("it is taken to end with its JSON, or with its paragraph"),
        );
        if let Some(comment) = annotation::read(&content[..length]) {
            self.push_annotation(comment, range.start..next);
        }
        if self.source[next..range.end].trim_ascii().is_empty() { None } else { self.restart(next) }
    }

    fn push_annotation(&mut self, comment: annotation::Comment, range: Range<usize>) {
        let span = self.span(range.clone());
        if let Some(Flaw { reason, at }) = comment.flaw {
            let at = range.start + "<!--".len() + at;
            let length = self.source[at..].chars().next().map_or(0, char::len_utf8);
            let message = format!("the annotation is not strict JSON: {reason}");
            let place = self.span(at..at + length);
            let warning = Diagnostic::warning(Code::InvalidAnnotation, place, message);
            self.page.diagnostics.push(warning);
        }
        self.page.push_annotation(Annotation { members: comment.members, span });
    }

    /// Files the tables and the text between the tags of raw HTML.
    fn html_text(&mut self, mut range: Range<usize>) {
        while let Some(open) = html::table_start(&self.source[range.clone()]) {
            let start = range.start + open;
            let Some(length) = html::table_length(&self.source[start..range.end]) else {
                let message = "a blank line cuts this table, so it is read as text";
                let warning = Diagnostic::warning(
                    Code::InvalidTable,
                    self.span(start..start + "<table".len()),
                    message,
                );
                self.page.diagnostics.push(warning.help("write the table in Markdown"));
                break;
            };
            self.html_words(range.start..start);
            let source = &self.source[start..start + length];
            if let Some(table) = html_table::read(source, self.file.id, start) {
                self.page.push(Block::Table(table));
            } else {
                self.html_words(start..start + length);
            }
            range.start = start + length;
        }
        self.html_words(range);
    }

    fn html_words(&mut self, range: Range<usize>) {
        let raw = &self.source[range.clone()];
        if raw.trim_ascii().is_empty() {
            return;
        }
        let mut text = TextBuilder::new(range.start, raw.len());
        text.reach(trim_end(self.source, range).end);
        for piece in html::pieces(raw) {
            match piece.starts_with('<').then(|| html::classify(piece)) {
                Some(html::Tag::Line) => text.line_break(),
                Some(html::Tag::Markup) => {}
                Some(html::Tag::Placeholder) | None => text.push(piece),
            }
        }
        self.text = Some(text);
        self.end_text();
    }

    pub(super) fn start_table(&mut self, range: Range<usize>) {
        self.end_text();
        self.warn_mended(&range);
        let has_pipes = self.source[range].trim_ascii_start().starts_with('|');
        self.table = Some(TableBuilder::new(has_pipes));
    }

    /// Reports what was mended so that the parser could see the table at `range`.
    fn warn_mended(&mut self, range: &Range<usize>) {
        while let Some(&Note { at, code }) = self.notes.get(self.next_note) {
            if at >= range.end {
                return;
            }
            self.next_note += 1;
            if at < range.start {
                continue;
            }
            let length = self.source[at..].find('\n').unwrap_or(self.source.len() - at);
            let span = self.span(at..at + length);
            let warning = match code {
                Code::InvalidTable => {
                    let message = "the row of dashes has not as many columns as the header";
                    Diagnostic::warning(code, span, message)
                }
                _ => Diagnostic::warning(code, span, "a blank line cuts a table")
                    .help("keep a table together, and each row on one line"),
            };
            self.page.diagnostics.push(warning);
        }
    }

    pub(super) fn start_cell(&mut self, range: Range<usize>) {
        let mut text = TextBuilder::new(range.start, range.len());
        text.reach(range.end);
        self.text = Some(text);
    }

    pub(super) fn end_cell(&mut self) {
        let text = self.text.take().map(|text| text.finish(self.file.id, Container::Section));
        if let (Some(table), Some(text)) = (&mut self.table, text) {
            table.cell(text);
        }
    }

    pub(super) fn end_table_head(&mut self) {
        if let Some(table) = &mut self.table {
            table.end_header();
        }
    }

    pub(super) fn end_row(&mut self, range: Range<usize>) {
        let range = trim_end(self.source, range);
        let span = self.span(range.clone());
        if let Some(table) = &mut self.table {
            table.end_row(span, &self.source[range], &mut self.page.diagnostics);
        }
    }

    pub(super) fn end_table(&mut self, range: Range<usize>) {
        let span = self.span(trim_end(self.source, range));
        if let Some(table) = self.table.take() {
            let table = table.finish(span, &mut self.page.diagnostics);
            self.page.push(Block::Table(table));
        }
    }
}

/// The range without the white space at its end.
pub(super) fn trim_end(source: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + source[range.clone()].trim_ascii_end().len()
}
