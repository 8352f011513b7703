//! The Query parameters section: options of OData, and parameters with a name of their own.

use std::collections::HashSet;

use super::declaration::ParameterDeclaration;
use super::{Context, Place, operation_page, remark, row, type_cell, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::is_identifier;
use crate::page::{Block, Table, Text};

/// What the section states.
#[derive(Clone, Debug, Default)]
pub(super) struct Query {
    pub(super) parameters: Vec<ParameterDeclaration>,
    /// Options of OData without their `$`, in lower case.
    pub(super) options: Vec<String>,
    /// The first paragraph or table.
    pub(super) place: Option<Place>,
}

/// Reads the section.
pub(super) fn read(context: &mut Context<'_>) -> Query {
    let mut query = Query::default();
    let mut is_required = false;
    for block in operation_page::blocks_under(context, |key| key.contains("query-parameter")) {
        let span = match block {
            Block::Text(text) => Some(text.span),
            Block::Table(table) => Some(table.span),
            Block::Code(_) | Block::Annotation(_) => None,
        };
        query.place = query.place.or_else(|| Some(context.place(span?)));
        match block {
            Block::Text(text) => {
                // The text right in front of a table is about that table.
                is_required = requires_rows(&text.plain);
                read_text(text, &mut query.options);
            }
            Block::Table(table) => {
                read_table(context, table, std::mem::take(&mut is_required), &mut query);
            }
            Block::Code(_) | Block::Annotation(_) => {}
        }
    }
    query
}

/// Adds the options that a paragraph names, but for those that it says are not supported.
fn read_text(text: &Text, options: &mut Vec<String>) {
    let clauses = || words::sentences(&text.plain).flat_map(words::clauses);
    for clause in clauses().filter(|clause| !words::is_denial(clause)) {
        words::collect_query_options(clause, options);
    }
    // Some pages leave the `$` out, and write the name as code.
    if !clauses().any(words::is_denial) {
        for code in text.codes() {
            words::push_query_option(code, options);
        }
    }
}

/// Whether the text in front of a table says that what it lists is required: "provide the following
/// required query parameters".
fn requires_rows(text: &str) -> bool {
    const DENIALS: [&str; 5] = ["not required", "n't required", "optional", " if ", " when "];
    words::sentences(text).any(|sentence| {
        let has = |words| words::has(sentence, words);
        let is_said = has("following required")
            || has("required query parameters")
            || (has("following") && has("parameters are required"));
        is_said && has("parameter") && !DENIALS.into_iter().any(has)
    })
}

/// `is_required` is whether the text in front says that all rows are.
fn read_table(context: &mut Context<'_>, table: &Table, is_required: bool, query: &mut Query) {
    let page = context.page.path.as_str();
    let mut seen = HashSet::new();
    let ty = table.column(&["type", "tipo"]).filter(|&at| at > 0);
    let description = table.column(&["description", "value", "descrição"]).filter(|&at| at > 0);
    for cells in table.rows.iter().map(|row| &row.cells) {
        let Some(cell) = cells.first() else { continue };
        if cell.plain.contains('$') {
            words::collect_query_options(&cell.plain, &mut query.options);
            continue;
        }
        let name = cell.plain.trim().trim_matches(['*', '`']);
        if !is_identifier(name) {
            // Paths and terms are what an option may name, not parameters.
            let is_term = name.contains(['/', '(', '.']) || !row::names_rows(table);
            if !name.is_empty() && !is_term && !context.is_localized {
                let message = format!(
                    "`{}` is no name of a parameter, so the row is left out",
                    row::shorten(name)
                );
                context.report(Diagnostic::warning(Code::UnreadableName, cell.span, message));
            }
            continue;
        }
        if !seen.insert(name) {
            continue;
        }
        let text = description.and_then(|at| cells.get(at)).map_or("", |cell| cell.plain.trim());
        let ty = ty.and_then(|at| cells.get(at)).map(|cell| type_cell::parse(cell, page));
        query.parameters.push(ParameterDeclaration {
            name: name.to_owned(),
            ty,
            is_required: remark::is_required(text)
                || (is_required && !words::has(text, "optional")),
            description: words::description(text),
            place: context.place(cell.span),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::requires_rows;

    #[test]
    fn introductions() {
        for text in [
            "In the request URL, provide the following required query parameters with values.",
            "Give the required query parameters.",
            "The following query parameters are required.",
        ] {
            assert!(requires_rows(text), "{text}");
        }
        for text in [
            "This method requires a filter.",
            "The following query parameters are required when searching.",
            "The following query parameters are not required.",
            "In the request URL, provide the following optional query parameters.",
        ] {
            assert!(!requires_rows(text), "{text}");
        }
    }
}
