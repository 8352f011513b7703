//! Which changes touch what a crate calls.
//!
//! In go a diff, its two sides and the filters of the crate; each change is marked. Used are the
//! operations that the filters choose on either side, and the types and enumerations that these
//! lead to, whole. Of a type that the crate knows for its name alone, nothing else is used.

use std::collections::HashMap;

use super::Diff;
use super::change::{Change, Subject};
use super::rule::Rule;
use crate::Error;
use crate::model::Api;
use crate::select::{Chosen, Filters, choose};

/// What a crate calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// What it wants of the API; without any filter, all of it.
    pub filters: Filters,
    /// The version that it is made from; all where nothing is said.
    pub api_version: Option<String>,
}

/// Marks each change by whether it touches what a crate calls.
///
/// Fails when a filter chooses nothing of either side, when filters contradict each other, and when
/// neither side has the version. That something is gone from one side is what a diff is there to
/// say.
pub fn mark(diff: &mut Diff, base: &Api, head: &Api, usage: &Usage) -> Result<(), Error> {
    if let Some(wanted) = &usage.api_version {
        expect_version(wanted, base, head)?;
    }
    let (of_base, of_head) = choose(base, head, &usage.filters)?;
    let names = Names::new(diff);
    let used = diff.changes.iter().map(|change| {
        let is_of_version = match (&usage.api_version, change.version.as_deref()) {
            (Some(wanted), Some(version)) => wanted.eq_ignore_ascii_case(version),
            _ => true,
        };
        let names = names.of(change);
        let sides = [(base, &of_base), (head, &of_head)];
        let mut chosen = sides.iter().filter_map(|(api, chosen)| find(api, chosen, change));
        let is_chosen =
            usage.filters.is_empty() || chosen.any(|chosen| touches(change, &names, chosen));
        is_of_version && is_chosen
    });
    let used: Vec<bool> = used.collect();
    for (change, used) in diff.changes.iter_mut().zip(used) {
        change.used = Some(used);
    }
    Ok(())
}

/// Fails when both sides have versions, and not this one.
fn expect_version(wanted: &str, base: &Api, head: &Api) -> Result<(), Error> {
    let versions = base.versions.iter().chain(&head.versions);
    let mut known: Vec<_> = versions.filter_map(|model| model.api_version.as_deref()).collect();
    known.sort_unstable();
    known.dedup();
    if known.is_empty() || known.iter().any(|known| known.eq_ignore_ascii_case(wanted)) {
        return Ok(());
    }
    let known = known.join("`, `");
    Err(Error::new(format!("neither side has the version `{wanted}`, but `{known}`")))
}

/// Names that one side has for what the other side calls otherwise, by version.
struct Names<'d> {
    others: HashMap<(Option<&'d str>, &'d str), &'d str>,
}

impl<'d> Names<'d> {
    fn new(diff: &'d Diff) -> Self {
        let is_renamed = |change: &&Change| {
            matches!(change.rule, Rule::TypeRenamed | Rule::EnumRenamed | Rule::OperationRenamed)
        };
        let mut others = HashMap::new();
        for change in diff.changes.iter().filter(is_renamed) {
            let version = change.version.as_deref();
            if let (Some(from), Some(to)) = (change.from.as_deref(), change.to.as_deref()) {
                others.insert((version, from), to);
                others.insert((version, to), from);
            }
        }
        Self { others }
    }

    /// What either side calls the thing that a change is about.
    fn of<'c>(&self, change: &'c Change) -> Vec<&'c str>
    where
        'd: 'c,
    {
        let other = self.others.get(&(change.version.as_deref(), change.target.as_str()));
        std::iter::once(change.target.as_str()).chain(other.copied()).collect()
    }
}

/// What is chosen of the version that a change is about.
fn find<'c, 'm>(api: &Api, chosen: &'c [Chosen<'m>], change: &Change) -> Option<&'c Chosen<'m>> {
    let is_version = change.subject == Subject::Version;
    let name = if is_version { Some(change.target.as_str()) } else { change.version.as_deref() };
    match name {
        // Each side has one version.
        None => chosen.first(),
        Some(name) => {
            let mut versions = api.versions.iter();
            // A version without a name stands in a change as an empty one.
            let at =
                versions.position(|it| it.api_version.as_deref().unwrap_or_default() == name)?;
            chosen.get(at)
        }
    }
}

fn touches(change: &Change, names: &[&str], chosen: &Chosen<'_>) -> bool {
    let mut names = names.iter();
    match &change.subject {
        Subject::Version => !chosen.is_empty(),
        Subject::Type if is_of_name(change.rule) => names.any(|name| chosen.names_type(name)),
        Subject::Type => names.any(|name| chosen.has_type(name)),
        Subject::Enum => names.any(|name| chosen.has_enum(name)),
        Subject::Operation { path, .. } if is_of_path(change.rule) => {
            let has = |path: &str| names.clone().any(|name| chosen.has_path(name, path));
            has(path) || change.member.as_deref().is_some_and(has)
        }
        Subject::Operation { .. } => names.any(|name| chosen.has_operation(name)),
    }
}

/// Whether a rule is about a type as something that has a name.
fn is_of_name(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::TypeAdded
            | Rule::TypePromoted
            | Rule::TypeRemoved
            | Rule::TypeDemoted
            | Rule::TypeRenamed
            | Rule::TypeDeprecated
            | Rule::TypeUndeprecated
    )
}

/// Whether a rule is about a single path.
fn is_of_path(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::PathAdded
            | Rule::PathTaken
            | Rule::PathRemoved
            | Rule::PathGiven
            | Rule::PathChanged
            | Rule::PathSpelling
    )
}

#[cfg(test)]
mod tests;
