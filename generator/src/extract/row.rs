//! Rows of the tables of properties, relationships and parameters.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::declaration::{PropertyRow, Reference};
use super::{Context, link, remark, type_cell, values, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::is_identifier;
use crate::page::{MarkKind, Row, Table, Text};

/// Which columns hold what.
#[derive(Clone, Copy, Debug)]
struct Columns {
    ty: Option<usize>,
    /// A column of values, which tables without a column of types use for these.
    value: Option<usize>,
    description: Option<usize>,
    required: Option<usize>,
}

/// What the rows of a table stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Properties,
    Relationships,
    /// Of a body.
    Parameters,
    /// Of a path or a function. A placeholder may have a `-` in its name.
    PathParameters,
}

impl Subject {
    fn is_parameters(self) -> bool {
        matches!(self, Self::Parameters | Self::PathParameters)
    }

    fn is_name(self, name: &str) -> bool {
        is_identifier(name)
            || (self == Self::PathParameters && is_identifier(&name.replace('-', "_")))
    }
}

const NAME_HEADERS: [&str; 40] = [
    "property",
    "property name",
    "properties",
    "name",
    "parameter",
    "parameter name",
    "parameters",
    "relationship",
    "relationship name",
    "navigation property",
    "attribute",
    "field",
    "member",
    "propriedade",
    "nome",
    "parâmetro",
    "relação",
    "relacionamento",
    "propiedad",
    "nombre",
    "parámetro",
    "relación",
    "eigenschaft",
    "eigenschaftsname",
    "beziehung",
    "propriété",
    "nom",
    "paramètre",
    "relation",
    "proprietà",
    "プロパティ",
    "パラメーター",
    "名前",
    "リレーションシップ",
    "关系",
    "属性",
    "参数",
    "名称",
    "свойство",
    "параметр",
];
const TYPE_HEADERS: [&str; 11] = [
    "type",
    "data type",
    "datatype",
    "value type",
    "tipo",
    "typ",
    "型",
    "種類",
    "类型",
    "тип",
    "tipo de dados",
];
const DESCRIPTION_HEADERS: [&str; 12] = [
    "description",
    "descrição",
    "descripción",
    "beschreibung",
    "説明",
    "描述",
    "说明",
    "описание",
    "notes",
    "comment",
    "details",
    "remarks",
];

/// Rows with distinct names.
#[derive(Default)]
pub(super) struct Rows {
    list: Vec<PropertyRow>,
    by_name: HashMap<String, usize>,
}

impl Rows {
    /// Reads the rows of a table that lists properties. Says whether it does.
    pub(super) fn add_table(
        &mut self,
        context: &mut Context<'_>,
        table: &Table,
        subject: Subject,
    ) -> bool {
        let Some(columns) = columns(table, subject, context.is_localized) else { return false };
        for row in &table.rows {
            if let Some(parsed) = parse_row(context, row, columns, subject) {
                self.add(context, parsed);
            }
        }
        true
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    fn add(&mut self, context: &mut Context<'_>, row: PropertyRow) {
        match self.by_name.entry(row.name.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(self.list.len());
                self.list.push(row);
            }
            Entry::Occupied(entry) => {
                // A property that both tables list is a relationship, whichever comes first.
                let first = &mut self.list[*entry.get()];
                first.is_relationship |= row.is_relationship;
                let first = first.place.span;
                let message = format!("`{}` is listed twice on this page", row.name);
                context.report(
                    Diagnostic::warning(Code::DuplicateProperty, row.place.span, message)
                        .label(first, "the first row, which counts"),
                );
            }
        }
    }

    /// The rows, in the order of the page.
    pub(super) fn into_list(self) -> Vec<PropertyRow> {
        self.list
    }
}

/// Whether the header of a table is that of properties or parameters with their types.
pub(super) fn lists_properties(table: &Table) -> bool {
    names_rows(table) && table.column(&TYPE_HEADERS).is_some_and(|at| at > 0)
}

/// Whether the first column of a table holds names of properties or parameters.
pub(super) fn names_rows(table: &Table) -> bool {
    let first =
        table.header.first().map(|cell| cell.plain.trim().trim_end_matches(':').to_lowercase());
    first.is_some_and(|first| NAME_HEADERS.contains(&first.as_str()))
}

/// Reports a table that stands where properties or parameters are listed, and lists none.
pub(super) fn report_table(context: &mut Context<'_>, table: &Table) {
    if table.rows.is_empty() {
        return;
    }
    let span = table.header.first().map_or(table.span, |cell| cell.span);
    context.report(
        Diagnostic::warning(
            Code::UnreadableTable,
            span,
            "the header is not that of properties or parameters, so the rows are left out",
        )
        .help("name the columns `Property`, or `Parameter`, `Type` and `Description`"),
    );
}

fn columns(table: &Table, subject: Subject, is_localized: bool) -> Option<Columns> {
    let first = table.header.first()?.plain.trim().trim_end_matches(':').to_lowercase();
    let is_named = NAME_HEADERS.contains(&first.as_str());
    let ty = table.column(&TYPE_HEADERS).filter(|&at| at > 0);
    let description = table.column(&DESCRIPTION_HEADERS).filter(|&at| at > 0);
    let required = table
        .column(&["required", "required?", "required (y/n)", "obrigatório"])
        .filter(|&at| at > 0);
    let value = table.column(&["value", "valor"]).filter(|&at| at > 0);
    match ty {
        Some(_) if is_named || !subject.is_parameters() || table.header.len() == 3 => {
            Some(Columns { ty, value: None, description, required })
        }
        // Translated tables keep their order, and parameters may do without a type.
        None if is_localized && table.header.len() == 3 => {
            Some(Columns { ty: Some(1), value: None, description: Some(2), required })
        }
        None if subject.is_parameters() && is_named => {
            Some(Columns { ty: None, value, description: description.or(value), required })
        }
        _ => None,
    }
}

fn parse_row(
    context: &mut Context<'_>,
    row: &Row,
    columns: Columns,
    subject: Subject,
) -> Option<PropertyRow> {
    let name_cell = row.cells.first()?;
    let (name, name_deprecated) = parse_name(&name_cell.plain);
    if name.is_empty() {
        if !name_cell.is_empty() || row.cells.iter().any(|cell| !cell.is_empty()) {
            report_name(context, row, &name_cell.plain);
        }
        return None;
    }
    if !subject.is_name(name) {
        report_name(context, row, name);
        return None;
    }
    let name = name.to_owned();
    let page = context.page.path.as_str();
    let empty = Text {
        plain: String::new(),
        marks: Vec::new(),
        span: row.span,
        container: name_cell.container,
    };
    let type_cell = columns.ty.and_then(|at| row.cells.get(at)).unwrap_or(&empty);
    if let Some(first) = type_cell::first_of_several(type_cell) {
        let message = format!("the cell names several types; the first, `{first}`, is taken");
        context.report(Diagnostic::warning(Code::UnionType, type_cell.span, message));
    }
    let mut ty = type_cell::parse(type_cell, page);
    if let Some(cell) = columns.value.and_then(|at| row.cells.get(at)) {
        let stated = type_cell::parse(cell, page);
        if stated.primitive.is_some() || stated.reference.target.is_some() {
            ty = stated;
        }
    }
    let description = columns.description.and_then(|at| row.cells.get(at)).unwrap_or(&empty);
    let text = description.plain.as_str();
    let triggers = words::Triggers::find(text);
    let inherited_from = if triggers.inherited { inherited(description, page) } else { None };
    let has_source = inherited_from.is_some();
    let required_cell = columns.required.and_then(|at| row.cells.get(at));
    let is_required = match required_cell {
        Some(cell) => remark::is_yes(&cell.plain),
        None => {
            (triggers.required && remark::is_required(text))
                || words::has(&type_cell.plain, "(required)")
        }
    };
    Some(PropertyRow {
        ty,
        is_relationship: subject == Subject::Relationships,
        inherited_from,
        is_read_only: (triggers.read_only && remark::is_read_only(text))
            || words::has(&type_cell.plain, "(readonly)"),
        is_nullable: if triggers.nullable { remark::nullable(text) } else { None },
        is_required,
        description: described(text, has_source),
        deprecated: Some(text)
            .filter(|_| triggers.deprecated)
            .and_then(remark::row_deprecation)
            .or_else(|| name_deprecated.then(String::new)),
        query_options: words::supported_query_options(text),
        values: if triggers.listed || context.is_localized {
            values::listed(description)
        } else {
            Vec::new()
        },
        place: context.place(row.span),
        name,
    })
}

/// What a cell says of its property; from which type it comes is a fact of its own.
fn described(text: &str, is_inherited: bool) -> Option<String> {
    if !is_inherited {
        return words::description(text);
    }
    let own: Vec<&str> = words::sentences(text)
        .filter(|sentence| !INHERITED.iter().any(|words| words::has(sentence, words)))
        .collect();
    words::description(&own.join(" "))
}

fn report_name(context: &mut Context<'_>, row: &Row, name: &str) {
    // Annotations such as `@odata.type` and `x@odata.bind` are no properties, and no mistake.
    if name.contains('@') || name.starts_with('$') {
        return;
    }
    context.report(Diagnostic::warning(
        Code::UnreadableName,
        row.cells.first().map_or(row.span, |cell| cell.span),
        format!("`{}` is no name of a property, so the row is left out", shorten(name)),
    ));
}

/// Text for a message: no longer than a line.
pub(super) fn shorten(text: &str) -> &str {
    let end = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
    text[..end].trim()
}

/// The name, and whether `(deprecated)` stands behind it.
fn parse_name(text: &str) -> (&str, bool) {
    let text = text.trim().trim_matches(['*', '`', '"', ':']);
    match text.split_once('(') {
        Some((name, remark)) if !name.trim().is_empty() => {
            (name.trim(), words::has(remark, "deprecated"))
        }
        _ => (text, false),
    }
}

/// What stands in front of the type that a row is inherited from.
const INHERITED: [&str; 6] =
    ["inherited from", "inherits from", "herdado de", "herdada de", "herdado do", "heredado de"];

/// The type that a row is inherited from: `Inherited from [entity](entity.md)`.
fn inherited(description: &Text, page: &str) -> Option<Reference> {
    let text = description.plain.as_str();
    let at = INHERITED
        .iter()
        .filter_map(|words| words::find(text, words).map(|at| at + words.len()))
        .max()?;
    reference_behind(description, at, page)
}

/// The type that is named behind the offset `at`: by a link that begins soon, else by a word.
pub(super) fn reference_behind(text: &Text, at: usize, page: &str) -> Option<Reference> {
    let near = text.marks.iter().find_map(|mark| match &mark.kind {
        MarkKind::Link(target) if mark.range.start >= at && mark.range.start <= at + 12 => {
            Some((mark, target))
        }
        _ => None,
    });
    if let Some((mark, target)) = near {
        let name = text.plain[mark.range.clone()].trim().trim_matches(['*', '`']);
        let name = name.split_whitespace().next().unwrap_or_default();
        return Some(Reference {
            name: name.to_owned(),
            target: link::resolve(page, target),
            span: text.span,
        });
    }
    let mut words = text.plain[at..].split_whitespace();
    let name = words.find(|word| !matches!(*word, "the" | "a" | "an" | "o" | "a:" | "as"))?;
    let name = name.trim_matches(|char: char| !char.is_alphanumeric());
    crate::model::is_dotted(name).then(|| Reference {
        name: name.to_owned(),
        target: None,
        span: text.span,
    })
}
