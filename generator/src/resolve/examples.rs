//! Examples: which operation each belongs to, and the type that its annotation names.
//!
//! Their texts are most of what pages hold, so they are moved, not copied.

use std::sync::Arc;

use rayon::prelude::*;

use super::Scope;
use super::groups::{self, Group};
use super::operations::Context;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::{Declarations, ExampleDeclaration, OperationDeclaration, Place};
use crate::lower::Lower;
use crate::model::{
    Example, ExampleRequest, ExampleResponse, Operation, Profile, Router, Source, TypeRef,
};

/// Where an example goes.
#[derive(Clone, Debug)]
pub(super) struct Placement {
    /// Which of the operations that its page and method stand for; none when the request goes
    /// to somebody else.
    group: Option<usize>,
    /// The type that the annotation of its answer names.
    ty: Option<TypeRef>,
}

/// Finds the place of each example of an operation.
pub(super) fn place(
    operation: &OperationDeclaration,
    groups: &[Group],
    context: &Context<'_>,
) -> Vec<Placement> {
    operation
        .examples
        .iter()
        .map(|example| Placement {
            group: is_own(example, context.profile)
                .then(|| groups::of_example(example, groups, context)),
            ty: example
                .response
                .as_ref()
                .and_then(|response| context.names.type_ref(response.ty.as_ref()?, context.scope)),
        })
        .collect()
}

/// Whether a request goes to the API. What the service itself sends to others is shown, too.
fn is_own(example: &ExampleDeclaration, profile: &Profile) -> bool {
    let (Some(request), Some(base_url)) = (&example.request, &profile.base_url) else {
        return true;
    };
    let (Some((host, _)), Some((base, _))) = (split_host(&request.url), split_host(base_url))
    else {
        return true;
    };
    let host = &*Lower::new(host);
    let is_part_of = |base: &str| {
        host.strip_suffix(base).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    host.contains('{') || is_part_of(base) || profile.hosts.iter().any(|base| is_part_of(base))
}

/// The host of a URL, and what stands behind it.
fn split_host(url: &str) -> Option<(&str, &str)> {
    let mut colons = memchr::memchr_iter(b':', url.as_bytes());
    let rest = colons.find_map(|at| url[at + 1..].strip_prefix("//"))?;
    Some(rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len())))
}

/// A URL from the version on: what the base URL has between host and version is no part of any
/// path.
fn from_version<'u>(url: &'u str, profile: &Profile) -> &'u str {
    let base = profile.base_url.as_deref().and_then(split_host);
    let (Some((_, prefix)), Some((_, rest))) = (base, split_host(url)) else { return url };
    rest.strip_prefix(prefix).filter(|rest| rest.starts_with(['/', '?'])).unwrap_or(rest)
}

/// Reports the examples whose requests call another service, or no documented path.
pub(super) fn undocumented(
    declared: &[(&OperationDeclaration, &Scope<'_>)],
    operations: &[Operation],
    profile: &Profile,
) -> Diagnostics {
    let router = Router::new(operations);
    let flaw = |example: &ExampleDeclaration| {
        let request = example.request.as_ref()?;
        let span = request.place.span;
        if !is_own(example, profile) {
            let message = "the request goes to another host, so it is no example of an operation";
            return Some(Diagnostic::warning(Code::ForeignRequest, span, message));
        }
        let is_known = !router.find(request.method, from_version(&request.url, profile)).is_empty();
        (!is_known).then(|| {
            let (method, url) = (request.method.as_str(), shorten(&request.url));
            let message = format!("no page documents `{method} {url}`");
            Diagnostic::warning(Code::UndocumentedExample, span, message)
        })
    };
    let examples = declared.par_iter().flat_map_iter(|(operation, _)| &operation.examples);
    let flaws: Diagnostics = examples.filter_map(flaw).collect();
    let (foreign, undocumented): (Diagnostics, Diagnostics) =
        flaws.into_iter().partition(|it| it.code == Code::ForeignRequest);
    foreign.into_iter().chain(undocumented).collect()
}

fn shorten(url: &str) -> &str {
    let path = url.split('?').next().unwrap_or(url);
    let end = path.char_indices().nth(100).map_or(path.len(), |(at, _)| at);
    &path[..end]
}

/// The places of the examples of one declaration, and where its operations begin.
pub(super) struct Placed {
    pub(super) first: usize,
    pub(super) placements: Vec<Placement>,
}

/// Moves the examples from the pages, which are in the order of `placed`, to their operations.
pub(super) fn distribute(
    pages: &mut [Declarations],
    placed: Vec<Placed>,
    operations: &mut [Operation],
) {
    let mut placed = placed.into_iter();
    for page in pages {
        let file: Arc<str> = Arc::from(page.page.as_str());
        let mut declared = std::mem::take(&mut page.operations);
        for (declaration, placed) in declared.iter_mut().zip(&mut placed) {
            for (example, placement) in
                std::mem::take(&mut declaration.examples).into_iter().zip(placed.placements)
            {
                let Some(group) = placement.group else { continue };
                let Some(operation) = operations.get_mut(placed.first + group) else { continue };
                let source = |place: Place| super::source(page, &file, place);
                operation.examples.extend(finish(example, placement.ty, source));
            }
        }
        page.operations = declared;
    }
}

fn finish(
    example: ExampleDeclaration,
    ty: Option<TypeRef>,
    source: impl Fn(Place) -> Source,
) -> Option<Example> {
    let request = example.request.map(|request| ExampleRequest {
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: request.body,
        source: source(request.place),
    });
    let response = example.response.map(|response| ExampleResponse {
        status: response.status,
        headers: response.headers,
        body: response.body,
        ty,
        source: source(response.place),
    });
    let source = request
        .as_ref()
        .map(|request| &request.source)
        .or(response.as_ref().map(|response| &response.source))?
        .clone();
    Some(Example { name: example.name, request, response, source })
}
