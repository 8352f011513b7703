//! The Response section: status codes, and what each answers.

use std::ops::Range;

use super::declaration::{ResponseDeclaration, TypeText};
use super::{Context, Place, body, http_block, type_cell, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Block, Container, MarkKind, Section, Text};

/// No page states more; the bound keeps look-ups in its marks cheap.
const MAX_CODES: usize = 50;

/// Reads the successes that the section states, each with its type.
pub(super) fn read(context: &mut Context<'_>) -> Vec<ResponseDeclaration> {
    let page = context.page;
    let mut responses: Vec<ResponseDeclaration> = Vec::new();
    let mut stated_at = None;
    let before_examples =
        || page.sections.iter().take_while(|section| !http_block::is_example_section(section));
    for section in before_examples().filter(|section| is_response_section(section)) {
        stated_at.get_or_insert(section.span);
        for block in &section.blocks {
            if let Block::Text(text) = block {
                let place = context.place(text.span);
                read_text(text, place, &page.path, &mut responses);
            }
        }
    }
    if responses.is_empty() && !context.is_localized {
        let message = match stated_at {
            Some(_) => "the section states no success",
            None => "no section says what the call answers",
        };
        let span = stated_at.unwrap_or_else(|| context.place_of_page().span);
        context.report(
            Diagnostic::warning(Code::MissingResponse, span, message)
                .help("write under `Response` which status a success has, and what it returns"),
        );
    }
    responses
}

/// Whether a section states what an operation answers.
pub(super) fn is_response_section(section: &Section) -> bool {
    section.level > 1
        && (section.key == "response"
            || section.key == "responses"
            || section.key == "http-response")
}

fn read_text(text: &Text, place: Place, page: &str, responses: &mut Vec<ResponseDeclaration>) {
    if text.container == Container::Quote && !responses.is_empty() {
        return;
    }
    let codes = codes(text);
    for (at, &(start, status)) in codes.iter().enumerate() {
        if !(200..400).contains(&status) || responses.len() >= 20 {
            continue;
        }
        let sentence = sentence_end(text, start);
        let end = codes.get(at + 1).map_or(sentence, |next| next.0.min(sentence));
        let response = read_response(text, place, start..end, status, page);
        match responses.iter_mut().find(|known| known.status == status) {
            None => responses.push(response),
            Some(known) if known.ty.is_none() && !known.is_empty => *known = response,
            Some(_) => {}
        }
    }
    // Only one status is stated, and the type stands in a sentence of its own behind it.
    if let [response] = responses.as_mut_slice()
        && response.ty.is_none()
        && !response.is_empty
        && response.status != 204
        && codes.len() <= 1
    {
        let mut start = codes.first().map_or(0, |code| code.0);
        while response.ty.is_none() && start < text.plain.len() {
            let end = sentence_end(text, start).max(start + 1);
            if !is_elsewhere(&text.plain[start..end]) {
                response.ty = stated_type(text, start, end, page, Words::Linked);
            }
            start = end;
        }
    }
}

/// The status codes of a paragraph: three digits in a marked part, or behind words such as "returns
/// a", which neither `Office 365` nor `up to 200 items` has.
fn codes(text: &Text) -> Vec<(usize, u16)> {
    let plain = text.plain.as_str();
    let bytes = plain.as_bytes();
    let mut marks =
        text.marks.iter().filter(|mark| !matches!(mark.kind, MarkKind::Link(_))).peekable();
    let mut marked_end = 0;
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut codes = Vec::new();
    let mut at = 0;
    while at + 3 <= bytes.len() && codes.len() < MAX_CODES {
        while let Some(mark) = marks.next_if(|mark| mark.range.start <= at) {
            marked_end = marked_end.max(mark.range.end);
        }
        let alone = (at == 0
            || !(bytes[at - 1].is_ascii_alphanumeric()
                || matches!(bytes[at - 1], b'.' | b',' | b'-' | b'/')))
            && !bytes.get(at + 3).is_some_and(u8::is_ascii_alphanumeric);
        if alone && is_digit(at) && is_digit(at + 1) && is_digit(at + 2) {
            if let Ok(code @ 100..600) = plain[at..at + 3].parse::<u16>()
                && (at < marked_end || announces_code(&plain[..at]))
            {
                codes.push((at + 3, code));
            }
            at += 3;
        } else {
            at += 1;
        }
    }
    codes
}

/// Whether a text ends in words that a status code follows.
fn announces_code(before: &str) -> bool {
    const WORDS: [&str; 14] = [
        "a", "an", "the", "http", "code", "codes", "status", "returns", "return", "or", "and",
        "is", "um", "código",
    ];
    let word = before.trim_end_matches(|char: char| !char.is_alphanumeric() && char != '(');
    let word = word.rsplit(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    before.ends_with(['"', '“', '\'', '\n'])
        || before.is_empty()
        || WORDS.iter().any(|known| words::equal(known, word))
}

/// The end of the sentence; a full stop in a code span does not end it.
fn sentence_end(text: &Text, start: usize) -> usize {
    let end = words::sentence_end(&text.plain, start);
    match text.marks.iter().find(|mark| mark.range.start < end && end < mark.range.end) {
        Some(mark) => words::sentence_end(&text.plain, mark.range.end),
        None => end,
    }
}

fn read_response(
    text: &Text,
    place: Place,
    sentence: Range<usize>,
    status: u16,
    page: &str,
) -> ResponseDeclaration {
    let Range { start, end } = sentence;
    let said = &text.plain[start..end];
    let is_empty = status == 204
        || [
            "no content",
            "empty response",
            "no response body",
            "not return anything",
            "n't return anything",
            "empty body",
            "not return a body",
        ]
        .iter()
        .any(|words| words::has(said, words));
    let is_sent = status != 204 && !is_elsewhere(said);
    let ty = if is_sent { stated_type(text, start, end, page, Words::Any) } else { None };
    let is_single = ["a single ", "one single "].iter().any(|words| words::has(said, words));
    let says_body = !is_empty && is_sent && words::has(said, "in the response body");
    ResponseDeclaration {
        status,
        is_empty: is_empty && ty.is_none(),
        is_single,
        says_body,
        ty,
        place,
    }
}

/// Whether a sentence speaks of what a header or a link leads to, which is not in the body: "202
/// Accepted and a link to the [operation]".
fn is_elsewhere(sentence: &str) -> bool {
    !words::has(sentence, "body")
        && ["header", "a link to", "location of"].iter().any(|words| words::has(sentence, words))
}

/// Which words may name a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// Only links.
    Linked,
    /// Bold and bare words, too.
    Any,
}

fn stated_type(
    text: &Text,
    start: usize,
    end: usize,
    page: &str,
    allowed: Words,
) -> Option<TypeText> {
    let said = &text.plain[start..end];
    if let Some((reference, link_end)) =
        body::first_resource(text, start, page).filter(|found| found.1 <= end)
    {
        // The name may have been trimmed, so what stands before it is found, not counted.
        let name_start = text.plain[start..link_end].rfind(&*reference.name);
        let before = &text.plain[start..name_start.map_or(link_end, |at| start + at)];
        let collection = says_many(before, &text.plain[link_end..end]);
        let mut ty = type_cell::parse_words(&reference.name, reference.span);
        ty.collection |= collection;
        let name = ty.reference.name.clone();
        ty.reference = reference;
        if !name.is_empty() {
            ty.reference.name = name;
        }
        return Some(ty);
    }
    if allowed == Words::Linked {
        return None;
    }
    let strong = text.marks.iter().find(|mark| {
        matches!(mark.kind, MarkKind::Strong | MarkKind::Code | MarkKind::Link(_))
            && mark.range.start >= start
            && mark.range.end <= end
    });
    if let Some(mark) = strong {
        let mut ty = type_cell::parse_words(&text.plain[mark.range.clone()], text.span);
        let is_type = ty.primitive.is_some() || !ty.reference.name.is_empty();
        if is_type && words::has(said, "body") {
            ty.collection |=
                says_many(&text.plain[start..mark.range.start], &text.plain[mark.range.end..end]);
            return Some(ty);
        }
    }
    bare_type(text, said)
}

/// A type without markup: `and a String in the response body`, `a note object`, `a note collection`.
fn bare_type(text: &Text, said: &str) -> Option<TypeText> {
    let said = &said
        [..words::find(said, "in the response body").or_else(|| words::find(said, "no corpo"))?];
    let words: Vec<&str> = said
        .split_whitespace()
        .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()))
        .collect();
    let collection = words.iter().any(|word| words::is_collection(word))
        || words.iter().any(|word| words::equal(word, "array"));
    let named = words.windows(2).find(|pair| {
        matches!(
            pair[1].to_ascii_lowercase().as_str(),
            "object" | "objects" | "collection" | "resource" | "entity" | "value" | "values"
        )
    });
    let primitive = words.iter().rev().find_map(|word| {
        let ty = type_cell::parse_words(word, text.span);
        ty.primitive.filter(|primitive| *primitive != crate::model::Primitive::Untyped).map(|_| ty)
    });
    let named = named.filter(|pair| type_cell::parse_words(pair[0], text.span).primitive.is_none());
    let mut ty = match (primitive, named) {
        (Some(ty), _) => ty,
        (None, Some(pair)) => type_cell::parse_words(pair[0], text.span),
        (None, None) => return None,
    };
    if ty.primitive.is_none() && !ty.reference.name.chars().any(char::is_lowercase) {
        return None;
    }
    ty.collection |= collection;
    Some(ty)
}

/// Whether the words around a type say that there are many of it.
fn says_many(before: &str, behind: &str) -> bool {
    const BEFORE: [&str; 16] = [
        "collection",
        "array of",
        "list of",
        "set of",
        "coleção",
        "conjunto",
        "matriz de",
        "lista de",
        "colección",
        "sammlung",
        "auflistung",
        "コレクション",
        "集合",
        "one or more",
        "zero or more",
        "more ",
    ];
    let behind = behind.trim_start();
    let next = behind
        .split_whitespace()
        .take(3)
        .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()));
    let mut is_many = BEFORE.iter().any(|words| words::has(before, words));
    for (at, word) in next.enumerate() {
        match word.to_ascii_lowercase().as_str() {
            "collection" | "collections" | "objects" | "resources" | "entities" | "coleção"
            | "コレクション" | "集合" => {
                is_many = true;
            }
            "object" | "resource" | "entity" if at == 0 => {}
            _ => break,
        }
    }
    is_many
}
