//! Pages whose paths lead to different types, which are as many operations.
//!
//! "Create an open extension" lists the paths of messages, events and contacts: one page and one
//! method, but each path takes and answers something else.

use super::names::last_part;
use super::operations::Context;
use super::paths::{Step, Walk};
use crate::extract::{ExampleDeclaration, OperationDeclaration, PathForm};
use crate::model::{Method, Target, TypeName, TypeRef};

/// Paths that lead to one type.
pub(super) struct Group {
    /// What is put behind the page's id.
    pub(super) suffix: String,
    /// The paths, by their place on the page.
    pub(super) members: Vec<usize>,
    key: Option<TypeRef>,
}

/// No page leads to more types; what is beyond goes to the first group.
const MAX_GROUPS: usize = 64;

/// Splits the paths of an operation by what they lead to. There is at least one group.
pub(super) fn split(operation: &OperationDeclaration, walks: &[Walk]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    if operation.form == PathForm::Plain && operation.method != Method::Delete {
        for (at, walk) in walks.iter().enumerate() {
            add(&mut groups, at, key(walk));
        }
    }
    if groups.iter().filter(|group| group.key.is_some()).count() < 2 {
        return vec![Group {
            suffix: String::new(),
            members: (0..walks.len()).collect(),
            key: None,
        }];
    }
    name(&mut groups);
    groups
}

fn add(groups: &mut Vec<Group>, at: usize, key: Option<TypeRef>) {
    match groups.iter().position(|group| group.key == key) {
        Some(known) => groups[known].members.push(at),
        None if groups.len() < MAX_GROUPS => {
            groups.push(Group { suffix: String::new(), members: vec![at], key })
        }
        None => groups[0].members.push(at),
    }
}

/// What a path leads to, where the model knows that for sure.
fn key(walk: &Walk) -> Option<TypeRef> {
    match walk.step {
        Step::Navigation | Step::Property | Step::Key | Step::Cast => walk.ty().cloned(),
        Step::Learned | Step::Unknown => None,
    }
}

/// The first group has the page's own id; each other has the name of its type behind it.
fn name(groups: &mut [Group]) {
    let mut taken: Vec<String> = vec![String::new()];
    for group in groups.iter_mut().skip(1) {
        let ty = match &group.key {
            Some(TypeRef { name: TypeName::Named(name), .. }) => last_part(name),
            Some(TypeRef { name: TypeName::Primitive(primitive), .. }) => {
                last_part(primitive.full_name())
            }
            None => "other",
        };
        let many = if group.key.as_ref().is_some_and(|key| key.collection) { "s" } else { "" };
        let mut suffix = format!(":{ty}{many}");
        while taken.contains(&suffix) {
            suffix.push('_');
        }
        taken.push(suffix.clone());
        group.suffix = suffix;
    }
}

/// The group that an example belongs to, by where its URL leads.
pub(super) fn of_example(
    example: &ExampleDeclaration,
    groups: &[Group],
    context: &Context<'_>,
) -> usize {
    if groups.len() < 2 {
        return 0;
    }
    let target = example.request.as_ref().and_then(|request| Target::parse(&request.url).ok());
    let Some(target) = target else { return 0 };
    let spot = context.paths.walk_literal(&target.template.segments);
    let super::paths::Spot::Holds(ty) = spot else { return 0 };
    groups.iter().position(|group| group.key.as_ref() == Some(&ty)).unwrap_or(0)
}
