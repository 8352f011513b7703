//! Which part of an API is wanted: a model goes in, the model of what the filters choose comes out.
//!
//! Operations are chosen by method and path, by name or by page; types follow from them. Nothing
//! here knows how a page is written, nor what becomes of the model: a reduced model is a model.

mod either;
mod glob;
mod likeness;
mod pattern;
mod reach;
mod spelling;
#[cfg(test)]
mod tests;
mod unmatched;

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

pub(crate) use either::{Chosen, choose};
#[cfg(feature = "config")]
pub(crate) use glob::fits;
pub use pattern::{Pattern, TypePattern};
pub(crate) use unmatched::hint_of_type;

use crate::Error;
use crate::model::{Api, Method, Model, Operation, Path, Type, TypeName};
use crate::summary::counted;
use pattern::Target;
use reach::Reach;

/// What is wanted of an API. Without any filter that is all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filters {
    /// The operations that are wanted; all of them where nothing is said.
    pub include: Vec<Pattern>,
    /// Those of them that are not wanted after all.
    pub exclude: Vec<Pattern>,
    /// Types that are wanted for their own sake, and not only as far as operations need them.
    pub include_types: Vec<TypePattern>,
}

/// What the filters chose, counted over all versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Operations.
    pub operations: usize,
    /// Their paths: the endpoints that are documented.
    pub paths: usize,
    /// Types with all of their properties.
    pub types: usize,
    /// Types without properties, which others refer to.
    pub shells: usize,
    /// Enumerations.
    pub enums: usize,
}

/// A filter that chooses nothing, and where it stands.
#[derive(Clone, Copy, Debug)]
enum Idle<'f> {
    Include(&'f Pattern),
    Exclude(&'f Pattern),
    Type(&'f TypePattern),
}

impl Filters {
    /// Reads the filters, as the pattern types say.
    ///
    /// ```
    /// use docbind::select::Filters;
    ///
    /// let filters = Filters::parse(&["/me/**"], &["DELETE /**"], &["changeNotification*"])?;
    /// assert!(!filters.is_empty());
    /// # Ok::<(), docbind::Error>(())
    /// ```
    pub fn parse<T: AsRef<str>>(
        include: &[T],
        exclude: &[T],
        include_types: &[T],
    ) -> Result<Self, Error> {
        Ok(Self {
            include: all(include)?,
            exclude: all(exclude)?,
            include_types: all(include_types)?,
        })
    }

    /// Whether everything is wanted.
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty() && self.include_types.is_empty()
    }

    /// Whether all of them stand in a file.
    pub(crate) fn is_of_a_file(&self) -> bool {
        let Self { include, exclude, include_types } = self;
        include.iter().chain(exclude).all(|pattern| pattern.origin.is_some())
            && include_types.iter().all(|pattern| pattern.origin.is_some())
    }

    /// Whether a page is asked for by its own name, or by that of its operations.
    pub(crate) fn speak_of_page(&self, version: Option<&str>, page: &str) -> bool {
        self.include.iter().any(|pattern| pattern.speaks_of_page(version, page))
    }
}

fn all<P: FromStr<Err = Error>>(texts: &[impl AsRef<str>]) -> Result<Vec<P>, Error> {
    texts.iter().map(|text| text.as_ref().parse()).collect()
}

/// Leaves of an API what the filters choose.
///
/// An operation keeps the paths that are included, or all of them where a filter names it or its
/// page, less those that are excluded; without a path it goes. Types that the signatures of what is
/// left hold stay whole, with their bases and with what their properties hold. What only
/// relationships lead to becomes a shell, and other types go.
///
/// Fails when a filter chooses nothing, when all that one includes is excluded, and when nothing is
/// left.
pub fn select(api: Api, filters: &Filters) -> Result<(Api, Selection), Error> {
    contradiction(filters)?;
    let choices: Vec<Choice> =
        api.versions.iter().map(|model| Choice::new(model, filters)).collect();
    let idle = idle(filters, &choices);
    if !idle.is_empty() {
        return Err(unmatched::error(&api, &idle));
    }
    removed(filters, &choices)?;
    let mut selection = Selection::default();
    let mut api = api;
    for (model, choice) in api.versions.iter_mut().zip(choices) {
        reduce(model, choice);
        selection.add(model);
    }
    // A version of which nothing is wanted is no part of the client.
    api.versions.retain(|model| {
        !(model.operations.is_empty() && model.types.is_empty() && model.enums.is_empty())
    });
    if selection.operations == 0 && filters.include_types.is_empty() {
        let message = "the filters leave no operation: `exclude` removes them all";
        return Err(Error::new(message));
    }
    Ok((api, selection))
}

/// What is wanted of one version.
#[derive(Debug)]
struct Choice {
    /// For each operation, whether each of its paths is wanted.
    paths: Vec<Vec<bool>>,
    /// The full names of types that are wanted for their own sake.
    types: Vec<String>,
    /// For each filter, whether there is something that it means.
    include: Vec<bool>,
    exclude: Vec<bool>,
    include_types: Vec<bool>,
    /// For each filter of `include`, whether something of that is left, and what else removes it.
    left: Vec<bool>,
    removed_by: Vec<Option<usize>>,
}

impl Choice {
    fn new(model: &Model, filters: &Filters) -> Self {
        let version = model.api_version.as_deref();
        let mut include = vec![false; filters.include.len()];
        let mut exclude = vec![false; filters.exclude.len()];
        let mut left = include.clone();
        let mut removed_by = vec![None; include.len()];
        let paths = model.operations.iter().map(|operation| {
            let stated: Vec<Spelled> = operation.paths.iter().map(Spelled::new).collect();
            let means = |patterns: &[Pattern], path: &Spelled| -> Vec<usize> {
                let patterns = patterns.iter().enumerate();
                patterns
                    .filter(|(_, it)| it.is_of(version) && means(it, operation, path))
                    .map(|(at, _)| at)
                    .collect()
            };
            let wanted = stated.iter().map(|path| {
                let (including, excluding) =
                    (means(&filters.include, path), means(&filters.exclude, path));
                for &at in &excluding {
                    exclude[at] = true;
                }
                for &at in &including {
                    include[at] = true;
                    left[at] |= excluding.is_empty();
                    removed_by[at] = removed_by[at].or(excluding.first().copied());
                }
                (!including.is_empty() || filters.include.is_empty()) && excluding.is_empty()
            });
            wanted.collect()
        });
        let paths = paths.collect();
        let mut include_types = vec![false; filters.include_types.len()];
        let names = model.types.iter().map(|ty| &ty.name);
        let names = names.chain(model.enums.iter().map(|enum_| &enum_.name));
        let mut types = Vec::new();
        for name in names {
            let mut any = false;
            for (pattern, has_matched) in filters.include_types.iter().zip(&mut include_types) {
                if pattern.means(version, name) {
                    *has_matched = true;
                    any = true;
                }
            }
            if any {
                types.push(name.clone());
            }
        }
        Self { paths, types, include, exclude, include_types, left, removed_by }
    }
}

/// A path in the spellings in which it can be meant.
struct Spelled(Vec<Vec<String>>);

impl Spelled {
    fn new(path: &Path) -> Self {
        let segments = spelling::of_segments(&path.template.segments);
        let joined = spelling::joined(&segments);
        let texts = std::iter::once(&path.template.text).chain(&path.stated);
        let mut spelled: Vec<_> = texts.map(|text| spelling::of_text(text)).collect();
        spelled.extend([segments, joined]);
        spelled.sort_unstable();
        spelled.dedup();
        Self(spelled)
    }
}

fn means(pattern: &Pattern, operation: &Operation, path: &Spelled) -> bool {
    match &pattern.target {
        Target::Path { method, path: glob } => {
            method.is_none_or(|method: Method| method == operation.method)
                && path.0.iter().any(|path| glob.fits(path))
        }
        Target::Name(_) => pattern.means_name(&operation.id, &operation.name),
        Target::Page(_) => pattern.means_page(&operation.source.file),
    }
}

/// The filters that mean nothing in any version.
fn idle<'f>(filters: &'f Filters, choices: &[Choice]) -> Vec<Idle<'f>> {
    let is_idle =
        |at: usize, of: fn(&Choice) -> &Vec<bool>| !choices.iter().any(|choice| of(choice)[at]);
    let mut idle = Vec::new();
    for (at, pattern) in filters.include.iter().enumerate() {
        idle.extend(is_idle(at, |choice| &choice.include).then_some(Idle::Include(pattern)));
    }
    for (at, pattern) in filters.exclude.iter().enumerate() {
        idle.extend(is_idle(at, |choice| &choice.exclude).then_some(Idle::Exclude(pattern)));
    }
    for (at, pattern) in filters.include_types.iter().enumerate() {
        idle.extend(is_idle(at, |choice| &choice.include_types).then_some(Idle::Type(pattern)));
    }
    idle
}

fn contradiction(filters: &Filters) -> Result<(), Error> {
    let same = |included: &Pattern| {
        let is_same = |excluded: &&Pattern| {
            excluded.target == included.target && excluded.version == included.version
        };
        filters.exclude.iter().find(is_same)
    };
    let both = filters.include.iter().find_map(|included| Some((included, same(included)?)));
    let Some((included, excluded)) = both else { return Ok(()) };
    let by = excluded.origin.as_deref().map(|origin| format!(" by {origin}")).unwrap_or_default();
    let place = place(included.origin.as_deref());
    let message =
        format!("{place}`{included}` is included and excluded{by}; leave one of them out");
    Err(Error::new(message))
}

/// Fails when everything that a filter includes is excluded, though other filters leave something.
fn removed(filters: &Filters, choices: &[Choice]) -> Result<(), Error> {
    let mut lines = Vec::new();
    for (at, pattern) in filters.include.iter().enumerate() {
        if choices.iter().any(|choice| choice.left[at]) {
            continue;
        }
        let by = choices.iter().find_map(|choice| choice.removed_by[at]);
        let Some(by) = by.map(|by| &filters.exclude[by]) else { continue };
        let origin = by.origin.as_deref().map(|origin| format!(" of {origin}"));
        lines.push(format!(
            "{}include `{pattern}` leaves nothing, for exclude `{by}`{} removes it; leave one of them out",
            place(pattern.origin.as_deref()),
            origin.unwrap_or_default(),
        ));
    }
    if lines.is_empty() { Ok(()) } else { Err(Error::new(lines.join("\n"))) }
}

/// The place of a filter, in front of what is said of it.
fn place(origin: Option<&str>) -> String {
    origin.map(|origin| format!("{origin}: ")).unwrap_or_default()
}

fn reduce(model: &mut Model, choice: Choice) {
    let mut wanted = choice.paths.into_iter();
    model.operations.retain_mut(|operation| {
        let mut wanted = wanted.next().unwrap_or_default().into_iter();
        operation.paths.retain(|_| wanted.next().unwrap_or(false));
        !operation.paths.is_empty()
    });
    let reach = reach::reach(model, choice.types.iter().map(String::as_str));
    model.enums.retain(|enum_| reach.enums.contains(&enum_.name));
    shell(model, &reach);
    let is_left = |name: &str| {
        reach.full.contains(name) || reach.shells.contains(name) || reach.enums.contains(name)
    };
    // All examples stay: what they show of bodies holds for each path. Their types are only a hint.
    // So is what the text says besides of a body.
    for operation in &mut model.operations {
        let examples = operation.examples.iter_mut();
        let shown = examples.filter_map(|example| Some(&mut example.response.as_mut()?.ty));
        let said = operation.responses.iter_mut().map(|response| &mut response.outweighed);
        for hint in shown.chain(said).chain([&mut operation.outweighed_request]) {
            hint.take_if(|ty| match &ty.name {
                TypeName::Named(name) => !is_left(name),
                TypeName::Primitive(_) => false,
            });
        }
    }
}

/// Makes shells of what is only mentioned, and takes out what is not.
fn shell(model: &mut Model, reach: &Reach) {
    // A shell extends the nearest full type: so it has the key that all entities have.
    let bases: Vec<Option<String>> = model
        .types
        .iter()
        .map(|ty| {
            let is_shell = reach.shells.contains(&ty.name);
            let mut line = model.ancestry(&ty.name).skip(1).take(model.types.len());
            let base = line.find(|base| is_shell && reach.full.contains(&base.name));
            base.map(|base| base.name.clone())
        })
        .collect();
    let keys: Vec<BTreeSet<String>> = bases
        .iter()
        .map(|base| {
            let line = base.iter().flat_map(|base| model.ancestry(base)).take(model.types.len());
            let properties = line.flat_map(|ty| &ty.properties);
            properties.map(|property| property.name.clone()).collect()
        })
        .collect();
    for ((ty, base), inherited) in model.types.iter_mut().zip(bases).zip(keys) {
        if reach.shells.contains(&ty.name) {
            let Type { properties, key, alternate_keys, .. } = ty;
            properties.clear();
            key.retain(|name| inherited.contains(name));
            alternate_keys.retain(|name| inherited.contains(name));
            ty.base = base;
            ty.is_open = true;
            ty.is_reduced = true;
        }
    }
    model.types.retain(|ty| reach.full.contains(&ty.name) || reach.shells.contains(&ty.name));
}

impl Selection {
    fn add(&mut self, model: &Model) {
        let shells = model.types.iter().filter(|ty| ty.is_reduced).count();
        self.operations += model.operations.len();
        self.paths += model.operations.iter().map(|operation| operation.paths.len()).sum::<usize>();
        self.types += model.types.len() - shells;
        self.shells += shells;
        self.enums += model.enums.len();
    }
}

impl fmt::Display for Selection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operations, paths, types, shells, enums } = *self;
        let operations = counted(operations, "operation", "operations");
        let paths = counted(paths, "path", "paths");
        let types = counted(types, "type", "types");
        let shells = counted(shells, "shell", "shells");
        let enums = counted(enums, "enumeration", "enumerations");
        writeln!(
            formatter,
            "{:14}{operations} with {paths}, {types}, {shells} and {enums}",
            "selected"
        )
    }
}
