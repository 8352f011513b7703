//! What either side calls a thing that was renamed.

use std::collections::HashMap;
use std::sync::Arc;

use super::change::Change;
use super::rule::Rule;

/// Names that one side has for what the other side calls otherwise, by version.
pub(super) struct Names {
    others: HashMap<(Option<Arc<str>>, String), String>,
}

impl Names {
    pub(super) fn of_changes(changes: &[Change]) -> Self {
        let is_renamed = |change: &&Change| {
            matches!(change.rule, Rule::TypeRenamed | Rule::EnumRenamed | Rule::OperationRenamed)
        };
        let mut others = HashMap::new();
        for change in changes.iter().filter(is_renamed) {
            if let (Some(from), Some(to)) = (&change.from, &change.to) {
                others.insert((change.version.clone(), from.clone()), to.clone());
                others.insert((change.version.clone(), to.clone()), from.clone());
            }
        }
        Self { others }
    }

    /// What either side calls the thing that a change is about.
    pub(super) fn of<'n>(&'n self, change: &'n Change) -> impl Iterator<Item = &'n str> + Clone {
        let other = self.others.get(&(change.version.clone(), change.target.clone()));
        std::iter::once(change.target.as_str()).chain(other.map(String::as_str))
    }
}
