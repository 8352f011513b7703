//! What the documentation of an endpoint says.

use super::doc::{Doc, Inline, clip, code, ours};
use crate::model::{Method, Operation, ParameterLocation, Permissions};

/// The most bytes of what is said of a parameter.
const LONGEST_PARAMETER: usize = 400;

/// The documentation of an endpoint, given its path and what all pages together say.
pub(super) fn document<'a>(
    method: Method,
    template: &str,
    operations: &[&'a Operation],
    permissions: &Permissions,
    query_options: &[&'a str],
) -> Doc<'a> {
    let owner = operations[0];
    let line = code(format!("{} {template}", method.as_str()));
    let mut doc = match owner.description.as_deref() {
        Some(text) if !text.trim().is_empty() => {
            let mut doc = Doc::prose(Some(text), Vec::new());
            doc.paragraph(vec![line]);
            doc
        }
        _ => Doc::ours(vec![line]),
    };
    if !query_options.is_empty() {
        let mut inlines = vec![ours("Query options that the docs name: ")];
        list(&mut inlines, query_options.iter().map(|option| format!("${option}")));
        doc.paragraph(inlines);
    }
    describe_parameters(&mut doc, owner);
    let kinds = [
        ("Delegated permissions, work or school account: ", &permissions.delegated_work),
        ("Delegated permissions, personal account: ", &permissions.delegated_personal),
        ("Application permissions: ", &permissions.application),
    ];
    if kinds.iter().any(|(_, permissions)| !permissions.is_empty()) {
        doc.paragraph(vec![ours(
            "One of these permissions is needed, the least privileged first:",
        )]);
    }
    for (kind, permissions) in kinds {
        if !permissions.is_empty() {
            let mut inlines = vec![ours(kind)];
            list(
                &mut inlines,
                permissions.iter().map(|alternative| alternative.replace('+', " and ")),
            );
            doc.item(inlines);
        }
    }
    doc.paragraph(vec![ours(if operations.len() == 1 {
        "Documented on this page:"
    } else {
        "Documented on these pages:"
    })]);
    for operation in operations {
        let title = Inline::Prose(clip(&operation.title, 200));
        doc.item(vec![title, ours(" ("), code(&*operation.source.file), ours(")")]);
    }
    doc
}

/// What the page says of what the caller gives beside the body.
fn describe_parameters<'a>(doc: &mut Doc<'a>, operation: &'a Operation) {
    let mut is_first = true;
    for parameter in &operation.parameters {
        let text = parameter.description.as_deref().unwrap_or_default().trim();
        let place = match parameter.location {
            ParameterLocation::Path | ParameterLocation::Function => "",
            ParameterLocation::Query if parameter.name.starts_with('$') => continue,
            ParameterLocation::Query => " in the query",
            ParameterLocation::Header if is_by_runtime(&parameter.name) => continue,
            ParameterLocation::Header => " in a header",
        };
        if text.is_empty() && !(place.len() > 1 && parameter.is_required) {
            continue;
        }
        if std::mem::take(&mut is_first) {
            doc.paragraph(vec![ours("What the caller gives:")]);
        }
        let is_noted = parameter.is_required && !place.is_empty();
        let need = if is_noted { ", required: " } else { ": " };
        doc.item(vec![
            code(&*parameter.name),
            ours(place),
            ours(need),
            Inline::Prose(clip(text, LONGEST_PARAMETER)),
        ]);
    }
}

/// Headers that callers do not give themselves.
fn is_by_runtime(name: &str) -> bool {
    ["authorization", "content-type", "content-length", "accept"]
        .iter()
        .any(|header| name.eq_ignore_ascii_case(header))
}

fn list(inlines: &mut Vec<Inline<'_>>, items: impl Iterator<Item = String>) {
    for (at, item) in items.enumerate() {
        if at > 0 {
            inlines.push(ours(", "));
        }
        inlines.push(code(item));
    }
}
