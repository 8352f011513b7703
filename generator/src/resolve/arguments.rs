//! The arguments of functions, as tables and examples complete what the path line says of them.
//!
//! A path line may leave the parentheses out, or the quotes around a string. The table knows
//! which arguments there are and their types; an example that calls the function knows the
//! spelling, and so counts most.

use std::collections::BTreeMap;

use super::operations::Context;
use super::parameters::{Placed, letters};
use super::paths::word;
use super::types::row_type;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::{OperationDeclaration, PropertyRow};
use crate::hash::{HashMap, HashSet};
use crate::model::{
    Argument, ArgumentValue, Method, OperationKind, Path, Placeholder, Primitive, Segment, Target,
    TypeName,
};

/// Puts quotes around what is a string, and appends the arguments that the paths leave out.
pub(super) fn settle(
    operation: &OperationDeclaration,
    kind: OperationKind,
    paths: &mut Vec<Path>,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    let is_call = |path: &Path| {
        path.template.segments.iter().any(|segment| matches!(segment, Segment::Call { .. }))
    };
    let has_calls = paths.iter().any(is_call);
    let has_rows = !operation.parameters.is_empty() || !operation.body.rows.is_empty();
    if operation.method != Method::Get || !(has_calls || has_rows) {
        return;
    }
    let shown = Shown::collect(operation);
    let rows: Vec<&PropertyRow> = operation.parameters.iter().chain(&operation.body.rows).collect();
    let mut by_letters = Rows::new();
    for row in &rows {
        by_letters.entry(letters(&row.name)).or_insert(row);
    }
    for path in paths.iter_mut() {
        for segment in &mut path.template.segments {
            if let Segment::Call { name, arguments } = segment {
                settle_quotes(name, arguments, &by_letters, &shown, context);
            }
        }
    }
    append(operation, kind, paths, &rows, &shown, context, diagnostics);
}

/// How the examples of a page call functions.
struct Shown {
    /// The arguments of the first call of each function, by its name in lower case.
    calls: HashMap<String, Vec<Argument>>,
    /// The last words of the URLs that have no arguments, in lower case.
    bare: HashSet<String>,
}

/// No function has more; the bound keeps look-ups in the lists cheap.
const MOST_ARGUMENTS: usize = 16;

impl Shown {
    fn collect(operation: &OperationDeclaration) -> Self {
        let mut shown = Self { calls: HashMap::default(), bare: HashSet::default() };
        let requests = operation.examples.iter().filter_map(|example| example.request.as_ref());
        for request in requests.filter(|request| request.method == operation.method) {
            let Ok(target) = Target::parse(&request.url) else { continue };
            let segments = target.template.segments;
            if let Some(last @ (Segment::Literal(_) | Segment::Cast(_))) = segments.last() {
                shown.bare.extend(word(last).map(str::to_lowercase));
            }
            for segment in segments {
                let Some(name) = word(&segment).map(str::to_lowercase) else { continue };
                if let Segment::Call { arguments, .. } = segment
                    && (1..=MOST_ARGUMENTS).contains(&arguments.len())
                    && arguments.iter().all(|argument| argument.name.is_some())
                {
                    shown.calls.entry(name).or_insert(arguments);
                }
            }
        }
        shown
    }

    fn arguments_of(&self, function: &str) -> Option<&[Argument]> {
        self.calls.get(&function.to_lowercase()).map(Vec::as_slice)
    }

    fn argument(&self, function: &str, name: &str) -> Option<&Argument> {
        self.arguments_of(function)?.iter().find(|argument| {
            argument.name.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(name))
        })
    }
}

/// Rows by the letters of their names.
type Rows<'a> = BTreeMap<String, &'a PropertyRow>;

fn is_quoted(argument: &Argument) -> bool {
    match &argument.value {
        ArgumentValue::Placeholder { quoted, .. } | ArgumentValue::Literal { quoted, .. } => {
            *quoted
        }
    }
}

/// A string goes in quotes over the wire, also where the path line has none.
fn settle_quotes(
    function: &str,
    arguments: &mut [Argument],
    rows: &Rows<'_>,
    shown: &Shown,
    context: &Context<'_>,
) {
    let function = super::names::last_part(function);
    for argument in arguments {
        let Argument { name: Some(name), value: ArgumentValue::Placeholder { quoted, .. } } =
            argument
        else {
            continue;
        };
        if *quoted {
            continue;
        }
        *quoted = match shown.argument(function, name) {
            Some(example) => is_quoted(example),
            None => rows.get(&letters(name)).is_some_and(|row| is_text(row, context)),
        };
    }
}

/// Whether a literal of the type of a row stands in quotes.
fn is_text(row: &PropertyRow, context: &Context<'_>) -> bool {
    let (ty, _) = row_type(row, context.scope, context.names, &mut Diagnostics::new());
    !ty.collection
        && match ty.name {
            TypeName::Primitive(primitive) => primitive == Primitive::String,
            TypeName::Named(_) => true,
        }
}

/// Appends what the table says belongs into parentheses to paths that have none.
fn append(
    operation: &OperationDeclaration,
    kind: OperationKind,
    paths: &mut Vec<Path>,
    rows: &[&PropertyRow],
    shown: &Shown,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    let function = |path: &Path| match path.template.segments.last() {
        Some(last @ (Segment::Literal(_) | Segment::Cast(_))) => word(last).map(str::to_owned),
        Some(Segment::Call { name, arguments }) if arguments.is_empty() => Some(name.clone()),
        _ => None,
    };
    let Some(name) = paths.first().and_then(function) else { return };
    let is_same_function =
        |path: &Path| function(path).is_some_and(|other| other.eq_ignore_ascii_case(&name));
    if !paths.iter().all(is_same_function) {
        return;
    }
    let items = operation.paths.iter().flat_map(|path| &path.target.query);
    let queried: HashSet<String> = items.map(|item| item.name.to_ascii_lowercase()).collect();
    let placed = Placed::collect(operation);
    let rows: Vec<&PropertyRow> = rows
        .iter()
        .copied()
        .filter(|row| !placed.contains(row) && !queried.contains(&row.name.to_ascii_lowercase()))
        .collect();
    let example = shown.arguments_of(super::names::last_part(&name));
    if rows.is_empty()
        || rows.len() > MOST_ARGUMENTS
        || (kind != OperationKind::Function && example.is_none())
    {
        return;
    }
    let can_do_without = shown.bare.contains(&super::names::last_part(&name).to_lowercase())
        && !rows.iter().any(|row| row.is_required);
    let arguments = match (example, can_do_without) {
        (Some(example), true) => optional(&rows, example),
        (None, true) => return,
        (example, false) => required(&rows, example, context),
    };
    let Some(place) = operation.paths.first().map(|path| path.place) else { return };
    if arguments.is_empty() {
        return;
    }
    let written = write(&arguments);
    let mut completed = paths.clone();
    for path in &mut completed {
        let text = &mut path.template.text;
        path.stated = Some(text.clone());
        text.truncate(text.trim_end_matches("()").len());
        text.push_str(&written);
        if let Some(last) = path.template.segments.last_mut() {
            *last = Segment::Call {
                name: match last {
                    Segment::Literal(name) | Segment::Cast(name) | Segment::Call { name, .. } => {
                        std::mem::take(name)
                    }
                    _ => name.clone(),
                },
                arguments: arguments.clone(),
            };
        }
    }
    if can_do_without {
        paths.append(&mut completed);
    } else {
        *paths = completed;
    }
    diagnostics.push(
        Diagnostic::warning(
            Code::MissingArguments,
            place.span,
            format!("`{name}` has arguments, which the path leaves out"),
        )
        .help(format!("write `{name}{written}`")),
    );
}

/// The arguments that an example gives to a function that can be called without them.
fn optional(rows: &[&PropertyRow], example: &[Argument]) -> Vec<Argument> {
    let is_listed = |argument: &&Argument| {
        let name = argument.name.as_deref().unwrap_or_default();
        rows.iter().any(|row| letters(&row.name) == letters(name))
            && matches!(argument.value, ArgumentValue::Literal { .. })
    };
    example.iter().filter(is_listed).cloned().collect()
}

/// The arguments that have to be given: those of the example, else those of the table.
fn required(
    rows: &[&PropertyRow],
    example: Option<&[Argument]>,
    context: &Context<'_>,
) -> Vec<Argument> {
    let argument = |name: &str, quoted: bool| Argument {
        name: Some(name.to_owned()),
        value: ArgumentValue::Placeholder {
            placeholder: Placeholder { name: name.to_owned() },
            quoted,
        },
    };
    let example = example.unwrap_or_default();
    let is_shown = |row: &PropertyRow| {
        let mut names = example.iter().filter_map(|argument| argument.name.as_deref());
        names.any(|name| letters(name) == letters(&row.name))
    };
    let shown =
        example.iter().filter_map(|shown| Some(argument(shown.name.as_deref()?, is_quoted(shown))));
    let listed = rows
        .iter()
        .filter(|row| !is_shown(row) && (row.is_required || example.is_empty()))
        .map(|row| argument(&row.name, is_text(row, context)));
    shown.chain(listed).collect()
}

/// As a path has them: `(period='{period}',n={n})`.
fn write(arguments: &[Argument]) -> String {
    let parts = arguments.iter().map(|argument| {
        let (value, quoted) = match &argument.value {
            ArgumentValue::Placeholder { placeholder, quoted } => {
                (format!("{{{}}}", placeholder.name), *quoted)
            }
            ArgumentValue::Literal { text, quoted } => (text.clone(), *quoted),
        };
        let quote = if quoted { "'" } else { "" };
        format!("{}={quote}{value}{quote}", argument.name.as_deref().unwrap_or_default())
    });
    format!("({})", parts.collect::<Vec<_>>().join(","))
}
