//! Tables: rows that line breaks have cut, rows that only label a group, wrong cell counts.

use super::{Row, Table, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::span::Span;

/// A table that is being read.
#[derive(Debug)]
pub(super) struct TableBuilder {
    header: Vec<Text>,
    rows: Vec<Row>,
    cells: Vec<Text>,
    /// Whether rows start with `|`, so that one that does not is the rest of the row before.
    has_pipes: bool,
    /// How many cells the last row has in the source.
    written: usize,
    /// Whether a pipe ends the last row, so that nothing of it can follow.
    is_closed: bool,
    /// The last row, when it has too few cells, and nothing has shown yet that it goes on.
    short: Option<Span>,
}

impl TableBuilder {
    /// A table whose source starts with `|`, or not.
    pub(super) fn new(has_pipes: bool) -> Self {
        Self {
            header: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            has_pipes,
            written: 0,
            is_closed: false,
            short: None,
        }
    }

    /// Adds a cell to the current row.
    pub(super) fn cell(&mut self, cell: Text) {
        self.cells.push(cell);
    }

    /// Ends the header.
    pub(super) fn end_header(&mut self) {
        self.header = std::mem::take(&mut self.cells);
    }

    /// Ends a row that stands at `span`, where the file says `source`.
    pub(super) fn end_row(&mut self, span: Span, source: &str, diagnostics: &mut Diagnostics) {
        let columns = self.header.len();
        let mut cells = std::mem::replace(&mut self.cells, Vec::with_capacity(columns));
        let written = written_cells(&cells, span);
        let short = self.short.take();
        if self.has_pipes
            && !source.trim_start().starts_with('|')
            && !self.is_whole(&cells, written)
        {
            self.is_closed = source.trim_end().ends_with('|');
            self.continue_row(cells, written, span, diagnostics);
            return;
        }
        self.warn_short(short, diagnostics);
        if cells.iter().all(Text::is_empty) || is_label(&cells) {
            return;
        }
        let surplus = cells.last().map(|cell| surplus(source, cell, span)).unwrap_or_default();
        if !surplus.is_empty() {
            let message = format!("the row has more cells than the {} of the header", cells.len());
            diagnostics.push(
                Diagnostic::warning(Code::SurplusCells, span, message)
                    .help(r"write a pipe that belongs to the text as `\|`"),
            );
            let rest = surplus.replace(r"\|", "|");
            if let Some(last) = cells.last_mut() {
                last.append(Text { plain: rest, ..Text::empty(span) }, " | ");
            }
        }
        let missing = self.header.get(written..).unwrap_or_default();
        if !missing.iter().all(Text::is_empty) {
            self.short = Some(span);
        }
        // The parser stops adding cells when a hostile table makes it add too many.
        cells.resize_with(self.header.len(), || Text::empty(span));
        self.written = written;
        self.is_closed = source.trim_end().ends_with('|');
        self.rows.push(Row { cells, span });
    }

    /// Whether a row that does not start with a pipe is one of its own all the same: the row before
    /// has ended, and no cell is missing.
    fn is_whole(&self, cells: &[Text], written: usize) -> bool {
        let is_name = |cell: &Text| !cell.is_empty() && !cell.plain.contains(char::is_whitespace);
        self.is_closed
            && written > 1
            && written == self.header.len()
            && cells.first().is_some_and(is_name)
    }

    /// The table.
    pub(super) fn finish(mut self, span: Span, diagnostics: &mut Diagnostics) -> Table {
        let short = self.short.take();
        self.warn_short(short, diagnostics);
        Table { header: self.header, rows: self.rows, span }
    }

    /// Reports that the last row is short, now that it is known to be whole.
    fn warn_short(&self, short: Option<Span>, diagnostics: &mut Diagnostics) {
        if let Some(span) = short {
            let (written, columns) = (self.written, self.header.len());
            let message = format!("the row has {written} cells, the header has {columns}");
            diagnostics.push(Diagnostic::warning(Code::MissingCells, span, message));
        }
    }

    /// Appends a row that a line break has cut off to the row before.
    fn continue_row(
        &mut self,
        cells: Vec<Text>,
        written: usize,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(row) = self.rows.last_mut() else {
            let message = "text between the header of a table and its rows is left out";
            diagnostics.push(Diagnostic::warning(Code::SplitRow, span, message));
            return;
        };
        let first = self.written.min(row.cells.len()).saturating_sub(1);
        for (cell, more) in row.cells[first..].iter_mut().zip(cells) {
            cell.append(more, " ");
        }
        row.span.end = row.span.end.max(span.end);
        self.written = (first + written.max(1)).min(row.cells.len());
        diagnostics.push(
            Diagnostic::warning(Code::SplitRow, span, "a line break cuts a row of a table")
                .help("keep each row on one line"),
        );
    }
}

/// How many cells stand in the source; the parser adds empty ones at the end of a short row.
fn written_cells(cells: &[Text], span: Span) -> usize {
    let is_added = |cell: &&Text| cell.is_empty() && cell.span.start >= span.end;
    cells.len() - cells.iter().rev().take_while(is_added).count()
}

/// Whether a row only says what the rows below it have in common.
fn is_label(cells: &[Text]) -> bool {
    let Some((first, others)) = cells.split_first() else { return true };
    !others.is_empty() && first.is_strong() && others.iter().all(Text::is_empty)
}

/// The source of what stands behind the last cell that has a column.
fn surplus<'text>(source: &'text str, last: &Text, row: Span) -> &'text str {
    let from = last.span.end.saturating_sub(row.start) as usize;
    let rest = source.get(from..).unwrap_or_default().trim();
    // The pipe that closes the last cell is not part of what follows.
    let rest = rest.strip_prefix('|').unwrap_or(rest);
    rest.trim_matches(|letter: char| letter == '|' || letter.is_whitespace())
}
