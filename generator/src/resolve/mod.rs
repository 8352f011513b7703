//! From the statements of all pages to a model: names, bases, kinds, and what paths hold.
//!
//! In go the [`Declarations`] of the pages of each version, out comes the [`Api`]. Facts that
//! stand on several pages are merged, and contradictions are reported. Nothing here knows
//! Markdown, and nothing depends on the order in which pages were read.

mod actions;
mod arguments;
mod bodies;
mod calls;
mod derivation;
mod enums;
mod examples;
mod groups;
mod inheritance;
mod names;
mod operations;
mod parameters;
mod paths;
mod profile;
mod shells;
mod spelling;
#[cfg(test)]
mod tests;
mod types;
mod typo;

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Parsed};
use crate::extract::{Declarations, Place};
use crate::model::{Api, Model, Profile, ProfileOverrides, Source};
use crate::version;
use inheritance::Addressed;
use names::Names;

/// The pages of one version.
#[derive(Clone, Debug)]
pub(crate) struct VersionPages {
    /// The version's name, if it has one.
    pub(crate) version: Option<Arc<str>>,
    /// What its pages state.
    pub(crate) pages: Vec<Declarations>,
}

/// Makes the model of each version. What is not needed any more of the pages comes back: to give the
/// memory of thousands of pages back takes a while, and the caller knows when nobody waits for it.
pub(crate) fn resolve(
    mut versions: Vec<VersionPages>,
    stated: &ProfileOverrides,
) -> (Parsed<Api>, Vec<Declarations>) {
    for version in &mut versions {
        version.pages.sort_by(|left, right| left.page.cmp(&right.page));
    }
    versions.sort_by(|left, right| {
        version::order(left.version.as_deref()).cmp(&version::order(right.version.as_deref()))
    });
    let mut profile = profile::find(&versions, stated);
    let mut models = Vec::with_capacity(versions.len());
    let (mut diagnostics, mut rest) = (Vec::new(), Vec::new());
    for version in versions {
        let (model, pages) = resolve_version(version, &mut profile, stated);
        models.push(model.value);
        diagnostics.extend(model.diagnostics);
        rest.extend(pages);
    }
    (Parsed::new(Api { profile, versions: models }, diagnostics), rest)
}

fn resolve_version(
    version: VersionPages,
    profile: &mut Profile,
    stated: &ProfileOverrides,
) -> (Parsed<Model>, Vec<Declarations>) {
    let VersionPages { version, mut pages } = version;
    let mut diagnostics = Diagnostics::new();
    let (types, enums, mut operations, placed, hinted) = {
        let scopes: Vec<Scope<'_>> = pages.iter().map(|page| Scope::new(page, profile)).collect();
        let names = Names::collect(&scopes, &profile.root_namespace);
        let (mut of_types, mut of_enums) = (Diagnostics::new(), Diagnostics::new());
        let (mut types, enums) = rayon::join(
            || types::merge(&scopes, &names, &mut of_types),
            || enums::merge(&scopes, &names, &mut of_enums),
        );
        diagnostics.extend(of_types.into_iter().chain(of_enums));
        inheritance::choose_bases(&mut types, &mut diagnostics);
        inheritance::settle(&mut types, &names, &Addressed::default(), &mut diagnostics);
        if stated.base_entity.is_none() {
            profile.base_entity = profile::base_entity(&types).or(profile.base_entity.take());
        }
        let (operations, placed) =
            operations::resolve(&scopes, &mut types, &names, profile, &mut diagnostics);
        (types, enums, operations, placed, names.hinted().clone())
    };
    let (types, ()) = rayon::join(
        || types.finish(),
        || examples::distribute(&mut pages, placed, &mut operations),
    );
    let mut model =
        Model { api_version: version.as_deref().map(str::to_owned), types, enums, operations };
    shells::remove_unused(&mut model);
    shells::report_hinted(&model, &hinted, &mut diagnostics);
    model.types.sort_by(|left, right| left.name.cmp(&right.name));
    model.enums.sort_by(|left, right| left.name.cmp(&right.name));
    model
        .operations
        .sort_by(|left, right| (&left.id, &left.source).cmp(&(&right.id, &right.source)));
    (Parsed::new(model, diagnostics), pages)
}

/// A page with what its names are relative to.
struct Scope<'a> {
    page: &'a Declarations,
    /// The page's path, in lower case, as links name it.
    key: String,
    /// The page's path, as sources name it.
    file: Arc<str>,
    namespace: String,
    /// The same in lower case.
    folded_namespace: String,
}

impl<'a> Scope<'a> {
    fn new(page: &'a Declarations, profile: &Profile) -> Self {
        let namespace = page.namespace.clone().unwrap_or_else(|| profile.root_namespace.clone());
        let folded_namespace = namespace.to_lowercase();
        Self {
            page,
            key: page.page.to_lowercase(),
            file: Arc::from(page.page.as_str()),
            namespace,
            folded_namespace,
        }
    }

    fn source(&self, place: Place) -> Source {
        source(self.page, &self.file, place)
    }
}

/// Where a place of a page is: on the page, whose path is `file`, or in what it includes.
fn source(page: &Declarations, file: &Arc<str>, place: Place) -> Source {
    let included = page.included.iter().find(|(id, _)| *id == place.span.file);
    let file = included.map_or(file, |(_, path)| path);
    Source { file: Arc::clone(file), line: place.line }
}
