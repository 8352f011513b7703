//! The cells that name a type: `String`, `[message](message.md) collection`, `Collection(Edm.Int32)`.

use super::declaration::{Reference, TypeText};
use super::{link, words};
use crate::model::{Primitive, is_dotted};
use crate::page::{MarkKind, Text};

/// What stands between types of which the first is taken.
const ALTERNATIVES: [&str; 5] = [" or ", "/", "|", " ou ", " and "];

/// Reads a type cell of the page `from`.
pub(super) fn parse(cell: &Text, from: &str) -> TypeText {
    let link = cell.marks.iter().find_map(|mark| match &mark.kind {
        MarkKind::Link(target) => Some((mark.range.clone(), target.as_str())),
        _ => None,
    });
    let Some((range, target)) = link else { return parse_words(&cell.plain, cell.span) };
    let (before, inner, behind) =
        (&cell.plain[..range.start], &cell.plain[range.clone()], &cell.plain[range.end..]);
    let mut ty = parse_words(inner, cell.span);
    ty.alternatives = alternatives(cell, range.end, from);
    ty.collection |= opens_collection(before) || follows_collection(behind);
    ty.reference.target = link::resolve(from, target);
    // A word in front of the link, as in `Coleção [note](note.md)`, is not the type.
    if ty.reference.name.is_empty() && ty.primitive.is_none() {
        inner.trim().clone_into(&mut ty.reference.name);
    }
    ty
}

/// The types that stand behind the first one, joined to it by `or`.
fn alternatives(cell: &Text, start: usize, from: &str) -> Vec<Reference> {
    let mut end = start;
    let mut found = Vec::new();
    for mark in cell.marks.iter().filter(|mark| mark.range.start >= start) {
        let MarkKind::Link(target) = &mark.kind else { continue };
        let between = cell.plain.get(end..mark.range.start).unwrap_or_default().trim();
        if !matches!(between, "or" | "," | ", or" | "/" | "|" | "ou") {
            break;
        }
        end = mark.range.end;
        let name = cell.plain[mark.range.clone()].trim().to_owned();
        found.push(Reference { name, target: link::resolve(from, target), span: cell.span });
    }
    found
}

/// Reads the name of a type in running text or in an annotation, where there is no link.
pub(super) fn parse_words(text: &str, span: crate::span::Span) -> TypeText {
    let mut text = text.trim().trim_start_matches('#');
    // Most cells hold one word.
    if is_dotted(text) {
        let primitive = Primitive::from_word(text);
        let reference = Reference { name: text.to_owned(), target: None, span };
        return TypeText { primitive, reference, alternatives: Vec::new(), collection: false };
    }
    let mut collection = false;
    // Each round takes one thing off, so that there are no more rounds than characters; a cell
    // that holds a whole paragraph is not worth more than a few.
    for _ in 0..8 {
        let before = text;
        text = text.trim().trim_end_matches(['.', ';', '?']).trim();
        text = strip_remarks(text);
        if let Some(inner) = strip_collection(text) {
            text = inner;
            collection = true;
        }
        if Primitive::from_word(text).is_none() {
            text = strip_nouns(text);
        }
        if text == before {
            break;
        }
    }
    let text = first_alternative(text);
    let primitive = Primitive::from_word(text);
    let name = if primitive.is_none() { type_name(text) } else { text };
    TypeText {
        primitive,
        reference: Reference { name: name.to_owned(), target: None, span },
        alternatives: Vec::new(),
        collection,
    }
}

/// Takes off what stands in parentheses or behind a comma: `String (optional)`, `string, maximum size 20`.
fn strip_remarks(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('(') {
        // `(Optional) String`, but `(boolean or string) collection` has its types inside.
        return match rest.split_once(')') {
            Some((remark, rest))
                if !rest.trim().is_empty()
                    && !words::is_collection(rest)
                    && !remark.contains(' ') =>
            {
                rest.trim()
            }
            _ => text,
        };
    }
    let is_wrapped = |open: usize| words::is_collection(&text[..open]);
    match text.find(" (").or_else(|| text.find('(')) {
        Some(open) if open > 0 && !is_wrapped(open) => {
            let close = text[open..].find(')').map_or(text.len(), |at| open + at + 1);
            let rest = text[close..].trim();
            // What stands behind the parentheses counts only if it says that there are many.
            if words::is_collection(rest) { text } else { text[..open].trim() }
        }
        _ => text.split(',').next().unwrap_or(text).trim(),
    }
}

/// What a collection is of: `Collection(x)`, `x[]`, `collection of x`, `x collection`.
fn strip_collection(text: &str) -> Option<&str> {
    if let Some(inner) = text.strip_suffix("[]") {
        return Some(inner);
    }
    if let Some((word, inner)) = text.split_once(['(', '[', '<'])
        && words::is_collection(word)
    {
        return Some(inner.trim_end_matches([')', ']', '>']));
    }
    let (first, rest) = text.split_once(char::is_whitespace)?;
    if words::is_collection(first) {
        let rest = rest.trim_start();
        return Some(
            ["of ", "de ", "von ", "do ", "da "]
                .iter()
                .find_map(|word| rest.strip_prefix(word))
                .unwrap_or(rest),
        );
    }
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if offset > 0 && words::is_collection(word) {
            return Some(text[..offset].trim_end());
        }
        offset += word.len();
    }
    None
}

/// Takes nouns off that say nothing: `x object`, `x resource`, `x enum`.
fn strip_nouns(text: &str) -> &str {
    const NOUNS: [&str; 12] = [
        "object",
        "objects",
        "resource",
        "resources",
        "enum",
        "enumeration",
        "entity",
        "type",
        "types",
        "objeto",
        "objetos",
        "recurso",
    ];
    match text.rsplit_once(char::is_whitespace) {
        Some((rest, noun)) if NOUNS.iter().any(|known| words::equal(noun, known)) => {
            rest.trim_end()
        }
        _ => text,
    }
}

/// The first of several types: `string or number`, `string/number`.
fn first_alternative(text: &str) -> &str {
    let text = text.trim_matches(['(', ')']);
    let end = ALTERNATIVES.iter().filter_map(|word| text.find(word)).min();
    text[..end.unwrap_or(text.len())].trim()
}

/// The first type of a cell that names several.
pub(super) fn first_of_several(cell: &Text) -> Option<&str> {
    let mut links = cell
        .marks
        .iter()
        .filter(|mark| matches!(mark.kind, MarkKind::Link(_)))
        .map(|mark| mark.range.clone());
    if let Some(first) = links.next() {
        let second = links.next()?;
        let mut between = cell.plain.get(first.end..second.start)?.split_whitespace();
        let is_noun = |word: &str| {
            words::is_collection(word) || matches!(word.trim_end_matches(','), "object" | "objects")
        };
        let last = between.next_back()?;
        return (matches!(last, "or" | "," | "/" | "|" | "ou")
            && between.all(|word| word == "," || is_noun(word)))
        .then(|| &cell.plain[first]);
    }
    let text = cell.plain.trim().trim_start_matches('(');
    let end = ALTERNATIVES.iter().filter_map(|word| text.find(word)).min()?;
    let first = text[..end].trim();
    let is_type = Primitive::from_word(first).is_some() || is_dotted(first);
    is_type.then_some(first)
}

fn type_name(text: &str) -> &str {
    let text = text.trim_matches(['`', '*', '#', '[', ']', '"']);
    if is_dotted(text) { text } else { "" }
}

fn opens_collection(before: &str) -> bool {
    before
        .split(|char: char| !char.is_alphanumeric())
        .any(|word| !word.is_empty() && words::is_collection(word))
}

/// Whether a collection word stands behind a link, at most nouns between them.
fn follows_collection(behind: &str) -> bool {
    let behind = behind.trim_start();
    if behind.starts_with("[]") {
        return true;
    }
    behind
        .split_whitespace()
        .take(3)
        .map_while(|word| {
            let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
            let collection = words::is_collection(bare);
            (collection
                || matches!(
                    bare,
                    "" | "object" | "objects" | "resource" | "resources" | "enum" | "type"
                ))
            .then_some(collection)
        })
        .any(|collection| collection)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::{FileId, Span};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let ty = parse_words(text, Span::new(FileId(0), 0, 0));
        let name = ty.primitive.map_or(ty.reference.name.as_str(), |it| it.full_name());
        let found = if ty.collection { format!("{name} collection") } else { name.to_owned() };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn primitives() {
        check("String", "Edm.String");
        check("Edm.Int32", "Edm.Int32");
        check("string (url)", "Edm.String");
        check("(Optional) String", "Edm.String");
        check("string, maximum size 20", "Edm.String");
        check("DateTime", "Edm.DateTimeOffset");
        check("string/number", "Edm.String");
    }

    #[test]
    fn collections() {
        check("String collection", "Edm.String collection");
        check("Collection(Edm.Guid)", "Edm.Guid collection");
        check("Collection<Edm.Guid>", "Edm.Guid collection");
        check("Collecton(String)", "Edm.String collection");
        check("note colection", "note collection");
        check("connection", "connection");
        check("array of note", "note collection");
        check("Collection of String", "Edm.String collection");
        check("policy collection collection", "policy collection");
        check("note collection. Holds more.", "note collection");
        check("note[]", "note collection");
        check("Coleção de cadeias", "cadeias collection");
        check("Coleção note", "note collection");
        check("(boolean or string or number) collection", "Edm.Boolean collection");
    }

    #[test]
    fn names() {
        check("microsoft.graph.note", "microsoft.graph.note");
        check("#microsoft.graph.note", "microsoft.graph.note");
        check("color enum", "color");
        check("JSON object", "Edm.Untyped");
        check("Moment in time", "");
        check("** Unknown Type **", "");
    }
}
