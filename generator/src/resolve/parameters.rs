//! Parameters that do not stand in the body: of the path, of functions, of the query, in headers.

use super::Scope;
use super::names::Names;
use super::operations::Context;
use super::types::row_type;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::{OperationDeclaration, ParameterDeclaration, PropertyRow};
use crate::hash::{HashMap, HashSet};
use crate::model::{
    Argument, ArgumentValue, Method, OperationKind, Parameter, ParameterLocation, Path, Primitive,
    Segment, Source, TypeName, TypeRef,
};

const STRING: TypeRef = TypeRef { name: TypeName::Primitive(Primitive::String), collection: false };

/// All parameters, in the order path, function, query, header.
pub(super) fn resolve(
    operation: &OperationDeclaration,
    members: &[usize],
    paths: &[Path],
    kind: OperationKind,
    context: &Context<'_>,
    query_options: &mut Vec<String>,
    diagnostics: &mut Diagnostics,
) -> Vec<Parameter> {
    let (scope, names) = (context.scope, context.names);
    let mut list = List::default();
    // Functions that are called by GET have no body; a table there lists their parameters.
    let body_rows =
        if operation.method == Method::Get { operation.body.rows.as_slice() } else { &[] };
    let rows: Vec<&PropertyRow> = operation.parameters.iter().chain(body_rows).collect();
    let mut by_letters: HashMap<String, &PropertyRow> = HashMap::default();
    for row in &rows {
        by_letters.entry(letters(&row.name)).or_insert(row);
    }
    let mut typed = |name: &str| {
        let row = by_letters.get(&letters(name))?;
        Some(Row {
            ty: row_type(row, scope, names, &mut Diagnostics::new()).0,
            description: row.description.clone(),
            source: scope.source(row.place),
        })
    };
    for path in paths {
        add_placeholders(path, &mut list, &mut typed);
    }
    for path in paths {
        for segment in &path.template.segments {
            if let Segment::Call { arguments, .. } = segment {
                for argument in arguments {
                    add_argument(argument, path, &mut list, &mut typed);
                }
            }
        }
    }
    // What an action lists beside its path goes into its body.
    if kind != OperationKind::Action {
        add_rows(&rows, operation, scope, names, &mut list, diagnostics);
    }
    add_query(operation, members, scope, names, query_options, &mut list);
    for header in &operation.headers {
        list.push(Parameter {
            name: header.name.clone(),
            location: ParameterLocation::Header,
            ty: STRING,
            is_required: header.is_required,
            description: header.description.clone(),
            source: scope.source(header.place),
        });
    }
    list.parameters
}

#[derive(Default)]
struct List {
    parameters: Vec<Parameter>,
    seen: HashSet<(ParameterLocation, String)>,
    /// The letters of all names but those of headers.
    letters: HashSet<String>,
}

impl List {
    fn push(&mut self, parameter: Parameter) {
        if self.seen.insert((parameter.location, parameter.name.to_lowercase())) {
            if parameter.location != ParameterLocation::Header {
                self.letters.insert(letters(&parameter.name));
            }
            self.parameters.push(parameter);
        }
    }
}

/// What of a name counts, since pages differ in case and punctuation: `item-id` is `itemId`.
pub(super) fn letters(name: &str) -> String {
    if name.is_ascii() {
        let mut letters = String::with_capacity(name.len());
        letters.extend(name.chars().filter(char::is_ascii_alphanumeric));
        letters.make_ascii_lowercase();
        return letters;
    }
    name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What the table says of a parameter.
struct Row {
    ty: TypeRef,
    description: Option<String>,
    source: Source,
}

impl Row {
    /// What is held of one that the table does not have.
    fn without(ty: TypeRef, path: &Path) -> Self {
        Self { ty, description: None, source: path.source.clone() }
    }
}

type Typed<'a> = dyn FnMut(&str) -> Option<Row> + 'a;

/// Adds the placeholders of one path. Where several have one name, each is called after the word
/// in front of it, too: `folder-id`, `note-id`.
fn add_placeholders(path: &Path, list: &mut List, typed: &mut Typed<'_>) {
    let mut places: Vec<(&str, &str)> = Vec::new();
    let mut before = "";
    for segment in &path.template.segments {
        match segment {
            Segment::Key(placeholder) | Segment::ByPath(placeholder) => {
                places.push((before, &placeholder.name));
            }
            Segment::AlternateKey(arguments) => {
                places.extend(arguments.iter().filter_map(|argument| match &argument.value {
                    ArgumentValue::Placeholder { placeholder, .. } => {
                        Some((before, placeholder.name.as_str()))
                    }
                    ArgumentValue::Literal { .. } => None,
                }));
            }
            other => before = super::paths::word(other).unwrap_or(before),
        }
    }
    let first = |name: &str| name.split('|').next().unwrap_or(name).trim().to_owned();
    let mut counts: HashMap<String, usize> = HashMap::default();
    for (_, stated) in &places {
        *counts.entry(first(stated).to_ascii_lowercase()).or_default() += 1;
    }
    for &(before, stated) in &places {
        let name = first(stated);
        let is_repeated = counts.get(&name.to_ascii_lowercase()).is_some_and(|count| *count > 1);
        let full = if is_repeated && !before.is_empty() {
            let singular = super::paths::singulars(before).next();
            format!("{}-{name}", singular.as_deref().unwrap_or(before))
        } else {
            name.clone()
        };
        let row = typed(&name).or_else(|| typed(stated));
        let Row { ty, description, source } = row.unwrap_or_else(|| Row::without(STRING, path));
        list.push(Parameter {
            name: full,
            location: ParameterLocation::Path,
            ty,
            is_required: true,
            description,
            source,
        });
    }
}

fn add_argument(argument: &Argument, path: &Path, list: &mut List, typed: &mut Typed<'_>) {
    let (placeholder, quoted) = match &argument.value {
        ArgumentValue::Placeholder { placeholder, quoted } => {
            (Some(placeholder.name.as_str()), *quoted)
        }
        ArgumentValue::Literal { quoted, .. } => (None, *quoted),
    };
    let Some(name) = argument.name.as_deref().or(placeholder) else { return };
    let stated = typed(name).or_else(|| placeholder.and_then(typed));
    let ty = match &argument.value {
        ArgumentValue::Literal { text, quoted: false } => literal_type(text),
        _ => TypeRef {
            name: TypeName::Primitive(if quoted { Primitive::String } else { Primitive::Untyped }),
            collection: false,
        },
    };
    // What has no name may be a key.
    let ty = if argument.name.is_some() { ty } else { STRING };
    let Row { ty, description, source } = stated.unwrap_or_else(|| Row::without(ty, path));
    list.push(Parameter {
        name: name.to_owned(),
        location: ParameterLocation::Function,
        ty,
        is_required: argument.is_required(),
        description,
        source,
    });
}

/// The type that a sample value shows.
fn literal_type(text: &str) -> TypeRef {
    let primitive = if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        Primitive::Boolean
    } else if text.parse::<i32>().is_ok() {
        Primitive::Int32
    } else if text.parse::<f64>().is_ok() {
        Primitive::Double
    } else {
        Primitive::String
    };
    TypeRef { name: TypeName::Primitive(primitive), collection: false }
}

/// Rows that no path mentions: of queries, or of nothing that the page shows.
fn add_rows(
    rows: &[&PropertyRow],
    operation: &OperationDeclaration,
    scope: &Scope<'_>,
    names: &Names,
    list: &mut List,
    diagnostics: &mut Diagnostics,
) {
    if rows.is_empty() {
        return;
    }
    let placed = Placed::collect(operation);
    let targets = operation.paths.iter().flat_map(|path| &path.target.query);
    let queried: HashSet<String> = targets.map(|item| item.name.to_ascii_lowercase()).collect();
    for row in rows {
        let is_known = list.letters.contains(&letters(&row.name)) || placed.contains(row);
        let in_query = queried.contains(&row.name.to_ascii_lowercase());
        let (ty, _) = row_type(row, scope, names, diagnostics);
        if is_known {
            continue;
        }
        if !in_query {
            let message = format!("`{}` stands in no path, so no call takes it", row.name);
            diagnostics.push(
                Diagnostic::warning(Code::UnusedParameter, row.place.span, message)
                    .help("write a path that has it"),
            );
            continue;
        }
        list.push(Parameter {
            name: row.name.clone(),
            location: ParameterLocation::Query,
            ty,
            is_required: row.is_required,
            description: row.description.clone(),
            source: scope.source(row.place),
        });
    }
}

/// What a path of the page shows, be it as a part of an option such as `$filter=id eq
/// '{id_value}'`, or the table of the query lists: the letters of the names.
pub(super) struct Placed(HashSet<String>);

impl Placed {
    pub(super) fn collect(operation: &OperationDeclaration) -> Self {
        let mut placed: HashSet<String> =
            operation.query.iter().map(|row| letters(&row.name)).collect();
        let mut add_placeholders = |text: &str| {
            for part in text.split(['{', '<']).skip(1) {
                let inner = part.split(['}', '>']).next().unwrap_or_default();
                placed.extend(inner.split('|').map(letters));
            }
        };
        for path in &operation.paths {
            add_placeholders(&path.target.template.text);
            path.target.query.iter().for_each(|item| add_placeholders(&item.value));
        }
        for segment in operation.paths.iter().flat_map(|path| &path.target.template.segments) {
            if let Segment::Call { arguments, .. } | Segment::AlternateKey(arguments) = segment {
                placed.extend(arguments.iter().filter_map(|it| it.name.as_deref()).map(letters));
            }
        }
        Self(placed)
    }

    /// Whether a row speaks of one of these.
    pub(super) fn contains(&self, row: &PropertyRow) -> bool {
        // What is written like a placeholder is one, of a path that the page does not write out.
        row.name.contains('-') || self.0.contains(&letters(&row.name))
    }
}

fn add_query(
    operation: &OperationDeclaration,
    members: &[usize],
    scope: &Scope<'_>,
    names: &Names,
    options: &mut Vec<String>,
    list: &mut List,
) {
    let paths = || members.iter().map(|&at| &operation.paths[at]);
    let mut rows: HashMap<String, &ParameterDeclaration> = HashMap::default();
    for row in &operation.query {
        rows.entry(row.name.to_ascii_lowercase()).or_insert(row);
    }
    // The number of paths that have each name.
    let mut shares: HashMap<String, usize> = HashMap::default();
    for path in paths() {
        let names: HashSet<String> =
            path.target.query.iter().map(|item| item.name.to_ascii_lowercase()).collect();
        #[expect(clippy::iter_over_hash_type, reason = "sums have no order")]
        for name in names {
            *shares.entry(name).or_default() += 1;
        }
    }
    let items =
        paths().flat_map(|path| path.target.query.iter().map(move |item| (item, path.place)));
    for (item, place) in items {
        if let Some(option) = item.name.strip_prefix('$') {
            let option = option.to_ascii_lowercase();
            let is_option = [
                "select", "expand", "filter", "top", "skip", "orderby", "search", "count", "format",
            ]
            .contains(&option.as_str());
            if is_option && !options.contains(&option) {
                options.push(option);
            }
            continue;
        }
        let name = item.name.to_ascii_lowercase();
        let row = rows.get(&name);
        let ty = row.and_then(|row| names.type_ref(row.ty.as_ref()?, scope)).unwrap_or(STRING);
        // A path without the parameter can be called, too.
        let everywhere = shares.get(&name) == Some(&members.len());
        list.push(Parameter {
            name: item.name.clone(),
            location: ParameterLocation::Query,
            ty,
            is_required: (everywhere && item.value.contains('{'))
                || row.is_some_and(|row| row.is_required),
            description: row.and_then(|row| row.description.clone()),
            source: scope.source(row.map_or(place, |row| row.place)),
        });
    }
    for row in &operation.query {
        let ty = row.ty.as_ref().and_then(|ty| names.type_ref(ty, scope)).unwrap_or(STRING);
        list.push(Parameter {
            name: row.name.clone(),
            location: ParameterLocation::Query,
            ty,
            is_required: row.is_required,
            description: row.description.clone(),
            source: scope.source(row.place),
        });
    }
}
