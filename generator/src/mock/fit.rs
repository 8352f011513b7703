//! Whether a request fits the docs: its query options and its body.
//!
//! What an example shows always fits. Annotations, which clients made from metadata send in
//! bodies, do too.

use serde_json::{Map, Value};

use crate::model::{
    Model, Operation, ParameterLocation, Primitive, Property, RequestBody, Type, TypeName, TypeRef,
};

use super::choose::{Candidate, json};
use super::message::{Call, query_of, split_target};
use super::problem::Problem;
use super::route::{Library, Route};

/// The query options of OData, without their `$`. The last two are in links only.
const OPTIONS: [&str; 14] = [
    "select", "expand", "filter", "orderby", "search", "top", "skip", "count", "format", "apply",
    "compute", "levels", "skiptoken", "deltatoken",
];

pub(super) fn check(
    library: &Library,
    route: &Route,
    candidates: &[Candidate<'_>],
    call: &Call,
) -> Result<(), Problem> {
    let operations: Vec<&Operation> =
        route.matches.iter().map(|found| library.operation(route, found)).collect();
    let model = library.model(route.version);
    check_query(model, &operations, candidates, call)?;
    check_body(model, &operations, candidates, call)
}

fn check_query(
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
        let is_parameter = operations.iter().flat_map(|operation| &operation.parameters).any(|it| {
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
                nearest(name, known_query(operations)),
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
    if names.is_empty() { String::new() } else { format!("; documented are `{}`", names.join("`, `")) }
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
    let nearest = nearest(name, names);
    Err(Problem::bad_request(format!(
        "`${option}` names a property `{name}`, which `{ty}` does not have{nearest}"
    )))
}

fn is_known(model: &Model, ty: &str, name: &str) -> bool {
    let same = |property: &Property| property.name.eq_ignore_ascii_case(name);
    is_loose(model, ty)
        || model.ancestry(ty).any(|ty| ty.properties.iter().any(same))
        || derived(model, ty).any(|ty| ty.properties.iter().any(same))
}

/// Whether a type may have properties that the docs do not name.
fn is_loose(model: &Model, ty: &str) -> bool {
    model.ty(ty).is_none() || model.ancestry(ty).any(|ty| ty.is_open || !ty.is_documented)
}

fn derived<'a>(model: &'a Model, base: &'a str) -> impl Iterator<Item = &'a Type> {
    let is_derived = move |ty: &&Type| {
        ty.base.is_some() && model.ancestry(&ty.name).skip(1).any(|ty| ty.name == base)
    };
    model.types.iter().filter(is_derived)
}

fn check_body(
    model: &Model,
    operations: &[&Operation],
    candidates: &[Candidate<'_>],
    call: &Call,
) -> Result<(), Problem> {
    if call.body.iter().all(u8::is_ascii_whitespace) {
        return missing_parameters(operations, &Map::new());
    }
    let shown: Vec<_> = candidates
        .iter()
        .filter_map(|candidate| candidate.example.request.as_ref()?.body.as_ref())
        .collect();
    let takes_json = operations.iter().any(|operation| match &operation.request {
        Some(RequestBody::Type(ty)) => !is_stream(ty),
        Some(RequestBody::Parameters(_)) => true,
        None => false,
    });
    if !takes_json {
        return Ok(());
    }
    let body: Value = serde_json::from_slice(&call.body).map_err(|error| {
        Problem::bad_request(format!("the body is no JSON: {error}"))
    })?;
    if shown.iter().any(|shown| json(shown).as_ref() == Some(&body)) {
        return Ok(());
    }
    // Pages that share a path may take bodies of different types: one that fits is enough.
    let mut first = None;
    for operation in operations {
        let checked = match &operation.request {
            Some(RequestBody::Type(ty)) => check_json(model, ty, &body, &Place::root()),
            Some(RequestBody::Parameters(properties)) => check_parameters(model, properties, &body),
            None => continue,
        };
        match checked {
            Ok(()) => return Ok(()),
            Err(problem) => first = first.or(Some(problem)),
        }
    }
    first.map_or(Ok(()), Err)
}

fn is_stream(ty: &TypeRef) -> bool {
    ty.name == TypeName::Primitive(Primitive::Stream)
}

fn missing_parameters(operations: &[&Operation], body: &Map<String, Value>) -> Result<(), Problem> {
    let first = operations.first().and_then(|operation| operation.request.as_ref());
    let Some(RequestBody::Parameters(properties)) = first else { return Ok(()) };
    let is_given = |name: &str| body.keys().any(|key| key.eq_ignore_ascii_case(name));
    match properties.iter().find(|it| it.is_required && !is_given(&it.name)) {
        Some(missing) => Err(Problem::bad_request(format!(
            "the body has no `{}`, which is required",
            missing.name
        ))),
        None => Ok(()),
    }
}

/// The parameters of an action, whose names count whatever their case.
fn check_parameters(
    model: &Model,
    properties: &[Property],
    body: &Value,
) -> Result<(), Problem> {
    let Some(members) = body.as_object() else {
        return Err(wrong_kind(&Place::root(), "an object of parameters", body));
    };
    for (name, value) in members.iter().filter(|(name, _)| !name.contains('@')) {
        let Some(property) = properties.iter().find(|it| it.name.eq_ignore_ascii_case(name)) else {
            let nearest = nearest(name, properties.iter().map(|it| it.name.as_str()));
            return Err(Problem::bad_request(format!(
                "the body has a member `{name}`, which is no documented parameter{nearest}"
            )));
        };
        check_json(model, &property.ty, value, &Place::root().member(name))?;
    }
    let is_given = |name: &str| members.keys().any(|key| key.eq_ignore_ascii_case(name));
    match properties.iter().find(|it| it.is_required && !is_given(&it.name)) {
        Some(missing) => Err(Problem::bad_request(format!(
            "the body has no `{}`, which is required",
            missing.name
        ))),
        None => Ok(()),
    }
}

/// Where in a body: `$.body.content`.
#[derive(Clone, Debug)]
struct Place(String);

impl Place {
    fn root() -> Self {
        Self("$".to_owned())
    }

    fn member(&self, name: &str) -> Self {
        Self(format!("{}.{name}", self.0))
    }
}

fn wrong_kind(place: &Place, expected: &str, value: &Value) -> Problem {
    let found: String = value.to_string().chars().take(60).collect();
    Problem::bad_request(format!("{} is {found}, where {expected} is documented", place.0))
}

fn check_json(model: &Model, ty: &TypeRef, value: &Value, place: &Place) -> Result<(), Problem> {
    if value.is_null() {
        return Ok(());
    }
    if ty.collection {
        // A body that is a collection may be sent as a page.
        let items = value.as_array().or_else(|| value.get("value")?.as_array());
        let Some(items) = items else { return Err(wrong_kind(place, "a list", value)) };
        let one = TypeRef { name: ty.name.clone(), collection: false };
        return items.iter().enumerate().try_for_each(|(at, item)| {
            check_json(model, &one, item, &Place(format!("{}[{at}]", place.0)))
        });
    }
    match &ty.name {
        TypeName::Primitive(primitive) => match primitive_kind(*primitive) {
            Some((kind, fits)) if !fits(value) => Err(wrong_kind(place, kind, value)),
            _ => Ok(()),
        },
        TypeName::Named(name) => match model.enum_(name) {
            Some(enum_) => {
                let Some(text) = value.as_str() else {
                    return Err(wrong_kind(place, &format!("a member of `{name}`"), value));
                };
                let is_member = |word: &str| {
                    enum_.members.iter().any(|it| it.name.eq_ignore_ascii_case(word.trim()))
                };
                if enum_.is_documented && !text.split(',').all(is_member) {
                    let nearest = nearest(text, enum_.members.iter().map(|it| it.name.as_str()));
                    let expected = format!("a member of `{name}`");
                    let problem = wrong_kind(place, &expected, value);
                    return Err(problem.with(&nearest));
                }
                Ok(())
            }
            None => check_object(model, name, value, place),
        },
    }
}

fn check_object(model: &Model, name: &str, value: &Value, place: &Place) -> Result<(), Problem> {
    if model.ty(name).is_none() {
        return Ok(());
    }
    let Some(members) = value.as_object() else {
        return Err(wrong_kind(place, &format!("an object of type `{name}`"), value));
    };
    let stated = members.get("@odata.type").and_then(Value::as_str);
    let stated = stated.map(|stated| stated.trim_start_matches('#'));
    let actual = stated.and_then(|stated| model.ty(stated)).map_or(name, |ty| ty.name.as_str());
    for (member, value) in members.iter().filter(|(member, _)| !member.contains('@')) {
        let mut properties = model.ancestry(actual).flat_map(|ty| &ty.properties);
        let place = place.member(member);
        match properties.find(|it| it.name == *member) {
            Some(property) => check_json(model, &property.ty, value, &place)?,
            None if is_known(model, actual, member) => {}
            None => {
                let names = model.ancestry(actual).flat_map(|ty| &ty.properties);
                let nearest = nearest(member, names.map(|it| it.name.as_str()));
                return Err(Problem::bad_request(format!(
                    "{} is no documented property of `{actual}`{nearest}",
                    place.0
                )));
            }
        }
    }
    Ok(())
}

type Fits = fn(&Value) -> bool;

/// What JSON has for a primitive, and whether a value is that. None for those that may be anything.
fn primitive_kind(primitive: Primitive) -> Option<(&'static str, Fits)> {
    Some(match primitive {
        Primitive::Boolean => ("a boolean", Value::is_boolean),
        Primitive::Int16
        | Primitive::Int32
        | Primitive::Int64
        | Primitive::Byte
        | Primitive::SByte => ("a whole number", |value| value.is_i64() || value.is_u64()),
        // Infinity has a name, and decimals may be quoted.
        Primitive::Single | Primitive::Double | Primitive::Decimal => {
            ("a number", |value| value.is_number() || value.is_string())
        }
        Primitive::Untyped | Primitive::Stream => return None,
        Primitive::String
        | Primitive::Guid
        | Primitive::Date
        | Primitive::DateTimeOffset
        | Primitive::Duration
        | Primitive::TimeOfDay
        | Primitive::Binary => ("a string", Value::is_string),
    })
}

/// A hint behind a problem: the known name that is most like the one given, if any is.
fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> String {
    const ALIKE: f64 = 0.6;
    let given: String = given.trim_start_matches('$').to_lowercase().chars().take(64).collect();
    let ranked = known.map(|name| {
        (strsim::normalized_damerau_levenshtein(&given, &name.to_lowercase()), name)
    });
    let best = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best });
    match best {
        Some((likeness, name)) if likeness >= ALIKE => format!("; is it `{name}`?"),
        _ => String::new(),
    }
}
