//! What becomes of each trap of the format. The pages are as small as they can be.

mod blocks;
mod front_matter;
mod hostile;
mod includes;
mod tables;
mod texts;

use expect_test::Expect;

use super::{Annotation, Block, Container, MarkKind, Page, Row, Text, parse};
use crate::diagnostic::{Parsed, render};
use crate::docs::Docs;
use crate::span::Span;

/// Checks a page that starts behind its front matter.
#[track_caller]
fn check(text: &str, expected: &Expect) {
    check_docs(&[("api/a.md", text)], expected);
}

/// Checks the first of several files.
#[track_caller]
fn check_docs(files: &[(&str, &str)], expected: &Expect) {
    let docs = Docs::from_texts(files.iter().copied());
    let file = docs.files.iter().find(|file| &*file.path == files[0].0);
    let Parsed { value: page, diagnostics } = parse(&docs, file.expect("the page is in the docs"));
    check_spans(&docs, &page);
    let mut shown = show_page(&page);
    for diagnostic in &diagnostics {
        shown += &render::line(&docs, diagnostic);
        shown.push('\n');
    }
    expected.assert_eq(&shown);
}

/// Every span lies in its file, between characters.
#[track_caller]
fn check_spans(docs: &Docs, page: &Page) {
    let is_good = |span: Span| docs.file(span.file).text.get(span.range()).is_some();
    for section in &page.sections {
        assert!(is_good(section.span), "{section:?}");
        for block in &section.blocks {
            let spans = match block {
                Block::Text(text) => vec![text.span],
                Block::Code(code) => vec![code.span],
                Block::Annotation(annotation) => vec![annotation.span],
                Block::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.span);
                    cells.chain([table.span]).collect()
                }
            };
            assert!(spans.into_iter().all(is_good), "{block:?}");
        }
    }
}

fn show_page(page: &Page) -> String {
    let sections = page.sections.iter().map(|section| {
        let marks = "#".repeat(section.level.into());
        let blocks: Vec<_> = section.blocks.iter().map(show_block).collect();
        format!("{marks} {} ({})\n{}", section.title, section.key, blocks.concat())
    });
    sections.collect()
}

fn show_block(block: &Block) -> String {
    match block {
        Block::Text(text) => {
            let container = match text.container {
                Container::Section => "text",
                Container::List => "item",
                Container::Quote => "quote",
            };
            format!("{container} {}\n", show_text(text))
        }
        Block::Code(code) => {
            let annotation = code.annotation.as_ref().map(show_annotation);
            let annotation = annotation.map(|shown| format!("{shown} ")).unwrap_or_default();
            format!("code {annotation}{} {:?}\n", code.language, code.text)
        }
        Block::Annotation(annotation) => format!("annotation {}\n", show_annotation(annotation)),
        Block::Table(table) => {
            let rows: String = table.rows.iter().map(show_row).collect();
            format!("table {}\n{rows}", show_cells(&table.header))
        }
    }
}

fn show_row(row: &Row) -> String {
    format!("  row {}\n", show_cells(&row.cells))
}

fn show_cells(cells: &[Text]) -> String {
    cells.iter().map(show_text).collect::<Vec<_>>().join(" | ")
}

fn show_annotation(annotation: &Annotation) -> String {
    serde_json::Value::Object(annotation.members.clone()).to_string()
}

/// The text with its marks as brackets: `{link target|text}`.
fn show_text(text: &Text) -> String {
    let mut inserts: Vec<(usize, usize, String)> = Vec::new();
    for (order, mark) in text.marks.iter().enumerate() {
        let name = match &mark.kind {
            MarkKind::Link(target) => format!("link {target}"),
            MarkKind::Code => "code".to_string(),
            MarkKind::Strong => "strong".to_string(),
            MarkKind::Emphasis => "emphasis".to_string(),
        };
        inserts.push((mark.range.end, 0, "}".to_string()));
        inserts.push((mark.range.start, 1 + order, format!("{{{name}|")));
    }
    inserts.sort();
    let mut shown = String::new();
    let mut from = 0;
    for (at, _, insert) in inserts {
        shown += &text.plain[from..at];
        shown += &insert;
        from = at;
    }
    shown += &text.plain[from..];
    shown.replace('\n', "\\n")
}
