//! Whether a body has the documented members, each with a value of its type.

use serde_json::{Map, Value};

use crate::model::{
    ExampleBody, Model, Operation, OperationKind, Primitive, Property, RequestBody, TypeName,
    TypeRef,
};
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
        return check_empty(operations, candidates);
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
    let is_json =
        call.header("Content-Type").is_none_or(|ty| ty.to_ascii_lowercase().contains("json"));
    // Some actions take another form of their parameters, too, of which the docs say no more.
    if !is_json && shown.iter().any(|shown| matches!(shown, ExampleBody::Text(_))) {
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
            Some(RequestBody::Type(ty)) => check_json(model, ty, &body, &Place::root())
                .and_then(|()| check_created(model, operation, ty, &body)),
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

/// A request without a body is as documented where one of the pages asks for none, or shows none.
fn check_empty(operations: &[&Operation], candidates: &[Candidate<'_>]) -> Result<(), Problem> {
    let shows_none = |candidate: &Candidate<'_>| {
        candidate.example.request.as_ref().is_some_and(|request| request.body.is_none())
    };
    if candidates.iter().any(shows_none) {
        return Ok(());
    }
    let mut first = None;
    for operation in operations {
        let problem = match &operation.request {
            Some(RequestBody::Parameters(properties)) => {
                check_required(properties, &Map::new()).err()
            }
            Some(RequestBody::Type(ty)) if !is_stream(ty) => {
                let ty = match &ty.name {
                    TypeName::Named(name) => name,
                    TypeName::Primitive(primitive) => primitive.full_name(),
                };
                let message = format!("the body is empty, where a `{ty}` is documented");
                Some(Problem::bad_request(message))
            }
            Some(RequestBody::Type(_)) | None => None,
        };
        match problem {
            None => return Ok(()),
            Some(problem) => first = first.or(Some(problem)),
        }
    }
    first.map_or(Ok(()), Err)
}

/// What is created has what its type requires, except what an example of the page leaves out.
fn check_created(
    model: &Model,
    operation: &Operation,
    ty: &TypeRef,
    body: &Value,
) -> Result<(), Problem> {
    let (OperationKind::Create, TypeName::Named(name), Some(members)) =
        (operation.kind, &ty.name, body.as_object())
    else {
        return Ok(());
    };
    let requests = operation.examples.iter().filter_map(|example| example.request.as_ref());
    let bodies: Vec<Value> = requests.filter_map(|it| json(it.body.as_ref()?)).collect();
    let is_left_out = |property: &Property| {
        bodies.iter().filter_map(Value::as_object).any(|shown| !has(shown, &property.name))
    };
    let actual = stated(model, members).unwrap_or(name);
    let required = model.ancestry(actual).flat_map(|ty| &ty.properties);
    let required = required.filter(|it| it.is_required && !is_left_out(it));
    check_given(required, members)
}

/// The documented type that a body says it is of.
fn stated<'a>(model: &'a Model, members: &Map<String, Value>) -> Option<&'a str> {
    let stated = members.get("@odata.type").and_then(Value::as_str)?;
    model.ty(stated.trim_start_matches('#')).map(|ty| ty.name.as_str())
}

fn is_stream(ty: &TypeRef) -> bool {
    ty.name == TypeName::Primitive(Primitive::Stream)
}

fn check_required(properties: &[Property], body: &Map<String, Value>) -> Result<(), Problem> {
    check_given(properties.iter().filter(|it| it.is_required), body)
}

fn check_given<'a>(
    mut required: impl Iterator<Item = &'a Property>,
    body: &Map<String, Value>,
) -> Result<(), Problem> {
    match required.find(|it| !has(body, &it.name)) {
        Some(missing) => Err(Problem::bad_request(format!(
            "the body has no `{}`, which is required",
            missing.name
        ))),
        None => Ok(()),
    }
}

/// Whether a body has a member, be it as a link to what is there already.
fn has(body: &Map<String, Value>, name: &str) -> bool {
    body.keys().any(|key| key.split('@').next().unwrap_or_default().eq_ignore_ascii_case(name))
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
                    let mut known = enum_.members.iter().chain(&enum_.listed);
                    known.any(|it| it.name.eq_ignore_ascii_case(word.trim()))
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
    let actual = stated(model, members).unwrap_or(name);
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::model::{Api, RequestBody};
    use crate::plan::sample;

    use super::super::super::Mock;
    use super::super::super::message::Call;
    use super::super::super::service::Service;

    /// An API that creates and updates users, whose `name` is required.
    fn api() -> Api {
        let types = vec![sample::ty("ns.user", None, &["name!: String", "mail: String"])];
        let operations =
            ["user-create: create POST /users", "user-update: update PATCH /users/{id}"];
        let mut api = sample::api(types, Vec::new(), &operations);
        for operation in &mut api.versions[0].operations {
            operation.request = Some(RequestBody::Type(sample::type_ref("ns.user")));
        }
        api
    }

    /// What the mock says of a body, or nothing where it takes it.
    #[track_caller]
    fn check(method: &str, target: &str, body: &str, expected: Option<&str>) {
        let mock = Mock::new(api());
        let call = Call {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: body.to_owned().into(),
            base: String::new(),
        };
        let answer = Service::new(mock.api, mock.settings).reply(&call).answer.expect("an answer");
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        assert_eq!(body["error"]["message"], json!(expected));
    }

    #[test]
    fn what_is_created_has_what_is_required() {
        check("POST", "/users", r#"{"name": "x"}"#, None);
        check("POST", "/users", r#"{"name@odata.bind": "x"}"#, None);
        let missing = "the body has no `name`, which is required";
        check("POST", "/users", "{}", Some(missing));
        check("POST", "/users", r#"{"mail": "x"}"#, Some(missing));
        check("PATCH", "/users/1", r#"{"mail": "x"}"#, None);
    }

    #[test]
    fn an_empty_body() {
        let empty = "the body is empty, where a `ns.user` is documented";
        check("POST", "/users", " ", Some(empty));
        check("PATCH", "/users/1", "", Some(empty));
    }
}
