//! How the arguments of a documented path are handed to the functions that the path has become.

use super::tree::{Step, StepArgument, Tree};
use crate::model::{Argument, Segment};

/// A documented path of an operation, as a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ReplayPlan<'a> {
    /// The operation.
    pub(crate) operation: &'a str,
    /// The path, as documented.
    pub(crate) path: &'a str,
    /// For each argument of the functions that lead to the endpoint, its place among the arguments
    /// of the path; none for one that this path leaves out.
    pub(crate) arguments: Vec<Option<usize>>,
}

/// The places of the arguments. `node` is where the segments, or all but the last, lead to.
pub(super) fn places(tree: &Tree<'_>, node: usize, segments: &[Segment]) -> Vec<Option<usize>> {
    let mut places = Vec::new();
    let mut next = 0;
    for (at, segment) in tree.line(node).into_iter().zip(segments) {
        let stated: &[Argument] = match segment {
            Segment::Call { arguments, .. } | Segment::AlternateKey(arguments) => arguments,
            _ => &[],
        };
        match &tree.nodes[at].step {
            Step::Root | Step::Cast { .. } => {}
            Step::Key { .. } | Step::ByPath { .. } => {
                places.push(Some(next));
                next += 1;
            }
            Step::Word { arguments, .. } | Step::AlternateKey { arguments } => {
                places.extend(arguments.iter().enumerate().map(|(number, argument)| {
                    let place = stated.iter().position(|stated| is_same(stated, argument));
                    let unnamed =
                        (argument.name.is_none() && number < stated.len()).then_some(number);
                    place.or(unnamed).map(|place| next + place)
                }));
                next += stated.len();
            }
        }
    }
    places
}

fn is_same(stated: &Argument, argument: &StepArgument<'_>) -> bool {
    match (&stated.name, argument.name) {
        (Some(stated), Some(name)) => stated.eq_ignore_ascii_case(name),
        _ => false,
    }
}
