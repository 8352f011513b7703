//! Bases that no page states, but that operations and examples give away.
//!
//! Where a value of one type stands, or is addressed, at a place that the model gives another
//! type, the first extends the second. That is only believed of types that have no base yet, and
//! that have the properties of the other one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Scope;
use super::bodies::Stated;
use super::names::{Kind, Names};
use super::paths::{Paths, Spot};
use super::types::Types;
use crate::extract::{OperationDeclaration, TypeHint};
use crate::model::{Target, TypeName, TypeRef};

/// The pairs of a type and its base.
pub(super) fn find(
    declared: &[(&OperationDeclaration, &Scope<'_>)],
    stated: &[Stated],
    paths: &Paths<'_>,
    types: &Types,
    names: &Names,
) -> Vec<(Arc<str>, Arc<str>)> {
    let found: Vec<Pairs> = declared
        .par_iter()
        .zip(stated)
        .map(|((operation, scope), stated)| {
            let mut evidence = Evidence { types, names, pairs: Pairs::new() };
            evidence.add_operation(operation, scope, stated, paths);
            evidence.pairs
        })
        .collect();
    let mut pairs = Pairs::new();
    for (ty, bases) in found.into_iter().flatten() {
        pairs.entry(ty).or_default().extend(bases);
    }
    settle(&pairs, types)
}

/// Types with those that may be their bases.
type Pairs = BTreeMap<Arc<str>, BTreeSet<Arc<str>>>;

struct Evidence<'a> {
    types: &'a Types,
    names: &'a Names,
    pairs: Pairs,
}

impl Evidence<'_> {
    /// What an operation states and shows.
    fn add_operation(
        &mut self,
        operation: &OperationDeclaration,
        scope: &Scope<'_>,
        stated: &Stated,
        paths: &Paths<'_>,
    ) {
        self.add_statements(&stated.responses);
        for example in &operation.examples {
            if let Some(request) = &example.request {
                self.add_hints(&request.hints, stated.request.as_ref());
            }
            let Some(response) = &example.response else { continue };
            self.add_hints(&response.hints, stated.response.as_ref());
            let shown = response.ty.as_ref().and_then(|ty| self.names.type_ref(ty, scope));
            let location =
                response.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("location"));
            if let (Some(shown), Some((_, url))) = (shown, location) {
                self.add_location(&shown, url, paths);
            }
        }
    }

    /// Two statements on one answer, one of which names what the other extends.
    fn add_statements(&mut self, responses: &[TypeRef]) {
        for (at, left) in responses.iter().enumerate() {
            for right in &responses[at + 1..] {
                if let (TypeName::Named(left), TypeName::Named(right)) = (&left.name, &right.name) {
                    self.add(left, right);
                    self.add(right, left);
                }
            }
        }
    }

    /// What stands at the URL that the answer gives as its own.
    fn add_location(&mut self, shown: &TypeRef, url: &str, paths: &Paths<'_>) {
        let Ok(target) = Target::parse(url) else { return };
        let Spot::Holds(TypeRef { name: TypeName::Named(at), collection: false }) =
            paths.walk_literal(&target.template.segments)
        else {
            return;
        };
        if let TypeName::Named(shown) = &shown.name {
            self.add(shown, &at);
        }
    }

    /// Objects in a body that name their type, where the model knows what stands there.
    fn add_hints(&mut self, hints: &[TypeHint], root: Option<&TypeRef>) {
        let Some(TypeRef { name: TypeName::Named(root), .. }) = root else { return };
        for hint in hints {
            let mut path = hint.path.as_slice();
            if let [first, rest @ ..] = path
                && first == "value"
                && self.types.property(root, "value").is_none()
            {
                path = rest;
            }
            // What stands at the root is what pages differ about, and no evidence.
            if path.is_empty() {
                continue;
            }
            let mut at = Some(Arc::clone(root));
            for name in path {
                at = at.and_then(|ty| match &self.types.property(&ty, name)?.property.ty.name {
                    TypeName::Named(name) => Some(Arc::clone(name)),
                    TypeName::Primitive(_) => None,
                });
            }
            let shown = self.names.full(&hint.name);
            if let (Some(at), Some((shown, Kind::Type))) = (at, shown) {
                self.add(&shown, &at);
            }
        }
    }

    fn add(&mut self, ty: &Arc<str>, base: &Arc<str>) {
        if ty != base && self.is_plausible(ty, base) {
            self.pairs.entry(Arc::clone(ty)).or_default().insert(Arc::clone(base));
        }
    }

    fn is_plausible(&self, ty: &str, base: &str) -> bool {
        let (Some(draft), Some(other)) = (self.types.get(ty), self.types.get(base)) else {
            return false;
        };
        if !draft.is_documented
            || !other.is_documented
            || draft.base.is_some()
            || self.types.is_a(base, ty)
        {
            return false;
        }
        let inherited: Vec<&str> = self
            .types
            .ancestry(base)
            .flat_map(|ty| &ty.properties)
            .map(|property| property.property.name.as_str())
            .filter(|name| *name != "id")
            .collect();
        let has = |name: &&str| {
            let (own, base) = (self.types.property(ty, name), self.types.property(base, name));
            matches!((own, base), (Some(own), Some(base)) if own.property.ty == base.property.ty)
        };
        let shared = inherited.iter().filter(|name| has(name)).count();
        // Pages of derived types repeat what is inherited, all of it or most.
        if inherited.is_empty() { other.says_base } else { shared * 4 >= inherited.len() * 3 }
    }
}

/// Of several bases, the one that the others extend counts least.
fn settle(pairs: &Pairs, types: &Types) -> Vec<(Arc<str>, Arc<str>)> {
    pairs
        .iter()
        .filter_map(|(ty, bases)| {
            let nearest =
                bases.iter().find(|base| bases.iter().all(|other| types.is_a(base, other)))?;
            // Where each could be the base of the other, the one with fewer properties is.
            let is_mutual = pairs.get(nearest).is_some_and(|others| others.contains(ty));
            let count =
                |name: &str| types.ancestry(name).map(|ty| ty.properties.len()).sum::<usize>();
            (!is_mutual || count(nearest) < count(ty))
                .then(|| (Arc::clone(ty), Arc::clone(nearest)))
        })
        .collect()
}
