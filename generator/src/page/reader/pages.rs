//! A page as it grows: its sections, what is pending, and what it includes.

use std::collections::BTreeMap;

use super::FileReader;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Parsed};
use crate::docs::{Docs, IncludeTarget, Role, SourceFile, is_snippet};
use crate::page::{
    Annotation, Block, CodeBlock, Folder, Page, Section, Text, front_matter, heading,
};
use crate::span::{FileId, Span, Spanned};

/// How deep includes may include others.
const DEEPEST_INCLUDE: usize = 8;

/// How many bytes a page may include, all told.
const MOST_INCLUDED: usize = 4 << 20;

/// How many diagnostics of one code a page may have; a hostile page could have one a line.
const MOST_OF_A_CODE: usize = 100;

/// Words in the path of an include that holds facts, and not a disclaimer.
const FACT_WORDS: [&str; 6] =
    ["permission", "table", "propert", "parameter", "request", "response"];

/// A page that is being read.
pub(super) struct PageReader<'docs> {
    docs: &'docs Docs,
    pub(super) diagnostics: Diagnostics,
    pub(super) sections: Vec<Section>,
    pub(super) title: Option<(Spanned<String>, String)>,
    /// The annotation that waits for its block, and how many texts stand in between.
    pending: Option<Pending>,
    /// The files that are being read, each included by the one before.
    stack: Vec<FileId>,
    /// How many more bytes may be included.
    budget: usize,
}

/// An annotation whose block may follow, by its place in the sections.
#[derive(Clone, Copy)]
struct Pending {
    section: usize,
    block: usize,
    texts: usize,
}

/// Parses a page with what it includes.
pub fn parse(docs: &Docs, file: &SourceFile) -> Parsed<Page> {
    let (version, path) = match &file.role {
        Role::Page { version, page } => (version.clone(), page.to_string()),
        Role::Include | Role::Unread => (None, file.path.to_string()),
    };
    let mut diagnostics = Diagnostics::new();
    let (front_matter, body) = front_matter::read(file.id, &file.text, &mut diagnostics);
    let top = Section {
        level: 1,
        title: String::new(),
        key: String::new(),
        span: Span::new(file.id, body, body),
        blocks: Vec::new(),
    };
    let mut reader = PageReader {
        docs,
        diagnostics,
        sections: vec![top],
        title: None,
        pending: None,
        stack: vec![file.id],
        budget: MOST_INCLUDED,
    };
    // The docs outlive the reader, as does every file of theirs.
    FileReader::read(&mut reader, docs.file(file.id), body);
    let folder = if path.starts_with("api/") { Folder::Api } else { Folder::Resources };
    let (title, title_key) = if let Some((title, key)) = reader.title {
        (Some(title), key)
    } else {
        let title = front_matter.title.clone();
        let key = title.as_ref().map(|title| heading::text_key(&title.value));
        (title, key.unwrap_or_default())
    };
    if title.is_none() {
        let message = "the page has neither a heading nor a title";
        let span = Span::new(file.id, body, body);
        reader.diagnostics.push(Diagnostic::warning(Code::MissingTitle, span, message));
    }
    let sections = reader.sections;
    let page =
        Page { file: file.id, version, path, folder, front_matter, title, title_key, sections };
    Parsed::new(page, sum_up(reader.diagnostics))
}

/// The diagnostics, each code often enough to show what is wrong, and the others as one.
fn sum_up(diagnostics: Diagnostics) -> Diagnostics {
    if diagnostics.len() <= MOST_OF_A_CODE {
        return diagnostics;
    }
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    let mut kept = Diagnostics::new();
    for diagnostic in diagnostics {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= MOST_OF_A_CODE {
            kept.push(diagnostic);
        }
    }
    for (code, count) in counts.into_iter().filter(|&(_, count)| count > MOST_OF_A_CODE) {
        let last = kept.iter().rposition(|diagnostic| diagnostic.code == code);
        if let Some(last) = last {
            let message = &mut kept[last].message;
            *message = format!("{message}, and {} more of these", count - MOST_OF_A_CODE);
        }
    }
    kept
}

impl PageReader<'_> {
    /// Files a block under the last heading.
    pub(super) fn push(&mut self, block: Block) {
        if let Some(pending) = &mut self.pending {
            match block {
                Block::Text(_) => pending.texts += 1,
                _ => self.pending = None,
            }
        }
        self.blocks().push(block);
    }

    /// Files an annotation, which belongs to the next fenced block if that is near.
    pub(super) fn push_annotation(&mut self, annotation: Annotation) {
        self.push(Block::Annotation(annotation));
        let section = self.sections.len() - 1;
        self.pending = Some(Pending { section, block: self.blocks().len() - 1, texts: 0 });
    }

    /// Files a fenced block, with the annotation that waits for it.
    pub(super) fn push_code(&mut self, mut code: CodeBlock) {
        if let Some(Pending { section, block, texts: 0 | 1 }) = self.pending.take() {
            let blocks = &mut self.sections[section].blocks;
            if matches!(blocks.get(block), Some(Block::Annotation(_)))
                && let Block::Annotation(annotation) = blocks.remove(block)
            {
                code.annotation = Some(annotation);
            }
        }
        self.blocks().push(Block::Code(code));
    }

    /// Starts a section. The first heading of level 1 is the page's title.
    pub(super) fn push_section(&mut self, section: Section) {
        // An annotation may stand in front of the heading of its block, with nothing in between.
        self.pending = self.pending.filter(|pending| pending.texts == 0);
        if let Some(pending) = &mut self.pending {
            pending.texts = 1;
        }
        if section.level == 1 && self.title.is_none() {
            let title = Spanned::new(section.title.clone(), section.span);
            self.title = Some((title, section.key.clone()));
            if self.sections.len() == 1 {
                let top = &mut self.sections[0];
                *top = Section { blocks: std::mem::take(&mut top.blocks), ..section };
                return;
            }
        }
        self.sections.push(section);
    }

    /// The blocks of the last section.
    pub(super) fn blocks(&mut self) -> &mut Vec<Block> {
        // There is always a section: the top of the page.
        let last = self.sections.len() - 1;
        &mut self.sections[last].blocks
    }

    /// Reads what `from` includes at `span`.
    pub(super) fn include(&mut self, from: &SourceFile, target: &str, span: Span) {
        if is_snippet(target) {
            return;
        }
        let warning = match self.docs.include(from, target) {
            IncludeTarget::File(file) => match self.include_flaw(file) {
                None => {
                    self.budget = self.budget.saturating_sub(file.text.len());
                    self.stack.push(file.id);
                    FileReader::read(self, file, front_matter::skip(&file.text));
                    self.stack.pop();
                    return;
                }
                Some((code, message)) => Diagnostic::warning(code, span, message),
            },
            IncludeTarget::Outside => {
                let message = format!("the include `{target}` lies outside the docs");
                Diagnostic::warning(Code::OutsideDocs, span, message)
            }
            IncludeTarget::Missing if self.carries_facts(from, target, span) => {
                let message = format!("the include `{target}` is missing");
                Diagnostic::warning(Code::MissingInclude, span, message)
            }
            IncludeTarget::Missing => return,
        };
        self.diagnostics.push(warning);
    }

    /// The texts of what a cell includes at `span`: no more than running text has a place there.
    pub(super) fn include_texts(
        &mut self,
        from: &SourceFile,
        target: &str,
        span: Span,
    ) -> Vec<Text> {
        let top = Section {
            level: 1,
            title: String::new(),
            key: String::new(),
            span,
            blocks: Vec::new(),
        };
        let sections = std::mem::replace(&mut self.sections, vec![top]);
        let (title, pending) = (self.title.take(), self.pending.take());
        self.include(from, target, span);
        (self.title, self.pending) = (title, pending);
        let read = std::mem::replace(&mut self.sections, sections);
        let is_more = |block: &Block| matches!(block, Block::Table(_) | Block::Code(_));
        if read.iter().flat_map(|section| &section.blocks).any(is_more) {
            let message =
                format!("a cell includes `{target}`, of which only the text fits into it");
            self.diagnostics.push(Diagnostic::warning(Code::BlockInCell, span, message));
        }
        let blocks = read.into_iter().flat_map(|section| section.blocks);
        blocks
            .filter_map(|block| match block {
                Block::Text(text) => Some(text),
                _ => None,
            })
            .collect()
    }

    fn include_flaw(&self, file: &SourceFile) -> Option<(Code, String)> {
        let path = &file.path;
        if self.stack.contains(&file.id) {
            return Some((Code::IncludeCycle, format!("`{path}` includes itself")));
        }
        if self.stack.len() > DEEPEST_INCLUDE {
            let message = format!("`{path}` is included {DEEPEST_INCLUDE} files deep");
            return Some((Code::IncludeLimit, message));
        }
        if file.text.len() > self.budget {
            let message = format!("the page includes more than {MOST_INCLUDED} bytes");
            return Some((Code::IncludeLimit, message));
        }
        None
    }

    /// Whether the missing include at `span` is a loss: a table of permissions or its like, no
    /// disclaimer.
    fn carries_facts(&self, from: &SourceFile, target: &str, span: Span) -> bool {
        let name = target.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
        let last = self.sections.last().and_then(|section| section.blocks.last());
        let is_announced = matches!(last, Some(Block::Annotation(annotation))
            if annotation.span.file == span.file
                && annotation.block_type() == "permissions"
                && is_blank(&from.text, annotation.span.end, span.start));
        is_announced || FACT_WORDS.iter().any(|word| name.contains(word))
    }
}

fn is_blank(text: &str, start: u32, end: u32) -> bool {
    let between = text.get(start as usize..end as usize);
    between.is_some_and(|between| between.trim_ascii().is_empty())
}
