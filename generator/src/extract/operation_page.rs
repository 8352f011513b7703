//! Pages about operations: request lines, parameters, body, answers, permissions, examples.

use std::collections::BTreeMap;

use super::declaration::{
    Declarations, ExampleDeclaration, OperationDeclaration, ParameterDeclaration, PathForm,
};
use super::http_block::{self, RequestLine};
use super::row::{self, Rows, Subject};
use super::{
    Context, PropertyRow, body, example, permissions, query, remark, resource_page, response,
    translation, words,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ExampleBody, Method, Segment, is_identifier};
use crate::page::{Block, Section};

/// Reads the operations of the page: one for each method, and for `$ref`, `$value` and `$count`.
pub(super) fn extract(context: &mut Context<'_>, declarations: &mut Declarations) {
    let lines = http_block::read(context);
    if lines.is_empty() {
        if context.page.folder == crate::page::Folder::Api {
            report_no_operation(context);
        }
        return;
    }
    let mut groups: BTreeMap<(PathForm, Method), Vec<RequestLine>> = BTreeMap::new();
    for line in lines {
        groups.entry((line.form, line.method)).or_default().push(line);
    }
    let mut shared = Shared::read(context);
    if context.page.folder == crate::page::Folder::Api && !context.is_localized {
        report_stray_tables(context);
    }
    let examples = example::read(context);
    if context.is_localized {
        let arguments: Vec<&str> = groups.values().flatten().flat_map(argument_names).collect();
        translation::align(context, &mut shared.parameters, &arguments);
        let sent = sent_names(&examples);
        let sent: Vec<&str> = sent.iter().map(String::as_str).collect();
        translation::align(context, &mut shared.body.rows, &sent);
    }
    let ids: Vec<String> =
        groups.keys().map(|&(form, method)| id(context, &groups, form, method)).collect();
    let (description, (deprecated, deprecated_place)) =
        (context.description(), context.deprecation());
    // Most pages have one operation, which takes all that is stated.
    let mut shared = vec![shared; groups.len()];
    let mut operations: Vec<OperationDeclaration> = Vec::with_capacity(groups.len());
    for (((form, method), lines), id) in groups.into_iter().zip(ids) {
        let Some(shared) = shared.pop() else { break };
        operations.push(OperationDeclaration {
            id,
            name: shared.name,
            title: shared.title,
            description: description.clone(),
            deprecated: deprecated.clone(),
            deprecated_place,
            method,
            form,
            paths: lines.into_iter().map(|line| line.path).collect(),
            headers: shared.headers,
            query: shared.query,
            query_options: shared.query_options,
            parameters: shared.parameters,
            body: shared.body,
            responses: shared.responses,
            permissions: shared.permissions.all,
            permissions_by: shared.permissions.by,
            permissions_place: shared.permissions.place,
            permission_rows: shared.permissions.rows,
            query_place: shared.query_place,
            examples: Vec::new(),
        });
    }
    assign_examples(&mut operations, examples);
    declarations.operations = operations;
}

/// The names of the arguments that a path gives to functions.
fn argument_names(line: &RequestLine) -> impl Iterator<Item = &str> {
    line.path
        .target
        .template
        .segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Call { arguments, .. } => Some(arguments),
            _ => None,
        })
        .flatten()
        .filter_map(|argument| argument.name.as_deref())
}

/// The members of the first body that the examples send.
fn sent_names(examples: &[ExampleDeclaration]) -> Vec<String> {
    let body =
        examples.iter().find_map(|example| match example.request.as_ref()?.body.as_ref()? {
            ExampleBody::Json { text, .. } => serde_json::from_str(text).ok(),
            ExampleBody::Text(_) => None,
        });
    match body {
        Some(serde_json::Value::Object(members)) => {
            members.into_iter().map(|(name, _)| name).filter(|name| is_identifier(name)).collect()
        }
        _ => Vec::new(),
    }
}

fn report_no_operation(context: &mut Context<'_>) {
    let sections = &context.page.sections;
    let message = if sections.iter().any(http_block::is_request_section) {
        "the HTTP request section holds no request line that can be read, so the operation is left out"
    } else if sections
        .iter()
        .take_while(|section| !http_block::is_example_section(section))
        .any(response::is_response_section)
    {
        "the page has no HTTP request section, so the operation is left out"
    } else {
        return;
    };
    let span = context.place_of_page().span;
    context.report(Diagnostic::error(Code::PageWithoutRequest, span, message));
}

/// The page's path below `api/` without its extension, which in a flat folder is the stem, and what
/// sets the operation apart from others of the page.
fn id(
    context: &Context<'_>,
    groups: &BTreeMap<(PathForm, Method), Vec<RequestLine>>,
    form: PathForm,
    method: Method,
) -> String {
    let path = context.page.path.as_str();
    let below = path.strip_prefix("api/").and_then(|path| path.strip_suffix(".md"));
    let mut id = below.unwrap_or_else(|| resource_page::stem(context.page)).to_owned();
    let several_forms = groups.keys().any(|(other, _)| *other != form);
    if several_forms {
        id.push_str(match form {
            PathForm::Plain => "",
            PathForm::Ref => ":ref",
            PathForm::Value => ":value",
            PathForm::Count => ":count",
        });
    }
    if groups.keys().filter(|(other, _)| *other == form).count() > 1 {
        id.push(':');
        id.push_str(method.as_str());
    }
    id
}

/// What the page states for all of its operations.
#[derive(Clone)]
struct Shared {
    name: String,
    title: String,
    headers: Vec<ParameterDeclaration>,
    query: Vec<ParameterDeclaration>,
    query_options: Vec<String>,
    query_place: Option<super::Place>,
    parameters: Vec<PropertyRow>,
    body: super::BodyDeclaration,
    responses: Vec<super::ResponseDeclaration>,
    permissions: permissions::Stated,
}

impl Shared {
    fn read(context: &mut Context<'_>) -> Self {
        let title = match &context.page.title {
            Some(title) => title.value.trim().to_owned(),
            None => String::new(),
        };
        let name =
            name_from(if title.is_empty() { resource_page::stem(context.page) } else { &title });
        let query = query::read(context);
        Self {
            name,
            title,
            headers: read_headers(context),
            query: query.parameters,
            query_options: query.options,
            query_place: query.place,
            parameters: read_parameters(context),
            body: body::read(context),
            responses: response::read(context),
            permissions: permissions::read(context),
        }
    }
}

/// The title in snake case: `create_message`. A remark such as `(deprecated)` is no part of it.
fn name_from(title: &str) -> String {
    let title = match title.rsplit_once('(') {
        Some((name, remark))
            if !name.trim().is_empty() && remark.trim_end().ends_with(')') && remark.len() < 20 =>
        {
            name
        }
        _ => title,
    };
    let mut name = String::with_capacity(title.len());
    let mut last_is_lower = false;
    for char in title.chars() {
        if char.is_alphanumeric() {
            if char.is_uppercase() && last_is_lower {
                name.push('_');
            }
            last_is_lower = char.is_lowercase() || char.is_numeric();
            name.extend(char.to_lowercase());
        } else {
            if !name.is_empty() && !name.ends_with('_') {
                name.push('_');
            }
            last_is_lower = false;
        }
    }
    name.truncate(name.trim_end_matches('_').len());
    name
}

/// The blocks of all sections whose key satisfies `matches`, examples left out.
pub(super) fn blocks_under<'a>(
    context: &Context<'a>,
    matches: impl Fn(&str) -> bool + 'a,
) -> Vec<&'a Block> {
    let page = context.page;
    page.sections_under(move |section: &Section| section.level > 1 && matches(&section.key))
        .flatten()
        .flat_map(|section| &section.blocks)
        .collect()
}

fn read_headers(context: &mut Context<'_>) -> Vec<ParameterDeclaration> {
    /// What every client sends by itself.
    const IMPLIED: [&str; 4] = ["authorization", "accept", "content-type", "content-length"];
    let mut headers: Vec<ParameterDeclaration> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for block in blocks_under(context, |key| key.contains("request-header") || key == "headers") {
        let Block::Table(table) = block else { continue };
        let description =
            table.column(&["description", "value", "descrição", "valor"]).filter(|&at| at > 0);
        for row in &table.rows {
            let Some(cell) = row.cells.first() else { continue };
            // The value stands in the name's cell now and then: `Prefer: outlook.timezone`.
            let name = cell
                .plain
                .split([':', ' ', '\n'])
                .next()
                .unwrap_or_default()
                .trim_matches(['*', '_', '`']);
            let is_name = !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if !is_name {
                if !name.is_empty() && !context.is_localized {
                    let message = format!(
                        "`{}` is no name of a header, so the row is left out",
                        row::shorten(name)
                    );
                    context.report(Diagnostic::warning(Code::UnreadableName, cell.span, message));
                }
                continue;
            }
            if IMPLIED.iter().any(|implied| name.eq_ignore_ascii_case(implied))
                || !seen.insert(name.to_ascii_lowercase())
            {
                continue;
            }
            let text =
                description.and_then(|at| row.cells.get(at)).map_or("", |cell| cell.plain.trim());
            headers.push(ParameterDeclaration {
                name: name.to_owned(),
                ty: None,
                is_required: remark::is_required(text),
                description: words::description(text),
                place: context.place(row.span),
            });
        }
    }
    headers
}

fn read_parameters(context: &mut Context<'_>) -> Vec<PropertyRow> {
    let mut rows = Rows::default();
    let blocks = blocks_under(context, |key| {
        key.starts_with("function-parameter")
            || key.starts_with("path-parameter")
            || matches!(key, "parameters" | "uri-parameters")
    });
    for block in blocks {
        if let Block::Table(table) = block
            && !rows.add_table(context, table, Subject::PathParameters)
        {
            row::report_table(context, table);
        }
    }
    rows.into_list()
}

/// Reports tables of properties or parameters under headings that say nothing of where these go.
fn report_stray_tables(context: &mut Context<'_>) {
    const ROLES: [&str; 9] = [
        "request-body",
        "parameter",
        "header",
        "permission",
        "prereq",
        "response",
        "example",
        "values",
        "error",
    ];
    let mut within = None;
    for section in &context.page.sections {
        if within.is_some_and(|level| section.level > level) {
            continue;
        }
        let has_role = ROLES.iter().any(|role| section.key.contains(role));
        within = (section.level > 1 && has_role).then_some(section.level);
        // What a type or an enumeration of the page is made of is read elsewhere.
        if within.is_some() || section.level == 1 || resource_page::is_own_section(section) {
            continue;
        }
        for block in &section.blocks {
            if let Block::Table(table) = block
                && row::lists_properties(table)
            {
                context.report(
                    Diagnostic::warning(
                        Code::UnreadableTable,
                        table.span,
                        format!(
                            "`{}` does not say where parameters go, so these are left out",
                            section.title
                        ),
                    )
                    .help("put the table under a heading such as `Request body`"),
                );
            }
        }
    }
}

/// Gives each example to the operation whose method and form its request has, else to the first.
fn assign_examples(operations: &mut [OperationDeclaration], examples: Vec<ExampleDeclaration>) {
    for example in examples {
        let at = example.request.as_ref().and_then(|request| {
            let form = form_of_url(&request.url);
            let fits = |operation: &OperationDeclaration| operation.method == request.method;
            operations
                .iter()
                .position(|operation| fits(operation) && operation.form == form)
                .or_else(|| operations.iter().position(fits))
        });
        if let Some(operation) = operations.get_mut(at.unwrap_or(0)) {
            operation.examples.push(example);
        }
    }
}

fn form_of_url(url: &str) -> PathForm {
    let path =
        url.split(['?', ' ']).next().unwrap_or_default().trim_end_matches('/').to_ascii_lowercase();
    if path.ends_with("/$ref") {
        PathForm::Ref
    } else if path.ends_with("/$value") {
        PathForm::Value
    } else if path.ends_with("/$count") {
        PathForm::Count
    } else {
        PathForm::Plain
    }
}
