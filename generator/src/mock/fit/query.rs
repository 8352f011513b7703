//! Whether the options of a query are documented, and have values of the right kind.

use serde_json::Value;

use crate::model::{Model, Operation, ParameterLocation, TypeName};
use crate::nearest::hint;

use super::super::choose::{Candidate, json};
use super::super::message::{Call, query_of, split_target};
use super::super::problem::Problem;
use super::is_known;

/// The query options of OData, without their `$`. The last two are in links only.
const OPTIONS: [&str; 14] = [
    "select",
    "expand",
    "filter",
    "orderby",
    "search",
    "top",
    "skip",
    "count",
    "format",
    "apply",
    "compute",
    "levels",
    "skiptoken",
    "deltatoken",
];

pub(super) fn check(
    model: &Model,
    operations: &[&Operation],
    candidates: &[Candidate<'_>],
    call: &Call,
) -> Result<(), Problem> {
    let query = call.query();
    let shown = if query.is_empty() { Vec::new() } else { shown_queries(candidates) };
    for (name, value) in query.iter().filter(|pair| !shown.contains(pair)) {
        let plain = name.trim_start_matches('$').to_ascii_lowercase();
        if shown.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            check_value(model, operations, &plain, value)?;
            continue;
        }
        let is_parameter =
            operations.iter().flat_map(|operation| &operation.parameters).any(|it| {
                it.location == ParameterLocation::Query && it.name.eq_ignore_ascii_case(name)
            });
        if is_parameter {
            continue;
        }
        if name.starts_with('@') {
            // The value of a parameter alias.
            continue;
        }
        if !OPTIONS.contains(&plain.as_str()) {
            let documented = documented_query(operations);
            return Err(Problem::bad_request(format!(
                "the query option `{name}` is not documented{}{documented}",
                hint(name, known_query(operations)),
            )));
        }
        check_value(model, operations, &plain, value)?;
    }
    Ok(())
}

/// All that the examples have in their queries and links.
fn shown_queries(candidates: &[Candidate<'_>]) -> Vec<(String, String)> {
    let mut shown = Vec::new();
    for candidate in candidates {
        if let Some(request) = &candidate.example.request {
            shown.extend(query_of(split_target(&request.url).1));
        }
        let response = candidate.example.response.as_ref();
        let body = response.and_then(|it| it.body.as_ref()).and_then(json);
        let Some(Value::Object(body)) = body else { continue };
        for (_, link) in body.iter().filter(|(name, _)| name.ends_with("Link")) {
            shown.extend(query_of(split_target(link.as_str().unwrap_or_default()).1));
        }
    }
    shown
}

fn known_query<'a>(operations: &'a [&Operation]) -> impl Iterator<Item = &'a str> {
    let parameters = operations.iter().flat_map(|operation| &operation.parameters);
    let parameters = parameters.filter(|it| it.location == ParameterLocation::Query);
    parameters.map(|it| it.name.as_str()).chain(OPTIONS)
}

fn documented_query(operations: &[&Operation]) -> String {
    let mut names: Vec<String> = Vec::new();
    for operation in operations {
        let options = operation.query_options.iter().map(|name| format!("${name}"));
        let parameters = operation.parameters.iter();
        let parameters = parameters.filter(|it| it.location == ParameterLocation::Query);
        names.extend(options.chain(parameters.map(|it| it.name.clone())));
    }
    names.dedup();
    if names.is_empty() {
        String::new()
    } else {
        format!("; documented are `{}`", names.join("`, `"))
    }
}

fn check_value(
    model: &Model,
    operations: &[&Operation],
    option: &str,
    value: &str,
) -> Result<(), Problem> {
    let wrong = |expected: &str| {
        Err(Problem::bad_request(format!("`${option}` takes {expected}, and not `{value}`")))
    };
    match option {
        "top" | "skip" if value.parse::<u32>().is_err() => wrong("a number that is not negative"),
        "count" if !["true", "false"].contains(&value) => wrong("`true` or `false`"),
        "select" | "orderby" => {
            for path in value.split(',') {
                let path = path.split_whitespace().next().unwrap_or_default();
                check_property(model, operations, option, path)?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Whether the documented answer has a property.
fn check_property(
    model: &Model,
    operations: &[&Operation],
    option: &str,
    path: &str,
) -> Result<(), Problem> {
    let name = path.split('/').next().unwrap_or_default();
    // A cast, a function and an annotation are not looked up.
    let is_plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let bodies = operations.iter().flat_map(|operation| &operation.responses);
    let mut types = bodies.filter_map(|response| match response.body.as_ref().map(|it| &it.name) {
        Some(TypeName::Named(name)) => Some(&**name),
        _ => None,
    });
    let Some(ty) = types.next().filter(|_| is_plain) else { return Ok(()) };
    if is_known(model, ty, name) || types.any(|ty| is_known(model, ty, name)) {
        return Ok(());
    }
    let names = model.ancestry(ty).flat_map(|ty| &ty.properties).map(|it| it.name.as_str());
    let hint = hint(name, names);
    Err(Problem::bad_request(format!(
        "`${option}` names a property `{name}`, which `{ty}` does not have{hint}"
    )))
}
