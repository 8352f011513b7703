//! Whether a body has the documented members, each with a value of its type.

use serde_json::{Map, Value};

use crate::model::{Model, Operation, Primitive, Property, RequestBody, TypeName, TypeRef};
use crate::nearest::hint;

use super::super::choose::{Candidate, is_same_body, json};
use super::super::message::Call;
use super::super::problem::Problem;
use super::is_known;

pub(super) fn check(
    model: &Model,
    operations: &[&Operation],
    candidates: &[Candidate<'_>],
    call: &Call,
) -> Result<(), Problem> {
    if call.body.iter().all(u8::is_ascii_whitespace) {
        let first = operations.first().and_then(|operation| operation.request.as_ref());
        return match first {
            Some(RequestBody::Parameters(properties)) => check_required(properties, &Map::new()),
            Some(RequestBody::Type(_)) | None => Ok(()),
        };
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
    let body: Value = serde_json::from_slice(&call.body)
        .map_err(|error| Problem::bad_request(format!("the body is no JSON: {error}")))?;
    if shown.iter().any(|shown| json(shown).is_some_and(|shown| is_same_body(&body, &shown))) {
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

fn check_required(properties: &[Property], body: &Map<String, Value>) -> Result<(), Problem> {
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
fn check_parameters(model: &Model, properties: &[Property], body: &Value) -> Result<(), Problem> {
    let Some(members) = body.as_object() else {
        return Err(wrong_kind(&Place::root(), "an object of parameters", body));
    };
    for (name, value) in members.iter().filter(|(name, _)| !name.contains('@')) {
        let Some(property) = properties.iter().find(|it| it.name.eq_ignore_ascii_case(name)) else {
            let hint = hint(name, properties.iter().map(|it| it.name.as_str()));
            return Err(Problem::bad_request(format!(
                "the body has a member `{name}`, which is no documented parameter{hint}"
            )));
        };
        check_json(model, &property.ty, value, &Place::root().member(name))?;
    }
    check_required(properties, members)
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
                    let hint = hint(text, enum_.members.iter().map(|it| it.name.as_str()));
                    let expected = format!("a member of `{name}`");
                    let problem = wrong_kind(place, &expected, value);
                    return Err(problem.with(&hint));
                }
                Ok(())
            }
            None => check_object(model, name, value, place),
        },
    }
}

fn check_object(model: &Model, name: &str, value: &Value, place: &Place) -> Result<(), Problem> {
    // Of a type without a page or properties the docs do not say that it is an object.
    let has_properties = model.ancestry(name).any(|ty| !ty.properties.is_empty());
    if !has_properties || model.ty(name).is_none_or(|ty| !ty.is_documented) {
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
                let hint = hint(member, names.map(|it| it.name.as_str()));
                return Err(Problem::bad_request(format!(
                    "{} is no documented property of `{actual}`{hint}",
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
