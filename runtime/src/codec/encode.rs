//! An object in, any serializer's output out.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

use super::field::{Fields, View};

/// Writes a whole object. What generated types call from `Serialize`.
#[inline(never)]
pub fn serialize<S: Serializer>(object: &dyn Fields, serializer: S) -> Result<S::Ok, S::Error> {
    View::Object(object).serialize(serializer)
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Absent | Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(value),
            Self::Int(value) => serializer.serialize_i64(value),
            Self::Double(value) if value.is_finite() => serializer.serialize_f64(value),
            Self::Double(value) => serializer.serialize_str(not_finite(value)),
            Self::Digits(digits) => RawValue::from_string(digits.to_owned())
                .map_err(S::Error::custom)?
                .serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Json(value) => value.serialize(serializer),
            Self::Extra(extra) => extra.serialize(serializer),
            Self::List(list) => {
                let mut seq = serializer.serialize_seq(Some(list.len()))?;
                for index in 0..list.len() {
                    seq.serialize_element(&list.view(index))?;
                }
                seq.end()
            }
            Self::Object(object) => {
                let mut map = serializer.serialize_map(None)?;
                let fields = object.table().fields;
                for (index, name) in fields.iter().enumerate() {
                    match object.field(index).view() {
                        Self::Absent => {}
                        view => map.serialize_entry(name, &view)?,
                    }
                }
                if let Self::Extra(extra) = object.field(usize::MAX).view() {
                    for (name, value) in extra {
                        // A field that has been set since wins over what came for it.
                        let set =
                            fields.iter().position(|field| field == name).is_some_and(|index| {
                                !matches!(object.field(index).view(), Self::Absent)
                            });
                        if !set {
                            map.serialize_entry(name, value)?;
                        }
                    }
                }
                map.end()
            }
        }
    }
}

/// How OData writes the numbers that JSON has no form for.
pub(crate) fn not_finite(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "INF"
    } else {
        "-INF"
    }
}

/// A number as OData writes it.
pub(crate) fn double(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { not_finite(value).to_owned() }
}

/// The value as JSON, without a detour over text.
pub(crate) fn to_value(view: View<'_>) -> Value {
    match view {
        View::Absent | View::Null => Value::Null,
        View::Bool(value) => Value::Bool(value),
        View::Int(value) => Value::Number(value.into()),
        View::Double(value) => {
            Number::from_f64(value).map_or_else(|| not_finite(value).into(), Value::Number)
        }
        View::Digits(digits) => serde_json::from_str(digits).unwrap_or(Value::Null),
        View::Text(text) => text.into(),
        View::Json(value) => value.clone(),
        View::Extra(extra) => Value::Object(extra.iter().map(owned).collect()),
        View::List(list) => (0..list.len()).map(|index| to_value(list.view(index))).collect(),
        View::Object(object) => Value::Object(to_map(object)),
    }
}

/// The object as JSON.
fn to_map(object: &dyn Fields) -> Map<String, Value> {
    let mut map = Map::new();
    if let View::Extra(extra) = object.field(usize::MAX).view() {
        map.extend(extra.iter().map(owned));
    }
    for (index, name) in object.table().fields.iter().enumerate() {
        match object.field(index).view() {
            View::Absent => {}
            view => {
                map.insert((*name).to_owned(), to_value(view));
            }
        }
    }
    map
}

fn owned((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}
