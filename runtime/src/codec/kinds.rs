//! The kinds of values: which JSON kind each Rust type is written as and read from.

use serde_json::Value;

use crate::boxed::Boxed;

use super::field::{
    Fields, Kind, List, ListSlot, ObjectSlot, Slot, TextSlot, Type, ValueSlot, View,
};

impl Kind for String {
    const NAME: &'static str = "a string";
    #[inline]
    fn view(&self) -> View<'_> {
        View::Text(self)
    }
    #[inline]
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::String(place)
    }
}

impl Kind for bool {
    const NAME: &'static str = "a boolean";
    #[inline]
    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }
    #[inline]
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Bool(place)
    }
}

impl Kind for i32 {
    const NAME: &'static str = "a 32-bit integer";
    #[inline]
    fn view(&self) -> View<'_> {
        View::Int(i64::from(*self))
    }
    #[inline]
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Int32(place)
    }
}

impl Kind for i64 {
    const NAME: &'static str = "a 64-bit integer";
    #[inline]
    fn view(&self) -> View<'_> {
        View::Int(*self)
    }
    #[inline]
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Int64(place)
    }
}

impl Kind for f64 {
    const NAME: &'static str = "a number";
    #[inline]
    fn view(&self) -> View<'_> {
        View::Double(*self)
    }
    #[inline]
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Double(place)
    }
}

impl Kind for Value {
    const NAME: &'static str = "any JSON value";
    #[inline]
    fn view(&self) -> View<'_> {
        View::Json(self)
    }
    #[inline]
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Json(place)
    }
}

/// The integers that are too rare for a slot of their own.
macro_rules! small_integer {
    ($($ty:ty)*) => {$(
        impl Kind for $ty {
    const NAME: &'static str = "a small integer";
            #[inline]
            fn view(&self) -> View<'_> {
                View::Int(i64::from(*self))
            }
            #[inline]
            fn slot(place: &mut Option<Self>) -> Slot<'_> {
                Slot::Value(place)
            }
        }
        impl ValueSlot for Option<$ty> {
            fn put(&mut self, value: Value) -> Result<(), Value> {
                *self = super::decode::integer(&value).and_then(|number| number.try_into().ok());
                if self.is_some() || value.is_null() { Ok(()) } else { Err(value) }
            }
            fn clear(&mut self) {
                *self = None;
            }
        }
    )*};
}
small_integer! { i8 u8 i16 }

impl<T: Type> Kind for T {
    const NAME: &'static str = "an object";
    #[inline]
    fn view(&self) -> View<'_> {
        View::Object(self)
    }
    #[inline]
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Object(place)
    }
}

impl<T: Type> ObjectSlot for Option<T> {
    #[inline]
    fn put(&mut self) -> &mut dyn Fields {
        self.insert(T::default())
    }
    #[inline]
    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Type> Kind for Boxed<T> {
    const NAME: &'static str = "an object";
    #[inline]
    fn view(&self) -> View<'_> {
        View::Object(self.fields())
    }
    #[inline]
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Object(place)
    }
}

impl<T: Type> ObjectSlot for Option<Boxed<T>> {
    #[inline]
    fn put(&mut self) -> &mut dyn Fields {
        self.insert(Boxed::default()).fields_mut()
    }
    #[inline]
    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Kind> Kind for Vec<T> {
    const NAME: &'static str = "an array";
    #[inline]
    fn view(&self) -> View<'_> {
        View::List(self)
    }
    #[inline]
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::List(place)
    }
}

impl<T: Kind> List for Vec<T> {
    #[inline]
    fn len(&self) -> usize {
        self.len()
    }
    #[inline]
    fn view(&self, index: usize) -> View<'_> {
        self[index].view()
    }
}

impl<T: Kind> ListSlot for Option<Vec<T>> {
    #[inline]
    fn put(&mut self) {
        *self = Some(Vec::new());
    }
    #[inline]
    fn push(&mut self, fill: &mut dyn FnMut(Slot<'_>)) {
        let mut place = None;
        fill(T::slot(&mut place));
        if let Some(value) = place {
            self.get_or_insert_default().push(value);
        }
    }
    #[inline]
    fn list(&self) -> &dyn List {
        match self {
            Some(list) => list,
            None => &(),
        }
    }
    #[inline]
    fn clear(&mut self) {
        *self = None;
    }
}

/// No elements.
impl List for () {
    fn len(&self) -> usize {
        0
    }
    fn view(&self, _index: usize) -> View<'_> {
        View::Absent
    }
}

/// A value that is read from and written as text.
pub trait Text: Sized + 'static {
    /// The value that the text stands for, if it can be read.
    fn from_text(text: &str) -> Option<Self>;
    /// The text.
    fn as_text(&self) -> &str;
}

impl<T: Text> TextSlot for Option<T> {
    #[inline]
    fn put(&mut self, text: &str) -> bool {
        *self = T::from_text(text);
        self.is_some()
    }
    #[inline]
    fn clear(&mut self) {
        *self = None;
    }
}

/// A copy. What generated enumerations call from `Clone`.
#[inline(never)]
pub fn copy_text<T: Text>(value: &T) -> T {
    read_text(value.as_text())
}

/// Reads text into a type that takes any text. What generated enumerations call from `From`.
#[inline(never)]
#[expect(clippy::missing_panics_doc, reason = "an enumeration takes any text")]
pub fn read_text<T: Text>(text: &str) -> T {
    T::from_text(text).expect("an enumeration takes any text")
}

/// Writes a value as text. What generated enumerations call from `Serialize`.
#[inline(never)]
pub fn serialize_text<T: Text, S: serde::Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.as_text())
}
