//! Which changes touch what a crate calls.
//!
//! In go a diff, its two sides and the filters of the crate; each change is marked. Used are the
//! operations that the filters choose on either side, and the types and enumerations that these
//! lead to, whole. Of a type that the crate knows for its name alone, or has one of its own for,
//! nothing else is used.

use super::Diff;
use super::change::{Change, Subject};
use super::names::Names;
use super::rule::Rule;
use crate::model::Api;
use crate::select::{Chosen, Filters, TypePattern, choose};
use crate::{Error, TypeChange, TypeOverride};

/// What a crate calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// What it wants of the API; without any filter, all of it.
    pub filters: Filters,
    /// The version that it is made from; all where nothing is said.
    pub api_version: Option<String>,
    /// Types that it has its own for, so that nothing is generated that could change.
    pub replaced: Vec<TypePattern>,
}

impl Usage {
    /// What a crate calls that was made by these decisions. Fails when one names no type.
    pub fn of_crate(
        filters: Filters,
        api_version: Option<String>,
        types: &[TypeOverride],
    ) -> Result<Self, Error> {
        let is_replaced = |it: &&TypeOverride| matches!(it.change, TypeChange::Replace(_));
        let replaced = types.iter().filter(is_replaced).map(|it| {
            let at = it.head.as_ref().unwrap_or(&it.origin);
            it.types.parse().map_err(|error| Error::new(format!("{at}: {error}")))
        });
        Ok(Self { filters, api_version, replaced: replaced.collect::<Result<_, _>>()? })
    }

    /// Whether a change is one of the inside of a type that the crate has its own for.
    fn replaces(&self, change: &Change, names: &[&str], versions: &[&Api]) -> bool {
        if self.replaced.is_empty() || is_of_name(change.rule) {
            return false;
        }
        let is_type = matches!(change.subject, Subject::Type | Subject::Enum);
        // Where a change names no version, each side has a single one.
        let version = change.version.as_deref().or_else(|| {
            let mut models = versions.iter().flat_map(|api| &api.versions);
            models.find_map(|model| model.api_version.as_deref())
        });
        let is_meant =
            |pattern: &TypePattern| names.iter().any(|name| pattern.means(version, name));
        is_type && self.replaced.iter().any(is_meant)
    }
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
    let names = Names::of_changes(&diff.changes);
    let used = diff.changes.iter().map(|change| {
        let is_of_version = match (&usage.api_version, change.version.as_deref()) {
            (Some(wanted), Some(version)) => wanted.eq_ignore_ascii_case(version),
            _ => true,
        };
        let names: Vec<&str> = names.of(change).collect();
        let sides = [(base, &of_base), (head, &of_head)];
        let mut chosen = sides.iter().filter_map(|(api, chosen)| find(api, chosen, change));
        let is_chosen =
            usage.filters.is_empty() || chosen.any(|chosen| touches(change, &names, chosen));
        is_of_version && is_chosen && !usage.replaces(change, &names, &[base, head])
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
    let message = format!("neither side has the version `{wanted}`, but `{known}`");
    Err(Error::new(message).about("api-version", wanted))
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

/// Whether a rule is about a type or an enumeration as something that has a name.
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
            | Rule::EnumAdded
            | Rule::EnumPromoted
            | Rule::EnumRemoved
            | Rule::EnumDemoted
            | Rule::EnumRenamed
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
