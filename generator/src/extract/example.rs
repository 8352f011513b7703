//! Examples: requests and the answers behind them, in the order of the page.

use super::declaration::{ExampleDeclaration, RequestMessage, ResponseMessage, TypeHint, TypeText};
use super::message::{Message, StartLine};
use super::{Context, Place, http_block, lenient_json, type_cell};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ExampleBody;
use crate::page::{Annotation, Block, CodeBlock};

/// Reads all messages outside of the HTTP request section.
pub(super) fn read(context: &mut Context<'_>) -> Vec<ExampleDeclaration> {
    let page = context.page;
    let mut examples: Vec<ExampleDeclaration> = Vec::new();
    let mut request_level = None;
    let mut in_examples = false;
    for section in &page.sections {
        if request_level.is_some_and(|level| section.level <= level) {
            request_level = None;
        }
        if http_block::is_request_section(section) {
            request_level = Some(section.level);
        }
        in_examples |= http_block::is_example_section(section);
        for block in &section.blocks {
            let Block::Code(code) = block else { continue };
            if request_level.is_none() {
                read_block(context, code, in_examples, &mut examples);
            }
        }
    }
    examples
}

fn read_block(
    context: &mut Context<'_>,
    code: &CodeBlock,
    in_examples: bool,
    examples: &mut Vec<ExampleDeclaration>,
) {
    let Some(message) = Message::parse(&code.text) else {
        read_bare_answer(context, code, examples);
        return;
    };
    let name = code.annotation.as_ref().and_then(annotated_name);
    let place = context.place(code.span);
    let ty = code.annotation.as_ref().and_then(annotated_type);
    let headers = message
        .headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let body = read_body(context, code, message.body);
    let hints = body.as_ref().map(find_hints).unwrap_or_default();
    match message.start {
        StartLine::Request(method, url) => {
            // A page without an HTTP request heading has its request lines in such blocks, too.
            let is_template = url.contains('{') && http_block::is_bare(code);
            if !in_examples
                && body.is_none()
                && (is_template
                    || code.annotation.as_ref().is_none_or(|it| it.block_type() != "request"))
            {
                return;
            }
            let url = url.trim();
            let url = url.rsplit_once(" HTTP/").map_or(url, |(url, _)| url.trim_end()).to_owned();
            let request = RequestMessage { method, url, headers, body, ty, hints, place };
            examples.push(ExampleDeclaration { name, request: Some(request), response: None });
        }
        StartLine::Response(status) => {
            push_response(
                examples,
                name,
                ResponseMessage { status, headers, body, ty, hints, place },
            );
        }
    }
}

/// JSON without a status line, which an annotation calls a response.
fn read_bare_answer(
    context: &mut Context<'_>,
    code: &CodeBlock,
    examples: &mut Vec<ExampleDeclaration>,
) {
    let Some(annotation) =
        code.annotation.as_ref().filter(|annotation| annotation.block_type() == "response")
    else {
        return;
    };
    let body = read_body(context, code, code.text.trim());
    let place: Place = context.place(code.span);
    let hints = body.as_ref().map(find_hints).unwrap_or_default();
    let response = ResponseMessage {
        status: 200,
        headers: Vec::new(),
        body,
        ty: annotated_type(annotation),
        hints,
        place,
    };
    push_response(examples, annotated_name(annotation), response);
}

/// A response belongs to the last request before it; a second one is an example of its own.
fn push_response(
    examples: &mut Vec<ExampleDeclaration>,
    name: Option<String>,
    response: ResponseMessage,
) {
    match examples.last_mut() {
        Some(last) if last.response.is_none() => last.response = Some(response),
        last => {
            let request = last.and_then(|last| last.request.clone());
            examples.push(ExampleDeclaration { name, request, response: Some(response) });
        }
    }
}

fn read_body(context: &mut Context<'_>, code: &CodeBlock, text: &str) -> Option<ExampleBody> {
    if text.is_empty() {
        return None;
    }
    let read = lenient_json::read(text);
    if let Some(flaw) = read.flaw {
        let is_json = matches!(read.body, ExampleBody::Json { .. });
        let start = code.text.rfind(text).unwrap_or(0);
        let span = context.span_in_code(code, start + flaw.offset);
        context.report(if is_json {
            Diagnostic::warning(
                Code::LenientJson,
                span,
                format!("the body of the example has {}", flaw.text),
            )
        } else {
            Diagnostic::warning(
                Code::InvalidJson,
                span,
                format!("the body of the example is kept as text: {}", flaw.text),
            )
        });
    }
    Some(read.body)
}

/// The objects of a body that name their type.
fn find_hints(body: &ExampleBody) -> Vec<TypeHint> {
    let ExampleBody::Json { text, .. } = body else { return Vec::new() };
    // Most bodies have none, and need not be read.
    if !text.contains("@odata.type\"") {
        return Vec::new();
    }
    let mut hints = Vec::new();
    if let Ok(value) = serde_json::from_str(text) {
        collect_hints(&value, &mut Vec::new(), &mut hints);
    }
    hints
}

fn collect_hints(value: &serde_json::Value, path: &mut Vec<String>, hints: &mut Vec<TypeHint>) {
    match value {
        serde_json::Value::Array(items) => {
            for item in items {
                collect_hints(item, path, hints);
            }
        }
        serde_json::Value::Object(members) => {
            if let Some(serde_json::Value::String(name)) = members.get("@odata.type") {
                let hint =
                    TypeHint { path: path.clone(), name: name.trim_start_matches('#').to_owned() };
                if hints.len() < 1000 && hints.last() != Some(&hint) {
                    hints.push(hint);
                }
            }
            for (name, value) in
                members.iter().filter(|(_, value)| value.is_array() || value.is_object())
            {
                path.push(name.clone());
                collect_hints(value, path, hints);
                path.pop();
            }
        }
        _ => {}
    }
}

fn annotated_name(annotation: &Annotation) -> Option<String> {
    let name = match annotation.members.get("name")? {
        serde_json::Value::String(name) => name.as_str(),
        serde_json::Value::Array(names) => names.first()?.as_str()?,
        _ => return None,
    };
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn annotated_type(annotation: &Annotation) -> Option<TypeText> {
    let name = annotation.text("@odata.type").or_else(|| annotation.text("@type"))?;
    let mut ty = type_cell::parse_words(name, annotation.span);
    ty.collection |= annotation.flag("isCollection") == Some(true);
    let is_type = ty.primitive.is_some() || !ty.reference.name.is_empty();
    is_type.then_some(ty)
}
