//! Types that no page documents: open shells with what tables and examples show of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Scope;
use super::names::{Kind, Names};
use super::types::{self, PropertyDraft, Types};
use crate::diagnostic::Diagnostics;
use crate::extract::{OperationDeclaration, Place, TypeHint};
use crate::model::{
    ExampleBody, Model, Operation, OperationKind, Primitive, Property, RequestBody, TypeKind,
    TypeName, TypeRef, is_identifier,
};
use crate::span::Span;

/// Gives shells the properties that request bodies list and examples show.
pub(super) fn complete(
    declared: &[(&OperationDeclaration, &Scope<'_>)],
    operations: &[Operation],
    types: &mut Types,
    names: &Names,
) {
    if names.shells().is_empty() {
        return;
    }
    let by_id: BTreeMap<&str, &Operation> =
        operations.iter().map(|operation| (operation.id.as_str(), operation)).collect();
    for (declaration, scope) in declared {
        let Some(operation) = by_id.get(declaration.id.as_str()) else { continue };
        let request = match &operation.request {
            Some(RequestBody::Type(ty)) => Some(ty),
            _ => None,
        };
        let response = operation.responses.iter().find_map(|response| response.body.as_ref());
        if let Some(ty) = request.and_then(|ty| shell(ty, types)) {
            add_rows(&ty, declaration, operation.kind, scope, types, names);
        }
        let mut shown = Shown { types, names, scope };
        for example in &declaration.examples {
            if let Some(message) = &example.request {
                shown.add_body(message.body.as_ref(), &message.hints, request, message.place);
            }
            if let Some(message) = &example.response {
                shown.add_body(message.body.as_ref(), &message.hints, response, message.place);
            }
        }
    }
}

fn shell(ty: &TypeRef, types: &Types) -> Option<Arc<str>> {
    match &ty.name {
        TypeName::Named(name) => {
            types.get(name).filter(|ty| !ty.is_documented).map(|ty| Arc::clone(&ty.name))
        }
        TypeName::Primitive(_) => None,
    }
}

fn add_rows(
    ty: &str,
    declaration: &OperationDeclaration,
    kind: OperationKind,
    scope: &Scope<'_>,
    types: &mut Types,
    names: &Names,
) {
    for row in &declaration.body.rows {
        // What is wrong with the row is reported where the operation is resolved.
        let mut draft = types::property(row, scope, names, &mut Diagnostics::new());
        draft.property.is_required &= kind == OperationKind::Create;
        add(ty, draft, types);
    }
    if kind == OperationKind::Create
        && let Some(ty) = types.get_mut(ty)
    {
        ty.kind = TypeKind::Entity;
    }
}

fn add(ty: &str, draft: PropertyDraft, types: &mut Types) {
    let Some(ty) = types.get_mut(ty) else { return };
    let lower = draft.property.name.to_lowercase();
    if let Some(&at) = ty.by_name.get(&lower) {
        let known = &mut ty.properties[at].property;
        known.description = known.description.take().or(draft.property.description);
        return;
    }
    if ty.properties.len() >= 1000 {
        return;
    }
    if lower == "id" && ty.key.is_empty() {
        ty.kind = TypeKind::Entity;
        ty.key.push(draft.property.name.clone());
    }
    ty.by_name.insert(lower, ty.properties.len());
    ty.properties.push(draft);
}

/// Where examples show objects of shells.
struct Shown<'a> {
    types: &'a mut Types,
    names: &'a Names,
    scope: &'a Scope<'a>,
}

impl Shown<'_> {
    fn add_body(
        &mut self,
        body: Option<&ExampleBody>,
        hints: &[TypeHint],
        root: Option<&TypeRef>,
        place: Place,
    ) {
        let Some(ExampleBody::Json { text, .. }) = body else { return };
        let is_shell = |name: &str| matches!(self.names.full(name), Some((_, Kind::Shell)));
        let root_shell = root.is_some_and(|root| shell(root, self.types).is_some());
        if !root_shell && !hints.iter().any(|hint| is_shell(&hint.name)) {
            return;
        }
        let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else { return };
        let root = root.and_then(|root| match &root.name {
            TypeName::Named(name) => Some(Arc::clone(name)),
            TypeName::Primitive(_) => None,
        });
        let is_wrapper = |inner: &serde_json::Value| {
            let alone = value.as_object().is_some_and(|members| {
                members.keys().filter(|name| is_identifier(name)).count() == 1
            });
            (inner.is_array() || (inner.is_object() && alone))
                && root.as_ref().is_none_or(|root| self.types.property(root, "value").is_none())
        };
        let inner = value.get("value").filter(|inner| is_wrapper(inner)).unwrap_or(&value);
        self.add_value(inner, root, place);
    }

    fn add_value(&mut self, value: &serde_json::Value, ty: Option<Arc<str>>, place: Place) {
        match value {
            serde_json::Value::Array(items) => {
                for item in items {
                    self.add_value(item, ty.clone(), place);
                }
            }
            serde_json::Value::Object(members) => {
                let stated = members.get("@odata.type").and_then(serde_json::Value::as_str);
                // Of a type that nothing else mentions, the members are best kept where the type
                // is that the docs speak of.
                let ty = stated
                    .and_then(|name| self.names.full(name.trim_start_matches('#')))
                    .filter(|(_, kind)| ty.is_none() || *kind != Kind::Shell)
                    .map(|found| found.0)
                    .or(ty);
                for (name, value) in members.iter().filter(|(name, _)| is_identifier(name)) {
                    self.add_member(name, value, ty.as_deref(), place);
                }
            }
            _ => {}
        }
    }

    fn add_member(
        &mut self,
        name: &str,
        value: &serde_json::Value,
        ty: Option<&str>,
        place: Place,
    ) {
        let Some(ty) = ty else { return };
        if self.types.get(ty).is_some_and(|ty| !ty.is_documented)
            && self.types.property(ty, name).is_none()
        {
            let draft = self.draft(name, value, place);
            add(ty, draft, self.types);
        }
        if value.is_array() || value.is_object() {
            let inner = self.types.property(ty, name).and_then(|property| {
                match &property.property.ty.name {
                    TypeName::Named(name) => Some(Arc::clone(name)),
                    TypeName::Primitive(_) => None,
                }
            });
            self.add_value(value, inner, place);
        }
    }

    fn draft(&self, name: &str, value: &serde_json::Value, place: Place) -> PropertyDraft {
        PropertyDraft {
            property: Property {
                name: name.to_owned(),
                ty: self.value_type(value),
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
                source: self.scope.source(place),
            },
            inherited_from: None,
            alternatives: Vec::new(),
            is_relationship: false,
            span: place.span,
        }
    }

    fn value_type(&self, value: &serde_json::Value) -> TypeRef {
        if let serde_json::Value::Array(items) = value {
            let item = items
                .first()
                .map_or(TypeName::Primitive(Primitive::Untyped), |item| self.value_type(item).name);
            return TypeRef { name: item, collection: true };
        }
        let stated = value.get("@odata.type").and_then(serde_json::Value::as_str);
        let name = match stated.and_then(|name| self.names.full(name.trim_start_matches('#'))) {
            Some((name, _)) => TypeName::Named(name),
            None => TypeName::Primitive(primitive(value)),
        };
        TypeRef { name, collection: false }
    }
}

/// The primitive that a JSON value shows.
pub(super) fn primitive(value: &serde_json::Value) -> Primitive {
    match value {
        serde_json::Value::Bool(_) => Primitive::Boolean,
        serde_json::Value::Number(number) if number.is_f64() => Primitive::Double,
        serde_json::Value::Number(number) => {
            let is_small = number.as_i64().is_some_and(|number| i32::try_from(number).is_ok());
            if is_small { Primitive::Int32 } else { Primitive::Int64 }
        }
        serde_json::Value::String(text) if is_instant(text) => Primitive::DateTimeOffset,
        serde_json::Value::String(_) => Primitive::String,
        _ => Primitive::Untyped,
    }
}

/// Whether a text is a date with a time and a zone: `2025-01-31T08:00:00Z`.
fn is_instant(text: &str) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let (head, zone) = text.as_bytes().split_at(FORM.len().min(text.len()));
    let fits = |(&byte, &form): (&u8, &u8)| {
        if form == b'0' { byte.is_ascii_digit() } else { byte == form }
    };
    let zone = zone.strip_prefix(b".").unwrap_or(zone);
    let digits = zone.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let zone = &zone[digits..];
    head.len() == FORM.len()
        && head.iter().zip(FORM).all(fits)
        && (zone.eq_ignore_ascii_case(b"z")
            || (zone.len() == 6 && matches!(zone[0], b'+' | b'-') && zone[3] == b':'))
}

/// Reports the shells of the model that only objects in examples name; whatever else mentions a
/// type that no page documents is reported where it does.
pub(super) fn report_hinted(
    model: &Model,
    hinted: &BTreeMap<String, Span>,
    diagnostics: &mut Diagnostics,
) {
    for ty in model.types.iter().filter(|ty| !ty.is_documented) {
        if let Some(span) = hinted.get(&ty.name.to_lowercase()) {
            diagnostics.push(types::undocumented(&ty.name, *span));
        }
    }
}

/// Takes out the shells that nothing refers to.
pub(super) fn remove_unused(model: &mut Model) {
    let shells = model.types.iter().filter(|ty| !ty.is_documented);
    let mut unused: BTreeSet<String> = shells.map(|ty| ty.name.clone()).collect();
    {
        for base in model.types.iter().filter_map(|ty| ty.base.as_deref()) {
            unused.remove(base);
        }
        let mut see = |ty: &TypeRef| {
            if let TypeName::Named(name) = &ty.name {
                unused.remove(&**name);
            }
        };
        for ty in &model.types {
            ty.properties.iter().for_each(|property| see(&property.ty));
        }
        for operation in &model.operations {
            operation.parameters.iter().for_each(|parameter| see(&parameter.ty));
            match &operation.request {
                Some(RequestBody::Type(ty)) => see(ty),
                Some(RequestBody::Parameters(rows)) => rows.iter().for_each(|row| see(&row.ty)),
                None => {}
            }
            operation
                .responses
                .iter()
                .filter_map(|response| response.body.as_ref())
                .for_each(&mut see);
            operation
                .examples
                .iter()
                .filter_map(|example| example.response.as_ref()?.ty.as_ref())
                .for_each(&mut see);
        }
    }
    model.types.retain(|ty| !unused.contains(&ty.name));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants() {
        for text in
            ["2025-01-31T08:00:00Z", "2022-10-13T07:08:30.1606766Z", "2022-10-13T07:08:30-08:00"]
        {
            assert!(is_instant(text), "{text}");
        }
        for text in [
            "2025-01-31",
            "2025-01-31T08:00:00",
            "2025-01-31T08:00Z",
            "",
            "note",
            "2025-01-31T08:00:00Zulu",
        ] {
            assert!(!is_instant(text), "{text}");
        }
    }
}
