//! Bases, rows that belong to them, kinds and keys.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::{Kind, Names, last_part};
use super::types::{PropertyDraft, TypeDraft, Types};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::hash::{HashMap, HashSet};
use crate::lower::Lower;
use crate::model::{Primitive, TypeKind, TypeName};

/// Chooses the base of each type from what pages state.
pub(super) fn choose_bases(types: &mut Types, diagnostics: &mut Diagnostics) {
    for ty in types.iter_mut() {
        if let Some(stated) = ty.stated_bases.first() {
            ty.base = Some(Arc::clone(&stated.name));
            ty.sources.base.clone_from(&stated.source);
        }
        let mut from: Vec<Arc<str>> =
            ty.properties.iter().filter_map(|property| property.inherited_from.clone()).collect();
        from.sort();
        from.dedup();
        from.retain(|name| *name != ty.name);
        ty.inherited_from = from;
    }
    cut_cycles(types, diagnostics);
    cut_long_lines(types, diagnostics);
    complete_by_rows(types);
    complete_by_bases(types);
}

/// Gives types without a base those that operations and examples give away.
pub(super) fn infer_bases(types: &mut Types, found: Vec<(Arc<str>, Arc<str>)>) {
    for name in add_bases(types, found) {
        if let Some(ty) = types.get_mut(&name) {
            ty.is_base_inferred = true;
        }
    }
}

/// Gives types without a base those that were found, unless a circle would arise. Returns the types
/// that have one now.
pub(super) fn add_bases(types: &mut Types, found: Vec<(Arc<str>, Arc<str>)>) -> Vec<Arc<str>> {
    let mut added = Vec::new();
    for (name, base) in found {
        let is_free = types.get(&name).is_some_and(|ty| ty.base.is_none() && ty.is_documented);
        if !is_free || types.get(&base).is_none() || types.is_a(&base, &name) {
            continue;
        }
        if let Some(ty) = types.get_mut(&name) {
            ty.base = Some(base);
            added.push(name);
        }
    }
    added
}

/// The types whose instances have paths of their own.
#[derive(Debug, Default)]
pub(super) struct Addressed {
    all: HashSet<Arc<str>>,
    by_key: HashSet<Arc<str>>,
}

impl Addressed {
    /// Adds a type; `by_key` when a key leads to it.
    pub(super) fn add(&mut self, name: &Arc<str>, by_key: bool) {
        if !self.all.contains(name) {
            self.all.insert(Arc::clone(name));
        }
        if by_key && !self.by_key.contains(name) {
            self.by_key.insert(Arc::clone(name));
        }
    }
}

/// Settles what follows from the bases.
pub(super) fn settle(
    types: &mut Types,
    names: &Names,
    addressed: &Addressed,
    diagnostics: &mut Diagnostics,
) {
    drop_inherited(types, diagnostics);
    settle_kinds(types, addressed);
    settle_alternatives(types);
    settle_navigation(types, names);
}

/// Takes the base away from the first type, by name, of each cycle.
fn cut_cycles(types: &mut Types, diagnostics: &mut Diagnostics) {
    let bases: HashMap<Arc<str>, Arc<str>> = types
        .iter()
        .filter_map(|ty| Some((Arc::clone(&ty.name), Arc::clone(ty.base.as_ref()?))))
        .collect();
    let mut settled: HashSet<Arc<str>> = HashSet::default();
    let mut cut = Vec::new();
    for ty in types.iter() {
        let mut trail = Vec::new();
        let mut on_trail = HashSet::default();
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
        ty.sources.base = None;
        if let (Some(base), Some(stated)) = (base, ty.stated_bases.first()) {
            diagnostics.push(Diagnostic::warning(
                Code::CyclicInheritance,
                stated.span,
                format!(
                    "`{name}` extends `{base}`, which extends `{name}`, so its base is left out"
                ),
            ));
        }
    }
}

/// The most types that may extend each other in a line: each of them has the properties of all
/// before it, so a line that someone made for the purpose would fill the memory.
const LONGEST_LINE: usize = 1_000;

/// Takes the base away from types that too many others stand in line before. There is no cycle.
fn cut_long_lines(types: &mut Types, diagnostics: &mut Diagnostics) {
    let mut lengths: HashMap<Arc<str>, usize> = HashMap::default();
    let mut cut = Vec::new();
    for ty in types.iter() {
        let mut trail = Vec::new();
        let mut next = Some(ty);
        while let Some(ty) = next.filter(|ty| !lengths.contains_key(&ty.name)) {
            trail.push(ty);
            next = ty.base.as_deref().and_then(|base| types.get(base));
        }
        let mut length = next.and_then(|ty| lengths.get(&ty.name)).copied().unwrap_or(0);
        for ty in trail.into_iter().rev() {
            length += 1;
            if length > LONGEST_LINE {
                length = 1;
                cut.push(Arc::clone(&ty.name));
            }
            lengths.insert(Arc::clone(&ty.name), length);
        }
    }
    for name in cut {
        let Some(ty) = types.get_mut(&name) else { continue };
        ty.base = None;
        ty.sources.base = None;
        if let Some(stated) = ty.stated_bases.first() {
            let message = format!(
                "more than {LONGEST_LINE} types stand in line before `{name}`, so its base `{}` is left out",
                stated.name
            );
            diagnostics.push(Diagnostic::warning(Code::CyclicInheritance, stated.span, message));
        }
    }
}

/// A page that states no base, but has rows that are inherited, extends the nearest of the types
/// that they come from.
fn complete_by_rows(types: &mut Types) {
    let mut found = Vec::new();
    for ty in types.iter().filter(|ty| ty.base.is_none() && ty.stated_bases.is_empty()) {
        let nearest = ty
            .inherited_from
            .iter()
            .find(|name| ty.inherited_from.iter().all(|other| types.is_a(name, other)));
        found.extend(nearest.map(|nearest| (Arc::clone(&ty.name), Arc::clone(nearest))));
    }
    for name in add_bases(types, found) {
        let Some(ty) = types.get_mut(&name) else { continue };
        let row = ty.properties.iter().find(|row| row.inherited_from == ty.base);
        ty.sources.base = row.map(|row| row.property.source.clone());
    }
}

/// A page may list the types that extend its own; or call its type a base and name none, and then
/// those are meant whose names are its own with words put in.
fn complete_by_bases(types: &mut Types) {
    let mut found: Vec<(Arc<str>, Arc<str>)> = Vec::new();
    for ty in types.iter() {
        found.extend(
            ty.derived
                .iter()
                .filter(|(name, _)| *name != ty.name)
                .map(|(name, _)| (Arc::clone(name), Arc::clone(&ty.name))),
        );
    }
    for name in add_bases(types, found) {
        let base = types.get(&name).and_then(|ty| types.get(ty.base.as_deref()?));
        let stated = base.and_then(|base| base.derived.iter().find(|(it, _)| *it == name));
        let source = stated.and_then(|(_, source)| source.clone());
        if let Some(ty) = types.get_mut(&name) {
            ty.sources.base = source;
        }
    }
    let mut bases: BTreeMap<(String, String), Arc<str>> = BTreeMap::new();
    for ty in types.iter().filter(|ty| ty.says_base && ty.derived.is_empty()) {
        for (head, tail) in splits(&ty.name) {
            bases.insert((head, tail), Arc::clone(&ty.name));
        }
    }
    let mut found = Vec::new();
    for ty in types.iter().filter(|ty| ty.base.is_none() && ty.is_documented) {
        let words = words(&ty.name);
        let mut candidates = (1..words.len())
            .flat_map(|head| (head + 1..words.len()).map(move |tail| (head, tail)))
            .filter_map(|(head, tail)| {
                bases.get(&(words[..head].concat(), words[tail..].concat()))
            });
        let best = candidates.by_ref().max_by_key(|name| name.len());
        if let Some(base) =
            best.filter(|base| types.get(base).is_some_and(|base| is_alike(ty, base)))
        {
            found.push((Arc::clone(&ty.name), Arc::clone(base)));
        }
    }
    add_bases(types, found);
}

/// Whether the second type could be the base of the first: both have a key or none, and they
/// share a property if the base has any.
fn is_alike(ty: &TypeDraft, base: &TypeDraft) -> bool {
    let mut own = base.by_name.keys().filter(|name| *name != "id").peekable();
    let shares = own.peek().is_none() || own.any(|name| ty.by_name.contains_key(name));
    has_key(ty) == has_key(base) && (shares || !has_key(ty))
}

fn has_key(ty: &TypeDraft) -> bool {
    !ty.stated_key.is_empty() || ty.by_name.contains_key("id")
}

/// The ways to cut a name in two between its words: `note` + `Resource`.
fn splits(name: &str) -> Vec<(String, String)> {
    let words = words(name);
    (1..words.len()).map(|at| (words[..at].concat(), words[at..].concat())).collect()
}

/// The words of a name in lower case: `note`, `resource` for `x.noteResource`. Names are short; one that
/// has more words than any real name has none.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before_upper = false;
    for char in last_part(name).chars() {
        if words.is_empty() || (char.is_uppercase() && !before_upper) {
            words.push(String::new());
        }
        before_upper = char.is_uppercase();
        if let Some(word) = words.last_mut() {
            word.extend(char.to_lowercase());
        }
    }
    if words.len() > 12 { Vec::new() } else { words }
}

/// Leaves out the rows that a base defines. A row that is said to be inherited stays where no
/// page of a base has it, and goes to the base if that has no page.
fn drop_inherited(types: &mut Types, diagnostics: &mut Diagnostics) {
    let mut decided: Vec<(Arc<str>, HashSet<String>, Vec<PropertyDraft>)> = Vec::new();
    for ty in types.iter() {
        let mut inherited = HashSet::default();
        let mut moved = Vec::new();
        for (name, at) in sorted(&ty.by_name) {
            let property = &ty.properties[*at];
            if types.ancestry(&ty.name).skip(1).any(|base| base.by_name.contains_key(name)) {
                inherited.insert(name.clone());
                continue;
            }
            let from = property.inherited_from.as_ref().filter(|from| **from != ty.name);
            let Some(from) = from else { continue };
            if types.get(from).is_some_and(|from| !from.is_documented) && types.is_a(&ty.name, from)
            {
                inherited.insert(name.clone());
                moved.push(property.clone());
            }
        }
        if !inherited.is_empty() {
            decided.push((Arc::clone(&ty.name), inherited, moved));
        }
    }
    for (name, inherited, moved) in decided {
        for property in moved {
            let Some(shell) = property.inherited_from.clone().and_then(|from| types.get_mut(&from))
            else {
                continue;
            };
            let lower = property.property.name.to_lowercase();
            if !shell.by_name.contains_key(&lower) {
                shell.by_name.insert(lower, shell.properties.len());
                shell.properties.push(PropertyDraft { inherited_from: None, ..property });
            }
        }
        let Some(ty) = types.get_mut(&name) else { continue };
        ty.properties.retain(|property| !inherited.contains(&*Lower::new(&property.property.name)));
        reindex(ty);
    }
    for ty in types.iter_mut() {
        for property in &mut ty.properties {
            let Some(from) = property.inherited_from.take().filter(|from| *from != ty.name) else {
                continue;
            };
            diagnostics.push(Diagnostic::warning(
                Code::MissingInherited,
                property.span,
                format!(
                    "`{}` is said to be inherited from `{from}`, which does not have it",
                    property.property.name
                ),
            ));
        }
    }
}

/// The entries of a map in the order of their places.
fn sorted(by_name: &HashMap<String, usize>) -> Vec<(&String, &usize)> {
    let mut entries: Vec<_> = by_name.iter().collect();
    entries.sort_by_key(|(_, at)| **at);
    entries
}

fn reindex(ty: &mut TypeDraft) {
    ty.by_name = ty
        .properties
        .iter()
        .enumerate()
        .map(|(at, property)| (property.property.name.to_lowercase(), at))
        .collect();
}

/// Entities have a key. Not every page says so, and some speak of a key where there is none, so
/// what counts is what most of the signs say.
fn settle_kinds(types: &mut Types, addressed: &Addressed) {
    let mut related: HashSet<Arc<str>> = HashSet::default();
    let mut held: HashSet<Arc<str>> = HashSet::default();
    for property in types.iter().flat_map(|ty| &ty.properties) {
        if let TypeName::Named(name) = &property.property.ty.name {
            if property.is_relationship { &mut related } else { &mut held }
                .insert(Arc::clone(name));
        }
    }
    let mut entities: HashSet<Arc<str>> = HashSet::default();
    for ty in types.iter() {
        if !is_entity(ty, types, &related, &held, addressed) {
            continue;
        }
        entities.insert(Arc::clone(&ty.name));
        // What an entity extends is one too, if it could be.
        let bases =
            types.ancestry(&ty.name).skip(1).filter(|base| has_key(base) || !base.is_documented);
        entities.extend(bases.map(|base| Arc::clone(&base.name)));
    }
    let mut kinds: HashMap<Arc<str>, TypeKind> = HashMap::default();
    for ty in types.iter() {
        let is_entity = types.ancestry(&ty.name).any(|base| entities.contains(&base.name));
        kinds.insert(
            Arc::clone(&ty.name),
            if is_entity { TypeKind::Entity } else { TypeKind::Complex },
        );
    }
    for ty in types.iter_mut() {
        ty.kind = kinds.get(&ty.name).copied().unwrap_or(TypeKind::Complex);
        ty.key.clear();
        if ty.kind == TypeKind::Entity {
            ty.key.clone_from(&ty.stated_key);
            if ty.key.is_empty() && ty.by_name.contains_key("id") {
                ty.key.push("id".to_owned());
            }
        }
    }
}

fn is_entity(
    ty: &TypeDraft,
    types: &Types,
    related: &HashSet<Arc<str>>,
    held: &HashSet<Arc<str>>,
    addressed: &Addressed,
) -> bool {
    let has_id = types.ancestry(&ty.name).any(|base| base.by_name.contains_key("id"));
    let has_stated_key = ty.stated_key.iter().any(|key| types.property(&ty.name, key).is_some());
    let is_related = related.contains(&ty.name);
    let is_held = held.contains(&ty.name) && !is_related;
    // What is read by its key is an entity beyond doubt.
    if has_id && addressed.by_key.contains(&ty.name) {
        return true;
    }
    let signs = [
        (has_stated_key, 3),
        (has_id, 2),
        (is_related, 3),
        (ty.has_methods, 2),
        (ty.has_relationships, 1),
        (addressed.all.contains(&ty.name), 3),
        (is_held, -4),
    ];
    let score: i32 = signs.into_iter().filter(|(found, _)| *found).map(|(_, weight)| weight).sum();
    score >= 4 || (score >= 3 && (is_related || has_stated_key || has_id))
}

/// A property that may hold one of several types holds what these extend in common.
fn settle_alternatives(types: &mut Types) {
    let mut found = Vec::new();
    for ty in types.iter() {
        for (at, property) in ty
            .properties
            .iter()
            .enumerate()
            .filter(|(_, property)| !property.alternatives.is_empty())
        {
            let TypeName::Named(first) = &property.property.ty.name else { continue };
            let common = types
                .ancestry(first)
                .find(|base| {
                    property.alternatives.iter().all(|other| types.is_a(other, &base.name))
                })
                .map(|base| Arc::clone(&base.name));
            found.extend(common.map(|common| (Arc::clone(&ty.name), at, common)));
        }
    }
    for (name, at, common) in found {
        if let Some(property) = types.get_mut(&name).and_then(|ty| ty.properties.get_mut(at)) {
            property.property.ty.name = TypeName::Named(common);
        }
    }
}

/// Whatever its table, a property that holds entities is a relationship, and one that holds
/// values is none.
fn settle_navigation(types: &mut Types, names: &Names) {
    let kinds: HashMap<Arc<str>, TypeKind> = types
        .iter()
        .filter(|ty| ty.is_documented)
        .map(|ty| (Arc::clone(&ty.name), ty.kind))
        .collect();
    for property in types.iter_mut().flat_map(|ty| &mut ty.properties) {
        property.property.is_navigation = match &property.property.ty.name {
            TypeName::Primitive(Primitive::Untyped) => property.is_relationship,
            TypeName::Primitive(_) => false,
            TypeName::Named(name) => match kinds.get(name) {
                Some(kind) => *kind == TypeKind::Entity,
                None => property.is_relationship && names.kind(name) != Some(Kind::Enum),
            },
        };
    }
}
