//! Which types are sent, and in which form.

use std::collections::BTreeSet;

use super::endpoint::{BodyPlan, EndpointPlan};
use super::request::Requests;
use super::rust_type::{FieldType, TypeIndex};
use crate::model::{Method, OperationKind, RequestBody};

/// Which structs callers fill in.
#[derive(Debug, Default)]
pub(super) struct Usage {
    sent: BTreeSet<usize>,
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
        let mut open: Vec<usize> =
            requests.types(types).into_iter().filter_map(FieldType::as_struct).collect();
        let mut created = BTreeSet::new();
        for endpoint in endpoints {
            match endpoint.body {
                BodyPlan::Struct(at) => {
                    open.push(at);
                    created.insert(at);
                }
                BodyPlan::Update(at) => {
                    usage.updated.insert(at);
                }
                BodyPlan::Value(ty) => open.extend(ty.as_struct()),
                _ => {}
            }
            for operation in &endpoint.operations {
                let Some(RequestBody::Type(body)) = &operation.request else { continue };
                let Some(at) = types.resolve(body).as_struct() else { continue };
                if operation.method == Method::Patch {
                    usage.updated.insert(at);
                } else {
                    open.push(at);
                    if operation.kind == OperationKind::Create {
                        created.insert(at);
                    }
                }
            }
        }
        let held =
            |at| types.properties(at).into_iter().map(|property| types.resolve(&property.ty));
        for &at in &usage.updated {
            open.extend(held(at).filter_map(FieldType::as_struct));
        }
        let derived = derived(types);
        while let Some(at) = open.pop() {
            if usage.sent.insert(at) {
                open.extend(held(at).filter_map(FieldType::as_struct));
                open.extend(&derived[at]);
            }
        }
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
