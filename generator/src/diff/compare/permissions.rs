//! Permissions of an operation. Any of them is enough, and the first is the least.

use super::Sides;
use super::operations::about;
use crate::diff::change::Change;
use crate::diff::rule::Rule;
use crate::model::{Operation, Permissions, Source};

impl Sides<'_> {
    pub(super) fn permissions(&mut self, old: &Operation, new: &Operation) {
        let (is_stated, was_stated) = (is_stated(new), is_stated(old));
        let place = |operation: &Operation| -> Source {
            let stated = operation.sections.permissions.as_ref();
            stated.unwrap_or(&operation.source).clone()
        };
        let (base, head) = (place(old), place(new));
        let (was, is) = (&old.permissions, &new.permissions);
        if was_stated != is_stated {
            // A page that names none says nothing of them; that no permission is enough would be
            // a table that says so.
            let rule = if is_stated { Rule::PermissionsStated } else { Rule::PermissionsUnstated };
            self.push(about(rule, new).base(&base).head(&head));
            return;
        }
        let before = self.changes.len();
        let (was_rows, is_rows) = (&old.sections.permission_rows, &new.sections.permission_rows);
        for (token, was, is, was_row, is_row) in [
            (
                "delegated_work",
                &was.delegated_work,
                &is.delegated_work,
                &was_rows.delegated_work,
                &is_rows.delegated_work,
            ),
            (
                "delegated_personal",
                &was.delegated_personal,
                &is.delegated_personal,
                &was_rows.delegated_personal,
                &is_rows.delegated_personal,
            ),
            (
                "application",
                &was.application,
                &is.application,
                &was_rows.application,
                &is_rows.application,
            ),
        ] {
            let (base, head) =
                (was_row.as_ref().unwrap_or(&base), is_row.as_ref().unwrap_or(&head));
            let at = |rule, permission: &str| -> Change {
                about(rule, new).part(token).member(permission)
            };
            // Where the least is replaced by another one, neither is known to be less.
            let is_raised = is.first().is_some_and(|least| was.contains(least));
            let is_lowered = was.first().is_some_and(|least| is.contains(least));
            for permission in was.iter().filter(|it| !is.contains(it)) {
                let is_least = is_raised && was.first() == Some(permission);
                let rule = if is_least { Rule::PermissionRaised } else { Rule::PermissionRemoved };
                let change = at(rule, permission).from(permission.as_str());
                self.push(change.base(base).near(head));
            }
            for permission in is.iter().filter(|it| !was.contains(it)) {
                let is_least = is_lowered && is.first() == Some(permission);
                let rule = if is_least { Rule::PermissionLowered } else { Rule::PermissionAdded };
                self.push(at(rule, permission).to(permission.as_str()).head(head));
            }
            let common = |these: &[String], those: &[String]| -> Vec<String> {
                these.iter().filter(|it| those.contains(it)).cloned().collect()
            };
            let (was, is) = (common(was, is), common(is, was));
            if was != is {
                let change = about(Rule::PermissionOrderChanged, new).part(token);
                let change = change.from(was.join(", ")).to(is.join(", "));
                self.push(change.base(base).head(head));
            }
        }
        if self.changes.len() == before && old.permissions_by != new.permissions_by {
            self.push(about(Rule::PermissionTableChanged, new).base(&base).head(&head));
        }
    }
}

/// Whether the page has a table of permissions that could be read.
fn is_stated(operation: &Operation) -> bool {
    operation.sections.permissions.is_some() || operation.permissions != Permissions::default()
}
