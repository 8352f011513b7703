//! Every page of a real checkout, where one is at hand: nothing panics, and what is found adds up.

use std::collections::BTreeMap;
use std::env;
use std::io::Write as _;
use std::path::Path;

use docbind::diagnostic::{Diagnostic, Parsed, Severity};
use docbind::docs::{self, Docs};
use docbind::page::{self, Block, CodeBlock, Page, Section};
use expect_test::expect;

/// The number of pages of the snapshot of July 2021, whose counts are known.
const SNAPSHOT: usize = 3_341;

#[test]
fn real_pages_are_understood() {
    let Some(root) = env::var_os("DOCBIND_GRAPH_DOCS") else {
        // What macros print, cargo shows of failed tests only.
        let line = "DOCBIND_GRAPH_DOCS is not set: the real pages are not checked\n";
        std::io::stderr().write_all(line.as_bytes()).expect("the terminal takes it");
        return;
    };
    let Parsed { value: docs, diagnostics } =
        docs::read(Path::new(&root), None).expect("DOCBIND_GRAPH_DOCS holds pages");
    let parsed = page::parse_all(&docs);
    assert_eq!(parsed.len(), docs.pages().count());

    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics.iter().chain(parsed.iter().flat_map(|page| &page.diagnostics)) {
        check_diagnostic(&docs, diagnostic);
        count(&mut counts, format!("diagnostic {}", diagnostic.code.id()));
    }
    for Parsed { value: page, .. } in &parsed {
        check_page(&docs, page);
        count_page(&mut counts, page);
    }
    if parsed.len() == SNAPSHOT {
        let shown: Vec<_> =
            counts.iter().map(|(name, count)| format!("{count} {name}\n")).collect();
        expect![[r#"
            66 annotated block: example
            2497 annotated block: ignored
            1474 annotated block: request
            1024 annotated block: resource
            1606 annotated block: response
            13 annotated block: samples
            1648 annotation alone: #page.annotation
            4 annotation alone: ignored
            26 block of ``
            1 block of `csharp`
            6635 block of `http`
            1 block of `java`
            2 block of `javascript`
            1118 block of `json`
            707 block of `msgraph-interactive`
            47 diagnostic invalid-annotation
            12 diagnostic invalid-table
            8 diagnostic missing-cells
            1 diagnostic split-row
            13 diagnostic surplus-cells
            1600 heading 2 example
            2095 heading 2 http-request
            1018 heading 2 json-representation
            139 heading 2 members
            460 heading 2 methods
            1314 heading 2 permissions
            789 heading 2 prerequisites
            1015 heading 2 properties
            650 heading 2 relationships
            1973 heading 2 request-body
            2017 heading 2 request-headers
            2082 heading 2 response
            6 heading 3 example
            18 heading 3 http-request
            2 heading 3 json-representation
            2 heading 3 properties
            5 heading 3 request-body
            1392 heading 3 response
            493 heading 4 response
            507 heading 5 response
            1 heading 6 response
            7047 table
            3341 title
        "#]]
        .assert_eq(&shown.concat());
    }
}

/// Spans lie in their files, and no page of a real checkout is so broken that it is an error.
#[track_caller]
fn check_diagnostic(docs: &Docs, diagnostic: &Diagnostic) {
    let file = docs.file(diagnostic.span.file);
    assert!(file.text.get(diagnostic.span.range()).is_some(), "{}: {diagnostic:?}", file.path);
    assert_eq!(diagnostic.severity, Severity::Warning, "{}: {diagnostic:?}", file.path);
}

#[track_caller]
fn check_page(docs: &Docs, page: &Page) {
    let path = &page.path;
    assert!(page.title.is_some(), "{path} has no title");
    assert!(page.sections.iter().any(|section| !section.blocks.is_empty()), "{path} is empty");
    for block in page.sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Table(table) => {
                assert!(!table.header.is_empty(), "{path}: {table:?}");
                for row in &table.rows {
                    assert_eq!(row.cells.len(), table.header.len(), "{path}: {row:?}");
                }
            }
            Block::Code(code) => check_code(docs, path, code),
            Block::Text(text) => {
                let is_folded = !text.plain.contains("  ") || text.codes().next().is_some();
                assert!(is_folded, "{path}: {text:?}");
                assert!(!text.plain.contains("[!INCLUDE"), "{path}: {text:?}");
            }
            Block::Annotation(_) => {}
        }
    }
}

/// The text of a block is that of its span, but for the indentation of a list.
#[track_caller]
fn check_code(docs: &Docs, path: &str, code: &CodeBlock) {
    let lines = |text: &str| text.lines().map(|line| line.trim_start().to_string()).collect();
    let in_file: Vec<String> = lines(docs.text(code.span));
    let in_block: Vec<String> = lines(&code.text);
    assert_eq!(in_file, in_block, "{path}");
}

fn count(counts: &mut BTreeMap<String, usize>, name: String) {
    *counts.entry(name).or_default() += 1;
}

fn count_page(counts: &mut BTreeMap<String, usize>, page: &Page) {
    for section in &page.sections {
        count_section(counts, section);
        for block in &section.blocks {
            match block {
                Block::Table(_) => count(counts, "table".to_string()),
                Block::Code(code) => {
                    count(counts, format!("block of `{}`", code.language));
                    if let Some(annotation) = &code.annotation {
                        count(counts, format!("annotated block: {}", annotation.block_type()));
                    }
                }
                Block::Annotation(annotation) => {
                    let ty = annotation.text("type").unwrap_or_default();
                    count(counts, format!("annotation alone: {}{ty}", annotation.block_type()));
                }
                Block::Text(_) => {}
            }
        }
    }
}

fn count_section(counts: &mut BTreeMap<String, usize>, section: &Section) {
    const COUNTED: [&str; 12] = [
        "http-request",
        "permissions",
        "prerequisites",
        "request-headers",
        "request-body",
        "response",
        "properties",
        "relationships",
        "json-representation",
        "methods",
        "members",
        "example",
    ];
    if COUNTED.contains(&section.key.as_str()) {
        count(counts, format!("heading {} {}", section.level, section.key));
    }
    if section.level == 1 {
        count(counts, "title".to_string());
    }
}
