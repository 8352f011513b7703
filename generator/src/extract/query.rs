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
    for block in operation_page::blocks_under(context, |key| key.contains("query-parameter")) {
        let span = match block {
            Block::Text(text) => Some(text.span),
            Block::Table(table) => Some(table.span),
            Block::Code(_) | Block::Annotation(_) => None,
        };
        query.place = query.place.or_else(|| Some(context.place(span?)));
        match block {
            Block::Text(text) => read_text(text, &mut query.options),
            Block::Table(table) => read_table(context, table, &mut query),
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

fn read_table(context: &mut Context<'_>, table: &Table, query: &mut Query) {
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
            is_required: remark::is_required(text),
            description: words::description(text),
            place: context.place(cell.span),
        });
    }
}
