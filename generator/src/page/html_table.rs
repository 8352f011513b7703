//! Simple tables in raw HTML: rows of cells whose text may have links, code and emphasis.
//!
//! In goes the source from `<table` to `</table>`, out comes a [`Table`] whose first row is the
//! header. Spans of cells, nesting and style are not known here.

use super::text::TextBuilder;
use super::{Container, MarkKind, Row, Table, Text, html};
use crate::span::{FileId, Span};

/// The most columns that a table is read with.
const MOST_COLUMNS: usize = 50;

/// Reads the table that stands at `start` of the file; none when it has no row under its header.
pub(super) fn read(source: &str, file: FileId, start: usize) -> Option<Table> {
    let mut reader =
        Reader { file, rows: Vec::new(), cells: Vec::new(), cell: None, row_start: start };
    let mut at = start;
    for piece in html::pieces(source) {
        reader.piece(piece, at);
        at += piece.len();
    }
    reader.end_row(at);
    let mut rows = reader.rows.into_iter();
    let header = rows.next()?.cells;
    let rows: Vec<Row> = rows
        .map(|mut row| {
            row.cells.resize_with(header.len(), || Text::empty(row.span));
            row
        })
        .collect();
    (!rows.is_empty()).then(|| Table { header, rows, span: Span::new(file, start, at) })
}

struct Reader {
    file: FileId,
    rows: Vec<Row>,
    cells: Vec<Text>,
    /// The cell that is open.
    cell: Option<TextBuilder>,
    row_start: usize,
}

impl Reader {
    fn piece(&mut self, piece: &str, at: usize) {
        let end = at + piece.len();
        let tag = piece.strip_prefix('<').map(|rest| {
            let is_end = rest.starts_with('/');
            let name = rest.trim_start_matches('/');
            let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
            (name[..length].to_ascii_lowercase(), is_end)
        });
        match tag.as_ref().map(|(name, is_end)| (name.as_str(), *is_end)) {
            Some(("tr", _)) => {
                self.end_row(at);
                self.row_start = at;
            }
            Some(("td" | "th", false)) => {
                self.end_cell();
                self.cell = Some(TextBuilder::new(end, 0));
            }
            Some(("td" | "th", true)) => self.end_cell(),
            other => {
                let Some(cell) = &mut self.cell else { return };
                match other {
                    Some(("a", false)) => cell.open(MarkKind::Link(href(piece).to_owned())),
                    Some(("code", false)) => cell.open(MarkKind::Code),
                    Some(("b" | "strong", false)) => cell.open(MarkKind::Strong),
                    Some(("i" | "em", false)) => cell.open(MarkKind::Emphasis),
                    Some(("a" | "code" | "b" | "strong" | "i" | "em", true)) => cell.close(),
                    Some(_) if html::classify(piece) == html::Tag::Line => cell.line_break(),
                    Some(_) if html::classify(piece) == html::Tag::Markup => {}
                    _ => cell.push(piece),
                }
                cell.reach(end);
            }
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        if self.cells.len() < MOST_COLUMNS {
            self.cells.push(cell.finish(self.file, Container::Section));
        }
    }

    fn end_row(&mut self, end: usize) {
        self.end_cell();
        let cells = std::mem::take(&mut self.cells);
        if !cells.iter().all(Text::is_empty) {
            self.rows.push(Row { cells, span: Span::new(self.file, self.row_start, end) });
        }
    }
}

/// The target of `<a href="target">`.
fn href(tag: &str) -> &str {
    let Some(at) = tag.find("href") else { return "" };
    let value = tag[at + 4..].trim_start().trim_start_matches('=').trim_start();
    let value = value.strip_suffix('>').unwrap_or(value);
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
        _ => value.split_whitespace().next().unwrap_or_default(),
    }
}
