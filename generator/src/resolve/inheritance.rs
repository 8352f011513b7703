//! Bases, rows that belong to them, kinds and keys.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::names::{Kind, Names};
use super::types::{TypeDraft, Types};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{TypeKind, TypeName};

/// Settles what needs to know all types.
pub(super) fn settle(types: &mut Types, names: &Names, diagnostics: &mut Diagnostics) {
    choose_bases(types);
    cut_cycles(types, diagnostics);
    complete_bases(types);
    drop_inherited(types);
    settle_kinds(types, names);
    settle_navigation(types, names, diagnostics);
}

fn choose_bases(types: &mut Types) {
    for ty in types.iter_mut() {
        ty.base = ty.stated_bases.first().map(|(base, _)| Arc::clone(base));
        let mut from: Vec<Arc<str>> = ty.properties.iter().filter_map(|property| property.inherited_from.clone()).collect();
        from.sort();
        from.dedup();
        from.retain(|name| *name != ty.name);
        ty.inherited_from = from;
    }
}

/// Takes the base away from the first type, by name, of each cycle.
fn cut_cycles(types: &mut Types, diagnostics: &mut Diagnostics) {
    let bases: HashMap<Arc<str>, Arc<str>> =
        types.iter().filter_map(|ty| Some((Arc::clone(&ty.name), Arc::clone(ty.base.as_ref()?)))).collect();
    let mut settled: HashSet<Arc<str>> = HashSet::new();
    let mut cut = Vec::new();
    for ty in types.iter() {
        let mut trail = Vec::new();
        let mut on_trail = HashSet::new();
        let mut at = Arc::clone(&ty.name);
        while !settled.contains(&at) {
            if !on_trail.insert(Arc::clone(&at)) {
                let start = trail.iter().position(|name| *name == at).unwrap_or(0);
                cut.extend(trail[start..].iter().min().cloned());
                break;
            }
            trail.push(Arc::clone(&at));
            match bases.get(&at) {
                Some(base) => at = Arc::clone(base),
                None => break,
            }
        }
        settled.extend(trail);
    }
    for name in cut {
        let Some(ty) = types.get_mut(&name) else { continue };
        let base = ty.base.take();
        if let (Some(base), Some((_, span))) = (base, ty.stated_bases.first()) {
            diagnostics.push(Diagnostic::warning(
                Code::CyclicInheritance,
                *span,
                format!("`{name}` extends `{base}`, which extends `{name}`, so its base is left out"),
            ));
        }
    }
}

/// A page that states no base, but has rows that are inherited, extends the nearest of the types
/// that they come from.
fn complete_bases(types: &mut Types) {
    let mut found = Vec::new();
    for ty in types.iter().filter(|ty| ty.base.is_none() && ty.stated_bases.is_empty()) {
        let nearest = ty.inherited_from.iter().find(|name| {
            ty.inherited_from.iter().all(|other| types.is_a(name, other)) && !types.is_a(name, &ty.name)
        });
        if let Some(nearest) = nearest {
            found.push((Arc::clone(&ty.name), Arc::clone(nearest)));
        }
    }
    for (name, base) in found {
        // Two such pages can name each other.
        if !types.is_a(&base, &name) {
            if let Some(ty) = types.get_mut(&name) {
                ty.base = Some(base);
            }
        }
    }
}

/// Leaves out the rows that a base defines.
fn drop_inherited(types: &mut Types) {
    let mut inherited: HashMap<Arc<str>, HashSet<String>> = HashMap::new();
    for ty in types.iter() {
        let names = ty
            .properties
            .iter()
            .map(|property| property.property.name.to_lowercase())
            .filter(|name| types.ancestry(&ty.name).skip(1).any(|base| base.by_name.contains_key(name)))
            .collect();
        inherited.insert(Arc::clone(&ty.name), names);
    }
    for ty in types.iter_mut() {
        let names = inherited.remove(&ty.name).unwrap_or_default();
        let own = ty.name.clone();
        ty.properties.retain(|property| {
            let is_marked = property.inherited_from.as_ref().is_some_and(|from| *from != own) && ty.base.is_some();
            !names.contains(&property.property.name.to_lowercase()) && !is_marked
        });
        reindex(ty);
    }
}

fn reindex(ty: &mut TypeDraft) {
    ty.by_name =
        ty.properties.iter().enumerate().map(|(at, property)| (property.property.name.to_lowercase(), at)).collect();
}

/// Entities have a key; what extends an entity is one, and what an entity extends is one, too.
fn settle_kinds(types: &mut Types, names: &Names) {
    let _ = names;
    let related: HashSet<Arc<str>> = types
        .iter()
        .flat_map(|ty| &ty.properties)
        .filter(|property| property.is_relationship)
        .filter_map(|property| match &property.property.ty.name {
            TypeName::Named(name) => Some(Arc::clone(name)),
            TypeName::Primitive(_) => None,
        })
        .collect();
    let mut entities: HashSet<Arc<str>> = HashSet::new();
    for ty in types.iter() {
        let has_id = ty.by_name.contains_key("id");
        let is_used = ty.has_methods || ty.has_relationships || related.contains(&ty.name);
        let is_entity = !ty.key.is_empty() || (has_id && is_used);
        if is_entity {
            entities.extend(types.ancestry(&ty.name).filter(|base| !base.key.is_empty() || base.by_name.contains_key("id")).map(|base| Arc::clone(&base.name)));
            entities.insert(Arc::clone(&ty.name));
        }
    }
    let mut kinds: HashMap<Arc<str>, TypeKind> = HashMap::new();
    for ty in types.iter() {
        let is_entity = types.ancestry(&ty.name).any(|base| entities.contains(&base.name));
        kinds.insert(Arc::clone(&ty.name), if is_entity { TypeKind::Entity } else { TypeKind::Complex });
    }
    for ty in types.iter_mut() {
        ty.kind = kinds.get(&ty.name).copied().unwrap_or(TypeKind::Complex);
        if ty.kind == TypeKind::Entity && ty.key.is_empty() && ty.by_name.contains_key("id") {
            ty.key.push("id".to_owned());
        }
    }
}

/// Whatever its table, a property that holds entities is a relationship, and one that holds
/// values is none.
fn settle_navigation(types: &mut Types, names: &Names, diagnostics: &mut Diagnostics) {
    let _ = diagnostics;
    let kinds: HashMap<Arc<str>, TypeKind> =
        types.iter().filter(|ty| ty.is_documented).map(|ty| (Arc::clone(&ty.name), ty.kind)).collect();
    for property in types.iter_mut().flat_map(|ty| &mut ty.properties) {
        property.property.is_navigation = match &property.property.ty.name {
            TypeName::Primitive(crate::model::Primitive::Untyped) => property.is_relationship,
            TypeName::Primitive(_) => false,
            TypeName::Named(name) => match kinds.get(name) {
                Some(kind) => *kind == TypeKind::Entity,
                None => property.is_relationship && names.kind(name) != Some(Kind::Enum),
            },
        };
    }
}
