//! What the nodes of the tree hold, so that an action can be named after the type it is bound to.

use rayon::prelude::*;

use super::rust_type::{FieldType, Scalar, TypeIndex};
use super::tree::{Ending, Step, Tree};
use crate::model::{Method, Operation};

/// What each node holds, as far as the docs tell: a struct, and whether it is a collection of it.
pub(super) fn type_nodes(
    tree: &Tree<'_>,
    operations: &[Operation],
    types: &TypeIndex<'_>,
) -> Vec<Option<FieldType>> {
    let nodes = (0..tree.nodes.len()).into_par_iter();
    let answers: Vec<_> = nodes.map(|node| answer(tree, node, operations, types)).collect();
    let mut held: Vec<Option<FieldType>> = Vec::with_capacity(tree.nodes.len());
    // A parent stands before its children, since they were found through it.
    for (at, node) in tree.nodes.iter().enumerate() {
        let before = if at == 0 { None } else { held[node.parent] };
        held.push(by_step(&node.step, before, types).or(answers[at]).or_else(|| {
            let key = node.children.get(&super::tree::StepKey::Key)?;
            answers[*key].map(|item| FieldType { is_collection: true, ..item })
        }));
    }
    held
}

/// What the step to a node says, given what stands before it.
fn by_step(step: &Step<'_>, before: Option<FieldType>, types: &TypeIndex<'_>) -> Option<FieldType> {
    match step {
        Step::Root => None,
        Step::Key { .. } | Step::AlternateKey { .. } => {
            before.filter(|held| held.is_collection).map(|held| FieldType::one(held.scalar))
        }
        Step::ByPath { .. } => before,
        Step::Cast { ty, .. } => {
            let is_collection = before.is_some_and(|held| held.is_collection);
            Some(FieldType { is_collection, ..FieldType::one(Scalar::Struct(*ty)) })
        }
        Step::Word { .. } => {
            let property = types.property(before?.as_struct()?, step.word()?)?;
            Some(types.resolve(&property.ty)).filter(|ty| ty.as_struct().is_some())
        }
    }
}

/// What a GET of the node answers.
fn answer(
    tree: &Tree<'_>,
    node: usize,
    operations: &[Operation],
    types: &TypeIndex<'_>,
) -> Option<FieldType> {
    let mut read: Vec<_> = tree.nodes[node]
        .statements
        .iter()
        .filter(|statement| statement.ending == Ending::Plain)
        .map(|statement| &operations[statement.operation])
        .filter(|operation| operation.method == Method::Get)
        .collect();
    // A page with many paths documents an aspect of many types.
    let fewest = read.iter().map(|operation| operation.paths.len()).min()?;
    read.retain(|operation| operation.paths.len() <= fewest + 1);
    let bodies: Vec<_> = read
        .into_iter()
        .filter_map(|operation| operation.responses.iter().find_map(|answer| answer.body.as_ref()))
        .map(|body| types.resolve(body))
        .filter(|body| body.as_struct().is_some())
        .collect();
    let base = types.widest(bodies.iter().filter_map(|body| body.as_struct()))?;
    let first =
        bodies.iter().find(|body| body.as_struct().is_some_and(|at| types.is_a(at, base)))?;
    Some(FieldType { is_collection: first.is_collection, ..FieldType::one(Scalar::Struct(base)) })
}
