//! What follows from another change, and is none of its own.
//!
//! No page states the kind of a type: whether it is an entity shows in its key, its operations and
//! who refers to it. So a kind that changes is worth a word only where no other change explains it,
//! and a property that became a relationship with it only where it is what explains it. What a type
//! requires stands on the page that creates one.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{Bound, Sides, is_of_facts};
use crate::diff::change::{Change, Subject};
use crate::diff::rule::Rule;
use crate::model::{Model, Operation, RequestBody, Source, TypeName, TypeRef, last_part};

impl Sides<'_> {
    /// Takes back what follows from something else.
    pub(super) fn settle_kinds(&mut self) {
        let flips = self.changes.iter().filter(|it| is_flip(it));
        let flips: BTreeSet<String> = flips.map(|it| it.target.clone()).collect();
        if flips.is_empty() && self.bound_to_kind.is_empty() {
            return;
        }
        let bound = std::mem::take(&mut self.bound_to_kind);
        let bound: HashMap<usize, Bound> = bound.into_iter().map(|it| (it.at, it)).collect();
        let mut concerned = BTreeSet::new();
        for (at, change) in self.changes.iter().enumerate() {
            if is_of_facts(change) && !is_flip(change) && !bound.contains_key(&at) {
                self.concern(change, &mut concerned);
            }
        }
        self.spread(&flips, &mut concerned);
        // A row that went to the other table explains the kind, and with it all other rows.
        let explains = |it: &&Bound| it.is_moved && !concerned.contains(&it.ty);
        let explained: BTreeSet<_> =
            bound.values().filter(explains).map(|it| it.ty.clone()).collect();
        let mut at = 0;
        self.changes.retain(|change| {
            let bound = bound.get(&at);
            at += 1;
            match bound {
                Some(bound) => explains(&bound),
                None => {
                    !is_flip(change)
                        || !(concerned.contains(&change.target)
                            || explained.contains(&change.target))
                }
            }
        });
    }

    /// What a type requires stands on the page that creates one: it comes and goes with that.
    pub(super) fn settle_requirements(&mut self) {
        let is_of_call = |change: &&Change| {
            matches!(
                change.rule,
                Rule::OperationAdded
                    | Rule::OperationPromoted
                    | Rule::OperationRemoved
                    | Rule::OperationDemoted
            )
        };
        let calls = self.changes.iter().filter(is_of_call);
        let pages: BTreeSet<_> =
            calls.flat_map(|it| [&it.base, &it.head]).flatten().map(|it| it.file.clone()).collect();
        let is_there = |place: &Option<Source>| {
            place.as_ref().is_some_and(|place| pages.contains(&place.file))
        };
        self.changes.retain(|change| {
            let is_of_requirement =
                matches!(change.rule, Rule::PropertyBecameRequired | Rule::PropertyBecameOptional);
            let file = |place: &Option<Source>| place.as_ref().map(|place| Arc::clone(&place.file));
            let stands_elsewhere = file(&change.base) != file(&change.head);
            let follows = stands_elsewhere && (is_there(&change.base) || is_there(&change.head));
            !(is_of_requirement && follows)
        });
    }

    /// Kinds are inherited, and an entity makes one of what it extends.
    fn spread(&self, flips: &BTreeSet<String>, concerned: &mut BTreeSet<String>) {
        let mut inherited = BTreeSet::new();
        for model in [self.base, self.head] {
            for ty in &model.types {
                let family: Vec<_> = model.ancestry(&ty.name).map(|it| it.name.as_str()).collect();
                if family.iter().any(|name| concerned.contains(*name)) {
                    let flipped = family.iter().filter(|name| flips.contains(**name));
                    concerned.extend(flipped.map(|name| (*name).to_owned()));
                }
                // Of several in a row, the one that the others extend speaks for them.
                if family.iter().skip(1).any(|name| flips.contains(*name)) {
                    inherited.insert(ty.name.clone());
                }
            }
        }
        concerned.extend(inherited);
    }

    /// The types that a change has to do with.
    fn concern(&self, change: &Change, concerned: &mut BTreeSet<String>) {
        match &change.subject {
            Subject::Operation { .. } => {
                for model in [self.base, self.head] {
                    let operations = model.operations.iter();
                    for operation in operations.filter(|it| it.id == change.target) {
                        concerned.extend(bodies(operation).filter_map(named));
                        concerned.extend(held_by(model, operation));
                    }
                }
            }
            Subject::Type | Subject::Enum | Subject::Version => {
                concerned.insert(change.target.clone());
                for text in [&change.from, &change.to].into_iter().flatten() {
                    let name = text.strip_prefix("Collection(").unwrap_or(text);
                    concerned.insert(name.trim_end_matches(')').to_owned());
                }
            }
        }
    }
}

fn is_flip(change: &Change) -> bool {
    change.rule == Rule::TypeKindChanged
}

fn bodies(operation: &Operation) -> impl Iterator<Item = &TypeRef> {
    operation.responses.iter().filter_map(|it| it.body.as_ref()).chain(requests(operation))
}

fn requests(operation: &Operation) -> impl Iterator<Item = &TypeRef> {
    let request = match &operation.request {
        Some(RequestBody::Type(ty)) => Some(ty),
        Some(RequestBody::Parameters(_)) | None => None,
    };
    request.into_iter()
}

fn named(ty: &TypeRef) -> Option<String> {
    match &ty.name {
        TypeName::Named(name) => Some(name.to_string()),
        TypeName::Primitive(_) => None,
    }
}

/// What the paths of an operation may lead through: types named like one of their words.
fn held_by<'m>(
    model: &'m Model,
    operation: &'m Operation,
) -> impl Iterator<Item = String> + use<'m> {
    let words: BTreeSet<String> = operation
        .paths
        .iter()
        .flat_map(|path| path.template.text.split(['/', '(']))
        .map(str::to_lowercase)
        .collect();
    model.types.iter().filter_map(move |ty| {
        let word = last_part(&ty.name).to_lowercase();
        let is_there = words.contains(&word) || words.contains(&format!("{word}s"));
        is_there.then(|| ty.name.clone())
    })
}
