//! Values made from types, where the docs show none.

use serde_json::{Map, Value, json};

use crate::model::{Model, Primitive, Type, TypeName, TypeRef};

/// Objects within objects, after which the rest is left out.
const DEEPEST: usize = 3;

/// A value of a type, with all its documented properties but those that are relationships.
pub(super) fn value(model: &Model, ty: &TypeRef) -> Value {
    nested(model, ty, 0).unwrap_or_else(|| json!({}))
}

fn nested(model: &Model, ty: &TypeRef, depth: usize) -> Option<Value> {
    let one = match &ty.name {
        TypeName::Primitive(primitive) => primitive_value(*primitive),
        TypeName::Named(name) => match (model.enum_(name), model.ty(name)) {
            (Some(enum_), _) => json!(enum_.members.first()?.name),
            (None, Some(_)) if depth < DEEPEST => Value::Object(object(model, name, depth)),
            _ => return None,
        },
    };
    Some(if ty.collection { Value::Array(vec![one]) } else { one })
}

fn object(model: &Model, name: &str, depth: usize) -> Map<String, Value> {
    let ancestry: Vec<&Type> = model.ancestry(name).collect();
    let properties = ancestry.iter().rev().flat_map(|ty| &ty.properties);
    let mut object = Map::new();
    for property in properties.filter(|property| !property.is_navigation) {
        if let Some(value) = nested(model, &property.ty, depth + 1) {
            object.insert(property.name.clone(), value);
        }
    }
    object
}

fn primitive_value(primitive: Primitive) -> Value {
    match primitive {
        Primitive::String | Primitive::Untyped => json!("text"),
        Primitive::Boolean => json!(true),
        Primitive::Int16
        | Primitive::Int32
        | Primitive::Int64
        | Primitive::Byte
        | Primitive::SByte => json!(1),
        Primitive::Single | Primitive::Double | Primitive::Decimal => json!(1.5),
        Primitive::Guid => json!("00000000-0000-4000-8000-000000000001"),
        Primitive::Date => json!("2026-01-31"),
        Primitive::DateTimeOffset => json!("2026-01-31T12:00:00Z"),
        Primitive::Duration => json!("PT1H"),
        Primitive::TimeOfDay => json!("12:00:00"),
        Primitive::Binary | Primitive::Stream => json!("dGV4dA=="),
    }
}

/// The names of the key properties of a type.
pub(super) fn key<'a>(model: &'a Model, ty: &TypeRef) -> Vec<&'a str> {
    let TypeName::Named(name) = &ty.name else { return Vec::new() };
    let with_key = model.ancestry(name).find(|ty| !ty.key.is_empty());
    with_key.map(|ty| ty.key.iter().map(String::as_str).collect()).unwrap_or_default()
}

/// The item again, as number `number` of its kind: with keys of its own.
pub(super) fn copy(item: &Value, keys: &[&str], number: usize) -> Value {
    let mut copy = item.clone();
    let Some(object) = copy.as_object_mut() else { return copy };
    for key in keys {
        let Some(value) = object.get_mut(*key) else { continue };
        if let Value::String(text) = value {
            *value = json!(renumbered(text, number));
        } else if value.is_number() {
            *value = json!(number);
        }
    }
    copy
}

fn renumbered(key: &str, number: usize) -> String {
    let is_guid = key.len() == 36
        && key.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    if is_guid { format!("{}{number:012x}", &key[..24]) } else { format!("{key}-{number}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::copy;

    #[test]
    fn copies_have_keys_of_their_own() {
        let item = json!({"id": "a", "n": 5, "g": "c2a97b4e-21d3-47cb-8f36-6f4dd0c6e5f2", "x": 1});
        assert_eq!(
            copy(&item, &["id", "n", "g", "none"], 7),
            json!({"id": "a-7", "n": 7, "g": "c2a97b4e-21d3-47cb-8f36-000000000007", "x": 1})
        );
    }
}
