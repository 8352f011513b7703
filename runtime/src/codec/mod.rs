//! Field slots: JSON in and out of types that only say what their fields are.

mod compare;
mod decode;
mod encode;
mod field;
mod kinds;

pub(crate) use compare::copy_fields;
pub use compare::{copy, debug, equal};
pub(crate) use decode::{Context, deserialize_digits, deserialize_fields, fill_object, fill_slot};
pub use decode::{deserialize, deserialize_text};
pub use encode::serialize;
pub(crate) use encode::to_map;
pub use field::{
    Field, Fields, Kind, List, ListSlot, ObjectSlot, Slot, Table, TextSlot, Type, ValueSlot, View,
};
pub use kinds::{Text, copy_text, list, read_text, serialize_text};
