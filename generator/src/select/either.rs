//! What filters choose of two states of one API, neither of which is reduced.
//!
//! In go both and the filters, out comes what is chosen of each version of each, by name. A filter
//! has to choose something of one of them: what it chose before may be gone, or still to come.

use std::collections::BTreeMap;

use super::{Choice, Filters, contradiction, idle, reach, unmatched};
use crate::Error;
use crate::model::{Api, Model, Operation, Path};

/// What the filters choose of a version.
#[derive(Debug)]
pub(crate) struct Chosen<'m> {
    /// The operations by id, each with the texts of its paths that are wanted.
    operations: BTreeMap<&'m str, Vec<&'m str>>,
    reach: reach::Reach,
}

impl Chosen<'_> {
    /// Whether nothing of the version is wanted.
    pub(crate) fn is_empty(&self) -> bool {
        let reach::Reach { full, shells, enums } = &self.reach;
        self.operations.is_empty() && full.is_empty() && shells.is_empty() && enums.is_empty()
    }

    /// Whether any path of an operation is wanted.
    pub(crate) fn has_operation(&self, id: &str) -> bool {
        self.operations.contains_key(id)
    }

    /// Whether this path of an operation is wanted.
    pub(crate) fn has_path(&self, id: &str, path: &str) -> bool {
        self.operations.get(id).is_some_and(|paths| paths.contains(&path))
    }

    /// Whether a type is wanted with all that it has.
    pub(crate) fn has_type(&self, name: &str) -> bool {
        self.reach.full.contains(name)
    }

    /// Whether a type is wanted for its name at least.
    pub(crate) fn names_type(&self, name: &str) -> bool {
        self.has_type(name) || self.reach.shells.contains(name)
    }

    /// Whether an enumeration is wanted.
    pub(crate) fn has_enum(&self, name: &str) -> bool {
        self.reach.enums.contains(name)
    }
}

/// What the filters choose of each version of each side.
///
/// Fails when a filter chooses nothing of either, or when filters contradict each other.
pub(crate) fn choose<'m>(
    base: &'m Api,
    head: &'m Api,
    filters: &Filters,
) -> Result<(Vec<Chosen<'m>>, Vec<Chosen<'m>>), Error> {
    contradiction(filters)?;
    let choices = |api: &Api| -> Vec<Choice> {
        api.versions.iter().map(|model| Choice::new(model, filters)).collect()
    };
    let before = choices(base);
    let mut all = choices(head);
    all.splice(0..0, before);
    let idle = idle(filters, &all);
    if !idle.is_empty() {
        return Err(unmatched::error(head, &idle));
    }
    let models = base.versions.iter().chain(&head.versions);
    let mut chosen: Vec<_> = models.zip(all).map(|(model, choice)| of(model, &choice)).collect();
    let of_head = chosen.split_off(base.versions.len());
    Ok((chosen, of_head))
}

fn of<'m>(model: &'m Model, choice: &Choice) -> Chosen<'m> {
    let operations =
        model.operations.iter().zip(&choice.paths).filter_map(|(operation, wanted)| {
            let paths = operation.paths.iter().zip(wanted).filter(|(_, is_wanted)| **is_wanted);
            let paths: Vec<&Path> = paths.map(|(path, _)| path).collect();
            (!paths.is_empty()).then_some((operation, paths))
        });
    let operations: Vec<(&Operation, Vec<&Path>)> = operations.collect();
    let texts = |paths: &[&'m Path]| paths.iter().map(|path| path.template.text.as_str()).collect();
    let by_id = operations.iter().map(|(operation, paths)| (operation.id.as_str(), texts(paths)));
    let by_id = by_id.collect();
    let types = choice.types.iter().map(String::as_str);
    Chosen { operations: by_id, reach: reach::reach_of(model, operations.into_iter(), types) }
}
