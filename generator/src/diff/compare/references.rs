//! What names another type than it did: evidence that a type has another name.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Model, Operation, Property, RequestBody, TypeName, TypeRef};

/// The names that the same places of both sides give, where these differ.
pub(super) struct References<'m> {
    names: BTreeSet<(&'m str, &'m str)>,
}

impl<'m> References<'m> {
    /// Looks at what both sides have under the same name: properties, bodies, bases.
    pub(super) fn find(base: &'m Model, head: &'m Model) -> Self {
        let mut found = Self { names: BTreeSet::new() };
        let types: HashMap<&str, _> = head.types.iter().map(|ty| (ty.name.as_str(), ty)).collect();
        for old in &base.types {
            let Some(new) = types.get(old.name.as_str()) else { continue };
            if let (Some(old), Some(new)) = (&old.base, &new.base) {
                found.add(old, new);
            }
            found.properties(&old.properties, &new.properties);
        }
        let operations: HashMap<&str, _> =
            head.operations.iter().map(|operation| (operation.id.as_str(), operation)).collect();
        for old in &base.operations {
            if let Some(new) = operations.get(old.id.as_str()) {
                found.operation(old, new);
            }
        }
        found
    }

    /// Whether something that named the one names the other now.
    pub(super) fn lead(&self, old: &str, new: &str) -> bool {
        self.names.contains(&(old, new))
    }

    fn operation(&mut self, old: &'m Operation, new: &'m Operation) {
        match (&old.request, &new.request) {
            (Some(RequestBody::Type(old)), Some(RequestBody::Type(new))) => {
                self.reference(old, new);
            }
            (Some(RequestBody::Parameters(old)), Some(RequestBody::Parameters(new))) => {
                self.properties(old, new);
            }
            _ => {}
        }
        for old in &old.responses {
            let same = new.responses.iter().find(|new| new.status == old.status);
            if let (Some(old), Some(new)) = (&old.body, same.and_then(|new| new.body.as_ref())) {
                self.reference(old, new);
            }
        }
    }

    fn properties(&mut self, old: &'m [Property], new: &'m [Property]) {
        let by_name: HashMap<&str, _> = new.iter().map(|it| (it.name.as_str(), it)).collect();
        for old in old {
            if let Some(new) = by_name.get(old.name.as_str()) {
                self.reference(&old.ty, &new.ty);
            }
        }
    }

    fn reference(&mut self, old: &'m TypeRef, new: &'m TypeRef) {
        if let (TypeName::Named(old), TypeName::Named(new)) = (&old.name, &new.name)
            && !std::sync::Arc::ptr_eq(old, new)
        {
            self.add(old, new);
        }
    }

    fn add(&mut self, old: &'m str, new: &'m str) {
        if old != new {
            self.names.insert((old, new));
        }
    }
}
