//! How a type shows its fields to the one decoder and the one encoder.
//!
//! A type numbers its fields and hands out each as a [`Field`]. A field is a place that can be
//! looked at ([`View`]) and written to ([`Slot`]). Both are enumerations over the JSON kinds, so
//! that decoder and encoder are compiled once and not for every type.

use serde_json::Value;

use crate::Extra;

/// What a type is called, and the names of its fields in JSON, in the order of their numbers.
#[derive(Debug)]
pub struct Table {
    /// The full name in the API: `microsoft.graph.message`.
    pub name: &'static str,
    /// The names of the fields in JSON.
    pub fields: &'static [&'static str],
}

/// A JSON object with known fields.
pub trait Fields {
    /// Its name and those of its fields.
    fn table(&self) -> &'static Table;
    /// Field `index`; the extra properties for every number past the last.
    fn field(&self, index: usize) -> &dyn Field;
    /// Field `index` to write to; the extra properties for every number past the last.
    fn field_mut(&mut self, index: usize) -> &mut dyn Field;
}

/// A type that generated code defines. Implemented by the macro `object!`.
pub trait Type: Fields + Default + Send + Sync + 'static {}

/// A place that holds the value of a property, or nothing.
pub trait Field {
    /// What it holds.
    fn view(&self) -> View<'_>;
    /// The place, to write to.
    fn slot(&mut self) -> Slot<'_>;
    /// What kind of value it takes, for messages.
    fn expected(&self) -> &'static str {
        "another kind of value"
    }
}

/// A value as the encoder sees it.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// No value: the property is left out.
    Absent,
    /// An explicit null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number with a fraction; what is not finite is written as text.
    Double(f64),
    /// A number whose digits matter.
    Digits(&'a str),
    /// A string, or what JSON writes as a string.
    Text(&'a str),
    /// An object.
    Object(&'a dyn Fields),
    /// An array.
    List(&'a dyn List),
    /// Any JSON value.
    Json(&'a Value),
    /// The properties that have no field.
    Extra(&'a Extra),
}

/// The elements of an array, to read.
#[expect(clippy::len_without_is_empty, reason = "nobody asks for it")]
pub trait List {
    /// How many there are.
    fn len(&self) -> usize;
    /// Element `index`, which is less than `len`.
    fn view(&self, index: usize) -> View<'_>;
}

/// A place to decode into. Every variant accepts one kind of JSON value, and null.
pub enum Slot<'a> {
    /// A boolean.
    Bool(&'a mut Option<bool>),
    /// A 32-bit integer.
    Int32(&'a mut Option<i32>),
    /// A 64-bit integer.
    Int64(&'a mut Option<i64>),
    /// A number.
    Double(&'a mut Option<f64>),
    /// A string.
    String(&'a mut Option<String>),
    /// What is written as a string and has to be read: an enumeration, a date.
    Text(&'a mut dyn TextSlot),
    /// An object.
    Object(&'a mut dyn ObjectSlot),
    /// An array.
    List(&'a mut dyn ListSlot),
    /// Any JSON value.
    Json(&'a mut Option<Value>),
    /// A number whose digits matter.
    Digits(&'a mut dyn TextSlot),
    /// A rare kind, which takes a whole JSON value.
    Value(&'a mut dyn ValueSlot),
    /// A property of an update, for which null is a value.
    Patch(&'a mut dyn PatchSlot),
    /// The properties that have no field.
    Extra(&'a mut Extra),
}

/// A place for a value that is read from text.
pub trait TextSlot {
    /// Reads the text; false, and no value, when it cannot be read.
    fn put(&mut self, text: &str) -> bool;
    /// Leaves it without a value.
    fn clear(&mut self);
}

/// A place for an object.
pub trait ObjectSlot {
    /// Puts an empty object there and lends it.
    fn put(&mut self) -> &mut dyn Fields;
    /// Leaves it without a value.
    fn clear(&mut self);
}

/// A place for an array.
pub trait ListSlot {
    /// Puts an empty array there.
    fn put(&mut self);
    /// Lends a place to `fill`, and appends what it finds there afterwards.
    fn push(&mut self, fill: &mut dyn FnMut(Slot<'_>));
    /// What it holds by now.
    fn list(&self) -> &dyn List;
    /// Leaves it without a value.
    fn clear(&mut self);
}

/// A place that takes a JSON value, null included, or gives it back.
pub trait ValueSlot {
    /// Takes the value if it is of the right kind; else holds no value afterwards.
    fn put(&mut self, value: Value) -> Result<(), Value>;
    /// Leaves it without a value.
    fn clear(&mut self);
}

/// A place for a property of an update.
pub trait PatchSlot {
    /// Takes the value of the property away.
    fn put_null(&mut self);
    /// Lends a place to `fill`, and sets what it finds there afterwards.
    fn fill(&mut self, fill: &mut dyn FnMut(Slot<'_>));
    /// Says nothing of the property.
    fn clear(&mut self);
}

/// A type that a property can have: how a value of it looks, and how a place for it is filled.
pub trait Kind: Sized + 'static {
    /// What the kind is called in messages.
    const NAME: &'static str = "text";
    /// The value as the encoder sees it.
    fn view(&self) -> View<'_>;
    /// A place for a value.
    fn slot(place: &mut Option<Self>) -> Slot<'_>;
}

impl<T: Kind> Field for Option<T> {
    #[inline]
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, Kind::view)
    }
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        T::slot(self)
    }
    #[inline]
    fn expected(&self) -> &'static str {
        T::NAME
    }
}
