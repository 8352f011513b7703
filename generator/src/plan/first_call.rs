//! The call that the crate's first page shows.

use super::collect::VersionPlan;
use super::nodes::ArgumentKind;
use super::response::ResponsePlan;
use super::rust_type::Scalar;
use crate::model::Method;

/// A call that is short to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FirstCall {
    /// What stands behind the client: `.me().get()`.
    pub(crate) chain: String,
    /// Method and path: `GET /me`.
    pub(crate) operation: String,
}

impl VersionPlan<'_> {
    /// The call with the fewest arguments and the shortest path that answers an object or a page.
    pub(crate) fn first_call(&self) -> Option<FirstCall> {
        // What leads to each node, with the number of arguments on the way. A node stands behind
        // the one that leads to it.
        let mut chains: Vec<Option<(usize, usize, String)>> = vec![None; self.nodes.len()];
        let mut best: Option<((usize, usize, usize), FirstCall)> = None;
        chains[0] = Some((0, 0, String::new()));
        for (at, node) in self.nodes.iter().enumerate() {
            let Some((arguments, length, chain)) = chains[at].take() else { continue };
            for accessor in &node.accessors {
                let required = accessor.arguments.iter().map(|argument| match argument.kind {
                    ArgumentKind::Required => "\"id\"",
                    _ => "None",
                });
                let list = required.collect::<Vec<_>>().join(", ");
                let more = arguments + accessor.arguments.len();
                let chain = format!("{chain}.{}({list})", accessor.ident);
                chains[accessor.node] = Some((more, length + 1, chain));
            }
            for endpoint in &node.endpoints {
                let is_object = matches!(
                    endpoint.response,
                    ResponsePlan::One(Scalar::Struct(_)) | ResponsePlan::Page(Scalar::Struct(_))
                );
                let is_plain = endpoint.method == Method::Get
                    && endpoint.query.is_empty()
                    && endpoint.deprecated.is_none();
                let rank = (arguments, length, endpoint.route.len());
                let is_better = best.as_ref().is_none_or(|(other, _)| rank < *other);
                if is_object && is_plain && is_better {
                    let chain = format!("{chain}.{}()", endpoint.ident);
                    let operation = format!("{} {}", endpoint.method.as_str(), endpoint.route);
                    best = Some((rank, FirstCall { chain, operation }));
                }
            }
        }
        best.map(|(_, call)| call)
    }
}
