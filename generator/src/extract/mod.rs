//! What one page states: types, enumerations, operations and return types, with names as text.
//!
//! In goes a [`Page`], out come [`Declarations`]: plain data that says nothing of other pages,
//! so that pages can be read in any order, at the same time, and kept for later. Whether a name
//! is a type, an enumeration or a slip is for `resolve` to say.

mod body;
mod declaration;
mod enum_table;
mod example;
mod http_block;
mod lenient_json;
mod link;
mod message;
mod operation_page;
mod permissions;
mod query;
mod remark;
mod resource_page;
mod response;
mod row;
mod translation;
mod type_cell;
mod values;
mod words;

pub(crate) use declaration::{
    BodyDeclaration, Declarations, EnumDeclaration, ExampleDeclaration, JsonField, JsonShape,
    LinkTarget, MemberDeclaration, MethodRow, OperationDeclaration, ParameterDeclaration,
    PathDeclaration, PathForm, PermissionPlaces, Place, PropertyRow, Reference, RequestMessage,
    ResponseDeclaration, ResponseMessage, TypeDeclaration, TypeHint, TypePlaces, TypeText,
};

use std::cell::RefCell;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Parsed};
use crate::docs::Docs;
use crate::page::{Block, CodeBlock, Container, Page, Section};
use crate::span::{FileId, Span};

/// Reads what `page` states. Of the docs, only the numbers of lines are used.
pub(crate) fn extract(page: &Page, docs: &Docs) -> Parsed<Declarations> {
    let mut context = Context::new(page, docs);
    let mut declarations = Declarations::new(page);
    declarations.is_localized = context.is_localized;
    declarations.namespace = context.namespace();
    operation_page::extract(&mut context, &mut declarations);
    resource_page::extract(&mut context, &mut declarations);
    if declarations.is_empty() && !context.lacks_request() {
        context.report(Diagnostic::warning(
            Code::PageWithoutFacts,
            page.title.as_ref().map_or_else(|| context.start(), |title| title.span),
            "the page states no type, enumeration or operation",
        ));
    }
    declarations.included = context.included.take();
    Parsed::new(declarations, context.diagnostics)
}

/// The page that is being read, and what was found wrong with it.
struct Context<'a> {
    page: &'a Page,
    docs: &'a Docs,
    is_localized: bool,
    diagnostics: Diagnostics,
    /// The files of the places that were handed out, other than the page itself.
    included: RefCell<Vec<(FileId, Arc<str>)>>,
}

impl<'a> Context<'a> {
    fn new(page: &'a Page, docs: &'a Docs) -> Self {
        Self {
            page,
            docs,
            is_localized: is_localized(page),
            diagnostics: Vec::new(),
            included: RefCell::default(),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether the page was found to be about an operation whose request is missing.
    fn lacks_request(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::PageWithoutRequest)
    }

    fn start(&self) -> Span {
        Span::new(self.page.file, 0, 0)
    }

    /// The rest of the line of `code` that holds the byte at `offset` of its text.
    fn span_in_code(&self, code: &CodeBlock, offset: usize) -> Span {
        let source = self.docs.text(code.span);
        let end = |at: usize| {
            let rest = source.get(at..).unwrap_or_default();
            at + rest.find('\n').unwrap_or(rest.len())
        };
        let at = if source.len() == code.text.len() {
            offset
        } else {
            // Inside of a container, only the lines are the same.
            let line = code.text[..offset].matches('\n').count();
            source.split_inclusive('\n').take(line).map(str::len).sum()
        };
        let start = code.span.start as usize;
        Span::new(code.span.file, start + at, start + end(at))
    }

    fn place(&self, span: Span) -> Place {
        if span.file != self.page.file {
            let mut included = self.included.borrow_mut();
            if !included.iter().any(|(file, _)| *file == span.file) {
                included.push((span.file, self.docs.source(span).0));
            }
        }
        Place { span, line: self.docs.line(span) }
    }

    /// The line of what stands at `span` on which a word stands, that is in ASCII lower case; the
    /// first line where the word is written otherwise.
    fn place_of_word(&self, span: Span, word: &str) -> Place {
        let at = words::find(self.docs.text(span), word).unwrap_or(0);
        self.place(Span::new(span.file, span.start as usize + at, span.end as usize))
    }

    fn place_of_page(&self) -> Place {
        self.place(self.page.title.as_ref().map_or_else(|| self.start(), |title| title.span))
    }

    /// The paragraphs before the first heading.
    fn introduction(&self) -> impl Iterator<Item = &'a crate::page::Text> + use<'a> {
        self.page
            .sections
            .iter()
            .take_while(|section| section.level == 1)
            .flat_map(|section| &section.blocks)
            .filter_map(|block| match block {
                Block::Text(text) => Some(text),
                _ => None,
            })
    }

    fn namespace(&mut self) -> Option<String> {
        for text in self.introduction() {
            let Some((name, _)) = split_namespace(&text.plain) else { continue };
            if crate::model::is_dotted(name) {
                return Some(name.to_owned());
            }
            self.report(Diagnostic::warning(
                Code::UnreadableNamespace,
                text.span,
                format!("`{name}` is no namespace"),
            ));
        }
        None
    }

    /// The first paragraph that describes the page's subject.
    fn description(&self) -> Option<String> {
        self.introduction()
            .filter(|text| text.container == Container::Section)
            .map(|text| split_namespace(&text.plain).map_or(text.plain.as_str(), |(_, rest)| rest))
            .find_map(words::description)
    }

    /// Why the page's subject should not be used any more, and where that stands.
    fn deprecation(&self) -> (Option<String>, Option<Place>) {
        let note = self.introduction().find_map(|text| {
            let is_note = text.container == Container::Quote;
            let why = words::page_deprecation(&text.plain, is_note)?;
            Some((why, self.place_of_word(text.span, "deprecated")))
        });
        let title = self.page.title.as_ref().map_or("", |title| title.value.as_str());
        let in_title = || {
            let is_said = title.to_lowercase().contains("(deprecated)");
            is_said.then(|| (String::new(), self.place_of_page()))
        };
        note.or_else(in_title).unzip()
    }
}

/// The name in a paragraph `Namespace: contoso.notes`, and what follows where no blank line
/// parts them.
fn split_namespace(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = text.split_once(':')?;
    if !word.trim().eq_ignore_ascii_case("namespace") {
        return None;
    }
    let rest = rest.trim();
    let (name, description) = match rest.split_once(char::is_whitespace) {
        Some((name, description)) if name.contains('.') => (name, description),
        _ => (rest, ""),
    };
    Some((name.trim_end_matches('.'), description))
}

/// Whether headings differ from their English keys on most of the page.
fn is_localized(page: &Page) -> bool {
    let headings = || page.sections.iter().filter(|section| section.level == 2);
    let translated = headings().filter(|section| !is_english(section)).count();
    translated * 2 > headings().count()
}

fn is_english(section: &Section) -> bool {
    let mut words = section.title.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let first = first.trim_end_matches([':', '.']);
    section.key.is_empty() || first.is_empty() || section.key.starts_with(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        assert_eq!(split_namespace(text), expected);
    }

    #[test]
    fn a_namespace_may_share_its_paragraph() {
        check("Namespace: contoso.notes", Some(("contoso.notes", "")));
        check("Namespace: contoso.notes.", Some(("contoso.notes", "")));
        check(
            "Namespace: contoso.notes Archives a note: now.",
            Some(("contoso.notes", "Archives a note: now.")),
        );
        check("Namespace: contoso", Some(("contoso", "")));
        check("Namespace: Contoso Notes", Some(("Contoso Notes", "")));
        check("Archives a note: now.", None);
    }
}
