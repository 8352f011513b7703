//! What the documentation of an endpoint says.

use super::doc::{Doc, Inline, clip, code, ours};
use crate::model::{Method, Operation, Permissions};

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

fn list(inlines: &mut Vec<Inline<'_>>, items: impl Iterator<Item = String>) {
    for (at, item) in items.enumerate() {
        if at > 0 {
            inlines.push(ours(", "));
        }
        inlines.push(code(item));
    }
}
