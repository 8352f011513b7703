//! The Request body section: nothing, a type, or a table of properties or parameters.

use super::declaration::{BodyDeclaration, Reference};
use super::row::{self, Rows, Subject};
use super::{Context, http_block, lenient_json, link, words};
use crate::model::is_dotted;
use crate::page::{Block, MarkKind, Section, Text};

const NOTHING: [&str; 22] = [
    "do not supply",
    "don't supply",
    "do not provide",
    "don't provide",
    "no request body",
    "not supply a request body",
    "does not require a request body",
    "doesn't require a request body",
    "request body is empty",
    "body should be empty",
    "empty request body",
    "não forneça",
    "não há corpo",
    "no proporcione",
    "no suministre",
    "keinen anforderungstext",
    "keinen anforderungskörper",
    "ne fournissez pas",
    "n’indiquez pas le corps",
    "指定しません",
    "指定しないでください",
    "请勿提供",
];

/// What introduces the type that the body holds.
const REPRESENTATION: [&str; 13] = [
    "representation of",
    "representation for",
    "representation from",
    "representação json",
    "representación json",
    "json-darstellung",
    "représentation json",
    "json 表記",
    "json 表現",
    "json 表示",
    "json object",
    "body, supply",
    "body, provide",
];

/// Reads the section.
pub(super) fn read(context: &mut Context<'_>) -> BodyDeclaration {
    let mut body = BodyDeclaration::default();
    let page = context.page;
    let mut rows = Rows::default();
    for sections in page.sections_under(is_body_section) {
        body.place = body.place.or_else(|| Some(context.place(sections.first()?.span)));
        let own = sections.iter().take_while(|section| !http_block::is_example_section(section));
        // "X values" below the body is an enumeration.
        for section in own.filter(|section| !section.key.ends_with("-values")) {
            for block in &section.blocks {
                match block {
                    Block::Text(text) => read_text(&mut body, text, &page.path),
                    Block::Table(table) => {
                        if !rows.add_table(context, table, Subject::Parameters) {
                            row::report_table(context, table);
                        }
                    }
                    Block::Code(code) => {
                        let text = code.text.trim();
                        if text.starts_with('{') && body.shown.len() < 20 {
                            body.shown
                                .push((lenient_json::read(text).body, context.place(code.span)));
                        }
                    }
                    Block::Annotation(_) => {}
                }
            }
        }
    }
    body.rows = rows.into_list();
    body.is_none &= body.rows.is_empty() && body.reference.is_none();
    body
}

fn is_body_section(section: &Section) -> bool {
    section.level > 1 && section.key.starts_with("request-body")
}

fn read_text(body: &mut BodyDeclaration, text: &Text, page: &str) {
    let plain = text.plain.as_str();
    if NOTHING.iter().any(|words| words::has(plain, words))
        || matches!(plain.trim().trim_end_matches('.'), "None" | "Empty" | "N/A" | "Nenhum")
    {
        body.is_none = true;
        return;
    }
    body.has_parameters |= words::has(plain, "parameter") || words::has(plain, "parâmetro");
    if body.reference.is_some() {
        return;
    }
    // The surest words first: "supply a JSON representation of" has two of them.
    let start = REPRESENTATION
        .iter()
        .find_map(|words| words::find(plain, words).map(|at| at + words.len()));
    let start = start.unwrap_or(0);
    if let Some((reference, end)) = first_resource(text, start, page) {
        body.collection |= is_many(&plain[start..], &plain[end..]);
        body.reference = Some(reference);
    } else if start > 0 {
        body.reference = named(text, start);
        body.collection |= body.reference.is_some() && is_many(&plain[start..], "");
    }
}

/// The first link to a resource page at or behind `start`, and where it ends.
pub(super) fn first_resource(text: &Text, start: usize, page: &str) -> Option<(Reference, usize)> {
    text.marks.iter().filter(|mark| mark.range.start >= start).find_map(|mark| {
        let MarkKind::Link(target) = &mark.kind else { return None };
        let target =
            link::resolve(page, target).filter(|target| target.page.starts_with("resources/"))?;
        let name = text.plain[mark.range.clone()].trim().trim_matches(['*', '`']);
        let reference = Reference { name: name.to_owned(), target: Some(target), span: text.span };
        Some((reference, mark.range.end))
    })
}

/// A name without a link: `representation for the note object`, or in bold.
pub(super) fn named(text: &Text, start: usize) -> Option<Reference> {
    let rest = &text.plain[start..];
    let sentence = &rest[..words::sentence_end(rest, 0)];
    let strong = text.marks.iter().find(|mark| {
        matches!(mark.kind, MarkKind::Strong | MarkKind::Code)
            && mark.range.start >= start
            && mark.range.end <= start + sentence.len()
    });
    let name = if let Some(mark) = strong {
        text.plain[mark.range.clone()].trim()
    } else {
        let mut words = sentence.split_whitespace().skip_while(|word| {
            matches!(
                word.to_ascii_lowercase().as_str(),
                "the"
                    | "a"
                    | "an"
                    | "of"
                    | "for"
                    | "one"
                    | "new"
                    | "updated"
                    | "do"
                    | "da"
                    | "de"
                    | "objeto"
            )
        });
        let name = words.next()?.trim_matches(|char: char| !char.is_alphanumeric());
        // "of the parameters" names no type; "of the note object" does.
        let noun =
            words.next().unwrap_or_default().trim_matches(|char: char| !char.is_alphanumeric());
        let is_noun = matches!(
            noun.to_ascii_lowercase().as_str(),
            "object" | "objects" | "resource" | "entity" | "collection" | "type" | ""
        );
        if !is_noun {
            return None;
        }
        name
    };
    let is_word = matches!(
        name.to_ascii_lowercase().as_str(),
        "parameters" | "parameter" | "properties" | "values" | "following" | "json" | "object"
    );
    (is_dotted(name) && !is_word).then(|| Reference {
        name: name.to_owned(),
        target: None,
        span: text.span,
    })
}

/// Whether the words around a type say that there are many.
pub(super) fn is_many(before: &str, behind: &str) -> bool {
    let before = before.get(..before.len().min(60)).unwrap_or(before);
    ["collection of", "array of", "list of", "coleção de"]
        .iter()
        .any(|words| words::has(before, words))
        || behind.split_whitespace().take(3).any(|word| {
            words::equal(word.trim_matches(|char: char| !char.is_alphanumeric()), "collection")
        })
}
