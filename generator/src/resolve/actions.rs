//! The parameters of actions: rows of a table, held against what the examples send.

use std::sync::Arc;

use super::names::Kind;
use super::operations::{Context, Walks};
use super::paths::Spot;
use super::{shells, types};
use crate::diagnostic::Diagnostics;
use crate::extract::{OperationDeclaration, Place};
use crate::hash::HashMap;
use crate::model::{
    ExampleBody, Operation, OperationKind, Path, Primitive, Property, RequestBody, Segment, Source,
    TypeName, TypeRef,
};

type Object = serde_json::Map<String, serde_json::Value>;

/// What an action takes. Its body is an object of parameters, whether or not the page says so.
///
/// `only` is the last word of the path where the page has other operations too; then what its
/// sections say is about these, and only the examples tell.
pub(super) fn body(
    operation: &OperationDeclaration,
    walks: &Walks,
    only: Option<&str>,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<RequestBody> {
    let mut parameters =
        if only.is_none() { rows(operation, context, diagnostics) } else { Vec::new() };
    let word = operation
        .paths
        .first()
        .and_then(|path| path.target.template.segments.last())
        .and_then(super::paths::word);
    let shown = shown(operation, only.or(word));
    if let Some(wrapped) = wrapper(&parameters, &shown, walks, context) {
        return Some(RequestBody::Parameters(vec![wrapped]));
    }
    if parameters.is_empty() {
        if only.is_some() && shown.is_empty() {
            return None;
        }
        return from_examples(operation, &shown, context);
    }
    for (name, value, source) in &shown {
        let is_known = parameters.iter().any(|known| known.name.eq_ignore_ascii_case(name));
        if !is_known && parameters.len() < 200 {
            parameters.push(parameter(name, value, source, context));
        }
    }
    Some(RequestBody::Parameters(parameters))
}

/// The type that an operation is called on, by its first path: that in front of the name of an
/// action, else what the path leads to. Where no page tells it, the nearest word stands for it.
pub(super) fn bound_to(kind: OperationKind, path: &Path, context: &Context<'_>) -> Arc<str> {
    let segments = path.template.segments.as_slice();
    let is_named = matches!(kind, OperationKind::Action | OperationKind::Function);
    let bound = match segments.split_last() {
        Some((last, before)) if is_named && super::paths::word(last).is_some() => before,
        _ => segments,
    };
    if let Spot::Holds(TypeRef { name: TypeName::Named(name), .. }) = context.paths.walk(bound).spot
        && context.names.kind(&name) == Some(Kind::Type)
    {
        return name;
    }
    let word = bound.iter().rev().find_map(super::paths::word).unwrap_or("root");
    format!("{}.{word}", context.profile.root_namespace).into()
}

/// Gives the actions of which their own page says nothing the parameters that another page gives
/// to the same path.
pub(super) fn share(operations: &mut [Operation]) {
    let mut known: HashMap<String, RequestBody> = HashMap::default();
    for operation in operations.iter().filter(|operation| operation.kind == OperationKind::Action) {
        if let Some(request @ RequestBody::Parameters(_)) = &operation.request {
            for path in &operation.paths {
                known.entry(fold(&path.template.segments)).or_insert_with(|| request.clone());
            }
        }
    }
    for operation in
        operations.iter_mut().filter(|operation| operation.kind == OperationKind::Action)
    {
        if operation.request.is_none() {
            operation.request = operation
                .paths
                .iter()
                .find_map(|path| known.get(&fold(&path.template.segments)).cloned());
        }
    }
}

/// A path without the names of its placeholders.
fn fold(segments: &[Segment]) -> String {
    let mut text = String::new();
    for segment in segments {
        text.push('/');
        match super::paths::word(segment) {
            Some(word) => text.push_str(&word.to_lowercase()),
            None => text.push_str("{}"),
        }
    }
    text
}

/// The rows of the Request body, else those of a table of parameters that the path does not take.
fn rows(
    operation: &OperationDeclaration,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Property> {
    let rows =
        if operation.body.rows.is_empty() { &operation.parameters } else { &operation.body.rows };
    let in_path = |name: &str| {
        operation.paths.iter().any(|path| {
            path.target.template.text.contains(&format!("{{{name}}}"))
                || path.target.query.iter().any(|item| item.name == name)
        })
    };
    rows.iter()
        .filter(|row| !operation.body.rows.is_empty() || !in_path(&row.name))
        .map(|row| {
            let mut property =
                types::property(row, context.scope, context.names, diagnostics).property;
            property.is_navigation = false;
            property
        })
        .collect()
}

/// The members of the bodies that examples send, each once.
fn shown(
    operation: &OperationDeclaration,
    only: Option<&str>,
) -> Vec<(String, serde_json::Value, Place)> {
    let mut shown: Vec<(String, serde_json::Value, Place)> = Vec::new();
    for request in operation.examples.iter().filter_map(|example| example.request.as_ref()) {
        let fits = only.is_none_or(|word| {
            let path = request.url.split('?').next().unwrap_or_default().trim_end_matches('/');
            path.rsplit(['/', '.']).next().is_some_and(|last| last.eq_ignore_ascii_case(word))
        });
        if request.method != operation.method || !fits {
            continue;
        }
        add_members(&mut shown, request.body.as_ref(), request.place);
    }
    if shown.is_empty() && operation.body.rows.is_empty() {
        for (body, place) in &operation.body.shown {
            add_members(&mut shown, Some(body), *place);
        }
    }
    shown
}

fn add_members(
    shown: &mut Vec<(String, serde_json::Value, Place)>,
    body: Option<&ExampleBody>,
    place: Place,
) {
    for (name, value) in body.and_then(object).unwrap_or_default() {
        let is_parameter = crate::model::is_identifier(&name);
        if is_parameter && shown.len() < 200 && !shown.iter().any(|(known, ..)| *known == name) {
            shown.push((name, value, place));
        }
    }
}

fn object(body: &ExampleBody) -> Option<Object> {
    let ExampleBody::Json { text, .. } = body else { return None };
    match serde_json::from_str(text).ok()? {
        serde_json::Value::Object(members) => Some(members),
        _ => None,
    }
}

type Shown = [(String, serde_json::Value, Place)];

/// The one parameter whose own properties the table lists: the examples put them into an object.
fn wrapper(
    parameters: &[Property],
    shown: &Shown,
    walks: &Walks,
    context: &Context<'_>,
) -> Option<Property> {
    let [(name, value, place)] = shown else { return None };
    if parameters.is_empty() || parameters.iter().any(|known| known.name.eq_ignore_ascii_case(name))
    {
        return None;
    }
    let inner = match value {
        serde_json::Value::Array(items) => items.first()?,
        value => value,
    };
    let members = inner.as_object()?;
    let is_listed = |member: &String| {
        member.contains('@')
            || parameters.iter().any(|known| known.name.eq_ignore_ascii_case(member))
    };
    if members.is_empty() || !members.keys().all(is_listed) {
        return None;
    }
    let mut property = parameter(name, value, place, context);
    // A collection's own action takes more of what it holds.
    if let Some(Spot::Holds(parent)) = walks.main().map(|walk| &walk.parent)
        && let (TypeName::Named(ty), TypeName::Primitive(Primitive::Untyped)) =
            (&parent.name, &property.ty.name)
        && parameters.iter().all(|known| context.types.property(ty, &known.name).is_some())
    {
        property.ty.name = parent.name.clone();
    }
    Some(property)
}

/// Without a table, the examples tell the parameters, and a type that the page names tells theirs.
fn from_examples(
    operation: &OperationDeclaration,
    shown: &Shown,
    context: &Context<'_>,
) -> Option<RequestBody> {
    if shown.is_empty() {
        let stated = context.stated.request.clone().filter(|_| !operation.body.is_none)?;
        return Some(RequestBody::Type(stated));
    }
    let stated = match &context.stated.request {
        Some(TypeRef { name: TypeName::Named(name), .. }) => Some(name),
        _ => None,
    };
    let parameters = shown
        .iter()
        .map(|(name, value, place)| {
            let own = stated.and_then(|ty| context.types.property(ty, name)).map(|property| {
                let mut property = property.property.clone();
                property.is_navigation = false;
                property
            });
            own.unwrap_or_else(|| parameter(name, value, place, context))
        })
        .collect();
    Some(RequestBody::Parameters(parameters))
}

/// A parameter that only an example shows: of the type of its name, if there is one and the value
/// is an object, else of what the value is.
fn parameter(
    name: &str,
    value: &serde_json::Value,
    place: &Place,
    context: &Context<'_>,
) -> Property {
    let source: Source = context.scope.source(*place);
    Property {
        name: name.to_owned(),
        ty: value_type(name, value, context),
        is_navigation: false,
        is_read_only: false,
        is_nullable: None,
        is_required: false,
        requirement: None,
        description: None,
        deprecated: None,
        query_options: Vec::new(),
        is_stated: false,
        unread_type: None,
        source,
    }
}

fn value_type(name: &str, value: &serde_json::Value, context: &Context<'_>) -> TypeRef {
    if let serde_json::Value::Array(items) = value {
        let item = items.first().map_or(TypeName::Primitive(Primitive::Untyped), |item| {
            value_type(name, item, context).name
        });
        return TypeRef { name: item, collection: true };
    }
    if let serde_json::Value::Object(members) = value {
        let stated = members
            .get("@odata.type")
            .and_then(serde_json::Value::as_str)
            .map(|name| name.trim_start_matches('#'));
        let named = stated
            .and_then(|name| context.names.full(name))
            .or_else(|| {
                let name = context.names.word(name)?;
                context.names.full(&name)
            })
            .filter(|(_, kind)| *kind != Kind::Enum);
        if let Some((name, _)) = named {
            return TypeRef { name: TypeName::Named(name), collection: false };
        }
    }
    TypeRef { name: TypeName::Primitive(shells::primitive(value)), collection: false }
}
