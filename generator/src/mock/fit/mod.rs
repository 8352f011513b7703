//! Whether a request fits the docs: its query options and its body.
//!
//! What an example shows always fits. Annotations, which clients made from metadata send in
//! bodies, do too.

mod body;
mod filter;
mod query;

use crate::model::{Model, Operation, Property, Type};
use crate::nearest::likest;

use super::choose::Candidate;
use super::message::Call;
use super::problem::Problem;
use super::route::{Library, Route};

pub(super) fn check(
    library: &Library,
    route: &Route,
    candidates: &[Candidate<'_>],
    call: &Call,
) -> Result<(), Problem> {
    let operations: Vec<&Operation> =
        route.matches.iter().map(|found| library.operation(route, found)).collect();
    let model = library.model(route.version);
    query::check(model, &operations, candidates, call)?;
    body::check(model, &operations, candidates, call)
}

/// Whether the docs know of a property of this name, in a type or in one derived from it.
fn is_known(model: &Model, ty: &str, name: &str) -> bool {
    is_stated(model, ty, name) || is_loose(model, ty) && !is_misspelt(model, ty, name)
}

/// Whether the docs name such a property, in a type or in one derived from it.
fn is_stated(model: &Model, ty: &str, name: &str) -> bool {
    let same = |property: &Property| property.name.eq_ignore_ascii_case(name);
    model.ancestry(ty).any(|ty| ty.properties.iter().any(same))
        || derived(model, ty).any(|ty| ty.properties.iter().any(same))
}

/// Whether all of a type is documented, and it is open.
fn is_open(model: &Model, ty: &str) -> bool {
    model.ancestry(ty).any(|ty| ty.is_open) && model.ancestry(ty).all(|ty| ty.is_documented)
}

/// Whether a type may have properties that the docs do not name.
fn is_loose(model: &Model, ty: &str) -> bool {
    model.ty(ty).is_none() || model.ancestry(ty).any(|ty| ty.is_open || !ty.is_documented)
}

/// Whether a name that the docs do not have is rather one that they do have, by a letter or two.
fn is_misspelt(model: &Model, ty: &str, name: &str) -> bool {
    let names = model.ancestry(ty).flat_map(|ty| &ty.properties).map(|it| it.name.as_str());
    likest(name, names).is_some_and(|(likeness, _)| likeness >= MISSPELT)
}

fn derived<'a>(model: &'a Model, base: &'a str) -> impl Iterator<Item = &'a Type> {
    let is_derived = move |ty: &&Type| {
        ty.base.is_some() && model.ancestry(&ty.name).skip(1).any(|ty| ty.name == base)
    };
    model.types.iter().filter(is_derived)
}

/// How like each other two words must be, from 0 to 1, to take one for the other.
const MISSPELT: f64 = 0.85;
