//! What somebody may have meant whose filter means nothing.

use std::fmt::Display;

use super::Idle;
use super::likeness::Likeness;
use super::pattern::{Pattern, Target, TypePattern};
use super::spelling;
use crate::Error;
use crate::model::{Api, Method, Model, Operation, Path, last_part, split_target};

/// All filters that mean nothing, each with what comes nearest.
pub(super) fn error(api: &Api, idle: &[Idle<'_>]) -> Error {
    let lines = idle.iter().map(|filter| {
        let of = |what: &str, pattern: &dyn Display, origin: &Option<String>| {
            format!("{}{what} `{pattern}`", super::place(origin.as_deref()))
        };
        let (filter, hint) = match filter {
            Idle::Include(it) => (of("include", it, &it.origin), operation(api, it)),
            Idle::Exclude(it) => (of("exclude", it, &it.origin), operation(api, it)),
            Idle::Type(it) => (of("include-type", it, &it.origin), ty(api, it)),
        };
        (filter, hint.unwrap_or_default())
    });
    let lines: Vec<(String, String)> = lines.collect();
    if let [(filter, hint)] = lines.as_slice() {
        return Error::new(format!("{filter} matches nothing{hint}"));
    }
    let lines: Vec<String> =
        lines.iter().map(|(filter, hint)| format!("\n  {filter}{hint}")).collect();
    Error::new(format!("these filters match nothing:{}", lines.concat()))
}

fn operation(api: &Api, pattern: &Pattern) -> Option<String> {
    if let Some(hint) = version(api, pattern.version.as_deref()) {
        return Some(hint);
    }
    let models = api.versions.iter().filter(|model| pattern.is_of(model.api_version.as_deref()));
    let operations = models.flat_map(|model| &model.operations);
    let text = bare(&pattern.to_string(), pattern.version.is_some()).to_owned();
    match &pattern.target {
        Target::Path { method: method @ Some(_), path } => {
            let (_, wanted) = text.split_once(char::is_whitespace)?;
            let others: Vec<_> = pairs(operations.clone())
                .filter(|(_, stated)| super::Spelled::new(stated).0.iter().any(|it| path.fits(it)))
                .map(|(operation, _)| operation.method)
                .collect();
            if !others.is_empty() {
                let mut others: Vec<_> = others.iter().map(|method| method.as_str()).collect();
                others.sort_unstable();
                others.dedup();
                let others = others.join(", ");
                return Some(format!("; the docs have `{}` with {others}", wanted.trim()));
            }
            nearest_path(wanted, *method, operations)
        }
        Target::Path { method: None, .. } => nearest_path(&text, None, operations),
        Target::Name(_) => {
            let is_path = |operation: &Operation| {
                let path = format!("/{}", text.to_lowercase());
                operation.paths.iter().any(|it| text_of(it).to_lowercase() == path)
            };
            if operations.clone().any(is_path) {
                return Some(format!("; a path starts with a slash: `/{text}`"));
            }
            let names = operations.flat_map(|it| [it.id.clone(), it.name.clone()]).collect();
            nearest(&text, names)
        }
        Target::Page(_) => {
            let types = api.versions.iter().flat_map(|model| &model.types);
            if let Some(ty) = types.clone().find(|ty| pattern.means_page(&ty.source.file)) {
                let name = last_part(&ty.name);
                return Some(format!(
                    ", for the page has a type; choose it by include-type `{name}`"
                ));
            }
            nearest(&text, operations.map(|it| it.source.file.to_string()).collect())
        }
    }
}

/// The path that is most like the one that was written, with a method if one was, and rather with that.
fn nearest_path<'a>(
    wanted: &str,
    method: Option<Method>,
    operations: impl Iterator<Item = &'a Operation>,
) -> Option<String> {
    /// What the other method costs.
    const OTHER: f64 = 0.3;
    let (_, path) = split_target(wanted.trim());
    let wanted = spelling::of_text(path);
    let mut likeness = Likeness::new(&wanted);
    let mut best: Option<(f64, String)> = None;
    for (operation, path) in pairs(operations) {
        let is_other = method.is_some_and(|method| method != operation.method);
        let segments = spelling::of_segments(&path.template.segments);
        let Some(distance) = likeness.distance(&segments) else { continue };
        let distance = if is_other { distance + OTHER } else { distance };
        let stated = text_of(path);
        let text = match method {
            Some(_) => format!("{} {stated}", operation.method.as_str()),
            None => stated.to_owned(),
        };
        let is_better = best.as_ref().is_none_or(|(least, best)| {
            distance < *least || distance <= *least && (text.len(), &text) < (best.len(), best)
        });
        if is_better {
            best = Some((distance, text));
        }
    }
    best.map(|(_, near)| format!("; is it `{near}`?"))
}

fn pairs<'a>(
    operations: impl Iterator<Item = &'a Operation>,
) -> impl Iterator<Item = (&'a Operation, &'a Path)> {
    operations.flat_map(|operation| operation.paths.iter().map(move |path| (operation, path)))
}

fn text_of(path: &Path) -> &str {
    path.stated.as_deref().unwrap_or(&path.template.text)
}

/// What comes nearest to a type that there is not, to stand behind what is said of it.
pub(crate) fn hint_of_type(api: &Api, pattern: &TypePattern) -> String {
    ty(api, pattern).unwrap_or_default()
}

fn ty(api: &Api, pattern: &TypePattern) -> Option<String> {
    if let Some(hint) = version(api, pattern.version.as_deref()) {
        return Some(hint);
    }
    let text = bare(&pattern.to_string(), pattern.version.is_some()).to_owned();
    let names = api.versions.iter().flat_map(|model| {
        let types = model.types.iter().map(|ty| ty.name.as_str());
        types.chain(model.enums.iter().map(|enum_| enum_.name.as_str()))
    });
    let names = names.map(|name| if text.contains('.') { name } else { last_part(name) });
    nearest(&text, names.map(str::to_owned).collect())
}

/// A pattern without the version in front.
fn bare(text: &str, has_version: bool) -> &str {
    match text.split_once(": ") {
        Some((_, rest)) if has_version => rest.trim_start(),
        _ => text,
    }
}

/// That there is no such version.
fn version(api: &Api, wanted: Option<&str>) -> Option<String> {
    let wanted = wanted?;
    let name = |model: &Model| model.api_version.clone();
    let known: Vec<String> = api.versions.iter().filter_map(name).collect();
    if known.iter().any(|known| known.eq_ignore_ascii_case(wanted)) {
        return None;
    }
    Some(match known.as_slice() {
        [] => "; the docs have no version folders, so leave the version out".to_owned(),
        known => format!(
            "; of version `{wanted}` nothing was read, but of `{}`: leave the version out here, or let it \
             be read, which `api-version` decides",
            known.join("`, `")
        ),
    })
}

fn nearest(given: &str, mut known: Vec<String>) -> Option<String> {
    known.sort_unstable();
    known.dedup();
    crate::nearest::nearest(given, known.iter().map(String::as_str))
        .map(|near| format!("; is it `{near}`?"))
}
