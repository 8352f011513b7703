//! Permissions of an operation. Any of them is enough, and the first is the least.

mod slip;

use std::collections::HashMap;

use super::Sides;
use super::operations::{about, page};
use crate::diff::change::Change;
use crate::diff::pair::Paired;
use crate::diff::rule::{Level, Rule};
use crate::model::{Model, Operation, Permissions, Source};

impl Sides<'_> {
    pub(super) fn permissions(&mut self, old: &Operation, new: &Operation) {
        let (is_stated, was_stated) = (is_stated(new), is_stated(old));
        let place = |operation: &Operation| -> Source {
            let stated = operation.sections.permissions.as_ref();
            stated.unwrap_or(&operation.source).clone()
        };
        let (base, head) = (place(old), place(new));
        if was_stated != is_stated {
            // A page that names none says nothing of them; that no permission is enough would be
            // a table that says so.
            let rule = if is_stated { Rule::PermissionsStated } else { Rule::PermissionsUnstated };
            self.push(about(rule, new).base(&base).head(&head));
            return;
        }
        let before = self.changes.len();
        let (was, is) = (by_token(&old.permissions), by_token(&new.permissions));
        let rows = rows(old).into_iter().zip(rows(new));
        for (((token, was), (_, is)), (was_row, is_row)) in was.into_iter().zip(is).zip(rows) {
            let places = [was_row.unwrap_or(&base), is_row.unwrap_or(&head)];
            self.token_permissions(token, [old, new], [was, is], places);
        }
        if self.changes.len() == before {
            let from = other_tables(&old.permissions_by, &new.permissions_by);
            let to = other_tables(&new.permissions_by, &old.permissions_by);
            if from.is_some() || to.is_some() {
                let change = about(Rule::PermissionTableChanged, new).base(&base).head(&head);
                self.push(Change { from, to, ..change });
            }
        }
    }

    /// What one kind of token needs.
    fn token_permissions(
        &mut self,
        token: &'static str,
        operations: [&Operation; 2],
        [was, is]: [&[String]; 2],
        [base, head]: [&Source; 2],
    ) {
        let at = |rule, permission: &str| -> Change {
            about(rule, operations[1]).part(token).member(permission)
        };
        let mut paired = Paired::by_name(was, is, |it| it.as_str());
        paired.find_renamed(
            |it| it.as_str(),
            |old, new| {
                let likeness = slip::likeness(old, new)?;
                let is_case = old.eq_ignore_ascii_case(new);
                (is_case || !self.are_both_used(old, new, operations)).then_some(likeness)
            },
        );
        let respelled: HashMap<_, _> = paired.renamed.iter().copied().collect();
        for (old, new) in &paired.renamed {
            let change = at(Rule::PermissionRespelled, old).from(old.as_str()).to(new.as_str());
            self.push(change.base(base).head(head));
        }
        let was: Vec<&String> =
            was.iter().map(|it| respelled.get(it).copied().unwrap_or(it)).collect();
        let is: Vec<&String> = is.iter().collect();
        // Where the least is replaced by another one, neither is known to be less.
        let is_raised = is.first().is_some_and(|least| was.contains(least));
        let is_lowered = was.first().is_some_and(|least| is.contains(least));
        for permission in was.iter().filter(|it| !is.contains(it)) {
            let is_least = is_raised && was.first() == Some(permission);
            let rule = if is_least { Rule::PermissionRaised } else { Rule::PermissionRemoved };
            let mut change = at(rule, permission).from(permission.as_str());
            // Who has all that was needed together has what is enough alone.
            if is
                .iter()
                .any(|it| slip::parts(it).all(|part| slip::parts(permission).any(|of| of == part)))
            {
                change.breaks_wire = false;
                change.level = change.level.min(Level::Info);
            }
            self.push(change.base(base).near(head));
        }
        for permission in is.iter().filter(|it| !was.contains(it)) {
            let is_least = is_lowered && is.first() == Some(permission);
            let rule = if is_least { Rule::PermissionLowered } else { Rule::PermissionAdded };
            self.push(at(rule, permission).to(permission.as_str()).head(head));
        }
        let common = |these: &[&String], those: &[&String]| -> Vec<String> {
            these.iter().filter(|it| those.contains(it)).map(|it| (*it).clone()).collect()
        };
        let (was, is) = (common(&was, &is), common(&is, &was));
        if was != is {
            let change = about(Rule::PermissionOrderChanged, operations[1]).part(token);
            let change = change.from(was.join(", ")).to(is.join(", "));
            self.push(change.base(base).head(head));
        }
    }

    /// Whether other pages of both sides use both names, so that none of them is a slip.
    fn are_both_used(&self, old: &str, new: &str, [in_base, in_head]: [&Operation; 2]) -> bool {
        let (base, head) = self
            .permission_names
            .get_or_init(|| (PermissionNames::find(self.base), PermissionNames::find(self.head)));
        let is_used =
            |name: &str| base.is_elsewhere(name, in_base) && head.is_elsewhere(name, in_head);
        slip::parts(old)
            .zip(slip::parts(new))
            .filter(|(old, new)| old != new)
            .all(|(old, new)| is_used(old) && is_used(new))
    }
}

/// The permissions that operations name, each with the first two pages that do.
#[derive(Debug)]
pub(super) struct PermissionNames<'m>(HashMap<&'m str, (&'m str, Option<&'m str>)>);

impl<'m> PermissionNames<'m> {
    fn find(model: &'m Model) -> Self {
        let mut names: HashMap<&str, (&str, Option<&str>)> = HashMap::new();
        for operation in &model.operations {
            let page = page(operation);
            let lists = by_token(&operation.permissions).into_iter().flat_map(|(_, list)| list);
            for name in lists.flat_map(|entry| slip::parts(entry)) {
                let (first, second) = names.entry(name).or_insert((page, None));
                if *first != page {
                    second.get_or_insert(page);
                }
            }
        }
        Self(names)
    }

    fn is_elsewhere(&self, name: &str, than: &Operation) -> bool {
        self.0.get(name).is_some_and(|(first, second)| second.is_some() || *first != page(than))
    }
}

/// Whether the page has a table of permissions that could be read.
fn is_stated(operation: &Operation) -> bool {
    operation.sections.permissions.is_some() || operation.permissions != Permissions::default()
}

fn by_token(permissions: &Permissions) -> [(&'static str, &[String]); 3] {
    [
        ("delegated_work", &permissions.delegated_work),
        ("delegated_personal", &permissions.delegated_personal),
        ("application", &permissions.application),
    ]
}

/// Where they stand, in the same order.
fn rows(operation: &Operation) -> [Option<&Source>; 3] {
    let rows = &operation.sections.permission_rows;
    [&rows.delegated_work, &rows.delegated_personal, &rows.application].map(Option::as_ref)
}

type Table = (String, Permissions);

/// The tables that the other side does not have, as text.
fn other_tables(these: &[Table], those: &[Table]) -> Option<String> {
    let known: Vec<_> = those.iter().map(|(label, table)| (plain_label(label), table)).collect();
    let is_other = |(label, table): &&Table| !known.contains(&(plain_label(label), table));
    let others: Vec<_> = these.iter().filter(is_other).map(table_text).collect();
    (!others.is_empty()).then(|| others.join(", "))
}

/// A label without what says nothing: the names of placeholders, case and blanks.
fn plain_label(label: &str) -> String {
    let mut plain = String::with_capacity(label.len());
    let mut is_inside = false;
    for letter in label.chars() {
        match letter {
            '}' => is_inside = false,
            letter if is_inside || letter.is_whitespace() => continue,
            '{' => is_inside = true,
            _ => {}
        }
        plain.extend(letter.to_lowercase());
    }
    plain
}

fn table_text((label, table): &Table) -> String {
    let lists = by_token(table).into_iter().filter(|(_, list)| !list.is_empty());
    let lists: Vec<_> = lists.map(|(token, list)| format!("{token} {}", list.join(", "))).collect();
    format!("{label} ({})", lists.join("; "))
}

#[cfg(test)]
mod tests {
    use super::{other_tables, plain_label};
    use crate::model::Permissions;

    fn table(label: &str, permission: &str) -> (String, Permissions) {
        let application = vec![permission.to_owned()];
        (label.to_owned(), Permissions { application, ..Permissions::default() })
    }

    #[test]
    fn labels() {
        assert_eq!(plain_label("note (/notes/{id}/parts)"), "note(/notes/{}/parts)");
        assert_eq!(plain_label("Note (/notes/{note-id}/parts)"), "note(/notes/{}/parts)");
        assert_eq!(plain_label("note (/shelves/{"), "note(/shelves/{");
    }

    #[test]
    fn what_the_other_side_has_is_left_out() {
        let these = [table("Note", "Notes.Read"), table("shelf/{id}", "Shelf.Read")];
        let those = [table("shelf/{key}", "Shelf.Read"), table("note", "Notes.Write")];
        let text = other_tables(&these, &those);
        assert_eq!(text.as_deref(), Some("Note (application Notes.Read)"));
        assert_eq!(other_tables(&these, &these), None);
    }
}
