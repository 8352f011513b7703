//! Which types the chosen operations need: full ones for what their signatures hold, shells for
//! what is only related to these.

use std::collections::BTreeSet;

use crate::model::{Model, Operation, Path, Property, RequestBody, Segment, TypeName, TypeRef};

/// The types and enumerations that are left, by their full names.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// Types with all of their properties.
    pub(super) full: BTreeSet<String>,
    /// Types that something names, but nothing looks into.
    pub(super) shells: BTreeSet<String>,
    /// Enumerations.
    pub(super) enums: BTreeSet<String>,
}

/// What the operations of a model and the types that are wanted for their own sake lead to.
pub(super) fn reach<'a>(model: &Model, wanted: impl Iterator<Item = &'a str>) -> Reach {
    let operations = model.operations.iter().map(|it| (it, it.paths.iter().collect()));
    reach_of(model, operations, wanted)
}

/// The same for some of the operations, each with some of its paths.
pub(super) fn reach_of<'a, 'm>(
    model: &'m Model,
    operations: impl Iterator<Item = (&'m Operation, Vec<&'m Path>)>,
    wanted: impl Iterator<Item = &'a str>,
) -> Reach {
    let mut reach = Walk { model, reach: Reach::default(), open: Vec::new() };
    for name in wanted {
        reach.look_into(name);
    }
    for (operation, paths) in operations {
        reach.signature(operation, &paths);
    }
    reach.finish()
}

struct Walk<'m> {
    model: &'m Model,
    reach: Reach,
    /// Full types whose properties have not been looked at.
    open: Vec<&'m str>,
}

impl Walk<'_> {
    fn signature(&mut self, operation: &Operation, paths: &[&Path]) {
        for parameter in &operation.parameters {
            self.value(&parameter.ty);
        }
        match &operation.request {
            Some(RequestBody::Type(ty)) => self.value(ty),
            // A parameter is what the caller sends, also where its row calls it a relationship.
            Some(RequestBody::Parameters(rows)) => rows.iter().for_each(|row| self.value(&row.ty)),
            None => {}
        }
        for response in &operation.responses {
            response.body.iter().for_each(|body| self.value(body));
        }
        // A cast is a place of its own only as long as there is such a type.
        for segment in paths.iter().flat_map(|path| &path.template.segments) {
            if let Segment::Cast(name) = segment {
                self.mention(name);
            }
        }
    }

    fn value(&mut self, ty: &TypeRef) {
        if let TypeName::Named(name) = &ty.name {
            self.look_into(name);
        }
    }

    /// Takes a type in with all that it has, or an enumeration.
    fn look_into(&mut self, name: &str) {
        if let Some(ty) = self.model.ty(name) {
            if self.reach.full.insert(ty.name.clone()) {
                self.open.push(&ty.name);
            }
        } else {
            self.mention(name);
        }
    }

    /// Takes a type in as something that has a name.
    fn mention(&mut self, name: &str) {
        if self.model.enum_(name).is_some() {
            self.reach.enums.insert(name.to_owned());
        } else if self.model.ty(name).is_some() {
            self.reach.shells.insert(name.to_owned());
        }
    }

    fn property(&mut self, property: &Property) {
        match &property.ty.name {
            TypeName::Named(name) if property.is_navigation => self.mention(name),
            _ => self.value(&property.ty),
        }
    }

    fn finish(mut self) -> Reach {
        while let Some(name) = self.open.pop() {
            let Some(ty) = self.model.ty(name) else { continue };
            if let Some(base) = &ty.base {
                self.look_into(base);
            }
            ty.properties.iter().for_each(|property| self.property(property));
        }
        let Reach { full, shells, .. } = &mut self.reach;
        shells.retain(|name| !full.contains(name));
        self.reach
    }
}
