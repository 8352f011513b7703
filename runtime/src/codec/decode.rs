//! Any deserializer in, a filled object out.
//!
//! Generic over the deserializer and not over the type that is filled, so that a program holds one
//! copy of this for each source it reads from. A value of the wrong kind is not an error here: it
//! goes to the extra properties as it came.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Number, Value};

use super::encode::to_value;
use super::field::{Fields, PatchSlot, Slot, Table, Type};
use super::kinds::Text;
use crate::extra::Extra;

/// As deep as `serde_json` reads text; what comes from a [`Value`] has no bound of its own.
const MAX_DEPTH: u8 = 128;

/// The key under which `serde_json` hands out numbers when any crate of the program has switched
/// on `arbitrary_precision`.
const NUMBER_TOKEN: &str = "$serde_json::private::Number";

/// A step of the way from the root of a document to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// What holds for a whole document.
#[derive(Clone, Copy, Default)]
pub(crate) struct Context<'c> {
    /// Where the steps that lead to an error are collected, the innermost first.
    trail: Option<&'c RefCell<Vec<Step>>>,
    /// Whether an explicit null is kept among the extra properties.
    keep_nulls: bool,
    depth: u8,
}

impl Context<'_> {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(E::custom("recursion limit exceeded"));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn note(self, step: impl FnOnce() -> Step) {
        if let Some(trail) = self.trail {
            trail.borrow_mut().push(step());
        }
    }
}

/// Reads a whole object. What generated types call from `Deserialize`.
#[inline(never)]
pub fn deserialize<'de, T: Type, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut object = T::default();
    ObjectSeed { object: &mut object, context: Context::default() }.deserialize(deserializer)?;
    Ok(object)
}

/// The same for the runtime's own objects.
pub(crate) fn deserialize_fields<'de, T: Fields + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut object = T::default();
    ObjectSeed { object: &mut object, context: Context::default() }.deserialize(deserializer)?;
    Ok(object)
}

/// Fills the object from the deserializer, which has to hold a JSON object.
struct ObjectSeed<'o, 'c> {
    object: &'o mut dyn Fields,
    context: Context<'c>,
}

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object of type `{}`", self.object.table().name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some(key) = map.next_key_seed(KeySeed { table: self.object.table(), expected: 0 })?
        else {
            return Ok(());
        };
        fill(self.object, key, map, self.context.deeper()?)
    }
}

/// Reads the rest of an object, whose first key has been read.
fn fill<'de, A: MapAccess<'de>>(
    object: &mut dyn Fields,
    first: Key,
    mut map: A,
    context: Context<'_>,
) -> Result<(), A::Error> {
    let table = object.table();
    let mut expected;
    let mut next = Some(first);
    while let Some(key) = next {
        match key {
            Key::Field(index) => {
                let slot = object.field_mut(index).slot();
                let seed = SlotSeed { slot, is_element: false, context };
                let verbatim = map
                    .next_value_seed(seed)
                    .inspect_err(|_| context.note(|| Step::Key(table.fields[index].to_owned())))?;
                if let Some(value) = verbatim {
                    insert_extra(object, table.fields[index].to_owned(), value);
                }
                expected = index + 1;
            }
            Key::Unknown(name, at) => {
                let value: Value =
                    map.next_value().inspect_err(|_| context.note(|| Step::Key(name.clone())))?;
                insert_extra(object, name, value);
                expected = at;
            }
        }
        next = map.next_key_seed(KeySeed { table, expected })?;
    }
    Ok(())
}

fn insert_extra(object: &mut dyn Fields, name: String, value: Value) {
    extra_mut(object).insert(name, value);
}

/// The extra properties of an object.
pub(crate) fn extra_mut(object: &mut dyn Fields) -> &mut Extra {
    match object.field_mut(usize::MAX).slot() {
        Slot::Extra(extra) => extra,
        _ => unreachable!("every number past the last field is that of the extra properties"),
    }
}

/// A key of an object that is being read.
enum Key {
    /// The number of a field.
    Field(usize),
    /// No field has this name; the field that is expected next stays the same.
    Unknown(String, usize),
}

/// Looks a key up, beginning with the field that follows the one before.
struct KeySeed {
    table: &'static Table,
    expected: usize,
}

impl KeySeed {
    fn find(&self, name: &str) -> Option<usize> {
        let fields = self.table.fields;
        // Answers mostly have their properties in one order, with gaps.
        if let Some(after) = fields.get(self.expected..)
            && let Some(at) = after.iter().position(|field| *field == name)
        {
            return Some(self.expected + at);
        }
        fields[..self.expected.min(fields.len())].iter().position(|field| *field == name)
    }
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a property name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        Ok(self.find(name).map_or_else(|| Key::Unknown(name.to_owned(), self.expected), Key::Field))
    }

    fn visit_string<E: Error>(self, name: String) -> Result<Key, E> {
        Ok(match self.find(&name) {
            Some(index) => Key::Field(index),
            None => Key::Unknown(name, self.expected),
        })
    }
}

/// Fills a slot. The result is the value as it came when it is of the wrong kind.
struct SlotSeed<'s, 'c> {
    slot: Slot<'s>,
    /// Whether the slot is that of an array's element, where a null cannot mean absence.
    is_element: bool,
    context: Context<'c>,
}

impl<'de> DeserializeSeed<'de> for SlotSeed<'_, '_> {
    type Value = Option<Value>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self.slot {
            Slot::Json(place) => {
                let value: Value = serde::Deserialize::deserialize(deserializer)?;
                *place = (self.is_element || !value.is_null()).then_some(value);
                Ok(None)
            }
            Slot::Digits(place) => {
                let raw: Box<RawValue> = serde::Deserialize::deserialize(deserializer)?;
                let digits = raw.get();
                if place.put(digits) || digits == "null" && !self.is_element {
                    return Ok(None);
                }
                serde_json::from_str(digits).map(Some).map_err(D::Error::custom)
            }
            Slot::Value(place) => {
                let value: Value = serde::Deserialize::deserialize(deserializer)?;
                Ok(place.put(value).err())
            }
            Slot::Patch(place) => {
                deserializer.deserialize_option(PatchVisitor { place, context: self.context })
            }
            _ => deserializer.deserialize_any(self),
        }
    }
}

/// Reads a property of an update.
struct PatchVisitor<'s, 'c> {
    place: &'s mut dyn PatchSlot,
    context: Context<'c>,
}

impl<'de> Visitor<'de> for PatchVisitor<'_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        self.place.put_null();
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        // A null further in is part of what the update says.
        let context = Context { keep_nulls: true, ..self.context };
        let mut deserializer = Some(deserializer);
        let mut outcome = Ok(None);
        self.place.fill(&mut |slot| {
            if let Some(deserializer) = deserializer.take() {
                outcome = SlotSeed { slot, is_element: false, context }.deserialize(deserializer);
            }
        });
        outcome
    }
}

impl SlotSeed<'_, '_> {
    /// A value that the slot does not take: the slot is empty afterwards.
    #[expect(clippy::unnecessary_wraps, reason = "it is what a visitor returns")]
    fn refuse(self, value: Value) -> Option<Value> {
        self.slot.clear();
        Some(value)
    }

    fn number(self, number: &Number) -> Option<Value> {
        let value = Value::Number(number.clone());
        match self.slot {
            Slot::Int32(place) => {
                *place = integer(&value).and_then(|number| number.try_into().ok());
                place.is_none().then_some(value)
            }
            Slot::Int64(place) => {
                *place = integer(&value);
                place.is_none().then_some(value)
            }
            Slot::Double(place) => {
                *place = number.as_f64();
                place.is_none().then_some(value)
            }
            _ => self.refuse(value),
        }
    }
}

impl<'de> Visitor<'de> for SlotSeed<'_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(match self.slot {
            Slot::Bool(place) => {
                *place = Some(value);
                None
            }
            _ => self.refuse(value.into()),
        })
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(match self.slot {
            Slot::Int64(place) => {
                *place = Some(value);
                None
            }
            _ => self.number(&value.into()),
        })
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(match (self.slot, i64::try_from(value), i32::try_from(value)) {
            (Slot::Int64(place), Ok(value), _) => {
                *place = Some(value);
                None
            }
            (Slot::Int32(place), _, Ok(value)) => {
                *place = Some(value);
                None
            }
            (slot, ..) => Self { slot, ..self }.number(&value.into()),
        })
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(match (self.slot, Number::from_f64(value)) {
            (Slot::Double(place), _) => {
                *place = Some(value);
                None
            }
            (slot, Some(number)) => Self { slot, ..self }.number(&number),
            (slot, None) => Self { slot, ..self }.refuse(Value::Null),
        })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(match self.slot {
            Slot::String(place) => {
                *place = Some(text.to_owned());
                None
            }
            Slot::Text(place) => (!place.put(text)).then(|| text.into()),
            Slot::Double(place) => {
                *place = not_finite(text);
                place.is_none().then(|| text.into())
            }
            _ => self.refuse(text.into()),
        })
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        match self.slot {
            Slot::String(place) => {
                *place = Some(text);
                Ok(None)
            }
            _ => self.visit_str(&text),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        let verbatim = self.is_element || self.context.keep_nulls;
        self.slot.clear();
        Ok(verbatim.then_some(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let Slot::List(place) = self.slot else {
            return Ok(self.refuse(Value::Array(rest(seq, Vec::new())?)));
        };
        let context = self.context.deeper()?;
        place.put();
        let mut index = 0;
        loop {
            let mut outcome = Ok(None);
            place.push(&mut |slot| {
                outcome = seq.next_element_seed(SlotSeed { slot, is_element: true, context });
            });
            match outcome {
                Ok(Some(None)) => index += 1,
                Ok(Some(Some(value))) => {
                    // One element of the wrong kind makes it an array of the wrong kind.
                    let list = place.list();
                    let mut read: Vec<_> =
                        (0..list.len()).map(|index| to_value(list.view(index))).collect();
                    read.push(value);
                    place.clear();
                    return Ok(Some(Value::Array(rest(seq, read)?)));
                }
                Ok(None) => return Ok(None),
                Err(error) => {
                    context.note(|| Step::Index(index));
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let context = self.context.deeper()?;
        let Slot::Object(place) = self.slot else {
            let map = serde::de::value::MapAccessDeserializer::new(map);
            let value: Value = serde::Deserialize::deserialize(map)?;
            return Ok(match value {
                Value::Number(number) => self.number(&number),
                value => self.refuse(value),
            });
        };
        let object = place.put();
        match map.next_key_seed(KeySeed { table: object.table(), expected: 0 })? {
            None => Ok(None),
            Some(Key::Unknown(name, _)) if name == NUMBER_TOKEN => {
                place.clear();
                let digits: String = map.next_value()?;
                let number: Number = digits.parse().map_err(A::Error::custom)?;
                Ok(Some(Value::Number(number)))
            }
            Some(key) => fill(object, key, map, context).map(|()| None),
        }
    }
}

/// The elements that have been read, and those that follow.
fn rest<'de, A: SeqAccess<'de>>(mut seq: A, mut read: Vec<Value>) -> Result<Vec<Value>, A::Error> {
    while let Some(value) = seq.next_element()? {
        read.push(value);
    }
    Ok(read)
}

/// The integer that a JSON number stands for; `5.0` is one.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    let number = value.as_number()?;
    number.as_i64().or_else(|| {
        let double = number.as_f64()?;
        // Beyond 2^53 a double does not say which integer was meant.
        #[expect(clippy::cast_possible_truncation, reason = "it is a whole number within 2^53")]
        (double.fract() == 0.0 && double.abs() <= 9_007_199_254_740_992.0).then_some(double as i64)
    })
}

/// The numbers that OData writes as text, because JSON has no form for them.
fn not_finite(text: &str) -> Option<f64> {
    match text {
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ => None,
    }
}

impl Slot<'_> {
    /// Leaves the place without a value.
    pub(crate) fn clear(self) {
        match self {
            Self::Bool(place) => *place = None,
            Self::Int32(place) => *place = None,
            Self::Int64(place) => *place = None,
            Self::Double(place) => *place = None,
            Self::String(place) => *place = None,
            Self::Json(place) => *place = None,
            Self::Text(place) | Self::Digits(place) => place.clear(),
            Self::Object(place) => place.clear(),
            Self::List(place) => place.clear(),
            Self::Value(place) => place.clear(),
            Self::Patch(place) => place.clear(),
            Self::Extra(extra) => extra.clear(),
        }
    }
}

/// Fills a slot from a JSON value, which comes back when it is of the wrong kind.
pub(crate) fn fill_slot(slot: Slot<'_>, value: Value, context: Context<'_>) -> Result<(), Value> {
    match (SlotSeed { slot, is_element: false, context }).deserialize(value) {
        Ok(None) => Ok(()),
        Ok(Some(value)) => Err(value),
        // Only a value that is too deep fails.
        Err(error) => Err(Value::String(error.to_string())),
    }
}

/// Puts what has no field of its own into an object: into the field of this name, if the object
/// has one that takes it, else among the extra properties.
pub(crate) fn put_property(object: &mut dyn Fields, name: &str, value: Value) {
    let seed = KeySeed { table: object.table(), expected: 0 };
    let verbatim = match seed.find(name) {
        None => Err(value),
        Some(index) => fill_slot(object.field_mut(index).slot(), value, Context::default()),
    };
    if let Err(value) = verbatim {
        insert_extra(object, name.to_owned(), value);
    }
}

/// The number of the field of this name.
pub(crate) fn field_of(object: &dyn Fields, name: &str) -> Option<usize> {
    KeySeed { table: object.table(), expected: 0 }.find(name)
}

/// Reads a value from text. What types that are written as text call from `Deserialize`.
pub fn deserialize_text<'de, T: Text, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let text: Cow<'_, str> = serde::Deserialize::deserialize(deserializer)?;
    T::from_text(&text).ok_or_else(|| D::Error::custom(format_args!("`{text}` cannot be read")))
}

/// Reads a number with all its digits.
pub(crate) fn deserialize_digits<'de, T: Text, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let raw: Box<RawValue> = serde::Deserialize::deserialize(deserializer)?;
    T::from_text(raw.get())
        .ok_or_else(|| D::Error::custom(format_args!("`{}` is no number", raw.get())))
}

/// Reads a whole body. An error says where in the document it is.
pub(crate) fn decode<T: Fields + Default>(body: &[u8]) -> Result<T, crate::Error> {
    let mut object = T::default();
    decode_into(&mut object, body)?;
    Ok(object)
}

fn decode_into(object: &mut dyn Fields, body: &[u8]) -> Result<(), crate::Error> {
    let trail = RefCell::new(Vec::new());
    let context = Context { trail: Some(&trail), ..Context::default() };
    let expected = object.table().name;
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    ObjectSeed { object, context }
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| crate::Error::decode(error, show_path(&trail.take()), expected, body))
}

/// Reads a body that is no object.
pub(crate) fn decode_json(body: &[u8], expected: &'static str) -> Result<Value, crate::Error> {
    serde_json::from_slice(body)
        .map_err(|error| crate::Error::decode(error, String::new(), expected, body))
}

/// A step into an array.
pub(crate) fn index_step(index: usize) -> String {
    format!("[{index}]")
}

/// The steps from the root, of which the innermost comes first: `value[3].from`.
fn show_path(trail: &[Step]) -> String {
    let mut path = String::new();
    for step in trail.iter().rev() {
        match step {
            Step::Key(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Step::Index(index) => path.push_str(&index_step(*index)),
        }
    }
    path
}
