//! Which types are sent, and in which form; which types queries are about.

use std::collections::BTreeSet;

use super::endpoint::{BodyPlan, EndpointPlan};
use super::request::Requests;
use super::response::ResponsePlan;
use super::rust_type::{FieldType, TypeIndex};
use crate::model::{Method, OperationKind, RequestBody};

/// Which structs callers fill in, and whose properties they name.
#[derive(Debug, Default)]
pub(super) struct Usage {
    sent: BTreeSet<usize>,
    queried: BTreeSet<usize>,
    /// Those that have a struct for updates.
    pub(super) updated: BTreeSet<usize>,
    /// Those that have a struct that asks for what creating one requires.
    pub(super) created: BTreeSet<usize>,
}

impl Usage {
    /// Looks at everything that endpoints take, and at all that this can hold.
    pub(super) fn new(
        endpoints: &[&EndpointPlan<'_>],
        requests: &Requests<'_>,
        types: &TypeIndex<'_>,
    ) -> Self {
        let mut usage = Self::default();
        let mut created = BTreeSet::new();
        for endpoint in endpoints {
            match endpoint.body {
                BodyPlan::Struct(at) => drop(usage.sent.insert(at)),
                BodyPlan::Update(at) => drop(usage.updated.insert(at)),
                BodyPlan::Value(ty) => usage.sent.extend(ty.as_struct()),
                _ => {}
            }
            for operation in &endpoint.operations {
                let Some(RequestBody::Type(body)) = &operation.request else { continue };
                let Some(at) = types.resolve(body).as_struct() else { continue };
                if operation.method == Method::Patch {
                    usage.updated.insert(at);
                } else {
                    usage.sent.insert(at);
                    if operation.kind == OperationKind::Create {
                        created.insert(at);
                    }
                }
            }
        }
        let held = held(&usage, requests, types);
        usage.sent.extend(held);
        usage.queried = queried(endpoints, types);
        usage.created = created
            .into_iter()
            .filter(|&at| types.properties(at).iter().any(|property| property.is_required))
            .collect();
        usage
    }

    /// Whether callers fill in such a struct.
    pub(super) fn is_sent(&self, at: usize) -> bool {
        self.sent.contains(&at)
    }

    /// Whether queries can name the properties of such a struct.
    pub(super) fn is_queried(&self, at: usize) -> bool {
        self.queried.contains(&at)
    }
}

/// The structs whose properties a query can name: those that a GET answers with, and those that
/// their properties lead to.
fn queried(endpoints: &[&EndpointPlan<'_>], types: &TypeIndex<'_>) -> BTreeSet<usize> {
    let answers = endpoints.iter().filter(|endpoint| endpoint.method == Method::Get);
    let mut open: Vec<usize> = answers
        .filter_map(|endpoint| match endpoint.response {
            ResponsePlan::One(scalar)
            | ResponsePlan::Page(scalar)
            | ResponsePlan::Value(scalar)
            | ResponsePlan::Optional(scalar) => FieldType::one(scalar).as_struct(),
            ResponsePlan::Nothing
            | ResponsePlan::Accepted
            | ResponsePlan::Bytes
            | ResponsePlan::Count => None,
        })
        .collect();
    let mut queried = BTreeSet::new();
    while let Some(at) = open.pop() {
        if queried.insert(at) {
            let properties = types.properties(at).iter();
            open.extend(properties.filter_map(|property| types.resolve(&property.ty).as_struct()));
        }
    }
    queried
}

/// The structs that a body can hold.
///
/// What only the service sets has no setter, and leads nowhere.
///
/// A body itself is the type that a page says it is. What it holds may as well be a type that
/// extends what a page says. Relationships are followed from what is created, and no further.
fn held(usage: &Usage, requests: &Requests<'_>, types: &TypeIndex<'_>) -> BTreeSet<usize> {
    let properties = |at, with_navigation: bool| {
        let properties = types.properties(at).iter();
        properties
            .filter(move |property| with_navigation || !property.is_navigation)
            .filter(|property| property.is_required || !property.is_read_only)
            .filter_map(|property| types.resolve(&property.ty).as_struct())
    };
    let mut open: Vec<usize> =
        requests.types(types).into_iter().filter_map(FieldType::as_struct).collect();
    open.extend(usage.sent.iter().flat_map(|&at| properties(at, true)));
    open.extend(usage.updated.iter().flat_map(|&at| properties(at, false)));
    let derived = derived(types);
    let mut held = BTreeSet::new();
    while let Some(at) = open.pop() {
        if held.insert(at) {
            open.extend(properties(at, false));
            open.extend(&derived[at]);
        }
    }
    held
}

/// For each type those that extend it directly.
fn derived(types: &TypeIndex<'_>) -> Vec<Vec<usize>> {
    let mut derived = vec![Vec::new(); types.types.len()];
    for at in 0..types.types.len() {
        // What extends the type that all entities extend is sent in its place nowhere.
        if let Some(base) = types.bases(at).next() {
            derived[base].push(at);
        }
    }
    derived
}
