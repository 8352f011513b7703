//! The permissions of all endpoints as one table.

use std::collections::BTreeMap;

use super::collect::VersionPlan;
use crate::model::Permissions;

/// Which permissions each endpoint asks for.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct PermissionTable<'p> {
    /// Each combination of permissions once, in the order of the endpoints that have it first.
    pub(crate) sets: Vec<&'p Permissions>,
    /// The endpoints, sorted: the hash of method and path, and the place of their permissions.
    pub(crate) endpoints: Vec<(u64, usize)>,
}

impl VersionPlan<'_> {
    /// The table. Endpoints whose pages say nothing of permissions are not in it.
    pub(crate) fn permissions(&self) -> PermissionTable<'_> {
        let endpoints = self.nodes.iter().flat_map(|node| &node.endpoints);
        let stated: BTreeMap<String, &Permissions> = endpoints
            .filter(|endpoint| endpoint.permissions != Permissions::default())
            .map(|endpoint| {
                let operation = format!("{} {}", endpoint.method.as_str(), endpoint.route);
                (operation, &endpoint.permissions)
            })
            .collect();
        let mut places = BTreeMap::new();
        let mut table = PermissionTable::default();
        for (operation, permissions) in stated {
            let Permissions { delegated_work, delegated_personal, application } = permissions;
            let key = (delegated_work, delegated_personal, application);
            let place = *places.entry(key).or_insert(table.sets.len());
            if place == table.sets.len() {
                table.sets.push(permissions);
            }
            table.endpoints.push((hash(&operation), place));
        }
        table.endpoints.sort_unstable();
        table
    }
}

/// FNV-1a with 64 bits, by which the runtime finds an operation.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runtime_computes_the_same() {
        // The same number stands in the test of the runtime.
        assert_eq!(hash("GET /b"), 0x03cf_27c3_bce3_44e4);
    }
}
